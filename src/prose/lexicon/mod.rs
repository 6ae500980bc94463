//! The phrases by which narratives name figures, of `data/phrases.toml` and `data/words.toml`.
//!
//! `build.rs` makes of both files what is quick to read, and of the phrases a table that is not read at all. Both files
//! are read as a whole: a key that nobody knows, or one that is missing, fails a test.

mod cell;
mod counter;
mod grades;
mod growth;
mod pairs;
mod plans;
mod sense;
mod table;
mod things;
#[cfg(test)]
mod trie;
mod vocabulary;
mod words;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Deserialize;

use crate::edition::{RequestColumn, RequestRow};
use cell::Applicant;
pub(crate) use cell::{AspectColumn, Cell, SubjectRow, Sum};
pub(crate) use counter::Counter;
use counter::Counters;
pub(crate) use grades::Grade;
use growth::GrowthWords;
pub(crate) use sense::{Sense, Word};
use table::PhraseTable;
pub(crate) use things::ThingWords;
use vocabulary::{BodyWords, ClauseWords, ExactnessWords, NumberWords, SumWords};
pub(crate) use words::{Words, by_field, listed};

const PHRASES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/lists/phrases.json"));
const WORDS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/lists/words.json"));

/// Every phrase that means something, and its meaning.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    /// Things that a clause counts by naming them in full.
    pub(crate) quantities: Vec<Quantity>,
    /// Things with figures of their own kind: proceedings and documents.
    pub(crate) subjects: Vec<Subject>,
    /// The figure of a subject that is meant.
    pub(crate) aspects: Vec<Aspect>,
    /// Kinds of applicants, each as the columns it takes.
    pub(crate) applicants: Vec<Vec<RequestColumn>>,
    /// Words that count things.
    pub(crate) counters: Counters,
    /// Words for how exact a figure is.
    pub(crate) exactness: ExactnessWords,
    /// Words for a change against the year before.
    pub(crate) growth: GrowthWords,
    /// Words round numbers that tell no quantity.
    pub(crate) numbers: NumberWords,
    /// The parts of names of bodies.
    pub(crate) bodies: BodyWords,
    /// Words that decide how a clause is read.
    pub(crate) clauses: ClauseWords,
    /// Words between figures that add up.
    pub(crate) sums: SumWords,
    /// Words round figures that no table holds.
    pub(crate) things: ThingWords,
    phrases: PhraseTable,
}

/// Things that a clause can count.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Quantity {
    /// Its name among the phrases.
    pub(crate) key: String,
    /// Its stage in the course of an application.
    pub(crate) kind: QuantityKind,
    /// The admissible readings; none for 其他, which has those of its company.
    pub(crate) readings: Vec<Sum>,
    /// Readings that others use but the table does not mean.
    #[serde(default)]
    pub(crate) loose: Vec<Sum>,
    /// True if the phrases are not the form's own word.
    #[serde(default)]
    pub(crate) informal: bool,
    /// True if the phrases name only some of what the cells hold.
    #[serde(default)]
    pub(crate) at_most: bool,
    /// True if the phrases say it only where the text has told of it before.
    #[serde(default)]
    pub(crate) told_before: bool,
    #[cfg_attr(not(test), expect(dead_code, reason = "the table is made of them"))]
    phrases: Words,
}

/// The stage of a quantity in the course of an application, or the thing that it counts otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum QuantityKind {
    /// Applications coming in.
    Intake,
    /// Applications from the year before.
    CarriedIn,
    /// Applications left for the next year.
    CarriedOut,
    /// Applications dealt with.
    Handled,
    /// An outcome.
    Outcome,
    /// 其他, of which only the company says what it is.
    Rest,
    /// Applications, and nothing says at which stage.
    Request,
    /// Reconsideration or litigation.
    Proceeding,
    /// Regulations or normative documents.
    Document,
    /// The information-handling fee.
    Fee,
}

/// A proceeding or a class of documents.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Subject {
    /// The rows that it takes together.
    pub(crate) rows: Vec<SubjectRow>,
    /// True if the phrases name them only where the text says what caused them, or is about applications.
    #[serde(default)]
    pub(crate) caused: bool,
    /// True if they are counted in any unit.
    #[serde(default)]
    pub(crate) any_unit: bool,
    #[cfg_attr(not(test), expect(dead_code, reason = "the table is made of them"))]
    phrases: Words,
}

/// A column of proceedings or of documents.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Aspect {
    /// The column.
    pub(crate) column: AspectColumn,
    /// True if a difference is only worth a look.
    #[serde(default)]
    pub(crate) only_hint: bool,
    /// True if the phrases name only some of what the cells hold.
    #[serde(default)]
    pub(crate) at_most: bool,
    /// The quantity that the phrases name where applications are the topic.
    #[serde(default)]
    pub(crate) outcome: Option<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "the table is made of them"))]
    phrases: Words,
}

/// A kind of applicant.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ApplicantPhrases {
    columns: Vec<Applicant>,
    #[cfg_attr(not(test), expect(dead_code, reason = "the table is made of them"))]
    phrases: Words,
}

/// The file of phrases.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct PhraseFile {
    quantity: Vec<Quantity>,
    applicant: Vec<ApplicantPhrases>,
    subject: Vec<Subject>,
    aspect: Vec<Aspect>,
}

/// The file of other words.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WordFile {
    #[cfg_attr(not(test), expect(dead_code, reason = "the table is made of them"))]
    words: BTreeMap<Word, Words>,
    clauses: ClauseWords,
    sums: SumWords,
    things: ThingWords,
    counters: Counters,
    exactness: ExactnessWords,
    growth: GrowthWords,
    numbers: NumberWords,
    bodies: BodyWords,
}

impl Lexicon {
    /// The phrases of the program.
    pub(crate) fn get() -> &'static Self {
        static LEXICON: OnceLock<Lexicon> = OnceLock::new();
        // A test reads the same lists, so nothing is ever missing here.
        LEXICON.get_or_init(|| {
            let (phrases, words) = (serde_json::from_slice(PHRASES), serde_json::from_slice(WORDS));
            phrases.ok().zip(words.ok()).map(|(p, w)| Self::of(p, w)).unwrap_or_default()
        })
    }

    /// The longest phrase that a text begins with, in bytes, and its meaning.
    pub(crate) fn phrase_at(&self, text: &str) -> Option<(usize, Sense)> {
        self.phrases.longest(text)
    }

    /// True if a subject is a row of decisions: licences, penalties, coercive measures.
    pub(crate) fn is_of_decisions(&self, subject: usize) -> bool {
        use crate::edition::DisclosureRow::{CoerciveMeasures, Licences, Penalties};
        self.subjects[subject]
            .rows
            .iter()
            .any(|row| matches!(row, SubjectRow::Document(Licences | Penalties | CoerciveMeasures)))
    }

    /// True if a subject is the row of fees.
    pub(crate) fn is_of_fees(&self, subject: usize) -> bool {
        use crate::edition::DisclosureRow::Fees;
        self.subjects[subject].rows.contains(&SubjectRow::Document(Fees))
    }

    /// The place of the quantity with a name.
    pub(crate) fn quantity(&self, key: &str) -> Option<usize> {
        self.quantities.iter().position(|quantity| quantity.key == key)
    }

    /// The place of the aspect of cases that have been decided in whatever way.
    pub(crate) fn decided(&self) -> Option<usize> {
        self.aspects.iter().position(|aspect| aspect.column == AspectColumn::Decided)
    }

    fn of(phrases: PhraseFile, words: WordFile) -> Self {
        let columns = |applicant: ApplicantPhrases| {
            applicant.columns.into_iter().map(|Applicant(column)| column).collect()
        };
        Self {
            quantities: phrases.quantity,
            subjects: phrases.subject,
            aspects: phrases.aspect,
            applicants: phrases.applicant.into_iter().map(columns).collect(),
            counters: words.counters,
            exactness: words.exactness,
            growth: words.growth,
            numbers: words.numbers,
            bodies: words.bodies,
            clauses: words.clauses,
            sums: words.sums,
            things: words.things,
            phrases: PhraseTable::get(),
        }
    }
}

impl Quantity {
    /// The row of table 2 that it stands for, where its phrases are not the form's own word.
    pub(crate) fn informal_row(&self) -> Option<RequestRow> {
        match self.readings.first()?.0.as_slice() {
            [Cell::Request(row)] if self.informal => Some(*row),
            _ => None,
        }
    }
}

impl Subject {
    /// Its kind: a proceeding or a class of documents.
    pub(crate) fn kind(&self) -> QuantityKind {
        match self.rows.first() {
            Some(SubjectRow::Document(_)) => QuantityKind::Document,
            Some(SubjectRow::Proceeding(_)) | None => QuantityKind::Proceeding,
        }
    }
}

impl Aspect {
    /// The kind of things whose column it is.
    pub(crate) fn kind(&self) -> QuantityKind {
        match self.column {
            AspectColumn::Document(_) => QuantityKind::Document,
            AspectColumn::Proceeding(_) | AspectColumn::Decided => QuantityKind::Proceeding,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::trie::spellings;
    use super::*;

    const PHRASES: &str = include_str!("../data/phrases.toml");
    const WORDS: &str = include_str!("../data/words.toml");

    /// The lexicon of the two files as they are written.
    fn parse(phrases: &str, words: &str) -> Result<Lexicon, toml::de::Error> {
        Ok(Lexicon::of(toml::from_str(phrases)?, toml::from_str(words)?))
    }
    use crate::edition::{Axis, Edition};

    #[test]
    fn both_files_are_read_to_the_last_key() {
        let lexicon = parse(PHRASES, WORDS).unwrap();
        // What was made of them when the program was built is the same.
        assert!(serde_json::from_slice::<PhraseFile>(super::PHRASES).is_ok());
        serde_json::from_slice::<WordFile>(super::WORDS).unwrap();
        assert!(format!("{:?}", Lexicon::get()) == format!("{lexicon:?}"));
        let json = |list: &str| serde_json::to_value(list.parse::<toml::Table>().unwrap()).unwrap();
        let table = trie::Trie::of(&json(PHRASES), &json(WORDS)).unwrap().table().unwrap();
        assert_eq!(table, include_bytes!(concat!(env!("OUT_DIR"), "/lists/phrases")));
        assert!(lexicon.quantities.len() > 30 && lexicon.counters.get("件").is_some());
        for subject in &lexicon.subjects {
            let of_one_table = |row: &SubjectRow| {
                matches!(row, SubjectRow::Document(_)) == (subject.kind() == QuantityKind::Document)
            };
            assert!(!subject.rows.is_empty() && subject.rows.iter().all(of_one_table));
        }
        let outcomes = lexicon.aspects.iter().filter_map(|aspect| aspect.outcome.as_deref());
        let keys = ["received_new", "received", "handled", "other", "carried_out"];
        for key in keys.into_iter().chain(outcomes) {
            assert!(lexicon.quantity(key).is_some(), "{key}");
        }
    }

    #[test]
    fn a_misspelt_or_unknown_key_is_refused() {
        for (right, wrong) in [
            ("requests.carried_in.*", "requests.carried_inn.*"),
            ("kind = \"intake\"", "kind = \"intakes\""),
            ("challenges.upheld", "challenges.kept"),
            ("columns = [\"research\"]", "columns = [\"researcher\"]"),
            ("informal = true", "formal = true"),
        ] {
            assert!(PHRASES.contains(right), "{right}");
            let error = parse(&PHRASES.replace(right, wrong), WORDS);
            assert!(error.is_err(), "{wrong}");
        }
        for (right, wrong) in [
            ("\nopens_all = ", "\nopens_every = "),
            ("\nup = ", "\nupwards = "),
            ("[\"cases\", ", "[\"case\", "),
            ("[bodies]", "[body]"),
        ] {
            assert!(WORDS.contains(right), "{right}");
            assert!(parse(PHRASES, &WORDS.replace(right, wrong)).is_err(), "{wrong}");
        }
    }

    #[test]
    fn every_sense_has_a_word() {
        let words: WordFile = toml::from_str(WORDS).unwrap();
        // The words of change and those for the year before stand among those of growth.
        assert_eq!(words.words.len(), Word::Neutral as usize);
        assert!(!words.words.contains_key(&Word::Change));
        assert!(words.words.values().all(|phrases| phrases.iter().next().is_some()));
    }

    #[test]
    fn no_phrase_means_two_things() {
        let phrases: PhraseFile = toml::from_str(PHRASES).unwrap();
        let words: WordFile = toml::from_str(WORDS).unwrap();
        let mut seen: BTreeMap<String, Sense> = BTreeMap::new();
        let mut learn = |phrases: &[&str], sense: Sense| {
            for spelling in phrases.iter().flat_map(|phrase| spellings(phrase)) {
                let first = *seen.entry(spelling.clone()).or_insert(sense);
                assert_eq!(first, sense, "{spelling}");
            }
        };
        fn all(words: &Words) -> Vec<&str> {
            words.iter().collect()
        }
        let lexicon = phrases;
        lexicon
            .quantity
            .iter()
            .enumerate()
            .for_each(|(i, q)| learn(&all(&q.phrases), Sense::Quantity(i)));
        lexicon
            .applicant
            .iter()
            .enumerate()
            .for_each(|(i, a)| learn(&all(&a.phrases), Sense::Applicant(i)));
        lexicon
            .subject
            .iter()
            .enumerate()
            .for_each(|(i, s)| learn(&all(&s.phrases), Sense::Subject(i)));
        lexicon
            .aspect
            .iter()
            .enumerate()
            .for_each(|(i, a)| learn(&all(&a.phrases), Sense::Aspect(i)));
        for (word, phrases) in &words.words {
            learn(&all(phrases), Sense::Word(*word));
        }
        for word in words.growth.changes() {
            learn(&[word], Sense::Word(Word::Change));
        }
        for word in words.growth.last_year.iter() {
            learn(&[word], Sense::Word(Word::OtherPeriod));
        }
        // The table of the program holds these and no others.
        let lexicon = Lexicon::get();
        for (spelling, sense) in &seen {
            assert_eq!(lexicon.phrase_at(spelling), Some((spelling.len(), *sense)));
        }
        assert_eq!(lexicon.phrases.len(), seen.len());
    }

    #[test]
    fn every_column_and_row_has_a_phrase() {
        let lexicon = Lexicon::get();
        // No text speaks of the row of the rehearsal.
        for row in RequestRow::ALL.iter().filter(|row| **row != RequestRow::Rehearsed) {
            let named = |cell: &Cell| match cell {
                Cell::Request(own) => own == row,
                // A row that is a whole group is named by the group.
                Cell::Group(group) => {
                    let rows = |edition: &Edition| {
                        edition.form().requests.group_rows(*group).collect::<Vec<_>>()
                    };
                    Edition::ALL.iter().any(|edition| rows(edition) == [*row])
                }
                Cell::Challenge(..) | Cell::Document(..) | Cell::HandlingFee | Cell::FeeNotices => {
                    false
                }
            };
            let readings = lexicon.quantities.iter().flat_map(|quantity| &quantity.readings);
            assert!(readings.flat_map(|sum| &sum.0).any(named), "{row:?}");
        }
        let columns: Vec<_> = lexicon.applicants.iter().flatten().collect();
        for column in RequestColumn::APPLICANTS {
            assert!(columns.contains(&column), "{column:?}");
        }
    }

    #[test]
    fn the_longest_phrase_counts() {
        let lexicon = Lexicon::get();
        let name = |text: &str| match lexicon.phrase_at(text) {
            Some((_, Sense::Quantity(i))) => lexicon.quantities[i].key.clone(),
            other => format!("{other:?}"),
        };
        assert_eq!(name("上年结转政府信息公开申请"), "carried_in");
        assert_eq!(name("结转至下一年度办理"), "carried_out");
        assert_eq!(name("部分公开2件"), "partly_granted");
        assert_eq!(name("不予处理31件"), "not_processed");
        assert_eq!(name("处理31件"), "handled_loosely");
        assert_eq!(lexicon.phrase_at("海东"), None);
    }
}
