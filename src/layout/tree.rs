//! Growing the tree of meaning, and putting lines on a page as runs that belong to its nodes.

use super::line::Line;
use super::page::{Bar, Item, LinkArea, Node, NodeId, NodeRole, Owner, Page, PlacedGlyph, TextRun};
use super::paper;

/// The tree while it grows.
#[derive(Debug)]
pub(super) struct Tree {
    pub(super) nodes: Vec<Node>,
}

impl Tree {
    pub(super) const ROOT: NodeId = NodeId(0);

    pub(super) fn new() -> Self {
        Self { nodes: vec![Node::new(NodeRole::Document, None)] }
    }

    /// Adds a node as the last child of `parent`.
    pub(super) fn add(&mut self, parent: NodeId, role: NodeRole) -> NodeId {
        let id = NodeId(self.nodes.len());
        self.nodes.push(Node::new(role, Some(parent)));
        self.nodes[parent.0].children.push(id);
        id
    }

    /// Says where the value of a node stands in the data file.
    pub(super) fn set_address(&mut self, node: NodeId, address: Option<&str>) {
        self.nodes[node.0].address = address.map(str::to_owned);
    }

    fn is_link(&self, owner: Owner) -> Option<NodeId> {
        match owner {
            Owner::Node(id) if matches!(self.nodes[id.0].role, NodeRole::Link { .. }) => Some(id),
            Owner::Node(_) | Owner::Pagination | Owner::Repeat => None,
        }
    }
}

/// The owner of a line of one span.
pub(super) fn owned(node: NodeId) -> [Owner; 1] {
    [Owner::Node(node)]
}

/// Puts a line on a page with its left end at `x` and its baseline at `y`; each of its spans belongs
/// to the owner of that place. Adjacent glyphs of one owner, face and size become one run.
pub(super) fn place_line(page: &mut Page, line: &Line, x: f64, y: f64, owners: &[Owner]) {
    let mut run: Option<TextRun> = None;
    for glyph in &line.glyphs {
        let owner = owners[glyph.span];
        let placed = PlacedGlyph {
            id: glyph.id,
            character: glyph.character,
            x: x + glyph.x,
            advance: glyph.advance,
        };
        match &mut run {
            Some(run)
                if run.owner == owner
                    && run.face == glyph.face
                    && run.size == glyph.size
                    && run.y == y - glyph.rise
                    && run.stretch == glyph.stretch =>
            {
                run.glyphs.push(placed);
            }
            _ => {
                page.items.extend(run.take().map(Item::Text));
                run = Some(TextRun {
                    owner,
                    face: glyph.face,
                    size: glyph.size,
                    stretch: glyph.stretch,
                    y: y - glyph.rise,
                    glyphs: vec![placed],
                });
            }
        }
    }
    page.items.extend(run.map(Item::Text));
}

/// Makes the parts of a line that belong to links lead to their addresses.
pub(super) fn place_links(
    tree: &Tree,
    page: &mut Page,
    line: &Line,
    x: f64,
    y: f64,
    owners: &[Owner],
) {
    // A line is read once, however many links the paragraph has.
    for glyphs in line.glyphs.chunk_by(|one, next| one.span == next.span) {
        let (Some(first), Some(last)) = (glyphs.first(), glyphs.last()) else { continue };
        let owner = owners.get(first.span);
        let Some(node) = owner.and_then(|owner| tree.is_link(*owner)) else { continue };
        let above = paper::ABOVE_BASELINE * first.size;
        let area = Bar {
            x: x + first.x,
            y: y - above,
            width: last.x + last.advance - first.x,
            height: first.size,
        };
        page.links.push(LinkArea { node, area });
    }
}
