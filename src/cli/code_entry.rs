//! Everything that has a code, rules and problems of data files alike.

use crate::branding::TEMPLATE;
use crate::diag::{Docs, Severity};
use crate::edition::Edition;
use crate::import::PROBLEMS as PUBLISHED;
use crate::law::{Authority, Provision};
use crate::load::{ENTRIES_DIFFER, NOT_AS_LISTED, TOO_LONG, UNPRINTABLE};
use crate::review::problems;
use crate::rules::RULES;

/// A rule or a problem.
#[derive(Debug, Clone, Copy)]
pub(super) struct CodeEntry {
    pub(super) code: &'static str,
    pub(super) name: &'static str,
    pub(super) title: &'static str,
    pub(super) severity: Severity,
    /// None for problems of the data file.
    pub(super) authority: Option<Authority>,
    /// Empty for problems of the data file.
    pub(super) basis: &'static [Provision],
    /// Empty for problems of the data file, which do not depend on the form.
    pub(super) editions: &'static [Edition],
    pub(super) docs: &'static Docs,
}

impl CodeEntry {
    /// The provisions that findings on older reports cite instead of some, and the reports in question.
    pub(super) fn older_basis(&self) -> Vec<(String, Provision)> {
        let rule = RULES.iter().find(|rule| rule.code == self.code);
        rule.map(|rule| rule.older_basis()).unwrap_or_default()
    }
}

/// All rules, then all problems, each in the order of the codes.
pub(super) fn code_entries() -> Vec<CodeEntry> {
    let rules = RULES.iter().map(|rule| CodeEntry {
        code: rule.code,
        name: rule.name,
        title: rule.title,
        severity: rule.severity,
        authority: Some(rule.authority),
        basis: rule.basis,
        editions: rule.editions,
        docs: &rule.docs,
    });
    let problems = problems()
        .chain([&TEMPLATE, &UNPRINTABLE, &TOO_LONG, &NOT_AS_LISTED, &ENTRIES_DIFFER])
        .chain(PUBLISHED)
        .map(|problem| CodeEntry {
            code: problem.code,
            name: problem.name,
            title: problem.title,
            severity: problem.severity,
            authority: None,
            basis: &[],
            editions: &[],
            docs: &problem.docs,
        });
    rules.chain(problems).collect()
}
