//! Link annotations on printed addresses, one for each address and page however many lines it takes, and on the
//! marks of notes.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};

use super::structure::Marks;
use super::{RenderError, from_bottom, points, refused, text_string};
use crate::layout::{Bar, NodeId, NodeRole, Pages};

/// Adds the annotations of all pages.
pub(super) fn add(
    document: &mut Document,
    pages: &Pages,
    page_ids: &[ObjectId],
    marks: &mut Marks<'_>,
) -> Result<(), RenderError> {
    let places = pages.places_of_notes();
    for (i, page_id) in page_ids.iter().enumerate().take(pages.pages.len()) {
        let annotations = annotations(document, pages, (i, page_ids), &places, marks);
        let dictionary = document.get_dictionary_mut(*page_id).map_err(refused)?;
        if annotations.is_empty() {
            dictionary.remove(b"Annots");
        } else {
            dictionary.set("Annots", annotations);
        }
    }
    Ok(())
}

fn annotations(
    document: &mut Document,
    pages: &Pages,
    (index, page_ids): (usize, &[ObjectId]),
    places: &BTreeMap<NodeId, (usize, f64)>,
    marks: &mut Marks<'_>,
) -> Vec<Object> {
    let mut annotations = Vec::new();
    for parts in pages.pages[index].links.chunk_by(|one, next| one.node == next.node) {
        let Some(link) = parts.first() else { continue };
        let id = document.new_object_id();
        let (words, action) = match marks.role(link.node) {
            NodeRole::Link { target, text } => {
                let action = dictionary! {
                    "Type" => "Action",
                    "S" => "URI",
                    "URI" => Object::string_literal(target.as_str()),
                };
                (text, ("A", Object::Dictionary(action)))
            }
            NodeRole::NoteLink { note, mark } => {
                let Some((page, y)) = places.get(note) else { continue };
                let top = Object::Real(points(from_bottom(*y)));
                let place =
                    vec![page_ids[*page].into(), "XYZ".into(), Object::Null, top, Object::Null];
                (mark, ("Dest", Object::Array(place)))
            }
            NodeRole::Document
            | NodeRole::Heading { .. }
            | NodeRole::Paragraph
            | NodeRole::Note
            | NodeRole::Reference
            | NodeRole::Figure { .. }
            | NodeRole::List
            | NodeRole::ListItem
            | NodeRole::ListBody
            | NodeRole::Table { .. }
            | NodeRole::TableHead
            | NodeRole::TableBody
            | NodeRole::TableRow
            | NodeRole::TableCell { .. } => continue,
        };
        let areas: Vec<&Bar> = parts.iter().map(|part| &part.area).collect();
        let key = marks.annotate(link.node, index, id);
        let annotation = annotation(&areas, page_ids[index], words, key, action);
        document.set_object(id, annotation);
        annotations.push(Object::Reference(id));
    }
    annotations
}

/// An annotation over some areas of a page, with its words for those who do not see it, its key in the structure,
/// and the entry that says where it leads.
fn annotation(
    areas: &[&Bar],
    page: ObjectId,
    words: &str,
    key: i64,
    leads: (&str, Object),
) -> Dictionary {
    let mut annotation = dictionary! {
        "Type" => "Annot",
        "Subtype" => "Link",
        "Rect" => around(areas),
        "Border" => vec![0.into(), 0.into(), 0.into()],
        // Printed with the page (PDF/A).
        "F" => 4,
        "P" => page,
        "Contents" => text_string(words),
        "StructParent" => key,
    };
    annotation.set(leads.0, leads.1);
    if areas.len() > 1 {
        // The places to click; all others of the rectangle are not (ISO 32000-2, 12.5.6.5).
        annotation.set("QuadPoints", areas.iter().flat_map(|a| corners(a)).collect::<Vec<_>>());
    }
    annotation
}

/// The smallest rectangle around some areas.
fn around(areas: &[&Bar]) -> Vec<Object> {
    let least = |of: fn(&Bar) -> f64| areas.iter().map(|a| of(a)).fold(f64::INFINITY, f64::min);
    let most = |of: fn(&Bar) -> f64| areas.iter().map(|a| of(a)).fold(f64::NEG_INFINITY, f64::max);
    let (left, right) = (least(|a| a.x), most(|a| a.x + a.width));
    let (top, bottom) = (least(|a| a.y), most(|a| a.y + a.height));
    numbers([left, from_bottom(bottom), right, from_bottom(top)])
}

/// The corners of an area: top left, top right, bottom left, bottom right, as readers take them.
fn corners(area: &Bar) -> Vec<Object> {
    let Bar { x, y, width, height } = *area;
    let (top, bottom) = (from_bottom(y), from_bottom(y + height));
    numbers([x, top, x + width, top, x, bottom, x + width, bottom])
}

fn numbers<const N: usize>(values: [f64; N]) -> Vec<Object> {
    values.into_iter().map(|value| Object::Real(points(value))).collect()
}
