//! The structure tree: what a screen reader reads, in the order in which it reads it.

use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};

use super::{RenderError, from_bottom, points, refused, text_string};
use crate::document::CellKind;
use crate::layout::{Node, NodeId, NodeRole, Pages};

/// The owners of the pages' marked content, gathered while the pages are written.
pub(super) struct Marks<'p> {
    nodes: &'p [Node],
    /// For each node, what lies directly in it.
    kids: Vec<Vec<Kid>>,
    attached: Vec<bool>,
    /// For each page, the node of every mark.
    pages: Vec<Vec<NodeId>>,
    /// The annotations, each with its link; their keys follow those of the pages.
    annotations: Vec<NodeId>,
}

#[derive(Clone, Copy)]
enum Kid {
    Mark { page: usize, number: i64 },
    Annotation { page: usize, id: ObjectId },
    Node(NodeId),
}

impl<'p> Marks<'p> {
    pub(super) fn new(pages: &'p Pages) -> Self {
        let n = pages.nodes.len();
        Self {
            nodes: &pages.nodes,
            kids: vec![Vec::new(); n],
            attached: vec![false; n],
            pages: vec![Vec::new(); pages.pages.len()],
            annotations: Vec::new(),
        }
    }

    /// The role of a node.
    pub(super) fn role(&self, node: NodeId) -> &'p NodeRole {
        &self.nodes[node.0].role
    }

    /// The number of a new mark on a page for content of a node.
    pub(super) fn mark(&mut self, node: NodeId, page: usize) -> i64 {
        let number = self.pages[page].len() as i64;
        self.pages[page].push(node);
        self.attach(node);
        self.kids[node.0].push(Kid::Mark { page, number });
        number
    }

    /// The key of a new annotation that belongs to a link.
    pub(super) fn annotate(&mut self, node: NodeId, page: usize, id: ObjectId) -> i64 {
        self.annotations.push(node);
        self.kids[node.0].push(Kid::Annotation { page, id });
        (self.pages.len() + self.annotations.len() - 1) as i64
    }

    /// Puts a node into the text it runs in, at the place where it is met first.
    fn attach(&mut self, node: NodeId) {
        let Some(parent) = self.nodes[node.0].parent else { return };
        let runs_in_text = matches!(
            self.nodes[node.0].role,
            NodeRole::Link { .. } | NodeRole::Reference | NodeRole::NoteLink { .. }
        );
        if runs_in_text && !std::mem::replace(&mut self.attached[node.0], true) {
            self.attach(parent);
            self.kids[parent.0].push(Kid::Node(node));
        }
    }

    /// The contents of a node: what was met on the pages, or its nodes in the order of the tree.
    fn kids_of(&self, node: NodeId) -> Vec<Kid> {
        let met = &self.kids[node.0];
        if !met.is_empty() {
            return met.clone();
        }
        let children = &self.nodes[node.0].children;
        children
            .iter()
            .filter(|child| !self.is_nothing(**child))
            .map(|child| Kid::Node(*child))
            .collect()
    }

    /// True if a node is a text of which nothing was printed.
    fn is_nothing(&self, node: NodeId) -> bool {
        let text = matches!(
            self.nodes[node.0].role,
            NodeRole::Paragraph
                | NodeRole::Heading { .. }
                | NodeRole::Link { .. }
                | NodeRole::Note
                | NodeRole::Reference
                | NodeRole::NoteLink { .. }
        );
        text && self.kids[node.0].is_empty()
    }
}

/// Adds the structure tree, with its parent tree and its identifiers; gives its root.
pub(super) fn add(
    document: &mut Document,
    page_ids: &[ObjectId],
    marks: Marks<'_>,
) -> Result<ObjectId, RenderError> {
    let root = document.new_object_id();
    let ids: Vec<ObjectId> = marks.nodes.iter().map(|_| document.new_object_id()).collect();
    let mut names = Vec::new();
    for (i, node) in marks.nodes.iter().enumerate() {
        let kids = marks.kids_of(NodeId(i));
        let mut element = dictionary! {
            "Type" => "StructElem",
            "S" => structure_type(&node.role),
            "P" => node.parent.map_or(root, |parent| ids[parent.0]),
        };
        describe(&mut element, i, &node.role, &mut names, ids[i]);
        let page = kids.iter().find_map(|kid| match kid {
            Kid::Mark { page, .. } => Some(*page),
            Kid::Annotation { .. } | Kid::Node(_) => None,
        });
        if let Some(page) = page {
            element.set("Pg", page_ids[page]);
        }
        let mut kids: Vec<Object> =
            kids.iter().map(|kid| kid_object(*kid, page, page_ids, &ids)).collect();
        match kids.len() {
            0 => {}
            1 => element.set("K", kids.remove(0)),
            _ => element.set("K", kids),
        }
        document.set_object(ids[i], element);
    }
    for (i, page_id) in page_ids.iter().enumerate() {
        let page = document.get_dictionary_mut(*page_id).map_err(refused)?;
        page.set("StructParents", i as i64);
        page.set("Tabs", "S");
    }
    let parents = parent_tree(document, &marks, &ids);
    let mut tree = dictionary! {
        "Type" => "StructTreeRoot",
        "K" => vec![Object::Reference(ids[0])],
        "ParentTree" => parents,
        "ParentTreeNextKey" => (marks.pages.len() + marks.annotations.len()) as i64,
    };
    if let (Some(first), Some(last)) = (names.first().cloned(), names.iter().nth_back(1).cloned()) {
        let leaf = dictionary! { "Limits" => vec![first, last], "Names" => names };
        let leaf = document.add_object(leaf);
        tree.set("IDTree", dictionary! { "Kids" => vec![Object::Reference(leaf)] });
    }
    document.set_object(root, tree);
    Ok(root)
}

fn structure_type(role: &NodeRole) -> &'static str {
    match role {
        NodeRole::Document => "Document",
        NodeRole::Heading { level: 1, .. } => "H1",
        NodeRole::Heading { level: 2, .. } => "H2",
        NodeRole::Heading { .. } => "H3",
        NodeRole::Paragraph => "P",
        NodeRole::Link { .. } | NodeRole::NoteLink { .. } => "Link",
        NodeRole::Note => "Note",
        NodeRole::Reference => "Reference",
        NodeRole::Figure { .. } => "Figure",
        NodeRole::List => "L",
        NodeRole::ListItem => "LI",
        NodeRole::ListBody => "LBody",
        NodeRole::Table { .. } => "Table",
        NodeRole::TableHead => "THead",
        NodeRole::TableBody => "TBody",
        NodeRole::TableRow => "TR",
        NodeRole::TableCell { kind, .. } if kind.is_head() => "TH",
        NodeRole::TableCell { .. } => "TD",
    }
}

/// The attributes of an element beyond its type.
fn describe(
    element: &mut Dictionary,
    index: usize,
    role: &NodeRole,
    names: &mut Vec<Object>,
    id: ObjectId,
) {
    match role {
        NodeRole::Heading { title, .. } => element.set("T", text_string(title)),
        NodeRole::Link { text, .. } => element.set("Alt", text_string(text)),
        NodeRole::Figure { description, area } => {
            element.set("Alt", text_string(description));
            let mut attributes = dictionary! { "O" => "Layout", "Placement" => "Block" };
            if let Some(area) = area {
                let corners = [
                    area.x,
                    from_bottom(area.y + area.height),
                    area.x + area.width,
                    from_bottom(area.y),
                ];
                let corners: Vec<Object> = corners.map(|at| Object::Real(points(at))).into();
                attributes.set("BBox", corners);
            }
            element.set("A", attributes);
        }
        NodeRole::Table { summary } => {
            element.set("T", text_string(summary));
            element.set("A", dictionary! { "O" => "Table", "Summary" => text_string(summary) });
        }
        NodeRole::TableCell { kind, column_span, row_span, heads } => {
            let mut attributes = extent(*kind, *column_span, *row_span);
            if !heads.is_empty() {
                let heads: Vec<Object> = heads.iter().map(|head| cell_name(head.0)).collect();
                attributes.set("Headers", heads);
            }
            if kind.is_head() {
                element.set("ID", cell_name(index));
                names.extend([cell_name(index), Object::Reference(id)]);
            }
            element.set("A", attributes);
        }
        // Every note can be named (PDF/UA-1, 7.9).
        NodeRole::Note => {
            element.set("ID", cell_name(index));
            names.extend([cell_name(index), Object::Reference(id)]);
        }
        NodeRole::Document
        | NodeRole::Paragraph
        | NodeRole::Reference
        | NodeRole::NoteLink { .. }
        | NodeRole::List
        | NodeRole::ListItem
        | NodeRole::ListBody
        | NodeRole::TableHead
        | NodeRole::TableBody
        | NodeRole::TableRow => {}
    }
}

/// The extent of a cell of a table, and the cells it is a head of.
fn extent(kind: CellKind, column_span: usize, row_span: usize) -> Dictionary {
    let mut attributes = dictionary! { "O" => "Table" };
    if column_span > 1 {
        attributes.set("ColSpan", column_span as i64);
    }
    if row_span > 1 {
        attributes.set("RowSpan", row_span as i64);
    }
    match kind {
        CellKind::ColumnHead => attributes.set("Scope", "Column"),
        CellKind::RowHead => attributes.set("Scope", "Row"),
        CellKind::Corner | CellKind::Figure => {}
    }
    attributes
}

/// The identifier of a head cell; all are equally long, so that they sort as their numbers do.
fn cell_name(index: usize) -> Object {
    // A report has hundreds, and formatting takes several times as long.
    let number = index.to_string();
    let zeros = "000000".get(number.len()..).unwrap_or_default();
    Object::string_literal(["cell", zeros, &number].concat())
}

fn kid_object(kid: Kid, on: Option<usize>, page_ids: &[ObjectId], ids: &[ObjectId]) -> Object {
    match kid {
        Kid::Node(node) => Object::Reference(ids[node.0]),
        Kid::Mark { page, number } if Some(page) == on => Object::Integer(number),
        Kid::Mark { page, number } => {
            let mark = dictionary! { "Type" => "MCR", "Pg" => page_ids[page], "MCID" => number };
            Object::Dictionary(mark)
        }
        Kid::Annotation { page, id } => {
            let reference = dictionary! { "Type" => "OBJR", "Pg" => page_ids[page], "Obj" => id };
            Object::Dictionary(reference)
        }
    }
}

/// From every mark of every page, and every annotation, back to its element.
fn parent_tree(document: &mut Document, marks: &Marks<'_>, ids: &[ObjectId]) -> ObjectId {
    let mut numbers = Vec::new();
    for (i, nodes) in marks.pages.iter().enumerate() {
        let elements: Vec<Object> =
            nodes.iter().map(|node| Object::Reference(ids[node.0])).collect();
        let elements = document.add_object(elements);
        numbers.extend([Object::Integer(i as i64), Object::Reference(elements)]);
    }
    for (i, node) in marks.annotations.iter().enumerate() {
        let key = (marks.pages.len() + i) as i64;
        numbers.extend([Object::Integer(key), Object::Reference(ids[node.0])]);
    }
    document.add_object(dictionary! { "Nums" => numbers })
}
