//! Pages for the browser of this machine: who is answered, and how an answer is sent.
//!
//! Other users of this machine can ask for 127.0.0.1 too, so all addresses lie under a path that nobody can guess. A
//! page of any other site that is open in the same browser is refused by the name it asks for (`Host`; a name
//! that was made to point here is not ours) and by what the browser says of it (`Origin`,
//! `Sec-Fetch-Site`).

mod answer;
mod http;
mod pace;
mod who;

pub(crate) use answer::{Answer, COMMON_HEADERS, FRAME_POLICY, HTML, decoded, send};
pub(crate) use http::{Ender, Listener, Request};
pub(crate) use pace::Pace;
pub(crate) use who::{is_ours, is_own, secret};
