//! The standing of each unit of a list: reported, missing, late, of another year, in error, sent back.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::receive::{inbox, ledger};
use super::receiving::passed_over;
use crate::digest::Digest;
use crate::files::{self, FileError};
use crate::load::{INBOX, Unlisted, file_of, hand_in_all, hand_in_cached, unlisted};
use crate::report::Date;
use crate::units::{State, UnitList, sum};

/// The standing of the units of a list on a day.
#[derive(Debug)]
pub(crate) struct Stand {
    /// The day.
    pub(crate) today: Date,
    /// The units in the order of the tree, groups among them.
    pub(crate) rows: Vec<UnitStand>,
    /// The files that lie beside those of the list.
    pub(crate) unlisted: Unlisted,
    /// The number of files in the inbox that were never taken.
    pub(crate) n_waiting: usize,
}

/// The standing of one unit.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct UnitStand {
    /// The unit, as an index into the list.
    pub(crate) unit: usize,
    /// Its level in the tree, from 1.
    pub(crate) level: usize,
    /// Its file, where it has one to hand in.
    pub(crate) file: Option<PathBuf>,
    /// The state of its report.
    pub(crate) state: State,
    /// The name of the unit above it whose report holds its figures already.
    pub(crate) contained_in: Option<String>,
    /// The day on which its findings were sent back, if its file has not changed since.
    pub(crate) sent_back: Option<String>,
    /// True if nothing good is there and the day is over by which it was due.
    pub(crate) is_late: bool,
}

/// The files whose findings were sent back, by the name of the unit.
pub(crate) type SentBack = BTreeMap<String, Back>;

/// A file whose findings were sent back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Back {
    /// The digest of the file.
    digest: String,
    /// The day.
    day: String,
}

/// The file beside the list that remembers them; its name begins as no file does that is half written.
const RECORD: &str = ".nianbao.sent-back.json";

/// Reads what was sent back; an unreadable record is as none.
pub(crate) fn sent_back(folder: &Path) -> SentBack {
    let text = files::read_text(&folder.join(RECORD)).unwrap_or_default();
    serde_json::from_str(&text).unwrap_or_default()
}

/// Writes what was sent back.
///
/// # Errors
///
/// When it cannot be written.
pub(crate) fn save_sent_back(folder: &Path, sent: &SentBack) -> Result<(), FileError> {
    let text = serde_json::to_string_pretty(sent).unwrap_or_default();
    files::write_whole(&folder.join(RECORD), text.as_bytes())
}

/// The standing of the units of a list on a day; with `cached`, only the files that have changed since the last look are
/// read.
pub(crate) fn stand(list: &UnitList, list_path: &Path, today: Date, cached: bool) -> Stand {
    let folder = list_path.parent().unwrap_or_else(|| Path::new(""));
    let handed_in = match cached {
        true => hand_in_cached(list, list_path),
        false => hand_in_all(list, folder, None),
    };
    let unlisted = unlisted(list, list_path, &handed_in, &[]);
    let summary = sum(list, None, &handed_in);
    let standings: BTreeMap<usize, _> =
        summary.standings.iter().map(|standing| (standing.unit, standing)).collect();
    let returned = sent_back(folder);
    let is_over = list.due.is_some_and(|due| today > due);
    let row = |unit: usize| {
        let standing = standings.get(&unit)?;
        let state = standing.state.clone();
        let back = returned.get(&list.units[unit].name).filter(|_| state.is_lacking());
        let back = back.filter(|back| digest_of(list, unit, list_path) == back.digest);
        Some(UnitStand {
            unit,
            level: list.level(unit),
            file: file_of(&list.units[unit], list_path),
            contained_in: standing.contained_in.map(|above| list.units[above].name.clone()),
            sent_back: back.map(|back| back.day.clone()),
            is_late: is_over && state.is_lacking(),
            state,
        })
    };
    let rows = list.tree(None).into_iter().filter_map(row).collect();
    Stand { today, rows, unlisted, n_waiting: waiting(list, list_path) }
}

/// The number of files in the inbox beside a list that were never taken.
fn waiting(list: &UnitList, list_path: &Path) -> usize {
    let folder = list_path.parent().unwrap_or_else(|| Path::new(""));
    let path = folder.join(INBOX);
    if !files::is_folder(&path) {
        return 0;
    }
    let taken = ledger(folder);
    let is_taken = |path: &PathBuf| {
        files::digest(path).is_some_and(|digest| {
            let digest = digest.to_string();
            taken.contains_key(&digest) || taken.contains_key(&passed_over(&digest))
        })
    };
    let files = inbox(&path, list, list_path).unwrap_or_default().files;
    files.iter().filter(|path| !is_taken(path)).count()
}

/// Remembers that the findings on the report of a unit went back on a day.
pub(crate) fn note_sent_back(
    sent: &mut SentBack,
    list: &UnitList,
    row: &UnitStand,
    list_path: &Path,
    today: Date,
) {
    let back = Back { digest: digest_of(list, row.unit, list_path), day: today.to_string() };
    sent.insert(list.units[row.unit].name.clone(), back);
}

/// The digest of the data file of a unit; empty where there is none.
fn digest_of(list: &UnitList, unit: usize, list_path: &Path) -> String {
    let path = file_of(&list.units[unit], list_path);
    let bytes = path.and_then(|path| files::read_bytes(&path).ok());
    bytes.map_or(String::new(), |bytes| Digest::of(&bytes).to_string())
}

impl Stand {
    /// The units from which a report is due.
    pub(crate) fn due(&self) -> impl Iterator<Item = &UnitStand> {
        self.rows.iter().filter(|row| row.state != State::Group)
    }

    /// The units whose report is due and cannot be used.
    pub(crate) fn lacking(&self) -> impl Iterator<Item = &UnitStand> {
        self.rows.iter().filter(|row| row.state.is_lacking())
    }

    /// The units that handed in what cannot be used, and have no sheet of findings for it yet.
    pub(crate) fn to_send_back(&self) -> impl Iterator<Item = &UnitStand> {
        self.lacking().filter(|row| row.state != State::Missing && row.sent_back.is_none())
    }

    /// True if all reports are there and can be used, and no unit has two.
    pub(crate) fn is_whole(&self) -> bool {
        self.lacking().next().is_none() && self.unlisted.twice.is_empty()
    }

    /// The numbers of units by their standing, in words.
    pub(crate) fn counts(&self) -> String {
        let n = |kind: Kind| self.due().filter(|row| Kind::of(&row.state) == kind).count();
        let good = n(Kind::Good);
        let mut text = format!("应报 {} 个：已报 {good} 个", self.due().count());
        for kind in Kind::LACKING {
            let n = n(*kind);
            if n > 0 {
                text.push_str(&format!("，{} {n} 个", kind.name()));
            }
        }
        let late = self.rows.iter().filter(|row| row.is_late).count();
        let back = self.rows.iter().filter(|row| row.sent_back.is_some()).count();
        for (n, words) in [(late, "逾期"), (back, "已退回")] {
            if n > 0 {
                text.push_str(&format!("；{words} {n} 个"));
            }
        }
        text
    }
}

/// The states of reports that a reader tells apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Good,
    Group,
    Missing,
    Wrong,
    OtherYear,
    OtherBody,
    Else,
}

impl Kind {
    const LACKING: &[Self] =
        &[Self::Missing, Self::Wrong, Self::OtherYear, Self::OtherBody, Self::Else];

    fn of(state: &State) -> Self {
        match state {
            State::Good => Self::Good,
            State::Group => Self::Group,
            State::Missing => Self::Missing,
            State::Wrong(_) => Self::Wrong,
            State::OtherYear(_) => Self::OtherYear,
            State::OtherBody(_) => Self::OtherBody,
            State::Unreadable(_) | State::OtherEdition(_) | State::SumAsOwn | State::Unequal(_) => {
                Self::Else
            }
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Good => "已报",
            Self::Group => "",
            Self::Missing => "未报",
            Self::Wrong => "有错误",
            Self::OtherYear => "年度不对",
            Self::OtherBody => "单位不对",
            Self::Else => "不能用",
        }
    }
}

impl UnitStand {
    /// Its standing in a word or two.
    pub(crate) fn words(&self) -> String {
        let late = if self.is_late { "，逾期" } else { "" };
        let back = if self.sent_back.is_some() { "，已退回" } else { "" };
        format!("{}{back}{late}", Kind::of(&self.state).name())
    }

    /// More about it, for the column beside.
    pub(crate) fn details(&self, list: &UnitList) -> String {
        let file = list.units[self.unit].file.as_deref().unwrap_or_default();
        let mut parts = Vec::new();
        match &self.state {
            State::Good | State::Group | State::Missing => {}
            State::Unreadable(why) => parts.push(why.clone()),
            State::Wrong(n) => parts.push(format!("{file} 有 {n} 处错误")),
            State::OtherYear(_)
            | State::OtherEdition(_)
            | State::OtherBody(_)
            | State::SumAsOwn
            | State::Unequal(_) => parts.push(format!("{file} {}", self.state.name())),
        }
        parts.extend(self.sent_back.iter().map(|day| format!("{day} 退回")));
        let above = self.contained_in.as_ref();
        parts.extend(above.map(|above| format!("数已由“{above}”汇总")));
        parts.join("；")
    }
}

/// A text by which units are asked for their reports; empty where all are there.
pub(crate) fn reminder(list: &UnitList, stand: &Stand) -> String {
    let in_words = |day: Date| format!("{}年{}月{}日", day.year(), day.month(), day.day());
    let name = |row: &UnitStand| list.units[row.unit].name.clone();
    let (missing, wrong): (Vec<&UnitStand>, Vec<&UnitStand>) =
        stand.lacking().partition(|row| row.state == State::Missing);
    let edition = list.edition();
    let what = format!("{}年度{}", list.year, edition.form().report_name);
    let until = list.due.map_or(String::new(), |due| {
        let is_over = stand.today > due;
        format!("（截止日期{}{}）", in_words(due), if is_over { "，已逾期" } else { "" })
    });
    let day = in_words(stand.today);
    let mut text = String::new();
    if !missing.is_empty() {
        let names: Vec<String> = missing.iter().map(|row| name(row)).collect();
        text.push_str(&format!(
            "截至{day}，以下{}个单位尚未报送{what}{until}，请尽快报送：{}。\n",
            missing.len(),
            names.join("、")
        ));
    }
    if !wrong.is_empty() {
        let names: Vec<String> = wrong
            .iter()
            .map(|row| match &row.state {
                State::Unreadable(_) => format!("{}（文件不能用）", name(row)),
                _ => format!("{}（{}）", name(row), row.state.name()),
            })
            .collect();
        text.push_str(&format!(
            "截至{day}，以下{}个单位报来的{what}还不能用，请改正后重新报送：{}。\n",
            wrong.len(),
            names.join("、")
        ));
    }
    text
}
