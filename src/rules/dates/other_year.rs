//! NB106: the text speaks of the report year, and plans do not name it as the year to come.

use std::ops::Range;

use super::carried_years::of_carry_over;
use super::own_documents::{is_announced, of_numbers, of_own_documents};
use super::past_years::{of_deadline, of_state_before};
use super::stray_years::{Told, after_publication, sentence_of};
use super::written_years::{Year, years};
use crate::diag::Severity;
use crate::edition::Edition;
use crate::law::{self, Authority};
use crate::report::Report;
use crate::rules::machinery::text::{CLAUSE_ENDS, Piece, Role, pieces};
use crate::rules::machinery::word_lists::WordLists;
use crate::rules::{Docs, Findings, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB106",
    name: "other-year",
    title: "文字中的年份与报告年度不符",
    severity: Severity::Warning,
    fixed: false,
    authority: Authority::Law,
    basis: &[law::REGULATION_49],
    editions: Edition::ALL,
    docs: Docs {
        what: "以“某年，”开头叙述本机关工作的句子是否为报告年度（有件数的为错误，与上年比较、说明沿革的不算），年份有没有少一位、多一位；提到的年度报告是否为报告年度；“结转到某年”是否为报告年度的下一年；当年公布的年度报告是否写成了报告年度的（提示）；改进措施中是否把报告年度当作今后的年份；是否与还没有到的年份相比，或者一年与自己相比；叙述已经做了的事，日期是否在报告公布之后；考核评议是否为报告年度以后的；印发的工作要点、方案是否为上年的；今后的打算里写的期限是否已经过去；公开的成果是否只写到上年底；已经改好的问题是否写成本报告所列的，决算是否写成报告年度的，年内没有做完的期限是否已经过去，文号是否为还没有到的年份。",
        why: "《条例》第四十九条规定公布的是“上一年度”的报告。年份不符，多半是沿用了往年的报告或者照抄了工作方案，漏改了年份。",
        example: "[report]\nyear = 2023\n\n[overview]\ntext = \"2022年，我局公开信息120条。\"",
        corrected: "[report]\nyear = 2023\n\n[overview]\ntext = \"2023年，我局公开信息120条。\"",
    },
    check,
};

fn check(report: &Report, findings: &mut Findings<'_>) {
    let Some(year) = report.header.year else {
        findings.unassessed("报告年度没有填写或写得不对");
        return;
    };
    for piece in pieces(report) {
        if piece.role == Role::Title || piece.role == Role::Note {
            continue; // NB011 judges the title.
        }
        let text = piece.printed();
        let in_problems = piece.path.as_str().starts_with("problems");
        let mut planning = false;
        let mut plan_from = 0;
        let before = findings.list.len();
        of_cut_years(&piece, year, findings);
        of_numbers(&piece, year, findings);
        after_publication(report, &piece, findings);
        for written in years(text) {
            if findings.list.len() - before >= MOST {
                break;
            }
            if !in_problems && of_carry_over(&piece, &written, year, findings) {
                continue;
            }
            if of_own_documents(report, &piece, &written, year, findings)
                || of_deadline(&piece, &written, year, findings)
                || of_state_before(&piece, &written, year, findings)
            {
                continue;
            }
            let sentence = sentence_of(text, &written.range);
            let (named, range) = (written.year, written.range.clone());
            if (Told { piece: &piece, named, range, sentence, year }).judge(findings) {
                continue;
            }
            if written.year != year {
                of_another_year(&piece, &written, (year, report.form().report_name), findings);
                continue;
            }
            if piece.path.as_str().starts_with("overview") {
                of_own_report(&piece, &written, findings);
            }
            if !in_problems {
                continue;
            }
            planning |= is_plan(report, &piece)
                || WordLists::get().plans_begin.are_in(&text[plan_from..written.range.start]);
            plan_from = written.range.start;
            if !planning && !text[written.range.end..].starts_with(['，', '将']) {
                continue;
            }
            of_plan(&piece, &written, planning, findings);
        }
    }
}

/// Judges the report year in a plan, or in a sentence of what is to come.
fn of_plan(piece: &Piece<'_>, written: &Year, planning: bool, findings: &mut Findings<'_>) {
    let text = piece.printed();
    let sentence = sentence_of(text, &written.range);
    let ahead = text[sentence.start..written.range.start].trim_end();
    let head: String = text[written.range.end..sentence.end].chars().take(8).collect();
    let verb = ahead.trim_end_matches(['好', '《', '“']);
    let object = planning
        && WordLists::get().plan_verbs.end_of(verb).is_some()
        && !WordLists::get().plan_done.are_in(&text[sentence]);
    // 2023年将重点抓好, with or without a comma.
    let begun = head.starts_with('，') && head.contains('将') || head.starts_with('将');
    // 改进措施：2023年，我们将…: what leads to it is no subject.
    let led = planning && ahead.ends_with('：');
    // 下一步，2023年将统一: likewise.
    let introduced = planning && WordLists::get().ahead.has(ahead.trim_end_matches('，'));
    let subject = (ahead.is_empty() || led || introduced) && begun;
    if object || subject {
        let year = written.year;
        let message = format!("打算中写的是{year}年，而{year}年就是报告年度");
        let label = format!("是否应为{}年", year + 1);
        let finding = findings.report(piece.place(written.range.clone()), message, label);
        finding.help.push("改正年份，或者写明是报告年度已经做到的".to_owned());
    }
}

/// True if a year behind `before` is that of what an opening announces: 向社会公布2022年度政府信息公开工作情况.
fn tells_of_disclosure(before: &str, behind: &str) -> bool {
    let compared = before.ends_with(['比', '较', '与', '和', '以']);
    let clause = behind.split(CLAUSE_ENDS).next().unwrap_or_default();
    let words = &WordLists::get().own_documents;
    words.matters.start_of(clause).is_some() && words.told_of.are_in(clause) && !compared
}

/// Judges a year that is not the report year.
fn of_another_year(
    piece: &Piece<'_>,
    written: &Year,
    (year, report_name): (u16, &str),
    findings: &mut Findings<'_>,
) {
    let text = piece.printed();
    let after = &text[written.range.end..];
    let place = || piece.place(written.range.clone());
    let behind = after.trim_start_matches('度');
    // In other sections the publication of last year's report is part of the year's work.
    let named = behind.starts_with(report_name) || behind.starts_with("政府信息公开年度报告");
    let named = named || tells_of_disclosure(&text[..written.range.start], behind);
    if named && piece.path.as_str().starts_with("opening") || is_announced(piece, written) {
        let message = format!("写的是{}年的年度报告，本报告是{year}年的", written.year);
        findings
            .report_as(Severity::Error, place(), message, format!("应为{year}年"))
            .help
            .push("改正年份，并检查是否沿用了往年的文字".to_owned());
        return;
    }
    let is_head = text[..written.range.start]
        .trim_end_matches([' ', '\u{3000}'])
        .chars()
        .next_back()
        .is_none_or(|c| matches!(c, '。' | '；' | '\n' | '！' | '？'));
    let lists = WordLists::get();
    // Nothing has been done in a year to come, whoever is named behind it; 2025年1月20日 may be the day of publication.
    let to_come =
        written.year > year && !behind.trim_start().starts_with(|c: char| c.is_ascii_digit());
    let own = to_come
        || [after, behind]
            .iter()
            .any(|words| lists.own_year.start_of(words.trim_start()).is_some());
    let in_problems = piece.path.as_str().starts_with("problems");
    if !is_head || !own || written.year > year && in_problems {
        return;
    }
    let sentence = sentence_of(text, &written.range);
    if in_problems && plans(&text[written.range.end..sentence.end]) {
        // 2022年，我局将继续: left from the plans of a report before.
        let message = format!("打算中写的是{}年，本报告是{year}年的", written.year);
        let label = format!("是否应为{}年", year + 1);
        let finding = findings.report(place(), message, label);
        finding.help.push("改正年份，并检查是否沿用了往年的打算".to_owned());
        return;
    }
    let excuses = if written.year > year + 1 { &lists.year_planned } else { &lists.year_excuses };
    if excuses.are_in(&text[sentence.clone()]) {
        return;
    }
    let counted = has_counts(&text[written.range.end..sentence.end]);
    let severity = if counted && written.year < year { Severity::Error } else { Severity::Warning };
    let message = format!("叙述工作的句子写的是{}年，报告年度是{year}年", written.year);
    findings
        .report_as(severity, place(), message, format!("应为{year}年"))
        .help
        .push("改正年份，并核对句中的数字是否也是往年的；确实说的是该年的，写明缘由".to_owned());
}

/// True if the words behind a year tell what will be done in it: ，我局将继续.
fn plans(behind: &str) -> bool {
    const REACH: usize = 8;
    let subject = behind.trim_start_matches(['度', '，']);
    let will = subject.char_indices().take(REACH).find(|(_, c)| *c == '将');
    will.is_some_and(|(at, c)| {
        WordLists::get().after_will.start_of(&subject[at + c.len_utf8()..]).is_some()
    })
}

/// Judges the report year before the name of a yearly report that was published: in the year that is told of,
/// that can only be the report of the year before.
fn of_own_report(piece: &Piece<'_>, written: &Year, findings: &mut Findings<'_>) {
    /// As far behind the year as the name of a body reaches.
    const REACH: usize = 24;
    let text = piece.printed();
    let sentence = sentence_of(text, &written.range);
    let before = &text[sentence.start..written.range.start];
    // 《关于编制2023年度报告的函》 is the name of another document; 《2023年度报告》 is that of the report.
    let named = before.rsplit_once('《').map(|(_, name)| name).filter(|name| !name.contains('》'));
    if named.is_some_and(|name| !name.is_empty()) {
        return;
    }
    let behind: String = text[written.range.end..sentence.end].chars().take(REACH).collect();
    let name = behind.split(['，', '、', '；', '（', '》']).next().unwrap_or_default();
    let lists = WordLists::get();
    // 2024年工作年度报告 names no subject; 2024年法治政府建设工作年度报告 is another one.
    let is_bare = name.trim_start_matches('度').starts_with("工作年度报告");
    let is_report = (is_bare || lists.yearly_reports.are_in(name))
        && lists.about_reports.end_of(name).is_none();
    let verb = before.trim_end_matches(['了', '《', '“', '完', '成', ' ']);
    let verb = lists.published.end_of(verb);
    // 现公布2023年…年度报告 speaks of this one.
    let clause = before.rsplit(['，', '；', '。']).next().unwrap_or_default();
    let now = clause.trim_start().starts_with(['现', '兹', '特']);
    let is_published = verb.is_some() && !now;
    if !is_report || !is_published || lists.plan_signs.are_in(&text[sentence]) {
        return;
    }
    let last = written.year - 1;
    let message = format!("{}年内公布的应是{last}年的年度报告", written.year);
    findings
        .report_as(
            Severity::Hint,
            piece.place(written.range.clone()),
            message,
            format!("是否应为{last}年"),
        )
        .help
        .push("核对年份；说的确是本报告的，写明公布的日期".to_owned());
}

/// True if the piece is a part on remedies or plans.
fn is_plan(report: &Report, piece: &Piece<'_>) -> bool {
    report.problems.parts.iter().enumerate().any(|(i, part)| {
        piece.path.as_str() == format!("problems.parts[{i}].text")
            && part
                .heading
                .as_ref()
                .is_some_and(|heading| WordLists::get().plan_heads.are_in(heading.printed()))
    })
}

/// A number with a unit of documents or acts.
fn has_counts(text: &str) -> bool {
    let units = ['条', '件', '次', '篇', '份', '个', '场', '期', '人', '宗'];
    text.char_indices()
        .any(|(i, c)| units.contains(&c) && text[..i].ends_with(|d: char| d.is_ascii_digit()))
}

/// More findings in one text say nothing more.
const MOST: usize = 10;

/// Judges years that have not four figures.
fn of_cut_years(piece: &Piece<'_>, year: u16, findings: &mut Findings<'_>) {
    let text = piece.printed();
    for range in cut_years(text).into_iter().take(MOST) {
        let message = format!("“{}”不是四位数的年份", &text[range.clone()]);
        let finding = findings.report(piece.place(range), message, "核对年份");
        finding.help.push(format!("改正年份；说的是报告年度的，写成{year}年"));
    }
}

/// Years that have lost a figure or have one too many, by the month or the body behind them: 202年，我局; 20244年5月.
fn cut_years(text: &str) -> Vec<Range<usize>> {
    let own = &WordLists::get().own_year;
    let cut = |at: usize, sign: &str| {
        let before = &text[..at];
        let n = before.bytes().rev().take_while(u8::is_ascii_digit).count();
        let start = at - n;
        let century = before[start..].starts_with("20") || before[start..].starts_with("19");
        let apart = !before[..start].ends_with(|c: char| c.is_ascii_alphanumeric() || c == '.');
        let behind = text[at + sign.len()..].trim_start_matches('度');
        let month = behind.bytes().take_while(u8::is_ascii_digit).count();
        let dated = (1..=2).contains(&month) && behind[month..].starts_with('月');
        // 历经200年，我局 counts years.
        let begins = before[..start].chars().next_back().is_none_or(|c| "。；\n".contains(c));
        let told = begins && own.start_of(behind).is_some();
        (matches!(n, 3 | 5) && century && apart && (dated || told))
            .then_some(start..at + sign.len())
    };
    text.match_indices('年').filter_map(|(at, sign)| cut(at, sign)).collect()
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::check;

    fn year_2023(lines: &str) {
        check(&RULE, &format!("[report]\nyear = 2023\n{lines}"));
    }

    #[test]
    fn s002_10_a_plan_for_the_year_that_is_over() {
        year_2023(
            "[problems]\ntext = '''\n一是人手不足。\n（二）改进措施\n全面掌握2023年政务公开工作要点。\n#       ^ 是否应为2024年\n'''\n",
        );
    }

    #[test]
    fn a_sentence_left_from_last_year() {
        year_2023("[overview]\ntext = \"2022年，我局公开信息120条。\"\n#       ^ 应为2023年\n");
        year_2023(
            "[opening]\ntext = \"现公布2022年政府信息公开工作年度报告。\"\n#             ^ 本报告是2023年的\n",
        );
    }

    #[test]
    fn a_year_to_come_and_years_that_are_cut() {
        year_2023("[overview]\ntext = \"2033年全镇主动公开信息120条。\"\n#       ^ 应为2023年\n");
        year_2023("[overview]\ntext = \"2032年度我镇起草并印发制度。\"\n#       ^ 应为2023年\n");
        year_2023("[overview]\ntext = \"202年，我局公开信息120条。\"\n#       ^ 核对年份\n");
        year_2023(
            "[overview]\ntext = \"截至20233年5月，公开信息120条。\"\n#           ^ 核对年份\n",
        );
        year_2023(
            "[overview]\ntext = \"2024年1月20日，本报告公布。2035年将全面建成。2030年全县规划已公开。建校已有200年，我校重视。\"\n",
        );
    }

    #[test]
    fn what_is_left_goes_to_the_year_after() {
        year_2023(
            "[overview]\ntext = \"其余2件尚在法定期限内，结转到2023年办理。\"\n#                                    ^ 应为2024年\n",
        );
        year_2023(
            "[overview]\ntext = \"其余2件转入2024年办理。上年结转至2023年的3件均已答复，2021年转入2023年的任务已完成。把重心转到2023年度重点工作上来。\"\n",
        );
    }

    #[test]
    fn a_plan_that_begins_with_the_report_year() {
        year_2023(
            "[problems]\ntext = \"人手不足。2023年，我局将加强培训。\"\n#                 ^ 是否应为2024年\n",
        );
        year_2023(
            "[problems]\ntext = \"人手不足。2023年将重点抓好培训。\"\n#                 ^ 是否应为2024年\n",
        );
    }

    #[test]
    fn plans_of_a_report_before() {
        year_2023(
            "[problems]\ntext = \"人手不足。2022年，我局将继续加强培训。\"\n#                 ^ 是否应为2024年\n",
        );
        year_2023(
            "[problems]\ntext = \"人手不足。2022年，我局将3项制度汇编成册。2024年，我局将继续加强培训。\"\n",
        );
    }

    #[test]
    fn a_report_that_can_not_have_been_published_yet() {
        year_2023(
            "[overview]\ntext = \"按时发布2023年度政府信息公开工作年度报告。\"\n#               ^ 是否应为2022年\n",
        );
        year_2023(
            "[overview]\ntext = \"按时发布2022年度政府信息公开工作年度报告，将编制2023年度报告。\"\n",
        );
        year_2023("[overview]\ntext = \"按要求公开2023年预算和工作要点。\"\n");
        year_2023(
            "[overview]\ntext = \"按照要求，现向社会公布2023年某某局政府信息公开工作年度报告。\"\n",
        );
        year_2023(
            "[overview]\ntext = \"落实《市政务公开办关于编制发布2023年政府信息公开工作年度报告的函》。\"\n",
        );
        year_2023(
            "[overview]\ntext = \"按时发布《2023年度政府信息公开工作年度报告》。\"\n#                 ^ 是否应为2022年\n",
        );
    }

    #[test]
    fn years_with_a_reason() {
        year_2023(
            r#"
[overview]
text = "2023年，公开信息9条，比2022年增长3%。在网站发布关于征集2024年民生实事的公告。2019年成立以来，我局坚持公开。《2022年工作要点》已落实。按时公布2022年政府信息公开工作年度报告。2024年，我局将继续努力。"
[problems]
text = "2023年，我局已修订制度。下一步，根据2023年评估结果整改。2024年，我局加强培训12次。落实了2023年的任务。"
"#,
        );
    }

    #[test]
    fn without_a_year_nothing_can_be_judged() {
        check(&RULE, "[overview]\ntext = \"2022年，我局公开信息120条。\"\n");
    }
}
