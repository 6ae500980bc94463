//! Numbers in Chinese digits.

/// The value of the Chinese digits that begin at `start`, and where they end.
pub(super) fn chinese_value(text: &str, start: usize) -> Option<(u64, usize)> {
    let (mut total, mut section, mut last) = (0_u64, 0_u64, None);
    let mut end = start;
    for c in text[start..].chars().take(12) {
        if let Some(d) = spelled(c) {
            if last.is_some_and(|l| l != 0) {
                return None; // 二〇二三 and the like are no counts
            }
            last = Some(d);
        } else if let Some(weight) = [('十', 10), ('百', 100), ('千', 1000)]
            .iter()
            .find(|(sign, _)| *sign == c)
            .map(|(_, weight)| *weight)
        {
            section += last.unwrap_or(1).max(1) * weight;
            last = Some(0);
        } else if c == '万' {
            total = (section + last.unwrap_or(0)) * 10_000;
            section = 0;
            last = Some(0);
        } else {
            break;
        }
        end += c.len_utf8();
    }
    Some((total + section + last.unwrap_or(0), end))
}

/// The value of a Chinese digit.
pub(crate) fn spelled(c: char) -> Option<u64> {
    Some(match c {
        '零' | '〇' => 0,
        '一' => 1,
        '二' | '两' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    })
}
