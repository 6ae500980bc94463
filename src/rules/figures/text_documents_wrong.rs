//! NB611: the regulations and normative documents of the text are those of table 1.

use crate::diag::Severity;
use crate::edition::Edition;
use crate::law::{self, Authority};
use crate::prose::QuantityKind;
use crate::report::Report;
use crate::rules::figures::judge::{judge_claims, judge_figures};
use crate::rules::{Docs, Findings, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB611",
    name: "text-documents-wrong",
    title: "文字中规章、规范性文件的件数与表不符",
    severity: Severity::Warning,
    fixed: false,
    authority: Authority::Arithmetic,
    basis: &[law::FORMAT_2021_ACCURACY, law::FORMAT_2021_TABLE_1],
    editions: Edition::ALL,
    docs: Docs {
        what: "文字写规章、行政规范性文件制发、废止、现行有效多少件，是否等于表中的数（2019 格式没有废止和现行有效，只看制发，与“本年新制作数量”比较）；写“公开”“发布”多少件的，可能包括别的机关制发的文件，不等时只作提示。说没有作出行政许可、行政处罚、行政强制的，“未制发行政规范性文件”“没有废止规章”，表中是否为 0。",
        why: "制发、废止、现行有效是表中明确的三个口径；文字用了同样的词，就应是同样的数。",
        example: "[overview]\ntext = \"全年制发行政规范性文件11件。\"\n[disclosure]\nnormative_documents = { issued = 8, repealed = 0, in_force = 40 }",
        corrected: "[overview]\ntext = \"全年制发行政规范性文件8件。\"\n[disclosure]\nnormative_documents = { issued = 8, repealed = 0, in_force = 40 }",
    },
    check,
};

fn check(report: &Report, findings: &mut Findings<'_>) {
    judge_figures(report, findings, |counted| counted.kind == QuantityKind::Document);
    judge_claims(report, findings, |counted| counted.kind == QuantityKind::Document);
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, check_text};

    const TABLE: &str = "[disclosure]\nregulations = { issued = 9, repealed = 0, in_force = 53 }\nnormative_documents = { issued = 15, repealed = 1, in_force = 79 }";

    #[test]
    fn another_number_than_the_table() {
        check(
            &RULE,
            r#"
[overview]
text = "全年制发规范性文件11件。"
#                         ^ “行政规范性文件”的“本年制发”是 8
[disclosure]
normative_documents = { issued = 8, repealed = 0, in_force = 40 }
"#,
        );
        for (wrong, n) in [
            ("全年制定规章8件，年末现行有效53件。", 1),
            ("制发行政规范性文件15件，废止2件，现行有效78件。", 2),
            ("主动公开行政规范性文件11件。", 1),
            ("制定规章9件、行政规范性文件11件。", 1),
            ("规范性文件新出15件；连同以前还在用的64件，现在有效的是78件。", 1),
            ("制发规范性文件15件，以前还在用的80件。", 1),
            ("年内分别新制定规章、行政规范性文件9件和16件。", 1),
            ("全年没有制发行政规范性文件。", 1),
            ("全年未制发行政规范性文件，废止1件。", 1),
            ("全年没有废止行政规范性文件。", 1),
        ] {
            check_text(&RULE, wrong, TABLE, n);
        }
    }

    #[test]
    fn the_form_of_2019_has_other_columns() {
        let file = |text: &str, expected: &str| {
            check(
                &RULE,
                &format!(
                    "format = \"2019\"\n[overview]\ntext = \"{text}\"\n{expected}[disclosure]\n\
                     normative_documents = {{ made = 9, disclosed = 8, disclosed_total = 64 }}\n"
                ),
            );
        };
        file("制发行政规范性文件9件，公开规范性文件8件。", "");
        file("历年公开的规范性文件64件，废止规范性文件3件，现行有效60件。", "");
        file("制定规范性文件8件。", "#                     ^ “规范性文件”的“本年新制作”是 9\n");
    }

    #[test]
    fn the_numbers_of_the_table() {
        for right in [
            "全年制定规章9件，年末现行有效53件；制发行政规范性文件15件，废止1件，年末现行有效79件。",
            "年内分别新制定规章、行政规范性文件9件和15件。",
            "全年没有废止规章。",
            "全年未制定规范性文件备案办法。",
            "各部门均未制发行政规范性文件。",
            "主动公开市政府规章9件、市政府及市政府办公厅行政规范性文件15件、人事任免文件196件。",
        ] {
            check_text(&RULE, right, TABLE, 0);
        }
    }

    #[test]
    fn figures_of_something_else_are_left_alone() {
        for other in [
            "对20件行政规范性文件开展合法性审核。",
            "审查行政规范性文件30件，备案28件。",
            "完善规章制度12项。",
            "公开政府信息2211条，其中市政府文件83条（含解读8条）。",
            "刊登市政府规章、市政府部门行政规范性文件等243件。",
            "2022年制发行政规范性文件20件。",
            "解读行政规范性文件6件。",
            "制定规章9件、汇编规范性文件79件。",
            "规范性文件新出15件；连同以前还在用的64件，现在有效的是79件。",
            "制发行政规范性文件15件，均在印发后3个工作日内公开。",
            "制发行政规范性文件15件，废止1件，现行有效79件。发布行业标准21项，其中新制定13项、修订8项。",
        ] {
            check_text(&RULE, other, TABLE, 0);
        }
    }

    #[test]
    fn decisions_that_are_denied() {
        let table = "[disclosure]\nlicences = 12\npenalties = 0\ncoercive_measures = 6";
        for (denied, n) in [
            ("全年作出行政许可决定12件，未作出行政强制决定。", 1),
            ("没有行政许可、行政强制事项。", 1),
            ("未实施行政处罚。", 0),
            ("没有行政强制信息公开不及时的情形。", 0),
            ("未作出行政许可的3件已移送。", 0),
        ] {
            check_text(&RULE, denied, table, n);
        }
    }
}
