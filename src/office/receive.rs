//! The files that came back from the units: every file of an inbox looked at, and taken where it is surely the report of a unit.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use serde::Serialize;

use super::matching::{Match, Matcher};
use super::receiving::passed_over;
use super::returned::{Made, Returned, ReturnedKind, has_figures, made_of};
use super::send::{folder_of, stem};
use crate::digest::Digest;
use crate::edition::Section;
use crate::files::{self, FileError};
use crate::load::{ASIDE, EARLIER, INBOX, OUTBOX, file_of, is_left_behind, is_own};
use crate::ordered::in_order;
use crate::report::Report;
use crate::source::{self, Remarks, SourceFile};
use crate::units::UnitList;

/// The outcome of a file of the inbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// It was taken as the report of the unit.
    Taken(Taken),
    /// It is the same as what has been taken for the unit.
    Same(usize),
    /// It was taken at some earlier time, for that unit.
    Known(String),
    /// A person took another file for the unit.
    PassedOver(String),
    /// It is of another year.
    OtherYear(usize, u16),
    /// It says no year.
    NoYear(usize),
    /// It is of a body that is not on the list.
    OtherBody(String),
    /// It may be of one of these units; without any, of nobody knows whom.
    Unsure(Vec<usize>),
    /// There are several for the unit, which differ: the other files.
    Several(usize, Vec<PathBuf>),
    /// Nothing has been filled in, or no figures in what is no data file.
    Blank(usize),
    /// Nothing has been filled in, and something else of the unit is there.
    Unneeded(usize),
    /// It has no figures, and the report that is there has some, which would be lost.
    Poorer(usize),
    /// It is of the unit, and some of it cannot be read: the reasons.
    Faulty(usize, Vec<String>),
    /// It cannot be read, and why.
    Unreadable(String),
}

/// The three ways in which a returned file ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Fate {
    /// It is taken, or would be.
    Taken,
    /// It was taken before, or need not be.
    Known,
    /// It is not taken.
    Left,
}

impl Outcome {
    /// The way in which the file ended.
    pub(crate) fn fate(&self) -> Fate {
        match self {
            Self::Taken(_) => Fate::Taken,
            Self::Same(_) | Self::Known(_) | Self::PassedOver(_) | Self::Unneeded(_) => Fate::Known,
            Self::OtherYear(..)
            | Self::NoYear(_)
            | Self::OtherBody(_)
            | Self::Unsure(_)
            | Self::Several(..)
            | Self::Blank(_)
            | Self::Poorer(_)
            | Self::Faulty(..)
            | Self::Unreadable(_) => Fate::Left,
        }
    }
}

/// A report that was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Taken {
    /// The unit.
    pub(crate) unit: usize,
    /// The place where the file before it is kept, if there was one.
    pub(crate) earlier: Option<PathBuf>,
    /// Everything taken otherwise than it stands there, and all that is to be looked at.
    pub(crate) remarks: Vec<String>,
}

/// The files that were taken, by the digest of their bytes: each with the unit and its file.
pub(crate) type Ledger = BTreeMap<String, String>;

/// The file beside the list that holds the ledger; its name begins as no file does that is half written.
const LEDGER: &str = ".nianbao.received.json";

/// Reads the ledger beside a list; an unreadable one is as none, because what is taken twice is the same.
pub(crate) fn ledger(folder: &Path) -> Ledger {
    let text = files::read_text(&folder.join(LEDGER)).unwrap_or_default();
    serde_json::from_str(&text).unwrap_or_default()
}

/// Writes the ledger.
///
/// # Errors
///
/// When it cannot be written.
pub(crate) fn save_ledger(folder: &Path, ledger: &Ledger) -> Result<(), FileError> {
    let text = serde_json::to_string_pretty(ledger).unwrap_or_default();
    files::write_whole(&folder.join(LEDGER), text.as_bytes())
}

/// Removes what a run that was killed left half-written: beside the list, beside the file of any unit, and where earlier
/// files are kept.
pub(crate) fn remove_leftovers(list: &UnitList, list_path: &Path) {
    let folder = list_path.parent().unwrap_or_else(|| Path::new(""));
    let of_units = list.units.iter().filter_map(|unit| file_of(unit, list_path));
    let of_units = of_units.filter_map(|path| path.parent().map(Path::to_owned));
    let all: BTreeSet<PathBuf> =
        of_units.chain([folder.to_owned(), folder.join(EARLIER)]).collect();
    for folder in all {
        let is_here = folder.as_os_str().is_empty();
        files::remove_leftovers(if is_here { Path::new(".") } else { &folder });
    }
}

/// The files of an inbox.
#[derive(Debug, Default)]
pub(crate) struct Inbox {
    /// The files, those of its folders included.
    pub(crate) files: Vec<PathBuf>,
    /// The folders that could not be read, and why.
    pub(crate) unread: Vec<String>,
    /// The number of files that lie there and are none of those that came back: what this office itself keeps of its units.
    pub(crate) n_kept: usize,
}

/// The files of an inbox, but for what this program keeps there.
///
/// # Errors
///
/// When the inbox cannot be read.
pub(crate) fn inbox(path: &Path, list: &UnitList, list_path: &Path) -> Result<Inbox, FileError> {
    if !files::is_folder(path) {
        files::stamp(path)?;
        return Ok(Inbox { files: vec![path.to_owned()], ..Inbox::default() });
    }
    let tree = files::whole_tree(path)?;
    let unread = tree.unreadable.iter().map(ToString::to_string).collect();
    let mut wanted = tree.files;
    wanted.retain(|path| !is_own(path) && !is_left_behind(path));
    let n = wanted.len();
    let is_kept = kept_by_the_office(path, list, list_path);
    wanted.retain(|path| files::real_path(path).is_none_or(|path| !is_kept(&path)));
    Ok(Inbox { n_kept: n - wanted.len(), files: wanted, unread })
}

/// Tells the files that an office keeps beside its list, by their real paths: the list, the reports of its units, and all
/// that went out or was replaced, unless the inbox itself lies there.
fn kept_by_the_office(
    inbox: &Path,
    list: &UnitList,
    list_path: &Path,
) -> impl Fn(&Path) -> bool + use<> {
    let folder = list_path.parent().unwrap_or_else(|| Path::new(""));
    let reports = list.units.iter().filter_map(|unit| file_of(unit, list_path));
    let files: BTreeSet<PathBuf> =
        reports.chain([list_path.to_owned()]).filter_map(|path| files::real_path(&path)).collect();
    let inbox = files::real_path(inbox).unwrap_or_default();
    let folders: Vec<PathBuf> = ASIDE
        .iter()
        .filter(|name| **name != INBOX)
        .filter_map(|name| files::real_path(&folder.join(name)))
        .filter(|folder| !inbox.starts_with(folder))
        .collect();
    move |path| files.contains(path) || folders.iter().any(|folder| path.starts_with(folder))
}

/// A file that has been looked at, before anything is taken.
#[derive(Debug, Clone)]
pub(crate) struct Looked {
    digest: String,
    found: Result<(Match, Returned), String>,
    /// The unit for which a person takes another file.
    passed_over: Option<String>,
}

/// Looks at all files, on all cores; nothing but what identifies them is kept. `unit` is whose they are, whatever they say.
pub(crate) fn look(
    paths: &[PathBuf],
    list: &UnitList,
    unit: Option<usize>,
    stop: &AtomicBool,
) -> Vec<Looked> {
    let matcher = Matcher::of(list);
    let mut all = Vec::with_capacity(paths.len());
    let work = |i: usize| match files::read_bytes(&paths[i]) {
        Ok(bytes) => {
            let digest = Digest::of(&bytes).to_string();
            let found = Returned::of(&bytes, &paths[i]).map(|returned| {
                let found = match unit {
                    Some(unit) => Match::Inside(unit),
                    None => matcher.find(returned.agency.as_deref(), &paths[i]),
                };
                (found, returned)
            });
            Looked { digest, found, passed_over: None }
        }
        Err(error) => {
            Looked { digest: String::new(), found: Err(error.to_string()), passed_over: None }
        }
    };
    in_order(paths.len(), stop, work, |_, looked| all.push(looked));
    all
}

impl Looked {
    /// The digest of the file.
    pub(crate) fn digest(&self) -> &str {
        &self.digest
    }

    /// True if it is a workbook, whose figures go into a data file.
    pub(crate) fn is_workbook(&self) -> bool {
        self.is(|returned| returned.kind == ReturnedKind::Workbook)
    }

    /// Makes it the file of a unit, whatever it names, as a person says.
    pub(crate) fn assign(&mut self, unit: usize) {
        if let Ok((found, _)) = &mut self.found {
            *found = Match::Inside(unit);
        }
    }

    /// Leaves it for another file of the same unit, as a person says.
    pub(crate) fn pass_over(&mut self, unit: &str) {
        self.passed_over = Some(unit.to_owned());
    }

    fn is(&self, has: impl Fn(&Returned) -> bool) -> bool {
        self.found.as_ref().is_ok_and(|(_, returned)| has(returned))
    }
}

/// The outcome of each file that was looked at; for those that are to be taken, their unit.
pub(crate) fn sort(
    paths: &[PathBuf],
    looked: &[Looked],
    list: &UnitList,
    list_path: &Path,
    ledger: &Ledger,
) -> Vec<Result<usize, Outcome>> {
    let is_there = |unit: usize| {
        file_of(&list.units[unit], list_path).is_some_and(|path| files::is_there(&path))
    };
    let unit_named = |name: &str| list.units.iter().position(|unit| unit.name == name);
    let outcome = |looked: &Looked| {
        if let Some(unit) = ledger.get(&looked.digest)
            && unit_named(unit).is_some_and(is_there)
        {
            return Err(Outcome::Known(unit.clone()));
        }
        let passed_over = ledger.get(&passed_over(&looked.digest)).or(looked.passed_over.as_ref());
        if let Some(unit) = passed_over.filter(|unit| unit_named(unit).is_some()) {
            return Err(Outcome::PassedOver(unit.clone()));
        }
        let (found, returned) = looked.found.clone().map_err(Outcome::Unreadable)?;
        let unit = match found {
            Match::Inside(unit) | Match::FileName(unit) => unit,
            Match::Unsure(units) => return Err(Outcome::Unsure(units)),
            Match::Other(name) => return Err(Outcome::OtherBody(name)),
            Match::Nameless if returned.is_blank() => {
                return Err(Outcome::Unreadable("不是填好的年报：没有读出三张表里的数".to_owned()));
            }
            Match::Nameless => return Err(Outcome::Unsure(Vec::new())),
        };
        match returned.year {
            Some(year) if year != list.year => Err(Outcome::OtherYear(unit, year)),
            None => Err(Outcome::NoYear(unit)),
            Some(_) if returned.is_blank() => Err(Outcome::Blank(unit)),
            Some(_) => Ok(unit),
        }
    };
    let mut sorted: Vec<Result<usize, Outcome>> = looked.iter().map(outcome).collect();
    let mut of_unit: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (i, unit) in sorted.iter().enumerate() {
        if let Ok(unit) = unit {
            of_unit.entry(*unit).or_default().push(i);
        }
    }
    for (outcome, looked) in sorted.iter_mut().zip(looked) {
        if let Err(Outcome::Blank(unit)) = outcome
            && !looked.is(|returned| returned.has_texts)
            && (of_unit.contains_key(unit) || is_there(*unit))
        {
            *outcome = Err(Outcome::Unneeded(*unit));
        }
    }
    settle(of_unit, paths, looked, &mut sorted);
    sorted
}

/// Leaves one file of each unit to be taken, or two that go together; where they differ, none.
fn settle(
    of_unit: BTreeMap<usize, Vec<usize>>,
    paths: &[PathBuf],
    looked: &[Looked],
    sorted: &mut [Result<usize, Outcome>],
) {
    for (unit, all) in of_unit.into_iter().filter(|(_, all)| all.len() > 1) {
        // A file that lies there twice is one file.
        let mut each: Vec<usize> = Vec::new();
        for i in all {
            match each.iter().any(|first| looked[*first].digest == looked[i].digest) {
                true => sorted[i] = Err(Outcome::Same(unit)),
                false => each.push(i),
            }
        }
        if each.len() > 1 && !go_together(&each, looked) {
            for i in &each {
                let others = each.iter().filter(|other| *other != i);
                let others = others.map(|other| paths[*other].clone()).collect();
                sorted[*i] = Err(Outcome::Several(unit, others));
            }
        }
    }
}

/// True if some files make one report: at most one data file without figures, and the workbook with them, or single sheets of
/// it, no two of which are the same table.
fn go_together(files: &[usize], looked: &[Looked]) -> bool {
    let of = |i: &usize| looked[*i].found.as_ref().ok().map(|(_, returned)| returned);
    let n_texts = files
        .iter()
        .filter(|i| of(i).is_some_and(|r| r.kind == ReturnedKind::Data && !r.has_figures))
        .count();
    let books: Vec<Option<Section>> = files
        .iter()
        .filter_map(of)
        .filter(|returned| returned.kind == ReturnedKind::Workbook)
        .map(|returned| returned.table)
        .collect();
    let tables: Vec<Section> = books.iter().copied().flatten().collect();
    let is_each_once = tables.iter().enumerate().all(|(i, table)| !tables[..i].contains(table));
    let is_one_book = books.len() == 1 || (tables.len() == books.len() && is_each_once);
    n_texts <= 1 && n_texts + books.len() == files.len() && is_one_book
}

/// Takes a file that was looked at as the report of a unit: into its data file, which is kept where it held something else;
/// with `blank_is_zero`, blank cells of a workbook are 0 in tables in which something is filled.
///
/// # Errors
///
/// When a file cannot be read or written.
pub(crate) fn take(
    path: &Path,
    looked: &Looked,
    unit: usize,
    list: &UnitList,
    list_path: &Path,
    blank_is_zero: bool,
) -> Result<Outcome, FileError> {
    let bytes = files::read_bytes(path)?;
    if Digest::of(&bytes).to_string() != looked.digest {
        return Ok(Outcome::Unreadable("文件刚刚变了；等它存完，再运行一次".to_owned()));
    }
    let Some(target) = file_of(&list.units[unit], list_path) else {
        return Ok(Outcome::Unsure(vec![unit]));
    };
    let folder = list_path.parent().unwrap_or_else(|| Path::new(""));
    let out = folder_of(list, unit, &folder.join(OUTBOX));
    let before = match files::is_there(&target) {
        true => Some(files::read_text(&target)?),
        false => None,
    };
    let sent = || files::read_text(&out.join(format!("{}.toml", stem(list, unit)))).ok();
    let base = before.clone().or_else(sent);
    let made = match made_of(&bytes, path, list, unit, base.as_deref(), blank_is_zero) {
        Ok(made) => with_last(made, &out, &target),
        Err(faults) => return Ok(Outcome::Faulty(unit, faults)),
    };
    let (text, remarks) = made;
    let Some(before) = before else {
        files::create_whole(&target, text.as_bytes())?;
        return Ok(Outcome::Taken(Taken { unit, earlier: None, remarks }));
    };
    if before == text {
        return Ok(Outcome::Same(unit));
    }
    let holds_figures = |text: &str| {
        let report = source::read(&SourceFile::parse("", text)).0;
        report.is_some_and(|report| has_figures(&report))
    };
    if holds_figures(&before) && !holds_figures(&text) {
        return Ok(Outcome::Poorer(unit));
    }
    let earlier = kept(folder, &stem(list, unit), before.as_bytes())?;
    files::replace(&target, before.as_bytes(), text.as_bytes())?;
    Ok(Outcome::Taken(Taken { unit, earlier: Some(earlier), remarks }))
}

/// Leads a data file to the report of the year before that went out with it and lies elsewhere now; where nothing is to
/// be led, it stays as it is.
fn with_last((text, mut remarks): Made, out: &Path, target: &Path) -> Made {
    const NAME: &str = "上年.";
    let name = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let files = files::list_all(out).unwrap_or_default();
    let Some(last) = files.iter().find(|path| name(path).starts_with(NAME)) else {
        return (text, remarks);
    };
    let source = SourceFile::parse("", text.as_str());
    let folder = target.parent().unwrap_or_else(|| Path::new(""));
    let Ok(path) = files::path_from(folder, last) else { return (text, remarks) };
    let lead = |report: Report| {
        let is_sent = report.header.previous.as_deref() == Some(name(last).as_str());
        let mut led = report;
        led.header.previous = Some(path.clone());
        is_sent.then(|| source::edit(&source, &led, &Remarks::default()).ok()).flatten()
    };
    match source::read(&source).0.and_then(lead) {
        Some(led) => {
            remarks.push(format!("上年的报告（previous）改指 {path}"));
            (led, remarks)
        }
        None => (text, remarks),
    }
}

/// Keeps what is replaced under a name that nothing has yet.
fn kept(folder: &Path, stem: &str, bytes: &[u8]) -> Result<PathBuf, FileError> {
    let mut n = 1;
    loop {
        let path = folder.join(EARLIER).join(format!("{stem}-{n}.toml"));
        if !files::is_there(&path) {
            files::create_whole(&path, bytes)?;
            return Ok(path);
        }
        // A run that was killed between keeping and replacing has kept it already.
        if files::read_bytes(&path).is_ok_and(|there| there == bytes) {
            return Ok(path);
        }
        n += 1;
    }
}
