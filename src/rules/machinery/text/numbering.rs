//! Numbers that stand before items: `一、`, `（一）`, `1.`, `（1）`, `①`, `一是`.

use std::ops::Range;

/// A number before an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::rules) struct Marker {
    /// Its notation.
    pub(in crate::rules) style: Style,
    /// Its value.
    pub(in crate::rules) number: u32,
    /// The bytes of the text.
    pub(in crate::rules) range: Range<usize>,
}

/// The numbering of an item, from the highest level of GB/T 9704-2012, 7.3.3 to the lowest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::rules) enum Style {
    /// `一、`.
    Top,
    /// `（一）`.
    Second,
    /// `1.`, `1、`.
    Third,
    /// `（1）`, `1）`.
    Fourth,
    /// `①`.
    Circled,
    /// `一是`: in running text.
    Running,
    /// `第一，`: in running text.
    Ordinal,
}

/// The marker at the beginning of a text, if there is one.
pub(in crate::rules) fn leading(text: &str) -> Option<Marker> {
    let marker = |style, number, length| Some(Marker { style, number, range: 0..length });
    let first = text.chars().next()?;
    if let Some(rest) = text.strip_prefix(['（', '(']) {
        let open = first.len_utf8();
        let (number, length) = chinese_number(rest).or_else(|| arabic_number(rest))?;
        let close = rest[length..].chars().next().filter(|c| matches!(c, '）' | ')'))?;
        let style = if first_is_digit(rest) { Style::Fourth } else { Style::Second };
        return marker(style, number, open + length + close.len_utf8());
    }
    if ('①'..='⑳').contains(&first) {
        return marker(Style::Circled, u32::from(first) - u32::from('①') + 1, first.len_utf8());
    }
    if let Some((number, length)) = arabic_number(text) {
        let rest = &text[length..];
        let sign = rest.chars().next()?;
        let next = rest[sign.len_utf8()..].chars().next();
        return match sign {
            // 1.5 and 1.jpg are no items.
            '.' | '．' | '、' if !next.is_some_and(|c| c.is_ascii_alphanumeric()) => {
                marker(Style::Third, number, length + sign.len_utf8())
            }
            ')' | '）' => marker(Style::Fourth, number, length + sign.len_utf8()),
            _ => None,
        };
    }
    if let Some(rest) = text.strip_prefix('第') {
        let (number, length) = chinese_number(rest)?;
        let sign = rest[length..].chars().next().filter(|c| matches!(c, '，' | '、' | ','))?;
        return marker(Style::Ordinal, number, '第'.len_utf8() + length + sign.len_utf8());
    }
    let (number, length) = chinese_number(text)?;
    let sign = text[length..].chars().next()?;
    match sign {
        // 一、二季度 counts quarters.
        '、' if chinese_number(&text[length + sign.len_utf8()..])
            .is_some_and(|(next, _)| next == number + 1) =>
        {
            None
        }
        '、' | '.' | '．' => marker(Style::Top, number, length + sign.len_utf8()),
        '是' => marker(Style::Running, number, length + sign.len_utf8()),
        _ => None,
    }
}

/// All markers that stand where an item can begin: at the start of a line or behind `。；：！？`;
/// those of running text also behind a comma, where `（二）` would be an item of an article.
pub(in crate::rules) fn markers(text: &str) -> Vec<Marker> {
    let mut found = Vec::new();
    let mut fresh = true;
    let mut comma = false;
    // ①甲、②乙: behind a pause only what can be nothing else begins an item.
    let mut pause = false;
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        if fresh {
            let marker = leading(&text[at..])
                .filter(|m| !comma || matches!(m.style, Style::Running | Style::Ordinal))
                .filter(|m| !pause || m.style == Style::Circled);
            if let Some(mut marker) = marker {
                marker.range = at..at + marker.range.end;
                at = marker.range.end;
                found.push(marker);
                // An item may begin with an item of the next level: `（一）1.`
                continue;
            }
        }
        fresh = match c {
            '。' | '；' | '：' | '！' | '？' | '，' | '、' | '\n' | ';' | ':' | ',' => true,
            ' ' | '\t' | '\r' | '\u{3000}' | '\u{a0}' | '*' => fresh,
            _ => false,
        };
        comma = fresh && (matches!(c, '，' | ',') || comma && c.is_whitespace());
        pause = fresh && (c == '、' || pause && c.is_whitespace());
        at += c.len_utf8();
    }
    found
}

/// A number of things at the beginning of a text, in either figures, and its bytes: 三, 两, 3.
pub(in crate::rules) fn count(text: &str) -> Option<(u32, usize)> {
    let two = text.starts_with('两').then_some((2, '两'.len_utf8()));
    two.or_else(|| chinese_number(text)).or_else(|| arabic_number(text))
}

/// A whole number at the beginning of a text, in either figures, and its bytes: 三, 两, 十三, 137.
pub(in crate::rules) fn whole_number(text: &str) -> Option<(u32, usize)> {
    const LONGEST: usize = 5;
    let length = text.bytes().take(LONGEST).take_while(u8::is_ascii_digit).count();
    if length == 0 {
        return count(text);
    }
    (length < LONGEST).then(|| text[..length].parse().ok()).flatten().map(|n| (n, length))
}

/// A Chinese number from 一 to 九十九 at the beginning of a text, and its bytes.
fn chinese_number(text: &str) -> Option<(u32, usize)> {
    let mut value = 0;
    let mut length = 0;
    let mut last_digit = None;
    for c in text.chars().take(4) {
        match "一二三四五六七八九".chars().position(|digit| digit == c) {
            Some(_) if last_digit.is_some() => return None,
            Some(i) => last_digit = u32::try_from(i + 1).ok(),
            None if c == '十' && value == 0 => value = last_digit.take().unwrap_or(1) * 10,
            None => break,
        }
        length += c.len_utf8();
    }
    let value = value + last_digit.unwrap_or(0);
    (value > 0).then_some((value, length))
}

/// An Arabic number of at most two figures at the beginning of a text, and its bytes.
fn arabic_number(text: &str) -> Option<(u32, usize)> {
    let length = text.bytes().take(3).take_while(u8::is_ascii_digit).count();
    let number = text.get(..length)?.parse().ok()?;
    (length <= 2 && number > 0).then_some((number, length))
}

fn first_is_digit(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn style(text: &str) -> Option<(Style, u32)> {
        leading(text).map(|m| (m.style, m.number))
    }

    #[test]
    fn numbers_before_items() {
        assert_eq!(style("一、总体情况"), Some((Style::Top, 1)));
        assert_eq!(style("一、三审三校"), Some((Style::Top, 1)));
        assert_eq!(style("三、四季度各检查一次"), None);
        assert_eq!(style("（二十一）其他"), Some((Style::Second, 21)));
        assert_eq!(style("(三)其他"), Some((Style::Second, 3)));
        assert_eq!(style("1.主动公开"), Some((Style::Third, 1)));
        assert_eq!(style("10、主动公开"), Some((Style::Third, 10)));
        assert_eq!(style("（3）受理"), Some((Style::Fourth, 3)));
        assert_eq!(style("③受理"), Some((Style::Circled, 3)));
        assert_eq!(style("十二是加强培训"), Some((Style::Running, 12)));
        assert_eq!(style("第二，加强培训"), Some((Style::Ordinal, 2)));
    }

    #[test]
    fn other_numbers_are_left_alone() {
        for text in [
            "1.5万件",
            "2023年",
            "第一时间",
            "（2023）",
            "十",
            "一二是",
            "（）",
            "一体化",
            "3.jpg",
            "",
        ] {
            assert_eq!(style(text), None, "{text}");
        }
    }

    #[test]
    fn items_in_running_text() {
        let circled = markers("①予以公开9件、②部分公开1件；甲、一是，乙、1.").into_iter();
        assert_eq!(circled.map(|m| m.number).collect::<Vec<_>>(), [1, 2]);
        let text = "（一）1.工作：一是甲；二是乙，三是丙，（五）项。第（四）项，十是";
        let found: Vec<_> = markers(text).into_iter().map(|m| (m.style, m.number)).collect();
        assert_eq!(
            found,
            [
                (Style::Second, 1),
                (Style::Third, 1),
                (Style::Running, 1),
                (Style::Running, 2),
                (Style::Running, 3),
                (Style::Running, 10)
            ]
        );
    }
}
