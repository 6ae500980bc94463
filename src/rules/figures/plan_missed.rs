//! Deeds that are said to be more or fewer than planned: 计划1324次，实际1187次，比计划少137次.

use crate::diag::Label;
use crate::prose::{BesidePlan, Passage, beside_plans};
use crate::report::Text;
use crate::rules::figures::amounts::as_told;
use crate::rules::figures::judge::{clause, place};
use crate::rules::{Findings, Held};

/// Reports every number by which the deeds are not more or fewer than planned.
pub(super) fn judge_plans(findings: &mut Findings<'_>, passage: &Passage, text: &Text) {
    for told in beside_plans(text.printed(), &passage.mentions) {
        judge(findings, passage, text, &told);
    }
}

fn judge(findings: &mut Findings<'_>, passage: &Passage, text: &Text, told: &BesidePlan) {
    let [plan, done, off] = [told.plan, told.done, told.off].map(|i| &passage.mentions[i]);
    let said = format!("计划 {}，实际 {}", as_told(plan.value, plan), as_told(done.value, done));
    for figure in [told.plan, told.done, told.off] {
        findings.held(passage, figure, Held::Text(said.clone()));
    }
    let (more, fewer) = (done.value - plan.value, plan.value - done.value);
    let right = if told.more { more } else { fewer };
    if right == off.value || [plan, done, off].iter().all(|figure| figure.bound) {
        return;
    }
    let way = if more > fewer { "多" } else { "少" };
    let right = format!("{way} {}", as_told(more.max(fewer), done));
    let finding = findings.report(
        place(passage, text, &off.digits),
        format!("文字写“{}”，而{said}，应为{right}", clause(text, &off.phrase)),
        format!("应为{right}"),
    );
    for (figure, name) in [(plan, "计划"), (done, "实际")] {
        finding.related.push(Label::new(place(passage, text, &figure.digits), name));
    }
    finding.help.push("三个数逐一核对，改正写错的那一个".to_owned());
}
