//! NB404: lawsuits after reconsideration need decided reconsiderations.

use crate::diag::{Label, Place, Severity};
use crate::edition::{ChallengeColumn, Edition, Proceeding};
use crate::law;
use crate::report::{Challenges, Count, Report};
use crate::rules::machinery::last_year;
use crate::rules::{Docs, Findings, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB404",
    name: "litigation-after-too-many",
    title: "复议后起诉的件数多于审结的行政复议",
    severity: Severity::Hint,
    fixed: false,
    basis: &[law::FORMAT_2021_TABLE_3],
    editions: Edition::ALL,
    docs: Docs {
        what: "“复议后起诉”总计是否多于本年审结的行政复议（结果维持、结果纠正、其他结果之和；给出上一年度数据文件的，加上上一年审结的）。不到 3 件的不提示。",
        why: "先有复议决定才有复议后起诉；多出来的只能来自上一年审结的复议。多得明显的，常常是把未经复议直接起诉的填到了这里。",
        example: "[challenges]\nreconsideration = [1, 0, 0, 0]\nlitigation_after = [6, 0, 0, 0]",
        corrected: "[challenges]\nreconsideration = [1, 0, 0, 0]\nlitigation_direct = [5, 0, 0, 0]\nlitigation_after = [1, 0, 0, 0]",
    },
    check,
};

/// Below this many, the year before may well account for them.
const FEW: u64 = 3;

fn check(report: &Report, findings: &mut Findings<'_>) {
    let after = report.challenges.count(Proceeding::LitigationAfter, ChallengeColumn::Total);
    let (Some(this), Some(after)) = (decided(report), after) else { return };
    let last_year = findings.last_year(report);
    let Some(last) = last_year.map_or(Some(0), decided) else {
        findings.unassessed(last_year::not_filled(report, "“行政复议”的结果"));
        return;
    };
    if after < FEW || after <= this.saturating_add(last) {
        return;
    }
    let (years, help) = match last_year {
        Some(_) => (
            format!("上年和本年审结的行政复议合计 {} 件", this.saturating_add(last)),
            "核对是否有未经复议直接起诉的案件填到了这里",
        ),
        None => (
            format!("本年审结的行政复议 {this} 件"),
            "核对是否有未经复议直接起诉的案件填到了这里；上一年审结、本年起诉的，不用改",
        ),
    };
    let finding = findings.report(
        Place::Value(Challenges::path(Proceeding::LitigationAfter, ChallengeColumn::Total)),
        format!("复议后起诉 {after} 件，多于{years}"),
        "多于审结的复议",
    );
    finding.related.push(Label::new(
        Place::Value(Challenges::row_path(Proceeding::Reconsideration)),
        format!("审结 {this}"),
    ));
    finding.help.push(help.to_owned());
}

/// How many reconsiderations of a year have been decided, if all results are there.
fn decided(report: &Report) -> Option<Count> {
    [ChallengeColumn::Upheld, ChallengeColumn::Corrected, ChallengeColumn::OtherResult]
        .into_iter()
        .map(|column| report.challenges.count(Proceeding::Reconsideration, column))
        .try_fold(0, |sum: Count, count| sum.checked_add(count?))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, check_years};

    #[test]
    fn six_lawsuits_after_one_decision() {
        check(
            &RULE,
            "[challenges]\nreconsideration = [1, 0, 0, 0, 1]\nlitigation_after = [6, 0, 0, 0, 6]\n#                               ^ 复议后起诉 6 件，多于本年审结的行政复议 1 件\n",
        );
    }

    #[test]
    fn fewer_than_were_decided_or_hardly_any() {
        check(
            &RULE,
            "[challenges]\nreconsideration = [12, 8, 1, 12]\nlitigation_after = [2, 1, 0, 0]\n",
        );
        check(&RULE, "[challenges]\nreconsideration = 0\nlitigation_after = [1, 0, 0, 0]\n");
    }

    #[test]
    fn decisions_of_last_year_count_too() {
        let lines =
            "[challenges]\nreconsideration = [1, 0, 0, 0]\nlitigation_after = [6, 0, 0, 0]\n";
        check_years(&RULE, "[challenges]\nreconsideration = [5, 0, 0, 0]\n", lines);
        check_years(&RULE, "", lines);
        check_years(
            &RULE,
            "[challenges]\nreconsideration = [3, 0, 1, 9]\n",
            "[challenges]\nreconsideration = [1, 0, 0, 0, 1]\nlitigation_after = [6, 0, 0, 0, 6]\n#                               ^ 多于上年和本年审结的行政复议合计 5 件\n",
        );
    }
}
