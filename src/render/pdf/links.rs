//! Link annotations on printed addresses.

use lopdf::{Document, Object, ObjectId, dictionary};

use super::structure::Marks;
use super::{RenderError, from_bottom, points, refused, text_string};
use crate::layout::{Bar, NodeRole, Page, Pages};

/// Adds the annotations of all pages.
pub(super) fn add(
    document: &mut Document,
    pages: &Pages,
    page_ids: &[ObjectId],
    marks: &mut Marks<'_>,
) -> Result<(), RenderError> {
    for (i, (page, page_id)) in pages.pages.iter().zip(page_ids).enumerate() {
        let annotations = annotations(document, page, i, *page_id, marks);
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
    page: &Page,
    index: usize,
    page_id: ObjectId,
    marks: &mut Marks<'_>,
) -> Vec<Object> {
    let mut annotations = Vec::new();
    for link in &page.links {
        let NodeRole::Link { target, text } = marks.role(link.node) else { continue };
        let id = document.new_object_id();
        let key = marks.annotate(link.node, index, id);
        let annotation = dictionary! {
            "Type" => "Annot",
            "Subtype" => "Link",
            "Rect" => rectangle(&link.area),
            "Border" => vec![0.into(), 0.into(), 0.into()],
            // Printed with the page (PDF/A).
            "F" => 4,
            "P" => page_id,
            "Contents" => text_string(text),
            "StructParent" => key,
            "A" => dictionary! {
                "Type" => "Action",
                "S" => "URI",
                "URI" => Object::string_literal(target.as_str()),
            },
        };
        document.set_object(id, annotation);
        annotations.push(Object::Reference(id));
    }
    annotations
}

fn rectangle(area: &Bar) -> Vec<Object> {
    let Bar { x, y, width, height } = *area;
    [x, from_bottom(y + height), x + width, from_bottom(y)]
        .into_iter()
        .map(|value| Object::Real(points(value)))
        .collect()
}
