//! [`Words`]: a list of words that are asked for together.

use serde::Deserialize;

/// A list of words from a file of data.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(transparent)]
pub(crate) struct Words(Vec<String>);

impl Words {
    /// True if a word is one of them.
    pub(crate) fn has(&self, word: &str) -> bool {
        self.iter().any(|own| own == word)
    }

    /// True if one of them stands in a text.
    pub(crate) fn are_in(&self, text: &str) -> bool {
        self.iter().any(|word| text.contains(word))
    }

    /// The first of them that a text begins with.
    pub(crate) fn start_of(&self, text: &str) -> Option<&str> {
        self.iter().find(|word| text.starts_with(word))
    }

    /// The first of them that a text ends with.
    pub(crate) fn end_of(&self, text: &str) -> Option<&str> {
        self.iter().find(|word| text.ends_with(word))
    }

    /// All of them in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}
