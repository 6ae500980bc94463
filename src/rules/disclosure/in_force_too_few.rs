//! NB205: what was made this year is still in force or was repealed.

use crate::diag::{Place, Severity};
use crate::edition::{DisclosureColumn, DisclosureRow, Edition};
use crate::law;
use crate::report::{Disclosure, Report};
use crate::rules::{Docs, Findings, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB205",
    name: "in-force-too-few",
    title: "现行有效件数少于本年制发件数",
    severity: Severity::Warning,
    fixed: false,
    basis: &[law::FORMAT_2021_TABLE_1],
    editions: &[Edition::Y2021],
    docs: Docs {
        what: "规章、行政规范性文件的“现行有效件数”是否不少于“本年制发件数”。本年制发、本年又废止的文件可以解释的，只作提示。",
        why: "本年制发的文件，年末要么现行有效，要么已经废止；现行有效加本年废止还少于本年制发，三个数中必有一个填错。",
        example: "[disclosure]\nnormative_documents = { issued = 15, repealed = 1, in_force = 7 }",
        corrected: "[disclosure]\nnormative_documents = { issued = 15, repealed = 1, in_force = 79 }",
    },
    check,
};

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
        let repealed = count(DisclosureColumn::Repealed);
        let explained =
            repealed.is_some_and(|repealed| in_force.saturating_add(repealed) >= issued);
        let severity = if explained { Severity::Hint } else { Severity::Warning };
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
            format!("应不少于 {issued}"),
        );
        finding
            .related
            .push(crate::diag::Label::new(place(DisclosureColumn::Issued), issued.to_string()));
        finding.help.push(
            "现行有效件数是年末全部有效文件的件数，不是本年的件数；本年制发又在本年废止的，不用改"
                .to_owned(),
        );
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
    fn as_many_in_force_as_were_made() {
        check(
            &RULE,
            "[disclosure]\nregulations = { issued = 0, repealed = 0, in_force = 0 }\nnormative_documents = { issued = 4, repealed = 0, in_force = 4 }\n",
        );
    }
}
