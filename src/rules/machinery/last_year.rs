//! Shared by the rules across years: which report is that of the year before, and what it is called.

use crate::diag::{Diagnostic, Label, Place};
use crate::edition::{Cell, comparable};
use crate::report::{FieldPath, Report};

/// True if both reports name the same body, as far as they name one. A body of another name may have been
/// merged or split, so its figures need not go on from those of last year.
pub(in crate::rules) fn of_same_body(report: &Report, last: &Report) -> bool {
    match (&report.agency.name, &last.agency.name) {
        (Some(name), Some(before)) => name.trim() == before.trim(),
        _ => true,
    }
}

/// The cells that mean the same in both reports.
pub(in crate::rules) fn cells(report: &Report, last: &Report) -> impl Iterator<Item = Cell> {
    comparable(last.edition, report.edition)
}

/// True if the figure of a cell, or of a value that is no figure of the tables, means the same in both
/// reports.
pub(in crate::rules) fn is_comparable(report: &Report, last: &Report, path: &FieldPath) -> bool {
    let of_tables = ["disclosure", "requests", "challenges"]
        .iter()
        .any(|table| path.is_within(&FieldPath::new(*table)));
    last.edition == report.edition
        || !of_tables
        || cells(report, last).any(|cell| FieldPath::of(cell) == *path)
}

/// The name of last year's data file as this year's gives it.
pub(in crate::rules) fn file(report: &Report) -> &str {
    report.header.previous.as_deref().unwrap_or("上一年度数据文件")
}

/// The reason why a rule could not be judged: last year's file lacks something.
pub(in crate::rules) fn not_filled(report: &Report, what: &str) -> String {
    format!("上年的数据（{}）没有填写{what}", file(report))
}

/// Shows a figure of last year beside a finding, at the line that names last year's file.
pub(in crate::rules) fn relate(
    report: &Report,
    finding: &mut Diagnostic,
    label: impl Into<String>,
) {
    if report.header.previous.is_some() {
        let place = Place::Value(FieldPath::new("report.previous"));
        finding.related.push(Label::new(place, label));
    }
}

/// True if a note on one of the values gives a reason.
pub(in crate::rules) fn is_explained(report: &Report, values: &[FieldPath]) -> bool {
    report.notes.iter().any(|note| values.contains(&note.at) && !note.text.trim().is_empty())
}

/// True if a note under a table gives a reason, as `explains` tells from its text.
pub(in crate::rules) fn is_explained_below(
    report: &Report,
    table: &str,
    explains: impl Fn(&str) -> bool,
) -> bool {
    report.notes.iter().any(|note| note.at.as_str() == table && explains(&note.text))
}

/// A note on a value, as it is to be written.
pub(in crate::rules) fn note(at: &FieldPath) -> String {
    format!("[[notes]] 下写 at = \"{at}\" 和 text = \"……\"")
}
