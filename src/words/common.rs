//! Common words of two characters that are one character off, outside all terms.

use super::lexicon::Lexicon;
use super::segment::Words;
use super::{Certainty, Found, Run, SlipKind};

/// The characters of such a word.
const WORD: usize = 2;

/// The places of a run where two characters stand alone that would be a common word if one of them were another, like it
/// in sound or shape, or if they stood the other way round: 政附, 区社.
pub(super) fn find(run: &Run, words: &Words, lexicon: &Lexicon) -> Vec<Found> {
    let text = &run.chars;
    let pairs = (0..text.len().saturating_sub(1)).filter(|i| is_alone(run, *i, words, lexicon));
    let found = |(i, (right, kind))| Found {
        range: i..i + WORD,
        right,
        kind,
        certainty: Certainty::Possible,
    };
    pairs.filter_map(|i| Some((i, meant(text, i, words, lexicon)?))).map(found).collect()
}

/// True if two characters each stand alone, one of them though it rarely does, and none beside them that could be
/// a part of a name or a word that is in no list.
fn is_alone(run: &Run, i: usize, words: &Words, lexicon: &Lexicon) -> bool {
    let text = &run.chars;
    if !words.is_stray(i) && !words.is_stray(i + 1)
        || words.length(i) > 1
        || words.length(i + 1) > 1
    {
        return false;
    }
    let single = |at: usize| {
        words.length(at) == 1 && !lexicon.is_grammar(text[at]) && !lexicon.is_place(text[at])
    };
    // 2件诉至法院.
    let before = if i > 0 { single(i - 1) } else { run.follows_figure() };
    let behind = i + WORD < text.len() && single(i + WORD);
    !before && !behind
}

/// The word that was meant by two characters.
fn meant(text: &[char], i: usize, words: &Words, lexicon: &Lexicon) -> Option<(String, SlipKind)> {
    let (first, second) = (text[i], text[i + 1]);
    if lexicon.is_right_pair(first, second) {
        return None;
    }
    if lexicon.ends_common(first).any(|begin| begin == second) {
        return Some((String::from_iter([second, first]), SlipKind::Swapped));
    }
    // 不|逐个: a word of grammar stands before any other.
    let takes = |at: usize, kept: char| words.is_stray(at) && !lexicon.is_grammar(kept);
    let another_first = || {
        let firsts = lexicon.ends_common(second).filter(|c| lexicon.are_alike(*c, first));
        takes(i, second).then(|| only(firsts)).flatten().map(|c| [c, second])
    };
    let another_second = || {
        let seconds = lexicon.begins_common(first).filter(|c| lexicon.are_alike(*c, second));
        takes(i + 1, first).then(|| only(seconds)).flatten().map(|c| [first, c])
    };
    let word = another_first().or_else(another_second)?;
    Some((String::from_iter(word), SlipKind::Replaced))
}

/// The only one of some characters.
fn only(mut characters: impl Iterator<Item = char>) -> Option<char> {
    let first = characters.next()?;
    characters.next().is_none().then_some(first)
}
