//! The tree of meaning as a custom tag: sections, tables, rows and cells with the addresses of their values, and the
//! objects that print each.

use super::xml::{leaf, root, root_tag, with_children};
use crate::document::CellKind;
use crate::layout::{Node, NodeId, NodeRole, Pages};
use crate::package::xml::{DECLARATION, Element, escape};

/// The file with the tree.
pub(super) const FILE: &str = "Report.xml";
/// Its name space; the number counts changes that a program must know.
const NAMESPACE: &str = "urn:nianbao:ofd-tags:1";

/// `CustomTags.xml`, which names the file with the tree.
pub(super) fn list() -> Element {
    let tag = Element::new("ofd:CustomTag").with("NameSpace", NAMESPACE);
    let tag = with_children(tag, [leaf("ofd:FileLoc", FILE)]);
    with_children(root("ofd:CustomTags"), [tag])
}

/// The file with the tree; `places` are the objects of each node.
pub(super) fn tree(pages: &Pages, places: &[Vec<(u32, u32)>]) -> String {
    let mut writer = Writer { nodes: &pages.nodes, places, out: String::from(DECLARATION) };
    let start = root_tag("nb:Report");
    writer.out.push_str(start.trim_end_matches('>'));
    writer.out.push_str(&format!(" xmlns:nb=\"{NAMESPACE}\">"));
    writer.sections();
    writer.out.push_str("</nb:Report>");
    writer.out
}

struct Writer<'a> {
    nodes: &'a [Node],
    places: &'a [Vec<(u32, u32)>],
    out: String,
}

impl Writer<'_> {
    /// All that stands directly in the document, each section in an element of its own.
    fn sections(&mut self) {
        let Some(document) = self.nodes.first() else { return };
        let mut is_open = false;
        for child in &document.children {
            if let NodeRole::Heading { level: 2, title } = &self.nodes[child.0].role {
                if std::mem::replace(&mut is_open, true) {
                    self.out.push_str("</nb:Section>");
                }
                self.out.push_str(&format!("<nb:Section Title=\"{}\">", escape(title)));
            }
            self.node(*child);
        }
        if is_open {
            self.out.push_str("</nb:Section>");
        }
    }

    fn node(&mut self, id: NodeId) {
        let node = &self.nodes[id.0];
        let name = name(&node.role);
        self.out.push('<');
        self.out.push_str(name);
        self.attributes(node);
        if node.children.is_empty() && self.places[id.0].is_empty() {
            self.out.push_str("/>");
            return;
        }
        self.out.push('>');
        for (page, object) in &self.places[id.0] {
            self.out
                .push_str(&format!("<ofd:ObjectRef PageRef=\"{page}\">{object}</ofd:ObjectRef>"));
        }
        for child in &node.children {
            self.node(*child);
        }
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
    }

    fn attributes(&mut self, node: &Node) {
        let mut put = |name: &str, value: &str| {
            self.out.push_str(&format!(" {name}=\"{}\"", escape(value)));
        };
        match &node.role {
            NodeRole::Heading { level, .. } => put("Level", &level.to_string()),
            NodeRole::Link { target, .. } => put("Target", target),
            NodeRole::Figure { description, .. } => put("Description", description),
            NodeRole::Table { summary } => put("Summary", summary),
            NodeRole::TableCell { kind, column_span, row_span, .. } => {
                put("Kind", kind_name(*kind));
                if *column_span > 1 {
                    put("ColumnSpan", &column_span.to_string());
                }
                if *row_span > 1 {
                    put("RowSpan", &row_span.to_string());
                }
            }
            NodeRole::Document
            | NodeRole::Paragraph
            | NodeRole::NoteLink { .. }
            | NodeRole::Note
            | NodeRole::Reference
            | NodeRole::List
            | NodeRole::ListItem
            | NodeRole::ListBody
            | NodeRole::TableHead
            | NodeRole::TableBody
            | NodeRole::TableRow => {}
        }
        if let Some(address) = &node.address {
            put("Path", address);
        }
    }
}

fn name(role: &NodeRole) -> &'static str {
    match role {
        NodeRole::Document => "nb:Document",
        NodeRole::Heading { .. } => "nb:Heading",
        NodeRole::Paragraph => "nb:Paragraph",
        NodeRole::Link { .. } => "nb:Link",
        NodeRole::Note => "nb:Note",
        NodeRole::Reference => "nb:Reference",
        NodeRole::NoteLink { .. } => "nb:Mark",
        NodeRole::Figure { .. } => "nb:Chart",
        NodeRole::Table { .. } => "nb:Table",
        NodeRole::List => "nb:List",
        NodeRole::ListItem => "nb:Item",
        NodeRole::ListBody => "nb:Words",
        NodeRole::TableHead => "nb:Head",
        NodeRole::TableBody => "nb:Body",
        NodeRole::TableRow => "nb:Row",
        NodeRole::TableCell { .. } => "nb:Cell",
    }
}

fn kind_name(kind: CellKind) -> &'static str {
    match kind {
        CellKind::ColumnHead => "ColumnHead",
        CellKind::RowHead => "RowHead",
        CellKind::Corner => "Corner",
        CellKind::Figure => "Figure",
    }
}
