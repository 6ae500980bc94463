//! Figures that look like the parts of another one and are not.

use rust_decimal::Decimal;

use crate::prose::{Mention, added};
use crate::report::Text;
use crate::rules::machinery::word_lists::WordLists;

/// True if figures are no parts of the whole: those of another figure told before, which three or more of them come to (新收申请34件，
/// 算上结转2件，办理总量36件。按内容分，……), or the first is added to it (本年收到29件。加上年结转的1件).
pub(super) fn are_of_another(
    text: &Text,
    mentions: &[Mention],
    whole: usize,
    parts: &[usize],
) -> bool {
    let Some(first) = parts.first() else { return false };
    comes_to_another(mentions, whole, (*first, parts))
        || *first > whole && is_added(text, &mentions[*first])
}

/// True if one of the parts is as many for each of some whose number nobody tells: 专职人员3名，各分局各1名，共7名.
pub(super) fn has_of_each(text: &Text, mentions: &[Mention], parts: &[usize]) -> bool {
    const EACH: [char; 2] = ['各', '每'];
    let of_each = |part: &usize| {
        let before = text.printed().get(..mentions[*part].digits.start);
        before.is_some_and(|before| before.ends_with(EACH))
    };
    parts.iter().any(of_each)
}

fn comes_to_another(mentions: &[Mention], whole: usize, (first, parts): (usize, &[usize])) -> bool {
    /// The most figures before the parts that are looked at.
    const NEAR: usize = 8;
    /// Two come to something else too easily.
    const FEWEST: usize = 3;
    let all = &mentions[whole];
    let sum = added(mentions, parts);
    let near = first.saturating_sub(NEAR)..first;
    // What is beside it in the whole has been told, too.
    let told = |value: Decimal| {
        near.clone()
            .filter(|i| *i != whole)
            .map(|i| &mentions[i])
            .any(|m| m.value == value && m.same_unit(all) && m.counts_exactly())
    };
    parts.len() >= FEWEST && sum < all.value && told(sum) && told(all.value - sum)
}

/// True if the words of a figure add it to what was told before.
fn is_added(text: &Text, part: &Mention) -> bool {
    let words = text.printed().get(part.phrase.start..part.digits.start).unwrap_or_default();
    WordLists::get().added_to.start_of(words).is_some()
}
