//! Which stage, which outcome, which applicants of table 2 a clause names.

use super::context::{Context, Topic};
use super::counted::{Counted, Joined, Term};
use super::phrases::Phrases;
use crate::edition::RequestColumn;
use crate::prose::lexicon::{Cell, Kind, Lexicon, Sense, Word};

/// Applications at some stage, or the fee.
pub(crate) fn request(
    lexicon: &Lexicon,
    phrases: &Phrases,
    context: Context<'_>,
) -> Option<Counted> {
    let clause = Clause::new(lexicon, phrases, context);
    let has = |kind| !clause.of(kind).is_empty();
    if has(Kind::Fee) {
        return clause.fee();
    }
    if context.of_money
        && context.neighbour.is_some_and(|before| before.kind == Kind::Fee)
        && let Some(amount) = lexicon.quantity("handling_fee")
        && phrases.is_silent()
    {
        // 发出收费通知2件，收取230元.
        return Some(clause.counted(Kind::Fee, &[(0, amount)], Joined::Any));
    }
    if has(Kind::Outcome) {
        return clause.outcome();
    }
    if has(Kind::CarriedOut) || has(Kind::CarriedIn) {
        return clause.carried();
    }
    if has(Kind::Intake) || has(Kind::Handled) {
        return clause.flow();
    }
    let rest = clause.of(Kind::Rest);
    if let (Some((i, quantity)), Some(neighbour)) = (rest.last(), context.neighbour) {
        return rest_of(*i, *quantity, neighbour, phrases, lexicon);
    }
    // 涉及征地的政府信息公开申请60件 are some of them.
    let bare = clause.is_named
        && clause.applicant.is_empty()
        && clause.named.is_some_and(|i| phrases.reaches_figure(i) && phrases.is_plain_up_to(i, 0));
    bare.then(|| Counted {
        terms: vec![Term::Requests],
        ..clause.counted(Kind::Request, &[], Joined::Any)
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
    /// Where 政府信息公开申请 stands.
    named: Option<usize>,
    /// True if it owns the figure, with no other thing in between.
    is_named: bool,
    /// True if the text was speaking of applications before, and nothing here speaks of others.
    carried_over: bool,
    applicant: Vec<RequestColumn>,
}

impl<'a> Clause<'a> {
    fn new(lexicon: &'a Lexicon, phrases: &'a Phrases, context: Context<'a>) -> Self {
        let quantities = phrases
            .list
            .iter()
            .filter_map(|(i, sense)| match sense {
                Sense::Quantity(quantity) => Some((*i, *quantity)),
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

    fn of(&self, kind: Kind) -> Vec<Found> {
        let is = |(_, quantity): &Found| self.lexicon.quantities[*quantity].kind == kind;
        self.quantities.iter().copied().filter(is).collect()
    }

    fn reaches(&self, found: &[Found]) -> bool {
        found.last().is_some_and(|(i, _)| self.phrases.reaches_figure(*i))
    }

    fn joined(&self, found: &[Found]) -> bool {
        found.len() > 1 && found.windows(2).all(|pair| self.phrases.joins(pair[0].0, pair[1].0))
    }

    fn counted(&self, kind: Kind, found: &[Found], joined: Joined) -> Counted {
        let mut applicant = self.applicant.clone();
        if applicant.is_empty()
            && let Some(whole) = self.context.whole
        {
            applicant.clone_from(&whole.applicant);
        }
        Counted {
            kind,
            terms: found.iter().map(|(_, quantity)| Term::Quantity(*quantity)).collect(),
            joined,
            applicant,
            only_hint: false,
            strict: joined == Joined::All,
        }
    }

    /// 信息处理费 in yuan, 收费通知 in 件; one is never the other.
    fn fee(&self) -> Option<Counted> {
        let of_money = |quantity: usize| {
            let first = self.lexicon.quantities[quantity].readings.first();
            first.is_some_and(|sum| sum.0.contains(&Cell::HandlingFee))
        };
        let fees = self.of(Kind::Fee);
        let mut mine: Vec<Found> = fees.clone();
        mine.retain(|(_, quantity)| of_money(*quantity) == self.context.of_money);
        let last = *mine.last()?;
        self.reaches(&fees).then(|| self.counted(Kind::Fee, &[last], Joined::Any))
    }

    /// 予以公开, 不予公开, 重复申请.
    fn outcome(&self) -> Option<Counted> {
        let mut outcomes = self.of(Kind::Outcome);
        let certain = self.is_named || self.carried_over && !self.context.of_unknown;
        let other_stage = !self.of(Kind::Intake).is_empty() || !self.of(Kind::CarriedIn).is_empty();
        let fits = self.context.of_cases || self.context.topic == Topic::Requests;
        if !certain || other_stage || !fits || !self.reaches(&outcomes) {
            return None;
        }
        if self.joined(&outcomes) {
            return Some(self.counted(Kind::Outcome, &outcomes, Joined::Sum));
        }
        // 因不掌握等原因无法提供: what stands before 等 is only an example.
        let example = self.phrases.last_of(&[Word::OpenEnd]);
        outcomes.retain(|(i, _)| example.is_none_or(|end| *i > end));
        Some(self.counted(Kind::Outcome, &outcomes, Joined::Any))
    }

    /// 上年结转, 结转下年度.
    fn carried(&self) -> Option<Counted> {
        let (carried_in, carried_out) = (self.of(Kind::CarriedIn), self.of(Kind::CarriedOut));
        if self.context.topic == Topic::Elsewhere {
            return None;
        }
        if carried_in.is_empty() {
            let certain = self.reaches(&carried_out);
            return certain.then(|| self.counted(Kind::CarriedOut, &carried_out, Joined::Any));
        }
        let certain = carried_out.is_empty()
            && self.of(Kind::Handled).is_empty()
            && self.reaches(&carried_in);
        // 收到含上年结转15件 may mean either.
        let either = [carried_in, self.of(Kind::Intake)].concat();
        certain.then(|| self.counted(Kind::CarriedIn, &either, Joined::Any))
    }

    /// 收到, 办结, 收到和办理.
    fn flow(&self) -> Option<Counted> {
        let (intake, handled) = (self.of(Kind::Intake), self.of(Kind::Handled));
        let mut both = [intake.clone(), handled.clone()].concat();
        both.sort_unstable();
        let plain = self.carried_over && self.context.of_cases && self.reaches(&both);
        let with_noun = self.is_named && self.named.is_some_and(|i| self.phrases.reaches_figure(i));
        // 通过网上平台收到80件 is a part; 通过网站、信函等渠道收到128件 is all.
        let by_one_channel = self.phrases.has(Word::Channel) && !self.phrases.has(Word::OpenEnd);
        // 收到涉及征地的政府信息公开申请60件 are some of them.
        let verb = self.named.and_then(|named| both.iter().rfind(|(i, _)| *i < named));
        let some_only = self
            .named
            .zip(verb)
            .is_some_and(|(named, (verb, _))| !self.phrases.is_plain_up_to(named, verb + 1));
        if !plain && !with_noun || by_one_channel || some_only {
            return None;
        }
        let kind = if handled.is_empty() { Kind::Intake } else { Kind::Handled };
        let split_by_noun = self.named.is_some_and(|named| {
            both.first().is_some_and(|(i, _)| *i < named)
                && both.last().is_some_and(|(i, _)| *i > named)
        });
        let joined =
            !intake.is_empty() && !handled.is_empty() && !split_by_noun && self.joined(&both);
        Some(self.counted(kind, &both, if joined { Joined::All } else { Joined::Any }))
    }
}

/// 其他, which continues the list it stands in.
fn rest_of(
    i: usize,
    quantity: usize,
    neighbour: &Counted,
    phrases: &Phrases,
    lexicon: &Lexicon,
) -> Option<Counted> {
    if !phrases.reaches_figure(i) {
        return None;
    }
    if neighbour.kind == Kind::Outcome {
        let other = lexicon.quantity("other").unwrap_or(quantity);
        let only_hint = false;
        return Some(Counted {
            terms: vec![Term::Quantity(other)],
            only_hint,
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
            Kind::Intake
                | Kind::Handled
                | Kind::Request
                | Kind::CarriedIn
                | Kind::CarriedOut
                | Kind::Outcome
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
            kind: Kind::Request,
            terms: vec![Term::Requests],
            joined: Joined::Any,
            applicant: columns,
            only_hint: false,
            strict: false,
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
