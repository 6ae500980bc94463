//! NB401: every figure of table 3 is there and is a count.

use crate::diag::{Place, Severity};
use crate::edition::{Axis, ChallengeColumn, Edition, Proceeding};
use crate::law::{self, Authority};
use crate::report::{Challenges, Entry, Report};
use crate::rules::machinery::cells::not_a_count;
use crate::rules::{Docs, Findings, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB401",
    name: "challenges-not-filled",
    title: "行政复议、行政诉讼情况表有数据未填，或不是整数",
    severity: Severity::Error,
    fixed: true,
    authority: Authority::Notice,
    basis: &[law::FORMAT_2021_CONTENTS, law::FORMAT_2021_TABLE_3],
    editions: Edition::ALL,
    docs: Docs {
        what: "“政府信息公开行政复议、行政诉讼情况”表的行政复议、未经复议直接起诉、复议后起诉三组数据是否都已填写，每个数是否为不小于零的整数。总计可以不写，由程序相加。",
        why: "格式文件要求内容“不能遗漏”。没有填的格子分不清是零还是漏填，所以按“未填”处理，不等于 0，程序不会替您补 0；没有发生的填 0。",
        example: "[challenges]\nreconsideration = [1, 0, 0, 0]",
        corrected: "[challenges]\nreconsideration   = [1, 0, 0, 0]\nlitigation_direct = 0\nlitigation_after  = 0",
    },
    check,
};

fn check(report: &Report, findings: &mut Findings<'_>) {
    if report.challenges.is_empty() {
        return; // The whole section is missing, which is NB001's business.
    }
    let form = &report.form().challenges;
    for proceeding in Proceeding::ALL {
        let label = form.proceeding_label(*proceeding);
        let entry = |column| report.challenges.entry(*proceeding, column);
        let path = Challenges::row_path(*proceeding);
        let absent = ChallengeColumn::RESULTS.iter().any(|column| entry(*column).is_absent());
        if absent && !report.is_unclear(&path) {
            let finding = findings.report(Place::Key(path), format!("“{label}”没有填写"), "");
            finding.help.push(format!(
                "在 [challenges] 之下写 {0} = [ … ]；没有发生的写 {0} = 0",
                proceeding.key()
            ));
        }
        for (column, column_label) in form.columns {
            if let Entry::Unusable(typed) = entry(*column) {
                let (wrong, help) = not_a_count(typed);
                let place = Place::Value(Challenges::path(*proceeding, *column));
                let message = format!("“{label}”的“{column_label}”：{wrong}");
                findings.report(place, message, "应是不小于零的整数").help.push(help);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::check;

    #[test]
    fn a_kind_of_proceeding_left_out_and_a_negative_result() {
        check(
            &RULE,
            r"
[challenges]
#^ “复议后起诉”没有填写
reconsideration = [1, -1, 0, 0]
#                     ^ “行政复议”的“结果纠正”：写的是负数 -1
litigation_direct = 0
",
        );
    }

    #[test]
    fn zeros_are_figures() {
        check(
            &RULE,
            "[challenges]\nreconsideration = 0\nlitigation_direct = 0\nlitigation_after = 0\n",
        );
    }
}
