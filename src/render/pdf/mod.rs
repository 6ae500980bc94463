//! Pages to a PDF that is PDF/A-2a (with the data file inside: PDF/A-3a) and PDF/UA-1 at once.
//!
//! printpdf writes pages, content streams and fonts; what it has no notion of (structure tree, XMP,
//! output intent, outline, links) is added to its object graph with lopdf before saving. The same
//! pages give the same bytes: names, dates and the file's identifier come from the content alone.

mod attachment;
mod content;
mod fonts;
mod links;
mod metadata;
mod outline;
mod structure;

use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use lopdf::{Document, Object, ObjectId, SaveOptions};
use printpdf::{Mm, PdfDocument, PdfPage, PdfSaveOptions};

use super::RenderError;
use crate::layout::{LayoutError, Pages, paper};
pub use attachment::Attachment;

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
    finish(&mut document, pages, marks, attachment)?;
    save(document)
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

/// Compresses, identifies and saves.
fn save(mut document: Document) -> Result<Vec<u8>, RenderError> {
    document.prune_objects();
    compress(&mut document)?;
    let id = Object::String(identifier(&document).to_vec(), lopdf::StringFormat::Hexadecimal);
    document.trailer.set("ID", vec![id.clone(), id]);
    let options = SaveOptions::builder()
        .use_object_streams(true)
        .use_xref_streams(true)
        .max_objects_per_stream(200)
        .compression_level(6)
        .build();
    let mut bytes = Vec::new();
    document.save_with_options(&mut bytes, options).map_err(|error| refused(error.into()))?;
    Ok(bytes)
}

/// Compresses every stream that is not meant to be read as it is.
///
/// At this level outlines, which are most of a file, gain as much as at the highest, in less time.
fn compress(document: &mut Document) -> Result<(), RenderError> {
    const LEVEL: Compression = Compression::new(7);
    for object in document.objects.values_mut() {
        let Object::Stream(stream) = object else { continue };
        if !stream.allows_compression || stream.dict.has(b"Filter") {
            continue;
        }
        let mut encoder = ZlibEncoder::new(Vec::with_capacity(stream.content.len()), LEVEL);
        encoder.write_all(&stream.content).map_err(|error| refused(error.into()))?;
        let compressed = encoder.finish().map_err(|error| refused(error.into()))?;
        if compressed.len() < stream.content.len() {
            stream.dict.set("Filter", "FlateDecode");
            stream.set_content(compressed);
        }
    }
    Ok(())
}

/// A number that two files share only when their streams do (FNV-1a, 128 bits).
fn identifier(document: &Document) -> [u8; 16] {
    const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;
    const BASIS: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    let mut hash = BASIS;
    for object in document.objects.values() {
        let Object::Stream(stream) = object else { continue };
        for byte in &stream.content {
            hash = (hash ^ u128::from(*byte)).wrapping_mul(PRIME);
        }
    }
    hash.to_be_bytes()
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
