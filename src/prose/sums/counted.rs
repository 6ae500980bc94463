//! Totals in another unit that count their parts: 许可24687件，处罚7435件，两项在网站公示共32122条.

use super::{Figures, Sum, of};
use crate::prose::arithmetic::added;
use crate::prose::lexicon::{Counter, Lexicon};
use crate::prose::mention::Mention;
use crate::prose::numeral::Exactness;
use crate::prose::slip::{are_swapped, near};

/// The sums of figures that the words before a total in another unit count, where the total comes near to them.
pub(super) fn in_another_unit(text: &str, mentions: &[Mention], figures: &Figures) -> Vec<Sum> {
    const NTH: u32 = 20;
    const SHORTEST: usize = 4;
    let own = &figures.own;
    let sum_of = |nth: usize| {
        let (before, total) = (&mentions[*own.get(nth.checked_sub(1)?)?], &mentions[own[nth]]);
        let n = counted(text.get(before.range.end..total.digits.start)?)?;
        let parts = own.get(nth.checked_sub(n)?..nth)?;
        let alike = parts.iter().all(|part| {
            mentions[*part].same_unit(before) && mentions[*part].exactness == Exactness::Exact
        });
        let publishes = |mention: &Mention| mention.unit.counter().is_some_and(Counter::is_piece);
        let units = !before.same_unit(total) && publishes(before) && publishes(total);
        let sum = added(mentions, parts);
        let close = near(sum, total.value, NTH) || are_swapped(sum, total.value, SHORTEST);
        let exact = total.exactness == Exactness::Exact;
        (alike && units && close && exact).then(|| of(parts, Some(own[nth]), sum == total.value))
    };
    (0..own.len()).filter_map(sum_of).collect()
}

/// The number of parts that the clause before a total counts: 两项在网站公示共.
fn counted(words: &str) -> Option<usize> {
    const LONGEST: usize = 16;
    let sums = &Lexicon::get().sums;
    let clause = words.rsplit(['，', '；']).next().filter(|clause| clause.len() < words.len())?;
    let (number, n) = sums.counted.iter().find(|(number, _)| clause.starts_with(number))?;
    sums.counted_by.start_of(&clause[number.len()..])?;
    let adds = sums.total.end_of(clause).or(sums.total_alone.end_of(clause));
    (adds.is_some() && clause.chars().count() <= LONGEST).then(|| n.parse().ok()).flatten()
}
