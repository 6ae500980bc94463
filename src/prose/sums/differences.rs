//! The difference of two figures of which the one became the other: 由48.2万增至61.7万人，净增13.5万人; 由13.9天缩短到11.4天，少用2.5天.

use super::gap::MARKS;
use super::{Sum, of};
use crate::prose::arithmetic::added;
use crate::prose::lexicon::Lexicon;
use crate::prose::mention::Mention;
use crate::prose::numeral::{Exactness, Unit};

/// The sums of the smaller figure and the change, which come to the larger one; means and those told of the year before among them.
pub(super) fn from_one_to_another(text: &str, mentions: &[Mention]) -> Vec<Sum> {
    let threes = mentions.windows(3).enumerate();
    threes.filter_map(|(first, _)| of_three(text, mentions, first)).collect()
}

fn of_three(text: &str, mentions: &[Mention], first: usize) -> Option<Sum> {
    let [base, now, change] = [0, 1, 2].map(|n| &mentions[first + n]);
    let together = base.sentence == change.sentence;
    let exact = [base, now, change].iter().all(|m| m.exactness == Exactness::Exact);
    let counts =
        [base, now, change].iter().all(|m| matches!(m.unit, Unit::Counter(_) | Unit::Yuan));
    if !together || !exact || !counts || !base.same_unit(now) || !now.same_unit(change) {
        return None;
    }
    let words = Lexicon::get();
    let growth = &words.growth;
    let lead = text.get(
        first.checked_sub(1).map_or(0, |before| mentions[before].range.end)..base.digits.start,
    )?;
    let lead = lead.rsplit(['。', '；', '\n']).next().unwrap_or_default();
    let between = text.get(base.range.end..now.digits.start)?;
    let behind = text.get(now.range.end..change.digits.start)?;
    let said = behind.rsplit(MARKS).next().unwrap_or_default();
    let starts = growth.base_from.iter().any(|word| lead.contains(word));
    let reaches = growth.base_to.end_of(between).is_some() && is_short(between);
    let (more, fewer) = (base.value < now.value, now.value < base.value);
    // 由61个整合为47个，关停14个: of what came or went, where the figure is the last of the sentence.
    let last = mentions.get(first + 3).is_none_or(|next| next.sentence != change.sentence);
    let up = growth.up.end_of(behind).is_some() || last && more && words.sums.comes.are_in(behind);
    let less = [&growth.down, &growth.down_of_times];
    let down = less.iter().any(|words| words.end_of(behind).is_some())
        || growth.down_by.has(said)
        || last && fewer && words.sums.goes.are_in(behind);
    if !starts || !reaches || up == down || !is_short(behind) {
        return None;
    }
    let (smaller, larger) = if up { (first, first + 1) } else { (first + 1, first) };
    let parts = [smaller, first + 2];
    let misses = (added(mentions, &parts) - mentions[larger].value).abs();
    // Figures told in 万 are rounded each.
    let steps = [base, now, change].map(|m| m.step);
    let rounded = steps.iter().any(|step| *step > rust_decimal::Decimal::ONE);
    let allowed = if rounded {
        steps.into_iter().max().unwrap_or_default()
    } else {
        rust_decimal::Decimal::ZERO
    };
    Some(of(&parts, Some(larger), misses <= allowed))
}

/// True if words between two figures say no more than a verb and a name.
fn is_short(words: &str) -> bool {
    const LONGEST: usize = 8;
    words.chars().count() <= LONGEST && !words.contains(['；', '。', '：'])
}
