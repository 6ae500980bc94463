//! Findings with the lines they speak of, what to do and why.

use std::collections::BTreeSet;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::excerpt::excerpt;
use super::format::Style;
use super::outside::{excerpted, on_one_line, visible};
use super::waived::reason;
use crate::diag::{Diagnostic, Severity};
use crate::load::{Loaded, waived};
use crate::report::Waiver;
use crate::source::{Lines, SourceFile, locate};

/// All findings of a data file that are listed, each followed by a blank line; the stream drops its colours
/// where it must. The basis of a code that has been `told` is not told again.
///
/// Of a file in which nothing is filled yet, what is missing is told in a word and not one by one.
pub(super) fn render(
    loaded: &Loaded,
    style: Style,
    width: usize,
    told: &mut BTreeSet<&'static str>,
) -> String {
    let is_fresh = loaded.review.is_fresh();
    let printer = Printer {
        source: &loaded.source,
        name: visible(loaded.source.name()),
        lines: Lines::of(loaded.source.text()),
        // The excerpt is cut already; what the library would cut off would be a second time.
        renderer: Renderer::styled().term_width(usize::MAX / 4).decor_style(DecorStyle::Ascii),
        width,
    };
    let mut text = String::new();
    for finding in &loaded.review.findings {
        if is_fresh || !style.lists(finding.severity) {
            continue;
        }
        text.push_str(&printer.finding(finding, None, told.insert(finding.code)));
        text.push_str("\n\n");
    }
    for (finding, waiver) in waived(loaded).filter(|_| style.waived) {
        text.push_str(&printer.finding(finding, Some(waiver), false));
        text.push_str("\n\n");
    }
    text
}

struct Printer<'a> {
    source: &'a SourceFile,
    name: String,
    lines: Lines<'a>,
    renderer: Renderer,
    width: usize,
}

impl Printer<'_> {
    /// A finding with its basis or without, or one that a waiver covers, which needs no more help.
    fn finding(&self, finding: &Diagnostic, waiver: Option<&Waiver>, basis: bool) -> String {
        let level = match (waiver, finding.severity) {
            (Some(_), _) => Level::NOTE.with_name("已豁免"),
            (None, Severity::Error) => Level::ERROR.with_name(finding.severity.name()),
            (None, Severity::Warning) => Level::WARNING.with_name(finding.severity.name()),
            (None, Severity::Hint) => Level::INFO.with_name(finding.severity.name()),
        };
        let title = level.primary_title(on_one_line(&finding.message)).id(finding.code);
        let labels: Vec<_> = std::iter::once(&finding.primary).chain(&finding.related).collect();
        let marks: Vec<_> = labels.iter().map(|label| locate(self.source, &label.place)).collect();
        let at = self.lines.position(marks[0].start);
        let last = marks.iter().map(|mark| self.lines.position(mark.start).line).max();
        // The line number, a bar and the blanks beside it.
        let gutter = last.unwrap_or(1).to_string().len() + 3;
        let excerpt =
            excerpt(self.source.text(), &self.lines, &marks, self.width.saturating_sub(gutter));
        let shown = Lines::of(&excerpt.text).position(excerpt.marks[0].start);
        let annotations = labels.iter().zip(excerpt.marks).enumerate().map(|(i, (label, mark))| {
            let kind = if i == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
            let annotation = kind.span(mark);
            if label.text.is_empty() {
                annotation
            } else {
                annotation.label(on_one_line(&label.text))
            }
        });
        let snippet = Snippet::source(excerpted(&excerpt.text))
            .path(self.name.as_str())
            .line_start(excerpt.first_line)
            .annotations(annotations);
        let mut group = Group::with_title(title).element(snippet);
        if let Some(waiver) = waiver {
            group =
                group.element(Level::HELP.with_name("理由").message(on_one_line(&reason(waiver))));
        } else {
            group = advice(group, finding, basis);
        }
        let rendered = self.renderer.render(&[group]);
        // The library counts the column in what it was given, which is not the whole line.
        let place = |column: usize| format!("{}:{}:{column}", self.name, at.line);
        // People look for a page, a table, a row; the lines of the text that was read are nowhere to be seen.
        if let Some(spot) = self.source.spot(marks[0].start) {
            let spot = format!("{} {spot}", self.name);
            return rendered.replacen(&place(shown.column), &spot, 1);
        }
        if shown.column == at.column {
            rendered
        } else {
            rendered.replacen(&place(shown.column), &place(at.column), 1)
        }
    }
}

/// A group with what to do and why.
fn advice<'g>(mut group: Group<'g>, finding: &'g Diagnostic, basis: bool) -> Group<'g> {
    for help in &finding.help {
        group = group.element(Level::HELP.with_name("改法").message(on_one_line(help)));
    }
    for provision in finding.basis.iter().filter(|_| basis) {
        group = group.element(Level::NOTE.with_name("依据").message(provision.to_string()));
    }
    group
}
