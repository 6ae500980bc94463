//! Words from outside in lines of ours: nothing that a terminal, a log or a workflow would obey gets through.
//!
//! Names of files, arguments, keys and values may hold anything. [`on_one_line`] is for whatever stands in a
//! line of ours; what is printed then passes [`harmless`], which lets line ends and our own colours through and
//! nothing else that is not to be seen.

use std::borrow::Cow;
use std::path::Path;

use crate::invisible::is_invisible;

/// A path as it is typed behind a command: in quotes where blanks would tear it apart.
pub(in crate::cli) fn argument(path: &Path) -> String {
    let path = shown(path);
    if path.contains(char::is_whitespace) { format!("\"{path}\"") } else { path }
}

/// A path in a line of ours.
pub(super) fn shown(path: &Path) -> String {
    visible(&path.display().to_string())
}

/// A text of several lines on one.
pub(super) fn on_one_line(text: &str) -> String {
    let lines = text.split(['\n', '\r']).map(str::trim).filter(|line| !line.is_empty());
    visible(&lines.collect::<Vec<_>>().join(" "))
}

/// A text with everything that nobody sees, line ends among it, written out: `<U+001B>`.
pub(super) fn visible(text: &str) -> String {
    let is_plain = |c: char| !c.is_control() && !is_invisible(c);
    if text.chars().all(is_plain) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if is_plain(c) { out.push(c) } else { out.push_str(&named(c)) }
    }
    out
}

fn named(c: char) -> String {
    format!("<U+{:04X}>", u32::from(c))
}

/// A text that is about to be printed, with nothing in it that a terminal would obey but colours and line ends.
pub(super) fn harmless(text: &str) -> Cow<'_, str> {
    let is_plain = |c: char| c == '\n' || c == '\t' || (!c.is_control() && !is_invisible(c));
    if text.chars().all(is_plain) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let taken = match colour(rest) {
            Some(length) => {
                out.push_str(&rest[..length]);
                length
            }
            None if is_plain(c) => {
                out.push(c);
                c.len_utf8()
            }
            None => {
                out.push_str(&named(c));
                c.len_utf8()
            }
        };
        rest = &rest[taken..];
    }
    Cow::Owned(out)
}

/// The length of a change of colour at the beginning of a text: `ESC [ … m`.
fn colour(text: &str) -> Option<usize> {
    let numbers = text.strip_prefix("\u{1b}[")?;
    let end = numbers.find(|c: char| !c.is_ascii_digit() && c != ';')?;
    numbers[end..].starts_with('m').then_some("\u{1b}[".len() + end + 1)
}

/// JSON in which everything that nobody sees is escaped, which changes nothing of what it says.
pub(super) fn ascii_where_unseen(json: &str) -> Cow<'_, str> {
    // Outside of strings there are only line ends and blanks.
    let is_plain = |c: char| c == '\n' || (!c.is_control() && !is_invisible(c));
    if json.chars().all(is_plain) {
        return Cow::Borrowed(json);
    }
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        if is_plain(c) {
            out.push(c);
        } else {
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                out.push_str(&format!("\\u{unit:04x}"));
            }
        }
    }
    Cow::Owned(out)
}

/// A line of a data file as an excerpt: as many bytes, so that marks stay where they are.
pub(super) fn excerpted(text: &str) -> Cow<'_, str> {
    // What is below U+0080 the library that draws the excerpt replaces itself.
    let is_plain = |c: char| c.is_ascii() || (!c.is_control() && !is_invisible(c));
    if text.chars().all(is_plain) {
        return Cow::Borrowed(text);
    }
    let replace = |c: char| match c.len_utf8() {
        _ if is_plain(c) => c,
        1 | 2 => '¿',
        3 => '\u{fffd}',
        _ => '\u{1f7a0}',
    };
    Cow::Owned(text.chars().map(replace).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_sees_is_written_out() {
        assert_eq!(visible("年报 a.toml"), "年报 a.toml");
        assert_eq!(visible("a\n::error::b"), "a<U+000A>::error::b");
        assert_eq!(visible("\u{9b}2J\u{202e}x"), "<U+009B>2J<U+202E>x");
        assert_eq!(on_one_line("甲\r\n  乙\u{1b}[2J"), "甲 乙<U+001B>[2J");
    }

    #[test]
    fn colours_and_lines_of_ours_pass() {
        let ours = "\u{1b}[1;31m错误\u{1b}[0m\n";
        assert_eq!(harmless(ours), ours);
        assert_eq!(
            harmless("\u{1b}]0;x\u{7}\u{1b}[2J\u{1b}[31"),
            "<U+001B>]0;x<U+0007><U+001B>[2J<U+001B>[31"
        );
    }

    #[test]
    fn json_says_the_same() {
        let value = serde_json::json!({ "a\u{9b}": "甲\n\u{202e}\u{e0041}\u{7f}" });
        let text = serde_json::to_string_pretty(&value).unwrap();
        let escaped = ascii_where_unseen(&text);
        assert!(escaped.chars().all(|c| c == '\n' || !c.is_control() && !is_invisible(c)));
        assert_eq!(serde_json::from_str::<serde_json::Value>(&escaped).unwrap(), value);
    }

    #[test]
    fn an_excerpt_keeps_its_bytes() {
        let text = "甲\u{9b}\u{202e}\u{feff}\u{e0041}乙";
        let shown = excerpted(text);
        assert_eq!(shown.len(), text.len());
        assert!(!shown.chars().any(|c| c.is_control() || is_invisible(c)));
    }
}
