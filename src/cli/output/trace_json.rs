//! Figures with everything they stand in for other programs: version 1 of our JSON of figures.
//!
//! The structs of this file are a promise, as those of findings are. Figures are strings, exactly as
//! printed; null stands for what is not filled or is no number.

use serde::Serialize;

use super::stream::print_json;
use crate::diag::Place;
use crate::load::Loaded;
use crate::report::FigureSource;
use crate::source::{Lines, locate};
use crate::trace::{Contents, Equation, Last, Term, Trace};

/// The version of this form.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Output<'a> {
    version: u32,
    file: &'a str,
    figures: Vec<Figure<'a>>,
}

/// A figure; `contents` is `typed`, `added-up`, `unusable` or `absent`, and `last_year` says of the year before
/// `given`, `unfilled`, `not-comparable` or `not-given`.
#[derive(Serialize)]
struct Figure<'a> {
    path: String,
    name: &'a str,
    section: &'a str,
    meaning: &'a str,
    see: &'a [String],
    contents: &'static str,
    value: Option<String>,
    typed: Option<&'a str>,
    line: Option<usize>,
    notes: Vec<Note<'a>>,
    sources: Vec<Source<'a>>,
    equations: Vec<Balance<'a>>,
    told: Vec<Told<'a>>,
    last_year: &'static str,
    last: Option<String>,
    units: Option<Units<'a>>,
}

#[derive(Serialize)]
struct Note<'a> {
    at: &'a str,
    text: &'a str,
}

#[derive(Serialize)]
struct Source<'a> {
    at: &'a str,
    from: &'a str,
    date: Option<String>,
    by: Option<&'a str>,
}

/// Two sums; `holds` is null where a figure is missing.
#[derive(Serialize)]
struct Balance<'a> {
    code: &'static str,
    left: Vec<Summand<'a>>,
    right: Vec<Summand<'a>>,
    holds: Option<bool>,
}

#[derive(Serialize)]
struct Summand<'a> {
    path: &'a str,
    name: &'a str,
    value: Option<String>,
}

/// A figure of a text that tells it; `verdict` and `codes` as in the JSON of a check.
#[derive(Serialize)]
struct Told<'a> {
    figure: &'a str,
    words: &'a str,
    class: &'static str,
    verdict: &'static str,
    agrees: Option<bool>,
    detail: &'a str,
    codes: &'a [&'static str],
    path: Option<&'a str>,
    line: usize,
}

#[derive(Serialize)]
struct Units<'a> {
    sum: Option<String>,
    parts: Vec<Part<'a>>,
    lacking: &'a [String],
}

#[derive(Serialize)]
struct Part<'a> {
    unit: &'a str,
    value: String,
}

/// Prints figures for other programs.
pub(in crate::cli) fn traces_json(loaded: &Loaded, traces: &[Trace]) {
    let lines = Lines::of(loaded.source.text());
    let line_of = |place: &Place| lines.position(locate(&loaded.source, place).start).line;
    let output = Output {
        version: VERSION,
        file: loaded.source.name(),
        figures: traces.iter().map(|trace| figure(trace, &line_of)).collect(),
    };
    let json = serde_json::to_string_pretty(&output).unwrap_or_default();
    print_json(&format!("{json}\n"));
}

fn figure<'a>(trace: &'a Trace, line_of: &dyn Fn(&Place) -> usize) -> Figure<'a> {
    let path = trace.figure.path();
    let (contents, typed, is_there) = match &trace.contents {
        Contents::Typed(_) => ("typed", None, true),
        Contents::AddedUp(_) => ("added-up", None, false),
        Contents::Unusable(typed) => ("unusable", Some(typed.as_str()), true),
        Contents::Absent => ("absent", None, false),
    };
    let (last_year, last) = match trace.last {
        Last::Value(value) => ("given", Some(value.to_string())),
        Last::Unfilled => ("unfilled", None),
        Last::Other => ("not-comparable", None),
        Last::NotGiven => ("not-given", None),
    };
    Figure {
        name: &trace.name,
        section: trace.section,
        meaning: trace.meaning,
        see: &trace.see,
        contents,
        value: trace.contents.value().map(|value| value.to_string()),
        typed,
        line: is_there.then(|| line_of(&Place::Value(path.clone()))),
        notes: trace.notes.iter().map(|(at, text)| Note { at: at.as_str(), text }).collect(),
        sources: trace.sources.iter().map(source).collect(),
        equations: trace.equations.iter().map(balance).collect(),
        told: trace
            .told
            .iter()
            .map(|seen| Told {
                figure: &seen.figure,
                words: &seen.words,
                class: seen.verdict.class().key(),
                verdict: seen.verdict.key(),
                agrees: seen.agrees(),
                detail: &seen.detail,
                codes: &seen.codes,
                path: super::fingerprint::path(&seen.place),
                line: line_of(&seen.place),
            })
            .collect(),
        last_year,
        last,
        units: trace.units.as_ref().map(|units| Units {
            sum: units.sum.map(|sum| sum.to_string()),
            parts: units
                .parts
                .iter()
                .map(|(unit, value)| Part { unit, value: value.to_string() })
                .collect(),
            lacking: &units.lacking,
        }),
        path: path.to_string(),
    }
}

fn source(source: &FigureSource) -> Source<'_> {
    Source {
        at: source.at.as_str(),
        from: &source.from,
        date: source.date.map(|date| date.to_string()),
        by: source.by.as_deref(),
    }
}

fn balance(equation: &Equation) -> Balance<'_> {
    Balance {
        code: equation.code,
        left: equation.left.iter().map(summand).collect(),
        right: equation.right.iter().map(summand).collect(),
        holds: equation.holds(),
    }
}

fn summand(term: &Term) -> Summand<'_> {
    Summand {
        path: term.path.as_str(),
        name: &term.name,
        value: term.value.map(|value| value.to_string()),
    }
}
