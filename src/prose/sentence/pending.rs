//! Reading of figures whose words stand behind them, or in another clause.

use super::applicants::as_applicants;
use super::figures::names_figure;
use super::level::{counts_applicants, is_of_cases};
use super::reader::Reader;
use crate::prose::clause::{Counted, Term, meaning};
use crate::prose::lexicon::{Lexicon, QuantityKind, Sense};
use crate::prose::mention::Unread;
use crate::prose::numeral::Unit;
use crate::prose::token::{Token, What, is_applicant, is_filler, opens};

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
        let counted = if let Some(flow) = self.sum_of_flow(figure).filter(|_| !named && of_cases) {
            Some(flow)
        } else if named {
            let (name, is_all) = self.name_behind(&behind);
            let words = [pending.verb, name.to_vec()].concat();
            // 对20件规范性文件开展审核: documents of all kinds of bodies.
            let of_all = |counted: &Counted| is_all || counted.kind != QuantityKind::Document;
            let counted = meaning(&words, context).filter(of_all);
            let of_persons = counts_applicants(self.mentions[figure].unit);
            let alone = || behind.iter().all(|word| is_filler(word) || is_applicant(word));
            let counted = match of_persons {
                true => counted.filter(|_| alone()).and_then(as_applicants),
                false => counted,
            };
            counted.map(|counted| Counted { at_most: counted.at_most || !is_all, ..counted })
        } else {
            let opened = pending.before.iter().any(opens) && !pending.before.iter().any(is_reason);
            let of_persons = counts_applicants(self.mentions[figure].unit);
            if opened || of_persons { None } else { meaning(&pending.before, context) }
        };
        if let Some(figure) = neighbour_hidden {
            self.level().figures.push(figure);
        }
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
    pub(super) fn sum_of_flow(&self, figure: usize) -> Option<Counted> {
        let mention = &self.mentions[figure];
        let words = self.text.printed().get(mention.phrase.start..mention.digits.start)?;
        let sums = &Lexicon::get().sums;
        let must = &Lexicon::get().clauses.to_handle;
        let added = sums.total.end_of(words).is_some() || sums.total_alone.has(words);
        let total = added || must.end_of(words).is_some();
        // 新收27件，比上年增加6件，上年结转2件，合计29件: a change is none of the two.
        let figures = self.levels.last()?.figures.iter().rev();
        let mut told = figures.filter(|figure| self.mentions[**figure].growth.is_none());
        let (carried, came) = (told.next()?, told.next()?);
        let counted = |figure: &usize| self.mentions[*figure].counted.as_ref();
        let (came, carried) = (counted(came)?, counted(carried)?);
        let flow = matches!(came.kind, QuantityKind::Intake | QuantityKind::Request)
            && carried.kind == QuantityKind::CarriedIn
            && came.applicant.is_empty()
            && !came.at_most;
        let all = if added { "received_in_all" } else { "to_handle" };
        let all = Lexicon::get().quantity(all).filter(|_| total && flow)?;
        Some(Counted { terms: vec![Term::Quantity(all)], ..came.clone() })
    }

    /// Of the words behind a figure those that name what it counts, and whether they are all there are: of
    /// 4件无法提供的申请逐一复盘 the last ones say what is done with it.
    fn name_behind<'w>(&self, behind: &'w [Token]) -> (&'w [Token], bool) {
        let text = self.text.printed();
        let end = behind.iter().position(|token| {
            let printed = &text[token.range.clone()];
            token.what == What::Other && Lexicon::get().clauses.treated.start_of(printed).is_some()
        });
        match end {
            Some(end) if behind[..end].iter().any(names_figure) => (&behind[..end], false),
            Some(_) | None => (behind, true),
        }
    }
}

/// True if a word is an outcome: 无法提供的主要是本机关不掌握，计20件 opens no list.
fn is_reason(token: &Token) -> bool {
    match token.what {
        What::Phrase(Sense::Quantity(quantity)) => {
            Lexicon::get().quantities[quantity].kind == QuantityKind::Outcome
        }
        _ => false,
    }
}
