//! Every example in every format that is written, read back.

use nianbao::document::{Document, build};
use nianbao::edition::Section;
use nianbao::internals::import::Class;
use nianbao::render::{Format, Renderer};

use super::{figures, read};
use crate::support::{document_words, files, load, stem};

const FORMATS: &[Format] = &[
    Format::Html,
    Format::HtmlFragment,
    Format::Docx,
    Format::Ofd,
    #[cfg(feature = "pdf-import")]
    Format::Pdf,
];

/// The words of a document without the blanks that every output sets as it likes: those that stand between letters or
/// digits are kept.
fn words(document: &Document) -> Vec<String> {
    let squeezed = |text: &String| {
        let chars: Vec<char> = text.chars().collect();
        let is_inner = |i: usize| {
            let beside = [i.checked_sub(1), i.checked_add(1)].map(|at| chars.get(at?));
            beside.iter().all(|c| c.is_some_and(char::is_ascii_alphanumeric))
        };
        let kept = (0..chars.len()).filter(|i| !chars[*i].is_whitespace() || is_inner(*i));
        kept.map(|i| chars[i]).collect()
    };
    document_words(document).iter().map(squeezed).collect()
}

#[test]
fn every_example_comes_back_from_every_format() {
    let renderer = Renderer::new();
    for path in files("examples", "toml") {
        let report = load(&path).1.report.unwrap();
        let document = build(&report, false);
        for format in FORMATS {
            let name = format!("{} {format:?}", stem(&path));
            let mut published = read(&renderer.render(&document, *format).unwrap());
            if *format == Format::HtmlFragment {
                // The page into which it is put has the title.
                published.report.agency.name.clone_from(&report.agency.name);
                published.report.header.year = report.header.year;
                published.report.header.title.clone_from(&report.header.title);
            }
            assert_eq!(figures(&published.report), figures(&report), "{name}");
            let back = words(&build(&published.report, false));
            for (a, b) in words(&document).iter().zip(&back) {
                assert_eq!(a, b, "{name}");
            }
            assert_eq!(words(&document).len(), back.len(), "{name}");
            for (cell, (class, why)) in &published.classes {
                let best = match cell.section() {
                    Section::Disclosure => Class::Reliable,
                    _ => Class::Certain,
                };
                assert!(*class <= best, "{name}: {cell:?} {class:?} {why}");
            }
            assert!(published.is_sure(), "{name}");
            accounted(&published, &name);
        }
    }
}

/// Every character is in the report or left out for a reason; few are left out, and none is unaccounted for.
fn accounted(published: &nianbao::internals::import::Published, name: &str) {
    let account = &published.account;
    assert_eq!(account.listed, [], "{name}");
    let reasons = account.by_reason();
    // Bars and lists of contents are of the page, and not of the report.
    let dropped: usize = reasons
        .iter()
        .filter(|(reason, _)| **reason != nianbao::internals::import::Reason::Frame)
        .map(|(_, n)| n)
        .sum();
    let all = account.placed + dropped;
    assert!(dropped * 50 <= all, "{name}: {dropped} of {all} left out: {reasons:?}");
}

#[test]
fn a_data_file_that_was_made_is_read_as_the_same_report() {
    let renderer = Renderer::new();
    for path in files("examples", "toml") {
        let report = load(&path).1.report.unwrap();
        let page = renderer.render(&build(&report, false), Format::Html).unwrap();
        let published = read(&page);
        let text = nianbao::internals::import::data_file(&published, "年报.html");
        let source = nianbao::source::SourceFile::parse("t.toml", text.as_str());
        let (back, problems) = nianbao::source::read(&source);
        let problems: Vec<&str> = problems.iter().map(|problem| problem.message.as_str()).collect();
        // The kind of a body is no word of the report, and only some names tell it.
        assert!(problems.len() <= 1, "{}: {problems:?}\n{text}", stem(&path));
        assert_eq!(figures(&back.unwrap()), figures(&report), "{}", stem(&path));
    }
}

#[test]
fn a_page_that_was_changed_after_it_was_made_says_so() {
    let report = load(&crate::support::project("examples/khorgos-2023.toml")).1.report.unwrap();
    let page = Renderer::new().render(&build(&report, false), Format::Html).unwrap();
    let page = String::from_utf8(page).unwrap();
    let cell = "data-field=\"disclosure.licences\">2446<";
    assert!(page.contains(cell));
    let changed = page.replace(cell, "data-field=\"disclosure.licences\">2464<");
    let published = read(changed.as_bytes());
    let (source, findings) = published.audit("年报.html");
    let finding = findings.iter().find(|finding| finding.code == "NB016").unwrap();
    assert!(finding.message.contains("2464") && finding.message.contains("2446"));
    let range = nianbao::source::locate(&source, &finding.primary.place);
    assert_eq!(&source.text()[range], "2464");
    assert!(!published.is_sure());
}
