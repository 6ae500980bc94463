//! Workbooks to sheets: every worksheet is a table.

use std::collections::{HashMap, HashSet};

use super::super::error::ImportError;
use super::super::letters::raised;
use super::super::sheet::{Grid, GridCell, Reason, Sheet, Spot};
use super::super::texts::section_of_title;
use crate::budget::SHEET_CELLS;
use crate::workbook::{END, RAISED, STRUCK, Shown, shown};

/// Reads a workbook that anybody made.
///
/// # Errors
///
/// When it is none, or exceeds the budget.
pub(super) fn read(bytes: &[u8]) -> Result<Sheet, ImportError> {
    let pages = shown(bytes).map_err(|fault| ImportError::new(fault.message, fault.help))?;
    let mut sheet = Sheet::default();
    for Shown { cells, merged, .. } in pages {
        let cells = without_marks(trimmed(cells), &mut sheet);
        let page = Page::of(&cells, &merged).ok_or_else(|| {
            ImportError::new(
                format!("表格太大，超过 {SHEET_CELLS} 格"),
                "只留三张表和文字，删去表格外面远处的内容，再试",
            )
        })?;
        let mut grid: Vec<GridCell> = Vec::new();
        let mut first = 0;
        for row in 0..page.n_rows {
            // Rows of one long text are paragraphs: a title above a table, a note below it.
            let alone = page.alone(row);
            let is_line = |text: &&str| {
                grid.is_empty() || text.chars().count() > 14 || section_of_title(text).is_some()
            };
            match alone.filter(is_line) {
                Some(text) => {
                    sheet.push_grid(Grid::new(std::mem::take(&mut grid)));
                    sheet.push_line(text, None);
                    first = row + 1;
                }
                None => {
                    for column in 0..page.n_columns {
                        let place = (row, column);
                        if page.covered.contains(&place) {
                            continue;
                        }
                        let text = page.texts.get(&place).copied().unwrap_or_default().to_owned();
                        let (rows, columns) = page.span(place);
                        let spot = Spot::default();
                        grid.push(GridCell { text, row: row - first, column, rows, columns, spot });
                    }
                }
            }
        }
        sheet.push_grid(Grid::new(grid));
    }
    Ok(sheet)
}

/// A worksheet in which everything is looked up by its place.
struct Page<'a> {
    n_rows: usize,
    n_columns: usize,
    texts: HashMap<(usize, usize), &'a str>,
    /// Of each row, how many cells it has, and the first column.
    rows: HashMap<usize, (usize, usize)>,
    /// The merged cells that begin at a place: rows and columns.
    spans: HashMap<(usize, usize), (usize, usize)>,
    /// The rows that a merged cell reaches from above.
    reached: HashSet<usize>,
    /// The places under merged cells, but for the first of each.
    covered: HashSet<(usize, usize)>,
}

impl<'a> Page<'a> {
    /// Nothing where it is too large: two cells at the ends of a sheet would make a table of all between them.
    fn of(cells: &'a [(usize, usize, String)], merged: &[[usize; 4]]) -> Option<Self> {
        let n_columns = cells.iter().map(|(_, column, _)| column + 1).max().unwrap_or(0);
        let n_rows = cells.iter().map(|(row, ..)| row + 1).max().unwrap_or(0);
        if n_columns.checked_mul(n_rows).is_none_or(|n| n > SHEET_CELLS) {
            return None;
        }
        let texts = cells.iter().map(|(row, column, text)| ((*row, *column), text.as_str()));
        let mut rows: HashMap<usize, (usize, usize)> = HashMap::new();
        for (row, column, _) in cells {
            let (n, first) = rows.entry(*row).or_insert((0, *column));
            *n += 1;
            *first = (*first).min(*column);
        }
        let mut spans = HashMap::new();
        let mut covered = HashSet::new();
        let mut reached = HashSet::new();
        // Areas that lie over each other, which no spreadsheet makes, could cover the same places without end.
        let mut room = SHEET_CELLS * 2;
        for [top, left, bottom, right] in merged.iter().copied() {
            spans
                .entry((top, left))
                .or_insert((bottom.saturating_sub(top) + 1, right.saturating_sub(left) + 1));
            let places = (top..n_rows.min(bottom + 1))
                .flat_map(|row| (left..n_columns.min(right + 1)).map(move |column| (row, column)));
            for place in places {
                room = room.checked_sub(1)?;
                if place != (top, left) {
                    covered.insert(place);
                }
                if place.0 > top {
                    reached.insert(place.0);
                }
            }
        }
        Some(Self { n_rows, n_columns, texts: texts.collect(), rows, spans, reached, covered })
    }

    fn span(&self, place: (usize, usize)) -> (usize, usize) {
        self.spans.get(&place).copied().unwrap_or((1, 1))
    }

    /// The text of a row in which nothing else stands, if it is no head of a table.
    fn alone(&self, row: usize) -> Option<&'a str> {
        let is_alone = self.n_columns > 1
            && self.rows.get(&row) == Some(&(1, 0))
            && !self.reached.contains(&row)
            && self.span((row, 0)).0 == 1;
        self.texts.get(&(row, 0)).copied().filter(|_| is_alone)
    }
}

/// Cells without the blanks round their texts.
fn trimmed(cells: Vec<(usize, usize, String)>) -> Vec<(usize, usize, String)> {
    let trim = |(row, column, text): (usize, usize, String)| (row, column, text.trim().to_owned());
    cells.into_iter().map(trim).collect()
}

/// Cells without what is struck out in them, which is named as left out, and with raised digits for those that are raised.
fn without_marks(
    mut cells: Vec<(usize, usize, String)>,
    sheet: &mut Sheet,
) -> Vec<(usize, usize, String)> {
    for (_, _, text) in &mut cells {
        if !text.contains(STRUCK) && !text.contains(RAISED) {
            continue;
        }
        let mut plain = String::new();
        for piece in text.split_inclusive(END) {
            let at = |mark: &str| piece.find(mark).filter(|_| piece.ends_with(END));
            let inside =
                |at: usize, mark: &str| &piece[at + mark.len()..piece.len() - END.len_utf8()];
            match (at(STRUCK), at(RAISED)) {
                (Some(at), _) => {
                    plain.push_str(&piece[..at]);
                    sheet.leave_out(Reason::Struck, inside(at, STRUCK));
                }
                (None, Some(at)) => {
                    plain.push_str(&piece[..at]);
                    plain.push_str(&raised(inside(at, RAISED)));
                }
                (None, None) => plain.push_str(piece),
            }
        }
        plain.trim().clone_into(text);
    }
    cells
}

#[cfg(test)]
mod tests {
    use rust_xlsxwriter::{Format, FormatScript, Workbook};

    use super::*;
    use crate::import::sheet::Block;

    fn grids(sheet: &Sheet) -> impl Iterator<Item = &Grid> {
        sheet.blocks.iter().filter_map(|block| match block {
            Block::Grid(grid) => Some(grid),
            Block::Line(_) => None,
        })
    }

    #[test]
    fn struck_runs_are_left_out_and_raised_ones_are_no_digits_of_a_figure() {
        let plain = Format::new();
        let struck = Format::new().set_font_strikethrough();
        let up = Format::new().set_font_script(FormatScript::Superscript);
        let mut book = Workbook::new();
        let page = book.add_worksheet();
        page.write_rich_string(0, 0, &[(&struck, "78"), (&plain, "87")]).unwrap();
        page.write_rich_string(0, 1, &[(&plain, "13528"), (&up, "1")]).unwrap();
        page.write_rich_string(1, 0, &[(&plain, "其他"), (&plain, "处理")]).unwrap();
        page.write_string(1, 1, "5〕").unwrap();
        let sheet = read(&book.save_to_buffer().unwrap()).unwrap();
        let texts: Vec<&str> =
            grids(&sheet).flat_map(|grid| &grid.cells).map(|cell| cell.text.as_str()).collect();
        assert_eq!(texts, ["87", "13528¹", "其他处理", "5〕"]);
        let left: Vec<&str> = sheet.dropped.iter().map(|dropped| dropped.text.as_str()).collect();
        assert_eq!(left, ["78"]);
    }

    #[test]
    fn sheets_with_ends_far_apart_are_refused() {
        let cell = |row, column| (row, column, "数".to_owned());
        assert!(Page::of(&[cell(0, 0), cell(1_048_575, 16_383)], &[]).is_none());
        assert!(Page::of(&[cell(0, 0), cell(9, 9)], &vec![[0, 0, 9, 9]; SHEET_CELLS]).is_none());
        let cells = [cell(0, 0), cell(1, 1)];
        let page = Page::of(&cells, &[[0, 0, 0, 1], [0, 2, 1_048_575, 16_383]]).unwrap();
        assert_eq!((page.span((0, 0)), page.alone(0)), ((1, 2), Some("数")));
        assert!(page.covered.contains(&(0, 1)) && page.alone(1).is_none());
    }
}
