//! Report to data file: every key with its official label beside it.

use std::fmt::Write as _;

use super::keys::{self, Key, KeyTable, KeyValue};
use super::literal::{key_of, line, literal, quoted, text_literal};
use super::rows::FigureRow;
use crate::edition::{Axis, Edition, Proceeding, RequestRowPlace, Section};
use crate::report::Report;

/// Writes a report as a data file that [`read`](super::read()) reads back as the same report.
///
/// An absent value is left out. Text goes out as it was typed, with its bound figures.
pub fn write(report: &Report) -> String {
    let mut out = String::new();
    table_of(&keys::ROOT, report, &mut out);
    out
}

/// The keys of a table that hold something, and all tables below.
fn table_of(known: &KeyTable, report: &Report, out: &mut String) {
    values(known, 0, report, true, out);
    for key in known.keys {
        match (known.inner(key), Section::from_key(key.name)) {
            (Some(inner), _) => inner_of(inner, report, out),
            (None, Some(Section::Disclosure)) => disclosure(report, out),
            (None, Some(Section::Requests)) => requests(report, out),
            (None, Some(Section::Challenges)) => challenges(report, out),
            (None, Some(Section::Overview | Section::Problems | Section::Other) | None) => {}
        }
    }
}

/// A table within a table, or all elements of a list, if anything in it is filled.
fn inner_of(known: &KeyTable, report: &Report, out: &mut String) {
    if known.name == keys::HANDLING_FEE.name {
        // It stands on one line of the table above.
        return;
    }
    if known.is_open() {
        if !report.settings.levels.is_empty() {
            table(out, known.name, known.label(report.edition));
        }
        for (code, level) in &report.settings.levels {
            line(out, &key_of(code), &quoted(level.key()), "");
        }
    } else if known.list.is_some() {
        for index in 0..known.count(report) {
            let _ = write!(out, "\n[[{}]]\n", known.name.trim_end_matches("[]"));
            values(known, index, report, false, out);
        }
    } else {
        if is_used(known, report) {
            table(out, known.name, known.label(report.edition));
        }
        table_of(known, report, out);
    }
}

/// True if a table needs a head: one that must be there, or one in which something is filled.
fn is_used(known: &KeyTable, report: &Report) -> bool {
    let must = keys::ROOT.keys.iter().any(|key| key.required && key.name == known.name);
    let is_filled = |key: &Key| value_of(key, 0, report).is_some();
    let has_parts = |key: &Key| {
        known.inner(key).is_some_and(|inner| inner.list.is_some() && inner.count(report) > 0)
    };
    let has_fee = known.name == keys::OTHER.name && report.other.handling_fee.is_some();
    must || has_fee || known.keys.iter().any(|key| is_filled(key) || has_parts(key))
}

/// The lines of the keys of one table that are filled.
fn values(known: &KeyTable, index: usize, report: &Report, remarks: bool, out: &mut String) {
    for key in known.keys {
        if let Some(value) = value_of(key, index, report) {
            let remark = if remarks { remark(key, &value, report.edition) } else { "" };
            entry(out, key.name, &value, remark);
        } else if known.inner(key).is_some_and(|inner| inner.name == keys::HANDLING_FEE.name)
            && report.other.handling_fee.is_some()
        {
            let value = FigureRow::handling_fee().value(report);
            let value = value.unwrap_or_else(|| "{ }".to_owned());
            line(out, key.name, &value, key.label(report.edition));
        }
    }
}

/// The remark behind a value: the label of its key, or what the word means that names the form.
pub(super) fn remark(key: &Key, value: &KeyValue, edition: Edition) -> &'static str {
    let choices = key.choices();
    let chosen = choices.iter().find(|(word, _)| *value == KeyValue::Line((*word).to_owned()));
    match chosen.filter(|(word, _)| Edition::from_key(word).is_some()) {
        Some((_, notice)) => notice,
        None => key.label(edition),
    }
}

/// The value of a key in a report, if it is filled.
pub(super) fn value_of(key: &Key, index: usize, report: &Report) -> Option<KeyValue> {
    key.field.as_ref().and_then(|field| (field.get)(report, index))
}

/// A key with its value; a text of paragraphs on lines of its own.
fn entry(out: &mut String, key: &str, value: &KeyValue, remark: &str) {
    match value {
        KeyValue::Text(typed) => {
            let _ = writeln!(out, "{key} = {}", text_literal(typed));
        }
        value => line(out, key, &literal(value), remark),
    }
}

fn disclosure(report: &Report, out: &mut String) {
    if report.disclosure.is_empty() {
        return;
    }
    table(out, "disclosure", report.form().section_title(Section::Disclosure));
    for block in report.form().disclosure.blocks {
        for (row, label) in block.rows {
            let Some(value) = FigureRow::disclosure(block, *row).value(report) else { continue };
            let labels: Vec<&str> = block.columns.iter().map(|(_, label)| *label).collect();
            line(out, row.key(), &value, &format!("{label}：{}", labels.join("、")));
        }
    }
}

fn requests(report: &Report, out: &mut String) {
    if report.requests.is_empty() {
        return;
    }
    let form = &report.form().requests;
    table(out, "requests", report.form().section_title(Section::Requests));
    let columns: Vec<&str> = form.columns.iter().map(|c| c.label).collect();
    let _ = writeln!(out, "# 各列依次为：{}（最后的总计可以不写）", columns.join("、"));
    for row in form.rows {
        let group = match row.place {
            RequestRowPlace::Grouped(group) => form.group_label(group),
            RequestRowPlace::Top | RequestRowPlace::Outcome => "",
        };
        if let Some(value) = FigureRow::requests(row.row).value(report) {
            line(out, row.row.key(), &value, &format!("{group}{}", row.label));
        }
    }
}

fn challenges(report: &Report, out: &mut String) {
    if report.challenges.is_empty() {
        return;
    }
    let form = &report.form().challenges;
    table(out, "challenges", report.form().section_title(Section::Challenges));
    let columns: Vec<&str> = form.columns.iter().map(|(_, label)| *label).collect();
    let _ = writeln!(out, "# 各列依次为：{}（最后的总计可以不写）", columns.join("、"));
    for proceeding in Proceeding::ALL {
        if let Some(value) = FigureRow::challenges(*proceeding).value(report) {
            line(out, proceeding.key(), &value, form.proceeding_label(*proceeding));
        }
    }
}

fn table(out: &mut String, name: &str, label: &str) {
    let _ = write!(out, "\n[{name}]  # {label}\n");
}
