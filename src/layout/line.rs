//! Atoms to lines: where each line ends, and how its blanks are shared out.
//!
//! The ends of all lines of a paragraph are chosen together, so that the sum of what the eye would
//! mind is least: gaps that grow, marks that are squeezed, figures torn from their unit, a last line
//! of one character.

use super::font::{FaceId, Role};
use super::glyphs::OpenFaces;
use super::kinsoku::Class;
use super::paper;
use super::text::{Atom, AtomText, Setting, TextBuilder};

/// A line with its glyphs placed from its left end.
#[derive(Debug, Clone, Default)]
pub(super) struct Line {
    /// The glyphs from left to right.
    pub(super) glyphs: Vec<LineGlyph>,
    /// The width of the line, without blanks at its end.
    pub(super) width: f64,
    /// The part of that which is the blank half of an opening mark at its beginning.
    pub(super) blank_before: f64,
    /// The part of that which is the blank half of a closing mark at its end.
    pub(super) blank_after: f64,
}

/// A glyph at its place in a line.
#[derive(Debug, Clone)]
pub(super) struct LineGlyph {
    pub(super) span: usize,
    pub(super) face: FaceId,
    pub(super) id: u16,
    pub(super) character: char,
    pub(super) size: f64,
    pub(super) stretch: f64,
    pub(super) x: f64,
    pub(super) advance: f64,
    /// Its height above the baseline.
    pub(super) rise: f64,
}

/// The use of the blank that a line leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fill {
    /// The gaps of every line but the last grow, so that its end is flush.
    Justified,
    /// Nothing: as few lines as possible, of about the same length, rather longer ones first.
    Balanced,
    /// Nothing: as few lines as possible, full ones but for the last.
    Ragged,
}

/// Breaks a text into lines of at most `measure`.
///
/// An atom that is wider than the measure stands on a line of its own and reaches beyond it.
pub(super) fn break_lines(text: &AtomText, measure: f64, fill: Fill) -> Vec<Line> {
    let ends = choose_ends(&text.atoms, measure, fill);
    let mut start = 0;
    let mut lines = Vec::with_capacity(ends.len());
    for end in ends {
        lines.push(place(text, start..end, measure, fill));
        start = end;
    }
    lines
}

impl Line {
    /// Adds another line behind it whose glyphs stand higher.
    pub(super) fn append_raised(&mut self, other: Self, rise: f64) {
        let x = self.width;
        self.glyphs.extend(other.glyphs.into_iter().map(|glyph| LineGlyph {
            x: glyph.x + x,
            rise,
            ..glyph
        }));
        self.width += other.width;
        self.blank_after = other.blank_after;
    }
}

/// Words on one line, as wide as they are.
pub(super) fn one_line(words: &str, role: Role, size: f64, faces: &mut OpenFaces<'_>) -> Line {
    let mut builder = TextBuilder::new(faces, Setting::of(size));
    builder.push(0, role, words, false);
    whole_line(&builder.finish())
}

/// A text on one line, as wide as it is.
pub(super) fn whole_line(text: &AtomText) -> Line {
    if text.atoms.is_empty() {
        return Line::default();
    }
    place(text, 0..text.atoms.len(), f64::INFINITY, Fill::Ragged)
}

/// Widths that add up while a line grows.
#[derive(Debug, Clone, Copy, Default)]
struct Extent {
    /// Up to the last atom that is no blank.
    width: f64,
    /// Up to the last atom.
    with_blank: f64,
    /// The width that could be squeezed out.
    give: f64,
    /// The number of gaps that may grow.
    n_gaps: usize,
    /// The number of characters that are no marks.
    n_characters: usize,
}

impl Extent {
    fn add(&mut self, atoms: &[Atom], i: usize, first: bool) {
        let atom = &atoms[i];
        let overlap = if first { 0.0 } else { atom.overlap };
        if overlap > 0.0 && atoms[i - 1].class == Class::Close {
            self.give -= atoms[i - 1].give;
        }
        self.give += free_give(atoms, i, first);
        self.n_gaps += usize::from(!first && may_grow(atom));
        let gap = if first { 0.0 } else { atom.gap };
        self.n_characters += match atom.class {
            Class::Han => 1,
            Class::West => atom.glyphs.len(),
            Class::Indent
            | Class::Open
            | Class::Close
            | Class::Middle
            | Class::Dash
            | Class::Space => 0,
        };
        self.with_blank += atom.width - overlap + gap;
        if atom.class != Class::Space {
            self.width = self.with_blank;
        }
    }
}

/// True if the gap before an atom may grow: that between Chinese and Western is the same everywhere.
fn may_grow(atom: &Atom) -> bool {
    !atom.rigid && atom.gap == 0.0
}

/// The blank that an atom can still give: an opening mark that overlaps another has given its blank already.
fn free_give(atoms: &[Atom], i: usize, first: bool) -> f64 {
    let atom = &atoms[i];
    let given = !first
        && atom.class == Class::Open
        && atom.overlap > 0.0
        && atoms[i - 1].class == Class::Open;
    if given { 0.0 } else { atom.give }
}

/// The blank halves of a mark at the beginning of a line and of one at its end, which nobody sees.
fn blank_ends(atoms: &[Atom]) -> (f64, f64) {
    let of = |atom: Option<&Atom>, class: Class| {
        atom.filter(|atom| atom.class == class).map_or(0.0, |atom| atom.blank)
    };
    (of(atoms.first(), Class::Open), of(atoms.last(), Class::Close))
}

/// The cost of a line that breaks a rule.
const FORCED: f64 = 100_000.0;

/// The ends of all lines, chosen so that the sum of their costs is least.
fn choose_ends(atoms: &[Atom], measure: f64, fill: Fill) -> Vec<usize> {
    let n = atoms.len();
    // Good lines are nearly full. What they cost together tells soon of most others that they lead to nothing better.
    let bound = match fill {
        Fill::Justified => costs(atoms, measure, fill, f64::INFINITY, true)[n].0,
        Fill::Balanced | Fill::Ragged => f64::INFINITY,
    };
    ends_of(&costs(atoms, measure, fill, bound, false))
}

/// The ends of the lines that cost least.
fn ends_of(best: &[(f64, usize)]) -> Vec<usize> {
    let mut ends = Vec::new();
    let mut end = best.len() - 1;
    while end > 0 {
        ends.push(end);
        end = best[end].1;
    }
    ends.reverse();
    ends
}

/// For each atom the least cost of the lines before it, and the start of the last of them.
///
/// Lines that begin at a cost above `bound` are not looked at; where `only_full`, none but the last that leaves more than
/// a few cells blank.
fn costs(
    atoms: &[Atom],
    measure: f64,
    fill: Fill,
    bound: f64,
    only_full: bool,
) -> Vec<(f64, usize)> {
    const SLIP: f64 = 0.001;
    /// Of a line that is nearly full, in cells.
    const BLANK: f64 = 3.0;
    let full = measure * (1.0 - BLANK / paper::N_CHARACTERS);
    let n = atoms.len();
    let mut best = vec![(f64::INFINITY, 0); n + 1];
    best[0] = (0.0, 0);
    for start in 0..n {
        let before = best[start].0;
        if before.is_infinite() || before > bound {
            continue;
        }
        let mut extent = Extent::default();
        let mut reached = false;
        for end in start + 1..=n {
            extent.add(atoms, end - 1, end - 1 == start);
            // What fits need not be squeezed.
            let give = match extent.width > measure {
                true => give_of(&extent, &atoms[start..end], fill),
                false => 0.0,
            };
            let overrun = (extent.width - give - measure - SLIP).max(0.0);
            if overrun > 0.0 && reached {
                break;
            }
            if overrun > 0.0 && end > start + 1 {
                // Nothing but marks that must not be parted: better parted than off the page.
                keep_cheaper(&mut best[end - 1], before + FORCED, start);
                break;
            }
            if end < n && atoms[end].glued {
                continue;
            }
            reached = true;
            if only_full && end < n && extent.width < full {
                continue;
            }
            let penalty = atoms.get(end).map_or(0.0, |atom| atom.penalty);
            let extent = Extent { give, ..extent };
            let own = match fill {
                Fill::Justified => justified_cost(&extent, measure, end == n, start == 0),
                Fill::Balanced | Fill::Ragged => uneven_cost(&extent, measure, fill, end == n),
            };
            keep_cheaper(&mut best[end], before + overrun * FORCED + penalty + own, start);
            if overrun > 0.0 {
                break;
            }
        }
    }
    best
}

fn keep_cheaper(best: &mut (f64, usize), cost: f64, start: usize) {
    if cost < best.0 {
        *best = (cost, start);
    }
}

/// The most by which a line may be wider than its measure: what can be squeezed out of its marks, or, where
/// nothing is squeezed, the blanks at its ends.
fn give_of(extent: &Extent, atoms: &[Atom], fill: Fill) -> f64 {
    let (before, after) = blank_ends(atoms);
    match fill {
        Fill::Justified => {
            let at_end = atoms.last().filter(|atom| atom.class == Class::Close);
            extent.give + after - at_end.map_or(0.0, |atom| atom.give)
        }
        Fill::Balanced | Fill::Ragged => before + after,
    }
}

/// The cost of a line left as short as it is: its number first, then its shortness.
fn uneven_cost(extent: &Extent, measure: f64, fill: Fill, last: bool) -> f64 {
    /// The cost of one character alone on the last line.
    const ALONE: f64 = 100.0;
    let short = ((measure - extent.width) / measure).powi(2) * 100.0;
    1000.0
        + match (fill, last) {
            (Fill::Ragged, true) if extent.n_characters < 2 => ALONE,
            (Fill::Ragged, true) => 0.0,
            (_, true) => short,
            (_, false) => short * 1.01,
        }
}

/// The fault that the eye finds with a line of this extent.
fn justified_cost(extent: &Extent, measure: f64, last: bool, only: bool) -> f64 {
    let cell = measure / paper::N_CHARACTERS;
    let slack = measure - extent.width;
    if slack < 0.0 {
        // Half a cell squeezed out costs a little less than a whole cell of growth.
        let squeezed = -slack;
        let share = squeezed / extent.give.max(f64::EPSILON);
        return 0.3 * squeezed + 8.0 * share.powi(2);
    }
    if last {
        return match extent.n_characters {
            // One character and its stop alone on the last line.
            ..2 if !only => 3000.0,
            _ if !only && extent.width < 3.1 * cell => 5.0,
            _ => 0.0,
        };
    }
    // A line that would be torn apart stays short instead, which is ugly too.
    let short = 60.0 + 200.0 * slack / measure;
    growth(extent, slack, cell).map_or(short, |growth| (growth / 0.02).powi(2).min(short))
}

/// The growth of each gap of a line, in cells; `None` where that would tear the line apart.
fn growth(extent: &Extent, slack: f64, cell: f64) -> Option<f64> {
    const MOST: f64 = 0.3;
    let growth = slack / extent.n_gaps as f64 / cell;
    (growth <= MOST).then_some(growth)
}

fn place(text: &AtomText, range: std::ops::Range<usize>, measure: f64, fill: Fill) -> Line {
    let atoms = &text.atoms;
    let justify = fill == Fill::Justified && range.end < atoms.len();
    let start = range.start;
    let mut end = range.end;
    let mut extent = Extent::default();
    for i in range.clone() {
        extent.add(atoms, i, i == start);
    }
    // Blanks at the end of a line are printed, but take no part in its spacing.
    while end > start + 1 && atoms[end - 1].class == Class::Space {
        end -= 1;
    }
    let slack = measure - extent.width;
    let moves = if slack < 0.0 && fill == Fill::Justified {
        squeeze(atoms, start..end, -slack)
    } else if justify
        && slack > 0.0
        && growth(&extent, slack, measure / paper::N_CHARACTERS).is_some()
    {
        grow(atoms, start..end, slack)
    } else {
        vec![0.0; end - start]
    };
    let (blank_before, blank_after) = blank_ends(&atoms[start..end]);
    let mut line = Line { blank_before, blank_after, ..Line::default() };
    let mut x = 0.0;
    for i in range {
        let atom = &atoms[i];
        if i > start {
            x += atom.gap - atom.overlap;
        }
        x += moves.get(i - start).copied().unwrap_or(0.0);
        for at in atom.glyphs.clone() {
            let glyph = &text.glyphs[at];
            line.glyphs.push(LineGlyph {
                span: glyph.span,
                face: glyph.glyph.face,
                id: glyph.glyph.id,
                character: glyph.character,
                size: glyph.size,
                stretch: glyph.stretch,
                x: x + glyph.x,
                advance: glyph.glyph.advance * glyph.size,
                rise: 0.0,
            });
        }
        x += atom.width;
        if i < end {
            line.width = x;
        }
    }
    line
}

/// The distance that each atom moves left when `excess` is squeezed out of marks: first out of the stop at the
/// end of the line, where nobody sees it, then out of all others alike.
fn squeeze(atoms: &[Atom], range: std::ops::Range<usize>, excess: f64) -> Vec<f64> {
    let start = range.start;
    let mut moves = vec![0.0; range.len()];
    let mut rest = excess;
    if atoms[range.end - 1].class == Class::Close {
        rest -= atoms[range.end - 1].blank.min(rest);
    }
    let can_give = |i: usize| -> f64 {
        let followed = i + 1 < range.end && atoms[i + 1].overlap > 0.0;
        if i + 1 == range.end || (atoms[i].class == Class::Close && followed) {
            0.0
        } else {
            free_give(atoms, i, i == start)
        }
    };
    let total: f64 = range.clone().map(can_give).sum();
    if total <= 0.0 {
        return moves;
    }
    let share = (rest / total).min(1.0);
    for i in range.clone() {
        let give = can_give(i) * share;
        match atoms[i].class {
            Class::Open => moves[i - start] -= give,
            Class::Close if i + 1 < range.end => moves[i + 1 - start] -= give,
            Class::Close
            | Class::Han
            | Class::Middle
            | Class::Dash
            | Class::West
            | Class::Space
            | Class::Indent => {}
        }
    }
    moves
}

/// The distance that each atom moves right when `slack` is shared out among all gaps alike.
fn grow(atoms: &[Atom], range: std::ops::Range<usize>, slack: f64) -> Vec<f64> {
    let start = range.start;
    let mut moves = vec![0.0; range.len()];
    let gaps: Vec<usize> = range.skip(1).filter(|i| may_grow(&atoms[*i])).collect();
    for i in &gaps {
        moves[i - start] += slack / gaps.len() as f64;
    }
    moves
}

#[cfg(test)]
#[cfg(feature = "bundled-fonts")]
mod tests {
    use super::*;
    use crate::layout::Faces;

    #[test]
    fn what_is_not_looked_at_leads_to_nothing_better() {
        const TEXTS: [&str; 3] = [
            "本年度主动公开信息1,286条，其中通过“政务公开”专栏公开342条（含解读37条）；受理申请45件，已全部按期答复。",
            "《中华人民共和国政府信息公开条例》、《办法》（试行）……等。",
            "Word与PDF文本https://www.example.gov.cn/zwgk/index.html见网站",
        ];
        let files = Faces::bundled();
        let (mut faces, mut n_lines) = (OpenFaces::new(&files).unwrap(), 0);
        for times in 1..=6 {
            let words = TEXTS.repeat(4)[times..2 * times].concat();
            let mut builder = TextBuilder::new(&mut faces, Setting::of(16.0));
            builder.push(0, Role::Body, &words, false);
            let text = builder.finish();
            for measure in [20.0, 33.0, 100.0, 241.5, 448.0] {
                for fill in [Fill::Justified, Fill::Balanced, Fill::Ragged] {
                    let ends = choose_ends(&text.atoms, measure, fill);
                    let all = costs(&text.atoms, measure, fill, f64::INFINITY, false);
                    assert_eq!(ends, ends_of(&all), "{measure} {fill:?} {words}");
                    n_lines += ends.len();
                }
            }
        }
        assert!(n_lines > 500, "{n_lines}");
    }
}
