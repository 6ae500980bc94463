//! NB701: what is carried in is what the year before carried out, in each column.

use crate::diag::{Place, Severity};
use crate::edition::{Axis, Edition, RequestColumn, RequestRow};
use crate::law::{self, Authority};
use crate::report::{Count, Report, Requests};
use crate::rules::machinery::equations::{At, EquationKind, Sheet};
use crate::rules::machinery::last_year;
use crate::rules::{Docs, Findings, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB701",
    name: "carry-over-differs",
    title: "上年结转与上年报告的结转下年度不等",
    severity: Severity::Error,
    fixed: false,
    authority: Authority::Arithmetic,
    basis: &[law::FORMAT_2021_TABLE_2],
    editions: Edition::ALL,
    docs: Docs {
        what: "给出上一年度数据文件时，“二、上年结转”的每一列（六类申请人和总计）是否等于上年报告“四、结转下年度继续办理”的同一列。只因某一列不等而不等的总计，不另外指出。机关全称与上年不同的，可能合并或划转，只作警告；“上年结转”有附注的，视为已经说明原因。",
        why: "上年末没有办完的申请，就是本年年初在办的申请；两个数出自同一本台账，公开的两份报告不一致，谁都看得出来。",
        example: "[report]\nprevious = \"2022.toml\"   # 其中 carried_out = [2, 0, 0, 0, 0, 0]\n[requests]\ncarried_in = [3, 0, 0, 0, 0, 0]",
        corrected: "[report]\nprevious = \"2022.toml\"   # 其中 carried_out = [2, 0, 0, 0, 0, 0]\n[requests]\ncarried_in = [2, 0, 0, 0, 0, 0]",
    },
    check,
};

/// A column in which both figures are there and differ.
#[derive(Clone, Copy)]
struct Difference {
    column: RequestColumn,
    this: Count,
    last: Count,
}

fn check(report: &Report, findings: &mut Findings<'_>) {
    let Some(last) = findings.last_year(report) else { return };
    let this =
        |column| report.requests.count(&report.form().requests, RequestRow::CarriedIn, column);
    let before =
        |column| last.requests.count(&last.form().requests, RequestRow::CarriedOut, column);
    let unfilled = |side: &dyn Fn(RequestColumn) -> Option<Count>| {
        RequestColumn::ALL.iter().any(|column| side(*column).is_none())
    };
    if unfilled(&this) {
        findings.unassessed("“二、上年结转”没有填全");
    } else if unfilled(&before) {
        findings.unassessed(last_year::not_filled(
            report,
            &format!("全“{}”", last.form().requests.row_label(RequestRow::CarriedOut)),
        ));
    }
    let difference = |column: RequestColumn| {
        let (this, last) = (this(column)?, before(column)?);
        (this != last).then_some(Difference { column, this, last })
    };
    let mut differences: Vec<Difference> =
        RequestColumn::APPLICANTS.iter().filter_map(|column| difference(*column)).collect();
    if let Some(total) = difference(RequestColumn::Total)
        && !follows_from(&differences, &total)
    {
        differences.push(total);
    }
    let row = whole_row(&before);
    let broken = broken_last_year(last);
    let same_body = last_year::of_same_body(report, last);
    for (i, difference) in differences.iter().enumerate() {
        let at = [
            Requests::row_path(RequestRow::CarriedIn),
            Requests::path(RequestRow::CarriedIn, difference.column),
        ];
        if !same_body && last_year::is_explained(report, &at) {
            continue;
        }
        report_one(report, findings, difference, broken.contains(&difference.column));
        let finding = findings.list.last_mut();
        if let (false, Some(finding)) = (same_body, finding) {
            // 甲局 and 乙局 made one: what it carries in is the sum of both.
            finding.severity = Severity::Warning;
            finding.help = vec![format!(
                "机关全称与上年不同：合并、划转的，上年结转是原各机关结转之和，用附注说明：{}；只是更名的，核对台账后改正",
                last_year::note(&at[0])
            )];
            continue;
        }
        let finding = findings.list.last_mut();
        if let (0, Some(finding), Some(row)) = (i, finding, &row) {
            finding.help.push(format!("全部照上年写：carried_in = {row}"));
        }
    }
}

/// True if a total differs by as much as its columns do together.
fn follows_from(columns: &[Difference], total: &Difference) -> bool {
    let sum = |side: &dyn Fn(&Difference) -> Count| -> u128 {
        columns.iter().map(|difference| u128::from(side(difference))).sum()
    };
    let (this, last) = (sum(&|d| d.this), sum(&|d| d.last));
    !columns.is_empty() && this + u128::from(total.last) == last + u128::from(total.this)
}

fn report_one(
    report: &Report,
    findings: &mut Findings<'_>,
    difference: &Difference,
    last_is_broken: bool,
) {
    let Difference { column, this, last } = *difference;
    let table = &report.form().requests;
    let file = last_year::file(report);
    let finding = findings.report(
        Place::Value(Requests::path(RequestRow::CarriedIn, column)),
        format!(
            "“{}”一列：上年结转 {this} 件，上年报告的结转下年度是 {last} 件",
            table.column_label(column)
        ),
        format!("上年为 {last}"),
    );
    last_year::relate(
        report,
        finding,
        format!("其中“{}”结转下年度 {last}", table.column_label(column)),
    );
    finding.help.push(if last_is_broken {
        format!(
            "{file} 中这一列或“{}”一行自身就不平，也可能是上年填错；核对两年的台账，上年报告有误的，按规定更正后再填",
            table.plain_label(RequestRow::CarriedOut)
        )
    } else {
        format!("核对台账，改为 {file} 中结转下年度的 {last}；上年报告有误的，按规定更正后再填")
    });
}

/// Last year's row as it can be typed this year, if every column is known.
fn whole_row(before: &dyn Fn(RequestColumn) -> Option<Count>) -> Option<String> {
    let figures: Option<Vec<String>> = RequestColumn::APPLICANTS
        .iter()
        .map(|column| before(*column).map(|count| count.to_string()))
        .collect();
    let figures = figures?;
    Some(if figures.iter().all(|figure| figure == "0") {
        "0".to_owned()
    } else {
        format!("[{}]", figures.join(", "))
    })
}

/// The columns in which last year's table contradicts itself where the carry-over takes part.
fn broken_last_year(last: &Report) -> Vec<RequestColumn> {
    let sheet = Sheet::requests(last);
    let figures = sheet.figures();
    let row = RequestRow::CarriedOut.index();
    let takes_part = |cells: &[At]| cells.iter().any(|(r, _)| *r == row);
    let mut columns = Vec::new();
    for equation in sheet.equations.iter().filter(|equation| equation.is_broken(&figures)) {
        match equation.kind {
            EquationKind::Balance(column) => columns.push(column),
            EquationKind::Row(_) if takes_part(&equation.left) => {
                columns.extend(RequestColumn::ALL);
            }
            EquationKind::Row(_) | EquationKind::Outcome(_) | EquationKind::Proceeding(_) => {}
        }
    }
    columns
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::diag::Severity;
    use crate::rules::testing::{check_years, report_of_last_year, run_given};
    use crate::source::SourceFile;

    const LAST: &str = "[requests]\ncarried_out = [2, 0, 0, 0, 1, 0]\n";

    #[test]
    fn one_column_differs_and_its_total_is_not_blamed() {
        check_years(
            &RULE,
            LAST,
            "[requests]\ncarried_in = [3, 0, 0, 0, 1, 0, 4]\n#             ^ “自然人”一列：上年结转 3 件，上年报告的结转下年度是 2 件\n",
        );
    }

    #[test]
    fn the_same_total_in_other_columns() {
        check_years(
            &RULE,
            LAST,
            "[requests]\ncarried_in = [3, 0, 0, 0, 0, 0]\n#             ^ carried_in = [2, 0, 0, 0, 1, 0]\n#                         ^ “法律服务机构”一列：上年结转 0 件\n",
        );
    }

    #[test]
    fn only_the_total_differs() {
        check_years(
            &RULE,
            LAST,
            "[requests]\ncarried_in = [2, 0, 0, 0, 1, 0, 5]\n#                               ^ “总计”一列：上年结转 5 件\n",
        );
    }

    #[test]
    fn a_single_zero_where_some_were_left() {
        check_years(
            &RULE,
            "[requests]\ncarried_out = { natural_person = 2 }\n",
            "[requests]\ncarried_in = 0\n#            ^ “自然人”一列：上年结转 0 件\n",
        );
    }

    #[test]
    fn last_year_contradicts_itself() {
        check_years(
            &RULE,
            "[requests]\nreceived = 0\ncarried_in = 0\noutcome.total = 0\ncarried_out = [2, 0, 0, 0, 0, 0]\n",
            "[requests]\ncarried_in = 0\n#            ^ 自身就不平\n",
        );
    }

    #[test]
    fn a_body_made_of_two_carries_in_what_both_left() {
        let last = format!("report.year = 2022\nagency.name = \"甲局\"\n{LAST}");
        let this = "agency.name = \"甲乙局\"\n[requests]\ncarried_in = [5, 0, 0, 0, 1, 0]\n";
        let last = report_of_last_year(&format!("format = \"2021\"\n{last}"));
        let found = |lines: &str| {
            let head = "format = \"2021\"\nreport.year = 2023\nreport.previous = \"a.toml\"\n";
            run_given(&RULE, &SourceFile::parse("t", format!("{head}{lines}")), Some(&last))
        };
        let found_plain = found(this);
        assert_eq!(found_plain.len(), 1);
        assert_eq!(found_plain[0].severity, Severity::Warning);
        assert!(found_plain[0].help[0].contains("合并、划转"), "{found_plain:?}");
        let note = "[[notes]]\nat = \"requests.carried_in\"\ntext = \"含原乙局结转3件\"\n";
        assert_eq!(found(&format!("{this}{note}")), []);
        let same = this.replace("甲乙局", "甲局");
        assert_eq!(found(&format!("{same}{note}"))[0].severity, Severity::Error);
    }

    #[test]
    fn what_is_equal_or_not_filled() {
        check_years(&RULE, LAST, "[requests]\ncarried_in = [2, 0, 0, 0, 1, 0, 3]\n");
        check_years(
            &RULE,
            LAST,
            "[requests]\ncarried_in = { natural_person = 2, legal_service = 1 }\n",
        );
        check_years(&RULE, "", "[requests]\ncarried_in = [2, 0, 0, 0, 1, 0]\n");
        check_years(&RULE, LAST, "");
    }
}
