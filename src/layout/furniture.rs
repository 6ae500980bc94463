//! Furniture of every page: the page number and the mark of a draft.

use super::font::Role;
use super::glyphs::OpenFaces;
use super::line::one_line;
use super::page::{Bar, Item, NodeRole, Owner, Page, Pages};
use super::paper;
use super::tree::place_line;
use crate::document::DRAFT_MARK;

/// Adds page numbers, and draft marks where the document is a draft.
pub(super) fn add(pages: &mut Pages, faces: &mut OpenFaces<'_>) {
    // A listener hears the mark once, before anything else.
    let first = pages.meta.draft.then(|| pages.insert_first(NodeRole::Paragraph));
    for (i, page) in pages.pages.iter_mut().enumerate() {
        page_number(page, i, faces);
        if let Some(node) = first {
            let owner = if i == 0 { Owner::Node(node) } else { Owner::Pagination };
            // It stands above the text, and is read before it.
            let mut mark = draft_mark(i, owner, faces);
            mark.items.append(&mut page.items);
            page.items = mark.items;
        }
    }
}

/// `— 1 —` in 四号 half-width figures, 7 mm below the type area, on the outer side with one character
/// free (GB/T 9704-2012, 7.5).
fn page_number(page: &mut Page, index: usize, faces: &mut OpenFaces<'_>) {
    const SIZE: f64 = paper::PAGE_NUMBER_SIZE;
    /// The height of the dash above the baseline, in em.
    const DASH: f64 = 0.27;
    let line = one_line(&format!("— {} —", index + 1), Role::Song, SIZE, faces);
    let left = paper::left(index);
    let x = if paper::is_front(index) {
        left + paper::WIDTH - paper::CELL - line.width
    } else {
        left + paper::CELL
    };
    let y = paper::TOP + paper::HEIGHT + paper::PAGE_NUMBER_DROP + DASH * SIZE;
    place_line(page, &line, x, y, &[Owner::Pagination]);
}

/// A boxed sentence in the middle of the white above the type area.
fn draft_mark(index: usize, owner: Owner, faces: &mut OpenFaces<'_>) -> Page {
    const SIZE: f64 = 16.0;
    const PAD: f64 = 7.0;
    const RULE: f64 = 1.5;
    let line = one_line(DRAFT_MARK, Role::Hei, SIZE, faces);
    let width = line.width + 2.0 * PAD;
    let height = SIZE + 2.0 * PAD;
    let x = paper::left(index) + (paper::WIDTH - width) / 2.0;
    let y = (paper::TOP - height) / 2.0;
    let edges = [
        Bar { x, y, width, height: RULE },
        Bar { x, y: y + height - RULE, width, height: RULE },
        Bar { x, y, width: RULE, height },
        Bar { x: x + width - RULE, y, width: RULE, height },
    ];
    let base = y + PAD + paper::ABOVE_BASELINE * SIZE;
    let mut page = Page::default();
    place_line(&mut page, &line, x + PAD, base, &[owner]);
    page.items.extend(edges.map(Item::Rule));
    page
}
