//! Words round years, days and figures of years: the tables of `data/words.toml`.

use serde::Deserialize;

use crate::prose::{Words, listed};

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
    /// Before what has been done about the problems.
    pub(in crate::rules) looks_back: Words,
    /// In a sentence on what has been done.
    pub(in crate::rules) was_done: Words,
    /// Behind a day by which something is due.
    pub(in crate::rules) due_before: Words,
    /// Behind a year: its end.
    pub(in crate::rules) ends_of_years: Words,
    /// In a sentence that holds the year against another time.
    pub(in crate::rules) compares: Words,
    /// Of what has been published up to some day.
    pub(in crate::rules) published_up_to: Words,
    /// At the beginning of a clause on those of some that are not done.
    pub(in crate::rules) left_over: Words,
    /// In the words before it: what is told is told of the whole year.
    pub(in crate::rules) to_the_end: Words,
    /// In the clause itself: they were not done when the report was written.
    pub(in crate::rules) not_yet_done: Words,
    /// In the words before it: what is told is told of a part of the year.
    pub(in crate::rules) within_the_year: Words,
}

/// Documents of a year, which a report of that year cannot yet tell of.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::rules) struct OwnDocuments {
    /// Ends of the words between a year and the name of its report.
    pub(in crate::rules) report_leads: Words,
    /// Names of a yearly report.
    pub(in crate::rules) reports: Words,
    /// Behind it: it names problems.
    pub(in crate::rules) tells: Words,
    /// The problems.
    pub(in crate::rules) problems: Words,
    /// Behind them: they are no more.
    pub(in crate::rules) mended: Words,
    /// In such a sentence: something is only planned.
    pub(in crate::rules) not_mended: Words,
    /// Beginnings of the clause that makes a report public.
    pub(in crate::rules) announces: Words,
    /// Behind the name of the report in it, up to the next mark.
    pub(in crate::rules) announced: Words,
    /// In an opening right behind a year: the matter that it tells of.
    pub(in crate::rules) matters: Words,
    /// Behind it: the report on it.
    pub(in crate::rules) told_of: Words,
    /// The accounts of a year.
    pub(in crate::rules) accounts: String,
    /// The budget of a year.
    pub(in crate::rules) budgets: String,
    /// Between a year and one of these: they are not those of the year.
    pub(in crate::rules) not_of_accounts: Words,
    /// Words that may follow the name of either.
    pub(in crate::rules) behind_accounts: Words,
    /// Behind the name: it is public.
    pub(in crate::rules) is_published: Words,
    /// Verbs of making public.
    pub(in crate::rules) discloses: Words,
    /// The same before what was made public.
    pub(in crate::rules) disclosed: Words,
    /// In such a sentence: something is only planned, or is told of another year.
    pub(in crate::rules) not_disclosed: Words,
}

/// The days on which laws came into force.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::rules) struct InForceWords {
    /// Verbs of coming into force.
    pub(in crate::rules) verbs: Words,
    /// Words that may stand between a day, the name of a law and such a verb.
    pub(in crate::rules) between: Words,
    /// Behind the verb: it tells of another day.
    pub(in crate::rules) not_the_day: Words,
    /// Before a day from which on something is so.
    pub(in crate::rules) from: Words,
    /// The laws.
    pub(in crate::rules) laws: Vec<LawInForce>,
}

/// A law with the days on which it came into force, as it was made and as it was revised.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::rules) struct LawInForce {
    /// Its names, without their marks.
    #[serde(deserialize_with = "listed")]
    pub(in crate::rules) names: Vec<String>,
    /// The name that it alone has in most reports.
    #[serde(default)]
    pub(in crate::rules) short: Option<String>,
    /// The days, the last one last: 2019-05-15.
    pub(in crate::rules) days: Vec<String>,
}

/// Figures of years that rise or fall.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::rules) struct TrendWords {
    /// Year by year.
    pub(in crate::rules) steady: Words,
    /// Those of them that want the number of years behind them.
    pub(in crate::rules) in_a_row: Words,
    /// Behind it: more.
    pub(in crate::rules) rises: Words,
    /// Behind it: less.
    pub(in crate::rules) falls: Words,
    /// In such a clause: not in every year, or of something else.
    pub(in crate::rules) unsteady: Words,
    /// Between years and figures.
    pub(in crate::rules) links: Words,
    /// Between the first year and the last.
    pub(in crate::rules) spans: Words,
    /// Before the first year.
    pub(in crate::rules) begins: Words,
}
