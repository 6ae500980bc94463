//! Published reports read as data.

pub(crate) mod carriers;
mod commands;
mod damage;
mod kinds;
mod layouts;
mod ofd;
#[cfg(feature = "pdf-import")]
mod pdf;
mod read_back;
mod round_trip;
mod saved_elsewhere;

use nianbao::edition::Cell;
use nianbao::internals::import::Published;
use nianbao::report::{Entry, Money};

/// Reads a file that must be a report.
fn read(bytes: &[u8]) -> Published {
    nianbao::internals::import::read(bytes).unwrap_or_else(|error| panic!("{error}"))
}

/// The figures that a report prints.
fn figures(report: &nianbao::report::Report) -> Vec<(Cell, Option<Money>)> {
    report.form().cells().map(|cell| (cell, report.printed(cell))).collect()
}

/// The number in a cell as it was read.
fn number(published: &Published, cell: Cell) -> Option<Money> {
    match published.report.typed(cell) {
        Entry::Value(number) => Some(number),
        Entry::Absent | Entry::Unusable(_) => None,
    }
}
