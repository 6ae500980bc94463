//! Rests of a whole told before, whatever stands between: 隐患单位12家，名单向社会公布，年底前销案11家，剩余1家.

use super::gap::lead;
use super::{Figures, Sum, of};
use crate::prose::arithmetic::added;
use crate::prose::lexicon::Lexicon;
use crate::prose::mention::Mention;
use crate::prose::slip::near;

/// The sums of what was done and what is said to remain with the figure they are parts of.
pub(super) fn of_remains(text: &str, mentions: &[Mention], figures: &Figures) -> Vec<Sum> {
    let all = (1..figures.own.len()).filter(|nth| remains(text, mentions, figures.own[*nth]));
    all.filter_map(|nth| sum_of(text, mentions, figures, nth)).collect()
}

fn sum_of(text: &str, mentions: &[Mention], figures: &Figures, nth: usize) -> Option<Sum> {
    const NEAR: u32 = 2;
    const LONGEST: usize = 14;
    const SHORT: usize = 4;
    let (done, rest) = (figures.own[nth - 1], figures.own[nth]);
    let alike =
        |i: &&usize| mentions[**i].same_unit(&mentions[rest]) && mentions[**i].counts_exactly();
    let between = text.get(mentions[done].range.end..mentions[rest].digits.start)?;
    let beside = between.starts_with('，') && between.chars().count() <= LONGEST;
    let (words, own) = (&Lexicon::get().sums, lead(text, &mentions[rest]));
    let plainly = words.remains.end_of(own).is_some_and(|_| own.chars().count() <= SHORT);
    let says_done = words.done_with.are_in(lead(text, &mentions[done])) || plainly;
    let parts = [done, rest];
    if !beside || !says_done || !parts.iter().all(|part| alike(&part)) {
        return None;
    }
    let sum = added(mentions, &parts);
    let before = figures.own[..nth - 1].iter().rev().filter(alike);
    let earlier = figures.earlier.iter().rev().filter(alike);
    let mut wholes = before.clone().chain(earlier.clone());
    if let Some(whole) = wholes.find(|whole| mentions[**whole].value == sum) {
        return Some(of(&parts, Some(*whole), true));
    }
    // 7件，维持4件，纠正2件，余下1件: with those before them.
    let row: Vec<usize> = before.clone().copied().collect();
    let further = (1..row.len()).find(|n| {
        let parts = row[..*n].iter().fold(sum, |sum, i| sum.saturating_add(mentions[*i].value));
        mentions[row[*n]].value == parts
    });
    if let Some(n) = further {
        let parts: Vec<usize> = row[..n].iter().rev().chain(&parts).copied().collect();
        return Some(Sum { decides: false, ..of(&parts, Some(row[n]), true) });
    }
    let mut of_sentence_before = figures.before.iter().filter(alike);
    let only = of_sentence_before.next().filter(|_| of_sentence_before.next().is_none());
    let whole = *before.clone().next().or(only)?;
    let value = mentions[whole].value;
    let larger = mentions[rest].value < value;
    (larger && near(sum, value, NEAR)).then(|| of(&parts, Some(whole), false))
}

/// True if the words before a figure say that it is what remains: 剩余1家; 年底尚有18户未消除风险.
fn remains(text: &str, mentions: &[Mention], i: usize) -> bool {
    let lexicon = Lexicon::get();
    let (lead, behind) = (lead(text, &mentions[i]), &text[mentions[i].range.end..]);
    let open = || {
        lexicon.clauses.negating.start_of(behind).is_some()
            || lexicon.clauses.unfinished.start_of(behind).is_some()
    };
    lexicon.sums.remains.has(lead) || lexicon.sums.rest_alone.end_of(lead).is_some() && open()
}
