//! A new list of units, from names that are pasted or stand in a file.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use crate::files;
use crate::form::fields::date;
use crate::load::LIST_NAME;
use crate::office::{NoList, Proposal, proposal};
use crate::report::{AgencyKind, AgencyLevel};
use crate::source;
use crate::units::Holds;

/// The names that were given last.
#[derive(Default)]
pub(crate) struct Given(Mutex<Arc<[u8]>>);

impl Given {
    /// Keeps the file or text that the page sends.
    pub(in crate::form) fn keep(&self, bytes: &[u8]) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = bytes.into();
    }

    fn bytes(&self) -> Arc<[u8]> {
        Arc::clone(&self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// The facts that a person gives for a list; what is not given is told from the names.
#[derive(Debug, Default, Deserialize)]
pub(in crate::form) struct Wanted {
    name: Option<String>,
    year: Option<u16>,
    due: Option<String>,
    /// The kinds, levels and scopes that a person chose, by the name of the unit.
    #[serde(default)]
    kinds: BTreeMap<String, String>,
    #[serde(default)]
    levels: BTreeMap<String, String>,
    #[serde(default)]
    holds: BTreeMap<String, String>,
}

/// A list before it is written, as the page shows it.
#[derive(Debug, Serialize)]
pub(in crate::form) struct Shown {
    name: String,
    year: u16,
    n_units: usize,
    n_groups: usize,
    rows: Vec<Row>,
    remarks: Vec<String>,
    doubts: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Row {
    name: String,
    level: usize,
    kind: Option<&'static str>,
    rank: Option<&'static str>,
    file: Option<String>,
    /// True if a person must say which figures its report holds.
    is_asked: bool,
}

/// The list that the names make that were given last.
///
/// # Errors
///
/// The reason why they make none, in Chinese.
pub(in crate::form) fn proposed(given: &Given, wanted: &Wanted) -> Result<Shown, String> {
    let Proposal { list, open, remarks, doubts } = made(given, wanted)?;
    let row = |i: usize| {
        let unit = &list.units[i];
        Row {
            name: unit.name.clone(),
            level: list.level(i),
            kind: AgencyKind::ALL.iter().find(|one| Some(one.0) == unit.kind).map(|one| one.1),
            rank: AgencyLevel::ALL.iter().find(|one| Some(one.0) == unit.level).map(|one| one.1),
            file: unit.file.clone(),
            is_asked: open.contains(&unit.name),
        }
    };
    let n_groups = list.units.iter().filter(|unit| unit.file.is_none()).count();
    Ok(Shown {
        name: list.name.clone(),
        year: list.year,
        n_units: list.units.len() - n_groups,
        n_groups,
        rows: list.tree(None).into_iter().map(row).collect(),
        remarks,
        doubts,
    })
}

/// The folder in which a new list is made: beside the program lies what is no report.
pub(in crate::form) const OFFICE: &str = "报送";

/// Writes the list into [`OFFICE`] in a folder, where there is none yet, and says where.
///
/// # Errors
///
/// As [`proposed`], and when there is a list or it cannot be written.
pub(in crate::form) fn make(
    given: &Given,
    wanted: &Wanted,
    folder: &Path,
) -> Result<PathBuf, String> {
    let Proposal { mut list, mut open, .. } = made(given, wanted)?;
    for unit in list.units.iter_mut().filter(|unit| unit.file.is_some()) {
        unit.kind = chosen(AgencyKind::ALL, wanted.kinds.get(&unit.name)).or(unit.kind);
        unit.level = chosen(AgencyLevel::ALL, wanted.levels.get(&unit.name)).or(unit.level);
        if let Some(holds) = chosen(Holds::ALL, wanted.holds.get(&unit.name)) {
            unit.holds = holds;
            open.retain(|name| *name != unit.name);
        }
    }
    let path = folder.join(OFFICE).join(LIST_NAME);
    let text = source::write_units(&list, &open);
    // Old editors of Windows show a file with other line ends as one line.
    let text = if cfg!(windows) { text.replace('\n', "\r\n") } else { text };
    files::create_whole(&path, text.as_bytes()).map_err(|error| error.to_string())?;
    Ok(path)
}

fn chosen<T: Copy>(all: &[(T, &'static str, &'static str)], key: Option<&String>) -> Option<T> {
    all.iter().find(|one| key.is_some_and(|key| key == one.1)).map(|one| one.0)
}

fn made(given: &Given, wanted: &Wanted) -> Result<Proposal, String> {
    let bytes = given.bytes();
    if bytes.is_empty() {
        return Err("先粘贴单位的名称，或者选一个名单文件".to_owned());
    }
    let due = match wanted.due.as_deref().filter(|typed| !typed.trim().is_empty()) {
        Some(typed) => Some(date(typed).ok_or("截止日期写成 2026-01-20 的样子")?),
        None => None,
    };
    let name = wanted.name.as_deref().map(str::trim).filter(|name| !name.is_empty());
    proposal(&bytes, name, wanted.year, due).map_err(|why| match why {
        NoList::Unreadable(why) => why,
        NoList::NoYear => "请填报告年度".to_owned(),
        NoList::NoBody => "看不出这些单位汇总到哪个机关，请填机关全称".to_owned(),
    })
}
