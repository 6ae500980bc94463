//! NB006: section five has problems, and a remedy for each.

use crate::diag::{Diagnostic, Place, Severity};
use crate::edition::Edition;
use crate::law::{self, Authority};
use crate::prose::Words;
use crate::report::{FieldPath, Report};
use crate::rules::machinery::text::numbering::{Style, leading, markers};
use crate::rules::machinery::text::{Role, length, section_pieces, sentences};
use crate::rules::machinery::word_lists::WordLists;
use crate::rules::{Docs, Findings, Rule};

/// As many more problems than measures told in running text, where one measure may well meet two.
const CLEARLY_MORE: usize = 2;
/// Below this the section is NB005's business.
const FEW: usize = 10;

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB006",
    name: "improvements-missing",
    title: "第五部分没有写全问题和改进情况",
    severity: Severity::Warning,
    fixed: false,
    authority: Authority::Law,
    basis: &[law::REGULATION_50_4, law::FORMAT_2021_SECTIONS],
    editions: Edition::ALL,
    docs: Docs {
        what: "第五部分是否既有问题又有改进；用“一是”“1.”逐条列出的，改进的条数是否少于问题的条数。只写今后打算、没有写已经作出的改进的，给出提示。",
        why: "《条例》第五十条第一款第四项要求报告“存在的主要问题及改进情况”，两者缺一不可；“改进情况”也包括本年度已经做到的。问题有几条、改进就写几条，是各地的一般做法，国家没有统一规定。",
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
    let lists = WordLists::get();
    let says = |words: &Words| pieces.iter().any(|piece| words.are_in(piece.printed()));
    let (problems, remedies) = halves(report);
    let told = [
        (tells_problems(&problems) || says(&lists.problems), "存在的问题"),
        (
            says(&lists.remedies) || !remedies.trim().is_empty() || tells_figures(&problems),
            "改进情况",
        ),
    ];
    for (told, what) in told {
        if !told {
            findings
                .report(place(), format!("第五部分没有写{what}"), "")
                .help
                .push("问题和改进情况都要写，并且一一对应".to_owned());
            return;
        }
    }
    // Of two lists one may tell the problems of the year before.
    let (n_problems, n_remedies) = (
        items(&problems).and_then(|lists| lists.into_iter().max()),
        items(&remedies).map(|lists| lists.into_iter().sum()),
    );
    match (n_problems, n_remedies) {
        (Some(n_problems), Some(n_remedies)) if n_remedies < n_problems => {
            let message = format!("列了{n_problems}个问题，改进只有{n_remedies}条");
            let finding = findings.report(place(), message, "改进与问题没有对应");
            usual(finding);
            finding.help.push(ONE_EACH.to_owned());
        }
        (Some(_), _) => {}
        // Problems told in one sentence are not counted with certainty, nor are measures told so.
        (None, listed) => {
            let n_problems = told_problems(&problems);
            let n_remedies = listed.unwrap_or_else(|| told_measures(&remedies));
            if n_remedies > 0 && n_problems >= n_remedies + CLEARLY_MORE {
                let message = format!("说到{n_problems}个问题，改进似乎只有{n_remedies}条");
                let finding =
                    findings.report_as(Severity::Hint, place(), message, "改进与问题没有对应");
                usual(finding);
                finding.help.push(ONE_EACH.to_owned());
            }
        }
    }
    if is_only_planned(&remedies, report.header.year) {
        let message = "改进部分只写了今后的打算，没有写已经作出的改进";
        let finding = findings.report_as(Severity::Hint, place(), message, "");
        usual(finding);
        finding.help.push("“改进情况”包括本年度针对上年问题已经做到的，请补写".to_owned());
    }
}

/// True if an account tells shortcomings one by one, in whatever words: 一是…更新滞后；二是…内容简单.
fn tells_problems(problems: &str) -> bool {
    const SEVERAL: usize = 2;
    let listed = items(problems).is_some_and(|lists| lists.into_iter().any(|n| n >= SEVERAL));
    // 一是加强学习；二是完善制度: measures, and no shortcomings.
    let acts = || problems.split(['。', '；', '，', '\n']).any(is_act);
    listed && !acts() || told_problems(problems) >= SEVERAL
}

/// The Regulation asks for problems and improvements; how they answer each other is left to custom.
fn usual(finding: &mut Diagnostic) {
    finding.authority = Some(Authority::Practice);
    finding.basis = vec![law::PRACTICE, law::REGULATION_50_4];
}

const ONE_EACH: &str = "逐个问题写明改进情况；一条改进对应几个问题的，请写清对应关系";

/// True if an account of remedies holds plans and nothing that has been done.
///
/// A clause that is no plan by its own words nor by those before it tells something done, although
/// without 已 or 了: 开展考核管理.
fn is_only_planned(remedies: &str, year: Option<u16>) -> bool {
    let lists = WordLists::get();
    let mut planned = false;
    for line in remedies.lines() {
        let mut ahead = false;
        for clause in line.split(['。', '；', '！']) {
            let begin = clause.trim_start();
            let lead = begin.split(['，', '：', ',', ':']).next().unwrap_or_default();
            let named = year_at(lead);
            if lists.ahead.are_in(lead) || named > year && year.is_some() {
                ahead = true;
            } else if named.is_some() && named == year {
                ahead = false;
            }
            if is_done(clause) {
                return false;
            }
            if ahead || is_plan(clause) {
                planned |= lists.remedies.are_in(clause);
            } else if begin.split(['，', '：', ',', ':', '、']).any(is_act) {
                return false;
            }
        }
    }
    planned
}

/// The year of four figures that a phrase names.
fn year_at(phrase: &str) -> Option<u16> {
    let (before, _) = phrase.split_once('年')?;
    before.get(before.len().checked_sub(4)?..)?.parse().ok()
}

/// True if a clause tells something done.
fn is_done(clause: &str) -> bool {
    // 了 behind a verb; 为了, 除了 and 了解 are other words.
    let perfect = clause.match_indices('了').any(|(at, sign)| {
        at > 0
            && !clause[..at].ends_with(['为', '除', '到', '罢'])
            && !clause[at + sign.len()..].starts_with(['解', '然'])
    });
    perfect || WordLists::get().done.are_in(clause)
}

/// True if a clause is a plan by its own words.
fn is_plan(clause: &str) -> bool {
    let lists = WordLists::get();
    lists.planned.are_in(clause)
        || clause.match_indices('将').any(|(at, sign)| {
            let after = &clause[at + sign.len()..];
            lists.after_will.start_of(after).is_some()
        })
}

/// True if a phrase, without the number of its item, begins with a measure.
fn is_act(phrase: &str) -> bool {
    let phrase = phrase.trim_start();
    let phrase = leading(phrase).map_or(phrase, |marker| &phrase[marker.range.end..]);
    phrase.starts_with('将') || WordLists::get().measures.start_of(phrase).is_some()
}

/// The number of problems that a sentence of running text lists: its members that name a shortcoming.
fn told_problems(text: &str) -> usize {
    sentences(text)
        .map(|sentence| {
            text[sentence]
                .split(['、', '，', '；'])
                .filter(|member| WordLists::get().shortcomings.are_in(member))
                .count()
        })
        .max()
        .unwrap_or(0)
}

/// The greatest number of measures in a text: phrases that begin with the verb of one, or all clauses but those
/// that only lead to them, whichever are more.
fn told_measures(text: &str) -> usize {
    let lists = WordLists::get();
    let planned = &lists.planned;
    let verbs = text.split(['，', '；', '。', '、', '\n', '：']).filter(|clause| {
        let clause = clause.trim_start_matches(|c: char| c.is_whitespace() || LEADS.contains(c));
        let clause =
            planned.iter().fold(clause, |rest, word| rest.strip_prefix(word).unwrap_or(rest));
        is_act(clause)
    });
    let clauses = text.split(['，', '；', '。', '：', '\n']).filter(|clause| {
        let clause = clause.trim_start();
        let mut leads = lists.remedies_begin.iter().chain(lists.ahead.iter());
        // 群众满意度有所提升 is the effect of a measure, and no measure.
        let leads = leads.any(|word| clause.starts_with(word));
        !clause.is_empty() && !leads && !lists.effects.are_in(clause)
    });
    verbs.count().max(clauses.count())
}

/// Characters that may stand before the verb of a measure: who acts, and that it is done or will be.
const LEADS: &str = "将已我局县市区办委要并";

/// The account of problems and that of remedies; the second begins with the first word of a turn.
fn halves(report: &Report) -> (String, String) {
    let mut halves = (String::new(), String::new());
    let mut turned = false;
    for piece in section_pieces(&report.problems, "problems") {
        let text = piece.printed();
        if piece.role == Role::Heading {
            turned |= WordLists::get().remedy_heads.are_in(text) && !text.contains("问题");
            continue;
        }
        for sentence in sentences(text) {
            let words = &text[sentence];
            turned |= turns(words, report.header.year, !halves.0.trim().is_empty());
            let half = if turned { &mut halves.1 } else { &mut halves.0 };
            half.push_str(words);
        }
        let half = if turned { &mut halves.1 } else { &mut halves.0 };
        half.push('\n');
    }
    halves
}

/// True if the account of remedies begins with a sentence: by the words that lead to it, by a time to come, or, where
/// problems have been told, by measures that have been taken.
fn turns(sentence: &str, year: Option<u16>, problems_told: bool) -> bool {
    let lists = WordLists::get();
    let begin: String = sentence.trim_start().chars().take(16).collect();
    let lead = begin.split(['，', '：']).next().unwrap_or_default();
    let ahead = lists.ahead.are_in(lead) || year.is_some() && year_at(lead) > year;
    let taken = || {
        is_done(sentence)
            && !lists.problems.are_in(sentence)
            && sentence.split(['，', '：', '；', '、']).any(|clause| {
                let clause = clause.trim_start().trim_start_matches(|c| LEADS.contains(c));
                lists.measures.start_of(clause.trim_end_matches('了')).is_some()
            })
    };
    // 2023年度提出的问题有三，……已更新9个: those of the year before, with what became of them.
    let before = year.is_some_and(|year| year_at(lead) == year.checked_sub(1));
    let of_last_year = (before || lists.year_before.are_in(lead)) && lists.problems.are_in(lead);
    let answered = of_last_year && is_done(sentence);
    lists.remedies_begin.are_in(&begin) || ahead || answered || problems_told && taken()
}

/// True if a text, having told problems, tells something with figures that is none: 印制手册5000本.
fn tells_figures(text: &str) -> bool {
    let lists = WordLists::get();
    let is_digit = |c: char| c.is_ascii_digit();
    // 2024年 tells the time.
    let has_figure = |words: &str| {
        words
            .split_inclusive(|c: char| !c.is_ascii_digit())
            .any(|part| part.starts_with(is_digit) && !part.ends_with('年'))
    };
    sentences(text).map(|range| &text[range]).skip_while(|words| !lists.problems.are_in(words)).any(
        |words| {
            let listed = leading(words.trim_start()).is_some();
            !listed && !lists.problems.are_in(words) && has_figure(words)
        },
    )
}

/// The numbers of items of the lists of a text, at the highest level that has more than one; `None` when there is no list.
fn items(text: &str) -> Option<Vec<usize>> {
    let markers = markers(text);
    let styles = [Style::Third, Style::Fourth, Style::Circled, Style::Running, Style::Ordinal];
    styles.into_iter().find_map(|style| {
        let mut lists: Vec<usize> = Vec::new();
        for marker in markers.iter().filter(|marker| marker.style == style) {
            match lists.last_mut() {
                Some(items) if marker.number != 1 => *items += 1,
                // 存在一是……；二是……: the first item stands in the middle of a clause.
                None if marker.number == 2 => lists.push(2),
                Some(_) | None => lists.push(1),
            }
        }
        (lists.iter().sum::<usize>() > 1).then_some(lists)
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
        problems("一是加强业务学习。二是完善审查机制。", "#^ 没有写存在的问题\n");
        problems(
            "一是两个村财务公开晚了一个月；二是栏目内容偏旧，群众想看的办事信息不多。改进情况：已逐月通报，栏目已更新。",
            "",
        );
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
    }

    #[test]
    fn done_without_a_word_of_the_past() {
        // 将 before a noun is 把.
        problems(
            "一是考核不够有力。二是解读形式单一。\n改进情况：将各科室纳入考核范围，丰富了图解形式，开展随机抽查，增加解读数量。",
            "",
        );
        problems(
            "主要问题是解读不够。改进情况：将解读与文件同步起草，组织两期培训。下一步，继续丰富形式。",
            "",
        );
    }

    #[test]
    fn nothing_but_plans_in_running_text() {
        problems(
            "一是人手不足。下一步，将充实人手。二是解读不够。下一步，将增加解读。",
            "#^ 只写了今后的打算\n",
        );
        let text = "一是人手不足。二是解读不够。\n2024年工作措施：一是加强力量。二是丰富解读。";
        let year = "[report]\nyear = 2023\n[problems]\n#^ 只写了今后的打算\n";
        check(&RULE, &format!("{year}text = \"{}\"\n", text.replace('\n', "\\n")));
    }

    #[test]
    fn plans_that_begin_with_a_time_to_come() {
        for lead in ["明年，我局要做好三项工作", "2025年，我局继续坚持问题导向", "改进方向"]
        {
            let text = format!(
                "工作中存在报送不及时、形式单一的问题。{lead}：建立月通报制度，制作短视频，定期组织培训，加强检查。"
            );
            let year = "[report]\nyear = 2024\n[problems]\n#^ 只写了今后的打算\n";
            check(&RULE, &format!("{year}text = \"{text}\"\n"));
        }
    }

    #[test]
    fn items_by_circled_numbers_and_by_ordinals() {
        problems(
            "存在①人手不足；②解读不够；③更新不及时。改进情况：①已增加人手；②已增加解读。",
            "#^ 列了3个问题，改进只有2条\n",
        );
        problems(
            "第一，人手不足；第二，解读不够；第三，更新不及时。改进情况：第一，已增加人手；第二，已增加解读。",
            "#^ 列了3个问题，改进只有2条\n",
        );
    }

    #[test]
    fn problems_of_the_year_before_are_not_counted_again() {
        problems(
            "上年的问题均已整改：一是答复不规范，已统一格式；二是更新不及时，已落实专人。今年的问题：一是内容不够丰富；二是参与不够。改进情况：一是增设专栏；二是邀请群众列席会议。",
            "",
        );
    }

    #[test]
    fn figures_of_what_was_done_are_improvements() {
        problems(
            "工作中存在宣传力度不够、知晓率不高的问题。学校印制手册5000本，知晓率上升到78%。",
            "",
        );
        problems("2024年人手不足。2024年解读不够。", "#^ 没有写改进情况\n");
    }

    #[test]
    fn measures_that_were_taken_begin_the_account_of_them() {
        problems(
            "存在报送不及时、形式单一、力量薄弱、渠道较少、目录滞后的问题。本年度有针对性地建立了通报制度，制作了短视频。",
            "#^ 说到5个问题，改进似乎只有2条\n",
        );
    }

    #[test]
    fn five_problems_in_one_sentence_and_two_measures() {
        problems(
            "工作中还存在公开内容不够全面、解读形式单一、人员变动频繁、培训不足、栏目更新不及时等问题。针对上述问题，已加强培训，完善制度。",
            "#^ 说到5个问题，改进似乎只有2条\n",
        );
        problems(
            "工作中还存在公开内容不够全面、解读形式单一、人员变动频繁、培训不足、栏目更新不及时等问题。针对上述问题，已加强培训，完善制度，取得明显成效，群众满意度有所提升。",
            "#^ 说到5个问题，改进似乎只有2条\n",
        );
        problems(
            "工作中还存在内容不够全面、形式单一、人员不足等问题。针对上述问题，已充实内容，丰富形式，加强培训。",
            "",
        );
        problems(
            "栏目更新不够及时，公开目录衔接不紧；个别答复说理不够充分，引用条款不够准确。\n改进情况：已按季度核对目录，逐栏定人；已修订文书样式，重要答复由法制机构审核。",
            "",
        );
    }
}
