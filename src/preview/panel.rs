//! The panel beside the report: every finding with its lines and the place to jump to.
//!
//! This JSON goes to the preview's own page and nowhere else; it changes when that page does.

use std::path::Path;

use serde::Serialize;

use crate::diag::{Diagnostic, Label, Place, Severity};
use crate::document::Meta;
use crate::load::Loaded;
use crate::review::unassessed_reason;
use crate::source::{Lines, SourceFile, locate};
use crate::trace::{Printed, Texts, cells};

/// The extent of a long line that is shown before and behind what is marked, in characters.
const AROUND: usize = 48;

/// True if the page beside the panel is what the files say.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Shown {
    /// It is.
    Current,
    /// It is the last that could be made.
    Kept,
    /// None could be made so far.
    Nothing,
}

/// All that the panel shows.
#[derive(Debug, Serialize)]
pub(super) struct Panel {
    file: String,
    findings: Vec<Entry>,
    n_waived: usize,
    unassessed: Vec<String>,
    /// The figures of the texts that tell a quantity.
    figures: Vec<Figure>,
    /// The number of them held against something, in words; empty where there are none.
    figure_counts: String,
}

/// A figure of the texts.
#[derive(Debug, Serialize)]
struct Figure {
    /// `judged`, `amiss`, `bound` or `unjudged`.
    kind: &'static str,
    /// The figure with its unit, and the words round it.
    figure: String,
    words: String,
    place: String,
    /// The result, in a word.
    result: &'static str,
    /// The other side of the comparison, or why against nothing.
    told: String,
    target: Option<Target>,
    /// The figures of the tables that it tells, by address and name.
    cells: Vec<(String, String)>,
}

/// The panel and the page it stands beside.
#[derive(Serialize)]
struct Whole<'a> {
    shown: Shown,
    page: Option<&'a str>,
    title: Option<&'a str>,
    draft: bool,
    #[serde(flatten)]
    panel: &'a Panel,
}

/// One finding.
#[derive(Debug, Serialize)]
struct Entry {
    /// `error`, `warning` or `hint`.
    severity: &'static str,
    severity_name: &'static str,
    code: &'static str,
    message: String,
    /// The file and the place in it, in words; empty when there is no such place.
    place: String,
    help: Vec<String>,
    basis: Vec<String>,
    /// The authority of the rule, in one sentence, or nothing.
    authority: Vec<String>,
    excerpts: Vec<Excerpt>,
    target: Option<Target>,
}

/// A line of a file with what is marked in it.
#[derive(Debug, Serialize, PartialEq, Eq)]
struct Excerpt {
    line: usize,
    before: String,
    marked: String,
    after: String,
    label: String,
    /// True if this is what to change, and not what it was compared with.
    primary: bool,
}

/// The text to show in the page.
#[derive(Debug, Serialize, PartialEq, Eq)]
struct Target {
    /// The address of the value, as in `data-field`.
    field: String,
    /// The index of the paragraph among those with that address, and the words in it.
    words: Option<Printed>,
}

impl Panel {
    /// An empty panel for that data file.
    pub(super) fn new(file: &Path) -> Self {
        let file = file.file_name().unwrap_or(file.as_os_str()).to_string_lossy().into_owned();
        Self {
            file,
            findings: Vec::new(),
            n_waived: 0,
            unassessed: Vec::new(),
            figures: Vec::new(),
            figure_counts: String::new(),
        }
    }

    /// Adds something that went wrong outside any file that could be shown.
    pub(super) fn problem(&mut self, message: String) {
        self.remark(Severity::Error, message);
    }

    /// Adds what the reader should know of a file that is used.
    pub(super) fn warning(&mut self, message: &str) {
        self.remark(Severity::Warning, message.to_owned());
    }

    fn remark(&mut self, severity: Severity, message: String) {
        self.findings.push(Entry {
            severity: severity.key(),
            severity_name: severity.name(),
            code: "",
            message,
            place: String::new(),
            help: Vec::new(),
            basis: Vec::new(),
            authority: Vec::new(),
            excerpts: Vec::new(),
            target: None,
        });
    }

    /// Adds all there is to say of a data file.
    pub(super) fn review(&mut self, loaded: &Loaded) {
        let Loaded { source, review, .. } = loaded;
        let lines = Lines::of(source.text());
        let texts = review.report.as_ref().map(Texts::of).unwrap_or_default();
        for finding in &review.findings {
            self.add(source, &lines, finding, &texts);
        }
        self.n_waived += review.waived.len();
        let unassessed = review.unassessed.iter();
        self.unassessed.extend(
            unassessed
                .map(|one| format!("{} {}", one.code, unassessed_reason(source, &lines, one))),
        );
        let coverage = &review.coverage;
        if coverage.n_quantities() > 0 {
            self.figure_counts = coverage.line();
        }
        let quantities = coverage.figures.iter().filter_map(|seen| Some((seen.mark()?, seen)));
        self.figures.extend(quantities.map(|(kind, seen)| Figure {
            kind,
            figure: seen.figure.clone(),
            words: seen.words.clone(),
            place: format!("第{}行", lines.position(locate(source, &seen.place).start).line),
            result: seen.result(),
            told: seen.explanation(),
            target: target(&seen.place, &texts),
            cells: review.report.as_ref().map(|it| cells(seen, it)).unwrap_or_default(),
        }));
    }

    /// Adds a finding in a file of its own.
    pub(super) fn finding(&mut self, source: &SourceFile, finding: &Diagnostic) {
        self.add(source, &Lines::of(source.text()), finding, &Texts::default());
    }

    fn add(
        &mut self,
        source: &SourceFile,
        lines: &Lines<'_>,
        finding: &Diagnostic,
        texts: &Texts<'_>,
    ) {
        let position = lines.position(locate(source, &finding.primary.place).start);
        let file = Path::new(source.name()).file_name().unwrap_or_default().to_string_lossy();
        let place = match finding.primary.place {
            Place::File => file.into_owned(),
            Place::Value(_) | Place::Key(_) | Place::Text(..) | Place::Bytes(_) => {
                let file = if file == self.file { String::new() } else { format!("{file} ") };
                format!("{file}第{}行第{}列", position.line, position.column)
            }
        };
        let labels = std::iter::once((&finding.primary, true))
            .chain(finding.related.iter().map(|label| (label, false)));
        self.findings.push(Entry {
            severity: finding.severity.key(),
            severity_name: finding.severity.name(),
            code: finding.code,
            message: finding.message.clone(),
            place,
            help: finding.help.clone(),
            basis: finding.basis.iter().map(ToString::to_string).collect(),
            authority: finding.authority.iter().map(ToString::to_string).collect(),
            excerpts: labels
                .map(|(label, primary)| excerpt(source, lines, label, primary))
                .collect(),
            target: target(&finding.primary.place, texts),
        });
    }

    /// The panel as JSON on one line, beside a page with that tag.
    pub(super) fn json(&self, shown: Shown, page: Option<(&str, &Meta)>) -> String {
        let whole = Whole {
            shown,
            page: page.map(|(tag, _)| tag),
            title: page.map(|(_, meta)| meta.title.as_str()),
            draft: page.is_some_and(|(_, meta)| meta.draft),
            panel: self,
        };
        // Texts, numbers and lists always have a JSON.
        serde_json::to_string(&whole).unwrap_or_default()
    }
}

/// The line in which a label begins, cut to what can be read beside a page.
fn excerpt(source: &SourceFile, lines: &Lines<'_>, label: &Label, primary: bool) -> Excerpt {
    let text = source.text();
    let range = locate(source, &label.place);
    let line = lines.position(range.start).line;
    let whole = lines.range(line);
    // A mark may begin at the very end of a line, and may go on over others.
    let end = range.end.min(whole.end).max(range.start);
    let before = text[whole.start..range.start].trim_start_matches('\u{feff}');
    let after = &text[end..whole.end.max(end)];
    Excerpt {
        line,
        before: last(before.trim_start(), AROUND),
        marked: first(&text[range.start..end], 2 * AROUND),
        after: first(after, AROUND),
        label: label.text.clone(),
        primary,
    }
}

/// At most the first so many characters, with a mark that there were more.
fn first(text: &str, n: usize) -> String {
    match text.char_indices().nth(n) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// At most the last so many characters, with a mark that there were more.
fn last(text: &str, n: usize) -> String {
    match text.char_indices().rev().nth(n) {
        Some((at, c)) => format!("…{}", &text[at + c.len_utf8()..]),
        None => text.to_owned(),
    }
}

fn target(place: &Place, texts: &Texts<'_>) -> Option<Target> {
    match place {
        Place::Value(path) | Place::Key(path) => {
            Some(Target { field: path.to_string(), words: None })
        }
        Place::Text(path, range) => {
            let words = texts.words(path, range);
            Some(Target { field: path.to_string(), words })
        }
        Place::Bytes(_) | Place::File => None,
    }
}

#[cfg(test)]
mod tests {
    use std::ops::Range;

    use super::*;
    use crate::report::FieldPath;

    fn loaded(text: &str) -> Loaded {
        let source = SourceFile::parse("某处/年报.toml", text);
        let review = crate::review::review(&source, crate::rules::Given::default());
        Loaded::alone(source, review)
    }

    #[test]
    fn a_finding_has_its_line_and_its_cell() {
        let loaded = loaded(
            "format = \"2021\"\r\n[report]\r\nyear = 2023\r\n[requests]\r\nreceived = [3, 0, 0, 0, 0, 0, 4] # 新收\r\n",
        );
        let mut panel = Panel::new(Path::new("某处/年报.toml"));
        panel.review(&loaded);
        let entry = panel.findings.iter().find(|entry| entry.code == "NB304").unwrap();
        assert_eq!(entry.place, "第5行第31列");
        let own = &entry.excerpts[0];
        assert_eq!((own.line, own.primary, own.marked.as_str()), (5, true, "4"));
        assert_eq!(
            (own.before.as_str(), own.after.as_str()),
            ("received = [3, 0, 0, 0, 0, 0, ", "] # 新收")
        );
        assert_eq!(entry.target.as_ref().unwrap().field, "requests.received.total");
        let json = panel.json(Shown::Nothing, None);
        assert!(!json.contains('\n') && json.contains(r#""shown":"nothing""#), "{json}");
    }

    #[test]
    fn words_are_found_in_the_paragraph_where_they_are_printed() {
        let loaded = loaded(
            "format = \"2021\"\n[report]\nyear = 2023\n[overview]\ntext = '''\n第一段𠮷。\n\n共{{ report.year }}件𠮷，错字在此。\n'''\n",
        );
        let report = loaded.review.report.as_ref().unwrap();
        let path = FieldPath::new("overview.text");
        let (_, text) = report.texts().into_iter().find(|(at, _)| *at == path).unwrap();
        let texts = Texts::of(report);
        let words = |typed: &Range<usize>| texts.words(&path, typed).unwrap();
        let at = text.typed().find("错字").unwrap();
        let found = words(&(at..at + "错字".len()));
        assert_eq!(found, Printed { paragraph: 1, length: 14, start: 9, end: 11 });
        let at = text.typed().find("report.year").unwrap();
        let found = words(&(at..at + 3));
        assert_eq!((found.start, found.end), (1, 5));
    }

    #[test]
    fn long_lines_are_cut_round_what_is_marked() {
        let text = format!("text = '{}错{}'", "前".repeat(200), "后".repeat(200));
        let at = text.find('错').unwrap();
        let source = SourceFile::plain("t", text);
        let label = Label::new(Place::Bytes(at..at + 3), "");
        let cut = excerpt(&source, &Lines::of(source.text()), &label, true);
        assert_eq!(cut.before, format!("…{}", "前".repeat(AROUND)));
        assert_eq!(cut.marked, "错");
        assert_eq!(cut.after, format!("{}…", "后".repeat(AROUND)));
    }

    #[test]
    fn every_place_of_a_file_can_be_shown() {
        let text = "\u{feff}甲 = 1\r\n\r\n乙 = '''\n𠮷\n'''";
        let source = SourceFile::plain("t", text);
        let lines = Lines::of(text);
        for start in 0..=text.len() + 1 {
            for end in start..=text.len() + 1 {
                let label = Label::new(Place::Bytes(start..end), "");
                let shown = excerpt(&source, &lines, &label, true);
                assert!((1..=5).contains(&shown.line) && !shown.after.contains('\n'), "{shown:?}");
            }
        }
    }
}
