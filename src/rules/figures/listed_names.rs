//! Things that are named in a row beside their number, without quotation marks: 在澄塘、榕兴、南苑三个社区; 三项制度：审查、保密、
//! 考核.

use std::ops::Range;

use crate::diag::Severity;
use crate::prose::Passage;
use crate::report::Text;
use crate::rules::Findings;
use crate::rules::figures::judge::{clause, place};
use crate::rules::machinery::text::numbering::whole_number;
use crate::rules::machinery::word_groups::NamedRow;
use crate::rules::machinery::word_lists::WordLists;

/// The marks that end the clause of a row.
const ENDS: &[char] = &[
    '，', '。', '；', '：', '！', '？', '\n', '（', '）', '(', ')', '“', '”', '《', '》', ',', ';',
    ':',
];
const PAUSE: char = '、';
/// The most characters of a row.
const LONGEST: usize = 70;

/// Reports every number that is one more or one less than the names beside it.
pub(super) fn judge_listed_names(findings: &mut Findings<'_>, passage: &Passage, text: &Text) {
    let printed = text.printed();
    let starts = printed.char_indices().filter(|(_, c)| is_numeral(*c));
    for (start, _) in starts {
        let Some((said, told, n)) = row_at(printed, start) else { continue };
        if told.abs_diff(n) != 1 {
            continue;
        }
        let finding = findings.report_as(
            Severity::Warning,
            place(passage, text, &said),
            format!("这里写“{}”，列出的名称有 {n} 个", clause(text, &said)),
            format!("列出的是 {n} 个"),
        );
        finding.help.push("逐个数一数；没有列全的，写“等”".to_owned());
    }
}

fn is_numeral(c: char) -> bool {
    c.is_ascii_digit() || "两二三四五六七八九十".contains(c)
}

/// The bytes that tell the number of some things, that number, and how many of them are named beside it.
fn row_at(text: &str, start: usize) -> Option<(Range<usize>, u32, u32)> {
    let words = &WordLists::get().named_rows;
    let (before, rest) = text.split_at(start);
    // 第三个, 十二个, 2个 of 12个
    let begins = !before.ends_with(|c: char| is_numeral(c) || "第前后首近约每各几百千".contains(c));
    let (told, length) = whole_number(rest).filter(|(n, _)| begins && (2..=20).contains(n))?;
    let behind = &rest[length..];
    let counter = words.counters.start_of(behind)?;
    let noun = words.heads.start_of(&behind[counter.len()..]).map_or(0, str::len) + counter.len();
    let named = words.nouns.start_of(&behind[noun..]);
    let named = named.or_else(|| words.kinds.has(counter).then_some(""))?;
    let end = start + length + noun + named.len();
    let n = n_before(words, before).or_else(|| n_behind(&text[end..]))?;
    Some((start..end, told, n))
}

/// The number of names that end a text, where they are all of one length: none where that is open.
fn n_before(words: &NamedRow, before: &str) -> Option<u32> {
    const FEWEST: usize = 3;
    let from = before.char_indices().rev().nth(LONGEST).map_or(0, |(at, _)| at);
    let row = before[from..].rsplit(ENDS).next()?;
    let mut names: Vec<&str> = row.split(PAUSE).collect();
    let last = names.pop()?;
    // 南苑和桥东
    match words.joins.iter().find_map(|join| last.split_once(join)) {
        Some((one, other)) if !names.is_empty() => names.extend([one, other]),
        Some(_) | None => names.push(last),
    }
    let (first, others) = names.split_first()?;
    let length = one_length(others)?;
    let plain = first.chars().count() >= length && !words.apart.are_in(row);
    (plain && names.len() >= FEWEST).then_some(u32::try_from(names.len()).ok()?)
}

/// The number of names behind a colon up to the end of the sentence, where they are all of one length.
fn n_behind(behind: &str) -> Option<u32> {
    const FEWEST: usize = 2;
    let row = behind.strip_prefix(['：', ':'])?;
    // 三项工作：压缩动态、做实目录；设专人轮值: what a semicolon ends goes on.
    let end = row.find(ENDS).filter(|end| row[*end..].starts_with(['。', '\n']))?;
    let names: Vec<&str> = row[..end].split(PAUSE).collect();
    one_length(&names)?;
    (names.len() >= FEWEST).then_some(u32::try_from(names.len()).ok()?)
}

/// The length of some names, if they have one and are words.
fn one_length(names: &[&str]) -> Option<usize> {
    const LENGTHS: std::ops::RangeInclusive<usize> = 2..=6;
    let length = names.first()?.chars().count();
    let alike = |name: &&str| {
        name.chars().count() == length
            && name.chars().all(|c| c.is_alphabetic() && !c.is_ascii())
            && !name.ends_with('等')
    };
    (LENGTHS.contains(&length) && names.iter().all(alike)).then_some(length)
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check_text;

    #[test]
    fn one_more_or_one_less_than_told() {
        for wrong in [
            "在石湖、金滩、龙泉、白沙三个街道试点。",
            "抓好招生入学、学生资助、教育收费四类信息的公开。",
            "通过门户网站、微信公众号、便民服务站和村务公开栏三个渠道公开。",
            "制定三项制度：信息审查、保密管理、责任追究、社会评议。",
            "围绕征地补偿、房屋拆迁、社会救助四个重点领域编制目录。",
        ] {
            check_text(&super::super::parts_do_not_add_up::RULE, wrong, "", 1);
        }
    }

    #[test]
    fn as_many_as_told_or_no_row_of_names() {
        for fine in [
            "在石湖、金滩、龙泉三个街道试点。",
            "通过门户网站、微信公众号、便民服务站和村务公开栏四个渠道公开。",
            "联合民政局、教育局开展政策宣讲、现场咨询两项活动。",
            "在镇机关、派出所和石湖、金滩两个社区设立公开栏。",
            "深入企业、学校、社区，在北河、东岭两个乡镇试点。",
            "围绕征地补偿、房屋拆迁、社会救助等四个领域编制目录。",
            "办公室、法规科、信息科各自联系两个乡镇。",
            "收件、登记、答复第二个环节是登记。",
            "制定三项制度：信息审查、保密管理、责任追究。",
            "发布三类信息：规划计划、统计数据等。",
            "抓好三项工作：压缩动态、做实目录；设专人轮值；会同档案馆推进数字化。",
            "在图书馆、档案馆、博物馆四个查阅点摆放公报。",
        ] {
            check_text(&super::super::parts_do_not_add_up::RULE, fine, "", 0);
        }
    }
}
