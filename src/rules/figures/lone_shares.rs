//! Shares in a sentence that tells one part and one whole, whatever stands between them: 第三方的5件，占我局不予公开总数13件的38.5%;
//! 半数以上予以公开，113件中共47件.

use std::ops::Range;

use rust_decimal::{Decimal, RoundingStrategy};

use crate::diag::Label;
use crate::prose::{Exactness, Lexicon, Mention, Passage, Unit, percent};
use crate::report::Text;
use crate::rules::figures::alone::{counts, figures, is_reported, only_two, sentence};
use crate::rules::figures::judge::{clause, place};
use crate::rules::figures::rough_shares::{Rough, bound_at, rough_share_round};
use crate::rules::machinery::text::CLAUSE_ENDS;
use crate::rules::{Findings, Held};

/// A character that every share in words has.
const SHARES: &[char] = &['成', '半', '分'];

/// Reports every share that the only two counts of its sentence do not give, and that no other rule has judged.
pub(super) fn judge_lone_shares(findings: &mut Findings<'_>, passage: &Passage, text: &Text) {
    let printed = text.printed();
    let exact = |mention: &Mention| {
        mention.unit == Unit::Percent
            && mention.exactness == Exactness::Exact
            && mention.growth.is_none()
            && !mention.bound
    };
    for (i, mention) in passage.mentions.iter().enumerate().filter(|(_, mention)| exact(mention)) {
        if !findings.is_held(passage, i)
            && let Some(pair) = lone_pair(findings, (passage, text), &mention.range, true)
        {
            findings.held(passage, i, Held::Text(pair.said()));
            let rounded = |share: Decimal| (share - mention.value).abs() <= mention.step;
            let named = printed[..mention.digits.start].trim_end_matches(['为', '达', '到', '是']);
            let others = if named.ends_with('率') { pair.others() } else { [None, None] };
            let fits = |share: Decimal| rounded(share) || others.into_iter().flatten().any(rounded);
            pair.judge(findings, (passage, text), &mention.range, fits);
        }
    }
    for (range, rough) in rough_shares(printed) {
        if let Some(pair) = lone_pair(findings, (passage, text), &range, false) {
            // 不足全年14次解读访谈的一半
            let clause = printed[..range.start].rsplit(CLAUSE_ENDS).next().unwrap_or_default();
            let bound = bound_at(clause).map_or(rough.bound, |(bound, _)| bound);
            let rough = Rough { bound, ..rough };
            pair.judge(findings, (passage, text), &range, |share| rough.holds(share));
        }
    }
}

/// The only two counts of a sentence.
struct Pair<'a> {
    part: &'a Mention,
    whole: &'a Mention,
}

/// The only counts of the sentence of a share, told as a percentage or in words, if its clause makes it one of theirs and nothing
/// has been said of them.
fn lone_pair<'a>(
    findings: &Findings<'_>,
    (passage, text): (&'a Passage, &Text),
    share: &Range<usize>,
    is_exact: bool,
) -> Option<Pair<'a>> {
    let (printed, at) = (text.printed(), share.start);
    let sentence = sentence(printed, at);
    let (part, whole) = only_two(passage, &counts(passage, printed, &sentence)?)?;
    let mentions = &passage.mentions;
    // 许可占80.5%，处罚占18.4%: the second is of neither.
    let other = |m: &Mention| m.unit == Unit::Percent && m.range.end <= at;
    let alone = !mentions[figures(passage, &sentence)].iter().any(other);
    let said = printed.get(sentence.start..at)?;
    let said = said.rsplit(CLAUSE_ENDS).next().unwrap_or_default();
    let clauses = &Lexicon::get().clauses;
    let together = clauses.both.are_in(printed.get(sentence.clone())?);
    let [a, b] = [part, whole].map(|i| &mentions[i]);
    // 占我局不予公开总数13件的35.8%
    let of_whole = b.range.end <= at
        && at - said.len() <= b.digits.start
        && (!is_exact || clauses.shares.are_in(said))
        && (a.range.end <= at || is_right_behind(printed, share.end, a));
    // 113件中，半数以上予以公开，共47件
    let before_part = !is_exact
        && !clauses.shares.are_in(said)
        && at < a.digits.start
        && (b.range.end <= at || names_whole(printed, a, b));
    let named = is_exact && is_rate_of(printed, said, (part, whole), mentions);
    let judged = is_reported(findings, passage, text, &sentence);
    (alone && (of_whole || !together && (before_part || named)) && !judged)
        .then_some(Pair { part: a, whole: b })
}

/// True if the name of a rate is taken from the words round the part, which stands right behind its whole: 审查1600篇，退回48篇，退稿率3%.
fn is_rate_of(text: &str, said: &str, (part, whole): (usize, usize), mentions: &[Mention]) -> bool {
    const RATE: char = '率';
    const NAME: std::ops::RangeInclusive<usize> = 2..=3;
    let links = &Lexicon::get().sums.rate_links;
    let name = links.end_of(said).map_or(said, |link| &said[..said.len() - link.len()]);
    let Some(name) = name.strip_suffix(RATE) else { return false };
    let behind = text.get(mentions[part].range.end..).unwrap_or_default();
    let behind = behind.split(CLAUSE_ENDS).next().unwrap_or_default();
    let between = text.get(mentions[whole].range.end..mentions[part].digits.start);
    let between = between.unwrap_or_default();
    let round = [between.rsplit(CLAUSE_ENDS).next().unwrap_or_default(), behind].concat();
    let lead = text.get(..mentions[whole].digits.start).unwrap_or_default();
    let lead = lead.rsplit(CLAUSE_ENDS).next().unwrap_or_default();
    // 按审结数计算维持率
    let start = name.char_indices().rev().nth(1).map_or(0, |(at, _)| at);
    let short = NAME.contains(&name.chars().count());
    let first = name.chars().next().filter(|_| short);
    let stem = &name[start..];
    // 受理投诉58件，受理咨询46件，受理率100%: one beside the other.
    let siblings = between.contains('、') || lead.contains(stem);
    part == whole + 1
        && !stem.is_empty()
        && !siblings
        && (round.contains(stem) || first.is_some_and(|first| round.contains(first)))
}

/// True if no more than a word stands between a share and the figure it is of: 占办结113件的6.2%，共7件.
fn is_right_behind(text: &str, share: usize, part: &Mention) -> bool {
    let between = text.get(share..part.digits.start).unwrap_or_default();
    between.chars().filter(|c| c.is_alphabetic()).count() <= 1
}

/// True if the words between two figures say that the one is a part of the other: 共57件，占办结总数231件.
fn names_whole(text: &str, part: &Mention, whole: &Mention) -> bool {
    let between = text.get(part.range.end..whole.digits.start).unwrap_or_default();
    Lexicon::get().clauses.shares.are_in(between)
}

impl Pair<'_> {
    fn said(&self) -> String {
        format!("{} 除以 {}", self.part.value, self.whole.value)
    }

    /// The share of all but the part, and what the whole is of the part: 超额完成计划的260条，完成率110%.
    fn others(&self) -> [Option<Decimal>; 2] {
        let (part, whole) = (self.part.value, self.whole.value);
        [percent(whole - part, whole, 2), percent(whole, part, 2)]
    }

    /// Reports a share that does not fit that of the part in the whole.
    fn judge(
        &self,
        findings: &mut Findings<'_>,
        (passage, text): (&Passage, &Text),
        share: &Range<usize>,
        fits: impl Fn(Decimal) -> bool,
    ) {
        const PLACES: u32 = 2;
        let (part, whole) = (self.part.value, self.whole.value);
        let right = percent(part, whole, PLACES).filter(|right| !fits(*right));
        let Some(right) = right else { return };
        let right = right.round_dp_with_strategy(1, RoundingStrategy::MidpointAwayFromZero);
        let words = clause(text, share);
        let finding = findings.report(
            place(passage, text, share),
            format!("文字写“{words}”：{} 是 {}%", self.said(), right.normalize()),
            format!("其余无误时是 {}%", right.normalize()),
        );
        for (figure, name) in [(self.part, "分子"), (self.whole, "分母")] {
            finding.related.push(Label::new(place(passage, text, &figure.digits), name));
        }
        finding.help.push("核对件数和比例；总数不是这个数的，在文字中写明“占……的”".to_owned());
    }
}

/// The shares that a text tells in words or tenths, with their places.
fn rough_shares(text: &str) -> impl Iterator<Item = (Range<usize>, Rough)> {
    let starts = text.char_indices().filter(|(_, c)| SHARES.contains(c)).map(|(at, _)| at);
    let mut end = 0;
    starts.filter_map(move |at| {
        let (range, rough) = rough_share_round(text, at)?;
        let new = range.start >= end;
        end = range.end;
        new.then_some((range, rough))
    })
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check_text;

    const RULE: &crate::rules::Rule = &super::super::share_wrong::RULE;

    #[test]
    fn shares_that_the_only_two_counts_do_not_give() {
        for wrong in [
            "保护第三方权益的5份答复，占本局不予公开总数13份的35.8%。",
            "参与解读访谈6次，占全年14次解读访谈的一半以上。",
            "街道是主体，118条占全区233条的近六成。",
            "近两成的栏目长期没有更新，共57个，占栏目总数231个的比重偏高。",
            "113条留言中，半数以上当日回复，共47条。",
            "超期的仅占233条的7.1%，共14条。",
            "审查稿件1600篇，退回48篇，退稿率2.5%。",
            "全县40个责任单位中有34个达到要求，达标率为88%。",
        ] {
            check_text(RULE, wrong, "", 1);
        }
    }

    #[test]
    fn shares_that_they_give_or_that_are_of_others() {
        for fine in [
            "保护第三方权益的5份答复，占本局不予公开总数13份的38.5%。",
            "参与解读访谈6次，不足全年14次解读访谈的一半。",
            "街道是主体，118条占全区233条的五成。",
            "近三成的栏目长期没有更新，共57个，占栏目总数231个的比重偏高。",
            "113条留言中，不到一半当日回复，共47条。",
            "解读23篇，图解占47.8%，视频动漫仅3篇。",
            "合格7家，其中5家是乡镇，占乡镇总数的三分之一。",
            "其中78篇已经转载，占四分之三，另有26篇没有转载。",
            "上半年推送120条，下半年推送230条。",
            "审查稿件1600篇，退回48篇，退稿率3%。",
            "走访企业120家、个体户80家，满意率98%。",
            "受理投诉58件，受理咨询46件，受理率100%。",
            "全年公开286条，超额完成年度计划的260条，完成率110%。",
            "收到建议120件，采纳38件，办结率100%。",
            "图解25篇，视频10篇，两项加起来占全部解读的50.7%。",
        ] {
            check_text(RULE, fine, "", 0);
        }
    }
}
