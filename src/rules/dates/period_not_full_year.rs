//! NB101: the figures are those of the whole report year.

use std::ops::Range;

use crate::diag::{Place, Severity};
use crate::edition::Edition;
use crate::law::{self, Authority};
use crate::report::Report;
use crate::rules::machinery::text::sentences;
use crate::rules::machinery::word_lists::WordLists;
use crate::rules::machinery::written_dates::{WrittenDate, dates, periods};
use crate::rules::{Docs, Findings, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB101",
    name: "period-not-full-year",
    title: "统计期限不是整个报告年度",
    severity: Severity::Error,
    fixed: true,
    authority: Authority::Law,
    basis: &[law::REGULATION_49, law::PRACTICE],
    editions: Edition::ALL,
    docs: Docs {
        what: "文字中写明的数据统计期限是否为报告年度的 1 月 1 日至 12 月 31 日。",
        why: "《条例》第四十九条规定公布的是“上一年度政府信息公开工作年度报告”，各地都以 1 月 1 日至 12 月 31 日为一个年度，各表均为全年数据；期限少几天，就与表中数据和其他机关的报告对不上。",
        example: "[report]\nyear = 2023\n\n[opening]\ntext = \"本报告数据统计期限为2023年1月1日至2023年12月28日。\"",
        corrected: "[report]\nyear = 2023\n\n[opening]\ntext = \"本报告数据统计期限为2023年1月1日至2023年12月31日。\"",
    },
    check,
};

fn check(report: &Report, findings: &mut Findings<'_>) {
    let Some(year) = report.header.year else {
        findings.unassessed("报告年度没有填写或写得不对");
        return;
    };
    for (path, text) in report.texts() {
        let printed = text.printed();
        for sentence in sentences(printed) {
            let words = &printed[sentence.clone()];
            if !speaks_of_period(path.as_str(), words) {
                continue;
            }
            let Some((range, label, said)) = wrong(words, year) else { continue };
            let range = text.typed_range(sentence.start + range.start..sentence.start + range.end);
            let message = format!(
                "统计期限写的是“{said}”，{year}年度报告应为{year}年1月1日至{year}年12月31日"
            );
            findings.report(Place::Text(path.clone(), range), message, label).help.push(
                "改为全年，并核对各表是否也是全年的数据；年内新设立的机关，可以写明后豁免"
                    .to_owned(),
            );
            break; // One period a text.
        }
    }
}

/// True if a sentence says which period the figures of the report are of; what an opening says of a period is of them.
pub(in crate::rules) fn speaks_of_period(path: &str, sentence: &str) -> bool {
    let lists = WordLists::get();
    lists.period_of.are_in(sentence) && lists.period_words.are_in(sentence)
        || path.starts_with("opening") && lists.openings.period_alone.are_in(sentence)
}

/// The date of a sentence that makes its period other than the whole year: its bytes, a word for
/// it, and the period as written.
fn wrong(words: &str, year: u16) -> Option<(Range<usize>, String, String)> {
    let periods = periods(words);
    for (from, to) in &periods {
        let said = words[from.range.start..to.range.end].to_owned();
        if !is(from, year, 1, 1) {
            return Some((from.range.clone(), format!("应为{year}年1月1日"), said));
        }
        if !is(to, year, 12, 31) {
            return Some((to.range.clone(), format!("应为{year}年12月31日"), said));
        }
    }
    if !periods.is_empty() {
        return None;
    }
    // 数据截至2023年12月28日.
    let last = dates(words).into_iter().find(|date| {
        let before = &words[..date.range.start].trim_end_matches(['到', '为', '是', '：', ' ']);
        date.day.is_some() && date.year.is_some() && WordLists::get().until.end_of(before).is_some()
    })?;
    let said = format!("截至{}", &words[last.range.clone()]);
    (!is(&last, year, 12, 31)).then(|| (last.range, format!("应为{year}年12月31日"), said))
}

/// True if a date is that day; a year or day that is left out is that of the period.
fn is(date: &WrittenDate, year: u16, month: u8, day: u8) -> bool {
    date.year.is_none_or(|written| written == year)
        && date.month == month
        && date.day.is_none_or(|written| written == day)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, points_at};

    #[test]
    fn s004_06_three_days_short() {
        check(
            &RULE,
            r#"
[report]
year = 2023
[opening]
text = "所列数据的统计期限为 2023 年 1 月 1 日起到 2023 年 12 月 28 日止。"
#                                                  ^ 应为2023年12月31日
"#,
        );
    }

    #[test]
    fn the_year_before() {
        check(
            &RULE,
            r#"
[report]
year = 2023
[opening]
text = "统计期限自2022年1月1日至2022年12月31日。"
#                 ^ 应为2023年1月1日
"#,
        );
    }

    #[test]
    fn a_period_in_other_words() {
        for said in [
            "数据采集期为2023年1月1日到11月30日。",
            "报告依《条例》编制，期限从2023年1月1日到2023年11月30日。",
            "统计时间从2023年1月1日开始，至2023年11月30日结束。",
            "数据统计自2023年1月1日起，至2023年11月30日止。",
        ] {
            let wrong = if said.contains("到11月") { "11月30日" } else { "2023年11月30日" };
            let lines = format!("[report]\nyear = 2023\n[opening]\ntext = \"{said}\"\n");
            points_at(&RULE, &lines, &[(wrong, "应为2023年12月31日")]);
        }
    }

    #[test]
    fn the_whole_year_however_written() {
        check(
            &RULE,
            r#"
[report]
year = 2023
[opening]
text = "统计期限自2023年1月1日起至2023年12月31日止。"
[overview]
text = "数据期限为2023年1月1日—12月31日。培训班于2023年5月8日至2023年5月9日举办。"
"#,
        );
    }

    #[test]
    fn months_and_last_days() {
        points_at(
            &RULE,
            r#"
[report]
year = 2023
[opening]
text = "数据统计期限为2023年1—11月。"
[overview]
text = "本报告数据截至2023年11月30日。"
"#,
            &[("11月", "统计期限写的是“2023年1—11月”"), ("2023年11月30日", "应为2023年12月31日")],
        );
        check(
            &RULE,
            r#"
[report]
year = 2023
[opening]
text = "数据统计期限为2023年1月至12月。本报告数据截至2023年12月31日。"
[overview]
text = "统计数据显示，2023年5月1日培训12次。征集期限为2023年5月1日至2023年6月1日。"
"#,
        );
    }
}
