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

/// The words by their first character, each list with the longest first.
static WORDS: LazyLock<HashMap<char, Vec<(&'static str, Entry)>>> = LazyLock::new(|| {
    let mut words: HashMap<char, Vec<(&'static str, Entry)>> = HashMap::new();
    let mut section = "";
    for line in include_str!("lexicon.txt").lines().filter(|line| !line.starts_with('#')) {
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            section = name;
            continue;
        }
        for word in line.split_whitespace() {
            let Some(first) = word.chars().next() else { continue };
            let beside = words.entry(first).or_default();
            let place = beside.iter().position(|(own, _)| *own == word).unwrap_or_else(|| {
                let place = beside.partition_point(|(own, _)| own.len() >= word.len());
                beside.insert(place, (word, Entry::default()));
                place
            });
            let entry = &mut beside[place].1;
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

/// The words of the list that a text begins with, the longest first.
pub(super) fn beginnings(text: &str) -> impl Iterator<Item = (&'static str, Entry)> {
    let beside = text.chars().next().and_then(|first| WORDS.get(&first));
    beside.into_iter().flatten().filter(|(word, _)| text.starts_with(word)).copied()
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
    use super::*;

    #[test]
    fn no_word_is_longer_than_what_is_looked_for() {
        let longest = WORDS.values().flatten().map(|(word, _)| word.chars().count()).max();
        assert!(longest.is_some_and(|longest| longest <= LONGEST));
    }
}
