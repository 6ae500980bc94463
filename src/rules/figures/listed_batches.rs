//! Batches that are counted and whose figures are listed one by one: 公示名单三批，分别为97家、112家、84家.

use crate::diag::{Label, Severity};
use crate::prose::{Exactness, Lexicon, Mention, Passage};
use crate::report::Text;
use crate::rules::Findings;
use crate::rules::figures::judge::{clause, place};
use crate::rules::machinery::text::numbering::whole_number;
use crate::rules::machinery::word_groups::NamedRow;
use crate::rules::machinery::word_lists::WordLists;

/// Reports every number of batches that is one more or one less than the figures listed behind it.
pub(super) fn judge_listed_batches(findings: &mut Findings<'_>, passage: &Passage, text: &Text) {
    const FEWEST: usize = 2;
    let printed = text.printed();
    for (first, mention) in passage.mentions.iter().enumerate() {
        let Some((start, told)) = batches_before(printed, mention) else { continue };
        let listed = row_from(printed, &passage.mentions[first..]);
        let (n, last) = (listed.len(), listed.last().unwrap_or(&mention));
        if n < FEWEST || n.abs_diff(told) != 1 || last.open_end {
            continue;
        }
        let head = printed[start..mention.digits.start].find(['，', '：']);
        let said = start..head.map_or(mention.digits.start, |head| start + head);
        let finding = findings.report_as(
            Severity::Warning,
            place(passage, text, &said),
            format!("这里写“{}”，后面列出的数有 {n} 个", clause(text, &said)),
            format!("列出的是 {n} 个"),
        );
        finding.related.push(Label::new(place(passage, text, &last.digits), "最后一个"));
        finding.help.push("逐个数一数；没有列全的，写“等”".to_owned());
    }
}

/// The first byte of a number of batches whose figures a list begins to tell, and the number: 三期业务培训班，参训人数分别为.
fn batches_before(text: &str, first: &Mention) -> Option<(usize, usize)> {
    const LONGEST: usize = 14;
    const REACH: usize = 40;
    let words = &WordLists::get().named_rows;
    let before = text.get(..first.digits.start)?;
    let from = before.char_indices().rev().nth(REACH).map_or(0, |(at, _)| at);
    let opening = before[from..].rsplit(['，', '：']).next()?;
    let head = before[..before.len() - opening.len()].trim_end_matches(['，', '：']);
    if !words.listed.has(opening) || head.len() + opening.len() == before.len() {
        return None;
    }
    let mut starts = head.char_indices().rev().take(LONGEST);
    starts.find_map(|(start, _)| {
        let n = batches_at(words, head, start)?;
        Some((start, usize::try_from(n).ok()?)).filter(|_| n > 1)
    })
}

/// The number of batches that the end of a text from some byte on tells: 两批, 3期业务培训班.
pub(super) fn batches_at(words: &NamedRow, head: &str, start: usize) -> Option<u32> {
    const NOUN: usize = 8;
    let (n, length) = whole_number(&head[start..])?;
    let is_numeral = |c: char| c.is_numeric() || "一二三四五六七八九十百千两几".contains(c);
    let whole = !head[..start].ends_with(|c: char| is_numeral(c) || "第、至每各".contains(c));
    let behind = &head[start + length..];
    let counted = words.batches.iter().any(|counter| {
        behind.strip_prefix(counter).is_some_and(|noun| {
            let plain = noun.chars().all(|c| c.is_alphabetic() && !is_numeral(c));
            // 第二、三期为骨干轮训
            plain && noun.chars().count() <= NOUN && !words.not_in_names.are_in(noun)
        })
    });
    (whole && counted).then_some(n)
}

/// The figures in one unit that stand side by side with nothing but pauses between them.
fn row_from<'a>(text: &str, mentions: &'a [Mention]) -> Vec<&'a Mention> {
    let joins = &Lexicon::get().sums.joins;
    let mut row: Vec<&Mention> = Vec::new();
    for mention in mentions {
        let exact = mention.exactness == Exactness::Exact && mention.unit.counter().is_some();
        let goes_on = row.last().is_none_or(|before| {
            let between = text.get(before.range.end..mention.digits.start).unwrap_or_default();
            mention.same_unit(before) && (between == "、" || joins.has(between))
        });
        if !exact || !goes_on {
            break;
        }
        row.push(mention);
    }
    row
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check_text;

    #[test]
    fn figures_that_are_one_more_or_less_than_the_batches() {
        for wrong in [
            "公示入库名单三批，分别为97家、112家、84家、93家。",
            "集中培训四次，分别有56人、48人和61人参加。",
            "发布评价结果2批，分别为213家、187家、95家。",
            "在三个片区举办四期信息员培训班，参训人数分别为64人、58人和71人。",
        ] {
            check_text(&super::super::parts_do_not_add_up::RULE, wrong, "", 1);
        }
    }

    #[test]
    fn as_many_as_the_batches_or_of_something_else() {
        for fine in [
            "公示入库名单四批，分别为97家、112家、84家、93家。",
            "集中培训三次，分别有56人、48人和61人参加。",
            "培训两次，分别为3月12日、6月9日和9月20日之后。",
            "公示两批，涉及三个县，分别为12户、8户、6户。",
            "公示两批，分别为甲县12户、乙县8户、丙县6户。",
            "举办两期三类培训班，参训人数分别为64人、58人和71人。",
            "举办三期信息员培训班，参训人数分别为64人、58人和71人。",
        ] {
            check_text(&super::super::parts_do_not_add_up::RULE, fine, "", 0);
        }
    }
}
