//! Sums told across lines: a whole, and below it numbered lines of which each begins with one of its parts.

use std::ops::Range;

use rust_decimal::Decimal;

use super::{Sum, of};
use crate::prose::arithmetic::added;
use crate::prose::lexicon::Lexicon;
use crate::prose::mention::Mention;
use crate::prose::slip::{are_swapped, is_slip, near};

/// A line of a text with the figures in it.
struct Line<'a> {
    text: &'a str,
    /// The beginning of the line in the text.
    start: usize,
    figures: Range<usize>,
    numbering: Option<Numbering>,
}

/// The way a line is numbered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Numbering {
    /// 1.
    Digits,
    /// 一、
    Characters,
    /// （一） or （1）
    Brackets,
    /// ①
    Circles,
}

/// The sums of numbered lines: of the figure before the colon of the line above them, and of the figures of the line
/// below that says that it adds them.
pub(super) fn across_lines(text: &str, mentions: &[Mention]) -> Vec<Sum> {
    const FEWEST: usize = 2;
    let lines = lines(text, mentions);
    let mut sums = Vec::new();
    let mut first = 0;
    while first < lines.len() {
        let numbering = lines[first].numbering;
        let alike = lines[first..].iter().take_while(|line| line.numbering == numbering).count();
        let items = &lines[first..first + alike];
        if numbering.is_some() && alike >= FEWEST {
            let above = first.checked_sub(1).map(|above| &lines[above]);
            let below = lines.get(first + alike);
            let totals = below.map_or_else(Vec::new, |line| figures_of_total(text, mentions, line));
            let of_below = totals.into_iter().filter_map(|i| of_line_below(mentions, i, items));
            let found = above.and_then(|above| of_line_above(mentions, above, items));
            // 抓好5项工作： counts the lines.
            let sure = |sum: &Sum| {
                let counts_lines = |i| counts_lines(text, &mentions[i], items.len());
                sum.fits || !sum.total.is_some_and(counts_lines)
            };
            sums.extend(found.into_iter().chain(of_below).filter(sure));
        }
        first += alike;
    }
    sums
}

/// The lines of a text that are not empty.
fn lines<'a>(text: &'a str, mentions: &[Mention]) -> Vec<Line<'a>> {
    let (mut lines, mut start, mut next) = (Vec::new(), 0, 0);
    for line in text.split_inclusive('\n') {
        let end = start + line.len();
        let first = next;
        while mentions.get(next).is_some_and(|mention| mention.digits.start < end) {
            next += 1;
        }
        let words = line.trim_end();
        if !words.trim_start().is_empty() {
            let numbering = numbering(words.trim_start());
            lines.push(Line { text: words, start, figures: first..next, numbering });
        }
        start = end;
    }
    lines
}

/// The way a line is numbered, by its first characters.
fn numbering(line: &str) -> Option<Numbering> {
    const LONGEST: usize = 3;
    let numerals = &Lexicon::get().sums.item_numerals;
    let is_numeral = |c: char| c.is_ascii_digit() || numerals.contains(c);
    let (inner, brackets) = match line.strip_prefix(['（', '(']) {
        Some(inner) => (inner, true),
        None => (line, false),
    };
    if line.starts_with(|c| ('①'..='⑳').contains(&c)) {
        return Some(Numbering::Circles);
    }
    let n = inner.chars().take(LONGEST).take_while(|c| is_numeral(*c)).map(char::len_utf8).sum();
    let (number, behind) = inner.split_at(n);
    let mut behind = behind.chars();
    let mark = behind.next()?;
    let digits = number.starts_with(|c: char| c.is_ascii_digit());
    // 1.5万条 is a figure.
    let ends = !behind.next().is_some_and(|c| c.is_ascii_digit());
    match (brackets, mark) {
        _ if number.is_empty() => None,
        (true, '）' | ')') => Some(Numbering::Brackets),
        (false, '.' | '．' | '、') if digits && ends => Some(Numbering::Digits),
        (false, '、') if !digits => Some(Numbering::Characters),
        _ => None,
    }
}

/// 公开信息56条，计： above 1.惠农补贴30条；, 2.财务15条；, 3.其他11条。
fn of_line_above(mentions: &[Mention], above: &Line<'_>, items: &[Line<'_>]) -> Option<Sum> {
    /// The most characters between the whole and the colon.
    const LONGEST: usize = 14;
    let words = &Lexicon::get().sums;
    let whole = above.figures.clone().rev().find(|i| mentions[*i].counts_exactly())?;
    let behind = above.text.get(mentions[whole].range.end.checked_sub(above.start)?..)?;
    let leads = behind.ends_with(['：', ':'])
        && behind.chars().count() <= LONGEST
        && !behind.contains(['。', '；'])
        && !words.some.are_in(behind);
    let parts = parts(mentions, &mentions[whole], items).filter(|_| leads)?;
    let (sum, value) = (added(mentions, &parts), mentions[whole].value);
    let fits = sum == value;
    // 56条，其中： need not name all of them.
    let mere = words.opens.are_in(behind) && sum < value;
    let close = near(sum, value, 4) || is_slip(sum, value) || are_swapped(sum, value, 2);
    let inside = parts.iter().all(|part| mentions[*part].value <= value);
    (fits || close && inside && !mere).then(|| of(&parts, Some(whole), fits))
}

/// The figures of a line below that says that it adds those above it: 以上5场共251人次。
fn figures_of_total(text: &str, mentions: &[Mention], below: &Line<'_>) -> Vec<usize> {
    let words = &Lexicon::get().sums;
    let mut end = below.start;
    let mut figures = Vec::new();
    for i in below.figures.clone() {
        let before = text.get(end..mentions[i].digits.start).unwrap_or_default().trim_start();
        let before = before.trim_start_matches(['，', '、']);
        // 上述点位服务6个乡镇 adds nothing.
        let added = match figures.is_empty() {
            true => words.line_totals.start_of(before).map(|word| &before[word.len()..]),
            false => Some(before),
        };
        let adds = |words_of_sum: &str| {
            let sums = &Lexicon::get().sums;
            words_of_sum.is_empty()
                || sums.total_alone.has(words_of_sum)
                || sums.total.has(words_of_sum)
        };
        if below.numbering.is_some() || !added.is_some_and(adds) {
            break;
        }
        figures.push(i);
        end = mentions[i].range.end;
    }
    figures
}

fn of_line_below(mentions: &[Mention], total: usize, items: &[Line<'_>]) -> Option<Sum> {
    let whole = Some(&mentions[total]).filter(|whole| whole.counts_exactly())?;
    let parts = parts(mentions, whole, items)?;
    let sum = added(mentions, &parts);
    let close = near(sum, whole.value, 4) || is_slip(sum, whole.value);
    let fits = sum == whole.value;
    (fits || close || are_swapped(sum, whole.value, 2)).then(|| of(&parts, Some(total), fits))
}

/// True if a figure may count the numbered lines themselves: 抓好5项工作.
fn counts_lines(text: &str, figure: &Mention, n_lines: usize) -> bool {
    let behind = text.get(figure.range.end..).unwrap_or_default();
    figure.value == Decimal::from(n_lines) || Lexicon::get().sums.works.start_of(behind).is_some()
}

/// The first figure of each line in the unit of the whole, if every line has one.
fn parts(mentions: &[Mention], whole: &Mention, items: &[Line<'_>]) -> Option<Vec<usize>> {
    let first = |line: &Line<'_>| {
        let mut figures = line.figures.clone();
        let part = figures.find(|i| mentions[*i].same_unit(whole) && mentions[*i].growth.is_none());
        part.filter(|part| mentions[*part].counts_exactly() && !mentions[*part].open_end)
    };
    items.iter().map(first).collect()
}
