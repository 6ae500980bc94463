//! Opened faces: the glyph of a character, its width and its ink.

use std::collections::HashMap;

use ttf_parser::GlyphId;

use super::font::{FaceId, Faces, Role};
use super::{LayoutError, needs_shaping};

/// A glyph of a face, at a size of one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Glyph {
    /// The face.
    pub(super) face: FaceId,
    /// The number of the glyph in its face.
    pub(super) id: u16,
    /// The advance of the pen, in em.
    pub(super) advance: f64,
}

/// The faces opened for the time of one layout, with the glyphs already looked up.
pub(super) struct OpenFaces<'a> {
    faces: Vec<ttf_parser::Face<'a>>,
    chains: Vec<Vec<FaceId>>,
    known: HashMap<(Role, char), Option<Glyph>>,
    /// The ink of glyphs already looked at: an outline is read to its end for it.
    inks: HashMap<(FaceId, u16), Option<(f64, f64)>>,
    /// The characters that no face has, each with the words around its first use.
    pub(super) missing: Vec<(char, String)>,
}

impl<'a> OpenFaces<'a> {
    /// Opens all faces; cheap, since only their tables are found.
    pub(super) fn new(faces: &'a Faces) -> Result<Self, LayoutError> {
        let no_face = |message: &str| LayoutError::Font {
            face: "全部".to_owned(),
            message: message.to_owned(),
        };
        if faces.is_empty() {
            return Err(no_face("没有任何字体：本程序未内置字体，请按用途指定字体文件"));
        }
        let open = faces
            .faces
            .iter()
            .map(|file| ttf_parser::Face::parse(&file.bytes, file.index))
            .collect::<Result<_, _>>()
            .map_err(|error| no_face(&error.to_string()))?;
        let chains = Role::ALL.iter().map(|role| faces.chain(*role)).collect();
        Ok(Self {
            faces: open,
            chains,
            known: HashMap::new(),
            inks: HashMap::new(),
            missing: Vec::new(),
        })
    }

    /// The glyph of a character in a role, from the first face that has it.
    pub(super) fn glyph(&mut self, role: Role, character: char) -> Option<Glyph> {
        if let Some(glyph) = self.known.get(&(role, character)) {
            return *glyph;
        }
        let mut chain = self.chains[role as usize].iter();
        // A face may well have the letters of such a script; alone they are no words of it.
        let glyph = match needs_shaping(character) {
            Some(_) => None,
            None => chain.find_map(|face| self.glyph_in(*face, character)),
        };
        self.known.insert((role, character), glyph);
        glyph
    }

    /// As [`glyph`](Self::glyph); a character that no face has is noted with the words it stands in.
    pub(super) fn glyph_or_note(
        &mut self,
        role: Role,
        character: char,
        words: &str,
    ) -> Option<Glyph> {
        let glyph = self.glyph(role, character);
        if glyph.is_none() {
            self.note(character, words);
        }
        glyph
    }

    /// Notes a character that no face has, and looks nothing else up.
    pub(super) fn note_if_missing(&mut self, role: Role, character: char, words: &str) {
        let has = |face: &FaceId| self.glyph_of(*face, character).is_some();
        if needs_shaping(character).is_some() || !self.chains[role as usize].iter().any(has) {
            self.note(character, words);
        }
    }

    fn note(&mut self, character: char, words: &str) {
        if !self.missing.iter().any(|(c, _)| *c == character) {
            self.missing.push((character, around(words, character)));
        }
    }

    /// The width of the widest digit in tables, in em.
    pub(super) fn widest_digit(&mut self) -> f64 {
        ('0'..='9')
            .filter_map(|digit| self.glyph(Role::Song, digit))
            .map(|g| g.advance)
            .fold(0.5, f64::max)
    }

    fn glyph_in(&self, id: FaceId, character: char) -> Option<Glyph> {
        let (glyph, advance) = self.glyph_of(id, character)?;
        let advance = f64::from(advance) / f64::from(self.faces[id.0].units_per_em());
        Some(Glyph { face: id, id: glyph.0, advance })
    }

    /// The glyph of a character in a face and its advance, in units of the face.
    fn glyph_of(&self, id: FaceId, character: char) -> Option<(GlyphId, u16)> {
        let face = &self.faces[id.0];
        let glyph = face.glyph_index(character).filter(|glyph| glyph.0 != 0)?;
        Some((glyph, face.glyph_hor_advance(glyph)?))
    }

    /// The begin and the end of a glyph's ink from its origin, in em; `None` when it has no ink.
    pub(super) fn ink(&mut self, glyph: Glyph) -> Option<(f64, f64)> {
        let face = &self.faces[glyph.face.0];
        *self.inks.entry((glyph.face, glyph.id)).or_insert_with(|| {
            let ink = face.glyph_bounding_box(GlyphId(glyph.id))?;
            let em = f64::from(face.units_per_em());
            Some((f64::from(ink.x_min) / em, f64::from(ink.x_max) / em))
        })
    }
}

/// The words about the first use of a character, a few characters to either side.
fn around(words: &str, character: char) -> String {
    const REACH: usize = 8;
    let at = words.chars().position(|c| c == character).unwrap_or(0);
    words.chars().skip(at.saturating_sub(REACH)).take(2 * REACH + 1).collect()
}
