//! The words of `data/words.toml` that tell what a figure counts which no table holds.

use serde::Deserialize;

use super::words::Words;

/// Words round a figure that no table holds, and what each tells of the thing that it counts.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ThingWords {
    /// Places of publication, each with its name first and then its spellings.
    pub(crate) channels: Vec<Vec<String>>,
    /// Places of publication of which a name in quotation marks tells one from another.
    pub(crate) titled: Words,
    /// Before a place of publication: the body whose it is.
    pub(crate) owners: Words,
    /// The ends of names of bodies without which a place is left.
    pub(crate) of_places: Words,
    /// Behind a number of which one is told after the other.
    pub(crate) rounds: Words,
    /// The counters of places of publication.
    pub(crate) places: Words,
    /// Making public.
    pub(crate) acts: Words,
    /// Behind examples, before the name of what they are examples of.
    pub(crate) examples: Words,
    /// Words that say nothing of the thing.
    pub(crate) empty: Words,
    /// Before a figure: something is done with what was told of before.
    pub(crate) objects: Words,
    /// Behind the name of things: all of those that have been told of.
    pub(crate) all: Words,
    /// Before a figure: it is few.
    pub(crate) only: Words,
    /// The end of a clause that says that there is little of something, the longest first.
    pub(crate) lacks: Words,
    /// Information as such.
    pub(crate) information: Words,
    /// Beside information: no word that tells it from other information.
    pub(crate) little: Words,
    /// Parts of words with which a figure is not compared.
    pub(crate) unlike: Words,
}

impl ThingWords {
    /// True if some words name one of several by its number: 第二期.
    pub(crate) fn is_numbered(&self, words: &str) -> bool {
        let numeral = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
        words.split_once('第').is_some_and(|(_, behind)| {
            let counter = behind.trim_start_matches(numeral);
            counter.len() < behind.len() && self.rounds.start_of(counter).is_some()
        })
    }
}
