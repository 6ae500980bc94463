//! Reading of figures: what each counts, whose it is, and what a clause says without one.

use super::level::{Pending, counts_applicants, is_countable, is_of_cases};
use super::reader::{REMEMBERED, Reader};
use super::scope::Scope;
use crate::edition::DisclosureColumn;
use crate::prose::clause::{
    Claim, Claimed, Context, Counted, Joined, Term, TextPart, Topic, distributed, meaning,
};
use crate::prose::lexicon::{AspectColumn, Lexicon, QuantityKind, Sense, Word};
use crate::prose::list::Opening;
use crate::prose::mention::{Mention, Others, Unread};
use crate::prose::numeral::{Numeral, Unit};
use crate::prose::token::{
    Token, What, changes, is_applicant, is_colourless, is_document_act, is_filler, is_rest,
    takes_object,
};

impl Reader<'_> {
    /// A new mention with everything that does not depend on its meaning.
    pub(super) fn mention(&mut self, token: &Token, numeral: &Numeral) -> Mention {
        let bounds = self.text.bound();
        while bounds.get(self.next_bound).is_some_and(|b| b.printed.end <= numeral.range.start) {
            self.next_bound += 1;
        }
        let bound =
            bounds.get(self.next_bound).is_some_and(|b| b.printed.start < numeral.digits.end);
        let start = self.level().words.first().map_or(token.range.start, |word| word.range.start);
        Mention {
            range: numeral.range.clone(),
            digits: numeral.digits.clone(),
            phrase: start..numeral.range.end,
            value: numeral.value,
            places: numeral.places,
            step: numeral.step,
            unit: numeral.unit,
            exactness: numeral.exactness,
            unread: (!self.of_this_year).then_some(Unread::OtherPeriod),
            owner: None,
            told: None,
            of_others: None,
            bound,
            counted: None,
            of_this_year: self.of_this_year,
            list: None,
            sum: None,
            open_end: false,
            is_rest: false,
            share: None,
            named_share: None,
            growth: None,
            sentence: self.sentence,
        }
    }

    pub(super) fn context(&self, of_cases: bool) -> Context<'_> {
        let level = self.levels.last();
        let list = level.and_then(|level| level.lists.last());
        let whole = list.and_then(|list| self.mentions[self.lists[*list].whole].counted.as_ref());
        let neighbour = level
            .and_then(|level| level.figures.last())
            .and_then(|figure| self.mentions[*figure].counted.as_ref());
        Context {
            topic: self.topic,
            behind_other: level.is_some_and(|level| level.behind_other),
            whole,
            of_pair: list.is_some_and(|list| self.lists[*list].ambiguous),
            of_unknown: list.is_some() && whole.is_none(),
            is_full: list.is_some_and(|list| self.lists[*list].is_full(&self.mentions)),
            neighbour,
            cases: self.cases_before().filter(|_| neighbour.is_none()),
            of_cases,
            part: self.part,
            past_semicolon: level.is_some_and(|level| level.semicolon),
            of_money: false,
            is_first_amount: level.is_some_and(|level| {
                level.figures.iter().all(|figure| counts_applicants(self.mentions[*figure].unit))
            }),
            is_first: level.is_some_and(|level| level.figures.is_empty()),
            fee_told: self.fee_told,
            decides_cases: self.decides_cases,
            is_small: self.is_small,
        }
    }

    /// The last cases that the sentence tells without what became of them, if they are not all: 直接起诉7件，维持4件、纠正1件; but not
    /// 诉讼11件，直接起诉7件，复议后起诉4件，维持8件.
    fn cases_before(&self) -> Option<&Counted> {
        let figures = &self.levels.last()?.figures;
        let counted = |figure: usize| self.mentions[figure].counted.as_ref();
        let is_plain = |figure: &usize| {
            let plain = |term: &Term| matches!(term, Term::Subject { aspect: None, .. });
            let of_cases = |counted: &Counted| {
                counted.kind == QuantityKind::Proceeding && counted.terms.iter().all(plain)
            };
            counted(*figure).is_some_and(of_cases)
        };
        let last = figures.iter().rposition(|figure| counted(*figure).is_some())?;
        let side_by_side = figures[..=last].iter().rev().take_while(|figure| is_plain(figure));
        let values: Vec<_> = side_by_side.map(|figure| self.mentions[*figure].value).collect();
        let (all, parts) = values.split_last()?;
        let told: rust_decimal::Decimal = parts.iter().sum();
        let is_all = parts.len() > 1 && told == *all;
        counted(figures[last]).filter(|_| is_plain(&figures[last]) && !is_all)
    }

    /// The surroundings of a figure, in money or not.
    pub(super) fn context_in(&self, of_cases: bool, of_money: bool) -> Context<'_> {
        Context { of_money, ..self.context(of_cases) }
    }

    pub(super) fn figure(&mut self, token: &Token, numeral: &Numeral) {
        let whole = self.whole_before_figure();
        // 12件中予以公开5件: what stands behind 中 names the part.
        let of_part = whole.map_or(Vec::new(), |whole| self.words_of_part(whole));
        let of_next = self.words_of_next();
        self.resolve_pending();
        self.level().words.extend(of_next);
        if let Some(whole) = whole {
            self.open_list_of(whole, Opening::Plain);
            let level = self.level();
            if level.words.is_empty() && !of_part.is_empty() {
                level.words = of_part;
            }
        }
        self.scope_of_clause = None;
        let mut mention = self.mention(token, numeral);
        self.read_growth(&mut mention);
        let level = self.level();
        let words = std::mem::take(&mut level.words);
        let before = std::mem::take(&mut level.before);
        let text = self.text.printed();
        let is_of_other_year = |token: &Token| {
            let now = Lexicon::get().clauses.as_of_now.has(&text[token.range.clone()]);
            changes(token) && !self.is_new_thing(token, &words)
                || token.what == What::Phrase(Sense::Word(Word::OtherPeriod)) && !now
        };
        let is_new = words.iter().any(|token| self.is_new_thing(token, &words));
        mention.of_this_year &=
            !words.iter().any(is_of_other_year) && !self.is_beside_past(mention.digits.start);
        mention.of_this_year &= !self.is_of_beginning(&words, &mention);
        mention.is_rest = words.iter().any(is_rest);
        self.narrow_scope(&words);
        let words = self.bodies.without_own(&words, self.text.printed());
        if let Some(counted) = self.told_of_last_year(&words, &before, numeral) {
            let what = Claimed::LastYear(self.mentions.len(), counted);
            self.claims.push(Claim { range: mention.phrase.clone(), what });
        }
        mention.of_others = match self.scope {
            Scope::Own => None,
            Scope::Foreign => Some(Others::Foreign),
            Scope::Office | Scope::Itself => Some(Others::Office),
        };
        mention.counted = self.open_at_year_end(&mention);
        let told = mention.counted.is_some();
        let pending = if told { None } else { self.read_meaning(&mut mention, &words, before) };
        if is_new {
            mention.counted = None;
        }
        self.narrow_meaning(&mut mention);
        let turned = self.turn(&mut mention, &words);
        let left_out = self.is_left_out(&mention);
        self.own_figure(&mut mention, &words, left_out);
        let pending = pending.filter(|_| !self.as_of_now && !left_out && !turned);
        // 目前继续有效的规范性文件21件.
        if self.as_of_now && !mention.counted.as_ref().is_some_and(is_in_force) {
            mention.counted = None;
            mention.unread = mention.unread.or(Some(Unread::OtherPeriod));
        }
        self.keep(mention, &words, pending);
    }

    /// Gives the second of two figures the meaning that the first would have, and says so: 有效的规范性文件由上年末的55件降为53件.
    fn turn(&mut self, mention: &mut Mention, words: &[Token]) -> bool {
        const LONGEST: usize = 8;
        let index = self.mentions.len();
        if let Some((before, counted)) = self.turned.take()
            && before + 1 == index
            && mention.counted.is_none()
        {
            mention.counted = Some(counted);
            mention.of_this_year = true;
            mention.unread = None;
            return true;
        }
        let (text, growth) = (self.text.printed(), &Lexicon::get().growth);
        let starts = |token: &Token| {
            growth.base_from.iter().any(|word| text[token.range.clone()].ends_with(word))
        };
        let Some(from) = words.iter().rposition(starts) else { return false };
        let behind = &text[mention.range.end..];
        let end = behind.find(|c: char| c.is_ascii_digit()).unwrap_or(0);
        let verb = &behind[..end];
        let turns = growth.base_to.end_of(verb).is_some() && verb.chars().count() <= LONGEST;
        if turns && is_countable(mention.unit) {
            let context = self.context_in(is_of_cases(mention.unit), false);
            let counted = meaning(&words[..from], context).filter(|counted| !counted.at_most);
            self.turned = counted.map(|counted| (index, counted));
        }
        false
    }

    /// Gives a figure its meaning, where the words before it say it; if not, what is left to be asked of those behind.
    fn read_meaning(
        &mut self,
        mention: &mut Mention,
        words: &[Token],
        before: Vec<Token>,
    ) -> Option<Pending> {
        let index = self.mentions.len();
        let waiting = std::mem::take(&mut self.level().waiting);
        if counts_applicants(mention.unit) && self.topic == Topic::Requests {
            self.level().waiting = waiting;
            return self.read_applicants(mention, words);
        }
        if !is_countable(mention.unit) {
            self.level().waiting = waiting;
            return None;
        }
        let says_nothing = words.iter().all(is_filler);
        if let Some((next, rest)) = waiting.split_first().filter(|_| says_nothing) {
            mention.counted = Some(next.clone());
            self.level().waiting = rest.to_vec();
            return None;
        }
        if says_nothing {
            return self.read_silent(mention, words, before);
        }
        let (of_cases, of_money) = (is_of_cases(mention.unit), mention.unit == Unit::Yuan);
        mention.counted = self.sum_of_flow(mention).filter(|_| of_cases && !of_money);
        if mention.counted.is_some() {
            return None;
        }
        let context = self.context_in(of_cases, of_money);
        let told = distributed(words, context, self.n_in_row(mention));
        let told = if told.is_empty() { self.distributed_before(words) } else { told };
        mention.counted = match told.first() {
            Some(first) => Some(first.clone()),
            None => meaning(words, context).or_else(|| self.decision_beside(words, mention.unit)),
        };
        let names_only = |token: &Token| {
            token.range.start == mention.phrase.start
                && matches!(token.what, What::Phrase(Sense::Subject(_)))
        };
        if words.first().is_some_and(names_only) {
            self.share_aspect(mention);
        }
        self.level().waiting = told.into_iter().skip(1).collect();
        // 上年未收到商业企业申请，本年收到2件: those of the same kind, perhaps.
        let of_kind = before.iter().any(is_applicant) && is_plain_flow(mention.counted.as_ref());
        if of_kind || self.may_be_of_applicant(mention) {
            mention.counted = None;
        }
        let named_behind = self.leaves_case_to_words_behind(mention, words);
        let verb = words.iter().any(|word| takes_object(word) || is_document_act(word));
        // 复议案件中有3件被纠正: what became of them stands behind.
        let some = self.part == TextPart::Problems
            && words.iter().any(|t| t.what == What::Phrase(Sense::Word(Word::Subset)));
        let verb = verb || some || named_behind;
        let asks = mention.counted.is_none() && (verb || words.iter().all(is_colourless));
        let verb = if verb { words.to_vec() } else { Vec::new() };
        asks.then(|| Pending { mention: index, before: Vec::new(), verb })
    }

    /// True if a figure that would be of applications dealt with is told by what they were about: 属于账户查询、另行引导办理的1件.
    pub(super) fn tells_reason(&self, mention: &Mention) -> bool {
        let handled = mention.counted.as_ref().is_some_and(|c| c.kind == QuantityKind::Handled);
        let said = self.text.printed().get(mention.phrase.start..).unwrap_or_default();
        handled && Lexicon::get().clauses.belongs.start_of(said).is_some()
    }

    /// Takes a meaning back where the words before a figure say what became of cases, and those behind it of which kind they
    /// are, and says so: 被纠正的3件诉讼案件.
    fn leaves_case_to_words_behind(&self, mention: &mut Mention, words: &[Token]) -> bool {
        let of_cases = |counted: &Counted| counted.kind == QuantityKind::Proceeding;
        let names = |token: &Token| matches!(token.what, What::Phrase(Sense::Subject(_)));
        let behind = self.text.printed().get(mention.range.end..).unwrap_or_default();
        let named = Lexicon::get().clauses.case_kinds.start_of(behind).is_some();
        let leaves = named && mention.counted.as_ref().is_some_and(of_cases);
        let leaves = leaves && !words.iter().any(names);
        if leaves {
            mention.counted = None;
        }
        leaves
    }

    /// 其中自然人申请137件，办结134件: of those 137, perhaps.
    fn may_be_of_applicant(&self, mention: &Mention) -> bool {
        let handled = mention.counted.as_ref().is_some_and(|c| c.kind == QuantityKind::Handled);
        let level = self.levels.last().filter(|level| handled && !level.semicolon);
        let before = level.and_then(|level| level.figures.last()).map(|i| &self.mentions[*i]);
        is_plain_flow(mention.counted.as_ref())
            && before.is_some_and(|before| {
                before.counted.as_ref().is_some_and(|counted| !counted.applicant.is_empty())
                    && mention.value <= before.value
            })
    }

    /// Gives an amount the meaning of the fee told before; of any other figure whose own words say nothing, those behind it
    /// are asked, or the clause before.
    fn read_silent(
        &self,
        mention: &mut Mention,
        words: &[Token],
        before: Vec<Token>,
    ) -> Option<Pending> {
        mention.counted = self.fee_before(mention).or_else(|| self.fee_beside(mention));
        if mention.counted.is_none() && is_of_cases(mention.unit) {
            // 上年结转2件，共计19件待办.
            mention.counted = self.sum_of_flow(mention);
        }
        if mention.counted.is_none() && mention.unit == Unit::Yuan {
            // 未收取信息处理费，收取金额为0元.
            mention.counted = meaning(words, self.context_in(true, true));
        }
        let before = [before, words.to_vec()].concat();
        let index = self.mentions.len();
        mention.counted.is_none().then(|| Pending { mention: index, before, verb: Vec::new() })
    }

    /// 收取信息处理费2件、380元: what was taken in those cases.
    fn fee_beside(&self, mention: &Mention) -> Option<Counted> {
        let lexicon = Lexicon::get();
        let last = self.levels.last()?.figures.last().map(|last| &self.mentions[*last])?;
        let between = self.text.printed().get(last.range.end..mention.digits.start)?;
        let notices = lexicon.quantity("fee_notices").map(Term::Quantity);
        let counted = last.counted.as_ref().filter(|_| last.list.is_none())?;
        let beside = counted.terms.first().copied() == notices && matches!(between, "、" | "，");
        let fee = lexicon.quantity("handling_fee").filter(|_| beside)?;
        (mention.unit == Unit::Yuan).then(|| Counted {
            terms: vec![Term::Quantity(fee)],
            at_most: false,
            ..counted.clone()
        })
    }

    /// 向6件申请收取信息处理费，共1420元: the fee that the clause before names last.
    fn fee_before(&self, mention: &Mention) -> Option<Counted> {
        const TAKEN: &str = "收取信息处理费";
        let last = *self.levels.last()?.figures.last()?;
        let said = self.text.printed().get(self.mentions[last].range.end..mention.digits.start)?;
        let (named, _) = said.split_once('，').filter(|(_, own)| !own.contains(['，', '；']))?;
        let lexicon = Lexicon::get();
        let fee = lexicon.quantity("handling_fee")?;
        // 其中对3件申请收取信息处理费，共600元: of some of them.
        let of_all = self.mentions[last].list.is_none();
        let told = self.fee_told && named.ends_with(TAKEN) && mention.unit == Unit::Yuan && of_all;
        told.then(|| Counted {
            kind: QuantityKind::Fee,
            terms: vec![Term::Quantity(fee)],
            joined: Joined::Any,
            applicant: Vec::new(),
            only_hint: false,
            strict: false,
            at_most: false,
        })
    }

    /// 制定规章3部、规范性文件21件: what was done with the first was done with the second, of which only its name is told.
    fn share_aspect(&self, mention: &mut Mention) {
        let beside = self.text.printed()[..mention.phrase.start].ends_with('、');
        let Some(before) = self.context(true).neighbour.filter(|_| beside) else { return };
        let Some(counted) = mention.counted.as_mut() else { return };
        let [Term::Subject { aspect: Some(done), .. }] = before.terms.as_slice() else { return };
        let documents = |counted: &Counted| counted.kind == QuantityKind::Document;
        if let [Term::Subject { aspect: aspect @ None, .. }] = counted.terms.as_mut_slice()
            && documents(before)
            && mention.unit != Unit::Yuan
        {
            *aspect = Some(*done);
            counted.only_hint = before.only_hint;
        }
    }

    /// Keeps a figure with those read, as a part of the list that is open.
    fn keep(&mut self, mention: Mention, words: &[Token], pending: Option<Pending>) {
        let index = self.mentions.len();
        let in_this_year = mention.of_this_year;
        self.mentions.push(mention);
        self.handle_with_carried(index);
        if in_this_year {
            self.join_list(index, words);
        }
        self.part_carried_in(index);
        self.part_of_handled(index);
        self.has_foreign |= self.scope == Scope::Foreign;
        if matches!(self.scope, Scope::Office | Scope::Itself) {
            self.of_office.push(index);
            if self.mentions[index].list.is_some() {
                // 其中县政府办公室受理30件: a part, and nothing in the tables is that part.
                self.mentions[index].counted = None;
            }
        }
        let figure = &self.mentions[index];
        let counts = is_of_cases(figure.unit) && figure.growth.is_none();
        let text = self.text.printed();
        let documents = &Lexicon::get().clauses.other_documents;
        let names_other = words.iter().any(|t| documents.has(&text[t.range.clone()]));
        let behind_other = counts && figure.counted.is_none() && names_other;
        let level = self.level();
        level.behind_other = behind_other;
        level.pending = pending;
        level.behind_figure = true;
        level.just_opened = false;
        level.has_figure = true;
        if in_this_year {
            if level.figures.len() == REMEMBERED {
                level.figures.remove(0);
            }
            level.figures.push(index);
        }
    }
}

/// True if a figure is that of applications coming in or dealt with, of all applicants.
fn is_plain_flow(counted: Option<&Counted>) -> bool {
    counted.is_some_and(|counted| {
        matches!(counted.kind, QuantityKind::Intake | QuantityKind::Handled)
            && counted.applicant.is_empty()
    })
}

/// True if a figure counts the documents that are in force.
pub(super) fn is_in_force(counted: &Counted) -> bool {
    let lexicon = Lexicon::get();
    counted.terms.iter().all(|term| match term {
        Term::Subject { aspect: Some(aspect), .. } => {
            let aspect = &lexicon.aspects[*aspect];
            aspect.column == AspectColumn::Document(DisclosureColumn::InForce)
        }
        Term::Subject { .. } | Term::Quantity(_) | Term::Requests => false,
    })
}

/// True if a word names something that the tables count.
pub(super) fn names_figure(token: &Token) -> bool {
    match token.what {
        What::Phrase(Sense::Quantity(_) | Sense::Subject(_) | Sense::Aspect(_)) => true,
        What::Phrase(Sense::Word(word)) => matches!(word, Word::Request | Word::Application),
        _ => false,
    }
}
