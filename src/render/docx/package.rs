//! Parts, the relations between them, and the zip file around them.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::xml::{DECLARATION, escape};
use crate::render::RenderError;

/// The beginning of the type of every relation between Office parts.
pub(super) const OFFICE_RELATIONS: &str =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
/// The beginning of the content type of every part in Word's markup.
pub(super) const WORD_TYPES: &str =
    "application/vnd.openxmlformats-officedocument.wordprocessingml.";

/// A file in the package.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Part {
    /// Its path, without a leading slash.
    pub(super) path: String,
    /// Its content type.
    pub(super) content_type: String,
    /// Its bytes.
    pub(super) bytes: Vec<u8>,
}

impl Part {
    /// A part of text.
    pub(super) fn new(path: &str, content_type: String, text: String) -> Self {
        Self { path: path.to_owned(), content_type, bytes: text.into_bytes() }
    }
}

/// A relation from one part to another, or to an address outside.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Relation {
    /// The name under which the part speaks of it.
    pub(super) id: String,
    /// What it is: the complete type.
    pub(super) kind: String,
    /// The path relative to the part, or the address.
    pub(super) target: String,
    /// Whether the target lies outside the file.
    pub(super) external: bool,
}

impl Relation {
    /// A relation to a part of the file, with one of Office's types.
    pub(super) fn inside(id: &str, kind: &str, target: &str) -> Self {
        Self {
            id: id.to_owned(),
            kind: format!("{OFFICE_RELATIONS}{kind}"),
            target: target.to_owned(),
            external: false,
        }
    }
}

/// The relations as a part.
pub(super) fn relations_part(path: &str, relations: &[Relation]) -> Part {
    let mut text = format!(
        "{DECLARATION}<Relationships \
         xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
    );
    for Relation { id, kind, target, external } in relations {
        let mode = if *external { " TargetMode=\"External\"" } else { "" };
        text.push_str(&format!(
            "<Relationship Id=\"{}\" Type=\"{}\" Target=\"{}\"{mode}/>",
            escape(id),
            escape(kind),
            escape(target),
        ));
    }
    text.push_str("</Relationships>");
    let content_type = "application/vnd.openxmlformats-package.relationships+xml";
    Part::new(path, content_type.to_owned(), text)
}

/// The zip file: the list of content types first, then the parts in their order.
///
/// Times are fixed and there are no folders, so that equal parts give equal bytes.
pub(super) fn pack(parts: &[Part]) -> Result<Vec<u8>, RenderError> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let types = content_types(parts);
    let files = std::iter::once(("[Content_Types].xml", types.as_bytes()))
        .chain(parts.iter().map(|part| (part.path.as_str(), part.bytes.as_slice())));
    for (path, bytes) in files {
        zip.start_file(path, options).map_err(library)?;
        zip.write_all(bytes).map_err(library)?;
    }
    Ok(zip.finish().map_err(library)?.into_inner())
}

fn content_types(parts: &[Part]) -> String {
    let mut text = format!(
        "{DECLARATION}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
         <Default Extension=\"rels\" \
         ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>"
    );
    for part in parts.iter().filter(|part| !part.path.ends_with(".rels")) {
        text.push_str(&format!(
            "<Override PartName=\"/{}\" ContentType=\"{}\"/>",
            escape(&part.path),
            escape(&part.content_type),
        ));
    }
    text.push_str("</Types>");
    text
}

fn library(error: impl std::fmt::Display) -> RenderError {
    RenderError::Library(format!("Word 文件无法打包：{error}"))
}
