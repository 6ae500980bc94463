//! The state of a list and its units, as the page shows it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::OpenList;
use crate::files;
use crate::import::EXTENSIONS;
use crate::load::{ASIDE, Unlisted};
use crate::office::{self, UnitStand};
use crate::report::{AgencyKind, AgencyLevel, Date};
use crate::units::{Holds, State, UnitList};

/// All that the page shows of a list.
#[derive(Debug, Serialize)]
pub(in crate::form) struct Shown {
    title: String,
    /// The body that collects.
    body: String,
    year: u16,
    /// The line over the table: whose, by which day, as of which day.
    head: String,
    due: Option<String>,
    counts: String,
    is_whole: bool,
    rows: Vec<Row>,
    /// Files that lie beside the list and are not on it, each in one phrase.
    beside: Vec<String>,
    /// The words by which units are asked for their reports.
    reminder: String,
    /// The number of files of the inbox that were never taken.
    n_waiting: usize,
    /// The number of units whose findings are yet to go back.
    n_to_send_back: usize,
    /// Folders in which the reports of the year before may lie, from that of the list.
    folders: Vec<String>,
}

/// A unit.
#[derive(Debug, Serialize)]
struct Row {
    unit: usize,
    name: String,
    /// Its level in the tree, from 1.
    level: usize,
    kind: &'static str,
    rank: &'static str,
    /// The scope of its figures, where units stand under it.
    holds: &'static str,
    file: Option<String>,
    is_there: bool,
    /// `group`, `good`, `missing` or `lacking`.
    state: &'static str,
    is_late: bool,
    words: String,
    details: String,
}

/// The state of a list that can be read.
pub(in crate::form) fn shown(open: &OpenList, list: &UnitList, today: Date) -> Shown {
    let stand = office::stand(list, &open.path, today, true);
    Shown {
        title: format!("{} {}年度", list.name, list.year),
        body: list.name.clone(),
        year: list.year,
        head: office::stand_head(list, today),
        due: list.due.map(|due| due.to_string()),
        counts: stand.counts(),
        is_whole: stand.is_whole(),
        rows: stand.rows.iter().map(|one| row(one, list)).collect(),
        beside: beside(&stand.unlisted, |path| open.shown(path)),
        reminder: office::reminder(list, &stand),
        n_waiting: stand.n_waiting,
        n_to_send_back: stand.to_send_back().count(),
        folders: folders(open),
    }
}

fn row(row: &UnitStand, list: &UnitList) -> Row {
    let unit = &list.units[row.unit];
    let may_hold_others = unit.file.is_some() && list.has_units(row.unit);
    let holds = Holds::ALL.iter().find(|holds| holds.0 == unit.holds && may_hold_others);
    Row {
        unit: row.unit,
        name: unit.name.clone(),
        level: row.level,
        kind: AgencyKind::ALL.iter().find(|one| Some(one.0) == unit.kind).map_or("", |one| one.2),
        rank: AgencyLevel::ALL.iter().find(|one| Some(one.0) == unit.level).map_or("", |one| one.2),
        holds: holds.map_or("", |holds| holds.2),
        file: unit.file.clone(),
        is_there: row.file.as_ref().is_some_and(|path| files::is_there(path)),
        state: kind(&row.state),
        is_late: row.is_late,
        words: if row.state == State::Group { String::new() } else { row.words() },
        details: row.details(list),
    }
}

/// A state as the page tells it apart.
fn kind(state: &State) -> &'static str {
    match state {
        State::Group => "group",
        State::Missing => "missing",
        State::Good => "good",
        State::Unreadable(_)
        | State::Wrong(_)
        | State::OtherYear(_)
        | State::OtherEdition(_)
        | State::OtherBody(_)
        | State::SumAsOwn
        | State::Unequal(_) => "lacking",
    }
}

/// The files that lie beside a list and are not on it, each in one phrase.
fn beside(unlisted: &Unlisted, shown: impl Fn(&Path) -> String) -> Vec<String> {
    let Unlisted { reports, twice, leftovers } = unlisted;
    let reports = reports.iter().map(|path| format!("{}：不在名单上，没有计入", shown(path)));
    let twice = twice.iter().map(|(unit, [own, other])| {
        format!("“{unit}”有两份报告，只留一份：{} 和 {}", shown(own), shown(other))
    });
    let leftovers = leftovers
        .iter()
        .map(|one| format!("{}：{}，没有计入；{}", shown(&one.path), one.kind, one.help));
    twice.chain(reports).chain(leftovers).collect()
}

/// The folders near a list in which reports lie that are not those of its units.
pub(super) fn folders(open: &OpenList) -> Vec<String> {
    const MOST: usize = 50;
    let own = open.folder();
    let mut extensions = vec!["toml"];
    extensions.extend(EXTENSIONS);
    let above = own.parent().unwrap_or(own);
    let found = files::nearby(own, &extensions).files.into_iter();
    // Beside the folder of the list, but not all that lies further below.
    let beside = files::nearby(above, &extensions).files.into_iter();
    let beside = beside.filter(|path| path.parent().and_then(Path::parent) == Some(above));
    let is_aside = |folder: &Path| ASIDE.iter().any(|name| folder.starts_with(own.join(name)));
    let folders = found.chain(beside).filter_map(|path| path.parent().map(Path::to_owned));
    let folders: BTreeSet<PathBuf> =
        folders.filter(|folder| *folder != own && *folder != above && !is_aside(folder)).collect();
    let from_here = |folder: PathBuf| match folder.strip_prefix(own) {
        Ok(below) => Some(below.to_str()?.to_owned()),
        Err(_) => Some(format!("../{}", folder.strip_prefix(above).ok()?.to_str()?)),
    };
    folders.into_iter().filter_map(from_here).take(MOST).collect()
}
