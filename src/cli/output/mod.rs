//! What the user sees: findings in six formats, and everything else that is printed.

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
mod table;

pub(super) use sum::{SumFormat, Summed};
pub(super) use summary::by_reason;
pub(super) use table::{Kind, Row};

use std::fmt::Display;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use crate::batch::{Made, Refusal};
use crate::compare::Comparison;
use crate::diag::{Diagnostic, Place, Severity};
use crate::files::{self, FileError};
use crate::load::Loaded;
use crate::report::Waiver;
use crate::review::Review;
use crate::source::SourceFile;
use crate::workbook::Fault;

/// How findings are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OutputFormat {
    /// With the lines they speak of, what to do and why.
    Full,
    /// One line each.
    Concise,
    /// For other programs: one object over all files; versioned.
    Json,
    /// The same, one object a line for each file.
    Jsonl,
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
        (Self::Jsonl, "jsonl"),
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

    /// The format that the command line asks for, else the environment, else the one for people.
    ///
    /// # Errors
    ///
    /// When what the environment asks for is no format.
    pub(super) fn chosen(typed: Option<Self>) -> Result<Self, String> {
        match (typed, std::env::var(FORMAT_VARIABLE)) {
            (Some(format), _) => Ok(format),
            (None, Ok(key)) if !key.trim().is_empty() => Self::from_key(&key)
                .map_err(|allowed| format!("环境变量 {FORMAT_VARIABLE} 不能写“{key}”，{allowed}")),
            (None, _) => Ok(Self::Full),
        }
    }
}

/// The variable that chooses the format of findings when the command line does not.
const FORMAT_VARIABLE: &str = "NIANBAO_OUTPUT_FORMAT";

/// How everything of a run is printed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Style {
    pub(super) format: OutputFormat,
    /// Whether what waivers cover is listed too.
    pub(super) waived: bool,
    /// Whether the run is over many files and ends with a table, which tells of those without findings.
    pub(super) many: bool,
}

impl Style {
    /// Whether the table and other words for people stand among the findings.
    fn is_for_people(self) -> bool {
        matches!(self.format, OutputFormat::Full | OutputFormat::Concise)
    }
}

/// What there is to print of one file.
pub(super) enum Piece {
    /// As it is.
    Text(String),
    /// An object of the list over all files.
    Object(String),
    /// To be numbered among all files of the run.
    Checked(Box<Checked>),
}

/// A data file that was to be checked, and what came of it.
pub(super) struct Checked {
    pub(super) path: PathBuf,
    pub(super) loaded: Result<Box<Loaded>, FileError>,
}

/// What there is to print of a file that was read, and of what was made of it if anything was to be.
pub(super) fn piece(style: Style, path: &Path, loaded: Box<Loaded>, made: Option<&Made>) -> Piece {
    let mut text = match style.format {
        OutputFormat::Full => full(&loaded, style),
        OutputFormat::Concise => {
            concise::render(&loaded, style.waived, !hides_summary(&loaded, style))
        }
        OutputFormat::Github => github::render(&loaded, style.waived),
        OutputFormat::Json => return Piece::Object(json::object(path, Ok(&loaded), made)),
        OutputFormat::Jsonl => return Piece::Text(json::line(path, Ok(&loaded), made)),
        OutputFormat::Sarif => {
            return Piece::Checked(Box::new(Checked { path: path.to_owned(), loaded: Ok(loaded) }));
        }
    };
    if !style.many {
        for output in made.iter().flat_map(|made| &made.outputs) {
            text.push_str(&format!("已生成 {}\n", output.path.display()));
        }
    }
    Piece::Text(text)
}

/// What other programs are told of a file that could not be read; people read it on standard error.
pub(super) fn unreadable(style: Style, path: &Path, error: FileError) -> Option<Piece> {
    match style.format {
        OutputFormat::Full | OutputFormat::Concise | OutputFormat::Github => None,
        OutputFormat::Json => Some(Piece::Object(json::object(path, Err(&error), None))),
        OutputFormat::Jsonl => Some(Piece::Text(json::line(path, Err(&error), None))),
        OutputFormat::Sarif => {
            Some(Piece::Checked(Box::new(Checked { path: path.to_owned(), loaded: Err(error) })))
        }
    }
}

fn full(loaded: &Loaded, style: Style) -> String {
    let mut text = full::render(loaded, style.waived, full::terminal_width());
    if !hides_summary(loaded, style) {
        text.push_str(&summary::render(loaded, style.waived));
        if style.many {
            text.push('\n');
        }
    }
    text
}

/// Whether the table says all there is to say of a file.
fn hides_summary(loaded: &Loaded, style: Style) -> bool {
    let review = &loaded.review;
    style.many
        && review.findings.is_empty()
        && review.waived.is_empty()
        && review.unassessed.is_empty()
        && review.off.is_empty()
}

/// Prints the pieces of a run in order, to standard output.
pub(super) struct Printer {
    style: Style,
    n_printed: usize,
    sarif: sarif::Log,
}

impl Printer {
    pub(super) fn begin(style: Style) -> Self {
        if style.format == OutputFormat::Json {
            print(&json::head());
        }
        Self { style, n_printed: 0, sarif: sarif::Log::default() }
    }

    pub(super) fn print(&mut self, piece: Piece) {
        match piece {
            Piece::Text(text) => print(&text),
            Piece::Object(object) => print(&json::element(&object, self.n_printed == 0)),
            Piece::Checked(checked) => self.sarif.add(&checked, self.style.waived),
        }
        self.n_printed += 1;
    }

    /// Ends what other programs read, also when the run was stopped.
    pub(super) fn end(self) {
        match self.style.format {
            OutputFormat::Json => print(&json::tail(self.n_printed == 0)),
            OutputFormat::Sarif => print(&self.sarif.render()),
            OutputFormat::Full
            | OutputFormat::Concise
            | OutputFormat::Jsonl
            | OutputFormat::Github => {}
        }
    }
}

/// Prints the table at the end of a run, where people read it.
pub(super) fn table(style: Style, rows: &[Row]) {
    if style.is_for_people() {
        print(&table::render(rows));
    }
}

/// Says why something could not be made, in the office's template if that is to blame.
pub(super) fn refusal(refusal: &Refusal) {
    match refusal {
        Refusal::Template { source, diagnostic, act } => {
            finding((**source).clone(), (**diagnostic).clone());
            error(&format!("{act}模板有错"));
        }
        Refusal::Other(why) => error(why),
    }
}

/// Says why nothing can be done with a data file, to standard error: standard output may be JSON.
pub(super) fn review(loaded: &Loaded) {
    complain(&full::render(loaded, false, full::terminal_width()));
    complain(&summary::render(loaded, false));
}

/// A path as it is typed behind a command: in quotes where blanks would tear it apart.
pub(super) fn argument(path: &Path) -> String {
    let path = path.display().to_string();
    if path.contains(char::is_whitespace) { format!("\"{path}\"") } else { path }
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
    /// Whether the rules across years could not judge something, because it is not filled in.
    pub(super) unassessed: bool,
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

/// Says what is wrong in a file, which need not be a data file, to standard error.
pub(super) fn finding(source: SourceFile, finding: Diagnostic) {
    let review = Review { findings: vec![finding], ..Review::default() };
    let loaded = Loaded { source, review, previous: None, units: None, children: Vec::new() };
    complain(&full::render(&loaded, false, full::terminal_width()));
}

/// Prints what units add up to; `all` lists every unit, however many there are.
pub(super) fn sum(summed: &Summed, format: SumFormat, all: bool) {
    match format {
        SumFormat::Text => print(&sum::render(summed, all)),
        SumFormat::Json => print(&sum_json::render(summed)),
    }
}

/// Says which figures of a data file have been changed, to standard error: standard output may be JSON.
pub(super) fn filled_in(path: &Path, replaced: &[String], filled: &[String]) {
    const NAMED: usize = 12;
    let mut text = match replaced.len() + filled.len() {
        0 => format!("{} 的数与汇总一致，没有改动\n", path.display()),
        n => format!("已填入 {}，改动 {n} 格：\n", path.display()),
    };
    // What was there before stands nowhere else any more.
    let shown = NAMED.saturating_sub(replaced.len());
    for change in replaced.iter().chain(filled.iter().take(shown)) {
        text.push_str(&format!("  {change}\n"));
    }
    if filled.len() > shown {
        text.push_str(&format!("  另有 {} 格原来未填\n", filled.len() - shown));
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

/// Says everything that is wrong with a workbook, to standard error, and what to do: once where it is the
/// same for several in a row.
pub(super) fn faults(faults: &[Fault]) {
    for alike in faults.chunk_by(|one, next| one.help == next.help) {
        for fault in alike {
            complain(&format!("错误：{fault}\n"));
        }
        let whose = match alike.len() {
            1 => String::new(),
            n => format!("（以上{n}处）"),
        };
        if let Some(fault) = alike.first().filter(|fault| !fault.help.is_empty()) {
            complain(&format!("  = 改法{whose}: {}\n", fault.help));
        }
    }
}

/// Says which file has been written, to standard error: standard output may hold findings for a program.
pub(super) fn written(path: &Path) {
    note(&format!("已生成 {}", path.display()));
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

/// Whether something that was to go to standard output has not got there.
static LOST: AtomicBool = AtomicBool::new(false);

/// Writes to standard output; a reader that has gone away is no error.
fn print(text: &str) {
    sent(anstream::stdout().write_all(text.as_bytes()));
}

/// Whether everything that was printed has got where it was to go; if not, it has been said why.
pub(super) fn is_whole() -> bool {
    sent(anstream::stdout().flush());
    !LOST.load(Ordering::SeqCst)
}

/// Says, once, that something that was to be printed is lost: nobody must take half of it for the whole.
fn sent(written: io::Result<()>) {
    let lost = written.err().filter(|error| error.kind() != io::ErrorKind::BrokenPipe);
    if let Some(why) = lost.filter(|_| !LOST.swap(true, Ordering::SeqCst)) {
        error(&format!("结果没有全部输出：{}", files::reason(&why)));
    }
}

/// Writes to standard error.
fn complain(text: &str) {
    let _ = anstream::stderr().write_all(text.as_bytes());
}
