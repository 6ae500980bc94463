//! The preview's server: this machine only, seven addresses, nothing from disk.
//!
//! Other users of this machine can ask for 127.0.0.1 too, so all addresses lie under a path that nobody can guess. A
//! page of any other site that is open in the same browser is refused by the name it asks for (`Host`; a name
//! that was made to point here is not ours) and by what the browser says of it (`Origin`,
//! `Sec-Fetch-Site`).

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher as _, Hasher as _};
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use super::http::{Listener, Request};
use super::state::{News, Page, Shared, View};
use crate::render::Format;

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
/// For all else. A browser's own viewer of PDF works with scripts and objects of its own.
const FRAME_POLICY: &str = "frame-ancestors 'self'";

const HTML: &str = "text/html; charset=utf-8";
const TEXT: &str = "text/plain; charset=utf-8";

/// Begins to serve what is shared, at that address and below `/secret/`.
pub(super) fn start(
    address: SocketAddr,
    secret: String,
    shared: Arc<Shared>,
) -> io::Result<Listener> {
    let root = format!("/{secret}/");
    Listener::start(address, move |request| answer(request, &root, &shared))
}

/// A name that nobody can guess: 128 bits from the system, by way of the keys of hash maps.
pub(super) fn secret() -> String {
    let number = || RandomState::new().build_hasher().finish();
    format!("{:016x}{:016x}", number(), number())
}

/// An answer that is all there.
struct Answer {
    status: &'static str,
    kind: &'static str,
    policy: &'static str,
    /// `Content-Disposition`, when it matters what the body is called.
    called: Option<String>,
    /// `Location`, when the answer is another address.
    location: Option<String>,
    body: Vec<u8>,
}

impl Answer {
    fn ok(kind: &'static str, policy: &'static str, body: impl Into<Vec<u8>>) -> Self {
        Self { status: "200 OK", kind, policy, called: None, location: None, body: body.into() }
    }

    /// The reason why there is nothing else, in words for the reader.
    fn refusal(status: &'static str, why: impl Into<Vec<u8>>) -> Self {
        let body = why.into();
        Self { status, kind: TEXT, policy: FRAME_POLICY, called: None, location: None, body }
    }
}

/// Answers a request; one that breaks off on the way is nobody's concern any more.
fn answer(request: Request, root: &str, shared: &Shared) {
    let (path, query) = request.path_and_query();
    let below = path.strip_prefix(root).map(|below| format!("/{below}"));
    // Whoever does not know the secret learns nothing, not even whether an address is one.
    let path = below.as_deref().unwrap_or_default();
    let answer = if !is_ours(&request, path) {
        Answer::refusal("403 Forbidden", "这个预览只供本机浏览器直接打开。\n")
    } else if !["GET", "HEAD"].contains(&request.method()) {
        Answer::refusal("405 Method Not Allowed", "这里只能查看。\n")
    } else if path == "/events" && request.method() == "GET" {
        return stream(request, shared);
    } else {
        let mut parts = query.split('&');
        let view = shared.view();
        match (path, parts.clone().find_map(|part| part.strip_prefix("after=")), &view.page) {
            ("/report.pdf", Some(after), Some(page)) => turned(page, shared.show_pdf(page, after)),
            _ => at(path, parts.any(|part| part == "download"), &view),
        }
    };
    let _ = send(request, &answer);
}

/// True if a request comes from this server's own pages, or from someone who opened its address.
fn is_ours(request: &Request, path: &str) -> bool {
    let Ok(address) = request.address() else { return false };
    let names = names(address);
    let is_here = |host: &str| names.iter().any(|name| host.eq_ignore_ascii_case(name));
    // What is given twice could be read in two ways.
    let host = matches!(request.values("Host")[..], [host] if is_here(host));
    let origin = match request.values("Origin")[..] {
        [origin] => origin.strip_prefix("http://").is_some_and(is_here),
        [] => true,
        _ => false,
    };
    // The file through which a browser is given the address is of another origin.
    let is_opened = path == "/"
        && request.values("Sec-Fetch-Mode") == ["navigate"]
        && request.values("Sec-Fetch-Dest") == ["document"];
    let site = match request.values("Sec-Fetch-Site")[..] {
        [site] => is_opened || ["same-origin", "none"].contains(&site),
        // Browsers of some years ago do not say.
        [] => true,
        _ => false,
    };
    host && origin && site
}

/// The browsers' name for that address.
fn names(address: SocketAddr) -> Vec<String> {
    /// The port that browsers do not write, as it is understood.
    const UNWRITTEN: u16 = 80;
    let hosts = [address.ip().to_string(), "localhost".to_owned()];
    let mut names: Vec<String> =
        hosts.iter().map(|host| format!("{host}:{}", address.port())).collect();
    if address.port() == UNWRITTEN {
        names.extend(hosts);
    }
    names
}

/// The value at a path.
fn at(path: &str, as_download: bool, view: &View) -> Answer {
    match path {
        "/" => Answer::ok(HTML, SHELL_POLICY, include_str!("../../templates/preview.html")),
        "/preview.css" => Answer::ok(
            "text/css; charset=utf-8",
            FRAME_POLICY,
            include_str!("../../templates/preview.css"),
        ),
        "/preview.js" => Answer::ok(
            "text/javascript; charset=utf-8",
            FRAME_POLICY,
            include_str!("../../templates/preview.js"),
        ),
        "/report" => match &view.page {
            Some(page) => Answer::ok(HTML, REPORT_POLICY, page.html.as_slice()),
            None => {
                Answer::refusal("404 Not Found", "还没有可以显示的报告，请先改正列出的问题。\n")
            }
        },
        "/report.docx" => file(Format::Docx, as_download, view),
        "/report.pdf" => file(Format::Pdf, as_download, view),
        _ => Answer::refusal("404 Not Found", "这里没有这个页面。\n"),
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
    let kind = match format {
        Format::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        Format::Pdf => "application/pdf",
        Format::Html | Format::HtmlFragment => HTML,
    };
    match page.render(format) {
        Ok(bytes) => {
            let how = if as_download { "attachment" } else { "inline" };
            let name = encode(&format!("{}.{}", page.file_name(), format.extension()));
            let plain = format!("report.{}", format.extension());
            let called = format!("{how}; filename=\"{plain}\"; filename*=UTF-8''{name}");
            Answer { called: Some(called), ..Answer::ok(kind, FRAME_POLICY, bytes) }
        }
        Err(error) => {
            Answer::refusal("500 Internal Server Error", format!("无法生成这个文件：{error}\n"))
        }
    }
}

/// A name as RFC 8187 wants it in a header.
fn encode(name: &str) -> String {
    let mut encoded = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

/// Sends an answer.
fn send(mut request: Request, answer: &Answer) -> io::Result<()> {
    let Answer { status, kind, policy, called, location, body } = answer;
    let with_body = request.method() != "HEAD";
    let mut message = format!(
        "HTTP/1.1 {status}\r\n{COMMON_HEADERS}Content-Type: {kind}\r\nContent-Security-Policy: {policy}\r\nContent-Length: {}\r\n",
        body.len()
    );
    if status.starts_with("405") {
        message.push_str("Allow: GET, HEAD\r\n");
    }
    if let Some(called) = called {
        message.push_str(&format!("Content-Disposition: {called}\r\n"));
    }
    if let Some(location) = location {
        message.push_str(&format!("Location: {location}\r\n"));
    }
    message.push_str("\r\n");
    let mut message = message.into_bytes();
    if with_body {
        message.extend_from_slice(body);
    }
    request.write(&message)
}

/// The headers of every answer: nothing is kept, guessed, or given to other sites.
const COMMON_HEADERS: &str = "Connection: close\r\n\
    Cache-Control: no-store\r\n\
    X-Content-Type-Options: nosniff\r\n\
    Referrer-Policy: no-referrer\r\n\
    Cross-Origin-Opener-Policy: same-origin\r\n\
    Cross-Origin-Resource-Policy: same-origin\r\n";

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_leaves_out_the_usual_port() {
        let names = |port| names(SocketAddr::from(([127, 0, 0, 1], port)));
        assert_eq!(names(8000), ["127.0.0.1:8000", "localhost:8000"]);
        assert_eq!(names(80), ["127.0.0.1:80", "localhost:80", "127.0.0.1", "localhost"]);
    }

    #[test]
    fn names_of_files_pass_through_a_header() {
        assert_eq!(encode("年报 1.pdf"), "%E5%B9%B4%E6%8A%A5%201.pdf");
        assert_eq!(encode("a\r\n\"b"), "a%0D%0A%22b");
    }
}
