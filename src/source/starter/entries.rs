//! The keys of a table in a starter, each with its value or a place for it.

use std::fmt::Write as _;

use super::super::keys::{Key, KeyKind, KeyTable};
use super::super::literal::{line, literal};
use super::super::write::value_of;
use super::lines::unfilled;
use crate::report::Report;

/// The keys of a table that hold a value and no text of paragraphs: those to be filled, then those that most
/// reports do without.
pub(super) fn entries(known: &KeyTable, report: &Report, out: &mut String) {
    let valued =
        || known.keys.iter().filter(|key| key.field.is_some() && key.kind != KeyKind::Text);
    for key in valued().filter(|key| !key.aside) {
        entry_line(key, report, out);
    }
    if valued().filter(|key| key.aside).count() > 1 {
        out.push_str("# 以下几项用到才填：\n");
    }
    for key in valued().filter(|key| key.aside) {
        entry_line(key, report, out);
    }
}

/// A key with its value, or with a place for it.
pub(super) fn entry_line(key: &Key, report: &Report, out: &mut String) {
    let label = label_of(key, report);
    let is_chosen_rarely = key.kind == KeyKind::Choice && !key.required;
    match value_of(key, 0, report) {
        Some(value) => line(out, key.name, &literal(&value), &label),
        // Empty quotes read as not filled, and are easier to fill than a line after `#`.
        None if key.kind.is_quoted() && !key.aside && !is_chosen_rarely => {
            line(out, key.name, "\"\"", &label);
        }
        None => unfilled(out, key.name, blank(key.kind), &label),
    }
}

/// The label of a key with the words that can be written and its note.
pub(super) fn label_of(key: &Key, report: &Report) -> String {
    let mut label = key.label(report.edition).to_owned();
    if key.kind == KeyKind::Choice {
        let words: Vec<String> =
            key.choices().into_iter().map(|(word, meaning)| format!("{word} {meaning}")).collect();
        let _ = write!(label, "：{}", words.join(" | "));
    }
    let note = key.note(report.header.year);
    if !note.is_empty() {
        let _ = write!(label, "；{note}");
    }
    label
}

/// The text behind the equals sign of a key that is not filled.
pub(super) fn blank(kind: KeyKind) -> &'static str {
    if kind.is_quoted() {
        "\"\""
    } else if kind == KeyKind::Names {
        "[ ]"
    } else {
        ""
    }
}
