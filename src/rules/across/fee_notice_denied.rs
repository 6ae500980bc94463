//! NB502: an application dropped for an unpaid fee means that a notice was sent.

use crate::diag::{Label, Place, Severity};
use crate::edition::{Edition, RequestColumn, RequestRow};
use crate::law;
use crate::report::{FieldPath, Report, Requests};
use crate::rules::machinery::word_lists::WordLists;
use crate::rules::{Docs, Findings, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB502",
    name: "fee-notice-denied",
    title: "有逾期未缴费的申请却称没有发出收费通知",
    severity: Severity::Error,
    fixed: false,
    basis: &[law::REGULATION_42, law::FEE_2020],
    editions: &[Edition::Y2021],
    docs: Docs {
        what: "“申请人逾期未按收费通知要求缴纳费用”大于 0 时，第六部分是否仍然称没有发出收费通知（件数为 0，或者文字说未发出、未涉及，或者只写“无”）。",
        why: "先有收费通知，才有逾期未缴费；两处必有一处填错。只说“未收取”的不矛盾：通知发出而没有缴费，就没有收取。",
        example: "[requests.outcome.other]\nfee_unpaid = [1, 0, 0, 0, 0, 0]\n[other]\nhandling_fee = { notices = 0, amount = 0 }",
        corrected: "[requests.outcome.other]\nfee_unpaid = [1, 0, 0, 0, 0, 0]\n[other]\nhandling_fee = { notices = 1, amount = 0 }",
    },
    check,
};

fn check(report: &Report, findings: &mut Findings<'_>) {
    let row = RequestRow::FeeUnpaid;
    let unpaid = report.requests.count(&report.form().requests, row, RequestColumn::Total);
    let Some(unpaid) = unpaid.filter(|unpaid| *unpaid > 0) else { return };
    let fee = report.other.handling_fee.as_ref();
    let no_notice = fee.is_some_and(|fee| fee.notices.count() == Some(0));
    let denials = &WordLists::get().no_fee_notice;
    let denied = report.texts().into_iter().find_map(|(path, text)| {
        let denial = denials
            .iter()
            .find_map(|words| text.printed().find(words).map(|at| at..at + words.len()))?;
        Some(Place::Text(path, text.typed_range(denial)))
    });
    let only_nothing = crate::rules::across::handling_fee_unmentioned::says_nothing(report);
    let place = if no_notice {
        Place::Value(FieldPath::new("other.handling_fee.notices"))
    } else if let Some(place) = denied {
        place
    } else if only_nothing {
        Place::Key(FieldPath::new("other"))
    } else {
        return;
    };
    let finding = findings.report(
        place,
        format!("有 {unpaid} 件申请因逾期未缴费不再处理，第六部分却没有发出收费通知的记录"),
        "与逾期未缴费的件数矛盾",
    );
    finding.related.push(Label::new(
        Place::Value(Requests::path(row, RequestColumn::Total)),
        unpaid.to_string(),
    ));
    finding.help.push(
        "核对收费台账：发出过通知的，填写通知件数；没有发出的，把这些申请归入相应的办理结果"
            .to_owned(),
    );
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::check;

    #[test]
    fn an_unpaid_fee_without_a_notice() {
        check(
            &RULE,
            r"
[requests.outcome.other]
fee_unpaid = [1, 0, 0, 0, 0, 0, 1]
[other]
handling_fee = { notices = 0, amount = 0 }
#                          ^ 有 1 件申请因逾期未缴费不再处理
",
        );
    }

    #[test]
    fn the_text_denies_it() {
        check(
            &RULE,
            r#"
[requests.outcome.other]
fee_unpaid = [1, 0, 0, 0, 0, 0, 1]
[other]
text = "全年未涉及信息处理费。"
#           ^ 矛盾
"#,
        );
    }

    #[test]
    fn a_notice_without_payment_is_no_contradiction() {
        check(
            &RULE,
            "[requests.outcome.other]\nfee_unpaid = [1, 0, 0, 0, 0, 0, 1]\n[other]\nhandling_fee = { notices = 1, amount = 0 }\ntext = \"全年未收取信息处理费。\"\n",
        );
    }
}
