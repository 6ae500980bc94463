//! The figures of a report cell by cell, whatever their table.

use super::{Challenges, Disclosure, Entry, FieldPath, Money, Report, Requests};
use crate::edition::{Cell, DisclosureColumn};

impl FieldPath {
    /// The address of a cell.
    pub fn of(cell: Cell) -> Self {
        match cell {
            Cell::Disclosure(row, column) => Disclosure::path(row, column),
            Cell::Requests(row, column) => Requests::path(row, column),
            Cell::Challenges(proceeding, column) => Challenges::path(proceeding, column),
        }
    }
}

impl Report {
    /// What was typed in a cell; a count as a number without decimals.
    pub fn typed(&self, cell: Cell) -> Entry<Money> {
        let count = |entry: &Entry| match entry {
            Entry::Absent => Entry::Absent,
            Entry::Value(count) => Entry::Value(Money::from(*count)),
            Entry::Unusable(typed) => Entry::Unusable(typed.clone()),
        };
        match cell {
            Cell::Disclosure(_, DisclosureColumn::Amount) => self.disclosure.fees.clone(),
            Cell::Disclosure(row, column) => count(self.disclosure.entry(row, column)),
            Cell::Requests(row, column) => count(self.requests.entry(row, column)),
            Cell::Challenges(proceeding, column) => {
                count(self.challenges.entry(proceeding, column))
            }
        }
    }

    /// The number that its table prints in a cell: as typed, or added up where a total was left out.
    pub fn printed(&self, cell: Cell) -> Option<Money> {
        match cell {
            Cell::Disclosure(..) => self.typed(cell).value().copied(),
            Cell::Requests(row, column) => {
                self.requests.count(&self.form().requests, row, column).map(Money::from)
            }
            Cell::Challenges(proceeding, column) => {
                self.challenges.count(proceeding, column).map(Money::from)
            }
        }
    }

    /// Writes a number into a cell; one that is no count into a cell of counts is kept as unusable.
    pub fn put(&mut self, cell: Cell, number: Money) {
        let count = || match u64::try_from(number) {
            Ok(count) if number.is_integer() => Entry::Value(count),
            _ => Entry::Unusable(number.to_string()),
        };
        match cell {
            Cell::Disclosure(_, DisclosureColumn::Amount) => {
                self.disclosure.fees = Entry::Value(number);
            }
            Cell::Disclosure(row, column) => self.disclosure.cells[(row, column)] = count(),
            Cell::Requests(row, column) => self.requests.cells[(row, column)] = count(),
            Cell::Challenges(proceeding, column) => {
                self.challenges.cells[(proceeding, column)] = count();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edition::Edition;

    #[test]
    fn every_cell_gives_back_what_was_put_into_it() {
        let mut report = Report::empty(Edition::Y2021);
        let cells: Vec<Cell> = report.form().cells().collect();
        for (i, cell) in cells.iter().enumerate() {
            report.put(*cell, Money::from(i));
        }
        for (i, cell) in cells.iter().enumerate() {
            assert_eq!(report.typed(*cell), Entry::Value(Money::from(i)), "{cell:?}");
            assert_eq!(report.printed(*cell), Some(Money::from(i)), "{cell:?}");
        }
        report.put(cells[0], Money::new(15, 1));
        assert_eq!(report.typed(cells[0]), Entry::Unusable("1.5".to_owned()));
    }
}
