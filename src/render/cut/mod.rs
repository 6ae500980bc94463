//! Faces cut down to some of their glyphs, whose outlines are copied as they are.
//!
//! A face comes from anywhere: every offset is looked up within its table, what calls itself is bounded, and a face
//! that breaks off or contradicts itself is an error. What a face may be and hardly ever is (accents made of two
//! glyphs, arithmetic in outlines) is [`Uncut::Unusual`]: sound, and refused all the same.

mod cff;
mod charstring;
mod dict;
mod index;
mod sfnt;
#[cfg(test)]
pub(super) mod tests;
mod truetype;

use std::collections::BTreeMap;
use std::fmt;

pub(super) use sfnt::{Table, font};
use ttf_parser::{RawFace, Tag};

/// The reason a face was not cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Uncut {
    /// It is damaged, in this part.
    Broken(&'static str),
    /// It uses what is not dealt with here.
    Unusual,
}

impl fmt::Display for Uncut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Broken(part) => write!(f, "无法取子集：字体已损坏（{part}），请换一个字体"),
            Self::Unusual => f.write_str(
                "无法取子集：字形由别的字形拼成，或者用算式画成，本程序不支持，请换一个字体",
            ),
        }
    }
}

/// Cuts one face of a font file down to some glyphs, given in ascending order: in the font that comes out, `.notdef`
/// has number 0, and the glyphs follow in their order.
///
/// A face with CFF outlines comes out as a font with the table `CFF ` alone, keyed by the numbers of its glyphs.
pub(super) fn cut(file: &[u8], index: u32, glyphs: &[u16]) -> Result<Vec<u8>, Uncut> {
    let face = RawFace::parse(file, index).map_err(|_| Uncut::Broken("表目录"))?;
    let all = with_notdef(glyphs);
    match face.table(Tag::from_bytes(b"CFF ")) {
        Some(table) => {
            let program = cff::cut(table, &all, charstring::Limits::FACE)?;
            Ok(font(*b"OTTO", vec![(*b"CFF ", program)]))
        }
        None => Ok(font([0, 1, 0, 0], truetype::cut(&face, all)?)),
    }
}

/// The tables of a face with TrueType outlines, cut down as by [`cut`]; none of a face with outlines of another kind.
pub(super) fn truetype_tables(
    file: &[u8],
    index: u32,
    glyphs: &[u16],
) -> Result<Option<Vec<Table>>, Uncut> {
    let face = RawFace::parse(file, index).map_err(|_| Uncut::Broken("表目录"))?;
    if face.table(Tag::from_bytes(b"CFF ")).is_some() {
        return Ok(None);
    }
    truetype::cut(&face, with_notdef(glyphs)).map(Some)
}

/// The number that each glyph has in a font cut down to some: 0 is `.notdef`, which is not among these.
pub(super) fn numbers(glyphs: &[u16]) -> BTreeMap<u16, u16> {
    with_notdef(glyphs).into_iter().zip(0..).skip(1).collect()
}

/// The glyphs, `.notdef` first.
fn with_notdef(glyphs: &[u16]) -> Vec<u16> {
    std::iter::once(0).chain(glyphs.iter().copied().filter(|glyph| *glyph != 0)).collect()
}

/// Two bytes of a table as a number.
fn number_at(bytes: &[u8], at: usize) -> Option<u16> {
    let bytes = bytes.get(at..at.checked_add(2)?)?;
    Some(u16::from_be_bytes(bytes.try_into().ok()?))
}

/// A length as a number of a table; no table of a font that can be cut is longer.
fn length(n: usize) -> Result<u32, Uncut> {
    u32::try_from(n).map_err(|_| Uncut::Broken("表的长度"))
}
