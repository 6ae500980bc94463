//! Which proceeding or class of documents a clause names, and which column of it.

use super::context::{Context, Place, Topic};
use super::counted::{Counted, Joined, Term};
use super::phrases::Phrases;
use crate::prose::lexicon::{Kind, Lexicon, Sense, Word};

/// A proceeding or a class of documents.
pub(super) fn subject(
    lexicon: &Lexicon,
    phrases: &Phrases,
    context: Context<'_>,
) -> Option<Counted> {
    let subjects: Vec<(usize, usize)> = phrases
        .list
        .iter()
        .filter_map(|(i, sense)| match sense {
            Sense::Subject(subject) => Some((*i, *subject)),
            _ => None,
        })
        .collect();
    let aspects: Vec<(usize, usize)> = phrases
        .list
        .iter()
        .filter_map(|(i, sense)| match sense {
            Sense::Aspect(aspect) => Some((*i, *aspect)),
            _ => None,
        })
        .collect();
    // 复议诉讼共12件 may be their sum, 经复议提起行政诉讼 is one of them.
    if subjects.windows(2).any(|pair| pair[0].0 + 1 == pair[1].0) {
        return None;
    }
    let (kind, terms, joined, last) = match subjects.last() {
        Some((last, subject)) => {
            let kind = lexicon.subjects[*subject].kind();
            let mine = subjects.iter().filter(|(_, s)| lexicon.subjects[*s].kind() == kind);
            let mut terms: Vec<usize> = mine.map(|(_, subject)| *subject).collect();
            let run = subjects.windows(2).all(|pair| phrases.joins(pair[0].0, pair[1].0));
            if !run && kind == Kind::Proceeding {
                return None; // 经行政复议后提起行政诉讼1件 are only some of the lawsuits.
            }
            if !run {
                terms = vec![*subject];
            }
            terms.dedup();
            let aspect = aspects.last().filter(|(_, a)| lexicon.aspects[*a].kind() == kind);
            let last = aspect.map_or(*last, |(i, _)| (*i).max(*last));
            let term = |subject| Term::Subject { subject, aspect: aspect.map(|(_, a)| *a) };
            (kind, terms.into_iter().map(term).collect::<Vec<_>>(), Joined::Sum, last)
        }
        None => {
            let (last, aspect) = *aspects.last()?;
            let kind = lexicon.aspects[aspect].kind();
            let of_whole = context.whole.filter(|whole| whole.kind == kind);
            let before = of_whole.or(context.neighbour.filter(|counted| counted.kind == kind));
            // 直接起诉8件、复议后起诉17件；尚有3件未审结: of the last or of all.
            let unsure = context.past_semicolon && of_whole.is_none();
            if let (Some(before), Topic::Subject(topic), true) = (before, context.topic, unsure)
                && before.terms.iter().filter_map(Term::subject).any(|subject| subject != topic)
            {
                return None;
            }
            let subjects: Vec<usize> = match (before, context.topic) {
                (Some(before), _) => before.terms.iter().filter_map(Term::subject).collect(),
                (None, Topic::Subject(subject)) if lexicon.subjects[subject].kind() == kind => {
                    vec![subject]
                }
                (None, _) => return None,
            };
            let term = |subject| Term::Subject { subject, aspect: Some(aspect) };
            (kind, subjects.into_iter().map(term).collect(), Joined::Sum, last)
        }
    };
    if !phrases.reaches_figure(last) || phrases.has(Word::Elsewhere) {
        return None;
    }
    let decisions = terms.iter().filter_map(Term::subject).any(|s| lexicon.is_of_decisions(s));
    let of_fees = terms.iter().filter_map(Term::subject).any(|s| lexicon.is_of_fees(s));
    if of_fees != (context.of_money && kind == Kind::Document)
        || decisions && (phrases.has(Word::Application) || phrases.has(Word::Request))
        || context.of_money && !of_fees
        || decisions && (!context.of_cases || context.place == Place::Requests)
        || decisions && (context.whole.is_some() || context.of_unknown)
    {
        return None; // 行政许可申请 are no decisions, and fines are no number of them.
    }
    let only_hint = match kind {
        Kind::Proceeding => {
            // 2件复议案件和1件诉讼案件被纠正 are some of them.
            if context.place == Place::Problems && aspects.is_empty() {
                return None;
            }
            // The office that decides on reconsideration counts cases against others.
            let decides = phrases.list.iter().any(|(_, sense)| match sense {
                Sense::Quantity(q) => {
                    matches!(lexicon.quantities[*q].kind, Kind::Intake | Kind::Handled)
                }
                _ => false,
            });
            let caused = phrases.has(Word::Because) || phrases.has(Word::Request);
            if decides && !caused {
                return None;
            }
            false
        }
        _ => {
            if phrases.has(Word::Thing) || phrases.has(Word::Channel) {
                return None;
            }
            terms.iter().any(|term| match term {
                Term::Subject { aspect: Some(aspect), .. } => lexicon.aspects[*aspect].only_hint,
                _ => !(decisions || of_fees),
            })
        }
    };
    Some(Counted { kind, terms, joined, applicant: Vec::new(), only_hint, strict: false })
}
