//! Remarks on cells, rows and tables: in the cell, or under the table.

use super::wording;
use crate::edition::{Cell, Form};
use crate::report::{FieldPath, Note, Report};

/// What is printed in a cell behind its figure, with its brackets.
pub(super) fn in_cell(report: &Report, at: &FieldPath) -> Option<String> {
    let own = report.notes.iter().filter(|note| note.at == *at && stands_in_cell(note));
    let notes: Vec<&str> = own.map(|note| note.text.trim()).collect();
    (!notes.is_empty()).then(|| format!("（{}）", notes.join("；")))
}

/// Whether a note on a cell is short enough to stand in it; the columns of tables 2 and 3 are narrow.
fn stands_in_cell(note: &Note) -> bool {
    let most = if note.at.is_within(&FieldPath::new("disclosure")) { 20 } else { 6 };
    note.text.trim().chars().count() <= most
}

/// The notes under a table: those on the table itself, and those on a row or a cell, which name it.
pub(super) fn under_table(report: &Report, table: &str, form: &Form) -> Vec<String> {
    let table_path = FieldPath::new(table);
    let texts: Vec<String> = report
        .notes
        .iter()
        .filter(|note| note.at.is_within(&table_path))
        .filter_map(|note| {
            let text = note.text.trim();
            if note.at == table_path {
                return Some(text.to_owned());
            }
            if cell_at(form, &note.at).is_some() && stands_in_cell(note) {
                return None;
            }
            name(form, &note.at).map(|name| format!("{name}：{text}"))
        })
        .collect();
    match texts.as_slice() {
        [] => Vec::new(),
        [only] => vec![format!("注：{}", wording::closed(only))],
        many => many
            .iter()
            .enumerate()
            .map(|(i, text)| {
                let head = if i == 0 { "注：" } else { "" };
                format!("{head}{}.{}", i + 1, wording::closed(text))
            })
            .collect(),
    }
}

/// The cell at `path`; none when a whole row or table is meant.
fn cell_at(form: &Form, path: &FieldPath) -> Option<Cell> {
    form.cells().find(|cell| FieldPath::of(*cell) == *path)
}

/// What the cell or the row at `path` is called.
fn name(form: &Form, path: &FieldPath) -> Option<String> {
    if let Some(cell) = cell_at(form, path) {
        return Some(format!("“{}”的“{}”", form.row_name(cell), form.column_name(cell)));
    }
    let in_row = form.cells().find(|cell| FieldPath::row_of(*cell) == *path)?;
    Some(format!("“{}”", form.row_name(in_row)))
}

#[cfg(test)]
mod tests {
    use super::super::{Block, Table, build};
    use super::*;
    use crate::edition::Edition;

    #[test]
    fn short_notes_stand_in_their_cell_and_others_name_what_they_speak_of() {
        let mut report = Report::empty(Edition::Y2021);
        for (at, text) in [
            ("disclosure.normative_documents.issued", "其中修订16件"),
            ("requests.outcome.granted.total", "含上年度结转的申请数量"),
            ("requests.received", "含上年度转办"),
            ("requests.outcome.other.other", "均由申请人撤回"),
            ("disclosure.licences", "含省、市、县三级委托事项和本年度新承接的事项"),
            ("challenges", "含上年度案件。"),
            ("challenges.reconsideration.upheld", "含撤回"),
        ] {
            report.notes.push(Note { at: FieldPath::new(at), text: text.into() });
        }
        let document = build(&report, true);
        let tables: Vec<&Table> = document
            .blocks
            .iter()
            .filter_map(|b| if let Block::Table(t) = b { Some(t) } else { None })
            .collect();
        let in_cells = |table: &Table| -> Vec<String> {
            table
                .rows()
                .flat_map(|row| row.cells.iter().filter_map(|cell| cell.note.clone()))
                .collect()
        };
        assert_eq!(in_cells(tables[0]), ["（其中修订16件）"]);
        assert_eq!(
            tables[0].notes,
            ["注：“行政许可”的“本年处理决定数量”：含省、市、县三级委托事项和本年度新承接的事项。"]
        );
        assert!(in_cells(tables[1]).is_empty());
        assert_eq!(
            tables[1].notes,
            [
                "注：1.“（一）予以公开”的“总计”：含上年度结转的申请数量。",
                "2.“一、本年新收政府信息公开申请数量”：含上年度转办。",
                // There is more than one row of that name.
                "3.“（六）其他处理 3.其他”：均由申请人撤回。"
            ]
        );
        assert_eq!(
            (in_cells(tables[2]), tables[2].notes.len()),
            (vec!["（含撤回）".to_owned()], 1)
        );
    }
}
