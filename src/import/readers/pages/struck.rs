//! Words that a line strikes out.

use super::page::{Glyph, Page, Rule};

/// A page with more glyphs times lines than this is no page of a report, and is not looked through.
const MOST: usize = 50_000_000;
/// A line that strikes a glyph out runs this near to its middle, in parts of its size.
const NEAR: f64 = 0.18;
/// The part of a glyph's width that such a line may leave free at either end.
const FREE: f64 = 0.25;
/// A line that goes further beyond its words, in parts of their size, is one of a table.
const BEYOND: f64 = 0.6;

/// Takes the glyphs that are struck out from a page, with the lines through them, and gives their words.
pub(super) fn take(page: &mut Page) -> Vec<String> {
    if page.glyphs.len().saturating_mul(page.rules.len()) > MOST {
        return Vec::new();
    }
    let (mut is_struck, mut words) = (vec![false; page.glyphs.len()], Vec::new());
    let glyphs = &page.glyphs;
    page.rules.retain(|rule| {
        let own: Vec<usize> = match rule.is_vertical {
            true => Vec::new(),
            false => (0..glyphs.len()).filter(|i| strikes(rule, &glyphs[*i])).collect(),
        };
        if own.is_empty() || goes_beyond(rule, glyphs, &own) {
            return true;
        }
        // Two lines may strike out the same words.
        let new: Vec<usize> = own.into_iter().filter(|i| !is_struck[*i]).collect();
        new.iter().for_each(|i| is_struck[*i] = true);
        words.push(new.iter().filter_map(|i| glyphs[*i].text.as_deref()).collect::<String>());
        false
    });
    let mut struck = is_struck.into_iter();
    page.glyphs.retain(|_| !struck.next().unwrap_or(false));
    words.retain(|words| !words.is_empty());
    words
}

fn strikes(rule: &Rule, glyph: &Glyph) -> bool {
    let free = FREE * (glyph.end - glyph.x);
    (glyph.centre().1 - rule.at).abs() < NEAR * glyph.size
        && rule.start <= glyph.x + free
        && glyph.end - free <= rule.end
}

/// True if a line is much longer than the words under it.
fn goes_beyond(rule: &Rule, glyphs: &[Glyph], own: &[usize]) -> bool {
    let all = || own.iter().map(|i| &glyphs[*i]);
    let left = all().map(|glyph| glyph.x).fold(f64::INFINITY, f64::min);
    let right = all().map(|glyph| glyph.end).fold(f64::NEG_INFINITY, f64::max);
    let size = all().map(|glyph| glyph.size).fold(0.0, f64::max);
    rule.start < left - BEYOND * size || rule.end > right + BEYOND * size
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_lines_through_words_strike_them_out() {
        let glyph = |text: char, x: f64| {
            let text = Some(text.to_string());
            Glyph { text, x, y: 100.0, end: x + 6.0, size: 12.0 }
        };
        let glyphs: Vec<Glyph> =
            "10461064".chars().enumerate().map(|(i, c)| glyph(c, 50.0 + 6.0 * i as f64)).collect();
        let words = |at: f64, start: f64, end: f64| {
            let rules = vec![Rule { is_vertical: false, at, start, end }];
            let mut page = Page { glyphs: glyphs.clone(), rules, ..Page::default() };
            let words = take(&mut page);
            assert_eq!(page.rules.is_empty(), !words.is_empty());
            let left = page.glyphs.iter().filter_map(|glyph| glyph.text.as_deref());
            (words.concat(), left.collect::<String>())
        };
        let of = |struck: &str, left: &str| (struck.to_owned(), left.to_owned());
        assert_eq!(words(96.0, 50.0, 74.0), of("1046", "1064"));
        // Below the words, and of a table.
        assert_eq!(words(101.5, 50.0, 74.0), of("", "10461064"));
        assert_eq!(words(96.0, 20.0, 140.0), of("", "10461064"));
    }
}
