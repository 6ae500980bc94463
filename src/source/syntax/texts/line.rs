//! Lines by themselves: a head, a key, a comment of a starter, or words of a report.

use std::ops::Range;

use super::super::super::keys::{KEY_TABLES, UNIT_TABLES};
use super::super::super::names;
use super::super::super::starter;
use super::quotes::{QUOTES, trimmed};
use crate::report::is_hidden;

/// A line with where it begins.
#[derive(Clone, Copy)]
pub(super) struct Line<'a> {
    pub(super) start: usize,
    /// Without its end.
    pub(super) text: &'a str,
}

impl<'a> Line<'a> {
    pub(super) fn all(text: &'a str) -> Vec<Self> {
        let mut start = 0;
        text.split_inclusive('\n')
            .map(|line| {
                let at = start;
                start += line.len();
                Self { start: at, text: line.trim_end_matches(['\n', '\r']) }
            })
            .collect()
    }

    pub(super) fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// Without blanks and what nobody sees at both ends.
    pub(super) fn trimmed(&self) -> &'a str {
        trimmed(self.text)
    }

    /// The bytes of that.
    pub(super) fn range(&self) -> Range<usize> {
        let blank = |c: char| c.is_whitespace() || is_hidden(c);
        let start = self.start + (self.text.len() - self.text.trim_start_matches(blank).len());
        start..start + self.trimmed().len()
    }
}

/// True if a line within a text is one of the data file: a head, a key with its sign, or a comment of our own
/// starter.
pub(super) fn is_no_part_of_text(line: &str) -> bool {
    let words = trimmed(line);
    if words.is_empty() {
        return false;
    }
    if is_head(words) || is_entry(words) {
        return true;
    }
    match words.strip_prefix('#') {
        Some(rest) => {
            let rest = rest.trim_start();
            is_head(rest)
                || is_entry(rest)
                || QUOTES.contains(&rest)
                || starter::is_comment(rest.trim())
        }
        None => words.chars().nth(7).is_some() && starter::is_comment(words),
    }
}

/// True if a line outside of texts has the form of one of the data file, right or wrong.
pub(super) fn is_structure(words: &str) -> bool {
    words.starts_with(['#', '[', '＃', '【', '［'])
        || is_entry(words)
        || words.split_once(['=', '＝']).is_some_and(|(key, _)| is_word(key.trim()))
}

/// True if a line is the head of a table that the data file may have.
fn is_head(words: &str) -> bool {
    let words = words.split('#').next().unwrap_or_default().trim_end();
    let Some(inner) = words.strip_prefix('[') else { return false };
    let inner = inner.strip_prefix('[').unwrap_or(inner);
    let Some((name, rest)) = inner.split_once(']') else { return false };
    let first = name.split('.').next().unwrap_or_default().trim();
    let mut tables = KEY_TABLES.iter().chain(UNIT_TABLES).flat_map(|table| table.keys);
    matches!(rest.trim(), "" | "]")
        && is_word(first)
        && tables.any(|key| key.name == first || strsim::damerau_levenshtein(key.name, first) == 1)
}

/// True if a line is a key of the data file with its sign, or any key with a text over several lines.
fn is_entry(words: &str) -> bool {
    let Some((key, value)) = words.split_once(['=', '＝']) else { return false };
    let key = key.trim();
    let last = key.rsplit('.').next().unwrap_or_default().trim();
    let opens = QUOTES.iter().any(|quotes| value.trim_start().starts_with(quotes));
    key.split('.').all(|step| is_word(step.trim()))
        && (opens || names::is_known(KEY_TABLES, last) || names::is_known(UNIT_TABLES, last))
}

/// True if a text could be a key: letters, digits, `_` and `-`.
pub(super) fn is_word(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && text.chars().all(|c| c.is_ascii_alphanumeric() || "_-.".contains(c))
}

/// True if a line reads as words of a report: Chinese without the form of a line of the file.
pub(super) fn looks_like_prose(words: &str) -> bool {
    let is_han = |c: char| matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}');
    let has_sign = || {
        words
            .split_once(['=', '＝'])
            .is_some_and(|(key, _)| !key.trim().is_empty() && key.chars().count() < 24)
    };
    !words.starts_with(['#', '[', '＃', '【', '［']) && words.chars().any(is_han) && !has_sign()
}

/// True if a line is a comment of a starter that has lost its `#`.
pub(in super::super) fn is_comment(words: &str) -> bool {
    starter::is_comment(trimmed(words))
}
