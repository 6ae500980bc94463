//! What the words of one clause say that a figure counts.

use super::applications::{applicant_alone, request};
use super::lexicon::{Kind, Lexicon, Sense, Word};
use super::token::{Token, What};
use crate::edition::RequestColumn;

/// What a figure counts.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Counted {
    /// Where it stands in the course of an application, or what else it is.
    pub(crate) kind: Kind,
    /// What is named; several where the clause joins them.
    pub(crate) terms: Vec<Term>,
    /// How several of them go together.
    pub(crate) joined: Joined,
    /// The columns of the kind of applicant; none for all applicants.
    pub(crate) applicant: Vec<RequestColumn>,
    /// Whether a difference may come from another scope and is only worth a look.
    pub(crate) only_hint: bool,
    /// Whether the words for what was handled must be taken at their word.
    pub(crate) strict: bool,
}

/// Something named by a clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Term {
    /// A quantity of the lexicon.
    Quantity(usize),
    /// A proceeding or a class of documents; its total or any column when no aspect is said.
    Subject {
        /// Its place in the lexicon.
        subject: usize,
        /// The place of the aspect in the lexicon.
        aspect: Option<usize>,
    },
    /// Applications, and nothing says at which stage.
    Requests,
}

/// How several things named in one clause go together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Joined {
    /// Any of them may be meant.
    Any,
    /// The figure holds for each of them: 收到和办理, 各.
    All,
    /// The figure is their sum: 予以公开和部分公开.
    Sum,
}

/// What the text was speaking of before this clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Topic {
    /// Nothing that the tables count.
    #[default]
    Unknown,
    /// Applications for information.
    Requests,
    /// A proceeding or a class of documents.
    Subject(usize),
    /// Something that the tables do not count.
    Elsewhere,
}

/// What surrounds a clause.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Context<'a> {
    /// What the text was speaking of.
    pub(crate) topic: Topic,
    /// The whole of the list that the figure may be a part of.
    pub(crate) whole: Option<&'a Counted>,
    /// Whether it may be a part of a figure that counts something else.
    pub(crate) of_unknown: bool,
    /// What the figure before counted.
    pub(crate) neighbour: Option<&'a Counted>,
    /// Whether the unit is one in which cases are counted: 件, 宗, 份, 起, 例.
    pub(crate) of_cases: bool,
    /// Whether the figures are those of an office of the government whose report it is.
    pub(crate) of_office: bool,
}

/// The phrases of a clause, with what stands between them.
pub(crate) struct Phrases {
    /// Each phrase with its place among the tokens.
    pub(crate) list: Vec<(usize, Sense)>,
    /// For each token, how many tokens without meaning stand up to it.
    others: Vec<usize>,
}

impl Phrases {
    fn of(words: &[Token]) -> Self {
        let mut list = Vec::new();
        let mut others = vec![0];
        for (i, token) in words.iter().enumerate() {
            let meaningless = match token.what {
                What::Phrase(sense) => {
                    list.push((i, sense));
                    false
                }
                What::Other => true,
                What::Mark(_) | What::Number(_) => false,
            };
            others.push(others[i] + usize::from(meaningless));
        }
        Self { list, others }
    }

    /// Whether a word is among them.
    pub(crate) fn has(&self, word: Word) -> bool {
        self.list.iter().any(|(_, sense)| *sense == Sense::Word(word))
    }

    /// Whether 结转下年度 is among them.
    fn carries_out(&self, lexicon: &Lexicon) -> bool {
        let carries = |sense: &Sense| matches!(sense, Sense::Quantity(q) if lexicon.quantities[*q].kind == Kind::CarriedOut);
        self.list.iter().any(|(_, sense)| carries(sense))
    }

    /// The place of the last of some words.
    pub(crate) fn last_of(&self, words: &[Word]) -> Option<usize> {
        let is = |sense: &Sense| matches!(sense, Sense::Word(word) if words.contains(word));
        self.list.iter().rev().find(|(_, sense)| is(sense)).map(|(i, _)| *i)
    }

    /// Whether nothing without meaning, and no thing, stands between a token and the figure.
    pub(crate) fn reaches_figure(&self, token: usize) -> bool {
        self.others[self.others.len() - 1] == self.others[token + 1]
            && !self.list.iter().any(|(i, sense)| {
                *i > token
                    && matches!(
                        sense,
                        Sense::Word(
                            Word::Thing
                                | Word::Channel
                                | Word::Elsewhere
                                | Word::OpenEnd
                                | Word::Rate
                                | Word::Finish
                                | Word::Share
                                | Word::Except
                        )
                    )
            })
    }

    /// Whether nothing without meaning stands in front of a token, from another one on.
    pub(crate) fn is_plain_up_to(&self, token: usize, from: usize) -> bool {
        self.others[token] == self.others[from]
    }

    /// Whether nothing but joining words stands between two tokens, 和 or 、 among them.
    pub(crate) fn joins(&self, first: usize, second: usize) -> bool {
        let between: Vec<Sense> = self
            .list
            .iter()
            .filter(|(i, _)| (first + 1..second).contains(i))
            .map(|(_, sense)| *sense)
            .collect();
        self.others[second] == self.others[first + 1]
            && between.contains(&Sense::Word(Word::And))
            && between.iter().all(|sense| {
                matches!(
                    sense,
                    Sense::Word(
                        Word::And
                            | Word::Filler
                            | Word::Request
                            | Word::Application
                            | Word::Case
                            | Word::Because
                    )
                )
            })
    }
}

/// How many tokens a clause may have to be understood; a longer one is no clause.
const LONGEST: usize = 100;

/// What the words before a figure say that it counts; `None` when that is not certain.
pub(crate) fn meaning(words: &[Token], context: Context<'_>) -> Option<Counted> {
    if words.len() > LONGEST {
        return None;
    }
    let lexicon = Lexicon::get();
    let phrases = Phrases::of(words);
    if phrases.has(Word::Change)
        || phrases.has(Word::OtherPeriod)
        || phrases.has(Word::Without)
        || phrases.has(Word::NotReceived)
        || phrases.has(Word::Rate)
        || phrases.has(Word::Partial)
        || phrases.has(Word::Unfinished) && !phrases.carries_out(lexicon)
    {
        return None;
    }
    let mut counted = subject(lexicon, &phrases, context)
        .or_else(|| request(lexicon, &phrases, context))
        .or_else(|| applicant_alone(lexicon, &phrases, context))?;
    if context.of_office {
        counted.only_hint = true;
    }
    if phrases.has(Word::Each) {
        if counted.applicant.len() > 1 {
            return None;
        }
        counted.joined = Joined::All;
    }
    Some(counted)
}

/// Several things for as many figures to follow: 自然人、商业企业分别为.
pub(crate) fn distributed(words: &[Token], context: Context<'_>) -> Vec<Counted> {
    if words.len() > LONGEST {
        return Vec::new();
    }
    let lexicon = Lexicon::get();
    let phrases = Phrases::of(words);
    let Some(end) = phrases.last_of(&[Word::Respectively, Word::OpensAll]) else {
        return Vec::new();
    };
    let named: Vec<usize> = phrases
        .list
        .iter()
        .filter(|(i, sense)| *i < end && !matches!(sense, Sense::Word(_)))
        .map(|(i, _)| *i)
        .collect();
    let joined = named.windows(2).all(|pair| phrases.joins(pair[0], pair[1]));
    if named.len() < 2 || !joined || named.last().is_none_or(|i| !phrases.reaches_figure(*i)) {
        return Vec::new();
    }
    let one = |i: &usize| {
        let words = &words[*i..=*i];
        let phrases = Phrases::of(words);
        subject(lexicon, &phrases, context)
            .or_else(|| request(lexicon, &phrases, context))
            .or_else(|| applicant_alone(lexicon, &phrases, context))
    };
    let all: Vec<Counted> = named.iter().filter_map(one).collect();
    if all.len() == named.len() { all } else { Vec::new() }
}

/// A proceeding or a class of documents.
fn subject(lexicon: &Lexicon, phrases: &Phrases, context: Context<'_>) -> Option<Counted> {
    let subjects: Vec<(usize, usize)> = phrases
        .list
        .iter()
        .filter_map(|(i, sense)| match sense {
            Sense::Subject(subject) => Some((*i, *subject)),
            _ => None,
        })
        .collect();
    let aspects: Vec<(usize, usize)> = phrases
        .list
        .iter()
        .filter_map(|(i, sense)| match sense {
            Sense::Aspect(aspect) => Some((*i, *aspect)),
            _ => None,
        })
        .collect();
    // 复议诉讼共12件 may be their sum, 经复议提起行政诉讼 is one of them.
    if subjects.windows(2).any(|pair| pair[0].0 + 1 == pair[1].0) {
        return None;
    }
    let (kind, terms, joined, last) = match subjects.last() {
        Some((last, subject)) => {
            let kind = lexicon.subjects[*subject].kind;
            let mine = subjects.iter().filter(|(_, s)| lexicon.subjects[*s].kind == kind);
            let mut terms: Vec<usize> = mine.map(|(_, subject)| *subject).collect();
            let run = subjects.windows(2).all(|pair| phrases.joins(pair[0].0, pair[1].0));
            if !run && kind == Kind::Proceeding {
                return None; // 经行政复议后提起行政诉讼1件 are only some of the lawsuits.
            }
            if !run {
                terms = vec![*subject];
            }
            terms.dedup();
            let aspect = aspects.last().filter(|(_, a)| lexicon.aspects[*a].kind == kind);
            let last = aspect.map_or(*last, |(i, _)| (*i).max(*last));
            let term = |subject| Term::Subject { subject, aspect: aspect.map(|(_, a)| *a) };
            (kind, terms.into_iter().map(term).collect::<Vec<_>>(), Joined::Sum, last)
        }
        None => {
            let (last, aspect) = *aspects.last()?;
            let kind = lexicon.aspects[aspect].kind;
            let of_whole = context.whole.filter(|whole| whole.kind == kind);
            let before = of_whole.or(context.neighbour.filter(|counted| counted.kind == kind));
            let subjects: Vec<usize> = match (before, context.topic) {
                (Some(before), _) => before.terms.iter().filter_map(Term::subject).collect(),
                (None, Topic::Subject(subject)) if lexicon.subjects[subject].kind == kind => {
                    vec![subject]
                }
                (None, _) => return None,
            };
            let term = |subject| Term::Subject { subject, aspect: Some(aspect) };
            (kind, subjects.into_iter().map(term).collect(), Joined::Sum, last)
        }
    };
    if !phrases.reaches_figure(last) || phrases.has(Word::Elsewhere) {
        return None;
    }
    let only_hint = match kind {
        Kind::Proceeding => {
            // The office that decides on reconsideration counts cases against others.
            let decides = phrases.list.iter().any(|(_, sense)| match sense {
                Sense::Quantity(q) => {
                    matches!(lexicon.quantities[*q].kind, Kind::Intake | Kind::Handled)
                }
                _ => false,
            });
            let caused = phrases.has(Word::Because) || phrases.has(Word::Request);
            if decides && !caused {
                return None;
            }
            false
        }
        _ => {
            if phrases.has(Word::Thing) || phrases.has(Word::Channel) {
                return None;
            }
            terms.iter().any(|term| match term {
                Term::Subject { aspect: Some(aspect), .. } => lexicon.aspects[*aspect].only_hint,
                _ => true,
            })
        }
    };
    Some(Counted { kind, terms, joined, applicant: Vec::new(), only_hint, strict: false })
}

impl Counted {
    /// Whether it is applications coming in, or at no stage that is said.
    pub(crate) fn is_intake(&self) -> bool {
        matches!(self.kind, Kind::Intake | Kind::Request)
    }
}

impl Term {
    /// The subject, if it is one.
    pub(crate) fn subject(&self) -> Option<usize> {
        match self {
            Self::Subject { subject, .. } => Some(*subject),
            Self::Quantity(_) | Self::Requests => None,
        }
    }
}
