//! Words to atoms: the pieces a line is made of, how wide they are, and where a line may end.

use std::ops::Range;

use super::font::Role;
use super::glyphs::{Glyph, OpenFaces};
use super::kinsoku::{self, Class};
use crate::document::words::{self, Seam};

/// A text ready to be broken into lines.
#[derive(Debug, Default)]
pub(super) struct AtomText {
    /// The atoms in order.
    pub(super) atoms: Vec<Atom>,
    /// The glyphs of all atoms.
    pub(super) glyphs: Vec<AtomGlyph>,
}

/// The smallest piece of a line: a Chinese character, a mark, a Western word or part of one.
#[derive(Debug, Clone)]
pub(super) struct Atom {
    /// Its glyphs.
    pub(super) glyphs: Range<usize>,
    /// Its width.
    pub(super) width: f64,
    /// Its class in line breaking.
    pub(super) class: Class,
    /// The blank half of a mark, of which nothing is seen at the end of a line.
    pub(super) blank: f64,
    /// The most to take away from it to fit a line, so that the ink touches nothing.
    pub(super) give: f64,
    /// The white between it and the atom before it, on the same line.
    pub(super) gap: f64,
    /// The distance it moves into the blank of the mark before it, on the same line.
    pub(super) overlap: f64,
    /// True if a line may not end before it.
    pub(super) glued: bool,
    /// True if the gap before it must not grow.
    pub(super) rigid: bool,
    /// The cost of ending a line before it.
    pub(super) penalty: f64,
}

/// A glyph inside an atom.
#[derive(Debug, Clone)]
pub(super) struct AtomGlyph {
    /// The index of the caller's span it belongs to.
    pub(super) span: usize,
    /// The glyph.
    pub(super) glyph: Glyph,
    /// The character.
    pub(super) character: char,
    /// The size.
    pub(super) size: f64,
    /// The left end from the left end of the atom.
    pub(super) x: f64,
    /// Its sideways stretch.
    pub(super) stretch: f64,
}

/// The setting of words.
#[derive(Debug, Clone, Copy)]
pub(super) struct Setting {
    /// The size of the characters.
    pub(super) size: f64,
    /// The width of the cell of a Chinese character.
    pub(super) cell: f64,
    /// Western words wider than this may be broken anywhere.
    pub(super) widest: f64,
    /// The width of Western characters against their drawn width; 1 for unchanged.
    pub(super) condense: f64,
}

impl Setting {
    /// Words of a size, set as they are drawn.
    pub(super) fn of(size: f64) -> Self {
        Self { size, cell: size, widest: f64::INFINITY, condense: 1.0 }
    }
}

/// The white between Chinese and Western, in em: a hair less than a quarter, from which on readers that
/// copy text take it for a blank.
const QUARTER: f64 = 0.245;

/// Builds an [`AtomText`] piece by piece.
pub(super) struct TextBuilder<'f, 'a> {
    faces: &'f mut OpenFaces<'a>,
    setting: Setting,
    text: AtomText,
}

impl<'f, 'a> TextBuilder<'f, 'a> {
    pub(super) fn new(faces: &'f mut OpenFaces<'a>, setting: Setting) -> Self {
        Self { faces, setting, text: AtomText::default() }
    }

    /// Leaves some cells free, as at the beginning of a paragraph.
    pub(super) fn indent(&mut self, cells: f64) {
        let at = self.text.glyphs.len();
        self.text.atoms.push(Atom {
            glyphs: at..at,
            width: cells * self.setting.cell,
            class: Class::Indent,
            blank: 0.0,
            give: 0.0,
            gap: 0.0,
            overlap: 0.0,
            glued: true,
            rigid: true,
            penalty: 0.0,
        });
    }

    /// Adds words in a role; `address` says that they may be broken the way addresses are.
    pub(super) fn push(&mut self, span: usize, role: Role, words: &str, address: bool) {
        let characters: Vec<char> = words.chars().filter_map(kinsoku::printable).collect();
        let mut at = 0;
        while at < characters.len() {
            let class = self.class_at(role, &characters, at);
            if class == Class::West {
                let end = (at..characters.len())
                    .find(|i| self.class_at(role, &characters, *i) != Class::West)
                    .unwrap_or(characters.len());
                self.push_western(span, role, &characters[at..end], address, words);
                at = end;
            } else {
                self.push_wide(span, role, characters[at], class, words);
                at += 1;
            }
        }
    }

    /// The atoms, with everything settled that depends on neighbours.
    pub(super) fn finish(self) -> AtomText {
        let Self { setting, mut text, .. } = self;
        let ends: Vec<(Option<char>, Option<char>)> = text
            .atoms
            .iter()
            .map(|atom| {
                let of = |at: Option<usize>| at.map(|at| text.glyphs[at].character);
                (of(atom.glyphs.clone().next()), of(atom.glyphs.clone().next_back()))
            })
            .collect();
        for i in 1..text.atoms.len() {
            let before = text.atoms[i - 1].class;
            let (last, first) = (ends[i - 1].1, ends[i].0);
            let atom = &mut text.atoms[i];
            // A blank belongs to the end of a line, where nobody sees it, never to the beginning.
            atom.glued |= before == Class::Indent
                || atom.class == Class::Space
                || atom.class == Class::Dash
                || first.is_some_and(kinsoku::never_first)
                || last.is_some_and(kinsoku::never_last);
            atom.rigid |=
                before == Class::Indent || (before, atom.class) == (Class::Dash, Class::Dash);
            if let (Some(last), Some(first)) = (last, first)
                && words::are_set_off(last, first)
            {
                atom.gap = QUARTER * setting.size;
            }
            if matches!(
                (before, atom.class),
                (Class::Close, Class::Close | Class::Open) | (Class::Open, Class::Open)
            ) {
                atom.overlap = setting.cell / 2.0;
            }
        }
        keep_figures_whole(&mut text.atoms, &ends);
        text
    }

    fn class_at(&mut self, role: Role, characters: &[char], at: usize) -> Class {
        let character = characters[at];
        let western = |i: Option<usize>| {
            i.and_then(|i| characters.get(i)).is_some_and(char::is_ascii_alphanumeric)
        };
        let between_letters = western(at.checked_sub(1)) && western(Some(at + 1));
        kinsoku::class(character, between_letters).unwrap_or_else(|| {
            // Signs of no script are as wide as the face makes them.
            let wide = self.faces.glyph(role, character).is_some_and(|glyph| glyph.advance > 0.9);
            if wide { Class::Han } else { Class::West }
        })
    }

    fn push_wide(&mut self, span: usize, role: Role, character: char, class: Class, words: &str) {
        let Setting { size, cell, .. } = self.setting;
        let Some(glyph) = self.faces.glyph_or_note(role, character, words) else { return };
        let glyph = if class == Class::Middle { self.narrow(glyph, character) } else { glyph };
        let width = if class == Class::Middle { cell / 2.0 } else { cell };
        let advance = glyph.advance * size;
        let (x, stretch) = match class {
            Class::Dash => self.joining(glyph, character),
            // Quotes narrower than a cell keep to the words that they embrace.
            Class::Open if glyph.advance < 0.75 => (width - advance - 0.06 * size, 1.0),
            Class::Close if glyph.advance < 0.75 => (0.06 * size, 1.0),
            Class::Open
            | Class::Close
            | Class::Han
            | Class::Middle
            | Class::West
            | Class::Space
            | Class::Indent => ((width - advance) / 2.0, 1.0),
        };
        let at = self.text.glyphs.len();
        self.text.glyphs.push(AtomGlyph { span, glyph, character, size, x, stretch });
        let blank = if matches!(class, Class::Open | Class::Close) { cell / 2.0 } else { 0.0 };
        let give = self.give(class, glyph, x).min(blank);
        self.text.atoms.push(Atom {
            glyphs: at..at + 1,
            width,
            class,
            blank,
            give,
            gap: 0.0,
            overlap: 0.0,
            glued: false,
            rigid: false,
            penalty: 0.0,
        });
    }

    /// The most to take from the blank half of a mark whose ink begins at `x` in its cell, so that
    /// the ink stays clear of its neighbour.
    fn give(&mut self, class: Class, glyph: Glyph, x: f64) -> f64 {
        /// The share of its size that stays white between the ink of a mark and the next cell.
        const CLEAR: f64 = 0.2;
        let Setting { size, cell, .. } = self.setting;
        match class {
            Class::Open | Class::Close => {}
            Class::Indent
            | Class::Han
            | Class::Middle
            | Class::Dash
            | Class::West
            | Class::Space => return 0.0,
        }
        let Some((left, right)) = self.faces.ink(glyph) else { return 0.0 };
        let white = if class == Class::Open { x + left * size } else { cell - x - right * size };
        (white - CLEAR * size).max(0.0)
    }

    /// The glyph of a mark of half a cell, from another face where this one draws it in a whole cell:
    /// readers that copy text take a step back over a blank for the end of a line.
    fn narrow(&mut self, glyph: Glyph, character: char) -> Glyph {
        if glyph.advance < 0.6 {
            return glyph;
        }
        [Role::Kai, Role::Song]
            .into_iter()
            .filter_map(|role| self.faces.glyph(role, character))
            .find(|glyph| glyph.advance < 0.6)
            .unwrap_or(glyph)
    }

    /// Place and stretch that let the ink of a dash fill its cell, so that two of them join up.
    fn joining(&mut self, glyph: Glyph, character: char) -> (f64, f64) {
        const LAP: f64 = 0.2;
        let Setting { size, cell, .. } = self.setting;
        match self.faces.ink(glyph) {
            Some((left, right)) if character != '…' && right > left => {
                let stretch = (cell + 2.0 * LAP) / ((right - left) * size);
                (-LAP - left * size * stretch, stretch)
            }
            _ => ((cell - glyph.advance * size) / 2.0, 1.0),
        }
    }

    /// Adds a run of Western characters: one atom where it stays whole, else one for each piece.
    fn push_western(
        &mut self,
        span: usize,
        role: Role,
        characters: &[char],
        address: bool,
        words: &str,
    ) {
        let Setting { size, widest, condense, .. } = self.setting;
        let first_atom = self.text.atoms.len();
        for piece in kinsoku::western_pieces(characters, address) {
            let at = self.text.glyphs.len();
            let mut width = 0.0;
            for character in &characters[piece.range.clone()] {
                let Some(glyph) = self.faces.glyph_or_note(role, *character, words) else {
                    continue;
                };
                let character = *character;
                self.text.glyphs.push(AtomGlyph {
                    span,
                    glyph,
                    character,
                    size,
                    x: width,
                    stretch: condense,
                });
                width += glyph.advance * size * condense;
            }
            let end = self.text.glyphs.len();
            let inside = self.text.atoms.len() > first_atom;
            let after_space = self.text.atoms.last().is_some_and(|atom| atom.class == Class::Space);
            let class = if piece.space { Class::Space } else { Class::West };
            self.text.atoms.push(Atom {
                glyphs: at..end,
                width,
                class,
                blank: 0.0,
                give: 0.0,
                gap: 0.0,
                overlap: 0.0,
                glued: inside && !piece.may_break_before,
                rigid: inside && !after_space,
                penalty: piece.penalty,
            });
            if width > widest && end - at > 1 {
                self.shatter();
            }
        }
    }

    /// Takes the last atom apart, so that a line may end between any two of its characters.
    fn shatter(&mut self) {
        let Some(whole) = self.text.atoms.pop() else { return };
        for (i, at) in whole.glyphs.clone().enumerate() {
            let glyph = &mut self.text.glyphs[at];
            glyph.x = 0.0;
            let width = glyph.glyph.advance * glyph.size * glyph.stretch;
            self.text.atoms.push(Atom {
                glyphs: at..at + 1,
                width,
                glued: i == 0 && whole.glued,
                rigid: i > 0 || whole.rigid,
                penalty: if i == 0 { whole.penalty } else { 3.0 },
                ..whole.clone()
            });
        }
    }
}

/// Figures stay with their unit, a day with its month, the number of a document or of a standard in
/// one piece.
fn keep_figures_whole(atoms: &mut [Atom], ends: &[(Option<char>, Option<char>)]) {
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let single = |i: usize| ends.get(i).and_then(|(first, _)| *first);
    for i in 1..atoms.len() {
        let (last, first) = (ends[i - 1].1, ends[i].0);
        if digit(last) && atoms[i].class == Class::Han {
            let after: String = (i..atoms.len())
                .map_while(|i| single(i).filter(|_| atoms[i].class == Class::Han))
                .take(words::LONGEST)
                .collect();
            let n = words::unit_length(&after).max(1);
            atoms[i..i + n].iter_mut().for_each(|atom| atom.glued = true);
        }
        let day =
            last == Some('月') && i > 1 && digit(ends[i - 2].1) && single(i + 1) == Some('日');
        let number = matches!(last, Some('第' | '—' | '–' | '～' | '-' | '/'));
        if digit(first) && (day || number) {
            atoms[i].glued = true;
        }
        // The number of a document, `国办函〔2020〕109号`, in one piece unless the line suffers.
        if (first == Some('〔') && digit(single(i + 1))) || (last == Some('〕') && digit(first)) {
            atoms[i].penalty += 6.0;
        }
    }
}

/// Lets lines of a name, a title or a label end between its words: at no cost between names, and inside
/// a word only where it is wider than the line.
pub(super) fn keep_words_whole(text: &mut AtomText, label: &str) {
    /// The cost of an end of a line inside a word: more than one more line does.
    const INSIDE: f64 = 3000.0;
    const BETWEEN: f64 = 3.0;
    let mut begins = std::collections::BTreeMap::new();
    let mut at = 0;
    for word in words::words(label) {
        begins.insert(at, word.seam);
        at += word.text.chars().filter(|c| !c.is_whitespace()).count();
    }
    let mut at = 0;
    for i in 0..text.atoms.len() {
        let atom = &mut text.atoms[i];
        atom.penalty = match begins.get(&at) {
            Some(Seam::Year | Seam::Name) => 0.0,
            Some(Seam::Word) => BETWEEN,
            None if text.glyphs[atom.glyphs.clone()].iter().all(|g| g.character == ' ') => 0.0,
            None => INSIDE,
        };
        at += text.glyphs[atom.glyphs.clone()].iter().filter(|g| g.character != ' ').count();
    }
}
