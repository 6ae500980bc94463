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

/// Words round two things that are compared by their names.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::rules) struct ComparisonWords {
    /// At the beginning of the clause.
    pub(in crate::rules) openings: Words,
    /// Between the two, before a difference.
    pub(in crate::rules) than: Words,
    /// Right before the difference.
    pub(in crate::rules) more: Words,
    pub(in crate::rules) fewer: Words,
    /// Between the two, where no difference is told.
    pub(in crate::rules) above: Words,
    pub(in crate::rules) below: Words,
    /// Before these: how much so.
    pub(in crate::rules) degrees: Words,
    /// Before the figure of which another is a multiple.
    pub(in crate::rules) equals: Words,
    /// At the end of a name: what is counted of it.
    pub(in crate::rules) measures: Words,
    /// Of these, those that the sentence must have told before.
    pub(in crate::rules) own_measures: Words,
    /// Likewise, its change.
    pub(in crate::rules) growths: Words,
}

/// Words for the order in which figures are told.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::rules) struct SortedWords {
    /// Before a row: the greatest first.
    pub(in crate::rules) falling: Words,
    /// Likewise, the least first.
    pub(in crate::rules) rising: Words,
    /// Between those and the first figure, behind a comma.
    pub(in crate::rules) in_turn: Words,
    /// Behind a figure: it is the greatest, the one after it, and the third.
    pub(in crate::rules) first: Words,
    pub(in crate::rules) second: Words,
    pub(in crate::rules) third: Words,
}

/// Words for things that are to be done, and that were (NB608), and for those that are left out (NB602).
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::rules) struct DeedWords {
    /// Things that are to be done: 问题.
    pub(in crate::rules) to_be_done: Words,
    /// That they were: 整改完成.
    pub(in crate::rules) has_been_done: Words,
    /// Before such words: how, or when.
    pub(in crate::rules) done_by: Words,
    /// Papers that are handed out, and that they came back.
    pub(in crate::rules) handed_out: Words,
    pub(in crate::rules) returned: Words,
    /// Beside documents that a clean-up kept.
    pub(in crate::rules) kept: Words,
    /// Before figures that are taken off: 扣除.
    pub(in crate::rules) taken_off: Words,
    /// Before the number of all that should be done.
    pub(in crate::rules) due: Words,
    /// Before the number of those that really were.
    pub(in crate::rules) really: Words,
    /// Between the name of a rate and its figure.
    pub(in crate::rules) rate_links: Words,
    /// In a clause: all of it was done.
    pub(in crate::rules) done_in_all: Words,
    /// Likewise, that it was not, or should be.
    pub(in crate::rules) not_done: Words,
}
