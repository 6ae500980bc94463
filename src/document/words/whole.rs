//! Parts of running text that no line may divide, for outputs that break their lines themselves.
//!
//! The layout of pages keeps the same together; there the ends of all lines are chosen at once.

use std::ops::Range;

use super::{unit_length, width};

/// The widest part that is kept whole, in widths of a character: half a line of a phone.
const WIDEST: f64 = 12.0;

/// The parts of a text that stay whole, in order: a figure with its unit, a day with its month, the
/// number of a standard, a dash with what it follows; and where the text `ends` a paragraph, its last
/// two characters with their mark.
pub fn whole_parts(text: &str, ends: bool) -> Vec<Range<usize>> {
    let characters: Vec<(usize, char)> = text.char_indices().collect();
    let joined = joined(text, &characters, ends);
    let at = |i: usize| characters.get(i).map_or(text.len(), |(at, _)| *at);
    let mut parts = Vec::new();
    let mut start = 0;
    for i in 1..=characters.len() {
        if joined.get(i).is_some_and(|joined| *joined) {
            continue;
        }
        let part = at(start)..at(i);
        // What is one Western word is whole anyway.
        let is_word = text[part.clone()].chars().all(|c| c.is_ascii_alphanumeric() || c == '.');
        if i - start > 1 && !is_word && width(&text[part.clone()]) <= WIDEST {
            parts.push(part);
        }
        start = i;
    }
    parts
}

/// For each character, true if no line may end before it.
fn joined(text: &str, characters: &[(usize, char)], ends: bool) -> Vec<bool> {
    let c = |i: usize| characters.get(i).map(|(_, c)| *c);
    let is_digit = |i: usize| c(i).is_some_and(|c| c.is_ascii_digit());
    let before = |i: usize, n: usize| i.checked_sub(n).and_then(c);
    let n = characters.len();
    let mut joined = vec![false; n];
    for i in 1..n {
        let (last, first) = (characters[i - 1].1, characters[i].1);
        let in_figure = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '%' | '‰');
        if in_figure(last) && in_figure(first) {
            joined[i] = true;
        }
        if last.is_ascii_digit() && is_ideograph(first) {
            // A figure may have a unit that no list knows, but not the number of a standard.
            let begins = (0..i).rev().take_while(|j| is_digit(*j)).last().unwrap_or(i);
            let least = usize::from(!matches!(before(begins, 1), Some('—' | '–')));
            let unit = unit_length(&text[characters[i].0..]).max(least);
            joined[i..(i + unit).min(n)].fill(true);
        }
        if is_digit(i) {
            let day = last == '月' && i > 1 && is_digit(i - 2) && {
                let end = (i..n).find(|j| !is_digit(*j)).unwrap_or(n);
                c(end) == Some('日')
            };
            joined[i] |= day || matches!(last, '第' | '—' | '–' | '～' | '-' | '−');
        }
        joined[i] |= matches!(first, '—' | '…' | '⋯' | '―');
        let is_letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_uppercase());
        // `GB/T 9704`: the letters, the blank and the number.
        if last == ' ' && is_digit(i) && is_letter(before(i, 2)) {
            let from = (0..i - 1).rev().take_while(|j| is_letter(c(*j)) || c(*j) == Some('/'));
            if let Some(start) = from.last() {
                joined[start + 1..=i].fill(true);
            }
        }
    }
    if ends {
        let is_character = |i: &usize| c(*i).is_some_and(char::is_alphanumeric);
        if let Some(start) = (0..n).rev().filter(is_character).nth(1) {
            joined[start + 1..].fill(true);
        }
    }
    joined
}

/// The places of a text where Chinese and Western characters meet, and are set off from each other.
pub fn gaps(text: &str) -> Vec<usize> {
    let pairs = text.char_indices().zip(text.char_indices().skip(1));
    let met = pairs.filter(|((_, a), (_, b))| are_set_off(*a, *b));
    met.map(|(_, (at, _))| at).collect()
}

/// A text without the blanks that were typed where every output leaves its own white: between Chinese and
/// Western, and beside Chinese marks. Blanks between two Western or two Chinese words stay.
pub fn without_typed_gaps(text: &str) -> String {
    const BLANKS: [char; 4] = [' ', '\t', '\u{A0}', '\u{202F}'];
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(BLANKS) {
        let (words, from) = rest.split_at(start);
        out.push_str(words);
        let after = from.trim_start_matches(BLANKS);
        let (a, b) = (out.chars().next_back(), after.chars().next());
        if !a.zip(b).is_some_and(|(a, b)| leave_white(a, b)) {
            out.push_str(&from[..from.len() - after.len()]);
        }
        rest = after;
    }
    out + rest
}

/// True if there is white between two neighbours, or the blank half of a mark, and a blank would be one too many.
fn leave_white(a: char, b: char) -> bool {
    const MARKS: [char; 31] = [
        '，', '。', '、', '；', '：', '！', '？', '（', '）', '《', '》', '〈', '〉', '「', '」',
        '『', '』', '【', '】', '〖', '〗', '〔', '〕', '［', '］', '｛', '｝', '．', '·', '•',
        '・',
    ];
    // Those that Western texts have too are Chinese beside Chinese.
    const SHARED: [char; 4] = ['“', '”', '‘', '’'];
    let is_mark = |c: char| MARKS.contains(&c);
    let is_chinese = |c: char| is_ideograph(c) || is_mark(c) || SHARED.contains(&c);
    let shared = |mark: char, other: char| SHARED.contains(&mark) && is_chinese(other);
    is_mark(a) || is_mark(b) || shared(a, b) || shared(b, a) || are_set_off(a, b)
}

/// True if a character is one of the Chinese script, not a mark.
pub fn is_ideograph(c: char) -> bool {
    matches!(c, '々' | '〇' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// True if two neighbours, one Chinese and one Western, are set off by white that is no character.
pub fn are_set_off(a: char, b: char) -> bool {
    let western = |c: char| {
        (c < '\u{2000}' && c.is_alphanumeric())
            || ['%', '‰', '℃', '+', '#', '@', '&', '$'].contains(&c)
    };
    (is_ideograph(a) && western(b)) || (western(a) && is_ideograph(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, ends: bool) -> String {
        let mut out = String::new();
        let mut at = 0;
        for part in whole_parts(text, ends) {
            out.push_str(&text[at..part.start]);
            out.push_str(&format!("[{}]", &text[part.clone()]));
            at = part.end;
        }
        out + &text[at..]
    }

    #[test]
    fn figures_keep_their_units_and_days_their_months() {
        for (text, expected) in [
            ("全年收到128件，占45.3%。", "全年收到[128件]，占[45.3%]。"),
            ("自2023年1月1日至12月31日", "自[2023年][1月1日]至[12月31日]"),
            ("函〔2021〕30号）要求", "函〔2021〕[30号]）要求"),
            ("按GB/T 9704—2012编排", "按[GB/T 9704—2012]编排"),
            ("公开信息1200余条", "公开信息[1200余条]"),
            ("收费1792.8625万元", "收费[1792.8625万元]"),
            ("见第20条——附则……", "见[第20条——]附[则……]"),
            ("APP上线，PDF版", "APP上线，PDF版"),
        ] {
            assert_eq!(shown(text, false), expected);
        }
    }

    #[test]
    fn the_last_line_has_two_characters_and_their_mark() {
        assert_eq!(shown("安排专人维护。", true), "安排专人[维护。]");
        assert_eq!(shown("共培训2次。", true), "共培训[2次。]");
        assert_eq!(shown("办结3件（均为公开）。", true), "办结[3件]（均为[公开）。]");
        assert_eq!(shown("好。", true), "好。");
        assert_eq!(shown("", true), "");
    }

    #[test]
    fn what_is_wider_than_half_a_phone_may_be_divided() {
        assert_eq!(shown(&"—".repeat(30), false), "—".repeat(30));
    }

    #[test]
    fn typed_gaps_are_left_to_the_outputs() {
        for (typed, printed) in [
            ("2023 年 APP 、45.3% ；a b，张 三", "2023年APP、45.3%；a b，张 三"),
            ("收到\u{A0}128  件 （含 8 条 ）", "收到128件（含8条）"),
            ("“放管服” 改革、the “open” data", "“放管服”改革、the “open” data"),
            (" 首尾 ", " 首尾 "),
        ] {
            assert_eq!(without_typed_gaps(typed), printed);
        }
    }

    #[test]
    fn gaps_lie_between_the_scripts_and_not_beside_marks() {
        let text = "占45.3%；用APP、2023年（8条）";
        let shown: Vec<&str> = gaps(text).into_iter().map(|at| &text[at..]).collect();
        let expected = ["45.3%；用APP、2023年（8条）", "APP、2023年（8条）", "年（8条）", "条）"];
        assert_eq!(shown, expected);
    }
}
