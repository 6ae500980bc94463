//! The first half of the pipeline: a data file read, its figures bound, and all rules asked.

use crate::bind;
use crate::diag::{Diagnostic, Place, Problem, Severity};
use crate::report::{FieldPath, Report};
use crate::rules::{self, Coverage, Given, Rule, Unassessed};
use crate::source::{self, Item, Lines, SourceFile};

/// Everything there is to say of a data file.
#[derive(Debug, Clone, Default)]
pub struct Review {
    /// The report with its figures bound, unless the file is no TOML or names no edition.
    pub report: Option<Report>,
    /// Problems of the file and findings of the rules, in the order of the file.
    pub findings: Vec<Diagnostic>,
    /// Findings that a waiver covers, in the order of the file, each with the index of its waiver in
    /// the report.
    pub waived: Vec<(Diagnostic, usize)>,
    /// The rules that could not judge.
    pub unassessed: Vec<Unassessed>,
    /// The codes of the rules that the data file turns off.
    pub off: Vec<&'static str>,
    /// The items to be filled, filled or not.
    pub items: Vec<Item>,
    /// The figures of the texts, with what each was held against.
    pub coverage: Coverage,
}

impl Review {
    /// True if all that was typed could be read, although something that must be there may be missing,
    /// in this file or among the files that it names.
    pub fn is_readable(&self) -> bool {
        let is_missing = |finding: &Diagnostic| finding.code == source::codes::MISSING_KEY;
        let is_elsewhere = |finding: &Diagnostic| {
            let places = ["report.previous", "report.units", "second.entry"];
            finding.code == source::codes::INVALID_VALUE
                && places
                    .iter()
                    .any(|place| finding.primary.place == Place::Value(FieldPath::new(*place)))
        };
        self.report.is_some()
            && self
                .findings
                .iter()
                .all(|finding| !is_of_file(finding) || is_missing(finding) || is_elsewhere(finding))
    }

    /// True if nothing is filled yet but what a fresh data file begins with.
    pub fn is_fresh(&self) -> bool {
        let is_head = |item: &Item| {
            ["report", "agency"].iter().any(|table| item.path.is_within(&FieldPath::new(*table)))
        };
        !self.items.is_empty()
            && self.items.iter().all(|item| is_head(item) || !item.is_filled)
            && self
                .findings
                .iter()
                .all(|finding| !is_of_file(finding) || UNFILLED.contains(&finding.code))
    }

    /// True if all that was typed could be read; if not, no document holds all of it.
    pub fn is_understood(&self) -> bool {
        self.report.is_some() && !self.findings.iter().any(is_of_file)
    }
}

/// Everything that can be wrong with a data file itself, in the order of the codes.
pub fn problems() -> impl Iterator<Item = &'static Problem> {
    source::PROBLEMS.iter().chain(bind::PROBLEMS).chain(rules::PROBLEMS).chain(source::TRACES)
}

/// Reads a data file, binds its figures and checks it against all rules.
///
/// The texts can name the figures of the report of the year before, if that is given.
pub fn review(source: &SourceFile, given: Given<'_>) -> Review {
    review_by(source, given, |_| true)
}

/// As [`review()`], with only the rules that are wanted.
pub fn review_by(
    source: &SourceFile,
    given: Given<'_>,
    is_wanted: impl Fn(&Rule) -> bool,
) -> Review {
    judge(source, source::read(source), given, &is_wanted)
}

/// As [`review()`] for a data file that has been [read](source::read) already.
pub(crate) fn review_read(
    source: &SourceFile,
    read: (Option<Report>, Vec<Diagnostic>),
    given: Given<'_>,
) -> Review {
    judge(source, read, given, &|_| true)
}

fn judge(
    source: &SourceFile,
    (report, mut findings): (Option<Report>, Vec<Diagnostic>),
    given: Given<'_>,
    is_wanted: &dyn Fn(&Rule) -> bool,
) -> Review {
    let Some(report) = report else {
        return Review { findings, ..Review::default() };
    };
    let (mut report, unbound) = bind::bind(report, given.previous);
    findings.extend(unbound);
    let own_levels = report.settings.levels.clone();
    if let Some(office) = given.office {
        report.settings = report.settings.under(office);
    }
    let mut checked = rules::check_by(&report, given, is_wanted);
    if let Some(office) = given.office {
        let is_overruled = |finding: &&mut Diagnostic| {
            let own = own_levels.iter().find(|(code, _)| code == finding.code);
            own.is_some_and(|own| !report.settings.levels.contains(own))
        };
        for finding in checked.findings.iter_mut().filter(is_overruled) {
            finding.help.push(overruled("[rules.severity] 里写的程度"));
        }
        let is_set = |(finding, _): &mut (Diagnostic, usize)| office.governs(finding.code);
        let unwaived = checked.waived.extract_if(.., is_set);
        let unwaived = unwaived.map(|(finding, _)| finding.help(overruled("[[waivers]] 里的豁免")));
        checked.findings.extend(unwaived);
    }
    // What a rule says of a value that could not even be read is only an echo.
    let echoed: Vec<Place> = findings.iter().map(|finding| finding.primary.place.clone()).collect();
    let all_read = !findings.iter().any(is_of_file);
    let own = checked.findings.into_iter().filter(|finding| {
        // A waiver may well wait for a figure that could not be read.
        (all_read || finding.code != rules::UNUSED_WAIVER)
            && !echoed.iter().any(|place| is_inside(&finding.primary.place, place))
    });
    findings.extend(own);
    let order =
        |finding: &Diagnostic| (source::locate(source, &finding.primary.place).start, finding.code);
    findings.sort_by_cached_key(order);
    // Of a published report nothing is still to be filled in.
    let items = if source.is_published() { Vec::new() } else { source::items(source, &report) };
    point_at_kept_lines(&items, &mut findings);
    let mut waived = checked.waived;
    waived.sort_by_cached_key(|(finding, _)| order(finding));
    let mut coverage = checked.coverage;
    coverage.mark(&findings);
    Review {
        report: Some(report),
        findings,
        waived,
        unassessed: checked.unassessed,
        off: checked.off,
        items,
        coverage,
    }
}

/// The remark on what a data file says of a rule that its office has set, which counts for nothing.
fn overruled(what: &str) -> String {
    format!("上级机关的检查规则写了这一条，{what}不起作用；确有理由的，请上级机关改它的规则")
}

/// The things a rule could not judge, in words: the figures of the texts with their lines, where it is of some.
pub fn unassessed_reason(
    source: &SourceFile,
    lines: &Lines<'_>,
    unassessed: &Unassessed,
) -> String {
    const NAMED: usize = 4;
    let reason = &unassessed.reason;
    if unassessed.figures.is_empty() {
        return reason.clone();
    }
    let told = unassessed.figures.iter().take(NAMED).map(|label| {
        let line = lines.position(source::locate(source, &label.place).start).line;
        format!("第{line}行“{}”", label.text)
    });
    let more = match unassessed.figures.len() {
        n if n > NAMED => format!("等{n}个数"),
        _ => String::new(),
    };
    format!("{}{more}{reason}", told.collect::<Vec<_>>().join("、"))
}

/// The codes of findings that say that something is not filled.
pub(crate) const UNFILLED: &[&str] =
    &[source::codes::MISSING_KEY, "NB001", "NB005", "NB007", "NB201", "NB301", "NB401"];

/// Names the lines that a starter keeps for what is not filled, so that nobody need write a key.
fn point_at_kept_lines(items: &[Item], findings: &mut [Diagnostic]) {
    for finding in findings.iter_mut().filter(|finding| UNFILLED.contains(&finding.code)) {
        let Some(path) = value(&finding.primary.place) else { continue };
        let inside: Vec<&Item> = items
            .iter()
            .filter(|item| {
                item.line.is_some() && (item.path.is_within(path) || path.is_within(&item.path))
            })
            .collect();
        // A finding on some rows of one table is none on those of the tables below.
        let own: Vec<&Item> =
            inside.iter().copied().filter(|item| item.path.parent() == *path).collect();
        let is_whole = finding.code == "NB001" || own.is_empty();
        let mut lines: Vec<usize> =
            if is_whole { inside } else { own }.iter().filter_map(|item| item.line).collect();
        lines.sort_unstable();
        let lines = match lines.as_slice() {
            [] => continue,
            [first, .., last] if lines.len() > 6 => format!("第{first}行至第{last}行"),
            some => {
                let some: Vec<String> = some.iter().map(ToString::to_string).collect();
                format!("第{}行", some.join("、"))
            }
        };
        finding.help = vec![format!("{lines}：删去行首的 #，在等号后填写；没有发生的填 0")];
    }
}

/// True if a finding says that something in the data file could not be understood.
fn is_of_file(finding: &Diagnostic) -> bool {
    finding.code.starts_with("DF") && finding.severity == Severity::Error
}

/// True if one place lies in the value that another one names.
fn is_inside(place: &Place, outer: &Place) -> bool {
    match (value(place), value(outer)) {
        (Some(place), Some(outer)) => place.is_within(outer),
        _ => false,
    }
}

/// The value that a place names as a whole.
fn value(place: &Place) -> Option<&FieldPath> {
    match place {
        Place::Value(path) | Place::Key(path) => Some(path),
        Place::Text(..) | Place::Bytes(_) | Place::File => None,
    }
}
