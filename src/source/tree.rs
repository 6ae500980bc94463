//! The data file as a tree of keys and values with their places; the only user of the `toml` crate.

use std::ops::Range;

use toml::de::{DeTable, DeValue};

use super::syntax;
use crate::diag::{Diagnostic, Place};
use crate::report::Date;

/// A value and the bytes it was written with.
#[derive(Debug, Clone)]
pub(super) struct Node {
    pub(super) span: Range<usize>,
    pub(super) value: Value,
}

/// The kind of a value. Numbers are not read here: their text tells more than any number type.
#[derive(Debug, Clone)]
pub(super) enum Value {
    Text(String),
    Integer,
    Float,
    Boolean(bool),
    /// A date; `None` for a time, a date with a time, or a day that does not exist.
    Date(Option<Date>),
    Array(Vec<Node>),
    Table(Table),
}

/// A table: its entries in the order in which they were typed.
pub(super) type Table = Vec<Entry>;

/// A key with its value.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) key: String,
    pub(super) key_span: Range<usize>,
    pub(super) node: Node,
}

/// Parses a text as far as it can be parsed, and tells everything that is no TOML. What was read in the end is
/// as long as the text, and other than it only where something is told.
///
/// The parser may lose all that follows an error, or stumble over it line after line. So the lines of
/// the first error are blanked out, byte for byte, and the rest is parsed again: each error
/// found is one of its own, and every place stays where it was.
pub(super) fn parse(text: &str) -> (Table, Vec<Diagnostic>, String) {
    if let Some(foreign) = syntax::foreign(text) {
        return (Table::new(), vec![foreign], text.to_owned());
    }
    let (mut rest, mut diagnostics) = syntax::plain(text);
    // The lines that are read as they were meant.
    let mut mended: Vec<usize> = Vec::new();
    for error in syntax::of_texts(text) {
        rest = blank(&rest, error.lines);
        diagnostics.push(error.diagnostic);
    }
    loop {
        let (tree, errors) = DeTable::parse_recoverable(&rest);
        let first = errors.iter().min_by_key(|e| e.span().map_or(0, |span| span.start));
        let Some(first) = first else { return (table(tree.get_ref()), diagnostics, rest.clone()) };
        if diagnostics.len() >= SHOWN {
            let behind = first.span().unwrap_or(rest.len()..rest.len());
            diagnostics.extend(syntax::and_more(errors.len(), behind));
            return (Table::new(), diagnostics, rest);
        }
        let error = syntax::explain(&rest, first.message(), first.span().unwrap_or(0..0));
        let start = rest[..error.lines.start].rfind('\n').map_or(0, |i| i + 1);
        // A line that was mended and is still wrong has been told, and is given up.
        let is_told = mended.contains(&start);
        let next = match mend(&rest, &error.diagnostic).filter(|_| !is_told) {
            Some(next) => {
                mended.push(start);
                next
            }
            None => blank(&rest, error.lines),
        };
        if !is_told {
            diagnostics.push(error.diagnostic);
        }
        if next == rest {
            return (Table::new(), diagnostics, rest);
        }
        rest = next;
    }
}

/// The most syntax errors that are told; a file with more is no data file.
const SHOWN: usize = 8;

/// The text with a line as it was meant, so that what follows is read as it is; every other byte stays where it
/// was.
fn mend(text: &str, error: &Diagnostic) -> Option<String> {
    let repair = error.repair.as_ref()?;
    let Place::Bytes(range) = &repair.place else { return None };
    let room = range.len().checked_sub(repair.text.len())?;
    let old = text.get(range.clone())?;
    let (before, behind) = (&text[..range.start], &text[range.end..]);
    (!old.contains('\n') && !repair.text.contains('\n'))
        .then(|| format!("{before}{}{}{behind}", repair.text, " ".repeat(room)))
}

/// The text with the lines that a range touches made of spaces.
fn blank(text: &str, range: Range<usize>) -> String {
    let start = text[..range.start].rfind('\n').map_or(0, |i| i + 1);
    let end = text[range.end..].find('\n').map_or(text.len(), |i| range.end + i);
    let mut blanked = text[..start].to_owned();
    blanked.extend(text[start..end].bytes().map(|b| if b == b'\n' { '\n' } else { ' ' }));
    blanked.push_str(&text[end..]);
    blanked
}

/// The entry with that key.
pub(super) fn get<'a>(table: &'a [Entry], key: &str) -> Option<&'a Entry> {
    table.iter().find(|entry| entry.key == key)
}

fn table(tree: &DeTable<'_>) -> Table {
    let mut entries: Table = tree
        .iter()
        .map(|(key, value)| Entry {
            key: key.get_ref().to_string(),
            key_span: key.span(),
            node: Node { span: value.span(), value: convert(value.get_ref()) },
        })
        .collect();
    entries.sort_by_key(|entry| entry.key_span.start);
    entries
}

fn convert(value: &DeValue<'_>) -> Value {
    match value {
        DeValue::String(string) => Value::Text(string.to_string()),
        DeValue::Integer(_) => Value::Integer,
        DeValue::Float(_) => Value::Float,
        DeValue::Boolean(boolean) => Value::Boolean(*boolean),
        DeValue::Datetime(datetime) => Value::Date(match (datetime.date, datetime.time) {
            (Some(date), None) => Date::new(date.year, date.month, date.day),
            _ => None,
        }),
        DeValue::Array(array) => Value::Array(
            array
                .iter()
                .map(|value| Node { span: value.span(), value: convert(value.get_ref()) })
                .collect(),
        ),
        DeValue::Table(inner) => Value::Table(table(inner)),
    }
}
