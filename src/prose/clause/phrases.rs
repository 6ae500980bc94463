//! [`Phrases`]: the phrases of a clause and the gaps between them.

use crate::prose::lexicon::{Lexicon, QuantityKind, Sense, Word};
use crate::prose::token::{Token, What};

/// The phrases of a clause, with what stands between them.
pub(crate) struct Phrases {
    /// Each phrase with its place among the tokens.
    pub(crate) list: Vec<(usize, Sense)>,
    /// For each token, how many tokens without meaning stand up to it.
    others: Vec<usize>,
}

impl Phrases {
    pub(super) fn of(words: &[Token]) -> Self {
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

    /// True if a word is among them.
    pub(crate) fn has(&self, word: Word) -> bool {
        self.list.iter().any(|(_, sense)| *sense == Sense::Word(word))
    }

    /// True if 结转下年度 is among them.
    pub(super) fn carries_out(&self, lexicon: &Lexicon) -> bool {
        let carries = |sense: &Sense| matches!(sense, Sense::Quantity(q) if lexicon.quantities[*q].kind == QuantityKind::CarriedOut);
        self.list.iter().any(|(_, sense)| carries(sense))
    }

    /// The place of the last of some words.
    pub(crate) fn last_of(&self, words: &[Word]) -> Option<usize> {
        let is = |sense: &Sense| matches!(sense, Sense::Word(word) if words.contains(word));
        self.list.iter().rev().find(|(_, sense)| is(sense)).map(|(i, _)| *i)
    }

    /// True if nothing without meaning, and no thing, stands between a token and the figure.
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

    /// True if nothing among them says anything of what is counted.
    pub(super) fn is_silent(&self) -> bool {
        let silent = |(_, sense): &(usize, Sense)| {
            matches!(sense, Sense::Word(Word::Filler | Word::And | Word::OwnPeriod))
        };
        self.others.last() == Some(&0) && !self.list.is_empty() && self.list.iter().all(silent)
    }

    /// True if nothing without meaning stands in front of a token, from another one on.
    pub(crate) fn is_plain_up_to(&self, token: usize, from: usize) -> bool {
        self.others[token] == self.others[from]
    }

    /// True if nothing but joining words stands between two tokens, 和 or 、 among them.
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
