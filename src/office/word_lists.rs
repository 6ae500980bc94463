//! [`WordLists`]: the words by which names of a roll are told apart, of `data/words.toml`; `build.rs` makes of it what is
//! quick to read.

use std::sync::OnceLock;

use serde::Deserialize;

const LISTS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/lists/office.json"));

/// Every list of words about names.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WordLists {
    /// Fields of bodies that sound alike and are two, so that a list may well hold both.
    pub(super) two_fields: Vec<(String, String)>,
    /// Characters by which two bodies are told apart.
    pub(super) tells_apart: Vec<char>,
    /// The last characters of names of places.
    pub(super) place_ends: Vec<char>,
}

impl WordLists {
    /// The lists of the program.
    pub(super) fn get() -> &'static Self {
        static WORDS: OnceLock<WordLists> = OnceLock::new();
        // A test reads the same lists, so nothing is ever missing here.
        WORDS.get_or_init(|| serde_json::from_slice(LISTS).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_is_there() {
        let lists: WordLists = serde_json::from_slice(LISTS).unwrap();
        assert!(!lists.two_fields.is_empty());
        assert!(lists.tells_apart.contains(&'十'));
        assert!(lists.place_ends.contains(&'镇'));
    }
}
