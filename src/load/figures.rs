//! FT02: figures for which no table has room, said before anything is made.

use crate::diag::{Diagnostic, Docs, Place, Problem, Severity};
use crate::document;
use crate::layout::columns::{TooLong, too_long};
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
    too_long(&document::build(report, true)).into_iter().map(finding).collect()
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
    use crate::edition::{Axis, Cell, ChallengeColumn, Edition, Proceeding};

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
