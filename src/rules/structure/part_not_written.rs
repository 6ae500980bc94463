//! NB012: a part with a heading has a text below it, and a part among others with headings has one.

use crate::diag::{Place, Severity};
use crate::edition::Edition;
use crate::law::{self, Authority};
use crate::report::{FieldPath, Narrative, Part, Report, Text};
use crate::rules::{Docs, Findings, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB012",
    name: "part-not-written",
    title: "一个部分没有小标题，或者没有正文",
    severity: Severity::Warning,
    fixed: false,
    authority: Authority::Practice,
    basis: &[law::PRACTICE, law::FORMAT_2021_ACCURACY],
    editions: Edition::ALL,
    docs: Docs {
        what: "“总体情况”“存在的主要问题及改进情况”“其他需要报告的事项”中，有小标题的部分是否写了正文。小标题本身是完整句子的不算；其他部分有小标题的，写了正文的部分是否也有小标题；整个第一、五、六部分都没有正文的，由 NB001 或 NB005 指出。",
        why: "小标题会照样印出，下面却是空的；没有小标题的，只印一个序号。多半是待填的部分忘了写，或者写在了别处。",
        example: "[[overview.parts]]\nheading = \"监督保障情况\"\ntext = \"\"",
        corrected: "[[overview.parts]]\nheading = \"监督保障情况\"\ntext = \"全年开展培训2次……\"",
    },
    check,
};

fn check(report: &Report, findings: &mut Findings<'_>) {
    let other = &report.other;
    let sections = [
        ("overview", &report.overview, !report.overview.says_nothing()),
        ("problems", &report.problems, !report.problems.says_nothing()),
        // With a fee alone the section has contents, and a heading takes the place of the standard words.
        (
            "other",
            &other.narrative,
            other.handling_fee.is_some() || !other.narrative.says_nothing(),
        ),
    ];
    for (key, narrative, has_contents) in sections {
        if has_contents {
            check_section(report, &FieldPath::new(key).key("parts"), narrative, findings);
        }
    }
}

fn check_section(
    report: &Report,
    parts: &FieldPath,
    narrative: &Narrative,
    findings: &mut Findings<'_>,
) {
    fn heading(part: &Part) -> Option<&Text> {
        part.heading.as_ref().filter(|heading| !heading.is_blank())
    }
    let are_headed = narrative.parts.iter().any(|part| heading(part).is_some());
    for (i, part) in narrative.parts.iter().enumerate() {
        let at = parts.index(i);
        let has_text = part.says_something() || report.is_unclear(&at.key("text"));
        let Some(heading) = heading(part) else {
            if has_text && are_headed && !report.is_unclear(&at.key("heading")) {
                nameless(parts, i, findings);
            }
            continue;
        };
        if has_text {
            continue;
        }
        let place = Place::Value(at.key("heading"));
        let message = format!("“{}”只有小标题，没有正文", heading.printed().trim());
        let finding = findings.report(place, message, "下面没有正文");
        finding.help.push(format!(
            "在这个小标题之下补写 text；不写这一部分的，把它的 [[{parts}]] 整段删去"
        ));
    }
}

/// Says that a part has a text and, unlike others of its section, no heading.
fn nameless(parts: &FieldPath, i: usize, findings: &mut Findings<'_>) {
    let place = Place::Value(parts.index(i).key("heading"));
    let message = "这个部分有正文，没有小标题".to_owned();
    let finding = findings.report(place, message, "没有小标题");
    finding.help.push("在 heading 写上小标题，不带序号".to_owned());
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::check;

    #[test]
    fn a_heading_without_text() {
        check(
            &RULE,
            "[overview]\ntext = \"公开信息9条。\"\n[[overview.parts]]\nheading = \"主动公开情况\"\n#         ^ “主动公开情况”只有小标题\n\
             [[overview.parts]]\nheading = \"监督保障情况\"\n#         ^ “监督保障情况”只有小标题\ntext = \"  \"\n",
        );
        check(
            &RULE,
            "[other]\nhandling_fee = { notices = 0, amount = 0 }\n[[other.parts]]\nheading = \"信息处理费\"\n#         ^ 只有小标题\n",
        );
    }

    #[test]
    fn a_text_without_heading_among_others_that_have_one() {
        check(
            &RULE,
            "[overview]\n[[overview.parts]]\nheading = \"平台建设情况\"\ntext = \"更新9条。\"\n\
             [[overview.parts]]\nheading = \"\"\n#         ^ 有正文，没有小标题\ntext = \"公开9条。\"\n",
        );
        // Numbers alone are a way of writing, too.
        check(
            &RULE,
            "[problems]\n[[problems.parts]]\ntext = \"更新慢。\"\n[[problems.parts]]\ntext = \"人少。\"\n",
        );
    }

    #[test]
    fn parts_that_say_something_and_sections_without_any_text() {
        check(
            &RULE,
            "[problems]\n[[problems.parts]]\nheading = \"存在的问题\"\ntext = \"更新不及时。\"\n\
             [[problems.parts]]\nheading = \"我局将加强培训。\"\n",
        );
        check(&RULE, "[overview]\n[[overview.parts]]\nheading = \"主动公开情况\"\ntext = \"\"\n");
        check(&RULE, "[other]\n[[other.parts]]\nheading = \"信息处理费\"\n");
        check(
            &RULE,
            "[overview]\ntext = \"公开信息9条。\"\n[[overview.parts]]\naspect = \"platform\"\n",
        );
    }
}
