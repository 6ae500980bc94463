//! NB707: what is given as last year's data file is that of the year before and of the same body.

use crate::diag::{Label, Place, Severity};
use crate::edition::Edition;
use crate::law::{self, Authority};
use crate::report::{FieldPath, Report};
use crate::rules::machinery::last_year;
use crate::rules::{Docs, Findings, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB707",
    name: "previous-report-wrong",
    title: "上一年度数据文件不是本机关上一年的",
    severity: Severity::Error,
    fixed: false,
    authority: Authority::Arithmetic,
    basis: &[law::REGULATION_49],
    editions: Edition::ALL,
    docs: Docs {
        what: "[report] previous 指定的数据文件，报告年度是否正好比本年早一年；机关全称是否与本年相同（不同的只作提示，机关可能更名、合并或划转）。",
        why: "上一年度的数据用来核对结转、存量和增减幅度；拿错了文件，这些核对全部落空，所以年度不对时跨年的规则都不检查。",
        example: "[report]\nyear = 2023\nprevious = \"2021.toml\"   # 其中 year = 2021",
        corrected: "[report]\nyear = 2023\nprevious = \"2022.toml\"   # 其中 year = 2022",
    },
    check,
};

fn check(report: &Report, findings: &mut Findings<'_>) {
    let Some(last) = findings.previous() else { return };
    check_year(report, last, findings);
    check_agency(report, last, findings);
}

fn check_year(report: &Report, last: &Report, findings: &mut Findings<'_>) {
    let Some(year) = report.header.year else {
        findings.unassessed("没有填写报告年度，不能与上年核对");
        return;
    };
    let Some(before) = last.header.year else {
        findings.unassessed(last_year::not_filled(report, "报告年度"));
        return;
    };
    if report.follows(last) {
        return;
    }
    let due = year.saturating_sub(1);
    if report.header.previous.is_none() {
        // Somebody put two reports side by side; that says nothing against this one.
        let message = format!("对照的是 {before} 年的数据，不是上年（{due} 年）的，没有作跨年检查");
        let place = place("report.year");
        let finding = findings.report_as(Severity::Hint, place, message, "");
        finding.help.push(format!("要作跨年检查，给出 {due} 年的数据文件"));
        return;
    }
    let file = last_year::file(report);
    let finding = findings.report(
        place("report.previous"),
        format!("上一年度的数据应是 {due} 年的，而 {file} 是 {before} 年的"),
        format!("{before} 年的数据"),
    );
    finding.related.push(Label::new(place("report.year"), year.to_string()));
    finding.help.push("改为上一年度数据文件的路径；没有的，删去这一行".to_owned());
}

fn check_agency(report: &Report, last: &Report, findings: &mut Findings<'_>) {
    let (Some(name), Some(before)) = (&report.agency.name, &last.agency.name) else { return };
    if last_year::of_same_body(report, last) {
        return;
    }
    let file = report.header.previous.as_ref();
    let is_named = file.is_some();
    let whose =
        file.map_or_else(|| "对照的数据".to_owned(), |file| format!("上年的数据（{file}）"));
    let message = format!("机关全称是“{name}”，{whose}是“{before}”的");
    let at = place(if is_named { "report.previous" } else { "agency.name" });
    let finding = findings.report_as(Severity::Hint, at, message, "机关全称不同");
    if is_named {
        finding.related.push(Label::new(place("agency.name"), ""));
    }
    finding.help.push("机关更名、合并、划转的，不用改；拿错文件的，换成本机关的".to_owned());
}

fn place(path: &str) -> Place {
    Place::Value(FieldPath::new(path))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{report_of_last_year, run_given};
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
    fn a_report_put_beside_another_year_is_not_wrong() {
        let last = report_of_last_year("[agency]\nname = \"某某市文化局\"\n");
        let text = "format = \"2021\"\n[report]\nyear = 2024\n[agency]\nname = \"某某县文化局\"\n";
        let found = run_given(&RULE, &SourceFile::parse("t", text), Some(&last));
        let messages: Vec<&str> = found.iter().map(|finding| finding.message.as_str()).collect();
        assert_eq!(
            messages,
            [
                "对照的是 2022 年的数据，不是上年（2023 年）的，没有作跨年检查",
                "机关全称是“某某县文化局”，对照的数据是“某某市文化局”的",
            ]
        );
        assert!(found.iter().all(|finding| finding.severity == crate::diag::Severity::Hint));
    }

    #[test]
    fn the_year_before_of_the_same_body() {
        let agency = "[agency]\nname = \"某某市文化局\"\n";
        let this = format!("[report]\nyear = 2023\nprevious = \"a.toml\"\n{agency}");
        assert_eq!(found(agency, &this), Vec::<String>::new());
        assert_eq!(found("", "[report]\nprevious = \"a.toml\"\n"), Vec::<String>::new());
    }
}
