//! Pages to a PDF that is PDF/A-2a (with the data file inside: PDF/A-3a) and PDF/UA-1 at once.
//!
//! printpdf writes pages, content streams and fonts; what it has no notion of (structure tree, XMP,
//! output intent, outline, links) is added to its object graph with lopdf before saving. The same
//! pages give the same bytes: names, dates and the file's identifier come from the content alone.

mod attachment;
mod content;
mod fonts;
mod huffman;
mod links;
mod metadata;
mod outline;
mod pack;
mod structure;
mod syntax;
mod write;

use lopdf::{Document, Object, ObjectId};
use printpdf::{Mm, PdfDocument, PdfPage, PdfSaveOptions};

use super::{Attachment, RenderError};
use crate::layout::{LayoutError, Pages, paper};

/// Writes pages as a PDF.
///
/// The text is pure black in the grey colour space, nothing is transparent, all faces are embedded as
/// subsets. With an attachment the file is PDF/A-3a, the part that allows one; without, PDF/A-2a. Fails
/// only when a library refuses a face or the document.
pub fn render(pages: &Pages, attachment: Option<&Attachment>) -> Result<Vec<u8>, RenderError> {
    let fonts = fonts::subset(pages)?;
    let mut marks = structure::Marks::new(pages);
    let written = pages
        .pages
        .iter()
        .enumerate()
        .map(|(i, page)| PdfPage {
            ops: content::operations(i, page, &fonts, &mut marks),
            ..PdfPage::new(Mm(210.0), Mm(297.0), Vec::new())
        })
        .collect();
    let mut pdf = PdfDocument::new(&pages.meta.title);
    pdf.pages = written;
    fonts.put_into(&mut pdf.resources.fonts);
    let mut warnings = Vec::new();
    let mut document = pdf.to_lopdf_document(&PdfSaveOptions::default(), &mut warnings);
    if let Some(warning) =
        warnings.into_iter().find(|w| w.severity == printpdf::PdfParseErrorSeverity::Error)
    {
        return Err(RenderError::Library(warning.msg));
    }
    // What follows takes its room; fresh memory costs more than what is put into it.
    drop(pdf);
    finish(&mut document, pages, marks, attachment)?;
    write::write(&document)
}

impl From<LayoutError> for RenderError {
    fn from(error: LayoutError) -> Self {
        match error {
            LayoutError::MissingCharacters(characters) => Self::MissingCharacters(characters),
            error @ LayoutError::FigureTooLong(_) => Self::FigureTooLong(error.to_string()),
            LayoutError::Font { face, message } => Self::Font { face, message },
        }
    }
}

/// Adds everything that makes the file archivable and accessible.
fn finish(
    document: &mut Document,
    pages: &Pages,
    mut marks: structure::Marks<'_>,
    attachment: Option<&Attachment>,
) -> Result<(), RenderError> {
    document.version = "1.7".to_owned();
    let page_ids: Vec<ObjectId> = document.page_iter().collect();
    share_resources(document, &page_ids)?;
    links::add(document, pages, &page_ids, &mut marks)?;
    let tree = structure::add(document, &page_ids, marks)?;
    let outline = outline::add(document, pages, &page_ids);
    let part = if attachment.is_some() { 3 } else { 2 };
    let description = metadata::add(document, pages, part);
    if let Some(attachment) = attachment {
        attachment::add(document, attachment).map_err(refused)?;
    }
    let catalog = document.catalog_mut().map_err(refused)?;
    catalog.set("StructTreeRoot", tree);
    catalog.set("MarkInfo", lopdf::dictionary! { "Marked" => true });
    catalog.set("Lang", Object::string_literal("zh-CN"));
    catalog.set("Metadata", description.metadata);
    catalog.set("OutputIntents", vec![Object::Reference(description.output_intent)]);
    catalog.set(
        "ViewerPreferences",
        lopdf::dictionary! { "DisplayDocTitle" => true, "Duplex" => "DuplexFlipLongEdge" },
    );
    match outline {
        Some(outline) => {
            catalog.set("Outlines", outline);
            catalog.set("PageMode", "UseOutlines");
        }
        None => catalog.set("PageMode", "UseNone"),
    }
    Ok(())
}

/// Gives all pages one dictionary of resources that names the fonts and nothing else.
fn share_resources(document: &mut Document, page_ids: &[ObjectId]) -> Result<(), RenderError> {
    let mut shared = None;
    for id in page_ids {
        let page = document.get_dictionary(*id).map_err(refused)?;
        let own = page.get(b"Resources").and_then(Object::as_reference).map_err(refused)?;
        let fonts =
            document.get_dictionary(own).and_then(|r| r.get(b"Font")).map_err(refused)?.clone();
        let shared = *shared
            .get_or_insert_with(|| document.add_object(lopdf::dictionary! { "Font" => fonts }));
        let page = document.get_dictionary_mut(*id).map_err(refused)?;
        page.set("Resources", shared);
    }
    Ok(())
}

fn refused(error: lopdf::Error) -> RenderError {
    RenderError::Library(format!("PDF 写入失败：{error}"))
}

/// A length or place as PDF prints it: to a thousandth of a point.
fn points(value: f64) -> f32 {
    ((value * 1000.0).round() / 1000.0) as f32
}

/// A height that counts from the top of the sheet as PDF counts it, from the bottom up.
fn from_bottom(y: f64) -> f64 {
    paper::SHEET_HEIGHT - y
}

/// Words as PDF keeps them outside of page content: UTF-16 with its mark.
fn text_string(words: &str) -> Object {
    Object::String(utf16(words), lopdf::StringFormat::Hexadecimal)
}

fn utf16(words: &str) -> Vec<u8> {
    let mut bytes = vec![0xFE, 0xFF];
    bytes.extend(words.encode_utf16().flat_map(u16::to_be_bytes));
    bytes
}
