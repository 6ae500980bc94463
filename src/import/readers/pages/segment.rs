//! Rows of glyphs, and their words between wide gaps: a label, a head, a figure.

use super::page::Glyph;

/// Glyphs of one height, from left to right.
#[derive(Debug, Clone)]
pub(super) struct GlyphRow {
    pub(super) y: f64,
    pub(super) glyphs: Vec<Glyph>,
}

/// A wider gap between letters or digits is a blank, in parts of their size.
const BLANK: f64 = 0.22;
/// A wider gap beside a Chinese character is one.
const WIDE_BLANK: f64 = 0.9;
/// A wider gap parts the words of a line, as those of a table without lines.
const SEGMENT: f64 = 0.8;

/// A wider gap may part a figure from the label of its row; only the rows above and below can tell.
const CLOSE: f64 = 0.2;

/// Words of a line between two wide gaps.
#[derive(Debug, Clone)]
pub(super) struct Segment {
    pub(super) text: String,
    pub(super) x: f64,
    pub(super) end: f64,
    /// Its words between narrow gaps, each with its middle: heads of neighbouring columns may stand close to each other.
    words: Vec<(f64, String)>,
    /// Its words, and a figure that stands so close behind them that it may be the first of a row of figures.
    pub(super) close: Option<Box<[Segment; 2]>>,
}

impl Segment {
    pub(super) fn of(row: &GlyphRow) -> Self {
        let glyphs = &row.glyphs;
        let text = row.text();
        let (x, end) = (glyphs[0].x, glyphs[glyphs.len() - 1].end);
        let is_near = |pair: &Glyph, next: &Glyph| next.x - pair.end < CLOSE * next.size.max(4.0);
        let of_word = |own: &[Glyph]| {
            let middle = f64::midpoint(own[0].x, own[own.len() - 1].end);
            (middle, own.iter().filter_map(|glyph| glyph.text.as_deref()).collect())
        };
        let words = glyphs.chunk_by(is_near).map(of_word).collect();
        let is_digit = |glyph: &&Glyph| {
            glyph.text.as_deref().is_some_and(|text| text.chars().all(|c| c.is_ascii_digit()))
        };
        let at = glyphs.len() - glyphs.iter().rev().take_while(is_digit).count();
        let is_apart = (1..glyphs.len()).contains(&at)
            && glyphs[at].x - glyphs[at - 1].end > CLOSE * glyphs[at].size.max(4.0);
        let close = is_apart.then(|| {
            let part = |glyphs: &[Glyph]| Self::of(&GlyphRow { y: row.y, glyphs: glyphs.to_vec() });
            Box::new([part(&glyphs[..at]), part(&glyphs[at..])])
        });
        Self { text, x, end, words, close }
    }

    /// Its words if they stand between two places, as a whole or, `finely`, each by itself.
    pub(super) fn between(&self, from: f64, until: f64, finely: bool) -> String {
        let whole = [(f64::midpoint(self.x, self.end), self.text.clone())];
        let words = if finely { self.words.as_slice() } else { &whole };
        let inside = words.iter().filter(|(middle, _)| (from..until).contains(middle));
        inside.map(|(_, text)| text.as_str()).collect()
    }

    /// True if it is a figure, or a mark in the place of one; the mark of a note may stand behind it.
    pub(super) fn is_figure(&self) -> bool {
        let bare = self.text.find('注').map_or(self.text.as_str(), |at| self.text[..at].trim_end());
        let is_number = !bare.is_empty() && bare.chars().all(|c| c.is_ascii_digit());
        is_number || ["/", "-", "—", "――"].contains(&bare)
    }

    /// True if it is the mark of a note alone.
    fn is_mark(&self) -> bool {
        self.text.starts_with('注') && self.text.chars().count() <= 3
    }
}

impl GlyphRow {
    /// The words, with blanks where a gap is one.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        for (i, glyph) in self.glyphs.iter().enumerate() {
            let own = glyph.text.as_deref().unwrap_or("\u{fffd}");
            if let Some(before) = i.checked_sub(1).map(|i| &self.glyphs[i]) {
                let gap = glyph.x - before.end;
                let size = glyph.size.max(before.size).max(4.0);
                let narrow = |text: &str, at_end: bool| {
                    let c = if at_end { text.chars().next_back() } else { text.chars().next() };
                    c.is_some_and(|c| c.is_ascii_alphanumeric())
                };
                let both = narrow(before.text.as_deref().unwrap_or(""), true) && narrow(own, false);
                if gap > size * if both { BLANK } else { WIDE_BLANK } {
                    text.push(' ');
                }
            }
            text.push_str(own);
        }
        text
    }
}

impl GlyphRow {
    /// The words between gaps that are wider than a character.
    pub(super) fn segments(&self) -> Vec<Segment> {
        let mut pieces: Vec<Vec<Glyph>> = Vec::new();
        for glyph in &self.glyphs {
            let last = pieces.last_mut().filter(|own| {
                let size = glyph.size.max(4.0);
                own.last().is_some_and(|before| glyph.x - before.end < SEGMENT * size)
            });
            match last {
                Some(own) => own.push(glyph.clone()),
                None => pieces.push(vec![glyph.clone()]),
            }
        }
        let of = |glyphs: Vec<Glyph>| Segment::of(&Self { y: self.y, glyphs });
        with_marks(pieces.into_iter().map(of))
    }
}

/// Segments with the marks of notes at the figures behind which they stand; the place stays that of the figure.
fn with_marks(segments: impl Iterator<Item = Segment>) -> Vec<Segment> {
    let mut out: Vec<Segment> = Vec::new();
    for segment in segments {
        match out.last_mut().filter(|last| segment.is_mark() && last.is_figure()) {
            Some(last) => last.text.push_str(&segment.text),
            None => out.push(segment),
        }
    }
    out
}

/// A row of words, each from its place on; digits are half as wide as characters.
#[cfg(test)]
pub(super) fn row_of(words: &[(&str, f64)]) -> GlyphRow {
    let glyphs = words.iter().flat_map(|(words, x)| {
        words.chars().enumerate().map(move |(i, c)| {
            let size = if c.is_ascii() { 6.0 } else { 12.0 };
            let x = x + size * i as f64;
            Glyph { text: Some(c.to_string()), x, y: 20.0, end: x + size, size: 12.0 }
        })
    });
    GlyphRow { y: 20.0, glyphs: glyphs.collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_notes_stand_at_their_figures() {
        let segments = |words: &[&str]| {
            let of = |text: &&str| Segment {
                text: (*text).to_owned(),
                x: 0.0,
                end: 1.0,
                words: Vec::new(),
                close: None,
            };
            with_marks(words.iter().map(of).collect::<Vec<_>>().into_iter())
        };
        let row = segments(&["1.不掌握", "27", "37", "注①"]);
        let texts: Vec<&str> = row.iter().map(|segment| segment.text.as_str()).collect();
        assert_eq!(texts, ["1.不掌握", "27", "37注①"]);
        assert!(row[2].is_figure() && !row[0].is_figure());
        assert_eq!(segments(&["注①", "不计"]).len(), 2);
        assert!(!segments(&["注①"])[0].is_figure());
    }

    #[test]
    fn heads_that_stand_close_to_each_other_are_of_their_own_columns() {
        let row = row_of(&[("科研", 0.0), ("社会公", 30.0)]);
        let segments = row.segments();
        assert_eq!(segments.len(), 1);
        assert_eq!(segments[0].between(0.0, 25.0, true), "科研");
        assert_eq!(segments[0].between(25.0, 70.0, true), "社会公");
        assert_eq!(segments[0].between(25.0, 70.0, false), "科研社会公");
    }
}
