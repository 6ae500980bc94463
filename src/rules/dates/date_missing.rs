//! NB108: the report bears the date on which it is made public.

use crate::diag::{Place, Severity};
use crate::edition::Edition;
use crate::law::{self, Authority};
use crate::report::{FieldPath, Report};
use crate::rules::{Docs, Findings, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB108",
    name: "date-missing",
    title: "没有填写公布日期",
    severity: Severity::Warning,
    fixed: false,
    authority: Authority::Law,
    basis: &[law::REGULATION_49],
    editions: Edition::ALL,
    docs: Docs {
        what: "是否填写了公布日期（published）。没有日期时只能生成草稿，不能生成正式报告。",
        why: "《条例》第四十九条规定了公布年度报告的期限；没有日期，就看不出是否按期公布。",
        example: "[report]\nyear = 2023",
        corrected: "[report]\nyear = 2023\npublished = 2024-01-26",
    },
    check,
};

/// The key of the date.
const KEY: &str = "report.published";

fn check(report: &Report, findings: &mut Findings<'_>) {
    let path = FieldPath::new(KEY);
    if report.header.published.is_some() || report.is_unclear(&path) || report.header.year.is_none()
    {
        return;
    }
    let year = report.header.year.map_or(0, |year| year.saturating_add(1));
    findings
        .report(
            Place::Key(FieldPath::new("report")),
            "没有填写公布日期，只能生成草稿",
            "缺少 published",
        )
        .help
        .push(format!("在 [report] 下补上一行，例如 published = {year}-01-20"));
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::check;

    #[test]
    fn no_date() {
        check(&RULE, "[report]\n#^ 只能生成草稿\nyear = 2023\n");
    }

    #[test]
    fn a_date_or_no_year_either() {
        check(&RULE, "[report]\nyear = 2023\npublished = 2024-01-20\n");
        check(&RULE, "");
    }
}
