//! The words of a PDF, read back from its bytes through the Unicode maps of its fonts.

use std::collections::BTreeMap;

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object};

use crate::support::without_blanks;

/// The text of all pages in the order of their content, without artifacts and blanks.
pub(crate) fn pdf_words(file: &[u8]) -> String {
    let document = Document::load_mem(file).unwrap();
    let mut words = String::new();
    for page in document.get_pages().into_values() {
        let fonts: BTreeMap<Vec<u8>, BTreeMap<u16, String>> = document
            .get_page_fonts(page)
            .unwrap()
            .into_iter()
            .map(|(name, font)| (name, unicode_map(&document, font)))
            .collect();
        let content = Content::decode(&document.get_page_content(page)).unwrap();
        let mut font = None;
        // For each marked content that is open, whether it is hidden from readers.
        let mut hidden = Vec::new();
        for operation in &content.operations {
            match operation.operator.as_str() {
                "Tf" => font = fonts.get(operation.operands[0].as_name().unwrap()),
                "BDC" | "BMC" => {
                    hidden.push(operation.operands[0].as_name().unwrap() == b"Artifact");
                }
                "EMC" => {
                    hidden.pop().unwrap();
                }
                "Tj" | "TJ" if !hidden.contains(&true) => {
                    show(&operation.operands[0], font.unwrap(), &mut words);
                }
                _ => {}
            }
        }
    }
    without_blanks(&words)
}

/// Adds the text of a string, or of the strings of an array.
fn show(operand: &Object, map: &BTreeMap<u16, String>, words: &mut String) {
    match operand {
        Object::Array(items) => items.iter().for_each(|item| show(item, map, words)),
        Object::String(bytes, _) => {
            for code in bytes.chunks_exact(2) {
                words.push_str(&map[&u16::from_be_bytes([code[0], code[1]])]);
            }
        }
        _ => {}
    }
}

/// The meaning of each code of a font, from its `ToUnicode` map.
fn unicode_map(document: &Document, font: &Dictionary) -> BTreeMap<u16, String> {
    let stream =
        document.get_object(font.get(b"ToUnicode").unwrap().as_reference().unwrap()).unwrap();
    let text = String::from_utf8(stream.as_stream().unwrap().get_plain_content().unwrap()).unwrap();
    let mut map = BTreeMap::new();
    let mut rest = text.as_str();
    while let Some(start) =
        rest.find("beginbfchar").into_iter().chain(rest.find("beginbfrange")).min()
    {
        let is_range = rest[start..].starts_with("beginbfrange");
        let body = &rest[start..start + rest[start..].find("endbf").unwrap()];
        let codes: Vec<&str> =
            body.split('<').skip(1).map(|c| c.split('>').next().unwrap()).collect();
        if is_range {
            assert!(!body.contains('['), "ranges of lists are not read here");
            for range in codes.chunks_exact(3) {
                let (first, last) = (code(range[0]), code(range[1]));
                for (i, c) in (first..=last).enumerate() {
                    let base =
                        u32::from_str_radix(range[2], 16).unwrap() + u32::try_from(i).unwrap();
                    map.insert(c, utf16(&format!("{base:04X}")));
                }
            }
        } else {
            for pair in codes.chunks_exact(2) {
                map.insert(code(pair[0]), utf16(pair[1]));
            }
        }
        rest = &rest[start + body.len()..];
    }
    map
}

fn code(hex: &str) -> u16 {
    u16::from_str_radix(hex.trim(), 16).unwrap()
}

fn utf16(hex: &str) -> String {
    let units: Vec<u16> = hex
        .trim()
        .as_bytes()
        .chunks_exact(4)
        .map(|unit| code(std::str::from_utf8(unit).unwrap()))
        .collect();
    String::from_utf16(&units).unwrap()
}
