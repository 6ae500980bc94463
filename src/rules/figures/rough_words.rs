//! Shares told in words alone, beside the figures that give them: 40个村，其中12个优秀，占比超过三分之一; 44件，不足办结数86件的一半.

use std::ops::Range;

use rust_decimal::Decimal;

use crate::diag::Label;
use crate::prose::{Mention, Passage, Unit};
use crate::report::{Report, Text};
use crate::rules::figures::judge::{clause, place};
use crate::rules::figures::named_comparisons::without_measure;
use crate::rules::figures::possible_wholes::wholes_of_part;
use crate::rules::figures::rough_shares::{Bound, Rough, behind_rate, bound_at, share_in_words};
use crate::rules::machinery::text::CLAUSE_ENDS;
use crate::rules::machinery::word_lists::WordLists;
use crate::rules::{Findings, Held};

/// Reports every share in words that its figures do not bear out.
pub(super) fn judge_rough_words(
    report: &Report,
    findings: &mut Findings<'_>,
    passage: &Passage,
    text: &Text,
) {
    let mut from = 0;
    for clause in text.printed().split_inclusive(CLAUSE_ENDS) {
        let range = from..from + clause.trim_end_matches(CLAUSE_ENDS).len();
        from += clause.len();
        if let Some((part, said)) = of_named(report, passage, text.printed(), range) {
            judge(findings, (passage, text), part, &said);
        }
    }
    for figure in 0..passage.mentions.len() {
        if !counts(&passage.mentions[figure]) {
            continue;
        }
        if let Some(said) = of_whole_before(passage, text.printed(), figure) {
            judge(findings, (passage, text), figure, &said);
        } else if let Some(said) = behind(report, passage, text.printed(), figure) {
            judge(findings, (passage, text), figure, &said);
        }
    }
}

fn counts(mention: &Mention) -> bool {
    mention.counts_exactly() && mention.is_typed()
}

/// A share in words, with what it may be of, the likeliest first.
struct Said {
    range: Range<usize>,
    rough: Rough,
    wholes: Vec<Decimal>,
}

/// The share that the figure behind names with its whole: 44件，不足办结数86件的一半.
fn of_whole_before(passage: &Passage, text: &str, part: usize) -> Option<Said> {
    const LONGEST: usize = 12;
    let whole = passage.mentions.get(part + 1).filter(|whole| counts(whole))?;
    let own = &passage.mentions[part];
    let between = text.get(own.range.end..whole.digits.start)?;
    let (_, lead) = between.rsplit_once('，')?;
    let start = whole.digits.start - lead.len();
    let filler = WordLists::get().rough_fillers.start_of(lead).map(|word| (Bound::Just, word));
    let (bound, word) = bound_at(lead).or(filler)?;
    let short = lead.chars().count() <= LONGEST && between.matches('，').count() == 1;
    let behind = text[whole.range.end..].strip_prefix('的')?;
    let end = behind.find(CLAUSE_ENDS).unwrap_or(behind.len());
    let share = share_in_words(&behind[..end]).filter(|share| share.bound.is_none())?;
    // 占1544篇的四成 is told roughly.
    let plain = bound != Bound::Just || share.is_fraction;
    let plain = plain && whole.value > own.value;
    let plain = plain && short && word.len() < lead.len() && whole.same_unit(own);
    let range = start..whole.range.end + '的'.len_utf8() + end;
    plain.then(|| Said { range, rough: Rough { of: share.of, bound }, wholes: vec![whole.value] })
}

/// The share that the clause behind that of a figure tells, and nothing besides: 其中12个被评为优秀，占比超过三分之一.
fn behind(report: &Report, passage: &Passage, text: &str, part: usize) -> Option<Said> {
    const LONGEST: usize = 10;
    let end = passage.mentions[part].range.end;
    let rest = &text[end..];
    let comma = rest.find(CLAUSE_ENDS).filter(|at| rest[*at..].starts_with('，'))?;
    let start = end + comma + '，'.len_utf8();
    let clause = text[start..].split(CLAUSE_ENDS).next()?;
    let next = passage.mentions.get(part + 1).map_or(text.len(), |next| next.digits.start);
    // A percentage or tenths behind it are judged as such.
    let alone = next >= start + clause.len() && rest[..comma].chars().count() <= LONGEST;
    let percent = passage.mentions.get(part + 1).is_some_and(|next| {
        let between = text.get(start + clause.len()..next.digits.start).unwrap_or_default();
        next.unit == Unit::Percent && between.chars().count() <= LONGEST
    });
    // 采纳率超过九成
    let said = behind_rate(text, &passage.mentions[part], clause);
    let share = share_in_words(said).filter(|_| alone && !percent)?;
    let fraction = share.is_fraction.then_some(Bound::Just);
    let rough = Rough { of: share.of, bound: share.bound.or(fraction)? };
    let wholes = wholes_of_part(report, passage, part);
    Some(Said { range: start..start + clause.len(), rough, wholes })
}

/// The share of a member of a row that a clause tells by its name: 视频16件、图文22件，视频占比超过一半.
fn of_named(
    report: &Report,
    passage: &Passage,
    text: &str,
    clause: Range<usize>,
) -> Option<(usize, Said)> {
    /// The most figures before the clause that are looked at.
    const NEAR: usize = 12;
    const SHORTEST: usize = 2;
    let mentions = &passage.mentions;
    let said = text.get(clause.clone())?;
    let lists = WordLists::get();
    let bounds = [&lists.rough_more, &lists.rough_less, &lists.rough_near, &lists.rough_ends];
    if !bounds.into_iter().any(|words| words.are_in(said)) {
        return None;
    }
    let next = mentions.partition_point(|m| m.digits.start < clause.start);
    let alone = mentions.get(next).is_none_or(|m| m.digits.start >= clause.end);
    let starts = said.char_indices().map(|(at, _)| at).filter(|at| *at > 0);
    let (at, share) = starts.into_iter().find_map(|at| {
        let share = share_in_words(&said[at..]).filter(|share| share.bound.is_some())?;
        Some((at, share))
    })?;
    let name = without_measure(&said[..at]);
    let sentence = mentions.get(next.checked_sub(1)?)?.sentence;
    let named = |i: &usize| {
        let lead = text.get(..mentions[*i].digits.start).unwrap_or_default();
        let lead = without_measure(lead.rsplit(CLAUSE_ENDS).next().unwrap_or_default());
        mentions[*i].sentence == sentence && lead.ends_with(name) && counts(&mentions[*i])
    };
    let long = name.chars().count() >= SHORTEST && name.chars().all(char::is_alphanumeric);
    let mut own = (next.saturating_sub(NEAR)..next).filter(named);
    let part = own.next().filter(|_| own.next().is_none() && alone && long)?;
    let of_row = mentions[part].list.is_some() || mentions[part].sum.is_some();
    let wholes = wholes_of_part(report, passage, part);
    let rough = Rough { of: share.of, bound: share.bound? };
    of_row.then_some((part, Said { range: clause, rough, wholes }))
}

fn judge(
    findings: &mut Findings<'_>,
    (passage, text): (&Passage, &Text),
    part: usize,
    said: &Said,
) {
    let own = &passage.mentions[part];
    let share =
        |whole: &Decimal| own.value.saturating_mul(Decimal::ONE_HUNDRED).checked_div(*whole);
    let shares: Vec<Decimal> = said.wholes.iter().filter_map(share).collect();
    let Some((first, whole)) = shares.first().zip(said.wholes.first()) else { return };
    findings.held(passage, part, Held::Text(format!("{} 除以 {whole}", own.value)));
    let near = matches!(said.rough.bound, Bound::Near);
    if near || shares.iter().any(|share| said.rough.holds(*share)) {
        return;
    }
    let right = first.round_dp(1).normalize();
    let words = clause(text, &said.range);
    let finding = findings.report(
        place(passage, text, &said.range),
        format!("文字说“{words}”：{} 除以 {whole} 是 {right}%", own.value),
        format!("实为 {right}%"),
    );
    finding.related.push(Label::new(place(passage, text, &own.digits), "分子"));
    finding.help.push("核对件数和比例；总数不是这个数的，在文字中写明“占……的”".to_owned());
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check_text;

    const RULE: &crate::rules::Rule = &super::super::share_wrong::RULE;

    #[test]
    fn words_that_the_figures_do_not_bear_out() {
        for wrong in [
            "检查村40个，其中12个优秀，占比超过三分之一。",
            "公开信息44条，不足总数86条的一半。",
            "发布解读38件，其中视频16件，占比过半。",
            "发布解读38件，包括视频解读16件、图文解读22件，视频解读占比超过一半。",
            "公众号原创稿件386篇，占全年推送总量1544篇的三分之一。",
            "公开重点领域信息480条，其中社会救助类160条，占四分之一。",
            "监督员提出意见40条，采纳34条，采纳率超过九成。",
        ] {
            check_text(RULE, wrong, "", 1);
        }
    }

    #[test]
    fn words_that_the_figures_bear_out() {
        for fine in [
            "检查村40个，其中12个优秀，占比不足三分之一。",
            "公开信息44条，超过总数86条的一半。",
            "发布解读38件，其中视频20件，占比过半。",
            "发布解读38件，其中视频16件，过半单位参加了培训。",
            "发布解读38件，其中视频20件，占比过半，达52.6%。",
            "发布解读38件，包括视频解读16件、图文解读22件，图文解读占比超过一半。",
            "公众号原创稿件386篇，占全年推送总量1544篇的四分之一。",
            "公开重点领域信息480条，其中社会救助类160条，占三分之一。",
            "监督员提出意见40条，采纳34条，采纳率超过八成。",
        ] {
            check_text(RULE, fine, "", 0);
        }
    }
}
