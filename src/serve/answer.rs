//! Answers, and the headers that all of them have.

use std::io;

use serde::Serialize;

use super::http::Request;

/// For all pages but those with a policy of their own. A browser's own viewer of PDF works with scripts and objects of
/// its own.
pub(crate) const FRAME_POLICY: &str = "frame-ancestors 'self'";

pub(crate) const HTML: &str = "text/html; charset=utf-8";
const TEXT: &str = "text/plain; charset=utf-8";

/// An answer that is all there.
pub(crate) struct Answer {
    pub(crate) status: &'static str,
    pub(crate) kind: &'static str,
    pub(crate) policy: &'static str,
    /// `Content-Disposition`, when it matters what the body is called.
    pub(crate) called: Option<String>,
    /// `Location`, when the answer is another address.
    pub(crate) location: Option<String>,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn ok(kind: &'static str, policy: &'static str, body: impl Into<Vec<u8>>) -> Self {
        Self { status: "200 OK", kind, policy, called: None, location: None, body: body.into() }
    }

    /// A file that is saved under `name` and its extension, or shown.
    pub(crate) fn file(
        kind: &'static str,
        name: &str,
        extension: &str,
        as_download: bool,
        body: Vec<u8>,
    ) -> Self {
        let how = if as_download { "attachment" } else { "inline" };
        let name = encode(&format!("{name}.{extension}"));
        let called = format!("{how}; filename=\"report.{extension}\"; filename*=UTF-8''{name}");
        Self { called: Some(called), ..Self::ok(kind, FRAME_POLICY, body) }
    }

    /// A value, as JSON.
    pub(crate) fn json(value: &impl Serialize) -> Self {
        // Texts, numbers and lists always have a JSON.
        let body = serde_json::to_vec(value).unwrap_or_default();
        Self::ok("application/json; charset=utf-8", FRAME_POLICY, body)
    }

    /// The reason why there is nothing else, in words for the reader.
    pub(crate) fn refusal(status: &'static str, why: impl Into<Vec<u8>>) -> Self {
        let body = why.into();
        Self { status, kind: TEXT, policy: FRAME_POLICY, called: None, location: None, body }
    }
}

/// A name as RFC 8187 wants it in a header.
fn encode(name: &str) -> String {
    let mut encoded = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

/// The text that a page wrote into an address, percent by percent; none where it is no text.
pub(crate) fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
        let byte = match byte {
            b'%' => u8::try_from(digit(rest.next())? * 16 + digit(rest.next())?).ok()?,
            byte => byte,
        };
        bytes.push(byte);
    }
    String::from_utf8(bytes).ok()
}

/// Sends an answer.
pub(crate) fn send(mut request: Request, answer: &Answer) -> io::Result<()> {
    let Answer { status, kind, policy, called, location, body } = answer;
    let with_body = request.method() != "HEAD";
    let mut message = format!(
        "HTTP/1.1 {status}\r\n{COMMON_HEADERS}Content-Type: {kind}\r\nContent-Security-Policy: {policy}\r\nContent-Length: {}\r\n",
        body.len()
    );
    if status.starts_with("405") {
        message.push_str("Allow: GET, HEAD\r\n");
    }
    if let Some(called) = called {
        message.push_str(&format!("Content-Disposition: {called}\r\n"));
    }
    if let Some(location) = location {
        message.push_str(&format!("Location: {location}\r\n"));
    }
    message.push_str("\r\n");
    let mut message = message.into_bytes();
    if with_body {
        message.extend_from_slice(body);
    }
    request.write(&message)
}

/// The headers of every answer: nothing is kept, guessed, or given to other sites.
pub(crate) const COMMON_HEADERS: &str = "Connection: close\r\n\
    Cache-Control: no-store\r\n\
    X-Content-Type-Options: nosniff\r\n\
    Referrer-Policy: no-referrer\r\n\
    Cross-Origin-Opener-Policy: same-origin\r\n\
    Cross-Origin-Resource-Policy: same-origin\r\n";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_pass_through_a_header() {
        assert_eq!(encode("年报 1.pdf"), "%E5%B9%B4%E6%8A%A5%201.pdf");
        assert_eq!(encode("a\r\n\"b"), "a%0D%0A%22b");
        assert_eq!(decoded("%E5%B9%B4 1.%70df").as_deref(), Some("年 1.pdf"));
        for wrong in ["%", "%4", "%zz", "%FF", "%+1"] {
            assert_eq!(decoded(wrong), None, "{wrong}");
        }
    }
}
