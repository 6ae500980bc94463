//! Reading of whose figures a text gives.

use super::super::bodies::Whose;
use super::super::lexicon::{Sense, Word};
use super::super::token::{Token, What, takes_object};
use super::Reader;

/// Whose figures the text is speaking of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    /// The body's own.
    Own,
    /// Those of one office of the government whose report it is.
    Office,
    /// In this sentence those of the body by name, with or without what is under it.
    Itself,
    /// Those of others, or of more than the body.
    Foreign,
}

impl Reader<'_> {
    /// A figure of 各部门 or 市本级 is not the body's own, nor are those that follow it, until
    /// applications are counted anew.
    pub(super) fn narrow_scope(&mut self, words: &[Token]) {
        let has = |word: Word| words.iter().any(|t| t.what == What::Phrase(Sense::Word(word)));
        let whose = self.bodies.whose(words, self.text.printed());
        if has(Word::Parts) || whose == Some(Whose::Other) {
            self.scope = Scope::Foreign;
        } else if has(Word::Office) && self.government {
            self.scope = Scope::Office;
        } else if whose == Some(Whose::Own) {
            self.scope = Scope::Itself;
        } else if !has(Word::Area) && words.iter().any(takes_object) && has(Word::Request) {
            self.scope = Scope::Own;
        }
    }
}
