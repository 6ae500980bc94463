//! Findings as workflow commands, which GitHub shows beside the lines they speak of.

use super::outside::{on_one_line, visible};
use super::summary;
use super::waived::reason;
use crate::diag::{Diagnostic, Severity};
use crate::load::{Loaded, waived};
use crate::source::{Lines, locate};

/// One command for each finding, and the summary for readers of the log.
pub(super) fn render(loaded: &Loaded, list_waived: bool) -> String {
    let lines = Lines::of(loaded.source.text());
    let mut text = String::new();
    for finding in &loaded.review.findings {
        let command = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Hint => "notice",
        };
        let title = format!("{} {}", finding.severity.name(), finding.code);
        let message = std::iter::once(finding.message.clone())
            .chain(finding.help.iter().map(|help| format!("改法：{help}")))
            .chain(finding.basis.iter().map(|provision| format!("依据：{provision}")));
        let message = message.collect::<Vec<_>>().join("\n");
        text.push_str(&annotation(loaded, &lines, finding, command, &title, &message));
    }
    for (finding, waiver) in waived(loaded).filter(|_| list_waived) {
        let title = format!("已豁免 {}", finding.code);
        let message = format!("{}\n理由：{}", finding.message, on_one_line(&reason(waiver)));
        text.push_str(&annotation(loaded, &lines, finding, "notice", &title, &message));
    }
    text.push_str(&summary::render(loaded, list_waived));
    text
}

fn annotation(
    loaded: &Loaded,
    lines: &Lines<'_>,
    finding: &Diagnostic,
    command: &str,
    title: &str,
    message: &str,
) -> String {
    let range = locate(&loaded.source, &finding.primary.place);
    let (start, end) = (lines.position(range.start), lines.position(range.end));
    // The runner takes an end column only for marks on one line, and counts it as part of the mark.
    let end = if end.line == start.line {
        format!(",endColumn={}", end.column.saturating_sub(1).max(start.column))
    } else {
        format!(",endLine={}", end.line)
    };
    format!(
        "::{command} file={},line={},col={}{end},title={}::{}\n",
        property(&loaded.source.name().replace('\\', "/")),
        start.line,
        start.column,
        property(title),
        data(message)
    )
}

/// The message of a command: everything that could end its line is written otherwise.
fn data(text: &str) -> String {
    let lines: Vec<String> = text.split('\n').map(visible).collect();
    lines.join("\n").replace('%', "%25").replace('\n', "%0A")
}

/// A property of a command: as a message, and without what separates properties.
fn property(text: &str) -> String {
    data(&visible(text)).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_ends_a_command_early() {
        assert_eq!(data("50%：\r\n::error::x"), "50%25：<U+000D>%0A::error::x");
        assert_eq!(property("a\n::error::"), "a<U+000A>%3A%3Aerror%3A%3A");
        assert_eq!(property("C:\\a,b%"), "C%3A\\a%2Cb%25");
    }
}
