//! Denials of rows of the tables: 科研机构未提出申请, 未制发行政规范性文件, 未作出行政强制决定.

use super::context::{Context, TextPart, Topic};
use super::counted::{Counted, Joined, Term, plainly};
use crate::edition::{DisclosureColumn, DisclosureRow, RequestColumn};
use crate::prose::lexicon::{AspectColumn, Lexicon, QuantityKind, Sense, SubjectRow, Word};
use crate::prose::token::{Token, What, senses};

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
    let act = text[verb.range.clone()].trim_start_matches(['未', '无']);
    let told = senses(act).into_iter().find_map(|sense| match sense {
        Sense::Aspect(aspect) => Some(aspect),
        Sense::Quantity(_) | Sense::Applicant(_) | Sense::Subject(_) | Sense::Word(_) => None,
    });
    let (mut aspect, mut subjects) = (told, Vec::new());
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
    let column = aspect.map(|aspect| lexicon.aspects[aspect].column);
    let done = matches!(
        column,
        Some(AspectColumn::Document(DisclosureColumn::Issued | DisclosureColumn::Repealed))
    );
    subjects.dedup();
    let is_act = |row: &SubjectRow| {
        use DisclosureRow::{NormativeDocuments, Regulations};
        matches!(row, SubjectRow::Document(Regulations | NormativeDocuments))
    };
    let of_acts = subjects.iter().all(|i| lexicon.subjects[*i].rows.iter().all(is_act));
    (done && !subjects.is_empty() && of_acts).then(|| {
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
    subjects.dedup();
    let of_decisions = subjects.iter().all(|subject| lexicon.is_of_decisions(*subject));
    (of_decisions && !subjects.is_empty()).then(|| {
        let term = |subject| Term::Subject { subject, aspect: None };
        let terms = subjects.into_iter().map(term).collect();
        Counted { joined: Joined::Sum, ..plainly(QuantityKind::Document, terms) }
    })
}
