//! Shares of all but one of the parts of a whole: 235件中，自然人143件、…；除自然人以外的占39.1%.

use rust_decimal::Decimal;

use crate::prose::{Exactness, Passage, Unit, percent};
use crate::report::{Report, Text};
use crate::rules::figures::judge::place;
use crate::rules::figures::plausible::is_slip;
use crate::rules::figures::shares_elsewhere::report_named;
use crate::rules::figures::wholes::to_handle;
use crate::rules::machinery::word_lists::WordLists;
use crate::rules::{Findings, Held};

/// Reports every such share that is not that of the others: one that a slip makes it, or that is of all applications of the year
/// instead of the whole that its sentence takes apart.
pub(super) fn judge_shares_of_others(
    report: &Report,
    findings: &mut Findings<'_>,
    passage: &Passage,
    text: &Text,
) {
    let mentions = &passage.mentions;
    for (i, told) in mentions.iter().enumerate() {
        let open = told.unit == Unit::Percent
            && told.exactness == Exactness::Exact
            && told.growth.is_none()
            && told.is_typed();
        let from = i.checked_sub(1).map_or(0, |before| mentions[before].range.end);
        let said = text.printed().get(from..told.digits.start).filter(|_| open);
        let Some((whole, part)) =
            said.and_then(excepted).and_then(|n| divided(passage, text, i, n))
        else {
            continue;
        };
        let others = mentions[whole].value - mentions[part].value;
        let right = |whole: Decimal| percent(others, whole, told.places);
        let Some(share) = right(mentions[whole].value) else { continue };
        let of_all = to_handle(report).into_iter().any(|all| right(all) == Some(told.value));
        let near = (share - told.value).abs() <= Decimal::new(1, told.places);
        if !near && !of_all && !is_slip(share, told.value) {
            continue;
        }
        let said = format!("{others} 除以 {}", mentions[whole].value);
        findings.held(passage, i, Held::Text(said.clone()));
        if !near {
            let figures =
                [part, whole].map(|figure| place(passage, text, &mentions[figure].digits));
            report_named(findings, (passage, text, i), &said, share, figures);
        }
    }
}

/// The name of what a share leaves out: 自然人 of 除自然人以外的申请占.
fn excepted(said: &str) -> Option<&str> {
    const SHARE: char = '占';
    const EXCEPT: char = '除';
    const LONGEST: usize = 10;
    let lists = WordLists::get();
    let piece = said.rsplit(['，', '。', '；', '、', '\n']).next()?;
    let (before, share) = piece.rsplit_once(SHARE)?;
    let name = before.strip_prefix(EXCEPT)?;
    let name = name.trim_start_matches(['去', '了']);
    let (end, word) = lists.except_ends.first_in(name)?;
    let short = name[end + word.len()..].chars().count() <= LONGEST;
    let alone = share.is_empty() || lists.share_links.has(share);
    Some(&name[..end]).filter(|name| short && alone && name.chars().count() > 1)
}

/// The whole that the figures of the sentence take apart completely, and the only part of it that has a name.
fn divided(passage: &Passage, text: &Text, share: usize, name: &str) -> Option<(usize, usize)> {
    let mentions = &passage.mentions;
    let lists = passage.lists.iter().map(|list| (list.whole, &list.parts));
    let sums = passage.sums.iter().filter_map(|sum| Some((sum.total?, &sum.parts)));
    let own = lists.chain(sums).filter(|(whole, _)| {
        *whole < share && mentions[*whole].sentence == mentions[share].sentence
    });
    own.into_iter().find_map(|(whole, parts)| {
        let sum: Decimal = parts.iter().map(|part| mentions[*part].value).sum();
        let named = |part: &&usize| text.printed()[..mentions[**part].digits.start].ends_with(name);
        let mut called = parts.iter().filter(named);
        let part = called.next().filter(|_| called.next().is_none())?;
        (sum == mentions[whole].value).then_some((whole, *part))
    })
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check_text;

    #[test]
    fn shares_of_all_parts_but_one() {
        let table = "[requests]\nreceived = [235, 0, 0, 0, 0, 0]\ncarried_in = [11, 0, 0, 0, 0, 0]";
        for wrong in [
            "收到来信235件，其中自然人143件、企业58件、律所21件、其他13件；除自然人以外的占37.4%。",
            "收到来信235件，其中自然人143件、企业58件、律所21件、其他13件；除自然人以外的来信占31.9%。",
        ] {
            check_text(&super::super::share_wrong::RULE, wrong, table, 1);
        }
        for fine in [
            "收到来信235件，其中自然人143件、企业58件、律所21件、其他13件；除自然人以外的占39.1%。",
            "收到来信235件，其中自然人143件、企业58件、律所21件、其他13件；除自然人以外的占逾期件的37.4%。",
            "收到来信235件，其中自然人143件、企业58件；除自然人以外的占37.4%。",
            "收到来信235件，其中自然人143件、企业58件、律所21件、其他13件；第四季度除自然人以外的占62.5%。",
        ] {
            check_text(&super::super::share_wrong::RULE, fine, table, 0);
        }
    }
}
