//! [`Pairs`]: pairs of words that are asked for in two texts.

use serde::Deserialize;

use super::words::Words;

/// Some pairs of words.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(from = "Vec<(String, String)>")]
pub(crate) struct Pairs {
    pairs: Vec<(String, String)>,
    /// The words of all pairs, of which most texts have none.
    words: Words,
}

impl Pairs {
    /// True if one word of a pair stands in one text, and the other one in the other.
    pub(crate) fn are_in(&self, one: &str, other: &str) -> bool {
        let stand = |(a, b): &(String, String)| {
            one.contains(a) && other.contains(b) || one.contains(b) && other.contains(a)
        };
        self.words.are_in(one) && self.words.are_in(other) && self.pairs.iter().any(stand)
    }
}

impl From<Vec<(String, String)>> for Pairs {
    fn from(pairs: Vec<(String, String)>) -> Self {
        let words = pairs.iter().flat_map(|(a, b)| [a.as_str(), b]).collect();
        Self { pairs, words }
    }
}
