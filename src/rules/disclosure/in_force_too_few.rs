//! NB205: what was made this year is still in force or was repealed.

use crate::diag::{Place, Severity};
use crate::edition::{DisclosureColumn, DisclosureRow, Edition};
use crate::law::{self, Authority};
use crate::report::{Count, Disclosure, Report};
use crate::rules::{Docs, Findings, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB205",
    name: "in-force-too-few",
    title: "现行有效件数少于本年制发件数",
    severity: Severity::Warning,
    fixed: false,
    authority: Authority::Arithmetic,
    basis: &[law::FORMAT_2021_TABLE_1],
    editions: Edition::Y2021.and_later(),
    docs: Docs {
        what: "规章、行政规范性文件的“现行有效件数”是否不少于“本年制发件数”。本年制发、本年又废止的文件可以解释的，或者只差一两件的，只作提示；这一行或其中一格有附注的，视为已经说明。",
        why: "本年制发的文件，年末一般要么现行有效，要么已经废止；现行有效加本年废止还少于本年制发，多半有一个数填错。年末尚未施行的、自然失效的（有效期届满），不在这两项之内，用附注写明。",
        example: "[disclosure]\nnormative_documents = { issued = 15, repealed = 1, in_force = 7 }",
        corrected: "[disclosure]\nnormative_documents = { issued = 15, repealed = 1, in_force = 79 }",
    },
    check,
};

/// So many documents of the last weeks may well not be in force yet.
const FEW: Count = 2;

fn check(report: &Report, findings: &mut Findings<'_>) {
    for row in [DisclosureRow::Regulations, DisclosureRow::NormativeDocuments] {
        let count = |column| report.disclosure.entry(row, column).count();
        let label = report.form().disclosure.row_label(row);
        let (Some(issued), Some(in_force)) =
            (count(DisclosureColumn::Issued), count(DisclosureColumn::InForce))
        else {
            findings.unassessed(format!("“{label}”一行没有填全"));
            continue;
        };
        if in_force >= issued {
            continue;
        }
        // What a note says may well be that some are not yet in force, or have lapsed.
        if report.notes.iter().any(|note| note.at.is_within(&Disclosure::row_path(row))) {
            continue;
        }
        let repealed = count(DisclosureColumn::Repealed);
        let accounted = in_force.saturating_add(repealed.unwrap_or(0));
        let explained = accounted >= issued;
        let is_slight = explained || issued - accounted <= FEW;
        let severity = if is_slight { Severity::Hint } else { Severity::Warning };
        let message = match repealed {
            Some(repealed) if !explained => format!(
                "“{label}”本年制发 {issued} 件，而现行有效 {in_force} 件加本年废止 {repealed} 件还不到这个数"
            ),
            _ => format!("“{label}”现行有效 {in_force} 件，少于本年制发 {issued} 件"),
        };
        let place = |column| Place::Value(Disclosure::path(row, column));
        let finding = findings.report_as(
            severity,
            place(DisclosureColumn::InForce),
            message,
            format!("一般不少于 {issued}"),
        );
        finding
            .related
            .push(crate::diag::Label::new(place(DisclosureColumn::Issued), issued.to_string()));
        let column = report.form().disclosure.column_label(row, DisclosureColumn::InForce);
        finding.help.push(format!("{column}一般是年末全部有效文件的件数，不是本年的件数；本年制发又在本年废止的，不用改；年末尚未施行的、自然失效的，用附注说明"));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::check;

    #[test]
    fn fewer_in_force_than_were_made() {
        check(
            &RULE,
            r"
[disclosure]
regulations         = { issued = 0,  repealed = 0, in_force = 0 }
normative_documents = { issued = 15, repealed = 1, in_force = 7 }
#                                                             ^ 现行有效 7 件加本年废止 1 件还不到这个数
",
        );
    }

    #[test]
    fn made_and_repealed_in_one_year_is_only_a_hint() {
        check(
            &RULE,
            r"
[disclosure]
regulations         = { issued = 0, repealed = 0, in_force = 0 }
normative_documents = { issued = 5, repealed = 3, in_force = 4 }
#                                                            ^ 少于本年制发 5 件
",
        );
    }

    #[test]
    fn what_is_not_yet_in_force_or_has_lapsed() {
        let none = "[disclosure]\nregulations = { issued = 0, repealed = 0, in_force = 0 }\n";
        let one = "normative_documents = { issued = 1, repealed = 0, in_force = 0 }\n";
        let hint =
            "#                                                            ^ 年末尚未施行的\n";
        check(&RULE, &format!("{none}{one}{hint}"));
        let many = "normative_documents = { issued = 15, repealed = 1, in_force = 7 }\n";
        let note = "[[notes]]\nat = \"disclosure.normative_documents.in_force\"\ntext = \"另有8件尚未施行\"\n";
        check(&RULE, &format!("{none}{many}{note}"));
    }

    #[test]
    fn as_many_in_force_as_were_made() {
        check(
            &RULE,
            "[disclosure]\nregulations = { issued = 0, repealed = 0, in_force = 0 }\nnormative_documents = { issued = 4, repealed = 0, in_force = 4 }\n",
        );
    }
}
