//! Shares of other parts or wholes than the nearest ones, which a sentence has told before.

use rust_decimal::Decimal;

use crate::edition::RequestRow;
use crate::prose::{self, Mention, Passage, Share, percent};
use crate::report::{Report, Text};

/// 予以公开97件，部分公开26件，占46.4%: a figure with one or two right before it, and the whole of which they are that share.
pub(super) fn with_those_before(
    passage: &Passage,
    part: usize,
    share: &Mention,
    wholes: &[Decimal],
) -> Option<(Decimal, Decimal)> {
    const MOST: usize = 2;
    let own = &passage.mentions[part];
    let beside = passage.mentions[..part].iter().rev().take(MOST);
    let beside = beside.take_while(|m| m.sentence == own.sentence && m.same_unit(own));
    let mut sum = own.value;
    beside.into_iter().find_map(|before| {
        sum = sum.saturating_add(before.value);
        let fits = |whole: &&Decimal| percent(sum, **whole, share.places) == Some(share.value);
        Some((sum, *wholes.iter().find(fits)?))
    })
}

/// True if the words of a share name its whole by what has just been told: 占该类办结数的.
pub(super) fn refers_back(text: &Text, share: &Mention) -> bool {
    let words = text.printed().get(share.phrase.start..share.digits.start).unwrap_or_default();
    words.contains(['该', '其', '此', '这'])
}

/// The part and the whole of which it is that share, where the sentence tells another whole before its part, or one of which the part is:
/// 审结8件、6件，共14件，维持的10件，占审结总数的71.4%; 逾期不补正的6件，包括自然人5件、法律服务机构1件，占5.3%.
pub(super) fn of_others_told(
    report: &Report,
    passage: &Passage,
    (share, value, named): (&Share, Decimal, bool),
    told: &Mention,
    wholes: &[Decimal],
) -> Option<(Decimal, Decimal)> {
    /// The most figures before the part that are looked at.
    const NEAR: usize = 8;
    let mentions = &passage.mentions;
    let part = &mentions[share.part];
    if share.whole_figure.is_some() || share.finish {
        return None;
    }
    let before = mentions[..share.part].iter().rev().take(NEAR);
    let before: Vec<Decimal> = before
        .take_while(|m| m.sentence == part.sentence)
        .filter(|m| m.same_unit(part) && m.counts_exactly())
        // 药品905个、耗材335个，后者占27%: no part of another one.
        .filter(|m| m.list.is_none() || m.list != part.list)
        .map(|m| m.value)
        .collect();
    let fits = |part: Decimal, whole: Decimal| {
        whole > part && percent(part, whole, told.places) == Some(told.value)
    };
    let of_told = before.iter().copied().find(|whole| !named && fits(value, *whole));
    let head = part.list.map(|list| mentions[passage.lists[list].whole].value);
    let of_head = || {
        let head = head?;
        let handled = prose::row_value(report, RequestRow::OutcomeTotal);
        let all = wholes.iter().chain(&before).copied().chain(handled);
        Some((head, all.into_iter().find(|whole| fits(head, *whole))?))
    };
    of_told.map(|whole| (value, whole)).or_else(of_head)
}
