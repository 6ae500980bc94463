//! Words that rules look for together, or with what they mean: the tables of `data/words.toml`.

use serde::Deserialize;

use crate::prose::Words;

/// A part of some cases of the tables, in the ways in which offices reckon it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(in crate::rules) enum TableRate {
    /// Cases corrected, of those decided or of all.
    Corrected,
    /// Cases upheld, likewise.
    Upheld,
    /// Applications granted, in part or wholly, of those dealt with or of all.
    Granted,
}

/// Words for a time that depends on when they are read.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::rules) struct RelativeTime {
    /// This year.
    pub(in crate::rules) this_year: Words,
    /// Last year.
    pub(in crate::rules) last_year: Words,
    /// Next year.
    pub(in crate::rules) next_year: Words,
    /// Now.
    pub(in crate::rules) now: Words,
}

/// The words by which an aspect is recognised.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::rules) struct AspectSigns {
    /// The key of the aspect.
    pub(in crate::rules) aspect: String,
    /// Words that treat it.
    pub(in crate::rules) clear: Words,
    /// Words that touch it in passing.
    pub(in crate::rules) vague: Words,
}

/// A result that a government reports.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::rules) struct Supervision {
    /// Its name.
    pub(in crate::rules) name: String,
    /// The words by which it is recognised.
    pub(in crate::rules) words: Words,
}

/// A share in words: 一半, 三成.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::rules) struct RoughShare {
    pub(in crate::rules) words: String,
    pub(in crate::rules) thousandths: u16,
}

/// Words round years that cannot be meant.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::rules) struct StrayYears {
    /// Before the year that something is compared with.
    pub(in crate::rules) compared: Words,
    /// Behind a year: a part or an end of it.
    pub(in crate::rules) parts_of_years: Words,
    /// Words for an appraisal of the work of a year.
    pub(in crate::rules) appraisals: Words,
    /// Before the title of a document that is sent out.
    pub(in crate::rules) sent_out: Words,
    /// Ends of the titles of documents on the work to come.
    pub(in crate::rules) on_work_to_come: Words,
    /// Before a day: it is the end of a time.
    pub(in crate::rules) lasts_to: Words,
    /// Behind a day: likewise, or something begins or is due then.
    pub(in crate::rules) due_then: Words,
    /// Of what is to come or to last.
    pub(in crate::rules) to_come: Words,
    /// Before the year that a report says it is of.
    pub(in crate::rules) tells_now: Words,
    /// Behind it.
    pub(in crate::rules) work_told: Words,
    /// Names of what is planned for a year.
    pub(in crate::rules) plans: Words,
}
