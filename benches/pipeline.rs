//! The time of each stage on the longest example: `cargo bench`.

#![expect(clippy::unwrap_used, reason = "a benchmark that cannot go on panics")]

use std::path::Path;

use divan::Bencher;
use nianbao::document::{self, Document};
use nianbao::internals::layout;
use nianbao::render::{Format, Renderer, pdf};
use nianbao::rules::Given;
use nianbao::source::SourceFile;

fn main() {
    divan::main();
}

fn text() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/haidong-2023.toml");
    nianbao::internals::files::read_text(&path).unwrap()
}

fn document() -> Document {
    let review = nianbao::review(&SourceFile::parse("haidong", text()), Given::default());
    document::build(&review.report.unwrap(), false)
}

/// Text of the data file to findings.
#[divan::bench]
fn read_and_check(bencher: Bencher<'_, '_>) {
    let text = text();
    bencher
        .bench(|| nianbao::review(&SourceFile::parse("haidong", text.as_str()), Given::default()));
}

/// The same with a narrative of one megabyte.
#[divan::bench(sample_count = 10)]
fn read_and_check_one_megabyte(bencher: Bencher<'_, '_>) {
    let text = text();
    let (head, tail) = text.split_once("heading = \"主动公开情况\"\ntext = '''\n").unwrap();
    let paragraph = tail.lines().next().unwrap();
    let long = format!("{paragraph}\n").repeat(1_000_000 / paragraph.len());
    let text = format!("{head}heading = \"主动公开情况\"\ntext = '''\n{long}{tail}");
    bencher.bench(|| nianbao::review(&SourceFile::parse("long", text.as_str()), Given::default()));
}

/// So many characters of reports, looked through for slips of one character: a report has some five thousand.
#[divan::bench(args = [5_000, 50_000])]
fn find_slips(bencher: Bencher<'_, '_>, characters: usize) {
    use nianbao::internals::words::{Own, slips};
    let text = text();
    let text: String = text.chars().filter(|c| !c.is_ascii()).cycle().take(characters).collect();
    let own = Own::default();
    bencher.bench(|| slips(&text, &own));
}

/// Report to document.
#[divan::bench]
fn build_document(bencher: Bencher<'_, '_>) {
    let report =
        nianbao::review(&SourceFile::parse("haidong", text()), Given::default()).report.unwrap();
    bencher.bench(|| document::build(&report, false));
}

/// Document to pages.
#[divan::bench]
fn lay_out(bencher: Bencher<'_, '_>) {
    let (document, faces) = (document(), layout::Faces::bundled());
    bencher.bench(|| layout::lay_out(&document, &faces).unwrap());
}

/// Pages to a PDF: faces cut, pages described, all compressed and written.
#[divan::bench]
fn write_pdf(bencher: Bencher<'_, '_>) {
    let pages = layout::lay_out(&document(), &layout::Faces::bundled()).unwrap();
    bencher.bench(|| pdf::render(&pages, None).unwrap());
}

/// Document to bytes.
#[divan::bench(args = Format::ALL)]
fn render(bencher: Bencher<'_, '_>, format: &Format) {
    let document = document();
    let renderer = Renderer::new();
    bencher.bench(|| renderer.render(&document, *format).unwrap());
}

/// Two hundred different reports to PDF, one after the other.
#[divan::bench(sample_count = 5)]
fn two_hundred_pdfs(bencher: Bencher<'_, '_>) {
    let documents: Vec<Document> = (0..200)
        .map(|i| {
            let text = text()
                .replace("2211", &format!("{}", 2211 + i))
                .replace("海东市", &format!("第{i}市"));
            let review = nianbao::review(&SourceFile::parse("n", text), Given::default());
            document::build(&review.report.unwrap(), false)
        })
        .collect();
    let renderer = Renderer::new();
    bencher.bench(|| {
        documents
            .iter()
            .map(|document| renderer.render(document, Format::Pdf).unwrap().len())
            .sum::<usize>()
    });
}

/// The formats of published reports.
const IMPORTED: &[Format] = &[
    Format::Html,
    Format::Docx,
    #[cfg(feature = "pdf-import")]
    Format::Pdf,
];

/// A published report to data.
#[divan::bench(args = IMPORTED)]
fn import(bencher: Bencher<'_, '_>, format: &Format) {
    let bytes = Renderer::new().render(&document(), *format).unwrap();
    bencher.bench(|| nianbao::internals::import::read(&bytes).unwrap());
}
