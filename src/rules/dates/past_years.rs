//! Years left from a report before: a plan that is due in a year that is over, and what was published up to the end of the year before.

use super::stray_years::sentence_of;
use super::written_years::{Year, years};
use crate::prose::Lexicon;
use crate::rules::Findings;
use crate::rules::machinery::text::Piece;
use crate::rules::machinery::word_lists::WordLists;

/// Judges a day of the report year, or of one before, by which something planned is to be done: 今后打算……2022年9月底前. Returns
/// whether that was wrong.
pub(super) fn of_deadline(
    piece: &Piece<'_>,
    written: &Year,
    year: u16,
    findings: &mut Findings<'_>,
) -> bool {
    /// The bytes before a day in which a plan is announced; they keep the reading linear.
    const REACH: usize = 900;
    let text = piece.printed();
    let in_problems = piece.path.as_str().starts_with("problems");
    if written.year > year || !is_deadline(&text[written.range.end..]) {
        return false;
    }
    if is_left_over(text, written, year) {
        let message = format!("年内没有做完的，期限写的是{}年，报告年度是{year}年", written.year);
        report_passed(piece, written, year + 1, message, findings);
        return true;
    }
    if !in_problems {
        return false;
    }
    let lists = WordLists::get();
    let words = &lists.stray_years;
    let from = text.floor_char_boundary(written.range.start.saturating_sub(REACH));
    let before = text[from..written.range.start].rsplit('\n').next().unwrap_or_default();
    let planned = last_of(before, &lists.ahead).is_some_and(|ahead| {
        // 今后…… 改进情况：2022年9月底前 is of what was done.
        last_of(before, &words.looks_back).is_none_or(|back| back < ahead)
    });
    let done = words.was_done.are_in(&text[sentence_of(text, &written.range)]);
    if !planned || done {
        return false;
    }
    let message = format!("打算中的期限写的是{}年，本报告是{year}年的", written.year);
    report_passed(piece, written, year + 1, message, findings);
    true
}

fn report_passed(
    piece: &Piece<'_>,
    written: &Year,
    next: u16,
    message: String,
    findings: &mut Findings<'_>,
) {
    let label = format!("是否应为{next}年");
    let finding = findings.report(piece.place(written.range.clone()), message, label);
    finding.help.push("改正年份，并检查是否沿用了往年的打算".to_owned());
}

/// True if the year is that of the day by which the rest of something is to be done that was done but for this rest when the year ended:
/// 38项任务年内完成35项，其余3项2024年3月底前完成.
fn is_left_over(text: &str, written: &Year, year: u16) -> bool {
    let words = &WordLists::get().stray_years;
    let sentence = sentence_of(text, &written.range);
    let before = &text[sentence.start..written.range.start];
    let behind = &text[written.range.end..sentence.end];
    let rest =
        before.rsplit('，').take(2).find(|clause| words.left_over.start_of(clause).is_some());
    let Some(rest) = rest else { return false };
    let at = before.len() - before.rsplit_once(rest).map_or(0, |(_, end)| end.len()) - rest.len();
    let (done, own) = (&before[..at], &text[sentence.start + at..sentence.end]);
    let own = own.split('，').take(2).collect::<String>();
    let counted = rest.contains(|c: char| c.is_numeric() || "一二两三四五六七八九十".contains(c));
    let to_the_end = words.to_the_end.are_in(done) || words.not_yet_done.are_in(&own);
    // The last days of the year may be meant as they were told in it.
    let at_the_end = written.year == year && words.ends_of_years.start_of(behind).is_some();
    counted
        && to_the_end
        && !at_the_end
        && !words.within_the_year.are_in(done)
        && !words.was_done.are_in(&own)
}

/// The end of the last place of a text where one of some words stands.
fn last_of(text: &str, words: &crate::prose::Words) -> Option<usize> {
    words.iter().filter_map(|word| Some(text.rfind(word)? + word.len())).max()
}

/// True if the words behind a year are the rest of a day by which something is due: 9月底前, 底前.
fn is_deadline(behind: &str) -> bool {
    const NEAR: usize = 12;
    let due = &WordLists::get().stray_years.due_before;
    let behind = behind.trim_start_matches('年');
    let day = |c: char| c.is_ascii_digit() || "月日上中下旬底末初份".contains(c);
    let rest = behind.trim_start_matches(day);
    behind.len() - rest.len() <= NEAR * 3
        && rest.len() < behind.len()
        && due.start_of(rest).is_some()
}

/// Judges what was published up to the end of the year before, told as if it were up to that of the report: 截至2021年底，全区26个领域
/// 累计公开事项1137项. Returns whether that was wrong.
pub(super) fn of_state_before(
    piece: &Piece<'_>,
    written: &Year,
    year: u16,
    findings: &mut Findings<'_>,
) -> bool {
    if written.year + 1 != year || !piece.path.as_str().starts_with("overview") {
        return false;
    }
    let text = piece.printed();
    let lists = WordLists::get();
    let words = &lists.stray_years;
    let sentence = sentence_of(text, &written.range);
    let said = &text[sentence.clone()];
    let ahead = text[sentence.start..written.range.start].trim();
    let behind = &text[written.range.end..sentence.end];
    let end = words.ends_of_years.start_of(behind).map(|end| &behind[end.len()..]);
    let begins = lists.until.has(ahead) && end.is_some_and(|rest| rest.starts_with('，'));
    let alone = years(said).len() == 1;
    let growth = &Lexicon::get().growth;
    let compares =
        growth.up.are_in(said) || growth.down.are_in(said) || words.compares.are_in(said);
    let told =
        words.published_up_to.are_in(behind) && behind.contains(|c: char| c.is_ascii_digit());
    if !begins || !alone || compares || !told {
        return false;
    }
    let message = format!("写的是截至{}年底的情况，报告年度是{year}年", written.year);
    let label = format!("是否应为{year}年");
    let finding = findings.report(piece.place(written.range.clone()), message, label);
    finding.help.push("改正年份和数字；说的确是上年底的，写明本年有什么变化".to_owned());
    true
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{check_text, run};
    use crate::source::SourceFile;

    const RULE: &crate::rules::Rule = &super::super::other_year::RULE;

    #[test]
    fn plans_that_are_due_in_a_year_that_is_over() {
        let problems = |text: &str| {
            format!("format = \"2021\"\n[report]\nyear = 2023\n[problems]\ntext = \"{text}\"\n")
        };
        let wrong = "今后打算：把公开栏内容发到微信群，2023年9月底前为6个村装上电子屏。";
        assert_eq!(run(RULE, &SourceFile::parse("test.toml", problems(wrong))).len(), 1);
        for fine in [
            "下一步，公开栏内容同步发到微信群，2024年9月底前为6个村装上电子屏。",
            "下一步，推广2023年9月底前已装电子屏的6个村的做法。",
            "今后继续推进。改进情况：2023年9月底前为6个村装上电子屏。",
            "整改情况：2023年9月底前全部换新。",
        ] {
            assert_eq!(
                run(RULE, &SourceFile::parse("test.toml", problems(fine))).len(),
                0,
                "{fine}"
            );
        }
    }

    #[test]
    fn what_was_left_when_the_year_ended() {
        for wrong in [
            "38项整改任务年内完成35项，其余3项2023年3月底前完成。",
            "12个栏目全年改好10个，剩余2个正在改版，2023年6月底前上线。",
            "12个栏目已改好10个，剩余2个计划2023年6月底前上线。",
        ] {
            check_text(RULE, wrong, "", 1);
        }
        for fine in [
            "38项整改任务年内完成35项，其余3项2024年3月底前完成。",
            "38项整改任务上半年完成35项，其余3项2023年9月底前完成。",
            "38项整改任务6月底前完成35项，其余3项2023年9月底前完成。",
            "38项整改任务全部完成，其余3项2023年9月底前已完成。",
            "38项整改任务全年完成35项，其余乡镇2023年9月底前完成了自查。",
        ] {
            check_text(RULE, fine, "", 0);
        }
    }

    #[test]
    fn what_was_published_up_to_the_year_before() {
        check_text(RULE, "截至2022年底，全区26个领域全部编制目录，累计公开事项1137项。", "", 1);
        for fine in [
            "截至2023年底，全区26个领域全部编制目录，累计公开事项1137项。",
            "截至2022年底，累计公开事项1137项，本年新增85项。",
            "截至2022年底，全县户籍人口32万人。",
            "截至2022年底公开的1137项逐项复核。",
        ] {
            check_text(RULE, fine, "", 0);
        }
    }
}
