//! A report as it lies on disk: its data file, that of the year before, and what its units handed in.

mod characters;
mod figures;
mod folder_list;
mod hand_in;
mod leftover;
mod list_error;
mod listed;
mod next;
mod office_rules;
mod published;
mod second;
mod share_cache;
mod sheet;
mod tally;
mod unit_files;
mod units;

use std::path::{Path, PathBuf};

pub use characters::UNPRINTABLE;
pub use figures::TOO_LONG;
pub(crate) use folder_list::folder_as_list;
pub use hand_in::hand_in_all;
pub(crate) use hand_in::{Kept, hand_in_cached, load_alone};
pub(crate) use leftover::{Leftover, counted, is_data_path, is_left_behind, is_own, leftover};
pub(crate) use list_error::ListError;
pub use listed::NOT_AS_LISTED;
pub(crate) use listed::{Listed, MissingUnit};
pub(crate) use next::{Foundation, concerns_what_is_carried, foundation, next_report};
pub(crate) use office_rules::read_office_rules;
pub(crate) use published::{is_published, is_something_else, is_whole_report, read_report};
pub use second::ENTRIES_DIFFER;
pub(crate) use second::{SecondEntry, begin_second, is_second_entry, second_path};
pub(crate) use sheet::{by_reason, sheet_of, waived};
pub(crate) use tally::tally;
pub(crate) use unit_files::{file_of, holds_own, owner};
pub use units::read_list;
pub(crate) use units::{ASIDE, EARLIER, INBOX, LIST_NAME, OUTBOX, SENT_BACK, Unlisted, unlisted};

use crate::bind;
use crate::diag::{Diagnostic, Place, Severity};
use crate::files::{self, FileError};
use crate::report::{FieldPath, Header, Report, Settings};
use crate::review::{Review, review_read};
use crate::rules::Given;
use crate::source::{self, Position, SourceFile, codes};
use crate::trace::{Shown, shown};
use crate::units::Summary;

/// A data file that has been read, and what there is to say of it.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// The data file.
    pub source: SourceFile,
    /// The report in it and its findings.
    pub review: Review,
    /// The data file of the year before, if it names one; whether it could be read is a finding.
    pub previous: Option<PathBuf>,
    /// The list of the units it adds up, if it names one; whether it could be read is a finding.
    pub units: Option<PathBuf>,
    /// The data files of those units, those of the year before which these name, and the rules of the office, whether
    /// they are there or not.
    pub children: Vec<PathBuf>,
    /// The sum of what those units handed in.
    pub summary: Option<Summary>,
    /// The comparison with the second entry of the tables, if there is one.
    pub(crate) second: Option<SecondEntry>,
}

impl Loaded {
    /// A figure of the report with all that it stands in, as pages show it; none where there is no such figure, or no
    /// report.
    pub(crate) fn traced(&self, at: &FieldPath) -> Option<Shown> {
        let report = self.review.report.as_ref()?;
        shown(report, &self.review.coverage, self.summary.as_ref(), at)
    }

    /// A file that names no other.
    pub(crate) fn alone(source: SourceFile, review: Review) -> Self {
        Self {
            source,
            review,
            previous: None,
            units: None,
            children: Vec::new(),
            summary: None,
            second: None,
        }
    }
}

/// Reads and reviews a data file, together with that of the year before and those of the units it adds
/// up, if it names them. A list of units is checked as such.
///
/// # Errors
///
/// When the data file itself cannot be read.
pub fn load(path: &Path) -> Result<Loaded, FileError> {
    load_keeping(path, &mut Kept::default())
}

/// As [`load`], for who loads the same data file again and again: what units handed in is kept, and read
/// again only when a file of theirs has changed.
///
/// # Errors
///
/// As [`load`].
pub(crate) fn load_keeping(path: &Path, kept: &mut Kept) -> Result<Loaded, FileError> {
    load_under(path, kept, None)
}

/// As [`load_keeping`], by the rules of the office above, which nothing in the data file loosens.
///
/// # Errors
///
/// As [`load`].
pub(crate) fn load_under(
    path: &Path,
    kept: &mut Kept,
    office: Option<&Settings>,
) -> Result<Loaded, FileError> {
    if is_published(path) {
        return published::load(path, office);
    }
    let source = if path.as_os_str() == STANDARD_INPUT {
        const NAME: &str = "标准输入";
        SourceFile::parse(NAME, files::read_standard_input(NAME)?)
    } else {
        open(path)?
    };
    if source.is_unit_list() {
        let (_, findings) = source::read_units(&source);
        let review = Review { findings, ..Review::default() };
        return Ok(Loaded::alone(source, review));
    }
    let read = source::read(&source);
    let (header, agency) = header_of(&read);
    let folder = path.parent().unwrap_or_else(|| Path::new(""));
    let list = header.units.as_ref().map(|list| folder.join(unit_files::native(list)));
    let (summary, children, problem) = match list.as_deref() {
        Some(list) if !files::is_there(list) => {
            let problem = absent("report.units", list, UNITS_ABSENT, Severity::Error);
            (None, Vec::new(), Some(problem))
        }
        Some(list) => match units::summary_for(path, list, agency.as_deref(), header.year, kept) {
            Ok((summary, files)) => (Some(summary), files, None),
            Err((why, help)) => (None, Vec::new(), Some(useless("report.units", why, help))),
        },
        None => (None, Vec::new(), None),
    };
    let previous = previous_of(&read, folder);
    let given = Beside { children: summary.as_ref(), office };
    let mut review = review_with(&source, read, previous.as_deref(), given, Severity::Error);
    review.findings.splice(0..0, problem);
    let mut second = None;
    if let Some(report) = &review.report {
        let characters = characters::findings(&source, report, path);
        let (entry, differ) = second::compared(path, report);
        second = entry;
        for finding in characters.into_iter().chain(figures::findings(report)).chain(differ) {
            let start =
                |finding: &Diagnostic| source::locate(&source, &finding.primary.place).start;
            let at = review.findings.partition_point(|other| start(other) <= start(&finding));
            review.findings.insert(at, finding);
        }
    }
    Ok(Loaded { source, review, previous, units: list, children, summary, second })
}

/// The name by which the command line asks for a data file on standard input.
pub(crate) const STANDARD_INPUT: &str = "-";

fn open(path: &Path) -> Result<SourceFile, FileError> {
    Ok(SourceFile::parse(path.display().to_string(), files::read_text(path)?))
}

/// The result of [`source::read`].
type Read = (Option<Report>, Vec<Diagnostic>);

/// The header of a data file and the name of its body, as far as they can be read.
fn header_of((report, _): &Read) -> (Header, Option<String>) {
    let report = report.as_ref();
    report.map(|report| (report.header.clone(), report.agency.name.clone())).unwrap_or_default()
}

/// The data file of the year before, if a data file of that folder names one.
fn previous_of((report, _): &Read, folder: &Path) -> Option<PathBuf> {
    let previous = report.as_ref().and_then(|report| report.header.previous.as_ref());
    previous.map(|previous| folder.join(unit_files::native(previous)))
}

/// The values that a report is held against, but for that of the year before.
#[derive(Clone, Copy, Default)]
struct Beside<'a> {
    children: Option<&'a Summary>,
    office: Option<&'a Settings>,
}

/// The review of a data file against that of the year before. How bad it is if that is not there,
/// `if_absent` says.
fn review_with(
    source: &SourceFile,
    read: Read,
    previous: Option<&Path>,
    Beside { children, office }: Beside<'_>,
    if_absent: Severity,
) -> Review {
    let (report, problem) = match previous {
        Some(path) if !files::is_there(path) => {
            (None, Some(absent("report.previous", path, PREVIOUS_ABSENT, if_absent)))
        }
        Some(path) => match load_previous(path) {
            Ok((report, 0)) => (Some(report), None),
            Ok((report, n)) => (Some(report), Some(unclear(path, n))),
            Err(why) => (None, Some(useless("report.previous", why, PREVIOUS_PATH))),
        },
        None => (None, None),
    };
    let mut review =
        review_read(source, read, Given { previous: report.as_ref(), children, office });
    review.findings.splice(0..0, problem);
    review
}

const PREVIOUS_PATH: &str = "路径从本数据文件所在的文件夹算起；没有上一年度的数据文件就删去这一行";

/// The checks that a missing file of the year before leaves undone, and the remedy.
const PREVIOUS_ABSENT: [&str; 2] = ["没有与上年核对", PREVIOUS_PATH];

/// The checks that a missing list of units leaves undone, and the remedy.
const UNITS_ABSENT: [&str; 2] = ["没有与下级单位核对", units::PATH];

/// A file that the data file names is not there, and a check that was asked for not done.
fn absent(at: &str, path: &Path, [undone, help]: [&str; 2], severity: Severity) -> Diagnostic {
    let message = format!("没有 {} 这个文件，{undone}", path.display());
    let place = Place::Value(FieldPath::new(at));
    Diagnostic::new(codes::INVALID_VALUE, severity, place, message, "").help(help)
}

/// A file that the data file names is there and of no use.
fn useless(at: &str, why: String, help: &str) -> Diagnostic {
    let place = Place::Value(FieldPath::new(at));
    Diagnostic::new(codes::INVALID_VALUE, Severity::Error, place, why, "").help(help)
}

/// Last year's file can be used, but not all of it.
fn unclear(path: &Path, n: usize) -> Diagnostic {
    let place = Place::Value(FieldPath::new("report.previous"));
    let message = format!("上一年度的数据文件有 {n} 处看不懂，那里的数不参加跨年检查");
    Diagnostic::new(codes::INVALID_VALUE, Severity::Warning, place, message, "")
        .help(format!("先用 nianbao check {} 查看并改正", path.display()))
}

/// The report of the year before, its texts bound, and how many places of its file were not understood.
fn load_previous(path: &Path) -> Result<(Report, usize), String> {
    if is_published(path) {
        return published::previous(path);
    }
    let text = files::read_text(path).map_err(|error| error.to_string())?;
    let source = SourceFile::parse(path.display().to_string(), text);
    let (report, problems) = source::read(&source);
    let unreadable = || {
        let what = first_problem(&source, &problems);
        format!("上一年度的数据文件 {} {what}", path.display())
    };
    let n_unclear = problems.iter().filter(|problem| problem.severity == Severity::Error).count();
    // Its texts are compared as they were printed; what cannot be bound is the business of its own check.
    Ok((bind::bind(report.ok_or_else(unreadable)?, None).0, n_unclear))
}

/// The first problem of a file that is of no use, with its place.
fn first_problem(source: &SourceFile, found: &[Diagnostic]) -> String {
    let Some(first) = found.first() else { return "看不懂".to_owned() };
    let at = source::locate(source, &first.primary.place).start;
    format!("第{}行有错误：{}", Position::of(source.text(), at).line, first.message)
}
