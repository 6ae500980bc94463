//! The words on a waiver.

use crate::report::Waiver;

/// Reason, name and date of a waiver, in one phrase.
pub(super) fn reason(waiver: &Waiver) -> String {
    let date = waiver.date.map(|date| format!("，{date}")).unwrap_or_default();
    format!("{}（{}{date}）", waiver.reason, waiver.by)
}
