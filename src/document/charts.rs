//! Charts of table 2, for readers who prefer a picture: the outcomes of applications, and the applicants.

use super::wording;
use crate::edition::{Cell, Form, OutcomeKind, RequestColumn, RequestRow, comparable};
use crate::report::{Count, Report, UNFILLED};

/// A chart of bars: some labels, each with a number for this year and perhaps one for the year before.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Chart {
    /// Its kind.
    pub kind: ChartKind,
    /// The title as printed above it, with the unit of its numbers.
    pub title: String,
    /// The year of each number of a row, for example `2023年`; printed only when there are two.
    pub series: Vec<String>,
    /// The rows from top to bottom.
    pub rows: Vec<ChartRow>,
    /// The same in words, an item for each row with its mark, printed below as a list: for those who do
    /// not see the chart, or want to copy its figures.
    pub list: Vec<String>,
    /// That it is a chart, of which figures, and that these follow; not printed.
    pub description: String,
}

/// The kind of a [`Chart`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChartKind {
    /// The outcome of the year's applications.
    Outcomes,
    /// The applicants of the year.
    Applicants,
}

impl ChartKind {
    /// A stable ASCII name for links and parts of files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Outcomes => "chart-outcomes",
            Self::Applicants => "chart-applicants",
        }
    }
}

/// A label with its bars.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ChartRow {
    /// The label; it ends with `〔未填〕` where this year's number is not to be had.
    pub label: String,
    /// A number for each series; none where there is no bar to draw.
    pub values: Vec<Option<Count>>,
}

impl Chart {
    /// The largest number of all, at least 1.
    pub fn largest(&self) -> Count {
        let values = self.rows.iter().flat_map(|row| &row.values);
        values.copied().flatten().max().unwrap_or_default().max(1)
    }

    /// The words in the order in which they are read: title, what the bars stand for when there are
    /// two of each, every label with its numbers, then the list.
    pub fn words(&self) -> Vec<String> {
        let legend = if self.series.len() > 1 { self.series.as_slice() } else { &[] };
        let mut words = vec![self.title.clone()];
        words.extend(legend.iter().cloned());
        for row in &self.rows {
            words.push(row.label.clone());
            words.extend(row.values.iter().flatten().map(Count::to_string));
        }
        words.extend(self.list.iter().cloned());
        words
    }
}

/// The charts of a report; none of what nobody applied for.
pub(super) fn charts(report: &Report) -> Vec<Chart> {
    let form = report.form();
    let outcomes = form.requests.outcome_kinds().into_iter().map(|kind| YearPair {
        label: kind.name,
        now: outcome_count(report, &kind),
        before: before(report, |last| {
            let is_same = |row: &RequestRow| means_the_same(report, last, *row);
            kind.rows.iter().all(is_same).then(|| outcome_count(last, &kind))?
        }),
    });
    let applicants = RequestColumn::APPLICANTS.iter().map(|column| YearPair {
        label: form.requests.column_label(*column),
        now: received(report, *column),
        before: before(report, |last| {
            let is_same = means_the_same(report, last, RequestRow::Received);
            is_same.then(|| received(last, *column))?
        }),
    });
    let outcomes: Vec<YearPair> = outcomes.collect();
    let applicants: Vec<YearPair> = applicants.collect();
    [
        chart(ChartKind::Outcomes, report, &outcomes_title(form), outcomes),
        chart(ChartKind::Applicants, report, &applicants_title(form), applicants),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// A label with this year's number and last year's.
struct YearPair {
    label: &'static str,
    now: Option<Count>,
    before: Option<Count>,
}

fn outcome_count(report: &Report, kind: &OutcomeKind) -> Option<Count> {
    let table = &report.form().requests;
    let count = |row: &RequestRow| report.requests.count(table, *row, RequestColumn::Total);
    kind.rows.iter().map(count).try_fold(0, |sum: Count, count| sum.checked_add(count?))
}

fn received(report: &Report, column: RequestColumn) -> Option<Count> {
    report.requests.count(&report.form().requests, RequestRow::Received, column)
}

/// A number of the year before, if it can be had and that year is known.
fn before(report: &Report, count: impl Fn(&Report) -> Option<Count>) -> Option<Count> {
    report.previous.as_deref().filter(|last| last.header.year.is_some()).and_then(count)
}

/// True if a row of table 2 counts the same in both reports: bars side by side compare, too.
fn means_the_same(report: &Report, last: &Report, row: RequestRow) -> bool {
    let total = Cell::Requests(row, RequestColumn::Total);
    comparable(last.edition, report.edition).any(|cell| cell == total)
}

fn outcomes_title(form: &Form) -> String {
    wording::without_number(form.requests.outcome_label).to_owned()
}

/// The label of the row with its unit taken away (`本年新收政府信息公开申请`), and what is told of them.
fn applicants_title(form: &Form) -> String {
    let received = wording::without_number(form.requests.row_label(RequestRow::Received));
    let received = received.strip_suffix("数量").unwrap_or(received);
    format!("{received}的{}", form.requests.applicants_label)
}

fn chart(kind: ChartKind, report: &Report, name: &str, mut rows: Vec<YearPair>) -> Option<Chart> {
    // Last year's bars are drawn all or not at all: a missing one would look like 0.
    let compares = rows.iter().all(|row| row.before.is_some());
    let is_nothing = |row: &YearPair| row.now == Some(0) && (!compares || row.before == Some(0));
    rows.retain(|row| !is_nothing(row));
    // Where nothing is filled yet, there is nothing to look at; one bar alone has nothing beside it.
    let is_filled = |row: &&YearPair| row.now.is_some();
    let n_bars = rows.iter().filter(is_filled).count() * if compares { 2 } else { 1 };
    if n_bars < 2 {
        return None;
    }
    let mut series = vec![year(report.header.year)];
    if compares {
        series.extend(report.previous.as_deref().map(|last| year(last.header.year)));
    }
    let rows: Vec<ChartRow> = rows
        .into_iter()
        .map(|row| ChartRow {
            label: match row.now {
                Some(_) => row.label.to_owned(),
                None => format!("{}{UNFILLED}", row.label),
            },
            values: if compares { vec![row.now, row.before] } else { vec![row.now] },
        })
        .collect();
    let list = list(&series, &rows);
    Some(Chart {
        kind,
        title: format!("{name}（件）"),
        series,
        rows,
        list,
        description: format!("条形图：{name}。图中各项数据依次列在图下"),
    })
}

fn year(year: Option<u16>) -> String {
    year.map_or_else(|| UNFILLED.to_owned(), |year| format!("{year}年"))
}

/// `予以公开58件（2022年40件）；`, …, `其他处理2件（2022年0件）。`
fn list(series: &[String], rows: &[ChartRow]) -> Vec<String> {
    let told = |(i, row): (usize, &ChartRow)| {
        let mut text = row.label.clone();
        if let Some(Some(now)) = row.values.first() {
            text.push_str(&format!("{now}件"));
        }
        if let (Some(Some(before)), Some(year)) = (row.values.get(1), series.get(1)) {
            text.push_str(&format!("（{year}{before}件）"));
        }
        text + if i + 1 == rows.len() { "。" } else { "；" }
    };
    rows.iter().enumerate().map(told).collect()
}
