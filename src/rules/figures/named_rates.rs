//! Rates and multiples that are named after the figures that give them: 整改率, 是网站的2.5倍.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::diag::{Label, Severity};
use crate::prose::{Passage, Ratio, Unit};
use crate::report::Text;
use crate::rules::figures::judge::{clause, place};
use crate::rules::figures::plausible::is_slip;
use crate::rules::{Findings, Held};

/// The rates of a text that are named after another figure; one that only its words tie to a part is wrong only where one
/// slip explains it.
pub(super) fn judge_named_rates(findings: &mut Findings<'_>, passage: &Passage, text: &Text) {
    let mut judged = BTreeSet::new();
    let is_typed = |ratio: &&Ratio| {
        let rate = &passage.mentions[ratio.rate];
        rate.is_typed() || rate.unit == Unit::Times && !rate.bound
    };
    for ratio in passage.ratios.iter().filter(is_typed) {
        let told = passage.mentions[ratio.rate].value;
        let sure = !ratio.by_name || ratio.value == told || is_slip(ratio.value, told);
        if sure && judged.insert(ratio.rate) {
            judge_ratio(findings, passage, text, ratio);
        }
    }
}

/// A rate that is named after one of the figures before it.
fn judge_ratio(findings: &mut Findings<'_>, passage: &Passage, text: &Text, ratio: &Ratio) {
    let [rate, part, whole] =
        [ratio.rate, ratio.part, ratio.whole].map(|figure| &passage.mentions[figure]);
    let others = ratio.others.iter().map(|other| passage.mentions[*other].value);
    let parts = others.fold(part.value, Decimal::saturating_add);
    let told = format!("{parts} 除以 {}", whole.value);
    let sign = if rate.unit == Unit::Times { " 倍" } else { "%" };
    findings.held(passage, ratio.rate, Held::Text(told.clone()));
    if rate.value == ratio.value {
        return;
    }
    let is_near = (ratio.value - rate.value).abs() <= Decimal::new(1, rate.places);
    let severity = if is_near { Severity::Hint } else { findings.severity() };
    let said = clause(text, &(rate.phrase.start..rate.range.end));
    let finding = findings.report_as(
        severity,
        place(passage, text, &rate.digits),
        format!("“{said}”：{told} 是 {}{sign}", ratio.value),
        format!("应为 {}{sign}", ratio.value),
    );
    for (figure, name) in [(part, "分子"), (whole, "分母")] {
        finding.related.push(Label::new(place(passage, text, &figure.digits), name));
    }
    finding.help.push("核对件数和比率；按别的数计算的，在文字中写明".to_owned());
}
