//! Workbooks to sheets: every worksheet is a table.

use super::super::error::ImportError;
use super::super::sheet::{Grid, GridCell, Sheet, Spot};
use crate::workbook::{Shown, shown};

/// Reads a workbook that anybody made.
///
/// # Errors
///
/// When it is none, or exceeds the budget.
pub(super) fn read(bytes: &[u8]) -> Result<Sheet, ImportError> {
    let pages = shown(bytes).map_err(|fault| ImportError::new(fault.message, fault.help))?;
    let mut sheet = Sheet::default();
    for Shown { cells, merged, .. } in pages {
        let cells = trimmed(cells);
        // Rows of one long text are paragraphs: a title above a table, a note below it.
        let span = |row: usize, column: usize| {
            let area = merged.iter().find(|area| area[0] == row && area[1] == column);
            area.map_or((1, 1), |area| (area[2] - area[0] + 1, area[3] - area[1] + 1))
        };
        let is_hidden = |row: usize, column: usize| {
            merged.iter().any(|area| {
                (area[0]..=area[2]).contains(&row)
                    && (area[1]..=area[3]).contains(&column)
                    && (area[0], area[1]) != (row, column)
            })
        };
        let n_columns = cells.iter().map(|(_, column, _)| column + 1).max().unwrap_or(0);
        let last = cells.iter().map(|(row, ..)| row + 1).max().unwrap_or(0);
        let mut row = 0;
        let alone = |row: usize| {
            let mut own = cells.iter().filter(|(r, ..)| *r == row);
            match (own.next(), own.next()) {
                (Some((_, 0, text)), None) if n_columns > 1 => {
                    let covered = merged.iter().any(|a| a[0] <= row && row <= a[2] && a[0] < row);
                    (!covered && span(row, 0).0 == 1).then(|| text.clone())
                }
                _ => None,
            }
        };
        let mut grid: Vec<GridCell> = Vec::new();
        let mut first = 0;
        while row < last {
            match alone(row).filter(|text| text.chars().count() > 14 || grid.is_empty()) {
                Some(text) => {
                    sheet.push_grid(Grid::new(std::mem::take(&mut grid)));
                    sheet.push_line(&text, None);
                    first = row + 1;
                }
                None => {
                    for column in 0..n_columns {
                        if is_hidden(row, column) {
                            continue;
                        }
                        let text = cells.iter().find(|(r, c, _)| (*r, *c) == (row, column));
                        let text = text.map_or(String::new(), |(_, _, text)| text.clone());
                        let (rows, columns) = span(row, column);
                        let spot = Spot::default();
                        grid.push(GridCell { text, row: row - first, column, rows, columns, spot });
                    }
                }
            }
            row += 1;
        }
        sheet.push_grid(Grid::new(grid));
    }
    Ok(sheet)
}

/// Cells without the blanks round their texts.
fn trimmed(cells: Vec<(usize, usize, String)>) -> Vec<(usize, usize, String)> {
    let trim = |(row, column, text): (usize, usize, String)| (row, column, text.trim().to_owned());
    cells.into_iter().map(trim).collect()
}
