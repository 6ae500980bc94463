//! Tables of a sheet to cells of the form, by its labels and never by counting blanks.

mod challenges;
mod disclosure;
mod flat;
mod labels;
mod requests;
mod turned;
mod value;

use std::collections::{BTreeMap, BTreeSet};

use super::sheet::{Block, Grid, GridCell, Sheet, Spot};
use crate::diag::Severity;
use crate::edition::{Cell, Edition, Form, Section};
use crate::report::FieldPath;

pub(super) use labels::Fit;
pub(super) use value::Value;

/// A cell of a sheet: the index of its block, and of the cell in it.
pub(super) type At = (usize, usize);

/// Everything that was found in the tables of a sheet.
#[derive(Debug, Default)]
pub(super) struct Tables {
    /// The cells of the form that were found.
    pub(super) cells: BTreeMap<Cell, Found>,
    /// Cells of the sheet that are labels, heads or figures of the form.
    pub(super) placed: BTreeSet<At>,
    /// The head of a table that a page repeats.
    pub(super) repeated: BTreeSet<At>,
    /// The troubles with labels and places.
    pub(super) remarks: Vec<Remark>,
    /// The marks of notes behind labels: section, mark, and the row.
    pub(super) marks: Vec<(Section, String, FieldPath)>,
    /// The number of times the first row of table 2 stands in the file.
    pub(super) n_reports: usize,
}

/// A cell of the form as it was found.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub(super) value: Value,
    /// The fit of the label of its row.
    pub(super) row: Fit,
    /// True if the heads say which column it is, and not only its place.
    pub(super) has_head: bool,
    /// True if its row has as many cells as the form.
    pub(super) is_whole: bool,
    pub(super) at: At,
    /// The reason why no value can be taken, although something stands there.
    pub(super) trouble: Option<&'static str>,
}

/// Something amiss with the labels or places of a table.
#[derive(Debug, Clone)]
pub(super) struct Remark {
    pub(super) code: &'static str,
    pub(super) severity: Severity,
    pub(super) message: String,
    pub(super) at: At,
}

/// The tables of a sheet.
pub(super) struct Grids<'a> {
    /// With the index of each block.
    pub(super) all: Vec<(usize, &'a Grid)>,
}

impl<'a> Grids<'a> {
    fn of(sheet: &'a Sheet) -> Self {
        let blocks = sheet.blocks.iter().enumerate();
        let all = blocks.filter_map(|(i, block)| match block {
            Block::Grid(grid) => Some((i, grid)),
            Block::Line(_) => None,
        });
        Self { all: all.collect() }
    }
}

/// Puts flattened tables of a sheet together again, where it has no tables of its own.
pub(super) fn unflatten(sheet: &mut Sheet) {
    flat::unflatten(sheet);
}

/// Sets tables upright that lie on their side.
pub(super) fn set_upright(sheet: &mut Sheet) {
    turned::set_upright(sheet);
}

/// The edition of the form whose labels the tables have, if they are of either; where they are of both, that of the year.
pub(super) fn edition(sheet: &Sheet, year: Option<u16>) -> Option<Edition> {
    let grids = Grids::of(sheet);
    let score = |edition: &Edition| {
        let form = edition.form();
        disclosure::n_own_labels(&grids, form) + requests::n_own_labels(&grids, form)
    };
    let of_year = year.and_then(Edition::for_year);
    let best = Edition::ALL
        .iter()
        .max_by_key(|edition| (score(edition), of_year == Some(**edition), **edition))?;
    (score(best) > 0).then_some(*best)
}

/// Reads the three tables.
pub(super) fn read(sheet: &Sheet, form: &'static Form) -> Tables {
    let grids = Grids::of(sheet);
    let mut tables = Tables::default();
    disclosure::read(&grids, form, &mut tables);
    requests::read(&grids, form, &mut tables);
    challenges::read(&grids, form, &mut tables);
    tables
}

impl Tables {
    /// Keeps the mark of a note behind the label of the row of a cell.
    fn mark(&mut self, label: &str, cell: Cell) {
        if let Some(mark) = labels::unmarked(label).1 {
            self.marks.push((cell.section(), mark.to_owned(), FieldPath::row_of(cell)));
        }
    }

    fn remark(&mut self, code: &'static str, severity: Severity, at: At, message: String) {
        self.remarks.push(Remark { code, severity, message, at });
    }
}

/// The place of a sheet's cell.
pub(super) fn spot(sheet: &Sheet, (block, cell): At) -> Spot {
    match &sheet.blocks[block] {
        Block::Grid(grid) => grid.cells[cell].spot,
        Block::Line(line) => line.spot,
    }
}

/// The columns of a table that a head stands over.
#[derive(Debug, Clone)]
pub(super) struct Columns<T> {
    pub(super) meant: T,
    pub(super) first: usize,
    pub(super) last: usize,
}

/// The cell under a head in a row.
enum Under {
    /// One cell, all of whose columns are under this head alone.
    One(usize),
    /// No cell at all: the row is too short.
    Nothing,
    /// Several cells, or one that reaches under other heads or into other rows.
    Unsure(usize, &'static str),
}

/// The cell of a row under one of several heads.
fn under<T>(grid: &Grid, row: usize, columns: &Columns<T>, all: &[Columns<T>]) -> Under {
    let mut cells: Vec<usize> =
        (columns.first..=columns.last).filter_map(|column| grid.at(row, column)).collect();
    cells.dedup();
    let filled: Vec<usize> =
        cells.iter().copied().filter(|i| !grid.cells[*i].text.is_empty()).collect();
    let cell = match (filled.as_slice(), cells.as_slice()) {
        (_, []) => return Under::Nothing,
        ([], [first, ..]) | ([first], _) => *first,
        ([first, ..], _) => return Under::Unsure(*first, "一格里有几个数"),
    };
    let own = &grid.cells[cell];
    // Columns under no head are there where lines of two rows are not quite above each other.
    let reaches = all.iter().any(|other| {
        let is_other = other.first != columns.first;
        is_other && own.column <= other.last && other.first < own.column + own.columns
    });
    if reaches {
        return Under::Unsure(cell, "和旁边的格并在一起");
    }
    if own.rows > 1 && !is_row(grid, own, all) {
        return Under::Unsure(cell, "和上下的格并在一起");
    }
    Under::One(cell)
}

/// True if a cell takes as many rows of the grid as all others of its row, the label among them: a cell beside them ends
/// elsewhere, as the name of a group does that a page break cut.
fn is_row<T>(grid: &Grid, own: &GridCell, columns: &[Columns<T>]) -> bool {
    let is_alike = |column: usize| {
        let other = grid.at(own.row, column).map(|i| &grid.cells[i]);
        other.is_some_and(|other| (other.row, other.rows) == (own.row, own.rows))
    };
    let first = columns.iter().map(|column| column.first).min().unwrap_or(0);
    first.checked_sub(1).is_none_or(is_alike) && columns.iter().all(|column| is_alike(column.first))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_that_takes_two_of_the_grid_is_one_and_a_cell_that_alone_does_is_not() {
        let cell = |text: &str, row, column, rows| GridCell {
            text: text.to_owned(),
            row,
            column,
            rows,
            columns: 1,
            ..GridCell::default()
        };
        let columns = [(0, 2), (1, 3)].map(|(meant, at)| Columns { meant, first: at, last: at });
        let one = |grid: &Grid| matches!(under(grid, 0, &columns[0], &columns), Under::One(_));
        let group = cell("三、", 0, 0, 1);
        let rest = || [cell("总计", 0, 1, 2), cell("5", 0, 2, 2), cell("6", 0, 3, 2)];
        let mut cells = vec![group, cell("", 1, 0, 1)];
        cells.extend(rest());
        assert!(one(&Grid::new(cells)));
        let alone = vec![cell("总计", 0, 1, 1), cell("5", 0, 2, 2), cell("6", 0, 3, 1)];
        let below = vec![cell("四、", 1, 1, 1), cell("7", 1, 3, 1)];
        assert!(!one(&Grid::new([alone, below].concat())));
    }
}
