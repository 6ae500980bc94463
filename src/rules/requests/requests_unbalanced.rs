//! NB302: received and carried in equal handled and carried out.

use crate::diag::Severity;
use crate::edition::Edition;
use crate::law::{self, Authority};
use crate::report::Report;
use crate::rules::machinery::equations::EquationKind;
use crate::rules::machinery::sums;
use crate::rules::{Docs, Findings, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB302",
    name: "requests-unbalanced",
    title: "申请情况表的勾稽关系不成立",
    severity: Severity::Error,
    fixed: true,
    authority: Authority::Notice,
    basis: &[law::FORMAT_2021_TABLE_2],
    editions: Edition::ALL,
    docs: Docs {
        what: "“收到和处理政府信息公开申请情况”表的七列数据，每一列的“一、本年新收”加“二、上年结转”是否等于“（七）总计”加“四、结转下年度”。",
        why: "表头写明“本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和”。收进来的申请要么办结，要么结转，一件都不会消失。",
        example: "[requests]\nreceived    = [3, 0, 0, 0, 0, 0]\ncarried_in  = [1, 0, 0, 0, 0, 0]\ncarried_out = 0\n[requests.outcome]\ntotal       = [3, 0, 0, 0, 0, 0]",
        corrected: "[requests]\nreceived    = [3, 0, 0, 0, 0, 0]\ncarried_in  = [1, 0, 0, 0, 0, 0]\ncarried_out = [1, 0, 0, 0, 0, 0]\n[requests.outcome]\ntotal       = [3, 0, 0, 0, 0, 0]",
    },
    check,
};

fn check(report: &Report, findings: &mut Findings<'_>) {
    sums::requests(
        report,
        findings,
        |kind| matches!(kind, EquationKind::Balance(_)),
        |form, kind, left, right| {
            let EquationKind::Balance(column) = kind else { return String::new() };
            let column = form.requests.column_label(column);
            format!(
                "“{column}”一列：本年新收与上年结转合计 {left} 件，办理结果总计与结转下年度合计 {right} 件，两者应相等"
            )
        },
    );
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::check;

    #[test]
    fn one_request_lost() {
        check(
            &RULE,
            r"
[requests]
received    = [3, 0, 0, 0, 0, 0]
carried_in  = [1, 0, 0, 0, 0, 0]
carried_out = 0
[requests.outcome]
total       = [3, 0, 0, 0, 0, 0]
#              ^ “自然人”一列：本年新收与上年结转合计 4 件，办理结果总计与结转下年度合计 3 件
",
        );
    }

    #[test]
    fn every_request_accounted_for() {
        check(
            &RULE,
            r"
[requests]
received    = [3, 0, 0, 0, 2, 0]
carried_in  = [1, 0, 0, 0, 0, 0]
carried_out = [0, 0, 0, 0, 2, 0]
[requests.outcome]
total       = [4, 0, 0, 0, 0, 0]
",
        );
    }

    #[test]
    fn a_figure_left_out_is_not_taken_for_zero() {
        check(
            &RULE,
            "[requests]\nreceived = [3, 0, 0, 0, 0, 0]\ncarried_in = 0\n[requests.outcome]\ntotal = 0\n",
        );
    }
}
