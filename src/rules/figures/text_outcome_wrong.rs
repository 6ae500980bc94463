//! NB603: the outcomes that the text names have the numbers of table 2.

use crate::diag::Severity;
use crate::edition::Edition;
use crate::law::{self, Authority};
use crate::prose::{Counted, QuantityKind};
use crate::report::Report;
use crate::rules::figures::judge::{judge_claims, judge_figures};
use crate::rules::figures::wholly::judge_wholly;
use crate::rules::{Docs, Findings, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB603",
    name: "text-outcome-wrong",
    title: "文字中办理结果的件数与表不符",
    severity: Severity::Error,
    fixed: false,
    authority: Authority::Arithmetic,
    basis: &[law::FORMAT_2021_ACCURACY, law::FORMAT_2021_TABLE_2],
    editions: Edition::ALL,
    docs: Docs {
        what: "文字写予以公开、部分公开、不予公开、无法提供、不予处理、其他处理以及各小项多少件，是否等于表中该行（该类）的总计；写明申请人类型的，与该列比较。几项并写一个数的，按相加判断。“没有因国家秘密不予公开的情形”“8件均为信访举报投诉类”一类不写件数的话，也与表比较。",
        why: "常见的错误是把“自然人”一列的数抄成了全部申请的数，或者改了表没有改文字。",
        example: "[overview]\ntext = \"收到政府信息公开申请58件，予以公开47件。\"\n[requests.outcome]\ngranted = [47, 0, 0, 0, 4, 7]",
        corrected: "[overview]\ntext = \"收到政府信息公开申请58件，予以公开58件，其中自然人47件。\"\n[requests.outcome]\ngranted = [47, 0, 0, 0, 4, 7]",
    },
    check,
};

fn check(report: &Report, findings: &mut Findings<'_>) {
    let of_outcome = |counted: &Counted| counted.kind == QuantityKind::Outcome;
    judge_figures(report, findings, of_outcome);
    judge_claims(report, findings, of_outcome);
    judge_wholly(report, findings, of_outcome);
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, check_text, run};
    use crate::source::SourceFile;

    const TABLE: &str = "[requests]\nreceived = [107, 0, 0, 0, 12, 9]\n[requests.outcome]\ngranted = [47, 0, 0, 0, 4, 7]\npartly_granted = [2, 0, 0, 0, 0, 0]\ntotal = [107, 0, 0, 0, 12, 9]\n[requests.outcome.refused]\nstate_secret = [2, 0, 0, 0, 0, 0]\nforbidden_by_law = 0\nendangers_security_or_stability = 0\nthird_party_rights = [3, 0, 0, 0, 0, 0]\ninternal_affairs = 0\nprocess_information = 0\nenforcement_file = 0\nadministrative_query = 0\n[requests.outcome.unavailable]\nnot_held = [27, 0, 0, 0, 8, 2]\nneeds_compiling = [1, 0, 0, 0, 0, 0]\nstill_unclear = 0\n[requests.outcome.not_processed]\npetition_or_complaint = [30, 0, 0, 0, 0, 0]\nrepeated = [1, 0, 0, 0, 0, 0]\npublished_material = 0\nexcessive = [1, 0, 0, 0, 0, 0]\nconfirmation = 0\n[requests.outcome.other]\nnot_supplemented = [2, 0, 0, 0, 0, 0]\nfee_unpaid = 0\nother = [4, 0, 0, 0, 0, 0]";

    #[test]
    fn s004_03_granted_is_only_the_natural_persons() {
        check(
            &RULE,
            r#"
[overview]
text = "本市共收到信息公开申请128宗，由自然人提交107宗。经审查予以公开47宗。"
#                                                                     ^ 47 是“自然人”一列的数
[requests]
received = [107, 0, 0, 0, 12, 9]
[requests.outcome]
granted = [47, 0, 0, 0, 4, 7, 58]
"#,
        );
    }

    #[test]
    fn s004_04_not_held_is_only_the_natural_persons() {
        check(
            &RULE,
            r#"
[overview]
text = "收到政府信息公开申请128宗，因不掌握相关信息27宗。"
#                                                  ^ 是 25（各项相加是 37）
[requests]
received = [107, 0, 0, 0, 12, 9]
[requests.outcome.unavailable]
not_held = [27, 0, 0, 0, 8, 2, 25]
"#,
        );
    }

    #[test]
    fn another_number_than_the_table() {
        for wrong in [
            "办结政府信息公开申请128件，其中予以公开57件。",
            "办结政府信息公开申请128件，其中不予公开6件。",
            "办结政府信息公开申请128件：部分公开3件。",
            "政府信息公开申请办理中，因本机关不掌握等原因无法提供37件。",
            "办结政府信息公开申请128件，属信访、重复申请等不予处理31件。",
            "办结政府信息公开申请128件，予以公开及部分公开59件。",
            "办结政府信息公开申请128件，其他处理5件。",
            "办结政府信息公开申请128件，重复申请2件。",
            "办结政府信息公开申请128件，本机关不掌握、无法提供36件。",
            "办结政府信息公开申请128件，行政处罚案卷类24件。",
            "办结政府信息公开申请128件，申请人逾期不补正不再处理1件。",
            "办结政府信息公开申请128件，其中57件予以公开。",
            "办结政府信息公开申请128件，予以公开、部分公开分别为58件和3件。",
            "收到政府信息公开申请128件，其中自然人107件，予以公开5件；予以公开58件。",
        ] {
            let n = usize::from(!wrong.contains("；予以公开58"));
            check_text(&RULE, wrong, TABLE, n.max(1));
        }
    }

    #[test]
    fn all_of_one_kind_of_applicants_had_one_outcome() {
        let table = "[requests]\nreceived = [5, 0, 2, 0, 0, 0]\n[requests.outcome]\ngranted = [5, 0, 1, 0, 0, 0]";
        let n = |text: &str| {
            let part = format!("[[overview.parts]]\naspect = \"requests\"\ntext = \"{text}\"");
            let file = format!("format = \"2021\"\nreport.year = 2023\n{table}\n{part}");
            run(&RULE, &SourceFile::parse("test.toml", file)).len()
        };
        for wrong in [
            "科研机构的2件申请都是索要评审材料，经审查均予以公开。",
            "科研机构申请2件，均予以公开。",
        ] {
            assert_eq!(n(wrong), 1, "{wrong}");
        }
        for fine in [
            "自然人申请5件，经审查均予以公开。",
            "科研机构申请2件，第三方均不同意公开。",
            "科研机构申请2件，其中1件予以公开。",
            "科研机构的2件申请都是索要评审材料，均在期限内答复。",
        ] {
            assert_eq!(n(fine), 0, "{fine}");
        }
    }

    #[test]
    fn the_numbers_of_the_table() {
        for right in [
            "办结政府信息公开申请128件，其中予以公开58件，部分公开2件，不予公开5件，无法提供38件，不予处理32件，其他处理6件。",
            "办结政府信息公开申请128件，予以公开及部分公开60件（46.9%），不予公开5件，因本机关不掌握等原因无法提供38件，属信访、重复申请等不予处理32件，其他处理6件（含申请人主动撤回4件）。",
            "办结政府信息公开申请128件，同意公开答复58件，部分公开答复2件，不予公开答复5件，无法提供的38件。",
            "办结政府信息公开申请128件，本机关不掌握、无法提供38件。",
            "办结政府信息公开申请128件，本机关不掌握、无法提供37件。",
            "办结政府信息公开申请128件，另有2件因申请人逾期不补正未再处理。",
            "办结政府信息公开申请128件，属于国家秘密不予公开2件，保护第三方合法权益不予公开3件。",
            "办结政府信息公开申请128件，其中58件予以公开、2件部分公开。",
            "办结政府信息公开申请128件，予以公开、部分公开分别为58件和2件。",
            "自然人提交政府信息公开申请107件，其中予以公开47件。",
            "办结政府信息公开申请128件，予以公开{{ requests.outcome.granted.natural_person }}件。",
            "办结政府信息公开申请128件，其中信访举报投诉类申请30件、无正当理由大量反复申请1件。",
        ] {
            check_text(&RULE, right, TABLE, 0);
        }
    }

    #[test]
    fn figures_of_something_else_are_left_alone() {
        for other in [
            "对依法应当予以公开的信息2211条逐条审核。",
            "主动公开政府信息500条，全部公开文件83件。",
            "市长信箱来信予以公开12件。",
            "上年予以公开的政府信息公开申请40件。",
            "不予公开的信息分为8类。",
            "办结政府信息公开申请128件。\n（二）申请内容。许可材料类44件；行政处罚案卷类24件；其余60件。",
            "对政府信息公开申请中写得不清楚的12件要求补正，其中3件逾期未补正。",
            "收到政府信息公开申请128件，较上年予以公开的增加7件。",
        ] {
            check_text(&RULE, other, TABLE, 0);
        }
    }

    #[test]
    fn outcomes_that_are_denied_or_said_of_all() {
        let part = |text: &str| {
            format!("[[overview.parts]]\naspect = \"requests\"\ntext = \"{text}\"\n{TABLE}")
        };
        for wrong in [
            "不予公开5件，没有因涉及国家秘密不予公开的情形。",
            "不予处理32件，均为信访举报投诉类申请。",
            "不予公开5件，均属于第三方合法权益；无法提供38件。",
        ] {
            check_text(&RULE, "做好公开工作。", &part(wrong), 1);
        }
        for fine in [
            "不予公开5件，没有因属于内部事务信息不予公开的情形。",
            "不予公开5件，没有不予公开理由不充分的情形。",
            "不予处理32件，主要为信访举报投诉类申请。",
            "不予公开5件，均已说明理由；无法提供38件，均已告知。",
            "不予处理32件，均告知了信访举报投诉的途径。",
        ] {
            check_text(&RULE, "做好公开工作。", &part(fine), 0);
        }
    }
}
