//! NB206: fees are given in ten-thousands of yuan.

use crate::diag::{Place, Severity};
use crate::edition::{DisclosureColumn, DisclosureRow, Edition};
use crate::law::{self, Authority};
use crate::report::{Agency, AgencyKind, AgencyLevel, Disclosure, FieldPath, Money, Report};
use crate::rules::machinery::last_year;
use crate::rules::{Docs, Findings, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB206",
    name: "fee-unit-suspect",
    title: "行政事业性收费像是以元为单位填写的",
    severity: Severity::Hint,
    fixed: false,
    authority: Authority::Practice,
    basis: &[law::FORMAT_2021_TABLE_1, law::PRACTICE],
    editions: Edition::Y2021.and_later(),
    docs: Docs {
        what: "“行政事业性收费”是否达到 1 000 000 万元（一百亿元），市级部门五十亿元，县级政府三十亿元、部门十亿元，乡级一亿元；给出上一年度数据文件时，是否达到 50 万元并且是上年的一百倍以上。",
        why: "本格单位是万元；达到这样数额的极少，多半是按元填写，大了一万倍。",
        example: "[disclosure]\nfees = 17256168",
        corrected: "[disclosure]\nfees = 1725.6168",
    },
    check,
};

/// The amount in ten-thousands of yuan from which the unit is doubted, by the level of the body and by whether
/// it is one office or a whole government; far beyond what such bodies collect.
fn suspect(agency: &Agency) -> u32 {
    const MOST: u32 = 1_000_000;
    let is_office = agency.kind.is_some_and(|kind| kind != AgencyKind::Government);
    match agency.level {
        Some(AgencyLevel::State | AgencyLevel::Province) | None => MOST,
        Some(AgencyLevel::City) => {
            if is_office {
                500_000
            } else {
                MOST
            }
        }
        Some(AgencyLevel::County) => {
            if is_office {
                100_000
            } else {
                300_000
            }
        }
        Some(AgencyLevel::Township) => 10_000,
    }
}

/// The multiple of last year's amount that makes the unit doubtful.
const TIMES: u32 = 100;
/// A smaller amount, in ten-thousands of yuan, may well be a hundred times hardly anything.
const LITTLE: u32 = 50;

/// The figure that is doubted.
pub(in crate::rules) fn path() -> FieldPath {
    Disclosure::path(DisclosureRow::Fees, DisclosureColumn::Amount)
}

/// True if the amount is beyond what is likely, in itself or against the year before.
pub(in crate::rules) fn is_found(report: &Report, last: Option<&Report>) -> bool {
    let Some(fees) = report.disclosure.fees() else { return false };
    fees >= Money::from(suspect(&report.agency))
        || last.and_then(amount).is_some_and(|last| is_jump(fees, last))
}

fn is_jump(fees: Money, last: Money) -> bool {
    let limit = last.checked_mul(Money::from(TIMES));
    !last.is_zero() && fees >= Money::from(LITTLE) && limit.is_some_and(|limit| fees > limit)
}

fn amount(report: &Report) -> Option<Money> {
    report.disclosure.fees()
}

fn check(report: &Report, findings: &mut Findings<'_>) {
    let last =
        findings.last_year(report).filter(|last| last_year::is_comparable(report, last, &path()));
    let Some(fees) = amount(report).filter(|_| is_found(report, last)) else { return };
    let in_ten_thousands = fees.checked_div(Money::from(10_000)).unwrap_or(fees).normalize();
    let jump = last.and_then(amount).filter(|last| is_jump(fees, *last));
    let compared = match jump {
        Some(last) => format!("，是上年 {last} 万元的一百倍以上"),
        None => format!("，合 {in_ten_thousands} 亿元"),
    };
    let label = report.form().disclosure.row_label(DisclosureRow::Fees);
    let message = format!("{label}填了 {fees}，本格单位是万元{compared}");
    let finding = findings.report(Place::Value(path()), message, "单位是万元");
    if let Some(last) = jump {
        last_year::relate(report, finding, format!("其中{label} {last}"));
    }
    finding.help.push(format!("如果 {fees} 是以元为单位的数，改为 {in_ten_thousands}"));
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, check_years};

    #[test]
    fn yuan_typed_for_ten_thousands() {
        check(&RULE, "[disclosure]\nfees = 17256168\n#      ^ 改为 1725.6168\n");
    }

    #[test]
    fn a_great_city_takes_much() {
        check(&RULE, "[disclosure]\nfees = 96171.6\n");
    }

    #[test]
    fn what_is_likely_depends_on_the_level_of_the_body() {
        let of = |kind: &str, level: &str| {
            format!(
                "[agency]\nkind = \"{kind}\"\nlevel = \"{level}\"\n[disclosure]\nfees = 250000\n"
            )
        };
        check(&RULE, &of("government", "city"));
        check(&RULE, &of("government", "county"));
        check(&RULE, &format!("{}#      ^ 合 25 亿元\n", of("department", "county")));
        check(&RULE, &format!("{}#      ^ 合 25 亿元\n", of("government", "township")));
    }

    #[test]
    fn a_hundred_times_last_year() {
        check_years(
            &RULE,
            "[disclosure]\nfees = 12.5\n",
            "[disclosure]\nfees = 131000\n#      ^ 是上年 12.5 万元的一百倍以上\n",
        );
        check_years(&RULE, "[disclosure]\nfees = 0.2\n", "[disclosure]\nfees = 45\n");
        check_years(&RULE, "[disclosure]\nfees = 0\n", "[disclosure]\nfees = 131000\n");
        check_years(&RULE, "", "[disclosure]\nfees = 131000\n");
    }
}
