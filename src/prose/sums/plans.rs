//! Plans beside the deeds, and money that came in, went out and was left.

use rust_decimal::{Decimal, RoundingStrategy};

use super::gap::{last_clause, lead};
use super::rates::Ratio;
use super::{Figures, Sum, of};
use crate::prose::lexicon::Lexicon;
use crate::prose::mention::Mention;
use crate::prose::numeral::{Exactness, Unit};

/// The rates at which plans were carried out: 完成投资41.3亿元，为年度计划47.8亿元的86.4%; 计划投资47.8亿元，完成投资41.3亿元，完成年度计划的86.4%.
pub(super) fn ratios(text: &str, mentions: &[Mention]) -> Vec<Ratio> {
    let rates = (0..mentions.len()).filter(|i| {
        let rate = &mentions[*i];
        rate.unit == Unit::Percent && rate.exactness == Exactness::Exact && rate.growth.is_none()
    });
    rates.filter_map(|rate| ratio(text, mentions, rate)).collect()
}

fn ratio(text: &str, mentions: &[Mention], rate: usize) -> Option<Ratio> {
    const OF: &str = "的";
    let words = &Lexicon::get().sums.plans;
    let before = rate.checked_sub(1)?;
    let said = text.get(mentions[before].range.end..mentions[rate].digits.start)?;
    let clause = last_clause(said);
    let (part, whole) = if said == OF && is_planned(text, mentions, before) {
        (before.checked_sub(1)?, before)
    } else {
        // 超额完成计划的5% is what was done beyond it.
        let of_plan =
            clause.strip_suffix(OF).is_some_and(|name| words.plans.end_of(name).is_some());
        if !of_plan || words.beyond_plan.are_in(clause) {
            return None;
        }
        (before, before.checked_sub(1).filter(|plan| is_planned(text, mentions, *plan))?)
    };
    let fits = |i: usize| is_plain(&mentions[i]) && mentions[i].sentence == mentions[rate].sentence;
    let alike = fits(part) && fits(whole) && mentions[part].same_unit(&mentions[whole]);
    if !alike || is_planned(text, mentions, part) {
        return None;
    }
    let share = mentions[part].value.checked_mul(Decimal::ONE_HUNDRED)?;
    let share = share.checked_div(mentions[whole].value)?;
    let places = mentions[rate].places;
    let value = share.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero);
    Some(Ratio { rate, part, others: Vec::new(), whole, value, by_name: false })
}

/// A number that was done beside that planned, and by how many it is said to be more or fewer.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct BesidePlan {
    pub(crate) plan: usize,
    pub(crate) done: usize,
    pub(crate) off: usize,
    pub(crate) more: bool,
}

/// Every such number of a text: 计划1324次，实际1187次，比计划少137次.
pub(crate) fn beside_plans(text: &str, mentions: &[Mention]) -> Vec<BesidePlan> {
    let words = &Lexicon::get().sums.plans;
    let found = mentions.windows(3).enumerate().filter_map(|(plan, row)| {
        let said = last_clause(text.get(row[1].range.end..row[2].digits.start)?);
        let more = words.more_than_planned.end_of(said).is_some();
        let fewer = words.fewer_than_planned.end_of(said).is_some();
        let alike = row.iter().all(|m| is_plain(m) && m.same_unit(&row[0]));
        let together = row[0].sentence == row[2].sentence;
        let told = more != fewer && alike && together && is_planned(text, mentions, plan);
        told.then_some(BesidePlan { plan, done: plan + 1, off: plan + 2, more })
    });
    found.collect()
}

/// Money that came in, went out and was left: 基金收入38.62亿元、支出33.47亿元，结余5.15亿元.
pub(super) fn accounts(text: &str, mentions: &[Mention], figures: &Figures) -> Vec<Sum> {
    let words = &Lexicon::get().sums.plans;
    let lead = |i: usize| lead(text, &mentions[i]);
    let found = figures.own.windows(3).filter_map(|three| {
        let [came, went, left] = *three else { return None };
        let named = words.money_in.end_of(lead(came)).is_some()
            && words.money_out.end_of(lead(went)).is_some()
            && words.money_left.has(lead(left));
        let row = [came, went, left].map(|i| &mentions[i]);
        let money = row.iter().all(|m| m.unit == Unit::Yuan && is_plain(m));
        let sum = row[1].value.saturating_add(row[2].value);
        let off = row.iter().map(|m| m.step).fold(Decimal::ZERO, Decimal::saturating_add);
        let fits = (sum - row[0].value).abs() < off;
        (named && money).then(|| of(&[went, left], Some(came), fits))
    });
    found.collect()
}

/// Plans, with the part that was given up and the part that was carried out: 计划31项，取消9项，实际举办22项.
pub(super) fn cancelled(text: &str, mentions: &[Mention], figures: &Figures) -> Vec<Sum> {
    let sums = &Lexicon::get().sums;
    let found = figures.own.windows(3).filter_map(|three| {
        let [plan, given_up, done] = *three else { return None };
        let alike = three
            .iter()
            .all(|i| is_plain(&mentions[*i]) && mentions[*i].same_unit(&mentions[plan]));
        let told = is_planned(text, mentions, plan)
            && sums.goes.end_of(lead(text, &mentions[given_up])).is_some()
            && sums.plans.really.start_of(lead(text, &mentions[done])).is_some();
        let fits =
            mentions[given_up].value.saturating_add(mentions[done].value) == mentions[plan].value;
        (alike && told).then(|| of(&[given_up, done], Some(plan), fits))
    });
    found.collect()
}

/// True if the words before a figure say that it was planned: 年度计划投资47.8亿元.
fn is_planned(text: &str, mentions: &[Mention], i: usize) -> bool {
    const LONGEST: usize = 6;
    let clause = lead(text, &mentions[i]);
    let plans = &Lexicon::get().sums.plans.plans;
    let mut found =
        plans.iter().filter_map(|plan| Some(&clause[clause.rfind(plan)? + plan.len()..]));
    found.any(|behind| behind.chars().count() <= LONGEST)
}

fn is_plain(mention: &Mention) -> bool {
    mention.counts_exactly() && !mention.value.is_zero()
}
