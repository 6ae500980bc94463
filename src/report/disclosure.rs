//! Section two: information published on the body's own initiative.

use super::{Entry, FieldPath, Grid, Money};
use crate::edition::{Axis, DisclosureColumn, DisclosureRow};

/// The figures of table 1.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Disclosure {
    /// What was typed, cell by cell; only the cells of the form are ever filled.
    pub cells: Grid<DisclosureRow, DisclosureColumn, Entry>,
    /// 行政事业性收费, in ten-thousands of yuan.
    pub fees: Entry<Money>,
}

impl Disclosure {
    /// The address of a cell. A row with a single column is its own cell.
    pub fn path(row: DisclosureRow, column: DisclosureColumn) -> FieldPath {
        let row_path = Self::row_path(row);
        match column {
            DisclosureColumn::Decisions | DisclosureColumn::Amount => row_path,
            DisclosureColumn::Issued | DisclosureColumn::Repealed | DisclosureColumn::InForce => {
                row_path.key(column.key())
            }
        }
    }

    /// The address of a row.
    pub fn row_path(row: DisclosureRow) -> FieldPath {
        FieldPath::new("disclosure").key(row.key())
    }

    /// What was typed in a cell of counts.
    pub fn entry(&self, row: DisclosureRow, column: DisclosureColumn) -> &Entry {
        &self.cells[(row, column)]
    }

    /// Whether nothing at all was typed.
    pub fn is_empty(&self) -> bool {
        self.fees.is_absent() && self.cells.values().all(Entry::is_absent)
    }
}
