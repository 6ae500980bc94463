//! Problems that are all done in one place and still there in section five: 公开栏内容陈旧问题已经全部改好……少数公开栏的内容停留在上年.

use std::ops::Range;

use crate::diag::Label;
use crate::report::Report;
use crate::rules::Findings;
use crate::rules::machinery::text::{CLAUSE_ENDS, Piece, Role, SENTENCE_ENDS, around, pieces};
use crate::rules::machinery::word_groups::{SettledWords, StillThere};
use crate::rules::machinery::word_lists::WordLists;

/// A clause on something that is amiss, in its text.
struct Told<'a> {
    piece: usize,
    range: Range<usize>,
    /// The words that name the problem.
    said: &'a str,
    /// The place of the list that names it.
    defect: usize,
}

/// Reports every problem of section five that is said to be there still, and of which another clause says that all is done.
pub(super) fn judge_still_there(report: &Report, findings: &mut Findings<'_>) {
    let lists = WordLists::get();
    let (words, settled) = (&lists.still_there, &lists.settled);
    let pieces = pieces(report);
    let (mut done, mut open) = (Vec::new(), Vec::new());
    for (nth, piece) in pieces.iter().enumerate().filter(|(_, piece)| piece.role == Role::Body) {
        for range in clauses(piece.printed()) {
            let said = &piece.printed()[range.clone()];
            done.extend(is_done(words, settled, said).map(|(said, defect)| Told {
                piece: nth,
                range: range.clone(),
                said,
                defect,
            }));
            let open_in = is_open(piece, words, &range);
            open.extend(open_in.map(|defect| Told { piece: nth, range, said, defect }));
        }
    }
    for open in &open {
        let Some(done) = done.iter().find(|done| done.is_on_matter_of(open)) else { continue };
        let at = |told: &Told<'_>| pieces[told.piece].place(told.range.clone());
        let shown = |told: &Told<'_>| &pieces[told.piece].printed()[told.range.clone()];
        let message = format!("这里写“{}”，另一处写“{}”，不能都对", shown(done), shown(open));
        let finding = findings.report(at(done), message, "是否都已改好");
        finding.related.push(Label::new(at(open), "还有"));
        finding.help.push("核对是否都已改好；说的不是同一件事的，写明白".to_owned());
    }
}

/// The clauses of a text, as far as it is one that somebody reads.
fn clauses(text: &str) -> impl Iterator<Item = Range<usize>> {
    const MOST: usize = 2000;
    let mut start = 0;
    let parts = text.split_inclusive(CLAUSE_ENDS).take(MOST).map(move |part| {
        let range = start..start + part.trim_end_matches(CLAUSE_ENDS).len();
        start += part.len();
        range
    });
    parts.filter(|range| !range.is_empty())
}

/// The problem of which a clause says that all is done, with the list that names it: 公开栏内容陈旧 of 公开栏内容陈旧问题已经全部改好.
fn is_done<'a>(
    words: &StillThere,
    settled: &SettledWords,
    clause: &'a str,
) -> Option<(&'a str, usize)> {
    let (at, noun) = settled.matters.first_in(clause)?;
    let (said, rest) = (&clause[..at], &clause[at + noun.len()..]);
    let (all, every) = settled.every.first_in(rest)?;
    let done = words.mended.are_in(&rest[all + every.len()..]) && !words.not_all.are_in(rest);
    let planned = settled.planned.are_in(clause);
    // 3个村公开栏内容陈旧 may be other ones.
    let counted = said.contains(|c: char| c.is_ascii_digit()) || words.some.are_in(said);
    let defect = words.defect_in(said)?;
    (done && !planned && !counted).then_some((said, defect))
}

/// The list that names what is amiss, where a clause of section five says that it is so still, and the sentence does not say that it
/// is over.
fn is_open(piece: &Piece<'_>, words: &StillThere, clause: &Range<usize>) -> Option<usize> {
    let text = piece.printed();
    let said = &text[clause.clone()];
    let in_problems = piece.path.as_str().starts_with("problems");
    let told = in_problems && words.some.are_in(said) && words.still.are_in(said);
    let defect = words.defect_in(said).filter(|_| told)?;
    let sentence = around(text, clause, SENTENCE_ENDS);
    (!words.over.are_in(&text[sentence])).then_some(defect)
}

impl StillThere {
    fn defect_in(&self, clause: &str) -> Option<usize> {
        self.defects.iter().position(|words| words.are_in(clause))
    }
}

impl Told<'_> {
    /// True if both tell of the same things: three characters of what is amiss stand in both.
    fn is_on_matter_of(&self, open: &Self) -> bool {
        const LENGTH: usize = 3;
        const LONGEST: usize = 60;
        let own: Vec<char> = self.said.chars().take(LONGEST).collect();
        let same = |part: &[char]| open.said.contains(&part.iter().collect::<String>());
        self.defect == open.defect
            && open.said.chars().count() <= LONGEST
            && own.windows(LENGTH).any(same)
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::run;
    use crate::source::SourceFile;

    const RULE: &crate::rules::Rule = &super::super::text_contradicts_itself::RULE;

    fn found(overview: &str, problems: &str) -> usize {
        let text = format!(
            "format = \"2021\"\n[overview]\ntext = \"{overview}\"\n[problems]\ntext = \"{problems}\"\n"
        );
        run(RULE, &SourceFile::parse("test.toml", text)).len()
    }

    #[test]
    fn problems_that_are_done_and_still_there() {
        let done = "上年反映的村级公开栏内容陈旧问题已经全部改好。";
        assert_eq!(found(done, "一是少数站点公开栏的内容停留在上年；二是人手不足。"), 1);
        let done = "办事指南更新不及时的问题已全部整改到位。";
        assert_eq!(found(done, "个别办事指南仍没有更新。"), 1);
    }

    #[test]
    fn problems_of_other_things_or_of_another_time() {
        let done = "上年反映的村级公开栏内容陈旧问题已经全部改好。";
        for problems in [
            "一是少数办事指南的内容停留在上年；二是人手不足。",
            "一是公开栏的内容不够丰富；二是人手不足。",
            "少数公开栏的内容停留在上年，这一问题已在12月改正。少数公开栏内容曾停留在上年。",
            "少数公开栏的版面更新不及时。",
        ] {
            assert_eq!(found(done, problems), 0, "{problems}");
        }
        let open = "一是少数站点公开栏的内容停留在上年。";
        for done in [
            "上年反映的3个村公开栏内容陈旧问题已经全部改好。",
            "村级公开栏内容陈旧问题将全部改好。",
            "上年反映的村级公开栏内容陈旧问题还没有全部改好。",
            "村级公开栏缺页问题已经全部改好。",
        ] {
            assert_eq!(found(done, open), 0, "{done}");
        }
    }
}
