//! Points that are counted and told one after the other: 存在三个方面的不足：一是……；二是…….

use std::ops::Range;

use crate::diag::{Label, Severity};
use crate::prose::Passage;
use crate::report::Text;
use crate::rules::figures::judge::{clause, place};
use crate::rules::machinery::text::numbering::{Marker, count, markers};
use crate::rules::machinery::word_lists::WordLists;
use crate::rules::{Findings, Held};

/// The marks between a number of points and the first of them; 整改3个问题，一是 tells of the remedies.
const ENDS: &[char] = &['：', '。', ':', '\n', ' ', '\u{3000}'];

/// Reports every number of points that is not that of the points told behind it.
pub(super) fn judge_listed_points(findings: &mut Findings<'_>, passage: &Passage, text: &Text) {
    let printed = text.printed();
    let markers = markers(printed);
    for (i, first) in markers.iter().enumerate().filter(|(_, marker)| marker.number == 1) {
        let Some((told, said)) = told(&printed[..first.range.start]) else { continue };
        let last = last_point(first, &markers[i + 1..]);
        // 一是……；二是……。此外……: the last one may stand without a number.
        let behind = &printed[last.range.end..];
        let more = last.number + 1 == told && WordLists::get().last_points.are_in(behind);
        if last.number == told || last.number == 1 || more {
            continue;
        }
        let n = last.number;
        let told_by = passage.mentions.iter().position(|m| m.digits.start == said.start);
        if let Some(i) = told_by {
            findings.held(passage, i, Held::Text(format!("后面列出的 {n} 项")));
        }
        let finding = findings.report_as(
            Severity::Warning,
            place(passage, text, &said),
            format!("这里写“{}”，后面列出的有 {n} 项", clause(text, &said)),
            format!("列出的是 {n} 项"),
        );
        finding.related.push(Label::new(place(passage, text, &last.range), "最后一项"));
        finding.help.push("逐项数一数，改正项数，或者补上漏写的、重编序号".to_owned());
    }
}

/// The number of points that the end of a text tells, and its bytes from the number on: 存在三个方面的不足：.
fn told(before: &str) -> Option<(u32, Range<usize>)> {
    const LONGEST: usize = 14;
    let lists = WordLists::get();
    let head = before.trim_end_matches(ENDS);
    if head.len() == before.len() || lists.points.end_of(head).is_none() {
        return None;
    }
    // 公开占比过半，是全年工作的三个特点。: told before, and not behind.
    if head.rsplit(['，', '。', '；', '\n']).next().is_some_and(|clause| clause.starts_with('是'))
    {
        return None;
    }
    // The last number of the clause: 围绕五个领域，存在三个方面的不足.
    let starts = head.char_indices().rev().take(LONGEST);
    let mut starts = starts.take_while(|(_, c)| !matches!(c, '，' | '。' | '；' | '\n'));
    starts.find_map(|(start, _)| {
        let (number, length) = count(&head[start..])?;
        let whole = !head[..start].ends_with(|c: char| c.is_ascii_digit() || "十第百".contains(c));
        let counts = lists.point_counters.start_of(&head[start + length..]).is_some();
        (whole && counts).then_some((number, start..head.len()))
    })
}

/// The last of the points that begin with the first.
fn last_point<'a>(first: &'a Marker, behind: &'a [Marker]) -> &'a Marker {
    let mut last = first;
    for marker in behind.iter().filter(|marker| marker.style == first.style) {
        if marker.number != last.number + 1 {
            break;
        }
        last = marker;
    }
    last
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check_text;

    #[test]
    fn points_that_are_more_or_fewer_than_told() {
        for wrong in [
            "存在三个方面的不足：一是更新慢；二是解读少。",
            "主要有以下2个问题。一是更新慢；二是解读少；三是人手紧。",
            "仍有两点不足：第一，更新慢；第二，解读少；第三，人手紧。下一步：第一，加强更新。",
        ] {
            check_text(&super::super::parts_do_not_add_up::RULE, wrong, "", 1);
        }
    }

    #[test]
    fn points_that_are_as_told_or_not_told_one_by_one() {
        for fine in [
            "存在两个方面的不足：一是更新慢；二是解读少。改进措施：一是加快更新；二是加强解读；三是充实人手。",
            "存在三个方面的不足：一是更新慢；二是解读少。此外，人手紧。",
            "存在三个方面的不足。一是更新慢，二是解读少，三是人手紧。",
            "整改3个问题，一是完善制度；二是加强培训。",
            "涉及三个方面的问题较多，一是更新慢。",
            "更新快、解读多、答复准，是全年工作的三个特点。\\n1．完善制度。\\n2．加强培训。",
        ] {
            check_text(&super::super::parts_do_not_add_up::RULE, fine, "", 0);
        }
    }
}
