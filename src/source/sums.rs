//! What units add up to, as a data file of the body above them or as rows to be put into one.

use super::{Row, SourceFile, put, write};
use crate::edition::{Axis, Cell, ChallengeColumn, DisclosureColumn, RequestColumn, RequestRow};
use crate::report::{AgencyKind, Entry, FieldPath, HandlingFee, Money, Report, Requests};
use crate::units::{Figure, PREFIX, Summary, Total, provenance};

/// The rows that can be put into the data file of the body, each with where its figures come from.
///
/// A row of which a figure could not be added is left out: nothing is written for it, and nothing changed.
pub fn rows_of(summary: &Summary) -> Vec<Row> {
    let mut rows: Vec<Row> = summary.rows().iter().filter_map(|row| row_of(summary, row)).collect();
    rows.extend(outcome_total(summary));
    if let Some(first) = rows.first_mut() {
        first.comments.insert(0, format!("{PREFIX}{}", standing(summary)));
    }
    rows
}

/// A new data file of the body with nothing but what its units add up to.
///
/// `list` is the path of the list of units as the new file should name it, if there is one.
///
/// # Errors
///
/// When the file that was written cannot be read back, which is a fault of the program.
pub fn write_sum(summary: &Summary, list: Option<&str>) -> Result<String, String> {
    let mut report = Report::empty(summary.edition);
    report.header.year = Some(summary.list.year);
    report.header.units = list.map(str::to_owned);
    report.agency.name = Some(summary.body().to_owned()).filter(|name| !name.is_empty());
    let is_government = summary.body().ends_with("人民政府");
    report.agency.kind = is_government.then_some(AgencyKind::Government);
    let mut fee = HandlingFee::default();
    for row in summary.rows().iter().filter(|row| row.iter().all(|total| total.sum.is_some())) {
        for total in row {
            let Some(sum) = total.sum else { continue };
            match total.figure {
                Figure::Cell(cell) => report.put(cell, sum),
                Figure::FeeNotices => {
                    fee.notices = u64::try_from(sum).map_or(Entry::Absent, Entry::Value);
                }
                Figure::FeeAmount => fee.amount = Entry::Value(sum),
            }
        }
    }
    report.other.handling_fee = (fee != HandlingFee::default()).then_some(fee);
    put(&SourceFile::parse("sum", write(&report)), &rows_of(summary), PREFIX)
}

/// Who is in the sum, in one phrase.
fn standing(summary: &Summary) -> String {
    let n_lacking = summary.lacking().count();
    let n_added = summary.added().count();
    if n_lacking == 0 {
        return format!("应报的 {n_added} 个单位全部计入");
    }
    let lacking: Vec<String> = summary
        .lacking()
        .take(5)
        .map(|standing| format!("{}（{}）", summary.name(standing.unit), standing.state.name()))
        .collect();
    let more = if n_lacking > lacking.len() { "等" } else { "" };
    format!(
        "不完整：应报 {} 个单位，没有计入的有 {n_lacking} 个：{}{more}",
        n_added + n_lacking,
        lacking.join("、")
    )
}

fn row_of(summary: &Summary, row: &[&Total]) -> Option<Row> {
    let first = row.first()?;
    let path = first.figure.row_path();
    let cells = row
        .iter()
        .map(|total| Some((column_key(total.figure, &path), total.sum?.to_string())))
        .collect::<Option<Vec<_>>>()?;
    let is_list = matches!(first.figure, Figure::Cell(Cell::Requests(..) | Cell::Challenges(..)));
    let total: Money = row.iter().filter_map(|total| total.sum).sum();
    Some(Row {
        path,
        cells,
        total: is_list.then(|| total.to_string()),
        is_list,
        is_optional: false,
        comments: provenance(summary, row),
    })
}

/// The key of a column in its row; empty where the row is its own cell.
fn column_key(figure: Figure, row: &FieldPath) -> &'static str {
    match figure {
        _ if figure.path() == *row => "",
        Figure::Cell(Cell::Disclosure(_, column)) => DisclosureColumn::key(column),
        Figure::Cell(Cell::Requests(_, column)) => RequestColumn::key(column),
        Figure::Cell(Cell::Challenges(_, column)) => ChallengeColumn::key(column),
        Figure::FeeNotices => "notices",
        Figure::FeeAmount => "amount",
    }
}

/// The totals of all outcomes, for files in which they are written.
fn outcome_total(summary: &Summary) -> Option<Row> {
    let results: Vec<RequestRow> = summary.edition.form().requests.result_rows().collect();
    let mut cells = Vec::new();
    for column in RequestColumn::APPLICANTS {
        let mut sum = Money::ZERO;
        for total in &summary.totals {
            if let Figure::Cell(Cell::Requests(row, own)) = total.figure
                && own == *column
                && results.contains(&row)
            {
                sum += total.sum?;
            }
        }
        cells.push((column.key(), sum));
    }
    let total: Money = cells.iter().map(|(_, sum)| *sum).sum();
    Some(Row {
        path: Requests::row_path(RequestRow::OutcomeTotal),
        cells: cells.into_iter().map(|(key, sum)| (key, sum.to_string())).collect(),
        total: Some(total.to_string()),
        is_list: true,
        is_optional: true,
        comments: Vec::new(),
    })
}
