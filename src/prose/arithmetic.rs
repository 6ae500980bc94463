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

/// True if figures with these steps, of which those of more than one are rounded, may miss their sum by so much: by one step where
/// three are told in the coarsest of them, and by more where there are many.
///
/// The error of one figure is spread evenly over a step, so that of n of them stays below twice its deviation, the root of n / 3
/// steps, nineteen times of twenty.
pub(crate) fn may_be_rounded(misses: Decimal, steps: impl Iterator<Item = Decimal>) -> bool {
    const FEWEST: usize = 3;
    let (mut coarsest, mut n) = (Decimal::ONE, 0_usize);
    for step in steps.filter(|step| *step > Decimal::ONE) {
        if step > coarsest {
            (coarsest, n) = (step, 0);
        }
        n += usize::from(step == coarsest);
    }
    let Some(misses) = misses.checked_div(coarsest).filter(|_| n > 0) else { return false };
    let square = misses.saturating_mul(misses).saturating_mul(Decimal::from(3));
    misses < Decimal::ONE || misses == Decimal::ONE && n >= FEWEST || square < Decimal::from(n)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounded_figures_miss_their_sum_by_a_step_or_little_more() {
        let may = |misses: i64, steps: &[i64]| {
            may_be_rounded(Decimal::from(misses), steps.iter().copied().map(Decimal::from))
        };
        assert!(may(1000, &[1000; 4]), "5.2 and 3.3 and 4.1 are 12.6, told as 12.7");
        assert!(!may(2000, &[1000; 4]), "told as 12.4");
        assert!(may(2000, &[1000; 13]));
        assert!(may(5000, &[10_000, 1000, 1000]), "6.2 and 5.3 are told as 12");
        assert!(!may(10_000, &[10_000, 10_000, 1000, 1000]), "4 and 18.5 and 18.5 told as 40");
        assert!(!may(1, &[1, 1, 1]));
    }
}
