//! The quotes of texts over several lines, and others that were typed in their place.

use crate::report::is_hidden;

/// Three quotes as they are typed: in pairs of one kind.
pub(super) const QUOTES: [&str; 2] = ["'''", "\"\"\""];

/// The next three quotes that open a text, past texts on one line; none behind a `#`.
pub(super) fn next_quotes(line: &str, from: usize) -> Option<(usize, &'static str)> {
    let mut at = from;
    while let Some(next) = line[at..].find(['#', '"', '\'']) {
        at += next;
        let rest = &line[at..];
        if let Some(quotes) = QUOTES.iter().find(|quotes| rest.starts_with(**quotes)) {
            return Some((at, quotes));
        }
        let quote = rest.chars().next().filter(|c| *c != '#')?;
        let end = closing(&rest[1..], quote);
        at += 1 + end.map_or(rest.len() - 1, |end| end + 1);
    }
    None
}

/// The end of a text on one line.
fn closing(rest: &str, quote: char) -> Option<usize> {
    let mut escaped = false;
    for (i, c) in rest.char_indices() {
        if escaped {
            escaped = false;
        } else if c == '\\' && quote == '"' {
            escaped = true;
        } else if c == quote {
            return Some(i);
        }
    }
    None
}

/// True if a line ends a text with three quotes.
pub(super) fn ends_text(line: &str) -> bool {
    let line = trimmed(line);
    QUOTES.iter().any(|quotes| line.ends_with(quotes))
}

/// True if a line is nothing but quotes of any kind, as they stand at the end of a text.
pub(super) fn is_quotes(line: &str) -> bool {
    let n = line.chars().count();
    (2..=6).contains(&n) && line.chars().all(is_quote)
}

/// Quotes of any kind, and what input methods put in their place.
pub(super) fn is_quote(c: char) -> bool {
    matches!(
        c,
        '\'' | '"'
            | '‘'
            | '’'
            | '“'
            | '”'
            | '‚'
            | '‛'
            | '„'
            | '‟'
            | '′'
            | '″'
            | '‵'
            | '‶'
            | '`'
            | '´'
            | '＇'
            | '＂'
            | '「'
            | '」'
            | '『'
            | '』'
            | '〝'
            | '〞'
            | '｀'
    )
}

/// A line without blanks and what nobody sees at both ends.
pub(super) fn trimmed(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || is_hidden(c))
}
