//! The preview's addresses: eight, and nothing from disk.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use super::state::{News, Page, Shared, View};
use crate::render::Format;
use crate::report::FieldPath;
use crate::serve::{Answer, COMMON_HEADERS, FRAME_POLICY, HTML, Listener, Request, is_ours, send};

/// The interval at which an open stream is written to when nothing changes, so that one whose reader has gone is
/// noticed and let go.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// The preview's own page loads its own script and style, shows pages of this server, and no more.
const SHELL_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
    connect-src 'self'; frame-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; \
    frame-ancestors 'none'";
/// The report has no script, whatever the office's own templates contain.
const REPORT_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; \
    font-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";
/// Begins to serve what is shared, at that address and below `/secret/`.
pub(super) fn start(
    address: SocketAddr,
    secret: &str,
    shared: Arc<Shared>,
) -> io::Result<Listener> {
    let root = format!("/{secret}/");
    Listener::start(address, move |request| answer(request, &root, &shared))
}

/// Answers a request; one that breaks off on the way is nobody's concern any more.
fn answer(request: Request, root: &str, shared: &Shared) {
    let (path, query) = request.path_and_query();
    let below = path.strip_prefix(root).map(|below| format!("/{below}"));
    // Whoever does not know the secret learns nothing, not even whether an address is one.
    let path = below.unwrap_or_default();
    let query = query.to_owned();
    if is_ours(&request, path == "/") {
        respond(request, &path, &query, shared);
    } else {
        let why = "这个预览只供本机浏览器直接打开。\n";
        let _ = send(request, &Answer::refusal("403 Forbidden", why));
    }
}

/// Answers a request of one of our own pages.
pub(super) fn respond(request: Request, path: &str, query: &str, shared: &Shared) {
    let answer = if !["GET", "HEAD"].contains(&request.method()) {
        Answer::refusal("405 Method Not Allowed", "这里只能查看。\n")
    } else if path == "/events" && request.method() == "GET" {
        return stream(request, shared);
    } else {
        let mut parts = query.split('&');
        let view = shared.view();
        if path == "/trace" {
            let _ = send(request, &traced(&view, query));
            return;
        }
        match (path, parts.clone().find_map(|part| part.strip_prefix("after=")), &view.page) {
            ("/report.pdf", Some(after), Some(page)) => turned(page, shared.show_pdf(page, after)),
            _ => at(path, parts.any(|part| part == "download"), &view),
        }
    };
    let _ = send(request, &answer);
}

/// The value at a path.
fn at(path: &str, as_download: bool, view: &View) -> Answer {
    match path {
        "/" => Answer::ok(HTML, SHELL_POLICY, include_str!("../../templates/preview.html")),
        "/preview.css" => Answer::ok(
            "text/css; charset=utf-8",
            FRAME_POLICY,
            concat!(
                include_str!("../../templates/browser.css"),
                include_str!("../../templates/panel.css"),
                include_str!("../../templates/trace.css"),
                include_str!("../../templates/preview.css")
            ),
        ),
        "/preview.js" => Answer::ok(
            "text/javascript; charset=utf-8",
            FRAME_POLICY,
            concat!(
                include_str!("../../templates/elements.js"),
                include_str!("../../templates/panel.js"),
                include_str!("../../templates/marks.js"),
                include_str!("../../templates/trace.js"),
                include_str!("../../templates/preview.js")
            ),
        ),
        "/report" => match &view.page {
            Some(page) => Answer::ok(HTML, REPORT_POLICY, page.html.as_slice()),
            None => {
                Answer::refusal("404 Not Found", "还没有可以显示的报告，请先改正列出的问题。\n")
            }
        },
        "/report.docx" => file(Format::Docx, as_download, view),
        "/report.pdf" => file(Format::Pdf, as_download, view),
        "/report.ofd" => file(Format::Ofd, as_download, view),
        _ => Answer::refusal("404 Not Found", "这里没有这个页面。\n"),
    }
}

/// A figure with all that it stands in.
fn traced(view: &View, path: &str) -> Answer {
    let traced = view.loaded.as_ref().and_then(|loaded| loaded.traced(&FieldPath::new(path)));
    match traced {
        Some(traced) => Answer::json(&traced),
        None => Answer::refusal("404 Not Found", "现在查不到这个数，请先改正列出的问题。\n"),
    }
}

/// The address of the PDF at which a viewer opens it on that page. A viewer does not tell which page it
/// shows, so a PDF that is renewed could only begin on the first, far from what was just changed.
fn turned(page: &Page, number: Option<usize>) -> Answer {
    let number = number.map(|number| format!("&page={number}")).unwrap_or_default();
    let location = format!("report.pdf?{}#navpanes=0&view=FitH{number}", page.tag);
    Answer { location: Some(location), ..Answer::refusal("302 Found", "") }
}

/// The report as a file, made now. What is saved must be what the data file says, so the last good
/// state is shown when the file has mistakes, but not handed out.
fn file(format: Format, as_download: bool, view: &View) -> Answer {
    let page: &Page = match &view.page {
        Some(page) if view.is_current || !as_download => page,
        _ => {
            let why = "数据文件有错，现在不能下载。改正后再试。\n";
            return Answer::refusal("409 Conflict", why);
        }
    };
    match page.render(format) {
        Ok(bytes) => {
            let (kind, extension) = (format.media_type(), format.extension());
            Answer::file(kind, &page.file_name(), extension, as_download, bytes)
        }
        Err(error) => {
            Answer::refusal("500 Internal Server Error", format!("无法生成这个文件：{error}\n"))
        }
    }
}

/// Tells a page of every change, as server-sent events, for as long as it listens.
fn stream(mut request: Request, shared: &Shared) {
    let _listening = shared.listen();
    let mut tell = |message: &str| request.write(message.as_bytes());
    let head = format!(
        "HTTP/1.1 200 OK\r\n{COMMON_HEADERS}Content-Type: text/event-stream\r\n\r\nretry: 1000\n\n"
    );
    let mut told = 0;
    let mut outcome = tell(&head);
    while outcome.is_ok() {
        outcome = match shared.after(told, HEARTBEAT) {
            News::View(number, view) => {
                told = number;
                tell(&format!("data: {}\n\n", view.panel))
            }
            News::Nothing => tell(":\n\n"),
            News::Closed => {
                let _ = tell("event: closed\ndata:\n\n");
                return;
            }
        };
    }
}
