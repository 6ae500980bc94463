//! Totals that the other readings leave alone, whatever stands between the parts: 撤下信息590条，修正错放信息83条，补充附件127个，累计处理800处.
//!
//! Nobody says that the figures before are all that is added. So a total counts as wrong only where it misses them by what one typed
//! digit makes of it.

use rust_decimal::Decimal;

use super::gap::lead;
use super::{Figures, Sum, of};
use crate::prose::arithmetic::added;
use crate::prose::lexicon::Lexicon;
use crate::prose::mention::Mention;
use crate::prose::slip::{near, one_digit_apart};

/// The sums of figures of a sentence that a total behind them tells and none of `known` holds.
pub(super) fn of_told_totals(
    text: &str,
    mentions: &[Mention],
    figures: &Figures,
    known: &[Sum],
) -> Vec<Sum> {
    let is_known = |i: usize| {
        known.iter().any(|sum| sum.total == Some(i) || sum.parts.contains(&i) && sum.fits)
    };
    let all = (2..figures.own.len()).filter(|nth| !is_known(figures.own[*nth]));
    all.filter_map(|nth| sum_before(text, mentions, &figures.own[..=nth])).collect()
}

/// The sum that the last of some figures tells of those before it.
fn sum_before(text: &str, mentions: &[Mention], own: &[usize]) -> Option<Sum> {
    const MOST: usize = 12;
    /// The most of which a slip may make another total.
    const HALF: u32 = 2;
    /// Parts in other units than their total are many, and large.
    const FEWEST_OF_OTHERS: usize = 3;
    const LEAST_OF_OTHERS: u32 = 100;
    let (total, before) = own.split_last()?;
    let told = &mentions[*total];
    let adds = |i: usize| is_total(text, &mentions[i]);
    let of_year = is_of_year(text, told)
        && before.iter().all(|i| is_of_period(text, &mentions[*i]))
        && before.iter().any(|i| are_alike(lead(text, &mentions[*i]), lead(text, told)));
    if !told.counts_exactly() || !adds(*total) && !of_year {
        return None;
    }
    let value = told.value;
    // What a total before adds up is told for.
    let from = before.iter().rposition(|i| adds(*i)).map_or(0, |at| at + 1);
    let row = &before[from..];
    let exact = |i: &&usize| mentions[**i].counts_exactly();
    let alike: Vec<usize> =
        row.iter().filter(exact).filter(|i| mentions[**i].same_unit(told)).copied().collect();
    let others = alike.len() < 2;
    let parts = if others { row } else { &alike[..] };
    let large = value >= Decimal::from(LEAST_OF_OTHERS);
    let fewest = if others { FEWEST_OF_OTHERS } else { 2 };
    if !(fewest..=MOST).contains(&parts.len()) || others && !large {
        return None;
    }
    let sum = added(mentions, parts);
    // 线上3期、线下5期，共发放资料12期: small numbers of something else come near by chance.
    let own = lead(text, told);
    let named = parts.iter().any(|part| are_alike(lead(text, &mentions[*part]), own));
    let said = own.trim_end_matches(['达', '为', '有', '是']);
    let bare = Lexicon::get().sums.told_totals.end_of(said).is_some();
    let plain = parts.iter().all(|part| {
        let part = &mentions[*part];
        part.counts_exactly()
            && part.value < value
            && !part.is_for_each(text)
            && !part.is_of_each(text)
    });
    let certain = plain && (large || named || bare);
    let fitting = (0..=parts.len() - 2).find(|from| added(mentions, &parts[*from..]) == value);
    if let Some(from) = fitting {
        // A slip shows where all of them are meant, and no others.
        return Some(Sum {
            decides: certain && from == 0,
            ..of(&parts[from..], Some(*total), true)
        });
    }
    (certain && near(sum, value, HALF) && one_digit_apart(sum, value))
        .then(|| of(parts, Some(*total), false))
}

/// True if the words before two figures have a character of a verb or a noun in common: 收件 and 全年新收.
fn are_alike(one: &str, other: &str) -> bool {
    let sums = &Lexicon::get().sums;
    let years = &Lexicon::get().clauses.own_years;
    let named = [&sums.halves.0, &sums.halves.1]
        .into_iter()
        .fold(one.to_owned(), |said, half| said.replace(half.as_str(), ""));
    let own = years.start_of(other).map_or(other, |year| &other[year.len()..]);
    let own = sums.told_totals.first_in(own).map_or(own, |(at, word)| &own[at + word.len()..]);
    own.chars().any(|c| named.contains(c))
}

/// True if the words of its clause before a figure say that it is that of the year: 全年新收.
fn is_of_year(text: &str, figure: &Mention) -> bool {
    Lexicon::get().clauses.own_years.start_of(lead(text, figure)).is_some()
}

/// True if the words of its clause before a figure name a part of the year: 上半年收件.
fn is_of_period(text: &str, figure: &Mention) -> bool {
    let words = lead(text, figure);
    let pairs = &Lexicon::get().sums.halves;
    words.starts_with(pairs.0.as_str()) || words.starts_with(pairs.1.as_str())
}

/// True if the words of its clause before a figure say that it is a total: 累计处理问题, 全区共有公开工作人员; but not 共涉及.
fn is_total(text: &str, figure: &Mention) -> bool {
    const LONGEST: usize = 9;
    const REACH: usize = 60;
    let words = &Lexicon::get().sums;
    let words_before = text.get(..figure.digits.start).unwrap_or_default();
    let from = words_before.floor_char_boundary(words_before.len().saturating_sub(REACH));
    let clause = words_before[from..].rsplit(['，', '；', '。', '：', '\n']).next();
    let said = clause.unwrap_or_default();
    let said = words.not_totals.iter().fold(said.to_owned(), |said, word| said.replace(word, ""));
    let at = |word: &str| said.rfind(word).map(|at| at + word.len());
    let Some(at) = words.told_totals.iter().filter_map(at).max() else { return false };
    let (before, behind) = said.split_at(at);
    // 学区、编制、校外培训合计: of those that are named.
    // 14个村和3个社区共18个公开栏: of something else, as like as not.
    !before.contains(|c: char| c == '、' || c.is_ascii_digit())
        && behind.chars().count() <= LONGEST
        && words.not_told_totals.start_of(behind).is_none()
}
