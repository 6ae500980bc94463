//! NB308: outcomes so rare that they may have been put in the wrong row.

use crate::diag::{Place, Severity};
use crate::edition::{Edition, RequestColumn, RequestRow};
use crate::law::{self, Authority};
use crate::report::{Report, Requests};
use crate::rules::{Docs, Findings, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB308",
    name: "rare-outcome",
    title: "少见的办理结果",
    severity: Severity::Hint,
    fixed: false,
    authority: Authority::Practice,
    basis: &[law::REGULATION_14, law::REGULATION_35, law::PRACTICE],
    editions: Edition::ALL,
    docs: Docs {
        what: "“属于国家秘密”和“无正当理由大量反复申请”两行的总计超过“（七）总计”的五十分之一时提示核对；总计没有填写的，大于 0 就提示。",
        why: "这两种结果很少见：以国家秘密不予公开的，一般有定密依据；申请数量、频次明显超过合理范围的，依《条例》第三十五条可以要求申请人说明理由，理由不合理的才不予处理。填在这里的常常属于别的行。五十分之一是经验，不是规定，属实的不用改。",
        example: "[requests.outcome.refused]\nstate_secret = [2, 0, 0, 0, 0, 0]",
        corrected: "[requests.outcome.refused]\nstate_secret = 0\ninternal_affairs = [2, 0, 0, 0, 0, 0]",
    },
    check,
};

/// At most one outcome in so many says nothing.
const SELDOM: u64 = 50;

fn check(report: &Report, findings: &mut Findings<'_>) {
    let table = &report.form().requests;
    for (row, help) in [
        (RequestRow::StateSecret, "确认各件都有定密依据；只是不宜公开的，归入相应的行"),
        (
            RequestRow::Excessive,
            "确认已要求申请人说明理由且理由不合理；同一内容再次申请的，归入“重复申请”",
        ),
    ] {
        let Some(count) = report.requests.count(table, row, RequestColumn::Total) else { continue };
        // One in fifty and fewer is what a body with many applications must expect.
        let of = report.requests.count(table, RequestRow::OutcomeTotal, RequestColumn::Total);
        if count == 0 || of.is_some_and(|of| count.saturating_mul(SELDOM) <= of) {
            continue;
        }
        let label = report.form().requests.row_name(row);
        findings
            .report(
                Place::Value(Requests::path(row, RequestColumn::Total)),
                format!("“{label}”{count} 件，这种结果少见，请核对归类"),
                "少见",
            )
            .help
            .push(help.to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::check;

    #[test]
    fn s000_23_two_state_secrets() {
        check(
            &RULE,
            r"
[requests.outcome.refused]
state_secret = [2, 0, 0, 0, 0, 0, 2]
#                                 ^ “（三）不予公开 1.属于国家秘密”2 件
[requests.outcome.not_processed]
excessive = 0
",
        );
    }

    #[test]
    fn few_of_many() {
        let file = |secret: u64, mark: &str, total: u64| {
            format!(
                "[requests.outcome.refused]\nstate_secret = [{secret}, 0, 0, 0, 0, 0, {secret}]\n{mark}[requests.outcome]\ntotal = [{total}, 0, 0, 0, 0, 0]\n"
            )
        };
        check(&RULE, &file(4, "", 3500));
        check(&RULE, &file(4, "#                                 ^ 4 件\n", 150));
    }

    #[test]
    fn none_of_either() {
        check(&RULE, "[requests.outcome.refused]\nstate_secret = 0\n");
    }
}
