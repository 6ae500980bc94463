//! What a clause denies where that stands first, is left open or is a decision: 行政复议均未发生, 没有未办结的申请, 未作出行政强制.

use super::claim::{is_plain, plainly, proceedings, subjects_of};
use super::context::Context;
use super::counted::{Counted, Joined, Term};
use crate::edition::DisclosureRow;
use crate::prose::lexicon::{Lexicon, QuantityKind, Sense, SubjectRow, Word};
use crate::prose::token::{Token, What, is_filler};

/// The things that a clause names first, and then denies: 行政复议、行政诉讼均未发生, 信息处理费未收取.
pub(super) fn named_first(
    words: &[Token],
    at: usize,
    text: &str,
    context: Context<'_>,
) -> Option<Counted> {
    let (before, behind) = (&words[..at], &words[at + 1..]);
    let taken = words[at].what == What::Phrase(Sense::Word(Word::NotReceived));
    let object = behind.iter().filter(|token| !is_filler(token)).map(|t| &text[t.range.clone()]);
    if taken && context.fee_told && object.eq([Lexicon::get().clauses.fee.as_str()]) {
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
    let kind = Lexicon::get().quantities[quantity].kind;
    let held =
        matches!(kind, QuantityKind::CarriedIn | QuantityKind::CarriedOut | QuantityKind::Fee);
    (held && more.is_none()).then(|| plainly(kind, vec![Term::Quantity(quantity)]))
}

/// 没有未办结的申请: none was carried over.
pub(super) fn left_open(behind: &[Token], text: &str) -> Option<Counted> {
    let is = |token: &Token, word: Word| token.what == What::Phrase(Sense::Word(word));
    let (open, others): (Vec<&Token>, Vec<&Token>) =
        behind.iter().partition(|token| is(token, Word::Unfinished));
    let of_requests = others.iter().any(|t| is(t, Word::Request) || is(t, Word::Application));
    let plain = others.iter().all(|token| is_plain(token, text, false));
    let carried = Lexicon::get().quantity("carried_out")?;
    (open.len() == 1 && of_requests && plain)
        .then(|| plainly(QuantityKind::CarriedOut, vec![Term::Quantity(carried)]))
}

/// The decisions that a clause names and nothing besides: 未作出行政强制决定. 没有行政处罚信息超期 speaks of something else.
pub(super) fn decisions(behind: &[Token], text: &str) -> Option<Counted> {
    let lexicon = Lexicon::get();
    let mut subjects = Vec::new();
    for token in behind {
        match token.what {
            What::Phrase(Sense::Subject(subject)) => subjects.push(subject),
            What::Phrase(Sense::Word(Word::Filler | Word::And | Word::OwnPeriod | Word::Case)) => {}
            What::Other if lexicon.clauses.deeds.has(&text[token.range.clone()]) => {}
            What::Phrase(_) | What::Other | What::Number(_) | What::Mark(_) => return None,
        }
    }
    let of_decisions = |subject: &usize| {
        lexicon.subjects[*subject].rows.iter().all(|row| match row {
            SubjectRow::Document(row) => {
                matches!(
                    row,
                    DisclosureRow::Licences
                        | DisclosureRow::Penalties
                        | DisclosureRow::CoerciveMeasures
                )
            }
            SubjectRow::Proceeding(_) => false,
        })
    };
    subjects.dedup();
    let held = !subjects.is_empty() && subjects.iter().all(of_decisions);
    held.then(|| {
        let term = |subject| Term::Subject { subject, aspect: None };
        let terms = subjects.into_iter().map(term).collect();
        Counted { joined: Joined::Sum, ..plainly(QuantityKind::Document, terms) }
    })
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
        words.iter().partition(|token| is(token, Word::Without));
    denying.len() == 1 && others.iter().all(|token| is_filler(token) || is(token, Word::Every))
}
