//! NB006: section five has problems, and a remedy for each.

use crate::diag::{Place, Severity};
use crate::edition::Edition;
use crate::law;
use crate::report::{FieldPath, Report};
use crate::rules::machinery::text::numbering::{Style, markers};
use crate::rules::machinery::text::{Role, has_any, length, section_pieces, sentences};
use crate::rules::{Docs, Findings, Rule};

const PROBLEMS: &[&str] = &[
    "问题", "不足", "不够", "有待", "薄弱", "欠缺", "差距", "短板", "尚未", "仍需", "还需", "不强",
    "不高", "困难",
];
const REMEDIES: &[&str] =
    &["改进", "整改", "措施", "下一步", "今后", "加强", "加大", "强化", "完善", "提升", "提高"];
/// Words that begin the account of remedies.
const TURN: &[&str] = &[
    "改进措施",
    "改进情况",
    "整改措施",
    "整改情况",
    "下一步",
    "针对上述",
    "针对以上",
    "针对存在",
    "今后",
];
/// Words of a remedy that has already been taken.
const DONE: &[&str] = &[
    "已",
    "以来",
    "完成了",
    "开展了",
    "建立了",
    "制定了",
    "组织了",
    "印发了",
    "得到",
    "取得",
    "有所",
    "本年度",
];
/// Words of a remedy that is only planned; without one, a remedy may well have been taken.
const PLANNED: &[&str] =
    &["下一步", "下一阶段", "今后", "将", "拟", "计划", "打算", "继续", "进一步", "争取", "力争"];
/// Below this the section is NB005's business.
const FEW: usize = 10;

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB006",
    name: "improvements-missing",
    title: "第五部分没有写全问题和改进情况",
    severity: Severity::Warning,
    fixed: false,
    basis: &[law::REGULATION_50, law::FORMAT_2021_SECTIONS],
    editions: Edition::ALL,
    docs: Docs {
        what: "第五部分是否既有问题又有改进；用“一是”“1.”逐条列出的，改进的条数是否少于问题的条数。只写今后打算、没有写已经作出的改进的，给出提示。",
        why: "《条例》第五十条要求报告“存在的主要问题及改进情况”，两者缺一不可；问题有几条，改进就应当对应几条。“改进情况”也包括本年度已经做到的。",
        example: "[problems]\ntext = '''\n一是……不足。二是……不够。三是……不强。\n下一步：一是加强……。二是完善……。\n'''",
        corrected: "[problems]\ntext = '''\n一是……不足。二是……不够。三是……不强。\n改进情况：一是已……，下一步加强……。二是已……，下一步完善……。三是……。\n'''",
    },
    check,
};

fn check(report: &Report, findings: &mut Findings<'_>) {
    let pieces = section_pieces(&report.problems, "problems");
    let all: usize = pieces.iter().map(|piece| length(piece.printed())).sum();
    if all < FEW {
        return;
    }
    let place = || Place::Key(FieldPath::new("problems"));
    let says = |words| pieces.iter().any(|piece| has_any(piece.printed(), words));
    for (words, what) in [(PROBLEMS, "存在的问题"), (REMEDIES, "改进情况")] {
        if !says(words) {
            findings
                .report(place(), format!("第五部分没有写{what}"), "")
                .help
                .push("问题和改进情况都要写，并且一一对应".to_owned());
            return;
        }
    }
    let (problems, remedies) = halves(report);
    let (Some(n_problems), Some(n_remedies)) = (items(&problems), items(&remedies)) else { return };
    if n_remedies < n_problems {
        let message = format!("列了{n_problems}个问题，改进只有{n_remedies}条");
        findings
            .report(place(), message, "改进与问题没有对应")
            .help
            .push("逐个问题写明改进情况；一条改进对应几个问题的，请写清对应关系".to_owned());
    }
    if has_any(&remedies, PLANNED) && !has_any(&remedies, DONE) {
        findings
            .report_as(
                Severity::Hint,
                place(),
                "改进部分只写了今后的打算，没有写已经作出的改进",
                "",
            )
            .help
            .push("“改进情况”包括本年度针对上年问题已经做到的，请补写".to_owned());
    }
}

/// The account of problems and that of remedies; the second begins with the first word of a turn.
fn halves(report: &Report) -> (String, String) {
    let mut halves = (String::new(), String::new());
    let mut turned = false;
    for piece in section_pieces(&report.problems, "problems") {
        let text = piece.printed();
        if piece.role == Role::Heading {
            turned |= has_any(text, &["改进", "整改", "措施", "下一步", "打算"])
                && !text.contains("问题");
            continue;
        }
        for sentence in sentences(text) {
            let words = &text[sentence];
            let begin: String = words.trim_start().chars().take(16).collect();
            turned |= has_any(&begin, TURN);
            let half = if turned { &mut halves.1 } else { &mut halves.0 };
            half.push_str(words);
        }
        let half = if turned { &mut halves.1 } else { &mut halves.0 };
        half.push('\n');
    }
    halves
}

/// How many items a text lists, counted at the highest level that has more than one; `None` when
/// it is no list.
fn items(text: &str) -> Option<usize> {
    let markers = markers(text);
    [Style::Third, Style::Fourth, Style::Running].into_iter().find_map(|style| {
        let n = markers.iter().filter(|marker| marker.style == style).count();
        (n > 1).then_some(n)
    })
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::check;

    fn problems(text: &str, expected: &str) {
        check(&RULE, &format!("[problems]\n{expected}text = '''\n{text}\n'''\n"));
    }

    #[test]
    fn fewer_remedies_than_problems() {
        problems(
            "一是人手不足。二是解读不够。三是更新不及时。\n改进情况：一是已增加人手。二是已增加解读。",
            "#^ 列了3个问题，改进只有2条\n",
        );
    }

    #[test]
    fn s001_11_only_plans() {
        problems(
            "一是人手不足。二是解读不够。\n改进措施：下一步，一是进一步充实人手。二是进一步丰富解读。",
            "#^ 只写了今后的打算\n",
        );
    }

    #[test]
    fn problems_without_remedies_and_the_reverse() {
        problems("一是人手严重不足。二是解读不够。", "#^ 没有写改进情况\n");
        problems("我们将加强培训，完善各项制度。", "#^ 没有写存在的问题\n");
    }

    #[test]
    fn as_many_remedies_as_problems() {
        problems(
            "一是人手不足。二是解读不够。\n针对上述问题，采取以下措施：一是已增加人手。二是增加解读。三是加强检查。",
            "",
        );
        problems(
            "1.人手不足。一是少。二是兼职。三是流动。\n2.解读不够。\n改进情况：\n1.已增加人手。\n2.增加解读。",
            "",
        );
        // Said without 已, but not as a plan either.
        problems(
            "一是人手不足。二是解读不够。\n改进情况：一是增配两名专职人员。二是编写图解五期。",
            "",
        );
        problems("一是人手不足。下一步，将充实人手。二是解读不够。下一步，将增加解读。", "");
    }
}
