//! Reading of figures whose words stand behind them, or in another clause.

use super::level::{counts_applicants, is_of_cases};
use super::reader::Reader;
use crate::prose::clause::{Counted, Joined, Term, meaning};
use crate::prose::lexicon::{Lexicon, QuantityKind, Sense, Word};
use crate::prose::mention::{Mention, Unread};
use crate::prose::numeral::Unit;
use crate::prose::token::{Token, What, is_filler, opens};

impl Reader<'_> {
    /// Gives a figure without words of its own the meaning of the words behind it, or else of
    /// the clause before.
    pub(super) fn resolve_pending(&mut self) {
        let level = self.level();
        let Some(pending) = level.pending.take() else { return };
        let behind: Vec<Token> = level.words.clone();
        let of_cases = is_of_cases(self.mentions[pending.mention].unit);
        let figure = pending.mention;
        // The figure itself must not be taken for its own neighbour.
        let neighbour_hidden = self.level().figures.pop();
        let of_money = self.mentions[figure].unit == Unit::Yuan;
        let mut context = self.context_in(of_cases, of_money);
        // 2件邮寄，其中4件予以公开: no part of the two.
        let list = self.levels.last().and_then(|level| level.lists.last());
        let too_large = list.is_some_and(|list| {
            self.mentions[figure].value > self.mentions[self.lists[*list].whole].value
        });
        context.of_unknown &= !too_large;
        let named = behind.iter().any(|token| !is_filler(token));
        let counted = if let Some(flow) =
            self.sum_of_flow(&self.mentions[figure]).filter(|_| !named && of_cases)
        {
            Some(flow)
        } else if named {
            let told = self.counted_behind(figure, &behind, pending.verb, context);
            // 剩余2件依法延期: carried over, as the words before it say.
            let open = self.mentions[figure].is_rest && behind.iter().any(is_put_off);
            told.or_else(|| meaning(&pending.before, context).filter(|_| open))
        } else {
            let opened = pending.before.iter().any(opens) && !pending.before.iter().any(is_reason);
            let of_persons = counts_applicants(self.mentions[figure].unit);
            let before = self.without_rank(&pending.before);
            if opened || of_persons { None } else { meaning(before, context) }
        };
        if let Some(figure) = neighbour_hidden {
            self.level().figures.push(figure);
        }
        let counted = counted.filter(|counted| !self.is_of_either(&self.mentions[figure], counted));
        if self.mentions[figure].of_this_year {
            let mention = &mut self.mentions[figure];
            match mention.unread {
                Some(Unread::Declared(_)) => mention.told = counted,
                Some(Unread::OtherBody | Unread::OtherPeriod) | None => mention.counted = counted,
            }
        }
        if named {
            let end = behind.last().map_or(self.mentions[figure].range.end, |t| t.range.end);
            self.mentions[figure].phrase.end = end;
            self.level().words.clear();
        }
    }

    /// Takes the words of a part off those behind its whole, which end with 中.
    pub(super) fn words_of_part(&mut self, whole: usize) -> Vec<Token> {
        let text = self.text.printed();
        let end = self.mentions[whole].range.end;
        let within = &Lexicon::get().clauses.within;
        let level = self.level();
        let is_end = |token: &Token| {
            let said = text.get(end..token.range.end).unwrap_or_default();
            within.end_of(said).is_some()
        };
        let at = level.words.iter().position(is_end);
        at.map_or(Vec::new(), |at| level.words.split_off(at + 1))
    }

    /// 新收27件，上年结转2件，合计29件: all that there were to handle.
    pub(super) fn sum_of_flow(&self, mention: &Mention) -> Option<Counted> {
        let words = self.text.printed().get(mention.phrase.start..mention.digits.start)?;
        let sums = &Lexicon::get().sums;
        let must = &Lexicon::get().clauses.to_handle;
        let named = words.trim_end_matches(['共', '计', '的']);
        let added = sums.total.end_of(words).is_some() || sums.total_alone.has(words);
        let must = must.end_of(named).is_some();
        // 新收27件，比上年增加6件，上年结转2件，合计29件: a change is none of the two.
        let figures = self.levels.last()?.figures.iter().rev();
        let mut told = figures.filter(|figure| self.mentions[**figure].growth.is_none());
        let counted = |figure: &usize| self.mentions[*figure].counted.as_ref();
        let plain = |counted: &&Counted| counted.applicant.is_empty() && !counted.at_most;
        let carried = told.next().and_then(counted).filter(plain)?;
        let came =
            told.next().and_then(counted).filter(plain).is_some_and(|came| {
                matches!(came.kind, QuantityKind::Intake | QuantityKind::Request)
            });
        // 上年结转2件，两项合计需办理16件: what came in, the sentence before has told.
        let total = carried.kind == QuantityKind::CarriedIn && (must || added && came);
        let all = if added && came { "received_in_all" } else { "to_handle" };
        let all = Lexicon::get().quantity(all).filter(|_| total)?;
        let terms = vec![Term::Quantity(all)];
        Some(Counted { kind: QuantityKind::Intake, terms, joined: Joined::Any, ..carried.clone() })
    }
}

/// True if a word says that something takes longer, or is not finished: 延期, 正在办理.
fn is_put_off(token: &Token) -> bool {
    matches!(token.what, What::Phrase(Sense::Word(Word::Subset | Word::Unfinished)))
}

/// True if a word is an outcome: 无法提供的主要是本机关不掌握，计20件 opens no list.
pub(super) fn is_reason(token: &Token) -> bool {
    match token.what {
        What::Phrase(Sense::Quantity(quantity)) => {
            Lexicon::get().quantities[quantity].kind == QuantityKind::Outcome
        }
        _ => false,
    }
}
