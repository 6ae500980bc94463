//! [`WordLists`]: the words that single rules look for, read from `data/words.toml`.

use std::sync::OnceLock;

use serde::Deserialize;

use crate::prose::Words;

const FILE: &str = include_str!("../data/words.toml");

/// Every list of words that a rule has of its own.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::rules) struct WordLists {
    /// No notice of a handling fee was sent.
    pub(in crate::rules) no_fee_notice: Words,
    /// Reasons for 其他 among the outcomes.
    pub(in crate::rules) reasons_for_other: Words,
    /// A decision was corrected.
    pub(in crate::rules) corrected: Words,
    /// What follows is a list of counts.
    pub(in crate::rules) opens_counts: Words,
    /// All of section six, where it reports nothing.
    pub(in crate::rules) nothing_to_report: Words,
    /// Words that do not tell what is counted.
    pub(in crate::rules) empty: Words,
    /// Places of publication and bodies, each with figures of its own.
    pub(in crate::rules) channels: Words,
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
    /// A member of a list with one of these is a problem of its own.
    pub(in crate::rules) shortcomings: Words,
    /// Remedies are named.
    pub(in crate::rules) remedies: Words,
    /// The account of remedies and plans begins.
    pub(in crate::rules) remedies_begin: Words,
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
    /// Why a reader would.
    pub(in crate::rules) contact_reasons: Words,
    /// Two words of one meaning round a figure.
    pub(in crate::rules) redundant_pairs: Vec<(String, String)>,
    /// Two words of one meaning side by side.
    pub(in crate::rules) redundant: Words,
    /// Nouns that cannot stand behind 是否.
    pub(in crate::rules) qualities: Words,
    /// Names that the report has not.
    pub(in crate::rules) wrong_report_names: Words,
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
    /// Words for a time that depends on when they are read.
    pub(in crate::rules) relative_time: RelativeTime,
    /// The results that a government reports.
    pub(in crate::rules) supervision: Vec<Supervision>,
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

/// A result that a government reports.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::rules) struct Supervision {
    /// Its name.
    pub(in crate::rules) name: String,
    /// The words by which it is recognised.
    pub(in crate::rules) words: Words,
}

impl WordLists {
    /// The lists of the program.
    pub(in crate::rules) fn get() -> &'static Self {
        static LISTS: OnceLock<WordLists> = OnceLock::new();
        // A test reads the same file, so nothing is ever missing here.
        LISTS.get_or_init(|| toml::from_str(FILE).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_is_there_and_no_other() {
        let lists: WordLists = toml::from_str(FILE).unwrap();
        assert_eq!(lists.supervision.len(), 3);
        let unknown = FILE.replace("nobody = ", "nobodies = ");
        assert!(toml::from_str::<WordLists>(&unknown).is_err());
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
