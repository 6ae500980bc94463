//! Rounds that are counted by the times or places named before them: 3月、7月、10月各办1期，平均每期155人次.

use rust_decimal::Decimal;

use super::gap::MARKS;
use crate::prose::lexicon::Lexicon;
use crate::prose::mention::Mention;
use crate::prose::numeral::Unit;

/// The number of rounds that a row of names with one round each comes to, before a figure of each of them.
pub(super) fn rounds_named(
    text: &str,
    mentions: &[Mention],
    each: usize,
    name: &str,
) -> Option<Decimal> {
    const NEAR: usize = 8;
    let sentence = mentions[each].sentence;
    let near = mentions[each.saturating_sub(NEAR)..each].iter().rev();
    let mut rounds = near.take_while(|m| m.sentence == sentence).filter(|m| {
        let counted = matches!(m.unit, Unit::Counter(counter) if name == counter.word);
        counted && m.value == Decimal::ONE && m.counts_exactly()
    });
    rounds.find_map(|round| names_with_one_each(text, round))
}

/// The number of names before 各, parted by pauses and 和.
fn names_with_one_each(text: &str, round: &Mention) -> Option<Decimal> {
    const EACH: char = '各';
    const REACH: usize = 60;
    const PAUSE: char = '、';
    let before = text.get(..round.digits.start)?;
    let from = before.char_indices().rev().nth(REACH).map_or(0, |(at, _)| at);
    let ends = |c: char| c != PAUSE && (MARKS.contains(&c) || "。：（）\n".contains(c));
    let (row, verb) = before[from..].rsplit(ends).next()?.rsplit_once(EACH)?;
    let joined = Lexicon::get()
        .sums
        .joins
        .iter()
        .any(|join| row.rsplit(PAUSE).next().is_some_and(|last| last.contains(join)));
    let n = row.split(PAUSE).count() + usize::from(joined);
    (n > 1 && !verb.contains(PAUSE)).then(|| Decimal::from(n))
}
