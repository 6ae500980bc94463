//! The check sheet of a data file as the bytes of a file. A web page of it is the page for who signs: the report is on it, too, and every
//! figure shows what stands behind it.

use std::fmt;
use std::path::Path;
use std::sync::Arc;

use crate::branding::{BrandedRenderer, BrandingError};
use crate::diag::Severity;
use crate::document;
use crate::document::sheet::{Facts, sheet};
use crate::load::{Loaded, sheet_of};
use crate::render::{Format, RenderError};
use crate::report::Report;
use crate::trace::shown_all;

/// The reason why a check sheet cannot be made.
#[derive(Debug)]
pub(crate) enum SheetError {
    /// The office's own files, or those of the report, cannot be used.
    Branding(Arc<BrandingError>),
    /// The document cannot be rendered.
    Render(RenderError),
}

impl fmt::Display for SheetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Branding(error) => error.fmt(f),
            Self::Render(error) => error.fmt(f),
        }
    }
}

impl From<Arc<BrandingError>> for SheetError {
    fn from(error: Arc<BrandingError>) -> Self {
        Self::Branding(error)
    }
}

impl From<RenderError> for SheetError {
    fn from(error: RenderError) -> Self {
        Self::Render(error)
    }
}

/// The check sheet of a data file at `path` that holds `report`: a name for it without extension, and its bytes.
///
/// # Errors
///
/// When a file of the office cannot be used, or the sheet cannot be rendered.
pub(crate) fn check_sheet(
    loaded: &Loaded,
    report: &Report,
    path: &Path,
    branded: &BrandedRenderer,
    format: Format,
) -> Result<(String, Vec<u8>), SheetError> {
    let review = &loaded.review;
    let is_draft = review.findings.iter().any(|finding| finding.severity == Severity::Error);
    let annual = document::build(report, is_draft);
    let with = branded.for_report(report, path)?;
    let with = branded.for_document(with, &annual);
    let mut of = sheet_of(loaded, report);
    if !with.notes.is_empty() {
        of.facts.push(Facts::One("本机字体", with.notes.join("；")));
    }
    let document = sheet(&of);
    let with = branded.for_document(with, &document);
    let bytes = match format {
        // A report that is not understood in full is never shown.
        Format::Html if review.is_readable() => {
            let all = shown_all(report, &review.coverage, loaded.summary.as_ref());
            let traces = serde_json::to_string(&all)
                .map_err(|error| RenderError::Library(format!("无法写出数据：{error}")))?;
            with.renderer.review(&annual, &document, &traces)?
        }
        Format::Html | Format::HtmlFragment | Format::Docx | Format::Pdf | Format::Ofd => {
            with.renderer.render(&document, format)?
        }
    };
    Ok((document.meta.file_name(), bytes))
}
