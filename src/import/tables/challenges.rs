//! Table 3: reconsideration and litigation.

use super::super::letters::key;
use super::super::sheet::Grid;
use super::labels::{Fit, unmarked};
use super::value::{Value, value};
use super::{Columns, Found, Grids, Tables, Under, under};
use crate::diag::Severity;
use crate::edition::{Axis, Cell, ChallengeColumn, ChallengesTable, Form, NumberKind, Proceeding};

type Meant = (Proceeding, ChallengeColumn);

/// From how many heads on a table is table 3.
const FEW: usize = 8;

pub(super) fn read(grids: &Grids<'_>, form: &'static Form, tables: &mut Tables) {
    let table = &form.challenges;
    if beside_each_other(grids, table, tables) {
        return;
    }
    let n_heads =
        |grid: &Grid| grid.cells.iter().filter(|c| leaf(table, &c.text).is_some()).count();
    let Some((block, grid)) =
        grids.all.iter().filter(|(_, g)| n_heads(g) >= FEW).max_by_key(|(_, g)| n_heads(g))
    else {
        return;
    };
    let Some(row) = data_row(grid, table) else { return };
    let (columns, has_heads) = columns(grid, row, table);
    let n = Proceeding::ALL.len() * ChallengeColumn::ALL.len();
    mark_heads(*block, grid, row, table, tables);
    // One cell less, and every figure behind it may be that of another column, even where the sums come out.
    let is_there =
        |column: &&Columns<Meant>| !matches!(under(grid, row, column, &columns), Under::Nothing);
    let n_there = columns.iter().filter(is_there).count();
    let end = columns.iter().map(|column| column.last + 1).max().unwrap_or(0);
    let is_loose = |i: &usize| grid.cells[*i].column >= end && !grid.cells[*i].text.is_empty();
    let n_more = grid.row(row).iter().filter(|i| is_loose(i)).count();
    if columns.len() != n || n_there != n || n_more > 0 {
        let at = (*block, grid.at(row, 0).unwrap_or(0));
        let told = if columns.len() == n { n_there + n_more } else { grid.row(row).len() };
        let message = format!("表三的数有 {told} 格，应为 {n} 格，分不清各是哪一列的数");
        tables.remark("NB310", Severity::Warning, at, message);
        return;
    }
    take(*block, grid, row, (&columns, has_heads), tables);
}

/// Reads table 3 where its kinds of proceedings stand in tables of their own, beside or below each other, if their heads
/// tell every column once.
fn beside_each_other(grids: &Grids<'_>, table: &ChallengesTable, tables: &mut Tables) -> bool {
    let n = ChallengeColumn::ALL.len();
    let part = |(block, grid): &(usize, &Grid)| {
        let n_heads = grid.cells.iter().filter(|c| leaf(table, &c.text).is_some()).count();
        let is_part = n_heads >= n && n_heads < Proceeding::ALL.len() * n;
        let heads = grid.cells.iter().filter(|c| is_part && leaf(table, &c.text).is_some());
        let row = heads.map(|cell| cell.row + cell.rows).max()?;
        let columns = headed(grid, row, table);
        let is_whole = grid.row(row).len() == columns.len() && columns.len() == n_heads;
        is_whole.then_some((*block, row, columns))
    };
    let parts: Vec<_> = grids.all.iter().filter_map(part).collect();
    let mut all: Vec<Meant> =
        parts.iter().flat_map(|(.., columns)| columns.iter().map(|c| c.meant)).collect();
    let n_columns = all.len();
    all.sort();
    all.dedup();
    if parts.len() < 2 || n_columns != Proceeding::ALL.len() * n || all.len() != n_columns {
        return false;
    }
    for (block, row, columns) in parts {
        let Some((_, grid)) = grids.all.iter().find(|(own, _)| *own == block) else { continue };
        mark_heads(block, grid, row, table, tables);
        take(block, grid, row, (&columns, true), tables);
    }
    true
}

/// Takes the figures of a row.
fn take(
    block: usize,
    grid: &Grid,
    row: usize,
    (columns, has_heads): (&[Columns<Meant>], bool),
    tables: &mut Tables,
) {
    // A second row of figures may be of another body, or the same again.
    let has_second = (row + 1..grid.n_rows).any(|row| is_data(grid, row, columns.len() / 2));
    for column in columns {
        let (index, mut trouble) = match under(grid, row, column, columns) {
            Under::One(index) => (index, None),
            Under::Unsure(index, why) => (index, Some(why)),
            // Excluded by the callers: every column has its cell.
            Under::Nothing => continue,
        };
        if has_second {
            trouble = Some("这张表有几行数");
        }
        let value = value(&grid.cells[index].text, NumberKind::Count);
        let at = (block, index);
        tables.placed.insert(at);
        let (proceeding, column) = column.meant;
        let found = Found {
            value,
            row: Fit::Exact,
            has_head: has_heads,
            is_whole: trouble.is_none(),
            at,
            trouble,
        };
        tables.cells.insert(Cell::Challenges(proceeding, column), found);
    }
}

/// The column whose head that is.
fn leaf(table: &ChallengesTable, text: &str) -> Option<ChallengeColumn> {
    let words = key(text);
    table.columns.iter().find(|(_, label)| key(label) == words).map(|(column, _)| *column)
}

/// The kind of proceeding whose head that is.
fn group(table: &ChallengesTable, text: &str) -> Option<Proceeding> {
    let words = key(unmarked(text).0);
    Proceeding::ALL.iter().copied().find(|p| key(table.proceeding_label(*p)) == words)
}

/// True if more than some cells stand in a row, and half of them are figures.
fn is_data(grid: &Grid, row: usize, some: usize) -> bool {
    let cells = grid.row(row);
    let is_value = |i: &&usize| {
        matches!(
            value(&grid.cells[**i].text, NumberKind::Count),
            Value::Number { .. } | Value::Mark(_)
        )
    };
    cells.len() > some && cells.iter().filter(is_value).count() * 2 >= cells.len()
}

/// The first row of figures; where most of it is blank, the row below the last head.
fn data_row(grid: &Grid, table: &ChallengesTable) -> Option<usize> {
    let last_head = grid.cells.iter().filter(|c| leaf(table, &c.text).is_some());
    let below = last_head.map(|cell| cell.row + cell.rows).max()?;
    (0..grid.n_rows)
        .find(|row| is_data(grid, *row, 7))
        .or_else(|| (below < grid.n_rows).then_some(below))
}

/// The columns that heads stand over.
fn headed(grid: &Grid, row: usize, table: &ChallengesTable) -> Vec<Columns<Meant>> {
    let mut columns: Vec<Columns<Meant>> = Vec::new();
    for at in 0..grid.n_columns {
        let above: Vec<&str> = (0..row).map(|row| grid.text(row, at)).collect();
        let leaf = above.iter().rev().find_map(|text| leaf(table, text));
        let group = above.iter().rev().find_map(|text| group(table, text));
        let (Some(leaf), Some(group)) = (leaf, group) else { continue };
        match columns.last_mut().filter(|last| last.meant == (group, leaf) && last.last + 1 == at) {
            Some(last) => last.last = at,
            None => columns.push(Columns { meant: (group, leaf), first: at, last: at }),
        }
    }
    columns
}

/// The columns of the figures, and whether heads say so.
fn columns(grid: &Grid, row: usize, table: &ChallengesTable) -> (Vec<Columns<Meant>>, bool) {
    let columns = headed(grid, row, table);
    let n = Proceeding::ALL.len() * ChallengeColumn::ALL.len();
    let is_each_once = columns
        .iter()
        .enumerate()
        .all(|(i, one)| columns[..i].iter().all(|other| other.meant != one.meant));
    if columns.len() == n && is_each_once {
        return (columns, true);
    }
    // By place: the last fifteen cells in which figures can stand.
    let cells: Vec<usize> = grid.row(row);
    let first = cells.len().checked_sub(n);
    let Some(first) = first else { return (Vec::new(), false) };
    let is_label = |i: &usize| {
        let text = &grid.cells[*i].text;
        matches!(value(text, NumberKind::Count), Value::Unclear(_) | Value::Blank)
    };
    if !cells[..first].iter().all(is_label) {
        return (Vec::new(), false);
    }
    let all = Proceeding::ALL
        .iter()
        .flat_map(|p| ChallengeColumn::ALL.iter().map(move |column| (*p, *column)));
    let by_place = cells[first..].iter().zip(all).map(|(i, meant)| {
        let cell = &grid.cells[*i];
        Columns { meant, first: cell.column, last: cell.column + cell.columns - 1 }
    });
    (by_place.collect(), false)
}

fn mark_heads(block: usize, grid: &Grid, row: usize, table: &ChallengesTable, tables: &mut Tables) {
    for (i, cell) in grid.cells.iter().enumerate().filter(|(_, cell)| cell.row < row) {
        let at = (block, i);
        let words = key(&cell.text);
        let is_known = leaf(table, &cell.text).is_some()
            || group(table, &cell.text).is_some()
            || words == key(table.litigation_label);
        if is_known {
            tables.placed.insert(at);
            if let Some(proceeding) = group(table, &cell.text) {
                tables.mark(&cell.text, Cell::Challenges(proceeding, ChallengeColumn::Total));
            }
            continue;
        }
        // A head of which a part is left, such as 结果 for 结果纠正.
        let near = table.columns.iter().any(|(_, label)| {
            let label = key(label);
            !words.is_empty() && (label.contains(&words) || words.contains(&label))
        });
        if near {
            tables.placed.insert(at);
            let message = format!("表头“{}”与格式不一致或不完整", cell.text);
            tables.remark("NB403", Severity::Warning, at, message);
        }
    }
}
