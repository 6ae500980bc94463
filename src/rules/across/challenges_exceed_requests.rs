//! NB501: there are not more challenges than applications.

use crate::diag::{Label, Place, Severity};
use crate::edition::{Axis, ChallengeColumn, Edition, Proceeding, RequestColumn, RequestRow};
use crate::law::{self, Authority};
use crate::report::{FieldPath, Report, Requests};
use crate::rules::{Docs, Findings, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB501",
    name: "challenges-exceed-requests",
    title: "复议、诉讼件数多于政府信息公开申请",
    severity: Severity::Warning,
    fixed: false,
    authority: Authority::Practice,
    basis: &[law::FORMAT_2021_TABLE_2, law::FORMAT_2021_TABLE_3, law::PRACTICE],
    editions: Edition::ALL,
    docs: Docs {
        what: "行政复议与两类行政诉讼的总计之和，是否超过本年新收与上年结转的申请之和；超过一半（且不少于 3 件）的作提示。",
        why: "本表只统计因政府信息公开工作引起的复议和诉讼，按经验一般远少于申请；比申请还多，几乎总是把本机关的全部复议、诉讼案件填了进来。",
        example: "[requests]\nreceived = [15, 0, 0, 0, 0, 0]\ncarried_in = 0\n[challenges]\nreconsideration = [12, 8, 1, 12]\nlitigation_direct = [11, 3, 4, 0]\nlitigation_after = [2, 1, 0, 0]",
        corrected: "[requests]\nreceived = [15, 0, 0, 0, 0, 0]\ncarried_in = 0\n[challenges]\nreconsideration = [1, 0, 0, 0]\nlitigation_direct = 0\nlitigation_after = 0",
    },
    check,
};

/// Below this many, a share says nothing.
const FEW: u64 = 3;

fn check(report: &Report, findings: &mut Findings<'_>) {
    let table = &report.form().requests;
    // A total that was typed may be wrong: the figures that it adds up count.
    let requests = |row| {
        let columns = RequestColumn::APPLICANTS.iter();
        let cells = columns.map(|column| report.requests.count(table, row, *column));
        let total = report.requests.count(table, row, RequestColumn::Total);
        sum(cells).filter(|sum| *sum > 0).or(total)
    };
    let total = |proceeding| {
        let results = ChallengeColumn::RESULTS.iter();
        let cells = results.map(|column| report.challenges.count(proceeding, *column));
        let total = report.challenges.count(proceeding, ChallengeColumn::Total);
        sum(cells).filter(|sum| *sum > 0).or(total)
    };
    let challenges = Proceeding::ALL.iter().try_fold(0_u64, |sum, p| sum.checked_add(total(*p)?));
    let received = requests(RequestRow::Received)
        .zip(requests(RequestRow::CarriedIn))
        .and_then(|(received, carried_in)| received.checked_add(carried_in));
    let (Some(challenges), Some(received)) = (challenges, received) else {
        findings.unassessed("申请数量或者复议、诉讼数量没有填全");
        return;
    };
    let severity = if challenges > received {
        Severity::Warning
    } else if challenges >= FEW && challenges.saturating_mul(2) > received {
        Severity::Hint
    } else {
        return;
    };
    let (more, part) =
        if severity == Severity::Warning { ("多于", "") } else { ("超过", "的一半") };
    let finding = findings.report_as(
        severity,
        Place::Key(FieldPath::new("challenges")),
        format!("行政复议、行政诉讼共 {challenges} 件，{more}政府信息公开申请 {received} 件（本年新收加上年结转）{part}"),
        format!("共 {challenges} 件"),
    );
    for row in [RequestRow::Received, RequestRow::CarriedIn] {
        let place = Place::Value(Requests::path(row, RequestColumn::Total));
        let count = requests(row).unwrap_or_default();
        finding.related.push(Label::new(place, count.to_string()));
    }
    finding.help.push(
        "只保留因政府信息公开工作引起的复议和诉讼；含上年结转案件等情况的，在表注中说明".to_owned(),
    );
}

/// The sum of some cells, where all of them are filled.
fn sum(mut cells: impl Iterator<Item = Option<u64>>) -> Option<u64> {
    cells.try_fold(0_u64, |sum, cell| sum.checked_add(cell?))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::check;

    #[test]
    fn s000_04_all_cases_of_the_body_were_counted() {
        check(
            &RULE,
            r"
[requests]
received   = [15, 0, 0, 0, 0, 0]
carried_in = 0
[challenges]
#^ 行政复议、行政诉讼共 54 件，多于政府信息公开申请 15 件
reconsideration   = [12, 8, 1, 12, 33]
litigation_direct = [11, 3, 4, 0,  18]
litigation_after  = [2,  1, 0, 0,  3]
",
        );
    }

    #[test]
    fn the_figures_of_a_row_count_and_not_a_total_of_0() {
        check(
            &RULE,
            "[requests]\nreceived = [3, 0, 0, 0, 0, 0, 3]\ncarried_in = 0\n[challenges]\n#^ 共 5 件，多于政府信息公开申请 3 件\nreconsideration = [4, 1, 0, 0, 0]\nlitigation_direct = 0\nlitigation_after = 0\n",
        );
    }

    #[test]
    fn more_than_half_is_a_hint_and_a_tenth_is_usual() {
        check(
            &RULE,
            "[requests]\nreceived = [8, 0, 0, 0, 0, 0]\ncarried_in = 0\n[challenges]\n#^ 的一半\nreconsideration = [5, 0, 0, 0]\nlitigation_direct = 0\nlitigation_after = 0\n",
        );
        check(
            &RULE,
            "[requests]\nreceived = [100, 0, 0, 0, 0, 0]\ncarried_in = 0\n[challenges]\nreconsideration = [9, 0, 0, 0]\nlitigation_direct = [2, 0, 0, 0]\nlitigation_after = 0\n",
        );
        check(
            &RULE,
            "[requests]\nreceived = [1, 0, 0, 0, 0, 0]\ncarried_in = 0\n[challenges]\nreconsideration = [1, 0, 0, 0]\nlitigation_direct = 0\nlitigation_after = 0\n",
        );
    }
}
