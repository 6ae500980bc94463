//! Findings for other programs: version 1 of our JSON.
//!
//! `json` is one object with a list of all files, written file by file; `jsonl` is one object a line, each
//! a file of that list with the version before it. The structs of this file are a promise. What must differ later gets another version; keys may be
//! added, none is renamed or taken away. Lines and columns count from 1, columns in characters,
//! offsets in bytes of UTF-8; `path` is the address of a value in the data file.

use std::path::Path;

use serde::Serialize;

use super::fingerprint::{fingerprints, path};
use super::json_figures::{Figure, Position, figures};
use crate::batch::{Made, OutputError, Shortfall};
use crate::diag::{Diagnostic, Label, Severity};
use crate::digest::Digest;
use crate::files::FileError;
use crate::law::{Authority, Provision};
use crate::load::{Loaded, tally, waived};
use crate::rules::FigureClass;
use crate::source::{Lines, SourceFile, locate};

/// The version of this form.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Output<'a> {
    schema_version: u32,
    version: u32,
    program: Program,
    files: Vec<File<'a>>,
}

#[derive(Serialize)]
struct Line<'a> {
    schema_version: u32,
    version: u32,
    #[serde(flatten)]
    file: File<'a>,
}

#[derive(Serialize)]
struct Program {
    name: &'static str,
    version: &'static str,
}

/// A data file; `error` says why it could not be read, and then nothing else is there.
#[derive(Serialize)]
struct File<'a> {
    path: String,
    error: Option<String>,
    sha256: Option<String>,
    report: Option<Report<'a>>,
    counts: Counts,
    findings: Vec<Finding<'a>>,
    waived: Vec<Waived<'a>>,
    unassessed: Vec<Unassessed<'a>>,
    off: &'a [&'static str],
    /// Only where it was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    figures: Option<Vec<Figure<'a>>>,
    /// Only of a build.
    #[serde(skip_serializing_if = "Option::is_none")]
    build: Option<Build<'a>>,
}

/// The outputs of a data file; `shortfall` says why not all of it: `not-understood`, `errors`,
/// `same-name`, `refused` or `stopped`.
#[derive(Serialize)]
struct Build<'a> {
    outputs: Vec<Built>,
    shortfall: Option<&'static str>,
    warnings: &'a [String],
}

/// One output; `unchanged` when it was there already.
#[derive(Serialize)]
struct Built {
    path: String,
    format: &'static str,
    unchanged: bool,
}

#[derive(Serialize)]
struct Report<'a> {
    edition: &'static str,
    agency: Option<&'a str>,
    year: Option<u16>,
    title: String,
    published: Option<String>,
}

#[derive(Serialize, Default)]
struct Counts {
    errors: usize,
    warnings: usize,
    hints: usize,
    waived: usize,
    rules: Rules,
    figures: Figures,
}

/// The figures of the texts by their verdict; `all` are those that tell a quantity.
#[derive(Serialize, Default)]
struct Figures {
    all: usize,
    judged: usize,
    bound: usize,
    unjudged: usize,
}

/// The number of rules by their result.
#[derive(Serialize, Default)]
struct Rules {
    all: usize,
    passed: usize,
    found: usize,
    waived: usize,
    unassessed: usize,
    off: usize,
}

#[derive(Serialize)]
struct Finding<'a> {
    code: &'static str,
    severity: &'static str,
    message: &'a str,
    location: Location<'a>,
    related: Vec<Location<'a>>,
    help: &'a [String],
    /// `law`, `notice`, `standard`, `practice` or `arithmetic`; null for a problem of the data file itself.
    authority: Option<&'static str>,
    basis: Vec<Basis>,
    fingerprint: String,
    /// A change of the data file after which the finding is gone, where only one can be meant.
    #[serde(skip_serializing_if = "Option::is_none")]
    repair: Option<Change<'a>>,
}

/// A replacement: its place and its text.
#[derive(Serialize)]
struct Change<'a> {
    start: Position,
    end: Position,
    text: &'a str,
}

#[derive(Serialize)]
struct Location<'a> {
    path: Option<&'a str>,
    /// Its place in a published report: page, table, row and column, or paragraph.
    #[serde(skip_serializing_if = "Option::is_none")]
    spot: Option<&'a str>,
    label: &'a str,
    start: Position,
    end: Position,
}

#[derive(Serialize)]
struct Basis {
    title: &'static str,
    number: &'static str,
    article: &'static str,
    authority: &'static str,
}

#[derive(Serialize)]
struct Waived<'a> {
    finding: Finding<'a>,
    waiver: Waiver<'a>,
}

#[derive(Serialize)]
struct Waiver<'a> {
    rule: &'a str,
    at: Option<&'a str>,
    reason: &'a str,
    by: &'a str,
    date: Option<String>,
    until: Option<String>,
}

#[derive(Serialize)]
struct Unassessed<'a> {
    code: &'static str,
    reason: &'a str,
    /// The figures of the texts that it is of; left out where it is of none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    figures: Vec<Location<'a>>,
}

/// An empty list of files at the end of the object.
const EMPTY: &str = "[]\n}";

/// The beginning of the object over all files, up to the list of them.
pub(super) fn head() -> String {
    let output = Output {
        schema_version: VERSION,
        version: VERSION,
        program: Program { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") },
        files: Vec::new(),
    };
    let text = serde_json::to_string_pretty(&output).unwrap_or_default();
    text.strip_suffix(EMPTY).unwrap_or(&text).to_owned() + "["
}

/// One file of that list.
pub(super) fn object(
    path: &Path,
    loaded: Result<&Loaded, &FileError>,
    made: Option<&Made>,
    lists_figures: bool,
) -> String {
    // Strings, numbers and lists of them: there is nothing here that JSON cannot hold.
    serde_json::to_string_pretty(&file(path, loaded, made, lists_figures)).unwrap_or_default()
}

/// A file as it stands in the list.
pub(super) fn element(object: &str, is_first: bool) -> String {
    let separator = if is_first { "\n    " } else { ",\n    " };
    separator.to_owned() + &object.replace('\n', "\n    ")
}

/// The end of the object.
pub(super) fn tail(is_empty: bool) -> String {
    if is_empty { "]\n}\n".to_owned() } else { "\n  ]\n}\n".to_owned() }
}

/// A file as an object of its own, on one line.
pub(super) fn line(
    path: &Path,
    loaded: Result<&Loaded, &FileError>,
    made: Option<&Made>,
    lists_figures: bool,
) -> String {
    let file = file(path, loaded, made, lists_figures);
    let line = Line { schema_version: VERSION, version: VERSION, file };
    serde_json::to_string(&line).unwrap_or_default() + "\n"
}

fn file<'a>(
    path: &Path,
    loaded: Result<&'a Loaded, &FileError>,
    made: Option<&'a Made>,
    lists_figures: bool,
) -> File<'a> {
    let path = path.display().to_string();
    match loaded {
        Ok(loaded) => File {
            build: made.map(build),
            figures: lists_figures.then(|| figures(loaded)),
            ..read_file(path, loaded)
        },
        Err(why) => File {
            path,
            error: Some(why.to_string()),
            sha256: None,
            report: None,
            counts: Counts::default(),
            findings: Vec::new(),
            waived: Vec::new(),
            unassessed: Vec::new(),
            off: &[],
            figures: None,
            build: None,
        },
    }
}

fn build(made: &Made) -> Build<'_> {
    let outputs = made.outputs.iter().map(|output| Built {
        path: output.path.display().to_string(),
        format: output.format.key(),
        unchanged: output.unchanged,
    });
    let shortfall = made.shortfall.as_ref().map(|shortfall| match shortfall {
        Shortfall::UnitList | Shortfall::Incomplete | Shortfall::NotUnderstood => "not-understood",
        Shortfall::Errors => "errors",
        Shortfall::Undated => "undated",
        Shortfall::SameName(_) => "same-name",
        Shortfall::SameBody(_) => "same-body",
        Shortfall::Refused(OutputError::Characters(_)) => "characters",
        Shortfall::Refused(OutputError::Template { .. } | OutputError::Other(_)) => "refused",
        Shortfall::Stopped => "stopped",
    });
    Build { outputs: outputs.collect(), shortfall, warnings: &made.warnings }
}

fn read_file(path: String, loaded: &Loaded) -> File<'_> {
    let Loaded { source, review, .. } = loaded;
    let places = Places { source, lines: Lines::of(source.text()) };
    let covered = waived(loaded);
    let own: Vec<_> = review.findings.iter().chain(covered.map(|(finding, _)| finding)).collect();
    let names = fingerprints(source, own.iter().copied());
    let mut all = own.iter().zip(names).map(|(finding, name)| places.finding(finding, name));
    let findings: Vec<Finding<'_>> = all.by_ref().take(review.findings.len()).collect();
    let waived = all.zip(waived(loaded)).map(|(finding, (_, waiver))| Waived {
        finding,
        waiver: Waiver {
            rule: &waiver.rule,
            at: waiver.at.as_ref().map(|at| at.as_str()),
            reason: &waiver.reason,
            by: &waiver.by,
            date: waiver.date.map(|date| date.to_string()),
            until: waiver.until.map(|date| date.to_string()),
        },
    });
    let unassessed = review.unassessed.iter();
    File {
        path,
        error: None,
        sha256: Some(Digest::of(source.text().as_bytes()).to_string()),
        report: review.report.as_ref().map(|report| Report {
            edition: report.edition.key(),
            agency: report.agency.name.as_deref(),
            year: report.header.year,
            title: report.title(),
            published: report.header.published.map(|date| date.to_string()),
        }),
        counts: counts(loaded),
        findings,
        waived: waived.collect(),
        unassessed: unassessed
            .map(|u| Unassessed {
                code: u.code,
                reason: &u.reason,
                figures: u.figures.iter().map(|label| places.location(label)).collect(),
            })
            .collect(),
        off: &review.off,
        figures: None,
        build: None,
    }
}

fn counts(loaded: &Loaded) -> Counts {
    let review = &loaded.review;
    let of = |severity: Severity| review.findings.iter().filter(|d| d.severity == severity).count();
    let tally = tally(review);
    Counts {
        errors: of(Severity::Error),
        warnings: of(Severity::Warning),
        hints: of(Severity::Hint),
        waived: review.waived.len(),
        rules: Rules {
            all: tally.rules,
            passed: tally.passed,
            found: tally.found,
            waived: tally.waived,
            unassessed: tally.unassessed,
            off: tally.off,
        },
        figures: Figures {
            all: review.coverage.n_quantities(),
            judged: review.coverage.count(FigureClass::Judged),
            bound: review.coverage.count(FigureClass::Bound),
            unjudged: review.coverage.count(FigureClass::Unjudged) + review.coverage.n_more,
        },
    }
}

struct Places<'a> {
    source: &'a SourceFile,
    lines: Lines<'a>,
}

impl<'a> Places<'a> {
    fn finding<'f>(&self, finding: &'f Diagnostic, fingerprint: String) -> Finding<'f>
    where
        'a: 'f,
    {
        Finding {
            code: finding.code,
            severity: finding.severity.key(),
            message: &finding.message,
            location: self.location(&finding.primary),
            related: finding.related.iter().map(|label| self.location(label)).collect(),
            help: &finding.help,
            authority: finding.authority.map(Authority::key),
            basis: finding.basis.iter().map(basis).collect(),
            fingerprint,
            repair: finding.repair.as_ref().map(|repair| {
                let range = locate(self.source, &repair.place);
                let (start, end) = (self.position(range.start), self.position(range.end));
                Change { start, end, text: &repair.text }
            }),
        }
    }

    fn location<'f>(&self, label: &'f Label) -> Location<'f>
    where
        'a: 'f,
    {
        let range = locate(self.source, &label.place);
        Location {
            path: path(&label.place),
            spot: self.source.spot(range.start),
            label: &label.text,
            start: self.position(range.start),
            end: self.position(range.end),
        }
    }

    fn position(&self, offset: usize) -> Position {
        let at = self.lines.position(offset);
        Position { line: at.line, column: at.column, offset }
    }
}

fn basis(provision: &Provision) -> Basis {
    Basis {
        title: provision.title,
        number: provision.number,
        article: provision.article,
        authority: provision.authority.key(),
    }
}
