//! Lengths of time that are compared with those of another year: 平均用时6.5个工作日，比上年的5.8个工作日缩短.

use std::ops::Range;

use rust_decimal::Decimal;

use crate::diag::Label;
use crate::prose::{Lexicon, Passage};
use crate::report::Text;
use crate::rules::Findings;
use crate::rules::figures::judge::place;
use crate::rules::machinery::text::CLAUSE_ENDS;
use crate::rules::machinery::word_lists::WordLists;

/// A length of time in a text.
struct Length<'t> {
    /// The bytes of its digits, and the place behind its unit.
    digits: Range<usize>,
    end: usize,
    value: Decimal,
    unit: &'t str,
}

/// Reports every length of time that is said to have become shorter or longer than one that it is not, or by another time than
/// lies between the two.
pub(super) fn judge_durations(findings: &mut Findings<'_>, passage: &Passage, text: &Text) {
    let printed = text.printed();
    let all = lengths(printed);
    for (i, pair) in all.windows(2).enumerate() {
        let [now, base] = pair else { continue };
        let Some((range, longer)) = compared(printed, now, base) else { continue };
        let told = format!("本年 {}{}，上年 {}{}", now.value, now.unit, base.value, base.unit);
        let said = &printed[range.clone()];
        let by = all.get(i + 2).filter(|by| by.unit == now.unit && by.digits.start == range.end);
        let difference = (now.value - base.value).abs();
        let (at, message, label) = if now.value == base.value || longer != (now.value > base.value)
        {
            let way = match now.value.cmp(&base.value) {
                std::cmp::Ordering::Less => "缩短",
                std::cmp::Ordering::Equal => "没有变化",
                std::cmp::Ordering::Greater => "延长",
            };
            (range, format!("文字说“{said}”，而{told}，是{way}"), format!("是{way}"))
        } else if let Some(by) = by.filter(|by| by.value != difference) {
            let right = format!("{difference}{}", by.unit);
            (by.digits.clone(), format!("{told}，相差 {right}"), format!("应为 {right}"))
        } else {
            continue;
        };
        let at = place(passage, text, &at);
        if findings.list.iter().any(|finding| finding.primary.place == at) {
            continue; // One slip is one finding.
        }
        let finding = findings.report(at, message, label);
        for (length, name) in [(now, "本年"), (base, "上年")] {
            finding.related.push(Label::new(place(passage, text, &length.digits), name));
        }
        finding.help.push("核对两个时间和方向，改正写错的那一处".to_owned());
    }
}

/// The lengths of time of a text in order.
fn lengths(text: &str) -> Vec<Length<'_>> {
    let units = &Lexicon::get().numbers.spans;
    let is_number = |c: char| c.is_ascii_digit() || c == '.';
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(|c: char| c.is_ascii_digit()).map(|n| at + n) {
        let end = text[start..].find(|c| !is_number(c)).map_or(text.len(), |n| start + n);
        at = end;
        let behind = &text[end..];
        let skipped = behind.strip_prefix('个').map_or(0, |_| '个'.len_utf8());
        let unit = units.start_of(&behind[skipped..]).map(|unit| &behind[..skipped + unit.len()]);
        let digits = start..end;
        // 2023年, 5月: dates.
        let unit = unit.filter(|unit| !unit.starts_with(['年', '月', '岁']));
        if let (Some(unit), Ok(value)) = (unit, text[digits.clone()].parse()) {
            found.push(Length { digits, end: end + unit.len(), value, unit });
        }
    }
    found
}

/// The words behind the second of two lengths of one unit that say how the first has become of it, and whether it is longer.
fn compared(text: &str, now: &Length<'_>, base: &Length<'_>) -> Option<(Range<usize>, bool)> {
    /// The most characters between the two.
    const LONGEST: usize = 12;
    let lexicon = Lexicon::get();
    let words = &WordLists::get().directions;
    let between = text.get(now.end..base.digits.start)?.strip_prefix('，')?;
    let compares = between.starts_with(['比', '较']) && between.chars().count() <= LONGEST;
    let of_last = lexicon.growth.last_year.are_in(between);
    if now.unit != base.unit || !compares || !of_last || between.contains(CLAUSE_ENDS) {
        return None;
    }
    let behind = &text[base.end..];
    let mut said = behind.trim_start_matches(['）', '，', '的']);
    let start = base.end + behind.len() - said.len();
    while let Some(word) = words.adverbs.start_of(said) {
        said = &said[word.len()..];
    }
    let (up, down) =
        (words.up.start_of(said), words.down.start_of(said).or(words.shrinks.start_of(said)));
    let word = up.xor(down)?;
    let rest = &said[word.len()..];
    let rest = rest.strip_prefix('了').unwrap_or(rest);
    let end = text.len() - rest.len();
    Some((start..end, up.is_some()))
}

#[cfg(test)]
mod tests {
    use super::super::change_wrong::RULE;
    use crate::rules::testing::check_text;

    #[test]
    fn times_that_became_longer_and_are_said_to_be_shorter() {
        for wrong in [
            "平均办理用时6.5个工作日，比上年的5.8个工作日进一步缩短。",
            "平均办理用时12.4个工作日，比上年（14.2个工作日）延长1.8个工作日。",
            "平均办理用时12.4个工作日，比上年的14.2个工作日缩短了2.8个工作日。",
        ] {
            check_text(&RULE, wrong, "", 1);
        }
        for fine in [
            "平均办理用时5.8个工作日，比上年的6.5个工作日进一步缩短。",
            "平均办理用时12.4个工作日，比上年（14.2个工作日）缩短1.8个工作日。",
            "用时12个工作日，比法定的20个工作日缩短8个工作日。",
            "3月5日召开会议，比上年的4月2日提前。",
        ] {
            check_text(&RULE, fine, "", 0);
        }
    }
}
