//! The columns of a table in Word: their widths, how close its figures stand, and how its side labels run.

use crate::document::{CellKind, Placed, Table, TableGrid, TableKind, words};
use crate::layout::columns::{Measure, columns, is_figure, number_apart, split_number};

/// The widths of the columns of a table on the page.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Columns {
    /// The widths in twips; they add up to the width of the text.
    pub(super) widths: Vec<u32>,
    /// The white at either side of a cell's words in twips, where it is less than the style's.
    pub(super) padding: Option<u32>,
    /// The size of its words in twips: smaller than asked for where its figures have no room otherwise.
    pub(super) size: u32,
    /// The space by which the digits of a figure stand closer than usual, in twips.
    pub(super) closer: i32,
}

/// The white at either side of a cell's words in the style of tables, in twips.
const PADDING: u32 = 28;

/// The columns of a table over `text_width` twips whose type is `character` twips high.
pub(super) fn of(table: &Table, grid: &TableGrid<'_>, character: u32, text_width: u32) -> Columns {
    /// A digit of Times New Roman takes half of its size; faces in its place need a little more.
    const DIGIT: f64 = 0.56;
    let points = |twips: u32| f64::from(twips) / 20.0;
    let measure = Measure {
        width: points(text_width),
        largest: points(character),
        digit: DIGIT,
        // As many of a remark as its column had before it was asked.
        remark: 4,
    };
    match table.kind {
        TableKind::Requests | TableKind::Challenges | TableKind::Figures(_) => {
            let with_room = with_room_for_marks(table);
            let mut chosen = columns(&with_room, &TableGrid::of(&with_room), measure);
            if table.kind == TableKind::Requests {
                widen_numbers(&mut chosen.widths, grid, points(character));
            }
            let padding = (chosen.padding * 20.0).floor() as u32;
            let closer = (1.0 - chosen.condense) * DIGIT * chosen.size * 20.0;
            Columns {
                widths: twips(&chosen.widths, text_width),
                padding: (padding < PADDING).then_some(padding),
                size: (chosen.size * 20.0).round() as u32,
                closer: closer.ceil() as i32,
            }
        }
        TableKind::Disclosure | TableKind::Plain(_) | TableKind::Signatures => {
            let mut relative: Vec<f64> =
                table.column_widths.iter().map(|w| f64::from(*w)).collect();
            if table.kind == TableKind::Disclosure {
                widen_labels(&mut relative, grid, f64::from(character) / f64::from(text_width));
            }
            let widths = twips(&relative, text_width);
            Columns { widths, padding: None, size: character, closer: 0 }
        }
    }
}

/// The setting of a label beside its rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Label {
    /// On lines, as any other.
    Lines,
    /// Upright, one character below the other.
    Upright,
    /// Its number on one line, the words below it, two characters a line.
    Stacked(String),
}

/// The setting of the label of a cell: those of the outcomes stand beside many rows in narrow columns, which are wider
/// in a comparison.
pub(super) fn label(kind: TableKind, placed: &Placed<'_>) -> Label {
    let cell = placed.cell;
    let compared = matches!(kind, TableKind::Figures(_));
    if !(compared || kind == TableKind::Requests)
        || cell.kind != CellKind::RowHead
        || cell.row_span < 2
    {
        return Label::Lines;
    }
    let (number, words) = split_number(&cell.text);
    if placed.column == 0 && (!compared || (!number.is_empty() && cell.row_span > 3)) {
        return Label::Upright;
    }
    let characters: Vec<char> = words.chars().collect();
    if number.is_empty() || !characters.len().is_multiple_of(2) {
        return Label::Lines;
    }
    if compared {
        return Label::Stacked(format!("{number}\n{words}"));
    }
    let lines = characters.chunks(2).map(|pair| pair.iter().collect::<String>());
    Label::Stacked(std::iter::once(number.to_owned()).chain(lines).collect::<Vec<_>>().join("\n"))
}

/// A table with figures in the place of marks such as `〔未填〕`, of which Word breaks what is narrower by a digit.
fn with_room_for_marks(table: &Table) -> Table {
    let mut table = table.clone();
    let groups = table.groups.iter_mut();
    let rows = groups.flat_map(|group| group.head.iter_mut().chain(&mut group.body));
    for cell in rows.flat_map(|row| &mut row.cells) {
        if is_figure(&cell.text) && !cell.text.is_ascii() {
            // Two digits are a little wider than a character.
            cell.text = "99".repeat(cell.text.chars().count());
        }
    }
    table
}

/// Word leaves the blank halves of brackets where they are: `（三）` takes three characters. What that lacks comes
/// from the widest column.
fn widen_numbers(widths: &mut [f64], grid: &TableGrid<'_>, size: f64) {
    const CHARACTERS: f64 = 3.1;
    let is_stacked =
        |placed: &&Placed<'_>| matches!(label(TableKind::Requests, placed), Label::Stacked(_));
    let Some(column) = grid.cells.iter().find(is_stacked).map(|placed| placed.column) else {
        return;
    };
    let need = CHARACTERS * size + 2.0 * f64::from(PADDING) / 20.0;
    let lack = need - widths[column];
    let widest = (0..widths.len()).max_by(|a, b| widths[*a].total_cmp(&widths[*b]));
    if let Some(widest) = widest.filter(|widest| lack > 0.0 && *widest != column) {
        widths[column] += lack;
        widths[widest] -= lack;
    }
}

/// Gives the first column room for its longest label on one line, at the cost of the others alike; `character` is the
/// width of one against that of the table.
fn widen_labels(widths: &mut [f64], grid: &TableGrid<'_>, character: f64) {
    /// The white at both ends of a label together, in characters, and the most that a label is given.
    const WHITE: f64 = 1.0;
    const MOST: f64 = 14.0;
    let labels = grid.cells.iter().filter(|placed| {
        placed.column == 0 && placed.cell.column_span == 1 && placed.cell.kind == CellKind::RowHead
    });
    let longest = labels.map(|placed| words::width(&placed.cell.text)).fold(0.0, f64::max);
    let whole: f64 = widths.iter().sum();
    let need = (longest + WHITE).min(MOST) * character * whole;
    let Some((first, others)) = widths.split_first_mut().filter(|(first, _)| **first < need) else {
        return;
    };
    let shrunk = (whole - need) / (whole - *first);
    *first = need;
    others.iter_mut().for_each(|width| *width *= shrunk);
}

/// The room for words in a cell whose sides leave `inner` twips: labels stand in from the left, as their style says, and
/// keep as much free on the right.
fn room(kind: TableKind, placed: &Placed<'_>, inner: u32) -> u32 {
    const INDENT: u32 = 40;
    let is_label = placed.cell.kind == CellKind::RowHead && placed.cell.row_span == 1;
    match kind {
        TableKind::Requests | TableKind::Figures(_) if is_label => inner.saturating_sub(2 * INDENT),
        TableKind::Requests
        | TableKind::Figures(_)
        | TableKind::Disclosure
        | TableKind::Challenges
        | TableKind::Plain(_)
        | TableKind::Signatures => inner,
    }
}

/// The words of a cell and of its remark, with a line break wherever a line of them ends: between words, in cells `inner`
/// twips wide whose characters have these sizes. A figure is one line.
pub(super) fn in_lines(
    kind: TableKind,
    placed: &Placed<'_>,
    inner: u32,
    (character, remark): (u32, u32),
) -> (String, String) {
    let cell = placed.cell;
    let note = cell.note.clone().unwrap_or_default();
    let room = f64::from(room(kind, placed, inner));
    let ems = |size: u32| room / f64::from(size.max(1));
    let text = match label(kind, placed) {
        _ if kind.holds_words() => return (cell.text.clone(), note),
        Label::Stacked(lines) => lines,
        Label::Upright => cell.text.clone(),
        Label::Lines if is_figure(&cell.text) => cell.text.clone(),
        Label::Lines => match number_apart(&cell.text, ems(character)) {
            Some((number, name)) => format!("{number}\n{name}"),
            None => words::lines(&cell.text, ems(character)).join("\n"),
        },
    };
    let taken = words::width(&text) * f64::from(character) / f64::from(remark.max(1));
    if note.is_empty() || taken + words::width(&note) <= ems(remark) {
        return (text, note);
    }
    let lines = words::lines(&note, ems(remark)).join("\n");
    let gap = if text.is_empty() { "" } else { "\n" };
    (text, format!("{gap}{lines}"))
}

/// Widths in twips that add up to the whole, whatever rounding does to each.
fn twips(relative: &[f64], whole: u32) -> Vec<u32> {
    let sum = relative.iter().sum::<f64>().max(f64::MIN_POSITIVE);
    let mut before = 0.0;
    relative
        .iter()
        .map(|width| {
            let edge = |units: f64| (units / sum * f64::from(whole)).round() as u32;
            let left = edge(before);
            before += width;
            edge(before) - left
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Block, build};
    use crate::edition::Edition;
    use crate::report::Report;

    fn tables(figure: &str) -> Vec<Table> {
        let blocks = build(&Report::empty(Edition::Y2021), true).blocks.into_iter();
        let tables = blocks.filter_map(|block| match block {
            Block::Table(mut table) => {
                let rows = table.groups.iter_mut().flat_map(|group| &mut group.body);
                for cell in rows.flat_map(|row| &mut row.cells).filter(|c| c.origin.is_some()) {
                    cell.text = figure.to_owned();
                }
                Some(table)
            }
            _ => None,
        });
        tables.collect()
    }

    #[test]
    fn columns_fill_the_text_width() {
        for text_width in [8844, 9001, 5000] {
            for table in tables("123") {
                let columns = of(&table, &TableGrid::of(&table), 180, text_width);
                assert_eq!(columns.widths.iter().sum::<u32>(), text_width, "{:?}", table.kind);
                assert_eq!(columns.widths.len(), table.n_columns());
            }
        }
    }

    #[test]
    fn seven_digits_have_room_on_one_line_of_every_column_of_figures() {
        for table in &tables("9999999")[1..] {
            let grid = TableGrid::of(table);
            let columns = of(table, &grid, 180, 8844);
            let figure = 7.0 * (0.56 * f64::from(columns.size) - f64::from(columns.closer));
            let padding = columns.padding.unwrap_or(PADDING);
            for placed in grid.cells.iter().filter(|p| p.cell.kind == CellKind::Figure) {
                let room = columns.widths[placed.column] - 2 * padding;
                assert!(figure <= f64::from(room), "{:?} column {}", table.kind, placed.column);
            }
        }
    }

    #[test]
    fn side_labels_stand_upright() {
        let table = &tables("0")[1];
        let grid = TableGrid::of(table);
        let labels: Vec<Label> =
            grid.cells.iter().map(|placed| label(table.kind, placed)).collect();
        assert_eq!(labels.iter().filter(|label| **label == Label::Upright).count(), 1);
        assert!(labels.contains(&Label::Stacked("（三）\n不予\n公开".to_owned())));
    }
}
