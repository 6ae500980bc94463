//! The position of each cell of a merged table, and the heads that speak for it.

use super::{Cell, CellKind, Table};

/// A cell at its place in the grid of columns and rows.
#[derive(Debug, Clone, Copy)]
pub struct Placed<'a> {
    /// The cell.
    pub cell: &'a Cell,
    /// The first row it covers, counted from 0 over the whole table.
    pub row: usize,
    /// The first column it covers, counted from 0.
    pub column: usize,
    /// The group of rows it belongs to, counted from 0.
    pub group: usize,
    /// True if it stands in the head rows of its group.
    pub in_head: bool,
}

/// A table resolved to its grid: every cell placed, no hole and no overlap.
#[derive(Debug, Clone)]
pub struct TableGrid<'a> {
    /// The cells in reading order.
    pub cells: Vec<Placed<'a>>,
    /// The number of rows the grid has.
    pub n_rows: usize,
    /// The number of columns the grid has.
    pub n_columns: usize,
    /// For each row and column, the index in `cells` of the cell that covers it.
    covered: Vec<Vec<Option<usize>>>,
}

impl<'a> TableGrid<'a> {
    /// Places every cell of `table` in the first free column of its row, the way HTML does.
    ///
    /// A cell that would reach beyond the last column or row is cut there; the tables that
    /// [`build`](super::build()) makes fill their grid exactly, which a test over every form proves.
    pub fn of(table: &'a Table) -> Self {
        let n_rows = table.rows().count();
        let n_columns = table.n_columns();
        let mut covered = vec![vec![None; n_columns]; n_rows];
        let mut cells = Vec::new();
        let mut row_index = 0;
        for (group_index, group) in table.groups.iter().enumerate() {
            let n_head = group.head.len();
            for (i, row) in group.head.iter().chain(&group.body).enumerate() {
                let mut column = 0;
                for cell in &row.cells {
                    while column < n_columns && covered[row_index][column].is_some() {
                        column += 1;
                    }
                    let end_column = (column + cell.column_span).min(n_columns);
                    let end_row = (row_index + cell.row_span).min(n_rows);
                    for line in &mut covered[row_index..end_row] {
                        line[column.min(end_column)..end_column].fill(Some(cells.len()));
                    }
                    let in_head = i < n_head;
                    cells.push(Placed {
                        cell,
                        row: row_index,
                        column,
                        group: group_index,
                        in_head,
                    });
                    column = end_column;
                }
                row_index += 1;
            }
        }
        Self { cells, n_rows, n_columns, covered }
    }

    /// The cell that covers a place of the grid, or `None` outside the table or in a hole.
    pub fn at(&self, row: usize, column: usize) -> Option<&Placed<'a>> {
        self.index_at(row, column).map(|index| &self.cells[index])
    }

    /// The index in [`cells`](Self::cells) of the cell that covers a place of the grid.
    pub fn index_at(&self, row: usize, column: usize) -> Option<usize> {
        self.covered.get(row)?.get(column).copied().flatten()
    }

    /// The indices of the cells that head the given one: the column heads of its group above its
    /// columns from the top down, then the row heads to its left from the outermost inwards.
    pub fn heads_of(&self, index: usize) -> Vec<usize> {
        let Placed { cell, row, column, group, in_head } = self.cells[index];
        let columns = column..column + cell.column_span;
        let rows = row..row + cell.row_span;
        let mut heads = Vec::new();
        for (i, other) in self.cells.iter().enumerate() {
            let above = other.in_head
                && other.group == group
                && other.row < row
                && other.cell.kind == CellKind::ColumnHead
                && overlaps(&columns, &(other.column..other.column + other.cell.column_span));
            let beside = !in_head
                && !other.in_head
                && other.cell.kind == CellKind::RowHead
                && other.column < column
                && overlaps(&rows, &(other.row..other.row + other.cell.row_span));
            if above || beside {
                heads.push(i);
            }
        }
        heads
    }

    /// True if every place of the grid is covered.
    pub fn is_closed(&self) -> bool {
        self.covered.iter().flatten().all(Option::is_some)
    }
}

fn overlaps(a: &std::ops::Range<usize>, b: &std::ops::Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}
