//! NB002: the six titles stand once, where the program prints them.

use crate::diag::Severity;
use crate::edition::{Edition, Form, SectionTitle};
use crate::law::{self, Authority};
use crate::report::Report;
use crate::rules::machinery::text::numbering::{Style, leading};
use crate::rules::machinery::text::{Role, length, lines, pieces};
use crate::rules::{Docs, Findings, Rule};

/// A line that is longer than this is no title.
const LONGEST: usize = 30;
/// More findings say nothing more.
const MOST: usize = 20;
/// The least likeness of a line and a title, from 0 to 1.
const ALIKE: f64 = 0.65;

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB002",
    name: "section-title-repeated",
    title: "文字中又写了部分标题，或又用了“一、”一级的编号",
    severity: Severity::Error,
    fixed: false,
    authority: Authority::Notice,
    basis: &[law::FORMAT_2021_SECTIONS, law::LAYOUT_NUMBERING],
    editions: Edition::ALL,
    docs: Docs {
        what: "引言和六个部分的文字里，是否有单独成行的部分标题（如“五、存在的问题及改进措施”），或者以“一、”“二、”开头的段落（总体情况中的，见 NB009）。",
        why: "六个部分的标题由程序按国家格式印出。文字里再写一遍，标题就印了两次；序号或措辞与国家格式不同的，读者分不清哪一个是部分标题。“一、”是部分一级的序号，部分之内可以用“（一）”“1.”“（1）”。",
        example: "[problems]\ntext = '''\n五、存在的问题及改进措施\n一是……\n'''",
        corrected: "[problems]\ntext = '''\n一是……\n'''",
    },
    check,
};

fn check(report: &Report, findings: &mut Findings<'_>) {
    let form = report.form();
    for piece in pieces(report) {
        if matches!(piece.role, Role::Title | Role::Note) {
            continue;
        }
        let text = piece.printed();
        let in_overview = piece.path.as_str().starts_with("overview");
        let mut top = Vec::new();
        for line in lines(text) {
            let words = &text[line.clone()];
            let marker = leading(words).filter(|marker| marker.style == Style::Top);
            let bare = marker.as_ref().map_or(words, |marker| &words[marker.range.end..]);
            let title = same_title(form, bare).filter(|title| {
                // Without a number only the exact words on a line of their own are a title.
                marker.is_some() || (piece.role == Role::Body && bare == name(title))
            });
            match (title, marker) {
                (Some(_), _) if findings.list.len() >= MOST => return,
                (Some(title), _) => {
                    let message = if words == title.title {
                        format!("文字里又写了部分标题“{words}”，标题会印两次")
                    } else {
                        format!("文字里写的“{words}”是部分标题，国家格式是“{}”", title.title)
                    };
                    findings
                        .report(piece.place(line), message, "程序已经印出标题")
                        .help
                        .push("删去这一行；六个部分的标题由程序按国家格式印出".to_owned());
                }
                (None, Some(marker)) if !in_overview => {
                    top.push(line.start + marker.range.start..line.start + marker.range.end);
                }
                _ => {}
            }
        }
        if let Some(first) = top.first() {
            let words = &text[first.clone()];
            let message = format!(
                "部分之内又用了“{words}”，与六个部分的序号同级{}",
                if top.len() > 1 { format!("，共{}处", top.len()) } else { String::new() }
            );
            findings
                .report_as(
                    Severity::Warning,
                    piece.place(first.clone()),
                    message,
                    "应为“（一）”一级",
                )
                .help
                .push("改为“（一）”“1.”，或者写成 [[….parts]]，由程序编号".to_owned());
        }
    }
}

/// The section whose title these words without a number are, as it is or nearly so.
fn same_title<'a>(form: &'a Form, words: &str) -> Option<&'a SectionTitle> {
    let words = words.trim().trim_end_matches(['。', '：', ':', '；']);
    if length(words) > LONGEST {
        return None;
    }
    form.sections.iter().find(|section| {
        let name = name(section);
        words == name
            || section.also.contains(&words)
            || (length(words) > length(name) && words.ends_with(name) && length(name) > 6)
            || are_alike(words, name)
    })
}

/// True if two titles differ in a few characters; where one is much longer, that need not be counted.
fn are_alike(one: &str, other: &str) -> bool {
    let (a, b) = (length(one), length(other));
    let at_most = 1.0 - a.abs_diff(b) as f64 / a.max(b).max(1) as f64;
    at_most >= ALIKE && strsim::normalized_damerau_levenshtein(one, other) >= ALIKE
}

fn name(section: &SectionTitle) -> &str {
    section.title.split_once('、').map_or(section.title, |(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::check;

    #[test]
    fn s000_06_a_title_without_its_adjective() {
        check(
            &RULE,
            "[problems]\ntext = '''\n五、存在的问题及改进情况\n#< 国家格式是“五、存在的主要问题及改进情况”\n一是人手不足。\n'''\n",
        );
    }

    #[test]
    fn s004_13_measures_in_the_title() {
        check(
            &RULE,
            "[problems]\ntext = '''\n五、存在的主要问题及改进措施\n#< 国家格式是\n一是人手不足。\n'''\n",
        );
    }

    #[test]
    fn the_title_as_it_is_would_stand_twice() {
        check(&RULE, "[other]\ntext = '''\n六、其他需要报告的事项\n#< 标题会印两次\n无。\n'''\n");
        check(&RULE, "[overview]\ntext = '''\n总体情况\n#< 是部分标题\n全年平稳。\n'''\n");
    }

    #[test]
    fn a_second_top_level_inside_a_section() {
        check(
            &RULE,
            "[problems]\ntext = '''\n一、主要问题\n#< 同级，共2处\n人手不足。\n二、改进措施\n增加人手。\n'''\n",
        );
    }

    #[test]
    fn other_lines_are_no_titles() {
        check(
            &RULE,
            "[opening]\ntext = \"本报告包括总体情况、主动公开政府信息情况。\"\n[overview]\ntext = '''\n一、主动公开情况\n（一）总体情况\n'''\n\
             [problems]\ntext = '''\n（一）存在的主要问题\n一是人手不足。\n（二）改进情况\n十二是加强培训。\n'''\n",
        );
    }
}
