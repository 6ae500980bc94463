//! Sums and shares of figures.

use rust_decimal::{Decimal, RoundingStrategy};

use super::mention::Mention;

/// The sum of some figures, each by its place among the mentions.
pub(crate) fn added(mentions: &[Mention], parts: &[usize]) -> Decimal {
    parts.iter().fold(Decimal::ZERO, |sum, part| sum.saturating_add(mentions[*part].value))
}

/// A part of a whole in percent, rounded half up; none where there is no whole.
pub(crate) fn percent(part: Decimal, whole: Decimal, places: u32) -> Option<Decimal> {
    let share = part.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(whole)?;
    Some(share.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero))
}
