//! The data file as a tree of keys and values with their places; the only user of the `toml` crate.

use std::ops::Range;

use toml::de::{DeTable, DeValue};

use super::syntax;
use crate::diag::Diagnostic;
use crate::report::Date;

/// A value and the bytes it was written with.
#[derive(Debug, Clone)]
pub(super) struct Node {
    pub(super) span: Range<usize>,
    pub(super) value: Value,
}

/// What a value is. Numbers are not read here: their text tells more than any number type.
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

/// Parses a text as far as it can be parsed, and tells everything that is no TOML.
///
/// The parser may lose all that follows a slip, or stumble over it line after line. So the lines of
/// the first error are blanked out, byte for byte, and the rest is parsed again: each error
/// found is one of its own, and every place stays where it was.
pub(super) fn parse(text: &str) -> (Table, Vec<Diagnostic>) {
    let mut rest = text.to_owned();
    let mut diagnostics = Vec::new();
    loop {
        let (tree, errors) = DeTable::parse_recoverable(&rest);
        let first = errors.iter().min_by_key(|e| e.span().map_or(0, |span| span.start));
        let Some(first) = first else { return (table(tree.get_ref()), diagnostics) };
        if diagnostics.len() == SHOWN {
            diagnostics.extend(syntax::and_more(errors.len()));
            return (Table::new(), diagnostics);
        }
        let slip = syntax::explain(&rest, first.message(), first.span().unwrap_or(0..0));
        let blanked = blank(&rest, slip.lines);
        diagnostics.push(slip.diagnostic);
        rest = blanked;
    }
}

/// How many syntax errors are told; a file with more is no data file.
const SHOWN: usize = 8;

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
