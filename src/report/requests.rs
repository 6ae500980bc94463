//! Section three: applications by kind of applicant and by outcome.

use super::entry::sum;
use super::{Count, Entry, FieldPath, Figure, Grid};
use crate::edition::{Axis, RequestColumn, RequestGroup, RequestRow, RequestsTable};

/// The figures of table 2.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Requests {
    /// The typed contents, cell by cell.
    pub cells: Grid<RequestRow, RequestColumn, Entry>,
}

impl Requests {
    /// The address of a cell.
    pub fn path(row: RequestRow, column: RequestColumn) -> FieldPath {
        Self::row_path(row).key(column.key())
    }

    /// The address of a row.
    pub fn row_path(row: RequestRow) -> FieldPath {
        FieldPath::new("requests").key(row.key())
    }

    /// The typed contents of a cell.
    pub fn entry(&self, row: RequestRow, column: RequestColumn) -> &Entry {
        &self.cells[(row, column)]
    }

    /// The figure the table prints: as typed, or added up where a total was left out.
    ///
    /// The total of a row is the sum over the six kinds of applicants; a row of outcome totals that
    /// was left out is the sum over the result rows of `table`.
    pub fn figure(&self, table: &RequestsTable, row: RequestRow, column: RequestColumn) -> Figure {
        let entry = self.entry(row, column);
        match (row, column) {
            (_, RequestColumn::Total) => Figure::of_total(
                entry,
                RequestColumn::APPLICANTS.iter().map(|c| self.count(table, row, *c)),
            ),
            (RequestRow::OutcomeTotal, _) => {
                Figure::of_total(entry, table.result_rows().map(|r| self.count(table, r, column)))
            }
            _ => Figure::of_total(entry, [None]),
        }
    }

    /// The number the table prints in a cell.
    pub fn count(
        &self,
        table: &RequestsTable,
        row: RequestRow,
        column: RequestColumn,
    ) -> Option<Count> {
        self.figure(table, row, column).count()
    }

    /// The number of all applications of an outcome group.
    pub fn group_count(&self, table: &RequestsTable, group: RequestGroup) -> Option<Count> {
        sum(table.group_rows(group).map(|row| self.count(table, row, RequestColumn::Total)))
    }

    /// True if nothing at all was typed.
    pub fn is_empty(&self) -> bool {
        self.cells.values().all(Entry::is_absent)
    }
}
