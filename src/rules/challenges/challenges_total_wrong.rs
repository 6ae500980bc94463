//! NB402: the results of each kind of proceeding add up to its total.

use crate::diag::Severity;
use crate::edition::Edition;
use crate::law::{self, Authority};
use crate::report::Report;
use crate::rules::machinery::equations::EquationKind;
use crate::rules::machinery::sums;
use crate::rules::{Docs, Findings, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB402",
    name: "challenges-total-wrong",
    title: "复议或诉讼各结果相加不等于总计",
    severity: Severity::Error,
    fixed: true,
    authority: Authority::Arithmetic,
    basis: &[law::FORMAT_2021_TABLE_3],
    editions: Edition::ALL,
    docs: Docs {
        what: "行政复议、未经复议直接起诉、复议后起诉三组数据，每组的结果维持、结果纠正、其他结果、尚未审结相加是否等于总计。总计不写时由程序相加。",
        why: "每组的“总计”是前四项相加，尚未审结的也计在内；已公布的报告都是这样填的。",
        example: "[challenges]\nreconsideration = [12, 8, 1, 12, 21]",
        corrected: "[challenges]\nreconsideration = [12, 8, 1, 12, 33]",
    },
    check,
};

fn check(report: &Report, findings: &mut Findings<'_>) {
    sums::challenges(report, findings, |form, kind, left, right| {
        let EquationKind::Proceeding(proceeding) = kind else { return String::new() };
        format!(
            "“{}”：各结果与尚未审结相加是 {left}，总计写的是 {right}",
            form.challenges.proceeding_label(proceeding)
        )
    });
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::check;

    #[test]
    fn a_total_without_the_pending_cases() {
        check(
            &RULE,
            r"
[challenges]
reconsideration = [12, 8, 1, 12, 21]
#                                ^ “行政复议”：各结果与尚未审结相加是 33，总计写的是 21
",
        );
    }

    #[test]
    fn totals_that_add_up_or_are_left_out() {
        check(
            &RULE,
            "[challenges]\nreconsideration = [12, 8, 1, 12, 33]\nlitigation_direct = [11, 3, 4, 0]\n",
        );
    }
}
