//! Means of values that are listed right before them: 四个季度为92.1分、93.4分、94.0分、95.3分，全年平均93.7分.

use rust_decimal::{Decimal, RoundingStrategy};

use crate::diag::Label;
use crate::prose::{Exactness, Lexicon, Mention, Passage, Sum};
use crate::report::Text;
use crate::rules::figures::judge::{clause, place};
use crate::rules::{Findings, Held};

/// Reports every mean that the values listed before it do not give.
pub(super) fn judge_listed_means(findings: &mut Findings<'_>, passage: &Passage, text: &Text) {
    for (i, mean) in passage.mentions.iter().enumerate().filter(|(_, m)| is_mean(m, text)) {
        let listed = listed_before(passage, text, i);
        let Some(right) = mean_of(listed, mean.places) else { continue };
        let shown: Vec<String> = listed.iter().map(|m| m.value.normalize().to_string()).collect();
        findings.held(passage, i, Held::Text(format!("{} 的平均数", shown.join("、"))));
        // Cut off instead of rounded, a mean is off by one in its last place.
        if (right - mean.value).abs() <= Decimal::new(1, mean.places) {
            continue;
        }
        let said = clause(text, &(mean.phrase.start..mean.range.end));
        let finding = findings.report(
            place(passage, text, &mean.digits),
            format!("“{said}”：{} 平均是 {right}", shown.join("、")),
            format!("其余无误时是 {right}"),
        );
        let first = place(passage, text, &listed[0].digits);
        finding.related.push(Label::new(first, "从这个数起"));
        finding.help.push("逐项核对各数和平均数；按别的办法平均的，在文字中写明".to_owned());
    }
}

/// True if a figure is told exactly as a mean: 全年平均93.7分.
fn is_mean(mention: &Mention, text: &Text) -> bool {
    let words = text.printed().get(mention.phrase.start..mention.digits.start).unwrap_or_default();
    let means = &Lexicon::get().sums.means;
    let named = means.plain.end_of(words).is_some() || means.of_each.end_of(words).is_some();
    named && mention.unit.counter().is_some() && plain(mention)
}

fn plain(mention: &Mention) -> bool {
    mention.exactness == Exactness::Exact && !mention.bound && mention.growth.is_none()
}

/// The values in the unit of a mean that stand right before it, with nothing but pauses between.
fn listed_before<'a>(passage: &'a Passage, text: &Text, mean: usize) -> &'a [Mention] {
    const LONGEST: usize = 10;
    let mentions = &passage.mentions;
    let between = |first: usize| {
        let range = mentions[first].range.end..mentions[first + 1].digits.start;
        text.printed().get(range).unwrap_or_default()
    };
    let alike = |i: usize| plain(&mentions[i]) && mentions[i].same_unit(&mentions[mean]);
    let Some(last) = mean.checked_sub(1).filter(|last| alike(*last)) else { return &[] };
    let link = between(last);
    if !link.starts_with('，') || link.chars().count() > LONGEST || link.contains(['。', '；']) {
        return &[];
    }
    // 52人、47人、61人、48人，合计208人，场均52人: of those that the total adds up.
    let total =
        |sum: &&Sum| sum.fits && sum.total == Some(last) && sum.parts.last() == Some(&(last - 1));
    if let Some(sum) = last.checked_sub(1).and_then(|_| passage.sums.iter().find(total)) {
        let n = sum.parts.len();
        let in_row = last.checked_sub(n).is_some_and(|first| sum.parts.first() == Some(&first));
        return if in_row { &mentions[last - n..last] } else { &[] };
    }
    let joins = &Lexicon::get().sums.joins;
    let paused = |i: usize| between(i) == "、" || joins.has(between(i));
    let first = (0..last).rev().take_while(|i| alike(*i) && paused(*i)).last();
    first.map_or(&[], |first| &mentions[first..=last])
}

/// The mean of three values or more, as far as it is printed.
fn mean_of(listed: &[Mention], places: u32) -> Option<Decimal> {
    const FEWEST: usize = 3;
    let sum = listed.iter().try_fold(Decimal::ZERO, |sum, m| sum.checked_add(m.value))?;
    let n = Decimal::from(listed.len());
    let mean = sum.checked_div(n).filter(|_| listed.len() >= FEWEST)?;
    Some(mean.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero))
}
