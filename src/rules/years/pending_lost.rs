//! NB703: cases left pending by the year before are among those of this year.

use crate::diag::{Place, Severity};
use crate::edition::{Axis, ChallengeColumn, Edition, Proceeding};
use crate::law::{self, Authority};
use crate::report::{Challenges, Report};
use crate::rules::machinery::last_year;
use crate::rules::machinery::word_lists::WordLists;
use crate::rules::{Docs, Findings, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB703",
    name: "pending-lost",
    title: "本年案件总计少于上年尚未审结的案件",
    severity: Severity::Hint,
    fixed: false,
    authority: Authority::Arithmetic,
    basis: &[law::FORMAT_2021_TABLE_3],
    editions: Edition::ALL,
    docs: Docs {
        what: "给出上一年度数据文件时，行政复议、未经复议直接起诉、复议后起诉三类的本年“总计”是否少于上年同一类的“尚未审结”。",
        why: "上年没有审结的案件，本年或者审结，或者仍未审结，都在本年的总计之内；少了的，可能漏填，也可能两年的统计口径不同。有的地方只统计当年新收的案件，那就不用改，用附注写明口径就不再提示。",
        example: "[report]\nprevious = \"2022.toml\"   # 其中 reconsideration = [1, 0, 0, 3]\n[challenges]\nreconsideration = [1, 0, 0, 0]",
        corrected: "[report]\nprevious = \"2022.toml\"   # 其中 reconsideration = [1, 0, 0, 3]\n[challenges]\nreconsideration = [2, 1, 0, 1]",
    },
    check,
};

fn check(report: &Report, findings: &mut Findings<'_>) {
    let Some(last) = findings.last_year(report) else { return };
    for proceeding in Proceeding::ALL {
        let name = report.form().challenges.proceeding_label(*proceeding);
        let pending = last.challenges.count(*proceeding, ChallengeColumn::Pending);
        let total = report.challenges.count(*proceeding, ChallengeColumn::Total);
        let (pending, total) = match (pending, total) {
            (Some(pending), Some(total)) => (pending, total),
            (None, _) => {
                let what = format!("“{name}”的“尚未审结”");
                findings.unassessed(last_year::not_filled(report, &what));
                continue;
            }
            (Some(_), None) => {
                findings.unassessed(format!("“{name}”没有填全"));
                continue;
            }
        };
        let values = [
            Challenges::row_path(*proceeding),
            Challenges::path(*proceeding, ChallengeColumn::Total),
        ];
        let explained = last_year::is_explained(report, &values)
            || last_year::is_explained_below(report, "challenges", |note| {
                WordLists::get().counted_otherwise.are_in(note)
                    || WordLists::get().only.are_in(note)
                        && WordLists::get().of_this_year.are_in(note)
            });
        if total >= pending || explained {
            continue;
        }
        let finding = findings.report(
            Place::Value(Challenges::path(*proceeding, ChallengeColumn::Total)),
            format!("“{name}”本年总计 {total} 件，少于上年尚未审结的 {pending} 件"),
            format!("上年尚未审结 {pending}"),
        );
        last_year::relate(report, finding, format!("其中“{name}”尚未审结 {pending}"));
        finding.help.push(format!(
            "核对 {} 中尚未审结的案件本年的结果；只统计当年新收案件的，不用改，用附注写明口径：{}",
            last_year::file(report),
            last_year::note(&Challenges::row_path(*proceeding))
        ));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::check_years;

    const LAST: &str = "[challenges]\nreconsideration = [1, 0, 0, 3]\n";

    #[test]
    fn two_of_three_have_vanished() {
        check_years(
            &RULE,
            LAST,
            "[challenges]\nreconsideration = [1, 0, 0, 0, 1]\n#                              ^ “行政复议”本年总计 1 件，少于上年尚未审结的 3 件\n",
        );
    }

    #[test]
    fn a_note_says_how_cases_are_counted() {
        for at in ["challenges", "challenges.reconsideration"] {
            let note = format!("[[notes]]\nat = \"{at}\"\ntext = \"只统计当年新收的案件\"\n");
            check_years(&RULE, LAST, &format!("[challenges]\nreconsideration = 0\n{note}"));
        }
        check_years(
            &RULE,
            LAST,
            "[challenges]\nreconsideration = 0\n#                 ^ 尚未审结\n[[notes]]\nat = \"challenges\"\ntext = \"本年无行政赔偿案件\"\n",
        );
    }

    #[test]
    fn decided_still_pending_or_unknown() {
        check_years(&RULE, LAST, "[challenges]\nreconsideration = [2, 0, 0, 1]\n");
        check_years(&RULE, LAST, "");
        check_years(&RULE, "", "[challenges]\nreconsideration = 0\n");
    }
}
