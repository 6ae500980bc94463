//! The inputs that others could send this program, each with the function that takes it: any bytes must be answered, and
//! what must hold afterwards is asserted. The fuzzer drives them (`fuzz_targets`), and so do seeded rounds of the test suite.

#![allow(dead_code, reason = "each program of the fuzzer uses one target")]

use std::io::{Cursor, Read, Write};
use std::sync::LazyLock;

use nianbao::document;
use nianbao::internals::{import, layout, workbook};
use nianbao::render::{Format, Renderer};
use nianbao::report::Report;
use nianbao::rules::Given;
use nianbao::source::{self, SourceFile, locate};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// Something that takes input from outside.
pub(crate) struct Target {
    /// Its name, which is that of the fuzzer's program.
    pub(crate) name: &'static str,
    /// Takes any bytes.
    pub(crate) run: fn(&[u8]),
    /// Inputs to begin with.
    pub(crate) seeds: fn() -> Vec<Vec<u8>>,
}

/// All of them.
pub(crate) const TARGETS: &[Target] = &[
    Target { name: "data_file", run: data_file, seeds: examples },
    Target { name: "outputs", run: outputs, seeds: examples },
    Target { name: "edits", run: edits, seeds: edit_seeds },
    Target { name: "published", run: published, seeds: published_seeds },
    Target { name: "parts", run: parts, seeds: part_seeds },
    Target { name: "face", run: face, seeds: faces },
];

/// The fuzzer ends at every panic; those of foreign readers that the program answers are none of its business.
pub(crate) fn only_panics_that_leave() {
    drop(std::panic::take_hook());
}

/// The text of a data file: read, judged, written again. Every finding points into the text, and what is written is read as
/// the same report.
pub(crate) fn data_file(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let source = SourceFile::parse("年报.toml", &*text);
    let review = nianbao::review(&source, Given::default());
    for finding in &review.findings {
        for label in std::iter::once(&finding.primary).chain(&finding.related) {
            assert!(text.get(locate(&source, &label.place)).is_some(), "{finding:?}");
        }
    }
    let (Some(report), problems) = source::read(&source) else { return };
    if problems.iter().any(|problem| problem.code.starts_with("DF")) {
        return;
    }
    let written = source::write(&report);
    let (again, problems) = source::read(&SourceFile::parse("年报.toml", &*written));
    assert!(problems.is_empty() && again.as_ref() == Some(&report), "{problems:?}\n{written}");
}

/// The text of a data file, made into every format as a draft.
pub(crate) fn outputs(bytes: &[u8]) {
    static RENDERER: LazyLock<Renderer> = LazyLock::new(Renderer::new);
    let text = String::from_utf8_lossy(bytes);
    let Some(report) =
        nianbao::review(&SourceFile::parse("年报.toml", &*text), Given::default()).report
    else {
        return;
    };
    let document = document::build(&report, true);
    for format in Format::ALL {
        if let Ok(made) = RENDERER.render(&document, *format) {
            assert!(!made.is_empty());
        }
    }
}

/// Two data files, parted by a zero byte: the figures of the second are put into the first, and are in it then.
pub(crate) fn edits(bytes: &[u8]) {
    let Some(zero) = bytes.iter().position(|byte| *byte == 0) else { return };
    let (into, from) =
        (String::from_utf8_lossy(&bytes[..zero]), String::from_utf8_lossy(&bytes[zero + 1..]));
    let (Some(report), _) = source::read(&SourceFile::parse("新.toml", &*from)) else { return };
    let target = SourceFile::parse("年报.toml", &*into);
    let Ok(text) = source::edit(&target, &report, &source::Remarks::default()) else { return };
    let again =
        source::edit(&SourceFile::parse("年报.toml", &*text), &report, &source::Remarks::default());
    assert_eq!(again.as_deref(), Ok(&*text), "an edit that is made twice changes something");
}

/// A published report of any kind.
pub(crate) fn published(bytes: &[u8]) {
    if let Ok(read) = import::read(bytes) {
        let text = import::data_file(&read, "报告");
        let _ = source::read(&SourceFile::parse("读出.toml", text));
    }
}

/// A Word file, a workbook and an OFD file of the program's own with one part changed inside the archive: the first byte
/// chooses the file, the second the part, the third and fourth where in it, the fifth how many bytes go; the rest comes.
pub(crate) fn parts(bytes: &[u8]) {
    static FILES: LazyLock<Vec<Vec<u8>>> = LazyLock::new(archives);
    let [file, part, high, low, gone, new @ ..] = bytes else { return };
    let base = &FILES[usize::from(*file) % FILES.len()];
    let changed = |name_index: usize, content: &mut Vec<u8>, n: usize| {
        if name_index == usize::from(*part) % n {
            let at = (usize::from(*high) * 256 + usize::from(*low)) * content.len() / 65_536;
            let end = (at + usize::from(*gone)).min(content.len());
            content.splice(at..end, new.iter().copied());
        }
    };
    let Some(archive) = repacked(base, changed) else { return };
    published(&archive);
    let _ = workbook::read(&archive, &example());
    let _ = Renderer::new().with_reference(archive);
}

/// A face that a user brings, one of the program's own with some of its bytes changed: refused, or a page is set in it. Five
/// bytes say each change, three where and two what stands there then.
pub(crate) fn face(bytes: &[u8]) {
    static PAGE: LazyLock<document::Document> = LazyLock::new(|| document::build(&example(), true));
    let mut face = FACE.to_vec();
    for change in bytes.chunks_exact(5) {
        let at =
            change[..3].iter().fold(0, |at, byte| at * 256 + usize::from(*byte)) % (face.len() - 1);
        face[at..at + 2].copy_from_slice(&change[3..]);
    }
    let Ok((renderer, _)) = Renderer::new().with_face(layout::Role::Body, face, None) else {
        return;
    };
    for format in [Format::Pdf, Format::Ofd] {
        let _ = renderer.render(&PAGE, format);
    }
}

const FACE: &[u8] = include_bytes!("../assets/fonts/light.otf");

const EXAMPLE: &str = include_str!("../examples/qinglan-2020.toml");

fn example() -> Report {
    let (report, _) = source::read(&SourceFile::parse("年报.toml", EXAMPLE));
    report.expect("the example is a report")
}

fn examples() -> Vec<Vec<u8>> {
    let small = "format = \"2021\"\n[report]\nyear = 2023\n[agency]\nname = \"某县教育局\"\nkind = \"department\"\n\
        [overview]\ntext = '''\n全年公开信息12条，其中{{ requests.received.total }}件。\n'''\n\
        [requests]\nreceived = [3, 0, 0, 0, 0, 0, 3]\n";
    vec![EXAMPLE.into(), small.into()]
}

fn edit_seeds() -> Vec<Vec<u8>> {
    let starter = source::starter(&example(), None);
    vec![[starter.as_bytes(), b"\0", EXAMPLE.as_bytes()].concat()]
}

/// One report in every format.
fn rendered() -> Vec<Vec<u8>> {
    let document = document::build(&example(), true);
    let renderer = Renderer::new();
    Format::ALL.iter().filter_map(|format| renderer.render(&document, *format).ok()).collect()
}

fn archives() -> Vec<Vec<u8>> {
    let is_archive = |bytes: &Vec<u8>| bytes.starts_with(b"PK");
    rendered().into_iter().chain(workbook::write(&example()).ok()).filter(is_archive).collect()
}

fn published_seeds() -> Vec<Vec<u8>> {
    rendered().into_iter().chain(archives()).collect()
}

fn part_seeds() -> Vec<Vec<u8>> {
    (0..3)
        .flat_map(|file| {
            (0..8).map(move |part| vec![file, part, 128, 0, 4, b'<', b'w', b':', b'p', b'/', b'>'])
        })
        .collect()
}

/// Changes in the directory of tables, and one anywhere.
fn faces() -> Vec<Vec<u8>> {
    (0..12).map(|entry| vec![0, 0, 12 + 16 * entry + 10, 255, 255, 4, entry, 0, 0, 1]).collect()
}

/// An archive with each part handed to a function with its number and their count; nothing where it cannot be packed.
fn repacked(base: &[u8], change: impl Fn(usize, &mut Vec<u8>, usize)) -> Option<Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(base)).ok()?;
    let mut new = ZipWriter::new(Cursor::new(Vec::new()));
    let n = archive.len();
    for i in 0..n {
        let mut part = archive.by_index(i).ok()?;
        let mut content = Vec::new();
        part.read_to_end(&mut content).ok()?;
        change(i, &mut content, n);
        let name = part.name().to_owned();
        new.start_file(name, SimpleFileOptions::default()).ok()?;
        new.write_all(&content).ok()?;
    }
    Some(new.finish().ok()?.into_inner())
}
