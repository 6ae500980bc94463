//! Parts, the relations between them, and the package they are packed into.

use super::packing::{Packer, zipped};
use super::xml::{DECLARATION, escape};

/// The beginning of the type of every relation between Office parts.
pub(crate) const OFFICE_RELATIONS: &str =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";

/// A file in the package.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Part {
    /// Its path, without a leading slash.
    pub(crate) path: String,
    /// Its content type.
    pub(crate) content_type: String,
    /// Its bytes.
    pub(crate) bytes: Vec<u8>,
}

impl Part {
    /// A part of text.
    pub(crate) fn new(path: &str, content_type: String, text: String) -> Self {
        Self { path: path.to_owned(), content_type, bytes: text.into_bytes() }
    }
}

/// A relation from one part to another, or to an address outside.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Relation {
    /// The name under which the part speaks of it.
    pub(crate) id: String,
    /// Its complete type.
    pub(crate) kind: String,
    /// The path relative to the part, or the address.
    pub(crate) target: String,
    /// True if the target lies outside the file.
    pub(crate) external: bool,
}

impl Relation {
    /// A relation to a part of the file, with one of Office's types.
    pub(crate) fn inside(id: &str, kind: &str, target: &str) -> Self {
        Self {
            id: id.to_owned(),
            kind: format!("{OFFICE_RELATIONS}{kind}"),
            target: target.to_owned(),
            external: false,
        }
    }
}

/// The relations as a part.
pub(crate) fn relations_part(path: &str, relations: &[Relation]) -> Part {
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

/// Compression of parts: a higher level takes long and wins little with XML.
const LEVEL: u32 = 3;

/// The package: the list of content types first, then the parts in their order. Equal parts give equal
/// bytes.
///
/// # Errors
///
/// When two parts have one name, or are too large.
pub(crate) fn pack(parts: &[Part]) -> Result<Vec<u8>, String> {
    let types = content_types(parts);
    let files = std::iter::once(("[Content_Types].xml", types.as_bytes()))
        .chain(parts.iter().map(|part| (part.path.as_str(), part.bytes.as_slice())));
    let mut packer = Packer::default();
    let packed: Result<Vec<_>, _> =
        files.map(|(name, bytes)| packer.packed(name, bytes, LEVEL)).collect();
    zipped(&packed?)
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
