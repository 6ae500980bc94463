//! NB101: the figures are those of the whole report year.

use super::dates::{WrittenDate, periods};
use super::{Docs, Findings, Rule};
use crate::diag::{Place, Severity};
use crate::edition::Edition;
use crate::law;
use crate::report::Report;

pub(super) static RULE: Rule = Rule {
    code: "NB101",
    name: "period-not-full-year",
    title: "统计期限不是整个报告年度",
    severity: Severity::Error,
    basis: &[law::REGULATION_50, law::FORMAT_2021],
    editions: Edition::ALL,
    docs: Docs {
        what: "文字中写明的数据统计期限是否为报告年度的 1 月 1 日至 12 月 31 日。",
        why: "年度报告反映一个完整年度的工作，各表均为全年数据；期限少几天，就与表中数据和其他机关的报告对不上。",
        example: "[report]\nyear = 2023\n\n[opening]\ntext = \"本报告数据统计期限为2023年1月1日至2023年12月28日。\"",
        corrected: "[report]\nyear = 2023\n\n[opening]\ntext = \"本报告数据统计期限为2023年1月1日至2023年12月31日。\"",
    },
    check,
};

fn check(report: &Report, findings: &mut Findings<'_>) {
    let Some(year) = report.header.year else {
        findings.unassessed("报告年度未填");
        return;
    };
    for (path, text) in report.texts() {
        let printed = text.printed();
        for (from, to) in periods(printed) {
            let sentence = sentence_around(printed, from.range.start);
            if !["期限", "统计", "数据"].iter().any(|word| sentence.contains(word)) {
                continue;
            }
            let wrong = if is(&from, year, 1, 1) {
                if is(&to, year, 12, 31) {
                    continue;
                }
                &to
            } else {
                &from
            };
            let range = text.typed_range(wrong.range.clone());
            let message = format!(
                "统计期限写的是“{}”，{year}年度报告应为{year}年1月1日至{year}年12月31日",
                &printed[from.range.start..to.range.end]
            );
            let right = if std::ptr::eq(wrong, &to) { "12月31日" } else { "1月1日" };
            let finding = findings.report(
                Place::Text(path.clone(), range),
                message,
                format!("应为{year}年{right}"),
            );
            finding.help.push("改为全年，并核对各表是否也是全年的数据".to_owned());
        }
    }
}

/// Whether a date is that day; a year that is left out is that of the period.
fn is(date: &WrittenDate, year: u16, month: u8, day: u8) -> bool {
    date.year.is_none_or(|written| written == year) && (date.month, date.day) == (month, day)
}

fn sentence_around(text: &str, at: usize) -> &str {
    let ends = ['。', '！', '？', '\n'];
    let start = text[..at]
        .rfind(ends)
        .map_or(0, |i| i + text[i..].chars().next().map_or(1, char::len_utf8));
    let end = text[at..].find(ends).map_or(text.len(), |i| at + i);
    &text[start..end]
}

#[cfg(test)]
mod tests {
    use super::super::testing::check;
    use super::RULE;

    #[test]
    fn three_days_short() {
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
}
