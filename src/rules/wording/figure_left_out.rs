//! NB816: no total is told without its figure.

use std::ops::Range;

use crate::diag::Severity;
use crate::edition::Edition;
use crate::law::{self, Authority};
use crate::report::Report;
use crate::rules::machinery::text::{is_han, pieces};
use crate::rules::machinery::word_lists::WordLists;
use crate::rules::{Docs, Findings, Rule};
use crate::words::ends_with_single;

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB816",
    name: "figure-left-out",
    title: "数量词前面缺少数字",
    severity: Severity::Error,
    fixed: false,
    authority: Authority::Notice,
    basis: &[law::FORMAT_2021_ACCURACY],
    editions: Edition::ALL,
    docs: Docs {
        what: "说总数的句子里，“条”“篇”“次”等前面是否漏了数字，例如“全年共主动公开信息条，其中……”；逐项列举的，前后各项都有件数，是否有一项漏了数字。",
        why: "多半是留了空待填，或者套用模板时删去了旧数字。",
        example: "[overview]\ntext = \"全年共主动公开信息条，其中政策文件3条。\"",
        corrected: "[overview]\ntext = \"全年共主动公开信息20条，其中政策文件3条。\"",
    },
    check,
};

/// Things that are counted; 件 only where the sentence goes on with its parts, because 申请件 and 来件 are things.
const COUNTERS: [char; 5] = ['条', '篇', '次', '件', '期'];

fn check(report: &Report, findings: &mut Findings<'_>) {
    for piece in pieces(report) {
        let text = piece.printed();
        let mut found: Vec<(Severity, Range<usize>)> =
            left_out(text).into_iter().map(|range| (RULE.severity, range)).collect();
        for range in left_out_of_list(text) {
            if !found.iter().any(|(_, told)| told.end == range.end) {
                found.push((Severity::Warning, range));
            }
        }
        for (severity, range) in found {
            let message = format!("“{}”前面没有数字", &text[range.clone()]);
            let finding = findings.report_as(severity, piece.place(range), message, "缺少数字");
            finding.help.push("补上数字；可以写成 {{ … }}，由程序从表中取数".to_owned());
        }
    }
}

/// The words before a counter that has no number.
fn left_out(text: &str) -> Vec<Range<usize>> {
    let lists = WordLists::get();
    let mut found = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices() {
        if is_han(c) {
            continue;
        }
        let clause = start..at;
        start = at + c.len_utf8();
        let words = &text[clause.clone()];
        let Some((before, counter)) =
            COUNTERS.iter().find_map(|counter| Some((words.strip_suffix(*counter)?, *counter)))
        else {
            continue;
        };
        let with_parts =
            text[start..].starts_with("其中") && matches!(c, '，' | '；' | '。' | '：');
        let told = lists.totals.are_in(before) && matches!(c, '，' | '；' | '。' | '：' | '（');
        let thing = lists.counted_things.end_of(before);
        let certain = if matches!(counter, '条' | '篇') { true } else { with_parts };
        if let Some(thing) = thing
            && told
            && certain
        {
            found.push(clause.end - thing.len() - counter.len_utf8()..clause.end);
        }
    }
    found
}

/// Members of a list without their figure, where those on both sides count in the same unit: 招考2条，管理公开条，资源1条; the
/// others are not asked where only a figure can stand before the unit: 发布市政府文件条.
fn left_out_of_list(text: &str) -> Vec<Range<usize>> {
    /// The characters of a name that are shown.
    const SHOWN: usize = 2;
    let lists = WordLists::get();
    let members = members(text);
    let lacks = |around: &[Range<usize>]| {
        let [before, member, behind] = around else { return None };
        let words = &text[member.clone()];
        let counter = lists.listed_counters.end_of(words)?;
        let name = &words[..words.len() - counter.len()];
        let counts = |other: &Range<usize>| {
            let figure = text[other.clone()].strip_suffix(counter).unwrap_or_default();
            figure.ends_with(|c: char| c.is_ascii_digit())
        };
        let alone = lists.instead_of_figures.end_of(name).is_none() && ends_with_single(words);
        let mut last = name.char_indices().rev();
        let (shown, _) = last.nth(SHOWN - 1)?;
        let thing = lists.counted_things.end_of(name).or_else(|| lists.totals.end_of(name));
        // 申请件 and 办理件 are things, 信息条 and 信息篇 are none.
        let sure = matches!(counter, "条" | "篇") && thing.is_some();
        (words.chars().all(is_han) && alone && (sure || counts(before) && counts(behind)))
            .then_some(member.start + shown..member.end)
    };
    members.windows(3).filter_map(lacks).collect()
}

/// The parts of the sentences between commas, semicolons and enumeration commas; an empty one stands where a sentence ends.
fn members(text: &str) -> Vec<Range<usize>> {
    let mut members: Vec<Range<usize>> = std::iter::once(0..0).collect();
    let mut start = 0;
    for (at, c) in text.char_indices() {
        if matches!(c, '，' | '、' | '；' | '。' | '\n') {
            members.push(start..at);
            start = at + c.len_utf8();
            if matches!(c, '。' | '\n') {
                members.push(at..at);
            }
        }
    }
    members.extend([start..text.len(), text.len()..text.len()]);
    members
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::points_at;

    fn overview(text: &str, expected: &[(&str, &str)]) {
        points_at(&RULE, &format!("[overview]\ntext = \"{text}\"\n"), expected);
    }

    #[test]
    fn a_total_without_its_figure() {
        overview("全年共主动公开条，其中政策3条。", &[("公开条", "没有数字")]);
        overview("本年度共受理申请件，其中网络申请3件。", &[]);
        overview("累计发布信息篇。共办理件，其中3件已结。", &[("信息篇", ""), ("办理件", "")]);
    }

    #[test]
    fn counters_that_belong_to_words() {
        overview(
            "全年共公开20条，新增头条，共收到申请件，均已答复；共召开会议3次，其中一次是专题；累计发布信息若干条，全年发布多篇，共办理案件，其中3件已结，共公开信息条目20个",
            &[],
        );
    }

    #[test]
    fn a_member_of_a_list_without_its_figure() {
        overview("公开招考2条，管理公开条，资源配置1条。", &[("公开条", "没有数字")]);
        overview(
            "主动发布市政府文件条，公告14件，通过公众号发布动态篇。",
            &[("文件条", ""), ("动态篇", "")],
        );
        overview("网络申请22件、书面申请件、当面申请1件。", &[("申请件", "")]);
        overview(
            "网络申请22件、来件、信函1件。公开2条，转发头条，资源1条。办会2次，均为首次，培训3次。",
            &[],
        );
        overview("公开2条，解读图文并茂，资源1条，均为新发，2条，其中一条，3条。", &[]);
    }
}
