//! Figures of lists and sums that decide each other, as the coverage tells them.

use crate::prose::{Exactness, List, Mention, Passage, Sum, added, readings};
use crate::report::Report;
use crate::rules::figures::amounts::as_told;
use crate::rules::{Findings, Held};

/// The most parts that are shown.
const SHOWN: usize = 12;

/// Says that the figures of a list decide each other, where a slip in any of them would show.
pub(super) fn hold_list(findings: &mut Findings<'_>, passage: &Passage, list: &List) {
    let mentions = &passage.mentions;
    let exact = mentions[list.whole].exactness == Exactness::Exact && list.is_exact(mentions);
    if exact && !list.parts.is_empty() && !list.ambiguous && list.decides(mentions) {
        hold(findings, passage, &list.parts, Some(list.whole));
    }
}

/// Says that the figures of a sum decide each other.
pub(super) fn hold_sum(findings: &mut Findings<'_>, passage: &Passage, sum: &Sum) {
    hold(findings, passage, &sum.parts, sum.total);
}

/// True if the tables say just what a figure must be.
pub(super) fn is_of_tables(mention: &Mention) -> bool {
    mention.counted.as_ref().is_some_and(|counted| !counted.only_hint && !counted.at_most)
}

/// True if the tables say just what the figures of a sum must be, and its total is not that of other cells than its parts come to:
/// 上年结转8件、新收233件，合计应办理231件.
pub(super) fn is_judged_by_tables(report: &Report, mentions: &[Mention], sum: &Sum) -> bool {
    let all = sum.parts.iter().chain(&sum.total).all(|i| is_of_tables(&mentions[*i]));
    let total = sum.total.and_then(|total| mentions[total].counted.as_ref());
    let added = added(mentions, &sum.parts);
    let of_other_cells = total.is_some_and(|counted| {
        let readings = readings(report, counted).concat();
        let is = |value| readings.iter().any(|r| !r.loose && r.value == Some(value));
        // One that is that of no cell is judged as such.
        is(added) && sum.total.is_some_and(|total| is(mentions[total].value))
    });
    all && !of_other_cells
}

/// Says that some figures of a text were held against their total.
fn hold(findings: &mut Findings<'_>, passage: &Passage, parts: &[usize], total: Option<usize>) {
    let mentions = &passage.mentions;
    let value = |i: usize| as_told(mentions[i].value, &mentions[i]);
    let mut listed: Vec<String> = parts.iter().take(SHOWN).map(|part| value(*part)).collect();
    if parts.len() > SHOWN {
        listed.push("……".to_owned());
    }
    let of = total.or(parts.first().copied()).map(|i| &mentions[i]);
    let sum = added(mentions, parts);
    let sum = of.map_or_else(|| sum.to_string(), |figure| as_told(sum, figure));
    let Some(total) = total else {
        let told = format!("{}＝{sum}，与表中的申请件数", listed.join("＋"));
        for part in parts {
            findings.held(passage, *part, Held::Text(told.clone()));
        }
        return;
    };
    let whole = value(total);
    findings.held(passage, total, Held::Text(format!("分项 {}＝{sum}", listed.join("＋"))));
    for part in parts {
        let told = format!("各项相加是 {sum}，总数 {whole}");
        findings.held(passage, *part, Held::Text(told));
    }
}
