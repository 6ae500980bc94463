//! The phrases by which narratives name figures, read from `data/phrases.toml`.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use toml::de::{DeTable, DeValue};

use crate::edition::{Axis, RequestColumn};

/// Every phrase that means something, and what it means.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    /// What a clause can count by naming it in full.
    pub(crate) quantities: Vec<Quantity>,
    /// What has figures of its own kind: proceedings and documents.
    pub(crate) subjects: Vec<Subject>,
    /// Which figure of a subject is meant.
    pub(crate) aspects: Vec<Aspect>,
    /// Kinds of applicants, each as the columns it takes.
    pub(crate) applicants: Vec<Vec<RequestColumn>>,
    statements: Vec<String>,
    lists: BTreeMap<String, Vec<String>>,
    trie: Trie,
}

/// What a clause can count.
#[derive(Debug, Clone)]
pub(crate) struct Quantity {
    /// Its name in the data file of phrases.
    pub(crate) key: String,
    /// Where it stands in the course of an application.
    pub(crate) kind: Kind,
    /// The code of the rule that judges it.
    pub(crate) rule: String,
    /// The admissible readings: sums of keys of the data file, `*` for the kind of applicant.
    pub(crate) readings: Vec<Vec<String>>,
    /// Readings that others use but the table does not mean.
    pub(crate) loose: Vec<Vec<String>>,
    /// The form's own word, where the phrases are not the form's.
    pub(crate) formal: Option<String>,
}

/// Where a quantity stands in the course of an application, or what else it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
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
#[derive(Debug, Clone)]
pub(crate) struct Subject {
    /// Whether it is a proceeding or a class of documents.
    pub(crate) kind: Kind,
    /// What messages call it.
    pub(crate) name: String,
    /// The rows of the data file that it takes together.
    pub(crate) rows: Vec<String>,
}

/// A column of proceedings or of documents.
#[derive(Debug, Clone)]
pub(crate) struct Aspect {
    /// Whose column it is.
    pub(crate) kind: Kind,
    /// Its key in the data file.
    pub(crate) column: String,
    /// What messages call it.
    pub(crate) name: String,
    /// Whether a difference is only worth a look.
    pub(crate) only_hint: bool,
}

/// What a phrase means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sense {
    /// A quantity, by its place in [`Lexicon::quantities`].
    Quantity(usize),
    /// A kind of applicant, by its place in [`Lexicon::applicants`].
    Applicant(usize),
    /// A subject, by its place in [`Lexicon::subjects`].
    Subject(usize),
    /// An aspect, by its place in [`Lexicon::aspects`].
    Aspect(usize),
    /// Any other word that decides how a figure is read.
    Word(Word),
}

/// Declares [`Word`] from one list, so that keys and variants cannot disagree.
macro_rules! words {
    ($($(#[$doc:meta])* $variant:ident = $key:literal,)*) => {
        /// A word that names no quantity but decides how a figure is read.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Word { $($(#[$doc])* $variant,)* }

        impl Word {
            fn from_key(key: &str) -> Option<Self> {
                match key { $($key => Some(Self::$variant),)* _ => None }
            }
        }
    };
}

words! {
    /// 政府信息公开申请.
    Request = "request",
    /// 申请, of whatever kind.
    Application = "application",
    /// 案件, of whatever kind.
    Case = "case",
    /// Something else, which also owns the figures behind it.
    Elsewhere = "elsewhere",
    /// Something else, which owns only its own figure.
    Thing = "thing",
    /// A way by which applications come in; otherwise a thing.
    Channel = "channel",
    /// 其中.
    Opens = "opens",
    /// 分别为.
    OpensAll = "opens_all",
    /// 主要有.
    OpensSome = "opens_some",
    /// 等.
    OpenEnd = "open_end",
    /// 各.
    Each = "each",
    /// 分别.
    Respectively = "respectively",
    /// 全部.
    Every = "every",
    /// 和.
    And = "and",
    /// 没有.
    Without = "without",
    /// 未收到.
    NotReceived = "not_received",
    /// 增长.
    Change = "change",
    /// 较.
    Compares = "compares",
    /// 上年.
    OtherPeriod = "other_period",
    /// 全年.
    OwnPeriod = "own_period",
    /// 全市.
    Area = "area",
    /// 各级.
    Parts = "parts",
    /// 市本级.
    Office = "office",
    /// 占.
    Share = "share",
    /// 满意率.
    Rate = "rate",
    /// 办结率.
    Finish = "finish",
    /// 延期, 转办: only some of them, or not the body's own.
    Partial = "partial",
    /// 尚未办结: not handled yet.
    Unfinished = "unfinished",
    /// 因政府信息公开引起.
    Because = "because",
    /// What makes a clause no statement of fact.
    Except = "except",
    /// Says nothing.
    Filler = "filler",
    /// Looks like a phrase above and is none.
    Neutral = "neutral",
}

impl Lexicon {
    /// The phrases of the program.
    pub(crate) fn get() -> &'static Self {
        static LEXICON: OnceLock<Lexicon> = OnceLock::new();
        LEXICON.get_or_init(|| Self::parse(include_str!("data/phrases.toml")))
    }

    /// The longest phrase that a text begins with, in bytes, and what it means.
    pub(crate) fn phrase_at(&self, text: &str) -> Option<(usize, Sense)> {
        self.trie.longest(text)
    }

    /// A list of words that one rule alone uses.
    pub(crate) fn list(&self, name: &str) -> &[String] {
        self.lists.get(name).map_or(&[], Vec::as_slice)
    }

    /// Whether a clause that begins so speaks of something new.
    pub(crate) fn begins_statement(&self, clause: &str) -> bool {
        self.statements.iter().any(|verb| clause.starts_with(verb.as_str()))
    }

    /// Reads the phrases; what cannot be read is left out, which a test would notice.
    fn parse(text: &str) -> Self {
        let mut lexicon = Self::default();
        let Ok(file) = DeTable::parse(text) else { return lexicon };
        let file = file.get_ref();
        for table in tables(file, "quantity") {
            let sense = Sense::Quantity(lexicon.quantities.len());
            let Some(kind) = Kind::from_key(string(table, "kind")) else { continue };
            lexicon.quantities.push(Quantity {
                key: string(table, "key").to_owned(),
                kind,
                rule: string(table, "rule").to_owned(),
                readings: sums(table, "readings"),
                loose: sums(table, "loose"),
                formal: table.get("formal").map(|_| string(table, "formal").to_owned()),
            });
            lexicon.learn(table, sense);
        }
        for table in tables(file, "applicant") {
            let sense = Sense::Applicant(lexicon.applicants.len());
            let columns = strings(table, "columns");
            let columns = columns.iter().filter_map(|key| RequestColumn::from_key(key)).collect();
            lexicon.applicants.push(columns);
            lexicon.learn(table, sense);
        }
        for table in tables(file, "subject") {
            let sense = Sense::Subject(lexicon.subjects.len());
            let Some(kind) = Kind::from_key(string(table, "kind")) else { continue };
            let rows = strings(table, "rows").into_iter().map(str::to_owned).collect();
            let name = string(table, "name").to_owned();
            lexicon.subjects.push(Subject { kind, name, rows });
            lexicon.learn(table, sense);
        }
        for table in tables(file, "aspect") {
            let sense = Sense::Aspect(lexicon.aspects.len());
            let Some(kind) = Kind::from_key(string(table, "kind")) else { continue };
            lexicon.aspects.push(Aspect {
                kind,
                column: string(table, "column").to_owned(),
                name: string(table, "name").to_owned(),
                only_hint: table.contains_key("only_hint"),
            });
            lexicon.learn(table, sense);
        }
        if let Some(words) = file.get("words").and_then(|words| words.get_ref().as_table()) {
            let statements = strings(words, "statement");
            lexicon.statements = statements.into_iter().map(str::to_owned).collect();
            for (key, _) in words {
                let Some(word) = Word::from_key(key.get_ref()) else { continue };
                for phrase in strings(words, key.get_ref()) {
                    lexicon.trie.insert_all(phrase, Sense::Word(word));
                }
            }
        }
        if let Some(lists) = file.get("lists").and_then(|lists| lists.get_ref().as_table()) {
            for (name, _) in lists {
                let words = strings(lists, name.get_ref()).into_iter().map(str::to_owned);
                lexicon.lists.insert(name.get_ref().to_string(), words.collect());
            }
        }
        lexicon
    }

    fn learn(&mut self, table: &DeTable<'_>, sense: Sense) {
        for phrase in strings(table, "phrases") {
            self.trie.insert_all(phrase, sense);
        }
    }
}

impl Kind {
    fn from_key(key: &str) -> Option<Self> {
        Some(match key {
            "intake" => Self::Intake,
            "carried_in" => Self::CarriedIn,
            "carried_out" => Self::CarriedOut,
            "handled" => Self::Handled,
            "outcome" => Self::Outcome,
            "rest" => Self::Rest,
            "proceeding" => Self::Proceeding,
            "document" => Self::Document,
            "fee" => Self::Fee,
            _ => return None,
        })
    }
}

fn tables<'a>(file: &'a DeTable<'_>, key: &str) -> Vec<&'a DeTable<'a>> {
    let list = file.get(key).and_then(|list| list.get_ref().as_array());
    list.into_iter().flatten().filter_map(|table| table.get_ref().as_table()).collect()
}

fn string<'a>(table: &'a DeTable<'_>, key: &str) -> &'a str {
    table.get(key).and_then(|value| value.get_ref().as_str()).unwrap_or_default()
}

fn strings<'a>(table: &'a DeTable<'_>, key: &str) -> Vec<&'a str> {
    let list = table.get(key).and_then(|list| list.get_ref().as_array());
    list.into_iter().flatten().filter_map(|value| DeValue::as_str(value.get_ref())).collect()
}

/// Sums of keys: `["a + b"]` is one sum of two.
fn sums(table: &DeTable<'_>, key: &str) -> Vec<Vec<String>> {
    let keys = |sum: &str| sum.split('+').map(|key| key.trim().to_owned()).collect();
    strings(table, key).into_iter().map(keys).collect()
}

/// A tree of characters in which the longest phrase at a place is found.
#[derive(Debug)]
struct Trie {
    nodes: Vec<(BTreeMap<char, usize>, Option<Sense>)>,
}

impl Default for Trie {
    fn default() -> Self {
        Self { nodes: vec![(BTreeMap::new(), None)] }
    }
}

impl Trie {
    /// Adds every spelling of a pattern; a spelling that is there keeps its first sense.
    fn insert_all(&mut self, pattern: &str, sense: Sense) {
        for spelling in spellings(pattern) {
            let mut here = 0;
            for c in spelling.chars() {
                here = match self.nodes[here].0.get(&c) {
                    Some(next) => *next,
                    None => {
                        self.nodes.push((BTreeMap::new(), None));
                        let next = self.nodes.len() - 1;
                        self.nodes[here].0.insert(c, next);
                        next
                    }
                };
            }
            if here != 0 {
                self.nodes[here].1.get_or_insert(sense);
            }
        }
    }

    fn longest(&self, text: &str) -> Option<(usize, Sense)> {
        let mut here = 0;
        let mut found = None;
        for (i, c) in text.char_indices() {
            let Some(next) = self.nodes[here].0.get(&c) else { break };
            here = *next;
            found = self.nodes[here].1.map(|sense| (i + c.len_utf8(), sense)).or(found);
        }
        found
    }
}

/// All spellings of a pattern such as `(部分|)公开`.
fn spellings(pattern: &str) -> Vec<String> {
    let mut spellings = vec![String::new()];
    let mut rest = pattern;
    while !rest.is_empty() {
        let (plain, behind) = rest.split_once('(').unwrap_or((rest, ""));
        for spelling in &mut spellings {
            spelling.push_str(plain);
        }
        let Some((choices, behind)) = behind.split_once(')') else { break };
        spellings = spellings
            .iter()
            .flat_map(|start| choices.split('|').map(move |choice| format!("{start}{choice}")))
            .collect();
        rest = behind;
    }
    spellings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_phrases_can_be_read_to_the_last() {
        let text = include_str!("data/phrases.toml");
        let file = DeTable::parse(text).unwrap();
        let lexicon = Lexicon::get();
        assert_eq!(lexicon.quantities.len(), tables(file.get_ref(), "quantity").len());
        assert_eq!(lexicon.subjects.len(), tables(file.get_ref(), "subject").len());
        assert_eq!(lexicon.aspects.len(), tables(file.get_ref(), "aspect").len());
        let words = file.get_ref().get("words").unwrap().get_ref().as_table().unwrap();
        for (key, _) in words.iter().filter(|(key, _)| key.get_ref() != "statement") {
            assert!(Word::from_key(key.get_ref()).is_some(), "{}", key.get_ref());
        }
        for quantity in &lexicon.quantities {
            assert!(quantity.rule.starts_with("NB6"), "{quantity:?}");
        }
    }

    #[test]
    fn no_phrase_means_two_things() {
        let file = DeTable::parse(include_str!("data/phrases.toml")).unwrap();
        let file = file.get_ref();
        let mut seen: BTreeMap<String, String> = BTreeMap::new();
        let mut learn = |pattern: &str, meaning: String| {
            for spelling in spellings(pattern) {
                let first = seen.entry(spelling.clone()).or_insert_with(|| meaning.clone());
                assert_eq!(*first, meaning, "{spelling}");
            }
        };
        for kind in ["quantity", "applicant", "subject", "aspect"] {
            for (i, table) in tables(file, kind).into_iter().enumerate() {
                strings(table, "phrases").into_iter().for_each(|p| learn(p, format!("{kind} {i}")));
            }
        }
        let words = file.get("words").unwrap().get_ref().as_table().unwrap();
        for (key, _) in words.iter().filter(|(key, _)| key.get_ref() != "statement") {
            strings(words, key.get_ref())
                .into_iter()
                .for_each(|p| learn(p, key.get_ref().to_string()));
        }
    }

    #[test]
    fn every_list_that_a_rule_asks_for_is_there() {
        for name in [
            "channels",
            "corrected",
            "empty",
            "itself",
            "no_fee_notice",
            "nobody",
            "nothing_to_report",
            "reasons_for_other",
        ] {
            assert!(!Lexicon::get().list(name).is_empty(), "{name}");
        }
        assert_eq!(Lexicon::get().lists.len(), 8);
    }

    #[test]
    fn every_column_and_row_has_a_phrase() {
        let lexicon = Lexicon::get();
        for row in crate::edition::RequestRow::ALL {
            let key = format!("requests.{}.*", row.key());
            // The row that is a whole group is named by the group.
            let group = key.replace("requests.outcome.", "requests.groups.");
            let named = |q: &Quantity| {
                q.readings.iter().flatten().any(|reading| *reading == key || *reading == group)
            };
            assert!(lexicon.quantities.iter().any(named), "{key}");
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

    #[test]
    fn a_pattern_stands_for_its_spellings() {
        assert_eq!(
            spellings("(甲|乙|)丙(丁|)"),
            ["甲丙丁", "甲丙", "乙丙丁", "乙丙", "丙丁", "丙"]
        );
    }
}
