//! NB503: the handling fee is a fee, too, so that all fees together are hardly less.

use crate::diag::{Label, Place, Severity};
use crate::edition::{DisclosureRow, Edition};
use crate::law::{self, Authority};
use crate::report::{FieldPath, Money, Report};
use crate::rules::{Docs, Findings, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB503",
    name: "handling-fee-exceeds-fees",
    title: "信息处理费多于行政事业性收费总额",
    severity: Severity::Hint,
    fixed: false,
    authority: Authority::Practice,
    basis: &[law::FEE_2020, law::FORMAT_2021_TABLE_1, law::PRACTICE],
    editions: Edition::Y2021.and_later(),
    docs: Docs {
        what: "第六部分的信息处理费（元）折成万元后，是否不超过第二部分表中的行政事业性收费（万元）。",
        why: "信息处理费属于行政事业性收费。国家没有写明它一定计入表中这一格，但第六部分的数比表中的收费总额还大，常常是单位弄错，或者表中没有计入。",
        example: "[disclosure]\nfees = 0\n[other]\nhandling_fee = { notices = 3, amount = 600 }",
        corrected: "[disclosure]\nfees = 0.06\n[other]\nhandling_fee = { notices = 3, amount = 600 }",
    },
    check,
};

fn check(report: &Report, findings: &mut Findings<'_>) {
    let amount = report.other.handling_fee.as_ref().and_then(|fee| fee.amount.value());
    let (Some(amount), Some(fees)) = (amount, report.disclosure.fees()) else { return };
    let Some(limit) = fees.checked_mul(Money::from(10_000)) else { return };
    if *amount <= limit {
        return;
    }
    let label = report.form().disclosure.row_label(DisclosureRow::Fees);
    let finding = findings.report(
        Place::Value(FieldPath::new("other.handling_fee.amount")),
        format!("信息处理费 {amount} 元，多于{label} {fees} 万元"),
        "单位是元",
    );
    finding
        .related
        .push(Label::new(Place::Value(FieldPath::new("disclosure.fees")), format!("{fees} 万元")));
    finding.help.push("核对两处的单位；表中没有计入信息处理费的，用备注说明一句".to_owned());
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::check;

    #[test]
    fn six_hundred_yuan_of_nothing() {
        check(
            &RULE,
            r"
[disclosure]
fees = 0
[other]
handling_fee = { notices = 3, amount = 600 }
#                                      ^ 多于行政事业性收费 0 万元
",
        );
    }

    #[test]
    fn counted_among_the_fees() {
        check(
            &RULE,
            "[disclosure]\nfees = 0.06\n[other]\nhandling_fee = { notices = 3, amount = 600 }\n",
        );
        check(&RULE, "[other]\nhandling_fee = { notices = 3, amount = 600 }\n");
    }
}
