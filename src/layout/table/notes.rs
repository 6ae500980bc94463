//! The notes under a table: paragraphs of which at least two lines stay together.

use std::ops::Range;

use crate::document::Table;
use crate::layout::font::Role;
use crate::layout::glyphs::OpenFaces;
use crate::layout::line::{Fill, Line, break_lines};
use crate::layout::page::{NodeId, NodeRole, Page};
use crate::layout::paper::{self, WIDTH};
use crate::layout::text::{Setting, TextBuilder};
use crate::layout::tree::{Tree, owned, place_line};

/// The size of a note, 小五, and from one line to the next.
const SIZE: f64 = 9.0;
const PITCH: f64 = 15.0;
/// White above the notes.
const ABOVE: f64 = 3.0;

/// The notes of a table in lines.
pub(super) struct Notes {
    lines: Vec<NoteLine>,
    /// The node of each note.
    nodes: Vec<NodeId>,
}

struct NoteLine {
    line: Line,
    node: NodeId,
    /// True if a page may end before it.
    may_begin_page: bool,
}

impl Notes {
    /// Sets the notes over the whole width.
    pub(super) fn new(table: &Table, faces: &mut OpenFaces<'_>, tree: &mut Tree) -> Self {
        let mut lines = Vec::new();
        let mut nodes = Vec::new();
        for note in &table.notes {
            let node = tree.add(Tree::ROOT, NodeRole::Note);
            nodes.push(node);
            let setting = Setting { widest: WIDTH / 2.0, ..Setting::of(SIZE) };
            let mut builder = TextBuilder::new(faces, setting);
            builder.push(0, Role::Song, note, false);
            let set = break_lines(&builder.finish(), WIDTH, Fill::Justified);
            let n = set.len();
            lines.extend(set.into_iter().enumerate().map(|(i, line)| NoteLine {
                line,
                node,
                may_begin_page: i == 0 || (i >= 2 && i + 2 <= n),
            }));
        }
        Self { lines, nodes }
    }

    /// The node of a note, by its place in the table's list.
    pub(super) fn node(&self, index: usize) -> NodeId {
        self.nodes[index]
    }

    pub(super) fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    pub(super) fn len(&self) -> usize {
        self.lines.len()
    }

    /// The height of all, with the white above.
    pub(super) fn height(&self) -> f64 {
        height_of(self.lines.len())
    }

    /// The height of as many as must stand below the table on its page.
    pub(super) fn least_height(&self) -> f64 {
        height_of(self.may_end_from(1).unwrap_or(self.lines.len()))
    }

    /// The end in a height of the part that begins with line `from`; with at least one line if `forced`.
    pub(super) fn end_of_part(&self, from: usize, room: f64, forced: bool) -> usize {
        let fit = ((room - ABOVE) / PITCH).max(0.0) as usize;
        let last = (from + fit).min(self.lines.len());
        let end = (from..=last).rev().find(|end| self.may_end_at(*end)).unwrap_or(from);
        if end > from || !forced { end } else { last.max(from + 1).min(self.lines.len()) }
    }

    /// Puts lines on a page below `y`; gives their height back.
    pub(super) fn put(&self, lines: Range<usize>, page: &mut Page, x: f64, y: f64) -> f64 {
        let mut top = y + ABOVE;
        for note in &self.lines[lines] {
            let base = top + (PITCH - SIZE) / 2.0 + paper::ABOVE_BASELINE * SIZE;
            place_line(page, &note.line, x, base, &owned(note.node));
            top += PITCH;
        }
        top - y
    }

    fn may_end_at(&self, end: usize) -> bool {
        self.lines.get(end).is_none_or(|line| line.may_begin_page)
    }

    fn may_end_from(&self, least: usize) -> Option<usize> {
        (least..=self.lines.len()).find(|end| self.may_end_at(*end))
    }
}

fn height_of(n: usize) -> f64 {
    if n == 0 { 0.0 } else { ABOVE + n as f64 * PITCH }
}
