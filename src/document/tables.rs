//! The three national tables: forms and figures to cells.

use super::notes::{self, Notes};
use super::{Cell, CellKind, Row, RowGroup, Table, TableKind, wording};
use crate::edition::{
    Axis, ChallengesTable, DisclosureTable, Form, Proceeding, RequestRowPlace, RequestsTable,
    Section,
};
use crate::report::{Challenges, Disclosure, Entry, FieldPath, Figure, Report, Requests};

pub(super) fn disclosure_table(form: &DisclosureTable, report: &Report, whole: &Form) -> Table {
    let notes = Notes::of(report, "disclosure", whole);
    let n_columns = form.column_widths.len();
    let groups = form
        .blocks
        .iter()
        .map(|block| {
            // The last column of figures takes the width that the others leave.
            let columns = || {
                let last = n_columns.saturating_sub(block.columns.len()).max(1);
                let n = block.columns.len();
                block.columns.iter().enumerate().map(move |(i, (column, label))| {
                    (*column, *label, if i + 1 == n { last } else { 1 })
                })
            };
            let mut labels = vec![column_head(block.item_label, 1, 1)];
            labels.extend(columns().map(|(_, label, span)| column_head(label, span, 1)));
            let head = vec![
                Row { cells: vec![column_head(block.title, n_columns, 1)] },
                Row { cells: labels },
            ];
            let body = block.rows.iter().map(|(row, label)| {
                let mut cells =
                    vec![marked(row_head(label, 1, 1), &notes, &Disclosure::row_path(*row))];
                cells.extend(columns().map(|(column, _, span)| {
                    let text = report.disclosure.entry(*row, column).to_string();
                    figure(text, Disclosure::path(*row, column), span, report, &notes)
                }));
                Row { cells }
            });
            RowGroup { head, body: body.collect() }
        })
        .collect();
    Table {
        kind: TableKind::Disclosure,
        caption: caption(whole, Section::Disclosure),
        column_widths: form.column_widths.to_vec(),
        groups,
        notes: notes.texts,
    }
}

pub(super) fn requests_table(form: &RequestsTable, report: &Report, whole: &Form) -> Table {
    let notes = Notes::of(report, "requests", whole);
    let n_labels = form.column_widths.len() - form.columns.len();
    let n_outcome = form.rows.iter().filter(|r| r.place != RequestRowPlace::Top).count();
    let mut outcome_begun = false;
    let mut group_begun = None;
    let mut body = Vec::new();
    for row in form.rows {
        let mut cells = Vec::new();
        let label =
            |span| marked(row_head(row.label, span, 1), &notes, &Requests::row_path(row.row));
        if row.place != RequestRowPlace::Top && !outcome_begun {
            outcome_begun = true;
            let head = row_head(form.outcome_label, 1, n_outcome);
            cells.push(marked(head, &notes, &FieldPath::new("requests.outcome")));
        }
        match row.place {
            RequestRowPlace::Top => cells.push(label(n_labels)),
            RequestRowPlace::Outcome => cells.push(label(n_labels - 1)),
            RequestRowPlace::Grouped(group) => {
                if group_begun != Some(group) {
                    group_begun = Some(group);
                    let name = form.group_label(group);
                    let head = row_head(name, 1, form.group_rows(group).count());
                    cells.push(marked(head, &notes, &Requests::row_path(row.row).parent()));
                }
                cells.push(label(n_labels - 2));
            }
        }
        cells.extend(form.columns.iter().map(|column| {
            let text = printed(
                &report.requests.figure(form, row.row, column.column),
                report.requests.entry(row.row, column.column),
            );
            figure(text, Requests::path(row.row, column.column), 1, report, &notes)
        }));
        body.push(Row { cells });
    }
    Table {
        kind: TableKind::Requests,
        caption: caption(whole, Section::Requests),
        column_widths: form.column_widths.to_vec(),
        groups: vec![RowGroup { head: requests_head(form, n_labels), body }],
        notes: notes.texts,
    }
}

/// The three rows of heads: applicants, the organisations among them, and each kind.
fn requests_head(form: &RequestsTable, n_labels: usize) -> Vec<Row> {
    let n_organisations = form.columns.iter().filter(|c| c.organisation).count();
    let mut second = Vec::new();
    let mut third = Vec::new();
    for column in form.columns {
        if !column.organisation {
            second.push(column_head(column.label, 1, 2));
            continue;
        }
        if third.is_empty() {
            second.push(column_head(form.organisations_label, n_organisations, 1));
        }
        third.push(column_head(column.label, 1, 1));
    }
    let first = vec![
        label_cell(CellKind::Corner, form.corner, n_labels, 3),
        column_head(form.applicants_label, form.columns.len(), 1),
    ];
    vec![Row { cells: first }, Row { cells: second }, Row { cells: third }]
}

pub(super) fn challenges_table(form: &ChallengesTable, report: &Report, whole: &Form) -> Table {
    let notes = Notes::of(report, "challenges", whole);
    let n = form.columns.len();
    let head = |label, proceeding| {
        marked(column_head(label, n, 1), &notes, &Challenges::row_path(proceeding))
    };
    let first = vec![
        head(form.reconsideration_label, Proceeding::Reconsideration),
        column_head(form.litigation_label, 2 * n, 1),
    ];
    let mut second: Vec<Cell> =
        form.columns.iter().map(|(_, label)| column_head(label, 1, 2)).collect();
    second.push(head(form.direct_label, Proceeding::LitigationDirect));
    second.push(head(form.after_label, Proceeding::LitigationAfter));
    let third = form
        .columns
        .iter()
        .chain(form.columns)
        .map(|(_, label)| column_head(label, 1, 1))
        .collect();
    let figures = Proceeding::ALL.iter().flat_map(|proceeding| {
        form.columns.iter().map(|(column, _)| {
            let text = printed(
                &report.challenges.figure(*proceeding, *column),
                report.challenges.entry(*proceeding, *column),
            );
            figure(text, Challenges::path(*proceeding, *column), 1, report, &notes)
        })
    });
    Table {
        kind: TableKind::Challenges,
        caption: caption(whole, Section::Challenges),
        column_widths: form.column_widths.to_vec(),
        groups: vec![RowGroup {
            head: vec![Row { cells: first }, Row { cells: second }, Row { cells: third }],
            body: vec![Row { cells: figures.collect() }],
        }],
        notes: notes.texts,
    }
}

fn printed(figure: &Figure, entry: &Entry) -> String {
    match figure {
        Figure::Typed(count) | Figure::Computed(count) => count.to_string(),
        Figure::Missing => entry.to_string(),
    }
}

fn caption(form: &Form, section: Section) -> String {
    wording::without_number(form.section_title(section)).to_owned()
}

fn column_head(label: &str, column_span: usize, row_span: usize) -> Cell {
    label_cell(CellKind::ColumnHead, label, column_span, row_span)
}

fn row_head(label: &str, column_span: usize, row_span: usize) -> Cell {
    label_cell(CellKind::RowHead, label, column_span, row_span)
}

fn label_cell(kind: CellKind, label: &str, column_span: usize, row_span: usize) -> Cell {
    let text = label.to_owned();
    Cell { kind, text, note: None, mark: None, column_span, row_span, origin: None }
}

/// A cell with the mark of the note on its row.
fn marked(cell: Cell, notes: &Notes, row: &FieldPath) -> Cell {
    Cell { mark: notes.mark_of_row(row), ..cell }
}

fn figure(text: String, at: FieldPath, column_span: usize, report: &Report, notes: &Notes) -> Cell {
    let note = notes::in_cell(report, &at);
    let mark = notes.mark_of_cell(&at);
    let text = wording::with_minus(text);
    Cell { kind: CellKind::Figure, text, note, mark, column_span, row_span: 1, origin: Some(at) }
}

#[cfg(test)]
mod tests {
    use super::super::{Block, TableGrid, build};
    use super::*;
    use crate::edition::Edition;

    #[test]
    fn every_table_of_every_form_fills_its_grid() {
        let expected = [
            (Edition::Y2019, [(18, 4), (26, 10), (4, 15)]),
            (Edition::Y2021, [(14, 4), (28, 10), (4, 15)]),
            (Edition::Rehearsal, [(14, 4), (29, 10), (4, 15)]),
        ];
        assert!(expected.iter().map(|(edition, _)| edition).eq(Edition::ALL));
        for (edition, expected) in &expected {
            let document = build(&Report::empty(*edition), true);
            let tables: Vec<&Table> = document.tables().collect();
            let sizes: Vec<_> = tables
                .iter()
                .map(|table| {
                    let grid = TableGrid::of(table);
                    assert!(grid.is_closed(), "{:?} of {edition:?} has a hole", table.kind);
                    (grid.n_rows, grid.n_columns)
                })
                .collect();
            assert_eq!(sizes, expected);
        }
    }

    #[test]
    fn heads_speak_for_their_cells() {
        let document = build(&Report::empty(Edition::Y2021), true);
        let table = document
            .blocks
            .iter()
            .find_map(|b| match b {
                Block::Table(t) if t.kind == TableKind::Requests => Some(t),
                _ => None,
            })
            .unwrap();
        let grid = TableGrid::of(table);
        // The row 1.本机关不掌握相关政府信息, the column 法律服务机构.
        let heads = grid.heads_of(grid.index_at(15, 7).unwrap());
        let labels: Vec<_> = heads.iter().map(|i| grid.cells[*i].cell.text.as_str()).collect();
        assert_eq!(
            labels,
            [
                "申请人情况",
                "法人或其他组织",
                "法律服务机构",
                "三、本年度办理结果",
                "（四）无法提供",
                "1.本机关不掌握相关政府信息"
            ]
        );
    }
}
