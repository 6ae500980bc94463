//! NB014: the name of the body is a name, not the title of the report.

use crate::diag::{Place, Severity};
use crate::edition::Edition;
use crate::law::{self, Authority};
use crate::report::{FieldPath, Report};
use crate::rules::machinery::word_lists::WordLists;
use crate::rules::{Docs, Findings, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB014",
    name: "name-not-a-body",
    title: "机关名称处填的不是机关名称",
    severity: Severity::Error,
    fixed: true,
    authority: Authority::Practice,
    basis: &[law::PRACTICE, law::FORMAT_2021],
    editions: Edition::ALL,
    docs: Docs {
        what: "机关名称（name）中是否有年份或者“年度报告”“年报”“政府信息公开”等报告名称的字样。",
        why: "标题由机关名称、年份和报告名称组成；机关名称处填了整个标题，印出的标题就会重复一遍。",
        example: "[agency]\nname = \"某某县水利局2023年政府信息公开工作年度报告\"",
        corrected: "[agency]\nname = \"某某县水利局\"",
    },
    check,
};

fn check(report: &Report, findings: &mut Findings<'_>) {
    let Some(name) = report.agency.name.as_deref() else { return };
    let year = year_of(name);
    // 政府信息公开办公室 is a body.
    let ends = &WordLists::get().office_ends;
    if year.is_none() && ends.iter().any(|end| name.trim_end().ends_with(end)) {
        return;
    }
    let title = &WordLists::get().of_titles;
    let Some(start) = title.iter().filter_map(|word| name.find(word)).chain(year).min() else {
        return;
    };
    let body = name[..start].trim();
    let place = Place::Value(FieldPath::new("agency.name"));
    let finding = findings.report(place, format!("机关名称“{name}”是报告的标题"), "只填机关全称");
    finding.help.push(if body.is_empty() {
        "只填机关全称，标题由程序写出".to_owned()
    } else {
        format!("改为“{body}”，标题由程序写出")
    });
}

/// The start of a year of four figures with 年.
fn year_of(name: &str) -> Option<usize> {
    name.match_indices('年').find_map(|(at, _)| {
        let start = at.checked_sub(4)?;
        name.get(start..at)?.bytes().all(|b| b.is_ascii_digit()).then_some(start)
    })
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::check;

    #[test]
    fn the_title_typed_as_the_name() {
        for title in
            ["2023年政府信息公开工作年度报告", "2023年", "政府信息公开年报", "信息公开工作报告"]
        {
            check(
                &RULE,
                &format!("[agency]\nname = \"云岭县水利局{title}\"\n#      ^ 改为“云岭县水利局”\n"),
            );
        }
        check(
            &RULE,
            "[agency]\nname = \"2023年政府信息公开工作年度报告\"\n#      ^ 只填机关全称\n",
        );
    }

    #[test]
    fn names() {
        for name in [
            "云岭县水利局",
            "云岭县大数据和政务公开管理局",
            "云岭县人民政府",
            "云岭县政府信息公开办公室",
        ] {
            check(&RULE, &format!("[agency]\nname = \"{name}\"\n"));
        }
    }
}
