//! NB104: the opening rests on the Regulation and on the notice in force.

use crate::diag::{Place, Severity};
use crate::edition::Edition;
use crate::law::{self, Authority};
use crate::report::{FieldPath, Report};
use crate::rules::machinery::official_names::{miscoded, misnumbered_form};
use crate::rules::machinery::text::has_any;
use crate::rules::machinery::word_lists::WordLists;
use crate::rules::{Docs, Findings, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB104",
    name: "legal-basis-outdated",
    title: "编制依据缺少，或引用了已被代替的通知",
    severity: Severity::Warning,
    fixed: false,
    authority: Authority::Practice,
    basis: &[law::REGULATION_50, law::FORMAT_2021, law::PRACTICE],
    editions: Edition::Y2021.and_later(),
    docs: Docs {
        what: "自拟的引言是否写明《条例》，有没有引用 2019 年的《关于政府信息公开工作年度报告有关事项的通知》；没有写现行格式文件（国办公开办函〔2021〕30号）的给出提示。标准引言由程序写出。",
        why: "2021 年度起的年度报告按国办公开办函〔2021〕30号的格式编制，2019 年的通知规定的是旧格式。在引言写明编制依据，是各地的通行做法。",
        example: "[opening]\ntext = \"根据《条例》和《关于政府信息公开工作年度报告有关事项的通知》要求，编制本报告。\"",
        corrected: "[opening]\ntext = \"根据《中华人民共和国政府信息公开条例》和《国务院办公厅政府信息与政务公开办公室关于印发〈中华人民共和国政府信息公开工作年度报告格式〉的通知》（国办公开办函〔2021〕30号）要求，编制本报告。\"",
    },
    check,
};

fn check(report: &Report, findings: &mut Findings<'_>) {
    let Some(opening) = &report.opening else { return };
    let text = opening.printed();
    if opening.is_blank() {
        return;
    }
    let path = FieldPath::new("opening.text");
    let notice = report.form().notice;
    let outdated = &WordLists::get().outdated_notice;
    let right = format!("{}（{}）", notice.title, notice.number);
    if let Some((start, words)) =
        outdated.iter().find_map(|name| text.find(name).map(|start| (start, name)))
    {
        let place = Place::Text(path, opening.typed_range(start..start + words.len()));
        let message = format!("引用的是2019年的通知，现行格式文件是{}", notice.number);
        let finding = findings.report(place, message, "已被代替");
        finding.authority = Some(Authority::Notice);
        finding.basis = vec![law::FORMAT_2021];
        finding.help.push(format!("改为{right}"));
        return;
    }
    let rests_on_regulation = has_any(text, &["条例"]);
    let names_form = has_any(text, &["年度报告格式"]);
    // A number that is wrong is said by its own rule.
    let numbers_form = has_any(text, &["30号"])
        || !misnumbered_form(text).is_empty()
        || !miscoded(text).is_empty();
    let place = Place::Value(path);
    let rewrite = "或者删去 [opening]，由程序按标准表述写出";
    if !rests_on_regulation {
        let missing = if names_form || numbers_form {
            law::REGULATION_50.title.to_owned()
        } else {
            format!("{}和{right}", law::REGULATION_50.title)
        };
        let names_another = names_form || numbers_form || WordLists::get().basis_signs.are_in(text);
        let message = if names_another {
            "引言写的编制依据中没有《条例》"
        } else {
            "引言没有写明编制依据"
        };
        findings
            .report(place, message, if names_another { "依据中没有《条例》" } else { "缺少依据" })
            .help
            .push(format!("写明{missing}；{rewrite}"));
    } else if !names_form && !numbers_form {
        findings
            .report_as(Severity::Hint, place, "引言没有提到现行的格式文件", "未写格式文件")
            .help
            .push(format!("写明{right}；{rewrite}"));
    } else if !numbers_form {
        let message = format!("引言提到年度报告格式，没有写文号{}", notice.number);
        findings
            .report_as(Severity::Hint, place, message, "未写文号")
            .help
            .push(format!("引用国家文件的名称和文号：{right}"));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, points_at};

    fn opening(text: &str, expected: &str) {
        check(&RULE, &format!("[opening]\ntext = \"{text}\"\n{expected}"));
    }

    #[test]
    fn s000_08_the_notice_of_2019() {
        points_at(
            &RULE,
            "[opening]\ntext = \"根据《条例》和《关于政府信息公开工作年度报告有关事项的通知》，编制本报告。\"\n",
            &[("关于政府信息公开工作年度报告有关事项的通知", "已被代替")],
        );
    }

    #[test]
    fn s004_19_the_form_without_its_number() {
        opening("根据《条例》和省办转发的年度报告格式的通知，编制本报告。", "#      ^ 未写文号\n");
    }

    #[test]
    fn no_basis_at_all() {
        opening("现公布2023年年度报告。", "#      ^ 缺少依据\n");
    }

    #[test]
    fn another_basis_than_the_regulation() {
        opening("按照市政府办公室通知的要求，编制本报告。", "#      ^ 依据中没有《条例》\n");
        opening("根据国办公开办函〔2021〕30号文件编制本报告。", "#      ^ 依据中没有《条例》\n");
    }

    #[test]
    fn the_regulation_without_the_notice() {
        opening("根据《中华人民共和国政府信息公开条例》，编制本报告。", "#      ^ 未写格式文件\n");
    }

    #[test]
    fn a_wrong_number_is_left_to_its_own_rule() {
        opening("根据《条例》和国办公开办函〔2021〕31号文件，编制本报告。", "");
        opening("根据《条例》和国公开办函〔2021〕30号文件，编制本报告。", "");
    }

    #[test]
    fn the_notice_in_force_or_the_standard_opening() {
        opening("根据《条例》和国办公开办函〔2021〕30号文件，编制本报告。", "");
        check(&RULE, "");
    }
}
