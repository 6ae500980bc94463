//! NB702: documents in force are those of the year before, and those issued, without those repealed.

use crate::diag::{Label, Place, Severity};
use crate::edition::{DisclosureColumn, DisclosureRow, Edition};
use crate::law::{self, Authority};
use crate::report::{Disclosure, FieldPath, Report};
use crate::rules::machinery::last_year;
use crate::rules::machinery::word_lists::WordLists;
use crate::rules::{Docs, Findings, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB702",
    name: "stock-unbalanced",
    title: "现行有效件数与上年的推算不等",
    severity: Severity::Warning,
    fixed: false,
    authority: Authority::Arithmetic,
    basis: &[law::FORMAT_2021_TABLE_1],
    editions: Edition::Y2021.and_later(),
    docs: Docs {
        what: "给出上一年度数据文件时，规章和行政规范性文件的“现行有效件数”是否等于上年的现行有效件数加本年制发、减本年废止。这一行、“现行有效”一格或“本年废止”一格有附注的，“本年制发”一格的附注写明修订的，表下的附注写明规范性文件或规章清理、失效、口径调整一类原因的，视为已经说明，不再提示。",
        why: "现行有效件数逐年累计。不等的，常见的是漏报废止，或者把修订算作制发；因清理、有效期届满、统计口径调整而不等的，要用附注说明，公众和考核的人才看得懂。",
        example: "[report]\nprevious = \"2022.toml\"   # 其中 in_force = 65\n[disclosure]\nnormative_documents = { issued = 15, repealed = 1, in_force = 60 }",
        corrected: "[report]\nprevious = \"2022.toml\"   # 其中 in_force = 65\n[disclosure]\nnormative_documents = { issued = 15, repealed = 1, in_force = 60 }\n[[notes]]\nat = \"disclosure.normative_documents.in_force\"\ntext = \"清理后不再列入19件\"",
    },
    check,
};

/// The rows that count documents in force.
const ROWS: [DisclosureRow; 2] = [DisclosureRow::Regulations, DisclosureRow::NormativeDocuments];

fn check(report: &Report, findings: &mut Findings<'_>) {
    let Some(last) = findings.last_year(report) else { return };
    for row in ROWS {
        check_row(report, last, row, findings);
    }
}

fn check_row(report: &Report, last: &Report, row: DisclosureRow, findings: &mut Findings<'_>) {
    use DisclosureColumn::{InForce, Issued, Repealed};
    let path = |column| Disclosure::path(row, column);
    if !last_year::is_comparable(report, last, &path(InForce)) {
        return;
    }
    let name = report.form().disclosure.row_label(row);
    let this = |column| report.disclosure.entry(row, column).count();
    let (Some(issued), Some(repealed), Some(in_force)) =
        (this(Issued), this(Repealed), this(InForce))
    else {
        findings.unassessed(format!("“{name}”没有填全"));
        return;
    };
    let Some(before) = last.disclosure.entry(row, InForce).count() else {
        findings.unassessed(last_year::not_filled(
            report,
            &format!("“{name}”的{}", report.form().disclosure.column_label(row, InForce)),
        ));
        return;
    };
    let reckoned = before.checked_add(issued).and_then(|sum| sum.checked_sub(repealed));
    let values = [Disclosure::row_path(row), path(InForce), path(Repealed)];
    let explained = last_year::is_explained(report, &values)
        || last_year::is_explained_below(report, "disclosure", explains)
        || is_revision(report, &path(Issued));
    if reckoned == Some(in_force) || explained {
        return;
    }
    let reckoning = format!("上年 {before} 件，加本年制发 {issued} 件，减本年废止 {repealed} 件");
    let (message, label) = match reckoned {
        Some(reckoned) => (
            format!("“{name}”现行有效 {in_force} 件；{reckoning}，推算为 {reckoned} 件"),
            format!("推算为 {reckoned}"),
        ),
        None => (format!("“{name}”：{reckoning}，废止的比有的还多"), "与废止件数矛盾".to_owned()),
    };
    let finding = findings.report(Place::Value(path(InForce)), message, label);
    last_year::relate(report, finding, format!("其中现行有效 {before}"));
    for (column, count) in [(Issued, issued), (Repealed, repealed)] {
        finding.related.push(Label::new(Place::Value(path(column)), count.to_string()));
    }
    finding.help.push(format!(
        "核对文件目录，改正填错的数；因清理、到期失效、口径调整而不等的，用附注说明：{}",
        last_year::note(&path(InForce))
    ));
}

/// True if a note under the table gives a reason why the stock differs.
fn explains(note: &str) -> bool {
    let lists = WordLists::get();
    lists.stock_cleaned.are_in(note)
        || lists.stock_counted_otherwise.are_in(note) && WordLists::get().stock_things.are_in(note)
}

/// True if a note says that some of the documents issued are revisions, which add nothing to the stock.
fn is_revision(report: &Report, issued: &FieldPath) -> bool {
    let mut notes = report.notes.iter().filter(|note| note.at == *issued);
    notes.any(|note| WordLists::get().revisions.are_in(&note.text))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::check_years;

    const LAST: &str = "[disclosure]\nregulations = { issued = 0, repealed = 0, in_force = 0 }\nnormative_documents = { issued = 3, repealed = 0, in_force = 65 }\n";
    const THIS: &str =
        "[disclosure]\nnormative_documents = { issued = 15, repealed = 1, in_force = 60 }\n";

    #[test]
    fn the_stock_is_not_what_the_year_left() {
        check_years(
            &RULE,
            LAST,
            &format!(
                "{THIS}#                                                             ^ 推算为 79 件\n"
            ),
        );
        check_years(
            &RULE,
            LAST,
            "[disclosure]\nregulations = { issued = 0, repealed = 2, in_force = 0 }\n#                                                    ^ 废止的比有的还多\n",
        );
    }

    #[test]
    fn a_note_on_row_or_cell_explains_it() {
        for at in
            ["normative_documents", "normative_documents.in_force", "normative_documents.repealed"]
        {
            let note =
                format!("[[notes]]\nat = \"disclosure.{at}\"\ntext = \"清理后不再列入19件\"\n");
            check_years(&RULE, LAST, &format!("{THIS}{note}"));
        }
        for (at, text) in [
            ("disclosure", "经清理，宣布失效19件"),
            ("disclosure", "行政规范性文件统计口径调整"),
            ("disclosure.normative_documents.issued", "其中修订5件"),
        ] {
            let note = format!("[[notes]]\nat = \"{at}\"\ntext = \"{text}\"\n");
            check_years(&RULE, LAST, &format!("{THIS}{note}"));
        }
        let elsewhere = "[[notes]]\nat = \"disclosure.normative_documents.issued\"\ntext = \"含联合制发1件\"\n[[notes]]\nat = \"disclosure\"\ntext = \"行政规范性文件含联合制发1件\"\n[[notes]]\nat = \"disclosure\"\ntext = \"行政许可含有效期内延续的，行政处罚统计口径调整\"\n";
        check_years(
            &RULE,
            LAST,
            &format!(
                "{THIS}#                                                             ^ 用附注说明\n{elsewhere}"
            ),
        );
    }

    #[test]
    fn what_is_equal_or_not_filled() {
        check_years(
            &RULE,
            LAST,
            "[disclosure]\nregulations = { issued = 0, repealed = 0, in_force = 0 }\nnormative_documents = { issued = 15, repealed = 1, in_force = 79 }\n",
        );
        check_years(&RULE, "", THIS);
        check_years(
            &RULE,
            LAST,
            "[disclosure]\nnormative_documents = { issued = 15, in_force = 60 }\n",
        );
    }
}
