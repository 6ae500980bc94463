//! Years as texts write them.

use std::ops::Range;

/// A year as written.
pub(super) struct Year {
    pub(super) year: u16,
    pub(super) range: Range<usize>,
}

/// The years of a text: four figures before 年.
pub(super) fn years(text: &str) -> Vec<Year> {
    text.match_indices('年')
        .filter_map(|(at, sign)| {
            let before = text[..at].trim_end_matches(' ');
            let start = before.len().checked_sub(4)?;
            let year: u16 = before.get(start..)?.parse().ok()?;
            let longer = before[..start].ends_with(|c: char| c.is_ascii_digit());
            ((1990..=2999).contains(&year) && !longer)
                .then(|| Year { year, range: start..at + sign.len() })
        })
        .collect()
}
