//! NB011: the title names body, year and kind of report.

use crate::diag::Severity;
use crate::edition::Edition;
use crate::law::{self, Authority};
use crate::report::Report;
use crate::rules::machinery::text::{Role, pieces};
use crate::rules::{Docs, Findings, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB011",
    name: "title-incomplete",
    title: "报告名称不完整",
    severity: Severity::Warning,
    fixed: false,
    authority: Authority::Practice,
    basis: &[law::PRACTICE, law::FORMAT_2021],
    editions: Edition::ALL,
    docs: Docs {
        what: "自拟的标题是否写全机关全称、年份和“政府信息公开工作年度报告”；文字中提到本报告名称时，机关名称之后的“政府”是否漏掉一个。不写 title 的，标题由程序写出。",
        why: "通行的名称是“〔机关全称〕〔年份〕年政府信息公开工作年度报告”，缺一项，检索和汇总时就找不到或者认错。",
        example: "[report]\nyear = 2023\ntitle = \"某某县人民政府2023年政府信息公开\"",
        corrected: "[report]\nyear = 2023\n# 不写 title，程序印出“某某县人民政府2023年政府信息公开工作年度报告”",
    },
    check,
};

fn check(report: &Report, findings: &mut Findings<'_>) {
    let name = report.form().report_name;
    let pieces = pieces(report);
    for piece in &pieces {
        let text = piece.printed();
        if piece.role == Role::Title {
            let missing = missing(report, text, name);
            if !missing.is_empty() {
                let message = format!("标题“{text}”缺少{}", missing.join("、"));
                let finding = findings.report(piece.place(0..text.len()), message, "名称不完整");
                finding.help.push("补全；或者删去 title，由程序按标准写法印出".to_owned());
            }
            continue;
        }
        // 人民政府 + 政府信息公开…: one 政府 is easily lost between the two.
        let short = name.strip_prefix("政府").unwrap_or(name);
        let Some(agency) = report.agency.name.as_deref().filter(|name| name.ends_with("政府"))
        else {
            continue;
        };
        let lost = format!("{agency}{short}");
        for (start, words) in text.match_indices(&lost) {
            let message = format!("“{words}”少了一个“政府”");
            let at = start + agency.len();
            let place = piece.place(at - "政府".len()..at + "信息公开".len());
            let finding = findings.report(place, message, "应为“政府政府信息公开”");
            finding
                .help
                .push(format!("写成“{agency}{}”，或者在中间写上年份", report.form().report_name));
        }
    }
}

/// The parts that a title of the clerk's own lacks.
fn missing(report: &Report, title: &str, name: &str) -> Vec<String> {
    let title: String = title.chars().filter(|c| !c.is_whitespace()).collect();
    let mut missing = Vec::new();
    if let Some(agency) = &report.agency.name {
        let agency: String = agency.chars().filter(|c| !c.is_whitespace()).collect();
        // 2025年上海市政府信息公开工作年度报告 is what whole cities write.
        let place = agency.strip_suffix("人民政府");
        let as_place = place.is_some_and(|place| title.contains(&format!("{place}政府信息公开")));
        if !title.contains(&agency) && !as_place {
            missing.push(format!("机关全称“{agency}”"));
        }
    }
    let year = report.header.year.map(|year| format!("{year}年"));
    if let Some(year) = year.filter(|year| !title.contains(year)) {
        missing.push(format!("年份“{year}”"));
    }
    if !title.contains(name) {
        missing.push(format!("“{name}”字样"));
    }
    missing
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, points_at};

    const AGENCY: &str = "[agency]\nname = \"某某县人民政府\"\n";

    fn title(title: &str, expected: &str) {
        check(&RULE, &format!("[report]\nyear = 2023\ntitle = \"{title}\"\n{expected}{AGENCY}"));
    }

    #[test]
    fn s002_07_no_annual_report() {
        title(
            "某某县人民政府2023年政府信息公开",
            "#        ^ 缺少“政府信息公开工作年度报告”字样\n",
        );
    }

    #[test]
    fn s002_12_one_government_too_few() {
        points_at(
            &RULE,
            &format!("{AGENCY}[opening]\ntext = \"现公布某某县人民政府信息公开工作年度报告。\"\n"),
            &[("政府信息公开", "少了一个“政府”")],
        );
    }

    #[test]
    fn no_year_or_another_body() {
        title("某某县人民政府政府信息公开工作年度报告", "#        ^ 缺少年份“2023年”\n");
        title("某某县教育局2023年政府信息公开工作年度报告", "#        ^ 机关全称\n");
        title("邻县人民政府2023年政府信息公开工作年度报告", "#        ^ 机关全称\n");
    }

    #[test]
    fn whole_titles_with_and_without_blanks() {
        title("某某县人民政府 2023 年政府信息公开工作年度报告", "");
        title("2023年某某县政府信息公开工作年度报告", "");
        check(&RULE, AGENCY);
    }
}
