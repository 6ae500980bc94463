//! Words that rules look for together, or with what they mean: the tables of `data/words.toml`.

use serde::Deserialize;

use crate::prose::Words;
use crate::rules::machinery::row_words::SortedWords;

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
    /// Behind the number of places by which a rank has moved.
    pub(in crate::rules) moved: Words,
    /// Before that number: the rank has become better.
    pub(in crate::rules) better: Words,
    /// Before that number: the rank has become worse.
    pub(in crate::rules) worse: Words,
    /// Between two ranks, behind the verb.
    pub(in crate::rules) becomes: Words,
    /// Before the rank that there was.
    pub(in crate::rules) changes_from: Words,
}

/// The opening in the words of an office of its own.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::rules) struct OpeningWords {
    /// The report is drawn up.
    pub(in crate::rules) draws_up: Words,
    /// All that stands before the day on which it is published.
    pub(in crate::rules) published_leads: Words,
    /// All that stands behind that day.
    pub(in crate::rules) published_acts: Words,
    /// Acts of a reader who gets a copy.
    pub(in crate::rules) copy_readers: Words,
    /// Words for the period of the figures that name no figures.
    pub(in crate::rules) period_alone: Words,
    /// Behind the parts that are not counted: 除总体情况外.
    pub(in crate::rules) not_counted: Words,
}

/// The contact told in a text.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::rules) struct ContactWords {
    /// Before numbers that are not those to call.
    pub(in crate::rules) other_numbers: Words,
    /// Before a postcode.
    pub(in crate::rules) postcode: Words,
    /// Before the office to get in touch with.
    pub(in crate::rules) before_office: Words,
    /// Behind it.
    pub(in crate::rules) behind_office: Words,
}

/// The articles of the Regulation and their matters.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::rules) struct ArticleWords {
    /// The names of the Regulation, in their marks.
    pub(in crate::rules) regulation: Words,
    /// Between its name and an article: the article is of another law.
    pub(in crate::rules) others: Words,
    /// The Regulation without its marks, with the word before it.
    pub(in crate::rules) unmarked: Words,
    /// Articles on cases of all kinds.
    pub(in crate::rules) of_all: Vec<u32>,
    /// The unit of the times that articles set.
    pub(in crate::rules) days: String,
    /// Before a time: an article sets it.
    pub(in crate::rules) sets: Words,
    /// The times.
    pub(in crate::rules) limits: Vec<Limit>,
    /// The matters.
    pub(in crate::rules) matters: Vec<Matter>,
}

/// A time that an article sets.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::rules) struct Limit {
    pub(in crate::rules) article: u32,
    /// From which day it is counted.
    pub(in crate::rules) from: Words,
    pub(in crate::rules) days: u32,
    /// The same where it may be made longer.
    pub(in crate::rules) longest: u32,
    /// The article as it is cited.
    pub(in crate::rules) named: String,
}

/// A matter with the articles that rule on it.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::rules) struct Matter {
    /// The words that name it.
    pub(in crate::rules) words: Words,
    /// The article on it, as it is cited.
    pub(in crate::rules) named: String,
    /// Its number.
    pub(in crate::rules) article: u32,
    /// Words of which one stands there, too, where it is meant.
    #[serde(default)]
    pub(in crate::rules) with: Words,
    /// Others that may be cited for it.
    pub(in crate::rules) beside: Vec<u32>,
    /// Others that may be cited for it where some words stand there.
    #[serde(default)]
    pub(in crate::rules) beside_with: Vec<(Words, Vec<u32>)>,
    /// Others that may be cited for it by bodies that are no offices.
    #[serde(default)]
    pub(in crate::rules) of_others: Vec<u32>,
}

/// Problems that are all done, and still there.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::rules) struct StillThere {
    /// Ways to be amiss; the words of one list say the same.
    pub(in crate::rules) defects: Vec<Words>,
    /// Behind the problems: not all of them are done.
    pub(in crate::rules) not_all: Words,
    /// Likewise: they are no more.
    pub(in crate::rules) mended: Words,
    /// Some of many.
    pub(in crate::rules) some: Words,
    /// It is as it was.
    pub(in crate::rules) still: Words,
    /// It is no longer, or is new.
    pub(in crate::rules) over: Words,
}

/// Words by which a body calls itself one of another level.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::rules) struct LevelWords {
    /// Characters before such a word that leave it as it is.
    pub(in crate::rules) leads: Words,
    /// Ends of the names of areas that are none of this level.
    pub(in crate::rules) no_levels: Words,
    /// In a sentence: it may speak of another place, or of another time.
    pub(in crate::rules) elsewhere: Words,
    /// The levels.
    pub(in crate::rules) kinds: Vec<Level>,
}

/// A kind of area, with words that its bodies do not use of themselves.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::rules) struct Level {
    /// The sign of the area.
    pub(in crate::rules) own: String,
    /// The words, which are those of other levels.
    pub(in crate::rules) words: Words,
}

/// The greatest and the least of a row of figures.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::rules) struct LeaderWords {
    /// At the end of a clause: the greatest.
    pub(in crate::rules) greatest: Words,
    /// At the end of a clause: the least.
    pub(in crate::rules) least: Words,
    /// Before them, where the figure just told is meant.
    pub(in crate::rules) of_itself: Words,
    /// Before the first figure of a row.
    pub(in crate::rules) row_begins: Words,
    /// In the clause of a figure that is no member of a row.
    pub(in crate::rules) not_of_row: Words,
    /// At the end of a member's name, where it may be left out.
    pub(in crate::rules) name_ends: Words,
    /// Words for the order in which the figures of a row are told.
    pub(in crate::rules) sorted: SortedWords,
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
    /// Characters without which a name is often written, or with which.
    pub(in crate::rules) optional: Words,
}

/// Things that all have, and some have not.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::rules) struct DeniedWords {
    /// Behind the noun: all of them have.
    pub(in crate::rules) all: Words,
    /// The same, where the verb behind it says that something was set up.
    pub(in crate::rules) all_of_made: String,
    /// In a sentence on what is to be done.
    pub(in crate::rules) plans: Words,
    /// Before the number of those that have not.
    pub(in crate::rules) some: Words,
    /// Behind their noun: have not.
    pub(in crate::rules) not: Words,
    /// Verbs that say one thing: that it was set up.
    pub(in crate::rules) made: Words,
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
    /// At the beginning of a clause on those that are left.
    pub(in crate::rules) rest: Words,
    /// Names of matters that are settled.
    pub(in crate::rules) matters: Words,
    /// By what they were found.
    pub(in crate::rules) found: Words,
    /// All of them, where what is done follows.
    pub(in crate::rules) every: Words,
    /// In a clause on what is to be done.
    pub(in crate::rules) planned: Words,
    /// Before the number of those that are not done.
    pub(in crate::rules) left: Words,
    /// Behind it.
    pub(in crate::rules) not_done: Words,
    /// Of what is being done.
    pub(in crate::rules) under_way: Words,
    /// At the end of a clause on one of a few: it is still being done.
    pub(in crate::rules) goes_on: Words,
    /// At the beginning of a clause on something else.
    pub(in crate::rules) turns: Words,
    /// Times that come again and again.
    pub(in crate::rules) often: Words,
    /// Times at which something was so.
    pub(in crate::rules) times: Words,
}

/// Words of rows of names that stand beside their number: 石湖、金滩、龙泉三个街道.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::rules) struct NamedRow {
    /// Behind the number.
    pub(in crate::rules) counters: Words,
    /// Counters behind which nothing need follow.
    pub(in crate::rules) kinds: Words,
    /// Counters of places, which are counted where they are named one by one.
    pub(in crate::rules) places: Words,
    /// Before the noun: 重点.
    pub(in crate::rules) heads: Words,
    /// The things that are counted.
    pub(in crate::rules) nouns: Words,
    /// Those of which one may be told in several words.
    pub(in crate::rules) deeds: Words,
    /// Between the last two names.
    pub(in crate::rules) joins: Words,
    /// In a row of which each has as many, or only some are counted.
    pub(in crate::rules) apart: Words,
    /// In a row that need not name all.
    pub(in crate::rules) open: Words,
    /// Never in a name, but in a clause that goes before one.
    pub(in crate::rules) not_in_names: Words,
    /// Names of one body with 和 in them.
    pub(in crate::rules) one_body: Words,
    /// In a name of several bodies.
    pub(in crate::rules) several: Words,
    /// The signs of areas that the names of bodies begin with.
    pub(in crate::rules) area_signs: Words,
    /// Behind the number, before the names.
    pub(in crate::rules) named_behind: Words,
    /// Before the number, where it is that of the names before it.
    pub(in crate::rules) pointed: Words,
    /// Behind the number of batches whose figures follow.
    pub(in crate::rules) batches: Words,
    /// All that stands before the first of those figures.
    pub(in crate::rules) listed: Words,
    /// Behind the number of rounds, before the places or times of them.
    pub(in crate::rules) held_in: Words,
    /// Before names that are added to a number.
    pub(in crate::rules) added: Words,
    /// Behind that number: each of them has one.
    pub(in crate::rules) all_of_these: Words,
    /// Before what they come to.
    pub(in crate::rules) add_up: Words,
}
