//! A face with TrueType outlines, with some of its glyphs (ISO/IEC 14496-22).

use std::collections::HashMap;

use ttf_parser::{RawFace, Tag};

use super::{Table, Uncut, length, number_at};

const BROKEN: Uncut = Uncut::Broken("TrueType 字形");
const SHORT: Uncut = Uncut::Broken("TrueType 表");
/// Bits of a component: how much stands behind it.
const WORDS: u16 = 1;
const SCALE: u16 = 1 << 3;
const MORE: u16 = 1 << 5;
const TWO_SCALES: u16 = 1 << 6;
const FOUR_SCALES: u16 = 1 << 7;
/// The bytes of a table other than those of outlines and metrics: all such tables are small, and copied whole.
const SMALL_TABLE: usize = 1 << 20;
/// Tables that hints need; they are as long as they are, whatever the glyphs.
const HINTS: [&[u8; 4]; 3] = [b"cvt ", b"fpgm", b"prep"];

/// The tables of the font with these glyphs, and behind them those of which they are composed.
pub(super) fn cut(face: &RawFace<'_>, mut glyphs: Vec<u16>) -> Result<Vec<Table>, Uncut> {
    let table = |name: &[u8; 4]| face.table(Tag::from_bytes(name));
    let small = |name: &[u8; 4]| match table(name) {
        Some(table) if table.len() > SMALL_TABLE => Err(SHORT),
        table => Ok(table.map(<[u8]>::to_vec)),
    };
    let mut head = small(b"head")?.ok_or(SHORT)?;
    let long = number_at(&head, 50).ok_or(SHORT)? != 0;
    let (loca, glyf) = (table(b"loca").ok_or(SHORT)?, table(b"glyf").ok_or(SHORT)?);

    let (outlines, ends) = copy(loca, glyf, long, &mut glyphs)?;
    let n = u16::try_from(glyphs.len()).map_err(|_| BROKEN)?;
    let long = outlines.len() > 2 * usize::from(u16::MAX);
    let mut places = Vec::with_capacity(4 * (ends.len() + 1));
    for end in std::iter::once(&0).chain(&ends) {
        let end = length(*end)?;
        if long {
            places.extend(end.to_be_bytes());
        } else {
            places.extend(((end / 2) as u16).to_be_bytes());
        }
    }
    head.get_mut(8..12).ok_or(SHORT)?.fill(0);
    head.get_mut(50..52).ok_or(SHORT)?.copy_from_slice(&u16::from(long).to_be_bytes());
    let mut maxp = small(b"maxp")?.ok_or(SHORT)?;
    maxp.get_mut(4..6).ok_or(SHORT)?.copy_from_slice(&n.to_be_bytes());
    let mut hhea = small(b"hhea")?.ok_or(SHORT)?;
    let advances =
        metrics(table(b"hmtx").ok_or(SHORT)?, number_at(&hhea, 34).ok_or(SHORT)?, &glyphs)
            .ok_or(SHORT)?;
    hhea.get_mut(34..36).ok_or(SHORT)?.copy_from_slice(&n.to_be_bytes());

    let mut tables = vec![
        (*b"head", head),
        (*b"hhea", hhea),
        (*b"hmtx", advances),
        (*b"maxp", maxp),
        (*b"loca", places),
        (*b"glyf", outlines),
    ];
    for name in HINTS {
        tables.extend(small(name)?.map(|table| (*name, table)));
    }
    Ok(tables)
}

/// Copies the outlines of some glyphs and gives the place where each ends; those that they are composed of are added to
/// the glyphs, and named by their new numbers.
fn copy(
    loca: &[u8],
    glyf: &[u8],
    long: bool,
    glyphs: &mut Vec<u16>,
) -> Result<(Vec<u8>, Vec<usize>), Uncut> {
    let mut numbers: HashMap<u16, u16> = glyphs.iter().copied().zip(0..).collect();
    let (mut outlines, mut ends) = (Vec::new(), Vec::new());
    // Outlines lie one behind the other: more than the table holds they come to only where they overlap.
    let mut left = glyf.len();
    let mut next = 0;
    while let Some(glyph) = glyphs.get(next) {
        next += 1;
        let outline = outline(loca, glyf, long, *glyph).ok_or(BROKEN)?;
        left = left.checked_sub(outline.len()).ok_or(BROKEN)?;
        let start = outlines.len();
        outlines.extend(outline);
        if outline.first().is_some_and(|byte| byte & 0x80 != 0) {
            for at in components(outline).ok_or(BROKEN)? {
                let component = number_at(outline, at).ok_or(BROKEN)?;
                let new = u16::try_from(glyphs.len()).map_err(|_| BROKEN)?;
                let number = *numbers.entry(component).or_insert_with(|| {
                    glyphs.push(component);
                    new
                });
                outlines[start + at..start + at + 2].copy_from_slice(&number.to_be_bytes());
            }
        }
        outlines.resize(outlines.len().next_multiple_of(2), 0);
        ends.push(outlines.len());
    }
    Ok((outlines, ends))
}

/// The outline of a glyph.
fn outline<'a>(loca: &[u8], glyf: &'a [u8], long: bool, glyph: u16) -> Option<&'a [u8]> {
    let place = |i: usize| {
        if long {
            let bytes = loca.get(4 * i..4 * i + 4)?;
            usize::try_from(u32::from_be_bytes(bytes.try_into().ok()?)).ok()
        } else {
            number_at(loca, 2 * i).map(|half| 2 * usize::from(half))
        }
    };
    let outline = glyf.get(place(usize::from(glyph))?..place(usize::from(glyph) + 1)?)?;
    // Nothing, or at least the number of contours and the box.
    (outline.is_empty() || outline.len() >= 10).then_some(outline)
}

/// The places of the numbers of its components in a composed outline.
fn components(outline: &[u8]) -> Option<Vec<usize>> {
    let mut places = Vec::new();
    let mut at = 10;
    loop {
        let flags = number_at(outline, at)?;
        number_at(outline, at + 2)?;
        places.push(at + 2);
        at += 4 + if flags & WORDS != 0 { 4 } else { 2 };
        at += match flags {
            f if f & SCALE != 0 => 2,
            f if f & TWO_SCALES != 0 => 4,
            f if f & FOUR_SCALES != 0 => 8,
            _ => 0,
        };
        outline.get(..at)?;
        if flags & MORE == 0 {
            return Some(places);
        }
    }
}

/// The advance and the left side of every glyph; `n` is the number of those that have an advance of their own.
fn metrics(hmtx: &[u8], n: u16, glyphs: &[u16]) -> Option<Vec<u8>> {
    let last = n.checked_sub(1)?;
    let mut metrics = Vec::with_capacity(4 * glyphs.len());
    for glyph in glyphs {
        let advance = number_at(hmtx, 4 * usize::from(*glyph.min(&last)))?;
        let side = match glyph.checked_sub(n) {
            None => number_at(hmtx, 4 * usize::from(*glyph) + 2)?,
            Some(behind) => number_at(hmtx, 4 * usize::from(n) + 2 * usize::from(behind))?,
        };
        metrics.extend(advance.to_be_bytes());
        metrics.extend(side.to_be_bytes());
    }
    Some(metrics)
}
