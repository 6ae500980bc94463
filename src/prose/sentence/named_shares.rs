//! The wholes that shares name, and shares of which no figure tells the part: 无法提供占答复总数的24.1%.

use super::reader::Reader;
use super::scope::Scope;
use crate::prose::clause::{Counted, meaning};
use crate::prose::lexicon::{Lexicon, QuantityKind, Sense, Word};
use crate::prose::mention::{Mention, NamedShare};
use crate::prose::token::{Token, What};

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
        // 征地类无法提供: some of them.
        let all = own && words[..at].iter().all(|token| !matches!(token.what, What::Other));
        let part = meaning(&words[..at], self.context(true)).filter(plain).filter(|_| all)?;
        let whole = self.named_whole(words).filter(plain)?;
        let of_cases = whole.kind == QuantityKind::Proceeding;
        if !of_cases && !names_whole_plainly(self.text.printed(), words) {
            return None;
        }
        Some(NamedShare { part, whole })
    }
}

/// True if the words behind 占 name nothing but a quantity: neither another body nor some of them.
fn names_whole_plainly(text: &str, words: &[Token]) -> bool {
    let share = What::Phrase(Sense::Word(Word::Share));
    let mut behind = words.iter().skip_while(|token| token.what != share).skip(1);
    // What the reading has made of a word besides, as of 法院, is not asked.
    let plain = |token: &Token| match Lexicon::get().phrase_at(&text[token.range.clone()]) {
        Some((_, Sense::Quantity(_))) => true,
        Some((_, Sense::Word(Word::Filler))) => {
            // 占省政府办结数的: of one body, where the report is of a whole area.
            Lexicon::get().bodies.ends.end_of(&text[token.range.clone()]).is_none()
        }
        Some((_, Sense::Word(word))) => {
            matches!(word, Word::Request | Word::Application | Word::OwnPeriod)
        }
        Some((_, Sense::Applicant(_) | Sense::Subject(_) | Sense::Aspect(_))) | None => false,
    };
    behind.all(plain)
}
