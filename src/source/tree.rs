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
pub(super) fn parse(text: &str) -> (Table, Vec<Diagnostic>) {
    let (tree, errors) = DeTable::parse_recoverable(text);
    let places: Vec<(&str, Range<usize>)> =
        errors.iter().map(|e| (e.message(), e.span().unwrap_or(0..0))).collect();
    (table(tree.get_ref()), syntax::translate(text, &places))
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
