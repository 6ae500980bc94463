//! Findings covered by waivers.

use crate::diag::Diagnostic;
use crate::load::Loaded;
use crate::report::Waiver;

/// The findings that waivers cover, each with its waiver.
pub(in crate::cli) fn waived(loaded: &Loaded) -> impl Iterator<Item = (&Diagnostic, &Waiver)> {
    let waivers = loaded.review.report.as_ref().map_or(&[][..], |report| &report.waivers);
    loaded
        .review
        .waived
        .iter()
        .filter_map(|(finding, waiver)| Some((finding, waivers.get(*waiver)?)))
}

/// Reason, name and date of a waiver, in one phrase.
pub(super) fn reason(waiver: &Waiver) -> String {
    let date = waiver.date.map(|date| format!("，{date}")).unwrap_or_default();
    format!("{}（{}{date}）", waiver.reason, waiver.by)
}
