//! The words of names and labels, from `lexicon.txt`.

use std::collections::HashMap;
use std::sync::LazyLock;

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

static WORDS: LazyLock<HashMap<&'static str, Entry>> = LazyLock::new(|| {
    let mut words: HashMap<&'static str, Entry> = HashMap::new();
    let mut section = "";
    for line in include_str!("lexicon.txt").lines().filter(|line| !line.starts_with('#')) {
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            section = name;
            continue;
        }
        for word in line.split_whitespace() {
            let entry = words.entry(word).or_default();
            match section {
                "places" => entry.place = true,
                "bodies" => entry.body = true,
                "measures" => entry.measure = true,
                "joined to what follows" => entry.forward = true,
                "joined to what precedes" => entry.back = true,
                _ => {}
            }
        }
    }
    words
});

/// The longest word of the list, in characters.
pub(super) const LONGEST: usize = 8;

/// The entry of a word in the list.
pub(super) fn entry(word: &str) -> Option<Entry> {
    WORDS.get(word).copied()
}

/// True if a name ends with the word for a kind of place.
pub(super) fn ends_with_place(name: &str) -> bool {
    let begins = name.char_indices().map(|(at, _)| at);
    begins.rev().take(LONGEST).any(|at| entry(&name[at..]).is_some_and(|entry| entry.place))
}

/// True if a character is a Chinese numeral.
pub(super) fn is_numeral(c: char) -> bool {
    "〇零一二三四五六七八九十百千两".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_is_longer_than_what_is_looked_for() {
        let longest = WORDS.keys().map(|word| word.chars().count()).max();
        assert!(longest.is_some_and(|longest| longest <= LONGEST));
    }
}
