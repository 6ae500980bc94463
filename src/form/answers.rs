//! The answers that all pages of the form give in one way: pages, and refusals with their reason.

use super::desk::Refused;
use crate::serve::{Answer, HTML};
use crate::template::TemplateError;

/// The page loads its own script and style, shows pages of this server, and no more.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; \
    frame-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// A page that was made.
pub(super) fn html(page: Result<String, TemplateError>) -> Answer {
    match page {
        Ok(page) => Answer::ok(HTML, POLICY, page),
        Err(error) => Answer::refusal("500 Internal Server Error", format!("{error}\n")),
    }
}

/// Nothing is there.
pub(super) fn no_page() -> Answer {
    Answer::refusal("404 Not Found", "这里没有这个页面。\n")
}

/// The request is not understood.
pub(super) fn unread() -> Answer {
    Answer::refusal("400 Bad Request", "看不懂这个请求。\n")
}

/// Something could not be done.
pub(super) fn failed(why: &str) -> Answer {
    refusal(&Refused::Failed { why: why.to_owned() })
}

pub(super) fn refusal(refused: &Refused) -> Answer {
    let status = match refused {
        Refused::Conflict { .. } | Refused::Overtaken { .. } => "409 Conflict",
        Refused::Wrong { .. } => "422 Unprocessable Content",
        Refused::HalfTyped { .. } => "423 Locked",
        Refused::Vanished { .. } => "410 Gone",
        Refused::Failed { .. } => "500 Internal Server Error",
    };
    Answer { status, ..Answer::json(refused) }
}

/// The reason, in words.
pub(super) fn reason(refused: &Refused) -> String {
    match refused {
        Refused::Conflict { .. } => "有的地方在别的程序里改过".to_owned(),
        Refused::Wrong { wrong } => {
            wrong.iter().map(|one| one.why.as_str()).collect::<Vec<_>>().join("；")
        }
        Refused::HalfTyped { why }
        | Refused::Vanished { why }
        | Refused::Overtaken { why }
        | Refused::Failed { why } => why.clone(),
    }
}
