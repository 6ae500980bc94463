//! Faces cut down to the glyphs that the pages use, ready to be embedded.

use std::collections::BTreeMap;

use printpdf::{FontId, FontMetrics, ParsedFont, PdfFont, PdfFontMap};
use ttf_parser::{Face, GlyphId};

use super::RenderError;
use crate::layout::{FaceFile, FaceId, Item, Pages};
use crate::render::cut;

/// Stands where a glyph is not in use, and is never printed.
const NONE: char = '\0';

/// The fonts of a file.
pub(super) struct Fonts {
    fonts: BTreeMap<FaceId, Font>,
}

struct Font {
    name: FontId,
    /// For each glyph of the whole face up to the last in use, the character that its copies and searches give;
    /// [`NONE`] for one that is not in use.
    characters: Vec<char>,
    parsed: ParsedFont,
}

/// Cuts every face down to the glyphs of these pages.
pub(super) fn subset(pages: &Pages) -> Result<Fonts, RenderError> {
    let mut used: BTreeMap<FaceId, BTreeMap<u16, char>> = BTreeMap::new();
    for item in pages.pages.iter().flat_map(|page| &page.items) {
        let Item::Text(run) = item else { continue };
        let characters = used.entry(run.face).or_default();
        for glyph in &run.glyphs {
            // Of several characters that share a glyph the first of Unicode stands for it; the others
            // are written with the text they mean (see `content`).
            let character = characters.entry(glyph.id).or_insert(glyph.character);
            *character = glyph.character.min(*character);
        }
    }
    let fonts = used
        .into_iter()
        .enumerate()
        .map(|(i, (face, characters))| {
            Ok((face, Font::new(i, pages.faces.file(face), characters)?))
        })
        .collect::<Result<_, RenderError>>()?;
    Ok(Fonts { fonts })
}

impl Fonts {
    /// The name of a face's font in the file.
    pub(super) fn name(&self, face: FaceId) -> Option<&FontId> {
        self.fonts.get(&face).map(|font| &font.name)
    }

    /// The character by which content streams show a glyph of a face.
    pub(super) fn character(&self, face: FaceId, glyph: u16) -> Option<char> {
        let character = self.fonts.get(&face)?.characters.get(usize::from(glyph)).copied();
        character.filter(|character| *character != NONE)
    }

    /// Hands the fonts over to printpdf.
    pub(super) fn put_into(self, map: &mut PdfFontMap) {
        for font in self.fonts.into_values() {
            map.map.insert(font.name, PdfFont::new(font.parsed));
        }
    }
}

impl Font {
    fn new(
        index: usize,
        file: &FaceFile,
        characters: BTreeMap<u16, char>,
    ) -> Result<Self, RenderError> {
        let fail = |message: String| RenderError::Font { face: file.name.clone(), message };
        let face = Face::parse(&file.bytes, file.index)
            .map_err(|error| fail(format!("字体无法读取：{error}")))?;
        let glyphs: Vec<u16> = characters.keys().copied().collect();
        let numbers = cut::numbers(&glyphs);
        let number = |glyph: &u16| numbers.get(glyph).copied().unwrap_or(0);
        let advance = |glyph: u16| face.glyph_hor_advance(GlyphId(glyph)).unwrap_or(0);
        let em = face.units_per_em();
        let units =
            |thousandths: i16| (f64::from(thousandths) * f64::from(em) / 1000.0).round() as i16;
        // Known from the whole face; printpdf would read them in what was cut of it.
        let mut parsed = ParsedFont::with_glyph_data(
            cut::cut(&file.bytes, file.index, &glyphs).map_err(|why| fail(why.to_string()))?,
            0,
            Some(format!("{}+{}", tag(&characters), file.name)),
            characters.iter().map(|(g, character)| (u32::from(*character), number(g))).collect(),
            std::iter::once(&0).chain(numbers.keys()).map(|g| (number(g), advance(*g))).collect(),
            em,
            FontMetrics { ascent: units(file.ascent), descent: units(file.descent) },
        );
        let (ink, metrics) = (face.global_bounding_box(), &mut parsed.pdf_font_metrics);
        (metrics.x_min, metrics.y_min) = (ink.x_min, ink.y_min);
        (metrics.x_max, metrics.y_max) = (ink.x_max, ink.y_max);
        let n = glyphs.last().map_or(0, |last| usize::from(*last) + 1);
        let mut by_glyph = vec![NONE; n];
        for (glyph, character) in &characters {
            by_glyph[usize::from(*glyph)] = *character;
        }
        Ok(Self { name: FontId(format!("Face{index}")), characters: by_glyph, parsed })
    }
}

/// Six letters that tell subsets of one face apart (ISO 32000-1, 9.6.4).
fn tag(characters: &BTreeMap<u16, char>) -> String {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for (glyph, character) in characters {
        for part in [u64::from(*glyph), u64::from(*character)] {
            hash = (hash ^ part).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
    (0..6)
        .map(|_| {
            let letter = b'A' + (hash % 26) as u8;
            hash /= 26;
            char::from(letter)
        })
        .collect()
}

#[cfg(test)]
#[cfg(feature = "bundled-fonts")]
mod tests {
    use lopdf::{Dictionary, Document, Object};

    use crate::edition::Edition;
    use crate::layout::{FaceFile, Faces, Pages, lay_out};
    use crate::render::cut::tests::{advance_in, advance_in_table};
    use crate::report::Report;
    use crate::{bind, document, files, source};

    /// The pages of a report.
    fn pages(report: &Report) -> Pages {
        lay_out(&document::build(report, true), &Faces::bundled()).unwrap()
    }

    /// Holds the widths of all faces of a file against the faces in it, and returns how many of each there are.
    fn held_against_faces(pages: &Pages) -> (usize, usize) {
        let file = Document::load_mem(&super::super::render(pages, None).unwrap()).unwrap();
        let follow = |object: &Object| match object {
            Object::Reference(id) => file.get_object(*id).unwrap().clone(),
            object => object.clone(),
        };
        let get = |dictionary: &Dictionary, key: &[u8]| follow(dictionary.get(key).unwrap());
        let (mut n_fonts, mut n_widths) = (0, 0);
        for font in file.objects.values().filter_map(|object| object.as_dict().ok()) {
            let Ok(descendants) = font.get(b"DescendantFonts") else { continue };
            n_fonts += 1;
            let descendant = follow(&descendants.as_array().unwrap()[0]);
            let descendant = descendant.as_dict().unwrap();
            let name = descendant.get(b"BaseFont").and_then(Object::as_name).unwrap();
            let is_its_own = |face: &&FaceFile| name.ends_with(face.name.as_bytes());
            let face = (0..pages.faces.len()).map(|i| pages.faces.nth(i)).find(is_its_own).unwrap();
            let em = ttf_parser::Face::parse(&face.bytes, face.index).unwrap().units_per_em();
            let descriptor = get(descendant, b"FontDescriptor");
            let descriptor = descriptor.as_dict().unwrap();
            let (key, bare) = match descriptor.has(b"FontFile3") {
                true => (&b"FontFile3"[..], true),
                false => (&b"FontFile2"[..], false),
            };
            let program = get(descriptor, key);
            let program = program.as_stream().unwrap().decompressed_content().unwrap();
            let widths = get(descendant, b"W");
            for run in widths.as_array().unwrap().chunks(2) {
                let first = run[0].as_i64().unwrap() as u16;
                for (glyph, width) in (first..).zip(run[1].as_array().unwrap()) {
                    let advance = match bare {
                        true => advance_in_table(&program, glyph),
                        false => advance_in(&program, glyph),
                    };
                    let advance = i64::from(advance.unwrap()) * 1000 / i64::from(em);
                    assert_eq!(Some(advance), width.as_i64().ok(), "{} {glyph}", face.name);
                    n_widths += 1;
                }
            }
        }
        (n_fonts, n_widths)
    }

    /// Validators refuse a file in which they differ, though its pages look the same.
    #[test]
    fn every_width_is_the_advance_in_the_embedded_face() {
        let (n_fonts, n_widths) = held_against_faces(&pages(&Report::empty(Edition::LATEST)));
        assert!(n_fonts >= 4 && n_widths > 200, "{n_fonts} {n_widths}");
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
        let mut n_reports = 0;
        for path in files::list(&folder, &["toml"]).unwrap() {
            let text = files::read_text(&path).unwrap();
            let (report, _) = source::read(&source::SourceFile::parse("example.toml", text));
            let (report, _) = bind::bind(report.unwrap(), None);
            let (n_fonts, n_widths) = held_against_faces(&pages(&report));
            assert!(n_fonts >= 4 && n_widths > 500, "{} {n_fonts} {n_widths}", path.display());
            n_reports += 1;
        }
        assert!(n_reports >= 6, "{n_reports}");
    }
}
