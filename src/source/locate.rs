//! The position of a place of the report in the data file.

use std::ops::Range;

use super::SourceFile;
use super::lines::floor;
use super::tree::{Entry, Node, Value, get};
use super::written::offsets;
use crate::diag::Place;
use crate::edition::{Axis, ChallengeColumn, RequestColumn};
use crate::report::{FieldPath, Step};

/// The bytes of the data file that a place stands for.
///
/// A value that is not written is shown at the key of the nearest table above it; one that is not
/// in the file at all at its first character. The range always lies on character boundaries.
pub fn locate(source: &SourceFile, place: &Place) -> Range<usize> {
    let text = source.text();
    if let Some(places) = &source.places {
        let range = places.range(place);
        let start = floor(text, range.start);
        return start..floor(text, range.end).max(start);
    }
    let range = match place {
        Place::Bytes(range) => range.clone(),
        Place::File => first_character(text),
        Place::Value(path) => match find(source, path) {
            Found::Value(_, node) => node.span.clone(),
            Found::Above(key) => key,
        },
        Place::Key(path) => match find(source, path) {
            Found::Value(Some(key), _) | Found::Above(key) => key,
            Found::Value(None, node) => node.span.clone(),
        },
        Place::Text(path, range) => match find(source, path) {
            Found::Value(_, node) => within(source, node, range),
            Found::Above(key) => key,
        },
    };
    let start = floor(text, range.start);
    start..floor(text, range.end).max(start)
}

enum Found<'a> {
    /// The value is written: its key, if it has one, and the value.
    Value(Option<Range<usize>>, &'a Node),
    /// The value is not written; the key of what is nearest above it.
    Above(Range<usize>),
}

fn find<'a>(source: &'a SourceFile, path: &FieldPath) -> Found<'a> {
    let mut above = first_character(source.text());
    let mut key: Option<Range<usize>> = None;
    let mut node: Option<&Node> = None;
    for step in path.steps() {
        let next = match (step, node.map(|n| &n.value)) {
            (Step::Key(name), None) => entry(&source.tree, name),
            (Step::Key(name), Some(Value::Table(table))) => entry(table, name),
            (Step::Key(name), Some(Value::Array(elements))) => {
                column_index(name, elements.len()).and_then(|i| elements.get(i)).map(|n| (None, n))
            }
            (Step::Index(index), Some(Value::Array(elements))) => {
                elements.get(index).map(|n| (None, n))
            }
            // A row written as one figure stands for all its cells.
            (Step::Key(name), Some(Value::Integer)) if column_index(name, usize::MAX).is_some() => {
                node.map(|n| (key.clone(), n))
            }
            _ => None,
        };
        let Some((next_key, next_node)) = next else { return Found::Above(above) };
        above = next_key.clone().unwrap_or_else(|| header(source.text(), next_node));
        key = next_key;
        node = Some(next_node);
    }
    match node {
        Some(node) => Found::Value(key, node),
        None => Found::Above(above),
    }
}

fn entry<'a>(table: &'a [Entry], name: &str) -> Option<(Option<Range<usize>>, &'a Node)> {
    get(table, name).map(|entry| (Some(entry.key_span.clone()), &entry.node))
}

/// The position of a column in a row written as a list of `n` figures.
///
/// The lists of both tables differ in length, which is what tells them apart: `other` is the sixth
/// of 6 or 7, `total` the last of 7 or of 5.
fn column_index(name: &str, n: usize) -> Option<usize> {
    let applicants = RequestColumn::APPLICANTS.len();
    if (n == RequestColumn::ALL.len() || n == applicants || n == usize::MAX)
        && let Some(column) = RequestColumn::from_key(name)
    {
        return Some(column.index());
    }
    ChallengeColumn::from_key(name).map(Axis::index)
}

/// The first line of an element of a list, shown when something in it is missing.
fn header(text: &str, node: &Node) -> Range<usize> {
    let line_end =
        text.get(node.span.clone()).and_then(|t| t.find('\n')).map(|i| node.span.start + i);
    node.span.start..line_end.unwrap_or(node.span.end)
}

/// The bytes of the file for bytes of a text value, whatever quotes and escapes it was written with.
fn within(source: &SourceFile, node: &Node, range: &Range<usize>) -> Range<usize> {
    let (Value::Text(value), Some(raw)) = (&node.value, source.text().get(node.span.clone()))
    else {
        return node.span.clone();
    };
    let marks = source.marks.of(source).get(&node.span.start);
    match offsets(raw, value, range, marks.map_or(&[], Vec::as_slice)) {
        Some(found) => node.span.start + found.start..node.span.start + found.end,
        None => node.span.clone(),
    }
}

fn first_character(text: &str) -> Range<usize> {
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let length = text[start..].chars().next().map_or(0, char::len_utf8);
    start..start + length
}

#[cfg(test)]
mod tests {
    use super::super::lines::{Lines, Position, STRIDE};
    use super::*;

    fn marked(text: &str, place: &Place) -> String {
        let source = SourceFile::parse("t.toml", text);
        text[locate(&source, place)].to_owned()
    }

    #[test]
    fn a_cell_is_found_however_its_row_is_written() {
        let text = "[requests]\nreceived = [1, 2, 3, 4, 5, 6, 21]\ncarried_in = 0\n\
                    carried_out = { legal_service = 7 }\n[challenges]\nreconsideration = [9, 8, 7, 6]\n";
        let cell = |path: &str| marked(text, &Place::Value(FieldPath::new(path)));
        assert_eq!(cell("requests.received.legal_service"), "5");
        assert_eq!(cell("requests.received.total"), "21");
        assert_eq!(cell("requests.carried_in.total"), "0");
        assert_eq!(cell("requests.carried_out.legal_service"), "7");
        assert_eq!(cell("requests.carried_out.total"), "carried_out");
        assert_eq!(cell("challenges.reconsideration.pending"), "6");
        assert_eq!(cell("challenges.reconsideration.total"), "reconsideration");
        assert_eq!(cell("requests.outcome.granted"), "requests");
        assert_eq!(cell("nowhere"), "[");
    }

    #[test]
    fn words_of_a_text_are_found_behind_quotes_and_escapes() {
        for written in [
            "'''\n甲乙“丙”丁\n'''",
            "\"\"\"\r\n甲\\\n   乙\\u201c丙”丁\n\"\"\"",
            "'甲乙“丙”丁'",
            "\"甲\\u4e59“丙”丁\"",
        ] {
            let text = format!("[other]\ntext = {written}\n");
            let value = match &SourceFile::parse("t", &*text).tree[0].node.value {
                Value::Table(table) => match &table[0].node.value {
                    Value::Text(value) => value.clone(),
                    _ => unreachable!(),
                },
                _ => unreachable!(),
            };
            let start = value.find("丙").unwrap();
            let place = Place::Text(FieldPath::new("other.text"), start..start + "丙”丁".len());
            assert_eq!(marked(&text, &place), "丙”丁", "{written}");
        }
    }

    #[test]
    fn places_far_inside_a_long_text_are_the_right_ones() {
        let line = |i: usize| format!("第{i}段\\t“丙{i}”\\u4e01\\\n   完。");
        let written: String = (0..500).map(line).collect();
        let text = format!("[other]\r\ntext = \"\"\"\r\n{written}\"\"\"\r\n");
        let source = SourceFile::parse("t", text.as_str());
        let Value::Table(table) = &source.tree[0].node.value else { unreachable!() };
        let Value::Text(value) = &table[0].node.value else { unreachable!() };
        assert!(value.len() > 5 * STRIDE);
        let lines = Lines::of(&text);
        for i in 0..500 {
            let word = format!("“丙{i}”丁");
            let start = value.find(&word).unwrap();
            let place = Place::Text(FieldPath::new("other.text"), start..start + word.len());
            let range = locate(&source, &place);
            assert_eq!(text[range.clone()], format!("“丙{i}”\\u4e01"));
            assert_eq!(lines.position(range.start), Position::of(&text, range.start));
        }
        let one_line = text.replace(['\n', '\r'], "\u{feff}");
        let lines = Lines::of(&one_line);
        for byte in (0..one_line.len() + 9).step_by(97) {
            assert_eq!(lines.position(byte), Position::of(&one_line, byte), "{byte}");
        }
    }
}
