//! Rates of money that two amounts right before them give: 安排1240万元，支出1178万元，执行率95.0%; 比预算463.0万元节约50.4万元，节约率10.9%.

use rust_decimal::Decimal;

use super::gap::{last_clause, lead};
use super::rates::Ratio;
use crate::prose::arithmetic::percent;
use crate::prose::lexicon::Lexicon;
use crate::prose::mention::Mention;
use crate::prose::numeral::{Exactness, Unit};
use crate::prose::slip::one_slip;

/// The rates of a text that are named after what was done with money. One that the two amounts do not give is told only where it is
/// what they give the other way round, or one slip away.
pub(super) fn ratios(text: &str, mentions: &[Mention]) -> Vec<Ratio> {
    let rates = (2..mentions.len()).filter(|i| {
        let rate = &mentions[*i];
        rate.unit == Unit::Percent && rate.exactness == Exactness::Exact && rate.growth.is_none()
    });
    rates.filter_map(|rate| ratio(text, mentions, rate)).collect()
}

fn ratio(text: &str, mentions: &[Mention], rate: usize) -> Option<Ratio> {
    const RATE: char = '率';
    const LONGEST: usize = 8;
    /// The amounts before that are looked at.
    const MOST: usize = 3;
    let words = &Lexicon::get().sums.plans;
    let told = &mentions[rate];
    let part = rate - 1;
    let said = text.get(mentions[part].range.end..told.digits.start)?;
    let name = last_clause(said);
    let links = &Lexicon::get().sums.rate_links;
    let name = links.end_of(name).and_then(|link| name.strip_suffix(link)).unwrap_or(name);
    let stem = name.strip_suffix(RATE).filter(|stem| stem.chars().count() <= LONGEST)?;
    let spent = words.spent.end_of(stem)?;
    let is_amount = |i: usize| {
        let amount = &mentions[i];
        let exact = amount.unit == Unit::Yuan && amount.exactness == Exactness::Exact;
        exact && amount.sentence == told.sentence
    };
    let own = lead(text, &mentions[part]);
    let does = own.contains(spent) || words.spending.are_in(own);
    // 预算246万元，成交231.5万元，节约14.5万元，节约率5.9%: of the budget, wherever it stands.
    let wholes = (0..part).rev().take(MOST).take_while(|i| is_amount(*i));
    let wholes: Vec<usize> =
        wholes.filter(|i| mentions[*i].value >= mentions[part].value).collect();
    // 比预算463.0万元节约50.4万元: of that one, and no other.
    let compared = wholes.first().is_some_and(|i| is_compared(lead(text, &mentions[*i])));
    let wholes = &wholes[..if compared { 1 } else { wholes.len() }];
    let of = |whole: usize| percent(mentions[part].value, mentions[whole].value, told.places);
    let fitting = wholes.iter().find(|whole| of(**whole) == Some(told.value));
    let planned = || wholes.iter().find(|i| words.plans.are_in(lead(text, &mentions[**i])));
    let whole = *fitting.or_else(planned).or(wholes.first()).filter(|_| does && is_amount(part))?;
    let value = of(whole)?;
    let turned = percent(mentions[whole].value, mentions[part].value, told.places)?;
    let in_steps = |value: Decimal| value.checked_div(told.step).unwrap_or_default();
    let slip = told.places > 0 && one_slip(in_steps(value), in_steps(told.value));
    // 节约50.4万元，节约率10.9%: by the same word.
    let named = own.ends_with(spent);
    let sure = named || told.value == value || told.value == turned || slip;
    sure.then(|| Ratio { rate, part, others: Vec::new(), whole, value, by_name: false })
}

/// True if the words before an amount compare with it: 比预算.
fn is_compared(words: &str) -> bool {
    words.starts_with(['比', '较'])
}
