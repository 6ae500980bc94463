//! NB606: what the text says of reconsideration and litigation is what table 3 says.

use crate::diag::Severity;
use crate::edition::Edition;
use crate::law::{self, Authority};
use crate::prose::QuantityKind;
use crate::report::Report;
use crate::rules::figures::judge::{judge_claims, judge_figures};
use crate::rules::figures::wholly::judge_wholly;
use crate::rules::{Docs, Findings, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB606",
    name: "text-challenges-wrong",
    title: "文字中的复议、诉讼与表不符",
    severity: Severity::Error,
    fixed: false,
    authority: Authority::Arithmetic,
    basis: &[law::FORMAT_2021_ACCURACY, law::FORMAT_2021_TABLE_3],
    editions: Edition::ALL,
    docs: Docs {
        what: "文字写行政复议、行政诉讼（及其结果）多少件，或者说没有发生，是否与表一致；“行政诉讼”是未经复议直接起诉与复议后起诉之和，“已审结”是总计减去尚未审结。“均已审结”“全部维持”“均被纠正”“均未审结”一类的话，与各结果几栏核对。撤销、责令重新答复各是纠正的一种，终止、撤回各是其他结果的一种，比那一栏还多才算错。复议机关办理的复议案件不在此列。",
        why: "文字说没有、表中有数，或者件数不同，是读者最容易发现、也最伤公信力的错误。",
        example: "[overview]\ntext = \"全年未发生行政复议、行政诉讼。\"\n[challenges]\nreconsideration = [1, 0, 0, 0]\nlitigation_direct = 0\nlitigation_after = 0",
        corrected: "[overview]\ntext = \"全年发生行政复议1件，结果维持；未发生行政诉讼。\"\n[challenges]\nreconsideration = [1, 0, 0, 0]\nlitigation_direct = 0\nlitigation_after = 0",
    },
    check,
};

fn check(report: &Report, findings: &mut Findings<'_>) {
    judge_figures(report, findings, |counted| counted.kind == QuantityKind::Proceeding);
    judge_claims(report, findings, |counted| counted.kind == QuantityKind::Proceeding);
    judge_wholly(report, findings, |counted| counted.kind == QuantityKind::Proceeding);
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, check_text};

    const TABLE: &str = "[challenges]\nreconsideration = [12, 8, 1, 12]\nlitigation_direct = [11, 3, 4, 0]\nlitigation_after = [2, 1, 0, 0]";
    const NONE: &str =
        "[challenges]\nreconsideration = 0\nlitigation_direct = 0\nlitigation_after = 0";

    #[test]
    fn none_in_the_text_and_some_in_the_table() {
        check(
            &RULE,
            r#"
[overview]
text = "申请均已答复，没有因政府信息公开引起的行政复议。"
#                     ^ 表中“行政复议”的“总计”是 1 件
[challenges]
reconsideration = [1, 0, 0, 0]
"#,
        );
    }

    #[test]
    fn another_number_than_the_table() {
        for (wrong, n) in [
            ("全年因政府信息公开引起行政复议33件、行政诉讼20件。", 1),
            ("全年被申请行政复议30件，提起行政诉讼21件。", 1),
            ("有1件涉及政府信息公开工作的行政复议，行政诉讼数为0件。", 2),
            ("行政复议、行政诉讼共53件。", 1),
            ("行政复议33件，其中结果维持11件、结果纠正8件。", 1),
            ("未经复议直接起诉17件，复议后起诉3件。", 1),
            ("全年没有发生行政复议和行政诉讼案件。", 1),
            ("全年未发生因依申请公开被行政复议纠错情形。", 1),
            ("行政复议、行政诉讼分别为33件、20件。", 1),
            ("行政复议、行政诉讼各33件。", 1),
            ("因信息公开引发的行政复议、行政诉讼均未发生。", 1),
            ("全年行政复议、行政诉讼，均没有发生。", 1),
            ("全年行政复议零纠错、行政诉讼零败诉。", 2),
            ("33件行政复议无一被纠正。", 1),
            ("全年行政复议33件，均维持原答复。", 1),
            ("全年行政复议33件，已全部办结。", 1),
            ("已结行政诉讼案件中22件有负责人出庭。", 1),
            ("全年行政复议9件被纠正，12件维持。", 1),
            ("行政复议、行政诉讼合计13件被纠正。", 1),
            ("行政复议33件，维持12件、纠正8件；打官司的21件，纠正8件。", 1),
        ] {
            check_text(&RULE, wrong, TABLE, n);
        }
        check_text(&RULE, "全年行政复议1件，无行政诉讼。", NONE, 1);
        let single = "[challenges]\nreconsideration = [1, 0, 0, 0]\nlitigation_direct = 0\nlitigation_after = 0";
        check_text(&RULE, "全年行政复议1件，经县政府审理后决定纠正。", single, 1);
        check_text(&RULE, "全年行政复议1件，经县政府审理后决定维持。", single, 0);
        check_text(&RULE, "全年行政复议1件，申请人请求纠正；县政府决定维持。", single, 0);
    }

    #[test]
    fn the_numbers_of_the_table() {
        for right in [
            "全年行政复议33件、行政诉讼21件，其中复议后起诉3件。",
            "全年行政复议33件（维持12件，纠正8件，其他结果1件，尚未审结12件）。",
            "行政复议、行政诉讼案件共54件。",
            "行政诉讼结果纠正4件。",
            "全年行政复议8件被纠正，12件维持。",
            "行政复议、行政诉讼合计12件被纠正。",
            "申请人提起行政复议33件，还没审结的12件；打官司的21件，纠正4件。",
            "行政诉讼21件，2件在复议后起诉的案件中被判决维持，4件被纠正。",
            "行政复议、行政诉讼分别为33件、21件。",
        ] {
            check_text(&RULE, right, TABLE, 0);
        }
        for right in [
            "没有出现行政复议和行政诉讼案件。",
            "全年未发生因政府信息公开引起的行政复议、行政诉讼。",
            "全年未发生因依申请公开被行政复议纠错或行政诉讼败诉情形。",
            "行政复议、行政诉讼均为0件。",
            "行政复议、行政诉讼各0件。",
        ] {
            check_text(&RULE, right, NONE, 0);
        }
    }

    #[test]
    fn figures_of_something_else_are_left_alone() {
        for other in [
            "市司法局全年受理行政复议案件512件，审结488件。",
            "办理行政复议案件40件、行政应诉案件12件。",
            "上年行政复议20件。",
            "没有超期办理的行政复议案件。",
            "行政复议较上年减少5件。",
            "组织行政复议业务培训3次。",
            "乡镇未发生行政复议。",
            "县教育局没有因政府信息公开引发的行政复议、行政诉讼。",
            "县教育局被申请行政复议1件。",
            "县政府作为复议机关受理政府信息公开行政复议12件。",
            "复议诉讼共54件。",
            "经行政复议后提起行政诉讼3件。",
            "已结行政诉讼案件中11件有负责人出庭，出庭率84.6%。",
            "办理行政应诉案件12件。",
            "因信息公开被诉的案件中，出庭应诉12件。",
            "不服行政复议决定，对复议结果提起行政诉讼1件。",
            "行政复议、行政诉讼均未发生超期应诉。",
            "行政复议、行政诉讼应诉准备工作未发生变化。",
            "核实有无行政复议。",
        ] {
            check_text(&RULE, other, TABLE, 0);
        }
    }
}
