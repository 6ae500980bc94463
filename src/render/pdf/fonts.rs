//! Faces cut down to the glyphs that the pages use, ready to be embedded.

use std::collections::BTreeMap;

use printpdf::{FontId, FontMetrics, ParsedFont, PdfFont, PdfFontMap};
use subsetter::GlyphRemapper;

use super::RenderError;
use crate::layout::{FaceFile, FaceId, Item, Pages};

/// The fonts of a file.
pub(super) struct Fonts {
    fonts: BTreeMap<FaceId, Font>,
}

struct Font {
    name: FontId,
    /// For each glyph of the whole face, the character that its copies and searches give.
    characters: BTreeMap<u16, char>,
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
        self.fonts.get(&face)?.characters.get(&glyph).copied()
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
        let mut remapper = GlyphRemapper::new();
        let codes: BTreeMap<u32, u16> = characters
            .iter()
            .map(|(glyph, character)| (u32::from(*character), remapper.remap(*glyph)))
            .collect();
        let program = subsetter::subset(&file.bytes, file.index, &remapper)
            .map_err(|error| fail(format!("无法取子集：{error}")))?;
        let mut parsed = ParsedFont::from_bytes(&program, 0, &mut Vec::new())
            .ok_or_else(|| fail("子集无法读取".to_owned()))?;
        parsed.codepoint_to_glyph = codes;
        parsed.font_name = Some(format!("{}+{}", tag(&characters), file.name));
        let units = |thousandths: i16| {
            (f64::from(thousandths) * f64::from(parsed.units_per_em) / 1000.0).round() as i16
        };
        parsed.font_metrics =
            FontMetrics { ascent: units(file.ascent), descent: units(file.descent) };
        Ok(Self { name: FontId(format!("Face{index}")), characters, parsed })
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
