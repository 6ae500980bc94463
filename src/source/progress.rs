//! The items of a data file: filled or not, and the place of each.

use super::edit::kept_line;
use super::keys::{KEY_TABLES, KeyKind};
use super::rows::{FigureRow, TOTAL};
use super::{Position, SourceFile};
use crate::edition::Section;
use crate::report::{FieldPath, Report};

/// Something that every report has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its address.
    pub path: FieldPath,
    /// True if it is filled, rightly or not.
    pub is_filled: bool,
    /// The number of the line that a starter keeps for it after `#`, where that is still there.
    pub line: Option<usize>,
}

/// All that must be filled in a report, in the order of the form: keys, rows of the three tables, the handling
/// fee, and the two sections in words.
pub fn items(source: &SourceFile, report: &Report) -> Vec<Item> {
    let mut filled: Vec<(FieldPath, bool)> = Vec::new();
    for table in KEY_TABLES.iter().filter(|table| table.list.is_none()) {
        for key in table.keys.iter().filter(|key| key.required || key.kind == KeyKind::Date) {
            let Some(field) = key.field.as_ref().filter(|_| key.required || !key.aside) else {
                continue;
            };
            if table.name != "rules" && !table.name.is_empty() {
                let is_filled = (field.get)(report, 0).is_some();
                filled.push((FieldPath::new(table.name).key(key.name), is_filled));
            }
        }
    }
    let is_words = |section: &Section| matches!(section, Section::Overview | Section::Problems);
    for title in report.form().sections.iter().filter(|title| is_words(&title.section)) {
        let narrative =
            if title.section == Section::Overview { &report.overview } else { &report.problems };
        let path = FieldPath::new(crate::edition::Axis::key(title.section)).key("text");
        filled.push((path, !narrative.is_empty()));
    }
    for row in FigureRow::all(report.form()) {
        let mut parts = row.columns.iter().filter(|(key, _)| *key != TOTAL);
        let is_filled = parts.all(|(_, figure)| !figure.typed(report).is_absent());
        let is_sum = row.columns.iter().all(|(_, figure)| figure.is_sum());
        if !is_sum {
            filled.push((row.path, is_filled));
        }
    }
    filled
        .into_iter()
        .map(|(path, is_filled)| {
            let kept = if is_filled { None } else { kept_line(source, &path) };
            let line = kept.map(|at| Position::of(source.text(), at).line);
            Item { is_filled: is_filled || report.is_unclear(&path), path, line }
        })
        .collect()
}
