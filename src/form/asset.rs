//! The script and the style of all pages of the form.

use crate::serve::{Answer, FRAME_POLICY};

/// The script and the style of all pages.
pub(super) fn asset(path: &str) -> Option<Answer> {
    let (kind, body) = match path {
        "form.css" => (
            "text/css; charset=utf-8",
            concat!(
                include_str!("../../templates/browser.css"),
                include_str!("../../templates/panel.css"),
                include_str!("../../templates/trace.css"),
                include_str!("../../templates/form.css"),
                include_str!("../../templates/office.css")
            ),
        ),
        "form.js" => (
            "text/javascript; charset=utf-8",
            concat!(
                include_str!("../../templates/elements.js"),
                include_str!("../../templates/panel.js"),
                include_str!("../../templates/marks.js"),
                include_str!("../../templates/trace.js"),
                include_str!("../../templates/form/ask.js"),
                include_str!("../../templates/form/start.js"),
                include_str!("../../templates/form/save.js"),
                include_str!("../../templates/form/table.js"),
                include_str!("../../templates/form/paste.js"),
                include_str!("../../templates/form/texts.js"),
                include_str!("../../templates/form/scopes.js"),
                include_str!("../../templates/form/findings.js"),
                include_str!("../../templates/form/cell.js"),
                include_str!("../../templates/form/inspector.js"),
                include_str!("../../templates/form/sections.js"),
                include_str!("../../templates/form/finish.js"),
                include_str!("../../templates/form/read_back.js"),
                include_str!("../../templates/form/recall.js"),
                include_str!("../../templates/form/names.js"),
                include_str!("../../templates/form/office.js"),
                include_str!("../../templates/form/sums.js"),
                include_str!("../../templates/form/begin.js")
            ),
        ),
        _ => return None,
    };
    Some(Answer::ok(kind, FRAME_POLICY, body))
}
