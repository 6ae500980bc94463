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
}
