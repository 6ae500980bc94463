//! [`Findings`]: where a rule puts all that it has to say.

use std::cell::Cell;

use super::held::{Held, Holder};
use super::{Given, Read, Rule, Summary, Unassessed};
use crate::budget::{FINDINGS, SENTENCE_CHARS};
use crate::diag::{Diagnostic, Label, Place, Severity};
use crate::prose::{Passage, Prose};
use crate::report::Report;

/// The findings of a rule; it knows the rule, so code, severity and basis are never repeated.
pub(in crate::rules) struct Findings<'a> {
    rule: &'static Rule,
    pub(super) given: Given<'a>,
    pub(super) list: Vec<Diagnostic>,
    /// The number found behind the last one of the list, and the last of those.
    n_more: usize,
    unlisted: Option<Diagnostic>,
    unassessed: &'a mut Vec<Unassessed>,
    holder: &'a mut Holder,
    pub(super) read: &'a Read,
    /// True if the rule has asked for them.
    reads: Cell<bool>,
}

impl<'a> Findings<'a> {
    pub(super) fn of(
        rule: &'static Rule,
        given: Given<'a>,
        unassessed: &'a mut Vec<Unassessed>,
        holder: &'a mut Holder,
        read: &'a Read,
    ) -> Self {
        let (list, reads) = (Vec::new(), Cell::new(false));
        Self { rule, given, list, n_more: 0, unlisted: None, unassessed, holder, read, reads }
    }

    /// The severity of its findings, unless one says otherwise.
    pub(super) fn severity(&self) -> Severity {
        self.rule.severity
    }

    /// The report that was given as that of the year before, right or wrong.
    pub(super) fn previous(&self) -> Option<&'a Report> {
        self.given.previous
    }

    /// The report of the year before, if it is given and is that of the year before.
    pub(super) fn last_year(&self, report: &Report) -> Option<&'a Report> {
        self.given.previous.filter(|last| report.follows(last))
    }

    /// The sum of the reports of the units under the body, if its report is their sum.
    pub(super) fn children(&self) -> Option<&'a Summary> {
        self.given.children
    }

    /// True if the office above has set the rule, so that no waiver of the report counts.
    pub(super) fn is_set_above(&self) -> bool {
        self.given.office.is_some_and(|office| office.governs(self.rule.code))
    }

    /// The texts of the report as read.
    pub(super) fn prose(&self, report: &Report) -> &'a Prose {
        self.reads.set(true);
        self.read.prose.get_or_init(|| Prose::of(report))
    }

    /// Adds a finding: what the reader should change, what is wrong, and a word beside the place.
    pub(super) fn report(
        &mut self,
        place: Place,
        message: impl Into<String>,
        label: impl Into<String>,
    ) -> &mut Diagnostic {
        self.report_as(self.rule.severity, place, message, label)
    }

    /// Adds a finding that is not as grave as the rule's others, or graver.
    pub(super) fn report_as(
        &mut self,
        severity: Severity,
        place: Place,
        message: impl Into<String>,
        label: impl Into<String>,
    ) -> &mut Diagnostic {
        let finding = Diagnostic {
            code: self.rule.code,
            severity,
            message: message.into(),
            primary: Label::new(place, label),
            related: Vec::new(),
            help: Vec::new(),
            authority: Some(self.rule.authority),
            basis: self.rule.basis.to_vec(),
            repair: None,
        };
        if self.list.len() > FINDINGS {
            self.n_more += 1;
            return self.unlisted.insert(finding);
        }
        self.list.push(finding);
        let last = self.list.len() - 1;
        &mut self.list[last]
    }

    /// The findings; where it is more than anyone reads, the last finding says how many are not listed.
    pub(super) fn finish(mut self) -> Vec<Diagnostic> {
        if let Some(last) = self.list.last_mut().filter(|_| self.n_more > 0) {
            last.and_more(self.n_more + 1);
        }
        let unread = self.read.prose.get().filter(|_| self.reads.get()).map(|prose| prose.n_unread);
        if let Some(n) = unread.filter(|n| *n > 0) {
            self.unassessed(format!("有 {n} 句超过 {SENTENCE_CHARS} 字，没有读；请用句号断句"));
        }
        self.list
    }

    /// Says that a figure of a text was held against something, right or wrong.
    pub(super) fn held(&mut self, passage: &Passage, figure: usize, held: Held) {
        self.holder.add(&passage.path, figure, held);
    }

    /// True if a figure of a text was held against something by this rule or one before it.
    pub(super) fn is_held(&self, passage: &Passage, figure: usize) -> bool {
        self.holder.of(&passage.path).is_some_and(|held| held.contains_key(&figure))
    }

    /// Says that something could not be judged.
    pub(super) fn unassessed(&mut self, reason: impl Into<String>) {
        self.unassessed_figures(reason, Vec::new());
    }

    /// Says that some figures of the texts could not be judged, and what of them.
    pub(super) fn unassessed_figures(&mut self, reason: impl Into<String>, figures: Vec<Label>) {
        self.unassessed.push(Unassessed { code: self.rule.code, reason: reason.into(), figures });
    }
}
