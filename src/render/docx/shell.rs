//! What surrounds the body of a report: styles, page setup, headers and footers.

use super::package::{Part, Relation, WORD_TYPES};
use super::parts;
use super::style::StyleIds;
use super::xml::{self, Element, Node};
use crate::render::RenderError;

/// Everything of the file but its body.
pub(super) struct Shell {
    /// Which style stands for which role.
    pub(super) styles: StyleIds,
    /// The page setup, with its references to headers and footers.
    pub(super) section: Element,
    /// The relations of the body to the parts.
    pub(super) relations: Vec<Relation>,
    /// Styles, settings, fonts, headers, footers.
    pub(super) parts: Vec<Part>,
}

impl Shell {
    /// The width of the text in twips.
    pub(super) fn text_width(&self) -> u32 {
        let size = |element: &str, name: &str| {
            self.section
                .find(element)
                .and_then(|e| e.get(name))
                .and_then(|value| value.parse::<i64>().ok())
        };
        let page = size("w:pgSz", "w:w").unwrap_or(11_906);
        let left = size("w:pgMar", "w:left").unwrap_or(1_588);
        let right = size("w:pgMar", "w:right").unwrap_or(1_474);
        let gutter = size("w:pgMar", "w:gutter").unwrap_or(0);
        u32::try_from(page - left - right - gutter).unwrap_or(0).clamp(2_000, 31_680)
    }

    /// Adds a header or footer (`kind`) for `pages` (`default`, `even` or `first`).
    pub(super) fn add_reference(&mut self, kind: &str, pages: &str, id: &str) {
        let reference =
            Element::new(&format!("w:{kind}Reference")).with("w:type", pages).with("r:id", id);
        self.section.children.insert(0, Node::Element(reference));
    }
}

/// Our own: GB/T 9704-2012 on A4, page numbers outside, the mark of a draft if it is one.
pub(super) fn own(draft: bool) -> Result<Shell, RenderError> {
    let section = xml::parse(&parts::section()).map_err(RenderError::Library)?;
    let mut shell =
        Shell { styles: StyleIds::own(), section, relations: Vec::new(), parts: Vec::new() };
    shell.section.attributes.clear();
    let mut files = vec![
        ("styles", "styles", "styles.xml", parts::styles()),
        ("settings", "settings", "settings.xml", parts::settings()),
        ("fonts", "fontTable", "fontTable.xml", parts::font_table()),
        ("footer1", "footer", "footer1.xml", parts::odd_footer()),
        ("footer2", "footer", "footer2.xml", parts::even_footer()),
    ];
    shell.add_reference("footer", "default", "footer1");
    shell.add_reference("footer", "even", "footer2");
    if draft {
        files.push(("header1", "header", "header1.xml", parts::draft_header()));
        shell.add_reference("header", "default", "header1");
        shell.add_reference("header", "even", "header1");
    }
    for (id, kind, path, text) in files {
        shell.relations.push(Relation::inside(id, kind, path));
        let content_type = format!("{WORD_TYPES}{kind}+xml");
        shell.parts.push(Part::new(&format!("word/{path}"), content_type, text));
    }
    Ok(shell)
}
