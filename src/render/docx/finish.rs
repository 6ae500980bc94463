//! The pass over `document.xml`: puts docx-rs' output into the schema's order and adds what it cannot say.
//!
//! Word silently drops properties that stand in the wrong order, so their order is not a nicety. The
//! orders are those of ECMA-376 part 1 (transitional), which the Open XML SDK checks too.

use super::chart::ChartFacts;
use super::namespace::{R, W};
use super::style::CHARACTER;
use super::table::TableFacts;
use crate::package::xml::{self, Element, Node};
use crate::render::RenderError;

/// `document.xml` in order, with `section` at its end, `tables` told of what docx-rs cannot say, and
/// `charts` drawn at their bookmarks.
pub(super) fn finish(
    raw: &[u8],
    tables: &[TableFacts],
    charts: &[ChartFacts],
    section: &Element,
) -> Result<String, RenderError> {
    let raw = std::str::from_utf8(raw).map_err(|error| RenderError::Library(error.to_string()))?;
    let mut root = xml::parse(raw).map_err(RenderError::Library)?;
    // The tree uses two of the thirty name spaces that docx-rs declares.
    root.attributes.clear();
    root.set("xmlns:w", W);
    root.set("xmlns:r", R);
    if let Some(body) = root.find_mut("w:body") {
        body.retain(|element| element.name != "w:sectPr");
        body.elements_mut()
            .filter(|element| element.name == "w:tbl")
            .zip(tables)
            .for_each(|(table, facts)| complete_table(table, facts));
        for chart in charts {
            draw(body, chart);
        }
        body.children.push(Node::Element(section.clone()));
    }
    tidy(&mut root);
    Ok(root.to_part())
}

/// Title, description and look of a table, and which of its rows are repeated.
fn complete_table(table: &mut Element, facts: &TableFacts) {
    if let Some(properties) = table.find_mut("w:tblPr") {
        // Borders and alignment are the style's business.
        properties.retain(|e| !["w:tblBorders", "w:jc", "w:tblCellMar"].contains(&e.name.as_str()));
        let value = |name: &str, value: &str| Element::new(name).with("w:val", value);
        if let Some(padding) = facts.padding {
            let side = |name: &str| {
                Element::new(name).with("w:w", &padding.to_string()).with("w:type", "dxa")
            };
            let mut margins = Element::new("w:tblCellMar");
            margins.children.extend([side("w:left"), side("w:right")].map(Node::Element));
            properties.children.push(Node::Element(margins));
        }
        properties.children.extend(
            [
                // A table that is exactly as wide as the text must not hang out by its cell margins.
                value("w:jc", "center"),
                Element::new("w:tblLook")
                    .with("w:val", "0620")
                    .with("w:firstRow", "1")
                    .with("w:lastRow", "0")
                    .with("w:firstColumn", "0")
                    .with("w:lastColumn", "0")
                    .with("w:noHBand", "1")
                    .with("w:noVBand", "1"),
                value("w:tblCaption", &facts.caption),
                value("w:tblDescription", &facts.description),
            ]
            .map(Node::Element),
        );
    }
    let rows = table.elements_mut().filter(|element| element.name == "w:tr");
    for row in rows.take(facts.n_header_rows) {
        if let Some(properties) = row.find_mut("w:trPr") {
            properties.children.push(Node::Element(Element::new("w:tblHeader")));
        }
    }
}

/// Puts a drawing into the paragraph that has its bookmark.
fn draw(body: &mut Element, chart: &ChartFacts) {
    let is_marked = |paragraph: &&mut Element| {
        let mark = paragraph.find("w:bookmarkStart").and_then(|mark| mark.get("w:name"));
        mark == Some(chart.bookmark.as_str())
    };
    if let Some(paragraph) = body.elements_mut().find(is_marked) {
        paragraph.children.push(Node::Element(chart.drawing.clone()));
    }
}

/// Sorts the children of property elements, and drops empty ones and what only counts per process.
fn tidy(element: &mut Element) {
    for child in element.elements_mut() {
        tidy(child);
    }
    match element.name.as_str() {
        "w:p" => element.attributes.retain(|(name, _)| name != "w14:paraId"),
        "w:gridCol" => element.attributes.retain(|(name, _)| name != "w:type"),
        // LibreOffice leaves a whole line free for a break that says it is the usual one.
        "w:br" if element.get("w:type") == Some("textWrapping") => element.attributes.clear(),
        "w:ind" => indent_by_characters(element),
        _ => {}
    }
    let droppable = ["w:rPr", "w:pPr"];
    element.retain(|child| {
        !(droppable.contains(&child.name.as_str())
            && child.children.is_empty()
            && child.attributes.is_empty())
    });
    if let Some(order) = order_of(&element.name) {
        let rank = |node: &Node| match node {
            Node::Element(child) => {
                order.iter().position(|name| Some(*name) == child.name.strip_prefix("w:"))
            }
            Node::Text(_) => None,
        };
        element.children.sort_by_key(|node| rank(node).unwrap_or(usize::MAX));
    }
}

/// An indent on the right alone, that of name and date, counts in characters too, so that it follows
/// the size of the type.
fn indent_by_characters(indent: &mut Element) {
    indent.attributes.retain(|(name, value)| !(name == "w:left" && value == "0"));
    let right = indent.get("w:right").and_then(|right| right.parse::<i32>().ok());
    if let (Some(right), None) = (right, indent.get("w:left")) {
        let hundredths = (right * 100 + CHARACTER / 2) / CHARACTER;
        indent.set("w:rightChars", &hundredths.to_string());
    }
}

fn order_of(name: &str) -> Option<&'static [&'static str]> {
    match name {
        "w:pPr" => Some(PARAGRAPH),
        "w:rPr" => Some(RUN),
        "w:tblPr" => Some(TABLE),
        "w:tcPr" => Some(CELL),
        "w:sectPr" => Some(SECTION),
        _ => None,
    }
}

#[rustfmt::skip]
const PARAGRAPH: &[&str] = &[
    "pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr",
    "suppressLineNumbers", "pBdr", "shd", "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap",
    "overflowPunct", "topLinePunct", "autoSpaceDE", "autoSpaceDN", "bidi", "adjustRightInd",
    "snapToGrid", "spacing", "ind", "contextualSpacing", "mirrorIndents", "suppressOverlap", "jc",
    "textDirection", "textAlignment", "textboxTightWrap", "outlineLvl", "divId", "cnfStyle", "rPr",
    "sectPr", "pPrChange",
];

#[rustfmt::skip]
const RUN: &[&str] = &[
    "rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike", "outline",
    "shadow", "emboss", "imprint", "noProof", "snapToGrid", "vanish", "webHidden", "color", "spacing",
    "w", "kern", "position", "sz", "szCs", "highlight", "u", "effect", "bdr", "shd", "fitText",
    "vertAlign", "rtl", "cs", "em", "lang", "eastAsianLayout", "specVanish", "oMath",
];

#[rustfmt::skip]
const TABLE: &[&str] = &[
    "tblStyle", "tblpPr", "tblOverlap", "bidiVisual", "tblStyleRowBandSize", "tblStyleColBandSize",
    "tblW", "jc", "tblCellSpacing", "tblInd", "tblBorders", "shd", "tblLayout", "tblCellMar",
    "tblLook", "tblCaption", "tblDescription",
];

#[rustfmt::skip]
const CELL: &[&str] = &[
    "cnfStyle", "tcW", "gridSpan", "hMerge", "vMerge", "tcBorders", "shd", "noWrap", "tcMar",
    "textDirection", "tcFitText", "vAlign", "hideMark",
];

#[rustfmt::skip]
const SECTION: &[&str] = &[
    "headerReference", "footerReference", "footnotePr", "endnotePr", "type", "pgSz", "pgMar",
    "paperSrc", "pgBorders", "lnNumType", "pgNumType", "cols", "formProt", "vAlign", "noEndnote",
    "titlePg", "textDirection", "bidi", "rtlGutter", "docGrid", "printerSettings",
];
