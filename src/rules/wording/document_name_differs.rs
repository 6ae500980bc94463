//! NB811: a document is called by one name throughout.

use std::collections::BTreeMap;
use std::ops::Range;

use super::document_numbers_differ::numbers_differ;
use crate::diag::{Label, Severity};
use crate::edition::Edition;
use crate::law::{self, Authority};
use crate::report::Report;
use crate::rules::machinery::official_names::misnamed;
use crate::rules::machinery::text::{Piece, Role, pieces};
use crate::rules::{Docs, Findings, Rule};
use crate::words::{Slip, SlipKind};

/// Shorter names are too often alike, in characters.
const SHORTEST: usize = 10;
/// Longer names are no names.
const LONGEST: usize = 80;
/// The number of characters at either end that must be the same.
const ANCHOR: usize = 4;
/// More findings say nothing more.
const MOST: usize = 20;
/// The most names with one beginning that are compared.
const ALIKE: usize = 8;

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB811",
    name: "document-name-differs",
    title: "同一文件的名称前后写法不同",
    severity: Severity::Warning,
    fixed: false,
    authority: Authority::Practice,
    basis: &[law::PRACTICE],
    editions: Edition::ALL,
    docs: Docs {
        what: "书名号里的文件名，与别处的文件名（不论有没有书名号）是否只差一个字。年份、序号、地名级别不同的是不同的文件，不算。同一文件的文号前后是否写得不同，只写文号、与前面的差一位的给出提示。",
        why: "只差一个字的两个名称，通常是同一文件写错了一处。",
        example: "[opening]\ntext = \"根据《全区2023年政务公开第三方评估指标》编制。\"\n\n[problems]\ntext = \"对照全区2023年政府公开第三方评估指标整改。\"",
        corrected: "[opening]\ntext = \"根据《全区2023年政务公开第三方评估指标》编制。\"\n\n[problems]\ntext = \"对照《全区2023年政务公开第三方评估指标》整改。\"",
    },
    check,
};

/// A name in book marks, with its place.
struct Name<'a> {
    chars: Vec<char>,
    words: &'a str,
    piece: &'a Piece<'a>,
    range: Range<usize>,
}

fn check(report: &Report, findings: &mut Findings<'_>) {
    let pieces: Vec<Piece<'_>> =
        pieces(report).into_iter().filter(|piece| piece.role != Role::Title).collect();
    let names = names(&pieces);
    let mut by_start: BTreeMap<&[char], Vec<usize>> = BTreeMap::new();
    let mut by_end: BTreeMap<&[char], Vec<usize>> = BTreeMap::new();
    let mut kept: Vec<usize> = Vec::new();
    for (i, name) in names.iter().enumerate() {
        let start = &name.chars[..ANCHOR];
        let end = &name.chars[name.chars.len() - ANCHOR..];
        let alike = by_start.get(start).into_iter().chain(by_end.get(end)).flatten();
        let mut same = false;
        let mut near = None;
        for other in alike {
            same |= names[*other].chars == name.chars;
            if near.is_none() && differ_by_one(&names[*other].chars, &name.chars) {
                near = Some(*other);
            }
        }
        if same {
            continue;
        }
        if let Some(other) = near {
            differs(name.words, name.piece, name.range.clone(), &names[other], findings);
        }
        kept.push(i);
        for list in [by_start.entry(start).or_default(), by_end.entry(end).or_default()] {
            if list.len() < ALIKE {
                list.push(i);
            }
        }
    }
    bare_names(report, &pieces, &names, &by_start, findings);
    numbers_differ(&pieces, findings);
}

fn differs(
    words: &str,
    piece: &Piece<'_>,
    range: Range<usize>,
    other: &Name<'_>,
    findings: &mut Findings<'_>,
) {
    if findings.list.len() >= MOST {
        return;
    }
    let message = format!("“{words}”与“{}”只差一个字", other.words);
    let finding = findings.report(piece.place(range), message, "名称写法不同");
    finding.related.push(Label::new(other.piece.place(other.range.clone()), "另一种写法"));
    finding.help.push("核对文件原名，改成一致；确是两份文件的，写全名称以便区分".to_owned());
}

/// The names in book marks, outermost, in reading order.
fn names<'a>(pieces: &'a [Piece<'a>]) -> Vec<Name<'a>> {
    let mut names = Vec::new();
    for piece in pieces {
        let text = piece.printed();
        let wrong = misnamed(text);
        for (at, _) in text.match_indices('《') {
            let start = at + '《'.len_utf8();
            // What departs from an official name is said by its own rule.
            if wrong.iter().any(|found| found.range.contains(&start)) {
                continue;
            }
            let Some(length) = length_of_name(&text[start..]) else { continue };
            let words = &text[start..start + length];
            let chars: Vec<char> = bare(words);
            if (SHORTEST..=LONGEST).contains(&chars.len()) {
                names.push(Name { chars, words, piece, range: start..start + length });
            }
        }
    }
    names
}

/// The bytes up to the closing book mark.
fn length_of_name(text: &str) -> Option<usize> {
    let end =
        text.char_indices().take(LONGEST + 20).find(|(_, c)| matches!(c, '》' | '\n' | '《'))?;
    (end.1 == '》').then_some(end.0)
}

/// The characters of a name without inner marks and blanks, which are other rules' business.
fn bare(words: &str) -> Vec<char> {
    words.chars().filter(|c| !c.is_whitespace() && !"〈〉<>“”（）()".contains(*c)).collect()
}

/// Names without book marks that are nearly one with them.
fn bare_names(
    report: &Report,
    pieces: &[Piece<'_>],
    names: &[Name<'_>],
    by_start: &BTreeMap<&[char], Vec<usize>>,
    findings: &mut Findings<'_>,
) {
    if names.is_empty() {
        return;
    }
    let slips = findings.slips(report);
    for piece in pieces {
        let text = piece.printed();
        let chars: Vec<(usize, char)> = text.char_indices().collect();
        let plain: Vec<char> = chars.iter().map(|(_, c)| *c).collect();
        let mut marked = false;
        let mut i = 0;
        while i + SHORTEST <= plain.len() {
            match plain[i] {
                '《' => marked = true,
                '》' | '\n' => marked = false,
                _ => {}
            }
            let near = (!marked)
                .then(|| by_start.get(&plain[i..i + ANCHOR]))
                .flatten()
                .and_then(|alike| near_at(&plain[i..], alike, names));
            let Some((other, n)) = near else {
                i += 1;
                continue;
            };
            let start = chars[i].0;
            let end = chars.get(i + n).map_or(text.len(), |(at, _)| *at);
            // What is one character off a term is said by the rule on terms.
            let told = |slip: &Slip| {
                slip.kind != SlipKind::Doubled && slip.range.start < end && start < slip.range.end
            };
            if !slips.at(&piece.path).iter().any(told) {
                differs(&text[start..end], piece, start..end, &names[other], findings);
            }
            i += n;
        }
    }
}

/// The first name that a text begins with but for one character, and how many characters it takes.
fn near_at(text: &[char], alike: &[usize], names: &[Name<'_>]) -> Option<(usize, usize)> {
    alike.iter().find_map(|other| {
        let name = &names[*other].chars;
        if text.starts_with(name) {
            return None;
        }
        [name.len(), name.len() - 1, name.len() + 1].into_iter().find_map(|n| {
            let words = text.get(..n)?;
            differ_by_one(name, words).then_some((*other, n))
        })
    })
}

/// True if two names differ in one character that is replaced, left out or added, and which does
/// not make them names of two documents.
fn differ_by_one(a: &[char], b: &[char]) -> bool {
    if a.len().abs_diff(b.len()) > 1 {
        return false;
    }
    let head = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let tail =
        a[head..].iter().rev().zip(b[head..].iter().rev()).take_while(|(a, b)| a == b).count();
    let (rest_a, rest_b) = (&a[head..a.len() - tail], &b[head..b.len() - tail]);
    if rest_a.len() > 1 || rest_b.len() > 1 || (rest_a.is_empty() && rest_b.is_empty()) {
        return false;
    }
    // 2022年 and 2023年, 第一批 and 第二批, 省 and 市 are two documents; so are 办法 and 方法 at the end.
    let telling = |c: &char| {
        c.is_ascii_alphanumeric()
            || "一二三四五六七八九十〇零百千省市县区乡镇村州盟旗国城上下左右东西南北中内外新旧前后男女甲乙丙丁"
                .contains(*c)
    };
    !rest_a.iter().chain(rest_b).any(telling) && tail >= 2 && head >= 2
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::points_at;

    fn texts(opening: &str, problems: &str, expected: &[(&str, &str)]) {
        let lines = format!("[opening]\ntext = \"{opening}\"\n[problems]\ntext = \"{problems}\"\n");
        points_at(&RULE, &lines, expected);
    }

    #[test]
    fn s000_03_one_name_with_and_without_book_marks() {
        texts(
            "依照《全区2023年政务公开第三方评估指标》编制。",
            "按照全区2023年政府公开第三方评估指标要求整改。",
            &[("全区2023年政府公开第三方评估指标", "只差一个字")],
        );
    }

    #[test]
    fn two_names_in_book_marks() {
        texts(
            "依照《全县行政规范性文件管理办法》编制。",
            "落实《全县行政规范文件管理办法》要求。",
            &[("全县行政规范文件管理办法", "只差一个字")],
        );
    }

    #[test]
    fn names_of_other_documents() {
        texts(
            "印发《2022年全县政务公开工作要点》《全省政务公开标准目录（第一批）》《甲县政务公开工作实施办法》。",
            "印发《2023年全县政务公开工作要点》《全市政务公开标准目录（第二批）》《甲县政务公开工作实施办法》，落实2023年全县政务公开工作要点和《政府信息公开条例》。",
            &[],
        );
        texts(
            "《政府信息公开条例》（以下简称《条例》）",
            "《关于印发〈政府信息公开信息处理费管理办法〉的通知》《关于印发<政府信息公开信息处理费管理办法>的通知》",
            &[],
        );
    }
}
