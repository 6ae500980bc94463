//! Stocks that came and went: 年初36个，注销5个、新开2个，年末33个.

use rust_decimal::Decimal;

use crate::diag::{Label, Severity};
use crate::prose::{Balance, Passage, added};
use crate::report::Text;
use crate::rules::figures::judge::{clause, place};
use crate::rules::{Findings, Held};

/// Reports the balances of a text that do not come out, and says of all their figures that they were held against each other.
pub(super) fn judge_balances(findings: &mut Findings<'_>, passage: &Passage, text: &Text) {
    for balance in &passage.balances {
        let told = told(passage, balance);
        for figure in balance.came.iter().chain(&balance.went) {
            findings.held(passage, *figure, Held::Text(told.clone()));
        }
        if !balance.fits {
            report(findings, (passage, text), balance, &told);
        }
    }
}

/// True if two figures are of one balance.
pub(super) fn are_of_one_balance(passage: &Passage, one: usize, other: usize) -> bool {
    let holds = |balance: &Balance, figure: usize| {
        balance.came.contains(&figure) || balance.went.contains(&figure)
    };
    passage.balances.iter().any(|balance| holds(balance, one) && holds(balance, other))
}

/// Both sides of a balance: 36＋2＝38，5＋33＝38.
fn told(passage: &Passage, balance: &Balance) -> String {
    let side = |figures: &[usize]| {
        let values = figures.iter().map(|i| passage.mentions[*i].value.normalize().to_string());
        let sum = added(&passage.mentions, figures).normalize();
        format!("{}＝{sum}", values.collect::<Vec<_>>().join("＋"))
    };
    let (came, went) = (side(&balance.came), side(&balance.went));
    match (balance.is_net, balance.went.contains(&balance.outcome)) {
        (false, _) => format!("原有加新增 {came}，现有加减去的 {went}"),
        (true, true) => format!("新增 {came}，减去的加净增 {went}"),
        (true, false) => format!("新增加净减 {came}，减去的 {went}"),
    }
}

/// Reports a balance that does not come out, at the figure that the others decide.
fn report(
    findings: &mut Findings<'_>,
    (passage, text): (&Passage, &Text),
    balance: &Balance,
    told: &str,
) {
    let mentions = &passage.mentions;
    let outcome = &mentions[balance.outcome];
    let more = added(mentions, &balance.came) - added(mentions, &balance.went);
    let fitting = |i: &usize| match balance.came.contains(i) {
        true => mentions[*i].value - more,
        false => mentions[*i].value + more,
    };
    let said = clause(text, &outcome.phrase);
    let finding = findings.report_as(
        Severity::Warning,
        place(passage, text, &outcome.digits),
        format!("“{said}”：{told}，相差 {}", more.abs()),
        format!("其余无误时是 {}", fitting(&balance.outcome)),
    );
    let others = balance.came.iter().chain(&balance.went).filter(|i| **i != balance.outcome);
    for i in others {
        let fitting = fitting(i);
        let likely = fitting >= Decimal::ZERO;
        let label = if likely { format!("其余无误时是 {fitting}") } else { String::new() };
        finding.related.push(Label::new(place(passage, text, &mentions[*i].digits), label));
    }
    finding.help.push("逐项核对；还有别的增减的，一并写明".to_owned());
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check_text;

    #[test]
    fn a_net_change_that_is_not_what_came_less_what_went() {
        for wrong in [
            "制定制度8件，废止3件，在上年末25件的基础上净增6件，现有30件。",
            "新增账号2个，注销7个，在年初40个的基础上净减4个，年末35个。",
            "年初有账号40个，净增4个，年末45个。",
            "制定制度11件、废止14件，年末有效96件，较上年末净增3件。",
        ] {
            check_text(&super::super::parts_do_not_add_up::RULE, wrong, "", 1);
        }
    }

    #[test]
    fn net_changes_that_come_out_or_are_of_something_else() {
        for fine in [
            "制定制度8件，废止3件，在上年末25件的基础上净增5件，现有30件。",
            "新增账号2个，注销7个，在年初40个的基础上净减5个，年末35个。",
            "年初有账号40个，净增5个，年末45个。",
            "制定制度11件、废止14件，年末有效96件，较上年末净减3件。",
            "新增账号2个，注销7个，年末35个；粉丝净增4万个。",
        ] {
            check_text(&super::super::parts_do_not_add_up::RULE, fine, "", 0);
        }
    }
}
