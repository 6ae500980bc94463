//! The words of names and labels, from `lexicon.txt`.

use super::kinds::{BACK, BODY, FORWARD, MEASURE, PLACE};

/// The senses of a word of the list; some have several.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Entry {
    /// A kind of place: `县`.
    pub(super) place: bool,
    /// A kind of body: `局`.
    pub(super) body: bool,
    /// The unit behind a figure: `件`.
    pub(super) measure: bool,
    /// It begins what follows: `和`.
    pub(super) forward: bool,
    /// It ends what precedes: `的`.
    pub(super) back: bool,
}

impl Entry {
    fn of(kinds: u8) -> Self {
        let has = |kind: u8| kinds & kind != 0;
        Self {
            place: has(PLACE),
            body: has(BODY),
            measure: has(MEASURE),
            forward: has(FORWARD),
            back: has(BACK),
        }
    }
}

/// The words as `build.rs` has read them.
static WORDS: &[(&str, u8)] = &include!(concat!(env!("OUT_DIR"), "/lists/labels"));

/// The longest word of the list, in characters.
pub(super) const LONGEST: usize = 8;

/// The words of the list that a text begins with, the longest first.
pub(super) fn beginnings(text: &str) -> impl Iterator<Item = (&'static str, Entry)> {
    let begins = |word: &str| word.chars().next();
    let first = begins(text);
    let from = WORDS.partition_point(|(word, _)| begins(word) < first);
    let beside = WORDS[from..].iter().take_while(move |(word, _)| begins(word) == first);
    beside
        .filter(|(word, _)| text.starts_with(word))
        .map(|(word, kinds)| (*word, Entry::of(*kinds)))
}

/// The entry of a word in the list.
pub(super) fn entry(word: &str) -> Option<Entry> {
    beginnings(word).find(|(own, _)| own.len() == word.len()).map(|(_, entry)| entry)
}

/// True if a name ends with the word for a kind of place.
pub(super) fn ends_with_place(name: &str) -> bool {
    let begins = name.char_indices().map(|(at, _)| at);
    begins.rev().take(LONGEST).any(|at| entry(&name[at..]).is_some_and(|entry| entry.place))
}

/// True if a character is a Chinese numeral.
pub(super) fn is_numeral(c: char) -> bool {
    ['〇', '零', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '百', '千', '两']
        .contains(&c)
}

#[cfg(test)]
mod tests {
    use super::super::listed::read;
    use super::*;

    #[test]
    fn no_word_is_longer_than_what_is_looked_for() {
        let longest = WORDS.iter().map(|(word, _)| word.chars().count()).max();
        assert!(longest.is_some_and(|longest| longest <= LONGEST));
    }

    #[test]
    fn the_words_are_those_of_the_list() {
        assert_eq!(WORDS, read(include_str!("lexicon.txt")));
        assert!(WORDS.len() > 500, "{}", WORDS.len());
        let found: Vec<&str> = beginnings("自治区政府").map(|(word, _)| word).collect();
        assert_eq!(found, ["自治区"]);
    }
}
