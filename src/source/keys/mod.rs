//! The keys of the data file that are not figures of the form: each with its documentation, its kind, and its
//! place in a report.
//!
//! The figures' keys come from [`edition`](crate::edition). Reader, writer, starter, schema, editor and the
//! generated reference of the data file all walk these lists: a new key is its field in
//! [`report`](crate::report) and one entry in `report.rs`.

mod fields;
mod report;
mod units;
mod value;

pub use report::KEY_TABLES;
pub(super) use report::{
    AGENCY, CONTACT, FONTS, HANDLING_FEE, NOTE, OPENING, OTHER, OVERVIEW, REPORT, ROOT, RULES,
    SCOPE, SECOND, SEVERITY, SOURCE, WAIVER,
};
pub use units::UNIT_TABLES;
pub(super) use units::{JOINT, UNIT, UNITS_ROOT};
pub use value::KeyValue;

use crate::edition::{Edition, Section};
use crate::report::{Count, FieldPath, Report};

/// A table of the data file.
#[derive(Debug)]
pub struct KeyTable {
    /// Its dotted name, empty for the top of the file; `[]` at the end marks a list of tables.
    pub name: &'static str,
    label: Label,
    /// Its keys in order.
    pub keys: &'static [Key],
    /// The ways in which elements come and go, where it is a list of tables of a report.
    pub(super) list: Option<List>,
}

/// A key of a table.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    /// The key.
    pub name: &'static str,
    label: Label,
    /// The kind of its value.
    pub kind: KeyKind,
    /// True if it must be there.
    pub required: bool,
    /// True if most reports do without it, so that it stands aside in a starter.
    pub(super) aside: bool,
    note: &'static str,
    /// An example of it where it is missing, with a remark in brackets; empty for a text between quotes.
    example: &'static str,
    /// The words that can be written where it holds one of some.
    choices: fn() -> Vec<Choice>,
    /// Its place in a report; none of tables, and none of a list of units.
    pub(super) field: Option<Field>,
}

/// A word that can be written where a key holds one of some, and its meaning or nothing.
pub type Choice = (&'static str, &'static str);

/// A value of a report, by the index of the element where its table is a list.
#[derive(Debug, Clone, Copy)]
pub(super) struct Field {
    /// The value; none when nothing is filled.
    pub(super) get: fn(&Report, usize) -> Option<KeyValue>,
    /// Puts a value in place, or takes it out; says whether it is of the right kind and the element there.
    pub(super) set: fn(&mut Report, usize, Option<KeyValue>) -> bool,
}

/// The ways in which elements of a list of tables come and go.
#[derive(Debug)]
pub(super) struct List {
    /// The number of elements.
    pub(super) len: fn(&Report) -> usize,
    /// Adds one at the end in which nothing is filled.
    pub(super) push: fn(&mut Report),
}

/// The name of a table or a key in messages and documents.
#[derive(Debug, Clone, Copy)]
enum Label {
    Words(&'static str),
    /// The title of a section, which belongs to the form.
    Title(Section),
}

impl Label {
    fn of(self, edition: Edition) -> &'static str {
        match self {
            Self::Words(words) => words,
            Self::Title(section) => edition.form().section_title(section),
        }
    }
}

impl KeyTable {
    /// Its label, in Chinese, as the form of that edition calls it.
    pub fn label(&self, edition: Edition) -> &'static str {
        self.label.of(edition)
    }

    /// Its address in a report, by the index of the element where it is a list.
    pub fn address(&self, index: usize) -> FieldPath {
        match self.name.strip_suffix("[]") {
            Some(list) => FieldPath::new(list).index(index),
            None => FieldPath::new(self.name),
        }
    }

    /// The table that one of its keys holds; none for the tables of figures and for keys with a value.
    pub(super) fn inner(&self, key: &Key) -> Option<&'static KeyTable> {
        let path = FieldPath::new(self.name).key(key.name).to_string();
        let list = key.kind == KeyKind::Tables;
        let name = if list { format!("{path}[]") } else { path };
        KEY_TABLES.iter().copied().find(|table| !table.name.is_empty() && table.name == name)
    }

    /// The words that can be written under one of its keys.
    pub(super) fn choices(&self, key: &str) -> Vec<Choice> {
        self.keys.iter().find(|known| known.name == key).map(Key::choices).unwrap_or_default()
    }

    /// The number of its elements in a report; one where it is no list.
    pub fn count(&self, report: &Report) -> usize {
        self.list.as_ref().map_or(1, |list| (list.len)(report))
    }

    /// True if its keys are names that the clerk gives, such as the codes of rules.
    pub(super) fn is_open(&self) -> bool {
        self.keys.iter().all(|key| key.field.is_none() && key.kind == KeyKind::Choice)
    }
}

impl Key {
    /// Its meaning, in Chinese, as the form of that edition calls it.
    pub fn label(&self, edition: Edition) -> &'static str {
        self.label.of(edition)
    }

    /// A note on filling it, in one Chinese phrase without a full stop; empty where the label says it all.
    /// Dates in it are those of a report of `year`.
    pub fn note(&self, year: Option<u16>) -> String {
        dated(self.note, year)
    }

    /// The words that can be written where it holds one of some.
    pub fn choices(&self) -> Vec<Choice> {
        (self.choices)()
    }

    /// True if it holds a value of a report, and no table.
    pub fn holds_value(&self) -> bool {
        self.field.is_some()
    }

    /// An example of it where it is missing. Dates in it are those of a report of `year`.
    pub(super) fn example(&self, year: Option<u16>) -> String {
        match self.example {
            "" => format!("{} = \"…\"", self.name),
            example => dated(example, year),
        }
    }

    /// The same key with a word on how it is filled.
    const fn noted(self, note: &'static str) -> Self {
        Self { note, ..self }
    }

    /// The same key with how it is written.
    const fn like(self, example: &'static str) -> Self {
        Self { example, ..self }
    }

    /// The same key with the words that can be written.
    const fn one_of(self, choices: fn() -> Vec<Choice>) -> Self {
        Self { choices, ..self }
    }

    /// The same key as one that must be there.
    const fn required(self) -> Self {
        Self { required: true, ..self }
    }

    /// The same key as one that most reports do without.
    const fn aside(self) -> Self {
        Self { aside: true, ..self }
    }

    /// The same key with its place in a report.
    const fn at(self, field: Field) -> Self {
        Self { field: Some(field), ..self }
    }
}

/// The kind of value of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyKind {
    /// A text on one line.
    Line,
    /// A text of paragraphs in which figures can be bound.
    Text,
    /// A list, one entry a line.
    Lines,
    /// A year.
    Year,
    /// A date.
    Date,
    /// `true` or `false`.
    Boolean,
    /// A whole number between two others.
    Whole(Count, Count),
    /// A count.
    Count,
    /// An amount of money.
    Money,
    /// A list of texts.
    Names,
    /// One of some words.
    Choice,
    /// The address of a value.
    Path,
    /// The path of a file.
    File,
    /// A table of its own.
    Table,
    /// A list of tables.
    Tables,
}

impl KeyKind {
    /// True if it is written between quotes.
    pub(super) fn is_quoted(self) -> bool {
        match self {
            Self::Line | Self::Text | Self::Lines | Self::Choice | Self::Path | Self::File => true,
            Self::Year
            | Self::Date
            | Self::Boolean
            | Self::Whole(..)
            | Self::Count
            | Self::Money
            | Self::Names
            | Self::Table
            | Self::Tables => false,
        }
    }
}

/// The value of a report at an address such as `agency.name` or `notes[0].text`; none where nothing is filled
/// and for figures of the form.
pub fn value_at(report: &Report, address: &FieldPath) -> Option<KeyValue> {
    let (field, index) = field_at(address)?;
    (field.get)(report, index)
}

/// Puts a value into a report at an address, or takes it out; says whether there is such a key, for values of
/// this kind, and the element that it belongs to.
pub fn set_value_at(report: &mut Report, address: &FieldPath, value: Option<KeyValue>) -> bool {
    field_at(address).is_some_and(|(field, index)| (field.set)(report, index, value))
}

/// The key at an address, if there is one that holds a value; whether the element is there that it belongs to is for
/// the report to say.
pub fn key_at(address: &FieldPath) -> Option<&'static Key> {
    place_of(address).map(|(key, _)| key).filter(|key| key.holds_value())
}

fn field_at(address: &FieldPath) -> Option<(&'static Field, usize)> {
    let (key, index) = place_of(address)?;
    key.field.as_ref().map(|field| (field, index))
}

fn place_of(address: &FieldPath) -> Option<(&'static Key, usize)> {
    let (table, key) = address.as_str().rsplit_once('.').unwrap_or(("", address.as_str()));
    let (name, index) = match table.strip_suffix(']').and_then(|table| table.rsplit_once('[')) {
        Some((list, index)) => (format!("{list}[]"), index.parse().ok()?),
        None => (table.to_owned(), 0),
    };
    let table = KEY_TABLES.iter().find(|table| table.name == name)?;
    table.keys.iter().find(|known| known.name == key).map(|key| (key, index))
}

const fn key(name: &'static str, label: &'static str, kind: KeyKind) -> Key {
    Key {
        name,
        label: Label::Words(label),
        kind,
        required: false,
        aside: false,
        note: "",
        example: "",
        choices: Vec::new,
        field: None,
    }
}

const fn table(name: &'static str, label: &'static str, keys: &'static [Key]) -> KeyTable {
    KeyTable { name, label: Label::Words(label), keys, list: None }
}

/// The report year for examples where a report has none.
const EXAMPLE_YEAR: u16 = 2023;

/// Words in which `{year}` stands for a report year and `{next}` for the year of its publication.
pub(super) fn dated(words: &str, year: Option<u16>) -> String {
    let year = year.unwrap_or(EXAMPLE_YEAR);
    words
        .replace("{year}", &year.to_string())
        .replace("{next}", &year.saturating_add(1).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A value of the kind, other for every key.
    fn sample(key: &Key, n: u16) -> KeyValue {
        match key.kind {
            KeyKind::Line | KeyKind::Path | KeyKind::File => KeyValue::Line(format!("值{n}")),
            KeyKind::Lines | KeyKind::Text => KeyValue::Text(format!("值{n}")),
            KeyKind::Choice => KeyValue::Line(key.choices().last().unwrap().0.to_owned()),
            KeyKind::Date => KeyValue::Date(crate::report::Date::new(2000 + n, 1, 9).unwrap()),
            KeyKind::Year => KeyValue::Number(2000 + u64::from(n)),
            KeyKind::Whole(least, _) => KeyValue::Number(least + u64::from(n)),
            KeyKind::Boolean => KeyValue::Boolean(n.is_multiple_of(2)),
            KeyKind::Count | KeyKind::Money => {
                KeyValue::Figure(crate::report::Entry::Value(n.into()))
            }
            KeyKind::Names | KeyKind::Table | KeyKind::Tables => unreachable!("{}", key.name),
        }
    }

    /// Every key with a value, with its table and a sample of what it may hold.
    fn keys() -> impl Iterator<Item = (&'static KeyTable, &'static Key, KeyValue)> {
        let all =
            KEY_TABLES.iter().flat_map(|table| table.keys.iter().map(move |key| (*table, key)));
        let valued = all.filter(|(table, key)| {
            !matches!(key.kind, KeyKind::Table | KeyKind::Tables) && !table.is_open()
        });
        valued.zip(1..).map(|((table, key), n)| (table, key, sample(key, n)))
    }

    fn field(key: &Key) -> &Field {
        key.field.as_ref().unwrap_or_else(|| panic!("{} has no place in a report", key.name))
    }

    #[test]
    fn every_key_gives_back_what_was_put_into_it_and_touches_no_other() {
        let mut report = Report::empty(Edition::LATEST);
        for table in KEY_TABLES {
            if let Some(list) = &table.list {
                (list.push)(&mut report);
                (list.push)(&mut report);
                assert_eq!(table.count(&report), 2, "{}", table.name);
            }
        }
        for (table, key, value) in keys() {
            let index = table.count(&report) - 1;
            assert!(
                (field(key).set)(&mut report, index, Some(value)),
                "{}.{}",
                table.name,
                key.name
            );
            assert!(!(field(key).set)(&mut report, index, Some(KeyValue::Nothing)), "{}", key.name);
        }
        for (table, key, value) in keys() {
            let index = table.count(&report) - 1;
            assert_eq!(
                (field(key).get)(&report, index),
                Some(value),
                "{}.{}",
                table.name,
                key.name
            );
        }
    }

    #[test]
    fn what_is_taken_out_is_not_there() {
        let mut report = Report::empty(Edition::LATEST);
        report.notes.push(crate::report::Note::default());
        for (table, key, value) in keys().filter(|(table, ..)| table.list.is_none()) {
            let before = (field(key).get)(&report, 0);
            (field(key).set)(&mut report, 0, Some(value));
            (field(key).set)(&mut report, 0, before.clone());
            assert_eq!((field(key).get)(&report, 0), before, "{}.{}", table.name, key.name);
        }
        let note = field(&NOTE.keys[1]);
        assert_eq!((note.get)(&report, 1), None);
        assert!(!(note.set)(&mut report, 1, None));
    }

    #[test]
    fn values_are_found_by_their_address() {
        let mut report = Report::empty(Edition::LATEST);
        report.notes.push(crate::report::Note::default());
        for path in ["agency.contact.phone", "notes[0].text", "needs"] {
            let path = FieldPath::new(path);
            let value = KeyValue::Line("甲".to_owned());
            assert_eq!(value_at(&report, &path), None);
            assert!(set_value_at(&mut report, &path, Some(value.clone())), "{path}");
            assert_eq!(value_at(&report, &path), Some(value));
        }
        for path in ["notes[1].text", "agency.phone", "requests.received", "overview.parts[x].text"]
        {
            assert!(!set_value_at(&mut report, &FieldPath::new(path), None), "{path}");
        }
    }

    #[test]
    fn every_table_within_a_table_is_listed() {
        for table in KEY_TABLES {
            for key in table.keys {
                let is_table = matches!(key.kind, KeyKind::Table | KeyKind::Tables);
                let is_section = table.name.is_empty() && Section::from_key(key.name).is_some();
                assert!(!is_table || is_section || table.inner(key).is_some(), "{}", key.name);
            }
        }
    }

    #[test]
    fn examples_are_of_the_year_of_the_report() {
        let published = REPORT.keys.iter().find(|key| key.name == "published").unwrap();
        assert!(published.note(Some(2025)).contains("2026-01-09"));
    }

    use crate::edition::Axis as _;
}
