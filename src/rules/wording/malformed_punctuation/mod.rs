//! NB804: Chinese marks are full-width, stand once, and brackets and quotes pair.

mod numbers;

use std::ops::Range;

use crate::diag::Severity;
use crate::edition::Edition;
use crate::law::{self, Authority, Provision};
use crate::report::Report;
use crate::rules::machinery::text::sightings::Sightings;
use crate::rules::machinery::text::{Piece, is_han, lines, pieces};
use crate::rules::{Docs, Findings, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB804",
    name: "malformed-punctuation",
    title: "标点半角、重复或不成对",
    severity: Severity::Warning,
    fixed: false,
    authority: Authority::Standard,
    basis: &[law::PUNCTUATION, law::NUMERALS],
    editions: Edition::ALL,
    docs: Docs {
        what: "中文里的逗号、括号等是否用了半角，一对括号是否一半角一全角，括号、引号、书名号是否成对，标点是否连写了两个，数字和字母是否用了全角，数字里是否混入了字母（1O条），小数点是否写成了逗号、句号（91。65%）；句内括号的末尾是否用了句号，“收到信件，20封”之类的逗号是否多余（这两种只作提示）。同一种情形全文只报一次，注明处数。网址、时刻、千分位中的半角符号不算。",
        why: "中文标点占一个字位，阿拉伯数字用半角；半角标点混在中文里，排版疏密不匀。",
        example: "[opening]\ntext = \"《条例》(以下简称《条例》）的要求,编制本报告。\"",
        corrected: "[opening]\ntext = \"《条例》（以下简称《条例》）的要求，编制本报告。\"",
    },
    check,
};

/// The way a mark departs from the standard.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum BadMark {
    /// A half-width mark in Chinese.
    Half(char),
    /// Both brackets of a pair are half-width.
    HalfBrackets,
    /// One bracket of a pair is half-width, the other full-width.
    Mixed,
    /// A bracket that closes as another one.
    TwoPairs,
    /// A bracket or quote without its other half.
    Unpaired(char),
    /// Two marks in a row.
    Double,
    /// A full-width figure or letter.
    Wide,
    /// A letter for a figure: 1O条.
    Letter,
    /// A full stop before a bracket that closes inside a sentence.
    Stop,
    /// A number cut off from what it counts: 收到信件，183条.
    Apart,
    /// A full stop or a comma for the point of a decimal: 91。65%.
    Point,
}

/// Brackets and quotes, opening and closing, full-width first.
const PAIRS: [(char, char); 10] = [
    ('（', '）'),
    ('(', ')'),
    ('《', '》'),
    ('〈', '〉'),
    ('“', '”'),
    ('〔', '〕'),
    ('【', '】'),
    ('「', '」'),
    ('［', '］'),
    ('[', ']'),
];

fn check(report: &Report, findings: &mut Findings<'_>) {
    let mut seen = Sightings::new();
    for piece in pieces(report) {
        marks(&piece, &mut seen);
        numbers::figures(&piece, &mut seen);
        numbers::points(&piece, &mut seen);
        stops(&piece, &mut seen);
        for line in lines(piece.printed()) {
            brackets(&piece, line, &mut seen);
        }
    }
    for seen in seen.into_kinds() {
        let (message, help) = told(seen.kind, &seen.words, &seen.times());
        let (severity, provision) = seen.kind.standing();
        let finding = findings.report_as(severity, seen.first(), message, "");
        seen.show_others(finding);
        finding.help.push(help);
        finding.basis = vec![provision];
    }
}

impl BadMark {
    /// Its severity, and the standard that it departs from.
    fn standing(self) -> (Severity, Provision) {
        match self {
            Self::Half(_)
            | Self::HalfBrackets
            | Self::Mixed
            | Self::TwoPairs
            | Self::Unpaired(_)
            | Self::Double => (RULE.severity, law::PUNCTUATION),
            Self::Stop | Self::Apart => (Severity::Hint, law::PUNCTUATION),
            Self::Wide | Self::Letter | Self::Point => (RULE.severity, law::NUMERALS),
        }
    }
}

/// The fault and the remedy of a mark, with the words at its first place and how often it was seen.
fn told(mark: BadMark, words: &str, times: &str) -> (String, String) {
    match mark {
        BadMark::Half(c) => {
            let right = full(c);
            (format!("中文里用了半角的“{c}”{times}"), format!("改为全角的“{right}”"))
        }
        BadMark::HalfBrackets => {
            (format!("中文里用了半角括号{times}"), "改为全角括号“（）”".to_owned())
        }
        BadMark::Mixed => (format!("一对括号一半角、一全角{times}"), "两半都改为全角".to_owned()),
        BadMark::TwoPairs => (
            format!("“{words}”：括号的前后两半不是一对{times}"),
            "两半用同一种括号；发文字号的年份用“〔〕”".to_owned(),
        ),
        BadMark::Unpaired(c) => {
            let what = if matches!(c, '“' | '”') { "引号" } else { "括号或书名号" };
            (format!("{what}“{c}”没有另一半{times}"), "补上另一半，或删去多余的一半".to_owned())
        }
        BadMark::Double => (format!("标点“{words}”连写{times}"), "只留一个标点".to_owned()),
        BadMark::Letter => {
            (format!("数字“{words}”里有字母{times}"), "字母 O、l、I 改为数字 0、1".to_owned())
        }
        BadMark::Stop => (
            format!("句内括号的末尾用了句号{times}"),
            "删去括号里最后的句号；括号在句号之后的，才可以保留".to_owned(),
        ),
        BadMark::Apart => {
            (format!("“{words}”：数字与前面的词之间不用逗号{times}"), "删去逗号".to_owned())
        }
        BadMark::Point => {
            (format!("“{words}”里的小数点写成了逗号或句号{times}"), "改为小数点“.”".to_owned())
        }
        BadMark::Wide => (format!("数字或字母“{words}”是全角{times}"), "改为半角".to_owned()),
    }
}

/// A full stop before ） where the bracket stands inside a sentence.
fn stops(piece: &Piece<'_>, seen: &mut Sightings<BadMark>) {
    let text = piece.printed();
    let mut open: Vec<usize> = Vec::new();
    for (at, c) in text.char_indices() {
        match c {
            '（' => open.push(at),
            '\n' => open.clear(),
            '）' => {
                let Some(start) = open.pop() else { continue };
                let stop = at - '。'.len_utf8();
                let inside = text[..start].chars().next_back().is_some_and(|c| !is_end(c));
                if text[..at].ends_with('。') && inside && !text[start..stop].contains('。') {
                    seen.add(BadMark::Stop, piece, stop..at + c.len_utf8());
                }
            }
            _ => {}
        }
    }
}

/// True if a sentence or a line ends with a mark.
fn is_end(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '\n' | '”')
}

/// Marks that are judged one by one.
fn marks(piece: &Piece<'_>, seen: &mut Sightings<BadMark>) {
    let text = piece.printed();
    let mut before = None;
    let mut wide_end = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let after = chars.peek().map(|(_, c)| *c);
        let here = at..at + c.len_utf8();
        match c {
            ',' | ';' | ':' | '?' | '!' | '"' => {
                let numbers = is_digit(before) && is_digit(after);
                if !numbers && (is_chinese(before) || is_chinese(after)) {
                    seen.add(BadMark::Half(c), piece, here);
                }
            }
            '.' => {
                let ends = after.is_none_or(|c| is_han(c) || c.is_whitespace());
                if before.is_some_and(is_han) && ends {
                    seen.add(BadMark::Half(c), piece, here);
                }
            }
            '，' | '。' | '；' | '：' | '、' => {
                if let Some(next) = after.filter(|c| "，。；：、".contains(*c)) {
                    seen.add(BadMark::Double, piece, at..here.end + next.len_utf8());
                }
            }
            '%' if after == Some('%') => {
                seen.add(BadMark::Double, piece, at..here.end + c.len_utf8());
            }
            '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' if at >= wide_end => {
                let run = text[at..].find(|c| !is_wide(c)).unwrap_or(text.len() - at);
                wide_end = at + run;
                seen.add(BadMark::Wide, piece, at..wide_end);
            }
            _ => {}
        }
        before = Some(c);
    }
}

/// Brackets and quotes of one line.
fn brackets(piece: &Piece<'_>, line: Range<usize>, seen: &mut Sightings<BadMark>) {
    /// The number of open brackets that are looked through for the one that closes.
    const DEPTH: usize = 8;
    let text = piece.printed();
    let mut open: Vec<(usize, char)> = Vec::new();
    let mut before = None;
    for (i, c) in text[line.clone()].char_indices() {
        let at = line.start + i;
        let previous = before.replace(c);
        if PAIRS.iter().any(|(o, _)| *o == c) {
            open.push((at, c));
            continue;
        }
        if !PAIRS.iter().any(|(_, close)| *close == c) {
            continue;
        }
        let matching =
            open.iter().rev().take(DEPTH).position(|(_, o)| shape(closing(*o)) == shape(c));
        let Some(skipped) = matching else {
            // 〔2024]: two halves of two pairs are one slip.
            if let Some((start, o)) = open.last().copied()
                && is_year(&text[start + o.len_utf8()..at])
            {
                seen.add(BadMark::TwoPairs, piece, start..at + c.len_utf8());
                open.pop();
                continue;
            }
            // `1)` and `a）` are numbers of items.
            let is_number =
                matches!(c, ')' | '）') && previous.is_some_and(|p| p.is_ascii_alphanumeric());
            if !is_number {
                seen.add(BadMark::Unpaired(c), piece, at..at + c.len_utf8());
            }
            continue;
        };
        for (start, o) in open.drain(open.len() - skipped..) {
            seen.add(BadMark::Unpaired(o), piece, start..start + o.len_utf8());
        }
        let Some((start, o)) = open.pop() else { continue };
        if closing(o) != c {
            let half = if o.is_ascii() { start..start + 1 } else { at..at + c.len_utf8() };
            seen.add(BadMark::Mixed, piece, half);
        } else if o == '(' && touches_chinese(text, start, at + 1) {
            seen.add(BadMark::HalfBrackets, piece, start..start + 1);
        }
    }
    for (start, o) in open {
        seen.add(BadMark::Unpaired(o), piece, start..start + o.len_utf8());
    }
}

/// True if some words are the four figures of a year.
fn is_year(words: &str) -> bool {
    words.len() == 4 && words.bytes().all(|c| c.is_ascii_digit())
}

/// True if a pair of brackets stands in Chinese or holds some at its ends.
fn touches_chinese(text: &str, start: usize, end: usize) -> bool {
    let touches = |c: Option<char>| c.is_some_and(|c| is_han(c) || "“”《》".contains(c));
    touches(text[..start].chars().next_back())
        || touches(text[end..].chars().next())
        || touches(text[start + 1..].chars().next())
        || touches(text[..end - 1].chars().next_back())
}

fn closing(open: char) -> char {
    PAIRS.iter().find(|(o, _)| *o == open).map_or(open, |(_, close)| *close)
}

/// A bracket whatever its width.
fn shape(c: char) -> char {
    match c {
        ')' => '）',
        ']' => '］',
        _ => c,
    }
}

fn full(half: char) -> char {
    match half {
        ',' => '，',
        ';' => '；',
        ':' => '：',
        '?' => '？',
        '!' => '！',
        '.' => '。',
        _ => '“',
    }
}

fn is_wide(c: char) -> bool {
    matches!(c, '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ')
}

fn is_digit(c: Option<char>) -> bool {
    c.is_some_and(|c| c.is_ascii_digit())
}

/// True if a character is a Chinese one or a Chinese mark.
fn is_chinese(c: Option<char>) -> bool {
    c.is_some_and(|c| {
        is_han(c) || matches!(c, '\u{3001}'..='\u{301f}' | '\u{ff01}'..='\u{ff0f}' | '“' | '”' | '‘' | '’')
    })
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::points_at;

    fn overview(text: &str, expected: &[(&str, &str)]) {
        points_at(&RULE, &format!("[overview]\ntext = '''\n{text}\n'''\n"), expected);
    }

    #[test]
    fn s000_11_half_of_a_pair() {
        overview(
            "《条例》(以下简称《条例》）和办公室(地址：某路1号)。",
            &[("(", "一半角、一全角"), ("(", "半角括号")],
        );
    }

    #[test]
    fn halves_of_two_pairs() {
        overview("某政办发〔2024]5号，某政办发〔2024）6号。", &[("〔2024]", "共2处")]);
    }

    #[test]
    fn s001_12_many_half_width_marks_are_one_finding_of_each_kind() {
        overview(
            "一是,二是,三是,办公室(地址:某路1号)。",
            &[(",", "共3处"), (":", "半角的“:”"), ("(", "半角括号")],
        );
    }

    #[test]
    fn s002_09_one_half_width_comma() {
        overview("提升能力,进一步加强。", &[(",", "改为全角的“，”")]);
    }

    #[test]
    fn s004_16_a_comma_with_a_blank_behind_it() {
        overview("逾期不补正, 不再处理。", &[(",", "半角")]);
    }

    #[test]
    fn letters_in_numbers() {
        overview("全年公开1O条、l2件。", &[("1O", "里有字母，共2处")]);
        overview(
            "办结率91。65%，占9，5%，阅读137。6万次。",
            &[("91。65%", "小数点写成了逗号或句号，共3处")],
        );
        overview("办结率为91%%。", &[("%%", "连写")]);
        overview(
            "拨打12345。5%的来电，截至2024，5%，分别占12、5%，共3，12件，阅读量12。3条。",
            &[],
        );
        overview("使用H5、O2O、5G、IP、QQ，第1页，1个，APP 2个，GB/T 9704，VOCs，10个", &[]);
    }

    #[test]
    fn a_full_stop_in_a_bracket_inside_a_sentence() {
        overview("请与办公室联系（地址：某路1号。）。", &[("。）", "句内括号")]);
        overview("请与办公室联系。（地址：某路1号。）", &[]);
    }

    #[test]
    fn a_number_cut_off() {
        overview("全年收到信件，183封，答复183封。", &[("全年收到信件，183", "不用逗号")]);
        overview("全年收到信件183封，183封已答复。其中网站，20条；公众号，30条。", &[]);
    }

    #[test]
    fn marks_that_do_not_pair_or_stand_twice() {
        overview(
            "印发《工作要点，开展“双公示“工作）。",
            &[("）", "没有另一半"), ("《", "没有另一半"), ("“", "引号““”没有另一半，共2处")],
        );
        overview("公开信息９条，。培训2次", &[("９", "全角"), ("，。", "连写")]);
    }

    #[test]
    fn half_width_where_it_belongs() {
        overview(
            "见http://www.example.gov.cn/a?b=1,2，上午10:30，收费1,355元，PDF(1.2MB)，比例1:3。\n1)受理\n（1）登记\n《关于印发〈办法〉的通知》（国办函〔2020〕109号）",
            &[],
        );
    }
}
