//! [`WordLists`]: the words that single rules look for, of `data/words.toml`; `build.rs` makes of it what is quick to read.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::row_words::{ComparisonWords, DeedWords, DirectionWords, ListedDays};
use super::word_groups::{
    ArticleWords, AspectSigns, ContactWords, DeniedWords, LeaderWords, LevelWords, NamedRow,
    OpeningWords, RankWords, RelativeTime, RoughShare, SelfWords, SettledWords, SpanWords,
    StillThere, Supervision, TableRate, UnitWords,
};
use super::year_words::{InForceWords, OwnDocuments, StrayYears, TrendWords};
use crate::prose::{Words, by_field};

const LISTS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/lists/rules.json"));

by_field! {
    /// Every list of words that a rule has of its own.
    #[derive(Debug, Default)]
    pub(in crate::rules) struct WordLists {
        /// In a sentence on a fee: it was asked for and not paid.
        pub(in crate::rules) fee_unpaid: Words,
        /// No notice of a handling fee was sent.
        pub(in crate::rules) no_fee_notice: Words,
        /// Reasons for 其他 among the outcomes.
        pub(in crate::rules) reasons_for_other: Words,
        /// A decision was corrected.
        pub(in crate::rules) corrected: Words,
        /// Words before a list of counts.
        pub(in crate::rules) opens_counts: Words,
        /// After a semicolon: what follows is no item of the list before it.
        pub(in crate::rules) says_anew: Words,
        /// All of section six, where it reports nothing.
        pub(in crate::rules) nothing_to_report: Words,
        /// Bodies that are nobody in particular.
        pub(in crate::rules) nobody: Words,
        /// Names by which a body speaks of itself.
        pub(in crate::rules) itself: Words,
        /// Names by which a department or an office calls itself, each with the word that its name ends with.
        pub(in crate::rules) self_offices: Vec<(String, String)>,
        /// Names of its area by which a government calls itself.
        pub(in crate::rules) self_areas: Words,
        /// Words behind an area that make it the one that acts.
        pub(in crate::rules) area_acts: Words,
        /// The ends of the names of areas.
        pub(in crate::rules) area_signs: Words,
        /// Other words that hold one of them.
        pub(in crate::rules) no_areas: Words,
        /// Ends of the names of towns.
        pub(in crate::rules) town_signs: Words,
        /// Behind the name of a town: what it does itself.
        pub(in crate::rules) town_acts: Words,
        /// In words before such an end that are no name.
        pub(in crate::rules) no_towns: Words,
        /// The ends of the names of bodies, before that of an office in them.
        pub(in crate::rules) body_heads: Words,
        /// Trades of bodies that answer for all others.
        pub(in crate::rules) answers_for_all: Words,
        /// Before 报告, which is a verb then.
        pub(in crate::rules) reported: Words,
        /// A short name follows.
        pub(in crate::rules) called: Words,
        /// The sentence tells what two bodies had to do with each other.
        pub(in crate::rules) meets: Words,
        /// The way in which something is done.
        pub(in crate::rules) manners: Words,
        /// Verbs that can be no nouns.
        pub(in crate::rules) only_done: Words,
        /// Phrases of the form, which are nobody's choice of words.
        pub(in crate::rules) form_phrases: Words,
        /// Ends of names that no government has.
        pub(in crate::rules) office_ends: Words,
        /// Words that the title of a report has and the name of a body has not.
        pub(in crate::rules) of_titles: Words,
        /// Words with a sign of an aspect that speak of something else.
        pub(in crate::rules) apart: Words,
        /// The report as the thing that can be read.
        pub(in crate::rules) copy_report: Words,
        /// The act of making the report readable.
        pub(in crate::rules) copy_act: Words,
        /// The place where the report can be read.
        pub(in crate::rules) copy_place: Words,
        /// Problems are named.
        pub(in crate::rules) problems: Words,
        /// The units in which points of a list are counted: 三个方面.
        pub(in crate::rules) point_counters: Words,
        /// Behind what a share leaves out.
        pub(in crate::rules) except_ends: Words,
        /// Between the word for a share and its number.
        pub(in crate::rules) share_links: Words,
        /// Rows of names beside their number.
        pub(in crate::rules) named_rows: NamedRow,
        /// Behind the number of points that are then told one by one.
        pub(in crate::rules) points: Words,
        /// The words that begin a last point without a number.
        pub(in crate::rules) last_points: Words,
        /// In a clause: an application came in.
        pub(in crate::rules) came_in: Words,
        /// Behind the day on which it was answered.
        pub(in crate::rules) answered_on: Words,
        /// Before that: the days are those of each part.
        pub(in crate::rules) of_each_span: Words,
        /// Before the number of days between two days.
        pub(in crate::rules) lasted: Words,
        /// Behind a year into which something is carried over: what becomes of it then.
        pub(in crate::rules) goes_on_then: Words,
        /// Words for things that are to be done, and that were.
        pub(in crate::rules) deeds: DeedWords,
        /// Before a share in words that stands beside its percentage.
        pub(in crate::rules) rough_fillers: Words,
        /// More than the share in words.
        pub(in crate::rules) rough_more: Words,
        /// Less than it.
        pub(in crate::rules) rough_less: Words,
        /// Nearly as much.
        pub(in crate::rules) rough_near: Words,
        /// Behind it: more.
        pub(in crate::rules) rough_ends: Words,
        /// Shares in words.
        pub(in crate::rules) rough_shares: Vec<RoughShare>,
        /// A member of a list with one of these is a problem of its own.
        pub(in crate::rules) shortcomings: Words,
        /// Remedies are named.
        pub(in crate::rules) remedies: Words,
        /// The account of remedies and plans begins.
        pub(in crate::rules) remedies_begin: Words,
        /// The year before.
        pub(in crate::rules) year_before: Words,
        /// The account of plans begins.
        pub(in crate::rules) plans_begin: Words,
        /// A remedy that has already been taken.
        pub(in crate::rules) done: Words,
        /// A remedy that is only planned.
        pub(in crate::rules) planned: Words,
        /// All that follows in the paragraph is in the time to come.
        pub(in crate::rules) ahead: Words,
        /// Words behind 将 that make it the mark of the future.
        pub(in crate::rules) after_will: Words,
        /// Verbs that begin a measure.
        pub(in crate::rules) measures: Words,
        /// Words for the effect of a measure.
        pub(in crate::rules) effects: Words,
        /// Verbs of a plan that take a year as the year to come.
        pub(in crate::rules) plan_verbs: Words,
        /// Verbs of making a yearly report public.
        pub(in crate::rules) published: Words,
        /// Reasons why a sentence speaks of another year.
        pub(in crate::rules) year_excuses: Words,
        /// Names of the notice of 2019.
        pub(in crate::rules) outdated_notice: Words,
        /// Documents that are in force no longer, in a note.
        pub(in crate::rules) stock_cleaned: Words,
        /// Periods and ways of counting, in a note that names documents.
        pub(in crate::rules) stock_counted_otherwise: Words,
        /// A statement that there was none, the same every year.
        pub(in crate::rules) prescribed_nothing: Words,
        /// The matters of such a statement.
        pub(in crate::rules) prescribed_matters: Words,
        /// Names of the report for itself.
        pub(in crate::rules) self_names: Words,
        /// The same with a character missing.
        pub(in crate::rules) self_names_cut: Words,
        /// Words behind such a name, and behind nothing else that looks like it.
        pub(in crate::rules) self_verbs: Words,
        /// Verbs of drawing up a report.
        pub(in crate::rules) drawing_up: Words,
        /// The report as their object, though it is their subject.
        pub(in crate::rules) said_again: Words,
        /// Words that name a basis.
        pub(in crate::rules) resting_on: Words,
        /// Verbs that list parts.
        pub(in crate::rules) parts_verbs: Words,
        /// Ends of a list of parts that want another verb.
        pub(in crate::rules) parts_ends: Words,
        /// Words that ask the reader to get in touch.
        pub(in crate::rules) contact_asks: Words,
        /// The verbs that must follow.
        pub(in crate::rules) contact_verbs: Words,
        /// The reason why a reader would.
        pub(in crate::rules) contact_reasons: Words,
        /// Two words of one meaning round a figure.
        pub(in crate::rules) redundant_pairs: Vec<(String, String)>,
        /// Words that end with 约 or 近 and do not say about.
        pub(in crate::rules) round_of_other_words: Words,
        /// Two words of one meaning side by side.
        pub(in crate::rules) redundant: Words,
        /// Words for more or less behind a figure that has one already.
        pub(in crate::rules) said_more: Words,
        /// Ends of the names of those to get in touch with, beside `office_ends`.
        pub(in crate::rules) contact_ends: Words,
        /// Ends of the places of the electronic copy, beside `copy_place`.
        pub(in crate::rules) copy_ends: Words,
        /// The place of the electronic copy.
        pub(in crate::rules) copy_at: Words,
        /// The act of the reader there, beside those of `copy_act`.
        pub(in crate::rules) copy_verbs: Words,
        /// Halves of two ways to ask the reader to get in touch.
        pub(in crate::rules) contact_twice: Words,
        /// Verbs of putting a report together, beside those of drawing it up.
        pub(in crate::rules) compiles: Words,
        /// Words that want the number of a telephone.
        pub(in crate::rules) dials: Words,
        /// Words for such a number.
        pub(in crate::rules) dialled: Words,
        /// Verbs behind 由 that close a list of parts, or give 由 another sense.
        pub(in crate::rules) made_up: Words,
        /// Verbs behind 现将.
        pub(in crate::rules) announced: Words,
        /// Nouns of 以…为….
        pub(in crate::rules) taken_as: Words,
        /// Words that go with such a noun.
        pub(in crate::rules) takes_as: Words,
        /// Words that open another frame.
        pub(in crate::rules) taken_as_opens: Words,
        /// Ends of 在…下 and 在…上.
        pub(in crate::rules) under_closes: Words,
        /// Words that open another frame.
        pub(in crate::rules) under_opens: Words,
        /// Verbs that take a place without 在.
        pub(in crate::rules) put_into: Words,
        /// Words that with 性 name a kind, and no quality.
        pub(in crate::rules) kinds: Words,
        /// A negation behind a word that negates already.
        pub(in crate::rules) negated_pairs: Vec<(String, String)>,
        /// Names that the report has not.
        pub(in crate::rules) wrong_report_names: Words,
        /// Names in which it is out of order or lacks a word.
        pub(in crate::rules) near_report_names: Words,
        /// Verbs of making the report.
        pub(in crate::rules) makes_report: Words,
        /// Words between 新 and the Regulation.
        pub(in crate::rules) revised: Words,
        /// Characters that make 新 a part of another word.
        pub(in crate::rules) new_of_other_words: Words,
        /// Verbs that take a number of things.
        pub(in crate::rules) counted_acts: Words,
        /// The things.
        pub(in crate::rules) counted_objects: Words,
        /// Words for a total.
        pub(in crate::rules) totals: Words,
        /// Things that are counted.
        pub(in crate::rules) counted_things: Words,
        /// Words from which on an opening names its basis.
        pub(in crate::rules) basis_signs: Words,
        /// Ends of a list that is not meant to be whole.
        pub(in crate::rules) list_goes_on: Words,
        /// Words before a number of pieces of information.
        pub(in crate::rules) counts_information: Words,
        /// Verbs of drawing up the report, in its opening.
        pub(in crate::rules) drawn_up: Words,
        /// Words that an opening has together where it says the period.
        pub(in crate::rules) whole_period: Words,
        /// The number of parts in an opening.
        pub(in crate::rules) six_parts: Words,
        /// Ways of getting the electronic copy.
        pub(in crate::rules) copy_ways: Words,
        /// The same, with 公开, which only one sentence of a report should have.
        pub(in crate::rules) copy_offered: Words,
        /// Words that an opening has together where it asks to get in touch.
        pub(in crate::rules) asked_to_call: Words,
        /// Beginnings of a line of contact data.
        pub(in crate::rules) contact_heads: Words,
        /// Words that tell how to get in touch.
        pub(in crate::rules) contact_signs: Words,
        /// The electronic copy.
        pub(in crate::rules) copies: Words,
        /// The handling fee.
        pub(in crate::rules) fee_words: Words,
        /// Headings of remedies.
        pub(in crate::rules) remedy_heads: Words,
        /// Headings of plans.
        pub(in crate::rules) plan_heads: Words,
        /// Headings of the part on supervision.
        pub(in crate::rules) supervision_heads: Words,
        /// Words of a comparison, which is no item of a list.
        pub(in crate::rules) compared: Words,
        /// Ends of the name of a body that takes applications.
        pub(in crate::rules) body_ends: Words,
        /// Ends of a name that holds no kind of body.
        pub(in crate::rules) nameless_ends: Words,
        /// Words for bodies in general.
        pub(in crate::rules) general_bodies: Words,
        /// A note that cases are counted otherwise.
        pub(in crate::rules) counted_otherwise: Words,
        /// Words for only.
        pub(in crate::rules) only: Words,
        /// This year, in a note.
        pub(in crate::rules) of_this_year: Words,
        /// The documents of table 1, in a note.
        pub(in crate::rules) stock_things: Words,
        /// Words for a revision.
        pub(in crate::rules) revisions: Words,
        /// Words that a plan has not.
        pub(in crate::rules) plan_done: Words,
        /// Words of a plan before a report is published.
        pub(in crate::rules) plan_signs: Words,
        /// Words behind a year that make it the year told of.
        pub(in crate::rules) own_year: Words,
        /// Words of a year to come.
        pub(in crate::rules) year_planned: Words,
        /// Words before a telephone number.
        pub(in crate::rules) phones: Words,
        /// Names of a post code.
        pub(in crate::rules) post_codes: Words,
        /// Names of rates, with the words that lead to their figures.
        pub(in crate::rules) rates: Words,
        /// Counters that a member of a list may have without its figure.
        pub(in crate::rules) listed_counters: Words,
        /// Characters before a counter that stand for a figure, or make a word of it.
        pub(in crate::rules) instead_of_figures: Words,
        /// Names of a yearly report.
        pub(in crate::rules) yearly_reports: Words,
        /// The ends of names of documents about such a report.
        pub(in crate::rules) about_reports: Words,
        /// The thing that has a period.
        pub(in crate::rules) period_of: Words,
        /// Words for the period of figures.
        pub(in crate::rules) period_words: Words,
        /// Words that name the period although no date stands there.
        pub(in crate::rules) period_named: Words,
        /// Words before the last day of a period.
        pub(in crate::rules) until: Words,
        /// Words and marks before a list of parts.
        pub(in crate::rules) parts_begin: Words,
        /// Before a figure that is added to one told before.
        pub(in crate::rules) added_to: Words,
        /// Words that join the last part to the one before.
        pub(in crate::rules) parts_joined: Words,
        /// Ends of codes of issuers that are words of nothing else.
        pub(in crate::rules) codes_of_issuers: Words,
        /// Ends of titles of books and papers that are no law.
        pub(in crate::rules) books: Words,
        /// Words before the Regulation that speak of it as it was before it was revised.
        pub(in crate::rules) earlier_version: Words,
        /// Characters in the numbers of licences, penalties and replies.
        pub(in crate::rules) codes_of_cases: Words,
        /// The beginning of something else behind a list of parts.
        pub(in crate::rules) parts_end: Words,
        /// Words that go on with the part before.
        pub(in crate::rules) parts_go_on: Words,
        /// Beginnings of the name of the last part.
        pub(in crate::rules) last_part: Words,
        /// Words for a part.
        pub(in crate::rules) parts: Words,
        /// The words by which a section is recognised in an opening, by its key.
        pub(in crate::rules) part_signs: BTreeMap<String, Words>,
        /// The words by which an aspect of section one is recognised.
        pub(in crate::rules) aspects: Vec<AspectSigns>,
        /// The names of rates that the tables give.
        pub(in crate::rules) table_rates: Vec<(String, TableRate)>,
        /// The names of other rates that end in the same words.
        pub(in crate::rules) other_rates: Words,
        /// Between the name of such a rate and its figure.
        pub(in crate::rules) rate_links: Words,
        /// Behind some parts: they have members in common.
        pub(in crate::rules) overlaps: Words,
        /// In the words of a figure: what it counts was completed.
        pub(in crate::rules) completed: Words,
        /// Before the first of two figures of which the second tells what became of the first.
        pub(in crate::rules) change_from: Words,
        /// Before the second, where it is more.
        pub(in crate::rules) rises_to: Words,
        /// Before the second, where it is less.
        pub(in crate::rules) falls_to: Words,
        /// Words for a time that depends on when they are read.
        pub(in crate::rules) relative_time: RelativeTime,
        /// Words round years that cannot be meant.
        pub(in crate::rules) stray_years: StrayYears,
        /// Words round documents of a year.
        pub(in crate::rules) own_documents: OwnDocuments,
        /// The results that a government reports.
        pub(in crate::rules) supervision: Vec<Supervision>,
        /// Words for the units of a body.
        pub(in crate::rules) own_units: UnitWords,
        /// Words for ranks among several.
        pub(in crate::rules) ranks: RankWords,
        /// Words for the least, the mean and the greatest.
        pub(in crate::rules) spans: SpanWords,
        /// The articles of the Regulation.
        pub(in crate::rules) articles: ArticleWords,
        /// The opening in the office's own words.
        pub(in crate::rules) openings: OpeningWords,
        /// The contact told in a text.
        pub(in crate::rules) contact: ContactWords,
        /// Words for problems that are done, and still there.
        pub(in crate::rules) still_there: StillThere,
        /// Words for figures of years that rise or fall.
        pub(in crate::rules) trends: TrendWords,
        /// Words by which a body calls itself one of another level.
        pub(in crate::rules) levels: LevelWords,
        /// The days on which laws came into force.
        pub(in crate::rules) in_force: InForceWords,
        /// Words for the greatest and the least of a row.
        pub(in crate::rules) directions: DirectionWords,
        /// Words round two things that are compared by their names.
        pub(in crate::rules) comparisons: ComparisonWords,
        pub(in crate::rules) listed_days: ListedDays,
        pub(in crate::rules) leaders: LeaderWords,
        /// Words by which a body calls itself.
        pub(in crate::rules) selves: SelfWords,
        /// Words for things that all have, and some have not.
        pub(in crate::rules) all_but_some: DeniedWords,
        /// Words for matters that are settled, and some that are not.
        pub(in crate::rules) settled: SettledWords,
    }
}

impl WordLists {
    /// The lists of the program.
    pub(in crate::rules) fn get() -> &'static Self {
        static WORDS: OnceLock<WordLists> = OnceLock::new();
        // A test reads the same lists, so nothing is ever missing here.
        WORDS.get_or_init(|| serde_json::from_slice(LISTS).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edition::{Axis as _, Section};
    use crate::report::Aspect;

    const FILE: &str = include_str!("../data/words.toml");

    #[test]
    fn every_list_is_there_and_no_other() {
        let lists: WordLists = toml::from_str(FILE).unwrap();
        // What was made of it when the program was built is the same.
        serde_json::from_slice::<WordLists>(LISTS).unwrap();
        assert!(format!("{:?}", WordLists::get()) == format!("{lists:?}"));
        assert_eq!(lists.supervision.len(), 3);
        let aspects = lists.aspects.iter().map(|signs| signs.aspect.as_str());
        assert!(aspects.eq(Aspect::ALL.iter().map(|(_, key, _)| *key)));
        let sections = Section::ALL.iter().filter(|s| lists.part_signs.contains_key(s.key()));
        assert_eq!(sections.count(), lists.part_signs.len());
        assert_eq!(lists.part_signs.len(), Section::ALL.len());
        let read = |list| toml::from_str::<WordLists>(&FILE.replace("nobody = ", list));
        assert!(read("# nobody = ").is_err() && read("nobodies = []\nnobody = ").is_err());
        // No list is empty, and no word stands twice in one.
        let file: toml::Table = toml::from_str(FILE).unwrap();
        for (name, list) in file.iter().filter_map(|(name, v)| Some((name, v.as_array()?))) {
            let mut words: Vec<&str> = list.iter().filter_map(toml::Value::as_str).collect();
            assert!(!list.is_empty(), "{name}");
            let n = words.len();
            words.sort_unstable();
            words.dedup();
            assert_eq!(words.len(), n, "{name}");
        }
    }
}
