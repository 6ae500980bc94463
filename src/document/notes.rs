//! Remarks on cells, rows and tables: in the cell, or under the table with a mark at the cell.

use super::wording;
use super::words::without_typed_gaps;
use crate::edition::{Cell, Form};
use crate::report::{FieldPath, Note, Report};

/// The remark behind a cell's figure, with its brackets.
pub(super) fn in_cell(report: &Report, at: &FieldPath) -> Option<String> {
    let own = report.notes.iter().filter(|note| note.at == *at && stands_in_cell(note));
    let notes: Vec<String> = own.map(|note| without_typed_gaps(note.text.trim())).collect();
    (!notes.is_empty()).then(|| format!("（{}）", notes.join("；")))
}

/// True if a note on a cell is short enough to stand in it; the columns of tables 2 and 3 are narrow.
fn stands_in_cell(note: &Note) -> bool {
    let most = if note.at.is_within(&FieldPath::new("disclosure")) { 20 } else { 6 };
    note.text.trim().chars().count() <= most
}

/// The notes under a table, and the marks of what they speak of.
pub(super) struct Notes {
    /// The notes as they are printed: those on the whole table, then those on rows and cells in their
    /// order.
    pub(super) texts: Vec<String>,
    /// The cells and rows with a note of their own, in their order, and whether each is a cell.
    marked: Vec<(FieldPath, bool)>,
}

impl Notes {
    /// The notes of a report under one of its tables.
    pub(super) fn of(report: &Report, table: &str, form: &Form) -> Self {
        let table = FieldPath::new(table);
        let mut on_table = Vec::new();
        let mut on_cells: Vec<(usize, FieldPath, String)> = Vec::new();
        for note in report.notes.iter().filter(|note| note.at.is_within(&table)) {
            let text = wording::closed(&without_typed_gaps(note.text.trim()));
            if cell_at(form, &note.at).is_some() && stands_in_cell(note) {
                continue;
            }
            let is_there =
                |cell: &FieldPath| if note.at == table { false } else { cell.is_within(&note.at) };
            // Of a group of rows, the first.
            let place = form.cells().position(|cell| is_there(&FieldPath::of(cell)));
            match (place, on_cells.iter_mut().find(|(_, at, _)| *at == note.at)) {
                (_, Some((_, _, more))) => more.push_str(&text),
                (Some(place), None) => on_cells.push((place, note.at.clone(), text)),
                (None, None) => on_table.push(text),
            }
        }
        on_cells.sort_by_key(|(place, ..)| *place);
        let mut texts = match on_table.as_slice() {
            [only] => vec![format!("注：{only}")],
            many => many
                .iter()
                .enumerate()
                .map(|(i, text)| format!("{}{}.{text}", if i == 0 { "注：" } else { "" }, i + 1))
                .collect(),
        };
        texts.extend(
            on_cells.iter().enumerate().map(|(i, (_, _, text))| format!("{}：{text}", mark(i))),
        );
        let with_kind = |(_, at, _): (usize, FieldPath, String)| {
            let is_cell = cell_at(form, &at).is_some();
            (at, is_cell)
        };
        Self { texts, marked: on_cells.into_iter().map(with_kind).collect() }
    }

    /// The mark of a cell that has a note.
    pub(super) fn mark_of_cell(&self, at: &FieldPath) -> Option<String> {
        self.marked.iter().position(|(marked, is_cell)| *is_cell && marked == at).map(mark)
    }

    /// The mark of a row, or a group of rows, that has a note as a whole.
    pub(super) fn mark_of_row(&self, at: &FieldPath) -> Option<String> {
        self.marked.iter().position(|(marked, is_cell)| !is_cell && marked == at).map(mark)
    }
}

/// `注①`, `注②` …, counted from 0.
fn mark(index: usize) -> String {
    const CIRCLED: &str = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳";
    match CIRCLED.chars().nth(index) {
        Some(number) => format!("注{number}"),
        None => format!("注{}", index + 1),
    }
}

/// The cell at `path`; none when a whole row or table is meant.
fn cell_at(form: &Form, path: &FieldPath) -> Option<Cell> {
    form.cells().find(|cell| FieldPath::of(*cell) == *path)
}

#[cfg(test)]
mod tests {
    use super::super::{Block, Table, build};
    use super::*;
    use crate::edition::Edition;

    #[test]
    fn short_notes_stand_in_their_cell_and_marks_lead_to_the_others() {
        let mut report = Report::empty(Edition::Y2021);
        for (at, text) in [
            ("disclosure.normative_documents.issued", "其中修订16件"),
            ("requests.outcome.granted.total", "含上年度结转的申请数量"),
            ("requests.received", "含上年度转办"),
            ("requests.outcome.refused", "均已说明理由"),
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
        let marked = |table: &Table| -> Vec<String> {
            let cells = table.rows().flat_map(|row| &row.cells);
            cells.filter_map(|cell| Some(format!("{}{}", cell.text, cell.mark.as_ref()?))).collect()
        };
        assert_eq!(tables[0].notes, ["注①：含省、市、县三级委托事项和本年度新承接的事项。"]);
        assert_eq!(marked(tables[0]), ["〔未填〕注①"]);
        assert_eq!(tables[0].note_of("注①"), Some(0));
        assert!(in_cells(tables[1]).is_empty());
        assert_eq!(
            tables[1].notes,
            [
                "注①：含上年度转办。",
                "注②：含上年度结转的申请数量。",
                "注③：均已说明理由。",
                "注④：均由申请人撤回。"
            ]
        );
        assert_eq!(
            marked(tables[1]),
            [
                "一、本年新收政府信息公开申请数量注①",
                "〔未填〕注②",
                "（三）不予公开注③",
                "3.其他注④"
            ]
        );
        assert_eq!(
            (in_cells(tables[2]), tables[2].notes.len()),
            (vec!["（含撤回）".to_owned()], 1)
        );
    }
}
