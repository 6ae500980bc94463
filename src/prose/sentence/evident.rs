//! Sentences that tell of applications for information, though they do not name them: 予以公开47件，部分公开10件，不予处理12件.

use super::level::is_of_cases;
use crate::edition::{RequestGroup, RequestRow};
use crate::prose::clause::group_of;
use crate::prose::lexicon::{Cell, Lexicon, QuantityKind, Sense, Word};
use crate::prose::token::{Token, What};

/// True if the words of a sentence are those of table 2 and of nothing else: two outcomes, of which only applications have one, or two
/// kinds of applicants with what they put forward, and as many figures; or a reason or an outcome of applications, which are named.
pub(super) fn tells_of_requests(sentence: &[Token]) -> bool {
    const FEWEST: usize = 2;
    let is = |token: &Token, words: &[Word]| match token.what {
        What::Phrase(Sense::Word(word)) => words.contains(&word),
        _ => false,
    };
    let elsewhere = [Word::Elsewhere, Word::Labels, Word::Thing];
    let subject = |token: &Token| matches!(token.what, What::Phrase(Sense::Subject(_)));
    let figures = sentence.iter().filter(|token| match &token.what {
        What::Number(numeral) => is_of_cases(numeral.unit),
        _ => false,
    });
    let n_figures = figures.count();
    if n_figures == 0 || sentence.iter().any(|t| is(t, &elsewhere) || subject(t)) {
        return false;
    }
    let lexicon = Lexicon::get();
    let mut outcomes: Vec<usize> =
        sentence.iter().filter_map(|token| outcome(lexicon, token)).collect();
    outcomes.sort_unstable();
    outcomes.dedup();
    let mut applicants: Vec<usize> = sentence.iter().filter_map(applicant).collect();
    applicants.sort_unstable();
    applicants.dedup();
    let applied = sentence.iter().any(|t| is(t, &[Word::Application, Word::Request]));
    let reason = outcomes.iter().any(|quantity| group_of(lexicon, *quantity).is_some());
    if applied && !outcomes.is_empty() || reason {
        return true;
    }
    if n_figures < FEWEST {
        return false;
    }
    outcomes.len() >= FEWEST && outcomes.iter().any(|quantity| is_own(lexicon, *quantity))
        || applied && applicants.len() >= FEWEST
}

fn outcome(lexicon: &Lexicon, token: &Token) -> Option<usize> {
    match token.what {
        What::Phrase(Sense::Quantity(quantity)) => Some(quantity)
            .filter(|quantity| lexicon.quantities[*quantity].kind == QuantityKind::Outcome),
        _ => None,
    }
}

fn applicant(token: &Token) -> Option<usize> {
    match token.what {
        What::Phrase(Sense::Applicant(applicant)) => Some(applicant),
        _ => None,
    }
}

/// True if nothing but an application has an outcome: documents are published or not, but not in part.
fn is_own(lexicon: &Lexicon, quantity: usize) -> bool {
    let first = lexicon.quantities[quantity].readings.first();
    let cells = first.map_or(&[][..], |sum| sum.0.as_slice());
    let published = |cell: &Cell| {
        matches!(cell, Cell::Request(RequestRow::Granted) | Cell::Group(RequestGroup::Refused))
    };
    !cells.is_empty() && !cells.iter().any(published)
}
