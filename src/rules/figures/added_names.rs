//! Bodies of which each has one, with some that are named beside them: 13个街道都设有，加上图书馆和档案馆，共有15处.

use rust_decimal::Decimal;

use crate::diag::{Label, Severity};
use crate::prose::{Mention, Passage};
use crate::report::Text;
use crate::rules::figures::judge::{clause, place};
use crate::rules::figures::listed_places::ROW_ENDS;
use crate::rules::machinery::word_groups::NamedRow;
use crate::rules::machinery::word_lists::WordLists;
use crate::rules::{Findings, Held};

/// Reports every total that is about what a number and the names added to it come to, and is not just that.
pub(super) fn judge_added_names(findings: &mut Findings<'_>, passage: &Passage, text: &Text) {
    const NEAR: u32 = 2;
    let mentions = &passage.mentions;
    for total in 1..mentions.len() {
        let (first, told) = (&mentions[total - 1], &mentions[total]);
        let Some(n) = names_between(text.printed(), first, told) else { continue };
        let right = first.value + Decimal::from(n);
        let off = (told.value - right).abs();
        if off > Decimal::from(NEAR) || first.bound && told.bound {
            continue;
        }
        let said = format!("{} 加列出的 {n} 个", first.value);
        findings.held(passage, total, Held::Text(said.clone()));
        if off.is_zero() {
            continue;
        }
        let finding = findings.report_as(
            Severity::Warning,
            place(passage, text, &told.digits),
            format!("{said}是 {right}，这里写的是“{}”", clause(text, &told.phrase)),
            format!("其余无误时是 {right}"),
        );
        finding.related.push(Label::new(place(passage, text, &first.digits), "从这个数起"));
        finding.help.push("逐个数一数；还有没列出的，写“等”".to_owned());
    }
}

/// The number of names that the words between two figures add to the first of them, where the other is what they come to.
fn names_between(text: &str, first: &Mention, total: &Mention) -> Option<u32> {
    const LONGEST: usize = 90;
    let words = &WordLists::get().named_rows;
    let exact =
        first.counts_exactly() && total.counts_exactly() && first.sentence == total.sentence;
    let between = text.get(first.range.end..total.digits.start).filter(|_| exact)?;
    if between.chars().count() > LONGEST || between.contains(['。', '；', '\n']) {
        return None;
    }
    let (said, rest) = between.split_once('，')?;
    let added = words.added.start_of(rest)?;
    let (row, behind) = rest[added.len()..].split_once(ROW_ENDS)?;
    // 13处，加上……，共16处; 13个街道都设有……，加上……，共16处
    let of_each = words.all_of_these.are_in(said) || first.same_unit(total) && said.is_empty();
    let adds = words.add_up.are_in(behind) && !behind.contains(['，', '、', '：']);
    let of_places = total.unit.counter().is_some_and(|counter| words.places.has(&counter.word));
    let adds = adds && of_places;
    names(words, row).filter(|_| of_each && adds)
}

/// The number of bodies that a row names, if each of them is one.
fn names(words: &NamedRow, row: &str) -> Option<u32> {
    const LENGTHS: std::ops::RangeInclusive<usize> = 2..=14;
    let mut names: Vec<&str> = row.split('、').collect();
    let last = names.pop()?;
    match words.joins.iter().find_map(|join| last.split_once(join)) {
        Some((one, other)) => names.extend([one, other]),
        None => names.push(last),
    }
    let one = |name: &&str| {
        let plain = name.chars().all(|c| c.is_alphabetic());
        let body =
            !words.several.are_in(name) && !words.joins.iter().any(|join| name.contains(join));
        plain && body && LENGTHS.contains(&name.chars().count())
    };
    let plain = names.iter().all(one) && !words.apart.are_in(row);
    plain.then(|| u32::try_from(names.len()).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check_text;

    #[test]
    fn a_number_with_names_that_comes_to_another_one() {
        for wrong in [
            "9个乡镇全部设有公开专区，加上县档案馆、县图书馆和县政务服务中心，全县共有公开专区（查阅点）11处。",
            "14个村都设了阅览角，再加上镇文化站，共有阅览角16处。",
        ] {
            check_text(&super::super::parts_do_not_add_up::RULE, wrong, "", 1);
        }
        for fine in [
            "9个乡镇全部设有公开专区，加上县档案馆、县图书馆和县政务服务中心，全县共有公开专区（查阅点）12处。",
            "9个乡镇全部设有公开专区，加上县档案馆、县图书馆等，全县共有公开专区12处。",
            "9个乡镇全部设有公开专区，加上县档案馆和社区服务站，全县共有公开专区12处。",
            "9个乡镇全部设有公开专区，加上县档案馆、县图书馆，全年接待群众11次。",
        ] {
            check_text(&super::super::parts_do_not_add_up::RULE, fine, "", 0);
        }
    }
}
