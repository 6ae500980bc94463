//! Glyphs to lines, and lines to paragraphs.

use super::super::super::letters::n_seen;
use super::super::super::texts::begins_a_paragraph;
use super::page::Glyph;

/// Glyphs of one height, from left to right.
#[derive(Debug, Clone)]
pub(super) struct GlyphRow {
    pub(super) y: f64,
    glyphs: Vec<Glyph>,
}

/// A line of a page, with what tells whether a paragraph ends with it.
#[derive(Debug, Clone)]
pub(super) struct Line {
    text: String,
    pub(super) y: f64,
    x: f64,
    end: f64,
    pub(super) size: f64,
    /// The width of what is not broken at its beginning, such as a date or a figure with its unit.
    lead: f64,
    /// The left and right ends of the lines of the page.
    left: f64,
    right: f64,
    /// True if it is one of those by which they are told.
    is_long: bool,
    /// Its words between wide gaps.
    pub(super) segments: Vec<Segment>,
}

/// Words of a line between two wide gaps.
#[derive(Debug, Clone)]
pub(super) struct Segment {
    pub(super) text: String,
    pub(super) x: f64,
    pub(super) end: f64,
    /// Its words between narrow gaps, each with its middle: heads of neighbouring columns may stand close to each other.
    words: Vec<(f64, String)>,
    /// Its words, and a figure that stands so close behind them that it may be the first of a row of figures.
    close: Option<Box<[Segment; 2]>>,
}

impl Segment {
    fn of(row: &GlyphRow) -> Self {
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

/// A wider gap between letters or digits is a blank, in parts of their size.
const BLANK: f64 = 0.22;
/// A wider gap beside a Chinese character is one.
const WIDE_BLANK: f64 = 0.9;
/// A wider gap parts the words of a line, as those of a table without lines.
const SEGMENT: f64 = 0.8;
/// A wider gap may part a figure from the label of its row; only the rows above and below can tell.
const CLOSE: f64 = 0.2;
/// A mark beside words is smaller than this part of their size, and raised less than that part of it.
const SMALL: f64 = 0.85;
const RAISED: f64 = 0.95;
/// A line has no more characters than this; in rows of more, none stands beside words.
const LONGEST: usize = 1_000;
/// The part of a page at its head and foot where lines have margins of their own.
const MARGIN: f64 = 0.05;

/// The lines of some glyphs from top to bottom.
pub(super) fn rows(glyphs: &[Glyph]) -> Vec<GlyphRow> {
    let mut order: Vec<&Glyph> = glyphs.iter().collect();
    order.sort_by(|a, b| a.centre().1.total_cmp(&b.centre().1));
    let mut rows: Vec<GlyphRow> = Vec::new();
    for glyph in order {
        let y = glyph.centre().1;
        match rows.last_mut() {
            Some(row) if (y - row.y).abs() < 0.5 * glyph.size.max(row.glyphs[0].size).max(4.0) => {
                let n = row.glyphs.len() as f64;
                row.y = (row.y * n + y) / (n + 1.0);
                row.glyphs.push(glyph.clone());
            }
            _ => rows.push(GlyphRow { y, glyphs: vec![glyph.clone()] }),
        }
    }
    for row in &mut rows {
        row.glyphs.sort_by(|a, b| a.x.total_cmp(&b.x));
    }
    with_raised(rows)
}

/// Rows with the small marks that stand raised beside their words: a mark is no row of its own.
fn with_raised(rows: Vec<GlyphRow>) -> Vec<GlyphRow> {
    let size = |row: &GlyphRow| row.glyphs.iter().map(|glyph| glyph.size).fold(0.0, f64::max);
    let mut out: Vec<GlyphRow> = Vec::with_capacity(rows.len());
    for row in rows {
        let Some(last) = out.last_mut() else {
            out.push(row);
            continue;
        };
        let is_last_small = size(last) < size(&row);
        let (small, large) = if is_last_small { (&*last, &row) } else { (&row, &*last) };
        let is_small = size(small) < SMALL * size(large);
        let are_lines = small.glyphs.len().max(large.glyphs.len()) <= LONGEST;
        let is_beside = are_lines && (small.y - large.y).abs() < RAISED * size(large);
        let overlaps = |mark: &Glyph| {
            large.glyphs.iter().any(|word| mark.x + 0.5 < word.end && word.x + 0.5 < mark.end)
        };
        if is_small && is_beside && !small.glyphs.iter().any(overlaps) {
            last.y = large.y;
            last.glyphs.extend(row.glyphs);
            last.glyphs.sort_by(|a, b| a.x.total_cmp(&b.x));
        } else {
            out.push(row);
        }
    }
    out
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
    fn segments(&self) -> Vec<Segment> {
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

/// Several rows of one cell as one text: a blank stands only between letters or digits.
pub(super) fn cell_text(glyphs: &[Glyph]) -> String {
    let mut text = String::new();
    for row in rows(glyphs) {
        let words = row.text();
        let ends = text.ends_with(|c: char| c.is_ascii_alphanumeric());
        if ends && words.starts_with(|c: char| c.is_ascii_alphanumeric()) {
            text.push(' ');
        }
        text.push_str(&words);
    }
    text
}

/// The lines of a page that stand in no table.
pub(super) fn lines(glyphs: &[Glyph], (width, height): (f64, f64)) -> Vec<Line> {
    let rows = rows(glyphs);
    let is_text = |row: &GlyphRow| (height * MARGIN..height * (1.0 - MARGIN)).contains(&row.y);
    let long = |row: &&GlyphRow| row.glyphs.len() >= 12 && is_text(row);
    let mut lefts: Vec<f64> = rows.iter().filter(long).map(|row| row.glyphs[0].x).collect();
    let last = |row: &GlyphRow| row.glyphs.iter().map(|g| g.end).fold(0.0, f64::max);
    let mut rights: Vec<f64> = rows.iter().filter(long).map(last).collect();
    lefts.sort_by(f64::total_cmp);
    rights.sort_by(f64::total_cmp);
    // The margin is where several lines begin; one alone may hang out.
    let left = lefts.get(lefts.len() / 20).copied().unwrap_or(width * 0.15);
    let right = rights.get((rights.len() * 9) / 10).copied().unwrap_or(width * 0.85);
    let of = |row: &GlyphRow| {
        let mut sizes: Vec<f64> = row.glyphs.iter().map(|glyph| glyph.size).collect();
        sizes.sort_by(f64::total_cmp);
        Line {
            text: row.text(),
            y: row.y,
            x: row.glyphs[0].x,
            end: last(row),
            size: sizes.last().copied().unwrap_or(0.0).max(4.0),
            lead: lead(&row.glyphs),
            left,
            right,
            is_long: long(&row),
            segments: row.segments(),
        }
    };
    rows.iter().map(of).collect()
}

/// A page with fewer long lines does not tell by itself where its lines end.
const FEW: usize = 4;

/// Gives pages with few long lines the margins that most pages have, if their lines fit between them.
pub(super) fn with_usual_margins(pages: &mut [Vec<&mut Line>]) {
    let n_long = |page: &[&mut Line]| page.iter().filter(|line| line.is_long).count();
    let mut usual: Vec<(f64, f64)> = pages
        .iter()
        .filter(|page| n_long(page) >= FEW)
        .map(|page| (page[0].left, page[0].right))
        .collect();
    usual.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.total_cmp(&b.0)));
    let Some((left, right)) = usual.get(usual.len() / 2).copied() else { return };
    for page in pages {
        let fits = |line: &&mut Line| line.x > left - line.size && line.end < right + line.size;
        if n_long(page) < FEW && page.iter().all(|line| fits(&line)) {
            for line in page {
                (line.left, line.right) = (left, right);
            }
        }
    }
}

/// The width of the figures and letters with which a line begins, and of the words that stay with them.
fn lead(glyphs: &[Glyph]) -> f64 {
    const TIED: &str = "年月日件条个号万元次项份家人名场期篇宗起%％‰〔〕.-—/℃、，。；：）)”";
    let is_tied = |glyph: &&Glyph| {
        glyph
            .text
            .as_deref()
            .is_some_and(|text| text.chars().all(|c| c.is_ascii_alphanumeric() || TIED.contains(c)))
    };
    let last = glyphs.iter().take_while(is_tied).last();
    last.map_or(0.0, |last| last.end - glyphs[0].x)
}

impl Line {
    pub(super) fn text(&self) -> String {
        self.text.clone()
    }

    /// The figures at its end, each by itself, as in a row of a table without lines.
    pub(super) fn figures(&self) -> Vec<&Segment> {
        let n = self.segments.iter().rev().take_while(|segment| segment.is_figure()).count();
        self.segments[self.segments.len() - n..].iter().collect()
    }

    /// The line with the figure that stands close behind the words before its other figures as one of them, if it
    /// stands between two places.
    pub(super) fn parted(&self, from: f64, until: f64) -> Option<Self> {
        let at = (self.segments.len() - self.figures().len()).checked_sub(1)?;
        let parts = self.segments[at].close.as_deref()?;
        let stands_there = parts[1].x < until && from < parts[1].end;
        stands_there.then(|| {
            let mut line = self.clone();
            line.segments.splice(at..=at, parts.iter().cloned());
            line
        })
    }

    /// True if it is a row of figures with or without a label.
    fn is_row(&self) -> bool {
        self.segments.len() > 1 && !self.figures().is_empty()
    }

    /// True if the line begins behind the margin of its page, as first lines of paragraphs do.
    pub(super) fn is_indented(&self) -> bool {
        self.x - self.left > 1.2 * self.size
    }

    /// True if the next line goes on with the paragraph that ends with this one, of which is known whether its first
    /// line is indented.
    pub(super) fn goes_on(
        &self,
        next: &Self,
        text: &str,
        is_same_page: bool,
        is_set_in: bool,
    ) -> bool {
        // Marks may hang out or be squeezed, so that a full line ends a little early.
        let room = self.right - self.end;
        let is_full =
            room < 1.8 * self.size || (next.lead > 0.0 && room < next.lead + 0.8 * self.size);
        let alike = (self.size - next.size).abs() < 0.15 * self.size.max(next.size);
        let is_near = !is_same_page || (next.y - self.y) < 3.2 * self.size;
        // A title is centred over several lines; those are put together by who reads titles.
        let is_centred = self.x - self.left > 2.5 * self.size && n_seen(text) == n_seen(&self.text);
        if next.is_indented() || !alike || !is_near || is_centred || self.is_row() || next.is_row()
        {
            return false;
        }
        // Where paragraphs are set in, a line that is not goes on, even if the one before it ends early; a heading
        // ends earlier still.
        let is_nearly_full = is_set_in && room < 0.4 * (self.right - self.left);
        let is_open =
            (is_full || is_nearly_full) && !ends_a_sentence(text) && !is_heading(&next.text);
        is_open || is_full && !begins_a_paragraph(&next.text)
    }
}

fn ends_a_sentence(text: &str) -> bool {
    text.ends_with(['。', '；', '：', '！', '？'])
}

fn is_heading(text: &str) -> bool {
    super::super::super::texts::section_of_title(text).is_some()
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

    fn row(words: &[(&str, f64)]) -> GlyphRow {
        let glyphs = words.iter().flat_map(|(words, x)| {
            words.chars().enumerate().map(move |(i, c)| {
                let size = if c.is_ascii() { 6.0 } else { 12.0 };
                let x = x + size * i as f64;
                Glyph { text: Some(c.to_string()), x, y: 20.0, end: x + size, size: 12.0 }
            })
        });
        GlyphRow { y: 20.0, glyphs: glyphs.collect() }
    }

    #[test]
    fn a_figure_close_behind_its_label_is_one_where_other_rows_have_theirs() {
        let row = row(&[("重复申请", 0.0), ("15", 52.0), ("3", 90.0)]);
        let page = lines(&row.glyphs, (595.0, 842.0));
        let texts = |line: &Line| -> Vec<String> {
            line.segments.iter().map(|segment| segment.text.clone()).collect()
        };
        assert_eq!(texts(&page[0]), ["重复申请15", "3"]);
        assert_eq!(texts(&page[0].parted(50.0, 60.0).unwrap()), ["重复申请", "15", "3"]);
        assert!(page[0].parted(70.0, 80.0).is_none());
    }

    #[test]
    fn heads_that_stand_close_to_each_other_are_of_their_own_columns() {
        let row = row(&[("科研", 0.0), ("社会公", 30.0)]);
        let segments = row.segments();
        assert_eq!(segments.len(), 1);
        assert_eq!(segments[0].between(0.0, 25.0, true), "科研");
        assert_eq!(segments[0].between(25.0, 70.0, true), "社会公");
        assert_eq!(segments[0].between(25.0, 70.0, false), "科研社会公");
    }

    #[test]
    fn a_page_of_few_lines_has_the_margins_of_the_others() {
        let long = "一二三四五六七八九十一二三四五六七八九十";
        let page = |n: usize, words: &str| {
            let glyphs: Vec<Glyph> = (0..n)
                .flat_map(|i| {
                    let y = 100.0 + 20.0 * i as f64;
                    row(&[(words, 60.0)]).glyphs.into_iter().map(move |g| Glyph { y, ..g })
                })
                .collect();
            lines(&glyphs, (595.0, 842.0))
        };
        let mut pages = [page(5, long), page(1, &long[..36])];
        assert!(pages[1][0].right < 230.0);
        let mut own: Vec<Vec<&mut Line>> =
            pages.iter_mut().map(|page| page.iter_mut().collect()).collect();
        with_usual_margins(&mut own);
        assert!(pages[1][0].right > 290.0);
    }
}
