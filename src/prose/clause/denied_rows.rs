//! Denials of rows of the tables: 科研机构未提出申请, 未制发行政规范性文件, 未作出行政强制决定.

use super::context::{Context, TextPart, Topic};
use super::counted::{Counted, Joined, Term, plainly};
use crate::edition::{DisclosureColumn, DisclosureRow, RequestColumn};
use crate::prose::lexicon::{Aspect, AspectColumn, Lexicon, QuantityKind, Sense, SubjectRow, Word};
use crate::prose::token::{Token, What};

/// The applications of some applicants of whom a clause says that they put none forward: 科研机构、法律服务机构均未提出申请; 未收到法律服务
/// 机构的申请.
pub(super) fn by_applicants(words: &[Token], text: &str, context: Context<'_>) -> Option<Counted> {
    let lexicon = Lexicon::get();
    let is = |token: &Token, word: Word| token.what == What::Phrase(Sense::Word(word));
    let any = |word: Word| words.iter().any(|token| is(token, word));
    let said = |token: &Token| text.get(token.range.clone()).unwrap_or_default();
    let mut applicant = Vec::new();
    let mut denied = any(Word::Without) || any(Word::NotReceived);
    for token in words {
        match token.what {
            What::Phrase(Sense::Applicant(named)) => applicant.extend(&lexicon.applicants[named]),
            What::Phrase(Sense::Word(
                Word::Without
                | Word::NotReceived
                | Word::Every
                | Word::Request
                | Word::Application
                | Word::OwnPeriod
                | Word::And
                | Word::Filler,
            )) => {}
            What::Other if lexicon.clauses.not_put_forward.has(said(token)) => denied = true,
            What::Other if lexicon.clauses.put_forward.has(said(token)) => {}
            What::Phrase(_) | What::Other | What::Number(_) | What::Mark(_) => return None,
        }
    }
    let of_requests = context.part == TextPart::Requests && context.topic == Topic::Requests;
    let known = any(Word::Request) || of_requests && any(Word::Application);
    let some = !applicant.is_empty() && applicant.len() < RequestColumn::APPLICANTS.len();
    let received = lexicon.quantity("received_new")?;
    let terms = vec![Term::Quantity(received)];
    applicant.sort_unstable();
    applicant.dedup();
    (denied && known && some).then(|| Counted { applicant, ..plainly(QuantityKind::Intake, terms) })
}

/// The documents that a clause says the body neither issued nor repealed: 未制发行政规范性文件; 没有废止规章.
pub(super) fn documents(verb: &Token, behind: &[Token], text: &str) -> Option<Counted> {
    let lexicon = Lexicon::get();
    // 未制发 is one word, 没有 and 制发 are two.
    let own = lexicon.clauses.not_issued.has(&text[verb.range.clone()]);
    let repealed = lexicon.clauses.not_repealed.has(&text[verb.range.clone()]);
    let column = match (own, repealed) {
        (true, _) => Some(DisclosureColumn::Issued),
        (false, true) => Some(DisclosureColumn::Repealed),
        (false, false) => None,
    };
    let of_column = |column| {
        let is_mine =
            |aspect: &Aspect| aspect.column == AspectColumn::Document(column) && !aspect.only_hint;
        lexicon.aspects.iter().position(is_mine)
    };
    let (mut aspect, mut subjects) = (column.and_then(of_column), Vec::new());
    for token in behind {
        match token.what {
            What::Phrase(Sense::Subject(subject)) => subjects.push(subject),
            What::Phrase(Sense::Aspect(named)) if aspect.is_none() && subjects.is_empty() => {
                let named_aspect = &lexicon.aspects[named];
                let done = !named_aspect.only_hint && !named_aspect.at_most;
                aspect = Some(named).filter(|_| done);
                aspect?;
            }
            What::Phrase(Sense::Word(Word::Filler | Word::And | Word::OwnPeriod)) => {}
            What::Other if lexicon.clauses.denied_ends.has(&text[token.range.clone()]) => {}
            What::Phrase(_) | What::Other | What::Number(_) | What::Mark(_) => return None,
        }
    }
    let of_acts = |subject: &usize| {
        lexicon.subjects[*subject].rows.iter().all(|row| match row {
            SubjectRow::Document(
                DisclosureRow::Regulations | DisclosureRow::NormativeDocuments,
            ) => true,
            SubjectRow::Document(
                DisclosureRow::Licences
                | DisclosureRow::OtherServices
                | DisclosureRow::Penalties
                | DisclosureRow::CoerciveMeasures
                | DisclosureRow::Fees
                | DisclosureRow::CentralProcurement,
            )
            | SubjectRow::Proceeding(_) => false,
        })
    };
    let column = aspect.map(|aspect| lexicon.aspects[aspect].column);
    let done = matches!(
        column,
        Some(AspectColumn::Document(DisclosureColumn::Issued | DisclosureColumn::Repealed))
    );
    subjects.dedup();
    (done && !subjects.is_empty() && subjects.iter().all(of_acts)).then(|| {
        let terms = subjects.into_iter().map(|subject| Term::Subject { subject, aspect });
        Counted { joined: Joined::Sum, ..plainly(QuantityKind::Document, terms.collect()) }
    })
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
            SubjectRow::Document(
                DisclosureRow::Licences
                | DisclosureRow::Penalties
                | DisclosureRow::CoerciveMeasures,
            ) => true,
            SubjectRow::Document(
                DisclosureRow::Regulations
                | DisclosureRow::NormativeDocuments
                | DisclosureRow::OtherServices
                | DisclosureRow::Fees
                | DisclosureRow::CentralProcurement,
            )
            | SubjectRow::Proceeding(_) => false,
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
