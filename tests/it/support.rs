//! Shared by the tests: examples, expected files, the program, and the words of every output.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use nianbao::document::{Block, Document};
use nianbao::source::SourceFile;
use nianbao::{Review, review};

/// A path from the root of the project.
pub(crate) fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The files of a folder with that extension, sorted by name.
pub(crate) fn files(folder: &str, extension: &str) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(project(folder))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == extension))
        .collect();
    paths.sort();
    assert!(!paths.is_empty(), "no .{extension} in {folder}");
    paths
}

/// The text of an example.
pub(crate) fn example(name: &str) -> String {
    nianbao::internals::files::read_text(&project(&format!("examples/{name}.toml"))).unwrap()
}

/// Writes a text into a file of a folder.
pub(crate) fn write(folder: &Path, name: &str, text: &str) {
    nianbao::internals::files::write_whole(&folder.join(name), text.as_bytes()).unwrap();
}

/// The bytes of a file.
pub(crate) fn read(path: &Path) -> Vec<u8> {
    use std::io::Read as _;
    let mut bytes = Vec::new();
    std::fs::File::open(path).unwrap().read_to_end(&mut bytes).unwrap();
    bytes
}

/// The name of a file without its extension.
pub(crate) fn stem(path: &Path) -> String {
    path.file_stem().unwrap().to_string_lossy().into_owned()
}

/// A data file, read and reviewed.
pub(crate) fn load(path: &Path) -> (SourceFile, Review) {
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    let source = SourceFile::parse(name, nianbao::internals::files::read_text(path).unwrap());
    let review = review(&source, nianbao::rules::Given::default());
    (source, review)
}

/// The document of a report with charts of two years.
pub(crate) fn chart_document() -> Document {
    let loaded = nianbao::internals::load::load(&project("tests/charts/2023.toml")).unwrap();
    nianbao::document::build(&loaded.review.report.unwrap(), false)
}

/// Compares with a file of `tests/expected` or `docs`; `UPDATE=1 cargo test` rewrites it instead.
pub(crate) fn expect_file(path: &str, actual: &str) {
    let path = project(path);
    if std::env::var_os("UPDATE").is_some() {
        nianbao::internals::files::write_whole(&path, actual.as_bytes()).unwrap();
        return;
    }
    let expected = nianbao::internals::files::read_text(&path).unwrap_or_default();
    if expected != actual {
        let differs = expected.lines().zip(actual.lines()).position(|(e, a)| e != a);
        let line = differs.unwrap_or(expected.lines().count().min(actual.lines().count()));
        panic!(
            "{} differs in line {}:\n  expected: {:?}\n  actual:   {:?}\nrun `UPDATE=1 cargo test` and read the diff",
            path.display(),
            line + 1,
            expected.lines().nth(line),
            actual.lines().nth(line),
        );
    }
}

/// A small generator of numbers that are the same in every run.
pub(crate) struct Numbers(pub(crate) u64);

impl Numbers {
    /// A number below `n`.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % n.max(1) as u64) as usize
    }
}

/// The number of rounds of a test that varies its input: `n`, or as many times more as `NIANBAO_ROUNDS` says.
pub(crate) fn rounds(n: usize) -> usize {
    let more = std::env::var("NIANBAO_ROUNDS").ok().and_then(|more| more.parse().ok());
    n * more.unwrap_or(1)
}

/// Runs the program in a folder, without colour and without anything of the user's environment.
pub(crate) fn nianbao(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_nianbao"))
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .output()
        .unwrap()
}

/// Sends a signal, like `INT`, to a program that was started. The shell can do so on every system.
#[cfg(unix)]
pub(crate) fn signal(child: &std::process::Child, signal: &str) {
    let kill = format!("kill -{signal} {}", child.id());
    assert!(Command::new("sh").args(["-c", &kill]).status().unwrap().success());
}

/// The output of a run: exit code, standard output, standard error.
pub(crate) fn printed(output: &Output) -> String {
    let mut text = String::from_utf8(output.stdout.clone()).unwrap();
    let errors = String::from_utf8(output.stderr.clone()).unwrap();
    if !errors.is_empty() {
        text.push_str(&format!("── stderr ──\n{errors}"));
    }
    text.push_str(&format!("── exit {} ──\n", output.status.code().unwrap()));
    text
}

/// The words of a document in reading order, one block or cell a line, without blanks.
pub(crate) fn document_words(document: &Document) -> Vec<String> {
    let mut words = Vec::new();
    for block in &document.blocks {
        match block {
            Block::Title(pieces) => words.push(pieces.concat()),
            Block::Heading(heading) => words.push(heading.text.clone()),
            Block::Paragraph(paragraph) => {
                let text: String = paragraph.text.iter().map(|piece| piece.text()).collect();
                let lead_in =
                    paragraph.lead_in.as_ref().map_or("", |heading| heading.text.as_str());
                words.push(format!("{lead_in}{text}"));
            }
            Block::Table(table) => {
                words
                    .extend(table.rows().flat_map(|row| row.cells.iter().map(|cell| cell.words())));
                words.extend(table.notes.iter().cloned());
            }
            Block::Chart(chart) => words.extend(chart.words()),
            Block::Closing { agency, date } => {
                words.push(agency.clone());
                words.extend(date.clone());
            }
        }
    }
    words.iter().map(|line| without_blanks(line)).filter(|line| !line.is_empty()).collect()
}

/// A text without its blanks: where lines are broken is the business of each output.
pub(crate) fn without_blanks(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The words of a web page: the text of `main` without the elements of class `not-report`.
pub(crate) fn html_words(page: &[u8]) -> String {
    const VOID: [&[u8]; 7] = [b"meta", b"link", b"br", b"hr", b"img", b"col", b"wbr"];
    let text = std::str::from_utf8(page).unwrap();
    let main = text.find("<main").unwrap()..text.find("</main>").unwrap();
    let mut reader = quick_xml::Reader::from_str(&text[main]);
    reader.config_mut().check_end_names = false;
    let mut words = String::new();
    let mut hidden_depth = 0_usize;
    loop {
        match reader.read_event().unwrap() {
            quick_xml::events::Event::Start(tag) => {
                let hidden = tag.attributes().any(|a| {
                    let a = a.unwrap();
                    a.key.as_ref() == b"class"
                        && a.value.split(|b| *b == b' ').any(|c| c == b"not-report")
                });
                if (hidden_depth > 0 || hidden) && !VOID.contains(&tag.name().as_ref()) {
                    hidden_depth += 1;
                }
            }
            quick_xml::events::Event::End(_) => hidden_depth = hidden_depth.saturating_sub(1),
            quick_xml::events::Event::Text(text) if hidden_depth == 0 => {
                words.push_str(&text.decode().unwrap());
            }
            quick_xml::events::Event::GeneralRef(name) if hidden_depth == 0 => {
                words.push_str(&resolve(&name.decode().unwrap()));
            }
            quick_xml::events::Event::Eof => break,
            _ => {}
        }
    }
    without_blanks(&words)
}

/// The words of the body of a Word file, those of its charts among them.
pub(crate) fn docx_words(file: &[u8]) -> String {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(file)).unwrap();
    let mut part = |path: &str| {
        let mut text = String::new();
        std::io::Read::read_to_string(&mut zip.by_name(path).unwrap(), &mut text).unwrap();
        text
    };
    let xml = part("word/document.xml");
    let mut reader = quick_xml::Reader::from_str(&xml);
    let mut words = String::new();
    let mut in_text = false;
    loop {
        match reader.read_event().unwrap() {
            quick_xml::events::Event::Start(tag) => in_text = tag.name().as_ref() == b"w:t",
            quick_xml::events::Event::End(_) => in_text = false,
            quick_xml::events::Event::Empty(tag) if tag.name().as_ref() == b"c:chart" => {
                let id = tag.try_get_attribute("r:id").unwrap().unwrap().value;
                let relation = format!("Id=\"{}\"", std::str::from_utf8(&id).unwrap());
                let relations = part("word/_rels/document.xml.rels");
                let relation = relations.split("<Relationship ").find(|r| r.contains(&relation));
                let target = relation.unwrap().split("Target=\"").nth(1).unwrap();
                let target = target.split('"').next().unwrap();
                words.push_str(&chart_words(&part(&format!("word/{target}"))));
            }
            quick_xml::events::Event::Text(text) if in_text => {
                words.push_str(&text.decode().unwrap());
            }
            quick_xml::events::Event::GeneralRef(name) if in_text => {
                words.push_str(&resolve(&name.decode().unwrap()));
            }
            quick_xml::events::Event::Eof => break,
            _ => {}
        }
    }
    without_blanks(&words)
}

/// The words that Word shows of the part of a bar chart: its legend, then each label with its numbers.
fn chart_words(xml: &str) -> String {
    let between = |text: &str, start: &str, end: &str| -> String {
        text.split(start)
            .nth(1)
            .map_or_else(String::new, |rest| rest.split(end).next().unwrap().into())
    };
    let points = |list: &str| -> std::collections::BTreeMap<usize, String> {
        let point = |point: &str| {
            let index = point.split('"').next().unwrap().parse().unwrap();
            let value = between(point, "<c:v>", "</c:v>");
            (index, quick_xml::escape::unescape(&value).unwrap().into_owned())
        };
        list.split("<c:pt idx=\"").skip(1).map(point).collect()
    };
    let series: Vec<&str> = xml.split("<c:ser>").skip(1).collect();
    let mut words = String::new();
    if xml.contains("<c:legend>") {
        for one in &series {
            words.push_str(&between(&between(one, "<c:tx>", "</c:tx>"), "<c:v>", "</c:v>"));
        }
    }
    for (i, label) in points(&between(series[0], "<c:cat>", "</c:cat>")) {
        words.push_str(&label);
        for one in &series {
            let values = points(&between(one, "<c:val>", "</c:val>"));
            words.push_str(values.get(&i).map_or("", String::as_str));
        }
    }
    words
}

/// The character that an entity or character reference stands for.
fn resolve(name: &str) -> String {
    match name {
        "amp" => "&".to_owned(),
        "lt" => "<".to_owned(),
        "gt" => ">".to_owned(),
        "quot" => "\"".to_owned(),
        "apos" => "'".to_owned(),
        _ => {
            let number = name.strip_prefix('#').unwrap();
            let code = match number.strip_prefix('x') {
                Some(hex) => u32::from_str_radix(hex, 16).unwrap(),
                None => number.parse().unwrap(),
            };
            char::from_u32(code).unwrap().to_string()
        }
    }
}
