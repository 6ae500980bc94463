//! NB304: the kinds of applicants add up to the total of their row.

use crate::diag::Severity;
use crate::edition::Edition;
use crate::law::{self, Authority};
use crate::report::Report;
use crate::rules::machinery::equations::EquationKind;
use crate::rules::machinery::sums;
use crate::rules::{Docs, Findings, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB304",
    name: "row-total-wrong",
    title: "各类申请人相加不等于一行的总计",
    severity: Severity::Error,
    fixed: true,
    authority: Authority::Arithmetic,
    basis: &[law::FORMAT_2021_TABLE_2],
    editions: Edition::ALL,
    docs: Docs {
        what: "“收到和处理政府信息公开申请情况”表的每一行，自然人和法人或其他组织五类相加是否等于“总计”。总计不写时由程序相加。",
        why: "“总计”一列是六类申请人的合计。",
        example: "[requests.outcome.unavailable]\nnot_held = [27, 0, 0, 0, 8, 2, 25]",
        corrected: "[requests.outcome.unavailable]\nnot_held = [27, 0, 0, 0, 8, 2, 37]",
    },
    check,
};

fn check(report: &Report, findings: &mut Findings<'_>) {
    sums::requests(
        report,
        findings,
        |kind| matches!(kind, EquationKind::Row(_)),
        |form, kind, left, right| {
            let EquationKind::Row(row) = kind else { return String::new() };
            format!(
                "“{}”一行：各类申请人相加是 {left}，总计写的是 {right}",
                form.requests.row_name(row)
            )
        },
    );
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::check;

    #[test]
    fn a_row_that_does_not_add_up() {
        check(
            &RULE,
            r"
[requests]
received = [107, 0, 0, 0, 12, 9, 118]
#                                ^ “一、本年新收政府信息公开申请数量”一行：各类申请人相加是 128，总计写的是 118
",
        );
    }

    #[test]
    fn a_total_left_out_is_added_up() {
        check(
            &RULE,
            "[requests]\nreceived = [107, 0, 0, 0, 12, 9]\ncarried_in = [1, 2, 3, 4, 5, 6, 21]\n",
        );
    }
}
