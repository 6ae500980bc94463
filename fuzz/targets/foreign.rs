//! Files of other programs: published reports, the parts of packages and the objects of PDFs, faces.

use std::io::{Cursor, Read, Write};
use std::sync::LazyLock;

use nianbao::document;
use nianbao::internals::{import, layout, workbook};
use nianbao::render::{Format, Renderer};
use nianbao::source::{self, SourceFile};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::seeds::{example, packages, pdf_in_the_open};

/// A published report of any kind: refused in words, or made a data file that can be read.
pub(super) fn published(bytes: &[u8]) {
    match import::read(bytes) {
        Ok(read) => {
            let text = import::data_file(&read, "报告");
            let (report, _) = source::read(&SourceFile::parse("读出.toml", text.as_str()));
            assert!(report.is_some(), "what is read of a report is no data file:\n{text}");
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

/// A Word file, a workbook and an OFD file of the program's own with one part changed inside the archive: the first byte
/// chooses the file, the second the part, the third and fourth where in it, the fifth how many bytes go; the rest comes.
pub(super) fn parts(bytes: &[u8]) {
    static FILES: LazyLock<Vec<Vec<u8>>> = LazyLock::new(packages);
    let [file, part, change @ ..] = bytes else { return };
    let base = &FILES[usize::from(*file) % FILES.len()];
    let Some(archive) = repacked(base, usize::from(*part), change) else { return };
    published(&archive);
    let _ = workbook::read(&archive, &example());
    if let Ok((renderer, _)) = Renderer::new().with_reference(archive) {
        let made = renderer.render(&document::build(&example(), true), Format::Docx);
        let _ = made.map(|made| ZipArchive::new(Cursor::new(made)).expect("it is a package"));
    }
}

/// A PDF of the program's own whose streams are not compressed, changed at one place: two bytes say where, the next how
/// many bytes go, the rest comes.
pub(super) fn objects(bytes: &[u8]) {
    static FILE: LazyLock<Vec<u8>> = LazyLock::new(pdf_in_the_open);
    let mut file = FILE.clone();
    splice(&mut file, bytes);
    published(&file);
}

/// A face that a user brings, one of the program's own with some of its bytes changed: refused, or a page is set in it. Five
/// bytes say each change, three where and two what stands there then.
pub(super) fn face(bytes: &[u8]) {
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

const FACE: &[u8] = include_bytes!("../../assets/fonts/light.otf");

/// Changes some bytes at one place: two bytes say where, the next how many go, the rest comes.
fn splice(content: &mut Vec<u8>, change: &[u8]) {
    let [high, low, gone, new @ ..] = change else { return };
    let at = (usize::from(*high) * 256 + usize::from(*low)) * content.len() / 65_536;
    let end = (at + usize::from(*gone)).min(content.len());
    content.splice(at..end, new.iter().copied());
}

/// An archive with one part changed; nothing where it cannot be packed.
fn repacked(base: &[u8], part: usize, change: &[u8]) -> Option<Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(base)).ok()?;
    let mut new = ZipWriter::new(Cursor::new(Vec::new()));
    let n = archive.len();
    for i in 0..n {
        let mut unpacked = archive.by_index(i).ok()?;
        let mut content = Vec::new();
        unpacked.read_to_end(&mut content).ok()?;
        if i == part % n {
            splice(&mut content, change);
        }
        let name = unpacked.name().to_owned();
        new.start_file(name, SimpleFileOptions::default()).ok()?;
        new.write_all(&content).ok()?;
    }
    Some(new.finish().ok()?.into_inner())
}
