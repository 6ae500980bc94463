//! NB306: much is carried over into the next year.

use crate::diag::{Label, Place, Severity};
use crate::edition::{Edition, RequestColumn, RequestRow};
use crate::law::{self, Authority};
use crate::report::{Report, Requests};
use crate::rules::{Docs, Findings, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB306",
    name: "carry-over-large",
    title: "结转下年度的申请偏多",
    severity: Severity::Hint,
    fixed: false,
    authority: Authority::Practice,
    basis: &[law::REGULATION_33, law::PRACTICE],
    editions: Edition::ALL,
    docs: Docs {
        what: "“结转下年度继续办理”是否超过“本年新收”的四分之一（结转不到 5 件的不提示）。",
        why: "申请在 20 个工作日内答复，经政府信息公开工作机构负责人同意可以延长，最长再延 20 个工作日（《条例》第三十三条），年末未到期的申请一般不会很多；偏多的，可能是超期未办或者填错。这是推算，不是规定。",
        example: "[requests]\nreceived = [20, 0, 0, 0, 0, 0]\ncarried_out = [12, 0, 0, 0, 0, 0]",
        corrected: "[requests]\nreceived = [20, 0, 0, 0, 0, 0]\ncarried_out = [2, 0, 0, 0, 0, 0]",
    },
    check,
};

/// Below this many, a share says nothing.
const FEW: u64 = 5;

fn check(report: &Report, findings: &mut Findings<'_>) {
    let table = &report.form().requests;
    let count = |row| report.requests.count(table, row, RequestColumn::Total);
    let (Some(received), Some(carried_out)) =
        (count(RequestRow::Received), count(RequestRow::CarriedOut))
    else {
        return;
    };
    if carried_out < FEW || carried_out.saturating_mul(4) <= received {
        return;
    }
    let place = |row| Place::Value(Requests::path(row, RequestColumn::Total));
    let finding = findings.report(
        place(RequestRow::CarriedOut),
        format!("结转下年度 {carried_out} 件，超过本年新收 {received} 件的四分之一"),
        "偏多",
    );
    finding.related.push(Label::new(place(RequestRow::Received), received.to_string()));
    finding.help.push("核对有无超期未办的申请；属实的，可在“总体情况”中说明原因".to_owned());
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::check;

    #[test]
    fn more_than_half_is_left_over() {
        check(
            &RULE,
            "[requests]\nreceived = [20, 0, 0, 0, 0, 0, 20]\ncarried_out = [12, 0, 0, 0, 0, 0, 12]\n#                                 ^ 结转下年度 12 件\n",
        );
    }

    #[test]
    fn two_of_nine_or_one_of_one_say_nothing() {
        check(
            &RULE,
            "[requests]\nreceived = [9, 0, 0, 0, 0, 0]\ncarried_out = [2, 0, 0, 0, 0, 0]\n",
        );
        check(
            &RULE,
            "[requests]\nreceived = [1, 0, 0, 0, 0, 0]\ncarried_out = [1, 0, 0, 0, 0, 0]\n",
        );
    }
}
