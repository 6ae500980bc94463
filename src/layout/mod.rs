//! Document to pages: faces, lines, tables and page breaks, after GB/T 9704-2012.
//!
//! The outcome, [`Pages`], is placed glyphs and bars and a tree that says what they mean. Nothing here
//! knows in which format they will be written.

mod chart;
mod collection;
pub mod columns;
mod flow;
mod font;
mod furniture;
mod glyphs;
mod kinsoku;
mod line;
mod page;
pub mod paper;
mod script;
mod table;
mod text;
mod tree;

use std::collections::HashSet;
use std::fmt;

pub(crate) use collection::language;
pub(crate) use font::{FaceFile, FaceId, OwnFace};
pub use font::{Faces, Role};
pub(crate) use page::{Bar, Bookmark, Fill, PlacedGlyph};
pub use page::{Item, Node, NodeId, NodeRole, Owner, Page, Pages, TextRun};
pub(crate) use script::needs_shaping;

use crate::document::Document;

/// Lays a document out on pages.
///
/// Fails when a figure is too long for its cell, when no face has a character that the document uses,
/// naming all such characters, or when there is no face at all.
pub fn lay_out(document: &Document, faces: &Faces) -> Result<Pages, LayoutError> {
    columns::all_fit(document)?;
    let mut open = glyphs::OpenFaces::new(faces)?;
    let mut flow = flow::Flow::new(&mut open);
    flow.document(document);
    let mut pages = flow.finish(&document.meta, faces);
    furniture::add(&mut pages, &mut open);
    if open.missing.is_empty() {
        Ok(pages)
    } else {
        Err(LayoutError::MissingCharacters(open.missing))
    }
}

/// The characters of a text that no page can show, each once with the words around it: those that no face
/// has, and those that [need shaping](needs_shaping).
pub(crate) fn unprintable<'t>(
    texts: impl IntoIterator<Item = &'t str>,
    faces: &Faces,
) -> Result<Vec<(char, String)>, LayoutError> {
    let mut open = glyphs::OpenFaces::new(faces)?;
    let mut seen = Seen::none();
    for text in texts {
        for character in text.chars().filter_map(kinsoku::printable) {
            if !seen.insert(character) {
                continue;
            }
            // What one role has, all have.
            open.note_if_missing(Role::Body, character, text);
        }
    }
    Ok(open.missing)
}

/// Characters that have been seen.
struct Seen {
    /// A bit for each of the plane in which nearly all stand.
    common: Vec<u64>,
    rare: HashSet<char>,
}

impl Seen {
    fn none() -> Self {
        Self { common: vec![0; 0x1_0000 / 64], rare: HashSet::new() }
    }

    /// Adds a character; true if it is new.
    fn insert(&mut self, character: char) -> bool {
        let code = u32::from(character);
        match self.common.get_mut((code / 64) as usize) {
            Some(bits) => {
                let bit = 1 << (code % 64);
                let is_new = *bits & bit == 0;
                *bits |= bit;
                is_new
            }
            None => self.rare.insert(character),
        }
    }
}

/// An error of laying out a document.
#[derive(Debug, Clone, PartialEq)]
pub enum LayoutError {
    /// No face has these characters; each with the words around its first use.
    MissingCharacters(Vec<(char, String)>),
    /// A figure has more digits than its cell has room for in the smallest type.
    FigureTooLong(Box<columns::TooLong>),
    /// A face cannot be used: which, and what is wrong, in Chinese.
    Font {
        /// Its role.
        face: String,
        /// Its fault.
        message: String,
    },
}

impl fmt::Display for LayoutError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MissingCharacters(characters) => {
                let list: Vec<String> = characters.iter().map(|(c, _)| c.to_string()).collect();
                write!(f, "所有字体中都没有下列字符：{}", list.join("、"))
            }
            Self::FigureTooLong(long) => write!(
                f,
                "“{}”表“{}”一格的数 {} 太长，表格用最小的字号也排不进一页的宽度，请核对位数",
                long.table, long.cell, long.figure.text
            ),
            Self::Font { face, message } => write!(f, "字体 {face} 无法使用：{message}"),
        }
    }
}

impl std::error::Error for LayoutError {}
