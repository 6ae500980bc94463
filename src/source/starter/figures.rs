//! The tables of figures in a starter, each figure with its place.

use std::fmt::Write as _;

use super::super::literal::line;
use super::super::rows::{FigureRow, width_of};
use super::lines::{heading, unfilled};
use crate::edition::{
    Axis, Cell, ChallengeColumn, DisclosureRow, Form, Proceeding, RequestColumn, RequestRow,
    RequestRowPlace, Section,
};
use crate::report::Report;

pub(super) fn disclosure(report: &Report, last: Option<&Report>, out: &mut String) {
    let form = report.form();
    heading(out, form.section_title(Section::Disclosure));
    out.push_str("\n[disclosure]\n");
    let width = DisclosureRow::ALL.iter().map(|row| row.key().len()).max().unwrap_or(0);
    for block in form.disclosure.blocks {
        let labels: Vec<&str> = block.columns.iter().map(|(_, label)| *label).collect();
        let _ = writeln!(out, "# {}：{}", block.title, labels.join("、"));
        for (row, label) in block.rows {
            let cell = |column| Cell::Disclosure(*row, column);
            let Some((first, _)) = block.columns.first() else { continue };
            let label = &row_label(form, cell(*first), label);
            for (column, column_label) in block.columns {
                let stock = (column.key() == "in_force")
                    .then(|| last.and_then(|last| last.printed(cell(*column))))
                    .flatten();
                if let Some(stock) = stock {
                    let _ = writeln!(
                        out,
                        "# 上年的“{column_label}”是 {stock} 件：上年现行有效＋本年制发－本年废止，一般等于本年现行有效"
                    );
                }
            }
            let key = format!("{:width$}", row.key());
            filled_or_not(out, &key, &FigureRow::disclosure(block, *row), report, label);
        }
    }
}

pub(super) fn requests(report: &Report, out: &mut String) {
    let form = report.form();
    heading(out, form.section_title(Section::Requests));
    let _ = writeln!(out, "# {}", form.requests.corner.trim_matches(['（', '）']));
    let labels: Vec<&str> = form.requests.columns.iter().map(|c| c.label).collect();
    columns(&labels, out);
    let parts = labels.split_last().map_or(&[][..], |(_, parts)| parts);
    // A table of the data file holds the rows whose keys begin alike; TOML wants them together.
    let mut tables: Vec<(&str, Vec<RequestRow>)> = Vec::new();
    for row in form.requests.rows {
        let key = row.row.key();
        let table = key.rfind('.').map_or("", |dot| &key[..dot]);
        match tables.iter_mut().find(|(name, _)| *name == table) {
            Some((_, rows)) => rows.push(row.row),
            None => tables.push((table, vec![row.row])),
        }
    }
    for (table, rows) in tables {
        let place = form.requests.rows.iter().find(|row| Some(&row.row) == rows.first());
        let label = match place.map(|row| row.place) {
            Some(RequestRowPlace::Grouped(group)) => form.requests.group_label(group),
            Some(RequestRowPlace::Outcome) => form.requests.outcome_label,
            Some(RequestRowPlace::Top) | None => form.section_title(Section::Requests),
        };
        let dot = if table.is_empty() { "" } else { "." };
        let _ = writeln!(out, "\n[requests{dot}{table}]  # {label}");
        let short = |row: RequestRow| row.key().rsplit('.').next().unwrap_or_default();
        let width = rows.iter().map(|row| short(*row).len()).max().unwrap_or(0);
        positions(width, parts, out);
        for row in rows {
            let cell = Cell::Requests(row, RequestColumn::Total);
            let label = row_label(form, cell, form.requests.row_label(row));
            let key = format!("{:width$}", short(row));
            positioned(out, &key, &FigureRow::requests(row), parts, report, &label);
        }
    }
}

pub(super) fn challenges(report: &Report, out: &mut String) {
    let form = report.form();
    heading(out, form.section_title(Section::Challenges));
    let labels: Vec<&str> = form.challenges.columns.iter().map(|(_, label)| *label).collect();
    columns(&labels, out);
    let parts = labels.split_last().map_or(&[][..], |(_, parts)| parts);
    out.push_str("\n[challenges]\n");
    let width = Proceeding::ALL.iter().map(|p| p.key().len()).max().unwrap_or(0);
    positions(width, parts, out);
    for proceeding in Proceeding::ALL {
        let cell = Cell::Challenges(*proceeding, ChallengeColumn::Total);
        let label = row_label(form, cell, form.challenges.proceeding_label(*proceeding));
        let key = format!("{:width$}", proceeding.key());
        positioned(out, &key, &FigureRow::challenges(*proceeding), parts, report, &label);
    }
}

/// A remark on the rows of a table whose last column is its total.
fn columns(labels: &[&str], out: &mut String) {
    let Some((total, parts)) = labels.split_last() else { return };
    let _ = writeln!(
        out,
        "# 每行方括号里 {} 个数，用逗号隔开，与上方的名称一一对应；后面可以再写一个“{total}”，不写由程序相加",
        parts.len()
    );
}

/// The names of the columns over their positions in the rows below.
fn positions(width: usize, parts: &[&str], out: &mut String) {
    let _ = writeln!(out, "# {:width$}   {}", "", parts.join("  "));
}

/// A row of figures, or a place for each of its figures below the name of its column.
fn positioned(
    out: &mut String,
    key: &str,
    row: &FigureRow,
    parts: &[&str],
    report: &Report,
    label: &str,
) {
    let places: Vec<String> = parts.iter().map(|part| " ".repeat(width_of(part))).collect();
    match row.value(report) {
        Some(value) => line(out, key, &value, label),
        None => unfilled(out, key, &format!("[{}]", places.join(", ")), label),
    }
}

/// A row of figures, or the place that is kept for it.
pub(super) fn filled_or_not(
    out: &mut String,
    key: &str,
    row: &FigureRow,
    report: &Report,
    label: &str,
) {
    match row.value(report) {
        Some(value) => line(out, key, &value, label),
        None => unfilled(out, key, &row.blank(), label),
    }
}

/// The label of a row with its note.
fn row_label(form: &Form, cell: Cell, label: &str) -> String {
    match form.guidance(cell).note {
        "" => label.to_owned(),
        note => format!("{label}；{note}"),
    }
}
