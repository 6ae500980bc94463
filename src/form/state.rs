//! The state of an open data file, as the page is told of it.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Serialize;

use super::desk::Standing;
use super::fields::Fields;
use super::findings::{self, Found};
use super::second::{self, SecondState};
use crate::diag::{Diagnostic, Place, Severity};
use crate::digest::Digest;
use crate::edition::{self, Axis as _, Edition};
use crate::load::{Loaded, is_second_entry};
use crate::report::{FieldPath, Report, Whose, place_name};
use crate::review::UNFILLED;
use crate::rules::{Coverage, OverviewLength, overview_length};
use crate::source::{KEY_TABLES, codes};
use crate::trace::{Texts, Told, Typed, told};
use crate::units::Figure;

/// All that the page shows.
#[derive(Debug, Serialize)]
pub(super) struct State {
    /// The digest of the file: the same for the same bytes.
    revision: String,
    title: String,
    /// True if it holds nothing but a second entry of the three tables.
    is_second: bool,
    /// The comparison with the second entry, where there is one.
    second: Option<SecondState>,
    /// The obstacle that keeps the form from being filled at the moment.
    trouble: Option<String>,
    /// True if a document can be made, even as a draft only.
    can_be_made: bool,
    is_draft: bool,
    /// The contents of each filled field.
    values: BTreeMap<String, String>,
    /// The totals that are added up, as they will be printed.
    sums: BTreeMap<String, String>,
    /// The figures of the year before.
    last: BTreeMap<String, String>,
    /// The remarks on cells.
    notes: BTreeMap<String, String>,
    texts: BTreeMap<String, TextState>,
    parts: BTreeMap<&'static str, usize>,
    sections: BTreeMap<&'static str, Progress>,
    findings: Vec<Found>,
    waived: Vec<Accepted>,
    scopes: Vec<Declared>,
    sources: Vec<SourceState>,
    /// The figures without a source, in words; none where no source is named at all.
    without_source: Vec<String>,
    /// The rules whose severity the file sets, each with its level.
    levels: Vec<(String, &'static str)>,
    /// The characters of section one, and how many it may have.
    overview: Length,
    unassessed: Vec<String>,
    /// The digest of the text of which the last check sheet was made.
    signed: Option<String>,
    #[serde(flatten)]
    standing: Standing,
}

impl State {
    /// The digest of the file.
    pub(super) fn revision(&self) -> &str {
        &self.revision
    }
}

/// The remarks on a text besides its words.
#[derive(Debug, Default, Serialize)]
struct TextState {
    /// The figures that the program puts in: where they stand in the text, and what is printed.
    bound: Vec<(Typed, String)>,
    /// The characters as printed.
    length: usize,
    /// Its own figures, in their order.
    figures: Vec<Told>,
}

/// The length of section one.
#[derive(Debug, Serialize)]
struct Length {
    n: usize,
    limit: usize,
    /// True if the file sets the limit.
    is_local: bool,
}

/// The progress of a section.
#[derive(Debug, Default, Serialize)]
struct Progress {
    filled: usize,
    all: usize,
    errors: usize,
    others: usize,
}

/// A finding that was accepted.
#[derive(Debug, Serialize)]
struct Accepted {
    index: usize,
    code: String,
    message: String,
    reason: String,
    by: String,
    date: String,
}

/// A declaration of whose some figures of the texts are.
#[derive(Debug, Serialize)]
struct Declared {
    index: usize,
    /// The address of the text, or of the part that holds it.
    at: String,
    /// The section of the text, in words.
    place: String,
    words: Option<String>,
    whose: &'static str,
    reason: String,
}

/// The source of some figures.
#[derive(Debug, Serialize)]
struct SourceState {
    at: String,
    /// The figures in words.
    place: String,
    from: String,
    date: String,
    by: String,
}

/// The state of a loaded file.
pub(super) fn state(loaded: &Loaded, standing: Standing, signed: Option<String>) -> State {
    let review = &loaded.review;
    let empty = Report::empty(Edition::LATEST);
    let report = review.report.as_ref().unwrap_or(&empty);
    let fields = Fields::of(report.form());
    let slip = review.findings.iter().find(|finding| finding.code == codes::SYNTAX);
    let trouble = match (slip, &review.report) {
        (None, Some(_)) => None,
        (Some(slip), _) => Some(slip.message.clone()),
        (None, None) => Some("文件读不懂，可能不是年报的数据文件".to_owned()),
    };
    let is_second = is_second_entry(Path::new(loaded.source.name()));
    let findings = findings::findings(loaded, report, &fields, is_second);
    let levels = report.settings.levels.iter();
    let OverviewLength { n, limit, is_local } = overview_length(report);
    let is_error = |finding: &Diagnostic| finding.severity == Severity::Error;
    State {
        revision: Digest::of(loaded.source.text().as_bytes()).to_string(),
        title: report.title(),
        is_second,
        second: second::standing(loaded, report),
        trouble,
        can_be_made: review.is_readable(),
        is_draft: review.findings.iter().any(is_error),
        values: values(report, &fields),
        sums: sums(report, &fields),
        last: last(report, &fields),
        notes: report.notes.iter().map(|note| (note.at.to_string(), note.text.clone())).collect(),
        texts: texts(report, &loaded.review.coverage),
        parts: [
            ("overview", report.overview.parts.len()),
            ("problems", report.problems.parts.len()),
            ("other", report.other.narrative.parts.len()),
        ]
        .into(),
        sections: progress(loaded, report),
        findings,
        waived: accepted(loaded, report),
        scopes: declared(report, &fields),
        sources: sources(report),
        without_source: without_source(report),
        levels: levels.map(|(code, level)| (code.clone(), level.key())).collect(),
        overview: Length { n, limit, is_local },
        unassessed: review.unassessed.iter().map(|one| one.reason.clone()).collect(),
        signed,
        standing,
    }
}

fn values(report: &Report, fields: &Fields) -> BTreeMap<String, String> {
    let figures = fields.figures().map(|(path, _)| path.clone());
    let keys = KEY_TABLES.iter().flat_map(|table| {
        (0..table.count(report)).flat_map(move |index| {
            let keys = table.keys.iter().filter(|key| key.holds_value());
            keys.map(move |key| table.address(index).key(key.name))
        })
    });
    let shown = |path: FieldPath| Some((path.to_string(), fields.shown(report, &path)?));
    figures.chain(keys).filter_map(shown).collect()
}

fn sums(report: &Report, fields: &Fields) -> BTreeMap<String, String> {
    let sum = |(path, figure): (&FieldPath, Figure)| match figure {
        Figure::Cell(cell) if cell.is_total() && report.typed(cell).is_absent() => {
            Some((path.to_string(), report.printed(cell)?.to_string()))
        }
        Figure::Cell(_) | Figure::FeeNotices | Figure::FeeAmount => None,
    };
    fields.figures().filter_map(sum).collect()
}

/// The figures of the year before of cells that mean the same in both forms.
fn last(report: &Report, fields: &Fields) -> BTreeMap<String, String> {
    let Some(last) = report.previous.as_deref() else { return BTreeMap::new() };
    let cells: Vec<_> = edition::comparable(last.edition, report.edition).collect();
    let printed = |(path, figure): (&FieldPath, Figure)| match figure {
        Figure::Cell(cell) if cells.contains(&cell) => {
            Some((path.to_string(), last.printed(cell)?.to_string()))
        }
        Figure::Cell(_) => None,
        Figure::FeeNotices | Figure::FeeAmount => {
            Some((path.to_string(), figure.of(last)?.to_string()))
        }
    };
    fields.figures().filter_map(printed).collect()
}

fn texts(report: &Report, coverage: &Coverage) -> BTreeMap<String, TextState> {
    let texts = Texts::of(report);
    let mut states: BTreeMap<String, TextState> = BTreeMap::new();
    for (path, text) in report.texts() {
        let bound = text.bound().iter().filter_map(|bound| {
            let words = texts.typed(&path, &bound.typed)?;
            Some((words, text.printed().get(bound.printed.clone())?.to_owned()))
        });
        let length = text.printed().chars().filter(|c| !c.is_whitespace()).count();
        let state = TextState { bound: bound.collect(), length, figures: Vec::new() };
        states.insert(path.to_string(), state);
    }
    for seen in coverage.figures.iter().filter(|seen| seen.mark().is_some()) {
        let Place::Text(path, _) = &seen.place else { continue };
        if let Some(state) = states.get_mut(path.as_str()) {
            state.figures.push(told(seen, report, &texts));
        }
    }
    states
}

fn progress(loaded: &Loaded, report: &Report) -> BTreeMap<&'static str, Progress> {
    let mut sections: BTreeMap<&'static str, Progress> = BTreeMap::new();
    for title in report.form().sections {
        sections.entry(title.section.key()).or_default();
    }
    sections.entry("head").or_default();
    for item in &loaded.review.items {
        let section = sections.entry(findings::section_of(&item.path)).or_default();
        section.all += 1;
        section.filled += usize::from(item.is_filled);
    }
    for finding in loaded.review.findings.iter().filter(|one| !UNFILLED.contains(&one.code)) {
        let section = match &finding.primary.place {
            Place::Value(path) | Place::Key(path) | Place::Text(path, _) => {
                findings::section_of(path)
            }
            Place::Bytes(_) | Place::File => "head",
        };
        let section = sections.entry(section).or_default();
        match finding.severity {
            Severity::Error => section.errors += 1,
            Severity::Warning | Severity::Hint => section.others += 1,
        }
    }
    sections
}

fn sources(report: &Report) -> Vec<SourceState> {
    let sources = report.sources.iter().map(|source| SourceState {
        at: source.at.to_string(),
        place: place_name(report.form(), &source.at),
        from: source.from.clone(),
        date: source.date.map(|date| date.to_string()).unwrap_or_default(),
        by: source.by.clone().unwrap_or_default(),
    });
    sources.collect()
}

fn without_source(report: &Report) -> Vec<String> {
    if report.sources.is_empty() {
        return Vec::new();
    }
    report.without_source().iter().map(|at| place_name(report.form(), at)).collect()
}

fn declared(report: &Report, fields: &Fields) -> Vec<Declared> {
    let scopes = report.scopes.iter().enumerate();
    scopes
        .map(|(index, scope)| Declared {
            index,
            at: scope.at.to_string(),
            place: findings::name_of(report, fields, &scope.at),
            words: scope.words.clone(),
            whose: Whose::ALL.iter().find(|one| Some(one.0) == scope.whose).map_or("", |one| one.2),
            reason: scope.reason.clone(),
        })
        .collect()
}

/// The findings that were accepted, and what was accepted without need.
fn accepted(loaded: &Loaded, report: &Report) -> Vec<Accepted> {
    let waivers = report.waivers.iter().enumerate();
    waivers
        .map(|(index, waiver)| {
            let finding = loaded.review.waived.iter().find(|(_, by)| *by == index);
            Accepted {
                index,
                code: waiver.rule.clone(),
                message: finding.map_or_else(
                    || "现在没有用上".to_owned(),
                    |(finding, _)| finding.message.clone(),
                ),
                reason: waiver.reason.clone(),
                by: waiver.by.clone(),
                date: waiver.date.map(|date| date.to_string()).unwrap_or_default(),
            }
        })
        .collect()
}
