//! The lines of a starter: heads, places to be filled, and remarks.

use std::fmt::Write as _;

use super::super::keys::KeyTable;
use super::super::literal::line;
use crate::report::Report;

pub(super) fn unfilled(out: &mut String, key: &str, blank: &str, comment: &str) {
    out.push('#');
    line(out, key, blank, comment);
}

pub(super) fn table(out: &mut String, known: &KeyTable, report: &Report) {
    let _ = writeln!(out, "\n[{}]  # {}", known.name, known.label(report.edition));
}

/// A line across the page that shows where a section begins.
pub(super) fn heading(out: &mut String, title: &str) {
    let _ = write!(out, "\n\n# ──────── {title} ────────\n");
}

/// A line after `#`; whatever a comment cannot hold becomes a blank.
pub(super) fn remark(out: &mut String, what: &str, words: &str) {
    let words: String = words.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let _ = writeln!(out, "# {what}{}{words}", if what == "　" { "" } else { "：" });
}
