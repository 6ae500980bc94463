//! Results of the rules, for the person who signs the report.

use std::collections::BTreeSet;

use crate::review::Review;
use crate::rules::rules_of;

/// The number of rules with each result. A rule counts once, at its gravest finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Tally {
    /// All rules of the edition.
    pub rules: usize,
    /// Nothing was found.
    pub passed: usize,
    /// Something was found that stands.
    pub found: usize,
    /// Everything found is covered by waivers.
    pub waived: usize,
    /// Nothing was found, but something could not be judged.
    pub unassessed: usize,
    /// Turned off by the data file.
    pub off: usize,
}

/// Counts the rules of a review; all zero when the file names no edition.
pub(crate) fn tally(review: &Review) -> Tally {
    let Some(report) = &review.report else { return Tally::default() };
    let codes = |codes: &mut dyn Iterator<Item = &'static str>| codes.collect::<BTreeSet<_>>();
    let found = codes(&mut review.findings.iter().map(|finding| finding.code));
    let waived = codes(&mut review.waived.iter().map(|(finding, _)| finding.code));
    let unassessed = codes(&mut review.unassessed.iter().map(|unassessed| unassessed.code));
    let mut tally = Tally::default();
    for rule in rules_of(report.edition) {
        tally.rules += 1;
        let kind = if review.off.contains(&rule.code) {
            &mut tally.off
        } else if found.contains(rule.code) {
            &mut tally.found
        } else if unassessed.contains(rule.code) {
            &mut tally.unassessed
        } else if waived.contains(rule.code) {
            &mut tally.waived
        } else {
            &mut tally.passed
        };
        *kind += 1;
    }
    tally
}
