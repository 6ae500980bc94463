//! NB707: what is given as last year's data file is that of the year before and of the same body.

use super::{Docs, Findings, Rule, years};
use crate::diag::{Label, Place, Severity};
use crate::edition::Edition;
use crate::law;
use crate::report::{FieldPath, Report};

pub(super) static RULE: Rule = Rule {
    code: "NB707",
    name: "previous-report-wrong",
    title: "上一年度数据文件不是本机关上一年的",
    severity: Severity::Error,
    basis: &[law::REGULATION_50],
    editions: Edition::ALL,
    docs: Docs {
        what: "[report] previous 指定的数据文件，报告年度是否正好比本年早一年；机关全称是否与本年相同（不同的只作提示，机关可能更名）。",
        why: "上一年度的数据用来核对结转、存量和增减幅度；拿错了文件，这些核对全部落空，所以年度不对时跨年的规则都不检查。",
        example: "[report]\nyear = 2023\nprevious = \"2021.toml\"   # 其中 year = 2021",
        corrected: "[report]\nyear = 2023\nprevious = \"2022.toml\"   # 其中 year = 2022",
    },
    check,
};

fn check(report: &Report, findings: &mut Findings<'_>) {
    let Some(last) = findings.previous() else { return };
    let place = |path: &str| Place::Value(FieldPath::new(path));
    let named = if report.header.previous.is_some() { "report.previous" } else { "report.year" };
    let file = years::file(report);
    let Some(year) = report.header.year else {
        findings.unassessed("没有填写报告年度，不能与上年核对");
        return;
    };
    let Some(before) = last.header.year else {
        findings.unassessed(years::not_filled(report, "报告年度"));
        return;
    };
    if !years::follows(report, last) {
        let finding = findings.report(
            place(named),
            format!(
                "上一年度的数据应是 {} 年的，而 {file} 是 {before} 年的",
                year.saturating_sub(1)
            ),
            format!("{before} 年的数据"),
        );
        if named != "report.year" {
            finding.related.push(Label::new(place("report.year"), year.to_string()));
        }
        finding.help.push("改为上一年度数据文件的路径；没有的，删去这一行".to_owned());
        return;
    }
    if let (Some(name), Some(before)) = (&report.agency.name, &last.agency.name)
        && name.trim() != before.trim()
    {
        let finding = findings.report_as(
            Severity::Hint,
            place(named),
            format!("机关全称是“{name}”，{file} 中是“{before}”"),
            "机关全称不同",
        );
        finding.related.push(Label::new(place("agency.name"), ""));
        finding.help.push("机关更名的，不用改；拿错文件的，改正路径".to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{report_of_last_year, run_given};
    use super::RULE;
    use crate::source::SourceFile;

    fn found(last: &str, lines: &str) -> Vec<String> {
        let last = report_of_last_year(last);
        let text = format!("format = \"2021\"\n{lines}");
        let found = run_given(&RULE, &SourceFile::parse("t", text), Some(&last));
        found.into_iter().map(|finding| finding.message).collect()
    }

    #[test]
    fn another_year_or_the_same_one() {
        for year in ["2024", "2022", "2021"] {
            let found = found("", &format!("[report]\nyear = {year}\nprevious = \"a.toml\"\n"));
            assert_eq!(found.len(), 1, "{year}");
            assert!(found[0].contains("a.toml 是 2022 年的"), "{found:?}");
        }
    }

    #[test]
    fn another_name_is_only_a_hint() {
        let last = "[agency]\nname = \"某某市文化局\"\n";
        let this = "[report]\nyear = 2023\nprevious = \"a.toml\"\n[agency]\nname = \"某某市文化和旅游局\"\n";
        assert_eq!(found(last, this).len(), 1);
    }

    #[test]
    fn the_year_before_of_the_same_body() {
        let agency = "[agency]\nname = \"某某市文化局\"\n";
        let this = format!("[report]\nyear = 2023\nprevious = \"a.toml\"\n{agency}");
        assert_eq!(found(agency, &this), Vec::<String>::new());
        assert_eq!(found("", "[report]\nprevious = \"a.toml\"\n"), Vec::<String>::new());
    }
}
