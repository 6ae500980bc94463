//! Words by which a body calls itself one of another level: 县政府门户网站 in the report of a 区.

use std::ops::Range;

use crate::report::Report;
use crate::rules::Findings;
use crate::rules::machinery::other_bodies::Name;
use crate::rules::machinery::text::{Role, is_han, pieces, sentences};
use crate::rules::machinery::word_groups::{Level, LevelWords};
use crate::rules::machinery::word_lists::WordLists;

/// Reports every word of a report that names its body as one of another level; each word once.
pub(super) fn judge_levels(report: &Report, own: &Name<'_>, findings: &mut Findings<'_>) {
    /// More findings say nothing more.
    const MOST: usize = 5;
    let words = &WordLists::get().levels;
    let Some(level) = words.kinds.iter().find(|level| level.own == own.kind()) else { return };
    if words.no_levels.end_of(own.place()).is_some() {
        return;
    }
    let name = report.agency.name.as_deref().unwrap_or_default();
    let mut told: Vec<&str> = Vec::new();
    for piece in pieces(report).iter().filter(|piece| piece.role != Role::Note) {
        let text = piece.printed();
        for sentence in sentences(text) {
            let said = &text[sentence.clone()];
            for (word, range) in of_other_level(words, level, said) {
                if told.len() == MOST || told.contains(&word) {
                    continue;
                }
                told.push(word);
                let range = sentence.start + range.start..sentence.start + range.end;
                let message = format!("“{word}”不是{}的说法，本报告是“{name}”的", level.own);
                let finding = findings.report(piece.place(range), message, "与机关的级别不符");
                finding.help.push("核对这段文字是否抄自别的机关的报告；写本机关自己的".to_owned());
            }
        }
    }
}

/// The words of a sentence that are of another level, with their first places.
fn of_other_level<'a>(
    words: &LevelWords,
    level: &'a Level,
    sentence: &str,
) -> Vec<(&'a str, Range<usize>)> {
    let there: Vec<&str> = level.words.all_in(sentence).collect();
    if there.is_empty() || words.elsewhere.are_in(sentence) {
        return Vec::new();
    }
    let own = |word: &str, at: usize| {
        let before = &sentence[..at];
        let behind = &sentence[at + word.len()..];
        // 各镇政府, 阳山县委、县政府 are others; 在我县 is not.
        let apart = before.chars().next_back().is_none_or(|c| !is_han(c))
            || words.leads.end_of(before).is_some();
        // What stands in marks is the name of a document, or the words of another.
        let quoted = is_open(before, '《', '》') || is_open(before, '“', '”');
        apart && !quoted && !behind.starts_with('（')
    };
    let found = there.into_iter().filter_map(|word| {
        let (at, _) = sentence.match_indices(word).find(|(at, _)| own(word, *at))?;
        Some((word, at..at + word.len()))
    });
    found.collect()
}

fn is_open(before: &str, open: char, close: char) -> bool {
    before.rfind(open) > before.rfind(close)
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::points_at;

    const RULE: &crate::rules::Rule = &super::super::RULE;

    fn of(name: &str, text: &str, expected: &[&str]) {
        let lines = format!("[agency]\nname = \"{name}\"\n[overview]\ntext = \"{text}\"\n");
        let expected: Vec<_> = expected.iter().map(|word| (*word, "级别")).collect();
        points_at(RULE, &lines, &expected);
    }

    #[test]
    fn a_body_of_another_level() {
        let district = "碧溪市东山区人民政府";
        of(district, "县政府门户网站完成改版。", &["县政府门户网站"]);
        of(district, "在全县推广经验，我县坚持公开。", &["我县", "全县"]);
        of("东山区财政局", "按照县委、县政府的部署，公开信息。", &["县委、县政府"]);
        of("云岭县柳溪乡人民政府", "街道各站所、各社区共16名信息员。", &["街道各站所"]);
        of("云岭县柳溪乡人民政府", "镇党委高度重视公开工作。", &["镇党委"]);
        of("东山区河西街道办事处", "全镇设公开栏12个。", &["全镇"]);
        of("云岭县人民政府", "区委、区政府高度重视。", &["区委、区政府"]);
    }

    #[test]
    fn bodies_of_other_levels_that_are_rightly_named() {
        let district = "碧溪市东山区人民政府";
        for fine in [
            "区政府门户网站完成改版，8个县（市、区）来我区交流，县级以上人民政府负责。",
            "与阳山县委、县政府签订协议。赴云岭县交流，全县的做法值得借鉴。",
            "落实《关于全县政务公开的意见》，“我县”一词已全部改正。",
        ] {
            of(district, fine, &[]);
        }
        of("云岭县柳溪乡人民政府", "县委、县政府通报表扬，各镇政府、街道办事处参加。", &[]);
        of("云岭经济开发区管理委员会", "县委、县政府高度重视，全县推广。", &[]);
        of("云岭县财政局", "自治区政府通报，全区推广，我区排名第一。", &[]);
        of("碧溪市人民政府", "各县政府门户网站完成改版，全县通办。", &[]);
    }
}
