//! The four quarters of a year, which come to what is told of the year: 公开237条，四个季度分别为52条、61条、68条和56条.

use rust_decimal::Decimal;

use super::gap::lead;
use super::{Figures, Sum, of};
use crate::prose::arithmetic::added;
use crate::prose::lexicon::Lexicon;
use crate::prose::mention::Mention;

/// The quarters of a sentence that come to none of the figures that may be the year's, with the nearest of those.
pub(super) fn of_quarters(text: &str, mentions: &[Mention], figures: &Figures) -> Vec<Sum> {
    /// The share of the year by which the quarters may miss it; what is further off is the year of something else.
    const FAR: u32 = 5;
    let found = figures.own.windows(QUARTERS).enumerate().filter_map(|(nth, parts)| {
        let unit = &mentions[parts[0]];
        let alike = |i: &usize| mentions[*i].counts_exactly() && mentions[*i].same_unit(unit);
        if !parts.iter().all(alike) || !are_quarters(text, mentions, parts) {
            return None;
        }
        let sum = added(mentions, parts);
        let behind = figures.own.get(nth + QUARTERS).filter(|i| is_of_year(text, mentions, **i));
        let before = figures.before.iter().chain(&figures.own[..nth]);
        let may_be = |i: &usize| alike(i) && mentions[*i].of_this_year;
        let wholes: Vec<usize> = before.chain(behind).copied().filter(may_be).collect();
        let off = |i: &usize| (mentions[*i].value - sum).abs();
        let nearest = wholes.into_iter().min_by_key(off)?;
        let value = mentions[nearest].value;
        let near = off(&nearest).saturating_mul(Decimal::from(FAR)) <= value;
        (near && sum != value).then(|| of(parts, Some(nearest), false))
    });
    found.collect()
}

const QUARTERS: usize = 4;

/// True if each of four figures is named after its quarter, or all of them together.
fn are_quarters(text: &str, mentions: &[Mention], parts: &[usize]) -> bool {
    let words = &Lexicon::get().sums;
    let lead = |i: usize| lead(text, &mentions[i]);
    let each =
        parts.iter().zip(words.quarters.iter()).all(|(i, quarter)| lead(*i).contains(quarter));
    let first = parts.first().is_some_and(|first| words.periods.all_quarters.are_in(lead(*first)));
    let bare = parts.iter().skip(1).all(|i| lead(*i).trim_matches(['和', '与']).is_empty());
    each || first && bare
}

/// True if the words before a figure say that it is of the whole year: 全年986条.
fn is_of_year(text: &str, mentions: &[Mention], i: usize) -> bool {
    Lexicon::get().sums.of_all.start_of(lead(text, &mentions[i])).is_some()
}
