//! Words round figures and days that stand beside each other.

use serde::Deserialize;

use crate::prose::Words;

/// Days that are listed one by one.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::rules) struct ListedDays {
    /// Before the first one.
    pub(in crate::rules) openings: Words,
    /// Of what they are counted as.
    pub(in crate::rules) counters: Words,
    /// In the words before: so many in each of some times.
    pub(in crate::rules) each: String,
    /// Characters before a number that is no count of them.
    pub(in crate::rules) not_before: String,
}

/// Directions told behind two figures, without a number.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::rules) struct DirectionWords {
    /// At the beginning: of what it is said.
    pub(in crate::rules) subjects: Words,
    /// Behind them: with what it is compared.
    pub(in crate::rules) with: Words,
    /// Before the direction.
    pub(in crate::rules) adverbs: Words,
    pub(in crate::rules) up: Words,
    pub(in crate::rules) down: Words,
    /// Behind it.
    pub(in crate::rules) ends: Words,
    /// A direction of numbers alone: there are fewer.
    pub(in crate::rules) shrinks: Words,
}

/// Words round ranks of which the one became the other (NB617).
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::rules) struct RankMoveWords {
    /// Behind the number of a rank.
    pub(in crate::rules) places: Words,
    /// Before the first rank.
    pub(in crate::rules) from: Words,
    /// Between the two.
    pub(in crate::rules) becomes: Words,
    /// Before the move.
    pub(in crate::rules) openings: Words,
    pub(in crate::rules) up: Words,
    pub(in crate::rules) down: Words,
    /// Behind the number of places.
    pub(in crate::rules) counted: Words,
}
