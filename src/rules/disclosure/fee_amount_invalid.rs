//! NB203: the fees of table 1 are an amount of money.

use crate::diag::{Place, Severity};
use crate::edition::{Edition, NumberKind};
use crate::law::{self, Authority};
use crate::report::{Disclosure, Entry, Report};
use crate::rules::{Docs, Findings, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB203",
    name: "fee-amount-invalid",
    title: "主动公开情况表中的金额不是数",
    severity: Severity::Error,
    fixed: true,
    authority: Authority::Arithmetic,
    basis: &[law::FORMAT_2021_TABLE_1],
    editions: Edition::ALL,
    docs: Docs {
        what: "行政事业性收费的金额（单位：万元）是否为不小于零的数，小数位数按填写的保留；2019 格式的采购总金额也一样。",
        why: "这一格是金额；负数和文字不是金额。",
        example: "[disclosure]\nfees = \"1725.6168万元\"",
        corrected: "[disclosure]\nfees = 1725.6168",
    },
    check,
};

fn check(report: &Report, findings: &mut Findings<'_>) {
    let form = &report.form().disclosure;
    for (row, column) in form.cells().filter(|(_, column)| column.kind() == NumberKind::Amount) {
        let Entry::Unusable(typed) = report.disclosure.entry(row, column) else { continue };
        let wrong = if typed.starts_with(['"', '\'']) {
            format!("写的是文字 {typed}，应是数字")
        } else if typed.starts_with('-') {
            format!("写的是负数 {typed}，金额不能小于零")
        } else if is_plain(typed) {
            format!("{typed} 太大或者小数位太多，不可能是金额")
        } else {
            format!("{typed} 不是金额")
        };
        let message =
            format!("“{}”{}：{wrong}", form.row_label(row), form.column_label(row, column));
        let (label, unit) = match column.unit() {
            Some(unit) => (format!("应是以{unit}为单位的数"), format!("，单位是{unit}")),
            None => ("应是一个数".to_owned(), "，单位写在备注里".to_owned()),
        };
        let place = Place::Value(Disclosure::path(row, column));
        let finding = findings.report(place, message, label);
        finding.help.push(format!("只写数字{unit}，小数照写，例如 1725.6168；没有的填 0"));
    }
}

/// True if it is written as an amount is.
fn is_plain(typed: &str) -> bool {
    typed.bytes().all(|b| b.is_ascii_digit() || b"._+".contains(&b))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::check;

    #[test]
    fn text_and_negative_amounts() {
        check(&RULE, "[disclosure]\nfees = \"1725万元\"\n#      ^ 写的是文字\n");
        check(&RULE, "[disclosure]\nfees = -3.5\n#      ^ 写的是负数 -3.5\n");
        check(&RULE, "[disclosure]\nfees = 1000000000000.5\n#      ^ 太大或者小数位太多\n");
        check(&RULE, "[disclosure]\nfees = inf\n#      ^ inf 不是金额\n");
    }

    #[test]
    fn any_number_of_decimals_is_right() {
        check(&RULE, "[disclosure]\nfees = 1725.6168\n");
        check(&RULE, "[disclosure]\nfees = 3297\n");
        check(&RULE, "[disclosure]\nfees = 0.50\n");
    }
}
