//! Meetings that are counted and whose days are listed one by one: 4次专题研究，时间分别为3月6日、5月18日和8月22日.

use crate::diag::{Label, Severity};
use crate::prose::Passage;
use crate::report::Text;
use crate::rules::Findings;
use crate::rules::figures::judge::{clause, place};
use crate::rules::machinery::text::numbering::whole_number;
use crate::rules::machinery::word_lists::WordLists;
use crate::rules::machinery::written_dates::{WrittenDate, dates};

/// Reports every number of meetings that is not that of the days listed behind it.
pub(super) fn judge_listed_dates(findings: &mut Findings<'_>, passage: &Passage, text: &Text) {
    let printed = text.printed();
    let dates = dates(printed);
    let mut first = 0;
    while first < dates.len() {
        let n =
            1 + dates[first..].windows(2).take_while(|pair| are_in_a_row(printed, pair)).count();
        let row = &dates[first..first + n];
        first += n;
        let Some((start, end, told)) = counted_before(printed, row) else { continue };
        if told == n || !ends(printed, row) {
            continue;
        }
        let said = start..end;
        let finding = findings.report_as(
            Severity::Warning,
            place(passage, text, &said),
            format!("这里写“{}”，后面列出的日期有 {n} 个", clause(text, &said)),
            format!("列出的是 {n} 个"),
        );
        if let Some(last) = row.last() {
            finding.related.push(Label::new(place(passage, text, &last.range), "最后一个"));
        }
        finding.help.push("逐个数一数；没有列全的，写“等”".to_owned());
    }
}

/// True if two days stand in one row: 3月6日、5月18日.
fn are_in_a_row(text: &str, pair: &[WrittenDate]) -> bool {
    let [one, other] = pair else { return false };
    let between = text.get(one.range.end..other.range.start);
    one.day.is_some() && other.day.is_some() && matches!(between, Some("、" | "和" | "及" | "与"))
}

/// True if nothing but the end of a clause stands behind a row: days that go on, or 等, leave it open.
fn ends(text: &str, row: &[WrittenDate]) -> bool {
    let last = row.last().filter(|last| last.day.is_some());
    last.is_some_and(|last| {
        let behind = text.get(last.range.end..).unwrap_or_default();
        behind.is_empty() || behind.starts_with(['。', '；', '）', '，', '\n'])
    })
}

/// The number of meetings that the words before a row of days tell, with its bytes: 全年4次专题研究，时间分别为.
fn counted_before(text: &str, row: &[WrittenDate]) -> Option<(usize, usize, usize)> {
    const FEWEST: usize = 2;
    const REACH: usize = 24;
    const MOST: u32 = 20;
    let words = &WordLists::get().listed_days;
    let before = text.get(..row.first().filter(|_| row.len() >= FEWEST)?.range.start)?;
    let opening = words.openings.end_of(before)?;
    let head = &before[..before.len() - opening.len()];
    let sentence = head.rsplit(['。', '；', '\n']).next()?;
    let near = sentence.char_indices().rev().nth(REACH).map_or(0, |(at, _)| at);
    let from = head.len() - sentence.len() + near;
    let told = head[from..].char_indices().filter_map(|(at, _)| {
        let start = from + at;
        let plain =
            !head[..start].ends_with(|c: char| c.is_numeric() || words.not_before.contains(c));
        let (n, length) = whole_number(&head[start..]).filter(|_| plain)?;
        let end = start + length;
        let counter = words.counters.start_of(&head[end..])?;
        (n > 0 && n <= MOST).then_some((start, end + counter.len(), usize::try_from(n).ok()?))
    });
    let told: Vec<_> = told.collect();
    // 每学期一次（3月6日、9月11日）
    let each = head[from..].contains(words.each.as_str());
    if each {
        return None;
    }
    // Two of them leave open which one is meant.
    if let [only] = told.as_slice() { Some(*only) } else { None }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check_text;

    const RULE: &crate::rules::Rule = &super::super::parts_do_not_add_up::RULE;

    #[test]
    fn another_number_than_the_days() {
        for wrong in [
            "全年4次专题研究政务公开工作，时间分别为3月6日、5月18日、8月22日、10月9日和12月4日。",
            "召开专题会议2次（2月14日、6月20日、11月3日）。",
            "市政府常务会议两次研究政务公开（2月14日、6月20日、11月3日）。",
        ] {
            check_text(RULE, wrong, "", 1);
        }
    }

    #[test]
    fn the_number_of_the_days_or_of_something_else() {
        for fine in [
            "全年5次专题研究政务公开工作，时间分别为3月6日、5月18日、8月22日、10月9日和12月4日。",
            "召开专题会议3次（2月14日、6月20日、11月3日）。",
            "召开专题会议5次（2月14日、6月20日、11月3日等）。",
            "召开专题会议5次，培训2次（2月14日、6月20日、11月3日）。",
            "每季度1次会议，分别于2月14日、6月20日、11月3日通报。",
            "第2次会议（2月14日、6月20日）通报情况。",
            "每学期召开推进会一次（3月6日、9月11日）。",
        ] {
            check_text(RULE, fine, "", 0);
        }
    }
}
