//! Tracked changes and comments of Word files: who made them, and which words stand in the text.

use std::collections::{BTreeMap, BTreeSet};

use super::numbering::{find, local, plain, value};
use crate::package::xml::{Element, unescape};

/// The most comments that speak of the same words.
const MOST_OPEN: usize = 20;

/// The people who changed a Word file while changes were tracked, and its comments.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Tracked {
    /// Their names.
    pub(crate) authors: BTreeSet<String>,
    /// The comments in the order in which they are kept.
    pub(crate) comments: Vec<Comment>,
}

/// A comment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Comment {
    /// The name of its author.
    pub(crate) author: String,
    /// The words on which it is a comment; empty if it stands at a place.
    pub(crate) about: String,
    /// Its words.
    pub(crate) text: String,
}

/// The change that a mark of a paragraph or the properties of a row were part of.
pub(super) fn of(properties: &Element) -> Option<&Element> {
    ["ins", "del", "moveTo", "moveFrom"].into_iter().find_map(|name| find(properties, name))
}

/// True if what a change encloses stands in the text: what was inserted, unless the person who did it is `rejected`, and
/// what that person deleted.
pub(super) fn stands(change: &Element, rejected: Option<&str>) -> bool {
    let is_inserted = matches!(local(&change.name), "ins" | "moveTo");
    let is_rejected = rejected.is_some() && author(change).as_deref() == rejected;
    is_inserted != is_rejected
}

fn author(change: &Element) -> Option<String> {
    value(change, "author").map(|name| unescape(name).trim().to_owned())
}

impl Tracked {
    /// The changes and comments of the parts of a Word file.
    pub(super) fn of(document: &Element, comments: Option<&Element>) -> Self {
        let mut found = Self::default();
        let mut walk = Walk::default();
        found.walk(document, &mut walk);
        let all = comments.into_iter().flat_map(Element::elements);
        for comment in all.filter(|element| local(&element.name) == "comment") {
            let about = value(comment, "id").and_then(|id| walk.about.remove(id));
            let lines = comment.elements().map(|line| plain(line).trim().to_owned());
            let lines: Vec<String> = lines.filter(|line| !line.is_empty()).collect();
            found.comments.push(Comment {
                author: author(comment).unwrap_or_default(),
                about: about.unwrap_or_default().trim().to_owned(),
                text: lines.join(" "),
            });
        }
        found
    }

    fn walk<'a>(&mut self, element: &'a Element, walk: &mut Walk<'a>) {
        for child in element.elements() {
            match local(&child.name) {
                "ins" | "del" | "moveTo" | "moveFrom" => {
                    self.authors.extend(author(child).filter(|name| !name.is_empty()));
                }
                "commentRangeStart" if walk.open.len() < MOST_OPEN => {
                    walk.open.extend(value(child, "id"));
                }
                "commentRangeEnd" => walk.open.retain(|id| Some(*id) != value(child, "id")),
                "t" => {
                    for id in &walk.open {
                        walk.about.entry(id).or_default().push_str(&plain(child));
                    }
                }
                _ => {}
            }
            self.walk(child, walk);
        }
    }
}

/// The comments whose words are being passed, and the words of each.
#[derive(Default)]
struct Walk<'a> {
    open: Vec<&'a str>,
    about: BTreeMap<&'a str, String>,
}
