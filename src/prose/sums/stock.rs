//! [`Balance`]: a stock at the beginning, what came and went, and the stock at the end: 年初36个，注销5个、新开2个，年末33个.

use rust_decimal::Decimal;

use super::Figures;
use super::gap::MARKS;
use crate::prose::arithmetic::added;
use crate::prose::lexicon::Lexicon;
use crate::prose::mention::Mention;
use crate::prose::numeral::{Exactness, Unit};
use crate::prose::slip::one_slip;

/// Figures of which two sides come to the same.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Balance {
    /// The stock at the beginning, and all that came.
    pub(crate) came: Vec<usize>,
    /// The stock at the end, and all that went.
    pub(crate) went: Vec<usize>,
    /// True if both sides come to the same.
    pub(crate) fits: bool,
}

/// The part of a balance that a figure is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Start,
    End,
    Came,
    Went,
}

/// The balance of the figures of a sentence in one unit, if each of them is a stock or what came or went, and there is one stock
/// at the beginning and one at the end. One that does not come out is one only if a slip in some figure explains it.
pub(super) fn balances(text: &str, mentions: &[Mention], figures: &Figures) -> Vec<Balance> {
    if !tells_beginning(text, mentions, figures) {
        return Vec::new();
    }
    let mut units: Vec<usize> = Vec::new();
    for i in &figures.own {
        let counted = matches!(mentions[*i].unit, Unit::Counter(_));
        if counted && !units.iter().any(|unit| mentions[*unit].same_unit(&mentions[*i])) {
            units.push(*i);
        }
    }
    let of_unit = |unit: &usize| {
        let same = figures.own.iter().filter(|i| mentions[**i].same_unit(&mentions[*unit]));
        balance(text, mentions, &same.copied().collect::<Vec<_>>())
    };
    units.iter().filter_map(of_unit).collect()
}

/// True if a sentence may tell a stock at the beginning; most tell none, and need not be read.
fn tells_beginning(text: &str, mentions: &[Mention], figures: &Figures) -> bool {
    const FEWEST: usize = 3;
    let lexicon = Lexicon::get();
    let last = figures.own.last().map_or(figures.start, |last| mentions[*last].digits.start);
    let said = text.get(figures.start..last).unwrap_or_default();
    figures.own.len() >= FEWEST && (lexicon.growth.base_from.are_in(said) || begins(said))
}

/// True if some words say that a stock is that of the beginning of the year.
fn begins(words: &str) -> bool {
    let lexicon = Lexicon::get();
    lexicon.growth.last_state.are_in(words) || lexicon.sums.stock_begins.are_in(words)
}

fn balance(text: &str, mentions: &[Mention], own: &[usize]) -> Option<Balance> {
    const FEWEST: usize = 3;
    const MOST: usize = 12;
    if !(FEWEST..=MOST).contains(&own.len()) {
        return None;
    }
    let roles: Vec<(usize, Role)> =
        own.iter().filter_map(|i| Some((*i, role(text, mentions, *i)?))).collect();
    let all = |role: Role| -> Vec<usize> {
        roles.iter().filter(|(_, own)| *own == role).map(|(i, _)| *i).collect()
    };
    let (starts, ends) = (all(Role::Start), all(Role::End));
    let ([start], [end]) = (starts.as_slice(), ends.as_slice()) else { return None };
    let exact = roles.iter().all(|(i, _)| mentions[*i].exactness == Exactness::Exact);
    let (came, went) = (all(Role::Came), all(Role::Went));
    // Figures of anything else among them leave open of what each is told.
    let first = roles.first().map_or(0, |(i, _)| *i);
    let last = roles.last().map_or(0, |(i, _)| *i);
    let within = own.iter().filter(|i| (first..=last).contains(i)).count();
    if !exact || came.len() + went.len() == 0 || within > roles.len() {
        return None;
    }
    let came = [&[*start], came.as_slice()].concat();
    let went = [&[*end], went.as_slice()].concat();
    let (one, other) = (added(mentions, &came), added(mentions, &went));
    let fits = one == other;
    let fitting = |i: &usize, sign: Decimal| mentions[*i].value + (other - one) * sign;
    let slip = |i: &usize, sign: Decimal| {
        let right = fitting(i, sign);
        right >= Decimal::ZERO && one_slip(mentions[*i].value, right)
    };
    let explained = came.iter().any(|i| slip(i, Decimal::ONE))
        || went.iter().any(|i| slip(i, Decimal::NEGATIVE_ONE));
    (fits || explained).then_some(Balance { came, went, fits })
}

/// The part of a balance that a figure is by the words before it.
fn role(text: &str, mentions: &[Mention], i: usize) -> Option<Role> {
    const ENDS: &[char] = &['。', '：', '（', '）', '\n'];
    let from = i.checked_sub(1).map_or(0, |before| mentions[before].range.end);
    let said = text.get(from..mentions[i].digits.start)?;
    let said = said.rsplit(ENDS).next()?;
    let lexicon = Lexicon::get();
    let (words, growth) = (&lexicon.sums, &lexicon.growth);
    let piece = said.rsplit(MARKS).next()?;
    // 由年初的14个整合为12个: the one it came to follows the one it came from.
    let turned = i.checked_sub(1).is_some_and(|before| starts(text, mentions, before));
    if turned && said == piece && growth.base_to.end_of(piece).is_some() {
        return Some(Role::End);
    }
    if starts(text, mentions, i) {
        return Some(Role::Start);
    }
    let clause = said.trim_start_matches(MARKS);
    let came = words.comes.are_in(piece) || words.stock_came.are_in(piece);
    let went = words.goes.are_in(piece) || words.stock_went.are_in(piece);
    let (first, last) = (begins(clause), words.stock_ends.are_in(clause));
    match (came, went, first, last) {
        (true, false, _, false) => Some(Role::Came),
        (false, true, _, false) => Some(Role::Went),
        (false, false, true, false) => Some(Role::Start),
        (false, false, false, true) => Some(Role::End),
        _ => None,
    }
}

/// True if something is said to have changed from a figure to the next: 由53个减到39个, 由年初438家整合为427家.
fn starts(text: &str, mentions: &[Mention], i: usize) -> bool {
    const LONGEST: usize = 8;
    let Some(next) = mentions.get(i + 1) else { return false };
    let from = i.checked_sub(1).map_or(0, |before| mentions[before].range.end);
    let said = text.get(from..mentions[i].digits.start).unwrap_or_default();
    let piece = said.rsplit(MARKS).next().unwrap_or_default();
    let between = text.get(mentions[i].range.end..next.digits.start).unwrap_or_default();
    let growth = &Lexicon::get().growth;
    let from = growth.base_from.iter().any(|word| piece.contains(word));
    let short = between.chars().count() <= LONGEST && !between.contains(MARKS);
    from && short && growth.base_to.end_of(between).is_some() && next.same_unit(&mentions[i])
}
