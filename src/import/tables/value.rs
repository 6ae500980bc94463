//! The words of a cell to its value: blank, a mark, a number with or without words, or none of these.

use std::str::FromStr as _;

use super::super::letters::{is_note_mark, is_unseen, narrow};
use crate::edition::NumberKind;
use crate::report::{MAX_COUNT, Money};

/// The contents of a cell.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::import) enum Value {
    /// Nothing.
    Blank,
    /// A mark that stands for nothing, such as `/`, as typed.
    Mark(String),
    /// A number, with the words behind it and the marks of notes below the table.
    Number {
        number: Money,
        /// True if a plus sign stands before it.
        plus: bool,
        /// The words behind it, without their brackets.
        note: Option<String>,
        /// The mark of a note, for example `注①`.
        mark: Option<String>,
    },
    /// Something else, as typed.
    Unclear(String),
}

/// Marks that are typed where there is nothing to say.
const MARKS: &[&str] = &["/", "\\", "-", "--", "—", "——", "–", "―", "−", "~", "*", "无", "无此项"];

/// Reads a cell of that kind.
pub(in crate::import) fn value(text: &str, kind: NumberKind) -> Value {
    let trimmed = text.trim_matches(is_unseen);
    let folded: String = trimmed.chars().map(narrow).collect();
    if folded.is_empty() {
        return Value::Blank;
    }
    if MARKS.contains(&folded.as_str()) {
        return Value::Mark(trimmed.to_owned());
    }
    let unclear = || Value::Unclear(trimmed.to_owned());
    let (plus, unsigned) = match folded.strip_prefix('+') {
        Some(rest) => (true, rest),
        None => (false, folded.as_str()),
    };
    let (minus, unsigned) = match unsigned.strip_prefix(['-', '−']) {
        Some(rest) => (true, rest),
        None => (false, unsigned),
    };
    let signed = plus || minus;
    if signed && kind != NumberKind::Change || (plus && minus) {
        return unclear();
    }
    let end = unsigned.find(|c: char| !c.is_ascii_digit() && !".,".contains(c));
    let (digits, rest) = unsigned.split_at(end.unwrap_or(unsigned.len()));
    let Some(number) = number(digits, kind) else { return unclear() };
    let Some((note, mark)) = behind(rest.trim_matches(is_unseen)) else { return unclear() };
    let number = if minus { -number } else { number };
    Value::Number { number, plus, note, mark }
}

/// Digits, with commas between thousands and with a point where there may be one.
fn number(digits: &str, kind: NumberKind) -> Option<Money> {
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let has_point = digits.contains('.');
    if has_point && (kind != NumberKind::Amount || fraction.is_empty() || fraction.contains(',')) {
        return None;
    }
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    let rest: Vec<&str> = groups.collect();
    let is_grouped =
        rest.iter().all(|group| group.len() == 3) && (rest.is_empty() || first.len() <= 3);
    // A number with zeros before it is cut from a longer one.
    let has_zeros = whole.len() > 1 && whole.starts_with('0');
    if first.is_empty() || !is_grouped || has_zeros {
        return None;
    }
    let plain = digits.replace(',', "");
    Money::from_str(&plain).ok().filter(|number| *number <= Money::from(MAX_COUNT))
}

type Behind = (Option<String>, Option<String>);

/// The text behind a number: a unit, a remark in brackets, the mark of a note; none when it is something else.
fn behind(rest: &str) -> Option<Behind> {
    const UNITS: &[&str] = &["件", "万元", "个", "条", "项", "次", "宗", "份"];
    let rest = UNITS.iter().find_map(|unit| rest.strip_prefix(unit)).unwrap_or(rest).trim();
    if rest.is_empty() {
        return Some((None, None));
    }
    if is_mark(rest) {
        return Some((None, Some(rest.to_owned())));
    }
    let (remark, after) = rest.strip_prefix('(')?.rsplit_once(')')?;
    let mark = match after.trim() {
        "" => None,
        mark if is_mark(mark) => Some(mark.to_owned()),
        _ => return None,
    };
    (!remark.trim().is_empty()).then(|| (Some(widened(remark.trim())), mark))
}

/// True for the mark of a note: the word for it with its number, or raised digits and the like.
fn is_mark(text: &str) -> bool {
    text.chars().count() <= 4 && (text.starts_with('注') || text.chars().all(is_note_mark))
}

/// The brackets and marks of a remark as Chinese texts have them; they were narrowed to find its ends.
fn widened(text: &str) -> String {
    let wide = |c: char| match c {
        '(' => '（',
        ')' => '）',
        ',' => '，',
        ';' => '；',
        ':' => '：',
        _ => c,
    };
    text.chars().map(wide).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(text: &str) -> Option<(String, Option<String>, Option<String>)> {
        match value(text, NumberKind::Count) {
            Value::Number { number, note, mark, .. } => Some((number.to_string(), note, mark)),
            _ => None,
        }
    }

    #[test]
    fn numbers_are_read_as_they_are_typed_by_people() {
        for (text, number) in
            [("12", "12"), (" １２ ", "12"), ("1,234", "1234"), ("3件", "3"), ("0", "0")]
        {
            assert_eq!(count(text).unwrap().0, number, "{text}");
        }
        let (number, note, mark) = count("22（其中修订16件）").unwrap();
        assert_eq!((number.as_str(), note.as_deref(), mark), ("22", Some("其中修订16件"), None));
        for (text, expected) in [("5注①", "注①"), ("5¹²", "¹²"), ("5②", "②"), ("5*", "*")]
        {
            let (number, _, mark) = count(text).unwrap();
            assert_eq!((number.as_str(), mark.as_deref()), ("5", Some(expected)), "{text}");
        }
        let amount = |text| value(text, NumberKind::Amount);
        let number = Money::from_str("1725.6168").unwrap();
        assert_eq!(
            amount("1725.6168"),
            Value::Number { number, plus: false, note: None, mark: None }
        );
        let change = value("−3", NumberKind::Change);
        assert!(matches!(change, Value::Number { number, .. } if number == Money::from(-3)));
    }

    #[test]
    fn what_is_no_number_is_none() {
        for text in
            ["1 2", "12,34", "1.5", "3-4", "l2", "007", "12 0", "约3", "1（2）3", "+3", "-3", "1e3"]
        {
            assert!(matches!(value(text, NumberKind::Count), Value::Unclear(_)), "{text}");
        }
        assert_eq!(value(" \u{a0}", NumberKind::Count), Value::Blank);
        for mark in ["/", "—", "－", "-"] {
            assert_eq!(value(mark, NumberKind::Count), Value::Mark(mark.to_owned()));
        }
    }
}
