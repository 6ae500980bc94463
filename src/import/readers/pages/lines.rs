//! Glyphs to lines, and lines to paragraphs.

use super::super::super::letters::{n_seen, raised};
use super::super::super::texts::begins_a_paragraph;
use super::page::Glyph;
use super::segment::{GlyphRow, Segment};

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

/// A mark beside words is smaller than this part of their size, and raised less than that part of it.
const SMALL: f64 = 0.85;
const RAISED: f64 = 0.95;
/// A digit beside a figure is raised clearly more than one of another size is, and stands close to it.
const CLEARLY: f64 = 0.2;
const CLOSE: f64 = 0.5;
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
    let mut rows = with_raised(rows);
    rows.iter_mut().for_each(|row| raise_digits(&mut row.glyphs));
    rows
}

/// Makes raised digits of small ones that stand close behind a character and above its middle: they are the number of a
/// note, and none of a figure before them.
fn raise_digits(glyphs: &mut [Glyph]) {
    let mut before: Option<(f64, f64)> = None;
    let mut end = f64::NEG_INFINITY;
    for glyph in glyphs {
        let (size, middle) = (glyph.size, glyph.centre().1);
        let is_raised = before.is_some_and(|(whole, line)| {
            size < SMALL * whole && line - middle > CLEARLY * whole && glyph.x - end < CLOSE * whole
        });
        end = glyph.end;
        if is_raised {
            glyph.text = glyph.text.as_deref().map(raised);
        } else {
            before = Some((size, middle));
        }
    }
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
        let fits = |line: &Line| line.x > left - line.size && line.end < right + line.size;
        if n_long(page) < FEW && page.iter().all(|line| fits(line)) {
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

    /// Takes the figures at its end that stand at some places away from it.
    pub(super) fn take_figures(&mut self, is_there: impl Fn(f64, f64) -> bool) -> Vec<Segment> {
        let first = self.segments.len() - self.figures().len();
        let (taken, kept) =
            self.segments.split_off(first).into_iter().partition(|s| is_there(s.x, s.end));
        self.segments.extend::<Vec<Segment>>(kept);
        taken
    }

    /// Takes the numbers of notes that stand by themselves away from it.
    pub(super) fn take_marks(&mut self) -> Vec<Segment> {
        let is_number = |segment: &Segment| {
            let mut chars = segment.text.chars();
            chars.next().is_some_and(|c| ('①'..='⑳').contains(&c)) && chars.next().is_none()
        };
        let (taken, kept) = std::mem::take(&mut self.segments).into_iter().partition(is_number);
        self.segments = kept;
        taken
    }

    /// Puts numbers of notes at the figures above them that end with the word for a note; those that find none come back.
    pub(super) fn mark(&mut self, mut marks: Vec<Segment>) -> Vec<Segment> {
        marks.retain(|mark| {
            let own = self.segments.iter_mut().find(|own| {
                own.is_figure() && own.text.ends_with('注') && own.x < mark.end && mark.x < own.end
            });
            own.map(|own| own.text.push_str(&mark.text)).is_none()
        });
        marks
    }

    /// Puts words of another line where they stand.
    pub(super) fn put(&mut self, words: Vec<Segment>) {
        self.segments.extend(words);
        self.segments.sort_by(|a, b| a.x.total_cmp(&b.x));
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
    use super::super::segment::row_of;
    use super::*;

    #[test]
    fn a_figure_close_behind_its_label_is_one_where_other_rows_have_theirs() {
        let row = row_of(&[("重复申请", 0.0), ("15", 52.0), ("3", 90.0)]);
        let page = lines(&row.glyphs, (595.0, 842.0));
        let texts = |line: &Line| -> Vec<String> {
            line.segments.iter().map(|segment| segment.text.clone()).collect()
        };
        assert_eq!(texts(&page[0]), ["重复申请15", "3"]);
        assert_eq!(texts(&page[0].parted(50.0, 60.0).unwrap()), ["重复申请", "15", "3"]);
        assert!(page[0].parted(70.0, 80.0).is_none());
    }

    #[test]
    fn a_raised_digit_is_none_of_the_figure_before_it() {
        let of = |marks: &[(&str, f64, f64, f64)]| {
            let glyphs = marks.iter().map(|(text, x, y, size)| Glyph {
                text: Some((*text).to_owned()),
                x: *x,
                y: *y,
                end: x + size / 2.0,
                size: *size,
            });
            cell_text(&glyphs.collect::<Vec<_>>())
        };
        let figure = [("3", 10.0, 100.0, 12.0), ("7", 16.0, 100.0, 12.0)];
        assert_eq!(of(&[figure[0], figure[1], ("1", 22.0, 95.5, 7.0)]), "37¹");
        assert_eq!(of(&[figure[0], figure[1], ("1", 22.0, 100.0, 9.0)]), "371");
    }

    #[test]
    fn a_page_of_few_lines_has_the_margins_of_the_others() {
        let long = "一二三四五六七八九十一二三四五六七八九十";
        let page = |n: usize, words: &str| {
            let glyphs: Vec<Glyph> = (0..n)
                .flat_map(|i| {
                    let y = 100.0 + 20.0 * i as f64;
                    row_of(&[(words, 60.0)]).glyphs.into_iter().map(move |g| Glyph { y, ..g })
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
