//! Findings on one line each: `path:line:column: 错误[code] message`.

use super::format::Style;
use super::outside::{on_one_line, visible};
use super::stream::terminal_width;
use super::waived::reason;
use super::{coverage, summary};
use crate::diag::Diagnostic;
use crate::load::{Loaded, waived};
use crate::source::{Lines, locate};

/// All findings of a data file, and its summary if asked for.
pub(super) fn render(loaded: &Loaded, style: Style, summarized: bool) -> String {
    let list_waived = style.waived;
    let source = &loaded.source;
    let lines = Lines::of(source.text());
    let mut text = String::new();
    let mut line = |finding: &Diagnostic, name: &str, more: &str| {
        let start = locate(source, &finding.primary.place).start;
        let at = match source.spot(start) {
            Some(spot) => format!(" {spot}"),
            None => {
                let at = lines.position(start);
                format!(":{}:{}", at.line, at.column)
            }
        };
        let message = on_one_line(&finding.message);
        let (path, code) = (visible(source.name()), finding.code);
        text.push_str(&format!("{path}{at}: {name}[{code}] {message}{more}\n",));
    };
    for finding in loaded.review.findings.iter().filter(|finding| style.lists(finding.severity)) {
        line(finding, finding.severity.name(), "");
    }
    for (finding, waiver) in waived(loaded).filter(|_| list_waived) {
        line(finding, "已豁免", &format!("；理由：{}", on_one_line(&reason(waiver))));
    }
    if summarized {
        text.push_str(&summary::render(loaded, list_waived));
        text.push_str(&coverage::render(loaded, style, terminal_width()));
    }
    text
}
