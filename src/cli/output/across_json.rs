//! Reports side by side, for other programs: version 1 of its JSON.
//!
//! The structs of this file are a promise. What must differ later gets another version; keys may be added, none is
//! renamed or taken away.

use serde::Serialize;

use super::stream::print_json;
use crate::office::{Across, FEWEST_UNITS, LEAST_CASES, MEASURES};
use crate::rules::Repeated;
use crate::units::UnitList;

/// The version of this form.
const VERSION: u32 = 1;

/// Prints reports side by side for other programs.
pub(in crate::cli) fn across_json(list: &UnitList, across: &Across) {
    // Strings, numbers and lists of them: there is nothing here that JSON cannot hold.
    print_json(&(serde_json::to_string_pretty(&output(list, across)).unwrap_or_default() + "\n"));
}

#[derive(Serialize)]
struct Output<'a> {
    version: u32,
    body: &'a str,
    year: u16,
    measures: Vec<Measure>,
    /// Units with fewer cases are not judged, nor is a measure of which fewer units have as many.
    least_cases: u64,
    fewest_units: usize,
    units: Vec<Unit<'a>>,
    outliers: Vec<Outlier<'a>>,
    /// The number of reports whose texts were compared, and the percentage from which on they are named.
    texts: usize,
    similarity: usize,
    copies: Vec<Copy<'a>>,
    /// Clauses that more than half of the units have.
    common: Vec<Common<'a>>,
    left_out: Vec<LeftOut<'a>>,
}

#[derive(Serialize)]
struct Measure {
    key: &'static str,
    name: &'static str,
    part: &'static str,
    whole: &'static str,
    units: usize,
    median: Option<String>,
}

#[derive(Serialize)]
struct Unit<'a> {
    name: &'a str,
    received: Option<u64>,
    dealt_with: Option<u64>,
    /// By the keys of the measures, in their order; nothing where a figure is not filled in.
    rates: Vec<Option<Rate>>,
}

#[derive(Serialize)]
struct Rate {
    measure: &'static str,
    part: u64,
    whole: u64,
    percent: String,
}

#[derive(Serialize)]
struct Outlier<'a> {
    unit: &'a str,
    measure: &'static str,
    part: u64,
    whole: u64,
    percent: String,
    median: String,
    why: String,
}

#[derive(Serialize)]
struct Copy<'a> {
    unit: &'a str,
    with: &'a str,
    here: Extent<'a>,
    there: Extent<'a>,
}

/// The extent to which a text stands in the other one, in characters.
#[derive(Serialize)]
struct Extent<'a> {
    characters: usize,
    repeated: usize,
    percent: usize,
    longest: &'a str,
}

#[derive(Serialize)]
struct Common<'a> {
    text: &'a str,
    units: usize,
}

#[derive(Serialize)]
struct LeftOut<'a> {
    unit: &'a str,
    why: &'a str,
}

fn output<'a>(list: &'a UnitList, across: &'a Across) -> Output<'a> {
    let name = |unit: usize| list.units[unit].name.as_str();
    let measure = |(measure, median): (&crate::office::Measure, &crate::office::Median)| Measure {
        key: measure.key,
        name: measure.name,
        part: measure.words()[0],
        whole: measure.words()[1],
        units: median.n_units,
        median: median.value.map(|_| median.shown()),
    };
    let unit = |row: &'a crate::office::UnitRates| Unit {
        name: name(row.unit),
        received: row.received,
        dealt_with: row.dealt_with,
        rates: MEASURES
            .iter()
            .zip(&row.rates)
            .map(|(measure, rate)| {
                rate.map(|rate| Rate {
                    measure: measure.key,
                    part: rate.part,
                    whole: rate.whole,
                    percent: rate.shown(),
                })
            })
            .collect(),
    };
    let copy = |alike: &'a crate::office::Alike| Copy {
        unit: name(alike.unit),
        with: name(alike.with),
        here: extent(&alike.here),
        there: extent(&alike.there),
    };
    let common =
        |common: &'a crate::office::Common| Common { text: &common.words, units: common.n_units };
    Output {
        version: VERSION,
        body: &list.name,
        year: list.year,
        measures: MEASURES.iter().zip(&across.medians).map(measure).collect(),
        least_cases: LEAST_CASES,
        fewest_units: FEWEST_UNITS,
        units: across.rows.iter().map(unit).collect(),
        outliers: across.odd.iter().map(|odd| outlier(list, odd)).collect(),
        texts: across.n_texts,
        similarity: across.limit,
        copies: across.alike.iter().map(copy).collect(),
        common: across.common.iter().map(common).collect(),
        left_out: across
            .left_out
            .iter()
            .map(|(unit, why)| LeftOut { unit: name(*unit), why })
            .collect(),
    }
}

fn outlier<'a>(list: &'a UnitList, odd: &crate::office::Odd) -> Outlier<'a> {
    Outlier {
        unit: &list.units[odd.unit].name,
        measure: MEASURES[odd.measure].key,
        part: odd.rate.part,
        whole: odd.rate.whole,
        percent: odd.rate.shown(),
        median: odd.shown_median(),
        why: odd.why(),
    }
}

fn extent(repeated: &Repeated) -> Extent<'_> {
    Extent {
        characters: repeated.all,
        repeated: repeated.repeated,
        percent: repeated.percent(),
        longest: &repeated.longest,
    }
}
