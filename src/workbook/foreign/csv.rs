//! A sheet of a workbook of ours that was saved as a text whose cells are separated.

use std::collections::{BTreeMap, BTreeSet};

use super::super::typed::{Filled, Typed, Value};
use crate::budget::{CELL_CHARS, SHEET_CELLS, WORKBOOK_BYTES};
use crate::package::decoded;

/// The words with which the second line of a sheet of ours begins.
const IDENTITY: &str = "机关：";

/// The sheet in a text; nothing where it is none of ours.
pub(super) fn read(bytes: &[u8]) -> Option<Typed> {
    if bytes.len() > WORKBOOK_BYTES || bytes.contains(&0) && !bytes.starts_with(&[0xff, 0xfe]) {
        return None;
    }
    // Excel writes what is Chinese in the encoding of the system.
    let text = decoded(bytes).or_else(|| {
        let (text, _, is_damaged) = encoding_rs::GB18030.decode(bytes);
        (!is_damaged).then(|| text.into_owned())
    })?;
    let text = text.trim_start_matches('\u{feff}');
    let second = text.lines().nth(1)?;
    if !second.trim_start_matches('"').starts_with(IDENTITY) {
        return None;
    }
    let separator = [',', '\t', ';'].into_iter().max_by_key(|s| text.matches(*s).count())?;
    let mut cells = BTreeMap::new();
    for (row, fields) in (0..).zip(records(text, separator)) {
        for (column, field) in (0..).zip(fields) {
            let field = field.trim();
            if field.is_empty() {
                continue;
            }
            if cells.len() >= SHEET_CELLS {
                return None;
            }
            let number = field.parse::<f64>().ok().filter(|number| number.is_finite());
            let text = || Value::Text(field.chars().take(CELL_CHARS).collect());
            let value = number.map_or_else(text, Value::Number);
            cells.insert((row, column), Filled { value, formula: None });
        }
    }
    Some(Typed { name: "CSV".to_owned(), cells, merged: BTreeSet::new() })
}

/// The records of a text: a field between double quotes may hold separators, line ends and doubled quotes.
fn records(text: &str, separator: char) -> Vec<Vec<String>> {
    let mut all = vec![vec![String::new()]];
    let mut quoted = false;
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        let Some(record) = all.last_mut() else { break };
        let Some(field) = record.last_mut() else { break };
        match c {
            '"' if quoted && characters.peek() == Some(&'"') => {
                characters.next();
                field.push('"');
            }
            '"' if quoted || field.is_empty() => quoted = !quoted,
            '\r' if !quoted => {}
            '\n' if !quoted => all.push(vec![String::new()]),
            _ if c == separator && !quoted => record.push(String::new()),
            _ => field.push(c),
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_of_ours_is_known_and_its_fields_are_told_apart() {
        let text = "\u{feff}标题,,\r\n机关：甲局　报告年度：2024,,\r\n\"a,\"\"b\"\"\nc\",7,1.5\r\n";
        let typed = read(text.as_bytes()).unwrap();
        let shown = |at| match typed.cells.get(&at).map(|filled| &filled.value) {
            Some(Value::Text(text)) => text.clone(),
            Some(Value::Number(number)) => number.to_string(),
            _ => String::new(),
        };
        assert_eq!(shown((2, 0)), "a,\"b\"\nc");
        assert_eq!((shown((2, 1)), shown((2, 2))), ("7".to_owned(), "1.5".to_owned()));
        assert!(read("单位,数\n甲局,7\n".as_bytes()).is_none());
        let (gbk, ..) = encoding_rs::GBK.encode(text.trim_start_matches('\u{feff}'));
        assert!(read(&gbk).is_some());
    }
}
