//! A table to docx-rs: exact spans, fixed widths, rows that stay whole.

use docx_rs::{
    HeightRule, Paragraph, TableCell, TableLayoutType, TableRow, VAlignType, VMergeType, WidthType,
};

use super::body::text_run;
use super::style::{Role, StyleIds};
use crate::document::{Cell, CellKind, Placed, Table, TableGrid, TableKind};

/// What docx-rs cannot say of a table and the finishing pass adds.
pub(super) struct TableFacts {
    /// The title for screen readers.
    pub(super) caption: String,
    /// The description for screen readers.
    pub(super) description: String,
    /// How many rows are repeated on every page the table reaches.
    pub(super) n_header_rows: usize,
}

/// Builds a table over the whole of `text_width` twips; `title` is the report's, for the description.
pub(super) fn build(
    table: &Table,
    title: &str,
    styles: &StyleIds,
    text_width: u32,
) -> (docx_rs::Table, TableFacts) {
    let grid = TableGrid::of(table);
    let widths = column_widths(table, text_width);
    let look = Look::of(table.kind);
    let rows = (0..grid.n_rows).map(|row| {
        // Every row holds on to the next, and the last to the notes: a table that fits on a page is
        // never torn, and takes its heading along.
        let keeps = row + 1 < grid.n_rows || !table.notes.is_empty();
        let cells = starts(&grid, row).map(|start| {
            let (cell, merge) = match start {
                Start::Begins(placed) => (Some(placed.cell), Some(VMergeType::Restart)),
                Start::GoesOn(placed) => (Some(placed.cell), Some(VMergeType::Continue)),
                Start::Hole => (None, None),
            };
            (start, cell, merge.filter(|_| cell.is_some_and(|cell| cell.row_span > 1)))
        });
        let mut built = Vec::new();
        let mut column = 0;
        for (start, cell, merge) in cells {
            let span = cell.map_or(1, |cell| cell.column_span).min(grid.n_columns - column);
            let width = widths[column..column + span].iter().sum::<u32>() as usize;
            let mut word_cell = TableCell::new()
                .width(width, WidthType::Dxa)
                .vertical_align(VAlignType::Center)
                .add_paragraph(cell_paragraph(start, &look, styles).keep_next(keeps));
            if span > 1 {
                word_cell = word_cell.grid_span(span);
            }
            if let Some(merge) = merge {
                word_cell = word_cell.vertical_merge(merge);
            }
            built.push(word_cell);
            column += span;
        }
        TableRow::new(built)
            .cant_split()
            .row_height(look.row_height)
            .height_rule(HeightRule::AtLeast)
    });
    let built = docx_rs::Table::without_borders(rows.collect())
        .set_grid(widths.iter().map(|width| *width as usize).collect())
        .style(styles.of(Role::Table))
        .layout(TableLayoutType::Fixed)
        .width(text_width as usize, WidthType::Dxa);
    (built, facts(table, title, &grid))
}

fn facts(table: &Table, title: &str, grid: &TableGrid<'_>) -> TableFacts {
    // Word repeats only a table's first rows. Heads that speak for one group of several would be
    // wrong on the next page, where another group goes on.
    let n_header_rows = match table.groups.as_slice() {
        [only] => only.head.len(),
        _ => 0,
    };
    TableFacts {
        caption: table.caption.clone(),
        description: format!(
            "《{title}》的“{}”表，共{}行、{}列",
            table.caption, grid.n_rows, grid.n_columns
        ),
        n_header_rows,
    }
}

/// How a table of some kind is set.
struct Look {
    head: Role,
    text: Role,
    label: Role,
    /// The least height of a row in twips.
    row_height: f32,
}

impl Look {
    fn of(kind: TableKind) -> Self {
        match kind {
            TableKind::Disclosure => Self {
                head: Role::TableHead,
                text: Role::TableText,
                label: Role::TableText,
                row_height: 454.0,
            },
            // 28 rows and the heading must fit on one page of 225 mm.
            TableKind::Requests => Self {
                head: Role::SmallTableHead,
                text: Role::SmallTableText,
                label: Role::SmallTableLabel,
                row_height: 380.0,
            },
            TableKind::Challenges => Self {
                head: Role::SmallTableHead,
                text: Role::SmallTableText,
                label: Role::SmallTableText,
                row_height: 510.0,
            },
        }
    }

    fn role(&self, cell: &Cell) -> Role {
        match cell.kind {
            CellKind::ColumnHead => self.head,
            // Labels of several rows stand in narrow columns, where only centring looks right.
            CellKind::RowHead if cell.row_span > 1 => self.text,
            CellKind::RowHead => self.label,
            CellKind::Figure => self.text,
        }
    }
}

/// What stands at a place of a row where a cell of the file begins.
#[derive(Clone, Copy)]
enum Start<'a> {
    /// A cell that begins here.
    Begins(Placed<'a>),
    /// A cell that reaches down from a row above.
    GoesOn(Placed<'a>),
    /// A place that no cell covers.
    Hole,
}

fn starts<'a>(grid: &TableGrid<'a>, row: usize) -> impl Iterator<Item = Start<'a>> {
    (0..grid.n_columns).filter_map(move |column| match grid.at(row, column) {
        Some(placed) if placed.column != column => None,
        Some(placed) if placed.row == row => Some(Start::Begins(*placed)),
        Some(placed) => Some(Start::GoesOn(*placed)),
        None => Some(Start::Hole),
    })
}

fn cell_paragraph(start: Start<'_>, look: &Look, styles: &StyleIds) -> Paragraph {
    match start {
        Start::Begins(placed) => {
            let words = placed.cell.words();
            let paragraph = Paragraph::new().style(styles.of(look.role(placed.cell)));
            if words.is_empty() {
                paragraph
            } else {
                paragraph.add_run(text_run(&words, None, styles))
            }
        }
        Start::GoesOn(placed) => Paragraph::new().style(styles.of(look.role(placed.cell))),
        Start::Hole => Paragraph::new().style(styles.of(look.text)),
    }
}

/// The widths of the columns in twips; they add up to `text_width`.
fn column_widths(table: &Table, text_width: u32) -> Vec<u32> {
    // At 9 pt a width of seven characters keeps `（四）无法提供` on one line, two stack
    // `三、本年度办理结果`, thirteen keep all but the long labels on one line.
    const REQUESTS: [u16; 10] = [500, 1330, 2490, 646, 646, 646, 646, 646, 646, 648];
    let relative: &[u16] = match table.kind {
        TableKind::Requests if table.n_columns() == REQUESTS.len() => &REQUESTS,
        TableKind::Disclosure | TableKind::Requests | TableKind::Challenges => &table.column_widths,
    };
    let whole: u64 = relative.iter().map(|width| u64::from(*width)).sum::<u64>().max(1);
    let mut before = 0u64;
    let edge = |units: u64| (u64::from(text_width) * units + whole / 2) / whole;
    relative
        .iter()
        .map(|width| {
            let left = edge(before);
            before += u64::from(*width);
            (edge(before) - left) as u32
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_fill_the_text_width() {
        for (kind, n, text_width) in [
            (TableKind::Disclosure, 4, 8844),
            (TableKind::Requests, 10, 8844),
            (TableKind::Requests, 10, 9001),
            (TableKind::Challenges, 15, 8844),
        ] {
            let table = Table {
                kind,
                caption: String::new(),
                column_widths: vec![1; n],
                groups: Vec::new(),
                notes: Vec::new(),
            };
            assert_eq!(column_widths(&table, text_width).iter().sum::<u32>(), text_width);
        }
    }
}
