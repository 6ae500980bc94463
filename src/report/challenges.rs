//! Section four: reconsideration and litigation caused by disclosure work.

use super::{Count, Entry, FieldPath, Figure, Grid};
use crate::edition::{Axis, ChallengeColumn, Proceeding};

/// The figures of table 3.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Challenges {
    /// The typed contents, cell by cell.
    pub cells: Grid<Proceeding, ChallengeColumn, Entry>,
}

impl Challenges {
    /// The address of a cell.
    pub fn path(proceeding: Proceeding, column: ChallengeColumn) -> FieldPath {
        Self::row_path(proceeding).key(column.key())
    }

    /// The address of the figures of one kind of proceeding.
    pub fn row_path(proceeding: Proceeding) -> FieldPath {
        FieldPath::new("challenges").key(proceeding.key())
    }

    /// The typed contents of a cell.
    pub fn entry(&self, proceeding: Proceeding, column: ChallengeColumn) -> &Entry {
        &self.cells[(proceeding, column)]
    }

    /// The figure the table prints: as typed, or added up where a total was left out.
    pub fn figure(&self, proceeding: Proceeding, column: ChallengeColumn) -> Figure {
        let entry = self.entry(proceeding, column);
        if column == ChallengeColumn::Total {
            Figure::of_total(
                entry,
                ChallengeColumn::RESULTS.iter().map(|c| self.count(proceeding, *c)),
            )
        } else {
            Figure::of_total(entry, [None])
        }
    }

    /// The number the table prints in a cell.
    pub fn count(&self, proceeding: Proceeding, column: ChallengeColumn) -> Option<Count> {
        self.figure(proceeding, column).count()
    }

    /// True if nothing at all was typed.
    pub fn is_empty(&self) -> bool {
        self.cells.values().all(Entry::is_absent)
    }
}
