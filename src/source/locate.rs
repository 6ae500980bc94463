//! Where in the data file a place of the report stands.

use std::ops::Range;

use super::SourceFile;
use super::tree::{Entry, Node, Value, get};
use crate::diag::Place;
use crate::edition::{Axis, ChallengeColumn, RequestColumn};
use crate::report::{FieldPath, Step};

/// A place as people count: line and column from 1, columns in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The column, in characters.
    pub column: usize,
}

impl Position {
    /// The position of a byte of `text`; a byte beyond the end is taken for the end.
    pub fn of(text: &str, byte: usize) -> Self {
        let mut byte = byte.min(text.len());
        while !text.is_char_boundary(byte) {
            byte -= 1;
        }
        let line_start = text[..byte].rfind('\n').map_or(0, |i| i + 1);
        Self {
            line: 1 + text[..line_start].bytes().filter(|b| *b == b'\n').count(),
            column: 1 + text[line_start..byte].chars().filter(|c| *c != '\u{feff}').count(),
        }
    }
}

/// The lines of a text, found once for many positions.
#[derive(Debug, Clone)]
pub struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    /// The lines of `text`.
    pub fn of(text: &'a str) -> Self {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let starts = std::iter::once(0).chain(ends.map(|(i, _)| i + 1)).collect();
        Self { text, starts }
    }

    /// The position of a byte; the same as [`Position::of`].
    pub fn position(&self, byte: usize) -> Position {
        let byte = floor(self.text, byte);
        let line = self.starts.partition_point(|start| *start <= byte);
        let start = self.starts[line - 1];
        let column = 1 + self.text[start..byte].chars().filter(|c| *c != '\u{feff}').count();
        Position { line, column }
    }

    /// The bytes of a line, counted from 1, without its end; empty beyond the last.
    pub fn range(&self, line: usize) -> Range<usize> {
        let Some(start) = line.checked_sub(1).and_then(|i| self.starts.get(i)).copied() else {
            return self.text.len()..self.text.len();
        };
        let end = self.starts.get(line).map_or(self.text.len(), |next| next - 1);
        let end = if self.text[start..end].ends_with('\r') { end - 1 } else { end };
        start..end
    }
}

/// The bytes of the data file that a place stands for.
///
/// A value that is not written is shown at the key of the nearest table above it; one that is not
/// in the file at all at its first character. The range always lies on character boundaries.
pub fn locate(source: &SourceFile, place: &Place) -> Range<usize> {
    let text = source.text();
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
            Found::Value(_, node) => within(text, node, range),
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

/// Where a column stands in a row written as a list of `n` figures.
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

/// What of an element of a list to show when something in it is missing: its first line.
fn header(text: &str, node: &Node) -> Range<usize> {
    let line_end =
        text.get(node.span.clone()).and_then(|t| t.find('\n')).map(|i| node.span.start + i);
    node.span.start..line_end.unwrap_or(node.span.end)
}

/// The bytes of the file for bytes of a text value, whatever quotes and escapes it was written with.
fn within(text: &str, node: &Node, range: &Range<usize>) -> Range<usize> {
    let (Value::Text(value), Some(raw)) = (&node.value, text.get(node.span.clone())) else {
        return node.span.clone();
    };
    match offsets(raw, value, range) {
        Some(found) => node.span.start + found.start..node.span.start + found.end,
        None => node.span.clone(),
    }
}

/// The bytes of `raw` that some bytes of `value` were written with; `None` when `raw` is no way to
/// write `value`. Reads no further than it must: a paragraph may be long, and its findings many.
fn offsets(raw: &str, value: &str, range: &Range<usize>) -> Option<Range<usize>> {
    let (quote, width) = ["'''", "\"\"\"", "'", "\""]
        .into_iter()
        .find(|quote| {
            raw.len() >= 2 * quote.len() && raw.starts_with(quote) && raw.ends_with(quote)
        })
        .map(|quote| (quote.as_bytes()[0], quote.len()))?;
    let end = raw.len() - width;
    let mut at = width;
    if width == 3 {
        at += if raw[at..].starts_with("\r\n") {
            2
        } else {
            usize::from(raw[at..].starts_with('\n'))
        };
    }
    let mut start = None;
    for (i, character) in value.char_indices() {
        let mut here = raw.get(at..end)?;
        // A backslash at the end of a line swallows all blanks up to the next text.
        while quote == b'"'
            && here.starts_with('\\')
            && here[1..].trim_start_matches([' ', '\t', '\r']).starts_with('\n')
        {
            at += here.len() - here[1..].trim_start().len();
            here = raw.get(at..end)?;
        }
        let next = i + character.len_utf8();
        if start.is_none() && range.start < next {
            start = Some(at);
        }
        if let Some(start) = start.filter(|_| range.end < next) {
            return Some(start..at);
        }
        let first = here.chars().next()?;
        at += match first {
            '\\' if quote == b'"' => match here.as_bytes().get(1)? {
                b'u' => 6,
                b'U' => 10,
                b'x' => 4,
                _ => 2,
            },
            // The parser may hand a line end on as a bare line feed.
            '\r' if character == '\n' => 2,
            _ if first == character => first.len_utf8(),
            _ => return None,
        };
    }
    let at = at.min(end);
    Some(start.unwrap_or(at)..at)
}

fn first_character(text: &str) -> Range<usize> {
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let length = text[start..].chars().next().map_or(0, char::len_utf8);
    start..start + length
}

fn floor(text: &str, byte: usize) -> usize {
    let mut byte = byte.min(text.len());
    while !text.is_char_boundary(byte) {
        byte -= 1;
    }
    byte
}

#[cfg(test)]
mod tests {
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
    fn positions_count_characters_and_pass_over_a_byte_order_mark() {
        let text = "\u{feff}一二\n三四五";
        assert_eq!(Position::of(text, text.find('二').unwrap()), Position { line: 1, column: 2 });
        assert_eq!(Position::of(text, text.find('五').unwrap()), Position { line: 2, column: 3 });
        assert_eq!(Position::of(text, 10_000), Position { line: 2, column: 4 });
        let lines = Lines::of(text);
        for byte in 0..20 {
            assert_eq!(lines.position(byte), Position::of(text, byte), "{byte}");
        }
    }

    #[test]
    fn lines_stand_without_their_ends() {
        let text = "一\r\n\n三";
        let lines = Lines::of(text);
        let all: Vec<&str> = (1..=4).map(|line| &text[lines.range(line)]).collect();
        assert_eq!(all, ["一", "", "三", ""]);
        assert_eq!(&text[Lines::of(text).range(0)], "");
    }
}
