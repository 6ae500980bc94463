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
    format!("原有加新增 {}，现有加减去的 {}", side(&balance.came), side(&balance.went))
}

/// Reports a balance that does not come out, at the stock at its end.
fn report(
    findings: &mut Findings<'_>,
    (passage, text): (&Passage, &Text),
    balance: &Balance,
    told: &str,
) {
    let mentions = &passage.mentions;
    let Some((end, gone)) = balance.went.split_first() else { return };
    let (came, went) = (added(mentions, &balance.came), added(mentions, &balance.went));
    let more = came - went;
    let said = clause(text, &mentions[*end].phrase);
    let finding = findings.report_as(
        Severity::Warning,
        place(passage, text, &mentions[*end].digits),
        format!("“{said}”：{told}，相差 {}", more.abs()),
        format!("其余无误时是 {}", mentions[*end].value + more),
    );
    let of_came = balance.came.iter().map(|i| (i, mentions[*i].value - more));
    let of_gone = gone.iter().map(|i| (i, mentions[*i].value + more));
    for (i, fitting) in of_came.chain(of_gone) {
        let likely = fitting >= Decimal::ZERO;
        let label = if likely { format!("其余无误时是 {fitting}") } else { String::new() };
        finding.related.push(Label::new(place(passage, text, &mentions[*i].digits), label));
    }
    finding.help.push("逐项核对；还有别的增减的，一并写明".to_owned());
}
