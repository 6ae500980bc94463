//! Pages of placed glyphs and rules, and the tree that says what they mean: what a writer of any
//! paged format needs, and nothing of that format.
//!
//! Lengths are points (1/72 inch); `x` counts from the left edge of the sheet, `y` from the top down.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::font::{FaceId, Faces};
use crate::document::{CellKind, Meta};

/// A laid-out document.
#[derive(Debug, Clone)]
pub struct Pages {
    /// The pages in order.
    pub pages: Vec<Page>,
    /// The tree of meaning; the first node is the root.
    pub nodes: Vec<Node>,
    /// The places a reader can jump to, in reading order.
    pub outline: Vec<Bookmark>,
    /// The description of the document, not printed in its body.
    pub meta: Meta,
    /// The faces that the glyphs refer to.
    pub faces: Faces,
}

impl Pages {
    /// Puts a new node before all others of the document.
    pub(super) fn insert_first(&mut self, role: NodeRole) -> NodeId {
        const ROOT: NodeId = NodeId(0);
        let id = NodeId(self.nodes.len());
        self.nodes.push(Node::new(role, Some(ROOT)));
        self.nodes[ROOT.0].children.insert(0, id);
        id
    }

    /// The place to which a mark of each note leads: its page, and a height just above its first line.
    pub(crate) fn places_of_notes(&self) -> BTreeMap<NodeId, (usize, f64)> {
        let is_note = |node: &Node| matches!(node.role, NodeRole::Note);
        let mut places = BTreeMap::new();
        if !self.nodes.iter().any(is_note) {
            return places;
        }
        for (i, page) in self.pages.iter().enumerate() {
            for item in &page.items {
                let Item::Text(run) = item else { continue };
                let Owner::Node(node) = run.owner else { continue };
                if is_note(&self.nodes[node.0]) {
                    places.entry(node).or_insert((i, run.y - 1.5 * run.size));
                }
            }
        }
        places
    }
}

/// One side of a sheet.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// The printed items in reading order; page numbers and repeated heads stand where they are drawn.
    pub items: Vec<Item>,
    /// The areas that lead somewhere when clicked.
    pub links: Vec<LinkArea>,
}

/// Something printed.
#[derive(Debug, Clone)]
pub enum Item {
    /// Glyphs on one baseline.
    Text(TextRun),
    /// A black bar: a rule of a table or a frame.
    Rule(Bar),
    /// A filled part of a drawing that has a meaning: a bar of a chart.
    Fill(Fill),
}

/// A filled part of a drawing.
#[derive(Debug, Clone, Copy)]
pub struct Fill {
    /// The drawing it belongs to; its role is [`NodeRole::Figure`].
    pub node: NodeId,
    /// Its place.
    pub area: Bar,
    /// From 0 for black to 1 for white.
    pub lightness: f64,
}

/// Glyphs of one face and size on one baseline.
#[derive(Debug, Clone)]
pub struct TextRun {
    /// The role of the words in the document.
    pub owner: Owner,
    /// The face.
    pub face: FaceId,
    /// The size.
    pub size: f64,
    /// The sideways stretch of glyphs; 1 for none.
    pub stretch: f64,
    /// The baseline.
    pub y: f64,
    /// The glyphs from left to right.
    pub glyphs: Vec<PlacedGlyph>,
}

/// A glyph at its place.
#[derive(Debug, Clone, Copy)]
pub struct PlacedGlyph {
    /// The number of the glyph in its face.
    pub id: u16,
    /// The character it stands for.
    pub character: char,
    /// The left end of its advance.
    pub x: f64,
    /// Its advance, unstretched.
    pub advance: f64,
}

/// A filled rectangle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bar {
    /// The left edge.
    pub x: f64,
    /// The upper edge.
    pub y: f64,
    /// The width.
    pub width: f64,
    /// The height.
    pub height: f64,
}

/// Whom a printed thing belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// A node of the tree.
    Node(NodeId),
    /// Nothing that is read: page number, draft mark.
    Pagination,
    /// Nothing that is read twice: the head of a table repeated on a later page.
    Repeat,
}

/// A node of the tree of meaning, by its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub usize);

/// A part of the document and what it is.
#[derive(Debug, Clone)]
pub struct Node {
    /// Its kind.
    pub role: NodeRole,
    /// The nodes inside, in reading order.
    pub children: Vec<NodeId>,
    /// The node around it; only the root has none.
    pub parent: Option<NodeId>,
    /// The address of its value in the data file, when it has one there.
    pub address: Option<String>,
}

impl Node {
    pub(super) fn new(role: NodeRole, parent: Option<NodeId>) -> Self {
        Self { role, children: Vec::new(), parent, address: None }
    }
}

/// The role of a node.
#[derive(Debug, Clone, PartialEq)]
pub enum NodeRole {
    /// The whole.
    Document,
    /// A heading with its text: level 1 is the title, 2 a section, 3 a part.
    Heading {
        /// The level.
        level: u8,
        /// The text.
        title: String,
    },
    /// A paragraph.
    Paragraph,
    /// An address that leads somewhere.
    Link {
        /// The complete address.
        target: String,
        /// The text as printed.
        text: String,
    },
    /// A note under a table.
    Note,
    /// The mark in a cell of the note that speaks of it.
    Reference,
    /// The words of a mark, which lead to its note.
    NoteLink {
        /// The note.
        note: NodeId,
        /// The mark as printed.
        mark: String,
    },
    /// A drawing, with the words in it.
    Figure {
        /// Its description for those who cannot see it.
        description: String,
        /// Its place on the page; known once it has been put there.
        area: Option<Bar>,
    },
    /// A table.
    Table {
        /// Its contents.
        summary: String,
    },
    /// A list.
    List,
    /// An item of a list.
    ListItem,
    /// The words of an item.
    ListBody,
    /// The head rows of a table.
    TableHead,
    /// The rows of a table that are no head.
    TableBody,
    /// A row.
    TableRow,
    /// A cell.
    TableCell {
        /// The kind of cell: a head of columns or rows, or a figure.
        kind: CellKind,
        /// The number of columns it covers.
        column_span: usize,
        /// The number of rows it covers.
        row_span: usize,
        /// The cells that head it.
        heads: Vec<NodeId>,
    },
}

/// A place to jump to.
#[derive(Debug, Clone)]
pub struct Bookmark {
    /// Its depth, from 1.
    pub level: u8,
    /// Its name.
    pub title: String,
    /// The page, from 0.
    pub page: usize,
    /// The height on the page.
    pub y: f64,
}

/// An area that leads somewhere.
#[derive(Debug, Clone)]
pub struct LinkArea {
    /// The link; its role is [`NodeRole::Link`] or [`NodeRole::NoteLink`].
    pub node: NodeId,
    /// Its place.
    pub area: Bar,
}

impl Pages {
    /// The pages as text to read: one line a run with page, position, size, face and words.
    pub fn dump(&self) -> String {
        let mut text = String::new();
        for (i, page) in self.pages.iter().enumerate() {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "── {} ──", i + 1);
            for item in &page.items {
                let Item::Text(run) = item else { continue };
                let x = run.glyphs.first().map_or(0.0, |glyph| glyph.x);
                let mark = match run.owner {
                    Owner::Node(_) => ' ',
                    Owner::Pagination => '#',
                    Owner::Repeat => '=',
                };
                let face = &self.faces.file(run.face).name;
                let _ = writeln!(
                    text,
                    "{mark}{x:6.1} {:6.1} {:4.1} {face:<18} {}",
                    run.y,
                    run.size,
                    run.words()
                );
            }
        }
        text
    }

    /// The words that belong to the document, in reading order, without line ends.
    pub fn words(&self) -> String {
        self.pages.iter().map(Page::words).collect()
    }
}

impl Page {
    /// The words on it that belong to the document, in reading order, without line ends.
    pub fn words(&self) -> String {
        self.items
            .iter()
            .filter_map(|item| match item {
                Item::Text(run) if matches!(run.owner, Owner::Node(_)) => Some(run.words()),
                Item::Text(_) | Item::Rule(_) | Item::Fill(_) => None,
            })
            .collect()
    }
}

impl TextRun {
    /// The words of the run.
    pub fn words(&self) -> String {
        self.glyphs.iter().map(|glyph| glyph.character).collect()
    }
}
