//! Values that may stand behind a key, and keys meant by Chinese names: for messages on files that are no TOML.

use super::keys::{Key, KeyKind, KeyTable};
use crate::edition::{
    Axis, DisclosureBlock, DisclosureColumn, DisclosureRow, Edition, NumberKind, Proceeding,
    Section,
};
use crate::report::{Disclosure, FieldPath, Requests};

/// The kind of value behind a key.
#[derive(Debug, Clone)]
pub(super) enum Holds {
    /// A value that is no figure of the form.
    Key(&'static Key),
    /// One figure, with its unit where that is not a count.
    Figure(Figure),
    /// Figures in the order of these columns, the last of which may be left out; by key and label.
    List(Vec<(&'static str, &'static str)>),
    /// Figures by the keys of these columns.
    Named(Vec<(&'static str, &'static str, Figure)>),
}

/// The kind of figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Figure {
    Count,
    Change,
    /// Ten-thousands of yuan.
    TenThousands,
    /// Yuan.
    Yuan,
}

impl Figure {
    fn of(column: DisclosureColumn) -> Self {
        match column.kind() {
            NumberKind::Count => Self::Count,
            NumberKind::Change => Self::Change,
            NumberKind::Amount => Self::TenThousands,
        }
    }
}

/// The values of a key of a table in any edition, the newest first. A table whose name is not known is
/// any table.
pub(super) fn holds(tables: &[&'static KeyTable], table: &str, key: &str) -> Option<Holds> {
    let path = FieldPath::new(table).key(key);
    let known = tables.iter().find(|known| known.name.trim_end_matches("[]") == table);
    if let Some(found) = known.and_then(|known| known.keys.iter().find(|one| one.name == key)) {
        return Some(of_key(found));
    }
    if let Some(found) = figures(path.as_str()) {
        return Some(found);
    }
    let is_known = known.is_some() || sections().any(|(name, _)| name == table);
    if is_known {
        return None;
    }
    let anywhere = tables.iter().flat_map(|table| table.keys);
    let row = rows().into_iter().find(|row| row.path.as_str().ends_with(&format!(".{key}")));
    let row = row.map(|row| row.holds);
    row.or_else(|| anywhere.filter(|one| one.name == key).map(of_key).next())
}

fn of_key(key: &'static Key) -> Holds {
    match key.kind {
        KeyKind::Count => Holds::Figure(Figure::Count),
        KeyKind::Money => Holds::Figure(Figure::Yuan),
        KeyKind::Table if key.name == "handling_fee" => {
            let named = super::keys::HANDLING_FEE.keys.iter().map(|key| {
                let figure = if key.kind == KeyKind::Money { Figure::Yuan } else { Figure::Count };
                (key.name, key.label(Edition::LATEST), figure)
            });
            Holds::Named(named.collect())
        }
        KeyKind::Line
        | KeyKind::File
        | KeyKind::Text
        | KeyKind::Lines
        | KeyKind::Year
        | KeyKind::Date
        | KeyKind::Boolean
        | KeyKind::Whole(..)
        | KeyKind::Names
        | KeyKind::Choice
        | KeyKind::Path
        | KeyKind::Table
        | KeyKind::Tables => Holds::Key(key),
    }
}

fn figures(path: &str) -> Option<Holds> {
    rows().into_iter().find(|row| row.path.as_str() == path).map(|row| row.holds)
}

/// A row of any edition.
struct FormRow {
    path: FieldPath,
    label: &'static str,
    holds: Holds,
}

/// The rows of all editions, those of the newest first.
fn rows() -> Vec<FormRow> {
    let mut rows = Vec::new();
    for form in Edition::ALL.iter().rev().map(|edition| edition.form()) {
        for block in form.disclosure.blocks {
            rows.extend(block.rows.iter().map(|(row, label)| disclosure(block, *row, label)));
        }
        rows.extend(form.requests.rows.iter().map(|row| FormRow {
            path: Requests::row_path(row.row),
            label: row.label,
            holds: Holds::List(
                form.requests.columns.iter().map(|c| (c.column.key(), c.label)).collect(),
            ),
        }));
        rows.extend(Proceeding::ALL.iter().map(|proceeding| FormRow {
            path: FieldPath::new("challenges").key(proceeding.key()),
            label: form.challenges.proceeding_label(*proceeding),
            holds: Holds::List(
                form.challenges.columns.iter().map(|(c, label)| (c.key(), *label)).collect(),
            ),
        }));
    }
    rows
}

fn disclosure(block: &DisclosureBlock, row: DisclosureRow, label: &'static str) -> FormRow {
    let holds = match block.columns {
        [(only, _)] if only.stands_alone() => Holds::Figure(Figure::of(*only)),
        columns => Holds::Named(
            columns.iter().map(|(c, label)| (c.key(), *label, Figure::of(*c))).collect(),
        ),
    };
    FormRow { path: Disclosure::row_path(row), label, holds }
}

/// The tables of figures by name, with what the form calls them.
fn sections() -> impl Iterator<Item = (String, &'static str)> {
    Edition::ALL.iter().rev().flat_map(|edition| {
        let form = edition.form();
        let of_section = |section: Section| (section.key().to_owned(), form.section_title(section));
        let groups = form
            .requests
            .groups
            .iter()
            .map(|(group, label)| (format!("requests.outcome.{}", group.key()), *label));
        let outcome = ("requests.outcome".to_owned(), form.requests.outcome_label);
        [Section::Disclosure, Section::Requests, Section::Challenges]
            .map(of_section)
            .into_iter()
            .chain([outcome])
            .chain(groups)
            .collect::<Vec<_>>()
    })
}

/// The key that a Chinese name means in a table, as it is written there.
pub(super) fn key_of(tables: &[&'static KeyTable], table: &str, name: &str) -> Option<String> {
    let prefix = if table.is_empty() { String::new() } else { format!("{table}.") };
    let own = tables
        .iter()
        .filter(|known| known.name.trim_end_matches("[]") == table)
        .flat_map(|known| known.keys.iter())
        .map(|key| (key.name.to_owned(), key.label(Edition::LATEST)));
    let of_form = rows()
        .into_iter()
        .filter_map(|row| Some((row.path.as_str().strip_prefix(&prefix)?.to_owned(), row.label)));
    alike(own.chain(of_form), name)
}

/// The column of a row that a Chinese name means.
pub(super) fn column_of(holds: &Holds, name: &str) -> Option<&'static str> {
    let columns: Vec<(String, &'static str)> = match holds {
        Holds::List(columns) => {
            columns.iter().map(|(k, label)| ((*k).to_owned(), *label)).collect()
        }
        Holds::Named(columns) => columns.iter().map(|(k, l, _)| ((*k).to_owned(), *l)).collect(),
        Holds::Key(_) | Holds::Figure(_) => return None,
    };
    let key = alike(columns.into_iter(), name)?;
    let keys: Vec<&'static str> = match holds {
        Holds::List(columns) => columns.iter().map(|column| column.0).collect(),
        Holds::Named(columns) => columns.iter().map(|column| column.0).collect(),
        Holds::Key(_) | Holds::Figure(_) => Vec::new(),
    };
    keys.into_iter().find(|known| *known == key)
}

/// The table that a Chinese name in brackets means.
pub(super) fn table_of(tables: &[&'static KeyTable], name: &str) -> Option<String> {
    let keyed = tables
        .iter()
        .filter(|table| !table.name.is_empty())
        .map(|table| (table.name.trim_end_matches("[]").to_owned(), table.label(Edition::LATEST)));
    alike(sections().chain(keyed), name)
}

/// True if a word is a key, a column or a table of the data file in any edition.
pub(super) fn is_known(tables: &[&'static KeyTable], word: &str) -> bool {
    let is_key = || tables.iter().flat_map(|table| table.keys).any(|key| key.name == word);
    let is_row = || rows().iter().any(|row| row.path.as_str().split('.').any(|step| step == word));
    is_key() || is_row()
}

/// The key whose label is the name, or else the only one whose label holds it.
fn alike(known: impl Iterator<Item = (String, &'static str)>, name: &str) -> Option<String> {
    let wanted = plain(name);
    // A single character is no name.
    wanted.chars().nth(1)?;
    let known: Vec<(String, String)> = known.map(|(key, label)| (key, plain(label))).collect();
    if let Some((key, _)) = known.iter().find(|(_, label)| *label == wanted) {
        return Some(key.clone());
    }
    let mut near: Vec<&String> = known
        .iter()
        .filter(|(_, label)| {
            !label.is_empty()
                && (label.contains(&wanted)
                    || wanted.contains(label.as_str()) && label.chars().count() > 2)
        })
        .map(|(key, _)| key)
        .collect();
    near.dedup();
    match near.as_slice() {
        [only] => Some((*only).clone()),
        _ => None,
    }
}

/// A label or name without numbers, remarks, quotes and blanks.
fn plain(label: &str) -> String {
    let label = label.split(['；', '：']).next().unwrap_or_default().trim();
    let mut rest = label;
    // （一）, 一、, 1. and the like.
    if let Some((_, behind)) =
        rest.strip_prefix(['（', '(']).and_then(|r| r.split_once(['）', ')']))
    {
        rest = behind;
    }
    let number = |c: char| "一二三四五六七八九十".contains(c) || c.is_ascii_digit();
    let behind = rest.trim_start_matches(number);
    if behind.len() < rest.len()
        && let Some(behind) = behind.strip_prefix(['、', '.', '．'])
    {
        rest = behind;
    }
    let rest = rest.split(['（', '(']).next().unwrap_or_default();
    rest.chars().filter(|c| !c.is_whitespace() && !"“”\"'‘’、，".contains(*c)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::keys::KEY_TABLES;
    use super::*;

    #[test]
    fn every_row_is_found_by_its_label() {
        for edition in Edition::ALL {
            for cell in edition.form().cells() {
                let path = FieldPath::row_of(cell);
                let (table, key) = path.as_str().rsplit_once('.').unwrap();
                let label = rows().into_iter().find(|row| row.path == path).unwrap().label;
                assert_eq!(key_of(KEY_TABLES, table, label).as_deref(), Some(key), "{label}");
                assert!(holds(KEY_TABLES, table, key).is_some(), "{path}");
            }
        }
    }

    #[test]
    fn names_may_be_cut_short_as_long_as_they_are_clear() {
        let key = |table, name| key_of(KEY_TABLES, table, name);
        assert_eq!(key("disclosure", "行政许可").as_deref(), Some("licences"));
        assert_eq!(key("requests", "本年新收").as_deref(), Some("received"));
        assert_eq!(key("requests.outcome.refused", "国家秘密").as_deref(), Some("state_secret"));
        assert_eq!(key("report", "公布日期").as_deref(), Some("published"));
        assert_eq!(key("agency", "机关"), None);
        assert_eq!(key("disclosure", "甲"), None);
        assert_eq!(table_of(KEY_TABLES, "主动公开").as_deref(), Some("disclosure"));
        assert_eq!(
            table_of(KEY_TABLES, "（三）不予公开").as_deref(),
            Some("requests.outcome.refused")
        );
        let row = holds(KEY_TABLES, "requests", "received").unwrap();
        assert_eq!(column_of(&row, "自然人"), Some("natural_person"));
    }
}
