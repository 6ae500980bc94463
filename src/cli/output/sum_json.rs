//! Sums of the reports of many units, for other programs: version 1 of its JSON.
//!
//! The structs of this file are a promise. What must differ later gets another version; keys may be
//! added, none is renamed or taken away. Figures are texts, because they are exact decimals; `path` is the
//! address of a figure in a data file.

use std::path::PathBuf;

use serde::Serialize;

use super::stream::print_json;
use super::sum::{Summed, why};
use crate::units::{Standing, State};

/// The version of this form.
const VERSION: u32 = 1;

/// Prints what units add up to for other programs.
pub(in crate::cli) fn sum_json(summed: &Summed) {
    print_json(&render(summed));
}

#[derive(Serialize)]
struct Output<'a> {
    version: u32,
    from: String,
    body: &'a str,
    year: u16,
    edition: &'static str,
    complete: bool,
    due: usize,
    added: usize,
    units: Vec<Unit<'a>>,
    totals: Vec<Total<'a>>,
    unlisted: Vec<String>,
    /// Units with two reports.
    twice: Vec<Twice<'a>>,
    /// Files that may be reports and are not read.
    not_read: Vec<NotRead>,
}

#[derive(Serialize)]
struct Twice<'a> {
    unit: &'a str,
    files: Vec<String>,
}

#[derive(Serialize)]
struct NotRead {
    path: String,
    why: &'static str,
}

#[derive(Serialize)]
struct Unit<'a> {
    name: &'a str,
    file: Option<&'a str>,
    under: Option<&'a str>,
    level: usize,
    state: &'static str,
    why: Option<String>,
    added: bool,
    contained_in: Option<&'a str>,
}

#[derive(Serialize)]
struct Total<'a> {
    path: String,
    name: String,
    sum: Option<String>,
    parts: Vec<Part<'a>>,
    absent_in: Vec<&'a str>,
    joint: Vec<Joint<'a>>,
}

#[derive(Serialize)]
struct Part<'a> {
    unit: &'a str,
    figure: String,
}

#[derive(Serialize)]
struct Joint<'a> {
    document: &'a str,
    taken_off: u64,
    not_counted_by: Vec<&'a str>,
}

/// One JSON object, with a line end.
fn render(summed: &Summed) -> String {
    let (summary, unlisted) = (&summed.summary, &summed.unlisted);
    let told = |path: &PathBuf| path.display().to_string();
    let form = summary.edition.form();
    let names = |units: &[usize]| units.iter().map(|unit| summary.name(*unit)).collect();
    let output = Output {
        version: VERSION,
        from: summed.from.display().to_string(),
        body: summary.body(),
        year: summary.list.year,
        edition: summary.edition.key(),
        complete: summed.is_whole(),
        due: summary.added().count() + summary.lacking().count(),
        added: summary.added().count(),
        units: summary.standings.iter().map(|standing| unit(summed, standing)).collect(),
        totals: summary
            .totals
            .iter()
            .map(|total| Total {
                path: total.figure.path().to_string(),
                name: total.figure.name(form),
                sum: total.sum.map(|sum| sum.to_string()),
                parts: total
                    .parts
                    .iter()
                    .map(|(u, part)| Part { unit: summary.name(*u), figure: part.to_string() })
                    .collect(),
                absent_in: names(&total.lacking),
                joint: total
                    .deductions
                    .iter()
                    .map(|deduction| Joint {
                        document: summary
                            .list
                            .joint
                            .as_ref()
                            .and_then(|joint| joint.get(deduction.joint))
                            .map_or("", |joint| &joint.document),
                        taken_off: deduction.times,
                        not_counted_by: names(&deduction.without),
                    })
                    .collect(),
            })
            .collect(),
        unlisted: unlisted.reports.iter().map(told).collect(),
        twice: unlisted
            .twice
            .iter()
            .map(|(unit, files)| Twice { unit, files: files.iter().map(told).collect() })
            .collect(),
        not_read: unlisted
            .leftovers
            .iter()
            .map(|leftover| NotRead { path: told(&leftover.path), why: leftover.kind })
            .collect(),
    };
    // Strings, numbers and lists of them: there is nothing here that JSON cannot hold.
    serde_json::to_string_pretty(&output).unwrap_or_default() + "\n"
}

fn unit<'a>(summed: &'a Summed, standing: &'a Standing) -> Unit<'a> {
    let summary = &summed.summary;
    let unit = &summary.list.units[standing.unit];
    Unit {
        name: &unit.name,
        file: unit.file.as_deref(),
        under: unit.under.map(|under| summary.name(under)),
        level: summary.list.level(standing.unit),
        state: state_key(&standing.state),
        why: standing.state.is_lacking().then(|| why(summed, standing)),
        added: standing.is_added(),
        contained_in: standing.contained_in.map(|above| summary.name(above)),
    }
}

pub(super) fn state_key(state: &State) -> &'static str {
    match state {
        State::Good => "good",
        State::Group => "group",
        State::Missing => "missing",
        State::Unreadable(_) => "unreadable",
        State::Wrong(_) => "errors",
        State::OtherYear(_) => "other-year",
        State::OtherEdition(_) => "other-edition",
        State::OtherBody(_) => "other-body",
        State::SumAsOwn => "sum-as-own",
        State::Unequal(_) => "unequal",
    }
}
