//! Multiples of a figure told in the same text: 公众号推送112条，是网站的2.5倍.

use rust_decimal::{Decimal, RoundingStrategy};

use super::gap::MARKS;
use super::rates::Ratio;
use crate::prose::lexicon::Lexicon;
use crate::prose::mention::Mention;
use crate::prose::numeral::{Exactness, Unit};
use crate::prose::slip::one_slip;

/// The two figures told last, by their order.
const FORMER: &str = "前者";
const LATTER: &str = "后者";

/// The multiples of a text, each with the two figures that give it. One that none of the figures gives is told only where
/// one slip makes it that of the two that may be meant.
pub(super) fn multiples(text: &str, mentions: &[Mention]) -> Vec<Ratio> {
    let all = (1..mentions.len()).filter(|i| mentions[*i].unit == Unit::Times);
    all.filter_map(|times| multiple(text, mentions, times)).collect()
}

fn multiple(text: &str, mentions: &[Mention], times: usize) -> Option<Ratio> {
    /// The most figures before a multiple that are looked at.
    const NEAR: usize = 12;
    let told = &mentions[times];
    let (one, other) = names(text, mentions, times)?;
    let counts = |i: &usize| {
        let mention = &mentions[*i];
        matches!(mention.unit, Unit::Counter(_))
            && mention.exactness == Exactness::Exact
            && mention.growth.is_none()
            && mention.of_this_year
    };
    let near = || (times.saturating_sub(NEAR)..times).rev().filter(counts);
    if (one, other) == (FORMER, LATTER) {
        return of_the_last_two(mentions, times, near());
    }
    let part = match one {
        "" => near().next().filter(|i| mentions[*i].sentence == told.sentence)?,
        name => near().find(|i| is_called(text, mentions, *i, name))?,
    };
    let wholes = near().filter(|i| *i != part && is_called(text, mentions, *i, other));
    let of = |whole: usize| {
        let quotient = mentions[part].value.checked_div(mentions[whole].value)?;
        let value =
            quotient.round_dp_with_strategy(told.places, RoundingStrategy::MidpointAwayFromZero);
        Some(Ratio { rate: times, part, others: Vec::new(), whole, value, by_name: true })
    };
    let named: Vec<usize> = wholes.collect();
    let pairs: Vec<Ratio> = named.iter().copied().filter_map(of).collect();
    // 约32.8倍 is as good as told exactly, up to its last digit.
    let about = told.exactness == Exactness::About && told.places > 0;
    let is_near = |pair: &Ratio| (pair.value - told.value).abs() <= told.step;
    if told.exactness != Exactness::Exact && (!about || pairs.iter().any(is_near)) {
        return None;
    }
    if let Some(fitting) = pairs.iter().find(|pair| pair.value == told.value) {
        return Some(fitting.clone());
    }
    let in_steps = |value: Decimal| value.checked_div(told.step).unwrap_or_default();
    let slip = |pair: &&Ratio| {
        // Of one digit, any other is one slip away.
        told.places > 0 && one_slip(in_steps(pair.value), in_steps(told.value))
    };
    // Where each name is that of one figure of the sentence, nothing else can be meant.
    let own = |i: usize| mentions[i].sentence == told.sentence;
    let sure = !one.is_empty()
        && own(part)
        && named.iter().all(|whole| own(*whole) && mentions[*whole].same_unit(&mentions[part]))
        && near().filter(|i| own(*i) && is_called(text, mentions, *i, one)).count() == 1;
    match pairs.as_slice() {
        [only] if sure => Some(Ratio { by_name: false, ..only.clone() }),
        [only] => Some(only).filter(slip).cloned(),
        _ => None,
    }
}

/// The multiple of the last two figures, but for one that adds them up: 28期、动漫7期，两者合计35期，前者为后者的4倍.
fn of_the_last_two(
    mentions: &[Mention],
    times: usize,
    near: impl Iterator<Item = usize>,
) -> Option<Ratio> {
    let told = &mentions[times];
    let own: Vec<usize> = near.filter(|i| mentions[*i].sentence == told.sentence).collect();
    let value = |i: usize| mentions[i].value;
    let (whole, part) = match own.as_slice() {
        [sum, b, a, ..] if value(*sum) == value(*a).saturating_add(value(*b)) => (*b, *a),
        [b, a, ..] => (*b, *a),
        _ => return None,
    };
    let alike = mentions[part].same_unit(&mentions[whole])
        && value(part) > value(whole)
        && told.exactness == Exactness::Exact;
    let quotient = mentions[part].value.checked_div(mentions[whole].value)?;
    let value =
        quotient.round_dp_with_strategy(told.places, RoundingStrategy::MidpointAwayFromZero);
    alike.then(|| Ratio { rate: times, part, others: Vec::new(), whole, value, by_name: false })
}

/// The names of the two figures of a multiple; that of the one that is larger may be empty: 自编数是转载数的2.25倍.
fn names<'a>(text: &'a str, mentions: &[Mention], times: usize) -> Option<(&'a str, &'a str)> {
    const IS: [char; 2] = ['是', '为'];
    const OF: char = '的';
    const SHORTEST: usize = 2;
    let lexicon = Lexicon::get();
    let words = &lexicon.sums;
    let from = mentions[times - 1].range.end;
    let said = text.get(from..mentions[times].digits.start)?;
    let piece = said.rsplit(|c| MARKS.contains(&c) || "。：（\n".contains(c)).next()?;
    let (one, other) = piece.strip_suffix(OF)?.rsplit_once(IS)?;
    if (one, other) == (FORMER, LATTER) {
        return Some((one, other));
    }
    let plain = |name: &'a str| {
        let end = words.share_names.end_of(name).or_else(|| words.number_names.end_of(name));
        end.and_then(|end| name.strip_suffix(end)).unwrap_or(name)
    };
    let one = if words.just.has(one) { "" } else { plain(one) };
    let other = plain(other);
    let of_last_year = lexicon.growth.last_year.are_in(other);
    let long = |name: &str| name.chars().count() >= SHORTEST;
    (long(other) && (one.is_empty() || long(one)) && !of_last_year).then_some((one, other))
}

/// True if the words before a figure, up to the mark before them, hold a name.
fn is_called(text: &str, mentions: &[Mention], figure: usize, name: &str) -> bool {
    let from = figure.checked_sub(1).map_or(0, |before| mentions[before].range.end);
    let start = mentions[figure].phrase.start.max(from);
    let before = text.get(start..mentions[figure].digits.start).unwrap_or_default();
    before.rsplit(MARKS).next().is_some_and(|own| own.contains(name))
}
