//! Figures of each of several: the name of those, and the figures that all of them may come to.

use rust_decimal::Decimal;

use super::gap::MARKS;
use crate::prose::lexicon::Lexicon;
use crate::prose::mention::Mention;
use crate::prose::numeral::Unit;

/// A figure of each, a number of them, and all of them.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Product {
    /// The figure that is told of each, or on average.
    pub(crate) each: usize,
    /// The number of them; none where it is that of the months or quarters of a year.
    pub(crate) times: Option<usize>,
    /// That number.
    pub(crate) n: Decimal,
    /// The figure that they come to.
    pub(crate) total: usize,
    /// True if what is told of each may be rounded: on average, or with decimals.
    pub(crate) rounded: bool,
    /// True if they do.
    pub(crate) fits: bool,
    /// The counter of that number, as a reader is told of it.
    pub(crate) counted: &'static str,
}

/// The words behind 每 that name what each figure is of: 村 of 平均每村; 场 of 场均.
pub(super) fn name_of_each<'a>(
    text: &'a str,
    mentions: &[Mention],
    each: usize,
) -> Option<&'a str> {
    const EACH: char = '每';
    const MEAN: char = '均';
    let from = each.checked_sub(1).map_or(0, |before| mentions[before].range.end);
    let said = text.get(from..mentions[each].digits.start)?;
    let piece = said.rsplit(|c| MARKS.contains(&c) || "。：（(\n".contains(c)).next()?;
    if let Some(at) = piece.rfind(EACH) {
        return Some(&piece[at + EACH.len_utf8()..]).filter(|name| !name.is_empty());
    }
    let at = piece.rfind(MEAN)?;
    let name = piece[..at].char_indices().next_back()?;
    let words = &Lexicon::get().sums;
    words.means.of_each.has(&piece[name.0..at + MEAN.len_utf8()]).then_some(&piece[name.0..at])
}

/// The figures in the unit of what each has that may be all of them, the nearest first.
pub(super) fn totals(text: &str, mentions: &[Mention], each: usize) -> Vec<usize> {
    /// The most figures before and behind that are looked at.
    const NEAR: usize = 6;
    /// Before a figure of one out of many: 最长的一份用了12个工作日.
    const SUPERLATIVE: char = '最';
    /// The characters before a figure in which it stands.
    const REACH: usize = 16;
    let told = &mentions[each];
    let extreme = |i: usize| {
        let before = text.get(..mentions[i].digits.start).unwrap_or_default();
        let mut near =
            before.chars().rev().take(REACH).take_while(|c| !MARKS.contains(c) && *c != '。');
        near.any(|c| c == SUPERLATIVE)
    };
    let fits = |i: &usize| {
        let other = &mentions[*i];
        if extreme(*i) {
            return false;
        }
        let alike = other.same_unit(told) || are_persons(other, told);
        let own = other.sentence == told.sentence && name_of_each(text, mentions, *i).is_none();
        let things = alike && !are_of_other_things(text, told, other);
        // 投资4.73万元，平均每公里165.1万元: 亿 may have become 万.
        let value = if told.unit == Unit::Yuan { scaled(other.value) } else { other.value };
        *i != each && other.counts_exactly() && things && own && value >= told.value
    };
    let mut near: Vec<usize> =
        (each.saturating_sub(NEAR)..mentions.len().min(each + NEAR)).filter(fits).collect();
    near.sort_by_key(|i| i.abs_diff(each));
    near
}

/// True if two figures in a unit of all kinds of things name two things: 每次抽查12个单位，全年通报96个问题.
fn are_of_other_things(text: &str, one: &Mention, other: &Mention) -> bool {
    const NOUN: usize = 2;
    let lexicon = Lexicon::get();
    let noun = |mention: &Mention| -> Option<String> {
        let behind = text.get(mention.range.end..)?;
        let noun: String = behind.chars().take(NOUN).take_while(|c| c.is_alphabetic()).collect();
        let named =
            noun.chars().count() == NOUN && lexicon.clauses.statement.start_of(&noun).is_none();
        named.then_some(noun)
    };
    let general = one.unit.counter().is_some_and(|c| lexicon.sums.general.has(&c.word));
    general && noun(one).zip(noun(other)).is_some_and(|(one, other)| one != other)
}

/// True if the words before a figure say that it is one on average: 折合每月8条.
pub(super) fn is_mean(text: &str, each: &Mention) -> bool {
    let words = text.get(each.phrase.start..each.digits.start).unwrap_or_default();
    Lexicon::get().sums.means.averaged.are_in(words)
}

/// Ten thousand times a value.
pub(super) fn scaled(value: Decimal) -> Decimal {
    value.saturating_mul(Decimal::from(10_000))
}

fn are_persons(one: &Mention, other: &Mention) -> bool {
    let persons = |mention: &Mention| match mention.unit {
        Unit::Counter(counter) => counter.counts_persons(),
        Unit::Yuan
        | Unit::Percent
        | Unit::Points
        | Unit::Times
        | Unit::Year
        | Unit::Month
        | Unit::Day => false,
    };
    persons(one) && persons(other)
}
