//! Tables: column widths, merged cells, and what happens to them where a page ends.

use std::ops::Range;

use super::flow::{SLIP, owned, width_of};
use super::font::{OpenFaces, Role};
use super::line::{Fill, Line, break_lines};
use super::page::{Bar, Item, NodeId, NodeRole, Owner, Page};
use super::paper::{self, HEIGHT, WIDTH};
use super::text::{AtomText, Setting, TextBuilder};
use super::tree::{Tree, place_line};
use crate::document::{Cell, CellKind, Placed, Table, TableGrid, TableKind};

/// White at either side of a cell's words.
const PAD_X: f64 = 2.5;
/// How much further in labels stand that are not centred.
const INDENT: f64 = 1.5;
/// White above and below a cell's words.
const PAD_Y: f64 = 3.0;
/// From one line of a cell to the next, in em.
const LEADING: f64 = 1.22;
/// How many characters of a remark a column holds on one line, unless the table lacks the width.
const NOTE_CHARACTERS: usize = 5;
/// The smallest size of a figure or a label, and the size of a remark in a cell.
const SMALLEST: f64 = 9.0;
/// White between the text above and a table.
const GAP: f64 = 7.0;
/// The thickness of the frame and of the rules inside.
const FRAME: f64 = 1.0;
const RULE: f64 = 0.5;
/// The size of the notes under a table, and from one line of them to the next.
const NOTE_SIZE: f64 = 10.5;
const NOTE_PITCH: f64 = 17.0;

/// A table laid out, not yet put on pages.
pub(super) struct TablePiece {
    sized: Sized,
    groups: Vec<Group>,
    notes: Vec<NoteLine>,
    /// Whether the table stands on one page wherever it fits one.
    whole: bool,
}

/// The rows of one group, as they are drawn.
struct Group {
    head: Range<usize>,
    body: Range<usize>,
}

/// A table at one size of type.
struct Sized {
    /// The x of every column edge, from 0.
    edges: Vec<f64>,
    /// The height of every row as it is drawn; a row higher than a page is drawn as several.
    rows: Vec<f64>,
    /// The row of the table that each drawn row belongs to.
    sources: Vec<usize>,
    cells: Vec<CellBox>,
    /// Which of `cells` covers each place, row by row.
    covered: Vec<Vec<Option<usize>>>,
    /// Whether all columns have the width they need.
    wide_enough: bool,
}

/// A cell, or the part of it that one drawn row holds.
struct CellBox {
    /// The cell's place in the grid, by which parts of one cell know each other.
    source: usize,
    node: NodeId,
    rows: Range<usize>,
    columns: Range<usize>,
    lines: Vec<Line>,
    pitch: f64,
    size: f64,
    left_aligned: bool,
}

struct NoteLine {
    line: Line,
    node: NodeId,
}

/// Where a table goes on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cursor {
    row: usize,
    note: usize,
}

/// What of a table stands on one page.
pub(super) struct Part {
    repeated: Range<usize>,
    rows: Range<usize>,
    notes: Range<usize>,
    gap: f64,
    /// Where it goes on, if it does.
    pub(super) next: Option<Cursor>,
}

impl TablePiece {
    /// Lays a table out in the largest size that lets it stand on one page with `room`; in the first
    /// where none does.
    pub(super) fn new(
        table: &Table,
        room: f64,
        faces: &mut OpenFaces<'_>,
        tree: &mut Tree,
    ) -> Self {
        let grid = TableGrid::of(table);
        let nodes = add_nodes(table, &grid, tree);
        let notes = note_lines(table, faces, tree);
        let notes_height = notes_height(notes.len());
        let room = room - 2.0 * GAP;
        let mut first = None;
        let mut without_notes = None;
        let mut chosen = None;
        for (size, least_row) in sizes(table.kind) {
            let sized = Sized::new(table, &grid, &nodes, *size, *least_row, faces);
            let height: f64 = sized.rows.iter().sum();
            if sized.wide_enough && height + notes_height <= room {
                chosen = Some(sized);
                break;
            }
            if sized.wide_enough && height <= room && without_notes.is_none() {
                without_notes = Some(sized);
            } else {
                // The smallest type holds the widest figures.
                let better = first.as_ref().is_none_or(|f: &Sized| !f.wide_enough);
                first = if better { Some(sized) } else { first };
            }
        }
        let sized = chosen
            .or(without_notes)
            .or(first)
            .unwrap_or_else(|| Sized::new(table, &grid, &nodes, SMALLEST, SMALLEST, faces));
        let groups = groups(table, &sized.sources);
        let whole = table.groups.len() == 1;
        Self { sized, groups, notes, whole }
    }

    /// The beginning.
    pub(super) fn start(&self) -> Cursor {
        Cursor { row: 0, note: 0 }
    }

    /// The least height in which the table may begin.
    pub(super) fn least(&self) -> f64 {
        let all = self.height(0..self.sized.rows.len());
        if self.whole && all + GAP <= HEIGHT - paper::LINE {
            return all + GAP;
        }
        let Some(group) = self.groups.first() else { return 0.0 };
        let group_height = self.height(group.head.start..group.body.end);
        if !self.whole && group_height + GAP <= HEIGHT / 2.0 {
            return group_height + GAP;
        }
        GAP + self.height(group.head.start..(group.head.end + 2).min(self.sized.rows.len()))
    }

    /// What fits on a page with `room` from a cursor on; at least one row on an empty page.
    pub(super) fn part(&self, from: Cursor, room: f64, page_empty: bool) -> Part {
        let gap = if page_empty { 0.0 } else { GAP };
        let repeated = self.repeated_head(from.row);
        let mut left = room - gap - self.height(repeated.clone()) + SLIP;
        let rows = from.row..self.end_of_part(from.row, left, page_empty);
        left -= self.height(rows.clone());
        let n_rows = self.sized.rows.len();
        let mut notes = from.note..from.note;
        if rows.end == n_rows && !self.notes.is_empty() {
            let fit = ((left - notes_height(0)) / NOTE_PITCH).max(0.0) as usize;
            let least = usize::from(page_empty && rows.is_empty());
            notes.end = (from.note + fit.max(least)).min(self.notes.len());
        }
        let done = rows.end == n_rows && notes.end == self.notes.len();
        let next = (!done).then_some(Cursor { row: rows.end, note: notes.end });
        Part { repeated, rows, notes, gap, next }
    }

    /// Puts a part on a page with its upper left corner at `x` and `y`; gives its height back.
    pub(super) fn put(&self, part: &Part, page: &mut Page, x: f64, y: f64) -> f64 {
        if part.rows.is_empty() && part.notes.is_empty() {
            return 0.0;
        }
        let mut top = y + part.gap;
        let mut strips = Vec::new();
        for row in part.repeated.clone().chain(part.rows.clone()) {
            strips.push((row, top));
            top += self.sized.rows[row];
        }
        if part.rows.is_empty() {
            strips.clear();
            top = y;
        }
        let n_repeated = if part.rows.is_empty() { 0 } else { part.repeated.len() };
        let (repeated, own) = strips.split_at(n_repeated);
        self.put_cells(repeated, true, page, x);
        self.put_cells(own, false, page, x);
        self.sized.put_rules(&strips, top, page, x);
        let mut end = top - y + GAP;
        if !part.notes.is_empty() {
            end -= GAP;
            end += notes_height(0);
            for note in &self.notes[part.notes.clone()] {
                let leading = (NOTE_PITCH - NOTE_SIZE) / 2.0;
                let base = y + end + leading + paper::ABOVE_BASELINE * NOTE_SIZE;
                place_line(page, &note.line, x, base, &owned(note.node));
                end += NOTE_PITCH;
            }
        }
        end
    }

    /// The words of all cells that touch these rows, in reading order.
    fn put_cells(&self, strips: &[(usize, f64)], repeat: bool, page: &mut Page, x: f64) {
        let Some(((first, _), (last, _))) = strips.first().zip(strips.last()) else { return };
        let rows = *first..*last + 1;
        let mut indices: Vec<usize> = (0..self.sized.cells.len())
            .filter(|i| {
                let cell = &self.sized.cells[*i].rows;
                cell.start < rows.end && rows.start < cell.end
            })
            .collect();
        indices.sort_by_key(|i| {
            let cell = &self.sized.cells[*i];
            (cell.rows.start.max(rows.start), cell.columns.start)
        });
        for i in indices {
            let cell = &self.sized.cells[i];
            let seen = cell.rows.start.max(rows.start)..cell.rows.end.min(rows.end);
            let continued = cell.rows.start < rows.start;
            let height = self.height(seen.clone());
            if continued && cell.height() > height {
                continue;
            }
            let owner = if repeat || continued { Owner::Repeat } else { Owner::Node(cell.node) };
            let top = strips[seen.start - rows.start].1;
            cell.put(&self.sized.edges, top, height, owner, page, x);
        }
    }

    fn height(&self, rows: Range<usize>) -> f64 {
        self.sized.rows[rows].iter().sum()
    }

    /// The head rows that must be repeated where a page begins with this row.
    fn repeated_head(&self, row: usize) -> Range<usize> {
        self.groups
            .iter()
            .find(|group| group.body.contains(&row) && row > group.body.start)
            .map_or(0..0, |group| group.head.clone())
    }

    /// Where the part that begins with `start` should end, given the height left.
    fn end_of_part(&self, start: usize, room: f64, page_empty: bool) -> usize {
        let n_rows = self.sized.rows.len();
        let mut fits = start;
        let mut height = 0.0;
        while fits < n_rows && height + self.sized.rows[fits] <= room {
            height += self.sized.rows[fits];
            fits += 1;
        }
        if fits == n_rows {
            return fits;
        }
        let mut best = None;
        let mut lost = room - height;
        for end in (start + 1..=fits).rev() {
            if let Some(cost) = self.break_cost(start, end) {
                let cost = cost + lost / paper::LINE;
                if best.is_none_or(|(least, _)| cost < least) {
                    best = Some((cost, end));
                }
            }
            lost += self.sized.rows[end - 1];
        }
        match best {
            Some((_, end)) => end,
            None if page_empty => fits.max(start + 1),
            None => start,
        }
    }

    /// What it costs the reader when a page ends before row `end`; `None` where it must not.
    fn break_cost(&self, start: usize, end: usize) -> Option<f64> {
        let group = self.groups.iter().find(|g| (g.head.start..g.body.end).contains(&end))?;
        if end == group.head.start {
            return Some(0.0);
        }
        if group.head.contains(&(end - 1)) {
            return None;
        }
        let mut cost = if self.whole { 1.0 } else { 12.0 };
        for cell in &self.sized.cells {
            if cell.rows.start < end && end < cell.rows.end {
                let seen = cell.rows.start.max(start)..end;
                if cell.height() > self.height(seen) {
                    return None;
                }
                // Cutting a small group hurts more than cutting one that fills the page anyway.
                cost += if cell.rows.len() <= 10 { 8.0 } else { 1.0 };
            }
        }
        Some(cost)
    }
}

impl CellBox {
    fn height(&self) -> f64 {
        self.lines.len() as f64 * self.pitch
    }

    fn put(&self, edges: &[f64], top: f64, height: f64, owner: Owner, page: &mut Page, x: f64) {
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
    fn new(
        table: &Table,
        grid: &TableGrid<'_>,
        nodes: &[NodeId],
        size: f64,
        least_row: f64,
        faces: &mut OpenFaces<'_>,
    ) -> Self {
        let (edges, wide_enough) = column_edges(table, grid, size, faces);
        let mut cells: Vec<CellBox> = grid
            .cells
            .iter()
            .enumerate()
            .map(|(i, placed)| cell_box(i, placed, nodes[i], table.kind, &edges, size, faces))
            .collect();
        let mut heights = vec![least_row; grid.n_rows];
        for cell in cells.iter().filter(|cell| cell.rows.len() == 1) {
            let height = &mut heights[cell.rows.start];
            *height = height.max(cell.height() + 2.0 * PAD_Y);
        }
        for cell in cells.iter().filter(|cell| cell.rows.len() > 1) {
            let lack = cell.height() + 2.0 * PAD_Y - heights[cell.rows.clone()].iter().sum::<f64>();
            let share = (lack / cell.rows.len() as f64).max(0.0);
            heights[cell.rows.clone()].iter_mut().for_each(|height| *height += share);
        }
        let (rows, sources) = slice_high_rows(&mut cells, &heights, head_height(table, &heights));
        let mut covered = vec![vec![None; grid.n_columns]; rows.len()];
        for (i, cell) in cells.iter().enumerate() {
            for row in &mut covered[cell.rows.clone()] {
                row[cell.columns.clone()].fill(Some(i));
            }
        }
        Self { edges, rows, sources, cells, covered, wide_enough }
    }

    /// Frame and rules: every stretch is drawn once, and none between the parts of one cell.
    fn put_rules(&self, strips: &[(usize, f64)], bottom: f64, page: &mut Page, x: f64) {
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

/// Sizes to try, each with the least height of a row, from the most comfortable on.
fn sizes(kind: TableKind) -> &'static [(f64, f64)] {
    match kind {
        TableKind::Disclosure => &[(12.0, 26.0), (10.5, 22.0), (9.0, 18.0)],
        TableKind::Requests => {
            &[(10.5, 20.5), (10.5, 19.0), (10.0, 18.0), (9.5, 17.0), (9.0, 16.0), (9.0, 15.0)]
        }
        TableKind::Challenges => &[(12.0, 28.0), (10.5, 26.0), (10.0, 24.0), (9.0, 22.0)],
    }
}

/// The edges of the columns, and whether each has the width that its figures need.
///
/// A column too narrow for a figure, or for its remark, takes what it lacks from the columns that
/// have more than they need, in proportion.
fn column_edges(
    table: &Table,
    grid: &TableGrid<'_>,
    size: f64,
    faces: &mut OpenFaces<'_>,
) -> (Vec<f64>, bool) {
    /// What of its width a column of labels keeps.
    const LABEL_SHARE: f64 = 0.5;
    let total: f64 = table.column_widths.iter().map(|w| f64::from(*w)).sum();
    let mut widths: Vec<f64> =
        table.column_widths.iter().map(|w| f64::from(*w) / total * WIDTH).collect();
    let least = 2.0 * (size + PAD_X);
    let mut figures: Vec<f64> = widths.iter().map(|w| f64::max(least, w * LABEL_SHARE)).collect();
    let mut remarks = vec![0.0; widths.len()];
    let setting = Setting { size, cell: size, grid: false, widest: f64::INFINITY };
    for placed in grid.cells.iter().filter(|p| p.cell.kind == CellKind::Figure) {
        let span = placed.cell.column_span.max(1);
        let figure = width_of(faces, setting, Role::Song, &placed.cell.text) + 2.0 * PAD_X + 1.0;
        let note = placed.cell.note.as_ref().map_or(0, |note| note.chars().count());
        let remark = note.min(NOTE_CHARACTERS) as f64 * SMALLEST + 2.0 * PAD_X + 1.0;
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
    let left_aligned = label && kind == TableKind::Requests && cell.row_span == 1;
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
fn slice_high_rows(cells: &mut Vec<CellBox>, heights: &[f64], head: f64) -> (Vec<f64>, Vec<usize>) {
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
            left -= highest - 2.0 * PAD_Y;
        }
        rows.push(left);
        sources.push(source);
    }
    first.push(rows.len());
    let mut sliced = Vec::new();
    for mut cell in cells.drain(..) {
        let drawn = first[cell.rows.start]..first[cell.rows.end];
        let per_row = (((highest - 2.0 * PAD_Y) / cell.pitch).floor() as usize).max(1);
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

fn groups(table: &Table, sources: &[usize]) -> Vec<Group> {
    let drawn = |row: usize| sources.iter().position(|s| *s >= row).unwrap_or(sources.len());
    let mut row = 0;
    table
        .groups
        .iter()
        .map(|group| {
            let head = row..row + group.head.len();
            let body = head.end..head.end + group.body.len();
            row = body.end;
            Group {
                head: drawn(head.start)..drawn(head.end),
                body: drawn(body.start)..drawn(body.end),
            }
        })
        .collect()
}

fn notes_height(n_lines: usize) -> f64 {
    const ABOVE: f64 = 3.0;
    if n_lines == 0 { ABOVE } else { ABOVE + n_lines as f64 * NOTE_PITCH }
}

fn note_lines(table: &Table, faces: &mut OpenFaces<'_>, tree: &mut Tree) -> Vec<NoteLine> {
    let mut lines = Vec::new();
    for note in &table.notes {
        let node = tree.add(Tree::ROOT, NodeRole::Paragraph);
        let setting =
            Setting { size: NOTE_SIZE, cell: NOTE_SIZE, grid: false, widest: WIDTH / 2.0 };
        let mut builder = TextBuilder::new(faces, setting);
        builder.push(0, Role::Song, note, false);
        let text = builder.finish();
        lines.extend(
            break_lines(&text, WIDTH, Fill::Justified)
                .into_iter()
                .map(|line| NoteLine { line, node }),
        );
    }
    lines
}

/// The nodes of a table: one table for each group of rows, since each has a head of its own.
///
/// Gives the node of every cell, in the order of the grid.
fn add_nodes(table: &Table, grid: &TableGrid<'_>, tree: &mut Tree) -> Vec<NodeId> {
    let mut nodes = Vec::with_capacity(grid.cells.len());
    let mut rows: Vec<NodeId> = Vec::new();
    let many = table.groups.len() > 1;
    for group in &table.groups {
        let name = group.head.first().and_then(|row| row.cells.first()).filter(|_| many);
        let summary = match name {
            Some(cell) => format!("{}：{}", table.caption, cell.text),
            None => table.caption.clone(),
        };
        let node = tree.add(Tree::ROOT, NodeRole::Table { summary });
        for (role, n) in
            [(NodeRole::TableHead, group.head.len()), (NodeRole::TableBody, group.body.len())]
        {
            if n > 0 {
                let part = tree.add(node, role);
                rows.extend((0..n).map(|_| tree.add(part, NodeRole::TableRow)));
            }
        }
    }
    for placed in &grid.cells {
        let Placed { cell, row, .. } = *placed;
        let role = NodeRole::TableCell {
            kind: cell.kind,
            column_span: cell.column_span,
            row_span: cell.row_span,
            heads: Vec::new(),
        };
        nodes.push(tree.add(rows[row], role));
    }
    for (i, id) in nodes.iter().enumerate() {
        let of: Vec<NodeId> = grid.heads_of(i).into_iter().map(|head| nodes[head]).collect();
        if let NodeRole::TableCell { heads, .. } = &mut tree.nodes[id.0].role {
            *heads = of;
        }
    }
    nodes
}
