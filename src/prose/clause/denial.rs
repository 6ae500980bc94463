//! Denials: 没有发生行政复议, 信息处理费未收取, 没有未办结的申请, 未作出行政强制.

use super::context::{Context, TextPart, Topic};
use super::counted::{Counted, Joined, Term, plainly};
use super::denied_rows::{by_applicants, decisions, documents};
use super::outcomes::is_within;
use super::subjects::{all_proceedings, is_corrected};
use crate::edition::RequestColumn;
use crate::prose::lexicon::{Lexicon, QuantityKind, Sense, Word};
use crate::prose::token::{Token, What, is_filler, span};

/// 没有, 未发生, 未收到.
pub(super) fn nothing(words: &[Token], text: &str, context: Context<'_>) -> Option<Counted> {
    let is = |token: &Token, word: Word| token.what == What::Phrase(Sense::Word(word));
    if let Some(counted) = by_applicants(words, text, context) {
        return Some(counted);
    }
    let at = words.iter().position(|t| is(t, Word::Without) || is(t, Word::NotReceived))?;
    if let Some(documents) = documents(&words[at], &words[at + 1..], text) {
        return Some(documents);
    }
    let behind = first_object(&words[at], &words[at + 1..], text);
    let named = behind.iter().rposition(|token| {
        matches!(
            token.what,
            What::Phrase(Sense::Quantity(_) | Sense::Subject(_) | Sense::Aspect(_))
        ) || is(token, Word::Request)
    });
    if behind.iter().any(|token| is(token, Word::Unfinished)) {
        return left_open(behind, text);
    }
    let Some(named) = named else {
        let none = no_application(words, at, text, context);
        return none.or_else(|| named_first(words, at, text, context));
    };
    if let Some(outcome) = outcome(behind, text, context) {
        return Some(outcome);
    }
    // Whatever stands between the two, or behind, must be known to change nothing.
    let all_applicants = names_all_applicants(behind);
    if !behind.iter().all(|token| is_plain(token, text, all_applicants)) {
        return None;
    }
    let quantity = behind.iter().find_map(|token| match token.what {
        What::Phrase(Sense::Quantity(quantity)) => Some(quantity),
        _ => None,
    });
    let subject = behind.iter().any(|t| matches!(t.what, What::Phrase(Sense::Subject(_))));
    let aspect = behind.iter().any(|t| matches!(t.what, What::Phrase(Sense::Aspect(_))));
    let counted = if quantity.is_none() && takes(&words[at], text) {
        // 没有收取依申请公开的费用 is of fees, and of no application.
        let fee = Lexicon::get().quantity("handling_fee")?;
        let ends = text.get(span(behind)).is_some_and(names_fees);
        return ends.then(|| plainly(QuantityKind::Fee, vec![Term::Quantity(fee)]));
    } else if let Some(decisions) = decisions(behind, text) {
        decisions
    } else if subject || aspect {
        proceedings(behind, &subjects_of(&words[..at], context))?
    } else if let Some(quantity) = quantity {
        let quantity = at_which_end(quantity, &words[..at], text);
        of_quantity(quantity)?
    } else if is(&words[at], Word::NotReceived) || named + 1 == behind.len() {
        let received = Lexicon::get().quantity("received_new")?;
        plainly(QuantityKind::Intake, vec![Term::Quantity(received)])
    } else {
        return None;
    };
    Some(counted)
}

/// Of two things that a clause says never came the first, if it is applications: 未收到公开申请和投诉举报.
fn first_object<'a>(verb: &Token, behind: &'a [Token], text: &str) -> &'a [Token] {
    const CAME: char = '到';
    const LONGEST: usize = 8;
    let is = |token: &Token, word: Word| token.what == What::Phrase(Sense::Word(word));
    let parting = behind.iter().position(|token| is(token, Word::And));
    let came = text[verb.range.clone()].ends_with(CAME);
    let Some(at) = parting.filter(|_| came && is(verb, Word::NotReceived)) else { return behind };
    let (first, others) = (&behind[..at], &behind[at + 1..]);
    let applications = first.iter().any(|t| is(t, Word::Request) || is(t, Word::Application));
    let named = text.get(span(others)).unwrap_or_default();
    let plain = !named.contains('的') && named.chars().count() <= LONGEST;
    let denies = others.iter().any(|t| is(t, Word::Without) || is(t, Word::NotReceived));
    let of_requests = others.iter().any(|t| is(t, Word::Request) || is(t, Word::Application));
    if applications && plain && !denies && !of_requests && !others.is_empty() {
        return first;
    }
    behind
}

/// True if a verb says that money was not taken: 未收取.
fn takes(verb: &Token, text: &str) -> bool {
    let said = &text[verb.range.clone()];
    // 未收 may be of applications.
    let taken = Lexicon::get().clauses.takes.end_of(said).filter(|word| word.chars().count() > 1);
    verb.what == What::Phrase(Sense::Word(Word::NotReceived)) && taken.is_some()
}

/// True if some words end in a name of fees: 依申请公开的费用.
fn names_fees(said: &str) -> bool {
    Lexicon::get().clauses.fees.end_of(said).is_some()
}

/// 全年没有收到申请: in a text that speaks of no others, those for information.
fn no_application(words: &[Token], at: usize, text: &str, context: Context<'_>) -> Option<Counted> {
    let is = |token: &Token, word: Word| token.what == What::Phrase(Sense::Word(word));
    let (before, behind) = (&words[..at], &words[at + 1..]);
    let came = is(&words[at], Word::NotReceived) && text[words[at].range.clone()].ends_with('到');
    let of_year = before.iter().any(|token| is(token, Word::OwnPeriod));
    let plain = before.iter().all(is_filler);
    let mut named = behind.iter().filter(|token| !is_filler(token));
    let only = named.next().is_some_and(|token| is(token, Word::Application));
    let only = only && named.next().is_none();
    let known = matches!(context.topic, Topic::Unknown | Topic::Requests);
    let received = Lexicon::get().quantity("received_new")?;
    let told = came && of_year && plain && only && known;
    told.then(|| plainly(QuantityKind::Intake, vec![Term::Quantity(received)]))
}

/// The things that a clause names first, and then denies: 行政复议、行政诉讼均未发生, 信息处理费未收取.
fn named_first(words: &[Token], at: usize, text: &str, context: Context<'_>) -> Option<Counted> {
    let (before, behind) = (&words[..at], &words[at + 1..]);
    let taken = words[at].what == What::Phrase(Sense::Word(Word::NotReceived));
    if taken && takes_no_fee(words, at, text, context) {
        let fee = Lexicon::get().quantity("handling_fee")?;
        return Some(plainly(QuantityKind::Fee, vec![Term::Quantity(fee)]));
    }
    // 有无行政复议 asks; a verb says.
    let says = text[words[at].range.clone()].chars().count() > 1;
    if !says || !behind.iter().all(is_filler) {
        return None;
    }
    if !before.iter().all(|token| is_plain(token, text, false)) {
        return None;
    }
    let mut quantities = before.iter().filter_map(|token| match token.what {
        What::Phrase(Sense::Quantity(quantity)) => Some(quantity),
        _ => None,
    });
    let (quantity, more) = (quantities.next(), quantities.next());
    let Some(quantity) = quantity else {
        return proceedings(before, &subjects_of(before, context));
    };
    of_quantity(quantity).filter(|_| more.is_none())
}

/// True if a clause says that nothing was taken for the handling of applications: 信息处理费：全年没有收取, 没有收取任何费用. But not 除1件外，
/// 其余均未收取费用.
fn takes_no_fee(words: &[Token], at: usize, text: &str, context: Context<'_>) -> bool {
    let lexicon = Lexicon::get();
    let (before, behind) = (&words[..at], &words[at + 1..]);
    let of_rest = text.get(span(before)).is_some_and(|said| lexicon.sums.others.are_in(said));
    let object = behind.iter().filter(|token| !is_filler(token)).map(|t| &text[t.range.clone()]);
    let object: String = object.collect();
    let named = lexicon.clauses.fees.has(&object);
    // 未收到 without an object is no fee.
    let verb = &text[words[at].range.clone()];
    let taken = object.is_empty() && lexicon.clauses.takes.end_of(verb).is_some();
    let of_requests = context.part == TextPart::Requests && context.topic == Topic::Requests;
    !of_rest && (context.fee_told && (named || taken) || of_requests && named)
}

/// A quantity of which the tables can say that there was none.
fn of_quantity(quantity: usize) -> Option<Counted> {
    let kind = Lexicon::get().quantities[quantity].kind;
    match kind {
        QuantityKind::CarriedIn | QuantityKind::CarriedOut | QuantityKind::Fee => {
            Some(plainly(kind, vec![Term::Quantity(quantity)]))
        }
        QuantityKind::Intake
        | QuantityKind::Request
        | QuantityKind::Handled
        | QuantityKind::Outcome
        | QuantityKind::Rest
        | QuantityKind::Proceeding
        | QuantityKind::Document => None,
    }
}

/// 没有未办结的申请: none was carried over.
fn left_open(behind: &[Token], text: &str) -> Option<Counted> {
    let is = |token: &Token, word: Word| token.what == What::Phrase(Sense::Word(word));
    let (open, others): (Vec<&Token>, Vec<&Token>) =
        behind.iter().partition(|token| is(token, Word::Unfinished));
    let of_requests = others.iter().any(|t| is(t, Word::Request) || is(t, Word::Application));
    let plain = others.iter().all(|token| is_plain(token, text, false));
    let carried = Lexicon::get().quantity("carried_out")?;
    (open.len() == 1 && of_requests && plain)
        .then(|| plainly(QuantityKind::CarriedOut, vec![Term::Quantity(carried)]))
}

/// The narrowest outcome of applications that a clause names and nothing besides: 没有因涉及国家秘密不予公开的情形.
/// 没有不予公开理由不充分的 speaks of something else.
pub(super) fn outcome(behind: &[Token], text: &str, context: Context<'_>) -> Option<Counted> {
    let lexicon = Lexicon::get();
    let mut named: Vec<Counted> = Vec::new();
    for token in behind {
        match token.what {
            What::Phrase(Sense::Quantity(quantity)) => {
                let kind = lexicon.quantities[quantity].kind;
                let of_outcome = kind == QuantityKind::Outcome;
                named.push(of_outcome.then(|| plainly(kind, vec![Term::Quantity(quantity)]))?);
            }
            What::Phrase(Sense::Word(
                Word::Filler
                | Word::Because
                | Word::Reason
                | Word::Request
                | Word::Application
                | Word::Case,
            )) => {}
            What::Other if lexicon.clauses.denied_ends.has(&text[token.range.clone()]) => {}
            What::Phrase(_) | What::Other | What::Number(_) | What::Mark(_) => return None,
        }
    }
    let of_requests = context.part == TextPart::Requests && context.topic == Topic::Requests;
    // 没有以国家秘密为由不予公开的申请 can be of nothing else, wherever it stands.
    let said = |word: Word| behind.iter().any(|t| t.what == What::Phrase(Sense::Word(word)));
    let said_in_full = named.len() > 1 && (said(Word::Application) || said(Word::Request));
    if !of_requests && !said_in_full {
        return None;
    }
    let narrowest = named
        .iter()
        .position(|own| named.iter().all(|other| own == other || is_within(own, other)))?;
    Some(named.swap_remove(narrowest))
}

/// A clause parted where it denies several things: 行政复议无纠错、行政诉讼无败诉.
pub(in crate::prose) fn denials(words: &[Token]) -> Vec<&[Token]> {
    let is = |token: &Token, word: Word| token.what == What::Phrase(Sense::Word(word));
    let denies = |token: &Token| is(token, Word::Without) || is(token, Word::NotReceived);
    let (mut parts, mut rest) = (Vec::new(), words);
    while let Some(last) = rest.iter().rposition(denies) {
        let earlier = &rest[..last];
        let parting = earlier.iter().rposition(|token| is(token, Word::And));
        let Some(parting) = parting.filter(|at| earlier[..*at].iter().any(denies)) else { break };
        parts.push(&rest[parting + 1..]);
        rest = &rest[..parting];
    }
    parts.push(rest);
    parts.reverse();
    parts
}

/// True if a clause only denies, and what it denies has been named before: 行政复议、行政诉讼案件，均未发生.
pub(in crate::prose) fn only_denies(words: &[Token]) -> bool {
    let is = |token: &Token, word: Word| token.what == What::Phrase(Sense::Word(word));
    let (denying, others): (Vec<&Token>, Vec<&Token>) =
        words.iter().partition(|token| is(token, Word::Without) || is(token, Word::NotReceived));
    denying.len() == 1 && others.iter().all(|token| is_filler(token) || is(token, Word::Every))
}

/// Of 结转 alone, what was carried in or out where the words before say at which end of the year: 年初无结转, 年末无结转.
fn at_which_end(quantity: usize, before: &[Token], text: &str) -> usize {
    const EITHER: &str = "carried";
    let lexicon = Lexicon::get();
    let said = text.get(span(before)).unwrap_or_default();
    let key = match lexicon.quantities[quantity].key.as_str() {
        EITHER if lexicon.growth.last_state.are_in(said) => "carried_in",
        EITHER if lexicon.clauses.year_ends.are_in(said) => "carried_out",
        _ => return quantity,
    };
    lexicon.quantity(key).unwrap_or(quantity)
}

/// The proceedings named before a claim: in its clause, or as the topic.
fn subjects_of(words: &[Token], context: Context<'_>) -> Vec<usize> {
    let named = words.iter().filter_map(|token| match token.what {
        What::Phrase(Sense::Subject(subject)) => Some(subject),
        _ => None,
    });
    let named: Vec<usize> = named.collect();
    match context.topic {
        Topic::Subject(topic) if named.is_empty() => vec![topic],
        _ => named,
    }
}

/// The proceedings that a clause names, with the aspect it names, as a sum; or else those `told` before.
fn proceedings(words: &[Token], told: &[usize]) -> Option<Counted> {
    let lexicon = Lexicon::get();
    let mut subjects = Vec::new();
    let mut aspect = None;
    for token in words {
        match token.what {
            What::Phrase(Sense::Subject(subject)) => subjects.push(subject),
            What::Phrase(Sense::Aspect(named)) => aspect = Some(named),
            _ => {}
        }
    }
    let proceedings =
        |subject: &usize| lexicon.subjects[*subject].kind() == QuantityKind::Proceeding;
    let own_aspect =
        aspect.is_none_or(|aspect| lexicon.aspects[aspect].kind() == QuantityKind::Proceeding);
    subjects.dedup();
    if subjects.is_empty() && aspect.is_some_and(|aspect| is_corrected(lexicon, aspect)) {
        // 未发生被纠错情形: of those told before, or neither of reconsideration nor of litigation.
        subjects = if told.is_empty() { all_proceedings(lexicon) } else { told.to_vec() };
    }
    let all = !subjects.is_empty() && subjects.iter().all(proceedings) && own_aspect;
    all.then(|| {
        let term = |subject| Term::Subject { subject, aspect };
        let terms = subjects.into_iter().map(term).collect();
        Counted { joined: Joined::Sum, ..plainly(QuantityKind::Proceeding, terms) }
    })
}

/// True if a word in a sentence saying that there was none leaves it at that.
fn is_plain(token: &Token, text: &str, all_applicants: bool) -> bool {
    match token.what {
        What::Phrase(Sense::Word(word)) => matches!(
            word,
            Word::Filler
                | Word::And
                | Word::Because
                | Word::Request
                | Word::Application
                | Word::Case
                | Word::Every
                | Word::Neutral
                | Word::OwnPeriod
        ),
        What::Phrase(Sense::Quantity(quantity)) => {
            let kind = Lexicon::get().quantities[quantity].kind;
            matches!(
                kind,
                QuantityKind::CarriedIn
                    | QuantityKind::CarriedOut
                    | QuantityKind::Intake
                    | QuantityKind::Handled
                    | QuantityKind::Fee
            )
        }
        What::Phrase(Sense::Subject(_) | Sense::Aspect(_)) => true,
        What::Phrase(Sense::Applicant(_)) => all_applicants,
        What::Other => is_harmless(&text[token.range.clone()]),
        What::Mark(_) | What::Number(_) => false,
    }
}

/// True if 公民、法人和其他组织 are named together, which are all there are.
fn names_all_applicants(words: &[Token]) -> bool {
    let lexicon = Lexicon::get();
    let named = |column: &RequestColumn| {
        words.iter().any(|token| match token.what {
            What::Phrase(Sense::Applicant(i)) => lexicon.applicants[i].contains(column),
            _ => false,
        })
    };
    RequestColumn::APPLICANTS.iter().all(named)
}

/// Words without a meaning of their own that may stand in a sentence saying that there was none.
fn is_harmless(words: &str) -> bool {
    const LONGEST: usize = 18;
    words.len() <= LONGEST && !Lexicon::get().clauses.harmful.are_in(words)
}
