//! Figures of the year before that stand in brackets beside a change, or before it: 增长4.6%（上年为1229条）.

use rust_decimal::Decimal;

use crate::prose::clause::{Change, Growth};
use crate::prose::lexicon::Lexicon;
use crate::prose::mention::Mention;
use crate::prose::numeral::{Exactness, Unit};

/// Joins each such figure, and the change, to the figure that has changed.
pub(super) fn link_bases(text: &str, year: Option<u16>, mentions: &mut [Mention]) {
    for base in 1..mentions.len() {
        let counts = matches!(mentions[base].unit, Unit::Counter(_));
        if !counts || mentions[base].growth.is_some() || !is_exact(&mentions[base]) {
            continue;
        }
        let Some((now, change, told)) = changed(text, year, mentions, base) else { continue };
        mentions[base].growth = Some(Growth { of: now, change: Change::Base });
        mentions[base].of_this_year = false;
        mentions[base].counted = None;
        if mentions[change].growth.is_none() {
            mentions[change].growth = Some(Growth { of: now, change: told });
        }
    }
}

/// The figure that has changed and its change, where a figure is told as that of the year before.
fn changed(
    text: &str,
    year: Option<u16>,
    mentions: &[Mention],
    base: usize,
) -> Option<(usize, usize, Change)> {
    let gap = text.get(mentions[base - 1].range.end..mentions[base].digits.start)?;
    let clause = gap.rsplit(['，', '；', '。', ',', '\n']).next()?;
    let (before, behind) = split_at_last_year(clause, year)?;
    let growth = &Lexicon::get().growth;
    let opens = ['（', '('];
    let plain = growth.base_links.has(behind) || behind.is_empty();
    let change = if matches!(before, "（" | "(") && gap == clause {
        // 增长4.6%（上年为1229条）
        base.checked_sub(1).filter(|_| plain)?
    } else {
        // 较上年（598件）增长7.0%, 较年初的38.2万人增加3.5万人
        let compared = growth.base_behind.end_of(before).is_some();
        let bracket = behind.trim_end_matches(opens);
        let fits = plain || bracket.is_empty() || growth.base_links.has(bracket);
        Some(base + 1).filter(|next| compared && fits && *next < mentions.len())?
    };
    let now = mentions[change].growth.map(|growth| growth.of).or_else(|| {
        let first = base.min(change);
        let is_now = |i: &usize| {
            let mention = &mentions[*i];
            mention.same_unit(&mentions[base]) && mention.of_this_year && mention.growth.is_none()
        };
        if Lexicon::get().sums.total.are_in(before) {
            // 61208条，县市43550条，部门17658条，总量较上年的58310条增加2898条.
            const REACH: usize = 8;
            let sentence = mentions[base].sentence;
            let near = (first.saturating_sub(REACH)..first).filter(is_now);
            return whole_of(mentions, near.filter(|i| mentions[*i].sentence == sentence));
        }
        // 新收212件，上年结转9件；较上年的248件下降14.5%: the last one before the semicolon need not be meant.
        let past = clause.len() < gap.len() && gap[..gap.len() - clause.len()].ends_with('；');
        let several = (first.saturating_sub(2)..first).filter(is_now).count() > 1;
        if past && several {
            return None;
        }
        let near = mentions[first.saturating_sub(2)..first].iter();
        let same = near.filter(|m| m.sentence == mentions[base].sentence).count();
        (first - same..first).rev().find(is_now)
    })?;
    let is_now = mentions[now].same_unit(&mentions[base]) && is_exact(&mentions[now]);
    let near = mentions[now].sentence == mentions[base].sentence;
    let told = told(text, mentions, change, base)?;
    (is_now && near && now < base).then_some((now, change, told))
}

/// The largest of some figures, if all others are its parts; where they are not, no figure tells their total.
fn whole_of(mentions: &[Mention], figures: impl Iterator<Item = usize> + Clone) -> Option<usize> {
    let whole = figures.clone().max_by_key(|i| mentions[*i].value)?;
    let others = figures.filter(|i| *i != whole).map(|i| &mentions[i]);
    let sum = others.clone().fold(Decimal::ZERO, |sum, m| sum.saturating_add(m.value));
    let are_parts = others.clone().all(|other| other.list.is_some());
    (are_parts || sum == mentions[whole].value).then_some(whole)
}

/// The change that a figure tells, by the words directly before it.
fn told(text: &str, mentions: &[Mention], change: usize, base: usize) -> Option<Change> {
    let mention = &mentions[change];
    let start = change.checked_sub(1).map_or(0, |before| mentions[before].range.end);
    let words = text.get(start..mention.digits.start)?;
    let words = words.rsplit(['，', '；', '。', ',', '\n']).next()?;
    let growth = &Lexicon::get().growth;
    let (up, down) = (growth.up.are_in(words), growth.down.are_in(words));
    if up == down || growth.unclear.are_in(words) && !growth.up.are_in(words) {
        return None;
    }
    match mention.unit {
        Unit::Percent => Some(Change::Rate(up)),
        Unit::Counter(_) if mention.same_unit(&mentions[base]) => Some(Change::Difference(up)),
        Unit::Counter(_)
        | Unit::Yuan
        | Unit::Points
        | Unit::Times
        | Unit::Year
        | Unit::Month
        | Unit::Day => None,
    }
}

/// A clause parted at the words for the year before.
fn split_at_last_year(clause: &str, year: Option<u16>) -> Option<(&str, &str)> {
    let growth = &Lexicon::get().growth;
    let named = year.and_then(|year| year.checked_sub(1)).map(|year| format!("{year}年"));
    let words = growth.last_year.iter().chain(growth.last_state.iter()).chain(named.as_deref());
    let found = words.filter_map(|word| Some((clause.find(word)?, word.len())));
    // 上年同期 rather than 上年.
    let (at, length) = found.max_by_key(|(_, length)| *length)?;
    let behind = &clause[at + length..];
    let behind = behind.trim_start_matches('度');
    Some((&clause[..at], behind.strip_prefix(growth.same_period.as_str()).unwrap_or(behind)))
}

fn is_exact(mention: &Mention) -> bool {
    mention.exactness == Exactness::Exact
}
