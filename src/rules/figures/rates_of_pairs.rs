//! Rates of change of two figures that a sentence tells beside each other: 由25人增至40人，增长60%; 180条，比二季度的150条多30条，
//! 环比增长20%.

use rust_decimal::{Decimal, RoundingStrategy};

use crate::diag::Label;
use crate::prose::{Change, Exactness, Lexicon, Mention, Passage, Unit};
use crate::report::Text;
use crate::rules::figures::amounts::{as_told, is_rate_as_told};
use crate::rules::figures::compared_pairs::{Compared, compared_before};
use crate::rules::figures::judge::{clause, place};
use crate::rules::machinery::word_lists::WordLists;
use crate::rules::{Findings, Held};

const MARKS: &[char] = &['，', '、', '（', ',', '('];

/// Reports every rate that is not that of the figures before it.
pub(super) fn judge_rates_of_pairs(findings: &mut Findings<'_>, passage: &Passage, text: &Text) {
    for rate in 2..passage.mentions.len() {
        if let Some(pair) = pair(passage, text.printed(), rate) {
            judge(findings, (passage, text), rate, &pair);
        }
    }
}

/// The figures before and behind a change, and the way in which it is told.
struct Pair {
    base: usize,
    /// The figure behind the change, or the change itself.
    now: Now,
    rises: bool,
}

/// The figure behind a change, or else the difference that is told: 较2024年的71件增加14件，增长19.7%.
enum Now {
    Told { now: usize, difference: Option<usize> },
    By(usize),
}

fn judge(
    findings: &mut Findings<'_>,
    (passage, text): (&Passage, &Text),
    rate: usize,
    pair: &Pair,
) {
    let (now, other) = match pair.now {
        Now::Told { now, .. } => (passage.mentions[now].value, now),
        Now::By(by) => {
            let (base, by_value) = (passage.mentions[pair.base].value, passage.mentions[by].value);
            (if pair.rises { base + by_value } else { base - by_value }, by)
        }
    };
    let [told, base, other] = [rate, pair.base, other].map(|i| &passage.mentions[i]);
    let Some(right) = change(base.value, now) else { return };
    let printed = if told.unit == Unit::Times { right / Decimal::ONE_HUNDRED } else { right };
    let printed = printed.abs();
    let rounded =
        printed.round_dp_with_strategy(told.places, RoundingStrategy::MidpointAwayFromZero);
    let said = format!("由 {} 到 {}", as_told(base.value, base), as_told(now, other));
    findings.held(passage, rate, Held::Text(said.clone()));
    let turned = right != Decimal::ZERO && pair.rises != (right > Decimal::ZERO);
    // 增加了1倍 is no 增加了1.9倍.
    let is_whole = told.unit == Unit::Times && told.places == 0;
    let cut_off = !is_whole && is_rate_as_told(printed, told);
    // 3.2万人增至4万人，净增8000人: neither is rounded.
    let is_exact = match pair.now {
        Now::Told { difference: Some(by), .. } => {
            let by = passage.mentions[by].value;
            by == (now - base.value).abs()
        }
        Now::Told { difference: None, .. } | Now::By(_) => false,
    };
    let is_near =
        rounded == told.value || cut_off || !is_exact && fits_rounded(told, base, other, now);
    if !turned && is_near || told.bound && base.bound && other.bound {
        return;
    }
    let unit = if told.unit == Unit::Times { "倍" } else { "%" };
    let way = if right < Decimal::ZERO { "减少" } else { "增长" };
    let other_name = match pair.now {
        Now::Told { .. } => "变成的数",
        Now::By(_) => "增减的数",
    };
    let right = (said, format!("{way} {rounded}{unit}"));
    report_of_pair(
        findings,
        (passage, text),
        told,
        right,
        [(base, "原来的数"), (other, other_name)],
    );
}

/// Reports a change that is not that of two figures: `told` of them, with what they are and what it should be.
pub(super) fn report_of_pair(
    findings: &mut Findings<'_>,
    (passage, text): (&Passage, &Text),
    told: &Mention,
    (said, right): (String, String),
    figures: [(&Mention, &str); 2],
) {
    let words = clause(text, &(told.phrase.start..told.range.end));
    let finding = findings.report(
        place(passage, text, &told.digits),
        format!("“{words}”：{said}，是{right}"),
        format!("应为{right}"),
    );
    for (figure, name) in figures {
        finding.related.push(Label::new(place(passage, text, &figure.digits), name));
    }
    finding.help.push("核对前后两个数和增减的比率".to_owned());
}

/// The change from one figure to another, in percent.
fn change(base: Decimal, now: Decimal) -> Option<Decimal> {
    now.checked_sub(base)?.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(base)
}

/// True if a rate may be that of two figures of which each is rounded: 2.5万.
fn fits_rounded(told: &Mention, base: &Mention, other: &Mention, now: Decimal) -> bool {
    let half = |mention: &Mention| {
        if mention.step > Decimal::ONE || mention.places > 0 {
            mention.step / Decimal::TWO
        } else {
            Decimal::ZERO
        }
    };
    let (base_off, now_off) = (half(base), half(other));
    if base_off.is_zero() && now_off.is_zero() {
        return false;
    }
    let ends = [
        change(base.value + base_off, now - now_off),
        change(base.value - base_off, now + now_off),
    ];
    let [Some(one), Some(other)] = ends.map(|end| end.map(|end| end.abs())) else { return false };
    let last_place = Decimal::new(1, told.places);
    let percent =
        if told.unit == Unit::Times { told.value * Decimal::ONE_HUNDRED } else { told.value };
    one.min(other) - last_place <= percent && percent <= one.max(other) + last_place
}

/// The two figures whose change a rate tells, if the words between them leave no doubt.
fn pair(passage: &Passage, text: &str, rate: usize) -> Option<Pair> {
    let mentions = &passage.mentions;
    let told = &mentions[rate];
    let counts = matches!(told.unit, Unit::Percent | Unit::Times);
    if !counts || told.exactness != Exactness::Exact || is_judged(passage, rate) {
        return None;
    }
    let growth = &Lexicon::get().growth;
    // 净增1.5万人，增长60%: the difference may stand between them.
    let between = passage.words_before(text, rate).trim_start_matches(['）', ')']);
    let said = between.trim_start_matches(MARKS);
    let said = growth.by_periods.start_of(said).map_or(said, |word| &said[word.len()..]);
    let said = said.trim_end_matches(['了', '达', '为', '近']);
    // 教育比医疗多52条，高出20%
    let (rises, falls) = (growth.up.has(said) || growth.faster.has(said), growth.down.has(said));
    if rises == falls || said.len() == between.len() && told.unit == Unit::Percent {
        return None;
    }
    let compared = compared_before(passage, text, rate).filter(|compared| {
        let base = &mentions[compared.base];
        base.is_exact_number() && base.sentence == told.sentence
    });
    let pair = compared.map(|Compared { base, now, difference }| Pair {
        base,
        now: Now::Told { now, difference },
        rises,
    });
    let pair = pair.or_else(|| by_difference(passage, text, rate, rises));
    pair.filter(|pair| mentions[pair.base].value > Decimal::ZERO)
}

/// The base and the difference right before a rate, where the figure that has changed stands elsewhere: 较2024年的71件增加14件，
/// 增长19.7%.
fn by_difference(passage: &Passage, text: &str, rate: usize, rises: bool) -> Option<Pair> {
    let (base, by) = base_and_difference(passage, text, rate, rises)?;
    let own = passage.mentions[base].sentence == passage.mentions[rate].sentence;
    own.then_some(Pair { base, now: Now::By(by), rises })
}

/// The base and the difference that are the last figures before another one; `rises` is whether the difference is said to be more.
pub(super) fn base_and_difference(
    passage: &Passage,
    text: &str,
    next: usize,
    rises: bool,
) -> Option<(usize, usize)> {
    const SHORT: usize = 10;
    let by = next.checked_sub(1)?;
    let base = by.checked_sub(1)?;
    let growth = &Lexicon::get().growth;
    let [told, other] = [base, by].map(|i| &passage.mentions[i]);
    let alike = told.is_exact_number()
        && other.is_exact_number()
        && told.same_unit(other)
        && told.sentence == other.sentence;
    let between = passage.words_before(text, by).trim_end_matches('了');
    let list = if rises { &growth.up } else { &growth.down };
    let clause = text[..told.digits.start].rsplit(['，', '。', '；', '：', '\n']).next()?;
    let named = clause.strip_suffix('的').unwrap_or(clause);
    let short = |name: &str| name.chars().count() <= SHORT;
    let than = growth.base_behind.iter().find_map(|word| named.rsplit_once(word));
    let than = clause.ends_with('的') && than.is_some_and(|(_, name)| short(name));
    // 与上年的5件相比，多2件
    let with = growth.base_with.start_of(named).is_some_and(|word| short(&named[word.len()..]));
    let compared = growth.compared_behind.start_of(between).map(|word| &between[word.len()..]);
    let changed = compared.and_then(|rest| rest.strip_prefix('，')).map(|rest| {
        let subjects = &WordLists::get().directions.subjects;
        subjects.start_of(rest).map_or(rest, |subject| &rest[subject.len()..])
    });
    let plainly = than && list.has(between) || with && changed.is_some_and(|said| list.has(said));
    (alike && plainly).then_some((base, by))
}

/// True if the sentence tells the rate of a figure with its base of the year before, which is judged with it.
fn is_judged(passage: &Passage, rate: usize) -> bool {
    let Some(growth) = passage.mentions[rate].growth else { return false };
    let base = |mention: &Mention| {
        mention.growth.is_some_and(|other| other.of == growth.of && other.change == Change::Base)
    };
    // Only those behind the figure that has changed are looked at there.
    passage.mentions.iter().skip(growth.of).any(base)
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check_text;

    const RULE: &crate::rules::Rule = &super::super::change_wrong::RULE;

    #[test]
    fn rates_that_are_not_those_of_their_figures() {
        for wrong in [
            "公众号关注人数由25人增至40人，增长37.5%。",
            "关注量由年初2.5万人增至年末4.0万人，净增1.5万人，增长37.5%。",
            "视频由120条增加到240条，增加了2倍。",
            "三季度发布信息180条，比二季度的150条多30条，环比增长16.7%。",
            "去年发布11件，今年发布14件，增长21.4%。",
            "栏目由80个压减为64个，减少16个，下降25%。",
            "栏目由80个压减为64个，增长20%。",
            "公开信息较2023年的71条增加14条，增长16.5%。",
        ] {
            check_text(RULE, wrong, "", 1);
        }
    }

    #[test]
    fn rates_of_their_figures_or_of_others() {
        for fine in [
            "公众号关注人数由25人增至40人，增长60%。",
            "关注量由年初2.5万人增至年末4万人，净增1.5万人，增长60%。",
            "关注量由2.3万人增至4.1万人，增长75.6%。",
            "视频由120条增加到240条，增加了1倍。",
            "三季度发布信息180条，比二季度的150条多30条，环比增长20%。",
            "去年发布11件，今年发布14件，增长27.3%。",
            "公众号关注人数由25人增至40人，满意率提高5.5%。",
            "栏目由80个压减为64个，更新量增长20%。",
            "公开信息较2023年的71条增加14条，增长19.7%。",
            "三季度发布信息180条，比二季度的150条多30条，全年增长16.7%。",
        ] {
            check_text(RULE, fine, "", 0);
        }
    }
}
