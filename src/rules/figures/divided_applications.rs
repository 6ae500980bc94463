//! Applications that a text divides by the way they came or by who took them, against their number in the tables.

use rust_decimal::Decimal;

use crate::diag::{Label, Place, Severity};
use crate::edition::RequestRow;
use crate::prose::{Mention, Passage, Sum, added, row_value};
use crate::report::{Report, Text};
use crate::rules::Findings;
use crate::rules::figures::judge::place;

/// The most parts that are shown.
const SHOWN: usize = 12;

/// Reports a division of all applications that comes to no number of applications of the table.
pub(super) fn judge_applications(
    report: &Report,
    findings: &mut Findings<'_>,
    (passage, text): (&Passage, &Text),
    division: &Sum,
) {
    let (mentions, parts) = (&passage.mentions, division.parts.as_slice());
    let by_year = |part: &usize| is_of_year(text.printed(), &mentions[*part]);
    if names_years(text.printed(), mentions[parts[0]].digits.start) || parts.iter().any(by_year) {
        return;
    }
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
    // 市政府本级来信260件，市直部门…: who took them says less surely that they are applications.
    let more_than_all = parts.len() > 2 && sum > all && sum > handled && !division.by_level;
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

/// True if a year stands right before a figure: 2020年583件，2021年617件.
fn is_of_year(text: &str, mention: &Mention) -> bool {
    const DIGITS: usize = 4;
    let named = text[..mention.digits.start].strip_suffix('年').unwrap_or_default();
    named.bytes().rev().take_while(u8::is_ascii_digit).count() == DIGITS
}

/// True if the clause before a figure names several years: 2022年至2025年新收申请分别为143件、131件.
fn names_years(text: &str, at: usize) -> bool {
    const DIGITS: usize = 4;
    let clause = text[..at].rsplit(['。', '；', '，', '\n']).next().unwrap_or_default();
    let is_year = |(at, _): &(usize, &str)| {
        clause[..*at].bytes().rev().take_while(u8::is_ascii_digit).count() == DIGITS
    };
    clause.match_indices('年').filter(is_year).count() > 1
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check_text;

    const TABLE: &str = "[requests]\nreceived = [880, 0, 0, 0, 0, 0]\ncarried_in = [40, 0, 0, 0, 0, 0]\n[requests.outcome]\ntotal = [890, 0, 0, 0, 0, 0]";

    fn check_requests(text: &str, expected: usize) {
        let part = format!("[[overview.parts]]\naspect = \"requests\"\ntext = \"{text}\"\n{TABLE}");
        check_text(&super::super::parts_do_not_add_up::RULE, "做好公开工作。", &part, expected);
    }

    #[test]
    fn applications_that_the_bodies_of_an_area_took() {
        check_requests("市政府本级受理96件，市直部门受理418件，县（市、区）受理356件。", 1);
        check_requests(
            "分层级看，市政府及办公室受理187件，市直部门受理437件，县（市、区）受理356件。",
            1,
        );
    }

    #[test]
    fn applications_by_the_way_they_came_or_by_their_matter() {
        for wrong in [
            "信函寄送412件，居各渠道之首；网上提交377件，当面递交62件。",
            "自然人871件，企业9件。网上提交597件，信函212件，其余62件当面递交。",
            "从诉求看，征地批文541件，占61.5%；不动产登记239件；采矿、测绘和其他事项118件。",
        ] {
            check_requests(wrong, 1);
        }
        for fine in [
            "信函寄送412件，居各渠道之首；网上提交406件，当面递交62件。",
            "自然人871件，企业9件。网上提交606件，信函212件，其余62件当面递交。",
            "从诉求看，征地批文541件，占61.5%；不动产登记239件；采矿、测绘和其他事项100件。",
        ] {
            check_requests(fine, 0);
        }
    }

    #[test]
    fn applications_that_come_out_or_are_not_told_in_full() {
        for fine in [
            "市政府本级受理96件，市直部门受理428件，县（市、区）受理356件。",
            "市政府本级受理96件，市直部门受理468件，县（市、区）受理356件。",
            "市直部门受理418件，县（市、区）受理356件。",
            "近三年受理申请稳步上升，2020年783件，2021年817件，2022年852件。",
            "市政府本级受理96件，市直部门受理418件，县（市、区）等受理356件。",
            "热线诉求市政府本级受理960件，市直部门受理4180件，县（市、区）受理3560件。",
        ] {
            check_requests(fine, 0);
        }
    }
}
