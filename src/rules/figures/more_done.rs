//! More done than there was to do: 所列问题3个，整改完成5个.

use crate::diag::{Label, Severity};
use crate::prose::{Exactness, Lexicon, Mention, Passage, Unit, Words};
use crate::report::Text;
use crate::rules::figures::judge::{clause, place};
use crate::rules::machinery::word_lists::WordLists;
use crate::rules::{Findings, Held};

/// Reports every number of things done that is more than that of the things told right before.
pub(super) fn judge_more_done(findings: &mut Findings<'_>, passage: &Passage, text: &Text) {
    for (i, pair) in passage.mentions.windows(2).enumerate() {
        let [found, done] = pair else { continue };
        let next = passage.mentions.get(i + 2).map_or(usize::MAX, |next| next.digits.start);
        if done.value <= found.value || !is_pair(text.printed(), (found, done), next) {
            continue;
        }
        let (whole, part) = (clause(text, &found.phrase), clause(text, &done.phrase));
        findings.held(passage, i, Held::Text(format!("后面的 {}", done.value)));
        findings.held(passage, i + 1, Held::Text(format!("前面的 {}", found.value)));
        let finding = findings.report_as(
            Severity::Error,
            place(passage, text, &done.digits),
            format!("这里写“{part}”，前面只有“{whole}”，一部分比全部还多"),
            "比前面的数大",
        );
        finding.related.push(Label::new(place(passage, text, &found.digits), "前面的数"));
        finding.help.push("核对两个数，改正写错的那一个；包括以前年度的，写明累计多少".to_owned());
    }
}

/// True if a figure counts problems or the like and the next one how many of them were dealt with, or papers handed out and those that came
/// back; `next` is where a third one begins.
fn is_pair(text: &str, (found, done): (&Mention, &Mention), next: usize) -> bool {
    const LONGEST: usize = 12;
    let plain = |mention: &Mention| {
        // 2022年报告所列问题3个 are of another period, and no more can be done all the same.
        let typed = !mention.bound && mention.exactness == Exactness::Exact;
        typed && matches!(mention.unit, Unit::Counter(_))
    };
    if !plain(found)
        || !plain(done)
        || done.growth.is_some()
        || !found.same_unit(done)
        || found.sentence != done.sentence
    {
        return false;
    }
    let lists = WordLists::get();
    let between = text.get(found.range.end..done.digits.start).unwrap_or_default();
    let Some((noun, deed)) = between.split_once(['，', '、']) else { return false };
    let before = &text[..found.digits.start];
    let named = lists.deeds.to_be_done.has(noun)
        || noun.is_empty() && lists.deeds.to_be_done.end_of(before).is_some();
    let deed = lists.deeds.done_by.start_of(deed).map_or(deed, |way| &deed[way.len()..]);
    let done_with = named && deed.chars().count() <= LONGEST && lists.deeds.has_been_done.has(deed);
    let is = |words: &Words, noun: &str| {
        words.has(noun) || noun.is_empty() && words.end_of(before).is_some()
    };
    let returned = is(&lists.deeds.handed_out, noun) && lists.deeds.returned.has(deed);
    done_with || returned || noun.is_empty() && leaves_others(text, done, next)
}

/// True if the clause behind a figure says what became of the others, without their number: 直接解答3782件，其余交部门办理.
fn leaves_others(text: &str, part: &Mention, next: usize) -> bool {
    let behind = text.get(part.range.end..).unwrap_or_default();
    let clause = behind.strip_prefix('，').unwrap_or_default();
    let others = Lexicon::get().sums.others.start_of(clause);
    let clause = clause.split(['，', '。', '；', '\n']).next().unwrap_or_default();
    let end = part.range.end + '，'.len_utf8() + clause.len();
    others.is_some() && end <= next
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check_text;

    #[test]
    fn more_done_than_there_was() {
        for wrong in [
            "上年报告所列问题3个，整改完成5个。",
            "检查发现12个问题，已整改15个。",
            "热线转来工单4316件，由专员直接解答4782件，其余交部门办理。",
            "发放调查问卷300份，收回有效问卷320份。",
            "改进情况：2022年报告所列问题3个，整改完成5个。",
        ] {
            check_text(&super::super::parts_do_not_add_up::RULE, wrong, "", 1);
        }
    }

    #[test]
    fn as_much_done_or_something_else() {
        for fine in [
            "上年报告所列问题5个，整改完成3个。",
            "检查发现12个问题，连同上年的已整改15个。",
            "检查发现问题12个，增设专栏15个。",
            "发放调查问卷320份，收回有效问卷300份。",
            "热线转来工单4316件，由专员直接解答3782件，其余交部门办理。",
            "行政诉讼11件，直接起诉七件、复议后起诉四件，维持七件，其他结果一件，未审结三件。",
        ] {
            check_text(&super::super::parts_do_not_add_up::RULE, fine, "", 0);
        }
    }
}
