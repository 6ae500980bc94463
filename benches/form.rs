//! The time in which the form answers: `cargo bench --bench form`.

#![expect(clippy::unwrap_used, reason = "a benchmark that cannot go on panics")]

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;

use divan::Bencher;
use nianbao::edition::{Cell, Edition};
use nianbao::internals::branding::Branding;
use nianbao::internals::files;
use nianbao::internals::form::{Form, Options};
use nianbao::report::{Date, FieldPath};
use serde_json::{Value, json};

fn main() {
    divan::main();
}

/// A form over a copy of the longest example.
struct Stage {
    _folder: tempfile::TempDir,
    form: Form,
    token: String,
}

impl Stage {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("年报.toml");
        let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/haidong-2023.toml");
        files::write_whole(&file, files::read_text(&example).unwrap().as_bytes()).unwrap();
        let form = Form::start(&Options {
            file: Some(file),
            folder: folder.path().to_owned(),
            recent: None,
            signed: None,
            today: Date::new(2024, 3, 1).unwrap(),
            branding: Branding::default(),
            port: 0,
        })
        .unwrap();
        let mut stage = Self { _folder: folder, form, token: String::new() };
        let page = stage.ask("GET", "", "");
        stage.token = page.split("data-token=\"").nth(1).unwrap()[..32].to_owned();
        stage
    }

    fn ask(&self, method: &str, path: &str, body: &str) -> String {
        let url = self.form.url();
        let (host, root) = url.trim_start_matches("http://").split_once('/').unwrap();
        let mut stream = TcpStream::connect(host).unwrap();
        let token = &self.token;
        let n = body.len();
        write!(
            stream,
            "{method} /{root}{path} HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nX-Nianbao-Token: {token}\r\nContent-Type: application/json\r\nContent-Length: {n}\r\n\r\n{body}"
        )
        .unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        String::from_utf8(answer).unwrap()
    }

    /// Sends changes, and waits for the findings.
    fn edit(&self, changes: &[Value]) {
        let body = json!({ "label": "填写", "changes": changes }).to_string();
        let answer = self.ask("POST", "edit", &body);
        assert!(answer.starts_with("HTTP/1.1 200"), "{}", &answer[..200.min(answer.len())]);
    }

    fn value(&self, path: &str) -> Value {
        let answer = self.ask("GET", "state", "");
        let state: Value = serde_json::from_str(answer.split_once("\r\n\r\n").unwrap().1).unwrap();
        state["values"][path].clone()
    }
}

/// All cells of table 2 pasted at once, until the findings are there.
#[divan::bench(sample_count = 20)]
fn paste_of_175_cells(bencher: Bencher<'_, '_>) {
    let stage = Stage::new();
    let form = Edition::LATEST.form();
    let cells: Vec<String> = form
        .cells()
        .filter(|cell| matches!(cell, Cell::Requests(..)))
        .map(|cell| FieldPath::of(cell).to_string())
        .collect();
    assert_eq!(cells.len(), 175);
    let mut old: Vec<Value> = cells.iter().map(|path| stage.value(path)).collect();
    let mut n = 0;
    bencher.bench_local(|| {
        n += 1;
        let new: Vec<Value> = (0..cells.len()).map(|i| json!((i + n).to_string())).collect();
        let changes = cells.iter().zip(old.iter().zip(&new));
        let changes: Vec<Value> = changes
            .map(|(path, (old, new))| json!({ "kind": "value", "path": path, "old": old, "new": new }))
            .collect();
        stage.edit(&changes);
        old = new;
    });
}

/// One figure typed, until its findings are there.
#[divan::bench(sample_count = 40)]
fn findings_of_a_figure(bencher: Bencher<'_, '_>) {
    const PATH: &str = "requests.received.natural_person";
    let stage = Stage::new();
    let mut old = stage.value(PATH);
    let mut n = 1000;
    bencher.bench_local(|| {
        n += 1;
        let new = json!(n.to_string());
        stage.edit(&[json!({ "kind": "value", "path": PATH, "old": old, "new": new })]);
        old = new;
    });
}
