//! Traces of pasting: blanks that are none, marks of lists, characters that nobody sees. They are printed as
//! a careful person would have typed them, and stay in the data file as they are.

use std::ops::Range;

/// Something in a text that is printed otherwise than it was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Trace {
    /// Its kind.
    pub kind: TraceKind,
    /// Its first character.
    pub character: char,
    /// The text printed in its place.
    pub printed: &'static str,
}

/// A kind of trace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TraceKind {
    /// A manual line break, which is the end of a paragraph.
    Break,
    /// Blanks other than the ordinary one, within a paragraph.
    Blank,
    /// The mark of a list before a paragraph.
    Bullet,
    /// A character that nobody sees.
    Hidden,
}

impl TraceKind {
    /// Its name in messages.
    pub fn name(self) -> &'static str {
        match self {
            Self::Break => "手动换行",
            Self::Blank => "特殊空格",
            Self::Bullet => "项目符号",
            Self::Hidden => "看不见的字符",
        }
    }
}

/// The traces in a text with their bytes, in order.
pub fn traces(text: &str) -> Vec<(Range<usize>, Trace)> {
    let mut found = Vec::new();
    // Most texts hold none of these, and need not be looked at twice.
    if !text.chars().any(is_suspect) && !has_dashes(text) {
        return found;
    }
    let mut start = 0;
    for line in text.split_inclusive(is_end) {
        let end = line.chars().next_back().filter(|c| is_end(*c));
        let body = &line[..line.len() - end.map_or(0, char::len_utf8)];
        in_line(start, body, &mut found);
        if let Some(character) = end.filter(|c| is_break(*c)) {
            let at = start + body.len();
            let trace = Trace { kind: TraceKind::Break, character, printed: "\n" };
            found.push((at..at + character.len_utf8(), trace));
        }
        start += line.len();
    }
    found
}

/// The traces in one paragraph; blanks at its ends are not printed anyway.
fn in_line(start: usize, line: &str, found: &mut Vec<(Range<usize>, Trace)>) {
    let mut push = |range: Range<usize>, kind, character, printed| {
        let range = start + range.start..start + range.end;
        found.push((range, Trace { kind, character, printed }));
    };
    let blank_or_hidden = |c: char| c.is_whitespace() || is_hidden(c);
    let first = line.len() - line.trim_start_matches(blank_or_hidden).len();
    let last = line.trim_end_matches(blank_or_hidden).len().max(first);
    let mut at = first;
    if let Some((length, character)) = bullet(&line[first..last]) {
        push(first..first + length, TraceKind::Bullet, character, "");
        at = first + length;
    }
    let hidden = |range: Range<usize>| {
        line[range.clone()]
            .char_indices()
            .filter(|(_, c)| is_hidden(*c))
            .map(move |(i, c)| (range.start + i..range.start + i + c.len_utf8(), c))
            .collect::<Vec<_>>()
    };
    for (range, c) in hidden(0..first) {
        push(range, TraceKind::Hidden, c, "");
    }
    while at < last {
        let rest = &line[at..last];
        let Some(c) = rest.chars().next() else { break };
        let run = rest.len() - rest.trim_start_matches(is_any_blank).len();
        if is_hidden(c) {
            push(at..at + c.len_utf8(), TraceKind::Hidden, c, "");
        } else if let Some(odd) = rest[..run].chars().find(|c| is_blank(*c)) {
            let before = line[..at].chars().next_back();
            let after = line[at + run..].chars().next();
            let is_mark =
                |c: Option<char>| c.is_none_or(|c| is_full_width_mark(c) || c == '\u{feff}');
            let printed = if is_mark(before) || is_mark(after) { "" } else { " " };
            push(at..at + run, TraceKind::Blank, odd, printed);
        }
        at += run.max(c.len_utf8());
    }
    for (range, c) in hidden(last..line.len()) {
        push(range, TraceKind::Hidden, c, "");
    }
    found.sort_by_key(|(range, _)| range.start);
}

/// The mark of a list at the beginning of a paragraph, with the blanks behind it.
fn bullet(line: &str) -> Option<(usize, char)> {
    let mark = line.chars().next()?;
    let rest = &line[mark.len_utf8()..];
    let blanks = rest.len() - rest.trim_start_matches(|c: char| c.is_whitespace()).len();
    let is_dash = matches!(mark, '-' | '*' | '–' | '—') && blanks > 0 && blanks < rest.len();
    let is_sign = matches!(
        mark,
        '•' | '●'
            | '■'
            | '□'
            | '◆'
            | '◇'
            | '▪'
            | '▫'
            | '◦'
            | '‣'
            | '⁃'
            | '➢'
            | '➤'
            | '►'
            | '▶'
            | '★'
            | '☆'
            | '✓'
            | '✔'
            | '√'
            | '·'
            | '∙'
            | '\u{f000}'..='\u{f0ff}'
    );
    ((is_sign && blanks < rest.len()) || is_dash).then_some((mark.len_utf8() + blanks, mark))
}

fn has_dashes(text: &str) -> bool {
    text.lines().any(|line| line.trim_start().starts_with(['-', '*', '–', '—']))
}

fn is_end(c: char) -> bool {
    c == '\n' || is_break(c)
}

/// Characters by which word processors break a line within a paragraph, or a page.
pub fn is_break(c: char) -> bool {
    matches!(c, '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Blanks other than the ordinary one.
pub fn is_blank(c: char) -> bool {
    matches!(
        c,
        '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}'
    )
}

fn is_any_blank(c: char) -> bool {
    c == ' ' || is_blank(c)
}

/// Characters that take no place.
pub fn is_hidden(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

fn is_suspect(c: char) -> bool {
    is_break(c) || is_blank(c) || is_hidden(c) || bullet_sign(c)
}

fn bullet_sign(c: char) -> bool {
    // Most characters are the first, which is quickly told.
    !is_plain_han(c) && !c.is_ascii() && !is_full_width_mark(c) && !c.is_alphanumeric()
        || matches!(c, '\u{f000}'..='\u{f0ff}')
}

/// True for a character of the block that holds nearly all of Chinese, which holds nothing else.
fn is_plain_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}')
}

/// Marks that bring their own space, so that no blank is wanted beside them.
fn is_full_width_mark(c: char) -> bool {
    matches!(c, '\u{3001}'..='\u{301f}' | '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}' | '“' | '”' | '‘' | '’' | '…')
}

/// The name in messages of a blank or a character that nobody sees.
pub fn name_of(c: char) -> String {
    let name = match c {
        '\u{3000}' => "全角空格",
        '\u{a0}' => "不间断空格",
        '\u{ad}' => "软连字符",
        '\u{feff}' => "文件头标记",
        c if is_break(c) => return format!("U+{:04X}", u32::from(c)),
        c if is_blank(c) => "特殊空格",
        c if is_hidden(c) => "零宽字符",
        c => return format!("“{c}”"),
    };
    format!("{name} U+{:04X}", u32::from(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cleaned(text: &str) -> String {
        let mut out = String::new();
        let mut at = 0;
        for (range, trace) in traces(text) {
            out.push_str(&text[at..range.start]);
            out.push_str(trace.printed);
            at = range.end;
        }
        out + &text[at..]
    }

    #[test]
    fn blanks_within_a_paragraph_are_those_that_one_would_type() {
        assert_eq!(cleaned("甲，\u{3000}\u{3000}乙\u{a0}“丙”。"), "甲，乙“丙”。");
        assert_eq!(cleaned("张三\u{3000}李四"), "张三 李四");
        assert_eq!(
            cleaned("\u{3000}\u{3000}甲乙。\u{a0}\n\u{3000}丙。"),
            "\u{3000}\u{3000}甲乙。\u{a0}\n\u{3000}丙。"
        );
        assert_eq!(cleaned("No. 3\u{2003} x"), "No. 3 x");
    }

    #[test]
    fn marks_of_lists_go_and_numbers_and_minus_signs_stay() {
        assert_eq!(cleaned("• 甲\n●乙\n- 丙\n\u{f0b7}\t丁"), "甲\n乙\n丙\n丁");
        assert_eq!(cleaned("-3 度\n*\n·\n1. 甲"), "-3 度\n*\n·\n1. 甲");
    }

    #[test]
    fn what_nobody_sees_is_not_printed_and_a_manual_break_ends_a_paragraph() {
        assert_eq!(cleaned("\u{feff}甲\u{200b}乙\u{ad}丙\u{2060}"), "甲乙丙");
        assert_eq!(cleaned("甲\u{b}乙\u{2028}丙"), "甲\n乙\n丙");
        assert_eq!(traces("2023年，共3件（“三审三校”）。\n一是……；"), []);
    }
}
