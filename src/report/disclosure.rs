//! Section two: information published on the body's own initiative.

use super::{Entry, FieldPath, Grid, Money, Number};
use crate::edition::{Axis, DisclosureColumn, DisclosureRow};

/// The figures of table 1.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Disclosure {
    /// The typed contents, cell by cell; only the cells of the form are ever filled.
    pub cells: Grid<DisclosureRow, DisclosureColumn, Entry<Number>>,
}

impl Disclosure {
    /// The address of a cell. A row with a single column is its own cell.
    pub fn path(row: DisclosureRow, column: DisclosureColumn) -> FieldPath {
        let row_path = Self::row_path(row);
        if column.stands_alone() { row_path } else { row_path.key(column.key()) }
    }

    /// The address of a row.
    pub fn row_path(row: DisclosureRow) -> FieldPath {
        FieldPath::new("disclosure").key(row.key())
    }

    /// The typed contents of a cell.
    pub fn entry(&self, row: DisclosureRow, column: DisclosureColumn) -> &Entry<Number> {
        &self.cells[(row, column)]
    }

    /// 行政事业性收费 of the year in ten-thousands of yuan; the form of 2019 does not ask for it.
    pub fn fees(&self) -> Option<Money> {
        let entry = self.entry(DisclosureRow::Fees, DisclosureColumn::Amount);
        entry.value().map(|number| number.value)
    }

    /// True if nothing at all was typed.
    pub fn is_empty(&self) -> bool {
        self.cells.values().all(Entry::is_absent)
    }
}
