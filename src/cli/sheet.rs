//! The check sheet of one data file: what was found, ready to be printed and signed.

use std::path::{Path, PathBuf};

use super::exit::Exit;
use super::output;
use crate::branding::{BrandedRenderer, Branding};
use crate::document::Document;
use crate::files;
use crate::load::Loaded;
use crate::render::{Format, RenderError, Renderer};
use crate::sheet::{SheetError, check_sheet};

/// The destination and format of a check sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Target {
    path: PathBuf,
    format: Format,
}

/// The file and the format that its extension names.
pub(super) fn target(path: &str) -> Result<Target, String> {
    let path = PathBuf::from(path);
    let extension = path.extension().map(|e| e.to_string_lossy().to_lowercase());
    let format = match extension.as_deref() {
        Some("html") => Format::Html,
        Some("docx") => Format::Docx,
        Some("pdf") => Format::Pdf,
        Some("ofd") => Format::Ofd,
        _ => return Err("扩展名应是 .pdf、.docx、.html 或 .ofd".to_owned()),
    };
    Ok(Target { path, format })
}

/// Writes the check sheet of a data file at `path` that could be read as a report. Where fonts of the system
/// are allowed, it names those that a PDF of the report takes.
pub(super) fn write(loaded: &Loaded, path: &Path, target: &Target, system_fonts: bool) -> Exit {
    let Some(report) = &loaded.review.report else {
        output::note("数据文件有看不懂的地方，没有生成检查单。请先改正上面的问题");
        return Exit::Findings;
    };
    let branding = Branding { system_fonts, ..Branding::default() };
    let made = BrandedRenderer::read(branding)
        .map_err(SheetError::from)
        .and_then(|branded| check_sheet(loaded, report, path, &branded, target.format));
    match made {
        Ok((_, bytes)) => write_rendered(Ok(bytes), target),
        Err(SheetError::Render(error)) => write_rendered(Err(error), target),
        Err(error @ SheetError::Branding(_)) => {
            output::error(&error);
            Exit::Failed
        }
    }
}

/// Writes a document that goes with a report.
pub(super) fn write_document(document: &Document, target: &Target) -> Exit {
    write_rendered(Renderer::new().render(document, target.format), target)
}

fn write_rendered(rendered: Result<Vec<u8>, RenderError>, target: &Target) -> Exit {
    let bytes = match rendered {
        Ok(bytes) => bytes,
        Err(error) => {
            output::error(&format!("无法生成 {}：{error}", target.path.display()));
            return Exit::Failed;
        }
    };
    if let Err(error) = files::write_whole(&target.path, &bytes) {
        output::error(&error);
        return Exit::Failed;
    }
    // Standard output may be read by a program.
    output::written(&target.path);
    Exit::Clean
}
