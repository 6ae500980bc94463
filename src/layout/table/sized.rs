//! A table at one size of type: the widths of its columns, the lines of its cells, the heights of its
//! rows, and the rules between them.

use std::ops::Range;
use std::rc::Rc;

use super::GAP;
use crate::document::{Cell, CellKind, Placed, Table, TableGrid, TableKind};
use crate::layout::columns::{Columns, REMARK_SIZE, is_figure, number_apart, split_number};
use crate::layout::font::Role;
use crate::layout::glyphs::OpenFaces;
use crate::layout::line::{Fill, Line, break_lines, whole_line};
use crate::layout::page::{Bar, Item, LinkArea, NodeId, Owner, Page};
use crate::layout::paper::{self, HEIGHT, SLIP};
use crate::layout::text::{AtomText, Setting, TextBuilder, keep_words_whole};
use crate::layout::tree::place_line;

/// The further indent of labels that are not centred.
const INDENT: f64 = 1.5;
/// The span of a mark in the lines of its cell; all else is of the first.
const MARK: usize = 1;
/// The size of a mark and its height above the baseline, in parts of the size of its cell.
const MARK_SIZE: f64 = 0.65;
const MARK_RISE: f64 = 0.35;
/// From one line of a cell to the next, in em.
const LEADING: f64 = 1.22;
/// The thickness of the frame and of the rules inside.
const FRAME: f64 = 1.0;
const RULE: f64 = 0.5;

/// The spacing of a table's rows.
#[derive(Debug, Clone, Copy)]
pub(super) struct Density {
    /// The least height of a row.
    pub(super) least_row: f64,
    /// White above and below a cell's words.
    pub(super) pad: f64,
}

impl Density {
    pub(super) const CLOSEST: Self = Self { least_row: 9.0, pad: 1.5 };
}

/// The cells of a table set in columns of known widths, however high its rows are.
pub(super) struct SetCells {
    columns: Columns,
    /// The x of every column edge, from 0.
    edges: Vec<f64>,
    cells: Rc<[CellBox]>,
}

/// A table at one size of type.
pub(super) struct Sized {
    /// The x of every column edge, from 0.
    pub(super) edges: Vec<f64>,
    /// The height of every row as it is drawn; a row higher than a page is drawn as several.
    pub(super) rows: Vec<f64>,
    /// The row of the table that each drawn row belongs to.
    pub(super) sources: Vec<usize>,
    pub(super) cells: Rc<[CellBox]>,
    /// The index in `cells` of the cell that covers each place, row by row.
    pub(super) covered: Vec<Vec<Option<usize>>>,
    /// The size of its type.
    pub(super) size: f64,
    /// White at either side of a cell's words.
    padding: f64,
}

/// A cell, or the part of it that one drawn row holds.
pub(super) struct CellBox {
    /// The cell's place in the grid, by which parts of one cell know each other.
    pub(super) source: usize,
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
        table: &Sized,
        top: f64,
        height: f64,
        owners: [Owner; 2],
        page: &mut Page,
        x: f64,
    ) {
        let (left, right) = (table.edges[self.columns.start], table.edges[self.columns.end]);
        let mut y = top + (height - self.height()) / 2.0;
        for line in &self.lines {
            let at = if self.left_aligned {
                left + table.padding + INDENT - line.blank_before
            } else {
                // The eye centres the ink, not the blank halves of marks.
                let shift = (line.blank_after - line.blank_before) / 2.0;
                left + (right - left - line.width) / 2.0 + shift
            };
            let base = y + (self.pitch - self.size) / 2.0 + paper::ABOVE_BASELINE * self.size;
            place_line(page, line, x + at, base, &owners);
            if let [Owner::Node(own), Owner::Node(mark)] = owners
                && own != mark
            {
                place_mark(page, line, x + at, base, mark);
            }
            y += self.pitch;
        }
    }
}

/// Makes the mark in a line lead to its note.
fn place_mark(page: &mut Page, line: &Line, x: f64, y: f64, node: NodeId) {
    let mut glyphs = line.glyphs.iter().filter(|glyph| glyph.span == MARK);
    let Some(first) = glyphs.next() else { return };
    let last = glyphs.next_back().unwrap_or(first);
    let area = Bar {
        x: x + first.x,
        y: y - first.rise - paper::ABOVE_BASELINE * first.size,
        width: last.x + last.advance - first.x,
        height: first.size,
    };
    page.links.push(LinkArea { node, area });
}

impl SetCells {
    /// Breaks the words of all cells into lines.
    pub(super) fn new(
        table: &Table,
        grid: &TableGrid<'_>,
        columns: Columns,
        faces: &mut OpenFaces<'_>,
    ) -> Self {
        let mut edges = vec![0.0];
        for width in &columns.widths {
            edges.push(edges[edges.len() - 1] + width);
        }
        let placed = grid.cells.iter().enumerate();
        let cells = placed
            .map(|(i, placed)| cell_box(i, placed, table.kind, &edges, &columns, faces))
            .collect();
        Self { columns, edges, cells }
    }
}

impl Sized {
    /// Lays a table out with its cells set, its rows as close as said.
    pub(super) fn new(
        table: &Table,
        grid: &TableGrid<'_>,
        set: &SetCells,
        Density { least_row, pad }: Density,
    ) -> Self {
        let cells = &set.cells;
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
        let head = head_height(table, &heights);
        let (rows, sources, cells) = slice_high_rows(cells, &heights, head, pad);
        let mut covered = vec![vec![None; grid.n_columns]; rows.len()];
        for (i, cell) in cells.iter().enumerate() {
            for row in &mut covered[cell.rows.clone()] {
                row[cell.columns.clone()].fill(Some(i));
            }
        }
        let Columns { size, padding, .. } = set.columns;
        let edges = set.edges.clone();
        Self { edges, rows, sources, cells, covered, size, padding }
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

fn cell_box(
    source: usize,
    placed: &Placed<'_>,
    kind: TableKind,
    edges: &[f64],
    set: &Columns,
    faces: &mut OpenFaces<'_>,
) -> CellBox {
    let cell = placed.cell;
    let size = set.size;
    let columns = placed.column..(placed.column + cell.column_span).min(edges.len() - 1);
    let rows = placed.row..placed.row + cell.row_span;
    let measure = edges[columns.end] - edges[columns.start] - 2.0 * set.padding;
    let label = cell.kind == CellKind::RowHead;
    let left_aligned = match cell.kind {
        CellKind::ColumnHead | CellKind::Corner => false,
        CellKind::RowHead => {
            matches!(kind, TableKind::Requests | TableKind::Figures(_)) && cell.row_span == 1
        }
        CellKind::Figure => kind.holds_words(),
    };
    let lines = if label && cell.row_span > 1 {
        side_label(&cell.text, measure, size, faces)
    } else if cell.kind == CellKind::Figure && !kind.holds_words() {
        figure_lines(cell, measure, set, faces)
    } else if cell.kind == CellKind::Figure && is_narrow_prose(&cell.text, measure, size) {
        break_lines(
            &song(&cell.text, measure - INDENT, size, 1.0, faces),
            measure - INDENT,
            Fill::Ragged,
        )
    } else if left_aligned {
        label_lines(&cell.text, measure - INDENT, size, Fill::Ragged, faces)
    } else {
        label_lines(&cell.text, measure, size, Fill::Balanced, faces)
    };
    let mut lines = lines;
    if let Some(mark) = cell.mark.as_ref().filter(|_| cell.kind != CellKind::Figure) {
        add_mark(&mut lines, mark, measure, size, faces);
    }
    CellBox { source, rows, columns, lines, pitch: size * LEADING, size, left_aligned }
}

/// True for sentences in a column in which lines that end between words would be of all lengths.
fn is_narrow_prose(words: &str, measure: f64, size: f64) -> bool {
    const NARROW: f64 = 14.0;
    measure < NARROW * size && words.contains(['，', '。', '；', '：'])
}

/// The figure on one line, and its remark below it.
fn figure_lines(cell: &Cell, measure: f64, set: &Columns, faces: &mut OpenFaces<'_>) -> Vec<Line> {
    let mut lines = Vec::new();
    if is_figure(&cell.text) {
        lines.push(whole_line(&song(&cell.text, measure, set.size, set.condense, faces)));
    } else {
        lines.extend(label_lines(&cell.text, measure, set.size, Fill::Balanced, faces));
    }
    if let Some(mark) = &cell.mark {
        add_mark(&mut lines, mark, measure, set.size, faces);
    }
    if let Some(note) = &cell.note {
        let size = set.size.min(REMARK_SIZE);
        lines.extend(break_lines(&song(note, measure, size, 1.0, faces), measure, Fill::Balanced));
    }
    lines
}

/// Adds the mark of a note behind the last word, or below it where the cell is too narrow.
fn add_mark(lines: &mut Vec<Line>, mark: &str, measure: f64, size: f64, faces: &mut OpenFaces<'_>) {
    let mut builder = TextBuilder::new(faces, Setting::of(size * MARK_SIZE));
    builder.push(MARK, Role::Song, mark, false);
    let mark = whole_line(&builder.finish());
    match lines.last_mut() {
        Some(line) if line.width + mark.width <= measure + SLIP => {
            line.append_raised(mark, size * MARK_RISE);
        }
        _ => lines.push(mark),
    }
}

/// Words in lines that end between them.
fn label_lines(
    words: &str,
    measure: f64,
    size: f64,
    fill: Fill,
    faces: &mut OpenFaces<'_>,
) -> Vec<Line> {
    if let Some((number, name)) = number_apart(words, measure / size) {
        return [number, name]
            .map(|part| whole_line(&song(part, measure, size, 1.0, faces)))
            .into();
    }
    let mut text = song(words, measure, size, 1.0, faces);
    keep_words_whole(&mut text, words);
    break_lines(&text, measure, fill)
}

/// The label beside several rows: its number on one line, its words below, several characters a line where
/// none stands alone so, else one.
fn side_label(words: &str, measure: f64, size: f64, faces: &mut OpenFaces<'_>) -> Vec<Line> {
    let (number, name) = split_number(words);
    let mut lines = Vec::new();
    if !number.is_empty() {
        lines.push(whole_line(&song(number, measure, size, 1.0, faces)));
    }
    let broad = label_lines(name, measure, size, Fill::Balanced, faces);
    if measure >= 2.0 * size && broad.iter().all(|line| line.glyphs.len() > 1) {
        lines.extend(broad);
    } else {
        let text = song(name, measure, size, 1.0, faces);
        lines.extend(break_lines(&text, size + SLIP, Fill::Balanced));
    }
    lines
}

fn song(
    words: &str,
    measure: f64,
    size: f64,
    condense: f64,
    faces: &mut OpenFaces<'_>,
) -> AtomText {
    let setting = Setting { widest: measure, condense, ..Setting::of(size) };
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
/// Gives the heights of the drawn rows, the row of the table that each belongs to, and the cells in them.
fn slice_high_rows(
    cells: &Rc<[CellBox]>,
    heights: &[f64],
    head: f64,
    pad: f64,
) -> (Vec<f64>, Vec<usize>, Rc<[CellBox]>) {
    let highest = (HEIGHT - head - 2.0 * GAP).max(HEIGHT / 3.0);
    if heights.iter().all(|height| *height <= highest) {
        return (heights.to_vec(), (0..heights.len()).collect(), Rc::clone(cells));
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
    for cell in cells.iter() {
        let drawn = first[cell.rows.start]..first[cell.rows.end];
        let part = |rows: Range<usize>, lines: &[Line]| CellBox {
            rows,
            lines: lines.to_vec(),
            columns: cell.columns.clone(),
            ..*cell
        };
        let per_row = (((highest - 2.0 * pad) / cell.pitch).floor() as usize).max(1);
        if cell.rows.len() > 1 || cell.lines.len() <= per_row {
            sliced.push(part(drawn, &cell.lines));
            continue;
        }
        let mut lines = &cell.lines[..];
        for row in drawn.clone() {
            let n = if row + 1 == drawn.end { lines.len() } else { per_row.min(lines.len()) };
            let (own, rest) = lines.split_at(n);
            sliced.push(part(row..row + 1, own));
            lines = rest;
        }
    }
    (rows, sources, sliced.into())
}
