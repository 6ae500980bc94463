//! [`Figure`]: one figure that is added up over many reports.

use crate::edition::{Cell, DisclosureRow, Form};
use crate::report::{Challenges, Disclosure, FieldPath, Money, Report, Requests};

/// A figure that can be added up: a cell that is no total, or the fee of section six.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Figure {
    /// A cell of one of the three tables.
    Cell(Cell),
    /// How many notices of the handling fee were sent.
    FeeNotices,
    /// How much of the handling fee was collected, in yuan.
    FeeAmount,
}

impl Figure {
    /// All figures of a form, in its order.
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

    /// What messages call it.
    pub fn name(self, form: &Form) -> String {
        match self {
            Self::Cell(cell) => form.cell_name(cell),
            Self::FeeNotices => "信息处理费的“发出收费通知件数”".to_owned(),
            Self::FeeAmount => "信息处理费的“收取金额”".to_owned(),
        }
    }

    /// What messages call its column where the row is known.
    pub fn column_name(self, form: &Form) -> &'static str {
        match self {
            Self::Cell(cell) => form.column_name(cell),
            Self::FeeNotices => "发出收费通知件数",
            Self::FeeAmount => "收取金额",
        }
    }

    /// The figure in a report; `None` when it is not filled or no figure.
    pub fn of(self, report: &Report) -> Option<Money> {
        let fee = report.other.handling_fee.as_ref();
        match self {
            Self::Cell(cell) => report.typed(cell).value().copied(),
            Self::FeeNotices => fee?.notices.count().map(Money::from),
            Self::FeeAmount => fee?.amount.value().copied(),
        }
    }

    /// Whether it counts documents, which several bodies may have made together.
    pub fn counts_documents(self) -> bool {
        use DisclosureRow::{NormativeDocuments, Regulations};
        matches!(self, Self::Cell(Cell::Disclosure(Regulations | NormativeDocuments, _)))
    }
}
