//! What the user sees on the terminal; nothing else prints.

use std::fmt::Display;
use std::io::Write as _;
use std::path::Path;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};

use crate::Review;
use crate::diag::{Diagnostic, Label, Severity};
use crate::source::{SourceFile, locate};

/// The width to which long lines are cut when the terminal does not say its own.
const WIDTH: usize = 100;

/// Prints findings with their lines of the data file, to standard output.
pub(super) fn findings(source: &SourceFile, findings: &[Diagnostic]) {
    for finding in findings {
        print(&format!("{}\n\n", full(source, finding, &Renderer::styled())));
    }
}

/// Prints how many findings of each kind there are, and what could not be judged.
pub(super) fn summary(source: &SourceFile, review: &Review) {
    let mut text = format!("{}：", source.name());
    let counts: Vec<String> = Severity::ALL
        .iter()
        .map(|severity| {
            (severity.name(), review.findings.iter().filter(|d| d.severity == *severity).count())
        })
        .filter(|(_, n)| *n > 0)
        .map(|(name, n)| format!("{name} {n} 处"))
        .collect();
    text.push_str(if counts.is_empty() { "检查通过，没有发现问题" } else { "" });
    text.push_str(&counts.join("，"));
    if !review.waived.is_empty() {
        text.push_str(&format!("；已豁免 {} 处", review.waived.len()));
    }
    text.push('\n');
    for unassessed in &review.unassessed {
        text.push_str(&format!("  {} 未能判断：{}\n", unassessed.code, unassessed.reason));
    }
    print(&text);
}

/// Says which file has been written, to standard output.
pub(super) fn written(path: &Path) {
    print(&format!("已生成 {}\n", path.display()));
}

/// Prints a text as it is, to standard output.
pub(super) fn text(text: &str) {
    print(text);
}

/// Says why something could not be done, to standard error.
pub(super) fn error(why: &impl Display) {
    complain(&format!("错误：{why}\n"));
}

/// Adds a word to what has been said, to standard error.
pub(super) fn note(text: &str) {
    complain(&format!("{text}\n"));
}

/// A finding with its place, the lines it speaks of, what to do and why.
fn full(source: &SourceFile, finding: &Diagnostic, renderer: &Renderer) -> String {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Hint => Level::INFO,
    };
    let title = level
        .with_name(finding.severity.name())
        .primary_title(finding.message.as_str())
        .id(finding.code);
    let snippet = Snippet::source(source.text())
        .path(source.name())
        .annotation(annotation(source, AnnotationKind::Primary, &finding.primary))
        .annotations(
            finding.related.iter().map(|label| annotation(source, AnnotationKind::Context, label)),
        );
    let mut group = Group::with_title(title).element(snippet);
    for help in &finding.help {
        group = group.element(Level::HELP.with_name("改法").message(help.as_str()));
    }
    for provision in finding.basis {
        group = group.element(Level::NOTE.with_name("依据").message(provision.to_string()));
    }
    let renderer = renderer.clone().term_width(WIDTH).decor_style(DecorStyle::Ascii);
    renderer.render(&[group])
}

fn annotation<'a>(source: &SourceFile, kind: AnnotationKind, label: &'a Label) -> Annotation<'a> {
    let annotation = kind.span(locate(source, &label.place));
    if label.text.is_empty() { annotation } else { annotation.label(label.text.as_str()) }
}

/// Writes to standard output; a reader that has gone away is no error.
fn print(text: &str) {
    let _ = anstream::stdout().write_all(text.as_bytes());
}

/// Writes to standard error.
fn complain(text: &str) {
    let _ = anstream::stderr().write_all(text.as_bytes());
}
