//! Glyphs of a cut face draw what they drew in the whole one, and a damaged face is an error.

#![cfg(feature = "bundled-fonts")]

use std::collections::BTreeSet;

use ttf_parser::{Face, GlyphId, OutlineBuilder, RawFace, Tag};

use super::charstring::Limits;
use super::*;
use crate::layout::{FaceFile, Faces};

/// An outline as its points.
#[derive(Default, PartialEq, Debug)]
struct Points(Vec<(char, [f32; 6])>);

impl OutlineBuilder for Points {
    fn move_to(&mut self, x: f32, y: f32) {
        self.0.push(('m', [x, y, 0., 0., 0., 0.]));
    }
    fn line_to(&mut self, x: f32, y: f32) {
        self.0.push(('l', [x, y, 0., 0., 0., 0.]));
    }
    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.0.push(('q', [x1, y1, x, y, 0., 0.]));
    }
    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.0.push(('c', [x1, y1, x2, y2, x, y]));
    }
    fn close(&mut self) {
        self.0.push(('z', [0.; 6]));
    }
}

/// The outlines of a cut face by their numbers, however it is packed.
fn drawn(program: &[u8], glyph: u16) -> Points {
    let mut points = Points::default();
    let raw = RawFace::parse(program, 0).unwrap();
    if let Some(table) = raw.table(Tag::from_bytes(b"CFF ")) {
        let table = ttf_parser::cff::Table::parse(table).unwrap();
        // A glyph without ink is an error there.
        let _ = table.outline(GlyphId(glyph), &mut points);
    } else {
        Face::parse(program, 0).unwrap().outline_glyph(GlyphId(glyph), &mut points);
    }
    points
}

/// Every n-th glyph of a face.
fn some(file: &FaceFile, n: usize) -> Vec<u16> {
    let face = Face::parse(&file.bytes, file.index).unwrap();
    (1..face.number_of_glyphs()).step_by(n).collect()
}

fn faces() -> Vec<FaceFile> {
    let faces = Faces::bundled();
    (0..faces.len()).map(|i| faces.nth(i).clone()).collect()
}

#[test]
fn a_cut_face_draws_the_same_outlines() {
    for file in faces() {
        let face = Face::parse(&file.bytes, file.index).unwrap();
        let glyphs = some(&file, 7);
        let program = cut(&file.bytes, file.index, &glyphs).unwrap();
        for (glyph, number) in std::iter::once(&0).chain(&glyphs).zip(0..) {
            let mut whole = Points::default();
            face.outline_glyph(GlyphId(*glyph), &mut whole);
            assert_eq!(drawn(&program, number), whole, "{} {glyph}", file.name);
        }
    }
}

#[test]
fn a_cut_face_has_the_advances_of_the_whole() {
    for file in faces() {
        let face = Face::parse(&file.bytes, file.index).unwrap();
        let glyphs = some(&file, 31);
        let program = cut(&file.bytes, file.index, &glyphs).unwrap();
        for (glyph, number) in glyphs.iter().zip(1..) {
            let advance = face.glyph_hor_advance(GlyphId(*glyph));
            assert_eq!(advance_in(&program, number), advance, "{} {glyph}", file.name);
        }
    }
}

/// The advance that a cut face itself has for a glyph.
pub(in crate::render) fn advance_in(program: &[u8], glyph: u16) -> Option<u16> {
    match RawFace::parse(program, 0).ok()?.table(Tag::from_bytes(b"CFF ")) {
        Some(table) => advance_in_table(table, glyph),
        None => Face::parse(program, 0).ok()?.glyph_hor_advance(GlyphId(glyph)),
    }
}

/// As [`advance_in`], of a bare table of CFF.
pub(in crate::render) fn advance_in_table(table: &[u8], glyph: u16) -> Option<u16> {
    cff::advance(table, glyph)
}

#[test]
fn a_face_that_breaks_off_is_an_error() {
    for file in faces() {
        let glyphs = some(&file, 301);
        // Behind the tables that are cut, nothing is missed.
        let names = [b"CFF ", b"glyf", b"loca", b"head", b"hhea", b"hmtx", b"maxp"];
        let raw = RawFace::parse(&file.bytes, file.index).unwrap();
        let is_cff = raw.table(Tag::from_bytes(names[0])).is_some();
        let needed = &names[..if is_cff { 1 } else { names.len() }];
        let ends = raw.table_records.into_iter().filter(|r| needed.contains(&&r.tag.to_bytes()));
        let n = ends.map(|record| (record.offset + record.length) as usize).max().unwrap();
        for end in (0..n).step_by(n / 90).chain(0..40) {
            let cut = cut(&file.bytes[..end], file.index, &glyphs);
            assert!(matches!(cut, Err(Uncut::Broken(_))), "{} {end}", file.name);
        }
    }
}

/// A table of small faces for mutation: all bytes count.
fn small() -> Vec<Vec<u8>> {
    let faces = faces();
    faces.iter().map(|file| cut(&file.bytes, file.index, &some(file, 900)).unwrap()).collect()
}

#[test]
fn a_changed_face_is_cut_or_refused_but_never_misread() {
    // A fixed sequence, so that every run tries the same.
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    let mut next = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    let mut outcomes = BTreeSet::new();
    for face in small() {
        let raw = RawFace::parse(&face, 0).unwrap();
        let n = raw.table(Tag::from_bytes(b"maxp")).and_then(|maxp| number_at(maxp, 4));
        let glyphs: Vec<u16> = (1..n.unwrap_or(8).min(12)).collect();
        for _ in 0..3000 {
            let mut changed = face.clone();
            for _ in 0..=next() % 3 {
                // Mostly near the beginning, where counts and places stand.
                let reach = if next() % 3 == 0 { changed.len() } else { changed.len().min(700) };
                let at = next() as usize % reach;
                changed[at] = if next() % 4 == 0 { 0xFF } else { next() as u8 };
            }
            match cut(&changed, 0, &glyphs) {
                Ok(program) => {
                    // What comes out can be cut again: its tables agree with each other.
                    let again: Vec<u16> = (1..=glyphs.len() as u16).collect();
                    assert!(cut(&program, 0, &again).is_ok());
                    outcomes.insert("cut");
                }
                Err(Uncut::Broken(_)) => _ = outcomes.insert("broken"),
                Err(Uncut::Unusual) => _ = outcomes.insert("unusual"),
            }
        }
    }
    assert!(outcomes.contains("cut") && outcomes.contains("broken"));
}

/// A CFF table with one glyph beside `.notdef`, one global subroutine, these bytes in both, and more entries in its top
/// dictionary; the first string is `text`, and its private dictionary has this length.
pub(in crate::render) fn cff_of(
    outline: &[u8],
    subroutine: &[u8],
    entries: &[u8],
    text: &[u8],
    private: i32,
) -> Vec<u8> {
    let name = index::written(&[1], b"A").unwrap();
    let strings = index::written(&[text.len()], text).unwrap();
    let global = index::written(&[subroutine.len()], subroutine).unwrap();
    let outlines = index::written(&[1, 1 + outline.len()], &[&[14], outline].concat()).unwrap();
    let top = |outlines: usize, at: usize| {
        let top = [
            entries,
            &dict::five(outlines as i32)[..],
            &[17],
            &dict::five(private),
            &dict::five(at as i32),
            &[18],
        ]
        .concat();
        index::written(&[top.len()], &top).unwrap()
    };
    let at = 4 + name.len() + top(0, 0).len() + strings.len() + global.len();
    let private_at = at + outlines.len();
    let private = vec![0; private as usize];
    let top = top(at, private_at);
    [&[1, 0, 4, 4][..], &name, &top, &strings, &global, &outlines, &private].concat()
}

#[test]
fn what_is_named_many_times_is_not_copied_many_times() {
    let broken = Some(Uncut::Broken("CFF 表"));
    let cut = |table: &[u8]| cff::cut(table, &[0, 1], Limits::FACE);
    // One notice named by a hundred entries: number 391, the first that is no standard string.
    let notices = [28, 1, 135, 1].repeat(100);
    let program = cut(&cff_of(&[14], &[11], &notices, &[b'n'; 9000], 0)).unwrap();
    assert!((9000..10_000).contains(&program.len()), "{}", program.len());
    // Longer texts and dictionaries than any face has.
    assert_eq!(cut(&cff_of(&[14], &[11], &notices, &[b'n'; 70_000], 0)).err(), broken);
    assert_eq!(cut(&cff_of(&[14], &[11], &[], b"n", 5000)).err(), broken);
    assert!(cut(&cff_of(&[14], &[11], &[], b"n", 4000)).is_ok());
}

#[test]
fn all_outlines_together_are_bounded() {
    // Each calls a subroutine of 30 bytes ten times.
    let outline = [[32, 29].repeat(10), vec![14]].concat();
    let table = cff_of(&outline, &[139, 139, 21].repeat(10), &[], b"n", 0);
    let cut = |bytes, steps| cff::cut(&table, &[1; 100], Limits { bytes, steps });
    assert!(cut(100 * 301, 100 * 321).is_ok());
    assert_eq!(cut(100 * 301 - 1, 100 * 321).err(), Some(Uncut::Broken("CFF 字形")));
    assert_eq!(cut(100 * 301, 100 * 321 - 1).err(), Some(Uncut::Broken("CFF 字形")));
}

/// A font with TrueType outlines of these tables and those that it must have; glyph n has the advance 100 + n.
fn truetype_of(loca: &[u16], glyf: &[u8], hints: usize) -> Vec<u8> {
    let loca: Vec<u8> = loca.iter().flat_map(|half| half.to_be_bytes()).collect();
    let n = (loca.len() / 2 - 1) as u8;
    let (mut head, mut hhea) = (vec![0; 54], vec![0; 36]);
    head[18..20].copy_from_slice(&1000u16.to_be_bytes());
    hhea[35] = n;
    let tables = vec![
        (*b"head", head),
        (*b"hhea", hhea),
        (*b"hmtx", (0..n).flat_map(|glyph| [0, 100 + glyph, 0, 0]).collect()),
        (*b"maxp", vec![0, 1, 0, 0, 0, n]),
        (*b"loca", loca),
        (*b"glyf", glyf.to_vec()),
        (*b"fpgm", vec![0; hints]),
    ];
    font([0, 1, 0, 0], tables)
}

#[test]
fn truetype_tables_are_copied_once_and_not_for_every_glyph() {
    let cut = |font: &[u8]| cut(font, 0, &[2]).map(|program| program.len());
    assert!(cut(&truetype_of(&[0, 50, 50, 100], &[0; 200], 9)).is_ok());
    // Glyphs 0 and 2 are both the whole table.
    let overlapping = truetype_of(&[0, 100, 0, 100], &[0; 200], 9);
    assert_eq!(cut(&overlapping), Err(Uncut::Broken("TrueType 字形")));
    let hints = truetype_of(&[0, 50, 50, 100], &[0; 200], (1 << 20) + 1);
    assert_eq!(cut(&hints), Err(Uncut::Broken("TrueType 表")));
}

#[test]
fn a_composed_glyph_takes_its_components_along() {
    // Glyph 1 has no contours; glyph 2 is composed of it.
    let composed = [&[0xFF, 0xFF][..], &[0; 8], &[0, 0], &[0, 1], &[0, 0]].concat();
    let font = truetype_of(&[0, 0, 5, 13], &[vec![0; 10], composed].concat(), 9);
    let program = cut(&font, 0, &[2]).unwrap();
    assert_eq!([1, 2].map(|glyph| advance_in(&program, glyph)), [Some(102), Some(101)]);
    let glyf = RawFace::parse(&program, 0).unwrap().table(Tag::from_bytes(b"glyf")).unwrap();
    assert_eq!((number_at(glyf, 0), number_at(glyf, 12)), (Some(0xFFFF), Some(2)));
}

#[test]
fn an_advance_may_stand_in_a_subroutine() {
    // Of a face keyed by names: 500 before the two operands of rmoveto.
    let table = cff_of(&[32, 29, 14], &[248, 136, 149, 159, 21, 11], &[], b"n", 0);
    let program = cff::cut(&table, &[0, 1], Limits::FACE).unwrap();
    assert_eq!(advance_in_table(&program, 1), Some(500));
}

#[test]
fn calls_are_replaced_within_limits() {
    let cut = |outline: &[u8], subroutine: &[u8]| {
        cff::cut(&cff_of(outline, subroutine, &[], b"n", 0), &[0, 1], Limits::FACE)
    };
    // rmoveto, a subroutine with a line, end: the number of the only subroutine is −107.
    let program = cut(&[149, 159, 21, 32, 29, 14], &[139, 189, 5, 11]).unwrap();
    assert!(program.ends_with(&[149, 159, 21, 139, 189, 5, 14]));
    // The number of a second call stands before that of the first.
    let program = cut(&[149, 32, 32, 29, 29, 22, 14], &[11]).unwrap();
    assert!(program.ends_with(&[149, 22, 14]));
    let broken = Err(Uncut::Broken("CFF 字形"));
    // One that calls itself, one that is not there, a call without a number, an operator of no meaning.
    assert_eq!(cut(&[32, 29, 14], &[32, 29]), broken);
    assert_eq!(cut(&[33, 29, 14], &[11]), broken);
    assert_eq!(cut(&[29, 14], &[11]), broken);
    assert_eq!(cut(&[139, 139, 9, 14], &[11]), broken);
    // More operands than there may be, and a mask that is not all there.
    assert_eq!(cut(&[139; 49], &[11]), broken);
    assert_eq!(cut(&[139, 139, 1, 19], &[11]), broken);
    // An accented letter of two glyphs, and sums, are for others.
    assert_eq!(cut(&[139, 139, 139, 139, 14], &[11]), Err(Uncut::Unusual));
    assert_eq!(cut(&[139, 139, 12, 10, 14], &[11]), Err(Uncut::Unusual));
    // Twice two hundred bytes many times over is more than an outline has.
    let long = [139, 139, 21].repeat(200);
    let often = [32, 29].repeat(200);
    assert_eq!(cut(&often, &long), broken);
}

/// A face may say in its font dictionaries alone how large its outlines are.
#[test]
fn the_scale_of_outlines_is_that_of_the_face() {
    const TWICE: [u8; 6] = [141, 139, 139, 141, 139, 139];
    const UNIT: [u8; 6] = [140, 139, 139, 140, 139, 139];
    let matrix = |operands: &[u8]| [operands, &[12, 7]].concat();
    let place = |table: &[u8], part: &[u8]| table.windows(part.len()).position(|w| w == part);
    let mut table = cff::cut(&cff_of(&[14], &[11], &[], b"n", 0), &[0, 1], Limits::FACE).unwrap();
    let own = place(&table, &matrix(&UNIT)).unwrap();
    table[own..own + 6].copy_from_slice(&TWICE);
    // The matrix of the top dictionary, named for something that is passed over.
    let top = place(&table, &[12, 7]).unwrap();
    table[top + 1] = 3;
    let program = cff::cut(&table, &[0, 1], Limits::FACE).unwrap();
    let (top, own) = (place(&program, &matrix(&UNIT)), place(&program, &matrix(&TWICE)));
    assert!(top.is_some() && top < own);
    assert_eq!(program.windows(2).filter(|w| *w == [12, 7]).count(), 2);
}
