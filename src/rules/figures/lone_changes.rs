//! Changes in a sentence that tells the figure of the year before and one other, whatever stands between them: 与上年217件相比，本年
//! 收到申请233件，同比增长7.4%.

use std::ops::Range;

use rust_decimal::{Decimal, RoundingStrategy};

use crate::prose::{Exactness, Lexicon, Mention, Passage, Unit};
use crate::report::Text;
use crate::rules::figures::alone::{counts, figures, is_reported, sentence};
use crate::rules::figures::amounts::{as_told, is_rate_as_told};
use crate::rules::figures::rates_of_pairs::report_of_pair;
use crate::rules::machinery::text::CLAUSE_ENDS;
use crate::rules::{Findings, Held};

/// Reports every change that the only two other counts of its sentence do not give, and that no other rule has judged.
pub(super) fn judge_lone_changes(findings: &mut Findings<'_>, passage: &Passage, text: &Text) {
    for change in 0..passage.mentions.len() {
        if findings.is_held(passage, change) {
            continue;
        }
        let Some(rises) = rises(text.printed(), &passage.mentions[change]) else { continue };
        let sentence = sentence(text.printed(), passage.mentions[change].digits.start);
        let pair = pair(passage, text.printed(), change, &sentence);
        if let Some((base, now)) = pair.filter(|_| !is_reported(findings, passage, text, &sentence))
        {
            judge(findings, (passage, text), change, (base, now), rises);
        }
    }
}

/// True if a figure is said to be how much more something is, false if how much less; none where it is no change.
fn rises(text: &str, mention: &Mention) -> Option<bool> {
    let growth = &Lexicon::get().growth;
    let exact = mention.exactness == Exactness::Exact && !mention.bound;
    let told = matches!(mention.unit, Unit::Percent | Unit::Counter(_)) && exact;
    let before = text[..mention.digits.start].trim_end_matches(['了', '达']);
    let clause = before.rsplit(CLAUSE_ENDS).next().unwrap_or_default();
    // 人数同比增长: of something that has no figure here.
    let of_figure = |verb: &str| is_comparison(&clause[..clause.len() - verb.len()]);
    let [up, down] = [&growth.up, &growth.down].map(|verbs| verbs.end_of(clause));
    (told && up.is_some() != down.is_some() && up.or(down).is_some_and(of_figure))
        .then_some(up.is_some())
}

/// True if words name no more than what is compared with: 总量同比, 较上年同期.
fn is_comparison(words: &str) -> bool {
    let growth = &Lexicon::get().growth;
    let named = growth.amounts.start_of(words).map_or(words, |amount| &words[amount.len()..]);
    let than = growth.base_behind.start_of(named).and_then(|word| {
        let year = &named[word.len()..];
        Some(&year[growth.last_year.start_of(year)?.len()..])
    });
    let rest = than.map_or(named, |rest| rest.trim_start_matches(growth.same_period.as_str()));
    rest.is_empty() || growth.by_periods.has(rest)
}

/// The only two counts of a sentence besides a change, behind neither of which it stands in another one's clause: that of the year
/// before, and the other.
fn pair(
    passage: &Passage,
    text: &str,
    change: usize,
    sentence: &Range<usize>,
) -> Option<(usize, usize)> {
    let mentions = &passage.mentions;
    let mut counts = counts(passage, text, sentence)?;
    counts.retain(|i| *i != change);
    let &[one, other] = counts.as_slice() else { return None };
    let [first, second] = [one, other].map(|i| &mentions[i]);
    let within = mentions[figures(passage, sentence)].iter();
    let rates = within.filter(|m| matches!(m.unit, Unit::Percent | Unit::Times | Unit::Points));
    let alone = rates.count() == usize::from(mentions[change].unit == Unit::Percent);
    let same = mentions[change].unit == Unit::Percent || mentions[change].same_unit(first);
    let [of_first, of_second] = [first, second].map(|m| is_of_last_year(text, m));
    let behind = change > one && change > other;
    if !alone || !same || !behind || !first.same_unit(second) || of_first == of_second {
        return None;
    }
    let (base, now) = if of_first { (one, other) } else { (other, one) };
    (mentions[base].value > Decimal::ZERO).then_some((base, now))
}

/// True if the words of its clause before a figure name the year before.
fn is_of_last_year(text: &str, mention: &Mention) -> bool {
    let before = &text[..mention.digits.start];
    let clause = before.rsplit(CLAUSE_ENDS).next().unwrap_or_default();
    Lexicon::get().growth.last_year.are_in(clause)
}

fn judge(
    findings: &mut Findings<'_>,
    (passage, text): (&Passage, &Text),
    change: usize,
    (base, now): (usize, usize),
    rises: bool,
) {
    let [told, base, now] = [change, base, now].map(|i| &passage.mentions[i]);
    let difference = now.value - base.value;
    let said = format!("由 {} 到 {}", as_told(base.value, base), as_told(now.value, now));
    findings.held(passage, change, Held::Text(said.clone()));
    let is_rate = told.unit == Unit::Percent;
    let right = match is_rate {
        true => difference.saturating_mul(Decimal::ONE_HUNDRED).checked_div(base.value),
        false => Some(difference),
    };
    let Some(right) = right.map(|right| right.abs()) else { return };
    let rounded = right.round_dp_with_strategy(told.places, RoundingStrategy::MidpointAwayFromZero);
    let turned = !difference.is_zero() && rises != (difference > Decimal::ZERO);
    let near = (rounded - told.value).abs() <= if is_rate { told.step } else { Decimal::ZERO };
    if !turned && (near || is_rate && is_rate_as_told(right, told)) {
        return;
    }
    let unit = if is_rate { "%" } else { "" };
    let way = if difference < Decimal::ZERO { "减少" } else { "增长" };
    let right = (said, format!("{way} {}{unit}", rounded.normalize()));
    report_of_pair(findings, (passage, text), told, right, [(base, "原来的数"), (now, "变成的数")]);
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check_text;

    const RULE: &crate::rules::Rule = &super::super::change_wrong::RULE;

    #[test]
    fn changes_that_the_only_two_counts_do_not_give() {
        for wrong in [
            "与上年217条相比，本年发布233条，同比增长16%，工作量明显加大。",
            "去年办班12期，今年在此基础上又向乡镇延伸，办班15期，增长20%。",
            "与上年217条相比，本年发布233条，增加6条。",
        ] {
            check_text(RULE, wrong, "", 1);
        }
    }

    #[test]
    fn changes_that_they_give_or_that_are_of_others() {
        for fine in [
            "与上年217条相比，本年发布233条，同比增长7.4%，工作量明显加大。",
            "去年办班12期，今年在此基础上又向乡镇延伸，办班15期，增长25%。",
            "与上年217条相比，本年发布233条，增加16条。",
            "与上年217条相比，本年发布233条，访问量增长16%，粉丝增长3%。",
            "上年发布217条，本年新开栏目3个，发布233条，增长16%。",
        ] {
            check_text(RULE, fine, "", 0);
        }
    }
}
