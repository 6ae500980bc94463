//! The looks of worksheets that say something of their contents: indentation, and all that is hidden.

use std::collections::BTreeMap;

use super::foreign;
use super::typed::Looks;
use super::unpack::unpacked;
use crate::budget::{PACKAGE_NODES, PACKAGE_PARTS, SHEET_CELLS, WORKBOOK_UNPACKED_BYTES};
use crate::guard::guarded;
use crate::package::xml::unescape;
use crate::package::{Limits, Package, PackageError};

const LIMITS: Limits =
    Limits { parts: PACKAGE_PARTS, bytes: WORKBOOK_UNPACKED_BYTES, nodes: PACKAGE_NODES };

/// The looks of the sheets of a workbook, by name. What cannot be read of them has none: they say only what stands in
/// no cell.
pub(crate) fn looks(bytes: &[u8]) -> BTreeMap<String, Looks> {
    if let Ok(Some(sheets)) = guarded(|| foreign::read(bytes)) {
        let sheets = sheets.unwrap_or_default().into_iter();
        return sheets.map(|(typed, looks)| (typed.name, looks)).collect();
    }
    of_sheets(bytes).unwrap_or_default()
}

fn of_sheets(bytes: &[u8]) -> Result<BTreeMap<String, Looks>, PackageError> {
    const BOOK: &str = "xl/workbook.xml";
    let plain = unpacked(bytes).ok();
    let mut package = Package::open(plain.as_deref().unwrap_or(bytes), LIMITS)?;
    let mut all = BTreeMap::new();
    let Some(book) = package.xml(BOOK)? else { return Ok(all) };
    let relations = package.relations(BOOK)?;
    let styles = indents_of_styles(&mut package)?;
    for sheet in book.find("sheets").into_iter().flat_map(|sheets| sheets.elements()) {
        let Some(name) = sheet.get("name").map(unescape) else { continue };
        let part = relations.iter().find(|r| sheet.get("r:id") == Some(r.id.as_str()));
        let text = match part.filter(|part| !part.external) {
            Some(part) => package.text(&part.target)?.unwrap_or_default(),
            None => String::new(),
        };
        let is_hidden = matches!(sheet.get("state"), Some("hidden" | "veryHidden"));
        all.insert(name, Looks { is_hidden, ..of_sheet(&text, &styles) });
    }
    Ok(all)
}

/// The indentation of each style of cells.
fn indents_of_styles(package: &mut Package<'_>) -> Result<Vec<usize>, PackageError> {
    /// Excel indents by no more.
    const MOST: usize = 250;
    let Some(styles) = package.xml("xl/styles.xml")? else { return Ok(Vec::new()) };
    let formats = styles.find("cellXfs").into_iter().flat_map(|formats| formats.elements());
    let indent = |format: &crate::package::xml::Element| {
        let indent = format.find("alignment").and_then(|alignment| alignment.get("indent"));
        indent.and_then(|n| n.parse().ok()).unwrap_or(0_usize).min(MOST)
    };
    Ok(formats.map(indent).collect())
}

/// The looks in the text of a sheet. It is read by its tags: a tree of it would take a hundred times its bytes.
fn of_sheet(text: &str, styles: &[usize]) -> Looks {
    let mut looks = Looks::default();
    for tag in text.split('<').skip(1).filter_map(|piece| Some(piece.split_once('>')?.0)) {
        let Some((name, attributes)) = tag.split_once(char::is_whitespace) else { continue };
        let value = |name: &str| attribute(attributes, name);
        let is_hidden = || matches!(value("hidden"), Some("1" | "true"));
        match name {
            "row" => looks.hidden_rows += usize::from(is_hidden()),
            "col" => looks.hidden_columns += usize::from(is_hidden()),
            "c" if looks.indents.len() < SHEET_CELLS => {
                let style = value("s").and_then(|style| style.parse::<usize>().ok());
                let indent = style.and_then(|style| styles.get(style)).filter(|n| **n > 0);
                if let (Some(indent), Some(at)) = (indent, value("r").and_then(place)) {
                    looks.indents.insert(at, *indent);
                }
            }
            _ => {}
        }
    }
    looks
}

/// Row and column of an address on a sheet, from 0.
fn place(address: &str) -> Option<(u32, u32)> {
    let digits = address.trim_start_matches(|c: char| c.is_ascii_uppercase());
    let letters =
        address.strip_suffix(digits).filter(|letters| (1..=3).contains(&letters.len()))?;
    let column = letters.bytes().fold(0, |column, c| column * 26 + u32::from(c - b'A') + 1);
    Some((digits.parse::<u32>().ok()?.checked_sub(1)?, column - 1))
}

/// The value of an attribute of a tag.
fn attribute<'a>(attributes: &'a str, name: &str) -> Option<&'a str> {
    let mut rest = attributes;
    loop {
        let (key, after) = rest.split_once('=')?;
        let after = after.trim_start();
        let quote = after.chars().next().filter(|c| ['"', '\''].contains(c))?;
        let (value, behind) = after[1..].split_once(quote)?;
        if key.trim() == name {
            return Some(value);
        }
        rest = behind;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_say_what_is_hidden_and_indented() {
        let text = "<cols><col min=\"2\" max='3' hidden = '1'/></cols><row r=\"1\" hidden=\"true\">\
                    <c r=\"A1\" s=\"1\"><v>1</v></c><c r='C2' t=\"s\" s='2'/></row><row r=\"2\"/>";
        let looks = of_sheet(text, &[0, 0, 3]);
        assert_eq!((looks.hidden_rows, looks.hidden_columns), (1, 1));
        assert_eq!(looks.indents.into_iter().collect::<Vec<_>>(), [((1, 2), 3)]);
        assert_eq!(of_sheet("<row r=\"1\" hidden=", &[]), Looks::default());
    }
}
