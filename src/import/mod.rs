//! Published reports read as data: any file of one to a [`Report`](crate::report::Report), with proof for every figure and an account of
//! every character.
//!
//! `readers` make of a file a sheet of paragraphs and tables; `tables` finds the cells of the form in it by their
//! labels, `texts` the sections and what stands round them; `confidence` tells how sure each figure is. What is
//! blank stays blank, and a printed total that is wrong stays as it is printed.

mod account;
mod confidence;
mod corrections;
mod error;
mod letters;
mod making;
mod own;
mod published;
mod readers;
mod sheet;
mod tables;
mod texts;
mod titled;
mod understand;
mod written;

pub use account::Account;
pub use confidence::Class;
pub(crate) use corrections::{
    BroughtBack, Change, Corrections, Proposal, Unbound, bring_back, corrections,
};
pub(crate) use error::ImportError;
pub(crate) use own::merged;
pub use published::{PROBLEMS, Published};
pub(crate) use readers::Comment;
pub use sheet::Reason;
pub use written::data_file;

/// The extensions under which published reports are found.
pub(crate) const EXTENSIONS: &[&str] = &[
    "docx", "pdf", "html", "htm", "mht", "mhtml", "xlsx", "txt", "doc", "wps", "rtf", "ofd", "xls",
    "et", "ods",
];

/// A plain text in whatever encoding.
///
/// # Errors
///
/// When it is no text, or larger than the budget.
pub(crate) fn plain_text(bytes: &[u8]) -> Result<String, ImportError> {
    readers::plain_text(bytes)
}

/// Reads a published report.
///
/// # Errors
///
/// When the file cannot be read, or holds no report, or more than one.
pub fn read(bytes: &[u8]) -> Result<Published, ImportError> {
    made_of(readers::read(bytes)?)
}

/// Reads a report that was made from a data file, as it goes back into it: the numbers of its parts need not go on from
/// one, since the data file numbers them anew.
///
/// # Errors
///
/// As [`read`].
pub(crate) fn read_back(bytes: &[u8]) -> Result<Published, ImportError> {
    made_of(sheet::Sheet { goes_back: true, ..readers::read(bytes)? })
}

fn made_of(mut sheet: sheet::Sheet) -> Result<Published, ImportError> {
    titled::part(&mut sheet);
    tables::unflatten(&mut sheet);
    tables::set_upright(&mut sheet);
    understand::understand(sheet)
}
