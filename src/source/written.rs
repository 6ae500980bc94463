//! Texts as they stand in the data file: quotes, escapes, and the bytes behind each character.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::OnceLock;

use super::SourceFile;
use super::lines::STRIDE;
use super::tree::{Node, Value};

/// In long texts, a byte of the value now and then and the byte that it was written at: by the start of
/// the text in the file. Found when first asked for; a paragraph may be long, and its findings many.
#[derive(Debug, Clone, Default)]
pub(super) struct Marks(OnceLock<BTreeMap<usize, Vec<(usize, usize)>>>);

impl Marks {
    /// The marks of all texts of a file.
    pub(super) fn of(&self, source: &SourceFile) -> &BTreeMap<usize, Vec<(usize, usize)>> {
        self.0.get_or_init(|| {
            let mut marks = BTreeMap::new();
            let mut waiting: Vec<&Node> = source.tree.iter().map(|entry| &entry.node).collect();
            while let Some(node) = waiting.pop() {
                match &node.value {
                    Value::Text(value) if value.len() > STRIDE => {
                        let raw = source.text().get(node.span.clone()).unwrap_or_default();
                        marks.insert(node.span.start, marks_of(raw, value));
                    }
                    Value::Table(table) => waiting.extend(table.iter().map(|entry| &entry.node)),
                    Value::Array(elements) => waiting.extend(elements),
                    Value::Text(_)
                    | Value::Integer
                    | Value::Float
                    | Value::Boolean(_)
                    | Value::Date(_) => {}
                }
            }
            marks
        })
    }
}

fn marks_of(raw: &str, value: &str) -> Vec<(usize, usize)> {
    let mut marks = Vec::new();
    let Some(written) = Written::of(raw) else { return marks };
    let (mut at, mut next) = (written.start, STRIDE);
    for (i, character) in value.char_indices() {
        if i >= next {
            marks.push((i, at));
            next = i + STRIDE;
        }
        let Some(step) = written.step(at, character) else { break };
        at = step.end;
    }
    marks
}

/// The bytes of `raw` that some bytes of `value` were written with; `None` when `raw` is no way to
/// write `value`. Reads no further than it must, from the last of the marks before it.
pub(super) fn offsets(
    raw: &str,
    value: &str,
    range: &Range<usize>,
    marks: &[(usize, usize)],
) -> Option<Range<usize>> {
    let written = Written::of(raw)?;
    let mark = marks.partition_point(|(i, _)| *i <= range.start).checked_sub(1);
    let (from, mut at) = mark.map_or((0, written.start), |i| marks[i]);
    let mut start = None;
    for (i, character) in value.get(from..)?.char_indices() {
        let step = written.step(at, character);
        // Blanks that a backslash swallows belong to nothing.
        let behind = at;
        at = step.as_ref().map_or(at, |step| step.start);
        let next = from + i + character.len_utf8();
        if start.is_none() && range.start < next {
            start = Some(at);
        }
        if let Some(start) = start.filter(|_| range.end < next) {
            return Some(start..behind.max(start));
        }
        at = step?.end;
    }
    let at = at.min(written.end);
    Some(start.unwrap_or(at)..at)
}

/// A text as it was written: which quotes, and the bytes between them.
struct Written<'a> {
    raw: &'a str,
    quote: u8,
    start: usize,
    end: usize,
}

impl<'a> Written<'a> {
    fn of(raw: &'a str) -> Option<Self> {
        let (quote, width) = ["'''", "\"\"\"", "'", "\""]
            .into_iter()
            .find(|quote| {
                raw.len() >= 2 * quote.len() && raw.starts_with(quote) && raw.ends_with(quote)
            })
            .map(|quote| (quote.as_bytes()[0], quote.len()))?;
        let mut start = width;
        if width == 3 {
            start += if raw[start..].starts_with("\r\n") {
                2
            } else {
                usize::from(raw[start..].starts_with('\n'))
            };
        }
        Some(Self { raw, quote, start, end: raw.len() - width })
    }

    /// The bytes that a character of the value was written with, at `at` or behind blanks there that
    /// count for nothing; `None` when it is not written there.
    fn step(&self, mut at: usize, character: char) -> Option<Range<usize>> {
        let mut here = self.raw.get(at..self.end)?;
        // A backslash at the end of a line swallows all blanks up to the next text.
        while self.quote == b'"'
            && here.starts_with('\\')
            && here[1..].trim_start_matches([' ', '\t', '\r']).starts_with('\n')
        {
            at += here.len() - here[1..].trim_start().len();
            here = self.raw.get(at..self.end)?;
        }
        let first = here.chars().next()?;
        let width = match first {
            '\\' if self.quote == b'"' => match here.as_bytes().get(1)? {
                b'u' => 6,
                b'U' => 10,
                b'x' => 4,
                _ => 2,
            },
            // The parser may hand a line end on as a bare line feed.
            '\r' if character == '\n' => 2,
            // A manual line break, which the parser is given as the end of a line or a blank.
            '\u{b}' | '\u{c}' if matches!(character, '\n' | ' ') => 1,
            _ if first == character => first.len_utf8(),
            _ => return None,
        };
        Some(at..at + width)
    }
}
