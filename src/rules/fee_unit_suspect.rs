//! NB206: fees are given in ten-thousands of yuan.

use super::{Docs, Findings, Rule};
use crate::diag::{Place, Severity};
use crate::edition::Edition;
use crate::law;
use crate::report::{FieldPath, Money, Report};

pub(super) static RULE: Rule = Rule {
    code: "NB206",
    name: "fee-unit-suspect",
    title: "行政事业性收费像是以元为单位填写的",
    severity: Severity::Hint,
    basis: &[law::FORMAT_2021_TABLE_1],
    editions: &[Edition::Y2021],
    docs: Docs {
        what: "“行政事业性收费”是否达到 1 000 000 万元（一百亿元）。",
        why: "本格单位是万元；达到一百亿元的极少，多半是按元填写，大了一万倍。",
        example: "[disclosure]\nfees = 17256168",
        corrected: "[disclosure]\nfees = 1725.6168",
    },
    check,
};

/// The amount in ten-thousands of yuan from which the unit is doubted.
const SUSPECT: u32 = 1_000_000;

fn check(report: &Report, findings: &mut Findings<'_>) {
    let Some(fees) = report.disclosure.fees() else { return };
    if fees < Money::from(SUSPECT) {
        return;
    }
    let in_ten_thousands = fees.checked_div(Money::from(10_000)).unwrap_or(fees).normalize();
    findings
        .report(
            Place::Value(FieldPath::new("disclosure.fees")),
            format!("行政事业性收费填了 {fees}，本格单位是万元，合 {in_ten_thousands} 亿元"),
            "单位是万元",
        )
        .help
        .push(format!("如果 {fees} 是以元为单位的数，改为 {in_ten_thousands}"));
}

#[cfg(test)]
mod tests {
    use super::super::testing::check;
    use super::RULE;

    #[test]
    fn yuan_typed_for_ten_thousands() {
        check(&RULE, "[disclosure]\nfees = 17256168\n#      ^ 改为 1725.6168\n");
    }

    #[test]
    fn a_great_city_takes_much() {
        check(&RULE, "[disclosure]\nfees = 96171.6\n");
    }
}
