//! Sums of units, as a data file of the body above them or put into one.

use super::{EditError, Remarks, SourceFile, edit, read, write};
use crate::edition::{Cell, Form};
use crate::report::{AgencyKind, FieldPath, FigureSource, Money, Report};
use crate::units::{Figure, PREFIX, Summary, Total, provenance};

/// A new data file of the body with nothing but what its units add up to.
///
/// `list` is the path of the list of units as the new file should name it, if there is one.
///
/// # Errors
///
/// When the file that was written cannot be read back, which is a fault of the program.
pub fn write_sum(summary: &Summary, list: Option<&str>) -> Result<String, EditError> {
    let mut report = Report::empty(summary.edition);
    report.header.year = Some(summary.list.year);
    report.header.units = list.map(str::to_owned);
    report.agency.name = Some(summary.body().to_owned()).filter(|name| !name.is_empty());
    let is_government = summary.body().ends_with("人民政府");
    report.agency.kind = is_government.then_some(AgencyKind::Government);
    put_sums(&mut report, summary);
    // The sources come behind the remarks, as they do in a file that is there already.
    let source = SourceFile::parse("sum", write(&report));
    put_sources(&mut report, summary);
    edit(&source, &report, &remarks(summary))
}

/// The data file of the body with what its units add up to in the place of the figures in it, and above
/// each row where they come from. Totals are put only where some stand already.
///
/// A row of which a figure could not be added is left as it is.
///
/// # Errors
///
/// Those of [`edit`](edit()).
pub fn write_sum_into(source: &SourceFile, summary: &Summary) -> Result<String, EditError> {
    let mut report = read(source).0.ok_or(EditError::Unreadable)?;
    put_sums(&mut report, summary);
    put_sources(&mut report, summary);
    edit(source, &report, &remarks(summary))
}

/// The rows all of whose figures could be added.
fn added(summary: &Summary) -> impl Iterator<Item = Vec<&Total>> {
    summary.rows().into_iter().filter(|row| row.iter().all(|total| total.sum.is_some()))
}

/// Puts the sums into a report, and into the totals that are filled there.
fn put_sums(report: &mut Report, summary: &Summary) {
    let sums: Vec<(Figure, Money)> =
        added(summary).flatten().filter_map(|total| Some((total.figure, total.sum?))).collect();
    let sum_of = |cell: Cell| {
        let found = sums.iter().find(|(figure, _)| *figure == Figure::Cell(cell));
        found.map(|(_, sum)| *sum)
    };
    let form = summary.edition.form();
    let totals = form.cells().filter(|cell| cell.is_total() && stands(report, *cell));
    let totals: Vec<(Figure, Money)> = totals
        .filter_map(|total| Some((Figure::Cell(total), total_of(form, total, &sum_of)?)))
        .collect();
    for (figure, sum) in sums.into_iter().chain(totals) {
        figure.put(report, sum);
    }
}

/// The beginning of the sources that a sum writes; the next sum replaces them.
const SUMMED: &str = "汇总：";

/// Says of the figures that were added up that they were.
fn put_sources(report: &mut Report, summary: &Summary) {
    let summed: Vec<Figure> = added(summary).flatten().map(|total| total.figure).collect();
    let form = summary.edition.form();
    let is_added = |path: &FieldPath| {
        let is_total = |cell: &Cell| cell.is_total() && FieldPath::of(*cell) == *path;
        summed.iter().any(|figure| figure.path() == *path) || form.cells().any(|c| is_total(&c))
    };
    let at = report.together(is_added);
    // Those with a date or a name were typed by somebody.
    report.sources.retain(|source| {
        !source.from.starts_with(SUMMED) || source.date.is_some() || source.by.is_some()
    });
    let from = format!("{SUMMED}{}", standing(summary));
    report.sources.extend(at.into_iter().map(|at| FigureSource {
        at,
        from: from.clone(),
        date: None,
        by: None,
    }));
}

/// True if a total is filled in a report.
fn stands(report: &Report, total: Cell) -> bool {
    !report.typed(total).is_absent()
}

/// The sum of the cells that a total is over, down to those that are no totals; `None` when one of
/// them is not known.
fn total_of(form: &Form, cell: Cell, sum_of: &impl Fn(Cell) -> Option<Money>) -> Option<Money> {
    if !cell.is_total() {
        return sum_of(cell);
    }
    form.parts_of(cell).into_iter().map(|part| total_of(form, part, sum_of)).sum()
}

/// The edit that takes away the remarks on where sums come from above the rows of cells whose figures come from
/// elsewhere now: they would no longer be true.
pub fn without_sources(cells: impl IntoIterator<Item = Cell>) -> Remarks {
    let rows = cells.into_iter().map(|cell| (Figure::Cell(cell).row_path(), Vec::new())).collect();
    Remarks { prefix: PREFIX, rows }
}

/// The sources of the figures, by row, and above the first of them who is in the sum.
fn remarks(summary: &Summary) -> Remarks {
    let first = added(summary).next().and_then(|row| Some(row.first()?.figure.row_path()));
    let rows = summary.rows().into_iter().filter_map(|row| {
        let path = row.first()?.figure.row_path();
        let is_first = first.as_ref() == Some(&path);
        let whole = is_first.then(|| format!("{PREFIX}{}", standing(summary)));
        let lines = whole.into_iter().chain(provenance(summary, &row)).collect();
        Some((path, lines))
    });
    Remarks { prefix: PREFIX, rows: rows.collect() }
}

/// The units in the sum, in one phrase.
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
