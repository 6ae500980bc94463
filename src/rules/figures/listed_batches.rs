//! Batches that are counted and whose figures are listed one by one: 公示名单三批，分别为97家、112家、84家.

use crate::diag::{Label, Severity};
use crate::prose::{Exactness, Lexicon, Mention, Passage};
use crate::report::Text;
use crate::rules::Findings;
use crate::rules::figures::judge::{clause, place};
use crate::rules::machinery::text::numbering::whole_number;
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

/// The first byte of a number of batches that stands right before the first figure of a list, and the number.
fn batches_before(text: &str, first: &Mention) -> Option<(usize, usize)> {
    const LONGEST: usize = 14;
    let words = &WordLists::get().named_rows;
    let before = text.get(..first.digits.start)?;
    let opening = words.listed.end_of(before)?;
    let head = before[..before.len() - opening.len()].trim_end_matches(['，', '：']);
    if head.len() + opening.len() == before.len() {
        return None;
    }
    let mut starts = head.char_indices().rev().take(LONGEST);
    starts.find_map(|(start, _)| {
        let (n, length) = whole_number(&head[start..])?;
        let whole = !head[..start].ends_with(|c: char| c.is_numeric() || "第十百千两".contains(c));
        let counted = words.batches.has(&head[start + length..]);
        Some((start, usize::try_from(n).ok()?)).filter(|_| whole && counted && n > 1)
    })
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
        ] {
            check_text(&super::super::parts_do_not_add_up::RULE, fine, "", 0);
        }
    }
}
