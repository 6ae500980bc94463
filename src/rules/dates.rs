//! Dates in running text.

use std::ops::Range;

/// A date as written, for example `2023年12月31日`; the year may be left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct WrittenDate {
    pub(super) year: Option<u16>,
    pub(super) month: u8,
    pub(super) day: u8,
    /// The bytes of the text.
    pub(super) range: Range<usize>,
}

/// All dates in a text that name month and day, in order. Blanks between the parts are passed over.
pub(super) fn dates(text: &str) -> Vec<WrittenDate> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.len() {
        match date_at(text, at) {
            Some(date) => {
                at = date.range.end;
                found.push(date);
            }
            None => {
                let digits = leading_digits(&text[at..]);
                at += digits.max(text[at..].chars().next().map_or(1, char::len_utf8));
            }
        }
    }
    found
}

/// Pairs of dates that bound a period: `A至B`, `自A起至B止`, `A—B`.
pub(super) fn periods(text: &str) -> Vec<(WrittenDate, WrittenDate)> {
    let dates = dates(text);
    dates
        .windows(2)
        .filter(|pair| {
            let between = text[pair[0].range.end..pair[1].range.start].trim();
            let between = between
                .strip_prefix(['起', '始'])
                .unwrap_or(between)
                .trim_start_matches(['，', ',']);
            pair[0].year.is_some()
                && matches!(
                    between.trim(),
                    "至" | "到" | "—" | "——" | "-" | "－" | "–" | "~" | "～"
                )
        })
        .map(|pair| (pair[0].clone(), pair[1].clone()))
        .collect()
}

fn date_at(text: &str, start: usize) -> Option<WrittenDate> {
    let (first, mut at) = number(text, start)?;
    let mut year = None;
    let mut month = first;
    if let Some(after) = sign(text, at, '年') {
        year = Some(u16::try_from(first).ok()?);
        (month, at) = number(text, blanks(text, after))?;
    }
    at = sign(text, at, '月')?;
    let (day, at) = number(text, blanks(text, at))?;
    let end = sign(text, at, '日')?;
    Some(WrittenDate {
        year,
        month: u8::try_from(month).ok()?,
        day: u8::try_from(day).ok()?,
        range: start..end,
    })
}

/// The number that begins at a byte, and the byte behind it.
fn number(text: &str, at: usize) -> Option<(u32, usize)> {
    let length = leading_digits(&text[at..]);
    let value = text[at..at + length].parse().ok()?;
    Some((value, at + length))
}

fn leading_digits(text: &str) -> usize {
    text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len())
}

fn blanks(text: &str, at: usize) -> usize {
    at + (text[at..].len() - text[at..].trim_start_matches([' ', '\u{3000}', '\u{a0}']).len())
}

/// The byte behind a sign that follows, blanks between passed over.
fn sign(text: &str, at: usize, sign: char) -> Option<usize> {
    let at = blanks(text, at);
    text[at..].starts_with(sign).then(|| at + sign.len_utf8())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_found_with_and_without_blanks_and_year() {
        let text = "从 2023 年 1 月 1 日起到12月31日止，第12345号，2024年3月。";
        let found: Vec<_> = dates(text).into_iter().map(|d| (d.year, d.month, d.day)).collect();
        assert_eq!(found, [(Some(2023), 1, 1), (None, 12, 31)]);
    }

    #[test]
    fn periods_join_two_dates() {
        for text in [
            "自2023年1月1日起至2023年12月31日止",
            "2023年1月1日—12月31日",
            "2023 年 1 月 1 日起到 2023 年 12 月 28 日",
        ] {
            assert_eq!(periods(text).len(), 1, "{text}");
        }
        assert!(periods("2023年5月1日印发、2023年6月1日施行").is_empty());
    }
}
