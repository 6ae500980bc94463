//! Faces cut down to the glyphs in use, as complete TrueType files.
//!
//! Many readers of OFD take only TrueType outlines, and only files that could as well be installed: with a character
//! map, `OS/2`, `name` and `post`. Faces with CFF outlines are drawn anew in quadratic curves, glyph by glyph.

mod glyf;
mod quadratic;
mod tables;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use ttf_parser::{Face, GlyphId, RawFace, Tag, cff};

use crate::layout::FaceFile;
use crate::render::cut::{self, Table, Uncut};

/// The glyphs of a face that are in use, each with the characters it stands for.
pub(super) type Used = BTreeMap<u16, BTreeSet<char>>;

/// The number that each glyph in use has in the file made by [`truetype`].
pub(super) fn numbers(used: &Used) -> BTreeMap<u16, u16> {
    used.keys().filter(|glyph| **glyph != 0).zip(1..).map(|(glyph, n)| (*glyph, n)).collect()
}

/// A file with these glyphs of a face, named `name`.
///
/// # Errors
///
/// When the face is damaged; the reason in Chinese.
pub(super) fn truetype(file: &FaceFile, used: &Used, name: &str) -> Result<Vec<u8>, String> {
    let face =
        Face::parse(&file.bytes, file.index).map_err(|error| format!("字体无法读取：{error}"))?;
    let glyphs: Vec<u16> = used.keys().copied().collect();
    let copied = cut::truetype_tables(&file.bytes, file.index, &glyphs).map_err(broken)?;
    let mut tables = match copied {
        Some(tables) => tables,
        None => drawn(file, &face, &glyphs)
            .ok_or_else(|| "无法取子集：字形太复杂，或者字体已损坏".to_owned())?,
    };
    let numbers = numbers(used);
    let characters: BTreeMap<char, u16> = used
        .iter()
        .filter_map(|(glyph, characters)| Some((*numbers.get(glyph)?, characters)))
        .flat_map(|(number, characters)| characters.iter().map(move |c| (*c, number)))
        .collect();
    tables.push((*b"cmap", tables::character_map(&characters)));
    tables.push((*b"OS/2", tables::os2(&face, &characters)));
    tables.push((*b"name", tables::names(&face, name)));
    tables.push((*b"post", tables::post(&face)));
    Ok(cut::font([0, 1, 0, 0], tables))
}

fn broken(why: Uncut) -> String {
    match why {
        Uncut::Broken(part) => format!("无法取子集：字体已损坏（{part}）"),
        Uncut::Unusual => "无法取子集：字体的轮廓不常见".to_owned(),
    }
}

/// The tables of a face with other outlines, drawn anew: `.notdef`, then the glyphs in their order.
///
/// The outlines are read from a face that is cut down already: one made to do harm is refused there, however often its parts
/// call each other.
fn drawn(file: &FaceFile, face: &Face<'_>, glyphs: &[u16]) -> Option<Vec<Table>> {
    let em = face.units_per_em();
    let program = match cut::cut(&file.bytes, file.index, glyphs) {
        Ok(program) => Some(program),
        Err(Uncut::Unusual) => None,
        Err(Uncut::Broken(_)) => return None,
    };
    let outlines_alone = program.as_ref().and_then(|program| {
        let table = RawFace::parse(program, 0).ok()?.table(Tag::from_bytes(b"CFF "))?;
        cff::Table::parse(table)
    });
    let mut outlines = glyf::Outlines::default();
    let mut metrics = Vec::with_capacity(4 * (glyphs.len() + 1));
    let all = std::iter::once(0).chain(glyphs.iter().copied().filter(|glyph| *glyph != 0));
    for (glyph, number) in all.zip(0..) {
        let mut contours = quadratic::Contours::new(em);
        // A glyph without ink has no outline.
        match &outlines_alone {
            Some(cut) => _ = cut.outline(GlyphId(number), &mut contours),
            None => _ = face.outline_glyph(GlyphId(glyph), &mut contours),
        }
        let left = outlines.add(contours.finish()?)?;
        metrics.extend(face.glyph_hor_advance(GlyphId(glyph)).unwrap_or(0).to_be_bytes());
        // Readers move an outline so that its left edge lies where this says.
        metrics.extend(left.to_be_bytes());
    }
    let n = u16::try_from(metrics.len() / 4).ok()?;
    let raw = face.raw_face();
    let head = tables::head(raw, &outlines)?;
    let hhea = tables::hhea(raw, n)?;
    let maxp = tables::maxp(n, &outlines);
    Some(vec![
        (*b"head", head),
        (*b"hhea", hhea),
        (*b"hmtx", metrics),
        (*b"maxp", maxp),
        (*b"loca", outlines.places()),
        (*b"glyf", outlines.bytes),
    ])
}
