//! Figures of a sentence or two that are told once more by what was said of them: 停更6个；停更的6个均已注销; 有5家更新不足10条，对这5家单位…….

use crate::prose::{Lexicon, Mention, Passage};
use crate::report::Text;
use crate::rules::figures::told_division::{ENDS, counts};

/// The most figures before that are looked at.
const NEAR: usize = 10;

/// Every figure of a text that has another number than the one it was told with before, each with that one.
pub(super) fn told_by_name(passage: &Passage, text: &Text) -> Vec<(usize, usize)> {
    let printed = text.printed();
    let mut found = Vec::new();
    for (here, now) in passage.mentions.iter().enumerate().skip(1) {
        let own = now.is_typed() && now.unread.is_none() && counts(now);
        let before = own.then(|| {
            let by_name = by_attribute(printed, &passage.mentions, here);
            by_name.or_else(|| by_pointing(printed, &passage.mentions, here))
        });
        found.extend(before.flatten().map(|before| (before, here)));
    }
    found
}

/// 退回3件。退回的5件已重新提交: of the only figure that has this name, where it is more than there were or all of them.
fn by_attribute(text: &str, mentions: &[Mention], here: usize) -> Option<usize> {
    const SHORTEST: usize = 2;
    const LONGEST: usize = 8;
    let now = &mentions[here];
    let name = without_done(lead(text, mentions, here).strip_suffix('的')?);
    let n = name.chars().count();
    if !(SHORTEST..=LONGEST).contains(&n) || !name.chars().all(char::is_alphabetic) {
        return None;
    }
    let is_called = |i: &usize| {
        let lead = without_done(lead(text, mentions, *i));
        lead == name || lead.is_empty() && behind(text, &mentions[*i]) == name
    };
    let first = only(mentions, here, 1, is_called)?;
    let words = behind(text, now);
    let lexicon = Lexicon::get();
    let of_all =
        lexicon.things.all.are_in(words) || lexicon.clauses.within.start_of(words).is_some();
    let larger = now.value > mentions[first].value;
    (now.value != mentions[first].value && (larger || of_all)).then_some(first)
}

/// 有5家更新不足10条。对这3家单位重点督促: of the only figure in its unit near before it.
fn by_pointing(text: &str, mentions: &[Mention], here: usize) -> Option<usize> {
    const POINTS: char = '这';
    const HAS: char = '有';
    /// The greatest distance in sentences.
    const SENTENCES: usize = 1;
    const NOUN: usize = 2;
    let now = &mentions[here];
    let lead = lead(text, mentions, here).strip_suffix(POINTS)?;
    let objects = &Lexicon::get().things.objects;
    let opens = lead.is_empty() || objects.has(lead);
    let noun: String = behind(text, now).chars().take(NOUN).collect();
    let named = |i: &usize| {
        let (lead, other) = (self::lead(text, mentions, *i), behind(text, &mentions[*i]));
        let has_noun = !noun.is_empty() && (other.starts_with(&noun) || lead.ends_with(&noun));
        // 32家单位里有5家更新不足10条: what it counts has been told.
        has_noun || lead.ends_with(HAS) || mentions[*i].list.is_some()
    };
    let first = only(mentions, here, SENTENCES, |_| true).filter(|i| opens && named(i))?;
    (now.value != mentions[first].value).then_some(first)
}

/// The only figure in the unit of another one before it, as near as some sentences, that fits; none where several do, or
/// where one of them has the same value.
fn only(
    mentions: &[Mention],
    here: usize,
    sentences: usize,
    fits: impl Fn(&usize) -> bool,
) -> Option<usize> {
    let now = &mentions[here];
    let is_near = |i: &usize| {
        let other = &mentions[*i];
        other.sentence + sentences >= now.sentence && counts(other) && other.same_unit(now)
    };
    let near = (here.saturating_sub(NEAR)..here).filter(is_near);
    let mut all = near.filter(fits);
    all.next().filter(|_| all.next().is_none())
}

/// The words between the last mark or figure and a figure, without what opens a list.
fn lead<'a>(text: &'a str, mentions: &[Mention], i: usize) -> &'a str {
    let from = i.checked_sub(1).map_or(0, |before| mentions[before].range.end);
    let words = text.get(from..mentions[i].digits.start).unwrap_or_default();
    let words = words.rsplit(ENDS).next().unwrap_or_default();
    let opens = &Lexicon::get().sums.opens;
    opens.start_of(words).map_or(words, |word| &words[word.len()..])
}

/// The words behind a figure up to the next mark or figure.
fn behind<'a>(text: &'a str, mention: &Mention) -> &'a str {
    const REACH: usize = 12;
    let words = text.get(mention.range.end..).unwrap_or_default();
    let end =
        words.char_indices().take(REACH).find(|(_, c)| ENDS.contains(c) || c.is_ascii_digit());
    let reach = words.char_indices().nth(REACH).map_or(words.len(), |(at, _)| at);
    &words[..end.map_or(reach, |(at, _)| at)]
}

/// A name without 已.
fn without_done(name: &str) -> &str {
    name.trim_start_matches(['已', '经'])
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check_text;

    #[test]
    fn what_was_told_with_its_name_is_told_with_another_number() {
        for wrong in [
            "审查文件39件，通过36件，退回3件。退回的5件修改后重新提交。",
            "检查账号37个，正常更新31个，停更6个；停更的4个已全部注销。",
            "收到建议47条，采纳39条，暂不采纳8条；采纳的35条中多数已落实。",
            "更新不及时，有5家全年更新不足10次。对这8家单位重点督促。",
        ] {
            check_text(&super::super::text_contradicts_itself::RULE, wrong, "", 1);
        }
    }

    #[test]
    fn the_same_number_or_some_of_them() {
        for fine in [
            "审查文件39件，通过36件，退回3件。退回的3件修改后重新提交。",
            "检查账号37个，正常更新31个，停更6个；停更的4个单位已约谈。",
            "检查账号37个，停更6个；停更的2个注销，4个恢复更新。",
            "更新不及时，有5家全年更新不足10次。对这5家单位重点督促。",
            "印发制度12项。首问负责、限时办结、一次告知这3项制度已上墙。",
            "有5家更新少，另有3家没有专人。对这8家单位重点督促。",
            "一季度退回3件，二季度退回2件。退回的5件均已重新提交。",
        ] {
            check_text(&super::super::text_contradicts_itself::RULE, fine, "", 0);
        }
    }
}
