//! The thing that a figure counts, from the words of its clause.

use super::applications::{applicant_alone, request};
use super::context::{Context, TextPart, Topic};
use super::counted::{Counted, Joined, Term};
use super::phrases::Phrases;
use super::subjects::subject;
use crate::prose::lexicon::{Lexicon, QuantityKind, Sense, Word};
use crate::prose::token::{Token, What};

/// The most tokens of a clause that is understood; a longer one is no clause.
const LONGEST: usize = 100;

/// The thing that a figure counts by the words before it; `None` when that is not certain.
pub(crate) fn meaning(words: &[Token], context: Context<'_>) -> Option<Counted> {
    if words.len() > LONGEST {
        return None;
    }
    let lexicon = Lexicon::get();
    let phrases = Phrases::of(words);
    if let Some(counted) = unfinished(lexicon, &phrases, context) {
        return Some(counted);
    }
    if phrases.has(Word::Change)
        || phrases.has(Word::OtherPeriod)
        || phrases.has(Word::Without)
        || phrases.has(Word::NotReceived)
        || phrases.has(Word::Rate)
        || phrases.has(Word::Partial)
        || phrases.has(Word::Unfinished) && !phrases.carries_out(lexicon)
    {
        return None;
    }
    let mut counted = subject(lexicon, &phrases, context)
        .or_else(|| request(lexicon, &phrases, context))
        .or_else(|| applicant_alone(lexicon, &phrases, context))?;
    counted.at_most |= phrases.has(Word::Subset);
    // 自然人、企业分别为: each figure is that of one of them.
    let apart = [Word::Each, Word::Respectively, Word::OpensAll].into_iter();
    if counted.applicant.len() > 1 && apart.into_iter().any(|word| phrases.has(word)) {
        return None;
    }
    if phrases.has(Word::Each) {
        counted.joined = Joined::All;
    }
    Some(counted)
}

/// 办结588件，未办结14件: in the part on applications those are the ones carried over.
fn unfinished(lexicon: &Lexicon, phrases: &Phrases, context: Context<'_>) -> Option<Counted> {
    let of_requests = context.part == TextPart::Requests && context.topic == Topic::Requests;
    let plain = phrases.list.iter().all(|(_, sense)| {
        matches!(
            sense,
            Sense::Word(
                Word::Unfinished
                    | Word::Filler
                    | Word::And
                    | Word::OwnPeriod
                    | Word::Request
                    | Word::Application
                    | Word::Subset
            )
        )
    });
    let last = phrases.last_of(&[Word::Unfinished])?;
    let fits = of_requests
        && context.of_cases
        && !context.of_money
        && plain
        && context.neighbour.is_none_or(|before| {
            matches!(
                before.kind,
                QuantityKind::Handled
                    | QuantityKind::Intake
                    | QuantityKind::Request
                    | QuantityKind::CarriedIn
                    | QuantityKind::Outcome
            )
        })
        && phrases.reaches_figure(last)
        && phrases.is_plain_up_to(last, 0);
    fits.then(|| {
        Some(Counted {
            kind: QuantityKind::CarriedOut,
            terms: vec![Term::Quantity(lexicon.quantity("carried_out")?)],
            joined: Joined::Any,
            applicant: Vec::new(),
            only_hint: false,
            strict: false,
            at_most: false,
        })
    })
    .flatten()
}

/// Several things for as many figures to follow: 自然人、商业企业分别为; 分别公示行政许可、行政处罚, where `n_figures` follow.
pub(crate) fn distributed(words: &[Token], context: Context<'_>, n_figures: usize) -> Vec<Counted> {
    if words.len() > LONGEST {
        return Vec::new();
    }
    let lexicon = Lexicon::get();
    let phrases = Phrases::of(words);
    let Some(apart) = phrases.last_of(&[Word::Respectively, Word::OpensAll]) else {
        return Vec::new();
    };
    let named = phrases.list.iter().filter(|(_, sense)| !matches!(sense, Sense::Word(_)));
    let (before, mut behind): (Vec<usize>, Vec<usize>) =
        named.map(|(i, _)| *i).partition(|i| *i < apart);
    // 分别新制定规章、规范性文件: what was done with each of them.
    let is_act = |i: usize| matches!(words[i].what, What::Phrase(Sense::Aspect(_)));
    let act = behind.first().copied().filter(|i| is_act(*i));
    behind.retain(|i| Some(*i) != act);
    let all_behind = before.is_empty() && behind.len() == n_figures;
    let (named, act) = if all_behind { (behind, act) } else { (before, None) };
    // 办结件中予以公开和部分公开分别为5件、1件: of those that are joined.
    let joined = |pair: &&[usize]| phrases.joins(pair[0], pair[1]);
    let n = 1 + named.windows(2).rev().take_while(joined).count();
    let named = &named[named.len().saturating_sub(n)..];
    if named.len() < 2 || named.last().is_none_or(|i| !phrases.reaches_figure(*i)) {
        return Vec::new();
    }
    let mut all: Vec<Counted> = Vec::new();
    for i in named {
        let own: Vec<Token> = act.iter().chain([i]).map(|i| words[*i].clone()).collect();
        let phrases = Phrases::of(&own);
        // 自然人、企业、其他分别为: others of the kind of those before.
        let context = Context { neighbour: all.last().or(context.neighbour), ..context };
        let one = subject(lexicon, &phrases, context)
            .or_else(|| request(lexicon, &phrases, context))
            .or_else(|| applicant_alone(lexicon, &phrases, context));
        all.extend(one);
    }
    if all.len() == named.len() { all } else { Vec::new() }
}
