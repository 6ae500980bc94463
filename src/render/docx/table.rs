//! A table to docx-rs: exact spans, fixed widths, rows that stay whole.

use docx_rs::{
    HeightRule, Paragraph, TableCell, TableLayoutType, TableRow, VAlignType, VMergeType,
    VertAlignType, WidthType,
};

use super::height::{self, Page, TypeSize};
use super::run::text_run;
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

/// Builds a table over the whole width of `page`; `title` is the report's, for the description.
pub(super) fn build(
    table: &Table,
    title: &str,
    styles: &StyleIds,
    page: Page,
) -> (docx_rs::Table, TableFacts) {
    let widths = column_widths(table, page.width);
    let setter = Setter { grid: TableGrid::of(table), widths, look: Look::of(table.kind), styles };
    let Setter { grid, widths, look, .. } = &setter;
    let n_head = table.groups.first().map_or(0, |group| group.head.len());
    let rows = height::rows(table, grid, widths, look.type_size, page);
    let built_rows = (0..grid.n_rows).map(|row| {
        // Every row of a table that fits on a page holds on to the next, and the last to the notes:
        // it is never torn, and takes its heading along. A longer one only keeps its head together
        // with the first row below.
        let is_last = row + 1 == grid.n_rows;
        // A list of findings is no such table: it goes on over pages wherever it stands.
        let stays_whole = rows.fit && !matches!(table.kind, TableKind::Plain(_));
        let keeps = if is_last { !table.notes.is_empty() } else { stays_whole || row < n_head };
        TableRow::new(setter.row(row, keeps))
            .cant_split()
            .row_height(rows.least_height as f32)
            .height_rule(HeightRule::AtLeast)
    });
    let built = docx_rs::Table::without_borders(built_rows.collect())
        .set_grid(widths.iter().map(|width| *width as usize).collect())
        .style(styles.of(Role::Table))
        .layout(TableLayoutType::Fixed)
        .width(page.width as usize, WidthType::Dxa);
    let facts = facts(table, title, grid);
    (built, facts)
}

struct Setter<'a> {
    grid: TableGrid<'a>,
    widths: Vec<u32>,
    look: Look,
    styles: &'a StyleIds,
}

impl Setter<'_> {
    /// The cells of a row; one that reaches down from above is there again, empty, as Word wants it.
    fn row(&self, row: usize, keeps_with_next: bool) -> Vec<TableCell> {
        let mut cells = Vec::new();
        let mut column = 0;
        while column < self.grid.n_columns {
            let index = self.grid.index_at(row, column);
            let span = (column + 1..self.grid.n_columns)
                .take_while(|next| index.is_some() && self.grid.index_at(row, *next) == index)
                .count()
                + 1;
            let placed = index.map(|index| self.grid.cells[index]);
            let width = self.widths[column..column + span].iter().sum::<u32>();
            let mut paragraph = self.paragraph(placed, row, width);
            if keeps_with_next {
                paragraph = paragraph.keep_next(true);
            }
            let mut cell = TableCell::new()
                .width(width as usize, WidthType::Dxa)
                .vertical_align(VAlignType::Center)
                .add_paragraph(paragraph);
            if span > 1 {
                cell = cell.grid_span(span);
            }
            if let Some(placed) = placed.filter(|placed| placed.cell.row_span > 1) {
                let begins = placed.row == row;
                cell = cell.vertical_merge(if begins {
                    VMergeType::Restart
                } else {
                    VMergeType::Continue
                });
            }
            cells.push(cell);
            column += span;
        }
        cells
    }

    /// The text of the cell if it begins in `row`.
    fn paragraph(&self, placed: Option<Placed<'_>>, row: usize, width: u32) -> Paragraph {
        let role = placed.map_or(self.look.text, |placed| self.look.role(placed.cell));
        let mut paragraph = Paragraph::new().style(self.styles.of(role));
        let Some(Placed { cell, .. }) = placed.filter(|placed| placed.row == row) else {
            return paragraph;
        };
        let indent = height::side_indent(cell, width, self.look.type_size) as i32;
        if indent > 0 {
            paragraph = paragraph.indent(Some(indent), None, Some(indent), None);
        }
        if !cell.text.is_empty() {
            paragraph = paragraph.add_run(text_run(&cell.text, None, self.styles));
        }
        if let Some(mark) = &cell.mark {
            let mut run = text_run(mark, None, self.styles);
            run.run_property = run.run_property.vert_align(VertAlignType::SuperScript);
            paragraph = paragraph.add_run(run);
        }
        if let Some(note) = cell.note.as_deref().filter(|note| !note.is_empty()) {
            paragraph = paragraph.add_run(text_run(note, self.look.remark, self.styles));
        }
        paragraph
    }
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
    remark: Option<Role>,
    type_size: TypeSize,
}

impl Look {
    fn of(kind: TableKind) -> Self {
        match kind {
            TableKind::Disclosure => Self {
                head: Role::TableHead,
                text: Role::TableText,
                label: Role::TableText,
                remark: None,
                type_size: TypeSize {
                    character: 240,
                    remark: 240,
                    line: 320,
                    row: 454,
                    tightest: 340,
                },
            },
            TableKind::Requests => Self {
                head: Role::SmallTableHead,
                text: Role::SmallTableText,
                label: Role::SmallTableLabel,
                remark: Some(Role::SmallTableRemark),
                // 28 rows and the heading fit on one page of 225 mm.
                type_size: TypeSize {
                    character: 180,
                    remark: 150,
                    line: 240,
                    row: 370,
                    tightest: 250,
                },
            },
            TableKind::Plain(_) => Self {
                head: Role::SmallTableHead,
                text: Role::SmallTableLabel,
                label: Role::SmallTableText,
                remark: None,
                type_size: TypeSize {
                    character: 180,
                    remark: 180,
                    line: 240,
                    row: 370,
                    tightest: 370,
                },
            },
            TableKind::Figures(_) => Self {
                head: Role::SmallTableHead,
                text: Role::SmallTableText,
                label: Role::SmallTableLabel,
                remark: None,
                type_size: TypeSize {
                    character: 180,
                    remark: 180,
                    line: 240,
                    row: 370,
                    tightest: 250,
                },
            },
            TableKind::Signatures => Self {
                head: Role::TableHead,
                text: Role::TableText,
                label: Role::TableText,
                remark: None,
                type_size: TypeSize {
                    character: 240,
                    remark: 240,
                    line: 320,
                    row: 600,
                    tightest: 600,
                },
            },
            TableKind::Challenges => Self {
                head: Role::SmallTableHead,
                text: Role::SmallTableText,
                label: Role::SmallTableText,
                remark: Some(Role::SmallTableRemark),
                type_size: TypeSize {
                    character: 180,
                    remark: 150,
                    line: 240,
                    row: 510,
                    tightest: 250,
                },
            },
        }
    }

    fn role(&self, cell: &Cell) -> Role {
        match cell.kind {
            CellKind::ColumnHead | CellKind::Corner => self.head,
            // Labels of several rows stand in narrow columns, where only centring looks right.
            CellKind::RowHead if cell.row_span > 1 => self.text,
            CellKind::RowHead => self.label,
            CellKind::Figure => self.text,
        }
    }
}

/// The widths of the columns in twips; they add up to `text_width`.
fn column_widths(table: &Table, text_width: u32) -> Vec<u32> {
    // At 9 pt a width of seven characters keeps `（四）无法提供` on one line, two stack
    // `三、本年度办理结果`, thirteen keep all but the long labels on one line, and four characters of
    // a remark at 7.5 pt fit into a column of figures.
    const REQUESTS: [u16; 10] = [460, 1330, 2462, 656, 656, 656, 656, 656, 656, 656];
    let relative: &[u16] = match table.kind {
        TableKind::Requests if table.n_columns() == REQUESTS.len() => &REQUESTS,
        TableKind::Disclosure
        | TableKind::Requests
        | TableKind::Challenges
        | TableKind::Plain(_)
        | TableKind::Figures(_)
        | TableKind::Signatures => &table.column_widths,
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
