//! NB607: 未收到申请 and 全部办结 are figures too.

use crate::diag::{Label, Place, Severity};
use crate::edition::{Edition, RequestColumn, RequestRow};
use crate::law::{self, Authority};
use crate::prose::{Claimed, QuantityKind};
use crate::report::{Report, Requests};
use crate::rules::figures::cross_cells::are_all_handled;
use crate::rules::figures::judge::{clause, judge_claims, place};
use crate::rules::{Docs, Findings, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB607",
    name: "text-contradicts-requests",
    title: "文字说未收到申请或者全部办结，表中不是",
    severity: Severity::Error,
    fixed: false,
    authority: Authority::Arithmetic,
    basis: &[law::FORMAT_2021_ACCURACY, law::FORMAT_2021_TABLE_2],
    editions: Edition::ALL,
    docs: Docs {
        what: "文字说“未收到政府信息公开申请”“法律服务机构未提出申请”而本年新收（这种申请人的）大于 0；或者说申请“全部办结”“均已答复”而结转下年度大于 0。",
        why: "这样的话等于一个数：未收到就是 0 件，全部办结就是没有结转。",
        example: "[overview]\ntext = \"收到政府信息公开申请34件，所有申请均已办理完成。\"\n[requests]\ncarried_out = [1, 0, 0, 0, 0, 0]",
        corrected: "[overview]\ntext = \"收到政府信息公开申请34件，办结33件，结转下年度1件。\"\n[requests]\ncarried_out = [1, 0, 0, 0, 0, 0]",
    },
    check,
};

fn check(report: &Report, findings: &mut Findings<'_>) {
    judge_claims(report, findings, |counted| counted.kind == QuantityKind::Intake);
    let row = RequestRow::CarriedOut;
    let count = report.requests.count(&report.form().requests, row, RequestColumn::Total);
    let Some(carried_out) = count.filter(|count| *count > 0) else { return };
    let prose = findings.prose(report);
    for (passage, text) in prose.each(report) {
        for claim in passage.claims.iter().filter(|claim| claim.what == Claimed::AllHandled) {
            if are_all_handled(report, text.printed(), claim.range.start) {
                continue;
            }
            let finding = findings.report(
                place(passage, text, &claim.range),
                format!(
                    "文字说“{}”，表中{}的还有 {carried_out} 件",
                    clause(text, &claim.range),
                    report.form().requests.plain_label(row)
                ),
                format!("还有 {carried_out} 件结转"),
            );
            finding.related.push(Label::new(
                Place::Value(Requests::path(row, RequestColumn::Total)),
                carried_out.to_string(),
            ));
            finding
                .help
                .push("写明办结多少件、结转下年度多少件；“均在期限内答复”只说已办结的".to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, check_text};

    const SOME: &str = "[requests]\nreceived = [34, 0, 0, 0, 0, 0]\ncarried_in = [2, 0, 0, 0, 0, 0]\ncarried_out = [1, 0, 0, 0, 0, 0]\n[requests.outcome]\ntotal = [35, 0, 0, 0, 0, 0]";
    const NONE: &str = "[requests]\nreceived = [1, 0, 0, 0, 0, 0]\ncarried_in = 0\ncarried_out = 0\n[requests.outcome]\ntotal = [1, 0, 0, 0, 0, 0]";

    #[test]
    fn none_received_in_the_text_and_some_in_the_table() {
        check(
            &RULE,
            r#"
[overview]
text = "全年未收到政府信息公开申请。"
#       ^ 表中“一、本年新收政府信息公开申请数量”是 34 件
[requests]
received = [34, 0, 0, 0, 0, 0]
"#,
        );
    }

    #[test]
    fn all_handled_and_one_left_over() {
        for (wrong, n) in [
            ("收到政府信息公开申请34件，上年结转2件，所有申请均已按要求办理完成。", 1),
            ("收到政府信息公开申请34件，全部办结。", 1),
            ("全年受理政府信息公开申请34件，已全部依法答复。", 1),
            ("2023年没有收到依申请公开。", 1),
            ("本机关未接到公民、法人和其他组织提出的政府信息公开申请。", 1),
            ("自然人未提出政府信息公开申请。", 1),
        ] {
            check_text(&RULE, wrong, SOME, n);
        }
    }

    #[test]
    fn true_or_about_something_else() {
        for fine in ["收到公开申请1件，全部及时办理和答复。", "收到政府信息公开申请1件，均已办结。"]
        {
            check_text(&RULE, fine, NONE, 0);
        }
        for fine in [
            "收到政府信息公开申请34件，办结35件，均在法定期限内答复。",
            "全年未收到行政许可申请。",
            "未收到对政府信息公开申请答复的投诉。",
            "12345热线诉求全部办结。",
            "要求对政府信息公开申请全部按期答复。",
            "到期的政府信息公开申请全部答复。",
            "收到政府信息公开申请34件，按期答复率100%。",
            "收到政府信息公开申请34件，均按时答复。",
            "没有收到逾期申请。",
            "各乡镇均未收到政府信息公开申请。",
            "其余单位没有收到政府信息公开申请。",
            "科研机构、法律服务机构均未提出政府信息公开申请。",
            "县教育局收到的政府信息公开申请已全部办结。",
            "上年结转的2件申请已全部办结。",
        ] {
            check_text(&RULE, fine, SOME, 0);
        }
    }
}
