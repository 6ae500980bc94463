//! The figures of a report cell by cell, whatever their table.

use super::{Challenges, Disclosure, Entry, FieldPath, Money, Number, Report, Requests};
use crate::edition::{Cell, NumberKind};

impl FieldPath {
    /// The address of a cell.
    pub fn of(cell: Cell) -> Self {
        match cell {
            Cell::Disclosure(row, column) => Disclosure::path(row, column),
            Cell::Requests(row, column) => Requests::path(row, column),
            Cell::Challenges(proceeding, column) => Challenges::path(proceeding, column),
        }
    }

    /// The address of the row in which a cell stands; of a row with one figure it is that of the cell.
    pub fn row_of(cell: Cell) -> Self {
        match cell {
            Cell::Disclosure(row, _) => Disclosure::row_path(row),
            Cell::Requests(row, _) => Requests::row_path(row),
            Cell::Challenges(proceeding, _) => Challenges::row_path(proceeding),
        }
    }
}

impl Report {
    /// The typed contents of a cell; a count as a number without decimals.
    pub fn typed(&self, cell: Cell) -> Entry<Money> {
        let count = |entry: &Entry| entry.clone().map(Money::from);
        match cell {
            Cell::Disclosure(row, column) => {
                self.disclosure.entry(row, column).clone().map(|number| number.value)
            }
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

    /// Makes a cell one that is not filled.
    pub fn clear(&mut self, cell: Cell) {
        match cell {
            Cell::Disclosure(row, column) => self.disclosure.cells[(row, column)] = Entry::Absent,
            Cell::Requests(row, column) => self.requests.cells[(row, column)] = Entry::Absent,
            Cell::Challenges(proceeding, column) => {
                self.challenges.cells[(proceeding, column)] = Entry::Absent;
            }
        }
    }

    /// Writes a number into a cell; one that cannot stand there, such as a fraction where a count is
    /// due, is kept as unusable. A change that is an increase gets its sign.
    pub fn put(&mut self, cell: Cell, number: Money) {
        let unusable = || number.to_string();
        let count = || match u64::try_from(number) {
            Ok(count) if number.is_integer() => Entry::Value(count),
            _ => Entry::Unusable(unusable()),
        };
        match cell {
            Cell::Disclosure(row, column) => {
                self.disclosure.cells[(row, column)] = match column.kind() {
                    NumberKind::Count => count().map(Number::from),
                    NumberKind::Change if number.is_integer() => {
                        Entry::Value(Number { value: number, plus: number > Money::ZERO })
                    }
                    NumberKind::Amount if number >= Money::ZERO => Entry::Value(number.into()),
                    NumberKind::Change | NumberKind::Amount => Entry::Unusable(unusable()),
                };
            }
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
    use crate::edition::{DisclosureColumn, DisclosureRow, Edition};

    #[test]
    fn every_cell_gives_back_what_was_put_into_it() {
        for edition in Edition::ALL {
            let mut report = Report::empty(*edition);
            let cells: Vec<Cell> = report.form().cells().collect();
            for (i, cell) in cells.iter().enumerate() {
                report.put(*cell, Money::from(i));
            }
            for (i, cell) in cells.iter().enumerate() {
                assert_eq!(report.typed(*cell), Entry::Value(Money::from(i)), "{cell:?}");
                assert_eq!(report.printed(*cell), Some(Money::from(i)), "{cell:?}");
            }
            for cell in &cells {
                report.clear(*cell);
            }
            assert_eq!(report, Report::empty(*edition));
            report.put(cells[0], Money::new(15, 1));
            assert_eq!(report.typed(cells[0]), Entry::Unusable("1.5".to_owned()));
        }
    }

    #[test]
    fn a_change_has_a_sign_and_an_amount_has_none() {
        let (row, column) = (DisclosureRow::Licences, DisclosureColumn::Change);
        let mut report = Report::empty(Edition::Y2019);
        for (number, printed) in [(1036, "+1036"), (-3, "-3"), (0, "0")] {
            report.put(Cell::Disclosure(row, column), Money::from(number));
            assert_eq!(report.disclosure.entry(row, column).to_string(), printed);
            assert_eq!(report.disclosure.entry(row, column).value().unwrap().value, number.into());
        }
        let amount =
            Cell::Disclosure(DisclosureRow::CentralProcurement, DisclosureColumn::PurchaseAmount);
        report.put(amount, Money::new(-25, 1));
        assert_eq!(report.typed(amount), Entry::Unusable("-2.5".to_owned()));
    }
}
