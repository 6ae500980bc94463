//! Dates in running text.

use std::ops::Range;

/// A date as written, for example `2023年12月31日`; the year and the day may be left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::rules) struct WrittenDate {
    pub(in crate::rules) year: Option<u16>,
    pub(in crate::rules) month: u8,
    pub(in crate::rules) day: Option<u8>,
    /// The bytes of the text.
    pub(in crate::rules) range: Range<usize>,
}

/// All dates in a text that name a month, in order.
///
/// Arabic, full-width and Chinese figures are read, and `2023.12.31` with points, strokes or
/// hyphens; blanks between the parts are passed over.
pub(in crate::rules) fn dates(text: &str) -> Vec<WrittenDate> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        if figure(c).is_none() && c != '十' {
            at += c.len_utf8();
            continue;
        }
        match date_at(text, at) {
            Some(date) => {
                at = date.range.end;
                found.push(date);
            }
            None => at += number(text, at).map_or(c.len_utf8(), |(_, end)| end - at),
        }
    }
    found
}

/// Pairs of dates that bound a period: `A至B`, `自A起至B止`, `A—B`, `2023年1—12月`.
pub(in crate::rules) fn periods(text: &str) -> Vec<(WrittenDate, WrittenDate)> {
    let dates = dates(text);
    let mut periods: Vec<_> = dates
        .windows(2)
        .filter(|pair| pair[0].year.is_some())
        .filter(|pair| joins(&text[pair[0].range.end..pair[1].range.start]))
        .map(|pair| (pair[0].clone(), pair[1].clone()))
        .collect();
    periods.extend(dates.iter().filter_map(|last| months_before(text, last)));
    periods.sort_by_key(|(from, _)| from.range.start);
    periods
}

/// True if what stands between two dates makes a period of them.
pub(in crate::rules) fn joins(between: &str) -> bool {
    let between = between.trim();
    let between = between
        .strip_prefix("开始")
        .or_else(|| between.strip_prefix(['起', '始']))
        .unwrap_or(between);
    let between = between.trim_start_matches(['，', ',']);
    is_stroke(between.trim())
}

/// The last day of a spread whose month stands before the first: 17日 of 5月15日至17日.
pub(in crate::rules) fn last_of_spread(text: &str, first: &WrittenDate) -> Option<WrittenDate> {
    first.day?;
    let from = first.range.end;
    let behind = text.get(from..)?;
    let joint = behind
        .chars()
        .take_while(|c| " 至到—-－–~～".contains(*c))
        .map(char::len_utf8)
        .sum::<usize>();
    let start = from + joint;
    let (day, after) = number(text, start)?;
    let end = sign(text, after, '日').or_else(|| sign(text, after, '号'))?;
    let day = u8::try_from(day).ok()?;
    is_stroke(behind[..joint].trim()).then(|| WrittenDate {
        day: Some(day),
        range: start..end,
        ..first.clone()
    })
}

fn is_stroke(sign: &str) -> bool {
    matches!(sign, "至" | "到" | "—" | "——" | "-" | "－" | "–" | "~" | "～" | "－－" | "--")
}

/// The period of `2023年1—12月`, whose last month has been read as a date without a year.
fn months_before(text: &str, last: &WrittenDate) -> Option<(WrittenDate, WrittenDate)> {
    if last.year.is_some() || last.day.is_some() {
        return None;
    }
    // `2023年`, a month of at most two figures and a stroke: a few characters.
    let window = text[..last.range.start].char_indices().rev().take(16).last()?.0;
    let (mut at, end) = (window, last.range.start);
    while at < end {
        let from = at;
        let Some((year, after)) = number(&text[..end], at) else {
            at += text[at..].chars().next()?.len_utf8();
            continue;
        };
        at = after;
        let Some(behind) = sign(text, after, '年').filter(|behind| *behind <= end) else {
            continue;
        };
        let start = blanks(text, behind);
        let Some((month, after)) = number(&text[..end], start) else { continue };
        if is_stroke(text[after..end].trim()) {
            let year = u16::try_from(year).ok()?;
            let first = WrittenDate {
                year: Some(year),
                month: u8::try_from(month).ok()?,
                day: None,
                range: from..after,
            };
            return Some((first, WrittenDate { year: Some(year), ..last.clone() }));
        }
    }
    None
}

fn date_at(text: &str, start: usize) -> Option<WrittenDate> {
    let (first, mut at) = number(text, start)?;
    let mut year = None;
    let mut month = first;
    if let Some(separator) = text[at..].chars().next().filter(|c| "./-－．".contains(*c)) {
        return pointed(text, start, first, at, separator);
    }
    if let Some(after) = sign(text, at, '年') {
        year = Some(u16::try_from(first).ok()?);
        (month, at) = number(text, blanks(text, after))?;
    }
    at = sign(text, at, '月')?;
    let day = number(text, blanks(text, at)).and_then(|(day, after)| {
        Some((day, sign(text, after, '日').or_else(|| sign(text, after, '号'))?))
    });
    let (day, end) = match day {
        Some((day, end)) => (Some(u8::try_from(day).ok()?), end),
        None => (None, at),
    };
    Some(WrittenDate { year, month: u8::try_from(month).ok()?, day, range: start..end })
}

/// `2023.12.31`, of which the year has been read.
fn pointed(text: &str, start: usize, year: u32, at: usize, separator: char) -> Option<WrittenDate> {
    let year = u16::try_from(year).ok().filter(|year| (1949..=2999).contains(year))?;
    let (month, at) = number(text, at + separator.len_utf8())?;
    let at = text[at..].starts_with(separator).then(|| at + separator.len_utf8())?;
    let (day, end) = number(text, at)?;
    Some(WrittenDate {
        year: Some(year),
        month: u8::try_from(month).ok().filter(|month| (1..=12).contains(month))?,
        day: Some(u8::try_from(day).ok().filter(|day| (1..=31).contains(day))?),
        range: start..end,
    })
}

/// The number that begins at a byte, in Arabic, full-width or Chinese figures, and the byte behind it.
fn number(text: &str, at: usize) -> Option<(u32, usize)> {
    let mut value: u32 = 0;
    let mut tens = None;
    let mut length = 0;
    let arabic = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
    let first = text[at..].chars().next().is_some_and(arabic);
    // 初三4月7日 is no number of both.
    let alike = |c: &char| arabic(*c) == first;
    for c in text[at..].chars().take_while(alike) {
        let Some(digit) = figure(c) else {
            if c != '十' || tens.is_some() {
                break;
            }
            tens = Some(if length == 0 { 10 } else { value.checked_mul(10)? });
            value = 0;
            length += c.len_utf8();
            continue;
        };
        value = value.checked_mul(10)?.checked_add(digit)?;
        length += c.len_utf8();
    }
    (length > 0).then_some((value + tens.unwrap_or(0), at + length))
}

fn figure(c: char) -> Option<u32> {
    match c {
        '0'..='9' => c.to_digit(10),
        '０'..='９' => Some(u32::from(c) - u32::from('０')),
        '〇' | '零' | '○' => Some(0),
        '一' => Some(1),
        '二' => Some(2),
        '三' => Some(3),
        '四' => Some(4),
        '五' => Some(5),
        '六' => Some(6),
        '七' => Some(7),
        '八' => Some(8),
        '九' => Some(9),
        _ => None,
    }
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
    fn dates_are_found_with_and_without_blanks_year_and_day() {
        let text = "从 2023 年 1 月 1 日起到12月31日止，第12345号，2024年3月。二〇二三年十二月三十一日，２０２３年１月";
        let found: Vec<_> = dates(text).into_iter().map(|d| (d.year, d.month, d.day)).collect();
        assert_eq!(
            found,
            [
                (Some(2023), 1, Some(1)),
                (None, 12, Some(31)),
                (Some(2024), 3, None),
                (Some(2023), 12, Some(31)),
                (Some(2023), 1, None)
            ]
        );
    }

    #[test]
    fn dates_with_points() {
        let found: Vec<_> = dates("2023.1.1-2023.12.31，1.2.3，2023-12-31")
            .into_iter()
            .map(|d| (d.month, d.day))
            .collect();
        assert_eq!(found, [(1, Some(1)), (12, Some(31)), (12, Some(31))]);
    }

    #[test]
    fn periods_join_two_dates() {
        for text in [
            "自2023年1月1日起至2023年12月31日止",
            "2023年1月1日—12月31日",
            "2023 年 1 月 1 日起到 2023 年 12 月 28 日",
            "2023.1.1—2023.12.31",
            "2023年1月至12月",
            "期限为2023年1—12月",
            "２０２３年１月１日至１２月３１日",
            "二〇二三年一月一日至十二月三十一日",
            "从2023年1月1日开始，至2023年12月31日结束",
        ] {
            let found = periods(text);
            assert_eq!(found.len(), 1, "{text}");
            assert_eq!(
                (found[0].0.year, found[0].0.month, found[0].1.month),
                (Some(2023), 1, 12),
                "{text}"
            );
        }
        assert!(periods("2023年5月1日印发、2023年6月1日施行").is_empty());
        assert!(periods("5—12月").is_empty());
    }
}
