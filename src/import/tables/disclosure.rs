//! Table 1: documents, decisions and fees.

use super::super::letters::key;
use super::super::sheet::Grid;
use super::labels::{Fit, Label, near, same, unmarked};
use super::value::{Value, value};
use super::{Columns, Found, Grids, Tables, Under, under};
use crate::diag::Severity;
use crate::edition::{Cell, DisclosureBlock, DisclosureColumn, DisclosureRow, Edition, Form};

/// From how many rows on a table is table 1, or part of it.
const FEW: usize = 2;

fn labels(form: &Form) -> Vec<Label<DisclosureRow>> {
    let rows = form.disclosure.blocks.iter().flat_map(|block| block.rows);
    rows.map(|(row, label)| Label::new(*row, label, form.disclosure_row_also(*row))).collect()
}

/// The number of heads of the tables that belong to columns of this form.
pub(super) fn n_own_labels(grids: &Grids<'_>, form: &Form) -> usize {
    let columns = form.disclosure.blocks.iter().flat_map(|block| block.columns);
    let heads: Vec<String> = columns.map(|(_, label)| key(label)).collect();
    let cells = grids.all.iter().flat_map(|(_, grid)| &grid.cells);
    cells.filter(|cell| heads.contains(&key(&cell.text))).count()
}

pub(super) fn read(grids: &Grids<'_>, form: &'static Form, tables: &mut Tables) {
    let own = labels(form);
    let n_rows =
        |grid: &Grid| grid.cells.iter().filter(|cell| same(&own, &cell.text).is_some()).count();
    let blocks: Vec<String> = form.disclosure.blocks.iter().map(|b| key(b.title)).collect();
    let names_block = |grid: &Grid| grid.cells.iter().any(|cell| blocks.contains(&key(&cell.text)));
    let parts: Vec<&(usize, &Grid)> = grids
        .all
        .iter()
        .filter(|(_, grid)| n_rows(grid) >= FEW || (names_block(grid) && n_rows(grid) > 0))
        .collect();
    for (i, (block, grid)) in parts.iter().enumerate() {
        let before = i.checked_sub(1).map(|before| parts[before].1);
        read_grid(*block, grid, before, form, &own, tables);
    }
}

/// The form, the words of a table and where that table stands.
struct Context<'a> {
    block: usize,
    grid: &'a Grid,
    /// The table on the page before, whose heads a broken table goes on under.
    before: Option<&'a Grid>,
    form: &'static Form,
}

fn read_grid<'a>(
    block: usize,
    grid: &'a Grid,
    before: Option<&'a Grid>,
    form: &'static Form,
    own: &[Label<DisclosureRow>],
    tables: &mut Tables,
) {
    let context = Context { block, grid, before, form };
    mark_heads(&context, tables);
    for row in 0..grid.n_rows {
        let labels = grid.row(row).into_iter().filter(|i| {
            let cell = &grid.cells[*i];
            cell.row == row && !cell.text.is_empty() && !tables.placed.contains(&(block, *i))
        });
        let labels: Vec<usize> = labels.collect();
        let known = labels.iter().find_map(|i| {
            let (meant, fit) = same(own, &grid.cells[*i].text)?;
            Some((*i, meant, fit))
        });
        let nearly = || {
            let first = *labels.first()?;
            let is_free = |meant| !tables.cells.keys().any(|cell| of_row(*cell, meant));
            // A row that is known elsewhere in the table is not meant here.
            let is_known = |meant: DisclosureRow| {
                grid.cells.iter().any(|c| same(own, &c.text).map(|s| s.0) == Some(meant))
            };
            let meant = near(own, &grid.cells[first].text, |m| is_free(m) && !is_known(m))?;
            Some((first, meant, Fit::Near))
        };
        let Some((cell, meant, fit)) = known.or_else(nearly) else { continue };
        let at = (block, cell);
        tables.placed.insert(at);
        let columns = form.disclosure.cells().filter(|(row, _)| *row == meant);
        if let Some((row, column)) = columns.take(1).next() {
            tables.mark(&grid.cells[cell].text, Cell::Disclosure(row, column));
        }
        if fit != Fit::Exact || differs(form, meant, &grid.cells[cell].text) {
            let (printed, label) = (&grid.cells[cell].text, form.disclosure.row_label(meant));
            let message = format!("行名“{printed}”与格式不一致，格式里是“{label}”");
            tables.remark("NB208", Severity::Warning, at, message);
        }
        let of = form.disclosure.blocks.iter().find(|b| b.rows.iter().any(|(r, _)| *r == meant));
        if let Some(of) = of {
            figures(&context, row, cell, (meant, fit), of, tables);
        }
    }
}

fn of_row(cell: Cell, row: DisclosureRow) -> bool {
    matches!(cell, Cell::Disclosure(own, _) if own == row)
}

fn differs(form: &Form, row: DisclosureRow, printed: &str) -> bool {
    key(form.disclosure.row_label(row)) != key(unmarked(printed).0)
}

/// The figures right of a label.
fn figures(
    context: &Context<'_>,
    row: usize,
    label: usize,
    (meant, fit): (DisclosureRow, Fit),
    of: &DisclosureBlock,
    tables: &mut Tables,
) {
    let Context { block, grid, .. } = *context;
    let right = grid.cells[label].column + grid.cells[label].columns;
    let cells: Vec<usize> =
        grid.row(row).into_iter().filter(|i| grid.cells[*i].column >= right).collect();
    let (columns, has_heads) = columns(context, row, &cells, of);
    if columns.len() != of.columns.len() {
        let n = of.columns.len();
        let name = context.form.disclosure.row_label(meant);
        let message = format!("“{name}”一行应有 {n} 个数，格数不对，分不清各是哪一列的数");
        tables.remark("NB310", Severity::Warning, (block, label), message);
        return;
    }
    for column in &columns {
        let (index, trouble) = match under(grid, row, column, &columns) {
            Under::One(index) => (index, None),
            Under::Unsure(index, why) => (index, Some(why)),
            Under::Nothing => (label, Some("没有这一格")),
        };
        let value = if index == label {
            Value::Blank
        } else {
            value(&grid.cells[index].text, column.meant.kind())
        };
        let at = (block, index);
        tables.placed.insert(at);
        let found = Found {
            value,
            row: fit,
            has_head: has_heads,
            is_whole: trouble.is_none(),
            at,
            trouble,
        };
        let known = tables.cells.entry(Cell::Disclosure(meant, column.meant));
        let known = known.or_insert_with(|| found.clone());
        if known.value != found.value {
            known.trouble = Some("这一行出现了两次，数不一样");
        }
    }
}

/// The columns of a block's figures in a row, and whether heads say so.
fn columns(
    context: &Context<'_>,
    row: usize,
    cells: &[usize],
    of: &DisclosureBlock,
) -> (Vec<Columns<DisclosureColumn>>, bool) {
    let grid = context.grid;
    // The nearest row above that has any of the heads.
    let heads_of = |grid: &Grid, until: usize| {
        (0..until).rev().find_map(|row| {
            let head = |(column, label): &(DisclosureColumn, &str)| {
                let cells = grid.row(row).into_iter().filter(|i| grid.cells[*i].row == row);
                let mut found = cells.filter(|i| is_head(&grid.cells[*i].text, label));
                let cell = &grid.cells[found.next()?];
                let last = cell.column + cell.columns - 1;
                found.next().is_none().then_some(Columns {
                    meant: *column,
                    first: cell.column,
                    last,
                })
            };
            let found: Vec<Columns<DisclosureColumn>> =
                of.columns.iter().filter_map(head).collect();
            (!found.is_empty()).then_some(found)
        })
    };
    let before = || {
        let before = context.before.filter(|before| before.n_columns == grid.n_columns)?;
        heads_of(before, before.n_rows)
    };
    if let Some(heads) = heads_of(grid, row).or_else(before)
        && heads.len() == of.columns.len()
    {
        return (heads, true);
    }
    let filled: Vec<usize> =
        cells.iter().copied().filter(|i| !grid.cells[*i].text.is_empty()).collect();
    let chosen = match (of.columns.len(), filled.len()) {
        (n, _) if n == cells.len() => cells.to_vec(),
        (n, found) if n == found => filled,
        (1, 0) if !cells.is_empty() => vec![cells[0]],
        _ => Vec::new(),
    };
    let columns = chosen.iter().zip(of.columns).map(|(i, (column, _))| {
        let cell = &grid.cells[*i];
        Columns { meant: *column, first: cell.column, last: cell.column + cell.columns - 1 }
    });
    (columns.collect(), false)
}

/// A head word for word, or without what its measure says in brackets.
fn is_head(printed: &str, label: &str) -> bool {
    let printed = key(printed);
    let short = label.split('（').next().unwrap_or(label);
    printed == key(label) || printed == key(short)
}

/// Heads of the table, and those of an older form in the place of them.
fn mark_heads(context: &Context<'_>, tables: &mut Tables) {
    let form = context.form;
    let heads = |form: &Form| -> Vec<&'static str> {
        let of = |block: &DisclosureBlock| {
            let columns = block.columns.iter().map(|(_, label)| *label);
            columns.chain([block.title, block.item_label]).collect::<Vec<_>>()
        };
        form.disclosure.blocks.iter().flat_map(of).collect()
    };
    let own = heads(form);
    let older = Edition::ALL.iter().filter(|edition| **edition < form.edition);
    let older: Vec<&str> = older.flat_map(|edition| heads(edition.form())).collect();
    for (i, cell) in context.grid.cells.iter().enumerate() {
        let at = (context.block, i);
        if own.iter().any(|label| is_head(&cell.text, label)) {
            tables.placed.insert(at);
        } else if older.iter().any(|label| is_head(&cell.text, label)) {
            tables.placed.insert(at);
            let message = format!("“{}”是旧版格式的栏目", cell.text);
            tables.remark("NB209", Severity::Error, at, message);
        }
    }
}
