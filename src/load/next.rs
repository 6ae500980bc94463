//! The beginning of next year's data file, from that of this year.

use std::path::Path;

use crate::diag::{Diagnostic, Place, Severity};
use crate::edition::RequestRow;
use crate::files::{self, FileError};
use crate::report::{FieldPath, Report, Requests};

/// The report that begins in a data file at `path` where this year's lies at `last_path`.
///
/// # Errors
///
/// When no path from one to the other can be written down.
pub(crate) fn next_report(
    last: &Report,
    last_path: &Path,
    path: &Path,
) -> Result<Report, FileError> {
    let folder = path.parent().unwrap_or(Path::new(""));
    let previous = files::path_from(folder, last_path)?;
    let mut next = last.next_year(previous.clone());
    // Paths in a data file begin at its own folder.
    if let Some((to_last, _)) = previous.rsplit_once('/') {
        for (_, font) in next.fonts.iter_mut().filter(|(_, font)| !Path::new(font).is_absolute()) {
            *font = format!("{to_last}/{font}");
        }
    }
    Ok(next)
}

/// True if an error of last year's report speaks of the figures that begin this year's.
pub(crate) fn concerns_what_is_carried(finding: &Diagnostic) -> bool {
    let carried = [
        Requests::row_path(RequestRow::CarriedOut),
        FieldPath::new("agency"),
        FieldPath::new("fonts"),
        FieldPath::new("rules"),
    ];
    let labels = std::iter::once(&finding.primary).chain(&finding.related);
    finding.severity == Severity::Error
        && labels.map(|label| &label.place).any(|place| match place {
            Place::Value(path) | Place::Key(path) | Place::Text(path, _) => {
                carried.iter().any(|one| path.is_within(one))
            }
            Place::Bytes(_) | Place::File => false,
        })
}
