//! Parts of a whole that may come to more than it: they have members in common, or are parts of more.

use rust_decimal::Decimal;

use crate::prose::{
    Counted, Lexicon, Mention, Passage, QuantityKind, Term, Unit, added, percent, readings,
};
use crate::report::{Report, Text};
use crate::rules::machinery::word_lists::WordLists;

/// True if the parts of a whole may come to more than it.
pub(super) fn may_exceed(
    report: &Report,
    passage: &Passage,
    text: &Text,
    whole: usize,
    parts: &[usize],
) -> bool {
    let sum = added(&passage.mentions, parts);
    are_all_to_handle(report, (&passage.mentions, whole), parts, sum)
        || may_overlap(passage, text, whole, parts)
}

/// True if a sum of those dealt with and others is that of all applications there were to handle, where its total tells only
/// those that came in: 收到申请85件，办结86件，尚未办结3件.
fn are_all_to_handle(
    report: &Report,
    (mentions, total): (&[Mention], usize),
    parts: &[usize],
    sum: Decimal,
) -> bool {
    let total = &mentions[total];
    let is_handled = |part: &usize| {
        let counted = mentions[*part].counted.as_ref();
        counted.is_some_and(|counted| counted.kind == QuantityKind::Handled)
    };
    let Some(came) = total.counted.as_ref().filter(|counted| {
        !counted.at_most && matches!(counted.kind, QuantityKind::Intake | QuantityKind::Request)
    }) else {
        return false;
    };
    let of = |key: &str| {
        let term = Lexicon::get().quantity(key).map(Term::Quantity)?;
        let counted = Counted { kind: QuantityKind::Intake, terms: vec![term], ..came.clone() };
        readings(report, &counted).into_iter().flatten().next()?.value
    };
    parts.iter().any(is_handled)
        && of("received_new") == Some(total.value)
        && [of("received_new"), of("received_in_all")].contains(&Some(sum))
}

/// True if the total of some parts is a change, or one of them tells how much more another is: 比第一期多32人; 两年累计减少413件.
pub(super) fn tell_changes(passage: &Passage, text: &Text, total: usize, parts: &[usize]) -> bool {
    const THAN: char = '比';
    let growth = &Lexicon::get().growth;
    let lead = |i: usize| passage.words_before(text.printed(), i);
    let changes =
        |i: usize| growth.up.end_of(lead(i)).is_some() || growth.down.end_of(lead(i)).is_some();
    let clause = |i: usize| lead(i).rsplit(['，', '。', '；']).next().unwrap_or_default();
    changes(total) || parts.iter().any(|part| changes(*part) && clause(*part).contains(THAN))
}

/// True if the words behind some parts say that they overlap, or the shares behind each of them that it is one of the whole by
/// itself: 图解4件、问答5件，有3件两种形式都有; 当场办结118件，占27.1%；网上办理391件，占89.7%.
fn may_overlap(passage: &Passage, text: &Text, whole: usize, parts: &[usize]) -> bool {
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
    fn parts_may_be_of_those_carried_in_too() {
        const TABLE: &str = "[requests]\nreceived = [85, 0, 0, 0, 0, 0]\ncarried_in = [4, 0, 0, 0, 0, 0]\ncarried_out = [3, 0, 0, 0, 0, 0]\n[requests.outcome]\ntotal = [86, 0, 0, 0, 0, 0]\n";
        for (text, n) in [
            ("全年收到政府信息公开申请85件，办结86件，尚未办结3件。", 0),
            ("全年收到政府信息公开申请85件，办结86件，正在办理的3件。", 0),
            ("全年收到政府信息公开申请85件，办结86件，尚未办结7件。", 1),
        ] {
            check_text(&RULE, text, TABLE, n);
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

    #[test]
    fn totals_that_miss_what_is_told_before_them_by_a_digit() {
        for wrong in [
            "撤下过期信息590条，修正错放信息83条，补充附件127个，累计处理问题790处。",
            "上半年收件109件，下半年收件134件，全年新收233件，下半年多于上半年。",
            "专职工作人员4名，另在各处室确定兼职17名，全区共有公开工作人员23名，队伍稳定。",
            "网站发布7902条、政务微信发布1840条、政务微博发布2966条，全年公开信息总量12608条。",
        ] {
            check_text(&RULE, wrong, "", 1);
        }
    }

    #[test]
    fn totals_of_other_cells_than_their_parts() {
        const TABLE: &str = "[requests]\nreceived = [233, 0, 0, 0, 0, 0]\ncarried_in = [8, 0, 0, 0, 0, 0]\n[requests.outcome]\ntotal = [231, 0, 0, 0, 0, 0]\n";
        for (text, n) in [
            ("政府信息公开申请上年结转8件、新收233件，合计应办理231件。", 1),
            ("政府信息公开申请上年结转8件、新收233件，合计应办理241件。", 0),
            ("政府信息公开申请上年结转8件、新收233件，共办结231件。", 0),
        ] {
            check_text(&RULE, text, TABLE, n);
        }
    }

    #[test]
    fn totals_that_come_out_or_are_of_something_else() {
        for fine in [
            "撤下过期信息590条，修正错放信息83条，补充附件127个，累计处理问题800处。",
            "专职工作人员4名，另在各处室确定兼职17名，全区共有公开工作人员21名，队伍稳定。",
            "线上培训3期326人次、线下培训5期418人次，共发放资料12期774人次。",
            "14个村和3个社区共18个公开栏换新。",
            "上半年接待146人次、下半年接待184人次，全年讲解320人次。",
            "征地9件，涉及村组10个，两批共涉及21个村。",
            "图解12篇、视频9篇，在上年基础上改版，共有栏目22个。",
            "每站2人，参训32人，另有机关21人，两次共53人。",
            "培训2次、会议3次，共有150人次参加。",
        ] {
            check_text(&RULE, fine, "", 0);
        }
    }
}
