//! Reads a Word file that comes from outside: its parts, their types and relations, within limits.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::package::{OFFICE_RELATIONS, Relation};
use super::xml::{self, Element, unescape};
use crate::render::RenderError;

/// A letterhead has a few dozen parts; a file with more is none, or means harm.
const MAX_PARTS: usize = 2_000;
/// What all parts together may unpack to.
const MAX_BYTES: u64 = 64 << 20;
/// How every file of the old Word format, and every encrypted new one, begins.
const OLE: [u8; 4] = [0xD0, 0xCF, 0x11, 0xE0];

/// An opened Word file.
pub(super) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    types: Element,
    /// How many bytes may still be unpacked.
    allowance: u64,
}

impl<'a> Archive<'a> {
    /// Opens a file.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, RenderError> {
        if bytes.starts_with(&OLE) {
            return Err(wrong("它是旧格式（.doc）或加了密码的文件，请另存为不加密的 .docx"));
        }
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| wrong("它不是 .docx 文件"))?;
        if zip.len() > MAX_PARTS {
            return Err(wrong("文件中的部件过多"));
        }
        let mut archive = Self { zip, types: Element::default(), allowance: MAX_BYTES };
        archive.types = archive
            .xml("[Content_Types].xml")?
            .ok_or_else(|| wrong("它不是 .docx 文件（没有 [Content_Types].xml）"))?;
        Ok(archive)
    }

    /// The bytes of a part, or `None` when the file has no such part.
    pub(super) fn bytes(&mut self, path: &str) -> Result<Option<Vec<u8>>, RenderError> {
        // Part names differ in case between producers and mean the same.
        let name = self.zip.file_names().find(|name| name.eq_ignore_ascii_case(path));
        let Some(name) = name.map(str::to_owned) else { return Ok(None) };
        let damaged = |_| wrong(&format!("部件 {path} 已损坏"));
        let file = self.zip.by_name(&name).map_err(|_| wrong(&format!("部件 {path} 已损坏")))?;
        let mut bytes = Vec::new();
        let limit = self.allowance + 1;
        let n_read = file.take(limit).read_to_end(&mut bytes).map_err(damaged)? as u64;
        self.allowance =
            self.allowance.checked_sub(n_read).ok_or_else(|| wrong("文件解开后过大"))?;
        Ok(Some(bytes))
    }

    /// The root of a part that is XML.
    pub(super) fn xml(&mut self, path: &str) -> Result<Option<Element>, RenderError> {
        let Some(bytes) = self.bytes(path)? else { return Ok(None) };
        let text = text(&bytes).ok_or_else(|| wrong(&format!("部件 {path} 不是文字")))?;
        let root = xml::parse(&text).map_err(|error| wrong(&format!("部件 {path}：{error}")))?;
        Ok(Some(root))
    }

    /// The relations of a part, or of the file itself when `path` is empty; targets are complete paths.
    pub(super) fn relations(&mut self, path: &str) -> Result<Vec<Relation>, RenderError> {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let separator = if folder.is_empty() { "" } else { "/" };
        let own = format!("{folder}{separator}_rels/{name}.rels");
        let Some(root) = self.xml(&own)? else { return Ok(Vec::new()) };
        let relations = root.elements().filter_map(|element| {
            let value = |name: &str| element.get(name).map(unescape);
            let external = value("TargetMode").as_deref() == Some("External");
            let target = value("Target")?;
            Some(Relation {
                id: value("Id")?,
                kind: value("Type")?,
                target: if external { target } else { resolve(folder, &target) },
                external,
            })
        });
        Ok(relations.collect())
    }

    /// The content type of a part.
    pub(super) fn content_type(&self, path: &str) -> String {
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

/// Whether a relation is of one of Office's types, for example `styles`.
pub(super) fn is_kind(relation: &Relation, kind: &str) -> bool {
    relation.kind.strip_prefix(OFFICE_RELATIONS) == Some(kind)
}

/// An error about the reference document.
pub(super) fn wrong(message: &str) -> RenderError {
    RenderError::Reference(message.to_owned())
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
fn text(bytes: &[u8]) -> Option<String> {
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
    fn what_is_no_word_file_is_refused_with_a_reason() {
        let message = |bytes: &[u8]| Archive::open(bytes).err().unwrap().to_string();
        assert!(message(b"").contains("不是 .docx"));
        assert!(message(b"plain text").contains("不是 .docx"));
        assert!(message(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1]).contains("加了密码"));
    }

    #[test]
    fn utf_16_is_read() {
        let wide: Vec<u8> =
            [0xFF, 0xFE].into_iter().chain("<a/>".bytes().flat_map(|b| [b, 0])).collect();
        assert_eq!(text(&wide).as_deref(), Some("<a/>"));
    }
}
