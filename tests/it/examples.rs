//! Every example: it checks clean, and each format carries the same words and the same bytes twice.

use nianbao::diag::Severity;
use nianbao::document::{self, Document};
use nianbao::render::{Format, Renderer};

use crate::ofd_words::ofd_words;
use crate::pdf_words::pdf_words;
use crate::support::{
    document_words, docx_words, expect_file, files, html_words, load, project, stem,
};

/// The documents of all examples, and that of a report with charts of two years.
fn documents() -> Vec<(String, Document)> {
    let charts = ("charts-2023".to_owned(), project("tests/charts/2023.toml"));
    let examples = files("examples", "toml").into_iter().map(|path| (stem(&path), path));
    examples
        .chain([charts])
        .map(|(name, path)| {
            let review = nianbao::internals::load::load(&path).unwrap().review;
            (name, document::build(&review.report.unwrap(), false))
        })
        .collect()
}

#[test]
fn they_check_clean() {
    for path in files("examples", "toml").into_iter().chain([project("tests/charts/2023.toml")]) {
        let (_, review) = load(&path);
        let grave: Vec<_> =
            review.findings.iter().filter(|d| d.severity > Severity::Hint).collect();
        assert!(grave.is_empty(), "{}: {grave:#?}", path.display());
    }
}

#[test]
fn one_follows_that_of_the_year_before() {
    let path = project("examples/khorgos-2023.toml");
    let loaded = nianbao::internals::load::load(&path).unwrap();
    assert!(loaded.previous.is_some_and(|path| path.ends_with("examples/khorgos-2022.toml")));
    let review = loaded.review;
    assert!(review.findings.iter().all(|d| d.severity == Severity::Hint), "{:#?}", review.findings);
    let across_years = |code: &str| code.starts_with("NB7") || code == "NB207";
    assert!(!review.findings.iter().any(|d| across_years(d.code)), "{:#?}", review.findings);
    assert!(!review.unassessed.iter().any(|u| across_years(u.code)), "{:#?}", review.unassessed);
}

#[test]
fn their_words_are_as_expected() {
    for (name, document) in documents() {
        let words = document_words(&document).join("\n") + "\n";
        expect_file(&format!("tests/expected/{name}/words.txt"), &words);
    }
}

#[test]
fn every_format_carries_the_same_words() {
    let renderer = Renderer::new();
    for (name, document) in documents() {
        let words = document_words(&document).concat();
        for format in Format::ALL {
            let bytes = renderer.render(&document, *format).unwrap();
            let found = match format {
                Format::Html => html_words(&bytes),
                // The content system has a field for the title.
                Format::HtmlFragment => continue,
                Format::Docx => docx_words(&bytes),
                Format::Pdf => pdf_words(&bytes),
                Format::Ofd => ofd_words(&bytes),
            };
            assert_same(&words, &found, &format!("{name} as {}", format.key()));
        }
    }
}

#[test]
fn the_same_bytes_twice_and_from_two_threads() {
    let documents = documents();
    let render = || -> Vec<Vec<u8>> {
        let renderer = Renderer::new();
        let all = documents
            .iter()
            .flat_map(|(_, document)| Format::ALL.iter().map(move |f| (document, f)));
        all.map(|(document, format)| renderer.render(document, *format).unwrap()).collect()
    };
    let once = render();
    assert!(once == render(), "a second run differs");
    let (left, right) = std::thread::scope(|scope| {
        let left = scope.spawn(render);
        let right = scope.spawn(render);
        (left.join().unwrap(), right.join().unwrap())
    });
    assert!(left == once && right == once, "a run beside another differs");
}

fn assert_same(expected: &str, found: &str, what: &str) {
    if expected == found {
        return;
    }
    let same = expected.chars().zip(found.chars()).take_while(|(e, f)| e == f).count();
    let around =
        |text: &str| text.chars().skip(same.saturating_sub(15)).take(50).collect::<String>();
    panic!(
        "{what} differs at character {same}:\n  expected …{}…\n  found    …{}…",
        around(expected),
        around(found)
    );
}
