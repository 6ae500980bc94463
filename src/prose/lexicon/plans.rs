//! Words for periods of time, for means, for plans, and for money that comes and goes.

use serde::Deserialize;

use super::words::Words;

/// Words for periods of time and for parts of a year.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PeriodWords {
    /// Behind 每: periods, each with the number of them in a year.
    pub(crate) of_a_year: Vec<(String, String)>,
    /// Behind 每: the time from one round of something to the next, with the number of rounds of a year.
    pub(crate) rounds_of_a_year: Vec<(String, String)>,
    /// Before such a time: each of several has a round in it.
    pub(crate) several_have: Words,
    /// Before those to whom something is done in a round.
    pub(crate) done_to: Words,
    /// Behind 每: periods of which nobody knows how many are counted, as working days may be meant.
    pub(crate) days: Words,
    /// Behind 每 or before 均: days of which those of a year, or its working days, may be counted.
    pub(crate) days_of_a_year: Words,
    /// At the end of the name of a period.
    pub(crate) named: Words,
    /// Behind 每: weeks.
    pub(crate) weeks: Words,
    /// The same for years.
    pub(crate) years: Words,
    /// Before the figures of all quarters.
    pub(crate) all_quarters: Words,
    /// The periods to which a mean shares out, with the least and the most of them in a year.
    pub(crate) means: Vec<(String, u32, u32)>,
    /// In a sentence: the rounds of a year are not all there are, or are not alike.
    pub(crate) not_all_rounds: Words,
    /// Words of those that say that none is wanting.
    pub(crate) none_wanting: Words,
    /// In a sentence: what is told is not of a whole year.
    pub(crate) parts_of_time: Words,
    /// Before a figure: it may be of all the time there has been.
    pub(crate) in_all: Words,
}

/// Words for means.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct MeanWords {
    /// So many of each on average: 场均.
    pub(crate) of_each: Words,
    /// In the words before a figure: it is one on average.
    pub(crate) averaged: Words,
    /// Before the mean of some values that are listed.
    pub(crate) plain: Words,
}

/// Words for plans and for accounts.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PlanWords {
    /// Before or behind a figure: it was planned.
    pub(crate) plans: Words,
    /// Before a rate: it is of what was done beyond a plan.
    pub(crate) beyond_plan: Words,
    /// Before what is more than planned, and what is fewer.
    pub(crate) more_than_planned: Words,
    pub(crate) fewer_than_planned: Words,
    /// Before what was done in the end.
    pub(crate) really: Words,
    /// In the name of a rate of money, and before the amount it is the rate of.
    pub(crate) spent: Words,
    pub(crate) spending: Words,
    /// Before money that came in, that went out, and that is left.
    pub(crate) money_in: Words,
    pub(crate) money_out: Words,
    pub(crate) money_left: Words,
}
