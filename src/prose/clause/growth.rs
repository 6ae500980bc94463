//! Changes: 同比增长 25%, 比上年增加 20 件, 是上年的 2.3 倍; against last year and nothing else.

use crate::prose::lexicon::{Lexicon, Sense, Word};
use crate::prose::numeral::Unit;
use crate::prose::token::{Token, What};

/// A change against the year before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Growth {
    /// The figure that grew or shrank.
    pub(crate) of: usize,
    /// The change.
    pub(crate) change: Change,
}

/// The change that a figure tells.
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

/// A change told without a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wordless {
    /// 与上年持平.
    Same,
    /// 比上年翻了一番.
    Doubled,
}

/// The change that the words before a figure tell against the year before; `None` when they say anything
/// else besides, or do not say all of it. `is_based` when the base has been named before. With the change
/// comes whether the words say it only roughly: 约为上年的 2 倍.
pub(crate) fn change(
    words: &[Token],
    text: &str,
    (year, is_based): (Option<u16>, bool),
    (unit, grown): (Unit, Option<Unit>),
) -> Option<(Change, bool)> {
    let said = said(words, text, year, grown)?;
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

/// True if the words before a figure say that it is that of the year before, and nothing else:
/// 较 2022 年的 11 件, 上年为 11 件, 与上年的 11 件 相比. `behind` is the text behind the figure.
pub(crate) fn is_base(words: &[Token], text: &str, year: Option<u16>, behind: &str) -> bool {
    let lexicon = &Lexicon::get().growth;
    let printed = |token: &Token| &text[token.range.clone()];
    let is_period = |t: &&Token| t.what == What::Phrase(Sense::Word(Word::OtherPeriod));
    let named: Vec<&str> = words.iter().filter(is_period).map(printed).collect();
    let of_last_year = match named.as_slice() {
        [base] => is_last_year(base, year),
        [base, same] => *same == lexicon.same_period && is_last_year(base, year),
        _ => false,
    };
    let (opener, rest) = match words.split_first() {
        Some((first, rest)) if !is_period(&first) => (printed(first), rest),
        _ => ("", words),
    };
    let plain = rest.iter().all(|t| is_period(&t) || lexicon.base_links.has(printed(t)));
    of_last_year
        && plain
        && if opener.is_empty() {
            words.last().is_some_and(|last| lexicon.base_ends.has(printed(last)))
        } else {
            let behind = behind.trim_start();
            lexicon.base_behind.has(opener)
                || lexicon.base_from.has(opener) && lexicon.goes_on.start_of(behind).is_some()
                || lexicon.base_with.has(opener)
                    && (lexicon.compared_behind.start_of(behind).is_some()
                        || lexicon.same.start_of(behind).is_some())
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
    const LONGEST: usize = 200;
    let printed = |token: &Token| &text[token.range.clone()];
    let is_period = |t: &Token| t.what == What::Phrase(Sense::Word(Word::OtherPeriod));
    let (period, rest): (Vec<&Token>, Vec<&Token>) = words.iter().partition(|t| is_period(t));
    let [base] = period.as_slice() else { return None };
    let of_last_year = is_last_year(printed(base), year);
    // 2022年收到的3件 may have been dealt with this year, and so may those that are carried over.
    let plain = rest.iter().all(|token| match token.what {
        What::Phrase(Sense::Quantity(_) | Sense::Word(Word::Request)) => true,
        _ => Lexicon::get().growth.told_plainly.has(printed(token)),
    });
    let named = rest.iter().any(|token| token.what == What::Phrase(Sense::Word(Word::Request)));
    let mut sentence = behind.chars().take(LONGEST).take_while(|c| !"。！？\n".contains(*c));
    let ends = behind.chars().next().is_none_or(|c| "，。；\n".contains(c));
    let goes_on = sentence.any(|c| "转延".contains(c));
    (of_last_year && plain && named && ends && !goes_on)
        .then(|| rest.into_iter().cloned().collect())
}

/// The change against the year before that a clause without a figure tells.
pub(crate) fn wordless(words: &[Token], text: &str, year: Option<u16>) -> Option<Wordless> {
    let lexicon = &Lexicon::get().growth;
    let (last, before) = words.split_last()?;
    let printed = |token: &Token| &text[token.range.clone()];
    if last.what == What::Other && lexicon.same.has(printed(last)) {
        let said = said(before, text, year, None)?;
        return (said.based && !said.up && !said.down && !said.rough).then_some(Wordless::Same);
    }
    let turned = words.iter().rposition(|token| printed(token) == lexicon.turned)?;
    let behind = &text[words[turned].range.end..last.range.end];
    let based = said(&words[..turned], text, year, None)?.based;
    (based && lexicon.doubled.has(behind)).then_some(Wordless::Doubled)
}

/// The year that the words of a comparison name.
#[derive(Default)]
struct Said {
    up: bool,
    down: bool,
    /// True if the year before is named.
    based: bool,
    /// True if it is only said roughly.
    rough: bool,
}

/// The year that the words of a comparison name; `None` when there are others among them.
fn said(words: &[Token], text: &str, year: Option<u16>, unit: Option<Unit>) -> Option<Said> {
    let lexicon = &Lexicon::get().growth;
    let mut said = Said::default();
    let mut of_rate = false;
    for token in words {
        let printed = &text[token.range.clone()];
        match token.what {
            What::Phrase(Sense::Word(Word::Change)) => {
                if lexicon.based.has(printed) {
                    said.based = true;
                } else if lexicon.compared.has(printed) {
                    // It only names the comparison.
                } else if of_rate {
                    return None; // 增幅比上年提高: it is the rate that has grown.
                } else if lexicon.up.has(printed) || lexicon.up_alone.has(printed) {
                    said.up = true;
                } else if lexicon.down.has(printed) || lexicon.down_alone.has(printed) {
                    said.down = true;
                } else {
                    return None;
                }
            }
            What::Phrase(Sense::Word(Word::OtherPeriod)) => {
                if !is_last_year(printed, year) {
                    // 同期 says nothing of its own behind 2022年.
                    if printed != lexicon.same_period {
                        return None;
                    }
                    continue;
                }
                said.based = true;
            }
            What::Phrase(Sense::Word(Word::Compares | Word::Filler | Word::And)) => {}
            What::Other if is_rough(printed) => said.rough = true,
            What::Other if is_amount(printed, unit) => {}
            _ => return None,
        }
        of_rate |= lexicon.rates.has(printed);
    }
    Some(said)
}

/// True if a word only says that the number of what was told before changed: 37期，期数同比增长27.6%.
fn is_amount(printed: &str, unit: Option<Unit>) -> bool {
    let growth = &Lexicon::get().growth;
    let counter = unit.and_then(Unit::counter).map(|counter| counter.word.as_str());
    // 期数 may have been read as 期 and 数.
    let named = |(word, of): &(String, String)| word == printed || of == printed;
    let own = |pair: &(String, String)| named(pair) && Some(pair.1.as_str()) == counter;
    growth.amounts.has(printed) || growth.amounts_in.iter().any(own)
}

/// True if a word makes the figure behind it inexact: 约, 超过.
fn is_rough(printed: &str) -> bool {
    let words = &Lexicon::get().exactness;
    words.about.has(printed) || words.at_least.has(printed)
}

/// 上年, or 2022年 in a report of 2023.
fn is_last_year(printed: &str, year: Option<u16>) -> bool {
    Lexicon::get().growth.last_year.has(printed) || is_year_before(printed, year)
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
