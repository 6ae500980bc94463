//! Rounds that are counted and whose places or times are named: 开放日3次，分别在澄塘、榕兴、南苑举行.

use crate::diag::Severity;
use crate::prose::Passage;
use crate::report::Text;
use crate::rules::Findings;
use crate::rules::figures::judge::{clause, place};
use crate::rules::figures::listed_batches::batches_at;
use crate::rules::machinery::word_groups::NamedRow;
use crate::rules::machinery::word_lists::WordLists;

/// The marks that end a row of names.
pub(super) const ROW_ENDS: &[char] = &['，', '。', '；', '：', '\n', '（', '）', ',', ';'];

/// Reports every number of rounds that is one less than the places or times named behind it.
///
/// Several rounds may be held in one place, so that more rounds than places are none the worse for it.
pub(super) fn judge_listed_places(findings: &mut Findings<'_>, passage: &Passage, text: &Text) {
    let words = &WordLists::get().named_rows;
    let printed = text.printed();
    for (at, _) in printed.match_indices('，') {
        let behind = &printed[at + '，'.len_utf8()..];
        let Some(opening) = words.held_in.start_of(behind) else { continue };
        let Some((start, told)) = rounds_before(words, &printed[..at]) else { continue };
        let Some(n) = places(words, &behind[opening.len()..]) else { continue };
        if n != told + 1 {
            continue;
        }
        let said = start..at;
        let finding = findings.report_as(
            Severity::Warning,
            place(passage, text, &said),
            format!("这里写“{}”，后面列出的有 {n} 个", clause(text, &said)),
            format!("列出的是 {n} 个"),
        );
        finding.help.push("逐个数一数；几处合办一次的，在文字中写明".to_owned());
    }
}

/// The first byte of a number of rounds that ends a text, and the number.
fn rounds_before(words: &NamedRow, head: &str) -> Option<(usize, u32)> {
    const LONGEST: usize = 14;
    let mut starts = head.char_indices().rev().take(LONGEST);
    starts.find_map(|(start, _)| Some((start, batches_at(words, head, start)?)))
}

/// The number of places or times that begin a text, parted by pauses and 和: none where they may be something else.
fn places(words: &NamedRow, behind: &str) -> Option<u32> {
    const FEWEST: usize = 2;
    const LONGEST: usize = 8;
    const REACH: usize = 70;
    let end = behind.char_indices().take(REACH).find(|(_, c)| ROW_ENDS.contains(c))?.0;
    let row = &behind[..end];
    let mut names: Vec<&str> = row.split('、').collect();
    let last = names.pop()?;
    // 海南、甘肃和四川举办
    match words.joins.iter().find_map(|join| last.split_once(join)) {
        Some((one, other)) => names.extend([one, other]),
        None => names.push(last),
    }
    let (last, others) = names.split_last()?;
    let short = |name: &&str| (1..=LONGEST).contains(&name.chars().count());
    let plain = others.iter().all(|name| {
        short(name) && name.chars().all(char::is_alphanumeric) && !words.not_in_names.are_in(name)
    });
    // 分别于6月、12月轮训科长、股长: the months end before the others.
    let dated = |name: &&str| {
        name.starts_with(|c: char| c.is_ascii_digit()) && name.ends_with(['月', '日'])
    };
    let begins = |name: &str| name.starts_with(|c: char| c.is_ascii_digit());
    let of_one_kind = match others.first() {
        Some(first) if begins(first) => others.iter().all(dated) && begins(last),
        Some(_) => !names.iter().any(|name| begins(name)),
        None => false,
    };
    let listed = plain && of_one_kind && !words.apart.are_in(row) && !words.open.are_in(row);
    (listed && others.len() >= FEWEST).then(|| u32::try_from(names.len()).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check_text;

    #[test]
    fn more_places_or_times_than_rounds() {
        for wrong in [
            "举办“科普开放日”2次，分别在东湖、西岭、南苑三大基地。",
            "召开新闻发布会三场，分别于3月、6月、9月和12月举行。",
            "开展2场巡讲活动，分别走进东湖、西岭和南苑。",
        ] {
            check_text(&super::super::parts_do_not_add_up::RULE, wrong, "", 1);
        }
        for fine in [
            "举办“科普开放日”3次，分别在东湖、西岭、南苑三大基地。",
            "举办“科普开放日”3次，分别在东湖、西岭举行。",
            "开展检查2次，分别于6月、12月集中抽查科室、站所。",
            "开展检查2次，分别在上半年、下半年对科室、站所抽查。",
            "开展检查2次，分别在东湖、西岭、南苑等地进行。",
            "举办2次活动，分别在乡镇、街道。",
        ] {
            check_text(&super::super::parts_do_not_add_up::RULE, fine, "", 0);
        }
    }
}
