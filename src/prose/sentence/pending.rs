//! Reading of figures whose words stand behind them, or in another clause.

use super::level::{counts_applicants, is_of_cases};
use super::narrowing::is_made_into;
use super::reader::Reader;
use crate::prose::bare::is_span;
use crate::prose::clause::{Counted, TextPart, meaning};
use crate::prose::lexicon::{Lexicon, QuantityKind, Sense, Word};
use crate::prose::mention::{Mention, Unread};
use crate::prose::numeral::Unit;
use crate::prose::token::{Token, What, is_applicant, is_filler, opens};

impl Reader<'_> {
    /// Gives a figure without words of its own the meaning of the words behind it, or else of
    /// the clause before.
    pub(super) fn resolve_pending(&mut self) {
        let level = self.level();
        let Some(pending) = level.pending.take() else { return };
        // 7件行政复议无一被纠正: the denial is a claim of its own.
        let denied = level.words.iter().position(is_denial).filter(|at| *at > 0);
        let denial = denied.map_or(Vec::new(), |at| level.words.split_off(at));
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
        let counted = counted.and_then(|counted| self.unless_other(figure, counted));
        if self.mentions[figure].of_this_year {
            let mention = &mut self.mentions[figure];
            match mention.unread {
                Some(Unread::Declared(_)) => mention.told = counted,
                Some(Unread::OtherBody | Unread::OtherPeriod) | None => mention.counted = counted,
            }
        }
        self.leave_list_of_another_outcome(figure);
        if named {
            let end = behind.last().map_or(self.mentions[figure].range.end, |t| t.range.end);
            self.mentions[figure].phrase.end = end;
            self.level().words.clear();
        }
        self.level().words.extend(denial);
    }

    /// The meaning of a figure by words in another place, unless it counts something else; of one told before an upper bound.
    fn unless_other(&self, figure: usize, counted: Counted) -> Option<Counted> {
        let (text, told) = (self.text.printed(), &self.mentions[figure]);
        // 目录48项，3项为依申请公开事项: no applications.
        let loose = !is_of_cases(told.unit) && self.part != TextPart::Requests;
        let other = self.is_of_either(told, &counted)
            || self.is_flow_of_some(figure, &counted)
            || is_span(text, &told.digits)
            || is_made_into(text, told)
            || self.is_withdrawn(told, &counted)
            || self.is_of_other_applicants(told, &counted)
            || counted.kind == QuantityKind::Request && loose;
        let at_most = counted.at_most || self.is_told_again(figure) || self.is_sampled(figure);
        (!other).then_some(Counted { at_most, ..counted })
    }

    /// True if a sentence tells of a sample before a figure: 全年抽查120份，规范的114份，其余6份退回重新制作.
    fn is_sampled(&self, figure: usize) -> bool {
        const REACH: usize = 200;
        let (text, told) = (self.text.printed(), &self.mentions[figure]);
        let from = text.floor_char_boundary(told.digits.start.saturating_sub(REACH));
        let said = text[from..told.digits.start].rsplit(['。', '\n']).next().unwrap_or_default();
        Lexicon::get().clauses.sampled.are_in(said)
    }

    /// True if something is said of all that a figure counts, and it is the figure before it once more: 不同意公开2件，2件均不予公开.
    fn is_told_again(&self, figure: usize) -> bool {
        let (text, told) = (self.text.printed(), &self.mentions[figure]);
        let before = figure.checked_sub(1).map(|before| &self.mentions[before]);
        before.is_some_and(|before| {
            let between = text.get(before.range.end..told.digits.start);
            let beside = matches!(between, Some("，" | "；" | "、"));
            beside
                && told.value == before.value
                && told.same_unit(before)
                && told.is_said_of_all(text)
        })
    }

    /// The word behind a pending figure that names the next one: 21件申请已办结20件, 其余31件来自商业企业11件.
    pub(super) fn words_of_next(&mut self) -> Option<Token> {
        let pending = self.level().pending.as_ref().map(|pending| pending.mention);
        let of_cases = pending.is_some_and(|figure| is_of_cases(self.mentions[figure].unit));
        let level = self.level();
        if level.words.last().is_some_and(is_applicant) {
            level.pending = None;
        }
        let pends = of_cases && level.words.len() > 1;
        level.words.pop_if(|last| pends && is_handled(last))
    }

    /// True if a figure in brackets is that of the beginning of the year, and no part: 年末现行有效29件（年初31件）.
    pub(super) fn is_of_beginning(&self, words: &[Token], mention: &Mention) -> bool {
        let from = words.first().map_or(mention.digits.start, |word| word.range.start);
        let said = self.text.printed().get(from..mention.digits.start).unwrap_or_default();
        self.levels.len() > 1 && Lexicon::get().growth.last_state.are_in(said)
    }

    /// 9件不动产资料类申请中，4件告知其到登记中心办理: of those nine, and no figure of all.
    fn is_flow_of_some(&self, figure: usize, counted: &Counted) -> bool {
        let flow = matches!(counted.kind, QuantityKind::Intake | QuantityKind::Handled);
        // 另有1件为12月24日收到: those of one day.
        if flow && self.is_of_one_day(figure) {
            return true;
        }
        let opened = || self.lists.last().filter(|list| list.whole + 1 == figure);
        let list = self.mentions[figure].list.map(|list| &self.lists[list]).or_else(opened);
        let whole = list.map(|list| &self.mentions[list.whole]);
        // 已办结的8件中有3件在第18个工作日以后才答复: some of those that were answered.
        let of_same = whole.is_some_and(|whole| {
            let told = whole.counted.as_ref().map(|whole| whole.kind);
            told == Some(QuantityKind::Handled) && counted.kind == QuantityKind::Handled
        });
        flow && counted.applicant.is_empty()
            && (of_same
                || whole.is_some_and(|whole| {
                    is_of_cases(whole.unit)
                        && whole.counted.as_ref().is_none_or(|whole| whole.at_most)
                }))
    }

    /// True if the words behind a figure up to the next mark name a day.
    fn is_of_one_day(&self, figure: usize) -> bool {
        const REACH: usize = 16;
        let behind = self.text.printed()[self.mentions[figure].range.end..].chars().take(REACH);
        let said: String = behind.take_while(|c| !matches!(c, '，' | '；' | '。' | '、')).collect();
        let is_day = |at: usize| said[..at].ends_with(|c: char| c.is_ascii_digit());
        said.match_indices(['日', '月']).any(|(at, _)| is_day(at))
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
}

/// True if a word says that there was none.
fn is_denial(token: &Token) -> bool {
    token.what == What::Phrase(Sense::Word(Word::Without))
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

/// True if a word says that applications were dealt with.
fn is_handled(token: &Token) -> bool {
    match token.what {
        What::Phrase(Sense::Quantity(quantity)) => {
            Lexicon::get().quantities[quantity].kind == QuantityKind::Handled
        }
        What::Phrase(_) | What::Number(_) | What::Mark(_) | What::Other => false,
    }
}
