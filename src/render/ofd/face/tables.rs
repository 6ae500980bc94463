//! The tables of a font beside its outlines (ISO/IEC 14496-22).

use std::collections::BTreeMap;

use ttf_parser::{Face, RawFace, Tag, name_id};

use super::glyf::Outlines;

/// The table `cmap`: format 4, and 12 where characters lie beyond its reach.
pub(super) fn character_map(characters: &BTreeMap<char, u16>) -> Vec<u8> {
    const HEADER: u32 = 4;
    const RECORD: u32 = 8;
    let short = format_4(characters);
    let needs_long =
        characters.keys().any(|c| u32::from(*c) > 0xFFFF) || characters.len() > MOST_SEGMENTS;
    let n: u16 = if needs_long { 2 } else { 1 };
    let first = HEADER + RECORD * u32::from(n);
    let mut table = Vec::new();
    table.extend([0, 0]);
    table.extend(n.to_be_bytes());
    // Windows: Unicode up to U+FFFF, and all of it.
    let mut record = |encoding: u16, at: u32| {
        table.extend(3_u16.to_be_bytes());
        table.extend(encoding.to_be_bytes());
        table.extend(at.to_be_bytes());
    };
    record(1, first);
    if needs_long {
        record(10, first + short.len() as u32);
    }
    table.extend(short);
    if needs_long {
        table.extend(format_12(characters));
    }
    table
}

/// The most segments that a table of format 4 has room for; a larger map has one of format 12, too.
const MOST_SEGMENTS: usize = 8_000;

/// A run of characters whose glyphs follow each other as they do.
struct Segment {
    first: u32,
    last: u32,
    glyph: u16,
}

fn segments(characters: &BTreeMap<char, u16>) -> Vec<Segment> {
    let mut segments: Vec<Segment> = Vec::new();
    for (character, glyph) in characters {
        let code = u32::from(*character);
        match segments.last_mut() {
            Some(last)
                if last.last + 1 == code
                    && u32::from(last.glyph) + (code - last.first) == u32::from(*glyph) =>
            {
                last.last = code;
            }
            _ => segments.push(Segment { first: code, last: code, glyph: *glyph }),
        }
    }
    segments
}

fn format_4(characters: &BTreeMap<char, u16>) -> Vec<u8> {
    let mut segments = segments(characters);
    segments.retain(|segment| segment.last < 0xFFFF);
    segments.truncate(MOST_SEGMENTS);
    // The last one is there in every table, and has no glyph.
    segments.push(Segment { first: 0xFFFF, last: 0xFFFF, glyph: 0 });
    let n = segments.len() as u16;
    let selector = n.ilog2() as u16;
    let range = 2 << selector;
    let mut table = Vec::with_capacity(16 + 8 * segments.len());
    for number in [4, 16 + 8 * n, 0, 2 * n, range, selector, 2 * n - range] {
        table.extend(number.to_be_bytes());
    }
    let mut put = |numbers: &mut dyn Iterator<Item = u16>| {
        numbers.for_each(|number| table.extend(number.to_be_bytes()));
    };
    put(&mut segments.iter().map(|segment| segment.last as u16));
    put(&mut std::iter::once(0));
    put(&mut segments.iter().map(|segment| segment.first as u16));
    put(&mut segments.iter().map(|segment| segment.glyph.wrapping_sub(segment.first as u16)));
    put(&mut segments.iter().map(|_| 0));
    table
}

fn format_12(characters: &BTreeMap<char, u16>) -> Vec<u8> {
    let segments = segments(characters);
    let mut table = Vec::with_capacity(16 + 12 * segments.len());
    table.extend([0, 12, 0, 0]);
    for number in [16 + 12 * segments.len() as u32, 0, segments.len() as u32] {
        table.extend(number.to_be_bytes());
    }
    for Segment { first, last, glyph } in segments {
        for number in [first, last, glyph.into()] {
            table.extend(number.to_be_bytes());
        }
    }
    table
}

/// The table `OS/2` of the face, for the characters that are left; one of its measures where it has none.
pub(super) fn os2(face: &Face<'_>, characters: &BTreeMap<char, u16>) -> Vec<u8> {
    const SHORTEST: usize = 78;
    let own = face.raw_face().table(Tag::from_bytes(b"OS/2"));
    let mut table = match own {
        Some(own) if own.len() >= SHORTEST => own.to_vec(),
        _ => {
            let mut table = vec![0; SHORTEST];
            let numbers: [(usize, u16); 7] = [
                (2, face.units_per_em()),
                (4, face.weight().to_number()),
                (6, face.width().to_number()),
                (68, face.ascender() as u16),
                (70, face.descender() as u16),
                (74, face.ascender().unsigned_abs()),
                (76, face.descender().unsigned_abs()),
            ];
            for (at, number) in numbers {
                table[at..at + 2].copy_from_slice(&number.to_be_bytes());
            }
            table
        }
    };
    let code = |character: Option<&char>| {
        character.map_or(0, |c| u16::try_from(u32::from(*c)).unwrap_or(u16::MAX)).to_be_bytes()
    };
    table[64..66].copy_from_slice(&code(characters.keys().next()));
    table[66..68].copy_from_slice(&code(characters.keys().next_back()));
    table
}

/// The table `name`: what the file is called, and what its maker says of rights.
pub(super) fn names(face: &Face<'_>, name: &str) -> Vec<u8> {
    let own = |id: u16| {
        let names = face.names();
        names.into_iter().filter(|name| name.name_id == id).find_map(|name| name.to_string())
    };
    let kept = |id: u16| own(id).map(|text| (id, text));
    let given = |id: u16, text: &str| Some((id, text.to_owned()));
    let records = [
        kept(name_id::COPYRIGHT_NOTICE),
        given(name_id::FAMILY, name),
        given(name_id::SUBFAMILY, "Regular"),
        given(name_id::UNIQUE_ID, name),
        given(name_id::FULL_NAME, name),
        kept(name_id::VERSION).or_else(|| given(name_id::VERSION, "Version 1.0")),
        given(name_id::POST_SCRIPT_NAME, name),
        kept(name_id::TRADEMARK),
        kept(name_id::LICENSE),
        kept(name_id::LICENSE_URL),
    ];
    let mut texts: Vec<u8> = Vec::new();
    let mut list: Vec<[u16; 6]> = Vec::new();
    for (id, text) in records.into_iter().flatten() {
        let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        // A notice of that length is none that a reader shows.
        let (Ok(length), Ok(at)) = (u16::try_from(bytes.len()), u16::try_from(texts.len())) else {
            continue;
        };
        // Windows, Unicode, English.
        list.push([3, 1, 0x409, id, length, at]);
        texts.extend(bytes);
    }
    let header = [0, list.len() as u16, 6 + 12 * list.len() as u16];
    let numbers = header.iter().chain(list.iter().flatten());
    numbers.flat_map(|number| number.to_be_bytes()).chain(texts).collect()
}

/// The table `post`: slant and underline, without names of glyphs.
pub(super) fn post(face: &Face<'_>) -> Vec<u8> {
    let mut table = vec![0; 32];
    if let Some(own) = face.raw_face().table(Tag::from_bytes(b"post"))
        && let Some(start) = own.get(..16)
    {
        table[..16].copy_from_slice(start);
    }
    table[..4].copy_from_slice(&0x0003_0000_u32.to_be_bytes());
    table
}

/// The table `head` of a face whose outlines were drawn anew.
pub(super) fn head(raw: &RawFace<'_>, outlines: &Outlines) -> Option<Vec<u8>> {
    let mut table = raw.table(Tag::from_bytes(b"head"))?.get(..54)?.to_vec();
    let around = outlines.around.unwrap_or_default();
    // The checksum is set when the tables are put together.
    table[8..12].fill(0);
    for (edge, at) in around.iter().zip((36..44).step_by(2)) {
        table[at..at + 2].copy_from_slice(&edge.to_be_bytes());
    }
    table[50..52].copy_from_slice(&u16::from(outlines.is_long()).to_be_bytes());
    table[52..54].fill(0);
    Some(table)
}

/// The table `hhea` with the number of glyphs.
pub(super) fn hhea(raw: &RawFace<'_>, n: u16) -> Option<Vec<u8>> {
    let mut table = raw.table(Tag::from_bytes(b"hhea"))?.get(..36)?.to_vec();
    table[34..36].copy_from_slice(&n.to_be_bytes());
    Some(table)
}

/// The table `maxp` of a font without composed glyphs and instructions.
pub(super) fn maxp(n: u16, outlines: &Outlines) -> Vec<u8> {
    let mut table = vec![0, 1, 0, 0];
    let most = [n, outlines.most_points, outlines.most_contours, 0, 0, 2];
    table.extend(most.iter().flat_map(|number| number.to_be_bytes()));
    table.resize(32, 0);
    table
}
