//! One quantity that is told with two numbers, as NB609 says it.

use crate::diag::{Label, Severity};
use crate::prose::{Mention, Passage};
use crate::report::Text;
use crate::rules::figures::judge::{clause, place};
use crate::rules::{Findings, Held};

/// A figure by the text it stands in, as read and as written, and its place there.
pub(super) type Figure<'a> = (&'a Passage, &'a Text, usize);

/// The word that counts the things of a figure.
pub(super) fn unit(mention: &Mention) -> &'static str {
    mention.unit.counter().map_or("", |counter| counter.word.as_str())
}

/// Says that two figures tell one quantity; of a part that has the name of its whole, it is a hint.
pub(super) fn compare(findings: &mut Findings<'_>, first: Figure<'_>, here: Figure<'_>) {
    let (a, b) = (&first.0.mentions[first.2], &here.0.mentions[here.2]);
    if std::ptr::eq(first.0, here.0) && is_added_up(&here.0.mentions, first.2, here.2) {
        return;
    }
    let part = b
        .list
        .is_some_and(|list| std::ptr::eq(first.0, here.0) && here.0.lists[list].whole == first.2);
    let (unit, said) = (unit(b), clause(here.1, &b.phrase));
    let (severity, message) = if part {
        let said = clause(here.1, &(b.phrase.start..b.digits.start));
        if said.is_empty() {
            return;
        }
        let message =
            format!("总数 {}{unit}与其中一项 {}{unit}用了同一个名称“{said}”", a.value, b.value);
        (Severity::Hint, message)
    } else {
        let before = clause(first.1, &a.phrase);
        (
            findings.severity(),
            format!(
                "这里写“{said}”，前面写的是“{before}”，一处 {}{unit}，一处 {}{unit}",
                b.value, a.value
            ),
        )
    };
    for ((passage, _, figure), other) in [(here, a), (first, b)] {
        findings.held(passage, figure, Held::Text(format!("另一处写的是 {}", other.value)));
    }
    let at = place(here.0, here.1, &b.digits);
    let finding = findings.report_as(severity, at, message, "两处不同");
    let at = place(first.0, first.1, &a.digits);
    finding.related.push(Label::new(at, a.value.to_string()));
    finding.help.push("同一件事改成同一个数；不是同一件事的，换个说法".to_owned());
}

/// True if a figure with the one beside it comes to another one: 建议、提案共94件，建议38件，提案56件.
fn is_added_up(mentions: &[Mention], total: usize, part: usize) -> bool {
    let beside = [part.checked_sub(1), Some(part + 1)].into_iter().flatten();
    let others = beside.filter(|i| *i != total).filter_map(|i| mentions.get(i));
    let (total, part) = (&mentions[total], &mentions[part]);
    let mut others = others.filter(|other| other.same_unit(part));
    others.any(|other| part.value.saturating_add(other.value) == total.value)
}
