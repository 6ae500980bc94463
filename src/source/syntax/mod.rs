//! TOML's syntax errors, said so that a clerk can mend them.
//!
//! Texts over several lines are looked at before anything is parsed ([`texts`]); of a line that the parser
//! stumbles over, its own characters tell most ([`mod@line`]); only what neither explains is told in the parser's
//! words.

mod foreign;
mod line;
mod plain;
mod texts;
pub(super) mod value;

use std::ops::Range;

pub(super) use foreign::foreign;
pub(super) use plain::plain;

use super::codes;
use super::lines::floor;
use crate::diag::{Diagnostic, Place, Severity};

/// A syntax error and what of the text it spoils.
pub(super) struct SyntaxError {
    pub(super) diagnostic: Diagnostic,
    /// The bytes of which nothing can be understood.
    pub(super) lines: Range<usize>,
}

/// Says the parser's words on some bytes so that a clerk can mend what stands there.
pub(super) fn explain(text: &str, message: &str, span: Range<usize>) -> SyntaxError {
    let start = floor(text, span.start);
    let end = floor(text, span.end.max(start));
    if let Some(error) = unclosed(text, message, start) {
        return error;
    }
    let whole = line_at(text, start);
    let line = text[whole.clone()].trim_end();
    if !message.contains("duplicate key")
        && let Some(error) = line::find(text, whole.clone())
    {
        return error;
    }
    let (what, help) = words(message, &text[start..end], line);
    let place = if start == end && start > whole.start && start >= whole.start + line.len() {
        // Nothing stands here; the caret goes under the last character that does.
        let before = line.char_indices().next_back().map_or(0, |(i, _)| i);
        whole.start + before..whole.start + line.len()
    } else {
        start..end
    };
    SyntaxError { diagnostic: problem(place, what, "", help), lines: start..end }
}

/// The bytes of the line in which a byte lies, without its end.
fn line_at(text: &str, at: usize) -> Range<usize> {
    let start = text[..at].rfind('\n').map_or(0, |i| i + 1);
    start..text[at..].find('\n').map_or(text.len(), |i| at + i)
}

/// The texts over several lines of which something is amiss.
pub(super) fn of_texts(text: &str) -> Vec<SyntaxError> {
    texts::find(text)
}

/// True if a text is that of a comment in a starter, without its `#`.
pub(super) fn is_starter_comment(words: &str) -> bool {
    texts::is_comment(words)
}

/// Says behind a place that there are more errors than are told.
pub(super) fn and_more(n: usize, place: Range<usize>) -> Option<Diagnostic> {
    let what = format!("后面还有至少{n}处不符合 TOML 格式的地方，没有逐一列出");
    (n > 0).then(|| {
        problem(
            place,
            what,
            "",
            "先改正上面的错误；如果整个文件都不像数据文件，请检查是否选错了文件",
        )
    })
}

fn problem(place: Range<usize>, what: String, label: &str, help: impl Into<String>) -> Diagnostic {
    Diagnostic::new(codes::SYNTAX, Severity::Error, Place::Bytes(place), what, label).help(help)
}

/// The fault of a value that is left out, and the remedy.
const NO_VALUE: [&str; 2] =
    ["等号后面没有值", "在等号后填写数字或文字；暂时没有数据的，在行首加 # 或删去这一行"];

/// A list over several lines that has no end; what is wrong is where it begins.
fn unclosed(text: &str, message: &str, at: usize) -> Option<SyntaxError> {
    if !message.contains("array") {
        return None;
    }
    let opening = text[..at].rfind("[")?;
    let begins = text[..opening].trim_end().ends_with(['=', '[', ',']);
    let first = line_at(text, opening);
    if !begins || first == line_at(text, at) {
        return None;
    }
    if let Some(error) = line::find(text, first.clone()) {
        return Some(error);
    }
    // The list goes on until a line that is plainly no part of one.
    let mut end = first.end;
    while end < text.len() {
        let next = line_at(text, end + 1);
        let words = text[next.clone()].trim();
        if words.starts_with('[') || words.contains('=') {
            break;
        }
        end = next.end;
    }
    let shown = opening..opening + text[opening..first.end].trim_end().len();
    let what = "方括号里的一组数没有写完整".to_owned();
    let help = "各数之间用英文逗号隔开，最后用 ] 结束，例如 [1, 0, 0, 0, 0, 0]";
    Some(SyntaxError {
        diagnostic: problem(shown, what, "从这里开始", help), lines: opening..end
    })
}

/// The fault and the remedy, from the parser's message, the bytes it marks and their line.
fn words(message: &str, found: &str, line: &str) -> (String, String) {
    // What stands behind # may be in any characters.
    let typed = line.split('#').next().unwrap_or_default();
    of_characters(message, found, typed).unwrap_or_else(|| {
        let (what, help) = of_message(message, typed);
        (what.to_owned(), help.to_owned())
    })
}

/// The fault and the remedy where the characters of the line show them better than the parser's message.
fn of_characters(message: &str, found: &str, typed: &str) -> Option<(String, String)> {
    if let Some(c) = typed.chars().find(|c| is_full_width(*c)).filter(|_| !mentions_text(typed)) {
        let half = half_width(c);
        return Some((
            format!("“{c}”是全角字符，这里须用半角"),
            format!("切换到英文输入法，把“{c}”改为“{half}”"),
        ));
    }
    if message.contains("quoted") && found.starts_with(['“', '”', '‘', '’']) {
        return Some((
            "值两边用的是中文引号，须用英文引号".to_owned(),
            "切换到英文输入法，写成 \"…\" 的样子；引号里面的中文引号可以保留".to_owned(),
        ));
    }
    if let Some(value) = typed.split_once('=').map(|(_, value)| value.trim()).filter(|v| is_day(v))
    {
        return Some((format!("“{value}”不是日期的写法"), DATE.to_owned()));
    }
    if message.contains("string values must be quoted") {
        return Some(unquoted(found.trim()));
    }
    if message.contains("duplicate key") {
        return Some((
            format!("“{found}”重复出现"),
            "同一个键（或同一张表的表名）只能写一次，请删去多余的一处，并核对保留的是正确的数据"
                .to_owned(),
        ));
    }
    message.contains("invalid unquoted key").then(|| {
        (
            format!("“{}”不能作键名", found.trim()),
            "等号左边只能是本格式规定的英文键名；中文说明请写在 # 之后".to_owned(),
        )
    })
}

/// The fault and the remedy for a message of the parser.
fn of_message(message: &str, typed: &str) -> (&'static str, &'static str) {
    let says = |words: &str| message.contains(words);
    if says("key with no value") {
        ("这一行没有等号", "写成“键 = 值”的样子；说明文字请在行首加 #")
    } else if says("date") || says("time") {
        ("没有这一天，或日期写法不对", DATE)
    } else if says("leading zero") {
        ("数字前面有多余的 0", "删去数字前面的 0")
    } else if says("multi-line") {
        ("多行文字中有不能使用的字符", "删去这里的控制字符，或在记事本中重新粘贴这一段文字")
    } else if says("basic string") && typed.trim_end().ends_with(['“', '”']) {
        (
            "文字以英文引号开头，却以中文引号结束",
            "切换到英文输入法，把末尾的引号改为 \"；引号里面的中文引号可以保留",
        )
    } else if says("basic string") || says("literal string") {
        ("文字没有用引号结束", "文字须在同一行内用英文引号结束；分行的长文字用 ''' 开头和结尾")
    } else if says("escape") || says("unicode") {
        ("“\\”后面的字符没有意义", BACKSLASH)
    } else if says("array") {
        (
            "方括号里的一组数没有写完整",
            "各数之间用英文逗号隔开，最后用 ] 结束，例如 [1, 0, 0, 0, 0, 0]",
        )
    } else if says("table") {
        ("括号没有配对", "检查这一行的 [ ]、{ } 是否成对")
    } else if says("unexpected key or value") && typed.matches('"').count() > 2 {
        ("引号里面又有英文引号", "文字里面的引号用中文引号“”，只在开头和末尾用英文引号")
    } else if says("unexpected key or value") {
        ("值的后面有多余的内容", "一行只写一个“键 = 值”；数字不带千分号和单位，说明写在 # 之后")
    } else {
        ("写法不符合 TOML 格式", "对照示例文件检查这一行的等号、引号、逗号和括号")
    }
}

/// The fault of a value without quotes, and the remedy.
fn unquoted(found: &str) -> (String, String) {
    let pair = |what: &str, help: &str| (what.to_owned(), help.to_owned());
    let between = |c: char| c.is_whitespace() || c == '、';
    if found.is_empty() {
        return pair(NO_VALUE[0], NO_VALUE[1]);
    }
    if found.starts_with(['(', '（']) {
        return pair(
            "一行各列的数应写在方括号里",
            "写成 [1, 0, 0, 0, 0, 0] 的样子，括号和逗号用半角",
        );
    }
    if !found.starts_with(|c: char| c.is_ascii_digit()) {
        return pair("文字两边没有引号", "文字须写在英文引号里，例如 name = \"某某市人民政府\"");
    }
    if found.split(between).filter(|word| !word.is_empty()).count() > 1 {
        return (
            format!("“{found}”之间没有用英文逗号隔开"),
            "各数之间用英文逗号隔开；一个数里面不能有空格".to_owned(),
        );
    }
    (
        format!("“{found}”不是一个数字"),
        "数字只写阿拉伯数字，不带单位、空格和千分号；文字两边加英文引号".to_owned(),
    )
}

const DATE: &str = "日期写成 2024-01-09 的样子：四位年、两位月、两位日，不加引号";

/// The remedy for a backslash that TOML takes for the beginning of a special character.
const BACKSLASH: &str = "路径里的“\\”改写成“/”；要写“\\”本身，请改用英文单引号 '…' 或 '''…'''";

/// True if a value is a day in one of the ways in which people write days: 2024年1月9日, 2024.1.9, 2024/1/9.
fn is_day(value: &str) -> bool {
    let parts: Vec<&str> = value.split(['年', '月', '日', '.', '/']).map(str::trim).collect();
    let number = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit());
    let day = match parts.as_slice() {
        [year, month, day] | [year, month, day, ""] => [*year, *month, *day],
        _ => return false,
    };
    day.iter().all(|part| number(part)) && day[0].len() == 4
}

/// True if the line holds a quoted text, in which full-width characters are at home.
fn mentions_text(line: &str) -> bool {
    line.contains('"') || line.contains('\'') || line.contains('“')
}

/// Full-width digits, signs and spaces, which an input method leaves behind.
fn is_full_width(c: char) -> bool {
    matches!(c, '\u{ff01}'..='\u{ff5e}' | '\u{3000}' | '【' | '】')
}

pub(super) fn half_width(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        '【' => '[',
        '】' => ']',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        c => c,
    }
}
