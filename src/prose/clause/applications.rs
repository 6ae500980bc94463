//! The stage, the outcome and the applicants of table 2 that a clause names.

use super::context::{Context, TextPart, Topic};
use super::counted::{Counted, Joined, Term};
use super::outcomes::group_of;
use super::phrases::Phrases;
use crate::edition::{ChallengeColumn, RequestColumn};
use crate::prose::lexicon::{AspectColumn, Cell, Lexicon, QuantityKind, Sense, Word};

/// Applications at some stage, or the fee.
pub(crate) fn request(
    lexicon: &Lexicon,
    phrases: &Phrases,
    context: Context<'_>,
) -> Option<Counted> {
    let clause = Clause::new(lexicon, phrases, context);
    let has = |kind| !clause.of(kind).is_empty();
    if has(QuantityKind::Fee) {
        return clause.fee();
    }
    if context.of_money
        && (context.fee_told && context.is_first_amount
            || context.neighbour.is_some_and(|fee| fee.kind == QuantityKind::Fee && !fee.at_most))
        && let Some(amount) = lexicon.quantity("handling_fee")
        && phrases.is_silent()
    {
        // 发出收费通知2件，收取230元.
        return Some(clause.counted(QuantityKind::Fee, &[(0, amount)], Joined::Any));
    }
    if has(QuantityKind::Outcome) {
        return clause.outcome();
    }
    if has(QuantityKind::CarriedOut) || has(QuantityKind::CarriedIn) {
        return clause.carried();
    }
    if has(QuantityKind::Intake) || has(QuantityKind::Handled) {
        // 答复被撤销2件: cases, whichever they are.
        return clause.flow().filter(|_| !ends_with_result_of_cases(lexicon, phrases));
    }
    let rest = clause.of(QuantityKind::Rest);
    if let (Some((i, quantity)), Some(neighbour)) = (rest.last(), context.neighbour) {
        return rest_of(*i, *quantity, neighbour, &clause);
    }
    // 涉及征地的政府信息公开申请60件 are some of them.
    let bare = clause.is_named
        && clause.applicant.is_empty()
        && clause.named.is_some_and(|i| phrases.reaches_figure(i) && phrases.is_plain_up_to(i, 0));
    // 网上政府信息公开申请22件: by one of the ways in which they come.
    let by_one_channel = phrases.has(Word::Channel) && !phrases.has(Word::OpenEnd);
    bare.then(|| Counted {
        terms: vec![Term::Requests],
        at_most: by_one_channel,
        ..clause.counted(QuantityKind::Request, &[], Joined::Any)
    })
}

/// True if the last thing that is said before a figure is what became of a case: 被撤销, 被纠正.
fn ends_with_result_of_cases(lexicon: &Lexicon, phrases: &Phrases) -> bool {
    let told = phrases.list.iter().rev().find(|(_, sense)| !matches!(sense, Sense::Word(_)));
    told.is_some_and(|(i, sense)| match sense {
        Sense::Aspect(aspect) => {
            matches!(lexicon.aspects[*aspect].column, AspectColumn::Proceeding(_))
                && phrases.reaches_figure(*i)
        }
        Sense::Quantity(_) | Sense::Subject(_) | Sense::Applicant(_) | Sense::Word(_) => false,
    })
}

/// A quantity of the lexicon with its place among the tokens, the place first.
type Found = (usize, usize);

/// A clause that may name a stage or an outcome.
struct Clause<'a> {
    lexicon: &'a Lexicon,
    phrases: &'a Phrases,
    context: Context<'a>,
    quantities: Vec<Found>,
    /// The place of 政府信息公开申请.
    named: Option<usize>,
    /// True if it owns the figure, with no other thing in between.
    is_named: bool,
    /// True if the text was speaking of applications before, and nothing here speaks of others.
    carried_over: bool,
    applicant: Vec<RequestColumn>,
}

impl<'a> Clause<'a> {
    fn new(lexicon: &'a Lexicon, phrases: &'a Phrases, context: Context<'a>) -> Self {
        let of_requests = context.topic == Topic::Requests && context.of_cases;
        let quantities = phrases
            .list
            .iter()
            .filter_map(|(i, sense)| match sense {
                Sense::Quantity(quantity) => Some((*i, *quantity)),
                // 公开3件，部分公开1件: among outcomes it is one of them.
                // 隐去姓名后公开3件 are no 予以公开.
                Sense::Aspect(aspect)
                    if of_requests && phrases.is_plain_up_to(*i, i.saturating_sub(1)) =>
                {
                    let outcome = lexicon.aspects[*aspect].outcome.as_deref()?;
                    Some((*i, lexicon.quantity(outcome)?))
                }
                _ => None,
            })
            .collect();
        let named = phrases.last_of(&[Word::Request]);
        let elsewhere = phrases.last_of(&[Word::Elsewhere, Word::Thing, Word::Channel]);
        let applicant = applicants(lexicon, phrases).map_or(Vec::new(), |(_, columns)| columns);
        Self {
            lexicon,
            phrases,
            context,
            quantities,
            named,
            is_named: named.is_some_and(|named| elsewhere.is_none_or(|i| i < named)),
            carried_over: context.topic == Topic::Requests && !phrases.has(Word::Elsewhere),
            applicant,
        }
    }

    fn of(&self, kind: QuantityKind) -> Vec<Found> {
        let is = |(_, quantity): &Found| self.lexicon.quantities[*quantity].kind == kind;
        self.quantities.iter().copied().filter(is).collect()
    }

    fn reaches(&self, found: &[Found]) -> bool {
        found.last().is_some_and(|(i, _)| self.phrases.reaches_figure(*i))
    }

    fn joined(&self, found: &[Found]) -> bool {
        found.len() > 1 && found.windows(2).all(|pair| self.phrases.joins(pair[0].0, pair[1].0))
    }

    fn counted(&self, kind: QuantityKind, found: &[Found], joined: Joined) -> Counted {
        let mut applicant = self.applicant.clone();
        if applicant.is_empty()
            && let Some(whole) = self.context.whole
        {
            applicant.clone_from(&whole.applicant);
        }
        let is_part = |(_, quantity): &Found| self.lexicon.quantities[*quantity].at_most;
        let at_most = !found.is_empty() && found.iter().all(is_part);
        Counted {
            kind,
            terms: found.iter().map(|(_, quantity)| Term::Quantity(*quantity)).collect(),
            joined,
            applicant,
            only_hint: false,
            strict: joined == Joined::All,
            at_most,
        }
    }

    /// 信息处理费 in yuan, 收费通知 in 件; one is never the other.
    fn fee(&self) -> Option<Counted> {
        let of_money = |quantity: usize| {
            let first = self.lexicon.quantities[quantity].readings.first();
            first.is_some_and(|sum| sum.0.contains(&Cell::HandlingFee))
        };
        let fees = self.of(QuantityKind::Fee);
        let mut mine: Vec<Found> = fees.clone();
        let told = self.context.fee_told;
        mine.retain(|(_, quantity)| told || !self.lexicon.quantities[*quantity].told_before);
        mine.retain(|(_, quantity)| of_money(*quantity) == self.context.of_money);
        // 按件计收4件 are some of those that 信息处理费 is told of.
        let plain = |(_, quantity): &Found| !self.lexicon.quantities[*quantity].told_before;
        if mine.is_empty() && self.context.of_cases && fees.iter().all(plain) {
            // 收取信息处理费2件: no more than notices went out.
            let notices = self.lexicon.quantity("fee_notices")?;
            let found = [(fees.last()?.0, notices)];
            let counted = self.counted(QuantityKind::Fee, &found, Joined::Any);
            return self.reaches(&fees).then_some(Counted { at_most: true, ..counted });
        }
        let last = *mine.last()?;
        self.reaches(&fees).then(|| self.counted(QuantityKind::Fee, &[last], Joined::Any))
    }

    /// 予以公开, 不予公开, 重复申请.
    fn outcome(&self) -> Option<Counted> {
        let mut outcomes = self.of(QuantityKind::Outcome);
        // 信息不存在或不掌握: one row by two names.
        outcomes.dedup_by(|later, first| {
            let own = &self.lexicon.quantities[later.1].readings;
            let same = *own == self.lexicon.quantities[first.1].readings;
            if same {
                *first = *later;
            }
            same
        });
        let in_problems = self.context.part == TextPart::Problems && self.context.of_cases;
        let of_unknown = self.context.of_unknown && !self.context.past_semicolon;
        let certain = self.is_named || self.carried_over && !of_unknown;
        let other_stage = !self.of(QuantityKind::Intake).is_empty()
            || !self.of(QuantityKind::CarriedIn).is_empty();
        let fits = self.context.of_cases || self.context.topic == Topic::Requests;
        let elsewhere = [Word::Elsewhere, Word::Thing, Word::Channel];
        let elsewhere = elsewhere.into_iter().any(|word| self.phrases.has(word));
        if !certain && (!in_problems || elsewhere) || other_stage || !fits {
            return None;
        }
        if !self.reaches(&outcomes) {
            return self.outcome_and_others(&outcomes);
        }
        if !certain {
            // 4件不予处理类答复 in section five may be some of them, and are never more.
            return Some(Counted {
                at_most: true,
                ..self.counted(QuantityKind::Outcome, &outcomes, Joined::Any)
            });
        }
        if self.joined(&outcomes) {
            // 本机关不掌握、无法提供的3件: a row beside its group, either of which may be meant.
            let apposed = outcomes.iter().any(|(_, group)| {
                outcomes.iter().any(|(_, row)| group_of(self.lexicon, *row) == Some(*group))
            });
            let joined = if apposed { Joined::Any } else { Joined::Sum };
            return Some(self.counted(QuantityKind::Outcome, &outcomes, joined));
        }
        // 因不掌握等原因无法提供: what stands before 等 is only an example.
        let example = self.phrases.last_of(&[Word::OpenEnd]);
        outcomes.retain(|(i, _)| example.is_none_or(|end| *i > end));
        let counted = self.counted(QuantityKind::Outcome, &outcomes, Joined::Any);
        // 包括上年结转申请4件，其中予以公开4件: of those four.
        let of_carried =
            self.context.whole.is_some_and(|whole| whole.kind == QuantityKind::CarriedIn);
        // 以未制作为由答复22件: one of several reasons, perhaps.
        let reason = self.phrases.has(Word::Reason) && !self.of(QuantityKind::Handled).is_empty();
        let in_part = of_carried || reason || self.is_of_one_reason(&outcomes);
        Some(Counted { at_most: counted.at_most || in_part, ..counted })
    }

    /// True if an outcome that is a whole group is told for one reason that no row names: 以反复申请为由不予处理.
    fn is_of_one_reason(&self, outcomes: &[Found]) -> bool {
        let [(i, quantity)] = outcomes else { return false };
        let first = self.lexicon.quantities[*quantity].readings.first();
        let group = first.is_some_and(|sum| matches!(sum.0.as_slice(), [Cell::Group(_)]));
        let why = self.phrases.last_of(&[Word::Because, Word::Reason]);
        let one = !self.phrases.has(Word::OpenEnd) && !self.phrases.is_plain_up_to(*i, 0);
        group && one && why.is_some_and(|why| why < *i)
    }

    /// 撤回等10件: the row that is named, or its group.
    fn outcome_and_others(&self, outcomes: &[Found]) -> Option<Counted> {
        let end = self.phrases.last_of(&[Word::OpenEnd])?;
        let (last, quantity) = outcomes.last()?;
        let behind = *last + 1 == end && self.phrases.reaches_figure(end);
        let group = group_of(self.lexicon, *quantity)?;
        let found = [(*last, *quantity), (*last, group)];
        let counted = self.counted(QuantityKind::Outcome, &found, Joined::Any);
        behind.then_some(Counted { at_most: false, ..counted })
    }

    /// 上年结转, 结转下年度.
    fn carried(&self) -> Option<Counted> {
        let (carried_in, carried_out) =
            (self.of(QuantityKind::CarriedIn), self.of(QuantityKind::CarriedOut));
        // 民生实事10项，未完成1项结转下年: nobody counts applications so but where they are told of.
        let loose = !self.context.of_cases && self.context.topic != Topic::Requests;
        // 新发生复议8件，上年延续2件: cases, too.
        let cases = |before: &Counted| before.kind == QuantityKind::Proceeding;
        let of_cases = matches!(self.context.topic, Topic::Subject(_))
            && self.context.neighbour.is_some_and(cases)
            && !self.is_named;
        if self.context.topic == Topic::Elsewhere || loose || of_cases {
            return None;
        }
        if carried_in.is_empty() {
            let certain = self.reaches(&carried_out);
            return certain
                .then(|| self.counted(QuantityKind::CarriedOut, &carried_out, Joined::Any));
        }
        // 办理上年结转4件: no more than were carried in.
        let handled = self.of(QuantityKind::Handled);
        let of_some = !handled.is_empty();
        let plain = self.of(QuantityKind::Intake).is_empty() && !self.phrases.has(Word::Opens);
        let certain = carried_out.is_empty() && (!of_some || plain) && self.reaches(&carried_in);
        // 收到含上年结转15件 may mean either.
        let either = [carried_in, self.of(QuantityKind::Intake)].concat();
        certain.then(|| Counted {
            at_most: of_some,
            ..self.counted(QuantityKind::CarriedIn, &either, Joined::Any)
        })
    }

    /// 收到, 办结, 收到和办理.
    fn flow(&self) -> Option<Counted> {
        let (intake, handled) = (self.of(QuantityKind::Intake), self.of(QuantityKind::Handled));
        let mut both = [intake.clone(), handled.clone()].concat();
        both.sort_unstable();
        let plain = self.carried_over && self.context.of_cases && self.reaches(&both);
        let with_noun = self.is_named && self.named.is_some_and(|i| self.phrases.reaches_figure(i));
        // 通过网上平台收到80件 is a part; 通过网站、信函等渠道收到128件 is all.
        let by_one_channel = self.phrases.has(Word::Channel) && !self.phrases.has(Word::OpenEnd);
        if self.phrases.has(Word::Reason) || !self.is_named && self.is_beside_result() {
            return None; // 以不属于职责范围为由答复31件; 维持7件，要求重新答复1件.
        }
        // 收到涉及征地的政府信息公开申请60件 are some of them.
        let verb = self.named.and_then(|named| both.iter().rfind(|(i, _)| *i < named));
        let some_only = self
            .named
            .zip(verb)
            .is_some_and(|(named, (verb, _))| !self.is_plain_between(*verb, named));
        if !plain && !with_noun {
            return None;
        }
        let kind = if handled.is_empty() { QuantityKind::Intake } else { QuantityKind::Handled };
        let split_by_noun = self.named.is_some_and(|named| {
            both.first().is_some_and(|(i, _)| *i < named)
                && both.last().is_some_and(|(i, _)| *i > named)
        });
        let joined =
            !intake.is_empty() && !handled.is_empty() && !split_by_noun && self.joined(&both);
        let counted = self.counted(kind, &both, if joined { Joined::All } else { Joined::Any });
        let at_most = by_one_channel || some_only;
        let certain = !at_most || self.with_object();
        certain.then_some(Counted { at_most, ..counted })
    }

    /// True if the figure before, past no semicolon, tells what became of cases.
    fn is_beside_result(&self) -> bool {
        let result = |term: &Term| match term {
            Term::Subject { aspect, .. } => aspect.is_some_and(|aspect| {
                self.lexicon.aspects[aspect].kind() == QuantityKind::Proceeding
            }),
            Term::Quantity(_) | Term::Requests => false,
        };
        let before = self.context.neighbour.filter(|_| !self.context.past_semicolon);
        before.is_some_and(|before| before.terms.iter().any(result))
    }

    /// True if nothing stands between a verb and its object that narrows it: 收到有效申请69件.
    fn is_plain_between(&self, verb: usize, named: usize) -> bool {
        let narrows = |(i, sense): &(usize, Sense)| {
            (verb..named).contains(i) && matches!(sense, Sense::Aspect(_))
        };
        self.phrases.is_plain_up_to(named, verb + 1) && !self.phrases.list.iter().any(narrows)
    }

    /// True if 政府信息公开申请 is the object of a verb before it, and nothing else is.
    fn with_object(&self) -> bool {
        self.named.is_some_and(|i| self.phrases.reaches_figure(i))
            && !self.phrases.has(Word::Elsewhere)
            && !self.phrases.has(Word::Thing)
    }
}

/// 其他, which continues the list it stands in.
fn rest_of(i: usize, quantity: usize, neighbour: &Counted, clause: &Clause<'_>) -> Option<Counted> {
    let (phrases, lexicon, context) = (clause.phrases, clause.lexicon, clause.context);
    if !phrases.reaches_figure(i) {
        return None;
    }
    if lexicon.quantities[quantity].key == "remaining" {
        // 办结8件，剩余1件: those are carried over.
        let of_requests =
            neighbour.kind == QuantityKind::Handled && context.part == TextPart::Requests;
        let carried_out = lexicon.quantity("carried_out").filter(|_| of_requests)?;
        return Some(clause.counted(QuantityKind::CarriedOut, &[(i, carried_out)], Joined::Any));
    }
    if neighbour.kind == QuantityKind::Proceeding {
        // 维持31件、纠正5件、其他8件.
        let result = AspectColumn::Proceeding(ChallengeColumn::OtherResult);
        let aspect = lexicon.aspects.iter().position(|a| a.column == result && !a.at_most)?;
        let by_result =
            neighbour.terms.iter().all(|t| matches!(t, Term::Subject { aspect: Some(_), .. }));
        let subjects = neighbour.terms.iter().filter_map(Term::subject);
        let term = |subject| Term::Subject { subject, aspect: Some(aspect) };
        let terms = subjects.map(term).collect();
        return by_result.then_some(Counted { terms, at_most: false, ..neighbour.clone() });
    }
    if neighbour.kind == QuantityKind::Outcome {
        let other = lexicon.quantity("other").unwrap_or(quantity);
        let only_hint = false;
        return Some(Counted {
            terms: vec![Term::Quantity(other)],
            only_hint,
            at_most: false,
            ..neighbour.clone()
        });
    }
    (!neighbour.applicant.is_empty())
        .then(|| Counted { applicant: vec![RequestColumn::Other], ..neighbour.clone() })
}

/// A kind of applicant and no stage: the stage is that of the whole or of the figure before.
pub(crate) fn applicant_alone(
    lexicon: &Lexicon,
    phrases: &Phrases,
    context: Context<'_>,
) -> Option<Counted> {
    let (last, columns) = applicants(lexicon, phrases)?;
    let mine = |counted: &&Counted| {
        matches!(
            counted.kind,
            QuantityKind::Intake
                | QuantityKind::Handled
                | QuantityKind::Request
                | QuantityKind::CarriedIn
                | QuantityKind::CarriedOut
                | QuantityKind::Outcome
        )
    };
    let before = context.whole.filter(mine).or(context.neighbour.filter(mine));
    if columns.is_empty()
        || !phrases.reaches_figure(last)
        || phrases.has(Word::Elsewhere)
        || phrases.has(Word::Thing)
    {
        return None;
    }
    match before {
        Some(before) => Some(Counted { applicant: columns, ..before.clone() }),
        None if context.topic == Topic::Requests => Some(Counted {
            kind: QuantityKind::Request,
            terms: vec![Term::Requests],
            joined: Joined::Any,
            applicant: columns,
            only_hint: false,
            strict: false,
            at_most: false,
        }),
        None => None,
    }
}

/// The columns of the applicants a clause names, and the place of the last of them.
fn applicants(lexicon: &Lexicon, phrases: &Phrases) -> Option<(usize, Vec<RequestColumn>)> {
    let mut columns = Vec::new();
    let mut last: Option<usize> = None;
    for (i, sense) in &phrases.list {
        if let Sense::Applicant(applicant) = sense {
            if last.is_some_and(|last| !phrases.joins(last, *i)) {
                columns.clear();
            }
            columns.extend(&lexicon.applicants[*applicant]);
            last = Some(*i);
        }
    }
    columns.sort_unstable();
    columns.dedup();
    if columns.len() == RequestColumn::APPLICANTS.len() {
        columns.clear(); // 公民、法人和其他组织 are all there are
    }
    last.map(|last| (last, columns))
}
