//! Totals in another unit than their parts: 许可24687件，处罚7435件，两项在网站公示共32122条; 42人、38人，累计80人次.

use super::{Figures, Sum, of};
use crate::prose::arithmetic::added;
use crate::prose::lexicon::{Counter, Lexicon};
use crate::prose::mention::Mention;
use crate::prose::numeral::Exactness;
use crate::prose::slip::{are_swapped, near, one_slip};

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

/// 三次分别参加42人、38人、45人，累计125人次: the persons of several meetings, and how often one came.
pub(super) fn of_persons(text: &str, mentions: &[Mention], figures: &Figures) -> Vec<Sum> {
    const NTH: u32 = 20;
    const FEWEST: usize = 2;
    const SMALLEST: u32 = 100;
    const VERB: usize = 4;
    let own = &figures.own;
    let sum_of = |nth: usize| {
        let (last, total) = (own.get(nth.checked_sub(1)?)?, &mentions[own[nth]]);
        let times = total.unit.counter();
        let times = times.is_some_and(|counter| counter.word == "人次" || counter.counts_persons());
        let person = |i: usize| mentions[i].unit.counter().is_some_and(Counter::counts_persons);
        // 先后有104人、88人参加，累计培训192人次
        let (said, clause) =
            text.get(mentions[*last].range.end..total.digits.start)?.split_once('，')?;
        if said.chars().count() > VERB || !said.chars().all(char::is_alphabetic) {
            return None;
        }
        if !times || !person(*last) || total.exactness != Exactness::Exact || !adds(clause) {
            return None;
        }
        let joined = |pair: &&[usize]| {
            let between = text.get(mentions[pair[0]].range.end..mentions[pair[1]].digits.start);
            let sums = &Lexicon::get().sums;
            let pause = between.is_some_and(|words| words == "、" || sums.joins.has(words));
            pause && person(pair[0]) && mentions[pair[0]].exactness == Exactness::Exact
        };
        let n = 1 + own[..nth].windows(2).rev().take_while(joined).count();
        let parts = &own[nth - n..nth];
        let sum = added(mentions, parts);
        let slip = total.value >= SMALLEST.into() && one_slip(sum, total.value);
        let close = sum == total.value || near(sum, total.value, NTH) || slip;
        (n >= FEWEST && close).then(|| of(parts, Some(own[nth]), sum == total.value))
    };
    (0..own.len()).filter_map(sum_of).collect()
}

/// True if some words are no more than a word that adds and a verb: 累计, 共培训.
fn adds(clause: &str) -> bool {
    const VERB: usize = 2;
    let sums = &Lexicon::get().sums;
    let verb = sums.adds.start_of(clause).map(|word| &clause[word.len()..]);
    verb.is_some_and(|verb| verb.chars().count() <= VERB && verb.chars().all(char::is_alphabetic))
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
