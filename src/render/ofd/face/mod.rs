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

use ttf_parser::{CFFError, Face, GlyphId, RawFace, Tag, cff};

use crate::layout::FaceFile;
use crate::render::cut::{self, Table};

/// The glyphs of a face that are in use, each with the characters it stands for.
pub(super) type Used = BTreeMap<u16, BTreeSet<char>>;

/// A file with these glyphs of a face, named `name`, and the number that each has in it.
///
/// # Errors
///
/// When the face is damaged, or of a kind that cannot be cut; the reason in Chinese.
pub(super) fn truetype(
    file: &FaceFile,
    used: &Used,
    name: &str,
) -> Result<(Vec<u8>, BTreeMap<u16, u16>), String> {
    let face =
        Face::parse(&file.bytes, file.index).map_err(|error| format!("字体无法读取：{error}"))?;
    let glyphs: Vec<u16> = used.keys().copied().collect();
    let numbers = cut::numbers(&glyphs);
    let copied = cut::truetype_tables(&file.bytes, file.index, &glyphs);
    let mut tables = match copied.map_err(|why| why.to_string())? {
        Some(tables) => tables,
        None => {
            let program = cut::cut(&file.bytes, file.index, &glyphs);
            let program = program.map_err(|why| why.to_string())?;
            drawn(&program, &face, &numbers)
                .ok_or_else(|| "无法取子集：字形太复杂，或者字体已损坏，请换一个字体".to_owned())?
        }
    };
    let characters: BTreeMap<char, u16> = used
        .iter()
        .filter_map(|(glyph, characters)| Some((*numbers.get(glyph)?, characters)))
        .flat_map(|(number, characters)| characters.iter().map(move |c| (*c, number)))
        .collect();
    tables.push((*b"cmap", tables::character_map(&characters)));
    tables.push((*b"OS/2", tables::os2(&face, &characters)));
    tables.push((*b"name", tables::names(&face, name)));
    tables.push((*b"post", tables::post(&face)));
    Ok((cut::font([0, 1, 0, 0], tables), numbers))
}

/// The tables of a face with other outlines, drawn anew: `.notdef`, then the glyphs with their numbers.
///
/// The outlines are read from `program`, cut down already: a face made to do harm is refused there, however often its parts
/// call each other.
fn drawn(program: &[u8], face: &Face<'_>, numbers: &BTreeMap<u16, u16>) -> Option<Vec<Table>> {
    let table = RawFace::parse(program, 0).ok()?.table(Tag::from_bytes(b"CFF "))?;
    let table = cff::Table::parse(table)?;
    let mut outlines = glyf::Outlines::default();
    let mut metrics = Vec::with_capacity(4 * (numbers.len() + 1));
    for (glyph, number) in std::iter::once((&0, &0)).chain(numbers) {
        let mut contours = quadratic::Contours::new(face.units_per_em());
        match table.outline(GlyphId(*number), &mut contours) {
            // A glyph without ink has no box, and one that does not say where it ends is drawn by then.
            Ok(_) | Err(CFFError::ZeroBBox | CFFError::MissingEndChar) => {}
            Err(_) => return None,
        }
        let left = outlines.add(contours.finish()?)?;
        metrics.extend(face.glyph_hor_advance(GlyphId(*glyph)).unwrap_or(0).to_be_bytes());
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
