//! The addresses of the form, and who is answered.
//!
//! All lie below a path that nobody can guess. What changes anything must come from a page of this server: it sends
//! `Origin`, a token in a header that no page of another site can send unasked, and JSON. There are no cookies, and no
//! other site is ever told that it may ask.

use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Deserialize;
use serde_json::{Value, json};

use super::answers::{failed, html, no_page, reason, refusal, unread};
use super::asset::asset;
use super::change::Edit;
use super::cleaned::clean;
use super::desk::Refused;
use super::output::{self, Made};
use super::room::{Opened, Room};
use super::start::{self, Wanted};
use super::units_pages as units;
use super::{page, paste, read_back, second, state};
use crate::budget::PUBLISHED_BYTES;
use crate::edition::Edition;
use crate::manual;
use crate::render::Format;
use crate::report::FieldPath;
use crate::serve::{Answer, HTML, Listener, Pace, Request, is_ours, is_own, send};
use crate::source::{self, SourceFile};

/// The most bytes of a request that changes something.
const BODY_BYTES: usize = 1 << 20;
/// The most bytes of a Word file that is sent to be read.
const FILE_BYTES: usize = PUBLISHED_BYTES;
/// The path to which it is sent, below that of its data file.
const UPLOAD: &str = "read-back/upload";
/// The most changes at once.
const CHANGES: usize = 2_000;

/// The manual has its style and its pictures in it.
const MANUAL_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; \
    form-action 'none'; frame-ancestors 'none'";

/// Begins to serve a room at that address and below `/secret/`.
pub(super) fn start(address: SocketAddr, secret: &str, room: Arc<Room>) -> io::Result<Listener> {
    let root = format!("/{secret}/");
    let pace = Pace::default();
    Listener::start(address, move |request| answer(request, &root, &room, &pace))
}

/// Answers a request; one that breaks off on the way is nobody's concern any more.
fn answer(mut request: Request, root: &str, room: &Room, pace: &Pace) {
    let (path, query) = request.path_and_query();
    let below = path.strip_prefix(root).map(str::to_owned);
    let query = query.to_owned();
    // Whoever does not know the secret learns nothing, not even whether an address is one.
    let Some(path) = below else {
        let _ = send(request, &forbidden());
        return;
    };
    let is_page = path.is_empty()
        || (path.starts_with("f/") || path.starts_with("u/"))
            && path.matches('/').count() == 2
            && path.ends_with('/');
    let below = |kind| path.strip_prefix(kind).and_then(|rest: &str| rest.split_once('/'));
    let opened = below("f/").and_then(|(id, rest)| Some((room.get(id)?, rest.to_owned())));
    let list = below("u/").and_then(|(id, rest)| Some((room.get_list(id)?, rest.to_owned())));
    let answer = match request.method() {
        "GET" | "HEAD" if !is_ours(&request, is_page) => forbidden(),
        "GET" | "HEAD" => match opened {
            Some((opened, rest)) => match rest.strip_prefix("preview") {
                Some(path) => return opened.watched.answer(request, path, &query),
                None => shown(&opened, &rest, &query, room),
            },
            None if list.is_some() => {
                list.map_or_else(no_page, |(list, rest)| units::shown(&list, &rest, &query, room))
            }
            None => asset(&path).unwrap_or_else(|| match path.as_str() {
                "" => start_page(room),
                "manual" => Answer::ok(HTML, MANUAL_POLICY, manual::page()),
                _ => no_page(),
            }),
        },
        "POST" if !is_own(&request, &room.token) => forbidden(),
        "POST" if !pace.takes() => Answer::refusal("429 Too Many Requests", "太快了，稍等再试。\n"),
        "POST" => match request.body(most_of(&path)) {
            Err(status) => Answer::refusal(status, "这个请求不完整或者太大。\n"),
            Ok(body) => match opened {
                Some((opened, rest)) => changed(&opened, &rest, &body, room),
                None => match list {
                    Some((list, rest)) => units::changed(&list, &rest, &query, &body, room),
                    None => begun(room, &path, &body),
                },
            },
        },
        _ => Answer::refusal("405 Method Not Allowed", "这里只能查看和填写。\n"),
    };
    let _ = send(request, &answer);
}

/// The most bytes of a request to that path.
fn most_of(path: &str) -> usize {
    let is_file = path.ends_with(UPLOAD)
        || path.starts_with("u/") && path.ends_with(&format!("/{}", units::UPLOAD))
        || path == units::NAMES;
    if is_file { FILE_BYTES } else { BODY_BYTES }
}

fn forbidden() -> Answer {
    Answer::refusal("403 Forbidden", "这个页面只供本机浏览器直接打开。\n")
}

fn start_page(room: &Room) -> Answer {
    let options = &room.options;
    let year = options.today.year().saturating_sub(1);
    let view = start::start_page(&options.folder, &room.recent, year, &room.token);
    html(page::start(&view))
}

/// The pages of an open file.
fn shown(opened: &Opened, path: &str, query: &str, room: &Room) -> Answer {
    let branding = &room.options.branding;
    let (name, extension) = path.split_once('.').unwrap_or((path, ""));
    let format = match extension {
        "html" => Format::Html,
        "docx" => Format::Docx,
        "pdf" => Format::Pdf,
        "ofd" => Format::Ofd,
        "fragment" => Format::HtmlFragment,
        _ => {
            return match path {
                "" => form_page(opened, room),
                "state" => state_of(opened, room, query.strip_prefix("after=")),
                "trace" => trace_of(opened, query),
                _ => no_page(),
            };
        }
    };
    let made = match name {
        "report" => output::report(&opened.desk, branding, format),
        "sheet" => output::check_sheet(&opened.desk, branding, format, &room.signed),
        _ => return no_page(),
    };
    match made {
        Ok(made) => file(made, format, query == "download"),
        Err(refused) => Answer::refusal("409 Conflict", format!("{}\n", reason(&refused))),
    }
}

fn file(made: Made, format: Format, as_download: bool) -> Answer {
    let (kind, extension) = (format.media_type(), format.extension());
    Answer::file(kind, &made.name, extension, as_download, made.bytes)
}

fn form_page(opened: &Opened, room: &Room) -> Answer {
    let text = opened.desk.text().unwrap_or_default();
    let report = source::read(&SourceFile::parse("", text)).0;
    let edition = report.as_ref().map_or(Edition::LATEST, |report| report.edition);
    let year = report.and_then(|report| report.header.year);
    let path = opened.desk.path();
    html(page::form(&page::Opening {
        edition,
        year,
        file: &path.display().to_string(),
        token: &room.token,
        today: &room.options.today.to_string(),
        near: &start::near(path),
        word_files: &start::word_files(path),
    }))
}

/// The state of an open file; nothing where it is still the one that is known.
fn state_of(opened: &Opened, room: &Room, known: Option<&str>) -> Answer {
    match now(opened, room) {
        Ok(state) => {
            if known == Some(state.revision()) {
                return Answer { status: "204 No Content", ..Answer::refusal("", "") };
            }
            Answer::json(&state)
        }
        Err(refused) => refusal(&refused),
    }
}

/// A figure of an open file with all that it stands in.
fn trace_of(opened: &Opened, path: &str) -> Answer {
    match opened.desk.load() {
        Ok((loaded, _)) => match loaded.traced(&FieldPath::new(path)) {
            Some(traced) => Answer::json(&traced),
            None => Answer::refusal("404 Not Found", "没有这个数。\n"),
        },
        Err(refused) => refusal(&refused),
    }
}

/// The state of an open file.
fn now(opened: &Opened, room: &Room) -> Result<state::State, Refused> {
    let (loaded, standing) = opened.desk.load()?;
    Ok(state::state(&loaded, standing, room.signed.of(opened.desk.path())))
}

/// A block of cells.
#[derive(Deserialize)]
struct Block {
    at: String,
    rows: Vec<Vec<String>>,
}

/// A text that was pasted.
#[derive(Deserialize)]
struct Pasted {
    text: String,
}

/// Makes what a page asks for.
fn changed(opened: &Opened, path: &str, body: &[u8], room: &Room) -> Answer {
    let done = match path {
        "edit" => match serde_json::from_slice::<Edit>(body) {
            Ok(edit) if edit.changes.len() <= CHANGES => opened.desk.make(&edit),
            _ => return unread(),
        },
        "undo" => opened.desk.undo(),
        "redo" => opened.desk.redo(),
        "paste" => return planned(opened, body),
        "clean" => return cleaned(body),
        "save-as" => return saved_as(opened, body, room),
        "read-back" => return corrected(read_back::choose(&opened.given, &opened.desk, body)),
        UPLOAD => return corrected(opened.given.upload(&opened.desk, body).map(Some)),
        "read-back/take" => return taken(opened, body, room),
        "second" => {
            return match second::begin(&opened.desk) {
                Ok(name) => Answer::json(&json!({ "name": name })),
                Err(refused) => refusal(&refused),
            };
        }
        _ => return no_page(),
    };
    match done {
        Ok(()) => state_of(opened, room, None),
        Err(refused) => refusal(&refused),
    }
}

/// The corrections in a Word file.
fn corrected(listing: Result<Option<read_back::Listing>, Refused>) -> Answer {
    match listing {
        Ok(Some(listing)) => Answer::json(&listing),
        Ok(None) => unread(),
        Err(refused) => refusal(&refused),
    }
}

/// Puts corrections of a Word file into the data file.
fn taken(opened: &Opened, body: &[u8], room: &Room) -> Answer {
    let Ok(accepted) = serde_json::from_slice(body) else { return unread() };
    let taken = opened.given.take(&opened.desk, &accepted);
    match taken.and_then(|(told, left)| Ok((told, left, now(opened, room)?))) {
        Ok((told, left, state)) => {
            Answer::json(&json!({ "told": told, "left": left, "state": state }))
        }
        Err(refused) => refusal(&refused),
    }
}

/// A name for a data file.
#[derive(Deserialize)]
struct Name {
    name: String,
}

/// Writes a data file that has vanished anew, and opens it.
fn saved_as(opened: &Opened, body: &[u8], room: &Room) -> Answer {
    let Ok(Name { name }) = serde_json::from_slice(body) else { return unread() };
    let folder = opened.desk.path().parent().unwrap_or(Path::new(""));
    let saved = start::path_of(&name, folder)
        .map_err(|why| Refused::Failed { why })
        .and_then(|path| opened.desk.save_as(&path).map(|()| path));
    match saved.map(|path| (room.open(&path), path)) {
        Ok((Ok(id), path)) => {
            Answer::json(&json!({ "to": format!("../{id}/"), "file": path.display().to_string() }))
        }
        Ok((Err(error), _)) => failed(&error.to_string()),
        Err(refused) => refusal(&refused),
    }
}

/// The result of a paste, before it is written.
fn planned(opened: &Opened, body: &[u8]) -> Answer {
    let Ok(block) = serde_json::from_slice::<Block>(body) else { return unread() };
    let plan = opened.desk.text().and_then(|text| {
        let report = super::desk::readable(&SourceFile::parse("", text))?;
        Ok(paste::plan(&report, &FieldPath::new(block.at), &block.rows))
    });
    match plan {
        Ok(Some(plan)) => Answer::json(&plan),
        Ok(None) => unread(),
        Err(refused) => refusal(&refused),
    }
}

/// A pasted text as a careful person would have typed it, and what was taken away.
fn cleaned(body: &[u8]) -> Answer {
    let Ok(Pasted { text }) = serde_json::from_slice(body) else { return unread() };
    Answer::json(&clean(&text))
}

/// A data file to be opened.
#[derive(Deserialize)]
struct ToOpen {
    path: PathBuf,
}

/// True if files that are opened are noted.
#[derive(Deserialize)]
struct Noting {
    is_on: bool,
}

/// Opens or makes a file, which gives leave to write it.
fn begun(room: &Room, path: &str, body: &[u8]) -> Answer {
    let opened = |file: PathBuf, doubts: Vec<String>| match room.open(&file) {
        Ok(id) => Answer::json(&json!({ "to": format!("f/{id}/"), "doubts": doubts })),
        Err(error) => failed(&error.to_string()),
    };
    match path {
        "open" => match serde_json::from_slice::<ToOpen>(body) {
            Ok(ToOpen { path }) => {
                let file = room.options.folder.join(path);
                let is_report = |text: String| SourceFile::parse("", text).is_report();
                match crate::files::read_text(&file).map(is_report) {
                    Ok(true) => opened(file, Vec::new()),
                    Ok(false) => failed("这个文件不是年报的数据文件"),
                    Err(error) => failed(&error.to_string()),
                }
            }
            Err(_) => unread(),
        },
        "new" => match serde_json::from_slice::<Wanted>(body) {
            Ok(wanted) => match start::begin(&wanted, &room.options.folder) {
                Ok(begun) => opened(begun.path, begun.doubts),
                Err(why) => failed(&why),
            },
            Err(_) => unread(),
        },
        "recent" => match serde_json::from_slice::<Noting>(body) {
            Ok(Noting { is_on }) => {
                room.recent.switch(is_on);
                Answer::json(&Value::Null)
            }
            Err(_) => unread(),
        },
        _ => units::begun(room, path, body).unwrap_or_else(no_page),
    }
}
