//! NB202: the counts of table 1 are whole numbers not below zero.

use crate::diag::{Place, Severity};
use crate::edition::{Edition, NumberKind};
use crate::law::{self, Authority};
use crate::report::{Disclosure, Entry, Report};
use crate::rules::machinery::cells::{not_a_change, not_a_count};
use crate::rules::{Docs, Findings, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB202",
    name: "disclosure-count-invalid",
    title: "主动公开情况表的件数不是整数",
    severity: Severity::Error,
    fixed: true,
    authority: Authority::Arithmetic,
    basis: &[law::FORMAT_2021_TABLE_1],
    editions: Edition::ALL,
    docs: Docs {
        what: "规章、行政规范性文件的件数和行政许可、行政处罚、行政强制的决定数量是否为不小于零的整数；2019 格式的“本年增/减”是否为整数。",
        why: "这些都是件数；负数、小数和带单位的文字不可能是件数，多半是录入或粘贴时出错。",
        example: "[disclosure]\nlicences = -32",
        corrected: "[disclosure]\nlicences = 32",
    },
    check,
};

fn check(report: &Report, findings: &mut Findings<'_>) {
    let form = &report.form().disclosure;
    for (row, column) in form.cells() {
        let Entry::Unusable(typed) = report.disclosure.entry(row, column) else { continue };
        let ((wrong, help), due) = match column.kind() {
            NumberKind::Count => (not_a_count(typed), "应是不小于零的整数"),
            NumberKind::Change => (not_a_change(typed), "应是整数，增写 +，减写 -"),
            NumberKind::Amount => continue, // NB203's business
        };
        let message =
            format!("“{}”{}：{wrong}", form.row_label(row), form.column_label(row, column));
        let place = Place::Value(Disclosure::path(row, column));
        findings.report(place, message, due).help.push(help);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::check;

    #[test]
    fn negative_fraction_text_and_far_too_large() {
        check(
            &RULE,
            r#"
[disclosure]
normative_documents = { issued = -2, repealed = 0, in_force = 4.5 }
#                                ^ 写的是负数 -2
#                                                             ^ 4.5 带小数
licences = "32510"
#          ^ 写的是文字 "32510"
penalties = 99999999999999999999
#           ^ 太大
coercive_measures = 0
fees = -1
"#,
        );
    }

    #[test]
    fn a_change_in_words_or_with_decimals() {
        check(
            &RULE,
            r#"
format = "2019"
[disclosure]
licences = { items_last_year = 120, change = "增3", decisions_made = 50 }
#                                            ^ 写的是文字 "增3"
penalties = { items_last_year = 120, change = -1.5, decisions_made = -1 }
#                                             ^ -1.5 带小数
#                                                                    ^ 写的是负数 -1
"#,
        );
    }

    #[test]
    fn a_change_with_or_without_its_sign() {
        check(
            &RULE,
            "format = \"2019\"\n[disclosure]\nlicences = { items_last_year = 12, change = +1036, decisions_made = 5 }\n\
             penalties = { items_last_year = 12, change = -2, decisions_made = 5 }\n\
             fees = { items_last_year = 12, change = 0 }\n",
        );
    }

    #[test]
    fn whole_numbers_are_silent() {
        check(&RULE, "[disclosure]\nlicences = 32_510\npenalties = 0\n");
    }
}
