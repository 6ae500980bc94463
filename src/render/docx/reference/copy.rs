//! Headers, footers and theme of an office's Word file, copied with everything they lead to.

use super::super::namespace::WORD_TYPES;
use super::dialect;
use super::merge::drop_numbering;
use super::opened::{word_xml, wrong};
use crate::package::xml::{Element, Node};
use crate::package::{Package, Part, relations_part};
use crate::render::RenderError;

/// The number of parts headers, footers and theme may bring along.
const MAX_COPIED: usize = 200;

/// Copies parts with everything they lead to, under names of our own.
pub(super) struct Copier<'a> {
    package: Package<'a>,
    /// The main part, which is never copied.
    main: String,
    /// Paths in the reference and here.
    copied: Vec<(String, String)>,
    /// The copies.
    pub(super) parts: Vec<Part>,
    /// True if a link to a file was cut.
    pub(super) unlinked: bool,
}

impl<'a> Copier<'a> {
    /// A copier out of a file with that main part.
    pub(super) fn new(package: Package<'a>, main: String) -> Self {
        Self { package, main, copied: Vec::new(), parts: Vec::new(), unlinked: false }
    }

    /// Copies a header or footer, puts the mark of a draft into it, and returns its path.
    pub(super) fn copy_page_part(
        &mut self,
        path: &str,
        kind: &str,
        mark: Option<&Element>,
    ) -> Result<String, RenderError> {
        let root = if kind == "header" { "w:hdr" } else { "w:ftr" };
        let mut element = word_xml(&mut self.package, path, root)?
            .ok_or_else(|| wrong(&format!("部件 {path} 缺失")))?;
        drop_numbering(&mut element);
        if let Some(mark) = mark {
            put_mark(&mut element, mark);
        }
        let content_type = format!("{WORD_TYPES}{kind}+xml");
        self.copy_with(path, content_type, element.to_part().into_bytes())
    }

    /// Copies a part as it is and returns its path here.
    pub(super) fn copy(&mut self, path: &str) -> Result<String, RenderError> {
        if let Some((_, here)) = self.copied.iter().find(|(there, _)| there == path) {
            return Ok(here.clone());
        }
        let missing = || wrong(&format!("部件 {path} 缺失"));
        let mut bytes = self.package.bytes(path)?.ok_or_else(missing)?;
        let content_type = self.package.content_type(path);
        if content_type.ends_with("xml") {
            // A damaged part would damage the report, and one of the strict form be none that fits.
            let part = self.package.xml(path)?;
            if let Some(mut part) = part.filter(dialect::is_strict) {
                dialect::normalize(&mut part);
                bytes = part.to_part().into_bytes();
            }
        }
        self.copy_with(path, content_type, bytes)
    }

    fn copy_with(
        &mut self,
        path: &str,
        content_type: String,
        bytes: Vec<u8>,
    ) -> Result<String, RenderError> {
        let number = self.copied.len() + 1;
        if number > MAX_COPIED {
            return Err(wrong("页眉页脚带有过多的部件"));
        }
        let extension = path.rsplit_once('.').map_or("bin", |(_, extension)| extension);
        let extension: String =
            extension.chars().filter(char::is_ascii_alphanumeric).take(8).collect();
        let here = format!("word/house{number}.{}", extension.to_ascii_lowercase());
        self.copied.push((path.to_owned(), here.clone()));
        self.parts.push(Part { path: here.clone(), content_type, bytes });
        let mut relations = self.package.relations(path)?;
        for relation in &mut relations {
            if relation.external {
                // A path on somebody's disk says who made the file.
                if !["http://", "https://", "mailto:"]
                    .iter()
                    .any(|s| relation.target.starts_with(s))
                {
                    relation.target = "about:blank".to_owned();
                    self.unlinked = true;
                }
            } else if relation.target == self.main {
                relation.target = "/word/document.xml".to_owned();
            } else {
                relation.target = format!("/{}", self.copy(&relation.target.clone())?);
            }
        }
        if !relations.is_empty() {
            let name = here.trim_start_matches("word/");
            self.parts.push(relations_part(&format!("word/_rels/{name}.rels"), &relations));
        }
        Ok(here)
    }
}

/// Puts the mark of a draft behind the last words of a header; a paragraph of its own would make the
/// header higher and move the whole page.
fn put_mark(header: &mut Element, mark: &Element) {
    let namespaces = mark.attributes.iter().filter(|(name, _)| name.starts_with("xmlns:"));
    if header.find("w:p").is_none() {
        header.children.push(Node::Element(Element::new("w:p")));
    }
    let Some(last) = header.elements_mut().filter(|e| e.name == "w:p").last() else { return };
    let gap = Element {
        children: vec![Node::Text("\u{3000}".to_owned())],
        ..Element::new("w:t").with("xml:space", "preserve")
    };
    let gap = Element { children: vec![Node::Element(gap)], ..Element::new("w:r") };
    let runs = mark.elements().flat_map(Element::elements).filter(|run| run.name == "w:r");
    for run in std::iter::once(&gap).chain(runs) {
        let mut run = run.clone();
        run.attributes.extend(namespaces.clone().cloned());
        last.children.push(Node::Element(run));
    }
}
