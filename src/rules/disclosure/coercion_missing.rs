//! NB210: many penalties and not a single coercive measure.

use crate::diag::{Label, Place, Severity};
use crate::edition::{DisclosureColumn, DisclosureRow, Edition};
use crate::law::{self, Authority};
use crate::report::{Count, Disclosure, FieldPath, Report};
use crate::rules::machinery::last_year;
use crate::rules::{Docs, Findings, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB210",
    name: "coercion-missing",
    title: "行政处罚很多而行政强制为零",
    severity: Severity::Hint,
    fixed: false,
    authority: Authority::Practice,
    basis: &[law::FORMAT_2021_TABLE_1, law::PRACTICE],
    editions: Edition::ALL,
    docs: Docs {
        what: "“行政处罚”达到 1000 件而“行政强制”为 0 的，提示核对。给出上一年度数据文件的，上年也是 0 的不再提示。",
        why: "处罚多的机关通常也有查封、扣押、扣留一类的强制措施；填 0 常常是只统计了处罚，或者漏报了下属单位的数据。这是经验，不是规定，情况属实的不用改。",
        example: "[disclosure]\npenalties = 6465\ncoercive_measures = 0",
        corrected: "[disclosure]\npenalties = 6465\ncoercive_measures = 312",
    },
    check,
};

/// The least number of penalties that is large.
const MANY: u64 = 1000;

/// The figure that is doubted.
pub(in crate::rules) fn path(report: &Report) -> FieldPath {
    Disclosure::path(DisclosureRow::CoerciveMeasures, decisions(report))
}

/// True if coercive measures are 0 although there are many penalties, and were not 0 the year before
/// as far as that is known.
pub(in crate::rules) fn is_found(report: &Report, last: Option<&Report>) -> bool {
    let penalties = count(report, DisclosureRow::Penalties);
    penalties.is_some_and(|penalties| penalties >= MANY)
        && count(report, DisclosureRow::CoerciveMeasures) == Some(0)
        && last.and_then(measures) != Some(0)
}

fn check(report: &Report, findings: &mut Findings<'_>) {
    let last = findings
        .last_year(report)
        .filter(|last| last_year::is_comparable(report, last, &path(report)));
    let Some(penalties) = count(report, DisclosureRow::Penalties) else { return };
    if !is_found(report, last) {
        return;
    }
    let place = |row| Place::Value(Disclosure::path(row, decisions(report)));
    let before = last.and_then(measures);
    let compared = before.map(|before| format!("（上年 {before} 件）")).unwrap_or_default();
    let finding = findings.report(
        Place::Value(path(report)),
        format!("行政处罚 {penalties} 件，行政强制为 0 件{compared}"),
        "是否漏报",
    );
    finding.related.push(Label::new(place(DisclosureRow::Penalties), penalties.to_string()));
    if let Some(before) = before {
        last_year::relate(report, finding, format!("其中行政强制 {before}"));
    }
    finding.help.push("向执法单位核对查封、扣押等强制措施的件数；确实没有的，不用改".to_owned());
}

fn count(report: &Report, row: DisclosureRow) -> Option<Count> {
    report.disclosure.entry(row, decisions(report)).count()
}

/// The column of the form that counts decisions of the year.
fn decisions(report: &Report) -> DisclosureColumn {
    let table = &report.form().disclosure;
    let alone = table.column_label(DisclosureRow::CoerciveMeasures, DisclosureColumn::Decisions);
    if alone.is_empty() { DisclosureColumn::DecisionsMade } else { DisclosureColumn::Decisions }
}

fn measures(last: &Report) -> Option<Count> {
    count(last, DisclosureRow::CoerciveMeasures)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, check_years};

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

    #[test]
    fn last_year_tells_a_gap_from_a_habit() {
        let lines = "[disclosure]\npenalties = 6465\ncoercive_measures = 0\n";
        check_years(&RULE, "[disclosure]\ncoercive_measures = 0\n", lines);
        for (last, words) in [
            ("[disclosure]\ncoercive_measures = 312\n", "行政强制为 0 件（上年 312 件）"),
            ("", "行政处罚 6465 件，行政强制为 0 件"),
        ] {
            check_years(&RULE, last, &format!("{lines}#                   ^ {words}\n"));
        }
    }
}
