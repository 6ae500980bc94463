//! A table to docx-rs: exact spans, fixed widths, rows that stay whole.

use docx_rs::{
    HeightRule, LineSpacing, LineSpacingType, Paragraph, Run, TableCell, TableLayoutType, TableRow,
    TextDirectionType, VAlignType, VMergeType, VertAlignType, WidthType,
};

use super::columns::{self, Columns, Label};
use super::height::{self, Page, TypeSize};
use super::run::text_run;
use super::style::{Role, StyleIds};
use crate::document::{Cell, CellKind, Placed, Table, TableGrid, TableKind};
use crate::layout::columns::is_figure;

/// The properties of a table that docx-rs cannot write and the finishing pass adds.
pub(super) struct TableFacts {
    /// The title for screen readers.
    pub(super) caption: String,
    /// The description for screen readers.
    pub(super) description: String,
    /// The number of rows repeated on every page the table reaches.
    pub(super) n_header_rows: usize,
    /// The white at either side of a cell's words in twips, where it is less than the style's.
    pub(super) padding: Option<u32>,
}

/// Builds a table over the whole width of `page`; `title` is the report's, for the description.
pub(super) fn build(
    table: &Table,
    title: &str,
    styles: &StyleIds,
    page: Page,
) -> (docx_rs::Table, TableFacts) {
    let grid = TableGrid::of(table);
    let (columns, setting) = fitted(table, &grid, page);
    let setter = Setter { kind: table.kind, grid, columns, setting, styles };
    let Setter { grid, columns: Columns { widths, .. }, setting, .. } = &setter;
    let n_head = table.groups.first().map_or(0, |group| group.head.len());
    let rows = height::rows(table, grid, widths, setting.type_size, page);
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
    let facts = facts(table, title, grid, setter.columns.padding);
    (built, facts)
}

/// The columns and the type of a table: smaller type, and at last closer lines, rather than a broken figure or a table
/// of the form over two pages.
fn fitted(table: &Table, grid: &TableGrid<'_>, page: Page) -> (Columns, TableSetting) {
    /// The sizes of words and remarks, and from one line to the next, in twips, with their styles.
    const STEPS: [(u32, u32, u32, Option<Role>, Role); 4] = [
        (210, 180, 260, None, Role::SmallTableRemark),
        (180, 180, 240, Some(Role::SmallTableRemark), Role::SmallTableRemark),
        (150, 150, 200, Some(Role::SmallestTable), Role::SmallestTable),
        (150, 150, 180, Some(Role::SmallestTable), Role::SmallestTable),
    ];
    let setting = TableSetting::of(table.kind);
    if !matches!(table.kind, TableKind::Requests | TableKind::Challenges) {
        return (columns::of(table, grid, setting.type_size.character, page.width), setting);
    }
    let steps = STEPS.map(|(character, remark, line, words, remarks)| {
        let columns = columns::of(table, grid, character, page.width);
        let size = setting.type_size;
        let type_size = TypeSize { character, remark, line, tightest: line + 10, ..size };
        (columns, TableSetting { words, remark: Some(remarks), type_size, ..setting })
    });
    let [.., last] = &steps;
    let fits = |(columns, setting): &&(Columns, TableSetting)| {
        columns.size == setting.type_size.character
            && height::rows(table, grid, &columns.widths, setting.type_size, page).fit
    };
    steps.iter().find(fits).unwrap_or(last).clone()
}

struct Setter<'a> {
    kind: TableKind,
    grid: TableGrid<'a>,
    columns: Columns,
    setting: TableSetting,
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
            let width = self.columns.widths[column..column + span].iter().sum::<u32>();
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
            if placed.is_some_and(|placed| columns::label(self.kind, &placed) == Label::Upright) {
                cell = cell.text_direction(TextDirectionType::TbRlV);
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
        let role = placed.map_or(self.setting.text, |placed| self.setting.role(placed.cell));
        let mut paragraph = Paragraph::new().style(self.styles.of(role));
        let Some(placed) = placed.filter(|placed| placed.row == row) else {
            return paragraph;
        };
        let cell = placed.cell;
        if self.setting.words.is_some() {
            let line = i32::try_from(self.setting.type_size.line).unwrap_or(i32::MAX);
            let exact = LineSpacing::new().line_rule(LineSpacingType::Exact).line(line);
            paragraph = paragraph.line_spacing(exact);
        }
        let TypeSize { character, remark, .. } = self.setting.type_size;
        let inner = height::inner_width(width);
        let (text, note) = columns::in_lines(self.kind, &placed, inner, (character, remark));
        if !text.is_empty() {
            paragraph = paragraph.add_run(self.words(&text));
        }
        if let Some(mark) = &cell.mark {
            let mut run = text_run(mark, None, self.styles);
            run.run_property = run.run_property.vert_align(VertAlignType::SuperScript);
            paragraph = paragraph.add_run(run);
        }
        if !note.is_empty() {
            paragraph = paragraph.add_run(text_run(&note, self.setting.remark, self.styles));
        }
        paragraph
    }

    /// The words of a cell without its remark; figures so close that none is broken.
    fn words(&self, text: &str) -> Run {
        let run = text_run(text, self.setting.words, self.styles);
        let closer = self.columns.closer;
        if closer > 0 && is_figure(text) { run.character_spacing(-closer) } else { run }
    }
}

fn facts(table: &Table, title: &str, grid: &TableGrid<'_>, padding: Option<u32>) -> TableFacts {
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
        padding,
    }
}

/// The setting of a table of some kind.
#[derive(Clone, Copy)]
struct TableSetting {
    head: Role,
    text: Role,
    label: Role,
    /// The style of all its words, where they are smaller than its paragraphs say.
    words: Option<Role>,
    remark: Option<Role>,
    type_size: TypeSize,
}

/// The type of tables with few rows: 五号, as that of the others and of the pages of the PDF.
const LARGE: TypeSize =
    TypeSize { character: 210, remark: 180, line: 320, row: 454, tightest: 340 };
/// The type of tables with many rows.
const SMALL: TypeSize =
    TypeSize { character: 210, remark: 180, line: 260, row: 370, tightest: 270 };

impl TableSetting {
    fn of(kind: TableKind) -> Self {
        match kind {
            TableKind::Disclosure => Self {
                head: Role::TableHead,
                text: Role::TableText,
                label: Role::TableText,
                words: None,
                remark: Some(Role::SmallTableRemark),
                type_size: LARGE,
            },
            TableKind::Requests => Self {
                head: Role::SmallTableHead,
                text: Role::SmallTableText,
                label: Role::SmallTableLabel,
                words: None,
                remark: Some(Role::SmallTableRemark),
                // 28 rows and the heading fit on one page of 225 mm.
                type_size: SMALL,
            },
            TableKind::Plain(_) => Self {
                head: Role::SmallTableHead,
                text: Role::SmallTableLabel,
                label: Role::SmallTableText,
                words: None,
                remark: None,
                type_size: TypeSize { remark: 210, tightest: 370, ..SMALL },
            },
            TableKind::Figures(_) => Self {
                head: Role::SmallTableHead,
                text: Role::SmallTableText,
                label: Role::SmallTableLabel,
                words: None,
                remark: None,
                type_size: TypeSize { remark: 210, ..SMALL },
            },
            TableKind::Signatures => Self {
                head: Role::TableHead,
                text: Role::TableText,
                label: Role::TableText,
                words: None,
                remark: None,
                type_size: TypeSize { row: 600, tightest: 600, ..LARGE },
            },
            TableKind::Challenges => Self {
                head: Role::SmallTableHead,
                text: Role::SmallTableText,
                label: Role::SmallTableText,
                words: None,
                remark: Some(Role::SmallTableRemark),
                type_size: TypeSize { row: 510, ..SMALL },
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Block, build};
    use crate::edition::Edition;
    use crate::report::Report;

    #[test]
    fn ten_digits_in_every_cell_of_table_2_stay_on_one_page() {
        let page = Page { width: 8844, height: 12_756 };
        for digits in [1, 5, 7, 10] {
            let blocks = build(&Report::empty(Edition::Y2021), true).blocks.into_iter();
            let mut table = blocks
                .filter_map(
                    |block| if let Block::Table(table) = block { Some(table) } else { None },
                )
                .find(|table| table.kind == TableKind::Requests)
                .unwrap();
            let rows = table.groups.iter_mut().flat_map(|group| &mut group.body);
            for cell in rows.flat_map(|row| &mut row.cells).filter(|c| c.origin.is_some()) {
                cell.text = "9".repeat(digits);
            }
            let grid = TableGrid::of(&table);
            let (columns, setting) = fitted(&table, &grid, page);
            let rows = height::rows(&table, &grid, &columns.widths, setting.type_size, page);
            assert!(rows.fit, "{digits} digits");
        }
    }
}
