//! A form to try things on.

#![expect(clippy::disallowed_methods, reason = "editors write in ways of their own")]

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::PathBuf;
use std::time::Duration;

use nianbao::internals::branding::Branding;
use nianbao::internals::form::{Form, Options};
use nianbao::report::Date;
use serde_json::{Value, json};

use crate::support::project;

/// Longer than anything here takes; only a test that fails waits for it.
const PATIENCE: Duration = Duration::from_secs(60);

/// A form over a copy of an example in a folder of its own.
pub(super) struct Stage {
    pub(super) folder: tempfile::TempDir,
    pub(super) form: Form,
    /// The contents of the file at first.
    pub(super) good: String,
}

impl Stage {
    pub(super) fn new() -> Self {
        let good =
            nianbao::internals::files::read_text(&project("examples/haidong-2023.toml")).unwrap();
        Self::of(&good, true)
    }

    /// A form over a file of that text, or its start page beside the file.
    pub(super) fn of(text: &str, is_open: bool) -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("年报.toml"), text).unwrap();
        Self::begin(folder, text.to_owned(), is_open)
    }

    /// A form over a file that is there from another.
    pub(super) fn again(folder: tempfile::TempDir, good: String) -> Self {
        Self::begin(folder, good, true)
    }

    fn begin(folder: tempfile::TempDir, good: String, is_open: bool) -> Self {
        let file = folder.path().join("年报.toml");
        let form = Form::start(&Options {
            file: is_open.then_some(file),
            folder: folder.path().to_owned(),
            recent: Some(folder.path().join("state/recent.json")),
            signed: Some(folder.path().join("state/signed.json")),
            today: Date::new(2024, 3, 1).unwrap(),
            branding: Branding::default(),
            port: 0,
        })
        .unwrap();
        Self { folder, form, good }
    }

    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(super) fn save(&self, text: &str) {
        std::fs::write(self.path("年报.toml"), text).unwrap();
    }

    pub(super) fn file(&self) -> String {
        std::fs::read_to_string(self.path("年报.toml")).unwrap()
    }

    pub(super) fn host(&self) -> String {
        let url = self.form.url();
        url.trim_start_matches("http://").split('/').next().unwrap_or_default().to_owned()
    }

    /// A path below the page that is open.
    pub(super) fn at(&self, path: &str) -> String {
        let url = self.form.url();
        let root = url.trim_start_matches("http://").split_once('/').unwrap().1;
        format!("/{root}{path}")
    }

    /// The token that the page holds.
    pub(super) fn token(&self) -> String {
        let page = self.get("");
        page.split("data-token=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
    }

    /// The whole answer to a request with these headers besides `Connection`, and this body.
    pub(super) fn ask(
        &self,
        method: &str,
        path: &str,
        headers: &str,
        body: impl AsRef<[u8]>,
    ) -> String {
        let mut stream = TcpStream::connect(self.host()).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let head = format!("{method} {path} HTTP/1.1\r\nConnection: close\r\n{headers}\r\n");
        stream.write_all(&[head.as_bytes(), body.as_ref()].concat()).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        String::from_utf8_lossy(&answer).into_owned()
    }

    pub(super) fn get(&self, path: &str) -> String {
        self.ask("GET", &self.at(path), &format!("Host: {}\r\n", self.host()), "")
    }

    /// The headers with which a page of the form asks for something.
    pub(super) fn own(&self, token: &str, body: &str) -> String {
        let host = self.host();
        format!(
            "Host: {host}\r\nOrigin: http://{host}\r\nSec-Fetch-Site: same-origin\r\nX-Nianbao-Token: {token}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n",
            body.len()
        )
    }

    /// The status and the value that a page of the form gets.
    pub(super) fn post(&self, path: &str, value: &Value) -> (u16, Value) {
        let body = value.to_string();
        let answer = self.ask("POST", &self.at(path), &self.own(&self.token(), &body), &body);
        parts(&answer)
    }

    /// The status and the value that a page gets for bytes that it sends.
    pub(super) fn post_bytes(&self, path: &str, bytes: &[u8]) -> (u16, Value) {
        let kind = "Content-Type: application/octet-stream";
        let headers = self.own(&self.token(), "").replace("Content-Type: application/json", kind);
        let length = format!("Content-Length: {}", bytes.len());
        let headers = headers.replace("Content-Length: 0", &length);
        parts(&self.ask("POST", &self.at(path), &headers, bytes))
    }

    /// Makes changes as one step.
    pub(super) fn edit(&self, changes: &[Value]) -> (u16, Value) {
        self.post("edit", &json!({ "label": "填写", "changes": changes }))
    }

    pub(super) fn state(&self) -> Value {
        parts(&self.get("state")).1
    }
}

/// A value of the report, from what the page showed to what was typed.
pub(super) fn value(path: &str, old: Option<&str>, new: Option<&str>) -> Value {
    json!({ "kind": "value", "path": path, "old": old, "new": new })
}

/// Status and value of an answer.
pub(super) fn parts(answer: &str) -> (u16, Value) {
    let status = answer.split(' ').nth(1).unwrap().parse().unwrap();
    let body = answer.split_once("\r\n\r\n").map_or("", |(_, body)| body);
    (status, serde_json::from_str(body).unwrap_or(Value::Null))
}
