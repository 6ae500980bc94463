//! The section of a Word file that a report is set up like, and its inheritance from those before it.

use crate::package::xml::{Element, Node, unescape};

/// The setup that is taken over, and where it comes from.
pub(super) struct Chosen {
    /// The properties of the section, with the headers and footers that it inherits.
    pub(super) properties: Element,
    /// The number of sections, and which of them this is, counted from 1.
    pub(super) n_sections: usize,
    pub(super) number: usize,
    /// The sections from which headers or footers are inherited, counted from 1.
    pub(super) inherited_from: Vec<usize>,
}

/// A section: its properties, and what stands in it.
struct Section {
    properties: Element,
    /// The words of its paragraphs; those in tables do not count.
    words: String,
}

/// The section in which the text stands; `None` when the file says nothing of its pages.
///
/// A page goes by the properties of its own section, which stand at that section's end, and shows the
/// headers and footers of the last section before that has some (ISO/IEC 29500-1, 17.10.1).
pub(super) fn choose(document: &Element) -> Option<Chosen> {
    let mut sections = Vec::new();
    let mut words = String::new();
    gather(document.find("w:body")?, &mut words, &mut sections);
    let index = (0..sections.len()).max_by_key(|i| rank(&sections[*i], *i))?;
    let mut properties = sections[index].properties.clone();
    let mut inherited_from = Vec::new();
    for kind in ["w:headerReference", "w:footerReference"] {
        for pages in ["default", "even", "first"] {
            let of_kind = |section: &Section| {
                let mut found = section.properties.elements().filter(|element| {
                    element.name == kind && element.get("w:type").unwrap_or("default") == pages
                });
                found.next().cloned()
            };
            let found = (0..=index).rev().find_map(|i| Some((i, of_kind(&sections[i])?)));
            if let Some((from, reference)) = found.filter(|(from, _)| *from < index) {
                properties.children.insert(0, Node::Element(reference));
                inherited_from.push(from + 1);
            }
        }
    }
    if sections.len() > 1 {
        // The report begins at page 1, whatever number its model had in the middle of a file.
        if let Some(numbers) = properties.find_mut("w:pgNumType") {
            numbers.attributes.retain(|(name, _)| name != "w:start");
        }
    }
    inherited_from.sort_unstable();
    inherited_from.dedup();
    let (n_sections, number) = (sections.len(), index + 1);
    Some(Chosen { properties, n_sections, number, inherited_from })
}

/// Paragraphs in order, those inside content controls too; a section ends with the paragraph, or the
/// body, that has its properties.
fn gather(parent: &Element, words: &mut String, sections: &mut Vec<Section>) {
    for child in parent.elements() {
        match child.name.as_str() {
            "w:p" => {
                add_words(child, words);
                let ends = child.find("w:pPr").and_then(|properties| properties.find("w:sectPr"));
                if let Some(properties) = ends {
                    let properties = properties.clone();
                    sections.push(Section { properties, words: std::mem::take(words) });
                }
            }
            "w:sectPr" if parent.name == "w:body" => {
                sections.push(Section { properties: child.clone(), words: std::mem::take(words) });
            }
            "w:sdt" | "w:sdtContent" | "w:customXml" => gather(child, words, sections),
            _ => {}
        }
    }
}

/// The words of a paragraph, without those of text boxes in it.
fn add_words(element: &Element, words: &mut String) {
    for child in element.elements().filter(|child| child.name != "w:txbxContent") {
        if child.name == "w:t" {
            for node in &child.children {
                if let Node::Text(text) = node {
                    words.push_str(&unescape(text));
                }
            }
        } else {
            add_words(child, words);
        }
    }
}

/// The higher, the more likely the section is that of the text: what is named as something else comes
/// last, then sections on their side, which are made for wide tables; then the length of the text decides.
fn rank(section: &Section, index: usize) -> (bool, bool, usize, usize) {
    const BESIDE: [&str; 10] =
        ["封面", "封底", "扉页", "目录", "目次", "附件", "附表", "附录", "附图", "版记"];
    let words: String = section.words.chars().filter(|c| !c.is_whitespace()).collect();
    let is_beside = BESIDE.iter().any(|name| words.starts_with(name));
    (!is_beside, !is_on_its_side(&section.properties), words.chars().count(), index)
}

/// True if the pages of a section are wider than high.
pub(super) fn is_on_its_side(properties: &Element) -> bool {
    let Some(size) = properties.find("w:pgSz") else { return false };
    let number = |name: &str| size.get(name).and_then(|value| value.parse::<i64>().ok());
    match (number("w:w"), number("w:h")) {
        (Some(width), Some(height)) => width > height,
        _ => size.get("w:orient") == Some("landscape"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::page_part_kind;
    use super::*;
    use crate::package::xml;

    const LANDSCAPE: &str = "<w:pgSz w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"/>";
    const HEADER: &str = "<w:headerReference w:type=\"default\" r:id=\"h1\"/>";
    const FOOTER: &str = "<w:footerReference r:id=\"f1\"/>";

    /// A file of sections, each of a text and properties.
    fn chosen(sections: &[(&str, &str)]) -> Chosen {
        let mut body = String::new();
        for (i, (text, properties)) in sections.iter().enumerate() {
            let properties = format!("<w:sectPr>{properties}</w:sectPr>");
            body.push_str(&format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"));
            body.push_str(&match i + 1 == sections.len() {
                true => properties,
                false => format!("<w:p><w:pPr>{properties}</w:pPr></w:p>"),
            });
        }
        let text = format!("<w:document><w:body>{body}</w:body></w:document>");
        choose(&xml::parse(&text).unwrap()).unwrap()
    }

    #[test]
    fn the_section_of_the_text_is_taken_wherever_it_stands() {
        let long = "全年公开信息。".repeat(20);
        assert_eq!(chosen(&[("封面", HEADER), ("正文", "")]).number, 2);
        assert_eq!(chosen(&[("某某局文件", ""), (&long, ""), ("附件1", "")]).number, 2);
        assert_eq!(chosen(&[("正文", ""), ("附表", LANDSCAPE)]).number, 1);
        // An annex may be longer than the text, and a wide table have more words.
        let (annex, list) = (format!("附件：{}", long.repeat(3)), long.repeat(3));
        assert_eq!(chosen(&[(&long, ""), (&annex, "")]).number, 1);
        assert_eq!(chosen(&[(&long, ""), (&list, LANDSCAPE)]).number, 1);
        assert_eq!(chosen(&[("", LANDSCAPE)]).number, 1);
    }

    #[test]
    fn headers_and_footers_come_from_earlier_sections() {
        let names = |chosen: &Chosen| -> Vec<String> {
            let references = chosen.properties.elements().filter_map(|e| page_part_kind(e)?.into());
            references.map(|kind: &str| kind.to_owned()).collect()
        };
        let both = format!("{HEADER}{FOOTER}");
        let found = chosen(&[("封面", &both), ("目录", ""), ("正文", "")]);
        assert_eq!(
            (names(&found), found.inherited_from.clone()),
            (vec!["footer".into(), "header".into()], vec![1])
        );
        let own = "<w:headerReference w:type=\"default\" r:id=\"own\"/>";
        let found = chosen(&[("封面", &both), ("正文", own)]);
        assert_eq!((found.inherited_from.clone(), names(&found).len()), (vec![1], 2));
        let header = found.properties.find("w:headerReference").unwrap();
        assert_eq!(header.get("r:id"), Some("own"));
        // Nothing comes from a section behind it.
        assert!(names(&chosen(&[("正文", ""), ("附件", &both)])).is_empty());
    }
}
