//! Packages from outside: their parts, the types of these and the relations between them, within limits.

use super::part::{OFFICE_RELATIONS, Relation};
use super::xml::{self, Element, unescape};
use super::zipped::{Limits, PackageError, Zipped};

/// The names of relations between Office parts in the strict form of the standard, instead of
/// [`OFFICE_RELATIONS`].
const STRICT_RELATIONS: &str = "http://purl.oclc.org/ooxml/officeDocument/relationships/";

/// An opened package.
pub(crate) struct Package<'a> {
    zip: Zipped<'a>,
    types: Element,
    /// The number of elements, attributes and texts that may still be read.
    nodes: usize,
}

impl<'a> Package<'a> {
    /// Opens a file.
    ///
    /// # Errors
    ///
    /// When it is no package, or exceeds the limits.
    pub(crate) fn open(bytes: &'a [u8], limits: Limits) -> Result<Self, PackageError> {
        let zip = Zipped::open(bytes, limits)?;
        let mut package = Self { zip, types: Element::default(), nodes: limits.nodes };
        package.types = package.xml("[Content_Types].xml")?.ok_or(PackageError::NoContentTypes)?;
        Ok(package)
    }

    /// The bytes of a part, or `None` when the file has no such part.
    pub(crate) fn bytes(&mut self, path: &str) -> Result<Option<Vec<u8>>, PackageError> {
        // Part names differ in case between producers and mean the same.
        let name = self.zip.names().find(|name| name.eq_ignore_ascii_case(path));
        let Some(name) = name.map(str::to_owned) else { return Ok(None) };
        self.zip.bytes(&name)
    }

    /// The text of a part, or `None` when the file has no such part.
    pub(crate) fn text(&mut self, path: &str) -> Result<Option<String>, PackageError> {
        let Some(bytes) = self.bytes(path)? else { return Ok(None) };
        let wrong = || PackageError::Part(path.to_owned(), "不是文字".to_owned());
        decoded(&bytes).map(Some).ok_or_else(wrong)
    }

    /// The root of a part that is XML.
    pub(crate) fn xml(&mut self, path: &str) -> Result<Option<Element>, PackageError> {
        let Some(text) = self.text(path)? else { return Ok(None) };
        let root = xml::parse_within(&text, &mut self.nodes);
        root.map(Some).map_err(|why| PackageError::Part(path.to_owned(), why))
    }

    /// The relations of a part, or of the file itself when `path` is empty; targets are complete paths, and
    /// types those of the usual form of the standard.
    pub(crate) fn relations(&mut self, path: &str) -> Result<Vec<Relation>, PackageError> {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let separator = if folder.is_empty() { "" } else { "/" };
        let own = format!("{folder}{separator}_rels/{name}.rels");
        let Some(root) = self.xml(&own)? else { return Ok(Vec::new()) };
        let relations = root.elements().filter_map(|element| {
            let value = |name: &str| element.get(name).map(unescape);
            let external = value("TargetMode").as_deref() == Some("External");
            let target = value("Target")?;
            let kind = value("Type")?;
            Some(Relation {
                id: value("Id")?,
                kind: match kind.strip_prefix(STRICT_RELATIONS) {
                    Some(name) => format!("{OFFICE_RELATIONS}{name}"),
                    None => kind,
                },
                target: if external { target } else { resolve(folder, &target) },
                external,
            })
        });
        Ok(relations.collect())
    }

    /// The content type of a part.
    pub(crate) fn content_type(&self, path: &str) -> String {
        let value = |element: &Element, name: &str| element.get(name).map(unescape);
        let named = self.types.elements().find(|element| {
            let part = value(element, "PartName").unwrap_or_default();
            part.trim_start_matches('/').eq_ignore_ascii_case(path)
        });
        let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
        let by_extension = || {
            self.types.elements().find(|element| {
                value(element, "Extension").is_some_and(|e| e.eq_ignore_ascii_case(extension))
            })
        };
        named
            .or_else(by_extension)
            .and_then(|element| value(element, "ContentType"))
            .unwrap_or_else(|| "application/octet-stream".to_owned())
    }
}

/// True if a relation is of one of Office's types, for example `styles`.
pub(crate) fn is_kind(relation: &Relation, kind: &str) -> bool {
    relation.kind.strip_prefix(OFFICE_RELATIONS) == Some(kind)
}

/// The complete path of `target` as named by a part in `folder`.
fn resolve(folder: &str, target: &str) -> String {
    let start = if target.starts_with('/') { "" } else { folder };
    let mut steps: Vec<&str> = Vec::new();
    for step in start.split('/').chain(target.split('/')) {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    steps.join("/")
}

/// Text in UTF-8, or in UTF-16 with a byte order mark.
pub(crate) fn decoded(bytes: &[u8]) -> Option<String> {
    let wide = |unit: fn([u8; 2]) -> u16| {
        let units = bytes[2..].chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
        char::decode_utf16(units).collect::<Result<String, _>>().ok()
    };
    match bytes {
        [0xFF, 0xFE, ..] => wide(u16::from_le_bytes),
        [0xFE, 0xFF, ..] => wide(u16::from_be_bytes),
        [0xEF, 0xBB, 0xBF, rest @ ..] => std::str::from_utf8(rest).ok().map(str::to_owned),
        _ => std::str::from_utf8(bytes).ok().map(str::to_owned),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_resolved_from_the_part_s_folder() {
        assert_eq!(resolve("word", "media/a.png"), "word/media/a.png");
        assert_eq!(resolve("word", "../customXml/item1.xml"), "customXml/item1.xml");
        assert_eq!(resolve("word", "/word/styles.xml"), "word/styles.xml");
        assert_eq!(resolve("", "../../x"), "x");
    }

    #[test]
    fn utf_16_is_read() {
        let wide: Vec<u8> =
            [0xFF, 0xFE].into_iter().chain("<a/>".bytes().flat_map(|b| [b, 0])).collect();
        assert_eq!(decoded(&wide).as_deref(), Some("<a/>"));
    }
}
