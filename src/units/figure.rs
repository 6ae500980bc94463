//! [`Figure`]: one figure that is added up over many reports.

use crate::edition::{Cell, DisclosureRow, Form};
use crate::report::{Challenges, Disclosure, Entry, FieldPath, Money, Report, Requests};

/// A figure of a report: a cell of its tables, or the fee of section six.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Figure {
    /// A cell of one of the three tables.
    Cell(Cell),
    /// The number of notices of the handling fee.
    FeeNotices,
    /// The amount of the handling fee collected, in yuan.
    FeeAmount,
}

impl Figure {
    /// All figures of a form that can be added up, in its order: those that are no totals.
    pub fn all(form: &Form) -> Vec<Self> {
        let cells = form.cells().filter(|cell| !cell.is_total()).map(Self::Cell);
        cells.chain([Self::FeeNotices, Self::FeeAmount]).collect()
    }

    /// Its address.
    pub fn path(self) -> FieldPath {
        match self {
            Self::Cell(cell) => FieldPath::of(cell),
            Self::FeeNotices => FieldPath::new("other.handling_fee.notices"),
            Self::FeeAmount => FieldPath::new("other.handling_fee.amount"),
        }
    }

    /// The address of its row: what is written as one value in a data file.
    pub fn row_path(self) -> FieldPath {
        match self {
            Self::Cell(Cell::Disclosure(row, _)) => Disclosure::row_path(row),
            Self::Cell(Cell::Requests(row, _)) => Requests::row_path(row),
            Self::Cell(Cell::Challenges(proceeding, _)) => Challenges::row_path(proceeding),
            Self::FeeNotices | Self::FeeAmount => FieldPath::new("other.handling_fee"),
        }
    }

    /// Its name in messages.
    pub fn name(self, form: &Form) -> String {
        match self {
            Self::Cell(cell) => form.cell_name(cell),
            Self::FeeNotices => "信息处理费的“发出收费通知件数”".to_owned(),
            Self::FeeAmount => "信息处理费的“收取金额”".to_owned(),
        }
    }

    /// The name of its column in messages where the row is known.
    pub fn column_name(self, form: &Form) -> &'static str {
        match self {
            Self::Cell(cell) => form.column_name(cell),
            Self::FeeNotices => "发出收费通知件数",
            Self::FeeAmount => "收取金额",
        }
    }

    /// The figure in a report; `None` when it is not filled or no figure.
    pub fn of(self, report: &Report) -> Option<Money> {
        self.typed(report).value().copied()
    }

    /// Its entry in a report.
    pub fn typed(self, report: &Report) -> Entry<Money> {
        let fee = report.other.handling_fee.as_ref();
        match self {
            Self::Cell(cell) => report.typed(cell),
            Self::FeeNotices => {
                fee.map_or(Entry::Absent, |fee| fee.notices.clone().map(Money::from))
            }
            Self::FeeAmount => fee.map_or(Entry::Absent, |fee| fee.amount.clone()),
        }
    }

    /// Writes a number into a report; one that cannot stand there, such as a fraction where a count is
    /// due, is kept as unusable.
    pub fn put(self, report: &mut Report, number: Money) {
        match self {
            Self::Cell(cell) => report.put(cell, number),
            Self::FeeNotices => {
                let fee = report.other.handling_fee.get_or_insert_default();
                fee.notices = match u64::try_from(number) {
                    Ok(count) if number.is_integer() => Entry::Value(count),
                    _ => Entry::Unusable(number.to_string()),
                };
            }
            Self::FeeAmount => {
                let fee = report.other.handling_fee.get_or_insert_default();
                fee.amount = Entry::Value(number);
            }
        }
    }

    /// True if it is a total of other figures, which need not be filled.
    pub fn is_sum(self) -> bool {
        match self {
            Self::Cell(cell) => cell.is_total(),
            Self::FeeNotices | Self::FeeAmount => false,
        }
    }

    /// True if it stands in one of the three tables.
    pub fn is_of_tables(self) -> bool {
        matches!(self, Self::Cell(_))
    }

    /// True if it counts documents, which several bodies may have made together.
    pub fn counts_documents(self) -> bool {
        use DisclosureRow::{NormativeDocuments, Regulations};
        matches!(self, Self::Cell(Cell::Disclosure(Regulations | NormativeDocuments, _)))
    }
}
