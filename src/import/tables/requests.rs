//! Table 2: applications by what became of them and by who made them.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::super::letters::{key, likeness};
use super::super::sheet::{Grid, GridCell};
use super::labels::{Fit, Label, near, same};
use super::value::{Value, value};
use super::{Columns, Found, Grids, Tables, Under, under};
use crate::diag::Severity;
use crate::edition::{Axis, Cell, Form, NumberKind, RequestColumn, RequestRow, RequestRowPlace};

/// From how many rows on a table is part of table 2.
const FEW: usize = 2;

fn labels(form: &Form) -> Vec<Label<RequestRow>> {
    let rows = form.requests.rows.iter();
    rows.map(|row| Label::new(row.row, row.label, form.request_row_also(row.row))).collect()
}

/// The number of rows of the tables with labels that only this form has.
pub(super) fn n_own_labels(grids: &Grids<'_>, form: &Form) -> usize {
    let own = labels(form);
    let cells = grids.all.iter().flat_map(|(_, grid)| &grid.cells);
    cells.filter(|cell| matches!(same(&own, &cell.text), Some((_, Fit::Exact)))).count()
}

/// A row of a table with the words that may be its label.
struct LabelledRow<'a> {
    /// The index of the table among the pieces, and the row in it.
    piece: usize,
    row: usize,
    /// The cell of its label.
    cell: usize,
    text: &'a str,
    meant: Option<(RequestRow, Fit)>,
}

/// A table, or what a page break left of one.
struct Piece<'a> {
    block: usize,
    grid: &'a Grid,
    columns: Vec<Columns<RequestColumn>>,
    has_heads: bool,
    /// The last row of its heads.
    head: Option<usize>,
}

pub(super) fn read(grids: &Grids<'_>, form: &'static Form, tables: &mut Tables) {
    let own = labels(form);
    let is_part = |grid: &Grid| {
        let rows = grid.cells.iter().filter(|cell| same(&own, &cell.text).is_some());
        rows.count() >= FEW || heads(grid, form).0.len() == RequestColumn::ALL.len()
    };
    let parts = grids.all.iter().filter(|(_, grid)| is_part(grid));
    let mut pieces: Vec<Piece<'_>> = Vec::new();
    for (block, grid) in parts {
        let piece = piece(*block, grid, pieces.last(), form);
        pieces.push(piece);
    }
    let mut rows = Vec::new();
    for (i, piece) in pieces.iter().enumerate() {
        mark_heads(piece, i, form, tables);
        rows.extend(rows_of(piece, i, &own));
    }
    approximate(&mut rows, &own, form);
    tables.n_reports =
        rows.iter().filter(|row| matches!(row.meant, Some((RequestRow::Received, _)))).count();
    let mut seen: BTreeMap<RequestRow, ()> = BTreeMap::new();
    for row in &rows {
        let Some((meant, fit)) = row.meant else { continue };
        let piece = &pieces[row.piece];
        let at = (piece.block, row.cell);
        tables.placed.insert(at);
        mark_groups(piece, row, form, tables);
        tables.mark(row.text, Cell::Requests(meant, RequestColumn::Total));
        label_remark(form, meant, fit, row.text, at, tables);
        let is_again = match seen.entry(meant) {
            Entry::Vacant(place) => {
                place.insert(());
                false
            }
            Entry::Occupied(_) => true,
        };
        figures(piece, row, (meant, fit), is_again, tables);
    }
}

/// The heads of a table: the columns under each, and the last row of heads.
fn heads(grid: &Grid, form: &Form) -> (Vec<Columns<RequestColumn>>, Option<usize>) {
    let mut found: Vec<Columns<RequestColumn>> = Vec::new();
    let mut last = None;
    for column in form.requests.columns {
        let wanted = key(column.label);
        let mut cells = grid.cells.iter().filter(|cell| key(&cell.text) == wanted);
        // A table that begins again on a page repeats its heads at the same place.
        if let Some(cell) = cells.next()
            && cells.all(|other| other.column == cell.column && other.columns == cell.columns)
        {
            let columns = (cell.column, cell.column + cell.columns - 1);
            found.push(Columns { meant: column.column, first: columns.0, last: columns.1 });
            last = last.max(Some(cell.row + cell.rows - 1));
        }
    }
    let mut ranges: Vec<(usize, usize)> = found.iter().map(|c| (c.first, c.last)).collect();
    ranges.sort_unstable();
    let is_apart = ranges.windows(2).all(|pair| pair[0].1 < pair[1].0);
    if is_apart { (found, last) } else { (Vec::new(), None) }
}

fn piece<'a>(block: usize, grid: &'a Grid, before: Option<&Piece<'_>>, form: &Form) -> Piece<'a> {
    let (found, head) = heads(grid, form);
    let n = RequestColumn::ALL.len();
    if found.len() == n {
        return Piece { block, grid, columns: found, has_heads: true, head };
    }
    // What a page break left goes on under the heads of the page before.
    let goes_on = |before: &&Piece<'_>| {
        before.grid.n_columns == grid.n_columns && !has_figure_before(grid, &before.columns)
    };
    if let Some(before) = before.filter(goes_on) {
        let columns = before.columns.clone();
        return Piece { block, grid, columns, has_heads: before.has_heads, head: None };
    }
    let used: Vec<usize> = (0..grid.n_columns)
        .filter(|column| (0..grid.n_rows).any(|row| !grid.text(row, *column).is_empty()))
        .collect();
    let last = used.len().saturating_sub(n);
    let by_place = used[last..].iter().zip(RequestColumn::ALL);
    let columns = by_place.map(|(at, meant)| Columns { meant: *meant, first: *at, last: *at });
    Piece { block, grid, columns: columns.collect(), has_heads: false, head }
}

/// The rows of a piece with the cell that may be the label of each.
fn rows_of<'a>(piece: &Piece<'a>, index: usize, own: &[Label<RequestRow>]) -> Vec<LabelledRow<'a>> {
    let first_column = piece.columns.iter().map(|c| c.first).min().unwrap_or(0);
    let mut rows = Vec::new();
    for row in 0..piece.grid.n_rows {
        let cells = piece.grid.row(row);
        let cells = cells.into_iter().filter(|i| piece.grid.cells[*i].column < first_column);
        // A cell that goes on from the row above is the name of a group.
        let of_row = |i: &usize| {
            let cell = &piece.grid.cells[*i];
            cell.row == row && !cell.text.is_empty()
        };
        let mut labels: Vec<usize> = cells.filter(of_row).collect();
        labels.reverse();
        let known = labels.iter().find_map(|i| {
            let fit = same(own, &piece.grid.cells[*i].text)?;
            Some((*i, Some(fit)))
        });
        let Some((cell, meant)) = known.or_else(|| labels.first().map(|i| (*i, None))) else {
            continue;
        };
        let text = piece.grid.cells[cell].text.as_str();
        rows.push(LabelledRow { piece: index, row, cell, text, meant });
    }
    rows
}

/// Gives rows whose labels are only nearly those of the form the place that is free between their neighbours.
fn approximate(rows: &mut [LabelledRow<'_>], own: &[Label<RequestRow>], form: &Form) {
    let order = |row: RequestRow| form.requests.rows.iter().position(|r| r.row == row);
    for i in 0..rows.len() {
        if rows[i].meant.is_some() {
            continue;
        }
        let place = |row: &LabelledRow<'_>| row.meant.and_then(|(meant, _)| order(meant));
        let above = rows[..i].iter().rev().find_map(place);
        let below = rows[i + 1..].iter().find_map(place);
        let is_free =
            |meant: RequestRow| !rows.iter().any(|row| row.meant.map(|m| m.0) == Some(meant));
        let fits = |meant: RequestRow| {
            order(meant).is_some_and(|at| {
                above.is_none_or(|above| at > above) && below.is_none_or(|below| at < below)
            }) && is_free(meant)
        };
        rows[i].meant = near(own, rows[i].text, fits).map(|meant| (meant, Fit::Near));
    }
}

/// The figures of a row.
fn figures(
    piece: &Piece<'_>,
    row: &LabelledRow<'_>,
    (meant, fit): (RequestRow, Fit),
    is_again: bool,
    tables: &mut Tables,
) {
    let grid = piece.grid;
    let found: Vec<(RequestColumn, Under)> =
        piece.columns.iter().map(|c| (c.meant, under(grid, row.row, c, &piece.columns))).collect();
    let is_shifted = shifted(piece, row, &found, tables);
    for (column, under) in found {
        let (index, trouble) = match under {
            Under::One(index) => (index, None),
            Under::Unsure(index, why) => (index, Some(why)),
            Under::Nothing => (row.cell, Some("没有这一格")),
        };
        let is_missing = trouble == Some("没有这一格");
        let trouble = if is_shifted { Some("这一行的格数不对") } else { trouble };
        let text = &grid.cells[index].text;
        let value = if is_missing { Value::Blank } else { value(text, NumberKind::Count) };
        let at = (piece.block, index);
        tables.placed.insert(at);
        let found = Found {
            value,
            row: fit,
            has_head: piece.has_heads,
            is_whole: !is_shifted,
            at,
            trouble,
        };
        let cell = Cell::Requests(meant, column);
        match tables.cells.entry(cell) {
            Entry::Vacant(place) => {
                place.insert(found);
            }
            Entry::Occupied(mut known) => {
                // A page that repeats a row changes nothing.
                if is_again && known.get().value != found.value {
                    known.get_mut().trouble = Some("这一行出现了两次，数不一样");
                }
            }
        }
    }
}

/// True if a figure stands left of some columns: as many columns as on the page before, and others.
fn has_figure_before(grid: &Grid, columns: &[Columns<RequestColumn>]) -> bool {
    let first = columns.iter().map(|column| column.first).min().unwrap_or(0);
    let is_figure = |cell: &GridCell| {
        cell.column < first
            && matches!(value(&cell.text, NumberKind::Count), Value::Number { note: None, .. })
    };
    grid.cells.iter().any(is_figure)
}

/// True if a row has too few cells or too many, which is said.
fn shifted(
    piece: &Piece<'_>,
    row: &LabelledRow<'_>,
    found: &[(RequestColumn, Under)],
    tables: &mut Tables,
) -> bool {
    let grid = piece.grid;
    let n_all = RequestColumn::ALL.len();
    let n_there = found.iter().filter(|(_, under)| !matches!(under, Under::Nothing)).count();
    let last = piece.columns.iter().map(|c| c.last).max().unwrap_or(0);
    let first = piece.columns.iter().map(|c| c.first).min().unwrap_or(0);
    let is_loose = |column: usize| {
        let cell = grid.at(row.row, column).map(|i| &grid.cells[i]);
        let is_under = |c: &Columns<RequestColumn>| {
            cell.is_some_and(|cell| cell.column <= c.last && c.first < cell.column + cell.columns)
        };
        !piece.columns.iter().any(is_under) && !grid.text(row.row, column).is_empty()
    };
    let has_more = (first..grid.n_columns.max(last)).any(is_loose);
    if n_there == n_all && !has_more {
        return false;
    }
    let what = if has_more { "多出了格".to_owned() } else { format!("只有 {n_there} 格") };
    let message = format!("“{}”一行{what}，应为 {n_all} 格，分不清各是哪一列的数", row.text);
    tables.remark("NB310", Severity::Warning, (piece.block, row.cell), message);
    true
}

/// The cells above the rows are heads, those of a piece after the first repeated ones.
fn mark_heads(piece: &Piece<'_>, index: usize, form: &Form, tables: &mut Tables) {
    let table = &form.requests;
    let mut heads = vec![table.corner, table.applicants_label, table.organisations_label];
    heads.extend(table.columns.iter().map(|column| column.label));
    let heads: Vec<String> = heads.into_iter().map(key).collect();
    let is_head = |i: usize| {
        let words = key(&piece.grid.cells[i].text);
        heads.iter().any(|head| *head == words || likeness(head, &words) > 0.8)
    };
    // The heads stand again within a table where a page of it ended.
    let is_again = |row: usize| {
        let cells = piece.grid.row(row);
        cells.len() > 1 && cells.iter().all(|i| is_head(*i))
    };
    for (i, cell) in piece.grid.cells.iter().enumerate() {
        let is_above = piece.head.is_some_and(|head| cell.row <= head);
        if is_head(i) && (is_above || is_again(cell.row)) {
            let at = (piece.block, i);
            if index == 0 && is_above {
                tables.placed.insert(at)
            } else {
                tables.repeated.insert(at)
            };
        }
    }
}

/// The cells beside a row that name its group.
fn mark_groups(piece: &Piece<'_>, row: &LabelledRow<'_>, form: &Form, tables: &mut Tables) {
    let table = &form.requests;
    let mut names: Vec<String> = table.groups.iter().map(|(_, label)| key(label)).collect();
    names.push(key(table.outcome_label));
    for i in piece.grid.row(row.row) {
        let words = key(&piece.grid.cells[i].text);
        let at = (piece.block, i);
        if i == row.cell
            || words.is_empty()
            || !names.iter().any(|name| likeness(name, &words) > 0.5)
        {
            continue;
        }
        if !names.contains(&words) && tables.placed.insert(at) {
            let text = &piece.grid.cells[i].text;
            let message = format!("“{text}”与格式的栏目名称不一致");
            tables.remark("NB305", Severity::Warning, at, message);
        }
        tables.placed.insert(at);
    }
}

fn label_remark(
    form: &Form,
    meant: RequestRow,
    fit: Fit,
    printed: &str,
    at: super::At,
    tables: &mut Tables,
) {
    let Some(row) = form.requests.rows.iter().find(|row| row.row == meant) else { return };
    let is_undivided = meant == RequestRow::OtherOutcome
        && matches!(row.place, RequestRowPlace::Grouped(_))
        && key(printed)
            .contains(&key(form.requests.group_label(crate::edition::RequestGroup::Other)));
    if is_undivided {
        let message = format!("“{printed}”只有一行，是上一版格式的写法；2021 年版格式在这里分三行");
        tables.remark("NB209", Severity::Error, at, message);
    } else if fit != Fit::Exact {
        let message = format!("行名“{printed}”与格式不一致，格式里是“{}”", row.label);
        tables.remark("NB305", Severity::Warning, at, message);
    }
}
