//! What a clause says of change: 同比增长 25%, 比上年增加 20 件, 是上年的 2.3 倍; against last year and nothing else.

use super::lexicon::{Sense, Word};
use super::numeral::Unit;
use super::token::{Token, What};

/// A change against the year before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Growth {
    /// The figure that grew or shrank.
    pub(crate) of: usize,
    /// What is said of it.
    pub(crate) change: Change,
}

/// What a figure says of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Change {
    /// 增长 25%: by that many percent, up (true) or down.
    Rate(bool),
    /// 增加 20 件: by that many, up (true) or down.
    Difference(bool),
    /// 是上年的 2.3 倍: that many times as much.
    Multiple,
    /// 增长 1.5 倍: by that many times as much.
    More,
    /// 较上年的 11 件: so many the year before.
    Base,
}

/// What is said of a change without a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wordless {
    /// 与上年持平.
    Same,
    /// 比上年翻了一番.
    Doubled,
}

/// Words for growth.
const UP: &[&str] = &["增长", "增加", "增幅", "上升", "提高", "提升", "净增", "多"];
/// Words for shrinking.
const DOWN: &[&str] = &["下降", "减少", "降低", "降幅", "少", "净减"];
/// Of these words, those that are the name of a rate.
const RATES: &[&str] = &["增幅", "降幅"];
/// What may stand before a figure that is not exact.
const ROUGHLY: &[&str] = &["约", "近", "超", "超过", "逾", "大约", "接近"];
/// Words for the year before.
const LAST_YEAR: &[&str] =
    &["上年", "上年度", "去年", "上一年", "上一年度", "上年同期", "去年同期"];
/// How a clause ends that says that nothing has changed.
const SAME: &[&str] = &["持平", "相同", "一致", "相等", "一样", "保持不变", "保持一致"];
/// What stands behind 翻 where something has become twice as much.
const DOUBLED: &[&str] = &["番", "一番", "了一番", "了一倍", "一倍"];

/// What the words before a figure say of a change against the year before; `None` when they say anything
/// else besides, or do not say all of it. `is_based` when the base has been named before. With the change
/// comes whether the words say it only roughly: 约为上年的 2 倍.
pub(crate) fn change(
    words: &[Token],
    text: &str,
    (year, is_based): (Option<u16>, bool),
    unit: Unit,
) -> Option<(Change, bool)> {
    let said = said(words, text, year)?;
    let based = is_based || said.based;
    let change = match (unit, said.up, said.down) {
        (Unit::Percent, up, down) if based && up != down => Some(Change::Rate(up)),
        (Unit::Counter(_) | Unit::Yuan, up, down) if based && up != down => {
            Some(Change::Difference(up))
        }
        (Unit::Times, true, false) if based => Some(Change::More),
        (Unit::Times, false, false) if said.based => Some(Change::Multiple),
        _ => None,
    };
    Some((change?, said.rough))
}

/// Whether the words before a figure say that it is that of the year before, and nothing else:
/// 较 2022 年的 11 件, 上年为 11 件, 与上年的 11 件 相比. `behind` is the text behind the figure.
pub(crate) fn is_base(words: &[Token], text: &str, year: Option<u16>, behind: &str) -> bool {
    const LINKS: &[&str] = &["的", "为", "是"];
    const GOES_ON: &[char] = &['增', '减', '上', '下', '提', '降', '升'];
    const COMPARED: &[&str] = &["相比", "相较", "比较", "对比"];
    let printed = |token: &Token| &text[token.range.clone()];
    let is_period = |t: &&Token| t.what == What::Phrase(Sense::Word(Word::OtherPeriod));
    let named: Vec<&str> = words.iter().filter(is_period).map(printed).collect();
    let of_last_year = match named.as_slice() {
        [base] | [base, "同期"] => LAST_YEAR.contains(base) || is_year_before(base, year),
        _ => false,
    };
    let (opener, rest) = match words.split_first() {
        Some((first, rest)) if !is_period(&first) => (printed(first), rest),
        _ => ("", words),
    };
    let plain = rest.iter().all(|t| is_period(&t) || LINKS.contains(&printed(t)));
    of_last_year
        && plain
        && match opener {
            "" => words.last().is_some_and(|last| ["为", "是"].contains(&printed(last))),
            "较" | "比" | "相较" | "相较于" | "对比" => true,
            "由" | "从" => behind.trim_start().starts_with(GOES_ON),
            "与" | "和" | "同" => COMPARED.iter().any(|c| behind.trim_start().starts_with(c)),
            _ => false,
        }
}

/// The words before a figure without the year before, where they say what that was and nothing else:
/// 2022 年收到政府信息公开申请 100 件. `behind` is the text behind the figure.
pub(crate) fn told_of_last_year(
    words: &[Token],
    text: &str,
    year: Option<u16>,
    behind: &str,
) -> Option<Vec<Token>> {
    const PLAIN: &[&str] = &[
        "共",
        "共计",
        "累计",
        "合计",
        "总共",
        "一共",
        "了",
        "我局",
        "我委",
        "我县",
        "我市",
        "我区",
        "我镇",
        "本机关",
    ];
    const LONGEST: usize = 200;
    let printed = |token: &Token| &text[token.range.clone()];
    let is_period = |t: &Token| t.what == What::Phrase(Sense::Word(Word::OtherPeriod));
    let (period, rest): (Vec<&Token>, Vec<&Token>) = words.iter().partition(|t| is_period(t));
    let [base] = period.as_slice() else { return None };
    let of_last_year = LAST_YEAR.contains(&printed(base)) || is_year_before(printed(base), year);
    // 2022年收到的3件 may have been dealt with this year, and so may those that are carried over.
    let plain = rest.iter().all(|token| match token.what {
        What::Phrase(Sense::Quantity(_) | Sense::Word(Word::Request)) => true,
        _ => PLAIN.contains(&printed(token)),
    });
    let named = rest.iter().any(|token| token.what == What::Phrase(Sense::Word(Word::Request)));
    let mut sentence = behind.chars().take(LONGEST).take_while(|c| !"。！？\n".contains(*c));
    let ends = behind.chars().next().is_none_or(|c| "，。；\n".contains(c));
    let goes_on = sentence.any(|c| "转延".contains(c));
    (of_last_year && plain && named && ends && !goes_on)
        .then(|| rest.into_iter().cloned().collect())
}

/// What a clause without a figure says of a change against the year before.
pub(crate) fn wordless(words: &[Token], text: &str, year: Option<u16>) -> Option<Wordless> {
    let (last, before) = words.split_last()?;
    let printed = |token: &Token| &text[token.range.clone()];
    if last.what == What::Other && SAME.contains(&printed(last)) {
        let said = said(before, text, year)?;
        return (said.based && !said.up && !said.down && !said.rough).then_some(Wordless::Same);
    }
    let turned = words.iter().rposition(|token| printed(token) == "翻")?;
    let behind = &text[words[turned].range.end..last.range.end];
    let based = said(&words[..turned], text, year)?.based;
    (based && DOUBLED.contains(&behind)).then_some(Wordless::Doubled)
}

/// What the words of a comparison name.
#[derive(Default)]
struct Said {
    up: bool,
    down: bool,
    /// Whether the year before is named.
    based: bool,
    /// Whether it is only said roughly.
    rough: bool,
}

/// What the words of a comparison name; `None` when there are others among them.
fn said(words: &[Token], text: &str, year: Option<u16>) -> Option<Said> {
    let mut said = Said::default();
    let mut of_rate = false;
    for token in words {
        let printed = &text[token.range.clone()];
        match token.what {
            What::Phrase(Sense::Word(Word::Change)) => match printed {
                "同比" => said.based = true,
                "相比" => {}
                // 增幅比上年提高: it is the rate that has grown.
                _ if of_rate => return None,
                _ if UP.contains(&printed) => said.up = true,
                _ if DOWN.contains(&printed) => said.down = true,
                _ => return None,
            },
            What::Phrase(Sense::Word(Word::OtherPeriod)) => {
                if !LAST_YEAR.contains(&printed) && !is_year_before(printed, year) {
                    // 同期 says nothing of its own behind 2022年.
                    if printed != "同期" {
                        return None;
                    }
                    continue;
                }
                said.based = true;
            }
            What::Phrase(Sense::Word(Word::Compares | Word::Filler | Word::And)) => {}
            What::Other if ROUGHLY.contains(&printed) => said.rough = true,
            _ => return None,
        }
        of_rate |= RATES.contains(&printed);
    }
    Some(said)
}

/// 2022年 in a report of 2023.
fn is_year_before(printed: &str, year: Option<u16>) -> bool {
    let digits = printed.trim_end_matches(['度', '年']);
    let named = digits.trim().parse::<u16>().ok();
    named.is_some() && named == year.and_then(|year| year.checked_sub(1))
}

/// The byte behind the bracket that stands at a byte, or that byte where none does.
pub(crate) fn behind_bracket(text: &str, at: usize) -> usize {
    const LONGEST: usize = 200;
    let mut depth = 0_usize;
    for (i, c) in text[at..].char_indices().take(LONGEST) {
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return if i == 0 { at } else { at + i + c.len_utf8() };
        }
    }
    at
}
