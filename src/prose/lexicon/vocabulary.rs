//! The words of `data/words.toml` beside those that the phrases of a clause are made of.

use serde::Deserialize;

use super::cell::SubjectRow;
use super::grades::GradeWords;
use super::pairs::Pairs;
use super::plans::{MeanWords, PeriodWords, PlanWords};
use super::words::{Words, by_field};

/// Words for how exact a figure is.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ExactnessWords {
    /// Before a figure: about as much.
    pub(crate) about: Words,
    /// Other words that end in one of these.
    pub(crate) not_about: Words,
    /// Before a figure: at least as much.
    pub(crate) at_least: Words,
    /// Between figure and unit: at least as much.
    pub(crate) more: Words,
    /// Behind the unit: about as much.
    pub(crate) about_behind: Words,
    /// Behind the unit: at least as much.
    pub(crate) at_least_behind: Words,
}

/// The parts of which the names of bodies are made.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct BodyWords {
    /// The ends of names.
    pub(crate) ends: Words,
    /// The ends of names of what stands inside a body.
    pub(crate) inner: Words,
    /// Of these, those that mostly speak for the whole.
    pub(crate) inner_of_all: Words,
    /// A body without what is under it.
    pub(crate) offices: Words,
    /// The beginnings of what something is done to.
    pub(crate) objects: Words,
    /// In the names of bodies that decide on reconsideration.
    pub(crate) deciding: Words,
    /// The beginnings of what a body calls itself.
    pub(crate) selves: Words,
    /// The ends of names without which a place is left.
    pub(crate) of_places: Words,
    /// The ends of names of places.
    pub(crate) places: Vec<char>,
    /// The short ends of bodies whose names are shortened in the middle, too.
    pub(crate) shortened: Words,
    /// Ends of names, each with its short form.
    pub(crate) short_ends: Vec<(String, String)>,
}

/// Words round a number that tells no quantity.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NumberWords {
    /// Behind a length of time.
    pub(crate) spans: Words,
    /// Behind the number of an article and the like.
    pub(crate) articles: Words,
    /// Before a number that is dialled or written on a letter.
    pub(crate) dialled: Words,
    /// Behind one.
    pub(crate) lines: Words,
    /// Before 一: one of many is meant, and no number.
    pub(crate) picking: Words,
}

by_field! {
    /// Words that decide how a clause without a figure, or a list, is read.
    #[derive(Debug, Clone, Default)]
    pub(crate) struct ClauseWords {
        /// The beginnings of a clause that speaks of something new.
        pub(crate) statement: Words,
        /// Before an area: what it says is said of the body itself.
        pub(crate) ranking: Words,
        /// Behind 均 and the like: every case has been decided.
        pub(crate) decided: Words,
        /// Likewise: every decision has been upheld.
        pub(crate) upheld: Words,
        /// Likewise: every case has been won.
        pub(crate) won: Words,
        /// Likewise: none has been upheld.
        pub(crate) overturned: Words,
        /// Likewise: none has been decided.
        pub(crate) undecided: Words,
        /// Characters that turn what is said of all cases round.
        pub(crate) negating: Words,
        /// In a clause without meaning: it does not say that there was none.
        pub(crate) harmful: Words,
        /// The ends of words that pick those of which the outcome is known.
        pub(crate) resulted: Words,
        /// Behind a kind of decisions: still the decisions.
        pub(crate) deeds: Words,
        /// The object of 未收取 once the handling fee has been told.
        pub(crate) fees: Words,
        /// Of a case: that nobody decided it.
        pub(crate) withdrawn: Words,
        /// Names of all applicants that are not named.
        pub(crate) other_applicants: Words,
        /// Between a number of applications and those who put them forward.
        pub(crate) come_from: Words,
        /// Before the reason of an outcome, behind its figure.
        pub(crate) reason_links: Words,
        /// Verbs of what takes a fee.
        pub(crate) takes: Words,
        /// Before the year after that of the report: carried over into it.
        pub(crate) carried_into: Words,
        /// Behind the year before that of the report: carried over from it.
        pub(crate) carried_from: Words,
        /// Between the year before and what was carried over from it: nothing was.
        pub(crate) lacking: Words,
        /// In the words of a figure that is not of what has been finished.
        pub(crate) unfinished: Words,
        /// Between the names of parts and the share that they have together.
        pub(crate) shares: Words,
        /// For two figures just told.
        pub(crate) to_handle: Words,
        /// Before a figure that has been told of.
        pub(crate) referring: Words,
        /// The names of cases that have been told of: 11件申请中.
        pub(crate) referred: Words,
        /// Official documents that are told by the way in which they may be published.
        pub(crate) classified: Words,
        /// The ways in which they may be published on request, or not at all.
        pub(crate) classes: Words,
        /// The way that is told beside those.
        pub(crate) published_class: Words,
        /// Words for a sample of cases, which nobody told before.
        pub(crate) sampled: Words,
        /// Up to now, which need not be the year of the report.
        pub(crate) as_of_now: Words,
        /// Words for a mean, which hold for their own clause alone.
        pub(crate) averages: Words,
        /// Units of the time that something took.
        pub(crate) durations: Words,
        /// Behind a period: it only says what the year of the report is by it, as in 近五年最高.
        pub(crate) superlatives: Words,
        /// Bodies that decide on what others did.
        pub(crate) courts: Words,
        /// Behind them, what they do.
        pub(crate) verdicts: Words,
        /// At the end of a clause that says of a part how large it is, and of which the next one tells the figure.
        pub(crate) ranked: Words,
        /// Before a figure: those that are left, or some of them.
        pub(crate) left: Words,
        /// Likewise, all of them.
        pub(crate) left_in_all: Words,
        /// At the beginning of a phrase: it is of the year of the report.
        pub(crate) own_years: Words,
        /// Words for a year that may be whichever was named.
        pub(crate) named_years: Words,
        /// At the beginning of the words behind a figure: they say why.
        pub(crate) reasons: Words,
        /// Short names of decisions beside the full one of another, with their rows.
        pub(crate) decisions: Vec<(String, SubjectRow)>,
        /// Words beside persons and bodies that came, or were gone to, and did not apply.
        pub(crate) gathers: Words,
        /// Words for those who apply.
        pub(crate) applicants: Words,
        /// Names of the rate of all applications.
        pub(crate) rates_of_all: Words,
        /// Between such a name and its figure.
        pub(crate) rates_come_to: Words,
        /// Words for two or three parts together.
        pub(crate) both: Words,
        /// In those for three.
        pub(crate) three: Words,
        /// A share of all that the sentence has told of.
        pub(crate) together: Words,
        /// Between the name of a part, which no figure tells, and its share.
        pub(crate) one_of_them: Words,
        /// Applications carried in.
        pub(crate) flow_carried: Words,
        /// New ones.
        pub(crate) flow_new: Words,
        /// Between the two, where they are told together.
        pub(crate) flow_joins: Words,
        /// Before what some applications were about, or why they were dealt with so.
        pub(crate) belongs: Words,
        /// Before a figure of all that there was in the year.
        pub(crate) of_the_year: Words,
        /// Behind an outcome that is denied: nothing that changes it.
        pub(crate) denied_ends: Words,
        /// Round the applicants that all applications are said to come from.
        pub(crate) put_forward: Words,
        /// Before the result of a case: it is none yet.
        pub(crate) not_resulted: Words,
        /// Behind the name of what a figure before it counts: 4件无法提供的申请逐一复盘.
        pub(crate) treated: Words,
        /// The end of the words behind a figure that is taken apart by what follows: 611条信息中.
        pub(crate) within: Words,
        /// Words that end with one of these, and say nothing of the kind.
        pub(crate) not_within: Words,
        /// In the name of those that were finished in time.
        pub(crate) on_time: Words,
        /// Before a figure of so many of each: 每10件中，就有8件.
        pub(crate) then: Words,
        /// Behind applicants: they put nothing forward.
        pub(crate) not_put_forward: Words,
        /// Behind the name of a case: somebody of that case.
        pub(crate) whose_case: Words,
        /// Behind a figure that only says which of others are meant.
        pub(crate) of_class: Words,
        /// Documents that no table counts.
        pub(crate) other_documents: Words,
        /// Those who are asked whether something may be published.
        pub(crate) third_parties: Words,
        /// Their answer, which is no outcome.
        pub(crate) consent: Words,
        /// Before figures that are taken off: 除2件外.
        pub(crate) excluded: Words,
        /// Behind a figure that is none of those the report tells.
        pub(crate) left_out: Words,
        /// Likewise, that it is counted in the next figure.
        pub(crate) counted_in: Words,
        /// Between a figure and 占, where no part of it is named.
        pub(crate) before_share: Words,
        /// In a clause between a figure and its share that tells the share in words.
        pub(crate) rough_shares: Words,
        /// Between a share and the figure whose share it is.
        pub(crate) counted_behind: Words,
        /// Between the share of several figures and the first of them.
        pub(crate) listed_behind: Words,
        /// In the name of a figure that was finished too late.
        pub(crate) overdue: Words,
        /// The kinds of cases.
        pub(crate) case_kinds: Words,
        /// The matter of applications, by which they are divided.
        pub(crate) by_matter: Words,
        /// Behind such a word: which matters they are.
        pub(crate) matters_follow: Words,
        /// Before the most that can be reached.
        pub(crate) scales: Words,
        /// Words for the end of the year of the report.
        pub(crate) year_ends: Words,
        /// Behind the name of the year: that applications came in.
        pub(crate) flow_verbs: Words,
        /// Behind applications that have not been dealt with.
        pub(crate) still_open: Words,
        /// Before the number of those who were expected: a base, and never a part.
        pub(crate) expected: Words,
        /// Before the number of pieces that something was made into.
        pub(crate) made_into: Words,
        /// Before cases: those that are new in the year, without those left over.
        pub(crate) new_cases: Words,
        /// Those against whom a case is.
        pub(crate) respondents: Words,
        /// In front of documents in force: those of earlier years alone.
        pub(crate) earlier: Words,
        /// Likewise, sooner or later than others.
        pub(crate) timed: Words,
        /// The beginning of another matter behind a semicolon: 二是.
        pub(crate) new_points: Words,
    }
}

by_field! {
    /// Words between figures that say which of them add up.
    #[derive(Debug, Clone, Default)]
    pub(crate) struct SumWords {
        /// Before a name: that of another part.
        pub(crate) name_opposites: Words,
        /// In a clause that tells a share or a change, and names no part.
        pub(crate) aside: Words,
        /// Between two parts without a mark.
        pub(crate) joins: Words,
        /// Directly before the figure that those before come to, behind a short name of them or not.
        pub(crate) total: Words,
        /// Likewise, where nothing else stands there.
        pub(crate) total_alone: Words,
        /// Before parts that are all there are.
        pub(crate) complete: Words,
        /// Before parts that may not be all.
        pub(crate) opens: Words,
        /// The two ends of a phrase that names a point of view.
        pub(crate) by: Vec<(String, String)>,
        /// Only some parts are named.
        pub(crate) some: Words,
        /// Behind the last part: the parts make up the whole.
        pub(crate) composed: Words,
        /// The names of two halves.
        pub(crate) halves: (String, String),
        /// Before a figure of each: it is of those beyond a limit.
        pub(crate) beyond: Words,
        /// The names of four quarters.
        pub(crate) quarters: Words,
        /// In the name of a way by which applications come in.
        pub(crate) channels: Words,
        /// In a name that is none of them.
        pub(crate) not_channels: Words,
        /// At the end of the name of a government without its departments.
        pub(crate) level_own: Words,
        /// In the name of its departments.
        pub(crate) level_departments: Words,
        /// In the name of the areas below it.
        pub(crate) level_below: Words,
        /// The whole name of those.
        pub(crate) level_below_alone: Words,
        /// Behind such a name: that applications came there.
        pub(crate) level_verbs: Words,
        /// At the beginning of the name of a part that is all the rest, or behind it.
        pub(crate) rest: Words,
        /// Names of what became of documents that were gone through: 保留.
        pub(crate) cleaned: Words,
        /// Between their number and those: 清理.
        pub(crate) cleans: Words,
        /// In the name of a part that is chosen from all.
        pub(crate) chosen: Words,
        /// In the names of two parts that make up a whole.
        pub(crate) pairs: Pairs,
        /// Before the name of a grade: the next lower one, under which there may be others.
        pub(crate) softened: Words,
        /// Likewise, the names of two grades.
        pub(crate) grades: Vec<(String, String)>,
        /// Before a number that is said to be the same as the one before.
        pub(crate) same_again: Words,
        /// At the beginning of the name of a figure beside one that is larger.
        pub(crate) next_of_rank: Words,
        /// The beginnings of the names of parts that are told in the same words.
        pub(crate) ways: Words,
        /// The number of figures before that are added, each word with its number: 两个渠道共公开239条.
        pub(crate) counted: Vec<(String, String)>,
        /// Behind that number.
        pub(crate) counted_by: Words,
        /// The word that says that they are added.
        pub(crate) adds: Words,
        /// In the clause of a total, and what has one of its characters and is none.
        pub(crate) told_totals: Words,
        pub(crate) not_totals: Words,
        /// Behind the word of a total that is none of the figures before it.
        pub(crate) not_told_totals: Words,
        /// Before the difference of the two figures before.
        pub(crate) apart: Words,
        /// Before the number of things that came.
        pub(crate) comes: Words,
        /// Before the number of things that went.
        pub(crate) goes: Words,
        /// Before a division of applications: that they came in.
        pub(crate) received: Words,
        /// Of these, more that say it beside a stock at the beginning and one at the end.
        pub(crate) stock_came: Words,
        /// Of those that went, likewise.
        pub(crate) stock_went: Words,
        /// Of a stock: as it was at the beginning, beside the state at the end of the year before.
        pub(crate) stock_begins: Words,
        /// Of a stock: as it is at the end.
        pub(crate) stock_ends: Words,
        /// Before what came less what went.
        pub(crate) net_more: Words,
        /// Before what went less what came.
        pub(crate) net_fewer: Words,
        /// Behind the number of bodies of all kinds.
        pub(crate) bodies: Words,
        /// Before the figure that those before it come to.
        pub(crate) make_up: Words,
        /// Behind a part: its place among the others.
        pub(crate) ranks: Words,
        /// Directly before a figure: there are more or fewer.
        pub(crate) bounds: Words,
        /// Before a figure of all that each of several has.
        pub(crate) of_all: Words,
        /// One round of something.
        pub(crate) one_round: Words,
        /// Counters of such rounds.
        pub(crate) counted_rounds: Words,
        /// Words for periods of time.
        pub(crate) periods: PeriodWords,
        /// Words for means.
        pub(crate) means: MeanWords,
        /// Words for plans and accounts.
        pub(crate) plans: PlanWords,
        pub(crate) grading: GradeWords,
        /// Before the number of those that something was done with, and of those that remain.
        pub(crate) done_with: Words,
        pub(crate) remains: Words,
        /// Counters that count the same bodies.
        pub(crate) households: Words,
        /// Counters that count things of any kind.
        pub(crate) general: Words,
        /// Nouns of one character that tell what is counted.
        pub(crate) short_nouns: Words,
        /// Between the name of a rate and its figure.
        pub(crate) rate_links: Words,
        /// Before a figure that is what was done of the one before it: 整改问题7个，完成6个.
        pub(crate) done: Words,
        /// Words that rates are named after, each with its spellings at the figure.
        pub(crate) rates: Vec<Vec<String>>,
        /// At the end of the name of a part before its share, and no part of the name: 网上申请占比.
        pub(crate) share_names: Words,
        /// Before such a word at a figure: the opposite, or less than it.
        pub(crate) rate_opposites: Words,
        /// Rates of two parts together, each with the names of the two: 优良率.
        pub(crate) rates_of_two: Vec<[String; 3]>,
        /// The characters that number lines.
        pub(crate) item_numerals: String,
        /// At the beginning of a line that adds up the lines before it.
        pub(crate) line_totals: Words,
        /// Behind a figure that counts the lines below it rather than what they tell.
        pub(crate) works: Words,
        /// Between the rank of a part and its figure: 图解最多，有14份.
        pub(crate) verbs_of_rank: Words,
        /// At the end of the name of a number: 转载数.
        pub(crate) number_names: Words,
        /// Nouns of things that are counted and named one by one.
        pub(crate) named_things: Words,
        /// The counters of such things.
        pub(crate) named_by: Words,
        /// Between such things and their names.
        pub(crate) names_follow: Words,
        /// At the beginning of a clause: all others that are not named.
        pub(crate) others: Words,
        /// The end of words that tell the place of a part among the others.
        pub(crate) places: Words,
        /// At the beginning of the name of the first period of a year.
        pub(crate) first_periods: Words,
        /// In the name of the last one.
        pub(crate) last_periods: Words,
        /// Words that add and can mean nothing else.
        pub(crate) adds_plainly: Words,
        /// In names that tell no share, although they have its word in them.
        pub(crate) not_shares: Words,
        /// Counters of single forms of what is published.
        pub(crate) forms: Words,
        /// The whole name of a part that is all the rest.
        pub(crate) rest_alone: Words,
        /// Before 是 in a multiple, and no name: 刚好是.
        pub(crate) just: Words,
    }
}
