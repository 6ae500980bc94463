//! NB502: an application dropped for an unpaid fee means that a notice was sent.

use crate::diag::{Label, Place, Severity};
use crate::edition::{Edition, RequestColumn, RequestRow};
use crate::law::{self, Authority};
use crate::report::{FieldPath, Report, Requests};
use crate::rules::machinery::last_year::note;
use crate::rules::machinery::word_lists::WordLists;
use crate::rules::{Docs, Findings, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB502",
    name: "fee-notice-denied",
    title: "有逾期未缴费的申请却称没有发出收费通知",
    severity: Severity::Error,
    fixed: false,
    authority: Authority::Arithmetic,
    basis: &[law::REGULATION_42, law::FEE_2020],
    editions: Edition::Y2021.and_later(),
    docs: Docs {
        what: "“申请人逾期未按收费通知要求缴纳费用”大于 0 时，第六部分是否仍然称没有发出收费通知（件数为 0，或者文字说未发出、未涉及，或者只写“无”）。有上年结转的申请时，通知可能在上年发出，只作提示；这一行有附注的，视为已经说明。",
        why: "先有收费通知，才有逾期未缴费。缴费期限是收到通知次日起 20 个工作日，上年 12 月发出的通知，本年 1 月才逾期；这样的申请都是上年结转的，所以没有上年结转的，两处必有一处填错。只说“未收取”的不矛盾：通知发出而没有缴费，就没有收取。",
        example: "[requests]\ncarried_in = 0\n[requests.outcome.other]\nfee_unpaid = [1, 0, 0, 0, 0, 0]\n[other]\nhandling_fee = { notices = 0, amount = 0 }",
        corrected: "[requests]\ncarried_in = 0\n[requests.outcome.other]\nfee_unpaid = [1, 0, 0, 0, 0, 0]\n[other]\nhandling_fee = { notices = 1, amount = 0 }",
    },
    check,
};

fn check(report: &Report, findings: &mut Findings<'_>) {
    let row = RequestRow::FeeUnpaid;
    let unpaid = report.requests.count(&report.form().requests, row, RequestColumn::Total);
    let Some(unpaid) = unpaid.filter(|unpaid| *unpaid > 0) else { return };
    if report.notes.iter().any(|note| note.at.is_within(&Requests::row_path(row))) {
        return;
    }
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
    // Who was asked to pay in December has until January; such an application was carried in.
    let carried_in =
        report.requests.count(&report.form().requests, RequestRow::CarriedIn, RequestColumn::Total);
    let (severity, label) = match carried_in {
        Some(0) => (Severity::Error, "与逾期未缴费的件数矛盾"),
        Some(_) | None => (Severity::Hint, "通知可能在上年发出"),
    };
    let finding = findings.report_as(
        severity,
        place,
        format!("有 {unpaid} 件申请因逾期未缴费不再处理，第六部分却没有发出收费通知的记录"),
        label,
    );
    finding.related.push(Label::new(
        Place::Value(Requests::path(row, RequestColumn::Total)),
        unpaid.to_string(),
    ));
    finding.help.push(match severity {
        Severity::Error | Severity::Warning => {
            "核对收费台账：发出过通知的，填写通知件数；没有发出过的，核对这些申请的办理结果".to_owned()
        }
        Severity::Hint => format!(
            "核对收费台账：本年发出过通知的，填写通知件数；通知在上年发出、期限到本年才满的，不用改，{}，写明通知在上年发出",
            note(&Requests::row_path(row))
        ),
    });
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::diag::Severity;
    use crate::rules::testing::{check, run};
    use crate::source::SourceFile;

    #[test]
    fn an_unpaid_fee_without_a_notice() {
        check(
            &RULE,
            r"
[requests]
carried_in = 0
[requests.outcome.other]
fee_unpaid = [1, 0, 0, 0, 0, 0, 1]
[other]
handling_fee = { notices = 0, amount = 0 }
#                          ^ 有 1 件申请因逾期未缴费不再处理
",
        );
    }

    #[test]
    fn a_notice_of_december_is_no_notice_of_this_year() {
        let fee = "[other]\nhandling_fee = { notices = 0, amount = 0 }\n";
        let lines = "[requests]\ncarried_in = [1, 0, 0, 0, 0, 0]\n[requests.outcome.other]\nfee_unpaid = [1, 0, 0, 0, 0, 0, 1]\n";
        let hint = "#                          ^ 通知在上年发出、期限到本年才满的，不用改\n";
        check(&RULE, &format!("{lines}{fee}{hint}"));
        let note = "[[notes]]\nat = \"requests.outcome.other.fee_unpaid\"\ntext = \"收费通知于2022年12月发出\"\n";
        check(&RULE, &format!("{lines}{fee}{note}"));
        let text = format!("format = \"2021\"\n{lines}{fee}");
        let found = run(&RULE, &SourceFile::parse("t", text));
        assert_eq!(found.first().map(|finding| finding.severity), Some(Severity::Hint));
    }

    #[test]
    fn the_text_denies_it() {
        check(
            &RULE,
            r#"
[requests]
carried_in = 0
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
