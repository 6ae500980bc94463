//! The outputs: the report in every format, and the check sheet, made now from the file.

use super::desk::Desk;
use super::desk::Refused;
use super::signed::Signed;
use crate::branding::{BrandedRenderer, Branding};
use crate::diag::Severity;
use crate::digest::Digest;
use crate::document;
use crate::render::Format;

/// A file to hand out.
pub(super) struct Made {
    /// Its name, without extension.
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
}

/// The report in a format; a draft where it has errors.
///
/// # Errors
///
/// The reason why it cannot be made.
pub(super) fn report(desk: &Desk, branding: &Branding, format: Format) -> Result<Made, Refused> {
    let (loaded, _) = desk.load()?;
    let review = &loaded.review;
    let report = review.report.as_ref().filter(|_| review.is_readable());
    let report = report.ok_or_else(|| failed("有看不懂的地方，请先改正标为“错误”的各处"))?;
    let is_draft = review.findings.iter().any(|finding| finding.severity == Severity::Error);
    let document = document::build(report, is_draft);
    let branded = read(branding)?;
    let bytes = match format {
        Format::Html | Format::HtmlFragment => {
            let pages = branded.pages().map_err(failed)?;
            pages.render(&document, format).map_err(failed)?
        }
        Format::Docx | Format::Pdf | Format::Ofd => {
            let with = branded.for_report(report, desk.path()).map_err(failed)?;
            let with = branded.for_document(with, &document);
            with.renderer.render(&document, format).map_err(failed)?
        }
    };
    Ok(Made { name: document.meta.file_name(), bytes })
}

/// The check sheet in a format; from now on it is said when the file is changed.
///
/// # Errors
///
/// The reason why it cannot be made.
pub(super) fn check_sheet(
    desk: &Desk,
    branding: &Branding,
    format: Format,
    signed: &Signed,
) -> Result<Made, Refused> {
    let (loaded, _) = desk.load()?;
    let report = loaded.review.report.as_ref();
    let report = report.ok_or_else(|| failed("有看不懂的地方，请先改正标为“错误”的各处"))?;
    let branded = read(branding)?;
    let made = crate::sheet::check_sheet(&loaded, report, desk.path(), &branded, format);
    let (name, bytes) = made.map_err(failed)?;
    signed.add(desk.path(), Digest::of(loaded.source.text().as_bytes()));
    Ok(Made { name, bytes })
}

fn read(branding: &Branding) -> Result<BrandedRenderer, Refused> {
    BrandedRenderer::read(branding.clone()).map_err(failed)
}

fn failed(why: impl ToString) -> Refused {
    Refused::Failed { why: why.to_string() }
}
