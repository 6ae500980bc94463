//! The tags of a web page before it is parsed: the parser holds every attribute of a tag against all before it.

use crate::budget::PUBLISHED_COMPARED;

/// So many times may each byte of a page be looked at: what looks like a tag may stand within another.
const LOOKS: usize = 50;

/// True if the attributes of all that looks like a tag can be read with fewer comparisons than the budget.
///
/// Scripts, comments and values are looked through, too: which bytes are of one depends on all that is before them.
pub(super) fn are_readable(html: &str) -> bool {
    let bytes = html.as_bytes();
    let (mut n_compared, mut n_looks) = (0, 0);
    for (at, _) in bytes.iter().enumerate().filter(|(_, byte)| **byte == b'<') {
        let rest = &bytes[at + 1..];
        let rest = rest.strip_prefix(b"/").unwrap_or(rest);
        if !rest.first().is_some_and(u8::is_ascii_alphabetic) {
            continue;
        }
        let (n, length) = attributes(rest);
        n_compared += n * n / 2;
        n_looks += length;
        if n_compared > PUBLISHED_COMPARED || n_looks / LOOKS > bytes.len() {
            return false;
        }
    }
    true
}

/// A place in a tag, by the names that the HTML standard gives them (13.2.5).
#[derive(Clone, Copy)]
enum State {
    TagName,
    BeforeAttributeName,
    AttributeName,
    AfterAttributeName,
    BeforeValue,
    Quoted(u8),
    Unquoted,
}

/// The number of attributes of a tag and the bytes that it takes, at most as many as the budget has room for.
fn attributes(tag: &[u8]) -> (usize, usize) {
    let (mut state, mut n) = (State::TagName, 0);
    for (at, byte) in tag.iter().enumerate() {
        let is_blank = matches!(byte, b'\t' | b'\n' | b'\x0c' | b'\r' | b' ');
        if *byte == b'>' && !matches!(state, State::Quoted(_)) {
            return (n, at);
        }
        state = match state {
            State::Quoted(quote) if *byte == quote => State::BeforeAttributeName,
            State::Quoted(quote) => State::Quoted(quote),
            State::BeforeValue if is_blank => State::BeforeValue,
            State::BeforeValue if matches!(byte, b'"' | b'\'') => State::Quoted(*byte),
            State::BeforeValue => State::Unquoted,
            State::Unquoted if is_blank => State::BeforeAttributeName,
            State::Unquoted => State::Unquoted,
            State::TagName if is_blank || *byte == b'/' => State::BeforeAttributeName,
            State::TagName => State::TagName,
            State::AttributeName | State::AfterAttributeName if *byte == b'=' => State::BeforeValue,
            State::BeforeAttributeName | State::AttributeName | State::AfterAttributeName
                if *byte == b'/' =>
            {
                State::BeforeAttributeName
            }
            State::BeforeAttributeName if is_blank => State::BeforeAttributeName,
            State::AttributeName | State::AfterAttributeName if is_blank => {
                State::AfterAttributeName
            }
            State::BeforeAttributeName | State::AfterAttributeName => {
                n += 1;
                State::AttributeName
            }
            State::AttributeName => State::AttributeName,
        };
        if n * n / 2 > PUBLISHED_COMPARED {
            return (n, at);
        }
    }
    (n, tag.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_counted_as_parsers_count_them() {
        for (tag, n) in [
            ("p>", 0),
            ("td colspan=3 rowspan='2 2' hidden>a b", 3),
            ("br/>", 0),
            ("p a/b/c = \"d e\"f>", 4),
            ("p =\" a b>", 3),
            ("p a=>b c", 1),
            ("img src=data:a/b/c alt", 2),
            ("p a=\"> b", 1),
        ] {
            assert_eq!(attributes(tag.as_bytes()).0, n, "{tag}");
        }
    }

    #[test]
    fn tags_of_more_attributes_than_can_be_compared_are_not_read() {
        let many: String = (0..60_000).map(|i| format!(" a{i}")).collect();
        assert!(!are_readable(&format!("<p{many}>")));
        // Within a value, and where no tag ends.
        assert!(!are_readable(&format!("<!-- <a b=\" --></a{many}>")));
        assert!(!are_readable(&"<a".repeat(20_000)));
        let image = format!("<img src=\"data:image/png;base64,{}\">", "a/+b".repeat(500_000));
        assert!(are_readable(&image) && are_readable(&"<p class=a>甲</p>".repeat(20_000)));
        let script = "for(i=0;i<n;i++){if(a>b){a = b}}".repeat(9000);
        assert!(are_readable(&format!("<script>{script}</script>")));
    }
}
