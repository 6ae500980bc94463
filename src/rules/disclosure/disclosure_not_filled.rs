//! NB201: every figure of table 1 is there.

use crate::diag::{Place, Severity};
use crate::edition::{Axis, Edition};
use crate::law::{self, Authority};
use crate::report::{Disclosure, Report};
use crate::rules::{Docs, Findings, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB201",
    name: "disclosure-not-filled",
    title: "主动公开情况表有数据未填",
    severity: Severity::Error,
    fixed: true,
    authority: Authority::Notice,
    basis: &[law::FORMAT_2021_CONTENTS, law::FORMAT_2021_TABLE_1],
    editions: Edition::ALL,
    docs: Docs {
        what: "“主动公开政府信息情况”表的各个数据是否都已填写。",
        why: "格式文件要求内容“不能遗漏”。没有填的格子分不清是零还是漏填，所以按“未填”处理，不等于 0，程序不会替您补 0；没有发生的填 0。",
        example: "[disclosure]\nnormative_documents = { issued = 2, in_force = 45 }",
        corrected: "[disclosure]\nnormative_documents = { issued = 2, repealed = 0, in_force = 45 }",
    },
    check,
};

fn check(report: &Report, findings: &mut Findings<'_>) {
    if report.disclosure.is_empty() {
        return; // The whole section is missing, which is NB001's business.
    }
    for block in report.form().disclosure.blocks {
        for (row, label) in block.rows {
            let absent: Vec<_> = block
                .columns
                .iter()
                .filter(|(column, _)| {
                    report.disclosure.entry(*row, *column).is_absent()
                        && !report.is_unclear(&Disclosure::path(*row, *column))
                })
                .collect();
            let Some((column, _)) = absent.first() else { continue };
            let path = if absent.len() < block.columns.len() {
                Disclosure::path(*row, *column)
            } else {
                Disclosure::row_path(*row)
            };
            let labels: Vec<&str> = absent.iter().map(|(_, label)| *label).collect();
            let message = format!("“{label}”没有填写：{}", labels.join("、"));
            let finding = findings.report(Place::Value(path.clone()), message, "");
            let keys: Vec<String> =
                absent.iter().map(|(column, _)| format!("{} = …", column.key())).collect();
            finding.help.push(if absent.len() < block.columns.len() {
                format!("在 {} 的花括号里补上 {}；没有发生的填 0", row.key(), keys.join(", "))
            } else {
                let value = if block.columns.len() == 1 {
                    "…".to_owned()
                } else {
                    format!("{{ {} }}", keys.join(", "))
                };
                format!("在 [disclosure] 之下写 {} = {value}；没有发生的填 0", row.key())
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::check;

    #[test]
    fn one_cell_and_one_row_left_out() {
        check(
            &RULE,
            r"
[disclosure]
#^ “行政强制”没有填写：本年处理决定数量
regulations = 0
normative_documents = { issued = 2, in_force = 45 }
#< “行政规范性文件”没有填写：本年废止件数
licences = 0
penalties = 0
fees = 1725.6168
",
        );
    }

    #[test]
    fn a_zero_is_a_figure() {
        check(
            &RULE,
            "[disclosure]\nregulations = 0\nnormative_documents = 0\nlicences = 0\npenalties = 0\n\
             coercive_measures = 0\nfees = 0\n",
        );
    }
}
