//! Figures that look like the parts of another one and are not.

use rust_decimal::Decimal;

use crate::prose::{Lexicon, Mention, added};
use crate::report::Text;
use crate::rules::machinery::text::CLAUSE_ENDS;
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
        || *first > whole
            && (is_added(text, &mentions[*first])
                || leaves_rest_of_another(text, mentions, whole, parts)
                || divides_a_row(text, mentions, whole, parts))
}

/// True if the last part is what is left of more than the whole, which the others come to, or of another figure told before: 诉讼12件，
/// 年内审结9件，其中维持7件，其余3件仍在审理.
fn leaves_rest_of_another(
    text: &Text,
    mentions: &[Mention],
    whole: usize,
    parts: &[usize],
) -> bool {
    /// The most figures before the whole that are looked at.
    const NEAR: usize = 8;
    let Some((rest, others)) = parts.split_last() else { return false };
    let (all, rest) = (&mentions[whole], &mentions[*rest]);
    let words = text.printed().get(rest.phrase.start..rest.digits.start).unwrap_or_default();
    let is_rest = Lexicon::get().clauses.left_in_all.start_of(words).is_some();
    let with = all.value.saturating_add(rest.value);
    let before = &mentions[whole.saturating_sub(NEAR)..whole];
    let told = before.iter().any(|m| m.value == with && m.same_unit(all) && m.counts_exactly());
    is_rest && (told || others.len() > 1 && added(mentions, others) == all.value)
}

/// True if the parts come to the whole and those right before it in a row: 建议5件、提案9件，其中主办4件，会办10件.
fn divides_a_row(text: &Text, mentions: &[Mention], whole: usize, parts: &[usize]) -> bool {
    /// The most members of such a row.
    const LONGEST: usize = 4;
    const OPEN: char = '（';
    let first = parts.first().map_or(0, |first| mentions[*first].digits.start);
    let lead = text.printed().get(mentions[whole].range.end..first).unwrap_or_default();
    if lead.contains(OPEN) {
        return false;
    }
    let sum = added(mentions, parts);
    let mut row = mentions[whole].value;
    let from = whole.saturating_sub(LONGEST - 1);
    let is_beside = |i: &usize| {
        let between = text.printed().get(mentions[*i].range.end..mentions[i + 1].digits.start);
        let joined = between.is_some_and(|words| words.starts_with(['、', '和', '及', '与', '，']));
        joined && mentions[*i].same_unit(&mentions[whole])
    };
    (from..whole).rev().take_while(is_beside).any(|i| {
        row = row.saturating_add(mentions[i].value);
        row == sum
    })
}

/// True if one of the parts is as many for each of some whose number nobody tells, or all are of each of several: 专职人员3名，各分局各1名，
/// 共7名; 每期文书14人、站所11人，两期共50人次.
pub(super) fn has_of_each(text: &Text, mentions: &[Mention], parts: &[usize]) -> bool {
    const EACH: [char; 2] = ['各', '每'];
    let text = text.printed();
    let of_each = |part: &usize| {
        let before = text.get(..mentions[*part].digits.start);
        before.is_some_and(|before| before.ends_with(EACH))
    };
    let first = parts.first().map_or(0, |first| mentions[*first].digits.start);
    let clause = text.get(..first).and_then(|before| before.rsplit(CLAUSE_ENDS).next());
    parts.iter().any(of_each) || clause.is_some_and(|clause| clause.contains(EACH[1]))
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

#[cfg(test)]
mod tests {
    use super::super::parts_do_not_add_up::RULE;
    use crate::rules::testing::check_text;

    #[test]
    fn figures_that_are_no_parts_of_the_whole_before_them() {
        for fine in [
            "新收34件，算上结转2件，办理总量36件。按内容分，拆迁14件，物业9件，停车6件，经费5件。",
            "本年收到29件。加上年结转的1件，年内办结28件，还有2件转入次年。",
            "配备专职人员3名，各分局各1名，共7名。",
            "每期都是村文书14人、站所人员11人参加，两期共50人次。",
            "承办建议5件、提案9件，其中主办4件，会办10件。",
            "受理投诉12件，年内查结9件，其中属实7件、不属实2件，其余3件仍在核查。",
            "承办建议11件、提案19件，共30件，主办21件、会办9件。",
            "出让公告73宗、2486亩，成交69宗，流拍4宗。",
            "省政协提案64件、省人大代表建议79件，主办61件、会办82件。",
        ] {
            check_text(&RULE, fine, "", 0);
        }
        for wrong in [
            "承办建议11件、提案19件，共30件，主办21件、会办19件。",
            "出让公告73宗、2486亩，成交69宗，流拍6宗。",
            "年内查结9件，其中属实7件、不属实3件。",
        ] {
            check_text(&RULE, wrong, "", 1);
        }
    }
}
