//! NB009: sub-headings of section one stay below the level of sections.

use crate::diag::Severity;
use crate::edition::Edition;
use crate::law::{self, Authority};
use crate::report::Report;
use crate::rules::machinery::text::numbering::{Style, leading};
use crate::rules::machinery::text::sightings::Sightings;
use crate::rules::machinery::text::{lines, section_pieces};
use crate::rules::{Docs, Findings, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB009",
    name: "top-level-subheading",
    title: "总体情况的小标题用了“一、”一级的序号",
    severity: Severity::Warning,
    fixed: false,
    authority: Authority::Standard,
    basis: &[law::LAYOUT_NUMBERING, law::FORMAT_2021_SECTIONS],
    editions: Edition::ALL,
    docs: Docs {
        what: "“总体情况”的小标题或段落是否以“一、”“二、”开头。",
        why: "“一、”至“六、”是六个部分的序号。总体情况之内再用“二、工作机制保障”，就与“二、主动公开政府信息情况”混淆；部分之内可以用“（一）”。",
        example: "[overview]\ntext = '''\n一、主动公开情况\n……\n二、工作机制保障\n……\n'''",
        corrected: "[[overview.parts]]\nheading = \"主动公开情况\"\ntext = \"……\"\n\n[[overview.parts]]\nheading = \"工作机制保障\"\ntext = \"……\"",
    },
    check,
};

fn check(report: &Report, findings: &mut Findings<'_>) {
    let titles: Vec<&str> = report.form().sections.iter().map(|section| section.title).collect();
    let mut seen = Sightings::new();
    for piece in section_pieces(&report.overview, "overview") {
        let text = piece.printed();
        for line in lines(text) {
            let words = &text[line.clone()];
            let top = leading(words).filter(|marker| marker.style == Style::Top);
            if let Some(marker) = top.filter(|_| !titles.contains(&words)) {
                seen.add((), &piece, line.start..line.start + marker.range.end);
            }
        }
    }
    for seen in seen.into_kinds() {
        let message =
            format!("总体情况之内用了“{}”，与六个部分的序号同级{}", seen.words, seen.times());
        let finding = findings.report(seen.first(), message, "应为“（一）”一级");
        seen.show_others(finding);
        finding.help.push("改为“（一）”，或者写成 [[overview.parts]]，由程序编号".to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::check;

    #[test]
    fn a_list_of_aspects_at_the_top_level() {
        check(
            &RULE,
            "[overview]\ntext = '''\n一、主动公开情况\n#< 同级，共2处\n发布9条。\n二、工作机制保障\n考核。\n'''\n",
        );
    }

    #[test]
    fn a_heading_at_the_top_level() {
        check(
            &RULE,
            "[[overview.parts]]\nheading = \"二、工作机制保障\"\n#          ^ 应为“（一）”一级\ntext = \"考核。\"\n",
        );
    }

    #[test]
    fn lower_levels_and_running_text() {
        check(
            &RULE,
            "[overview]\ntext = '''\n（一）主动公开情况\n一是发布9条。一、二季度各4条。\n'''\n",
        );
    }
}
