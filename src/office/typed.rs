//! Names and words as they were typed: numbers, marks and blanks round them.

use super::Guess;
use super::table::Row;
use crate::invisible::is_invisible;
use crate::report::is_hidden;

pub(super) fn is_number(text: &str) -> bool {
    text.trim()
        .trim_end_matches(['.', '、', '．'])
        .chars()
        .all(|c| c.is_ascii_digit() || c.is_whitespace())
}

/// The number of blanks before a text; a wide one and a tabulator count as more.
pub(super) fn indent(text: &str) -> usize {
    let blanks = text.chars().take_while(|c| c.is_whitespace());
    blanks.map(|c| if c == '\t' || c == '\u{3000}' { 2 } else { 1 }).sum()
}

/// A text without blanks and without the characters that pasting brings or no data file can hold.
pub(super) fn squeezed(text: &str) -> String {
    let is_noise =
        |c: char| c.is_control() || is_invisible(c) || matches!(c, '\u{fffe}' | '\u{ffff}');
    text.chars().filter(|c| !c.is_whitespace() && !is_hidden(*c) && !is_noise(*c)).collect()
}

/// A name without number, marks at its ends and blanks within.
pub(super) fn cleaned(typed: &str) -> String {
    let name = squeezed(typed);
    let mut name = name.as_str();
    name = name
        .trim_start_matches(['·', '•', '●', '○', '◆', '■', '-', '—', '–', '*', '├', '└', '│', '─']);
    let digits =
        name.trim_start_matches(|c: char| c.is_ascii_digit() || "０１２３４５６７８９".contains(c));
    if digits.len() < name.len() {
        name = digits.trim_start_matches(['.', '、', '．', ')', '）', ':', '：']);
    }
    const CHINESE: &str = "一二三四五六七八九十百";
    let counted = name.trim_start_matches(|c| CHINESE.contains(c));
    if counted.len() < name.len()
        && let Some(rest) = counted.strip_prefix(['、', '.', '．'])
    {
        name = rest;
    }
    if let Some((number, rest)) =
        name.strip_prefix(['（', '(']).and_then(|inner| inner.split_once(['）', ')']))
        && !number.is_empty()
        && number.chars().all(|c| CHINESE.contains(c) || c.is_ascii_digit())
    {
        name = rest;
    }
    name.trim_end_matches(['；', ';', '。', '，', ',', '、', ':', '：']).to_owned()
}

/// True if nothing but numbers can tell which of the names in some rows stand under others.
pub(super) fn is_flat(rows: &[Row]) -> bool {
    let mut starts = rows.iter().filter_map(|row| {
        let (column, typed) = row.cells.iter().enumerate().find(|(_, text)| !is_number(text))?;
        Some((column, indent(typed)))
    });
    let first = starts.next();
    starts.all(|start| Some(start) == first)
}

/// The depth that the number before a name tells: headings of groups have Chinese ones.
pub(super) fn depth_by_number(typed: &str) -> usize {
    let (plain, name) = (squeezed(typed), cleaned(typed));
    let number = plain.strip_suffix(&name).unwrap_or_default();
    let is_heading = number.contains(['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'])
        && !Guess::is_body(&name);
    match is_heading {
        true => usize::from(number.starts_with(['（', '('])),
        false => 2,
    }
}

/// True if a name was typed as it is, or with nothing but a number and a mark or blank before it.
pub(super) fn is_numbered(typed: &str, name: &str) -> bool {
    let number = typed.strip_suffix(name).map(str::trim_start);
    number.is_some_and(|number| {
        let is_counted = |c: char| c.is_ascii_digit() || "一二三四五六七八九十（(".contains(c);
        number.is_empty() || !number.ends_with(is_counted)
    })
}

/// The choice with that key or Chinese name, with or without what stands in its brackets.
pub(super) fn one_of<T: Copy>(typed: &str, all: &[(T, &'static str, &'static str)]) -> Option<T> {
    let typed = squeezed(typed);
    let short = |name: &'static str| name.split('（').next().unwrap_or(name);
    let is_it = |(_, key, name): &&(T, &str, &'static str)| {
        !typed.is_empty() && (*key == typed || *name == typed || short(name) == typed)
    };
    all.iter().find(is_it).map(|(one, ..)| *one)
}
