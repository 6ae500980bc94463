//! NB504: every rate of the tariff is a multiple of ten yuan.

use crate::diag::{Place, Severity};
use crate::edition::Edition;
use crate::law::{self, Authority};
use crate::report::{FieldPath, Money, Report};
use crate::rules::{Docs, Findings, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB504",
    name: "handling-fee-not-tariff",
    title: "信息处理费不是收费标准能算出的数",
    severity: Severity::Hint,
    fixed: false,
    authority: Authority::Notice,
    basis: &[law::FEE_2020_TARIFF],
    editions: Edition::Y2021.and_later(),
    docs: Docs {
        what: "信息处理费的金额（元）是否为 10 的整数倍。",
        why: "按件计收每件 100 元起，按量计收每页 10 元起，各档都是 10 元的整数倍；不是整数倍的，常常是单位弄错或者抄错。",
        example: "[other]\nhandling_fee = { notices = 3, amount = 605 }",
        corrected: "[other]\nhandling_fee = { notices = 3, amount = 600 }",
    },
    check,
};

fn check(report: &Report, findings: &mut Findings<'_>) {
    let amount = report.other.handling_fee.as_ref().and_then(|fee| fee.amount.value());
    let Some(amount) = amount else { return };
    if amount.checked_rem(Money::TEN).is_none_or(|rest| rest == Money::ZERO) {
        return;
    }
    findings
        .report(
            Place::Value(FieldPath::new("other.handling_fee.amount")),
            format!("信息处理费 {amount} 元，不是 10 元的整数倍"),
            "单位是元",
        )
        .help
        .push("按收费通知逐件核对金额；单位应为元".to_owned());
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::check;

    #[test]
    fn an_amount_that_no_rate_gives() {
        check(
            &RULE,
            "[other]\nhandling_fee = { notices = 3, amount = 0.06 }\n#                                      ^ 不是 10 元的整数倍\n",
        );
    }

    #[test]
    fn an_amount_of_the_tariff() {
        check(&RULE, "[other]\nhandling_fee = { notices = 3, amount = 1340 }\n");
        check(&RULE, "[other]\nhandling_fee = { notices = 0, amount = 0 }\n");
    }
}
