//! The wholes that shares name, and shares of which no figure tells the part: 无法提供占答复总数的24.1%.

use super::reader::Reader;
use super::scope::Scope;
use crate::prose::clause::{Context, Counted, meaning};
use crate::prose::lexicon::{Lexicon, QuantityKind, Sense, Word};
use crate::prose::mention::{Mention, NamedShare};
use crate::prose::numeral::Numeral;
use crate::prose::token::{Token, What, tokens};

impl Reader<'_> {
    /// Says of a share how its whole is named, and what its words name where no figure is its part.
    pub(super) fn name_whole(&self, mention: &mut Mention, words: &[Token], of_others: bool) {
        if let Some(share) = &mut mention.share {
            share.whole_is_plain = names_whole_plainly(self.text.printed(), words);
        } else if mention.growth.is_none() && !of_others {
            let explained = self.is_explained(mention.digits.start);
            mention.named_share = self.named_share(words).filter(|_| !explained);
        }
    }

    /// The part and the whole that the words before and behind 占 name, each in the tables of the body: 无法提供占答复总数的24.1%.
    fn named_share(&self, words: &[Token]) -> Option<NamedShare> {
        let share = What::Phrase(Sense::Word(Word::Share));
        let at = words.iter().position(|token| token.what == share).filter(|at| *at > 0)?;
        let own = self.scope == Scope::Own && self.levels.len() == 1;
        let plain = |counted: &Counted| !counted.at_most && !counted.only_hint;
        // 征地类无法提供 are some of them, 不掌握一项 all.
        let named = match words[..at].split_last() {
            Some((last, named)) if !named.is_empty() && self.is_one_of_them(last) => named,
            Some(_) | None => &words[..at],
        };
        let all = own && named.iter().all(|token| !matches!(token.what, What::Other));
        let part = meaning(named, self.context(true)).filter(plain).filter(|_| all)?;
        let whole = self.named_whole(words).filter(plain)?;
        let of_cases = whole.kind == QuantityKind::Proceeding;
        if !of_cases && !names_whole_plainly(self.text.printed(), words) {
            return None;
        }
        Some(NamedShare { part, whole })
    }

    /// True if the words between the name of a part and 占 only say that it is one: 一项便.
    fn is_one_of_them(&self, token: &Token) -> bool {
        let clauses = &Lexicon::get().clauses;
        let said = &self.text.printed()[token.range.clone()];
        let adverb = clauses.before_share.end_of(said).map_or(0, str::len);
        token.what == What::Other && clauses.one_of_them.has(&said[..said.len() - adverb])
    }

    /// The whole that a sentence names at its beginning, of which its figures are parts: 办结申请中，予以公开61件，占28.5%.
    ///
    /// None for a part of a list of the same sentence, which is of what the list is of.
    pub(super) fn whole_of_sentence(&self, part: usize, share: &Numeral) -> Option<Counted> {
        let own = self.mentions[part].sentence;
        let inner = |list: usize| self.mentions[self.lists[list].whole].sentence == own;
        if self.mentions[part].list.is_some_and(inner) {
            return None;
        }
        let before = &self.text.printed()[..share.range.start];
        let said = before.rsplit(['。', '！', '？', '\n']).next()?;
        let (head, rest) = said.split_once(['，', '：'])?;
        let within = Lexicon::get().clauses.within.end_of(head).map_or(0, str::len);
        if within == 0 && !said[head.len()..].starts_with('：') || rest.is_empty() {
            return None;
        }
        let head = &head[..head.len() - within];
        let words = tokens(head);
        let whole = meaning(&words, Context { whole: None, ..self.context(true) })?;
        let all = whole.kind == QuantityKind::Handled && !whole.at_most;
        (all && words.iter().all(|token| is_plain(head, token))).then_some(whole)
    }
}

/// True if the words behind 占 name nothing but a quantity: neither another body nor some of them.
fn names_whole_plainly(text: &str, words: &[Token]) -> bool {
    let share = What::Phrase(Sense::Word(Word::Share));
    let mut behind = words.iter().skip_while(|token| token.what != share).skip(1);
    behind.all(|token| is_plain(text, token))
}

/// True if a token of a text names a quantity, or says nothing of it; what the reading has made of a word besides, as of 法院, is
/// not asked.
fn is_plain(text: &str, token: &Token) -> bool {
    match Lexicon::get().phrase_at(&text[token.range.clone()]) {
        Some((_, Sense::Quantity(_))) => true,
        Some((_, Sense::Word(Word::Filler))) => {
            // 占省政府办结数的: of one body, where the report is of a whole area.
            Lexicon::get().bodies.ends.end_of(&text[token.range.clone()]).is_none()
        }
        Some((_, Sense::Word(word))) => {
            matches!(word, Word::Request | Word::Application | Word::OwnPeriod)
        }
        Some((_, Sense::Applicant(_) | Sense::Subject(_) | Sense::Aspect(_))) | None => false,
    }
}
