//! NB004: a government reports assessment, appraisal and accountability.

use crate::diag::{Place, Severity};
use crate::edition::Edition;
use crate::law::{self, Authority};
use crate::report::{AgencyKind, Aspect, FieldPath, Report, RuleLevel};
use crate::rules::machinery::text::section_pieces;
use crate::rules::machinery::word_lists::WordLists;
use crate::rules::structure::kind_name_differ;
use crate::rules::{Docs, Findings, Rule, settings};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB004",
    name: "supervision-results-missing",
    title: "人民政府的报告没有写工作考核、社会评议或责任追究结果",
    severity: Severity::Warning,
    fixed: false,
    authority: Authority::Law,
    basis: &[law::REGULATION_50_4, law::FORMAT_2021_SECTION_1],
    editions: Edition::ALL,
    docs: Docs {
        what: "机关是人民政府的（乡镇人民政府也是），总体情况（或者第六部分）是否写到工作考核、社会评议、责任追究。部门、派出机关（街道办事处等）和授权组织不作要求；名称是街道办事处的，不论机关类别怎样写，都按派出机关对待。",
        why: "《条例》第五十条第一款第四项：“各级人民政府的政府信息公开工作年度报告还应当包括工作考核、社会评议和责任追究结果情况”；格式文件把它列入总体情况的监督保障。街道办事处是人民政府的派出机关，不是一级人民政府。",
        example: "[agency]\nname = \"某某县人民政府\"\nkind = \"government\"\n\n[overview]\ntext = \"将政府信息公开纳入绩效考核。\"",
        corrected: "[agency]\nname = \"某某县人民政府\"\nkind = \"government\"\n\n[overview]\ntext = \"将政府信息公开纳入绩效考核，结果优秀的单位有……个。开展社会评议，满意率为……。全年没有发生责任追究的情形。\"",
    },
    check,
};

fn check(report: &Report, findings: &mut Findings<'_>) {
    match report.agency.effective_kind() {
        Some(AgencyKind::Government) => {}
        Some(AgencyKind::Department | AgencyKind::Outpost | AgencyKind::Authorized) => return,
        None => {
            findings.unassessed("机关类别没有填写或写得不对，不知道是不是人民政府");
            return;
        }
    }
    if kind_name_differ::kind_by_name(report).is_some() {
        findings.unassessed("机关类别与名称不符，不知道是不是人民政府");
        return;
    }
    if report.overview.says_nothing() {
        findings.unassessed("总体情况没有填写");
        return;
    }
    let missing = missing(report);
    if missing.is_empty() {
        return;
    }
    let place = place(report);
    let message = format!("人民政府的年度报告应当写明{}的情况，没有写到", missing.join("、"));
    findings.report(place, message, "监督保障没有写全").help.push(format!(
        "在总体情况的监督保障部分写明{}的结果；没有发生的，写明没有发生",
        missing.join("、")
    ));
}

/// The results that a report says nothing of.
fn missing(report: &Report) -> Vec<&'static str> {
    let mut pieces = section_pieces(&report.overview, "overview");
    pieces.extend(section_pieces(&report.other.narrative, "other"));
    WordLists::get()
        .supervision
        .iter()
        .filter(|result| !pieces.iter().any(|piece| result.words.are_in(piece.printed())))
        .map(|result| result.name.as_str())
        .collect()
}

/// True if this rule says that a report has nothing of its supervision, so that no other need say so.
pub(super) fn says_nothing_is_there(report: &Report) -> bool {
    settings::level(report, &RULE) != Some(RuleLevel::Off)
        && report.agency.effective_kind() == Some(AgencyKind::Government)
        && kind_name_differ::kind_by_name(report).is_none()
        && missing(report).len() == WordLists::get().supervision.len()
}

/// The part on supervision if there is one, or the whole section.
fn place(report: &Report) -> Place {
    let overview = FieldPath::new("overview");
    let part = report.overview.parts.iter().position(|part| {
        part.aspect == Some(Aspect::Supervision)
            || part
                .heading
                .as_ref()
                .is_some_and(|heading| WordLists::get().supervision_heads.are_in(heading.printed()))
    });
    match part {
        Some(i) => Place::Key(overview.key("parts").index(i).key("heading")),
        None => Place::Key(overview),
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::check;

    fn overview(kind: &str, text: &str, expected: &str) {
        check(
            &RULE,
            &format!("[agency]\nkind = \"{kind}\"\n[overview]\n{expected}text = \"{text}\"\n"),
        );
    }

    #[test]
    fn s000_13_only_assessment() {
        overview("government", "信息公开纳入目标考核。", "#^ 社会评议、责任追究\n");
    }

    #[test]
    fn a_department_by_its_name_is_no_government() {
        check(
            &RULE,
            "[agency]\nname = \"某某县水利局\"\nkind = \"government\"\n[overview]\ntext = \"公开信息9条。\"\n",
        );
    }

    #[test]
    fn s002_13_no_appraisal() {
        overview(
            "government",
            "信息公开纳入考核，没有需要追究责任的情形。",
            "#^ 写明社会评议的情况\n",
        );
    }

    #[test]
    fn s004_18_only_assessment_again() {
        check(
            &RULE,
            "[agency]\nkind = \"government\"\n[[overview.parts]]\nheading = \"健全考核机制\"\n#< 社会评议、责任追究\ntext = \"年终考核。\"\n",
        );
    }

    #[test]
    fn all_three_or_no_government() {
        overview("government", "纳入考核，开展社会评议，没有发生责任追究。", "");
        overview("department", "加强监督。", "");
        overview("outpost", "加强监督。", "");
    }

    #[test]
    fn a_township_is_a_government_and_a_street_office_is_none() {
        let file = |name: &str, expected: &str| {
            let kind = "kind = \"government\"\nlevel = \"township\"";
            let lines = format!(
                "[agency]\nname = \"{name}\"\n{kind}\n[overview]\n{expected}text = \"加强监督。\"\n"
            );
            check(&RULE, &lines);
        };
        file("某某县某某镇人民政府", "#^ 工作考核、社会评议、责任追究\n");
        file("某某区某某街道办事处", "");
    }
}
