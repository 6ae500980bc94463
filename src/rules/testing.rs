//! The way rules are tested: a few lines of a data file, with the expected findings as comments.

use super::{Findings, Given, Rule};
use crate::diag::Diagnostic;
use crate::edition::{Edition, RequestRow};
use crate::report::{Report, Requests};
use crate::source::{Position, SourceFile, locate, read};

/// Runs one rule on some lines of a data file and compares every finding with the comments.
///
/// A comment `#    ^^ words` under a line expects a finding whose place begins above the first
/// caret (Chinese characters are two columns wide) and whose message, label or help holds the
/// words; `#< words` stands for the first column. A rule is silent about what is missing, so the
/// lines need only their own figures. `format = "2021"` is put before them unless they name another.
pub(super) fn check(rule: &'static Rule, lines: &str) {
    expect(rule, &with_format(lines), None);
}

/// The lines with the edition before them, unless they name one.
fn with_format(lines: &str) -> String {
    if lines.trim_start().starts_with("format") {
        lines.to_owned()
    } else {
        format!("format = \"2021\"\n{lines}")
    }
}

/// As [`check`], with some lines of the data file of the year before; edition and year are put before
/// lines that name none.
pub(super) fn check_years(rule: &'static Rule, last: &str, lines: &str) {
    let last = report_of_last_year(last);
    let head = if lines.starts_with("format") {
        ""
    } else {
        "report.year = 2023\nreport.previous = \"2022.toml\"\n"
    };
    expect(rule, &with_format(&format!("{head}{lines}")), Some(&last));
}

/// A report, of 2022 unless its lines name an edition and a year; its texts are bound.
pub(super) fn report_of_last_year(lines: &str) -> Report {
    let head = if lines.starts_with("format") { "" } else { "report.year = 2022\n" };
    let text = with_format(&format!("{head}{lines}"));
    let (report, _) = read(&SourceFile::parse("2022.toml", text));
    crate::bind::bind(report.unwrap(), None).0
}

fn expect(rule: &'static Rule, text: &str, last: Option<&Report>) {
    let mut expected = Vec::new();
    let mut n_line = 0;
    for (i, line) in text.lines().enumerate() {
        if let Some(words) = line.strip_prefix("#<") {
            expected.push(((n_line, 0), words.trim().to_owned()));
            continue;
        }
        match line.split_once('^') {
            Some((before, rest)) if line.starts_with('#') => {
                expected
                    .push(((n_line, before.len()), rest.trim_start_matches('^').trim().to_owned()));
            }
            _ => n_line = i + 1,
        }
    }
    let source = SourceFile::parse("test.toml", text);
    let mut found: Vec<((usize, usize), Diagnostic)> = run_given(rule, &source, last)
        .into_iter()
        .map(|d| (place(text, locate(&source, &d.primary.place).start), d))
        .collect();
    let all = format!("{found:#?}");
    assert_eq!(found.len(), expected.len(), "findings: {all}");
    for (at, words) in expected {
        let i = found.iter().position(|(p, d)| {
            *p == at
                && (d.message.contains(&words)
                    || d.primary.text.contains(&words)
                    || d.help.iter().any(|help| help.contains(&words)))
        });
        let Some(i) = i else { panic!("no finding at {at:?} with “{words}” in {all}") };
        found.remove(i);
    }
}

/// As [`check`], for long lines: each expected finding is given by the words of the file that it
/// points at and by words of its message, label or help, in the order of the findings.
pub(super) fn points_at(rule: &'static Rule, lines: &str, expected: &[(&str, &str)]) {
    let text = format!("format = \"2021\"\n{lines}");
    let source = SourceFile::parse("test.toml", &*text);
    let found = run(rule, &source);
    let places: Vec<&str> =
        found.iter().map(|d| &text[locate(&source, &d.primary.place)]).collect();
    let wanted: Vec<&str> = expected.iter().map(|(place, _)| *place).collect();
    assert_eq!(places, wanted, "{found:#?}");
    for (finding, (_, words)) in found.iter().zip(expected) {
        let said = finding.message.contains(words)
            || finding.primary.text.contains(words)
            || finding.help.iter().any(|help| help.contains(words));
        assert!(said, "no “{words}” in {finding:#?}");
    }
}

/// The line, from 1, and the column in which a terminal shows the byte, from 0.
fn place(text: &str, byte: usize) -> (usize, usize) {
    let line_start = text[..byte].rfind('\n').map_or(0, |i| i + 1);
    let width = |c: char| if u32::from(c) >= 0x2e80 { 2 } else { 1 };
    (Position::of(text, byte).line, text[line_start..byte].chars().map(width).sum())
}

/// The findings of one rule on a data file that can be read without complaint.
pub(super) fn run(rule: &'static Rule, source: &SourceFile) -> Vec<Diagnostic> {
    run_given(rule, source, None)
}

/// As [`run`], with the report of the year before.
pub(super) fn run_given(
    rule: &'static Rule,
    source: &SourceFile,
    last: Option<&Report>,
) -> Vec<Diagnostic> {
    let (report, problems) = read(source);
    let problems: Vec<_> =
        problems.iter().filter(|d| d.code != crate::source::codes::MISSING_KEY).collect();
    assert!(problems.is_empty(), "{problems:#?}");
    let mut unassessed = Vec::new();
    let mut holder = super::held::Holder::default();
    let read = super::Read::default();
    let given = Given { previous: last, ..Given::default() };
    let mut findings = Findings::of(rule, given, &mut unassessed, &mut holder, &read);
    let (report, unbound) = crate::bind::bind(report.unwrap(), last);
    assert_eq!(unbound, []);
    (rule.check)(&report, &mut findings);
    findings.finish()
}

/// All rows of table 2 but the outcome total, each zero.
pub(super) fn zero_rows() -> String {
    let mut tables: Vec<(String, String)> = Vec::new();
    for row in
        Edition::Y2021.form().requests.rows.iter().filter(|r| r.row != RequestRow::OutcomeTotal)
    {
        let path = Requests::row_path(row.row);
        let (table, key) = path.as_str().rsplit_once('.').unwrap();
        let line = format!("{key} = 0\n");
        match tables.iter_mut().find(|(name, _)| name == table) {
            Some((_, lines)) => lines.push_str(&line),
            None => tables.push((table.to_owned(), line)),
        }
    }
    tables.iter().map(|(name, lines)| format!("[{name}]\n{lines}")).collect()
}

/// Runs one rule on a sentence in the part on applications, with some tables, and counts what it finds.
pub(super) fn check_text(rule: &'static Rule, text: &str, tables: &str, expected: usize) {
    let file = format!(
        "format = \"2021\"\n[report]\nyear = 2023\n[overview]\ntext = '''\n{text}\n'''\n{tables}\n"
    );
    let found = run(rule, &SourceFile::parse("test.toml", file));
    let messages: Vec<&str> = found.iter().map(|finding| finding.message.as_str()).collect();
    assert_eq!(found.len(), expected, "{text}: {messages:#?}");
}

/// As [`check`], for a report that adds up two units, 甲局 and 乙局: `list` is the head of their list, `units`
/// holds some lines of their data files, none for a unit that handed in nothing.
pub(super) fn check_units(rule: &'static Rule, list: &str, units: &[&str; 2], lines: &str) {
    let text = format!("{PARENT}{lines}");
    let review = review_of_units(list, units, &text);
    let own = review.findings.iter().filter(|finding| finding.code == rule.code);
    let source = SourceFile::parse("test.toml", &*text);
    let found: Vec<((usize, usize), &Diagnostic)> =
        own.map(|d| (place(&text, locate(&source, &d.primary.place).start), d)).collect();
    let mut n_line = 0;
    let mut expected = Vec::new();
    for (i, line) in text.lines().enumerate() {
        if let Some(words) = line.strip_prefix("#<") {
            expected.push((PLACE_OF_LIST, words.trim()));
        } else if let Some((before, words)) = line.split_once('^').filter(|_| line.starts_with('#'))
        {
            expected.push(((n_line, before.len()), words.trim_start_matches('^').trim()));
        } else {
            n_line = i + 1;
        }
    }
    assert_eq!(found.len(), expected.len(), "{found:#?}");
    for (at, words) in expected {
        let hit = found.iter().any(|(p, d)| *p == at && d.message.contains(words));
        assert!(hit, "no finding at {at:?} with “{words}” in {found:#?}");
    }
}

/// The checks that a rule could not make on a report that adds up two units.
pub(super) fn unassessed_units(
    rule: &'static Rule,
    list: &str,
    units: &[&str; 2],
    lines: &str,
) -> Vec<String> {
    let review = review_of_units(list, units, &format!("{PARENT}{lines}"));
    let own = review.unassessed.into_iter().filter(|unassessed| unassessed.code == rule.code);
    own.map(|unassessed| unassessed.reason).collect()
}

const PARENT: &str = "format = \"2021\"\n[report]\nyear = 2023\nunits = \"units.toml\"\n";
const PLACE_OF_LIST: (usize, usize) = (4, 8);

fn review_of_units(list: &str, units: &[&str; 2], parent: &str) -> crate::Review {
    use crate::units::{HandedIn, Share, sum};
    let list = format!(
        "year = 2023\nname = \"某县人民政府\"\n{}{{units}}\n{}",
        list.split("[[").next().unwrap_or_default(),
        list.find("[[").map_or("", |i| &list[i..])
    )
    .replace(
        "{units}",
        "[[units]]\nname = \"甲局\"\nfile = \"1\"\n[[units]]\nname = \"乙局\"\nfile = \"2\"\n",
    );
    let (list, wrong) = crate::source::read_units(&SourceFile::parse("units.toml", list));
    assert!(wrong.is_empty(), "{wrong:#?}");
    let handed_in: Vec<HandedIn> = units
        .iter()
        .map(|lines| {
            if lines.is_empty() {
                return HandedIn::Nothing;
            }
            let text = format!("format = \"2021\"\nreport.year = 2023\n{lines}");
            let (report, problems) = read(&SourceFile::parse("unit.toml", text));
            let errors = problems.iter().filter(|d| d.code != crate::source::codes::MISSING_KEY);
            HandedIn::Share(Share::of(report.as_ref(), errors.count()))
        })
        .collect();
    let children = sum(&list.unwrap(), None, &handed_in);
    let given = Given { children: Some(&children), ..Given::default() };
    crate::review(&SourceFile::parse("test.toml", parent), given)
}
