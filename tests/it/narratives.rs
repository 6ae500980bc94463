//! The reading of running text against narratives written without sight of it: each figure is changed in
//! turn, and the change must be noticed at that figure.

use std::fmt::Write as _;
use std::ops::Range;
use std::path::Path;

use nianbao::diag::{Diagnostic, Severity};
use nianbao::rules::{FigureClass, Given, Rule};
use nianbao::source::{SourceFile, locate};
use nianbao::{review, review_by};

use crate::support::{expect_file, files, stem};

/// A folder of narratives, and of the figures there that a table, a fee or the text itself decides how many
/// changes in a hundred are noticed at the least.
struct Measure {
    folder: &'static str,
    name: &'static str,
    floor: usize,
}

/// The whole reports, the short ones, and seven sets with the slips of clerks; all but the first were written after
/// the reading had been mended on the others' kinds.
const MEASURES: [Measure; 9] = [
    Measure { folder: "tests/narratives", name: "narratives", floor: 90 },
    Measure { folder: "tests/narratives/short", name: "narratives-short", floor: 93 },
    Measure { folder: "tests/narratives/clerks", name: "narratives-clerks", floor: 88 },
    Measure { folder: "tests/narratives/offices", name: "narratives-offices", floor: 83 },
    Measure { folder: "tests/narratives/unseen", name: "narratives-unseen", floor: 76 },
    Measure { folder: "tests/narratives/phrasings", name: "narratives-phrasings", floor: 85 },
    Measure { folder: "tests/narratives/institutions", name: "narratives-institutions", floor: 79 },
    Measure { folder: "tests/narratives/plain", name: "narratives-plain", floor: 73 },
    Measure { folder: "tests/narratives/everyday", name: "narratives-everyday", floor: 69 },
];

/// The reports with a list of slips beside them, such as clerks make; the floor is for the slips.
const SLIPS: [Measure; 8] = [
    Measure { folder: "tests/narratives/clerks", name: "narratives-clerks-slips", floor: 85 },
    Measure { folder: "tests/narratives/offices", name: "narratives-offices-slips", floor: 82 },
    Measure { folder: "tests/narratives/unseen", name: "narratives-unseen-slips", floor: 70 },
    Measure { folder: "tests/narratives/phrasings", name: "narratives-phrasings-slips", floor: 78 },
    Measure {
        folder: "tests/narratives/institutions",
        name: "narratives-institutions-slips",
        floor: 71,
    },
    Measure { folder: "tests/narratives/plain", name: "narratives-plain-slips", floor: 69 },
    Measure { folder: "tests/narratives/everyday", name: "narratives-everyday-slips", floor: 68 },
    Measure { folder: "tests/narratives/mistakes", name: "narratives-mistakes", floor: 63 },
];

/// One line of the list beside a narrative.
struct Told {
    /// Its bytes in the data file.
    range: Range<usize>,
    /// The words around it.
    excerpt: String,
    /// The source of its value.
    source: String,
    /// The values whose mention shows that the finding knows why the figure is wrong.
    values: Vec<String>,
}

/// Every decidable figure, changed: the findings that notice it are listed by what was missed.
#[test]
fn a_changed_figure_is_noticed_where_it_stands() {
    for measure in MEASURES {
        let (mut table, mut all, mut unnoticed) = (String::new(), 0, Vec::new());
        for path in files(measure.folder, "toml") {
            let text = nianbao::internals::files::read_text(&path).unwrap();
            let told = decidable(&path, &text);
            let n = told.len();
            let missed: Vec<Told> =
                told.into_iter().filter(|told| !is_noticed(&text, told)).collect();
            all += n;
            writeln!(table, "{}: {} of {n}", stem(&path), n - missed.len()).unwrap();
            for told in &missed {
                writeln!(table, "  missed {} in {}", &text[told.range.clone()], told.excerpt)
                    .unwrap();
            }
            unnoticed.extend(missed.into_iter().map(|told| (path.clone(), told)));
        }
        let noticed = all - unnoticed.len();
        writeln!(table, "all: {noticed} of {all}").unwrap();
        expect_file(&format!("tests/expected/{}.txt", measure.name), &table);
        let Measure { folder, floor, .. } = measure;
        assert!(
            noticed * 100 >= all * floor,
            "{folder}: {noticed} of {all} changes are noticed\n{}",
            unnoticed.iter().map(|(path, told)| shown(path, told)).collect::<String>()
        );
    }
}

/// A figure whose change nobody notices, for those who mend the reading: its sentence, what it was taken for, and
/// what is said of the changed text.
fn shown(path: &Path, told: &Told) -> String {
    let text = nianbao::internals::files::read_text(path).unwrap();
    let source = SourceFile::parse("test.toml", &*text);
    let seen = review(&source, Given::default()).coverage.figures;
    let taken = seen.iter().find(|figure| {
        let range = locate(&source, &figure.place);
        range.start < told.range.end && told.range.start < range.end
    });
    let taken = taken.map_or("no figure".to_owned(), |figure| {
        format!("{} {}", figure.verdict.key(), figure.taken_for)
    });
    let (name, sentence) = (stem(path), sentence(&text, &told.range));
    let mut shown = format!("{name} [{}] {}\n    {taken}\n", told.source, told.excerpt);
    writeln!(shown, "    {sentence}").unwrap();
    for finding in changed_findings(&text, told) {
        let Diagnostic { code, message, severity, .. } = finding;
        writeln!(shown, "    said: {code} {message} {severity:?}").unwrap();
    }
    shown
}

/// The sentence of some words, which are marked in it.
fn sentence(text: &str, words: &Range<usize>) -> String {
    let (before, behind) = (&text[..words.start], &text[words.end..]);
    let before = before.rsplit(['。', '\n']).next().unwrap();
    let behind = behind.split(['。', '\n']).next().unwrap();
    format!("{before}【{}】{behind}", &text[words.clone()])
}

/// Whole reports that were written right, each by another hand: nothing is wrong in them that figures are held to.
#[test]
fn a_right_report_is_not_called_wrong() {
    let mut wrong = String::new();
    for path in files("tests/narratives/right", "toml") {
        let text = nianbao::internals::files::read_text(&path).unwrap();
        let source = SourceFile::parse("test.toml", &*text);
        let seen = review(&source, Given::default()).coverage.figures;
        let judged =
            seen.iter().filter(|figure| figure.verdict.class() == FigureClass::Judged).count();
        assert!(judged >= 5, "{}: only {judged} figures are judged", stem(&path));
        for (finding, range) in findings(&text) {
            if is_grave(&finding) && is_of_figures(&finding) {
                let (name, said) = (stem(&path), &text[range]);
                writeln!(wrong, "{name} {}: {} at {said}", finding.code, finding.message).unwrap();
            }
        }
    }
    assert_eq!(wrong, "");
}

/// The narratives as written are right: what the rules of figures find in them is noise.
#[test]
fn a_right_figure_is_never_called_wrong() {
    for measure in MEASURES {
        let mut wrong = String::new();
        for path in files(measure.folder, "toml") {
            let text = nianbao::internals::files::read_text(&path).unwrap();
            for (finding, range) in findings(&text) {
                if is_grave(&finding) && is_of_figures(&finding) {
                    let (name, said) = (stem(&path), &text[range]);
                    writeln!(wrong, "{name} {}: {} at {said}", finding.code, finding.message)
                        .unwrap();
                }
            }
        }
        expect_file(&format!("tests/expected/{}-noise.txt", measure.name), &wrong);
        assert_eq!(wrong, "");
    }
}

/// A slip of a clerk.
struct Slip {
    /// The words as they should be.
    written: String,
    /// The words as they are typed.
    mistaken: String,
    /// The kind of mistake.
    kind: String,
}

/// Figures turned round, dropped units, sums and shares that were not changed with their parts, the column of
/// natural persons for all: an error or a warning in the sentence says so.
#[test]
fn the_slips_of_clerks_are_noticed() {
    for Measure { folder, name, floor } in SLIPS {
        let (mut table, mut all, mut noticed, mut unnoticed) = (String::new(), 0, 0, String::new());
        for path in files(folder, "toml") {
            let text = nianbao::internals::files::read_text(&path).unwrap();
            let slips = slips(&path);
            let n = slips.len();
            let missed: Vec<Slip> =
                slips.into_iter().filter(|slip| said(&text, slip).is_empty()).collect();
            all += n;
            noticed += n - missed.len();
            writeln!(table, "{}: {} of {n}", stem(&path), n - missed.len()).unwrap();
            for Slip { written, mistaken, kind } in missed {
                writeln!(table, "  missed {mistaken} ({kind})").unwrap();
                let at = text.find(&written).unwrap();
                let sentence = sentence(&text, &(at..at + written.len()));
                writeln!(unnoticed, "{} {mistaken} ({kind})\n    {sentence}", stem(&path)).unwrap();
            }
        }
        writeln!(table, "all: {noticed} of {all}").unwrap();
        expect_file(&format!("tests/expected/{name}.txt"), &table);
        assert!(
            noticed * 100 >= all * floor,
            "{folder}: {noticed} of {all} slips are noticed\n{unnoticed}"
        );
    }
}

/// The slips listed beside a narrative.
fn slips(path: &Path) -> Vec<Slip> {
    let list = nianbao::internals::files::read_text(&path.with_extension("slips.tsv")).unwrap();
    let slip = |line: &str| {
        let [written, mistaken, kind] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("{}: {line}", path.display());
        };
        Slip { written: written.to_owned(), mistaken: mistaken.to_owned(), kind: kind.to_owned() }
    };
    list.lines().skip(1).map(slip).collect()
}

/// The errors and warnings in the sentence of a slip that are not there without it.
fn said(text: &str, slip: &Slip) -> Vec<String> {
    assert_eq!(text.matches(&slip.written).count(), 1, "{}", slip.written);
    let at = text.find(&slip.written).unwrap();
    let file = text.replace(&slip.written, &slip.mistaken);
    let start = file[..at].rfind(['。', '\n']).unwrap_or(0);
    let end = at + slip.mistaken.len();
    let end = file[end..].find(['。', '\n']).unwrap_or(0) + end;
    let before: Vec<String> = findings(text).into_iter().map(|(d, _)| d.message).collect();
    let source = SourceFile::parse("test.toml", &*file);
    let found = review_by(&source, Given::default(), looks_at_figures).findings;
    let found = found.into_iter().filter(|finding| {
        let mut labels = std::iter::once(&finding.primary).chain(&finding.related);
        let near = labels.any(|label| {
            let range = locate(&source, &label.place);
            range.start < end && start < range.end
        });
        is_grave(finding) && near && !before.contains(&finding.message)
    });
    found.map(|finding| format!("{} {}", finding.code, finding.message)).collect()
}

/// The decidable figures of a narrative that are written in Arabic numerals.
fn decidable(path: &Path, text: &str) -> Vec<Told> {
    let list = nianbao::internals::files::read_text(&path.with_extension("tsv")).unwrap();
    let mut told = Vec::new();
    for line in list.lines().skip(1) {
        let [figure, excerpt, occurrence, verdict, source, value] =
            line.split('\t').collect::<Vec<_>>()[..]
        else {
            panic!("{}: {line}", path.display());
        };
        if verdict != "decidable" || !figure.contains(|c: char| c.is_ascii_digit()) {
            continue;
        }
        let at = text.find(excerpt).unwrap_or_else(|| panic!("{}: {excerpt}", path.display()));
        let nth = occurrence.parse::<usize>().map_or(0, |n| n - 1);
        let start = at + excerpt.match_indices(figure).nth(nth).unwrap().0;
        let mut values = vec![value.to_owned(), figure.to_owned()];
        // A part that does not fit is as well explained by the whole.
        let operands = source.split(['+', '-', '/', ' ', '*', ':']);
        values.extend(operands.filter(|o| o.parse::<f64>().is_ok()).map(str::to_owned));
        let (excerpt, source) = (excerpt.to_owned(), source.to_owned());
        told.push(Told { range: start..start + figure.len(), excerpt, source, values });
    }
    told
}

/// True if an error or a warning at the figure, once changed, names what it should be.
fn is_noticed(text: &str, told: &Told) -> bool {
    changed_findings(text, told).iter().any(|finding| {
        let labels = std::iter::once(&finding.primary).chain(&finding.related);
        let words: String = std::iter::once(finding.message.as_str())
            .chain(labels.map(|label| label.text.as_str()))
            .chain(finding.help.iter().map(String::as_str))
            .collect::<Vec<_>>()
            .join("\n");
        is_grave(finding) && told.values.iter().any(|value| names(&words, value))
    })
}

/// All that is found at a figure once it is changed.
fn changed_findings(text: &str, told: &Told) -> Vec<Diagnostic> {
    findings_at(text, &told.range, &changed(&text[told.range.clone()]))
}

/// All that is found at a place of a text once something else stands there.
fn findings_at(text: &str, place: &Range<usize>, instead: &str) -> Vec<Diagnostic> {
    let end = place.start + instead.len();
    let file = format!("{}{instead}{}", &text[..place.start], &text[place.end..]);
    let source = SourceFile::parse("test.toml", &*file);
    let mut findings = review_by(&source, Given::default(), looks_at_figures).findings;
    findings.retain(|finding| {
        let mut labels = std::iter::once(&finding.primary).chain(&finding.related);
        labels.any(|label| {
            let range = locate(&source, &label.place);
            range.start < end && place.start < range.end
        })
    });
    findings
}

/// The figure with another last digit.
fn changed(figure: &str) -> String {
    let at = figure.rfind(|c: char| c.is_ascii_digit()).unwrap();
    let digit = u32::from(figure.as_bytes()[at] - b'0');
    let other = char::from_digit((digit + 3) % 10, 10).unwrap();
    format!("{}{other}{}", &figure[..at], &figure[at + 1..])
}

/// True if some words name a number that is not part of a longer one.
fn names(words: &str, value: &str) -> bool {
    let is_digit = |c: char| c.is_ascii_digit() || c == '.';
    words.match_indices(value).any(|(at, _)| {
        !words[..at].ends_with(is_digit)
            && !words[at + value.len()..].starts_with(|c: char| c.is_ascii_digit())
    })
}

fn findings(text: &str) -> Vec<(Diagnostic, Range<usize>)> {
    let source = SourceFile::parse("test.toml", text);
    let found = review(&source, Given::default()).findings;
    found.into_iter().map(|d| (d.clone(), locate(&source, &d.primary.place))).collect()
}

/// True if a rule holds figures of the text against something, or misses them; the others find the same in every
/// changed text.
fn looks_at_figures(rule: &Rule) -> bool {
    ["NB5", "NB6", "NB7", "NB816"].iter().any(|family| rule.code.starts_with(family))
}

fn is_grave(finding: &Diagnostic) -> bool {
    matches!(finding.severity, Severity::Error | Severity::Warning)
}

/// True if a finding is of a rule that holds figures of the text against something.
fn is_of_figures(finding: &Diagnostic) -> bool {
    finding.code.starts_with("NB5") || finding.code.starts_with("NB6")
}

/// Every number of a narrative stands in the list of figures, and in one place of it.
#[test]
fn every_number_of_a_text_is_listed_once() {
    for path in MEASURES.iter().flat_map(|measure| files(measure.folder, "toml")) {
        let text = nianbao::internals::files::read_text(&path).unwrap();
        let source = SourceFile::parse("test.toml", &*text);
        let seen = review(&source, Given::default()).coverage;
        let mut ranges: Vec<Range<usize>> =
            seen.figures.iter().map(|figure| locate(&source, &figure.place)).collect();
        ranges.sort_by_key(|range| range.start);
        for pair in ranges.windows(2) {
            assert!(pair[0].end <= pair[1].start, "{}: {pair:?}", path.display());
        }
        let texts: Vec<&str> = text.split("'''").skip(1).step_by(2).collect();
        assert!(!texts.is_empty());
        for own in texts {
            let start = own.as_ptr() as usize - text.as_ptr() as usize;
            for (at, c) in own.char_indices().filter(|(_, c)| c.is_ascii_digit()) {
                let at = start + at;
                let n = ranges.iter().filter(|range| range.contains(&at)).count();
                let line = own[..at - start].rsplit('\n').next().unwrap();
                assert_eq!(n, 1, "{}: {c} behind {line}", path.display());
            }
        }
    }
}

/// A figure that is said to have been judged is noticed when it is another: the list promises no more than the rules
/// keep.
#[test]
fn a_figure_said_to_be_judged_is_noticed_when_changed() {
    let mut unnoticed = String::new();
    for path in files(MEASURES[1].folder, "toml") {
        let text = nianbao::internals::files::read_text(&path).unwrap();
        let source = SourceFile::parse("test.toml", &*text);
        let seen = review(&source, Given::default()).coverage.figures;
        let judged = seen.iter().filter(|figure| figure.verdict.class() == FigureClass::Judged);
        for figure in judged {
            let range = locate(&source, &figure.place);
            if !text[range.clone()].contains(|c: char| c.is_ascii_digit()) {
                continue;
            }
            // A figure of some of them is noticed when it is more than all.
            let more = format!("9{}", &text[range.clone()]);
            let noticed = [changed(&text[range.clone()]), more]
                .iter()
                .any(|changed| !findings_at(&text, &range, changed).is_empty());
            if !noticed {
                writeln!(unnoticed, "{}: {} {}", stem(&path), figure.words, figure.detail).unwrap();
            }
        }
    }
    expect_file("tests/expected/narratives-judged.txt", &unnoticed);
    assert_eq!(unnoticed, "");
}
