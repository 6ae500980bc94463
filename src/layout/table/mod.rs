//! Tables: column widths, merged cells, and what happens to them where a page ends.

mod nodes;
mod sized;

use std::ops::Range;

use super::flow::{SLIP, owned};
use super::font::{OpenFaces, Role};
use super::line::{Fill, Line, break_lines};
use super::page::{NodeId, NodeRole, Owner, Page};
use super::paper::{self, HEIGHT, WIDTH};
use super::text::{Setting, TextBuilder};
use super::tree::{Tree, place_line};
use crate::document::{Table, TableGrid, TableKind};
use sized::{Dress, Sized};

/// The smallest size of a figure or a label, and the size of a remark in a cell.
const SMALLEST: f64 = 9.0;
/// White between the text above and a table.
const GAP: f64 = 7.0;
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
        let nodes = nodes::add(table, &grid, tree);
        let notes = note_lines(table, faces, tree);
        let notes_height = notes_height(notes.len());
        let room = room - 2.0 * GAP;
        let mut first: Option<Sized> = None;
        let mut without_notes = None;
        let mut chosen = None;
        for dress in dresses(table) {
            let sized = Sized::new(table, &grid, &nodes, &dress, faces);
            let height: f64 = sized.rows.iter().sum();
            let fits = sized.wide_enough && height <= room;
            if fits && height + notes_height <= room {
                chosen = Some(sized);
                break;
            }
            if fits && without_notes.is_none() {
                without_notes = Some(sized);
            } else if first.as_ref().is_none_or(|first| !first.wide_enough) {
                // The smallest type holds the widest figures.
                first = Some(sized);
            }
        }
        let sized = chosen
            .or(without_notes)
            .or(first)
            .unwrap_or_else(|| Sized::new(table, &grid, &nodes, &Dress::default(), faces));
        let groups = groups(table, &sized.sources);
        let whole = table.groups.len() == 1 && !matches!(table.kind, TableKind::Plain(_));
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

/// How a table may be dressed, from the most comfortable to the closest.
fn dresses(table: &Table) -> Vec<Dress> {
    // Size, least height of a row, white above and below a cell's words.
    let sizes: &[(f64, f64, f64)] = match table.kind {
        TableKind::Disclosure => &[(12.0, 26.0, 3.0), (10.5, 22.0, 3.0), (9.0, 18.0, 2.0)],
        TableKind::Requests => &[
            (10.5, 20.5, 3.0),
            (10.5, 19.0, 3.0),
            (10.0, 18.0, 2.5),
            (9.5, 17.0, 2.5),
            (9.0, 16.0, 2.0),
            (9.0, 15.0, 1.5),
        ],
        TableKind::Plain(_) => &[(10.0, 18.5, 2.5)],
        TableKind::Figures(_) => &[(10.5, 20.5, 3.0), (10.0, 18.5, 2.5), (9.0, 16.0, 1.5)],
        TableKind::Signatures => &[(12.0, 36.0, 3.0)],
        TableKind::Challenges => &[(10.5, 28.0, 3.0), (10.0, 26.0, 2.5), (9.0, 24.0, 2.0)],
    };
    // A remark of one cell makes its row high unless its column is wide.
    let remarked = table.rows().flat_map(|row| &row.cells).any(|cell| cell.note.is_some());
    let remarks: &[usize] = if remarked { &[5, 8, 11] } else { &[0] };
    sizes
        .iter()
        .flat_map(|(size, least_row, pad)| {
            remarks.iter().map(|remark| Dress {
                size: *size,
                least_row: *least_row,
                pad: *pad,
                remark: *remark,
            })
        })
        .collect()
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
