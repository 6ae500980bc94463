//! Reading of applications that came in, were carried in and dealt with, where several are told together.

use super::level::is_of_cases;
use super::reader::{REMEMBERED, Reader};
use crate::prose::clause::{Counted, Joined, Term, TextPart, Topic, plainly};
use crate::prose::lexicon::{Lexicon, QuantityKind, Sense, Words};
use crate::prose::mention::Mention;
use crate::prose::numeral::Unit;
use crate::prose::token::{Token, What, is_filler};

impl Reader<'_> {
    /// 上年结转2件已办结，新收14件办结13件: of those that came in, where those carried in are told apart.
    pub(super) fn hold_at_most_of_new(&self, mention: &mut Mention) {
        let Some(figures) = self.levels.last().map(|level| &level.figures) else { return };
        let Some(last) = figures.last().map(|last| &self.mentions[*last]) else { return };
        let adjoins = kind(last) == Some(QuantityKind::Intake)
            && last.range.end == mention.phrase.start
            && kind(mention) == Some(QuantityKind::Handled);
        let told = |figure: &usize| kind(&self.mentions[*figure]) == Some(QuantityKind::CarriedIn);
        if let Some(counted) = mention.counted.as_mut().filter(|_| adjoins)
            && figures.iter().any(told)
        {
            counted.at_most = true;
        }
    }

    /// 收到申请53件，受理51件: where both are told, what was accepted may be less than what came.
    pub(super) fn hold_at_most_of_accepted(&self, mention: &mut Mention) {
        const ACCEPTED: &str = "受理";
        let text = self.text.printed();
        let named = text.get(mention.phrase.start..mention.digits.start).unwrap_or_default();
        let last = self.levels.last().and_then(|level| level.figures.last());
        let Some(last) = last.map(|last| &self.mentions[*last]) else { return };
        let beside = text.get(last.range.end..mention.phrase.start) == Some("，");
        let came = kind(last) == Some(QuantityKind::Intake) && mention.value < last.value;
        let flow = kind(mention) == Some(QuantityKind::Intake) && named == ACCEPTED;
        if let Some(counted) = mention.counted.as_mut().filter(|_| beside && came && flow) {
            counted.at_most = true;
        }
    }

    /// 其中本年收到33件、2020年结转1件: where what was carried in is told beside it, the part that came in is without it.
    pub(super) fn part_carried_in(&mut self, index: usize) {
        let is = |figure: &Mention, kind: QuantityKind, key: &str| {
            let quantity = Lexicon::get().quantity(key).map(Term::Quantity);
            figure.counted.as_ref().is_some_and(|counted| {
                counted.kind == kind && counted.terms.first().copied() == quantity
            })
        };
        let Some(before) = index.checked_sub(1).map(|before| &self.mentions[before]) else {
            return;
        };
        let (own, text) = (&self.mentions[index], self.text.printed());
        let between = text.get(before.range.end..own.digits.start).unwrap_or_default();
        let year = self.year.and_then(|year| year.checked_sub(1)).map(|year| format!("{year}年"));
        let of_last_year = year.is_some_and(|year| between.contains(&year));
        let carried = is(own, QuantityKind::CarriedIn, "carried_in")
            || of_last_year && is(own, QuantityKind::CarriedIn, "carried");
        let beside = between.strip_prefix(['、', '，']).is_some_and(|name| !name.contains('，'));
        let came = before.list.is_some() && is(before, QuantityKind::Intake, "received");
        let new = Lexicon::get().quantity("received_new").filter(|_| carried && beside && came);
        if let (Some(new), Some(counted)) = (new, self.mentions[index - 1].counted.as_mut()) {
            counted.terms = vec![Term::Quantity(new)];
        }
    }

    /// 办结15件，包括上年转来的2件和当年新收的13件: of those that came in, what was dealt with.
    pub(super) fn part_of_handled(&mut self, index: usize) {
        let figures = self.levels.last().map_or(&[][..], |level| level.figures.as_slice());
        let Some((carried, before)) = figures.split_last() else { return };
        let (own, carried) = (&self.mentions[index], &self.mentions[*carried]);
        let sum = own.value.saturating_add(carried.value);
        let handled = |figure: &usize| {
            let figure = &self.mentions[*figure];
            kind(figure) == Some(QuantityKind::Handled) && figure.value == sum
        };
        let flow = kind(own) == Some(QuantityKind::Intake)
            && kind(carried) == Some(QuantityKind::CarriedIn)
            && before.iter().any(handled);
        if let Some(counted) = self.mentions[index].counted.as_mut().filter(|_| flow) {
            counted.at_most = true;
        }
    }

    /// 收到344件，连同上年结转的19件，共办理363件: all that there were to handle, or what was handled.
    pub(super) fn handle_with_carried(&mut self, index: usize) {
        let lexicon = Lexicon::get();
        let loosely = lexicon.quantity("handled_loosely").map(Term::Quantity);
        let counted = self.mentions[index].counted.as_ref();
        let handled = counted.filter(|counted| counted.terms.first().copied() == loosely);
        let (Some(handled), Some(all)) = (handled, self.sum_of_flow(&self.mentions[index])) else {
            return;
        };
        let terms = [all.terms.clone(), handled.terms.clone()].concat();
        self.mentions[index].counted = Some(Counted { terms, strict: true, ..handled.clone() });
    }

    /// 上年结转2件中，予以公开1件；新收14件中，已答复13件、公开6件: of some of them, where those carried in are taken apart first.
    pub(super) fn hold_at_most_of_some(&self, mention: &mut Mention) {
        let figures = self.levels.last().map_or(&[][..], |level| level.figures.as_slice());
        let divided = |figure: &usize| {
            kind(&self.mentions[*figure]) == Some(QuantityKind::CarriedIn)
                && self
                    .lists
                    .iter()
                    .rev()
                    .take(REMEMBERED)
                    .any(|list| list.whole == *figure && !list.parts.is_empty())
        };
        let narrows = matches!(kind(mention), Some(QuantityKind::Outcome | QuantityKind::Handled));
        if let Some(counted) = mention.counted.as_mut().filter(|_| narrows)
            && figures.iter().any(divided)
        {
            counted.at_most = true;
        }
    }

    /// 新收27件，上年结转2件，合计29件: all that there were to handle.
    pub(super) fn sum_of_flow(&self, mention: &Mention) -> Option<Counted> {
        const WAITING: char = '待';
        let words = self.text.printed().get(mention.phrase.start..mention.digits.start)?;
        let sums = &Lexicon::get().sums;
        let must = &Lexicon::get().clauses.to_handle;
        let named = words.trim_end_matches(['共', '计', '为', '是', '的']);
        let added = sums.total.end_of(words).is_some() || sums.total_alone.has(words);
        // 共计19件待办
        let behind = &self.text.printed()[mention.range.end..];
        let behind = must.start_of(behind).filter(|_| sums.total.end_of(words).is_some());
        // What waits to be handled is all that there is, and more than what was handled.
        let waits = behind.is_some_and(|word| word.starts_with(WAITING));
        let must = must.end_of(named).is_some() || behind.is_some();
        // 结转与新收合计29件
        if added && names_both_flows(words) {
            let all = Lexicon::get().quantity("received_in_all")?;
            return Some(plainly(QuantityKind::Intake, vec![Term::Quantity(all)]));
        }
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
        let all = if added && came || waits { "received_in_all" } else { "to_handle" };
        let all = Lexicon::get().quantity(all).filter(|_| total)?;
        let terms = vec![Term::Quantity(all)];
        Some(Counted { kind: QuantityKind::Intake, terms, joined: Joined::Any, ..carried.clone() })
    }

    /// 年末尚有2件申请在办理之中: all that were carried over.
    pub(super) fn open_at_year_end(&self, mention: &Mention) -> Option<Counted> {
        /// The bytes round the figure that are looked at.
        const REACH: usize = 120;
        const SAYS_MORE: [char; 6] = ['仍', '还', '尚', '正', '依', '然'];
        let clauses = &Lexicon::get().clauses;
        let text = self.text.printed();
        let (start, end) = (mention.digits.start, mention.range.end);
        let before = &text[text.floor_char_boundary(start.saturating_sub(REACH))..start];
        let behind = &text[end..text.floor_char_boundary(end + REACH)];
        let said = before.rsplit(['，', '；', '。', '：', '（', '\n']).next()?;
        let has = said.ends_with('有') || clauses.left_in_all.end_of(said).is_some();
        let past = Lexicon::get().growth.last_state.are_in(said);
        let now = clauses.year_ends.are_in(said) && !past && has;
        let of_requests = self.part == TextPart::Requests && self.topic == Topic::Requests;
        let cases = is_of_cases(mention.unit) && mention.unit != Unit::Yuan;
        let name = clauses.referred.start_of(behind).map_or(0, str::len);
        let state = behind[name..].split(['，', '；', '。', '：', '、', '（', '\n']).next()?;
        let open = clauses.still_open.has(state.trim_start_matches(SAYS_MORE));
        let out = Lexicon::get().quantity("carried_out")?;
        let told = now && open && of_requests && cases && mention.of_this_year;
        told.then(|| plainly(QuantityKind::CarriedOut, vec![Term::Quantity(out)]))
    }

    /// 剩余1件正在征求第三方意见，结转下年: the figure whose clause says nothing of the tables is that of what is carried over.
    pub(super) fn carry_out(&mut self) {
        let Some(level) = self.levels.last() else { return };
        let of_requests = self.part == TextPart::Requests && self.topic == Topic::Requests;
        if level.behind_figure || !of_requests || !carries_out(&level.words) {
            return;
        }
        let (Some(figure), Some(first)) = (level.figures.last().copied(), level.words.first())
        else {
            return;
        };
        let mention = &self.mentions[figure];
        let own = mention.counted.is_none() && mention.unread.is_none() && mention.list.is_none();
        let between = self.text.printed().get(mention.range.end..first.range.start);
        let next = between.is_some_and(|between| {
            between.ends_with('，') && between.matches(['，', '；', '、', '（', '。']).count() == 1
        });
        let cases = is_of_cases(mention.unit) && mention.unit != Unit::Yuan;
        let Some(quantity) =
            Lexicon::get().quantity("carried_out").filter(|_| own && next && cases)
        else {
            return;
        };
        // 1件正在补正，结转下年 may be one of several; 剩余1件 is all.
        let before = &self.text.printed()[..mention.digits.start];
        let all = Lexicon::get().clauses.left_in_all.end_of(before).is_some();
        self.mentions[figure].counted = Some(Counted {
            kind: QuantityKind::CarriedOut,
            terms: vec![Term::Quantity(quantity)],
            joined: Joined::Any,
            applicant: Vec::new(),
            only_hint: false,
            strict: false,
            at_most: !all,
        });
    }
}

/// True if some words begin with what was carried in and what is new together: 结转与新收, 本年新收和上年结转.
fn names_both_flows(words: &str) -> bool {
    let clauses = &Lexicon::get().clauses;
    let (carried, new) = (&clauses.flow_carried, &clauses.flow_new);
    let behind = |list: &Words, text: &'_ str| list.start_of(text).map(str::len);
    let joined = |first: &Words, second: &Words| {
        let first = behind(first, words)?;
        let joins = behind(&clauses.flow_joins, &words[first..])?;
        behind(second, &words[first + joins..])
    };
    joined(carried, new).or_else(|| joined(new, carried)).is_some()
}

/// The kind of thing that a figure counts, if the tables know it.
fn kind(mention: &Mention) -> Option<QuantityKind> {
    mention.counted.as_ref().map(|counted| counted.kind)
}

/// True if some words say that something is carried over, and no more.
fn carries_out(words: &[Token]) -> bool {
    let carried = |token: &Token| match token.what {
        What::Phrase(Sense::Quantity(quantity)) => {
            Lexicon::get().quantities[quantity].kind == QuantityKind::CarriedOut
        }
        _ => false,
    };
    words.iter().any(carried) && words.iter().all(|word| carried(word) || is_filler(word))
}
