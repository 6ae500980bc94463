//! The three national tables as a workbook, in which offices collect their figures: written, and read back.
//!
//! [`write`](write()) and [`read`](read()) share one plan of where each cell of the form stands, which
//! is made from the same tables as the printed report. [`compare`](compare()) tells what a workbook
//! changes in a report. Nothing here knows a file or a data file.

mod belongs;
mod cells;
mod compare;
mod foreign;
mod identity;
mod listing;
mod looks;
mod plan;
mod read;
mod runs;
mod typed;
mod unpack;
mod write;

use std::fmt;

use crate::edition::{Cell, NumberKind};
use crate::report::{Entry, Money};

pub(crate) use cells::{Shown, shown};
pub(crate) use compare::left_alone_in_words;
pub use compare::{compare, left_alone};
pub(crate) use foreign::is_foreign;
pub(crate) use identity::{identity_in, is_blank, only_table};
pub(crate) use listing::{Sheet, write_listing, write_listings};
pub(crate) use looks::looks;
pub use read::read;
pub(crate) use read::{blanks_as_zeros, hidden_in_words};
pub(crate) use runs::{END, RAISED, STRUCK};
pub use write::write;

/// The contents read from a workbook.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Reading {
    /// The figures that were understood, in the order of the form.
    pub figures: Vec<SheetFigure>,
    /// Everything that was not.
    pub faults: Vec<Fault>,
    /// Everything that was taken otherwise than it stands there: texts read as numbers, sheets known by their titles.
    pub remarks: Vec<Fault>,
}

/// A figure of a workbook.
#[derive(Debug, Clone, PartialEq)]
pub struct SheetFigure {
    /// The cell of the form.
    pub cell: Cell,
    /// Its place in the workbook, for example `表二!F12`.
    pub address: String,
    /// The value there.
    pub content: Content,
}

/// The contents of a cell of figures.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// Nothing.
    Blank,
    /// A number.
    Number(Money),
    /// The formula that adds up the parts of a total. Its stored result is not looked at: it may be
    /// older than the parts.
    Added,
}

/// A figure that a workbook changes in a report.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The cell of the form.
    pub cell: Cell,
    /// Its place in the workbook.
    pub address: String,
    /// The contents of the report.
    pub old: Entry<Money>,
    /// Its contents to be; nothing where the cell is to be not filled.
    pub new: Option<Money>,
}

/// The reason why figures cannot go into a workbook or come out of it. Its texts are for the reader, in Chinese.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The place in the workbook, for example `表二!F12`; empty when it is the whole.
    pub address: String,
    /// The error in one phrase.
    pub message: String,
    /// The remedy.
    pub help: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.address.is_empty() {
            write!(f, "{}：", self.address)?;
        }
        f.write_str(&self.message)
    }
}

/// The kind of number in a cell.
fn kind(cell: Cell) -> NumberKind {
    match cell {
        Cell::Disclosure(_, column) => column.kind(),
        Cell::Requests(..) | Cell::Challenges(..) => NumberKind::Count,
    }
}

/// As many digits as spreadsheets keep of a number.
const KEPT_DIGITS: usize = 15;

/// The number of significant digits: all but the zeros at the ends.
fn n_digits(number: Money) -> usize {
    let digits: String =
        number.normalize().to_string().chars().filter(char::is_ascii_digit).collect();
    digits.trim_start_matches('0').trim_end_matches('0').len()
}
