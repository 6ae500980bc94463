//! In which size a table is set and how wide its columns are: one decision for every output.
//!
//! No figure is ever broken. Columns first share the width by what stands in them; then the white beside
//! the words gives, then the type steps down by 字号, and at last the figures are set narrower. The
//! decision needs no face: a Chinese character is as wide as the type is high, a digit as wide as said.

use super::LayoutError;
use super::paper::WIDTH;
use crate::document::words::{self, words};
use crate::document::{Block, Cell, CellKind, Document, Placed, Table, TableGrid, TableKind};

/// The sizes of type in a table, largest first: 五号, 小五 and 六号.
pub const SIZES: [f64; 3] = [10.5, 9.0, 7.5];

/// The white on either side of a cell's words, from the most comfortable to the closest.
const PADDINGS: [f64; 4] = [2.5, 1.8, 1.2, 0.8];
/// The narrowest that figures may be set against their drawn width, in the smallest type only.
const NARROWEST: f64 = 0.86;
/// The largest size of a remark in a cell.
pub const REMARK_SIZE: f64 = 9.0;
/// Rules, and what rounding may lose.
const SPARE: f64 = 0.6;

/// The type that a table is set with.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measure {
    /// The width over all columns, in points.
    pub width: f64,
    /// The largest size to be tried, in points.
    pub largest: f64,
    /// The width of the widest digit, in parts of the size of type.
    pub digit: f64,
    /// The number of characters of a remark its column holds on a line, where the width allows.
    pub remark: usize,
}

/// The columns of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Columns {
    /// The size of type in points, one of [`SIZES`].
    pub size: f64,
    /// The white on either side of a cell's words, in points.
    pub padding: f64,
    /// The widths of the columns in points; they add up to the width over all.
    pub widths: Vec<f64>,
    /// The width of figures against their drawn width; 1 for unchanged.
    pub condense: f64,
    /// True if every figure fits on one line of its cell.
    pub fit: bool,
}

/// Chooses the size of a table and the widths of its columns.
pub fn columns(table: &Table, grid: &TableGrid<'_>, measure: Measure) -> Columns {
    let base = base_widths(table, measure.width);
    let labels = label_widths(table, grid);
    for size in SIZES.into_iter().filter(|size| *size <= measure.largest) {
        for padding in PADDINGS {
            let needs = needs(table, grid, &labels, measure.digit, size, padding);
            if needs.iter().sum::<f64>() <= measure.width {
                return settled(table, grid, measure, base, size, padding, needs);
            }
        }
    }
    let size = SIZES[SIZES.len() - 1];
    let padding = PADDINGS[PADDINGS.len() - 1];
    let mut columns = Columns { size, padding, widths: base.clone(), condense: 1.0, fit: false };
    for condense in [0.95, 0.9, NARROWEST] {
        let needs = needs(table, grid, &labels, measure.digit * condense, size, padding);
        if needs.iter().sum::<f64>() <= measure.width {
            let settled = settled(table, grid, measure, base, size, padding, needs);
            return Columns { condense, ..settled };
        }
        columns = Columns { condense, ..columns };
    }
    let needs = needs(table, grid, &labels, measure.digit * NARROWEST, size, padding);
    widen(&mut columns.widths, &needs);
    columns
}

/// Checks that all figures of the form's tables fit into their cells in the smallest type.
///
/// Fails with the first that does not, named by its heads.
pub fn all_fit(document: &Document) -> Result<(), LayoutError> {
    too_long(document)
        .into_iter()
        .next()
        .map_or(Ok(()), |long| Err(LayoutError::FigureTooLong(Box::new(long))))
}

/// A figure that has more digits than its cell has room for in the smallest type.
#[derive(Debug, Clone, PartialEq)]
pub struct TooLong {
    /// The contents of the table.
    pub table: String,
    /// The heads of its cell.
    pub cell: String,
    /// The cell of the figure.
    pub figure: Cell,
}

/// The figures because of which a table of the form does not fit on a page: in each the longest.
pub fn too_long(document: &Document) -> Vec<TooLong> {
    /// As wide as the digits of the bundled faces are.
    const DIGIT: f64 = 0.56;
    let mut found = Vec::new();
    for block in &document.blocks {
        let Block::Table(table) = block else { continue };
        if has_room(table) {
            continue;
        }
        let grid = TableGrid::of(table);
        let measure = Measure { width: WIDTH, largest: SIZES[0], digit: DIGIT, remark: 0 };
        if table.kind.holds_words() || columns(table, &grid, measure).fit {
            continue;
        }
        let figures = grid.cells.iter().enumerate().filter(|(_, placed)| {
            placed.cell.kind == CellKind::Figure && is_figure(&placed.cell.text)
        });
        let length = |placed: &Placed<'_>| placed.cell.text.len() / placed.cell.column_span.max(1);
        let figures: Vec<(usize, &Placed<'_>)> = figures.collect();
        let most = figures.iter().map(|(_, placed)| length(placed)).max();
        let longest = figures.iter().filter(|(_, placed)| Some(length(placed)) == most);
        found.extend(longest.map(|(index, placed)| {
            let heads = grid.heads_of(*index).into_iter().rev();
            let names: Vec<&str> = heads.map(|head| grid.cells[head].cell.text.as_str()).collect();
            TooLong {
                table: table.caption.clone(),
                cell: names.join("，"),
                figure: placed.cell.clone(),
            }
        }));
    }
    found
}

/// So many digits have room in every cell of a table of the form, in all of them at once.
pub fn digits_with_room(kind: TableKind) -> Option<usize> {
    match kind {
        TableKind::Disclosure | TableKind::Requests => Some(10),
        TableKind::Challenges => Some(7),
        TableKind::Plain(_) | TableKind::Figures(_) | TableKind::Signatures => None,
    }
}

/// True if no figure of a table has more digits than all its cells have room for, as nearly always; then its columns
/// need not be measured.
fn has_room(table: &Table) -> bool {
    digits_with_room(table.kind).is_some_and(|most| {
        let is_short = |text: &str| {
            text.chars().count() <= most
                && text.chars().all(|c| c.is_ascii_digit() || "+-−.".contains(c))
        };
        let rows = table.groups.iter().flat_map(|group| &group.body);
        let mut figures =
            rows.flat_map(|row| &row.cells).filter(|cell| cell.kind == CellKind::Figure);
        figures.all(|figure| is_short(&figure.text))
    })
}

/// True if a text is a figure, or the mark that stands where one is to be filled in: never broken.
pub fn is_figure(text: &str) -> bool {
    let digits = text.chars().all(|c| c.is_ascii_digit() || "+-−.,%‰".contains(c));
    digits || (text.starts_with('〔') && text.ends_with('〕') && text.chars().count() <= 5)
}

/// The width of a figure or of a mark in its place, in sizes of type: no blank counts that a mark has at
/// either end.
pub fn figure_width(text: &str, digit: f64) -> f64 {
    let all: f64 = text.chars().map(|c| if c.is_ascii() || c == '−' { digit } else { 1.0 }).sum();
    (all - blank_ends(text)).max(0.0)
}

fn settled(
    table: &Table,
    grid: &TableGrid<'_>,
    measure: Measure,
    mut widths: Vec<f64>,
    size: f64,
    padding: f64,
    needs: Vec<f64>,
) -> Columns {
    widen(&mut widths, &needs);
    if measure.remark > 0 {
        let remarks = remark_needs(table, grid, measure.remark, size, padding);
        let needs: Vec<f64> = needs.iter().zip(remarks).map(|(n, r)| n.max(r)).collect();
        widen(&mut widths, &needs);
    }
    Columns { size, padding, widths, condense: 1.0, fit: true }
}

/// The widths of the form, where nothing asks for others.
fn base_widths(table: &Table, width: f64) -> Vec<f64> {
    // A stack of single characters, two characters a line, the labels, and the figures.
    const REQUESTS: [u16; 10] = [450, 600, 3180, 660, 660, 660, 660, 660, 660, 660];
    let relative: &[u16] = match table.kind {
        TableKind::Requests if table.n_columns() == REQUESTS.len() => &REQUESTS,
        TableKind::Disclosure
        | TableKind::Requests
        | TableKind::Challenges
        | TableKind::Plain(_)
        | TableKind::Figures(_)
        | TableKind::Signatures => &table.column_widths,
    };
    let total: f64 = relative.iter().map(|w| f64::from(*w)).sum::<f64>().max(1.0);
    relative.iter().map(|w| f64::from(*w) / total * width).collect()
}

/// The width in sizes of type in which each cell of a table can be set that holds no figure; 0 for the others.
fn label_widths(table: &Table, grid: &TableGrid<'_>) -> Vec<f64> {
    if table.kind.holds_words() {
        return Vec::new();
    }
    let width = |placed: &Placed<'_>| match placed.cell.kind {
        CellKind::Figure if is_figure(&placed.cell.text) => 0.0,
        // What a draft shows as it was typed may go on over lines.
        CellKind::Figure => widest_word(&placed.cell.text).min(3.0),
        CellKind::Corner | CellKind::ColumnHead => widest_word(&placed.cell.text),
        // The labels of table 1 stand in the middle of their cells, with white at both ends.
        CellKind::RowHead if table.kind == TableKind::Disclosure => {
            words::width(&placed.cell.text).min(14.0) + 1.0
        }
        CellKind::RowHead => row_head_width(placed.cell),
    };
    grid.cells.iter().map(width).collect()
}

/// The least width of every column: that of its widest figure, and of the widest word of its labels.
fn needs(
    table: &Table,
    grid: &TableGrid<'_>,
    labels: &[f64],
    digit: f64,
    size: f64,
    padding: f64,
) -> Vec<f64> {
    let mut needs = vec![size + 2.0 * padding; table.n_columns()];
    let mut wide = Vec::new();
    for (placed, label) in grid.cells.iter().zip(labels) {
        let ems = match placed.cell.kind {
            CellKind::Figure if is_figure(&placed.cell.text) => {
                figure_width(&placed.cell.text, digit)
            }
            CellKind::Figure | CellKind::Corner | CellKind::ColumnHead | CellKind::RowHead => {
                *label
            }
        };
        let need = ems * size + 2.0 * padding + SPARE;
        let columns = placed.column..(placed.column + placed.cell.column_span).min(needs.len());
        if columns.len() == 1 {
            needs[columns.start] = f64::max(needs[columns.start], need);
        } else {
            wide.push((columns, need));
        }
    }
    // What reaches over several columns asks each for a part of what they lack together.
    for (columns, need) in wide {
        let there: f64 = needs[columns.clone()].iter().sum();
        let lack = (need - there).max(0.0) / columns.len() as f64;
        needs[columns].iter_mut().for_each(|width| *width += lack);
    }
    needs
}

fn remark_needs(
    table: &Table,
    grid: &TableGrid<'_>,
    longest: usize,
    size: f64,
    padding: f64,
) -> Vec<f64> {
    let mut needs = vec![0.0; table.n_columns()];
    for placed in &grid.cells {
        let Some(note) = &placed.cell.note else { continue };
        let characters = note.chars().count().min(longest) as f64;
        let span = placed.cell.column_span.max(1);
        let need = (characters * size.min(REMARK_SIZE) + 2.0 * padding + SPARE) / span as f64;
        for need_of in needs.iter_mut().skip(placed.column).take(span) {
            *need_of = f64::max(*need_of, need);
        }
    }
    needs
}

/// The width in which a label beside its rows can be set: its widest word, or where it stands beside
/// several rows, its number with its mark.
fn row_head_width(cell: &Cell) -> f64 {
    if cell.row_span > 1 {
        let (number, _) = split_number(&cell.text);
        return (words::width(number) - blank_ends(number)).max(1.0) + 0.1;
    }
    widest_word(&cell.text).max(words::width(&cell.text).min(6.0))
}

/// A label's number with its mark, and the rest: `（三）` and `不予公开`.
pub fn split_number(label: &str) -> (&str, &str) {
    const LONGEST: usize = 5;
    let end = label.char_indices().take(LONGEST).find(|(_, c)| matches!(c, '、' | '）' | '.'));
    end.map_or(("", label), |(at, mark)| label.split_at(at + mark.len_utf8()))
}

/// The number and the rest of a label that fits on a line of so many characters only without its number:
/// `（三）` and `不予公开`, rather than `（三）不予` and `公开`.
pub fn number_apart(label: &str, ems: f64) -> Option<(&str, &str)> {
    let (number, name) = split_number(label);
    let fits = |text: &str| words::width(text) - blank_ends(text) <= ems;
    let is_apart = number.starts_with('（') && !fits(label) && !name.is_empty() && fits(name);
    is_apart.then_some((number, name))
}

fn widest_word(label: &str) -> f64 {
    words(label)
        .iter()
        .map(|word| words::width(word.text) - blank_ends(word.text))
        .fold(0.0, f64::max)
}

/// The blank halves of a mark at the beginning and of one at the end.
fn blank_ends(text: &str) -> f64 {
    let opens = text.starts_with(['（', '〔', '《', '“', '〈']);
    let closes = text.ends_with(['）', '〕', '》', '”', '〉', '，', '。', '、', '：', '；']);
    0.5 * f64::from(u8::from(opens) + u8::from(closes))
}

/// Moves width from columns that have more than they need to those that have less.
fn widen(widths: &mut [f64], needs: &[f64]) {
    let lack: f64 = widths.iter().zip(needs).map(|(w, n)| (n - w).max(0.0)).sum();
    let spare: f64 = widths.iter().zip(needs).map(|(w, n)| (w - n).max(0.0)).sum();
    if lack > 0.0 && spare > 0.0 {
        let given = lack.min(spare);
        for (width, need) in widths.iter_mut().zip(needs) {
            if *width > *need {
                *width -= (*width - need) / spare * given;
            } else {
                *width += (need - *width) / lack * given;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Block, build};
    use crate::edition::Edition;
    use crate::report::Report;

    /// The tables of an empty report with this in every cell of a figure.
    fn tables(edition: Edition, text: &str) -> Vec<Table> {
        let blocks = build(&Report::empty(edition), true).blocks.into_iter();
        let tables = blocks.filter_map(|block| match block {
            Block::Table(mut table) => {
                for row in table.groups.iter_mut().flat_map(|group| &mut group.body) {
                    row.cells.iter_mut().filter(|c| c.origin.is_some()).for_each(|cell| {
                        cell.text = text.to_owned();
                    });
                }
                Some(table)
            }
            _ => None,
        });
        tables.collect()
    }

    fn of(table: &Table, digit: f64) -> Columns {
        let measure = Measure { width: 442.2, largest: SIZES[0], digit, remark: 0 };
        columns(table, &TableGrid::of(table), measure)
    }

    #[test]
    fn a_number_in_brackets_stands_alone_where_the_name_is_whole_only_without_it() {
        assert_eq!(number_apart("（三）不予公开", 4.2), Some(("（三）", "不予公开")));
        assert_eq!(number_apart("（三）不予公开", 8.0), None);
        assert_eq!(number_apart("（三）不予公开", 3.0), None);
        assert_eq!(number_apart("3.补正后申请内容仍不明确", 11.0), None);
        assert_eq!(number_apart("不予公开", 3.0), None);
    }

    #[test]
    fn seven_digits_fit_into_every_cell_of_table_3_and_ten_into_those_of_tables_1_and_2() {
        for edition in Edition::ALL {
            for digit in [0.5, 0.56] {
                let ten = tables(*edition, "9999999999");
                assert!(of(&ten[0], digit).fit && of(&ten[1], digit).fit);
                let seven = of(&tables(*edition, "9999999")[2], digit);
                assert!(seven.fit, "{seven:?}");
                assert!(!of(&ten[2], digit).fit);
            }
        }
    }

    #[test]
    fn columns_fill_the_width_whatever_stands_in_them() {
        for text in ["0", "12345", "〔未填〕", "999999999999"] {
            for table in tables(Edition::Y2021, text) {
                let columns = of(&table, 0.56);
                let sum: f64 = columns.widths.iter().sum();
                assert!((sum - 442.2).abs() < 0.01, "{columns:?}");
            }
        }
    }

    #[test]
    fn white_gives_before_the_type_does() {
        let size = |text: &str| {
            let columns = of(&tables(Edition::Y2021, text)[2], 0.5);
            (columns.size, columns.padding, columns.condense)
        };
        assert_eq!(size("0"), (10.5, 2.5, 1.0));
        assert_eq!(size("12345").0, 10.5);
        assert!(size("12345").1 < 2.5);
        assert_eq!(size("123456").0, 9.0);
    }
}
