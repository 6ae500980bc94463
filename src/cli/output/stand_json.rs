//! The standing of units, for other programs: version 1 of its JSON.
//!
//! The structs of this file are a promise. What must differ later gets another version; keys may be added, none is
//! renamed or taken away.

use serde::Serialize;

use super::stream::print_json;
use super::sum_json::state_key;
use crate::office::{Stand, UnitStand};
use crate::units::UnitList;

/// The version of this form.
const VERSION: u32 = 1;

/// Prints where units stand for other programs.
pub(in crate::cli) fn stand_json(list: &UnitList, stand: &Stand, reminder: &str) {
    // Strings, numbers and lists of them: there is nothing here that JSON cannot hold.
    print_json(
        &(serde_json::to_string_pretty(&output(list, stand, reminder)).unwrap_or_default() + "\n"),
    );
}

#[derive(Serialize)]
struct Output<'a> {
    version: u32,
    body: &'a str,
    year: u16,
    today: String,
    due: Option<String>,
    complete: bool,
    counts: Counts,
    units: Vec<Unit<'a>>,
    reminder: &'a str,
    unlisted: Vec<String>,
    /// Units with two reports.
    twice: Vec<Twice<'a>>,
    /// Files of the inbox that were never taken.
    waiting: usize,
}

#[derive(Serialize)]
struct Counts {
    due: usize,
    good: usize,
    lacking: usize,
    late: usize,
    sent_back: usize,
}

#[derive(Serialize)]
struct Unit<'a> {
    name: &'a str,
    file: Option<String>,
    under: Option<&'a str>,
    level: usize,
    state: &'static str,
    details: String,
    late: bool,
    sent_back: Option<&'a str>,
    contained_in: Option<&'a str>,
}

#[derive(Serialize)]
struct Twice<'a> {
    unit: &'a str,
    files: Vec<String>,
}

fn output<'a>(list: &'a UnitList, stand: &'a Stand, reminder: &'a str) -> Output<'a> {
    let n = |is_it: &dyn Fn(&&UnitStand) -> bool| stand.due().filter(|row| is_it(row)).count();
    let told = |path: &std::path::PathBuf| path.display().to_string();
    let unit = |row: &'a UnitStand| Unit {
        name: &list.units[row.unit].name,
        file: row.file.as_ref().map(told),
        under: list.units[row.unit].under.map(|under| list.units[under].name.as_str()),
        level: row.level,
        state: state_key(&row.state),
        details: row.details(list),
        late: row.is_late,
        sent_back: row.sent_back.as_deref(),
        contained_in: row.contained_in.as_deref(),
    };
    Output {
        version: VERSION,
        body: &list.name,
        year: list.year,
        today: stand.today.to_string(),
        due: list.due.map(|due| due.to_string()),
        complete: stand.is_whole(),
        counts: Counts {
            due: stand.due().count(),
            good: n(&|row| row.state.is_good()),
            lacking: stand.lacking().count(),
            late: n(&|row| row.is_late),
            sent_back: n(&|row| row.sent_back.is_some()),
        },
        units: stand.rows.iter().map(unit).collect(),
        reminder,
        unlisted: stand.unlisted.reports.iter().map(told).collect(),
        twice: stand
            .unlisted
            .twice
            .iter()
            .map(|(unit, files)| Twice { unit, files: files.iter().map(told).collect() })
            .collect(),
        waiting: stand.n_waiting,
    }
}
