//! Words to atoms: the pieces a line is made of, how wide they are, and where a line may end.

use std::ops::Range;

use super::font::{Glyph, OpenFaces, Role};
use super::kinsoku::{self, Class};

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
    /// What it is to line breaking.
    pub(super) class: Class,
    /// How much of its blank half may be taken away to fit a line.
    pub(super) give: f64,
    /// How far it moves into the blank of the mark before it, on the same line.
    pub(super) overlap: f64,
    /// Whether a line may not end before it.
    pub(super) glued: bool,
    /// Whether the gap before it must not grow.
    pub(super) rigid: bool,
    /// What it costs to end a line before it.
    pub(super) penalty: f64,
}

/// A glyph inside an atom.
#[derive(Debug, Clone)]
pub(super) struct AtomGlyph {
    /// Which of the caller's spans it belongs to.
    pub(super) span: usize,
    /// The glyph.
    pub(super) glyph: Glyph,
    /// The character.
    pub(super) character: char,
    /// The size.
    pub(super) size: f64,
    /// The left end from the left end of the atom.
    pub(super) x: f64,
    /// How much it is stretched sideways.
    pub(super) stretch: f64,
}

/// How words are set.
#[derive(Debug, Clone, Copy)]
pub(super) struct Setting {
    /// The size of the characters.
    pub(super) size: f64,
    /// The width of the cell of a Chinese character.
    pub(super) cell: f64,
    /// Whether Western words take whole half cells, which keeps what follows on the grid.
    pub(super) grid: bool,
    /// Western words wider than this may be broken anywhere.
    pub(super) widest: f64,
}

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
            give: 0.0,
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
        for i in 1..text.atoms.len() {
            let before = text.atoms[i - 1].class;
            let digit_before = text.atoms[i - 1]
                .glyphs
                .clone()
                .next_back()
                .is_some_and(|g| text.glyphs[g].character.is_ascii_digit());
            let first = text.atoms[i].glyphs.clone().next().map(|g| text.glyphs[g].character);
            let last =
                text.atoms[i - 1].glyphs.clone().next_back().map(|g| text.glyphs[g].character);
            let atom = &mut text.atoms[i];
            // A blank belongs to the end of a line, where nobody sees it, never to the beginning.
            atom.glued |= before == Class::Indent
                || atom.class == Class::Space
                || first.is_some_and(kinsoku::never_first)
                || last.is_some_and(kinsoku::never_last)
                || (before, atom.class) == (Class::Dash, Class::Dash);
            atom.rigid |=
                before == Class::Indent || (before, atom.class) == (Class::Dash, Class::Dash);
            if digit_before && atom.class == Class::Han {
                // A figure stays with its unit unless the line suffers.
                atom.penalty += 1.5;
            }
            if matches!(
                (before, atom.class),
                (Class::Close, Class::Close | Class::Open) | (Class::Open, Class::Open)
            ) {
                atom.overlap = setting.cell / 2.0;
            }
        }
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
        let give = if matches!(class, Class::Open | Class::Close) { cell / 2.0 } else { 0.0 };
        self.text.atoms.push(Atom {
            glyphs: at..at + 1,
            width,
            class,
            give,
            overlap: 0.0,
            glued: false,
            rigid: false,
            penalty: 0.0,
        });
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
    fn joining(&self, glyph: Glyph, character: char) -> (f64, f64) {
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
        let Setting { size, cell, grid, widest } = self.setting;
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
                    stretch: 1.0,
                });
                width += glyph.advance * size;
            }
            let end = self.text.glyphs.len();
            let inside = self.text.atoms.len() > first_atom;
            let after_space = self.text.atoms.last().is_some_and(|atom| atom.class == Class::Space);
            let class = if piece.space { Class::Space } else { Class::West };
            self.text.atoms.push(Atom {
                glyphs: at..end,
                width,
                class,
                give: 0.0,
                overlap: 0.0,
                glued: inside && !piece.may_break_before,
                rigid: inside && !after_space,
                penalty: piece.penalty,
            });
            if width > widest && end - at > 1 {
                self.shatter();
            }
        }
        let whole = self.text.atoms.len() == first_atom + 1;
        if let (true, true, Some(atom)) = (grid, whole, self.text.atoms.last_mut()) {
            fit_to_half_cells(atom, &mut self.text.glyphs, cell / 2.0);
        }
    }

    /// Takes the last atom apart, so that a line may end between any two of its characters.
    fn shatter(&mut self) {
        let Some(whole) = self.text.atoms.pop() else { return };
        for (i, at) in whole.glyphs.clone().enumerate() {
            let glyph = &mut self.text.glyphs[at];
            glyph.x = 0.0;
            let width = glyph.glyph.advance * glyph.size;
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

/// Widens a Western word to whole half cells, or narrows it by a hair, with its letters centred.
fn fit_to_half_cells(atom: &mut Atom, glyphs: &mut [AtomGlyph], half: f64) {
    /// How much narrower than drawn a word may be set; the grid narrows Chinese characters as much.
    const TIGHTEST: f64 = 0.98;
    let target = (atom.width * TIGHTEST / half).ceil() * half;
    let n = atom.glyphs.len() as f64;
    let each = ((target - atom.width) / n).min(0.0);
    let start = (target - atom.width - each * n) / 2.0;
    for (i, at) in atom.glyphs.clone().enumerate() {
        glyphs[at].x += start + each * (i as f64 + 0.5);
    }
    atom.width = target;
}
