//! Changes against a year before the last one, told with its figure: 1626件，比2020年的813件增长1倍.

use rust_decimal::{Decimal, RoundingStrategy};

use crate::diag::{Label, Place};
use crate::prose::{Exactness, Lexicon, Mention, Passage, Unit};
use crate::report::{Report, Text};
use crate::rules::figures::amounts::{as_told, shown};
use crate::rules::figures::judge::{clause, place};
use crate::rules::{Findings, Held};

/// Reports every such change that its two figures do not give.
pub(super) fn judge_earlier(
    report: &Report,
    findings: &mut Findings<'_>,
    passage: &Passage,
    text: &Text,
) {
    for (first, three) in passage.mentions.windows(3).enumerate() {
        let [now, base, told] = three else { continue };
        let Some(more) = compared(report, text, now, base, told) else { continue };
        let Some(right) = right(now, base, told, more) else { continue };
        let said = format!("{} 与 {}", as_told(now.value, now), as_told(base.value, base));
        findings.held(passage, first + 2, Held::Text(said));
        // Cut off instead of rounded, a change is off by one in its last place.
        let fits = (told.value - right).abs() < told.step;
        if fits || [now, base, told].iter().all(|figure| figure.bound) {
            continue;
        }
        let rounded =
            right.round_dp_with_strategy(told.places, RoundingStrategy::MidpointAwayFromZero);
        let right = shown(rounded, told);
        let finding = findings.report(
            place(passage, text, &told.digits),
            format!(
                "文字写“{}”，而本年是 {}，那一年是 {}，增减应为 {right}",
                clause(text, &told.phrase),
                as_told(now.value, now),
                as_told(base.value, base)
            ),
            format!("两数相比是 {right}"),
        );
        for (figure, name) in [(now, "本年"), (base, "那一年")] {
            let at = Place::Text(passage.path.clone(), text.typed_range(figure.digits.clone()));
            finding.related.push(Label::new(at, name));
        }
        finding.help.push("三个数逐一核对，改正写错的那一个".to_owned());
    }
}

/// True for more and false for less, where three figures are one of this year, one of an earlier year and the change.
fn compared(
    report: &Report,
    text: &Text,
    now: &Mention,
    base: &Mention,
    told: &Mention,
) -> Option<bool> {
    let year = report.header.year?;
    let exact = [now, base, told].iter().all(|figure| figure.exactness == Exactness::Exact);
    let plain = exact && now.same_unit(base) && now.growth.is_none() && told.growth.is_none();
    let together = now.sentence == told.sentence && base.value > Decimal::ZERO;
    let printed = text.printed();
    let growth = &Lexicon::get().growth;
    let link = printed.get(now.range.end..base.digits.start)?.trim_start_matches('，');
    let link = &link[growth.base_behind.start_of(link)?.len()..];
    let (named, behind) = link.split_once('年')?;
    let named: u16 = named.trim().parse().ok()?;
    // The year before has other words for it, and is judged with them.
    let earlier = named + 1 < year && named + 30 > year;
    let behind = behind.trim_start_matches(growth.same_period.as_str());
    let of_it = behind.is_empty() || growth.base_links.has(behind);
    let words = printed.get(base.range.end..told.digits.start)?;
    let words = words.trim_start_matches('，').trim_end_matches('了');
    let (up, down) = (growth.up.has(words), growth.down.has(words));
    (plain && together && earlier && of_it && up != down).then_some(up)
}

/// The change that two figures give.
fn right(now: &Mention, base: &Mention, told: &Mention, more: bool) -> Option<Decimal> {
    let difference = if more { now.value - base.value } else { base.value - now.value };
    match told.unit {
        // Two percentages differ by points.
        Unit::Percent if now.unit == Unit::Percent => None,
        Unit::Percent => difference.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(base.value),
        Unit::Times => difference.checked_div(base.value).filter(|_| more),
        Unit::Counter(_) | Unit::Yuan => Some(difference).filter(|_| told.same_unit(now)),
        Unit::Points | Unit::Year | Unit::Month | Unit::Day => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check_text;

    #[test]
    fn changes_that_the_figures_of_two_years_do_not_give() {
        for wrong in [
            "发布信息1626条，比2020年的813条增长了2倍。",
            "发布信息1626条，比2020年的813条增长80%。",
            "发布信息626条，比2020年的813条减少178条。",
            "发布信息1626条，比上年的813条增长了2倍。",
        ] {
            check_text(&super::super::change_wrong::RULE, wrong, "", 1);
        }
    }

    #[test]
    fn changes_that_they_give_or_of_something_else() {
        for fine in [
            "发布信息1626条，比2020年的813条增长了1倍。",
            "发布信息1626条，比2020年的813条增长100%。",
            "发布信息626条，比2020年的813条减少187条。",
            "发布信息1626条，比2020年的813条增长近2倍。",
            "发布信息1626条，比2020年的813条年均增长26.0%。",
            "发布信息1626条，比上年的813条增长了1倍。",
            "发布信息2032条，比2020年的813条增长1.5倍。",
        ] {
            check_text(&super::super::change_wrong::RULE, fine, "", 0);
        }
    }
}
