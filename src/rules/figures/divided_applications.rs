//! Applications that a text divides by the way they came, against their number in the tables.

use rust_decimal::Decimal;

use crate::diag::{Label, Place, Severity};
use crate::edition::RequestRow;
use crate::prose::{Passage, added, row_value};
use crate::report::{Report, Text};
use crate::rules::Findings;
use crate::rules::figures::judge::place;

/// The most parts that are shown.
const SHOWN: usize = 12;

/// Reports a division of all applications that comes to no number of applications of the table.
pub(super) fn judge_applications(
    report: &Report,
    findings: &mut Findings<'_>,
    passage: &Passage,
    text: &Text,
    parts: &[usize],
) {
    let mentions = &passage.mentions;
    let sum = added(mentions, parts);
    let received = row_value(report, RequestRow::Received);
    let carried_in = row_value(report, RequestRow::CarriedIn);
    let all = received.zip(carried_in).and_then(|(a, b)| a.checked_add(b));
    let handled = row_value(report, RequestRow::OutcomeTotal);
    let (Some(received), Some(all), Some(handled)) = (received, all, handled) else {
        findings.unassessed("申请的件数没有填写");
        return;
    };
    // Some channels may be left out, and some figures be those of a part.
    const SLIP: u32 = 9;
    let near = |whole: Decimal| {
        let difference = (sum - whole).abs();
        let one_in = |n: u32| difference.saturating_mul(Decimal::from(n)) <= whole;
        one_in(10) || difference <= Decimal::from(SLIP) && one_in(2)
    };
    let wholes = [received, all, handled];
    let more_than_all = parts.len() > 2 && sum > all && sum > handled;
    if wholes.contains(&sum) || !(near(received) || near(all) || more_than_all) {
        return;
    }
    let listed: Vec<String> = parts.iter().map(|part| mentions[*part].value.to_string()).collect();
    let first = &mentions[parts[0]];
    let finding = findings.report_as(
        Severity::Warning,
        place(passage, text, &first.digits),
        format!(
            "各类申请 {}＝{sum}，表中新收的申请是 {received}，加上年结转是 {all}",
            listed.join("＋")
        ),
        format!("其余无误时是 {}", first.value + received - sum),
    );
    for part in parts.iter().skip(1).take(SHOWN) {
        let part = &mentions[*part];
        let at = text.typed_range(part.digits.clone());
        let label = format!("其余无误时是 {}", part.value + received - sum);
        finding.related.push(Label::new(Place::Text(passage.path.clone(), at), label));
    }
    finding.help.push("逐项核对；没有列全的，补上“其他”或者写“等”".to_owned());
}
