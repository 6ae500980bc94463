//! All of some matters said to be settled, and some of them said right behind not to be: 4个问题，已全部整改完成，其中“…”尚未完成.

use std::ops::Range;

use crate::diag::Label;
use crate::report::Report;
use crate::rules::Findings;
use crate::rules::machinery::text::numbering::whole_number;
use crate::rules::machinery::text::{Piece, Role, pieces, sentences};
use crate::rules::machinery::word_groups::SettledWords;
use crate::rules::machinery::word_lists::WordLists;

/// The marks that end a clause.
const MARKS: &[char] = &['，', '；', '：', ',', ';'];

/// Reports every clause that leaves open some of what the clause before has settled in whole.
pub(super) fn judge_not_all_done(report: &Report, findings: &mut Findings<'_>) {
    /// More findings in one text say nothing more.
    const MOST: usize = 3;
    let words = &WordLists::get().settled;
    for piece in pieces(report).iter().filter(|piece| piece.role == Role::Body) {
        let text = piece.printed();
        let found = sentences(text).filter_map(|sentence| {
            let pair = contradiction(&text[sentence.clone()], words)?;
            Some(pair.map(|clause| sentence.start + clause.start..sentence.start + clause.end))
        });
        for pair in found.take(MOST) {
            report_pair(findings, piece, pair);
        }
    }
}

/// A clause that settles all of something, and the next one or the one behind it that leaves some of it open: their
/// places in the sentence.
fn contradiction(sentence: &str, words: &SettledWords) -> Option<[Range<usize>; 2]> {
    /// The most clauses between the first and the second, and the second itself.
    const NEAR: usize = 2;
    let all = clauses(sentence);
    let said: Vec<&str> = all.iter().map(|clause| &sentence[clause.clone()]).collect();
    (0..all.len()).filter(|nth| settles_all(&said[..=*nth], words)).find_map(|nth| {
        let mut behind = (nth + 1..all.len()).take(NEAR);
        let few = n_matters(said[nth], words).unwrap_or_default();
        let one_of = |open: &usize| goes_on(said[*open], words);
        let open = behind
            .find(|open| leaves_open(said[*open], words))
            .or_else(|| (nth + 1..all.len()).take(few).find(one_of))?;
        Some([all[nth].clone(), all[open].clone()])
    })
}

/// The clauses of a sentence, without their marks.
fn clauses(sentence: &str) -> Vec<Range<usize>> {
    let mut start = 0;
    let parts = sentence.split_inclusive(MARKS).map(move |part| {
        let range = start..start + part.trim_end_matches(MARKS).len();
        start += part.len();
        range
    });
    parts.collect()
}

/// True if the last of some clauses says that all is done: 已全部整改到位; or 已解决4个 where the clause before counts 4个.
fn settles_all(clauses: &[&str], words: &SettledWords) -> bool {
    let Some((last, before)) = clauses.split_last() else { return false };
    let done = |rest: &str| words.done.iter().any(|word| rest.contains(word));
    let all = words.all.first_in(last).is_some_and(|(at, word)| done(&last[at + word.len()..]));
    // 列出的问题有4个，本年度已解决4个
    let number = |clause: &str| {
        let from = clause.rfind(|c: char| !c.is_ascii_digit() && !words.counters.contains(c));
        let told = from.map_or(clause, |at| &clause[at..]);
        let digits: String = told.chars().filter(char::is_ascii_digit).collect();
        (!digits.is_empty() && clause.ends_with(words.counters.as_str())).then_some(digits)
    };
    let counted = before.last().and_then(|before| number(before)).zip(number(last));
    let as_many = counted.is_some_and(|(whole, part)| whole == part)
        && words.has_done.first_in(last).is_some();
    all || as_many
}

/// The number of a few matters that a clause settles by their name: 2 of 指出的两个问题均已解决.
fn n_matters(clause: &str, words: &SettledWords) -> Option<usize> {
    let (at, _) = words.matters.first_in(clause)?;
    let told = clause[..at].strip_suffix(words.counters.as_str())?;
    let (start, _) = told.char_indices().next_back()?;
    let single = !told[..start].ends_with(|c: char| c.is_numeric());
    let (n, _) = whole_number(&told[start..]).filter(|(n, _)| single && (2..=4).contains(n))?;
    usize::try_from(n).ok()
}

/// True if a clause that tells of one of a few matters says that it is still being done: 许可档案电子化仍在推进.
fn goes_on(clause: &str, words: &SettledWords) -> bool {
    /// The bytes of the shortest name of a matter.
    const SHORTEST: usize = 9;
    let clause = clause.trim_end_matches('。');
    let Some(word) = words.goes_on.end_of(clause) else { return false };
    let name = &clause[..clause.len() - word.len()];
    name.len() >= SHORTEST && words.turns.start_of(name).is_none()
}

/// True if a clause says of some of what was told that it is not done: 其中“…”尚未完成; 没有完成的是…; “…”1个仍未解决.
fn leaves_open(clause: &str, words: &SettledWords) -> bool {
    let Some((at, word)) = words.open.first_in(clause) else { return false };
    let behind = &clause[at + word.len()..];
    let of_those = words.of_those.start_of(clause).is_some()
        || is_rest(&clause[..at], words)
        || clause.starts_with('“')
        || at == 0 && words.is.start_of(behind).is_some();
    of_those && !words.others.are_in(clause)
}

/// True if the words before those that leave something open name nothing but the number of the rest: 剩下的1处, 其余2个.
fn is_rest(name: &str, words: &SettledWords) -> bool {
    let Some(rest) = words.rest.start_of(name) else { return false };
    let number = name[rest.len()..].trim_start_matches('的');
    let number = number.rsplit('”').next().unwrap_or_default();
    let counter = number.trim_start_matches(|c: char| c.is_ascii_digit());
    counter.len() < number.len() && counter.chars().count() == 1
}

fn report_pair(findings: &mut Findings<'_>, piece: &Piece<'_>, [all, open]: [Range<usize>; 2]) {
    let said = |range: &Range<usize>| piece.printed()[range.clone()].trim_end_matches('。');
    let message = format!("前面写“{}”，这里写“{}”，不能都对", said(&all), said(&open));
    let finding = findings.report(piece.place(open), message, "还有没有完成的");
    finding.related.push(Label::new(piece.place(all), "说的是全部"));
    finding.help.push("核对是否都已完成；没有全部完成的，写明完成几个、还有几个".to_owned());
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check_text;

    const RULE: &crate::rules::Rule = &super::super::text_contradicts_itself::RULE;

    #[test]
    fn all_is_done_and_some_is_not() {
        for wrong in [
            "上年查找的4个问题，已全部整改完成，其中“平台不统一”尚未完成，转入下年继续推进。",
            "上年提出的3个问题，已全部整改到位；没有完成的是“账号多而不活”，将继续整合。",
            "上年列出的问题有4个，本年度已解决4个，“不能查询进度”1个因系统原因仍未解决。",
            "上年报告指出的两个问题均已解决，培训走上正轨，档案电子化仍在推进，预计明年完成。",
            "考核扣分的有4处，均已改正，剩下的“明细不全”1处仍在改。",
            "检查发现问题9个，已全部整改，其余2个正在整改。",
            "上年查找的两个问题都已解决：公开目录更新完毕，账号整合尚未完成。",
        ] {
            check_text(RULE, wrong, "", 1);
        }
    }

    #[test]
    fn all_is_done_or_something_else_is_not() {
        for fine in [
            "上年查找的4个问题，已整改3个，其中“平台不统一”尚未完成，转入下年继续推进。",
            "上年提出的3个问题，已全部整改到位；本年度新发现的2个尚未解决。",
            "上年列出的问题有4个，本年度已解决3个，“不能查询进度”1个因系统原因仍未解决。",
            "上年列出的问题已全部整改到位，但部分单位解读不多。",
            "梳理事项40项，已全部公开，其中未完成编目的逐项标注。",
            "上年的两个问题均已解决，但部分单位的解读制度仍在推进。",
            "检查发现问题9个，已全部整改，其余2个单位正在整改台账。",
            "上年的三个问题中，两个均已解决，账号整合仍在推进。",
            "上年的两个问题均已解决，培训走上正轨，档案已经电子化，数据共享平台仍在推进。",
        ] {
            check_text(RULE, fine, "", 0);
        }
    }
}
