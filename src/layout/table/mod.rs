//! Tables: column widths, merged cells, and what happens to them where a page ends.

mod nodes;
mod notes;
mod sized;

use std::collections::BTreeMap;
use std::ops::Range;

use super::columns::{Measure, SIZES, columns};
use super::glyphs::OpenFaces;
use super::page::{NodeId, NodeRole, Owner, Page};
use super::paper::{self, SLIP, WIDTH};
use super::tree::Tree;
use crate::document::{Table, TableGrid, TableKind};
use notes::Notes;
use sized::{Density, SetCells, Sized};

/// White between the text above and a table.
const GAP: f64 = 7.0;

/// A table laid out, not yet put on pages.
pub(super) struct TablePiece {
    kind: TableKind,
    nodes: Vec<NodeId>,
    /// For each cell with a mark, by its place in the grid, the node of its mark.
    marks: BTreeMap<usize, NodeId>,
    sized: Sized,
    groups: Vec<Group>,
    notes: Notes,
    /// The height of a page below the headings that stand above the table.
    room: f64,
}

/// The rows of one group, as they are drawn.
struct Group {
    head: Range<usize>,
    body: Range<usize>,
}

/// The row at which a table goes on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cursor {
    row: usize,
    note: usize,
}

/// The part of a table on one page.
pub(super) struct Part {
    repeated: Range<usize>,
    rows: Range<usize>,
    notes: Range<usize>,
    gap: f64,
    /// The place at which it goes on, if it does.
    pub(super) next: Option<Cursor>,
}

impl TablePiece {
    /// Lays a table out in the largest size in which it stands on one page with its notes below headings
    /// that leave `room`; where none does, in the largest in which it stands there with some of them.
    pub(super) fn new(
        table: &Table,
        room: f64,
        faces: &mut OpenFaces<'_>,
        tree: &mut Tree,
    ) -> Self {
        let grid = TableGrid::of(table);
        let nodes = nodes::add(table, &grid, tree);
        let notes = Notes::new(table, faces, tree);
        let marks = marks(table, &grid, &nodes, &notes, tree);
        let sized = choose(table, &grid, SIZES[0], room, &notes, faces);
        let groups = groups(table, &sized.sources);
        Self { kind: table.kind, nodes, marks, sized, groups, notes, room }
    }

    /// Lays the same table out again, in no larger type than `largest`.
    pub(super) fn set_in(&mut self, table: &Table, largest: f64, faces: &mut OpenFaces<'_>) {
        let grid = TableGrid::of(table);
        self.sized = choose(table, &grid, largest, self.room, &self.notes, faces);
        self.groups = groups(table, &self.sized.sources);
    }

    /// The size of its type, if it is a table of the form.
    pub(super) fn size_of_form(&self) -> Option<f64> {
        match self.kind {
            TableKind::Disclosure | TableKind::Requests | TableKind::Challenges => {
                Some(self.sized.size)
            }
            TableKind::Plain(_) | TableKind::Figures(_) | TableKind::Signatures => None,
        }
    }

    /// The beginning.
    pub(super) fn start(&self) -> Cursor {
        Cursor { row: 0, note: 0 }
    }

    /// True if the table stands on one page wherever it fits one: all but a list of findings.
    fn stays_whole(&self) -> bool {
        !matches!(self.kind, TableKind::Plain(_))
    }

    /// The least height in which the table may begin.
    pub(super) fn least(&self) -> f64 {
        let all = GAP + self.height(0..self.sized.rows.len());
        if self.stays_whole() {
            for notes in [self.notes.height(), self.notes.least_height()] {
                if all + notes <= self.room {
                    return all + notes;
                }
            }
        }
        let Some(group) = self.groups.first() else { return 0.0 };
        let group_height = self.height(group.head.start..group.body.end);
        if !self.stays_whole() && group_height + GAP <= paper::HEIGHT / 2.0 {
            return group_height + GAP;
        }
        GAP + self.height(group.head.start..(group.head.end + 2).min(self.sized.rows.len()))
    }

    /// The rows from a cursor on that fit on a page with `room`; at least one row on an empty page.
    pub(super) fn part(&self, from: Cursor, room: f64, page_empty: bool) -> Part {
        let gap = if page_empty { 0.0 } else { GAP };
        let repeated = self.repeated_head(from.row);
        let mut left = room - gap - self.height(repeated.clone()) + SLIP;
        let rows = from.row..self.end_of_part(from.row, left, page_empty);
        left -= self.height(rows.clone());
        let n_rows = self.sized.rows.len();
        let mut notes = from.note..from.note;
        if rows.end == n_rows {
            notes.end = self.notes.end_of_part(from.note, left, page_empty && rows.is_empty());
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
        if part.notes.is_empty() {
            return top - y + GAP;
        }
        top - y + self.notes.put(part.notes.clone(), page, x, top)
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
            let node = self.nodes[cell.source];
            let mark = self.marks.get(&cell.source).copied().unwrap_or(node);
            let owners = if repeat || continued {
                [Owner::Repeat; 2]
            } else {
                [Owner::Node(node), Owner::Node(mark)]
            };
            let top = strips[seen.start - rows.start].1;
            cell.put(&self.sized, top, height, owners, page, x);
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

    /// The best end of the part that begins with `start`, given the height left.
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

    /// The cost to the reader when a page ends before row `end`; `None` where it must not.
    fn break_cost(&self, start: usize, end: usize) -> Option<f64> {
        let group = self.groups.iter().find(|g| (g.head.start..g.body.end).contains(&end))?;
        if end == group.head.start {
            return Some(0.0);
        }
        if group.head.contains(&(end - 1)) {
            return None;
        }
        let mut cost = if self.groups.len() == 1 { 1.0 } else { 12.0 };
        for cell in self.sized.cells.iter() {
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

/// The nodes of the marks of cells, which lead to the notes below.
fn marks(
    table: &Table,
    grid: &TableGrid<'_>,
    nodes: &[NodeId],
    notes: &Notes,
    tree: &mut Tree,
) -> BTreeMap<usize, NodeId> {
    let mut marks = BTreeMap::new();
    for (i, placed) in grid.cells.iter().enumerate() {
        let Some(mark) = &placed.cell.mark else { continue };
        let Some(note) = table.note_of(mark) else { continue };
        let reference = tree.add(nodes[i], NodeRole::Reference);
        let link = NodeRole::NoteLink { note: notes.node(note), mark: mark.clone() };
        marks.insert(i, tree.add(reference, link));
    }
    marks
}

/// The table in the largest type, no larger than `largest`, that lets it stand in a height with its
/// notes, or else with some of them, or else in the first that is wide enough.
fn choose(
    table: &Table,
    grid: &TableGrid<'_>,
    largest: f64,
    room: f64,
    notes: &Notes,
    faces: &mut OpenFaces<'_>,
) -> Sized {
    let [_, small, _] = SIZES;
    let digit = faces.widest_digit();
    // A remark of one cell makes its row high unless its column is wide.
    let remarked = table.rows().flat_map(|row| &row.cells).any(|cell| cell.note.is_some());
    let remarks: &[usize] = if remarked { &[5, 8, 11] } else { &[0] };
    let mut first = None;
    let mut with_some_notes = None;
    for largest in SIZES.into_iter().filter(|size| *size <= largest) {
        // How close the rows stand changes nothing in their cells, which are set when they are first asked for.
        let mut set: Vec<Option<SetCells>> = Vec::new();
        for density in densities(table.kind, largest) {
            for (i, remark) in remarks.iter().enumerate() {
                if set.len() == i {
                    let measure = Measure { width: WIDTH, largest, digit, remark: *remark };
                    let columns = Some(columns(table, grid, measure));
                    // Where its figures are too wide for this type, the next is tried.
                    let columns = columns.filter(|columns| columns.size >= largest);
                    set.push(columns.map(|columns| SetCells::new(table, grid, columns, faces)));
                }
                let Some(set) = &set[i] else { continue };
                let sized = Sized::new(table, grid, set, density);
                let height = GAP + sized.rows.iter().sum::<f64>();
                if height + notes.height() <= room && (sized.size >= small || notes.is_empty()) {
                    return sized;
                }
                if height + notes.least_height() <= room && with_some_notes.is_none() {
                    with_some_notes = Some(sized);
                } else if first.is_none() {
                    first = Some(sized);
                }
            }
        }
    }
    with_some_notes.or(first).unwrap_or_else(|| {
        let measure = Measure { width: WIDTH, largest: SIZES[2], digit, remark: 0 };
        let set = SetCells::new(table, grid, columns(table, grid, measure), faces);
        Sized::new(table, grid, &set, Density::CLOSEST)
    })
}

/// The spacings that the rows of a table in a size may have, from the most comfortable.
fn densities(kind: TableKind, size: f64) -> Vec<Density> {
    let close = size * 1.6;
    let of = |rows: &[(f64, f64)]| -> Vec<Density> {
        rows.iter().map(|(least_row, pad)| Density { least_row: *least_row, pad: *pad }).collect()
    };
    match kind {
        TableKind::Disclosure => {
            of(&[(2.4 * size, 3.0), (2.1 * size, 3.0), (1.9 * size, 2.0), (close, 1.5)])
        }
        TableKind::Requests => of(&[
            (1.95 * size, 3.0),
            (1.85 * size, 2.5),
            (1.75 * size, 2.0),
            (1.65 * size, 1.5),
            (1.55 * size, 1.0),
        ]),
        TableKind::Plain(_) => of(&[(1.85 * size, 2.5)]),
        TableKind::Figures(_) => of(&[(1.95 * size, 3.0), (1.85 * size, 2.5), (close, 1.5)]),
        TableKind::Signatures => of(&[(36.0, 3.0)]),
        TableKind::Challenges => of(&[(2.5 * size, 3.0), (2.2 * size, 2.5), (close, 1.5)]),
    }
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
