//! NB210: many penalties and not a single coercive measure.

use super::{Docs, Findings, Rule};
use crate::diag::{Label, Place, Severity};
use crate::edition::{DisclosureColumn, DisclosureRow, Edition};
use crate::law;
use crate::report::{Disclosure, Report};

pub(super) static RULE: Rule = Rule {
    code: "NB210",
    name: "coercion-missing",
    title: "行政处罚很多而行政强制为零",
    severity: Severity::Hint,
    basis: &[law::REGULATION_20, law::FORMAT_2021_TABLE_1],
    editions: Edition::ALL,
    docs: Docs {
        what: "“行政处罚”达到 1000 件而“行政强制”为 0 的，提示核对。",
        why: "处罚多的机关通常也有查封、扣押、扣留一类的强制措施；填 0 常常是只统计了处罚，或者漏报了下属单位的数据。这是经验，不是规定，情况属实的不用改。",
        example: "[disclosure]\npenalties = 6465\ncoercive_measures = 0",
        corrected: "[disclosure]\npenalties = 6465\ncoercive_measures = 312",
    },
    check,
};

/// How many penalties are many.
const MANY: u64 = 1000;

fn check(report: &Report, findings: &mut Findings<'_>) {
    let decisions = match report.edition {
        Edition::Y2019 => DisclosureColumn::DecisionsMade,
        Edition::Y2021 => DisclosureColumn::Decisions,
    };
    let count = |row| report.disclosure.entry(row, decisions).count();
    let (Some(penalties), Some(0)) =
        (count(DisclosureRow::Penalties), count(DisclosureRow::CoerciveMeasures))
    else {
        return;
    };
    if penalties < MANY {
        return;
    }
    let place = |row| Place::Value(Disclosure::path(row, decisions));
    let finding = findings.report(
        place(DisclosureRow::CoerciveMeasures),
        format!("行政处罚 {penalties} 件，行政强制为 0 件"),
        "是否漏报",
    );
    finding.related.push(Label::new(place(DisclosureRow::Penalties), penalties.to_string()));
    finding.help.push("向执法单位核对查封、扣押等强制措施的件数；确实没有的，不用改".to_owned());
}

#[cfg(test)]
mod tests {
    use super::super::testing::check;
    use super::RULE;

    #[test]
    fn thousands_of_penalties_without_one_seizure() {
        check(
            &RULE,
            "[disclosure]\npenalties = 6465\ncoercive_measures = 0\n#                   ^ 行政处罚 6465 件\n",
        );
    }

    #[test]
    fn few_penalties_or_some_measures() {
        check(&RULE, "[disclosure]\npenalties = 661\ncoercive_measures = 0\n");
        check(&RULE, "[disclosure]\npenalties = 6465\ncoercive_measures = 36\n");
        check(&RULE, "[disclosure]\npenalties = 6465\n");
    }
}
