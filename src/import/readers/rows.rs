//! Rows whose cells end at measured places, as old office files and RTF have them, to tables.

use std::collections::BTreeMap;

use super::super::letters::n_seen;
use super::super::sheet::{Grid, GridCell, Sheet, Spot};

/// Edges nearer than this are one, in twentieths of a point.
const NEAR: i32 = 30;
/// A cell of more characters than this holds text and no figure: the table only makes room.
const LONGEST_CELL: usize = 400;

/// A row of a table.
#[derive(Debug, Clone, Default)]
pub(super) struct Row {
    /// The left edge of the first cell.
    pub(super) left: i32,
    pub(super) cells: Vec<Cell>,
}

/// A cell of such a row.
#[derive(Debug, Clone, Default)]
pub(super) struct Cell {
    pub(super) text: String,
    /// Its right edge.
    pub(super) right: i32,
    /// True if it goes on from the cell above it, or from the one before it.
    pub(super) is_below: bool,
    pub(super) is_behind: bool,
}

/// A row of that shape with words in its cells; where the shape is another one, all cells are of one width.
pub(super) fn filled(shape: &Row, texts: Vec<String>) -> Row {
    let cell = |i: usize| {
        let right = i32::try_from(i + 1).unwrap_or(0).saturating_mul(1000);
        Cell { right, ..Cell::default() }
    };
    // One shape may be named by rows without number: it is copied only where there are words to fill it.
    let mut row = if shape.cells.len() == texts.len() {
        shape.clone()
    } else {
        Row { left: 0, cells: (0..texts.len()).map(cell).collect() }
    };
    for (cell, text) in row.cells.iter_mut().zip(texts) {
        cell.text = text;
    }
    row
}

/// Puts rows into a sheet as a table, and words of a row that has no end as lines behind it.
pub(super) fn end_table(rows: Vec<Row>, loose: impl Iterator<Item = String>, sheet: &mut Sheet) {
    if !rows.is_empty() {
        push(rows, sheet);
    }
    for line in loose {
        sheet.push_line(&line, None);
    }
}

fn push(rows: Vec<Row>, sheet: &mut Sheet) {
    let cells = rows.iter().flat_map(|row| &row.cells);
    let is_text = cells.clone().any(|cell| n_seen(&cell.text) > LONGEST_CELL);
    if is_text || rows.iter().all(|row| row.cells.len() < 2) {
        for cell in cells {
            sheet.push_line(&cell.text, None);
        }
        return;
    }
    let mut edges: Vec<i32> =
        rows.iter().map(|row| row.left).chain(cells.map(|cell| cell.right)).collect();
    edges.sort_unstable();
    edges.dedup_by(|a, b| a.saturating_sub(*b) < NEAR);
    let column_of = |edge: i32| {
        edges.partition_point(|own| *own <= edge.saturating_add(NEAR / 2)).saturating_sub(1)
    };
    let mut out: Vec<GridCell> = Vec::new();
    let mut above: BTreeMap<usize, usize> = BTreeMap::new();
    for (number, row) in rows.iter().enumerate() {
        let mut left = column_of(row.left.max(edges[0]));
        for cell in &row.cells {
            let right = column_of(cell.right.max(edges[0]));
            if cell.is_behind && out.last().is_some_and(|last| last.row == number) {
                if let Some(last) = out.last_mut() {
                    last.columns += right.saturating_sub(left);
                }
            } else if let (true, Some(index)) = (cell.is_below, above.get(&left)) {
                let own: &mut GridCell = &mut out[*index];
                own.rows = number + 1 - own.row;
            } else {
                above.insert(left, out.len());
                let (text, columns) = (cell.text.clone(), right.saturating_sub(left).max(1));
                let spot = Spot::default();
                out.push(GridCell { text, row: number, column: left, rows: 1, columns, spot });
            }
            left = right;
        }
    }
    sheet.push_grid(Grid::new(out));
}

#[cfg(test)]
mod tests {
    use super::super::super::sheet::Block;
    use super::*;

    #[test]
    fn cells_take_the_columns_between_their_edges() {
        let cell =
            |text: &str, right: i32| Cell { text: text.to_owned(), right, ..Cell::default() };
        let below = |right: i32| Cell { right, is_below: true, ..Cell::default() };
        let rows = vec![
            Row { left: -100, cells: vec![cell("甲", 1000), cell("乙", 3000)] },
            Row { left: -98, cells: vec![below(1004), cell("1", 2000), cell("2", 3000)] },
        ];
        let mut sheet = Sheet::default();
        push(rows, &mut sheet);
        let Block::Grid(grid) = &sheet.blocks[0] else { panic!("{sheet:?}") };
        let words = |row| -> Vec<&str> { (0..3).map(|column| grid.text(row, column)).collect() };
        assert_eq!([words(0), words(1)], [["甲", "乙", "乙"], ["甲", "1", "2"]]);
    }

    #[test]
    fn edges_at_the_ends_of_all_numbers_are_edges() {
        let cell = |right: i32| Cell { text: "甲".to_owned(), right, ..Cell::default() };
        let rows = vec![Row { left: i32::MIN, cells: vec![cell(0), cell(i32::MAX)] }];
        let mut sheet = Sheet::default();
        push(rows, &mut sheet);
        let Block::Grid(grid) = &sheet.blocks[0] else { panic!("{sheet:?}") };
        assert_eq!([grid.text(0, 0), grid.text(0, 1)], ["甲", "甲"]);
    }
}
