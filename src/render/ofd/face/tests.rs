//! Embedded faces draw what the whole ones draw, and say which character each glyph is.

#![cfg(feature = "bundled-fonts")]

use std::collections::BTreeMap;

use ttf_parser::{Face, GlyphId, OutlineBuilder, RawFace, Tag};

use super::*;
use crate::layout::Faces;
use crate::render::cut::tests::cff_of;

/// An outline as straight lines.
#[derive(Default)]
struct Lines {
    lines: Vec<[(f64, f64); 2]>,
    at: (f64, f64),
    start: (f64, f64),
}

impl Lines {
    fn to(&mut self, x: f64, y: f64) {
        self.lines.push([self.at, (x, y)]);
        self.at = (x, y);
    }

    fn curve(&mut self, at: impl Fn(f64) -> (f64, f64)) {
        const STEPS: u32 = 24;
        for step in 1..=STEPS {
            let (x, y) = at(f64::from(step) / f64::from(STEPS));
            self.to(x, y);
        }
    }
}

impl OutlineBuilder for Lines {
    fn move_to(&mut self, x: f32, y: f32) {
        self.at = (x.into(), y.into());
        self.start = self.at;
    }
    fn line_to(&mut self, x: f32, y: f32) {
        self.to(x.into(), y.into());
    }
    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let from = self.at;
        let one = |t: f64, p: f64, q: f32, r: f32| {
            (1.0 - t).powi(2) * p + 2.0 * t * (1.0 - t) * f64::from(q) + t * t * f64::from(r)
        };
        self.curve(|t| (one(t, from.0, x1, x), one(t, from.1, y1, y)));
    }
    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let from = self.at;
        let one = |t: f64, p: f64, q: f32, r: f32, s: f32| {
            let u = 1.0 - t;
            let middle = u * f64::from(q) + t * f64::from(r);
            u.powi(3) * p + 3.0 * t * u * middle + t.powi(3) * f64::from(s)
        };
        self.curve(|t| (one(t, from.0, x1, x2, x), one(t, from.1, y1, y2, y)));
    }
    fn close(&mut self) {
        let (x, y) = self.start;
        self.to(x, y);
    }
}

fn lines(face: &Face<'_>, glyph: u16) -> Lines {
    let mut lines = Lines::default();
    face.outline_glyph(GlyphId(glyph), &mut lines);
    lines
}

/// True if each end of one's lines lies as near as that to the other.
fn is_within(one: &Lines, other: &Lines, limit: f64) -> bool {
    let to_line = |p: (f64, f64), [a, b]: &[(f64, f64); 2]| {
        let (dx, dy) = (b.0 - a.0, b.1 - a.1);
        let length = dx * dx + dy * dy;
        let along = match length > 0.0 {
            true => (((p.0 - a.0) * dx + (p.1 - a.1) * dy) / length).clamp(0.0, 1.0),
            false => 0.0,
        };
        (p.0 - a.0 - along * dx).hypot(p.1 - a.1 - along * dy)
    };
    // The next end is near the line at which the last one was.
    let (n, mut hint) = (other.lines.len(), 0);
    one.lines.iter().all(|line| {
        let around = (0..n).flat_map(|i| [(hint + i) % n, (hint + n - i) % n]);
        let found = around.take(2 * n).find(|i| to_line(line[0], &other.lines[*i]) <= limit);
        hint = found.unwrap_or(hint);
        found.is_some()
    })
}

/// The area that an outline goes round, by its direction.
fn area(lines: &Lines) -> f64 {
    lines.lines.iter().map(|[a, b]| a.0 * b.1 - b.0 * a.1).sum::<f64>() / 2.0
}

/// Every n-th glyph that has a character.
fn some(file: &FaceFile, n: usize) -> Used {
    let face = Face::parse(&file.bytes, file.index).unwrap();
    let mut used = Used::new();
    let han = ('\u{4e00}'..'\u{9fa5}').chain('\u{20000}'..'\u{2a000}').step_by(n);
    for character in "0123456789（），。“”〔〕—·ABCxyz%①".chars().chain(han) {
        if let Some(glyph) = face.glyph_index(character).filter(|glyph| glyph.0 > 0) {
            used.entry(glyph.0).or_default().insert(character);
        }
    }
    used
}

fn faces() -> Vec<FaceFile> {
    let faces = Faces::bundled();
    (0..faces.len()).map(|i| faces.nth(i).clone()).collect()
}

#[test]
fn outlines_keep_within_a_thousandth_of_an_em() {
    for file in faces() {
        let whole = Face::parse(&file.bytes, file.index).unwrap();
        let used = some(&file, 229);
        let (bytes, numbers) = truetype(&file, &used, "Name").unwrap();
        let made = Face::parse(&bytes, 0).unwrap();
        assert!(made.tables().glyf.is_some() && made.units_per_em() == whole.units_per_em());
        let limit = f64::from(whole.units_per_em()) / 1000.0;
        for (glyph, number) in numbers {
            let (one, other) = (lines(&whole, glyph), lines(&made, number));
            let agree = is_within(&one, &other, limit) && is_within(&other, &one, limit);
            assert!(agree, "{} glyph {glyph}", file.name);
            // What is drawn anew goes round the other way: the ink is on the right, as in TrueType.
            let (from, to) = (area(&one), area(&other));
            let turned = if whole.tables().glyf.is_some() { from } else { -from };
            assert!((to - turned).abs() <= 0.02 * from.abs() + 400.0, "{glyph}: {from} {to}");
            let advance = whole.glyph_hor_advance(GlyphId(glyph));
            assert_eq!(made.glyph_hor_advance(GlyphId(number)), advance, "{}", file.name);
            // What says where the left edge lies agrees with the outline.
            let left = other.lines.iter().map(|line| line[0].0).fold(f64::INFINITY, f64::min);
            let side = made.glyph_hor_side_bearing(GlyphId(number)).unwrap();
            assert!(other.lines.is_empty() || f64::from(side) <= left + 0.5, "{glyph}");
        }
    }
}

#[test]
fn every_character_has_its_glyph_in_the_map() {
    for file in faces() {
        let used = some(&file, 31);
        let (bytes, numbers) = truetype(&file, &used, "Name").unwrap();
        let made = Face::parse(&bytes, 0).unwrap();
        for (glyph, number) in numbers {
            for character in &used[&glyph] {
                assert_eq!(made.glyph_index(*character), Some(GlyphId(number)), "{character}");
            }
        }
        assert_eq!(made.glyph_index('\u{e000}'), None);
        for table in [b"OS/2", b"name", b"post", b"cmap"] {
            let raw = RawFace::parse(&bytes, 0).unwrap();
            assert!(raw.table(Tag::from_bytes(table)).is_some_and(|table| table.len() >= 32));
        }
        let name = made.names().into_iter().find(|name| name.name_id == 6).unwrap();
        assert_eq!(name.to_string().as_deref(), Some("Name"));
        assert!(made.tables().os2.is_some());
    }
}

#[test]
fn a_map_beyond_the_short_format_is_whole() {
    // No two of these follow each other, so that each needs a segment.
    let characters: BTreeMap<char, u16> =
        ('\u{3400}'..'\u{9fff}').step_by(2).zip((1..).step_by(3)).collect();
    assert!(characters.len() > 8_000);
    let table = tables::character_map(&characters);
    let table = ttf_parser::cmap::Table::parse(&table).unwrap();
    let found = |c: char, i: u16| table.subtables.get(i).unwrap().glyph_index(u32::from(c));
    for (character, glyph) in &characters {
        assert_eq!(found(*character, 1), Some(GlyphId(*glyph)));
    }
    let (first, glyph) = characters.first_key_value().unwrap();
    assert_eq!(found(*first, 0), Some(GlyphId(*glyph)));
}

#[test]
fn a_face_that_breaks_off_is_an_error() {
    for file in faces() {
        let used = some(&file, 4001);
        let n = file.bytes.len();
        for end in (0..n).step_by(n / 40) {
            let bytes = file.bytes[..end].to_vec().into();
            // It may only end behind all that is read.
            if let Ok((made, _)) = truetype(&FaceFile { bytes, ..file.clone() }, &used, "Name") {
                assert!(Face::parse(&made, 0).is_ok());
            }
        }
    }
}

#[test]
fn a_glyph_that_cannot_be_drawn_is_an_error_and_not_a_gap() {
    let file = faces().into_iter().find(|file| cff_in(&file.bytes).is_some()).unwrap();
    let made = |outline: &[u8]| {
        let raw = RawFace::parse(&file.bytes, file.index).unwrap();
        let tables = raw.table_records.into_iter().map(|record| {
            let table = raw.table(record.tag).unwrap().to_vec();
            let is_cff = record.tag.to_bytes() == *b"CFF ";
            let table = if is_cff { cff_of(outline, &[11], &[], b"n", 0) } else { table };
            (record.tag.to_bytes(), table)
        });
        let bytes = cut::font(*b"OTTO", tables.collect()).into();
        let used = Used::from([(1, BTreeSet::from(['一']))]);
        truetype(&FaceFile { bytes, index: 0, ..file.clone() }, &used, "Name").map(drop)
    };
    // A line; a sum of two numbers; a line before which the pen was not put down.
    assert_eq!(made(&[149, 159, 21, 149, 159, 5, 14]), Ok(()));
    assert!(made(&[139, 139, 12, 10, 14]).unwrap_err().contains("算式"));
    assert!(made(&[149, 159, 5, 14]).unwrap_err().contains("已损坏"));
}

fn cff_in(file: &[u8]) -> Option<&[u8]> {
    RawFace::parse(file, 0).ok()?.table(Tag::from_bytes(b"CFF "))
}

#[test]
fn a_curve_is_cut_only_as_often_as_it_must_be() {
    let n = |reach: f32| {
        let mut contours = quadratic::Contours::new(1000);
        contours.move_to(0.0, 0.0);
        contours.curve_to(0.0, reach * 0.55, reach * 0.45, reach, reach, reach);
        contours.line_to(reach, 0.0);
        contours.close();
        contours.finish().unwrap()[0].iter().filter(|point| !point.on).count()
    };
    assert_eq!((n(5.0), n(80.0), n(500.0)), (1, 2, 4));
    let mut far = quadratic::Contours::new(1000);
    far.move_to(0.0, 0.0);
    far.line_to(40_000.0, 0.0);
    assert!(far.finish().is_none());
}
