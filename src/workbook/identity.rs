//! The body and the year of a workbook of ours, before it is known whose it is.

use super::cells::shown;
use super::{Content, Reading, SheetFigure, foreign, read};
use crate::edition::{Cell, Edition, RequestRow, Section};
use crate::guard::guarded;
use crate::report::{Report, UNFILLED};

/// The body and the year that a workbook of ours names; nothing where it is none. What was not known when it was made
/// is not there.
pub(crate) fn identity_in(bytes: &[u8]) -> Option<(Option<String>, Option<u16>)> {
    let sheets = guarded(|| shown(bytes)).ok()?.ok()?;
    sheets.iter().find_map(|sheet| {
        let (.., text) = sheet.cells.iter().find(|(row, column, _)| (*row, *column) == (1, 0))?;
        let (agency, year) = text.trim().strip_prefix("机关：")?.split_once("报告年度：")?;
        let known = |text: &str| {
            let text = text.trim();
            (!text.is_empty() && text != UNFILLED).then(|| text.to_owned())
        };
        Some((known(agency), known(year).and_then(|year| year.parse().ok())))
    })
}

/// True if no figure stands in a workbook of ours but what was carried in when it was made.
pub(crate) fn is_blank(bytes: &[u8]) -> bool {
    let Some(reading) = reading(bytes) else { return false };
    let is_filled = |figure: &SheetFigure| {
        matches!(figure.content, Content::Number(_))
            && !matches!(figure.cell, Cell::Requests(RequestRow::CarriedIn, _))
    };
    reading.faults.is_empty() && !reading.figures.iter().any(is_filled)
}

/// The table that a single sheet of a workbook of ours holds; nothing where it may hold all.
pub(crate) fn only_table(bytes: &[u8]) -> Option<Section> {
    let reading = foreign::is_one_sheet(bytes).then(|| reading(bytes))??;
    reading.figures.first().map(|figure| figure.cell.section())
}

/// The contents of a workbook of ours, read as that of the body and year that it names.
fn reading(bytes: &[u8]) -> Option<Reading> {
    let (agency, year) = identity_in(bytes)?;
    let mut report = Report::empty(year.and_then(Edition::for_year).unwrap_or(Edition::LATEST));
    (report.agency.name, report.header.year) = (agency, year);
    Some(read(bytes, &report))
}
