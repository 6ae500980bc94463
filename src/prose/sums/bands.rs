//! Bands of one scale that divide all that were measured: 评估52家单位，90分以上24家、80分至90分23家、80分以下5家.

use rust_decimal::Decimal;

use super::gap::MARKS;
use super::{Figures, Sum, of};
use crate::prose::arithmetic::added;
use crate::prose::lexicon::Lexicon;
use crate::prose::mention::Mention;
use crate::prose::slip::one_slip;

/// A part of a scale, from a value up to another one; none where it has no such end.
#[derive(Clone, Copy)]
struct Band<'a> {
    from: Option<u32>,
    to: Option<u32>,
    unit: &'a str,
}

/// The sums of the rows of bands of a sentence or bracket that leave no value out, with the number of those that were measured.
pub(super) fn of_bands(text: &str, mentions: &[Mention], figures: &Figures) -> Vec<Sum> {
    let own = &figures.own;
    let (mut sums, mut nth) = (Vec::new(), 0);
    while nth < own.len() {
        let row = row_from(text, mentions, &own[nth..]);
        if row.parts.len() > 1 && is_whole_scale(&row.bands) {
            sums.extend(of_row(mentions, figures, nth, &row.parts));
        }
        nth += row.length.max(1);
    }
    sums
}

/// A row of bands: what each counts, the bands, and how many figures it takes with those of the scale.
#[derive(Default)]
struct Row<'a> {
    parts: Vec<usize>,
    bands: Vec<Band<'a>>,
    length: usize,
}

/// The bands that begin some figures.
fn row_from<'a>(text: &'a str, mentions: &[Mention], own: &[usize]) -> Row<'a> {
    let mut row = Row::default();
    for (n, i) in own.iter().enumerate() {
        let mention = &mentions[*i];
        let from = end_of_last_count(text, mentions, *i);
        if let Some(band) = band_before(text, mention, from) {
            let first = row.parts.first().map_or(*i, |first| *first);
            let alike = mention.counts_exactly() && mention.same_unit(&mentions[first]);
            if !alike || row.bands.first().is_some_and(|first| first.unit != band.unit) {
                break;
            }
            row.parts.push(*i);
            row.bands.push(band);
            row.length = n + 1;
        } else if !is_of_scale(text, mention) {
            break;
        }
    }
    row
}

/// The end of the last figure before one that is no value of a scale: 12个 of 12个乡镇得分90分以上的3个.
fn end_of_last_count(text: &str, mentions: &[Mention], figure: usize) -> usize {
    const NEAR: usize = 4;
    let mut before = mentions[figure.saturating_sub(NEAR)..figure].iter().rev();
    before.find(|mention| !is_of_scale(text, mention)).map_or(0, |mention| mention.range.end)
}

/// True if a figure is a value of a scale: 90分 of 90分以上34家.
fn is_of_scale(text: &str, mention: &Mention) -> bool {
    let units = &Lexicon::get().sums.grading.band_units;
    let said = text.get(mention.digits.end..).unwrap_or_default();
    units.start_of(said).is_some()
}

/// The band that the words between a byte, or the last mark, and a figure tell: 80分至90分的, 不足80分的.
fn band_before<'a>(text: &'a str, figure: &Mention, from: usize) -> Option<Band<'a>> {
    const REACH: usize = 24;
    let words = &Lexicon::get().sums.grading;
    let before = text.get(from..figure.digits.start)?;
    let near = before.char_indices().rev().nth(REACH).map_or(0, |(at, _)| at);
    let ends = |c: char| MARKS.contains(&c) || "。：（\n".contains(c);
    let said = before[near..].rsplit(ends).next()?;
    let (values, unit) = values_of(said)?;
    match values.as_slice() {
        [from, to] if from < to => Some(Band { from: Some(*from), to: Some(*to), unit }),
        [one] => match (words.above.are_in(said), words.below.are_in(said)) {
            (true, false) => Some(Band { from: Some(*one), to: None, unit }),
            (false, true) => Some(Band { from: None, to: Some(*one), unit }),
            (true, true) | (false, false) => None,
        },
        _ => None,
    }
}

/// The values that some words tell on one scale, with its unit: 80 and 90 of 80至90分.
fn values_of(said: &str) -> Option<(Vec<u32>, &str)> {
    let words = &Lexicon::get().sums.grading;
    let (mut values, mut unit, mut rest) = (Vec::new(), None, said);
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let digits = &rest[start..];
        let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
        values.push(digits[..end].parse().ok()?);
        rest = &digits[end..];
        match words.band_units.start_of(rest) {
            Some(own) if unit.is_none_or(|unit| unit == own) => {
                unit = Some(own).map(|own| &rest[..own.len()]);
            }
            // 80至90分
            None if words.band_links.start_of(rest).is_some() => {}
            Some(_) | None => return None,
        }
    }
    unit.map(|unit| (values, unit))
}

/// True if some bands leave no value of their scale out: 90分以上, 80至89分, 80分以下.
fn is_whole_scale(bands: &[Band<'_>]) -> bool {
    let mut sorted = bands.to_vec();
    sorted.sort_by_key(|band| band.from);
    let meet = |pair: &[Band<'_>]| match (pair[0].to, pair[1].from) {
        (Some(to), Some(from)) => to == from || to + 1 == from,
        (Some(_) | None, None) | (None, Some(_)) => false,
    };
    let ends = sorted.first().is_some_and(|band| band.from.is_none())
        && sorted.last().is_some_and(|band| band.to.is_none());
    ends && sorted.windows(2).all(meet)
}

/// The sum of a row with the whole that it comes to, or the nearest one before it that it comes near.
fn of_row(mentions: &[Mention], figures: &Figures, nth: usize, parts: &[usize]) -> Option<Sum> {
    const NEAR: u32 = 4;
    let sum = added(mentions, parts);
    let alike = |i: &usize| {
        mentions[*i].counts_exactly()
            && mentions[*i].same_unit(&mentions[parts[0]])
            && !parts.contains(i)
    };
    let value = |i: usize| mentions[i].value;
    let before: Vec<usize> = figures.own[..nth].iter().copied().filter(alike).collect();
    let holder = figures.holder.filter(alike);
    let earlier = figures.earlier.iter().copied().filter(alike);
    let behind = figures.own[nth..].iter().copied().filter(alike);
    let mut wholes = before.iter().copied().chain(holder).chain(earlier).chain(behind);
    if let Some(whole) = wholes.find(|whole| value(*whole) == sum) {
        return Some(of(parts, Some(whole), true));
    }
    // 抽查14个县、36个部门，90分以上27个: of both.
    let of_several = (0..before.len()).any(|first| {
        let added = before[first..].iter().scan(Decimal::ZERO, |all, i| {
            *all = all.saturating_add(value(*i));
            Some(*all)
        });
        added.into_iter().any(|all| all == sum)
    });
    let whole = before.last().copied().or(holder).filter(|_| !of_several)?;
    let off = (sum - value(whole)).abs().saturating_mul(Decimal::from(NEAR));
    let meant = off <= value(whole) || one_slip(sum, value(whole));
    let open = parts.iter().any(|part| mentions[*part].open_end);
    (meant && !open).then(|| of(parts, Some(whole), false))
}
