//! What browsers send: requests to the server of the form, and changes of a data file that is open in it.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};
use std::path::PathBuf;
use std::sync::{LazyLock, Mutex, PoisonError};

use nianbao::internals::branding::Branding;
use nianbao::internals::files;
use nianbao::internals::form::{Desk, Edit, Form, Options};
use nianbao::report::Date;

use super::seeds::EXAMPLE;

/// A form over a copy of the example.
struct Served {
    folder: tempfile::TempDir,
    form: Form,
    /// The token that its page holds.
    token: String,
}

/// The bytes of a request, in which `@S` stands for the path of the page, `@T` for its token and `@H` for its host: what is
/// a whole request is answered, and what the program could not do is said in words.
pub(super) fn request(bytes: &[u8]) {
    /// The requests after which another form is begun: they open and make files.
    const OF_ONE: usize = 64;
    static SERVED: Mutex<(usize, Option<Served>)> = Mutex::new((0, None));
    let mut guard = SERVED.lock().unwrap_or_else(PoisonError::into_inner);
    let (n_asked, served) = &mut *guard;
    if *n_asked % OF_ONE == 0
        && let Some(Served { form, .. }) = served.take()
    {
        form.stop();
    }
    *n_asked += 1;
    let served = &*served.get_or_insert_with(self::served);
    let (host, path) = address(&served.form);
    let mut request = Vec::new();
    let mut rest = bytes;
    while let Some(at) = rest.iter().position(|byte| *byte == b'@') {
        request.extend_from_slice(&rest[..at]);
        let (name, behind) = match rest.get(at + 1) {
            Some(b'S') => (path.as_str(), 2),
            Some(b'T') => (served.token.as_str(), 2),
            Some(b'H') => (host.as_str(), 2),
            _ => ("@", 1),
        };
        request.extend_from_slice(name.as_bytes());
        rest = &rest[at + behind..];
    }
    request.extend_from_slice(rest);
    let file = served.folder.path().join(FILE);
    if files::read_text(&file).ok().as_deref() != Some(EXAMPLE) {
        files::write_whole(&file, EXAMPLE.as_bytes()).expect("the folder can be written");
    }
    let answer = String::from_utf8_lossy(&answer(&host, &request)).into_owned();
    // Blank lines before a request are passed over.
    let begin = request.iter().position(|byte| !b"\r\n".contains(byte));
    let begin = begin.unwrap_or(request.len());
    let has = |end: &[u8]| request[begin..].windows(end.len()).any(|piece| piece == end);
    let is_whole = has(b"\r\n\r\n") || has(b"\n\n");
    assert!(
        !is_whole || !answer.is_empty(),
        "no answer to {:?}",
        String::from_utf8_lossy(&request)
    );
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 "), "{answer:.300}");
    let is_fault = answer.starts_with("HTTP/1.1 500") && !answer.contains("\"refused\":");
    assert!(!is_fault, "{answer:.2000}");
}

/// The list of changes that a page sends, as JSON: made or refused, and undone to the first byte.
pub(super) fn form(bytes: &[u8]) {
    static FOLDER: LazyLock<tempfile::TempDir> =
        LazyLock::new(|| tempfile::tempdir().expect("there is room for a folder"));
    let Ok(steps) = serde_json::from_slice::<Vec<Edit>>(bytes) else { return };
    let path = FOLDER.path().join(FILE);
    files::write_whole(&path, EXAMPLE.as_bytes()).expect("the folder can be written");
    let desk = Desk::open(&path).expect("the example can be opened");
    let text = || files::read_text(&path).expect("the file is there");
    let mut texts = vec![text()];
    for edit in steps.iter().take(20) {
        let before = text();
        match desk.make(edit) {
            Ok(()) if text() != before => texts.push(text()),
            Ok(()) => {}
            Err(_) => assert_eq!(text(), before, "a change that was refused is in the file"),
        }
    }
    for before in texts.iter().rev().skip(1) {
        assert!(desk.undo().is_ok());
        assert!(text() == *before, "undoing a step does not give the text before it");
    }
    for after in texts.iter().skip(1) {
        assert!(desk.redo().is_ok());
        assert!(text() == *after, "redoing a step does not give the text behind it");
    }
}

/// The name of the data file.
const FILE: &str = "年报.toml";

fn served() -> Served {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let file: PathBuf = folder.path().join(FILE);
    files::write_whole(&file, EXAMPLE.as_bytes()).expect("the folder can be written");
    let options = Options {
        file: Some(file),
        folder: folder.path().to_owned(),
        recent: None,
        signed: None,
        today: Date::new(2024, 3, 1).expect("there is such a day"),
        branding: Branding::default(),
        port: 0,
    };
    let form = Form::start(&options).expect("a form can be served");
    let (host, path) = address(&form);
    let page = answer(&host, format!("GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n").as_bytes());
    let page = String::from_utf8_lossy(&page).into_owned();
    let token = page.split("data-token=\"").nth(1).and_then(|rest| rest.split('"').next());
    let token = token.expect("the page holds a token").to_owned();
    Served { folder, form, token }
}

/// The host and the path of the page.
fn address(form: &Form) -> (String, String) {
    let url = form.url();
    let (host, path) = url.trim_start_matches("http://").split_once('/').expect("a path");
    (host.to_owned(), format!("/{path}"))
}

/// All that is answered to a request.
fn answer(host: &str, request: &[u8]) -> Vec<u8> {
    let mut answer = Vec::new();
    let Ok(mut stream) = TcpStream::connect(host) else { return b"HTTP/1.1 000".to_vec() };
    // An answer may come before everything is sent, and what is cut off then is none of ours.
    let _ = stream.write_all(request);
    let _ = stream.shutdown(Shutdown::Write);
    let _ = stream.read_to_end(&mut answer);
    answer
}
