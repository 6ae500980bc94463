//! The outline: sections, and their parts below them.

use lopdf::{Document, Object, ObjectId, dictionary};

use super::{from_bottom, points, text_string};
use crate::layout::{Bookmark, Pages};

/// Adds the outline; gives its root, or nothing when there is nothing to list.
pub(super) fn add(
    document: &mut Document,
    pages: &Pages,
    page_ids: &[ObjectId],
) -> Option<ObjectId> {
    if pages.outline.is_empty() {
        return None;
    }
    let root = document.new_object_id();
    let (first, last, count) = add_level(document, root, &pages.outline, page_ids)?;
    let outlines =
        dictionary! { "Type" => "Outlines", "First" => first, "Last" => last, "Count" => count };
    document.set_object(root, outlines);
    Some(root)
}

/// Adds bookmarks below a parent; those deeper than the one before them go below that one. Gives the
/// first and the last of this level, and how many there are with all below them.
fn add_level(
    document: &mut Document,
    parent: ObjectId,
    bookmarks: &[Bookmark],
    page_ids: &[ObjectId],
) -> Option<(ObjectId, ObjectId, i64)> {
    const ABOVE: f64 = 6.0;
    let level = bookmarks.first()?.level;
    let mut starts: Vec<usize> =
        (0..bookmarks.len()).filter(|i| bookmarks[*i].level <= level).collect();
    let ids: Vec<ObjectId> = starts.iter().map(|_| document.new_object_id()).collect();
    starts.push(bookmarks.len());
    let mut count = ids.len() as i64;
    for (i, id) in ids.iter().enumerate() {
        let bookmark = &bookmarks[starts[i]];
        let top = Object::Real(points(from_bottom(bookmark.y - ABOVE)));
        let place = vec![
            page_ids.get(bookmark.page).copied()?.into(),
            "XYZ".into(),
            Object::Null,
            top,
            Object::Null,
        ];
        let mut item = dictionary! {
            "Title" => text_string(&bookmark.title),
            "Parent" => parent,
            "Dest" => place,
        };
        if i > 0 {
            item.set("Prev", ids[i - 1]);
        }
        if let Some(next) = ids.get(i + 1) {
            item.set("Next", *next);
        }
        let below = &bookmarks[starts[i] + 1..starts[i + 1]];
        if let Some((first, last, n)) = add_level(document, *id, below, page_ids) {
            item.set("First", first);
            item.set("Last", last);
            item.set("Count", n);
            count += n;
        }
        document.set_object(*id, item);
    }
    Some((*ids.first()?, *ids.last()?, count))
}
