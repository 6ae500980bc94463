//! The runs that the page asks for: receive, send, send back.

use std::path::Path;
use std::sync::atomic::AtomicBool;

use serde::{Deserialize, Serialize};

use super::OpenList;
use crate::files;
use crate::form::fields::date;
use crate::load::{INBOX, OUTBOX};
use crate::office::{self, Contents, Fate, LastReports, Outcome, Received, Sending, Way};
use crate::report::Date;
use crate::source::{SourceFile, with_due};
use crate::units::UnitList;

/// The files of the inbox to be received.
#[derive(Debug, Deserialize)]
pub(in crate::form) struct Receive {
    /// Files whose unit a person says: the path from the inbox, and the unit.
    choices: Vec<(String, usize)>,
    blank_is_zero: bool,
    dry_run: bool,
}

/// The outcome for the page.
#[derive(Debug, Serialize)]
pub(in crate::form) struct Told {
    rows: Vec<FileRow>,
    summary: String,
    /// Everything else to be said.
    notes: Vec<String>,
}

/// A file of the inbox.
#[derive(Debug, Serialize)]
struct FileRow {
    file: String,
    unit: String,
    text: String,
    state: Fate,
    /// The units that it may be of; a person may say so of any.
    may_be: Vec<usize>,
    /// True if a person may say whose it is.
    is_open: bool,
}

/// A file as it lies in the inbox, in the words by which the page calls it.
fn within(inbox: &Path, file: &Path) -> String {
    file.strip_prefix(inbox).unwrap_or(file).display().to_string()
}

/// Receives the files of the inbox.
///
/// # Errors
///
/// When the inbox cannot be read, or another run does not end.
pub(in crate::form) fn receive(
    open: &OpenList,
    list: &UnitList,
    wanted: &Receive,
) -> Result<Told, String> {
    const UNSURE: &str = "知道是谁的，选好单位再收";
    let inbox = open.folder().join(INBOX);
    if !files::is_folder(&inbox) {
        return Err(match files::is_taken(&inbox) {
            true => format!(
                "“{INBOX}”是一个文件，不是文件夹，报来的文件没有地方放：把它改名或者移走，再拖一次"
            ),
            false => format!("还没有“{INBOX}”：把报来的文件拖到这里，或者自己建这个文件夹"),
        });
    }
    let Receive { choices, blank_is_zero, dry_run } = wanted;
    let way = Way { unit: None, blank_is_zero: *blank_is_zero, dry_run: *dry_run };
    let choose = |paths: &[std::path::PathBuf],
                  sorted: &[Result<usize, Outcome>],
                  looked: &mut [office::Looked]| {
        let mut is_chosen = false;
        for (file, unit) in choices {
            let is_unit = list.units.get(*unit).is_some_and(|unit| unit.file.is_some());
            let at = paths.iter().position(|path| within(&inbox, path) == *file);
            let Some(at) = at.filter(|_| is_unit) else { continue };
            is_chosen = true;
            looked[at].assign(*unit);
            // The others of the same unit stay what they are: not the one that was chosen.
            if let Err(Outcome::Several(_, others)) = &sorted[at] {
                for other in others {
                    let other = paths.iter().position(|path| path == other);
                    if let Some(other) = other.filter(|other| *other != at) {
                        looked[other].pass_over(&list.units[*unit].name);
                    }
                }
            }
        }
        is_chosen
    };
    let never = AtomicBool::new(false);
    let received = office::receive(list, &open.path, &inbox, way, choose, &never)?;
    let shown = |path: &Path| match path.strip_prefix(&inbox) {
        Ok(within) => within.display().to_string(),
        Err(_) => open.shown(path),
    };
    let row = |(i, outcome): (&usize, &Result<usize, Outcome>)| {
        let (unit, text) = office::told(outcome, list, shown, UNSURE);
        let state = outcome.as_ref().map_or_else(Outcome::fate, |_| Fate::Taken);
        let (may_be, is_open) = open_units(outcome);
        let file = within(&inbox, &received.inbox.files[*i]);
        FileRow { file, unit, text, state, may_be, is_open }
    };
    let rows = received.rows.iter().map(row).collect();
    let summary = format!("收件夹里{}", received.counts(*dry_run));
    Ok(Told { rows, summary, notes: notes(&received) })
}

/// The units that a file may be of, and if a person may say so.
fn open_units(outcome: &Result<usize, Outcome>) -> (Vec<usize>, bool) {
    match outcome {
        Err(Outcome::Unsure(units)) => (units.clone(), true),
        Err(Outcome::OtherBody(_)) => (Vec::new(), true),
        Err(Outcome::Several(unit, _)) => (vec![*unit], true),
        Ok(_)
        | Err(
            Outcome::Taken(_)
            | Outcome::Same(_)
            | Outcome::Known(_)
            | Outcome::PassedOver(_)
            | Outcome::OtherYear(..)
            | Outcome::NoYear(_)
            | Outcome::Blank(_)
            | Outcome::Unneeded(_)
            | Outcome::Poorer(_)
            | Outcome::Faulty(..)
            | Outcome::Unreadable(_),
        ) => (Vec::new(), false),
    }
}

fn notes(received: &Received) -> Vec<String> {
    let unsaved = received.unsaved.iter().map(ToString::to_string);
    received.inbox.unread.iter().cloned().chain(unsaved).collect()
}

/// The things that are to go out.
#[derive(Debug, Deserialize)]
pub(in crate::form) struct Send {
    data: bool,
    workbook: bool,
    due: Option<String>,
    /// The folder with the reports of the year before, from that of the list; none where there is none.
    last: Option<String>,
    all: bool,
}

/// The things that went out.
#[derive(Debug, Serialize)]
pub(in crate::form) struct SentOut {
    rows: Vec<SentRow>,
    folder: String,
    notes: Vec<String>,
}

#[derive(Debug, Serialize)]
struct SentRow {
    unit: String,
    text: String,
    has_failed: bool,
}

/// Makes what goes out to the units; a day by which it is due goes into the list, too.
///
/// # Errors
///
/// When nothing is wanted, the day is none, a folder cannot be read, or another run does not end.
pub(in crate::form) fn send(
    open: &OpenList,
    list: &UnitList,
    wanted: &Send,
) -> Result<SentOut, String> {
    let contents = Contents { data: wanted.data, workbook: wanted.workbook };
    if !contents.data && !contents.workbook {
        return Err("选一样要发的：工作簿，或者数据文件".to_owned());
    }
    let never = AtomicBool::new(false);
    let folders = super::stand::folders(open);
    let last = match wanted.last.as_deref().filter(|folder| !folder.is_empty()) {
        None => LastReports::default(),
        Some(folder) if folders.iter().any(|known| known == folder) => {
            office::last_reports(&open.folder().join(folder), list.year - 1, &never)
                .map_err(|error| error.to_string())?
        }
        Some(_) => return Err("没有这个文件夹，可能刚被移走；刷新这一页再选".to_owned()),
    };
    let mut list = list.clone();
    let mut notes = Vec::new();
    if let Some(typed) = wanted.due.as_deref().filter(|typed| !typed.is_empty()) {
        let due = date(typed).ok_or("截止日期写成 2026-01-20 的样子")?;
        if list.due != Some(due) {
            list.due = Some(due);
            notes.push(note_due(open, due));
        }
    }
    let out = open.folder().join(OUTBOX);
    let sent = office::send_all(&list, &open.path, &out, &last, contents, wanted.all, &never)
        .map_err(|error| error.to_string())?;
    if sent.iter().any(|(_, outcome)| outcome.has_kept()) {
        notes.push(office::KEPT.to_owned());
    }
    if list.due.is_none() {
        notes.push("没有写截止日期，填报说明里写的是“以通知为准”".to_owned());
    }
    notes.extend(last.problems.iter().cloned());
    let row = |(unit, outcome): &(usize, Sending)| SentRow {
        unit: list.units[*unit].name.clone(),
        text: outcome.told(|path| open.shown(path)),
        has_failed: matches!(outcome, Sending::Failed(_)),
    };
    let rows = sent.iter().map(row).collect();
    Ok(SentOut { rows, folder: out.display().to_string(), notes })
}

/// Writes the day into the list, and says so; where it cannot be written, it stands in what goes out.
fn note_due(open: &OpenList, due: Date) -> String {
    let name = open.shown(&open.path);
    let written = files::read_text(&open.path).ok().and_then(|text| {
        let new = with_due(&SourceFile::parse(name.as_str(), text.as_str()), due)?;
        files::replace(&open.path, text.as_bytes(), new.as_bytes()).ok()
    });
    match written {
        Some(()) => {
            format!("截止日期 {due} 写进了 {name}，逾期按它算；写入以前的样子留在 {name}.undo")
        }
        None => format!("截止日期 {due} 没有能写进 {name}；要看逾期，请在那里写 due = {due}"),
    }
}

/// The sheets that went back.
#[derive(Debug, Serialize)]
pub(in crate::form) struct SentBack {
    files: Vec<String>,
}

/// Makes a sheet of findings for every unit whose report cannot be used and that has none yet.
///
/// # Errors
///
/// When one cannot be made or written.
pub(in crate::form) fn send_back(
    open: &OpenList,
    list: &UnitList,
    today: Date,
) -> Result<SentBack, String> {
    let stand = office::stand(list, &open.path, today, true);
    let made = office::send_back(list, &open.path, &stand)?;
    Ok(SentBack { files: made.iter().map(|path| open.shown(path)).collect() })
}
