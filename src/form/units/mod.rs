//! The page of an office for its units: the list, what goes out, what comes back, and where each unit stands.
//!
//! All of it is done by `office`, as on the command line; `stand` is what the page shows, `sums` what the reports add up to and how they
//! compare, `inbox` puts the files that are dropped on it where the others lie, `runs` receives, sends and sends back, and `names` makes a new list.
//! `units_pages` beside it says what is at which address.

mod inbox;
mod names;
mod runs;
mod stand;
mod sums;

use std::path::{Path, PathBuf};

use crate::files::{self, FileError};
use crate::load::{ListError, read_list};
use crate::source::{Lines, locate};
use crate::units::UnitList;

pub(super) use inbox::{NotPut, put};
pub(super) use names::{Given, OFFICE, Wanted, make, proposed};
pub(super) use runs::{Receive, Send, receive, send, send_back};
pub(super) use stand::shown as stand_of;
pub(super) use sums::{across, compared, sum_file, sums};

/// A list of units that is open.
pub(super) struct OpenList {
    /// A name that nobody can guess.
    pub(super) id: String,
    /// Its full path.
    path: PathBuf,
}

impl OpenList {
    /// Opens a list; what is wrong with it is said on its page.
    ///
    /// # Errors
    ///
    /// When there is no such file.
    pub(super) fn open(id: String, file: &Path) -> Result<Self, FileError> {
        files::stamp(file)?;
        let path = files::full_path(file).unwrap_or_else(|| file.to_owned());
        Ok(Self { id, path })
    }

    /// The file.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// The folder in which it lies.
    pub(super) fn folder(&self) -> &Path {
        self.path.parent().unwrap_or_else(|| Path::new(""))
    }

    /// The list as it is now.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with it, each in one phrase.
    pub(super) fn read(&self) -> Result<UnitList, Vec<String>> {
        read_list(&self.path).map_err(|error| match error {
            ListError::File(error) => vec![error.to_string()],
            ListError::Wrong(source, found) => {
                let lines = Lines::of(source.text());
                let said = |finding: &crate::diag::Diagnostic| {
                    let start = locate(&source, &finding.primary.place).start;
                    let line = lines.position(start).line;
                    let help = finding.help.iter().map(|help| format!("；{help}"));
                    format!("第{line}行：{}{}", finding.message, help.collect::<String>())
                };
                found.iter().map(said).collect()
            }
        })
    }

    /// A path as it is shown: from the folder of the list, where it lies there.
    pub(super) fn shown(&self, path: &Path) -> String {
        path.strip_prefix(self.folder()).unwrap_or(path).display().to_string()
    }
}
