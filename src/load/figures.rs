//! FT02: figures for which no table has room, said before anything is made.

use crate::diag::{Diagnostic, Docs, Place, Problem, Severity};
use crate::document::{self, TableKind};
use crate::edition::Cell;
use crate::layout::columns::{TooLong, digits_with_room, too_long};
use crate::report::Report;

/// The problem of a figure that is too long for its table.
pub static TOO_LONG: Problem = Problem {
    code: "FT02",
    name: "figure-too-long",
    title: "数字太长，表格排不下",
    severity: Severity::Error,
    docs: Docs {
        what: "表中的数字能不能完整地排在一行里。先按各列的需要分配宽度，再缩小到六号字：第四部分的表每格七位、另两张表每格十位总排得下；更长的要看同一张表里其他的数字。",
        why: "折成两行的数字容易看错，网页、Word 文件和 PDF 都不折开数字，排不下的不生成。这样长的数字多半是误输入的。",
        example: "[challenges]\nreconsideration = [123456789, 123456789, 123456789, 123456789, 493827156]",
        corrected: "[challenges]\nreconsideration = [1, 0, 0, 0, 1]",
    },
};

/// The findings on the figures of a report.
pub(super) fn findings(report: &Report) -> Vec<Diagnostic> {
    if have_room(report) {
        return Vec::new();
    }
    too_long(&document::build(report, true)).into_iter().map(finding).collect()
}

/// True if every cell is filled, and with no more than all cells of its table have room for, as nearly always: then
/// no table need be made to see it.
fn have_room(report: &Report) -> bool {
    let has_room = |kind: TableKind, figure: Option<String>| {
        figure.is_some_and(|figure| Some(figure.len()) <= digits_with_room(kind))
    };
    report.form().cells().all(|cell| match cell {
        Cell::Disclosure(row, column) => {
            let entry = report.disclosure.entry(row, column).value();
            has_room(TableKind::Disclosure, entry.map(ToString::to_string))
        }
        Cell::Requests(..) => {
            has_room(TableKind::Requests, report.printed(cell).map(|n| n.to_string()))
        }
        Cell::Challenges(..) => {
            has_room(TableKind::Challenges, report.printed(cell).map(|n| n.to_string()))
        }
    })
}

fn finding(long: TooLong) -> Diagnostic {
    let TooLong { table, cell, figure } = long;
    let place = figure.origin.map_or(Place::File, Place::Value);
    let figure = figure.text;
    let message = format!("“{table}”表“{cell}”一格的数 {figure} 太长，表格排不下");
    let label = format!("{} 位", figure.chars().filter(char::is_ascii_digit).count());
    Diagnostic::new(TOO_LONG.code, TOO_LONG.severity, place, message, &label)
        .help("核对位数：多半是多打了数字，或者把两个数连在了一起")
        .help("表格用最小的字号也排不进一页的宽度；网页、Word 文件和 PDF 都不生成")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edition::{Axis, ChallengeColumn, Edition, Proceeding};

    fn found(figure: u64, columns: &[ChallengeColumn]) -> Vec<String> {
        let mut report = Report::empty(Edition::Y2021);
        for proceeding in Proceeding::ALL {
            for column in columns {
                report.put(Cell::Challenges(*proceeding, *column), figure.into());
            }
        }
        findings(&report).into_iter().map(|finding| finding.message).collect()
    }

    #[test]
    fn what_is_taken_to_have_room_has_room() {
        for edition in Edition::ALL {
            let mut report = Report::empty(*edition);
            assert!(!have_room(&report));
            for cell in report.form().cells() {
                let kind = match cell {
                    Cell::Disclosure(..) => TableKind::Disclosure,
                    Cell::Requests(..) => TableKind::Requests,
                    Cell::Challenges(..) => TableKind::Challenges,
                };
                // A change has its sign before its digits.
                let digits = "9".repeat(digits_with_room(kind).unwrap() - 1);
                report.put(cell, digits.parse().unwrap());
            }
            assert!(have_room(&report) && too_long(&document::build(&report, true)).is_empty());
            // Of more digits the tables are asked.
            let cell = report.form().cells().last().unwrap();
            report.put(cell, "9".repeat(8).parse().unwrap());
            assert!(!have_room(&report));
        }
    }

    #[test]
    fn a_figure_that_no_column_has_room_for_is_named_with_its_cell() {
        use ChallengeColumn::Upheld;
        assert!(found(9_999_999, ChallengeColumn::ALL).is_empty());
        let long = found(123_456_789, ChallengeColumn::ALL);
        assert_eq!(long.len(), 15);
        assert!(long[0].contains("行政复议") && long[0].contains("结果维持"), "{}", long[0]);
        // One long figure has the room that the others leave.
        assert!(found(123_456_789, &[Upheld]).is_empty());
    }
}
