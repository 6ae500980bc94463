//! The beginning of next year's data file, from that of this year.

use std::path::Path;

use super::{is_published, load};
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

/// The report of the year before, from which that of a unit goes on.
#[derive(Debug, Clone)]
pub(crate) struct Foundation {
    /// The report; what is doubtful in a published one is not there.
    pub(crate) report: Report,
    /// The places that are doubtful, and the errors in what is carried over.
    pub(crate) n_doubts: usize,
}

/// Reads the report of the year before at a path, be it a data file or published.
///
/// # Errors
///
/// The reason why it is of no use.
pub(crate) fn foundation(path: &Path) -> Result<Foundation, String> {
    if is_published(path) {
        let (report, n_doubts) = super::published::previous(path)?;
        return Ok(Foundation { report, n_doubts });
    }
    let loaded = load(path).map_err(|error| error.to_string())?;
    let findings = &loaded.review.findings;
    let n_doubts = findings.iter().filter(|finding| concerns_what_is_carried(finding)).count();
    let unreadable = || format!("{} 看不懂，用 nianbao check 查看", path.display());
    Ok(Foundation { report: loaded.review.report.ok_or_else(unreadable)?, n_doubts })
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
