//! The requests that are answered: those of this server's pages, and of a browser that opens its address.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher as _, Hasher as _};
use std::net::SocketAddr;

use super::http::Request;

/// A name that nobody can guess: 128 bits from the system, by way of the keys of hash maps.
pub(crate) fn secret() -> String {
    let number = || RandomState::new().build_hasher().finish();
    format!("{:016x}{:016x}", number(), number())
}

/// True if a request comes from this server's own pages, or from someone who opened its address;
/// `is_entry` where what is asked for can be opened from elsewhere.
pub(crate) fn is_ours(request: &Request, is_entry: bool) -> bool {
    let Ok(address) = request.address() else { return false };
    let names = names(address);
    let is_here = |host: &str| names.iter().any(|name| host.eq_ignore_ascii_case(name));
    // What is given twice could be read in two ways.
    let host = matches!(request.values("Host")[..], [host] if is_here(host));
    let origin = match request.values("Origin")[..] {
        [origin] => origin.strip_prefix("http://").is_some_and(is_here),
        [] => true,
        _ => false,
    };
    // The file through which a browser is given the address is of another origin.
    let is_opened = is_entry
        && request.values("Sec-Fetch-Mode") == ["navigate"]
        && request.values("Sec-Fetch-Dest") == ["document"];
    let site = match request.values("Sec-Fetch-Site")[..] {
        [site] => is_opened || ["same-origin", "none"].contains(&site),
        // Browsers of some years ago do not say.
        [] => true,
        _ => false,
    };
    host && origin && site
}

/// The browsers' name for that address.
fn names(address: SocketAddr) -> Vec<String> {
    /// The port that browsers do not write, as it is understood.
    const UNWRITTEN: u16 = 80;
    let hosts = [address.ip().to_string(), "localhost".to_owned()];
    let mut names: Vec<String> =
        hosts.iter().map(|host| format!("{host}:{}", address.port())).collect();
    if address.port() == UNWRITTEN {
        names.extend(hosts);
    }
    names
}

/// True if a request that changes something comes from a page of this server: it says so itself (`Origin`), knows the
/// token, and sends JSON or bytes, which no page of another site can without asking first.
pub(crate) fn is_own(request: &Request, token: &str) -> bool {
    let given = match request.values("X-Nianbao-Token")[..] {
        [given] => given,
        _ => return false,
    };
    let has_origin = request.values("Origin").len() == 1;
    let is_asked_for =
        |kind: &str| kind.starts_with("application/json") || kind == "application/octet-stream";
    let is_data = matches!(request.values("Content-Type")[..], [kind] if is_asked_for(kind));
    is_ours(request, false) && has_origin && is_data && is_same(given.as_bytes(), token.as_bytes())
}

/// True if two secrets are the same, in a time that does not tell how much of them is.
fn is_same(one: &[u8], other: &[u8]) -> bool {
    one.len() == other.len() && one.iter().zip(other).fold(0, |found, (a, b)| found | (a ^ b)) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_leaves_out_the_usual_port() {
        let names = |port| names(SocketAddr::from(([127, 0, 0, 1], port)));
        assert_eq!(names(8000), ["127.0.0.1:8000", "localhost:8000"]);
        assert_eq!(names(80), ["127.0.0.1:80", "localhost:80", "127.0.0.1", "localhost"]);
    }

    #[test]
    fn secrets_are_the_same_only_as_a_whole() {
        assert!(is_same(b"abc", b"abc"));
        assert!(!is_same(b"abc", b"abd") && !is_same(b"abc", b"ab") && !is_same(b"", b"a"));
        assert_ne!(secret(), secret());
    }
}
