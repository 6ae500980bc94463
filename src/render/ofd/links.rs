//! Texts that lead somewhere when clicked: addresses, and the marks of notes.

use std::collections::BTreeMap;

use super::xml::{micrometres, mm};
use crate::layout::{NodeId, NodeRole, Owner, Pages};
use crate::package::xml::escape;

/// The places of notes, by which marks lead to them.
pub(super) struct Links<'p> {
    pages: &'p Pages,
    page_ids: &'p [u32],
    notes: BTreeMap<NodeId, (usize, f64)>,
}

impl<'p> Links<'p> {
    pub(super) fn new(pages: &'p Pages, page_ids: &'p [u32]) -> Self {
        Self { pages, page_ids, notes: pages.places_of_notes() }
    }

    /// The actions of a text that belongs to a node, complete; nothing where it leads nowhere.
    pub(super) fn actions(&self, owner: Owner) -> Option<String> {
        let Owner::Node(node) = owner else { return None };
        match &self.pages.nodes[node.0].role {
            NodeRole::Link { target, .. } => {
                Some(actions(&format!("<ofd:URI URI=\"{}\"/>", escape(target))))
            }
            NodeRole::NoteLink { note, .. } => {
                let (page, y) = *self.notes.get(note)?;
                let place = place(*self.page_ids.get(page)?, y);
                Some(actions(&format!("<ofd:Goto>{place}</ofd:Goto>")))
            }
            NodeRole::Document
            | NodeRole::Heading { .. }
            | NodeRole::Paragraph
            | NodeRole::Note
            | NodeRole::Reference
            | NodeRole::Figure { .. }
            | NodeRole::Table { .. }
            | NodeRole::List
            | NodeRole::ListItem
            | NodeRole::ListBody
            | NodeRole::TableHead
            | NodeRole::TableBody
            | NodeRole::TableRow
            | NodeRole::TableCell { .. } => None,
        }
    }
}

fn actions(what: &str) -> String {
    format!("<ofd:Actions><ofd:Action Event=\"CLICK\">{what}</ofd:Action></ofd:Actions>")
}

/// A height on a page, at the size that the reader has chosen.
fn place(page: u32, y: f64) -> String {
    let top = mm(micrometres(y).max(0));
    format!("<ofd:Dest Type=\"XYZ\" PageID=\"{page}\" Left=\"0\" Top=\"{top}\" Zoom=\"0\"/>")
}
