//! The figures of two years for other programs: version 1 of our JSON of comparisons.
//!
//! The structs of this file are a promise, as those of findings are. Figures are strings, exactly as
//! printed; null stands for what is not filled or is no number.

use serde::Serialize;

use super::comparison::Compared;
use super::stream::print_json;
use crate::compare::{Block, Line, Refused, Side};
use crate::diag::Place;
use crate::edition::Axis;
use crate::law::Authority;
use crate::report::{Entry, FieldPath, Money};

/// The version of this form.
const VERSION: u32 = 1;

/// Prints two reports side by side for other programs.
pub(in crate::cli) fn comparison_json(compared: &Compared<'_>) {
    print_json(&render(compared));
}

#[derive(Serialize)]
struct Output<'a> {
    version: u32,
    last: Report<'a>,
    this: Report<'a>,
    tables: Vec<Table<'a>>,
    refused: Vec<Not<'a>>,
    findings: Vec<Finding<'a>>,
}

#[derive(Serialize)]
struct Report<'a> {
    path: &'a str,
    edition: &'static str,
    agency: Option<&'a str>,
    year: Option<u16>,
    /// The number of errors its own check finds.
    errors: usize,
}

/// A table; for table 2 one for its totals, where `applicant` is null, and one for each kind of applicant.
#[derive(Serialize)]
struct Table<'a> {
    title: &'a str,
    applicant: Option<&'static str>,
    rows: Vec<Row<'a>>,
}

#[derive(Serialize)]
struct Row<'a> {
    path: String,
    /// The labels that it shares with rows beside it, from the outermost inwards.
    groups: &'a [&'static str],
    label: &'a str,
    last: Option<String>,
    this: Option<String>,
    difference: Option<String>,
    /// In percent of the earlier figure, with one decimal.
    change: Option<String>,
}

#[derive(Serialize)]
struct Not<'a> {
    what: &'a str,
    why: &'a str,
}

#[derive(Serialize)]
struct Finding<'a> {
    code: &'static str,
    severity: &'static str,
    message: &'a str,
    help: &'a [String],
    /// As in the JSON of findings.
    authority: Option<&'static str>,
    path: Option<&'a str>,
    line: usize,
}

/// One JSON object with a line end.
fn render(compared: &Compared<'_>) -> String {
    let comparison = compared.comparison;
    let side = |side: usize| {
        let sides: [&Side; 2] = [&comparison.last, &comparison.this];
        Report {
            path: &compared.files[side],
            edition: sides[side].edition.key(),
            agency: sides[side].agency.as_deref(),
            year: sides[side].year,
            errors: compared.errors[side],
        }
    };
    let findings = compared.findings.iter().map(|finding| Finding {
        code: finding.code,
        severity: finding.severity.key(),
        message: &finding.message,
        help: &finding.help,
        authority: finding.authority.map(Authority::key),
        path: match &finding.place {
            Place::Value(path) | Place::Key(path) | Place::Text(path, _) => Some(path.as_str()),
            Place::Bytes(_) | Place::File => None,
        },
        line: finding.line,
    });
    let output = Output {
        version: VERSION,
        last: side(0),
        this: side(1),
        tables: comparison.blocks.iter().map(table).collect(),
        refused: comparison.refused.iter().map(refused).collect(),
        findings: findings.collect(),
    };
    serde_json::to_string_pretty(&output).unwrap_or_default() + "\n"
}

fn refused(refused: &Refused) -> Not<'_> {
    Not { what: &refused.what, why: &refused.why }
}

fn table(block: &Block) -> Table<'_> {
    Table {
        title: block.title,
        applicant: block.applicant.map(|(column, _)| column.key()),
        rows: block.lines.iter().map(row).collect(),
    }
}

fn row(line: &Line) -> Row<'_> {
    let figure = |entry: &Entry<Money>| entry.value().map(ToString::to_string);
    Row {
        path: FieldPath::of(line.cell).to_string(),
        groups: &line.groups,
        label: &line.label,
        last: figure(&line.last),
        this: figure(&line.this),
        difference: line.difference().map(|difference| difference.to_string()),
        change: line.change().map(|change| change.to_string()),
    }
}
