//! Words that count things, and their uses.

use serde::Deserialize;

/// A word that counts things.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Counter {
    /// The word.
    pub(crate) word: String,
    /// Its uses.
    uses: Vec<CounterUse>,
}

/// A use of a counter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum CounterUse {
    /// Cases are counted in it.
    Cases,
    /// A figure before it may be one of the tables.
    Tables,
    /// Chinese numerals before it are a figure and no part of a word.
    Numerals,
    /// Some count applications in it, and the tables do not.
    Loose,
    /// Persons are counted in it.
    Persons,
    /// Pieces of published information are counted in it.
    Pieces,
    /// Applicants are counted in it.
    Applicants,
}

/// The counters of the program, longer ones first.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(from = "std::collections::BTreeMap<String, Vec<CounterUse>>")]
pub(crate) struct Counters(Vec<Counter>);

impl From<std::collections::BTreeMap<String, Vec<CounterUse>>> for Counters {
    fn from(uses: std::collections::BTreeMap<String, Vec<CounterUse>>) -> Self {
        let mut counters: Vec<Counter> =
            uses.into_iter().map(|(word, uses)| Counter { word, uses }).collect();
        counters.sort_by_key(|counter| std::cmp::Reverse(counter.word.len()));
        Self(counters)
    }
}

impl Counters {
    /// The longest counter that a text begins with.
    pub(crate) fn start_of(&self, text: &str) -> Option<&Counter> {
        self.0.iter().find(|counter| text.starts_with(counter.word.as_str()))
    }

    /// The counter that a text ends with.
    pub(crate) fn end_of(&self, text: &str) -> Option<&Counter> {
        self.0.iter().find(|counter| text.ends_with(counter.word.as_str()))
    }

    /// The counter that a text begins with, if Chinese numerals before it are a figure.
    pub(crate) fn behind_numeral(&self, text: &str) -> Option<&Counter> {
        let follows = |counter: &&Counter| {
            counter.uses.contains(&CounterUse::Numerals) && text.starts_with(counter.word.as_str())
        };
        self.0.iter().find(follows)
    }

    /// The counter that is a word.
    pub(crate) fn get(&self, word: &str) -> Option<&Counter> {
        self.0.iter().find(|counter| counter.word == word)
    }
}

impl Counter {
    /// True if it counts the same things as another: 条次 and 条, 名 and 人.
    pub(crate) fn is_like(&self, other: &Self) -> bool {
        fn stem(word: &str) -> &str {
            word.strip_suffix('次').filter(|stem| !stem.is_empty()).unwrap_or(word)
        }
        let persons = |counter: &Self| counter.uses.contains(&CounterUse::Persons);
        stem(&self.word) == stem(&other.word) || persons(self) && persons(other)
    }

    /// True if persons are counted in it, or how often they came.
    pub(crate) fn counts_persons(&self) -> bool {
        self.uses.contains(&CounterUse::Persons) || self.word == "人次"
    }

    /// True if cases are counted in it.
    pub(crate) fn counts_cases(&self) -> bool {
        self.uses.contains(&CounterUse::Cases)
    }

    /// True if pieces of published information are counted in it.
    pub(crate) fn is_piece(&self) -> bool {
        self.uses.contains(&CounterUse::Pieces)
    }

    /// True if applicants are counted in it.
    pub(crate) fn counts_applicants(&self) -> bool {
        self.uses.contains(&CounterUse::Applicants)
    }

    /// True if a figure before it may be one of the tables.
    pub(crate) fn is_of_tables(&self) -> bool {
        self.uses.contains(&CounterUse::Tables)
    }

    /// True if some count applications in it although the tables do not.
    pub(crate) fn is_loose(&self) -> bool {
        self.uses.contains(&CounterUse::Loose)
    }
}
