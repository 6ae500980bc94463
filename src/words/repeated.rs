//! Words of two characters that stand twice.

use super::doubled::is_numeral;
use super::lexicon::Lexicon;
use super::segment::Words;
use super::terms::Terms;
use super::{Certainty, Found, Own, Run, SlipKind};

/// The characters of such a word.
const WORD: usize = 2;
/// The most characters of a term.
const REACH: usize = 20;

/// The slips where a word of two characters stands twice: 公开公开.
pub(super) fn find(run: &Run, words: &Words, lexicon: &Lexicon, own: &Own) -> Vec<Found> {
    let text = &run.chars;
    let mut found = Vec::new();
    let mut i = 0;
    while i + 2 * WORD <= text.len() {
        if text[i] == text[i + WORD]
            && text[i + 1] == text[i + WORD + 1]
            && let Some(certainty) = judge(run, i, words, lexicon, own)
        {
            found.push(Found {
                range: i..i + 2 * WORD,
                right: text[i..i + WORD].iter().collect(),
                kind: SlipKind::Doubled,
                certainty,
            });
            i += WORD;
        }
        i += 1;
    }
    found
}

/// The certainty that a word stands twice by mistake; `None` where it may rightly.
fn judge(run: &Run, i: usize, words: &Words, lexicon: &Lexicon, own: &Own) -> Option<Certainty> {
    let text = &run.chars;
    let again = i + WORD;
    let ends_longer = words.span(i).0 < i || ends_term(text, again, lexicon, own);
    let goes_on = words.span(again + 1).1 > again + WORD || begins_term(text, again, lexicon, own);
    let by_nature = lexicon.doubled(&text[i..]).is_some();
    if is_term_across(text, i, lexicon, own) {
        return match (ends_longer && goes_on, by_nature) {
            (false, _) => Some(Certainty::Certain),
            // 信息公开工作|工作机制 may be meant.
            (true, false) => Some(Certainty::Possible),
            // 人民政府|政府信息.
            (true, true) => None,
        };
    }
    // 一条一条, 每月每月, 哈哈哈哈, and 加强加强再加强.
    let counts = is_numeral(text[i]) || "每逐半谁第几".contains(text[i]);
    let insists = text[i] == text[i + 1] || text.get(again + WORD) == Some(&'再');
    // 代表|代表团; but 常务会议|会议 and 领导小组|小组 say a word twice.
    let are_words = words.span(i).1 == again && words.span(again) == (again, again + WORD);
    let rightly = counts || insists || by_nature || (ends_longer && goes_on);
    (are_words && !rightly).then_some(Certainty::Possible)
}

/// True if a term ends at a place and began before the word that ends there.
fn ends_term(text: &[char], end: usize, lexicon: &Lexicon, own: &Own) -> bool {
    let there = &text[end.saturating_sub(REACH)..end];
    lexicon.terms.ends(there) || own.terms.ends(there)
}

/// True if a term begins at a place.
fn begins_term(text: &[char], start: usize, lexicon: &Lexicon, own: &Own) -> bool {
    let begins = |terms: &Terms| terms.begins(&text[start..], WORD);
    begins(&lexicon.terms) || begins(&own.terms)
}

/// True if the run without one of the two words holds a term that goes on at both sides of it.
fn is_term_across(text: &[char], i: usize, lexicon: &Lexicon, own: &Own) -> bool {
    let from = i.saturating_sub(REACH);
    let to = (i + 2 * WORD + REACH).min(text.len());
    let once: Vec<char> = text[from..i].iter().chain(&text[i + WORD..to]).copied().collect();
    let at = i - from;
    let across =
        |terms: &Terms| (0..at).any(|start| terms.begins(&once[start..], at + WORD - start));
    across(&lexicon.terms) || across(&own.terms)
}
