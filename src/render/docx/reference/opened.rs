//! An office's Word file, opened: its main part and others in Word's markup, without traces of who edited it.

use super::super::namespace::W;
use super::dialect;
use crate::budget::{PACKAGE_BYTES, PACKAGE_NODES, PACKAGE_PARTS};
use crate::package::xml::{Element, Node};
use crate::package::{Limits, Package, PackageError, Relation, is_kind};
use crate::render::RenderError;

/// A letterhead has a few dozen parts, a few megabytes and some thousand elements; a file with more is none,
/// or means harm.
const LIMITS: Limits = Limits { parts: PACKAGE_PARTS, bytes: PACKAGE_BYTES, nodes: PACKAGE_NODES };

/// Opens the file.
pub(super) fn open(bytes: &[u8]) -> Result<Package<'_>, RenderError> {
    Ok(Package::open(bytes, LIMITS)?)
}

/// The path of the part that holds the text.
pub(super) fn main_part(package: &mut Package<'_>) -> Result<String, RenderError> {
    let relations = package.relations("")?;
    match target(&relations, "officeDocument") {
        Some(path) => Ok(path.to_owned()),
        None => Err(wrong("它不是 Word 文件")),
    }
}

/// The part to which a relation of that kind leads.
pub(super) fn target<'a>(relations: &'a [Relation], kind: &str) -> Option<&'a str> {
    let relation = relations.iter().find(|relation| is_kind(relation, kind) && !relation.external);
    relation.map(|relation| relation.target.as_str())
}

/// A part in Word's markup, with `root` as its root, without traces of who edited it.
pub(super) fn word_xml(
    package: &mut Package<'_>,
    path: &str,
    root: &str,
) -> Result<Option<Element>, RenderError> {
    let Some(mut element) = package.xml(path)? else { return Ok(None) };
    dialect::normalize(&mut element);
    if element.name != root || element.get("xmlns:w") != Some(W) {
        return Err(wrong(&format!("部件 {path} 不是 Word 或 WPS 的普通格式")));
    }
    forget_editing(&mut element);
    Ok(Some(element))
}

/// Accepts tracked changes and drops comments and editing marks: they name persons.
fn forget_editing(element: &mut Element) {
    const DROPPED: [&str; 10] = [
        "w:del",
        "w:moveFrom",
        "w:moveFromRangeStart",
        "w:moveFromRangeEnd",
        "w:moveToRangeStart",
        "w:moveToRangeEnd",
        "w:commentRangeStart",
        "w:commentRangeEnd",
        "w:commentReference",
        "w:proofErr",
    ];
    element.attributes.retain(|(name, _)| !name.starts_with("w:rsid"));
    for node in std::mem::take(&mut element.children) {
        match node {
            Node::Element(mut child) => {
                let name = child.name.as_str();
                if DROPPED.contains(&name) || (name.starts_with("w:") && name.ends_with("Change")) {
                    continue;
                }
                forget_editing(&mut child);
                if ["w:ins", "w:moveTo"].contains(&child.name.as_str()) {
                    element.children.append(&mut child.children);
                } else {
                    element.children.push(Node::Element(child));
                }
            }
            Node::Text(text) => element.children.push(Node::Text(text)),
        }
    }
}

/// An error about the reference document.
pub(super) fn wrong(message: &str) -> RenderError {
    RenderError::Reference(message.to_owned())
}

impl From<PackageError> for RenderError {
    fn from(error: PackageError) -> Self {
        match error {
            PackageError::OldOrEncrypted => {
                wrong("它是旧格式（.doc）或加了密码的文件，请另存为不加密的 .docx")
            }
            PackageError::NoZip => wrong("它不是 .docx 文件"),
            PackageError::NoContentTypes => wrong("它不是 .docx 文件（没有 [Content_Types].xml）"),
            PackageError::TooManyParts => wrong("文件中的部件过多"),
            PackageError::TooLarge => wrong("文件解开后过大"),
            PackageError::Part(path, why) => wrong(&format!("部件 {path}：{why}")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_word_file_is_refused_with_a_reason() {
        let message = |bytes: &[u8]| open(bytes).err().unwrap().to_string();
        assert!(message(b"").contains("不是 .docx"));
        assert!(message(b"plain text").contains("不是 .docx"));
        assert!(message(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1]).contains("加了密码"));
    }
}
