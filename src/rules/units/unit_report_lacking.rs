//! NB902: every unit on the list has a report that can be added.

use crate::diag::{Place, Severity};
use crate::edition::Edition;
use crate::law::{self, Authority};
use crate::report::{FieldPath, Report};
use crate::rules::{Docs, Findings, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB902",
    name: "unit-report-lacking",
    title: "下级单位的报告没有报齐",
    severity: Severity::Warning,
    fixed: false,
    authority: Authority::Law,
    basis: &[law::REGULATION_49],
    editions: Edition::ALL,
    docs: Docs {
        what: "写了 [report] units（下级单位名单）的报告，名单上应报的单位是否都有能够计入的报告：文件在，没有错误，机关、年度和格式都对。",
        why: "《条例》第四十九条规定县级以上人民政府部门每年1月31日前提交本机关的报告。缺一个单位，合计就不完整。",
        example: "[report]\nunits = \"units.toml\"        # 名单上的某某局没有数据文件",
        corrected: "[report]\nunits = \"units.toml\"        # 某某局已经补报",
    },
    check,
};

/// The number of units that are named; the others are counted.
const NAMED: usize = 6;

fn check(_: &Report, findings: &mut Findings<'_>) {
    let Some(children) = findings.children() else { return };
    let lacking: Vec<String> = children
        .lacking()
        .map(|standing| format!("{}（{}）", children.name(standing.unit), standing.state.name()))
        .collect();
    if lacking.is_empty() {
        return;
    }
    let due = children
        .standings
        .iter()
        .filter(|s| s.contained_in.is_none() && (s.state.is_good() || s.state.is_lacking()));
    let named = lacking[..lacking.len().min(NAMED)].join("、");
    let more = if lacking.len() > NAMED { "等" } else { "" };
    let message =
        format!("应报的 {} 个单位中有 {} 个没有计入：{named}{more}", due.count(), lacking.len());
    findings
        .report(Place::Value(FieldPath::new("report.units")), message, "合计不完整")
        .help
        .push("催报或者请单位改正后再核对；用 nianbao sum 名单 查看每个单位的情况".to_owned());
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::check_units;

    #[test]
    fn a_unit_without_a_report_is_named() {
        check_units(
            &RULE,
            "",
            &["[disclosure]\nlicences = 1\n", ""],
            "#< 应报的 2 个单位中有 1 个没有计入：乙局（未报）\n",
        );
        check_units(
            &RULE,
            "",
            &["[disclosure]\nlicences = 1\n", "[disclosure]\nlicence = 1\n"],
            "#< 乙局（有1处错误）\n",
        );
        check_units(
            &RULE,
            "",
            &["[disclosure]\nlicences = 1\n", "[agency]\nname = \"丁局\"\n"],
            "#< 乙局（是“丁局”的）\n",
        );
    }

    #[test]
    fn all_have_reported() {
        check_units(&RULE, "", &["[disclosure]\nlicences = 1\n", "[other]\n"], "");
    }
}
