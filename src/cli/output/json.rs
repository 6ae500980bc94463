//! Findings for other programs: version 1 of our JSON.
//!
//! The structs of this file are a promise. What must differ later gets another version; keys may be
//! added, none is renamed or taken away. Lines and columns count from 1, columns in characters,
//! offsets in bytes of UTF-8; `path` is the address of a value in the data file.

use serde::Serialize;

use super::fingerprint::{fingerprints, path, sha256};
use super::{Checked, waived};
use crate::cli::tally::tally;
use crate::cli::topic::severity_key;
use crate::diag::{Diagnostic, Label, Severity};
use crate::law::Provision;
use crate::load::Loaded;
use crate::source::{Lines, SourceFile, locate};

/// The version of this form.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Output<'a> {
    version: u32,
    program: Program,
    files: Vec<File<'a>>,
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
}

/// How many rules came out how.
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
    basis: Vec<Basis>,
    fingerprint: String,
}

#[derive(Serialize)]
struct Location<'a> {
    path: Option<&'a str>,
    label: &'a str,
    start: Position,
    end: Position,
}

#[derive(Serialize)]
struct Position {
    line: usize,
    column: usize,
    offset: usize,
}

#[derive(Serialize)]
struct Basis {
    title: &'static str,
    number: &'static str,
    article: &'static str,
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
}

/// One JSON object over all files, with a line end.
pub(super) fn render(checks: &[Checked]) -> String {
    let output = Output {
        version: VERSION,
        program: Program { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") },
        files: checks.iter().map(file).collect(),
    };
    // Strings, numbers and lists of them: there is nothing here that JSON cannot hold.
    serde_json::to_string_pretty(&output).unwrap_or_default() + "\n"
}

fn file(check: &Checked) -> File<'_> {
    let path = check.path.display().to_string();
    match &check.loaded {
        Ok(loaded) => read_file(path, loaded),
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
        },
    }
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
        sha256: Some(sha256(source)),
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
        unassessed: unassessed.map(|u| Unassessed { code: u.code, reason: &u.reason }).collect(),
        off: &review.off,
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
    }
}

struct Places<'a> {
    source: &'a SourceFile,
    lines: Lines<'a>,
}

impl Places<'_> {
    fn finding<'f>(&self, finding: &'f Diagnostic, fingerprint: String) -> Finding<'f> {
        Finding {
            code: finding.code,
            severity: severity_key(finding.severity),
            message: &finding.message,
            location: self.location(&finding.primary),
            related: finding.related.iter().map(|label| self.location(label)).collect(),
            help: &finding.help,
            basis: finding.basis.iter().map(basis).collect(),
            fingerprint,
        }
    }

    fn location<'f>(&self, label: &'f Label) -> Location<'f> {
        let range = locate(self.source, &label.place);
        Location {
            path: path(&label.place),
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
    Basis { title: provision.title, number: provision.number, article: provision.article }
}
