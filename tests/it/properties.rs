//! Any input: nothing lost, no wrong figure missed, no panic.

use std::collections::BTreeMap;

use nianbao::diag::Severity;
use nianbao::document::Block;
use nianbao::edition::{Axis, ChallengeColumn, Edition, Proceeding, RequestColumn, RequestRow};
use nianbao::render::{Format, Renderer};
use nianbao::report::{Entry, FieldPath, Report};
use nianbao::source::{SourceFile, locate, read, write};
use nianbao::{document, review};

use crate::ofd_words::ofd_words;
use crate::pdf_words::pdf_words;
use crate::support::{
    Numbers, document_words, docx_words, example, files, html_words, load, rounds, stem,
};

#[test]
fn what_is_written_is_read_back() {
    let folders = ["examples", "tests/ui", "tests/charts"];
    for path in folders.into_iter().flat_map(|folder| files(folder, "toml")) {
        let text = nianbao::internals::files::read_text(&path);
        let source = SourceFile::parse("t", text.unwrap());
        let (Some(report), problems) = read(&source) else { continue };
        // Figures that are no figures are kept for drafts; they are written as they were typed.
        if problems.iter().any(|problem| problem.code.starts_with("DF")) {
            continue;
        }
        let written = write(&report);
        let (again, problems) = read(&SourceFile::parse("t", &*written));
        assert_eq!(problems, [], "{}:\n{written}", stem(&path));
        assert_eq!(again.unwrap(), report, "{}", stem(&path));
    }
}

#[test]
fn mutated_examples_never_panic_and_point_into_the_file() {
    let inserted = [
        "'", "\"", "[", "]", "{{", "}}", "{%", "=", "\n", "，", "９", "-", "\u{feff}", "\r", "0",
        ".5", "’", "𠮷", "\u{0}",
    ];
    let mut numbers = Numbers(20_260_131);
    for path in files("examples", "toml") {
        let text: Vec<char> =
            nianbao::internals::files::read_text(&path).unwrap().chars().collect();
        for _ in 0..rounds(150) {
            let mut mutated = text.clone();
            for _ in 0..1 + numbers.below(4) {
                let at = numbers.below(mutated.len());
                match numbers.below(3) {
                    0 => {
                        let end = (at + 1 + numbers.below(40)).min(mutated.len());
                        mutated.drain(at..end);
                    }
                    1 => {
                        let piece = inserted[numbers.below(inserted.len())];
                        mutated.splice(at..at, piece.chars());
                    }
                    _ => mutated[at] = text[numbers.below(text.len())],
                }
            }
            let mutated: String = mutated.into_iter().collect();
            let source = SourceFile::parse("t", &*mutated);
            let review = review(&source, nianbao::rules::Given::default());
            for finding in &review.findings {
                for label in std::iter::once(&finding.primary).chain(&finding.related) {
                    assert!(mutated.get(locate(&source, &label.place)).is_some(), "{finding:?}");
                }
            }
            if let Some(report) = &review.report {
                let _ = document::build(report, true);
            }
        }
    }
}

#[test]
fn a_file_that_ends_anywhere_is_answered() {
    let endings = [
        "",
        "\n",
        "\r",
        "[",
        "[[",
        "[a\n",
        "a\n",
        "a.",
        "a =\n",
        "a = {\n",
        "a = [\n",
        "a = '''\n",
        "a = \"\"\"\\\n",
        "a = 1979-\n",
        "a = \"\n",
    ];
    let answered = |text: &str| {
        let source = SourceFile::parse("t", text);
        let findings = review(&source, nianbao::rules::Given::default()).findings;
        for label in findings.iter().flat_map(|d| std::iter::once(&d.primary).chain(&d.related)) {
            assert!(text.get(locate(&source, &label.place)).is_some(), "{text:?}");
        }
        findings.len()
    };
    let text = example("haidong-2023");
    let line_ends = text.match_indices('\n').map(|(at, _)| at + 1).step_by(11);
    for (end, ending) in line_ends.flat_map(|end| endings.map(|ending| (end, ending))) {
        answered(&format!("{}{ending}", &text[..end]));
    }
    for ending in endings {
        assert!(answered(ending) > 0 && answered(&format!("\u{feff}{ending}{ending}")) > 0);
    }
}

#[test]
fn names_without_end_are_answered_at_once() {
    let long = "a".repeat(1_000_000);
    let other = "乙".repeat(300_000);
    for lines in [
        format!("{long} = 1\n"),
        format!("[[notes]]\nat = \"{long}\"\ntext = \"x\"\n"),
        format!("[[notes]]\nat = \"{other}\"\ntext = \"x\"\n"),
        format!("[other]\ntext = '{{{{ requests.{long} }}}}'\n"),
        format!("[rules.severity]\n{long} = \"off\"\n"),
    ] {
        let source = SourceFile::parse("t", format!("format = \"2021\"\n{lines}"));
        assert!(!review(&source, nianbao::rules::Given::default()).findings.is_empty());
    }
    let units = format!(
        "year = 2023\nname = \"甲\"\n[[units]]\nname = \"{other}\"\nfile = \"a.toml\"\n\
         [[units]]\nname = \"丙\"\nunder = \"{other}丁\"\nfile = \"b.toml\"\n"
    );
    let (list, found) = nianbao::source::read_units(&SourceFile::parse("units.toml", units));
    assert!(list.is_none() && !found.is_empty());
}

#[test]
fn rubbish_of_every_kind_is_answered() {
    let deep = "[".repeat(20_000);
    let keys: String = (0..5_000).map(|i| format!("k{i} = {i}\n")).collect();
    let quotes = "'''".repeat(10_000);
    for text in [
        "",
        "\u{feff}",
        "\r\n\r\n",
        "\0\0\0",
        "=",
        "{{{{",
        &deep,
        &keys,
        &quotes,
        &"年报".repeat(100_000),
    ] {
        let source = SourceFile::parse("t", text);
        let review = review(&source, nianbao::rules::Given::default());
        assert!(review.findings.iter().any(|finding| finding.severity == Severity::Error));
    }
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_change_nothing() {
    for path in files("examples", "toml") {
        let text = nianbao::internals::files::read_text(&path).unwrap();
        let windows = format!("\u{feff}{}", text.replace('\n', "\r\n"));
        let (_, plain) = load(&path);
        let other = review(&SourceFile::parse("t", windows), nianbao::rules::Given::default());
        let messages = |review: &nianbao::Review| -> Vec<String> {
            review.findings.iter().map(|finding| finding.message.clone()).collect()
        };
        assert_eq!(messages(&plain), messages(&other), "{}", path.display());
        let words = |report: &Report| document_words(&document::build(report, false));
        assert_eq!(words(&plain.report.unwrap()), words(&other.report.unwrap()));
    }
}

/// A report in which all sums hold, every cell of tables 2 and 3 typed, totals included.
fn balanced(edition: Edition, numbers: &mut Numbers) -> Report {
    let mut report = Report::empty(edition);
    let table = &edition.form().requests;
    let results: Vec<RequestRow> = table.result_rows().collect();
    for column in RequestColumn::APPLICANTS {
        let mut total = 0;
        for row in &results {
            let count = if numbers.below(3) == 0 { numbers.below(200) as u64 } else { 0 };
            report.requests.cells[(*row, *column)] = Entry::Value(count);
            total += count;
        }
        let carried_out = numbers.below(9) as u64;
        let carried_in = (numbers.below(9) as u64).min(total + carried_out);
        let received = total + carried_out - carried_in;
        for (row, count) in [
            (RequestRow::OutcomeTotal, total),
            (RequestRow::CarriedOut, carried_out),
            (RequestRow::CarriedIn, carried_in),
            (RequestRow::Received, received),
        ] {
            report.requests.cells[(row, *column)] = Entry::Value(count);
        }
    }
    for row in table.rows.iter().map(|row| row.row) {
        let total = report.requests.count(table, row, RequestColumn::Total).unwrap();
        report.requests.cells[(row, RequestColumn::Total)] = Entry::Value(total);
    }
    for proceeding in Proceeding::ALL {
        for column in ChallengeColumn::RESULTS {
            report.challenges.cells[(*proceeding, *column)] =
                Entry::Value(numbers.below(30) as u64);
        }
        let total = report.challenges.count(*proceeding, ChallengeColumn::Total).unwrap();
        report.challenges.cells[(*proceeding, ChallengeColumn::Total)] = Entry::Value(total);
    }
    report
}

/// The findings on sums.
fn sums(report: &Report) -> Vec<nianbao::diag::Diagnostic> {
    let sums = ["NB302", "NB303", "NB304", "NB402"];
    let findings = nianbao::rules::check(report, nianbao::rules::Given::default()).findings;
    findings.into_iter().filter(|finding| sums.contains(&finding.code)).collect()
}

#[test]
fn any_one_figure_of_tables_2_and_3_off_by_one_is_found_and_named() {
    let mut numbers = Numbers(7);
    for edition in [Edition::Y2021, Edition::Y2021, Edition::Y2019] {
        let report = balanced(edition, &mut numbers);
        assert_eq!(sums(&report), []);
        let form = report.form();
        for row in form.requests.rows.iter().map(|row| &row.row) {
            for column in RequestColumn::ALL {
                for delta in [1_i64, -1] {
                    let mut wrong = report.clone();
                    let right = report.requests.entry(*row, *column).count().unwrap();
                    let Some(count) = right.checked_add_signed(delta) else { continue };
                    wrong.requests.cells[(*row, *column)] = Entry::Value(count);
                    let findings = sums(&wrong);
                    let cell = format!(
                        "“{}”一列由 {count} 改为 {right}",
                        form.requests.column_label(*column)
                    );
                    assert!(!findings.is_empty(), "{row:?} {column:?}");
                    assert!(
                        findings.iter().all(|f| f.help[0].contains(&cell)),
                        "{row:?} {column:?}: {findings:#?}"
                    );
                }
            }
        }
        for proceeding in Proceeding::ALL {
            for column in ChallengeColumn::ALL {
                let mut wrong = report.clone();
                let right = report.challenges.entry(*proceeding, *column).count().unwrap();
                wrong.challenges.cells[(*proceeding, *column)] = Entry::Value(right + 1);
                let findings = sums(&wrong);
                assert_eq!(findings.len(), 1, "{proceeding:?} {column:?}");
            }
        }
    }
}

#[test]
fn figures_stand_in_every_output_as_they_were_typed() {
    let mut numbers = Numbers(11);
    let report = balanced(Edition::Y2021, &mut numbers);
    let document = document::build(&report, false);
    let mut shown = BTreeMap::new();
    for block in &document.blocks {
        let Block::Table(table) = block else { continue };
        let cells = table.rows().flat_map(|row| &row.cells);
        shown.extend(cells.filter_map(|cell| Some((cell.origin.clone()?, cell.text.clone()))));
    }
    assert_eq!(shown.len(), report.form().cells().count());
    for cell in report.form().cells() {
        assert_eq!(shown[&FieldPath::of(cell)], report.typed(cell).to_string(), "{cell:?}");
    }
    let words = document_words(&document).concat();
    let renderer = Renderer::new();
    let output = |format| renderer.render(&document, format).unwrap();
    assert!(html_words(&output(Format::Html)) == words);
    assert!(docx_words(&output(Format::Docx)) == words);
    assert!(pdf_words(&output(Format::Pdf)) == words);
    assert!(ofd_words(&output(Format::Ofd)) == words);
    let fragment = String::from_utf8(output(Format::HtmlFragment)).unwrap();
    let figures = shown.values().filter(|text| !fragment.contains(&format!(">{text}</td>")));
    assert_eq!(figures.count(), 0, "{fragment}");
}
