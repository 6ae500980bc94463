//! Parts of a whole that have members in common, and so may come to more than it.

use rust_decimal::Decimal;

use crate::prose::{Mention, Passage, Unit, percent};
use crate::report::Text;
use crate::rules::machinery::word_lists::WordLists;

/// True if the words behind some parts say that they overlap, or the shares behind each of them that it is one of the whole by
/// itself: 图解4件、问答5件，有3件两种形式都有; 当场办结118件，占27.1%；网上办理391件，占89.7%.
pub(super) fn may_overlap(passage: &Passage, text: &Text, whole: usize, parts: &[usize]) -> bool {
    const REACH: usize = 60;
    let mentions = &passage.mentions;
    let Some(last) = parts.last() else { return false };
    let behind = text.printed()[mentions[*last].range.end..].chars().take(REACH);
    let behind: String = behind.take_while(|c| !matches!(c, '。' | '\n')).collect();
    let start = mentions[whole].range.end.min(mentions[*last].digits.start);
    let among = text.printed().get(start..mentions[*last].digits.start).unwrap_or_default();
    let overlaps = &WordLists::get().overlaps;
    overlaps.are_in(&behind)
        || overlaps.are_in(among)
        || say_more_than_all(mentions, parts, &mentions[whole])
}

/// True if the percentage behind each part is just its share of a whole, and together they are more than all of it.
fn say_more_than_all(mentions: &[Mention], parts: &[usize], whole: &Mention) -> bool {
    let share = |part: &usize| {
        let share = mentions.get(part + 1).filter(|next| next.unit == Unit::Percent)?;
        let right = percent(mentions[*part].value, whole.value, share.places);
        right.filter(|right| *right == share.value)
    };
    let shares: Option<Vec<Decimal>> = parts.iter().map(share).collect();
    // Each may be rounded up by half of one.
    let most = Decimal::ONE_HUNDRED + Decimal::from(parts.len());
    shares.is_some_and(|shares| shares.into_iter().sum::<Decimal>() > most)
}

#[cfg(test)]
mod tests {
    use crate::rules::figures::parts_do_not_add_up::RULE;
    use crate::rules::testing::check_text;

    #[test]
    fn parts_that_overlap_may_come_to_more_than_their_whole() {
        for fine in [
            "编发解读材料6篇，其中图解4篇、问答5篇，有3篇两种形式都有。",
            "公布重点单位214家，其中甲类96家、乙类103家、丙类41家，有的同时列入两类以上。",
            "办理事项436件，其中当场办结118件，占27.1%；网上办理391件，占89.7%。",
        ] {
            check_text(&RULE, fine, "", 0);
        }
    }

    #[test]
    fn parts_that_are_not_said_to_overlap_may_not() {
        for wrong in [
            "编发解读材料6篇，其中图解4篇、问答5篇，均已推送。",
            "公布重点单位214家，其中甲类96家、乙类103家、丙类41家。",
            "办理事项436件，其中当场办结118件，占27.1%；网上办理391件，占79.7%。",
            "公开信息3720条，分为网站2811条，占75.5%；新媒体663条，占17.8%；其他256条，占6.9%。",
        ] {
            check_text(&RULE, wrong, "", 1);
        }
    }
}
