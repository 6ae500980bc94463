//! What the user sees: findings in five formats, and everything else that is printed.

mod comparison;
mod comparison_json;
mod concise;
mod excerpt;
mod fingerprint;
mod full;
mod github;
mod json;
mod sarif;
mod sum;
mod sum_json;
mod summary;

pub(super) use fingerprint::sha256;
pub(super) use sum::{SumFormat, Summed};
pub(super) use summary::by_reason;

use std::fmt::Display;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use crate::Review;
use crate::compare::Comparison;
use crate::diag::{Diagnostic, Place, Severity};
use crate::files::FileError;
use crate::load::Loaded;
use crate::report::Waiver;
use crate::source::SourceFile;

/// How findings are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OutputFormat {
    /// With the lines they speak of, what to do and why.
    Full,
    /// One line each.
    Concise,
    /// For other programs; versioned.
    Json,
    /// For code scanning: SARIF 2.1.0.
    Sarif,
    /// For workflows: annotations.
    Github,
}

impl OutputFormat {
    /// All formats with their names on the command line.
    const ALL: &'static [(Self, &'static str)] = &[
        (Self::Full, "full"),
        (Self::Concise, "concise"),
        (Self::Json, "json"),
        (Self::Sarif, "sarif"),
        (Self::Github, "github"),
    ];

    /// The format with that name; else what can be written instead.
    pub(super) fn from_key(key: &str) -> Result<Self, String> {
        let found = Self::ALL.iter().find(|(_, name)| *name == key.trim());
        found.map(|(format, _)| *format).ok_or_else(|| {
            let names: Vec<&str> = Self::ALL.iter().map(|(_, name)| *name).collect();
            format!("可以写 {}", names.join("、"))
        })
    }
}

/// A data file that was to be checked, and what came of it.
pub(super) struct Checked {
    pub(super) path: PathBuf,
    pub(super) loaded: Result<Loaded, FileError>,
}

/// Prints what there is to say of data files, to standard output; files that could not be read go to
/// standard error too. `waived` also lists what waivers cover.
pub(super) fn checks(checks: &[Checked], format: OutputFormat, waived: bool) {
    for check in checks {
        match (&check.loaded, format) {
            (Ok(loaded), OutputFormat::Full) => review(loaded, waived),
            (Ok(loaded), OutputFormat::Concise) => print(&concise::render(loaded, waived)),
            (Ok(loaded), OutputFormat::Github) => print(&github::render(loaded, waived)),
            (Ok(_), OutputFormat::Json | OutputFormat::Sarif) => {}
            (Err(why), _) => error(why),
        }
    }
    match format {
        OutputFormat::Json => print(&json::render(checks)),
        OutputFormat::Sarif => print(&sarif::render(checks, waived)),
        OutputFormat::Full | OutputFormat::Concise | OutputFormat::Github => {}
    }
}

/// Prints what there is to say of one data file, with its lines and a summary.
pub(super) fn review(loaded: &Loaded, waived: bool) {
    print(&full::render(loaded, waived, full::terminal_width()));
    print(&summary::render(loaded, waived));
}

/// Two reports side by side, and how to show them.
pub(super) struct Compared<'a> {
    /// The figures.
    pub(super) comparison: &'a Comparison,
    /// What is found only because the year before is known.
    pub(super) findings: &'a [Across],
    /// The names of the earlier and the later file.
    pub(super) files: [String; 2],
    /// How many errors the check of each of them finds.
    pub(super) errors: [usize; 2],
    /// Whether the later file names the earlier one, so that its check knows it too.
    pub(super) names_last: bool,
    /// Whether lines that are 0 in both years are listed.
    pub(super) all: bool,
    /// Whether table 2 is listed for each kind of applicant.
    pub(super) applicants: bool,
}

/// A finding that there is only because the year before is known.
pub(super) struct Across {
    pub(super) code: &'static str,
    pub(super) severity: Severity,
    pub(super) message: String,
    pub(super) help: Vec<String>,
    /// The line of the later file.
    pub(super) line: usize,
    pub(super) place: Place,
}

/// Prints two reports side by side as a table.
pub(super) fn comparison(compared: &Compared<'_>) {
    print(&comparison::render(compared, full::terminal_width()));
}

/// Prints two reports side by side for other programs.
pub(super) fn comparison_json(compared: &Compared<'_>) {
    print(&comparison_json::render(compared));
}

/// Prints one finding in a file of its own, which need not be a data file.
pub(super) fn finding(source: SourceFile, finding: Diagnostic) {
    let review = Review { findings: vec![finding], ..Review::default() };
    let loaded = Loaded { source, review, previous: None, units: None };
    print(&full::render(&loaded, false, full::terminal_width()));
}

/// Says which file has been written, to standard output.
pub(super) fn written(path: &Path) {
    print(&format!("已生成 {}\n", path.display()));
}

/// Prints what units add up to; `all` lists every unit, however many there are.
pub(super) fn sum(summed: &Summed, format: SumFormat, all: bool) {
    match format {
        SumFormat::Full => print(&sum::render(summed, all)),
        SumFormat::Json => print(&sum_json::render(summed)),
    }
}

/// Says which figures of a data file have been changed, to standard error: standard output may be JSON.
pub(super) fn filled_in(path: &Path, changes: &[String]) {
    const NAMED: usize = 12;
    let mut text = match changes.len() {
        0 => format!("{} 的数与汇总一致，没有改动\n", path.display()),
        n => format!("已填入 {}，改动 {n} 格：\n", path.display()),
    };
    for change in changes.iter().take(NAMED) {
        text.push_str(&format!("  {change}\n"));
    }
    if changes.len() > NAMED {
        text.push_str(&format!("  另有 {} 格\n", changes.len() - NAMED));
    }
    complain(&text);
}

/// Prints a text as it is, to standard output.
pub(super) fn text(text: &str) {
    print(text);
}

/// Says why something could not be done, to standard error.
pub(super) fn error(why: &impl Display) {
    complain(&format!("错误：{why}\n"));
}

/// Adds a word to what has been said, to standard error.
pub(super) fn note(text: &str) {
    complain(&format!("{text}\n"));
}

/// The findings that waivers cover, each with its waiver.
pub(super) fn waived(loaded: &Loaded) -> impl Iterator<Item = (&Diagnostic, &Waiver)> {
    let waivers = loaded.review.report.as_ref().map_or(&[][..], |report| &report.waivers);
    loaded
        .review
        .waived
        .iter()
        .filter_map(|(finding, waiver)| Some((finding, waivers.get(*waiver)?)))
}

/// Reason, name and date of a waiver, in one phrase.
fn reason(waiver: &Waiver) -> String {
    let date = waiver.date.map(|date| format!("，{date}")).unwrap_or_default();
    format!("{}（{}{date}）", waiver.reason, waiver.by)
}

/// A text on one line.
fn on_one_line(text: &str) -> String {
    text.split(['\n', '\r'])
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Writes to standard output; a reader that has gone away is no error.
fn print(text: &str) {
    let _ = anstream::stdout().write_all(text.as_bytes());
}

/// Writes to standard error.
fn complain(text: &str) {
    let _ = anstream::stderr().write_all(text.as_bytes());
}
