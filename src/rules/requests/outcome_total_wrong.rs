//! NB303: the outcomes add up to their total.

use crate::diag::Severity;
use crate::edition::{Edition, RequestRow};
use crate::law::{self, Authority};
use crate::report::Report;
use crate::rules::machinery::equations::EquationKind;
use crate::rules::machinery::sums;
use crate::rules::{Docs, Findings, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB303",
    name: "outcome-total-wrong",
    title: "办理结果各行相加不等于“（七）总计”",
    severity: Severity::Error,
    fixed: true,
    authority: Authority::Arithmetic,
    basis: &[law::FORMAT_2021_TABLE_2],
    editions: Edition::ALL,
    docs: Docs {
        what: "“收到和处理政府信息公开申请情况”表的七列数据，每一列从“（一）予以公开”到“（六）其他处理”各行相加是否等于“（七）总计”。“（七）总计”一行不写时由程序相加。",
        why: "“（七）总计”是本年度各种办理结果的总数，每件申请只计一种结果。",
        example: "[requests.outcome]\ngranted        = [0, 0, 0, 0, 1, 0]\ntotal          = 0",
        corrected: "[requests.outcome]\ngranted        = [0, 0, 0, 0, 1, 0]\ntotal          = [0, 0, 0, 0, 1, 0]",
    },
    check,
};

fn check(report: &Report, findings: &mut Findings<'_>) {
    sums::requests(
        report,
        findings,
        |kind| matches!(kind, EquationKind::Outcome(_)),
        |form, kind, left, right| {
            let EquationKind::Outcome(column) = kind else { return String::new() };
            let column = form.requests.column_label(column);
            let total = form.requests.row_label(RequestRow::OutcomeTotal);
            format!("“{column}”一列：各种办理结果相加是 {left}，“{total}”写的是 {right}")
        },
    );
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, zero_rows};

    #[test]
    fn a_total_of_zero_beside_one_result() {
        let rows = zero_rows().replace(
            "partly_granted = 0\n",
            "partly_granted = [0, 0, 0, 0, 1, 0, 1]\ntotal = [0, 0, 0, 0, 0, 0, 0]\n\
             #                    ^ “法律服务机构”一列：各种办理结果相加是 1，“（七）总计”写的是 0\n\
             #                          ^ 应为 1\n",
        );
        let rows = rows.replace("received = 0\n", "received = [0, 0, 0, 0, 1, 0, 1]\n");
        check(&RULE, &rows);
    }

    #[test]
    fn a_total_left_out_is_added_up() {
        check(
            &RULE,
            &zero_rows().replace("partly_granted = 0\n", "partly_granted = [5, 0, 0, 0, 1, 0]\n"),
        );
    }
}
