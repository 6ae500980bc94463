//! What a clause says of growth: 同比增长 25%, against last year and nothing else.

use super::lexicon::{Sense, Word};
use super::token::{Token, What};

/// A rate of growth against the year before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Growth {
    /// The figure that grew or shrank.
    pub(crate) of: usize,
    /// Whether it is said to have grown.
    pub(crate) up: bool,
}

/// Words for growth.
const UP: &[&str] = &["增长", "增加", "增幅", "上升", "提高", "提升"];
/// Words for shrinking.
const DOWN: &[&str] = &["下降", "减少", "降低", "降幅"];
/// Words for the year before.
const LAST_YEAR: &[&str] =
    &["上年", "上年度", "去年", "上一年", "上一年度", "上年同期", "去年同期"];

/// Whether the words before a percentage say that something grew (true) or shrank against the year
/// before; `None` when they say anything else besides, or do not say both direction and base.
pub(crate) fn direction(words: &[Token], text: &str, year: Option<u16>) -> Option<bool> {
    let (mut up, mut down, mut based) = (false, false, false);
    for token in words {
        let printed = &text[token.range.clone()];
        match token.what {
            What::Phrase(Sense::Word(Word::Change)) => match printed {
                "同比" => based = true,
                "相比" => {}
                _ if UP.contains(&printed) => up = true,
                _ if DOWN.contains(&printed) => down = true,
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
                based = true;
            }
            What::Phrase(Sense::Word(Word::Compares | Word::Filler | Word::And)) => {}
            _ => return None,
        }
    }
    (based && up != down).then_some(up)
}

/// 2022年 in a report of 2023.
fn is_year_before(printed: &str, year: Option<u16>) -> bool {
    let digits = printed.trim_end_matches(['度', '年']);
    let named = digits.trim().parse::<u16>().ok();
    named.is_some() && named == year.and_then(|year| year.checked_sub(1))
}
