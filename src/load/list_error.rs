//! The error of a file that an office keeps for all its units.

use crate::diag::Diagnostic;
use crate::files::FileError;
use crate::source::SourceFile;

/// The reason why a list of units, or the rules of an office, cannot be used.
#[derive(Debug)]
pub enum ListError {
    /// It cannot be read.
    File(FileError),
    /// Something in it is wrong: the file, and what.
    Wrong(Box<SourceFile>, Vec<Diagnostic>),
}
