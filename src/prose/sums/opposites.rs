//! Two opposites right behind their whole, wherever that stands: 共30件，主办21件、会办9件; 公告73宗、248.6公顷，成交69宗，流拍4宗.

use std::collections::BTreeSet;

use super::{Figures, Sum, of};
use crate::prose::arithmetic::added;
use crate::prose::lexicon::Lexicon;
use crate::prose::mention::Mention;
use crate::prose::numeral::Exactness;

/// The pairs of opposites of a sentence that no other sum has, with the figure of their unit that stands right before them.
pub(super) fn of_opposites(
    text: &str,
    mentions: &[Mention],
    figures: &Figures,
    found: &[Sum],
) -> Vec<Sum> {
    /// The longest name of an opposite, in characters.
    const LONGEST: usize = 4;
    let parts: BTreeSet<usize> = found.iter().flat_map(|sum| sum.parts.iter().copied()).collect();
    let threes = figures.own.windows(3).enumerate();
    let sums = threes.filter_map(|(nth, three)| {
        let [before, one, other] = *three else { return None };
        let whole = match mentions[before].same_unit(&mentions[one]) {
            true => before,
            // 公告73宗、2486亩，成交69宗
            false => *figures.own.get(nth.checked_sub(1)?)?,
        };
        let all = [whole, one, other].map(|i| &mentions[i]);
        let is_sure = |m: &&Mention| m.exactness == Exactness::Exact && m.growth.is_none();
        let alike = all[1].same_unit(all[2]) && all[0].same_unit(all[1]);
        let is_whole = all[0].value >= all[1].value.max(all[2].value)
            && (figures.own.first() == Some(&whole) || is_total(text, all[0]));
        if !alike
            || !is_whole
            || !all.iter().all(is_sure)
            || parts.contains(&one)
            || parts.contains(&other)
        {
            return None;
        }
        let name = |i: usize| {
            let words = text.get(mentions[i - 1].range.end..mentions[i].digits.start)?;
            words.strip_prefix(['，', '、', '；'])
        };
        let (first, second) = (name(one)?, name(other)?);
        let short = [first, second].iter().all(|name| name.chars().count() <= LONGEST);
        if !short || !Lexicon::get().sums.pairs.are_in(first, second) {
            return None;
        }
        let fits = added(mentions, &[one, other]) == all[0].value;
        Some(Sum { complete: true, ..of(&[one, other], Some(whole), fits) })
    });
    sums.collect()
}

/// True if the words before a figure make it a total: 共30件.
fn is_total(text: &str, mention: &Mention) -> bool {
    let words = &Lexicon::get().sums;
    let before = text.get(..mention.digits.start).unwrap_or_default();
    words.total.end_of(before).or(words.total_alone.end_of(before)).is_some()
}
