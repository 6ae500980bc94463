//! NB404: a lawsuit after reconsideration needs a reconsideration.

use super::direct_suit_after_refusal::FIRST_YEAR;
use crate::diag::{Label, Place, Severity};
use crate::edition::{ChallengeColumn, Edition, Proceeding};
use crate::law::{self, Authority};
use crate::report::{Challenges, Count, Report};
use crate::rules::machinery::last_year;
use crate::rules::{Docs, Findings, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB404",
    name: "litigation-after-too-many",
    title: "复议后起诉的件数多于行政复议",
    severity: Severity::Hint,
    fixed: false,
    authority: Authority::Arithmetic,
    basis: &[law::FORMAT_2021_TABLE_3, law::LITIGATION_45, law::RECONSIDERATION_NOT_DECIDED],
    editions: Edition::ALL,
    docs: Docs {
        what: "“复议后起诉”总计是否多于本年行政复议的总计（尚未审结的也算；给出上一年度数据文件的，加上上年审结的）。不到 3 件的不提示；“复议后起诉”一行有附注的，视为已经说明。",
        why: "复议后起诉，一般是对复议决定不服，或者复议机关逾期不作决定（《行政诉讼法》第四十五条）；2024年起，先行复议的案件，复议机关不予受理、驳回申请或者逾期不作答复的，也可以起诉（《行政复议法》第三十四条）。每一件都先有行政复议，所以比两年的行政复议还多的，常常是漏填了行政复议，或者把未经复议直接起诉的填到了这里。",
        example: "[challenges]\nreconsideration = [1, 0, 0, 0]\nlitigation_after = [6, 0, 0, 0]",
        corrected: "[challenges]\nreconsideration = [1, 0, 0, 0]\nlitigation_direct = [5, 0, 0, 0]\nlitigation_after = [1, 0, 0, 0]",
    },
    check,
};

/// Below this many, the year before may well account for them.
const FEW: u64 = 3;

fn check(report: &Report, findings: &mut Findings<'_>) {
    let (after, first) = (Proceeding::LitigationAfter, Proceeding::Reconsideration);
    let total = |proceeding| report.challenges.count(proceeding, ChallengeColumn::Total);
    let (Some(this), Some(suits)) = (total(first), total(after)) else { return };
    let last_year = findings.last_year(report);
    let Some(last) = last_year.map_or(Some(0), decided) else {
        findings.unassessed(last_year::not_filled(report, "“行政复议”的结果"));
        return;
    };
    let row = Challenges::row_path(after);
    let is_explained = report.notes.iter().any(|note| note.at.is_within(&row));
    if suits < FEW || suits <= this.saturating_add(last) || is_explained {
        return;
    }
    // Cases of earlier years fell under the law before its revision.
    let is_revised = report.header.year.is_none_or(|year| year >= FIRST_YEAR);
    let years = match last_year {
        Some(_) => format!("本年的行政复议和上年审结的合计 {} 件", this.saturating_add(last)),
        None => format!("本年的行政复议 {this} 件"),
    };
    let place = Place::Value(Challenges::path(after, ChallengeColumn::Total));
    let label = |proceeding| report.form().challenges.proceeding_label(proceeding);
    let direct = label(Proceeding::LitigationDirect);
    let message = format!("{} {suits} 件，多于{years}", label(after));
    let finding = findings.report(place, message, "多于行政复议");
    finding
        .related
        .push(Label::new(Place::Value(Challenges::row_path(first)), format!("总计 {this}")));
    let why = if is_revised {
        "（2024年起，不服不予公开的先申请行政复议，其后起诉的会多起来）"
    } else {
        ""
    };
    let slip = format!("核对行政复议是否漏填{why}，是否有{direct}的案件填到了这里");
    let earlier = if last_year.is_some() {
        ""
    } else {
        "；上年审结复议、本年起诉的，不用改"
    };
    finding.help.push(format!("{slip}{earlier}"));
    if !is_revised {
        finding.basis.retain(|provision| *provision != law::RECONSIDERATION_NOT_DECIDED);
    }
}

/// The number of reconsiderations of a year that have been decided, if all results are there.
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
            "[challenges]\nreconsideration = [1, 0, 0, 0, 1]\nlitigation_after = [6, 0, 0, 0, 6]\n#                               ^ 复议后起诉 6 件，多于本年的行政复议 1 件\n",
        );
    }

    #[test]
    fn a_reconsideration_that_is_pending_may_be_overdue() {
        check(
            &RULE,
            "[challenges]\nreconsideration = [0, 0, 0, 6]\nlitigation_after = [4, 0, 0, 0]\n",
        );
    }

    #[test]
    fn the_reason_is_that_of_the_year() {
        let file = |year: u16, words: &str| {
            check(
                &RULE,
                &format!(
                    "report.year = {year}\n[challenges]\nreconsideration = 0\nlitigation_after = [3, 0, 0, 0, 3]\n#                               ^ {words}\n"
                ),
            );
        };
        file(2023, "核对行政复议是否漏填，是否有");
        file(2024, "2024年起，不服不予公开的先申请行政复议");
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
            "[challenges]\nreconsideration = [1, 0, 0, 0, 1]\nlitigation_after = [6, 0, 0, 0, 6]\n#                               ^ 多于本年的行政复议和上年审结的合计 5 件\n",
        );
    }
}
