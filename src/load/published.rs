//! Published reports in the place of data files: read, and reviewed with places in the file that was published.

use std::path::Path;

use super::Loaded;
use crate::bind;
use crate::diag::Diagnostic;
use crate::files::{self, FileError};
use crate::import::{self, Class, EXTENSIONS, Published};
use crate::report::{Report, Settings};
use crate::review::review_read;
use crate::rules::Given;
use crate::source::{self, SourceFile};

/// True if a path is that of a published report and not of a data file, by its extension; a text that is a data
/// file is one.
pub(crate) fn is_published(path: &Path) -> bool {
    let extension = path.extension().map(|e| e.to_string_lossy().to_ascii_lowercase());
    let is_known = extension.as_deref().is_some_and(|e| EXTENSIONS.contains(&e));
    let may_be_data = extension.as_deref() == Some("txt");
    is_known
        && !(may_be_data
            && files::read_text(path).is_ok_and(|text| SourceFile::parse("", text).is_report()))
}

fn open(path: &Path) -> Result<Published, FileError> {
    let bytes = files::read_bytes(path)?;
    import::read(&bytes)
        .map_err(|error| FileError::unreadable(path, format!("{}；{}", error.message, error.help)))
}

/// True if a file that could not be read as a report is sound, and simply something else.
pub(crate) fn is_something_else(path: &Path) -> bool {
    let bytes = files::read_bytes(path).ok();
    is_published(path) && bytes.is_some_and(|bytes| import::read(&bytes).is_err_and(|e| e.is_other))
}

/// True if a text or a workbook is a whole report with year, words and figures: most are something else.
pub(crate) fn is_whole_report(path: &Path) -> bool {
    let extension = path.extension().map(|e| e.to_string_lossy().to_ascii_lowercase());
    let may_be_one = matches!(extension.as_deref(), Some("txt" | "xlsx" | "xls" | "et" | "ods"));
    let Some(published) = may_be_one.then(|| open(path).ok()).flatten() else { return false };
    let report = &published.report;
    let overview = &report.overview;
    let has_words = overview.text.is_some() || !overview.parts.is_empty();
    let is_read = |class: &Class| *class < Class::Unread;
    report.header.year.is_some()
        && has_words
        && published.classes.values().any(|(class, _)| is_read(class))
}

/// A published report, reviewed.
pub(super) fn load(path: &Path, office: Option<&Settings>) -> Result<Loaded, FileError> {
    let (source, report, findings) = read(path)?;
    let given = Given { office, ..Given::default() };
    let review = review_read(&source, (Some(report), findings), given);
    Ok(Loaded::alone(source, review))
}

type Read = (SourceFile, Report, Vec<Diagnostic>);

fn read(path: &Path) -> Result<Read, FileError> {
    let published = open(path)?;
    let (source, findings) = published.audit(&path.display().to_string());
    Ok((source, published.report, findings))
}

/// The report of a data file or of a published report, and what is wrong with the file.
///
/// # Errors
///
/// When it cannot be read.
pub(crate) fn read_report(
    path: &Path,
) -> Result<(SourceFile, Option<Report>, Vec<Diagnostic>), FileError> {
    if is_published(path) {
        return read(path).map(|(source, report, findings)| (source, Some(report), findings));
    }
    let source = super::open(path)?;
    let (report, problems) = source::read(&source);
    Ok((source, report, problems))
}

/// A published report as that of the year before: figures that are doubtful take no part, and are counted.
pub(super) fn previous(path: &Path) -> Result<(Report, usize), String> {
    let published = open(path).map_err(|error| error.to_string())?;
    let mut report = published.report;
    let doubtful = published.classes.iter().filter(|(_, (class, _))| *class == Class::Doubtful);
    let mut n = 0;
    for (cell, _) in doubtful {
        report.clear(*cell);
        n += 1;
    }
    Ok((bind::bind(report, None).0, n))
}
