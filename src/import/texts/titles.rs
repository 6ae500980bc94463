//! Titles of sections, and the marks with which paragraphs begin.

use super::super::letters::{key, likeness, narrow, numeral, squeezed};
use crate::edition::{Edition, Section};

/// A longer line is no title.
const LONGEST: usize = 40;
/// From which likeness on a numbered line is the title of that number.
const ALIKE: f64 = 0.8;

/// The section whose title a line is: word for word or nearly, with or without its number.
pub(in crate::import) fn section_of_title(line: &str) -> Option<Section> {
    let words = squeezed(line);
    // Lists of contents have marks before their lines.
    let words = words.trim_start_matches(['•', '·', '●', '◆', '■', '▪']);
    if words.chars().count() > LONGEST || words.contains(['。', '，', '；']) {
        return None;
    }
    let (number, name) = numbered(words);
    let name = key(name);
    Edition::LATEST.form().sections.iter().enumerate().find_map(|(i, section)| {
        let is_number = number.is_none_or(|number| number == i + 1);
        let names = std::iter::once(section.name()).chain(section.also.iter().copied());
        let best = names.map(|own| likeness(&key(own), &name)).fold(0.0, f64::max);
        let enough = if number.is_some() { ALIKE } else { 1.0 };
        (is_number && best >= enough).then_some(section.section)
    })
}

/// The section whose number a short line begins with, whatever its words are.
pub(in crate::import) fn is_numbered_title(line: &str) -> Option<Section> {
    let words = squeezed(line);
    let (number, name) = numbered(&words);
    let is_short = words.chars().count() <= 30 && !words.contains(['。', '，', '；', '：']);
    let section = number.filter(|_| is_short && !name.is_empty())?.checked_sub(1)?;
    Edition::LATEST.form().sections.get(section).map(|section| section.section)
}

/// The number `一、` of a line, and the words behind it.
fn numbered(words: &str) -> (Option<usize>, &str) {
    let end = words.find(|c: char| !"一二三四五六七八九十".contains(c)).unwrap_or(words.len());
    let (digits, rest) = words.split_at(end);
    match (numeral(digits), rest.chars().next()) {
        (Some(number), Some(mark)) if "、．.,，".contains(mark) => {
            (Some(number), &rest[mark.len_utf8()..])
        }
        _ => (None, words),
    }
}

/// The number of a part `（二）` at the beginning of a paragraph, and the words behind it.
pub(super) fn part(paragraph: &str) -> Option<(usize, &str)> {
    let paragraph = paragraph.trim_start();
    let first = paragraph.chars().next()?;
    if narrow(first) != '(' {
        return None;
    }
    let inner = &paragraph[first.len_utf8()..];
    let (at, close) = inner.char_indices().take(4).find(|(_, c)| narrow(*c) == ')')?;
    let number = numeral(&squeezed(&inner[..at]))?;
    let rest = inner[at + close.len_utf8()..].trim_start();
    Some((number, rest.strip_prefix('、').unwrap_or(rest)))
}

/// True if a line can only be the beginning of a paragraph.
pub(in crate::import) fn begins_a_paragraph(line: &str) -> bool {
    let words = squeezed(line);
    let digits = words.len() - words.trim_start_matches(|c: char| narrow(c).is_ascii_digit()).len();
    let is_item = digits > 0
        && digits <= 3
        && words[digits..].starts_with(['、', '．', '.'])
        && !words[digits + 1..].starts_with(|c: char| c.is_ascii_digit());
    numbered(&words).0.is_some()
        || section_of_title(line).is_some()
        || part(&words).is_some()
        || is_item
        || words.starts_with("注：")
        || words.starts_with("注:")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_known_with_or_without_number() {
        assert_eq!(section_of_title("一、总体情况"), Some(Section::Overview));
        assert_eq!(
            section_of_title(" 四．政府信息公开行政复议、行政诉讼情况 "),
            Some(Section::Challenges)
        );
        assert_eq!(section_of_title("其他需要报告的事项"), Some(Section::Other));
        assert_eq!(section_of_title("五、存在的主要问题及改进措施"), Some(Section::Problems));
        for line in ["二、总体情况", "总体情况较好", "一、总体情况。2023年，我县公开"]
        {
            assert_eq!(section_of_title(line), None, "{line}");
        }
        assert_eq!(is_numbered_title("五、工作中的不足和打算"), Some(Section::Problems));
    }

    #[test]
    fn parts_are_known_by_their_numbers() {
        assert_eq!(part("（十一）平台"), Some((11, "平台")));
        assert_eq!(part("(二) 管理"), Some((2, "管理")));
        assert_eq!(part("（以下简称甲）"), None);
        assert!(begins_a_paragraph("1.甲") && begins_a_paragraph("（一）乙"));
        assert!(!begins_a_paragraph("3.5万元") && !begins_a_paragraph("一百二十件"));
    }
}
