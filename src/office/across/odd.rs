//! Rates that are far from those of the other units.
//!
//! A rate is held against the median of all, which a few strange ones do not move. It is odd where all of this holds:
//! there are enough units and enough cases; it is at least double the median or at most half of it; and the cases are so
//! many more or fewer than the median would give that chance does not explain it. A small office has few cases, and is not odd
//! for being small.

use super::measures::percent;
use super::{MEASURES, Rate, UnitRates};

/// The cases without which the rate of a unit is not judged.
pub(crate) const LEAST_CASES: u64 = 10;

/// The units with that many cases without which no rate is.
pub(crate) const FEWEST_UNITS: usize = 6;

/// The times by which a rate is more or less than the median.
const TIMES: f64 = 2.0;

/// The cases by which it differs from what the median would give.
const CASES: f64 = 5.0;

/// The deviations, squared, that chance alone hardly ever reaches.
const DEVIATIONS_SQUARED: f64 = 9.0;

/// The middle of the rates of a measure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Median {
    /// The number of units that have enough cases.
    pub(crate) n_units: usize,
    /// The median of their rates; none where there are too few of them.
    pub(crate) value: Option<f64>,
}

/// A rate far from the others.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Odd {
    /// The unit, as an index into the list.
    pub(crate) unit: usize,
    /// The measure, as an index into [`MEASURES`].
    pub(crate) measure: usize,
    /// Its rate.
    pub(crate) rate: Rate,
    /// The median of all.
    pub(crate) median: f64,
}

/// The median of each measure.
pub(super) fn medians(rows: &[UnitRates]) -> Vec<Median> {
    let of = |measure: usize| {
        let rates = rows.iter().filter_map(|row| row.rates[measure]);
        let enough = rates.filter(|rate| rate.whole >= LEAST_CASES);
        let mut values: Vec<f64> = enough.filter_map(Rate::value).collect();
        values.sort_by(f64::total_cmp);
        let middle = values.len() / 2;
        let value = match values.len() {
            n if n < FEWEST_UNITS => None,
            n if n % 2 == 1 => Some(values[middle]),
            _ => Some((values[middle - 1] + values[middle]) / 2.0),
        };
        Median { n_units: values.len(), value }
    };
    (0..MEASURES.len()).map(of).collect()
}

/// The rates far from the median, measure by measure, in the order of the units.
pub(super) fn find(rows: &[UnitRates], medians: &[Median]) -> Vec<Odd> {
    let mut odd = Vec::new();
    for (measure, median) in medians.iter().enumerate() {
        let Some(median) = median.value else { continue };
        odd.extend(rows.iter().filter_map(|row| {
            let rate = row.rates[measure].filter(|rate| is_odd(*rate, median))?;
            Some(Odd { unit: row.unit, measure, rate, median })
        }));
    }
    odd
}

fn is_odd(rate: Rate, median: f64) -> bool {
    let Some(value) = rate.value().filter(|_| rate.whole >= LEAST_CASES) else { return false };
    let expected = rate.whole as f64 * median;
    let off = rate.part as f64 - expected;
    // Of rare cases the number varies by its root; where the median is 0, as if one had been expected.
    let is_far = value >= median * TIMES || value * TIMES <= median;
    is_far && off.abs() >= CASES && off * off >= DEVIATIONS_SQUARED * expected.max(1.0)
}

impl Odd {
    /// The measure and the figures by which it was found, in words.
    pub(crate) fn why(&self) -> String {
        let Rate { part, whole } = self.rate;
        let [kind, all] = MEASURES[self.measure].words();
        let expected = (whole as f64 * self.median).round();
        format!("{all} {whole} 件，{kind} {part} 件；按中位数约 {expected} 件")
    }

    /// The median as it is shown.
    pub(crate) fn shown_median(&self) -> String {
        percent(self.median)
    }
}

impl Median {
    /// The median as it is shown.
    pub(crate) fn shown(self) -> String {
        self.value.map_or_else(|| "—".to_owned(), percent)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_chance_or_smallness_explains_is_not_odd() {
        let rate = |part, whole| Rate { part, whole };
        // One of two, none of nine: too few cases.
        assert!(!is_odd(rate(1, 2), 0.1) && !is_odd(rate(0, 9), 0.9));
        // Double the median by three cases, or within what chance gives.
        assert!(!is_odd(rate(4, 20), 0.1) && !is_odd(rate(10, 50), 0.1));
        assert!(is_odd(rate(20, 50), 0.1) && is_odd(rate(5, 60), 0.7));
        // Many cases do not make a slight difference odd.
        assert!(!is_odd(rate(6_500, 10_000), 0.5));
        // Where most units have none.
        assert!(is_odd(rate(6, 10), 0.0) && !is_odd(rate(2, 100), 0.0));
    }

    #[test]
    fn too_few_units_have_no_median() {
        let row = |unit, part| UnitRates {
            unit,
            received: None,
            dealt_with: None,
            rates: vec![Some(Rate { part, whole: 40 }); MEASURES.len()],
        };
        let mut rows: Vec<UnitRates> = (0..5).map(|unit| row(unit, 20)).collect();
        assert_eq!(medians(&rows)[0], Median { n_units: 5, value: None });
        rows.push(row(5, 1));
        let medians = medians(&rows);
        assert_eq!(medians[0].value, Some(0.5));
        let odd = find(&rows, &medians);
        assert!(odd.iter().all(|odd| odd.unit == 5) && odd.len() == MEASURES.len());
        assert_eq!(odd[0].why(), "办结 40 件，予以公开和部分公开 1 件；按中位数约 20 件");
    }
}
