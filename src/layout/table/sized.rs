//! A table at one size of type: the widths of its columns, the lines of its cells, the heights of its
//! rows, and the rules between them.

use std::ops::Range;

use super::{GAP, SMALLEST};
use crate::document::{Cell, CellKind, Placed, Table, TableGrid, TableKind};
use crate::layout::flow::{SLIP, width_of};
use crate::layout::font::{OpenFaces, Role};
use crate::layout::line::{Fill, Line, break_lines};
use crate::layout::page::{Bar, Item, NodeId, Owner, Page};
use crate::layout::paper::{self, HEIGHT, WIDTH};
use crate::layout::text::{AtomText, Setting, TextBuilder};
use crate::layout::tree::place_line;

/// White at either side of a cell's words.
const PAD_X: f64 = 2.5;
/// How much further in labels stand that are not centred.
const INDENT: f64 = 1.5;
/// From one line of a cell to the next, in em.
const LEADING: f64 = 1.22;
/// The thickness of the frame and of the rules inside.
const FRAME: f64 = 1.0;
const RULE: f64 = 0.5;

/// How close a table is set.
#[derive(Debug, Clone, Copy)]
pub(super) struct Dress {
    /// The size of labels and figures.
    pub(super) size: f64,
    /// The least height of a row.
    pub(super) least_row: f64,
    /// White above and below a cell's words.
    pub(super) pad: f64,
    /// How many characters of a remark its column holds on a line, unless the table lacks the width.
    pub(super) remark: usize,
}

impl Default for Dress {
    fn default() -> Self {
        Self { size: SMALLEST, least_row: SMALLEST, pad: 1.5, remark: 0 }
    }
}

/// A table at one size of type.
pub(super) struct Sized {
    /// The x of every column edge, from 0.
    pub(super) edges: Vec<f64>,
    /// The height of every row as it is drawn; a row higher than a page is drawn as several.
    pub(super) rows: Vec<f64>,
    /// The row of the table that each drawn row belongs to.
    pub(super) sources: Vec<usize>,
    pub(super) cells: Vec<CellBox>,
    /// Which of `cells` covers each place, row by row.
    pub(super) covered: Vec<Vec<Option<usize>>>,
    /// Whether all columns have the width they need.
    pub(super) wide_enough: bool,
}

/// A cell, or the part of it that one drawn row holds.
pub(super) struct CellBox {
    /// The cell's place in the grid, by which parts of one cell know each other.
    pub(super) source: usize,
    pub(super) node: NodeId,
    pub(super) rows: Range<usize>,
    pub(super) columns: Range<usize>,
    pub(super) lines: Vec<Line>,
    pub(super) pitch: f64,
    pub(super) size: f64,
    pub(super) left_aligned: bool,
}

impl CellBox {
    /// The height of its words.
    pub(super) fn height(&self) -> f64 {
        self.lines.len() as f64 * self.pitch
    }

    /// Puts its words on a page, in the middle of the height that is seen of it.
    pub(super) fn put(
        &self,
        edges: &[f64],
        top: f64,
        height: f64,
        owner: Owner,
        page: &mut Page,
        x: f64,
    ) {
        let (left, right) = (edges[self.columns.start], edges[self.columns.end]);
        let mut y = top + (height - self.height()) / 2.0;
        for line in &self.lines {
            let at = if self.left_aligned {
                left + PAD_X + INDENT - line.blank_before
            } else {
                // The eye centres the ink, not the blank halves of marks.
                let shift = (line.blank_after - line.blank_before) / 2.0;
                left + (right - left - line.width) / 2.0 + shift
            };
            let base = y + (self.pitch - self.size) / 2.0 + paper::ABOVE_BASELINE * self.size;
            place_line(page, line, x + at, base, &[owner]);
            y += self.pitch;
        }
    }
}

impl Sized {
    /// Lays a table out at this size, its rows at least this high.
    pub(super) fn new(
        table: &Table,
        grid: &TableGrid<'_>,
        nodes: &[NodeId],
        dress: &Dress,
        faces: &mut OpenFaces<'_>,
    ) -> Self {
        let Dress { size, least_row, pad, .. } = *dress;
        let (edges, wide_enough) = column_edges(table, grid, dress, faces);
        let mut cells: Vec<CellBox> = grid
            .cells
            .iter()
            .enumerate()
            .map(|(i, placed)| cell_box(i, placed, nodes[i], table.kind, &edges, size, faces))
            .collect();
        let mut heights = vec![least_row; grid.n_rows];
        for cell in cells.iter().filter(|cell| cell.rows.len() == 1) {
            let height = &mut heights[cell.rows.start];
            *height = height.max(cell.height() + 2.0 * pad);
        }
        for cell in cells.iter().filter(|cell| cell.rows.len() > 1) {
            let lack = cell.height() + 2.0 * pad - heights[cell.rows.clone()].iter().sum::<f64>();
            let share = (lack / cell.rows.len() as f64).max(0.0);
            heights[cell.rows.clone()].iter_mut().for_each(|height| *height += share);
        }
        let (rows, sources) =
            slice_high_rows(&mut cells, &heights, head_height(table, &heights), pad);
        let mut covered = vec![vec![None; grid.n_columns]; rows.len()];
        for (i, cell) in cells.iter().enumerate() {
            for row in &mut covered[cell.rows.clone()] {
                row[cell.columns.clone()].fill(Some(i));
            }
        }
        Self { edges, rows, sources, cells, covered, wide_enough }
    }

    /// Frame and rules: every stretch is drawn once, and none between the parts of one cell.
    pub(super) fn put_rules(&self, strips: &[(usize, f64)], bottom: f64, page: &mut Page, x: f64) {
        let Some((_, top)) = strips.first().copied() else { return };
        let n_columns = self.edges.len() - 1;
        let source =
            |row: usize, column: usize| self.covered[row][column].map(|i| self.cells[i].source);
        for k in 0..=strips.len() {
            let y = strips.get(k).map_or(bottom, |strip| strip.1);
            let outer = k == 0 || k == strips.len();
            let needed = |column: usize| {
                outer || source(strips[k - 1].0, column) != source(strips[k].0, column)
            };
            for run in runs(n_columns, needed) {
                let weight = if outer { FRAME } else { RULE };
                let (from, to) = (self.edges[run.start], self.edges[run.end]);
                let bar =
                    Bar { x: x + from, y: y - weight / 2.0, width: to - from, height: weight };
                page.items.push(Item::Rule(bar));
            }
        }
        for k in 0..=n_columns {
            let outer = k == 0 || k == n_columns;
            let needed = |strip: usize| {
                outer || source(strips[strip].0, k - 1) != source(strips[strip].0, k)
            };
            for run in runs(strips.len(), needed) {
                let weight = if outer { FRAME } else { RULE };
                let from = strips[run.start].1;
                let to = strips.get(run.end).map_or(bottom, |strip| strip.1);
                // The frame's corners are closed.
                let reach = if outer && from <= top && to >= bottom { FRAME / 2.0 } else { 0.0 };
                page.items.push(Item::Rule(Bar {
                    x: x + self.edges[k] - weight / 2.0,
                    y: from - reach,
                    width: weight,
                    height: to - from + 2.0 * reach,
                }));
            }
        }
    }
}

/// The stretches of `0..n` in which every place is needed.
fn runs(n: usize, needed: impl Fn(usize) -> bool) -> Vec<Range<usize>> {
    let mut runs = Vec::new();
    let mut start = None;
    for i in 0..=n {
        let on = i < n && needed(i);
        match (on, start) {
            (true, None) => start = Some(i),
            (false, Some(from)) => {
                runs.push(from..i);
                start = None;
            }
            _ => {}
        }
    }
    runs
}

/// The edges of the columns, and whether each has the width that its figures need.
///
/// A column too narrow for a figure, or for its remark, takes what it lacks from the columns that
/// have more than they need, in proportion.
fn column_edges(
    table: &Table,
    grid: &TableGrid<'_>,
    dress: &Dress,
    faces: &mut OpenFaces<'_>,
) -> (Vec<f64>, bool) {
    let size = dress.size;
    /// What of its width a column of labels keeps.
    const LABEL_SHARE: f64 = 0.5;
    let total: f64 = table.column_widths.iter().map(|w| f64::from(*w)).sum::<f64>().max(1.0);
    let mut widths: Vec<f64> =
        table.column_widths.iter().map(|w| f64::from(*w) / total * WIDTH).collect();
    let least = 2.0 * (size + PAD_X);
    let mut figures: Vec<f64> = widths.iter().map(|w| f64::max(least, w * LABEL_SHARE)).collect();
    let mut remarks = vec![0.0; widths.len()];
    let setting = Setting { size, cell: size, grid: false, widest: f64::INFINITY };
    let is_figure = |cell: &Cell| cell.kind == CellKind::Figure && !table.kind.holds_words();
    for placed in grid.cells.iter().filter(|p| is_figure(p.cell)) {
        let span = placed.cell.column_span.max(1);
        let figure = width_of(faces, setting, Role::Song, &placed.cell.text) + 2.0 * PAD_X + 1.0;
        let note = placed.cell.note.as_ref().map_or(0, |note| note.chars().count());
        let remark = note.min(dress.remark) as f64 * SMALLEST + 2.0 * PAD_X + 1.0;
        for column in placed.column..(placed.column + span).min(widths.len()) {
            figures[column] = f64::max(figures[column], (figure / span as f64).min(WIDTH / 4.0));
            remarks[column] = f64::max(remarks[column], remark / span as f64);
        }
    }
    let enough = widen(&mut widths, &figures);
    let needs: Vec<f64> = figures.iter().zip(remarks).map(|(f, r)| f.max(r)).collect();
    widen(&mut widths, &needs);
    let mut edges = vec![0.0];
    for width in widths {
        edges.push(edges[edges.len() - 1] + width);
    }
    (edges, enough)
}

/// Moves width from columns that have more than they need to those that have less; says whether
/// there was enough.
fn widen(widths: &mut [f64], needs: &[f64]) -> bool {
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
    lack <= spare + SLIP
}

fn cell_box(
    source: usize,
    placed: &Placed<'_>,
    node: NodeId,
    kind: TableKind,
    edges: &[f64],
    size: f64,
    faces: &mut OpenFaces<'_>,
) -> CellBox {
    let cell = placed.cell;
    let columns = placed.column..(placed.column + cell.column_span).min(edges.len() - 1);
    let rows = placed.row..placed.row + cell.row_span;
    let measure = edges[columns.end] - edges[columns.start] - 2.0 * PAD_X;
    let label = cell.kind == CellKind::RowHead;
    let left_aligned = match cell.kind {
        CellKind::ColumnHead | CellKind::Corner => false,
        CellKind::RowHead => {
            matches!(kind, TableKind::Requests | TableKind::Figures(_)) && cell.row_span == 1
        }
        CellKind::Figure => kind.holds_words(),
    };
    let lines = if label && cell.row_span > 1 {
        upright_lines(&cell.text, measure, size, faces)
    } else if left_aligned {
        cell_lines(cell, measure - INDENT, size, Fill::Ragged, faces)
    } else {
        cell_lines(cell, measure, size, Fill::Balanced, faces)
    };
    CellBox { source, node, rows, columns, lines, pitch: size * LEADING, size, left_aligned }
}

/// The figure or label, and the remark on lines of its own.
fn cell_lines(
    cell: &Cell,
    measure: f64,
    size: f64,
    fill: Fill,
    faces: &mut OpenFaces<'_>,
) -> Vec<Line> {
    let mut lines = Vec::new();
    for words in [Some(cell.text.as_str()), cell.note.as_deref()].into_iter().flatten() {
        let is_note = !lines.is_empty();
        let text = song(words, measure, if is_note { SMALLEST } else { size }, faces);
        lines.extend(break_lines(&text, measure, fill));
    }
    lines
}

/// The label of a group of rows in a narrow cell: its number on one line, its words below, one
/// character a line where the cell is narrower than three and a half.
fn upright_lines(words: &str, measure: f64, size: f64, faces: &mut OpenFaces<'_>) -> Vec<Line> {
    let (number, name) = split_number(words);
    let name_measure = if measure < 3.5 * size { size + SLIP } else { measure };
    let mut lines = Vec::new();
    for (words, measure) in [(number, measure), (name, name_measure)] {
        let text = song(words, measure, size, faces);
        lines.extend(break_lines(&text, measure, Fill::Balanced));
    }
    lines
}

/// A label's number with its mark, and the rest: `（三）` and `不予公开`.
fn split_number(words: &str) -> (&str, &str) {
    const LONGEST: usize = 5;
    let end = words.char_indices().take(LONGEST).find(|(_, c)| matches!(c, '、' | '）' | '.'));
    end.map_or(("", words), |(at, mark)| words.split_at(at + mark.len_utf8()))
}

fn song(words: &str, measure: f64, size: f64, faces: &mut OpenFaces<'_>) -> AtomText {
    let setting = Setting { size, cell: size, grid: false, widest: measure };
    let mut builder = TextBuilder::new(faces, setting);
    builder.push(0, Role::Song, words, false);
    builder.finish()
}

fn head_height(table: &Table, heights: &[f64]) -> f64 {
    let mut row = 0;
    let mut highest: f64 = 0.0;
    for group in &table.groups {
        let head = row..row + group.head.len();
        highest = highest.max(heights[head].iter().sum());
        row += group.head.len() + group.body.len();
    }
    highest
}

/// Draws a row that is higher than a page as several, each with as many lines as a page holds.
///
/// Gives the heights of the drawn rows, and the row of the table that each belongs to.
fn slice_high_rows(
    cells: &mut Vec<CellBox>,
    heights: &[f64],
    head: f64,
    pad: f64,
) -> (Vec<f64>, Vec<usize>) {
    let highest = (HEIGHT - head - 2.0 * GAP).max(HEIGHT / 3.0);
    if heights.iter().all(|height| *height <= highest) {
        return (heights.to_vec(), (0..heights.len()).collect());
    }
    let mut rows = Vec::new();
    let mut sources = Vec::new();
    let mut first = Vec::new();
    for (source, height) in heights.iter().enumerate() {
        first.push(rows.len());
        let mut left = *height;
        while left > highest {
            rows.push(highest);
            sources.push(source);
            left -= highest - 2.0 * pad;
        }
        rows.push(left);
        sources.push(source);
    }
    first.push(rows.len());
    let mut sliced = Vec::new();
    for mut cell in cells.drain(..) {
        let drawn = first[cell.rows.start]..first[cell.rows.end];
        let per_row = (((highest - 2.0 * pad) / cell.pitch).floor() as usize).max(1);
        if cell.rows.len() > 1 || cell.lines.len() <= per_row {
            cell.rows = drawn;
            sliced.push(cell);
            continue;
        }
        let mut lines = std::mem::take(&mut cell.lines).into_iter();
        for row in drawn.clone() {
            let n = if row + 1 == drawn.end { usize::MAX } else { per_row };
            sliced.push(CellBox {
                rows: row..row + 1,
                lines: lines.by_ref().take(n).collect(),
                columns: cell.columns.clone(),
                ..cell
            });
        }
    }
    *cells = sliced;
    (rows, sources)
}
