//! Numbers told twice with the same digits, once in tens of thousands: 4385.2元, 4385.2万元.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::diag::Label;
use crate::prose::{Exactness, Mention, Passage, Unit};
use crate::report::{Report, Text};
use crate::rules::figures::judge::{clause, place};
use crate::rules::{Findings, Held};

/// A figure, by its place among those of its text as read, with the text itself.
type Told<'a> = (&'a Passage, &'a Text, usize);

/// Reports every number that stands elsewhere with 万 or 亿 behind the very same digits.
pub(super) fn judge_scales(report: &Report, findings: &mut Findings<'_>) {
    let prose = findings.prose(report);
    let mut told: BTreeMap<String, Vec<Told<'_>>> = BTreeMap::new();
    for (passage, text) in prose.each(report) {
        let own = passage.mentions.iter().enumerate().filter(|(_, m)| may_be_compared(m));
        for (i, mention) in own {
            if let Some(digits) = significant(&text.printed()[mention.digits.clone()]) {
                told.entry(digits).or_default().push((passage, text, i));
            }
        }
    }
    for same in told.values() {
        let pair = same.iter().find_map(|small| {
            let large = same.iter().find(|large| is_scaled(mention(small), mention(large)))?;
            Some((small, large))
        });
        let Some((small, large)) = pair else { continue };
        let said = |told: &Told<'_>| {
            clause(told.1, &(mention(told).digits.start..mention(told).range.end))
        };
        let at = |told: &Told<'_>| place(told.0, told.1, &mention(told).digits);
        for (one, other) in [(small, large), (large, small)] {
            findings.held(one.0, one.2, Held::Text(format!("另一处写的 {}", said(other))));
        }
        let finding = findings.report(
            at(small),
            format!("这里写“{}”，另一处写“{}”，数字相同，单位不同", said(small), said(large)),
            "是否漏了“万”",
        );
        finding.related.push(Label::new(at(large), "另一处"));
        finding.help.push("核对单位，两处写成一样的".to_owned());
    }
}

fn mention<'a>((passage, _, i): &Told<'a>) -> &'a Mention {
    &passage.mentions[*i]
}

fn may_be_compared(mention: &Mention) -> bool {
    let counts = matches!(mention.unit, Unit::Counter(_) | Unit::Yuan);
    counts && mention.is_typed() && mention.exactness == Exactness::Exact
}

/// The digits that tell a number, where they are so many that two numbers do not share them by chance.
fn significant(printed: &str) -> Option<String> {
    const FEWEST: usize = 4;
    let digits: String = printed.chars().filter(char::is_ascii_digit).collect();
    let digits = digits.trim_matches('0');
    (digits.len() >= FEWEST).then(|| digits.to_owned())
}

/// True if one figure is ten thousand times another, or a hundred million times.
fn is_scaled(small: &Mention, large: &Mention) -> bool {
    let times = |n: u32| small.value.saturating_mul(Decimal::from(n)) == large.value;
    small.same_unit(large) && (times(10_000) || times(100_000_000))
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check_text;

    #[test]
    fn the_same_digits_in_two_units() {
        for wrong in [
            "公示发放资金4385.2元，惠及2.8万户。公示的4385.2万元已发放到位。",
            "全年访问量83.52万次。网站访问83.52次，创新高。",
        ] {
            check_text(&super::super::unit_missing::RULE, wrong, "", 1);
        }
    }

    #[test]
    fn other_digits_or_the_same_unit() {
        for fine in [
            "公示发放资金4385.2万元。公示的4385.2万元已发放到位。",
            "培训120人次。全年浏览120万人次。",
            "公示发放资金4385.2万元，公开信息4385条。",
        ] {
            check_text(&super::super::unit_missing::RULE, fine, "", 0);
        }
    }
}
