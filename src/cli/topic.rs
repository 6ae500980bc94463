//! Everything that has a code, rules and problems of data files alike.

use crate::branding::TEMPLATE;
use crate::diag::{Docs, Severity};
use crate::edition::Edition;
use crate::law::Provision;
use crate::load::UNPRINTABLE;
use crate::review::problems;
use crate::rules::RULES;

/// A rule or a problem.
#[derive(Debug, Clone, Copy)]
pub(super) struct Topic {
    pub(super) code: &'static str,
    pub(super) name: &'static str,
    pub(super) title: &'static str,
    pub(super) severity: Severity,
    /// Empty for problems of the data file.
    pub(super) basis: &'static [Provision],
    /// Empty for problems of the data file, which do not depend on the form.
    pub(super) editions: &'static [Edition],
    pub(super) docs: &'static Docs,
}

impl Topic {
    /// What findings on reports of older forms cite in the place of some of the provisions.
    pub(super) fn older_basis(&self) -> Vec<(Edition, Provision)> {
        let older = self.editions.iter().flat_map(|edition| {
            let form = edition.form();
            self.basis.iter().map(|provision| (*edition, form.provision(*provision)))
        });
        older.filter(|(_, provision)| !self.basis.contains(provision)).collect()
    }
}

/// All rules, then all problems, each in the order of the codes.
pub(super) fn topics() -> Vec<Topic> {
    let rules = RULES.iter().map(|rule| Topic {
        code: rule.code,
        name: rule.name,
        title: rule.title,
        severity: rule.severity,
        basis: rule.basis,
        editions: rule.editions,
        docs: &rule.docs,
    });
    let problems = problems().chain([&TEMPLATE, &UNPRINTABLE]).map(|problem| Topic {
        code: problem.code,
        name: problem.name,
        title: problem.title,
        severity: problem.severity,
        basis: &[],
        editions: &[],
        docs: &problem.docs,
    });
    rules.chain(problems).collect()
}
