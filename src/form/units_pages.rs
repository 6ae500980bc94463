//! The addresses of the page of a list of units.

use serde::Deserialize;
use serde_json::json;

use super::answers::{failed, html, no_page, unread};
use super::room::Room;
use super::units::{
    NotPut, OpenList, Receive, Send, Wanted, across, compared, make, proposed, put, receive, send,
    send_back, stand_of, sum_file, sums,
};
use super::{page, start};
use crate::document::{Document, for_file_name};
use crate::files;
use crate::load::{INBOX, OUTBOX, SENT_BACK, file_of};
use crate::office::{self, Stand, UnitStand};
use crate::render::{Format, Renderer};
use crate::report::Date;
use crate::serve::{Answer, decoded};
use crate::units::UnitList;

/// The media type of a workbook.
const WORKBOOK: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// The path to which files for the inbox are sent, below that of the list.
pub(super) const UPLOAD: &str = "inbox";
/// The path to which names for a new list are sent.
pub(super) const NAMES: &str = "units/names";

/// A page of an open list, or a file made of it.
pub(super) fn shown(open: &OpenList, path: &str, query: &str, room: &Room) -> Answer {
    let today = room.options.today;
    if path.is_empty() {
        return html(page::units(&page::UnitsPage {
            token: &room.token,
            file: &open.path().display().to_string(),
            folder: &open.folder().display().to_string(),
            list_name: &open.shown(open.path()),
            names_of_folders: [INBOX, OUTBOX, SENT_BACK],
        }));
    }
    let list = match open.read() {
        Ok(list) => list,
        Err(wrong) if path == "state" => return Answer::json(&json!({ "wrong": wrong })),
        Err(_) => return refused("名单有错误，先改正它"),
    };
    match path {
        "state" => return Answer::json(&stand_of(open, &list, today)),
        "sum" => return Answer::json(&sums(open, &list)),
        "compare" => return Answer::json(&compared(&list, &across(open, &list, today))),
        _ => {}
    }
    let stand = || office::stand(&list, open.path(), today, true);
    match path.split_once('.') {
        Some(("stand", "xlsx")) => {
            workbook("报送情况", &list, office::stand_workbook(&list, &stand()))
        }
        Some(("stand", extension)) => {
            document_file(&office::stand_document(&list, &stand()), extension)
        }
        Some(("compare", "xlsx")) => {
            let across = across(open, &list, today);
            workbook("各单位比较", &list, office::across_workbook(&list, &across))
        }
        Some(("compare", extension)) => {
            match office::across_document(&list, &across(open, &list, today)) {
                Some(document) => document_file(&document, extension),
                None => no_page(),
            }
        }
        Some(("sum", "toml")) => match sum_file(open, &list) {
            Ok((name, text)) => Answer::file(
                "application/toml",
                &for_file_name(&name),
                "toml",
                true,
                text.into_bytes(),
            ),
            Err(why) => refused(&why),
        },
        Some(("findings", "xlsx")) => {
            workbook("问题", &list, office::findings_workbook(&list, &stand()))
        }
        Some(("back", "docx")) => sheet_back(&list, &stand(), query, today),
        _ => no_page(),
    }
}

fn refused(why: &str) -> Answer {
    Answer::refusal("409 Conflict", format!("{why}\n"))
}

fn workbook(name: &str, list: &UnitList, made: Result<Vec<u8>, String>) -> Answer {
    match made {
        Ok(bytes) => {
            let name = for_file_name(&format!("{}{}年{name}", list.name, list.year));
            Answer::file(WORKBOOK, &name, "xlsx", true, bytes)
        }
        Err(why) => refused(&why),
    }
}

fn document_file(document: &Document, extension: &str) -> Answer {
    let formats = [Format::Html, Format::Docx, Format::Pdf, Format::Ofd];
    let Some(format) = formats.into_iter().find(|format| format.extension() == extension) else {
        return no_page();
    };
    match Renderer::new().render(document, format) {
        Ok(bytes) => {
            Answer::file(format.media_type(), &document.meta.file_name(), extension, true, bytes)
        }
        Err(error) => refused(&error.to_string()),
    }
}

/// The findings on the report of one unit, to be looked at or sent; nothing is noted as sent back.
fn sheet_back(list: &UnitList, stand: &Stand, query: &str, today: Date) -> Answer {
    let unit: Option<usize> = query.parse().ok();
    let row = stand.due().find(|row: &&UnitStand| Some(row.unit) == unit);
    let Some(row) = row else {
        return Answer::refusal("404 Not Found", "名单上没有这个单位，刷新这一页再试。\n");
    };
    let found = office::findings(&[row], list).concat();
    match office::sheet_of(list, row, &found, today) {
        Ok((name, bytes)) => {
            Answer::file(Format::Docx.media_type(), &for_file_name(&name), "docx", true, bytes)
        }
        Err(error) => refused(&error.to_string()),
    }
}

/// A unit whose report is to be opened.
#[derive(Deserialize)]
struct Which {
    unit: usize,
}

/// Does what the page of a list asks for.
pub(super) fn changed(
    open: &OpenList,
    path: &str,
    query: &str,
    body: &[u8],
    room: &Room,
) -> Answer {
    let list = match open.read() {
        Ok(list) => list,
        Err(_) => return failed("名单有错误，先改正它"),
    };
    match path {
        UPLOAD => match decoded(query) {
            Some(name) => match put(&open.folder().join(INBOX), &name, body) {
                Ok(put) => Answer::json(&put),
                Err(NotPut::Refused(why)) => {
                    Answer { status: "422 Unprocessable Content", ..failed(&why) }
                }
                Err(NotPut::Failed(error)) => failed(&error.to_string()),
            },
            None => unread(),
        },
        "receive" => match serde_json::from_slice::<Receive>(body) {
            Ok(wanted) => told(receive(open, &list, &wanted)),
            Err(_) => unread(),
        },
        "send" => match serde_json::from_slice::<Send>(body) {
            Ok(wanted) => told(send(open, &list, &wanted)),
            Err(_) => unread(),
        },
        "send-back" => told(send_back(open, &list, room.options.today)),
        "open" => match serde_json::from_slice::<Which>(body) {
            Ok(Which { unit }) => opened(open, &list, unit, room),
            Err(_) => unread(),
        },
        _ => no_page(),
    }
}

fn told(done: Result<impl serde::Serialize, String>) -> Answer {
    match done {
        Ok(value) => Answer::json(&value),
        Err(why) => failed(&why),
    }
}

/// Opens the report of a unit in the form.
fn opened(open: &OpenList, list: &UnitList, unit: usize, room: &Room) -> Answer {
    let path = list.units.get(unit).and_then(|unit| file_of(unit, open.path()));
    match path.filter(|path| files::is_there(path)).map(|path| room.open(&path)) {
        Some(Ok(id)) => Answer::json(&json!({ "to": format!("../../f/{id}/") })),
        Some(Err(error)) => failed(&error.to_string()),
        None => failed("这个单位的报告不在了，刷新这一页再看"),
    }
}

/// A list to be opened.
#[derive(Deserialize)]
struct ToOpen {
    path: std::path::PathBuf,
}

/// Opens or makes a list from the start page; nothing for other paths.
pub(super) fn begun(room: &Room, path: &str, body: &[u8]) -> Option<Answer> {
    let to = |file: &std::path::Path| match room.open_list(file) {
        Ok(id) => Answer::json(&json!({ "to": format!("u/{id}/") })),
        Err(error) => failed(&error.to_string()),
    };
    let folder = &room.options.folder;
    Some(match path {
        "units/open" => match serde_json::from_slice::<ToOpen>(body) {
            Ok(ToOpen { path }) if start::is_list(&folder.join(&path)) => to(&folder.join(path)),
            Ok(_) => failed("这个文件不是单位名单"),
            Err(_) => unread(),
        },
        NAMES => {
            room.names.keep(body);
            Answer::json(&json!({}))
        }
        "units/propose" => match serde_json::from_slice::<Wanted>(body) {
            Ok(wanted) => told(proposed(&room.names, &wanted)),
            Err(_) => unread(),
        },
        "units/make" => match serde_json::from_slice::<Wanted>(body) {
            Ok(wanted) => match make(&room.names, &wanted, folder) {
                Ok(file) => to(&file),
                Err(why) => failed(&why),
            },
            Err(_) => unread(),
        },
        _ => return None,
    })
}
