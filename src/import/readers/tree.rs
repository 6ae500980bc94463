//! The tree of a web page, as the standard says browsers build it; the only user of `html5ever`.

use std::borrow::Cow;
use std::cell::RefCell;

use html5ever::tendril::{StrTendril, TendrilSink as _};
use html5ever::tree_builder::{ElemName, ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::{Attribute, LocalName, Namespace, QualName, local_name, ns, parse_document};

use super::super::error::ImportError;
use crate::budget::{PUBLISHED_NODES, PUBLISHED_UNCLOSED};

/// A web page; the first node is the page itself.
pub(super) struct Tree {
    pub(super) nodes: Vec<Node>,
}

/// A node of a web page.
#[derive(Default)]
pub(super) struct Node {
    /// The name of an element; empty for texts and whatever else.
    pub(super) name: String,
    pub(super) attributes: Vec<(String, String)>,
    pub(super) text: String,
    pub(super) children: Vec<usize>,
    pub(super) parent: Option<usize>,
}

impl Node {
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }
}

/// Builds the tree of a page.
///
/// # Errors
///
/// When it has too many nodes.
pub(super) fn parse(html: &str) -> Result<Tree, ImportError> {
    if html.bytes().filter(|byte| *byte == b'<').count() > PUBLISHED_NODES {
        return Err(ImportError::too_large(&format!("网页的内容超过 {PUBLISHED_NODES} 项")));
    }
    if unclosed(html) > PUBLISHED_UNCLOSED {
        return Err(ImportError::too_large("网页的标签套了太多层"));
    }
    if !super::tags::are_readable(html) {
        return Err(ImportError::too_large("网页的标签有太多属性"));
    }
    let nodes = RefCell::new(vec![Node::default()]);
    let sink = Sink { nodes, names: RefCell::new(vec![None]) };
    let sink = parse_document(sink, html5ever::ParseOpts::default()).one(html);
    Ok(Tree { nodes: sink.nodes.into_inner() })
}

/// The most elements that stand open at one place, but for those that pages leave open: whoever builds the tree
/// looks through all of them at every tag.
fn unclosed(html: &str) -> usize {
    const LEFT_OPEN: &[&str] = &[
        "p", "li", "td", "th", "tr", "tbody", "thead", "tfoot", "dd", "dt", "option", "br", "img",
        "hr", "input", "meta", "link", "col", "area", "base", "embed", "source", "param", "wbr",
    ];
    let (mut open, mut most) = (0_usize, 0);
    for piece in html.split('<').skip(1) {
        let is_end = piece.starts_with('/');
        let name = piece.trim_start_matches('/');
        let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
        let name = name[..end].to_ascii_lowercase();
        if name.is_empty() || LEFT_OPEN.contains(&name.as_str()) {
            continue;
        }
        open = if is_end { open.saturating_sub(1) } else { open + 1 };
        most = most.max(open);
    }
    most
}

struct Sink {
    nodes: RefCell<Vec<Node>>,
    names: RefCell<Vec<Option<QualName>>>,
}

/// The name of an element, as the builder asks for it.
#[derive(Debug)]
struct Name(QualName);

impl ElemName for Name {
    fn ns(&self) -> &Namespace {
        &self.0.ns
    }

    fn local_name(&self) -> &LocalName {
        &self.0.local
    }
}

impl Sink {
    fn add(&self, node: Node, name: Option<QualName>) -> usize {
        let mut nodes = self.nodes.borrow_mut();
        if nodes.len() > PUBLISHED_NODES {
            // A page of a few tags can make the builder copy them without end, and it cannot be told to stop:
            // the guard round the readers makes an error of this.
            std::panic::resume_unwind(Box::new("too many nodes"));
        }
        nodes.push(node);
        self.names.borrow_mut().push(name);
        nodes.len() - 1
    }

    fn insert(&self, parent: usize, at: Option<usize>, child: NodeOrText<usize>) {
        match child {
            NodeOrText::AppendNode(child) => {
                self.remove_from_parent(&child);
                let mut nodes = self.nodes.borrow_mut();
                nodes[child].parent = Some(parent);
                let at = at.unwrap_or(nodes[parent].children.len());
                nodes[parent].children.insert(at, child);
            }
            NodeOrText::AppendText(text) => {
                let before = {
                    let nodes = self.nodes.borrow();
                    let children = &nodes[parent].children;
                    at.unwrap_or(children.len()).checked_sub(1).map(|i| children[i])
                };
                let mut joined = false;
                if let Some(before) = before {
                    let node = &mut self.nodes.borrow_mut()[before];
                    if node.name.is_empty() && !node.text.is_empty() {
                        node.text.push_str(&text);
                        joined = true;
                    }
                }
                if !joined {
                    let node = Node { text: text.to_string(), ..Node::default() };
                    let child = self.add(node, None);
                    let mut nodes = self.nodes.borrow_mut();
                    nodes[child].parent = Some(parent);
                    let at = at.unwrap_or(nodes[parent].children.len());
                    nodes[parent].children.insert(at, child);
                }
            }
        }
    }
}

impl TreeSink for Sink {
    type Handle = usize;
    type Output = Self;
    type ElemName<'a> = Name;

    fn finish(self) -> Self {
        self
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> usize {
        0
    }

    fn elem_name(&self, target: &usize) -> Name {
        let plain = || QualName::new(None, ns!(html), local_name!("span"));
        Name(self.names.borrow()[*target].clone().unwrap_or_else(plain))
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _: ElementFlags) -> usize {
        let attributes = attributes.iter().map(|a| (a.name.local.to_string(), a.value.to_string()));
        let node = Node {
            name: name.local.to_string(),
            attributes: attributes.collect(),
            ..Node::default()
        };
        self.add(node, Some(name))
    }

    fn create_comment(&self, _: StrTendril) -> usize {
        self.add(Node::default(), None)
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> usize {
        self.add(Node::default(), None)
    }

    fn append(&self, parent: &usize, child: NodeOrText<usize>) {
        self.insert(*parent, None, child);
    }

    fn append_based_on_parent_node(
        &self,
        element: &usize,
        previous: &usize,
        child: NodeOrText<usize>,
    ) {
        let has_parent = self.nodes.borrow()[*element].parent.is_some();
        if has_parent {
            self.append_before_sibling(element, child);
        } else {
            self.append(previous, child);
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &usize) -> usize {
        *target
    }

    fn same_node(&self, one: &usize, other: &usize) -> bool {
        one == other
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &usize, child: NodeOrText<usize>) {
        if let NodeOrText::AppendNode(child) = &child {
            self.remove_from_parent(child);
        }
        let place = {
            let nodes = self.nodes.borrow();
            nodes[*sibling].parent.map(|parent| {
                let at = nodes[parent].children.iter().position(|child| child == sibling);
                (parent, at)
            })
        };
        if let Some((parent, at)) = place {
            self.insert(parent, at, child);
        }
    }

    fn add_attrs_if_missing(&self, target: &usize, attributes: Vec<Attribute>) {
        let mut nodes = self.nodes.borrow_mut();
        let own = &mut nodes[*target].attributes;
        for attribute in attributes {
            let name = attribute.name.local.to_string();
            if own.iter().all(|(known, _)| *known != name) {
                own.push((name, attribute.value.to_string()));
            }
        }
    }

    fn remove_from_parent(&self, target: &usize) {
        let mut nodes = self.nodes.borrow_mut();
        if let Some(parent) = nodes[*target].parent.take() {
            nodes[parent].children.retain(|child| child != target);
        }
    }

    fn reparent_children(&self, node: &usize, new_parent: &usize) {
        let mut nodes = self.nodes.borrow_mut();
        let children = std::mem::take(&mut nodes[*node].children);
        for child in &children {
            nodes[*child].parent = Some(*new_parent);
        }
        nodes[*new_parent].children.extend(children);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broken_page_has_the_tree_that_browsers_show() {
        let tree = parse("<table><tr><td>甲<p>乙<b>丙<tr><td>丁").unwrap();
        let n = |name: &str| tree.nodes.iter().filter(|node| node.name == name).count();
        assert_eq!((n("tr"), n("td"), n("tbody")), (2, 2, 1));
        let row = tree.nodes.iter().position(|node| node.name == "tr").unwrap();
        assert_eq!(tree.nodes[tree.nodes[row].parent.unwrap()].name, "tbody");
    }

    #[test]
    fn a_page_of_too_many_nodes_is_refused() {
        let many = "<b>x</b>".repeat(PUBLISHED_NODES / 2 + 10);
        assert!(parse(&many).is_err());
        let open: String = (0..900).map(|i| format!("<b a={i}>")).collect();
        let copied = format!("<p>{open}</p>{}", "<p>x</p>".repeat(2_000));
        assert!(crate::guard::guarded(|| parse(&copied).map(drop)).is_err());
    }
}
