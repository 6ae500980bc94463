//! The day of today, for what is preset: the only place that reads the clock, and never for an output of a report.

use std::time::{SystemTime, UNIX_EPOCH};

use crate::report::Date;

/// Today in China, wherever the machine believes itself to be.
pub(super) fn today() -> Date {
    /// Eight hours before the time of the world.
    const AHEAD: u64 = 8 * 3600;
    #[expect(
        clippy::disallowed_methods,
        reason = "a preset that the reader sees and can change, no output"
    )]
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs());
    day((now + AHEAD) / 86_400)
}

/// The day so many days after the first of January 1970.
fn day(mut days: u64) -> Date {
    let mut year = 1970;
    loop {
        let length = u64::from(Date::new(year, 2, 29).map_or(365u16, |_| 366));
        if days < length || year == 2999 {
            break;
        }
        days -= length;
        year += 1;
    }
    let all =
        (1..=12).flat_map(|month| (1..=31).filter_map(move |day| Date::new(year, month, day)));
    let mut all = all.skip(usize::try_from(days).unwrap_or_default());
    all.next()
        .or(Date::new(year, 12, 31))
        .unwrap_or_else(|| unreachable!("every year has a last day"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_over_leap_years() {
        for (days, date) in
            [(0, (1970, 1, 1)), (59, (1970, 3, 1)), (11_016, (2000, 2, 29)), (20_462, (2026, 1, 9))]
        {
            assert_eq!(Some(day(days)), Date::new(date.0, date.1, date.2));
        }
    }
}
