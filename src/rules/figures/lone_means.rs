//! Means in a sentence that tells nothing else but all there are and their number, or the period: 全年365天，推送1095条，平均每天推送
//! 3条.

use std::ops::Range;

use rust_decimal::Decimal;

use crate::diag::Label;
use crate::prose::{Exactness, Lexicon, Mention, Passage, Unit};
use crate::report::Text;
use crate::rules::figures::alone::{figures, is_reported, sentence};
use crate::rules::figures::amounts::as_told;
use crate::rules::figures::judge::{clause, place};
use crate::rules::machinery::text::CLAUSE_ENDS;
use crate::rules::{Findings, Held};

/// The fewest digits of a mean that is told roughly and can be judged.
const TELLING: usize = 3;
/// The hundredths by which such a mean may be off.
const ROUGHLY: i64 = 4;

/// Reports every mean that no other rule has judged, and that all there are in its sentence do not give, shared out among their
/// number or the days, weeks, months or quarters of a year.
pub(super) fn judge_lone_means(findings: &mut Findings<'_>, passage: &Passage, text: &Text) {
    for mean in 0..passage.mentions.len() {
        let mention = &passage.mentions[mean];
        let counts = matches!(mention.unit, Unit::Counter(_) | Unit::Yuan);
        // 户均约2352元 tells more than 约2000元.
        let about = mention.exactness == Exactness::About && mention.digits.len() >= TELLING;
        let exact = (mention.exactness == Exactness::Exact || about) && !mention.bound;
        let told = counts && exact && mention.is_average(text.printed());
        if told && !findings.is_held(passage, mean) {
            judge(findings, (passage, text), mean);
        }
    }
}

/// The number among which all are shared out, from the least to the most that it may be, and the figure that tells it.
struct Among {
    least: Decimal,
    most: Decimal,
    figure: Option<usize>,
}

impl Among {
    fn figure(passage: &Passage, figure: usize) -> Self {
        let n = passage.mentions[figure].value;
        Self { least: n, most: n, figure: Some(figure) }
    }

    /// True if as many of each as are told come to all there are, as far as they are printed.
    fn fits(&self, told: &Mention, all: &Mention) -> bool {
        let shared = |n: Decimal| all.value.checked_div(n).unwrap_or_default();
        let off = match told.exactness {
            Exactness::Exact => told.step,
            Exactness::About | Exactness::AtLeast => {
                told.step.max(told.value.saturating_mul(Decimal::new(ROUGHLY, 2)))
            }
        };
        shared(self.most) < told.value + off && told.value - off < shared(self.least)
    }
}

fn judge(findings: &mut Findings<'_>, (passage, text): (&Passage, &Text), mean: usize) {
    let mentions = &passage.mentions;
    let printed = text.printed();
    let sentence = sentence(printed, mentions[mean].digits.start);
    let Some((total, among)) = parts(passage, printed, mean, &sentence) else { return };
    let (told, all) = (&mentions[mean], &mentions[total]);
    let Some(first) = among.first().filter(|_| !is_reported(findings, passage, text, &sentence))
    else {
        return;
    };
    let n = first.least;
    findings.held(passage, mean, Held::Text(format!("{} 除以 {n}", all.value)));
    let right = all.value.checked_div(n).unwrap_or_default();
    let (smaller, larger) = (told.value.min(right), told.value.max(right));
    // So far off that something else is meant.
    let far = larger > smaller.saturating_mul(Decimal::TWO);
    if far || among.iter().any(|among| among.fits(told, all)) {
        return;
    }
    let in_steps = right.checked_div(told.step).unwrap_or_default().round_dp(1);
    let right = as_told(in_steps.saturating_mul(told.step), told);
    let words = clause(text, &(told.phrase.start..told.range.end));
    let finding = findings.report(
        place(passage, text, &told.digits),
        format!("“{words}”：{} 除以 {n} 是 {right}", as_told(all.value, all)),
        format!("其余无误时是 {right}"),
    );
    for (figure, name) in [(Some(total), "总数"), (first.figure, "个数")] {
        let Some(figure) = figure else { continue };
        finding.related.push(Label::new(place(passage, text, &mentions[figure].digits), name));
    }
    finding.help.push("核对总数、个数和平均数，改正写错的那一个".to_owned());
}

/// All there are and the numbers among which they may be shared out, the likeliest first, where the sentence tells nothing else.
fn parts(
    passage: &Passage,
    text: &str,
    mean: usize,
    sentence: &Range<usize>,
) -> Option<(usize, Vec<Among>)> {
    let mentions = &passage.mentions;
    let periods = &Lexicon::get().sums.periods;
    let others = figures(passage, sentence).filter(|i| *i != mean);
    let is_time = |i: &usize| {
        let counter = mentions[*i].unit.counter();
        counter.is_some_and(|counter| periods.days.has(&counter.word))
    };
    let (times, counted): (Vec<usize>, Vec<usize>) = others.partition(is_time);
    let said = text.get(sentence.clone())?;
    let partly = periods.parts_of_time.are_in(said) || periods.in_all.are_in(said);
    let exact = |i: usize| mentions[i].counts_exactly() && mentions[i].is_typed();
    let alike = |i: usize| mentions[i].same_unit(&mentions[mean]);
    if partly || !counted.iter().chain(&times).all(|i| exact(*i)) {
        return None;
    }
    let lead = text.get(sentence.start..mentions[mean].digits.start)?;
    let lead = lead.rsplit(['，', '、', '（']).next()?;
    let shares = periods.means.iter().filter(|(word, ..)| lead.contains(word.as_str()));
    let of_year = |(_, least, most): &(String, u32, u32)| Among {
        least: (*least).into(),
        most: (*most).into(),
        figure: None,
    };
    let of_year: Vec<Among> = shares.map(of_year).collect();
    let (total, among) = match (counted.as_slice(), times.as_slice()) {
        // 全年365天，推送1095条，平均每天3条
        (&[total], &[n]) if !of_year.is_empty() => (total, vec![Among::figure(passage, n)]),
        (several, []) => {
            let own = only(several.iter().copied().filter(|i| alike(*i)));
            let total = own.or_else(|| called(passage, text, mean, lead))?;
            let is_number = |n: &usize| {
                let counter = mentions[*n].unit.counter();
                let named = counter.is_some_and(|counter| lead.contains(counter.word.as_str()));
                named && !alike(*n) && mentions[*n].value > Decimal::ONE
            };
            let number = only(several.iter().copied().filter(is_number));
            (total, number.map_or(of_year, |n| vec![Among::figure(passage, n)]))
        }
        _ => return None,
    };
    alike(total).then_some((total, among))
}

/// The figure, if there is just one.
fn only(mut figures: impl Iterator<Item = usize>) -> Option<usize> {
    figures.next().filter(|_| figures.next().is_none())
}

/// The figure whose name stands right before a mean, in the part of the sentence before: 行政许可30127件、行政处罚6894件；日均作出行政许可82.5件.
fn called(passage: &Passage, text: &str, mean: usize, lead: &str) -> Option<usize> {
    /// The most figures before the mean that are looked at.
    const NEAR: usize = 6;
    const SHORTEST: usize = 2;
    let own = &passage.mentions[mean];
    let before = (mean.saturating_sub(NEAR)..mean).filter(|i| {
        let mention = &passage.mentions[*i];
        mention.sentence == own.sentence && mention.same_unit(own) && mention.counts_exactly()
    });
    let is_called = |i: &usize| {
        let name = passage.words_before(text, *i).rsplit(CLAUSE_ENDS).next().unwrap_or_default();
        name.chars().count() >= SHORTEST && lead.ends_with(name)
    };
    only(before.filter(is_called))
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check_text;

    const RULE: &crate::rules::Rule = &super::super::average_wrong::RULE;

    #[test]
    fn means_that_nothing_else_of_the_sentence_gives() {
        for wrong in [
            "全年365天，微信公众号共推送1095条，平均每天推送4条。",
            "作出许可30127件，按365天计算，日均85.2件。",
            "公开惠民补贴34项、发放资金2.17亿元，惠及农户8.6万户，户均约2352元。",
            "行政许可30127件、行政处罚6894件、行政强制427件；日均作出行政许可85.2件。",
        ] {
            check_text(RULE, wrong, "", 1);
        }
    }

    #[test]
    fn means_that_come_out_or_are_of_a_part_of_the_year() {
        for fine in [
            "全年365天，微信公众号共推送1095条，平均每天推送3条。",
            "作出许可30127件，按365天计算，日均82.5件。",
            "公开惠民补贴34项、发放资金2.17亿元，惠及农户8.6万户，户均约2500元。",
            "行政许可30127件、行政处罚6894件、行政强制427件；日均作出行政许可82.5件。",
            "作出许可30127件，工作日日均120.5件。",
            "公众号6月上线以来推送1095条，日均5.2条。",
            "举办培训4期，平均每期86人。",
        ] {
            check_text(RULE, fine, "", 0);
        }
    }
}
