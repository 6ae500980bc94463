//! One figure with all that it stands in, as the page shows it.

use serde::Serialize;

use super::fields::Fields;
use super::findings::{Words, words};
use crate::diag::Place;
use crate::load::Loaded;
use crate::report::{FieldPath, Report};
use crate::trace::{self, Contents, Equation, Term, trace};

/// A figure with all that it stands in.
#[derive(Debug, Serialize)]
pub(super) struct Traced {
    name: String,
    section: &'static str,
    meaning: &'static str,
    see: Vec<String>,
    /// Its contents, and those of the year before, in words.
    now: String,
    last: String,
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
    /// The address of its field; none where it is of the year before.
    path: Option<String>,
    name: String,
    value: String,
}

/// A figure of a text that tells it.
#[derive(Debug, Serialize)]
struct Told {
    path: Option<String>,
    at: Option<Words>,
    words: String,
    result: &'static str,
    explanation: String,
    agrees: Option<bool>,
}

/// The figure at an address; none where no figure of the form has it.
pub(super) fn traced(loaded: &Loaded, at: &FieldPath) -> Option<Traced> {
    let report = loaded.review.report.as_ref()?;
    let fields = Fields::of(report.form());
    let found = trace(report, &loaded.review.coverage, loaded.summary.as_ref(), at)?;
    let value = found.contents.value();
    Some(Traced {
        now: match &found.contents {
            Contents::Typed(value) => value.to_string(),
            Contents::AddedUp(value) => format!("{value}（没有写，由各项相加）"),
            Contents::Unusable(typed) => format!("“{typed}”，不是可以填的数"),
            Contents::Absent => "没有填".to_owned(),
        },
        last: found.last.words(value),
        equations: found.equations.iter().map(|one| balance(one, &fields)).collect(),
        told: found.told.iter().map(|seen| told(seen, report)).collect(),
        units: found.units.as_ref().map(|units| units.words.clone()).unwrap_or_default(),
        lacking: found.units.map(|units| units.lacking).unwrap_or_default(),
        name: found.name,
        section: found.section,
        meaning: found.meaning,
        see: found.see,
    })
}

fn balance(equation: &Equation, fields: &Fields) -> Balance {
    let summand = |term: &Term| Summand {
        path: fields
            .figure(&term.path)
            .filter(|_| !term.of_last_year)
            .map(|_| term.path.to_string()),
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

fn told(seen: &trace::FigureSeen, report: &Report) -> Told {
    let (path, at) = match &seen.place {
        Place::Text(path, range) => (Some(path.to_string()), words(report, path, range)),
        Place::Value(_) | Place::Key(_) | Place::Bytes(_) | Place::File => (None, None),
    };
    Told {
        path,
        at,
        words: seen.words.clone(),
        result: seen.result(),
        explanation: seen.explanation(),
        agrees: seen.agrees(),
    }
}
