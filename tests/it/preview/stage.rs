//! A preview to try things on, and someone who is told of its changes.

#![expect(clippy::disallowed_methods, reason = "editors write in ways of their own")]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::PathBuf;
use std::time::Duration;

use nianbao::internals::branding::Branding;
use nianbao::internals::preview::{Options, Preview};
use serde_json::Value;

use crate::support::project;

/// Longer than anything here takes; only a test that fails waits for it.
pub(super) const PATIENCE: Duration = Duration::from_secs(60);

/// A preview of a copy of an example in a folder of its own.
pub(super) struct Stage {
    pub(super) folder: tempfile::TempDir,
    pub(super) preview: Preview,
    pub(super) good: String,
}

impl Stage {
    pub(super) fn new() -> Self {
        Self::with(true, None)
    }

    pub(super) fn with(notifications: bool, templates: Option<&str>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let good =
            nianbao::internals::files::read_text(&project("examples/haidong-2023.toml")).unwrap();
        let file = folder.path().join("年报.toml");
        std::fs::write(&file, &good).unwrap();
        let templates = templates.map(|name| folder.path().join(name));
        if let Some(templates) = &templates {
            std::fs::create_dir(templates).unwrap();
        }
        let preview = Preview::start(&Options {
            file,
            branding: Branding { templates, ..Branding::default() },
            port: 0,
            notifications,
        })
        .unwrap();
        Self { folder, preview, good }
    }

    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(super) fn save(&self, text: &str) {
        std::fs::write(self.path("年报.toml"), text).unwrap();
    }

    pub(super) fn save_by_rename(&self, text: &str) {
        std::fs::write(self.path("年报.toml~"), text).unwrap();
        std::fs::rename(self.path("年报.toml~"), self.path("年报.toml")).unwrap();
    }

    /// The example with that many penalties, which no rule looks at.
    pub(super) fn penalties(&self, n: usize) -> String {
        let (from, to) = ("penalties           = 3523", format!("penalties           = {n}"));
        assert!(self.good.contains(from));
        self.good.replace(from, &to)
    }

    /// Puts a file beside the data file, whole at once: one that is read half-written is not what is tried.
    pub(super) fn put(&self, name: &str, text: &str) {
        nianbao::internals::files::write_whole(&self.path(name), text.as_bytes()).unwrap();
    }

    pub(super) fn broken(&self) -> String {
        self.good.replace("received    = [ 107,", "received    = [ 107，")
    }

    pub(super) fn host(&self) -> String {
        let url = self.preview.url();
        url.trim_start_matches("http://").split('/').next().unwrap_or_default().to_owned()
    }

    /// A path below the address that nobody can guess.
    pub(super) fn at(&self, path: &str) -> String {
        let secret = self.preview.url().rsplit('/').nth(1).unwrap_or_default().to_owned();
        if path.starts_with('/') { format!("/{secret}{path}") } else { path.to_owned() }
    }

    /// The whole answer to a request with these headers besides `Connection`.
    pub(super) fn ask(&self, method: &str, path: &str, headers: &str) -> String {
        let path = self.at(path);
        let mut stream = TcpStream::connect(self.host()).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let request = format!("{method} {path} HTTP/1.1\r\nConnection: close\r\n{headers}\r\n");
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        String::from_utf8_lossy(&answer).into_owned()
    }

    pub(super) fn get(&self, path: &str) -> String {
        self.ask("GET", path, &format!("Host: {}\r\n", self.host()))
    }

    pub(super) fn status(&self, method: &str, path: &str, headers: &str) -> String {
        let answer = self.ask(method, path, headers);
        answer.split(' ').nth(1).unwrap_or_default().to_owned()
    }

    pub(super) fn listen(&self) -> Listener {
        let mut stream = TcpStream::connect(self.host()).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let path = self.at("/events");
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {}\r\n\r\n", self.host()).unwrap();
        Listener { lines: BufReader::new(stream) }
    }
}

/// Someone who is told of changes.
pub(super) struct Listener {
    pub(super) lines: BufReader<TcpStream>,
}

impl Listener {
    /// The next line of the stream.
    pub(super) fn line(&mut self) -> String {
        let mut line = String::new();
        let n_bytes = self.lines.read_line(&mut line).unwrap();
        assert!(n_bytes > 0, "the stream has ended");
        line.trim_end().to_owned()
    }

    /// The next state that is told.
    pub(super) fn next(&mut self) -> Value {
        loop {
            if let Some(data) = self.line().strip_prefix("data: ") {
                return serde_json::from_str(data).unwrap();
            }
        }
    }

    /// The first state that is told and is as wanted.
    pub(super) fn until(&mut self, wanted: impl Fn(&Value) -> bool) -> Value {
        loop {
            let state = self.next();
            if wanted(&state) {
                return state;
            }
        }
    }
}
