//! Tables that lie on their side: kinds of applicants, or kinds of proceedings and results, down instead of across.

use super::super::letters::key;
use super::super::sheet::{Block, Grid, GridCell, Sheet};
use crate::edition::{Axis as _, ChallengeColumn, ChallengesTable, Edition, Form, Proceeding};

/// Sets the tables of a sheet upright; all cells keep their places in the file.
pub(super) fn set_upright(sheet: &mut Sheet) {
    for block in &mut sheet.blocks {
        let Block::Grid(grid) = block else { continue };
        let keys: Vec<String> = grid.cells.iter().map(|cell| key(&cell.text)).collect();
        let upright = Edition::ALL.iter().find_map(|edition| {
            let form = edition.form();
            let upright = requests(grid, &keys, form);
            upright.or_else(|| challenges(grid, &keys, &form.challenges))
        });
        if let Some(upright) = upright {
            *grid = upright;
        }
    }
}

/// The cell of each label, if each stands once in a table.
fn each_once<'g>(
    grid: &'g Grid,
    keys: &[String],
    labels: impl Iterator<Item = &'static str>,
) -> Option<Vec<&'g GridCell>> {
    let one = |label: &'static str| {
        let wanted = key(label);
        let mut cells = grid.cells.iter().zip(keys).filter(|(_, key)| **key == wanted);
        cells.next().filter(|_| cells.next().is_none()).map(|(cell, _)| cell)
    };
    labels.map(one).collect()
}

/// True if the cells stand below each other.
fn is_down(cells: &[&GridCell]) -> bool {
    cells.windows(2).all(|pair| pair[0].row + pair[0].rows <= pair[1].row)
}

/// True if the cells stand beside each other.
fn is_across(cells: &[&GridCell]) -> bool {
    cells.windows(2).all(|pair| pair[0].column + pair[0].columns <= pair[1].column)
}

/// Table 2 upright, if its heads stand down.
fn requests(grid: &Grid, keys: &[String], form: &Form) -> Option<Grid> {
    let heads = each_once(grid, keys, form.requests.columns.iter().map(|column| column.label))?;
    is_down(&heads).then(|| {
        let turned = |cell: &GridCell| GridCell {
            row: cell.column,
            column: cell.row,
            rows: cell.columns,
            columns: cell.rows,
            ..cell.clone()
        };
        let mut cells: Vec<GridCell> = grid.cells.iter().map(turned).collect();
        cells.sort_by_key(|cell| (cell.row, cell.column));
        Grid::new(cells)
    })
}

/// Table 3 with one row of figures, if it has one for each kind of proceedings or for each result.
fn challenges(grid: &Grid, keys: &[String], table: &ChallengesTable) -> Option<Grid> {
    let kinds = each_once(grid, keys, Proceeding::ALL.iter().map(|p| table.proceeding_label(*p)))?;
    let results = each_once(grid, keys, table.columns.iter().map(|(_, label)| *label))?;
    let figure = |kind: &GridCell, result: &GridCell| {
        if is_down(&kinds) && is_across(&results) {
            grid.at(kind.row, result.column)
        } else if is_across(&kinds) && is_down(&results) {
            grid.at(result.row, kind.column)
        } else {
            None
        }
    };
    let n = ChallengeColumn::ALL.len();
    let (mut cells, mut used) = (Vec::new(), Vec::new());
    for (i, kind) in kinds.iter().enumerate() {
        let above = GridCell { row: 0, column: i * n, rows: 1, columns: n, ..(*kind).clone() };
        cells.push(above);
        for (j, result) in results.iter().enumerate() {
            let place = |row: usize, cell: &GridCell| GridCell {
                row,
                column: i * n + j,
                rows: 1,
                columns: 1,
                ..cell.clone()
            };
            let own = figure(kind, result)?;
            used.push(own);
            cells.extend([place(1, result), place(2, &grid.cells[own])]);
        }
    }
    // Where a cell stands for several, or words stand beside the table, it is left as it is.
    used.sort_unstable();
    used.dedup();
    let is_head = |cell: &GridCell| {
        let mut heads = kinds.iter().chain(&results);
        heads.any(|head| (head.row, head.column) == (cell.row, cell.column))
    };
    let mut rest = grid.cells.iter().enumerate();
    let is_whole = rest.all(|(i, cell)| {
        used.binary_search(&i).is_ok()
            || cell.text.is_empty()
            || is_head(cell)
            || key(&cell.text) == key(table.litigation_label)
    });
    cells.sort_by_key(|cell| (cell.row, cell.column));
    (is_whole && used.len() == kinds.len() * n).then(|| Grid::new(cells))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid(rows: &[&[&str]]) -> Grid {
        let cells = rows.iter().enumerate().flat_map(|(row, cells)| {
            cells.iter().enumerate().map(move |(column, text)| GridCell {
                text: (*text).to_owned(),
                row,
                column,
                rows: 1,
                columns: 1,
                ..GridCell::default()
            })
        });
        Grid::new(cells.collect())
    }

    fn keys(grid: &Grid) -> Vec<String> {
        grid.cells.iter().map(|cell| key(&cell.text)).collect()
    }

    #[test]
    fn table_3_is_one_row_whichever_way_it_lies() {
        let table = &Edition::LATEST.form().challenges;
        let down: [&[&str]; 6] = [
            &["", "行政复议", "未经复议直接起诉", "复议后起诉"],
            &["结果维持", "1", "2", "3"],
            &["结果纠正", "4", "5", "6"],
            &["其他结果", "7", "8", "9"],
            &["尚未审结", "10", "11", "12"],
            &["总计", "22", "26", "30"],
        ];
        let across: [Vec<&str>; 4] =
            [0, 1, 2, 3].map(|column| down.map(|row| row[column]).to_vec());
        let across: Vec<&[&str]> = across.iter().map(Vec::as_slice).collect();
        for rows in [&down[..], &across] {
            let own = grid(rows);
            let upright = challenges(&own, &keys(&own), table).unwrap();
            let figures: Vec<&str> = (0..15).map(|column| upright.text(2, column)).collect();
            assert_eq!(figures.join(" "), "1 4 7 10 22 2 5 8 11 26 3 6 9 12 30");
            assert_eq!([upright.text(0, 7), upright.text(1, 7)], ["未经复议直接起诉", "其他结果"]);
        }
        let mut more = down;
        more[0] = &["注", "行政复议", "未经复议直接起诉", "复议后起诉"];
        let more = grid(&more);
        assert!(challenges(&more, &keys(&more), table).is_none());
    }

    #[test]
    fn table_2_is_turned_only_if_it_lies() {
        let form = Edition::LATEST.form();
        let heads = form.requests.columns.iter().map(|column| [column.label, "5"]);
        let down: Vec<[&str; 2]> = [["", "（一）予以公开"]].into_iter().chain(heads).collect();
        let rows: Vec<&[&str]> = down.iter().map(<[&str; 2]>::as_slice).collect();
        let lying = grid(&rows);
        let upright = requests(&lying, &keys(&lying), form).unwrap();
        assert_eq!([upright.text(0, 1), upright.text(1, 0)], ["自然人", "（一）予以公开"]);
        assert!(requests(&upright, &keys(&upright), form).is_none());
    }
}
