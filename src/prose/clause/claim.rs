//! Claims: 没有发生行政复议, 全部办结, and what a figure is said to have been the year before.

use std::ops::Range;

use super::context::{Context, Topic};
use super::counted::{Counted, Joined, Term, plainly};
use super::denial::{nothing, outcome};
use super::growth::Wordless;
use super::outcomes::is_within;
use crate::edition::ChallengeColumn;
use crate::prose::lexicon::{Aspect, AspectColumn, Lexicon, QuantityKind, Sense, Word};
use crate::prose::token::{Token, What, is_filler, span};

/// Something said without a figure, or of another year.
#[derive(Debug, Clone)]
pub(crate) struct Claim {
    /// The bytes of the printed text.
    pub(crate) range: Range<usize>,
    /// The claim.
    pub(crate) what: Claimed,
}

/// A claim made without a figure, or of another year.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Claimed {
    /// There was none of it.
    None(Counted),
    /// Every application has been dealt with.
    AllHandled,
    /// All that a figure counts is of one outcome, or of one kind of applicants.
    Wholly(usize, Counted),
    /// A figure is as it was the year before, or twice as much.
    Change(usize, Wordless),
    /// A figure was that many of something the year before.
    LastYear(usize, Counted),
}

/// The claim of a clause without a figure, if anything that can be held against the tables.
pub(crate) fn claim(words: &[Token], text: &str, context: Context<'_>) -> Option<Claimed> {
    nothing(words, text, context)
        .map(Claimed::None)
        .or_else(|| all_handled(words, text, context).then_some(Claimed::AllHandled))
}

/// The outcome, or the kind of applicants, that a clause says all of a figure told before is of: 不予处理8件，均为信访举报投诉类申请.
pub(crate) fn wholly(words: &[Token], text: &str, context: Context<'_>) -> Option<Counted> {
    let every = |token: &Token| token.what == What::Phrase(Sense::Word(Word::Every));
    // 无法提供1件，原因均为本机关不掌握
    if let Some(of_reason) = for_reason(words, text, context) {
        return Some(of_reason);
    }
    let at = words.iter().position(every)?;
    let behind = &words[at + 1..];
    // 2件，申请人均为自然人
    let begins = text.get(span(&words[..at])).unwrap_or_default();
    if Lexicon::get().clauses.applicants.has(begins) {
        return by_one_applicant(behind, text, context);
    }
    // 结转下年的6件申请全部由自然人提出: the noun of the figure.
    let noun = |token: &Token| {
        let of_noun = [Word::Request, Word::Application];
        is_filler(token) || of_noun.iter().any(|w| token.what == What::Phrase(Sense::Word(*w)))
    };
    if at > 0 && !words[..at].iter().all(noun) {
        let led = text.get(span(&words[..at])).is_some_and(leads_to_outcome);
        return by_applicant(behind, text, context).filter(|_| led);
    }
    if let Some(of_one) = by_applicant(behind, text, context) {
        return Some(of_one);
    }
    let alone =
        by_one_applicant(behind, text, context).or_else(|| of_one_kind(behind, text, context));
    if alone.is_some() {
        return alone;
    }
    let clauses = &Lexicon::get().clauses;
    let links =
        |token: &&Token| clauses.denied_ends.has(&text[token.range.clone()]) || is_filler(token);
    let skipped = behind.iter().take_while(links).count();
    let named = outcome(&behind[skipped..], text, context)?;
    let told = context.neighbour.filter(|told| is_within(&named, told))?;
    (!told.at_most).then_some(named)
}

/// Cases told before, of the one kind of proceedings that all of them are: 行政诉讼4件，均为未经复议直接起诉.
fn of_one_kind(words: &[Token], text: &str, context: Context<'_>) -> Option<Counted> {
    let told = context.neighbour.filter(|told| told.kind == QuantityKind::Proceeding)?;
    let whole = |term: &Term| matches!(term, Term::Subject { aspect: None, .. });
    let mut named = None;
    for token in words {
        match token.what {
            What::Phrase(Sense::Subject(subject)) if named.is_none() => named = Some(subject),
            What::Phrase(Sense::Word(Word::Case)) => {}
            What::Phrase(_) | What::Other if is_filler(token) => {}
            What::Other if matches!(&text[token.range.clone()], "的" | "是") => {}
            What::Phrase(_) | What::Other | What::Number(_) | What::Mark(_) => return None,
        }
    }
    let subject = named.filter(|_| told.terms.iter().all(whole) && !told.at_most)?;
    let terms = vec![Term::Subject { subject, aspect: None }];
    let other = told.terms.iter().all(|term| term.subject() != Some(subject));
    other.then(|| Counted { joined: Joined::Any, ..plainly(QuantityKind::Proceeding, terms) })
}

/// The reason of an outcome that a clause behind its figure tells: 无法提供1件，原因是本机关不掌握.
fn for_reason(words: &[Token], text: &str, context: Context<'_>) -> Option<Counted> {
    let clauses = &Lexicon::get().clauses;
    let said = text.get(span(words))?;
    let link = clauses.reason_links.start_of(said)?;
    let behind = span(words).start + link.len();
    let rest = words.iter().position(|token| token.range.start >= behind)?;
    let named = outcome(&words[rest..], text, context)?;
    let told = context.neighbour.filter(|told| is_within(&named, told) && named != **told)?;
    (!told.at_most).then_some(named)
}

/// Applications of one kind of applicants told before, of the one outcome that all of them had: 科研机构的2件申请，经审查均予以公开.
fn by_applicant(words: &[Token], text: &str, context: Context<'_>) -> Option<Counted> {
    let told = context.neighbour.filter(|told| {
        let stage = matches!(told.kind, QuantityKind::Intake | QuantityKind::Request);
        stage && !told.applicant.is_empty() && !told.at_most
    })?;
    let skipped = words.iter().take_while(|token| is_filler(token)).count();
    let named = outcome(&words[skipped..], text, context)?;
    Some(Counted { applicant: told.applicant.clone(), ..named })
}

/// True if some words say how an outcome came about: 经审查, 经核实后.
fn leads_to_outcome(words: &str) -> bool {
    const LONGEST: usize = 6;
    const BY: char = '经';
    words.starts_with(BY) && words.chars().count() <= LONGEST
}

/// Applications told before, of the one kind of applicants that put all of them forward: 收到申请12件，全部由自然人提出; 不掌握2件，均由
/// 企业提出.
fn by_one_applicant(words: &[Token], text: &str, context: Context<'_>) -> Option<Counted> {
    let lexicon = Lexicon::get();
    let links = |token: &Token| {
        is_filler(token) || lexicon.clauses.put_forward.has(&text[token.range.clone()])
    };
    let mut applicant = None;
    for token in words {
        match token.what {
            What::Phrase(Sense::Applicant(named)) if applicant.is_none() => applicant = Some(named),
            // 全是自然人申请
            What::Phrase(Sense::Word(Word::Application | Word::Request)) if applicant.is_some() => {
            }
            What::Phrase(_) | What::Other if links(token) => {}
            What::Phrase(_) | What::Other | What::Number(_) | What::Mark(_) => return None,
        }
    }
    let applicant = lexicon.applicants[applicant?].clone();
    let of_all = |told: &&Counted| {
        let row = match told.kind {
            QuantityKind::Intake
            | QuantityKind::Handled
            | QuantityKind::CarriedIn
            | QuantityKind::CarriedOut
            | QuantityKind::Outcome => true,
            QuantityKind::Request
            | QuantityKind::Rest
            | QuantityKind::Proceeding
            | QuantityKind::Document
            | QuantityKind::Fee => false,
        };
        row && told.applicant.is_empty() && !told.at_most
    };
    let told = context.neighbour.filter(of_all)?;
    Some(Counted { applicant, ..told.clone() })
}

/// The cases that a clause says there were none of: 均已审结 leaves none pending, 全部维持 none corrected
/// either. The cases are those that the clause names, or else those `told` before; `single` says that those are one,
/// `decided` that they are only those that have been decided.
pub(crate) fn of_cases(
    words: &[Token],
    text: &str,
    told: &[usize],
    (single, decided): (bool, bool),
) -> Vec<Counted> {
    let lexicon = Lexicon::get();
    let is = |token: &Token, word: Word| token.what == What::Phrase(Sense::Word(word));
    let any = |word: Word| words.iter().any(|token| is(token, word));
    let blocked = [Word::Without, Word::NotReceived, Word::Change, Word::OtherPeriod, Word::Except];
    let Some(every) = words.iter().position(|token| is(token, Word::Every)) else {
        let result = result_alone(words, text, (told, single)).filter(|_| !told.is_empty());
        return result.map_or(Vec::new(), |result| without_result(result, told));
    };
    let named: Vec<usize> = words
        .iter()
        .filter_map(|token| match token.what {
            What::Phrase(Sense::Subject(subject)) => Some(subject),
            _ => None,
        })
        .collect();
    let subjects = if named.is_empty() { told } else { &named };
    let proceedings =
        |subject: &usize| lexicon.subjects[*subject].kind() == QuantityKind::Proceeding;
    let numbers = words.iter().any(|token| matches!(token.what, What::Number(_)));
    // 指出的问题均被纠正 is said of no case.
    if subjects.is_empty()
        || !subjects.iter().all(proceedings)
        || numbers
        || any(Word::Thing)
        || blocked.into_iter().any(any)
    {
        return Vec::new();
    }
    let behind = &text[words[every].range.start..span(words).end];
    let told = |column: &&ChallengeColumn| !decided || **column != ChallengeColumn::Pending;
    emptied_by(behind).iter().filter(told).map(|column| of_column(*column, subjects)).collect()
}

/// The columns that are empty where something is said of all cases: 均已审结, 全部维持, 均被纠正, 均未审结.
fn emptied_by(said: &str) -> &'static [ChallengeColumn] {
    use ChallengeColumn::{Corrected, OtherResult, Pending, Upheld};
    let clauses = &Lexicon::get().clauses;
    if clauses.undecided.are_in(said) {
        &[Upheld, Corrected]
    } else if clauses.negating.are_in(said) {
        &[]
    } else if clauses.upheld.are_in(said) {
        &[Pending, Corrected, OtherResult]
    } else if clauses.won.are_in(said) {
        // A case that was withdrawn may count as won.
        &[Pending, Corrected]
    } else if clauses.overturned.are_in(said) {
        &[Pending, Upheld]
    } else if clauses.decided.are_in(said) {
        &[Pending]
    } else {
        &[]
    }
}

/// The cases of some kinds in one column.
fn of_column(column: ChallengeColumn, subjects: &[usize]) -> Counted {
    let is_mine = |aspect: &Aspect| aspect.column == AspectColumn::Proceeding(column);
    let aspect = Lexicon::get().aspects.iter().position(is_mine);
    let term = |subject: &usize| Term::Subject { subject: *subject, aspect };
    let terms = subjects.iter().map(term).collect();
    Counted { joined: Joined::Sum, ..plainly(QuantityKind::Proceeding, terms) }
}

/// The result that a clause names and nothing besides but the cases told before: 行政诉讼1件，已审结，诉讼结果维持; of a
/// single case with whatever led to it: 经县政府审理后决定纠正.
fn result_alone(
    words: &[Token],
    text: &str,
    (told, single): (&[usize], bool),
) -> Option<AspectColumn> {
    let open = &Lexicon::get().clauses.not_resulted;
    let single = single && !open.are_in(&text[span(words)]);
    let mut result = None;
    for token in words {
        match token.what {
            // 已判决维持: that it was decided says less than how.
            What::Phrase(Sense::Aspect(aspect))
                if matches!(result, None | Some(AspectColumn::Decided)) =>
            {
                let aspect = &Lexicon::get().aspects[aspect];
                let certain = aspect.kind() == QuantityKind::Proceeding && !aspect.at_most;
                result = Some(certain.then_some(aspect.column)?);
            }
            What::Phrase(Sense::Word(Word::Filler | Word::And | Word::OwnPeriod)) => {}
            What::Phrase(Sense::Subject(subject)) if told.contains(&subject) => {}
            What::Other if single => {}
            What::Phrase(Sense::Word(word)) if single && leads_to_result(word) => {}
            What::Phrase(_) | What::Other | What::Number(_) | What::Mark(_) => return None,
        }
    }
    result
}

/// True if a word may stand before the result of a case: by whom it was decided, and when.
fn leads_to_result(word: Word) -> bool {
    let turns = [Word::Without, Word::NotReceived, Word::Change, Word::OtherPeriod, Word::Except];
    !turns.contains(&word)
}

/// The columns that are empty where all cases have one result.
fn without_result(result: AspectColumn, subjects: &[usize]) -> Vec<Counted> {
    let none = match result {
        AspectColumn::Decided => vec![ChallengeColumn::Pending],
        AspectColumn::Proceeding(column) => {
            let all = ChallengeColumn::RESULTS.iter().copied();
            all.filter(|other| *other != column).collect()
        }
        AspectColumn::Document(_) => Vec::new(),
    };
    none.into_iter().map(|column| of_column(column, subjects)).collect()
}

/// 全部办结, 均已答复.
fn all_handled(words: &[Token], text: &str, context: Context<'_>) -> bool {
    if !says_all_handled(words, text) || context.topic != Topic::Requests {
        return false;
    }
    let before = context.neighbour;
    let of_handled = before.is_some_and(|counted| {
        !matches!(counted.kind, QuantityKind::Intake | QuantityKind::Request)
    });
    let has_subject = words.iter().any(|token| {
        matches!(token.what, What::Phrase(Sense::Word(Word::Request | Word::Application)))
    });
    // 办结7件，均在期限内答复 speaks of those seven; without a figure it speaks of nothing.
    has_subject || before.is_some() && !of_handled
}

/// True if a clause says that every one of some applications has been dealt with, whichever they are.
pub(in crate::prose) fn says_all_handled(words: &[Token], text: &str) -> bool {
    const IN_YEAR: &str = "年内";
    let is = |token: &Token, word: Word| token.what == What::Phrase(Sense::Word(word));
    let any = |word: Word| words.iter().any(|token| is(token, word));
    let said = &text[span(words)];
    let Some(every) = words.iter().position(|token| is(token, Word::Every)) else { return false };
    let handled = words[every..].iter().any(|token| match token.what {
        What::Phrase(Sense::Quantity(quantity)) => {
            let quantity = &Lexicon::get().quantities[quantity];
            // 均按时答复 may speak of those that were due.
            let word = &text[token.range.clone()];
            let due = word.ends_with("答复") && said.contains(['时', '期']);
            let due = due && !said.contains(IN_YEAR);
            // 均由承办科室办理 tells who handles them, not that they are handled.
            let under_way =
                matches!(word, "办理" | "处理") && said.contains('由') && !said.contains('已');
            quantity.kind == QuantityKind::Handled && !due && !under_way
        }
        _ => false,
    });
    let other_sense = words.iter().any(|token| match token.what {
        What::Phrase(Sense::Quantity(quantity)) => !matches!(
            Lexicon::get().quantities[quantity].kind,
            QuantityKind::Handled | QuantityKind::Intake
        ),
        What::Phrase(Sense::Subject(_) | Sense::Aspect(_) | Sense::Applicant(_)) => true,
        What::Number(_) => true,
        _ => false,
    });
    let blocked = [
        Word::Except,
        Word::Elsewhere,
        Word::Thing,
        Word::Rate,
        Word::Finish,
        Word::Without,
        Word::NotReceived,
        Word::Change,
        Word::OtherPeriod,
    ];
    handled && !other_sense && !blocked.into_iter().any(any)
}
