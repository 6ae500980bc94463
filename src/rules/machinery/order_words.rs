//! [`OrderWords`]: the words by which a body tells of its own units, of ranks, of extremes and of itself.

use serde::Deserialize;

use crate::prose::Words;

/// The words of `[order]` in `data/words.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::rules) struct OrderWords {
    /// Units of a body.
    pub(in crate::rules) units: UnitWords,
    /// Ranks among several.
    pub(in crate::rules) ranks: RankWords,
    /// The least, the mean and the greatest.
    pub(in crate::rules) spans: SpanWords,
    /// The body, as it calls itself.
    pub(in crate::rules) selves: SelfWords,
    /// Things that all have, and some have not.
    pub(in crate::rules) denied: DeniedWords,
    /// Matters that are settled, and some that are not.
    pub(in crate::rules) settled: SettledWords,
}

/// Matters that are settled, and some that are not.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::rules) struct SettledWords {
    /// All of them.
    pub(in crate::rules) all: Words,
    /// Behind it: they are done.
    pub(in crate::rules) done: Words,
    /// Before the number of those that are done.
    pub(in crate::rules) has_done: Words,
    /// The counter of matters.
    pub(in crate::rules) counters: String,
    /// Some are not done.
    pub(in crate::rules) open: Words,
    /// The beginning of a clause on some of them.
    pub(in crate::rules) of_those: Words,
    /// Behind words that say that some are not done, before these.
    pub(in crate::rules) is: Words,
    /// In a clause on other matters.
    pub(in crate::rules) others: Words,
}

/// The units of a body, such as villages.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::rules) struct UnitWords {
    /// The counters they have.
    pub(in crate::rules) counters: Words,
    /// Their names; those of one list name the same units.
    pub(in crate::rules) names: Vec<Words>,
    /// Beginnings of a bracket that makes the name that of other units: 村（社区）.
    pub(in crate::rules) bracketed: Words,
    /// Before the number of all that there are.
    pub(in crate::rules) has: Words,
    /// The same behind the name of the body.
    pub(in crate::rules) has_by_name: Words,
    /// The signs of areas that such a name ends with.
    pub(in crate::rules) signs: Words,
    /// Words that make a sign of an area that of the body: 全 of 全县.
    pub(in crate::rules) whole: Words,
    /// Wholes that are no area.
    pub(in crate::rules) wholes: Words,
    /// Behind the units: something is said of all.
    pub(in crate::rules) all: Words,
    /// Words that begin as one of these.
    pub(in crate::rules) not_all: Words,
    /// Other words that may follow a name.
    pub(in crate::rules) behind: Words,
    /// Before the number where it may be that of all.
    pub(in crate::rules) leads: Words,
    /// In the sentence before it: some are picked.
    pub(in crate::rules) picked: Words,
    /// In a sentence: the number has changed.
    pub(in crate::rules) changed: Words,
    /// Between two kinds of units.
    pub(in crate::rules) joins: Words,
    /// Parts without a counter: 5镇3乡.
    pub(in crate::rules) parts: Words,
    /// Before the sum of such parts.
    pub(in crate::rules) together: Words,
    /// Names of their sums, each with the parts it has.
    pub(in crate::rules) sums: Vec<(String, Words)>,
}

/// Ranks among several bodies.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::rules) struct RankWords {
    /// The counters of those that are ranked.
    pub(in crate::rules) counters: Words,
    /// The ends of their names.
    pub(in crate::rules) ranked: Words,
    /// Behind them: among.
    pub(in crate::rules) among: Words,
    /// Words that give a rank.
    pub(in crate::rules) stands: Words,
    /// Between them: the rank is another's or of another time.
    pub(in crate::rules) apart: Words,
    /// Behind the number of a rank.
    pub(in crate::rules) places: Words,
}

/// The least, the mean and the greatest of some.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::rules) struct SpanWords {
    /// The least.
    pub(in crate::rules) least: Words,
    /// The greatest.
    pub(in crate::rules) greatest: Words,
    /// The mean.
    pub(in crate::rules) mean: Words,
    /// Before such a word: no other subject.
    pub(in crate::rules) leads: Words,
    /// Between such a word and its figure, or before it: it is not the value, or of another time.
    pub(in crate::rules) apart: Words,
    /// Those of them that are periods.
    pub(in crate::rules) periods: Words,
    /// Periods and things of each of which a mean is told.
    pub(in crate::rules) bases: Words,
    /// Before such a period or thing.
    pub(in crate::rules) of_one: Words,
}

/// Words by which a body calls itself.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::rules) struct SelfWords {
    /// Ends of names that tell a kind of body.
    pub(in crate::rules) kinds: Words,
    /// Marks in a name of several bodies.
    pub(in crate::rules) joint: Words,
    /// Words for a body itself that can only be of a body with this word in its name.
    pub(in crate::rules) sure: Vec<(String, String)>,
    /// Characters before such a word that make it another.
    pub(in crate::rules) before: Words,
    /// Other words that begin with such a one.
    pub(in crate::rules) others: Words,
}

/// Things that all have, and some have not.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::rules) struct DeniedWords {
    /// Behind the noun: all of them have.
    pub(in crate::rules) all: Words,
    /// Before the number of those that have not.
    pub(in crate::rules) some: Words,
    /// Behind their noun: have not.
    pub(in crate::rules) not: Words,
    /// Verbs that say one thing: that it was set up.
    pub(in crate::rules) made: Words,
}
