//! NB003: section one treats all five aspects.

use crate::diag::{Place, Severity};
use crate::edition::Edition;
use crate::law::{self, Authority};
use crate::prose::Words;
use crate::report::{Aspect, FieldPath, Part, Report, Text};
use crate::rules::machinery::text::{Piece, Role, section_pieces};
use crate::rules::machinery::word_lists::WordLists;
use crate::rules::structure::supervision_results_missing::says_nothing_is_there;
use crate::rules::{Docs, Findings, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB003",
    name: "aspect-missing",
    title: "总体情况没有写全五个方面",
    severity: Severity::Warning,
    fixed: false,
    authority: Authority::Notice,
    basis: &[law::FORMAT_2021_SECTION_1],
    editions: Edition::Y2021.and_later(),
    docs: Docs {
        what: "“总体情况”是否写到主动公开、依申请公开、政府信息管理、政府信息公开平台建设、监督保障五个方面：写了正文并用 aspect 标明的、有标题的，或者文字中说到的，都算写到。文字中只顺带提到而没有自己的段落的，给出提示。",
        why: "格式文件对总体情况的要求是“主要包括主动公开、依申请公开、政府信息管理、政府信息公开平台建设、监督保障”。",
        example: "[[overview.parts]]\nheading = \"主动公开情况\"\ntext = \"……\"\n# 其余四个方面没有写",
        corrected: "[[overview.parts]]\naspect = \"disclosure\"\nheading = \"主动公开情况\"\ntext = \"……\"\n\n[[overview.parts]]\naspect = \"requests\"\nheading = \"依申请公开情况\"\ntext = \"……\"\n\n[[overview.parts]]\naspect = \"management\"\nheading = \"政府信息管理情况\"\ntext = \"……\"\n\n[[overview.parts]]\naspect = \"platform\"\nheading = \"政府信息公开平台建设情况\"\ntext = \"……\"\n\n[[overview.parts]]\naspect = \"supervision\"\nheading = \"监督保障情况\"\ntext = \"……\"",
    },
    check,
};

fn check(report: &Report, findings: &mut Findings<'_>) {
    if report.overview.says_nothing() {
        findings.unassessed("总体情况没有填写");
        return;
    }
    let pieces = section_pieces(&report.overview, "overview");
    let mut missing = Vec::new();
    let mut vague = Vec::new();
    for (aspect, key, name) in Aspect::ALL {
        // A part that stands there to be written says nothing yet; if it has a heading, NB012 says so.
        let is_filled = |text: &Option<Text>| text.as_ref().is_some_and(|text| !text.is_blank());
        let is_written = |part: &&Part| is_filled(&part.heading) || is_filled(&part.text);
        let mut parts = report.overview.parts.iter().filter(is_written);
        let marked = parts.any(|part| part.aspect == Some(*aspect));
        let signs = WordLists::get().aspects.iter().find(|signs| signs.aspect == *key);
        let Some(signs) = signs.filter(|signs| !marked && found(&pieces, &signs.clear).is_none())
        else {
            continue;
        };
        match found(&pieces, &signs.vague) {
            Some((piece, word)) => vague.push((*name, piece, word)),
            // That a government tells no results of its supervision is said with the law that asks for them.
            None if *aspect == Aspect::Supervision && says_nothing_is_there(report) => {}
            None => missing.push((*name, *key)),
        }
    }
    if !missing.is_empty() {
        let names: Vec<&str> = missing.iter().map(|(name, _)| *name).collect();
        let message = format!("总体情况没有写到：{}", names.join("、"));
        let keys: Vec<String> = missing.iter().map(|(_, key)| format!("\"{key}\"")).collect();
        findings
            .report(Place::Key(FieldPath::new("overview")), message, "五个方面没有写全")
            .help
            .push(format!(
                "补写缺少的方面，每个方面写一段 [[overview.parts]]，依次标明 aspect = {}",
                keys.join("、")
            ));
    }
    for (name, piece, word) in vague {
        let start = piece.printed().find(word).unwrap_or(0);
        let message = format!("“{name}”没有自己的段落，只说到“{word}”");
        findings
            .report_as(
                Severity::Hint,
                piece.place(start..start + word.len()),
                message,
                "只有这里提到",
            )
            .help
            .push(format!("把有关工作集中写成一部分，标题用“{name}情况”，或用 aspect 标明"));
    }
}

fn found<'a, 'b>(pieces: &'a [Piece<'a>], words: &'b Words) -> Option<(&'a Piece<'a>, &'b str)> {
    words.iter().find_map(|word| {
        pieces
            .iter()
            .find(|piece| piece.role != Role::Note && treats(piece.printed(), word))
            .map(|piece| (piece, word))
    })
}

/// True if a text holds a sign where it is no part of another word.
fn treats(text: &str, sign: &str) -> bool {
    text.contains(sign)
        && text.match_indices(sign).any(|(at, _)| {
            !WordLists::get().apart.iter().any(|word| {
                word.match_indices(sign).any(|(within, _)| {
                    let start = at.checked_sub(within);
                    start
                        .and_then(|start| text.get(start..))
                        .is_some_and(|own| own.starts_with(word))
                })
            })
        })
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, points_at};

    #[test]
    fn s004_18_no_word_on_management() {
        check(
            &RULE,
            "[overview]\n#^ 没有写到：政府信息管理\ntext = \"主动公开信息9条，收到公开申请1件，办好门户网站，严格考核。\"\n",
        );
    }

    #[test]
    fn s000_14_management_in_passing() {
        points_at(
            &RULE,
            "[overview]\ntext = \"主动公开信息9条，落实三审三校，收到公开申请1件，办好门户网站，严格考核。\"\n",
            &[("三审三校", "没有自己的段落")],
        );
    }

    #[test]
    fn a_government_without_supervision_is_told_once() {
        let text = "主动公开信息9条，加强信息管理，收到公开申请1件，办好门户网站。";
        let government = "[agency]\nkind = \"government\"\n";
        check(&RULE, &format!("{government}[overview]\ntext = \"{text}\"\n"));
        // Where NB004 is turned off, nobody else says it.
        check(
            &RULE,
            &format!(
                "[rules.severity]\nNB004 = \"off\"\n{government}[overview]\n#^ 没有写到：监督保障\ntext = \"{text}\"\n"
            ),
        );
        check(
            &RULE,
            &format!(
                "[agency]\nkind = \"department\"\n[overview]\n#^ 没有写到：监督保障\ntext = \"{text}\"\n"
            ),
        );
    }

    #[test]
    fn an_aspect_may_be_marked() {
        check(
            &RULE,
            "[overview]\ntext = \"主动公开信息9条，收到公开申请1件，办好门户网站，严格考核。\"\n[[overview.parts]]\naspect = \"management\"\nheading = \"日常工作\"\ntext = \"落实发布制度。\"\n",
        );
    }

    #[test]
    fn a_marked_part_that_is_not_written_yet_counts_for_nothing() {
        check(
            &RULE,
            "[overview]\n#^ 没有写到：政府信息管理\ntext = \"主动公开信息9条，收到公开申请1件，办好门户网站，严格考核。\"\n[[overview.parts]]\naspect = \"management\"\nheading = \"\"\ntext = '''\n\n'''\n",
        );
    }

    #[test]
    fn the_right_to_supervise_is_no_account_of_supervision() {
        let text = "主动公开信息9条，加强信息管理，收到公开申请1件，办好门户网站";
        check(
            &RULE,
            &format!(
                "[overview]\n#^ 没有写到：监督保障\ntext = \"{text}，保障公众的知情权、参与权和监督权。\"\n"
            ),
        );
        check(&RULE, &format!("[overview]\ntext = \"{text}，保障公众的监督权，接受社会监督。\"\n"));
        // Characters of one byte before the word.
        check(&RULE, &format!("[overview]\ntext = \"{text}，全年2次监督。\"\n"));
        check(
            &RULE,
            &format!(
                "[overview]\n#^ 没有写到：监督保障\ntext = \"{text}，与市场监督管理局联办专栏。\"\n"
            ),
        );
    }

    #[test]
    fn an_empty_section_is_not_this_rules_business() {
        check(&RULE, "");
    }
}
