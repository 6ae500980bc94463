//! The shell around the body of a report: styles, page setup, headers and footers.

use std::collections::BTreeSet;

use super::height::Page;
use super::namespace::WORD_TYPES;
use super::parts;
use super::style::StyleIds;
use crate::document::{Document, words};
use crate::package::xml::{self, Element, Node};
use crate::package::{Part, Relation};
use crate::render::RenderError;

/// Everything of the file but its body.
pub(super) struct Shell {
    /// The style of each role.
    pub(super) styles: StyleIds,
    /// True if title and headings look as in our own style sheet, and not as an office has them.
    pub(super) has_own_looks: bool,
    /// The page setup, with its references to headers and footers.
    pub(super) section: Element,
    /// The relations of the body to the parts.
    pub(super) relations: Vec<Relation>,
    /// Styles, settings, fonts, headers, footers.
    pub(super) parts: Vec<Part>,
}

impl Shell {
    /// The room for text on a page.
    pub(super) fn page(&self) -> Page {
        let size = |element: &str, name: &str, ours: i64| {
            let value = self.section.find(element).and_then(|e| e.get(name));
            let value = value.and_then(|value| value.parse::<i64>().ok()).unwrap_or(ours);
            // A negative margin is one that headers do not push; its size counts all the same.
            value.clamp(-31_680, 31_680).abs()
        };
        let room = |whole: i64, margins: i64| u32::try_from(whole - margins).unwrap_or(0);
        let across = size("w:pgMar", "w:left", 1_588)
            + size("w:pgMar", "w:right", 1_474)
            + size("w:pgMar", "w:gutter", 0);
        let down = size("w:pgMar", "w:top", 2_098) + size("w:pgMar", "w:bottom", 1_984);
        Page {
            width: room(size("w:pgSz", "w:w", 11_906), across).clamp(2_000, 31_680),
            height: room(size("w:pgSz", "w:h", 16_838), down).clamp(2_000, 31_680),
        }
    }

    /// Adds a part in Word's markup to the folder `word`, and the body's relation to it.
    pub(super) fn add(&mut self, id: &str, kind: &str, name: &str, text: String) {
        self.relations.push(Relation::inside(id, kind, name));
        let content_type = format!("{WORD_TYPES}{kind}+xml");
        self.parts.push(Part::new(&format!("word/{name}"), content_type, text));
    }

    /// Adds a header or footer (`kind`) for `pages` (`default`, `even` or `first`).
    pub(super) fn add_reference(&mut self, kind: &str, pages: &str, id: &str) {
        let reference =
            Element::new(&format!("w:{kind}Reference")).with("w:type", pages).with("r:id", id);
        self.section.children.insert(0, Node::Element(reference));
    }
}

/// Our own for `document`: GB/T 9704-2012 on A4, page numbers outside, the mark of a draft if it is one.
pub(super) fn own(document: &Document) -> Result<Shell, RenderError> {
    let draft = document.meta.draft;
    let (units, days) = units(document);
    let section = xml::parse(&parts::section()).map_err(RenderError::Library)?;
    let mut shell = Shell {
        styles: StyleIds::own(),
        has_own_looks: true,
        section,
        relations: Vec::new(),
        parts: Vec::new(),
    };
    shell.section.attributes.clear();
    let mut files = vec![
        ("styles", "styles", "styles.xml", parts::styles()),
        ("settings", "settings", "settings.xml", parts::settings(&units, days)),
        ("fonts", "fontTable", "fontTable.xml", parts::font_table()),
        ("footer1", "footer", "footer1.xml", parts::odd_footer()),
        ("footer2", "footer", "footer2.xml", parts::even_footer()),
    ];
    shell.add_reference("footer", "default", "footer1");
    shell.add_reference("footer", "even", "footer2");
    if draft {
        files.push(("header1", "header", "header1.xml", parts::draft_header(1)));
        files.push(("header2", "header", "header2.xml", parts::draft_header(2)));
        shell.add_reference("header", "default", "header1");
        shell.add_reference("header", "even", "header2");
    }
    for (id, kind, path, text) in files {
        shell.add(id, kind, path, text);
    }
    Ok(shell)
}

/// The characters of the units behind the figures of a document, and whether one of its days has its month.
fn units(document: &Document) -> (BTreeSet<char>, bool) {
    /// The longest unit of which every character is kept from the beginning of a line; of `个工作日` only the first.
    const SHORT: usize = 2;
    let mut units = BTreeSet::new();
    let mut days = false;
    for text in document.texts() {
        let mut before = ' ';
        for (at, c) in text.char_indices() {
            if before.is_ascii_digit() && words::is_ideograph(c) {
                let length = words::unit_length(&text[at..]);
                let kept = if length > SHORT { 1 } else { length };
                units.extend(text[at..].chars().take(kept));
            }
            days |= before == '月' && c.is_ascii_digit();
            before = c;
        }
    }
    (units, days)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Block, Inline, Paragraph, build};
    use crate::edition::Edition;
    use crate::report::Report;

    #[test]
    fn units_of_figures_begin_no_line() {
        let mut document = build(&Report::empty(Edition::Y2021), false);
        let text = "收到128件、3万元，用时20个工作日，12345热线。5月1日".to_owned();
        let text = vec![Inline::Text(text)];
        document.blocks = vec![Block::Paragraph(Paragraph { lead_in: None, text, origin: None })];
        let (units, days) = units(&document);
        assert_eq!(units.into_iter().collect::<String>(), "万个件元日月");
        assert!(days);
    }
}
