//! A trace as pages show it: [`Shown`], the JSON that form, preview and review page share.
//!
//! It goes to our own pages and nowhere else, and changes when they do.

use serde::Serialize;

use super::{Contents, Equation, Printed, Term, Texts, Trace, Typed, figures, trace};
use crate::diag::Place;
use crate::report::{FieldPath, Report};
use crate::rules::{Coverage, FigureSeen};
use crate::units::Summary;

/// A figure with all that it stands in.
#[derive(Debug, Serialize)]
pub(crate) struct Shown {
    path: String,
    name: String,
    section: &'static str,
    meaning: &'static str,
    see: Vec<String>,
    /// Its contents, and those of the year before, in words.
    now: String,
    last: String,
    notes: Vec<String>,
    sources: Vec<String>,
    equations: Vec<Balance>,
    told: Vec<Told>,
    /// The units it is the sum of, in words; empty where the report is no sum.
    units: String,
    /// The units that are not in the sum.
    lacking: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Balance {
    code: &'static str,
    left: Vec<Summand>,
    right: Vec<Summand>,
    verdict: String,
    holds: Option<bool>,
}

#[derive(Debug, Serialize)]
struct Summand {
    /// Its address; none where it is of the year before.
    path: Option<String>,
    name: String,
    value: String,
}

/// A figure of a text.
#[derive(Debug, Serialize)]
pub(crate) struct Told {
    /// The address of the text.
    field: String,
    /// The figure in the text as typed, and as printed.
    typed: Option<Typed>,
    printed: Option<Printed>,
    figure: String,
    words: String,
    result: &'static str,
    explanation: String,
    agrees: Option<bool>,
    /// `judged`, `amiss`, `bound` or `unjudged`; none where it tells no quantity.
    kind: Option<&'static str>,
    /// The addresses of the figures it tells, each with its name.
    cells: Vec<(String, String)>,
}

/// The figure at an address as pages show it; none where no figure of the form has that address.
pub(crate) fn shown(
    report: &Report,
    coverage: &Coverage,
    summary: Option<&Summary>,
    at: &FieldPath,
) -> Option<Shown> {
    let found = trace(report, coverage, summary, at)?;
    Some(of(&found, report, &Texts::of(report)))
}

/// All figures of a report, and those of its texts that tell a quantity.
#[derive(Debug, Serialize)]
pub(crate) struct All {
    figures: Vec<Shown>,
    told: Vec<Told>,
}

/// All figures of a report as pages show them.
pub(crate) fn shown_all(report: &Report, coverage: &Coverage, summary: Option<&Summary>) -> All {
    let texts = Texts::of(report);
    let traces = figures(report.form())
        .filter_map(|figure| trace(report, coverage, summary, &figure.path()));
    let figures = traces.map(|found| of(&found, report, &texts)).collect();
    let quantities = coverage.figures.iter().filter(|seen| seen.mark().is_some());
    All { figures, told: quantities.map(|seen| told(seen, report, &texts)).collect() }
}

fn of(found: &Trace, report: &Report, texts: &Texts<'_>) -> Shown {
    let units = found.units.as_ref();
    Shown {
        path: found.figure.path().to_string(),
        name: found.name.clone(),
        section: found.section,
        meaning: found.meaning,
        see: found.see.clone(),
        now: match &found.contents {
            Contents::Typed(value) => value.to_string(),
            Contents::AddedUp(value) => format!("{value}（没有写，由各项相加）"),
            Contents::Unusable(typed) => format!("“{typed}”，不是可以填的数"),
            Contents::Absent => "没有填".to_owned(),
        },
        last: found.last.words(found.contents.value()),
        notes: found.notes.iter().map(|(_, text)| text.clone()).collect(),
        sources: found.sources.iter().map(|source| source.words()).collect(),
        equations: found.equations.iter().map(balance).collect(),
        told: found.told.iter().map(|seen| told(seen, report, texts)).collect(),
        units: units.map(|units| units.words.clone()).unwrap_or_default(),
        lacking: units.map(|units| units.lacking.clone()).unwrap_or_default(),
    }
}

fn balance(equation: &Equation) -> Balance {
    let summand = |term: &Term| Summand {
        path: (!term.of_last_year).then(|| term.path.to_string()),
        name: term.name.clone(),
        value: term.value.map_or_else(|| "未填".to_owned(), |value| value.to_string()),
    };
    Balance {
        code: equation.code,
        left: equation.left.iter().map(summand).collect(),
        right: equation.right.iter().map(summand).collect(),
        verdict: equation.verdict(),
        holds: equation.holds(),
    }
}

/// A figure of a text as pages show it.
pub(crate) fn told(seen: &FigureSeen, report: &Report, texts: &Texts<'_>) -> Told {
    let (field, range) = match &seen.place {
        Place::Text(path, range) => (path.to_string(), Some((path, range))),
        Place::Value(path) | Place::Key(path) => (path.to_string(), None),
        Place::Bytes(_) | Place::File => (String::new(), None),
    };
    Told {
        field,
        typed: range.and_then(|(path, range)| texts.typed(path, range)),
        printed: range.and_then(|(path, range)| texts.words(path, range)),
        figure: seen.figure.clone(),
        words: seen.words.clone(),
        result: seen.result(),
        explanation: seen.explanation(),
        agrees: seen.agrees(),
        kind: seen.mark(),
        cells: cells(seen, report),
    }
}

/// The figures that a figure of a text tells, each with its name.
pub(crate) fn cells(seen: &FigureSeen, report: &Report) -> Vec<(String, String)> {
    let all = || figures(report.form()).filter(|figure| seen.cells.contains(&figure.path()));
    match seen.cells.is_empty() {
        true => Vec::new(),
        false => {
            all().map(|figure| (figure.path().to_string(), figure.name(report.form()))).collect()
        }
    }
}
