//! The heights of rows with which a table stays on one page, estimated without a font.

use super::columns::{self, Label};
use crate::document::{Placed, Table, TableGrid, TableKind};
use crate::layout::columns::is_figure;

/// The room for text on a page, in twips.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Page {
    /// From the left margin to the right one.
    pub(super) width: u32,
    /// From the top margin to the bottom one.
    pub(super) height: u32,
}

/// The sizes of a table's type, in twips; `parts/styles.xml` says the same in its own units.
#[derive(Debug, Clone, Copy)]
pub(super) struct TypeSize {
    /// The width of a Chinese character.
    pub(super) character: u32,
    /// The width of a Chinese character in a remark.
    pub(super) remark: u32,
    /// The height of a line.
    pub(super) line: u32,
    /// The least height of a row, where there is room.
    pub(super) row: u32,
    /// The least height of a row where room is short.
    pub(super) tightest: u32,
}

/// The room that the rows of a table are given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Rows {
    /// The least height of a row in twips.
    pub(super) least_height: u32,
    /// True if the whole table, with its heading and notes, fits on a page.
    pub(super) fit: bool,
}

/// The white between a table and the heading below it, in twips.
pub(super) const BELOW_TABLE: u32 = 200;
/// The heading above a table, in twips: one line of the body, and the white above it where a table went before.
const HEADING: u32 = 579 + BELOW_TABLE;
/// Type, line and space above of a note under a table, in twips.
const NOTE: (u32, u32, u32) = (180, 280, 60);
/// The space beside the text of a cell, both sides, in twips.
const CELL_MARGINS: u32 = 56;
/// The height that a border adds to a row, in twips.
const BORDER: u32 = 10;
/// The height kept free, in twips: a line, in case one breaks otherwise than reckoned here.
const SLACK: u32 = 240;

/// The comfortable height, or as much less as it takes to keep the table on one page.
pub(super) fn rows(
    table: &Table,
    grid: &TableGrid<'_>,
    widths: &[u32],
    size: TypeSize,
    page: Page,
) -> Rows {
    let note = |note: &String| {
        u64::from(NOTE.1) * n_lines(page.width, [(note.as_str(), NOTE.0)]) + u64::from(NOTE.2)
    };
    let all_notes: u64 = table.notes.iter().map(note).sum();
    // Long notes go on overleaf; their first two lines stand below the table.
    let first_lines = table.notes.first().map_or(0, note).min(u64::from(2 * NOTE.1 + NOTE.2));
    let needed = needed_heights(table.kind, grid, widths, size);
    let total =
        |least: u32| needed.iter().map(|height| (*height).max(u64::from(least))).sum::<u64>();
    let fitting = [all_notes, first_lines].into_iter().find_map(|notes| {
        let room = u64::from(page.height).saturating_sub(
            u64::from(HEADING + SLACK) + notes + u64::from(BORDER) * grid.n_rows as u64,
        );
        (size.tightest..=size.row).rev().step_by(10).find(|least| total(*least) <= room)
    });
    Rows { least_height: fitting.unwrap_or(size.row), fit: fitting.is_some() }
}

/// The height each row needs for its text.
fn needed_heights(
    kind: TableKind,
    grid: &TableGrid<'_>,
    widths: &[u32],
    size: TypeSize,
) -> Vec<u64> {
    let mut heights = vec![u64::from(size.line); grid.n_rows];
    let height = |placed: &Placed<'_>| {
        let Placed { cell, column, .. } = *placed;
        if columns::label(kind, placed) == Label::Upright {
            // Its characters stand below each other, in cells that are merged.
            return u64::from(size.character) * cell.text.chars().count() as u64;
        }
        let end = (column + cell.column_span).min(widths.len());
        let inner = inner_width(widths[column.min(end)..end].iter().sum::<u32>());
        let (text, note) = columns::in_lines(kind, placed, inner, (size.character, size.remark));
        // A figure has room for all its digits.
        let character = if is_figure(&text) { 0 } else { size.character };
        n_lines(inner, [(text.as_str(), character), (note.as_str(), size.remark)])
            * u64::from(size.line)
    };
    for placed in grid.cells.iter().filter(|placed| placed.cell.row_span == 1) {
        let row = &mut heights[placed.row];
        *row = (*row).max(height(placed));
    }
    // A cell over several rows takes what these have; the last row grows when that is not enough.
    for placed in grid.cells.iter().filter(|placed| placed.cell.row_span > 1) {
        let end = (placed.row + placed.cell.row_span).min(grid.n_rows);
        let there: u64 = heights[placed.row..end].iter().sum();
        if let Some(last) = heights[placed.row..end].last_mut() {
            *last += height(placed).saturating_sub(there);
        }
    }
    heights
}

/// The room for words in a cell of some width.
pub(super) fn inner_width(width: u32) -> u32 {
    width.saturating_sub(CELL_MARGINS)
}

/// The lines that texts of these sizes take one behind the other.
///
/// Latin takes half a character, and a quarter is left between the scripts; words and numbers are not
/// broken, closing marks stay with what is before them and opening ones with what follows.
fn n_lines<'a>(width: u32, texts: impl IntoIterator<Item = (&'a str, u32)>) -> u64 {
    let mut lines = 1_u64;
    // The widths of what stands on the line, and of what is being gathered and cannot be broken.
    let (mut used, mut piece) = (0_u64, 0_u64);
    let mut before = None;
    for (text, size) in texts {
        for c in text.chars() {
            let holds = match before {
                None => true,
                Some(b) => is_closing(c) || is_opening(b) || (is_latin(c) && is_latin(b)),
            };
            if c == '\n' || !holds {
                place(&mut lines, &mut used, piece, width);
                piece = 0;
            }
            if c == '\n' {
                lines += 1;
                used = 0;
                before = None;
                continue;
            }
            let meets =
                before.is_some_and(|b| is_latin(b) != is_latin(c) && !is_mark(b) && !is_mark(c));
            let width = if is_latin(c) { size / 2 } else { size };
            piece += u64::from(width + if meets { size / 4 } else { 0 });
            before = Some(c);
        }
    }
    place(&mut lines, &mut used, piece, width);
    lines
}

/// Puts a piece on the line, or on the next; one that is longer than a line is broken anywhere.
fn place(lines: &mut u64, used: &mut u64, piece: u64, width: u32) {
    let width = u64::from(width.max(1));
    if *used > 0 && *used + piece > width {
        *lines += 1;
        *used = 0;
    }
    *used += piece;
    *lines += used.saturating_sub(1) / width;
    *used -= used.saturating_sub(1) / width * width;
}

fn is_latin(c: char) -> bool {
    c.is_ascii() && c != ' '
}

fn is_mark(c: char) -> bool {
    is_closing(c) || is_opening(c)
}

fn is_closing(c: char) -> bool {
    "，。、；：！？）》〉”’】〕％%".contains(c)
}

fn is_opening(c: char) -> bool {
    "（《〈“‘【〔".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Block, build};
    use crate::edition::Edition;
    use crate::report::Report;

    const A4: Page = Page { width: 8844, height: 12_756 };
    const WIDTHS: [u32; 10] = [460, 1330, 2462, 656, 656, 656, 656, 656, 656, 656];
    const SIZE: TypeSize =
        TypeSize { character: 180, remark: 150, line: 240, row: 370, tightest: 250 };

    fn requests() -> Table {
        let document = build(&Report::empty(Edition::Y2021), true);
        let tables = document.blocks.into_iter().filter_map(|block| match block {
            Block::Table(table) => Some(table),
            _ => None,
        });
        let mut table = tables.into_iter().find(|t| t.kind == TableKind::Requests).unwrap();
        for row in &mut table.groups[0].body {
            for cell in row.cells.iter_mut().filter(|cell| cell.origin.is_some()) {
                cell.text = "0".into();
            }
        }
        table
    }

    #[test]
    fn the_plain_requests_table_is_comfortable() {
        let table = requests();
        let rows = rows(&table, &TableGrid::of(&table), &WIDTHS, SIZE, A4);
        assert_eq!(rows, Rows { least_height: 330, fit: true });
    }

    #[test]
    fn a_long_remark_makes_the_other_rows_lower() {
        let mut table = requests();
        table.groups[0].body[12].cells.last_mut().unwrap().note = Some("注".repeat(20));
        let rows = rows(&table, &TableGrid::of(&table), &WIDTHS, SIZE, A4);
        assert!(rows.fit && rows.least_height < 330, "{rows:?}");
    }

    #[test]
    fn long_notes_go_on_overleaf() {
        let mut table = requests();
        table.notes = vec!["很长的注".repeat(300)];
        assert!(rows(&table, &TableGrid::of(&table), &WIDTHS, SIZE, A4).fit);
    }

    #[test]
    fn a_table_that_cannot_fit_is_not_squeezed() {
        let mut table = requests();
        for row in &mut table.groups[0].body {
            row.cells.last_mut().unwrap().note = Some("很长的说明".repeat(9));
        }
        let rows = rows(&table, &TableGrid::of(&table), &WIDTHS, SIZE, A4);
        assert_eq!(rows, Rows { least_height: 370, fit: false });
    }

    #[test]
    fn lines_are_counted_as_characters_fit() {
        let remark = "（首次公布时本格为25件，与各列之和不符，现更正为37件。）";
        assert_eq!(n_lines(600, [("37", 180), (remark, 150)]), 9);
        assert_eq!(n_lines(600, [("", 180)]), 1);
        assert_eq!(n_lines(200, [("一二三", 180)]), 3);
        assert_eq!(n_lines(600, [("123456789", 180)]), 2);
        assert_eq!(n_lines(1000, [("一\n二", 180)]), 2);
    }
}
