//! Things that are named in a row beside their number, without quotation marks: 在澄塘、榕兴、南苑三个社区; 三项制度：审查、保密、
//! 考核.

use std::ops::Range;

use crate::diag::Severity;
use crate::prose::{Passage, Words};
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
        let Some((counted, names)) = row_at(printed, start) else { continue };
        let Some(n) = names.other_than(counted.told) else { continue };
        let finding = findings.report_as(
            Severity::Warning,
            place(passage, text, &counted.said),
            format!("这里写“{}”，列出的名称有 {n} 个", clause(text, &counted.said)),
            format!("列出的是 {n} 个"),
        );
        finding.help.push("逐个数一数；没有列全的，写“等”".to_owned());
    }
}

fn is_numeral(c: char) -> bool {
    c.is_ascii_digit() || "两二三四五六七八九十".contains(c)
}

/// A number of things with the bytes that tell it.
struct Counted<'a> {
    said: Range<usize>,
    told: u32,
    /// The thing that is counted; empty where the counter says it.
    noun: &'a str,
    /// True if places are counted by a counter that goes with much else.
    places: bool,
}

/// The number of things that are named.
#[derive(Clone, Copy)]
struct Names {
    /// 网站和公众号、电子屏: the first may be one name or two.
    least: u32,
    most: u32,
}

impl Names {
    /// The number of names, if it is one more or one less than what is told.
    fn other_than(self, told: u32) -> Option<u32> {
        let few = (self.most + 1 == told).then_some(self.most);
        few.or_else(|| (self.least == told + 1).then_some(self.least))
    }
}

/// A number at a place of a text, with the names beside it.
fn row_at(text: &str, start: usize) -> Option<(Counted<'_>, Names)> {
    let words = &WordLists::get().named_rows;
    let (before, _) = text.split_at(start);
    // 第三个, 十二个, 2个 of 12个
    if before.ends_with(|c: char| is_numeral(c) || "第前后首约每各几百千".contains(c)) {
        return None;
    }
    let pointed = words.pointed.end_of(before);
    let names = before.strip_suffix(pointed.unwrap_or_default()).unwrap_or(before);
    let found = [things_at(words, text, start), places_at(words, text, start)];
    let mut found = found.into_iter().flatten();
    found.find_map(|counted| {
        let before = names_before(words, names, &counted, pointed.is_some());
        let names = before.or_else(|| names_behind(words, &text[counted.said.end..], &counted))?;
        Some((counted, names))
    })
}

/// A number of things that have names of their own: 四个重点领域, 三类, 5个苗族聚居村.
fn things_at<'a>(words: &NamedRow, text: &'a str, start: usize) -> Option<Counted<'a>> {
    const NOUN: usize = 6;
    let (told, counter, behind) = number_at(&words.counters, text, start)?;
    let head = words.heads.start_of(behind).map_or(0, str::len);
    let named = words.nouns.start_of(&behind[head..]).map(|noun| (head, noun.len()));
    let named = named.or_else(|| {
        let said = behind.char_indices().take(NOUN);
        let mut said = said.take_while(|(_, c)| c.is_alphabetic() && !c.is_ascii());
        said.find_map(|(at, _)| Some((at, words.nouns.start_of(&behind[at..])?.len())))
    });
    let named = named.or_else(|| words.kinds.has(counter).then_some((0, 0)));
    let (at, length) = named?;
    let from = text.len() - behind.len();
    let noun = &text[from + at..from + at + length];
    Some(Counted { said: start..from + at + length, told, noun, places: false })
}

/// A number of places or bodies, which are named one by one or by their kinds: 5处公共场馆.
fn places_at<'a>(words: &NamedRow, text: &'a str, start: usize) -> Option<Counted<'a>> {
    let (told, _, behind) = number_at(&words.places, text, start)?;
    let end = text.len() - behind.len();
    Some(Counted { said: start..end, told, noun: "", places: true })
}

/// A number at a place of a text, its counter and what follows.
fn number_at<'a>(counters: &Words, text: &'a str, start: usize) -> Option<(u32, &'a str, &'a str)> {
    let rest = &text[start..];
    let (told, length) = whole_number(rest).filter(|(n, _)| (2..=20).contains(n))?;
    let counter = counters.start_of(&rest[length..])?.len();
    Some((told, &rest[length..length + counter], &rest[length + counter..]))
}

/// The names that end a text: none where the row is open, or may be one of something else.
fn names_before(
    words: &NamedRow,
    before: &str,
    counted: &Counted<'_>,
    pointed: bool,
) -> Option<Names> {
    const FEWEST: usize = 3;
    let from = before.char_indices().rev().nth(LONGEST).map_or(0, |(at, _)| at);
    let row = before[from..].rsplit(ENDS).next()?;
    let pieces: Vec<&str> = row.split(PAUSE).collect();
    let (names, surely) = joined(words, &pieces);
    let (first, others) = names.split_first()?;
    if names.len() < FEWEST || words.apart.are_in(row) {
        return None;
    }
    let n = u32::try_from(names.len()).ok()?;
    // 在镇政府、石湖社区、金滩社区两个社区: the first is none of them.
    let end = counted.noun.chars().next_back();
    let of_noun = names.iter().filter(|name| end.is_some_and(|end| name.ends_with(end))).count();
    if u32::try_from(of_noun).is_ok_and(|n| n == counted.told) {
        return None;
    }
    // 修订指南、目录、清单两项工作: the first tells what is done with all of them.
    let done = |length: usize| words.deeds.has(counted.noun) && first.chars().count() != length;
    let alike = one_length(others).filter(|length| first.chars().count() >= *length);
    if alike.is_some_and(|length| !done(length)) && !counted.places {
        return Some(Names { least: n, most: n });
    }
    let plain = others.iter().all(|name| is_name(words, name))
        && !words.open.are_in(row)
        && first.chars().all(char::is_alphabetic)
        && !words.deeds.has(counted.noun);
    let sure = !counted.places || pointed || are_bodies(words, &names);
    // 网站和公众号、电子屏; 派出所和石湖、金滩两个社区: the first may be two names, or the row begin behind it.
    let inner = |name: &&str| name.contains(['和', '与']) && !words.one_body.are_in(name);
    let inner = names.iter().rposition(inner);
    let behind = inner.and_then(|at| u32::try_from(at).ok()).unwrap_or_default();
    let least = (n - behind).min(if surely { n } else { n - 1 });
    let most = n + u32::from(inner.is_some());
    (plain && sure).then_some(Names { least, most })
}

/// The names of a row with the last of them taken apart at 和, and whether it is sure that it is two: 工业和信息化局 is one.
fn joined<'a>(words: &NamedRow, pieces: &[&'a str]) -> (Vec<&'a str>, bool) {
    let Some((last, others)) = pieces.split_last() else { return (Vec::new(), true) };
    let two = words.joins.iter().find_map(|join| last.split_once(join));
    let apart = !others.is_empty() && !words.one_body.are_in(last);
    match two.filter(|_| apart) {
        Some((one, other)) => {
            let near = one.chars().count().abs_diff(other.chars().count()) <= 1;
            ([others, &[one, other]].concat(), near)
        }
        None => (pieces.to_vec(), true),
    }
}

/// True if some names are each that of one body or place: 市体育馆、市游泳馆.
fn are_bodies(words: &NamedRow, names: &[&str]) -> bool {
    let one = |name: &&&str| words.area_signs.start_of(name).is_some();
    let (first, others) = (names.iter().take(1), names.iter().skip(1));
    let named = first.filter(|name| words.area_signs.are_in(name)).count();
    let named = named + others.filter(one).count();
    named + 1 >= names.len() && !names.iter().any(|name| words.several.are_in(name))
}

/// The names behind a colon, in brackets or behind 分别是, up to the end of the sentence or the bracket.
fn names_behind(words: &NamedRow, behind: &str, counted: &Counted<'_>) -> Option<Names> {
    const FEWEST: usize = 2;
    let opening = words.named_behind.start_of(behind).filter(|_| !counted.places)?;
    let row = &behind[opening.len()..];
    let last = if opening.starts_with(['（', '(']) { ['）', ')'] } else { ['。', '\n'] };
    // 三项工作：压缩动态、做实目录；设专人轮值: what a semicolon ends goes on.
    let end = row.find(ENDS).filter(|end| row[*end..].starts_with(last))?;
    let pieces: Vec<&str> = row[..end].split(PAUSE).collect();
    let n = u32::try_from(pieces.len()).ok()?;
    if pieces.len() >= FEWEST && one_length(&pieces).is_some() {
        return Some(Names { least: n, most: n });
    }
    let (names, surely) = joined(words, &pieces);
    let most = u32::try_from(names.len()).ok()?;
    let plain = names.iter().all(|name| is_name(words, name))
        && !words.apart.are_in(&row[..end])
        && !words.open.are_in(&row[..end])
        && !words.deeds.has(counted.noun);
    let least = if surely { most } else { n };
    (plain && names.len() > FEWEST).then_some(Names { least, most })
}

/// True if some words may be a name, and no clause.
fn is_name(words: &NamedRow, name: &str) -> bool {
    const LENGTHS: std::ops::RangeInclusive<usize> = 2..=10;
    let whole = name.chars().all(char::is_alphabetic);
    whole && LENGTHS.contains(&name.chars().count()) && !words.not_in_names.are_in(name)
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
