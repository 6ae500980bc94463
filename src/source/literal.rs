//! Keys and values as they are written in a data file.

use std::fmt::Write as _;

use super::keys::KeyValue;
use crate::report::Text;

/// A value as it is written behind the equals sign.
pub(super) fn literal(value: &KeyValue) -> String {
    match value {
        KeyValue::Line(text) => quoted(text),
        KeyValue::Text(text) => text_literal(text),
        KeyValue::Date(date) => date.to_string(),
        KeyValue::Number(number) => number.to_string(),
        KeyValue::Boolean(yes) => yes.to_string(),
        KeyValue::Figure(entry) if entry.is_absent() => "\"\"".to_owned(),
        KeyValue::Figure(entry) => entry.to_string(),
        #[cfg(test)]
        KeyValue::Nothing => String::new(),
    }
}

pub(super) fn line(out: &mut String, key: &str, value: &str, comment: &str) {
    let _ = match comment {
        "" => writeln!(out, "{key} = {value}"),
        _ => writeln!(out, "{key} = {value}  # {comment}"),
    };
}

/// A key with a text of paragraphs.
pub(super) fn text(out: &mut String, key: &str, text: &Text) {
    let _ = writeln!(out, "{key} = {}", text_literal(text.typed()));
}

/// A text of lines as it is written: literal where it can be, so that what is typed is what is read.
pub(super) fn text_literal(typed: &str) -> String {
    let literal = !typed.contains("'''")
        && !typed.ends_with('\'')
        && !typed.chars().any(is_special)
        && !typed.lines().any(is_like_an_entry);
    if literal { format!("'''\n{typed}'''") } else { quoted(typed) }
}

/// True if a line of a text has the form of one of the file. Such lines stand behind a text that somebody forgot to close, and
/// the reader takes them for that.
fn is_like_an_entry(line: &str) -> bool {
    let is_key = |key: &str| {
        key.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && key.chars().all(|c| c.is_ascii_alphanumeric() || "_-.".contains(c))
    };
    let words = line.trim().trim_start_matches(['#', '＃', ' ']);
    let head = words.trim_start_matches('[');
    words.split_once(['=', '＝']).is_some_and(|(key, _)| is_key(key.trim()))
        || head.len() < words.len() && head.starts_with(|c: char| c.is_ascii_alphabetic())
}

/// A key as it is written: bare where it can be.
pub(super) fn key_of(code: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'_' || b == b'-';
    let bare = !code.is_empty() && code.bytes().all(plain);
    if bare { code.to_owned() } else { quoted(code) }
}

/// A text between double quotes, everything escaped that has to be. A tab stays as it is: `\\t` in a name is taken for a part of a path.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            _ if is_special(c) => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            _ => out.push(c),
        }
    }
    out.push('"');
    out
}

/// Characters that cannot stand in a literal text as they are.
fn is_special(c: char) -> bool {
    c == '\r' || (c.is_control() && c != '\n' && c != '\t')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceFile;

    #[test]
    fn a_tab_in_a_name_is_written_as_it_was_typed() {
        let list = "year = 2023\nname = \"甲县人民政府\"\n[[units]]\nname = \"白石乡人民政\t府\"\nfile = \"乡.toml\"\n";
        let read = |text: &str| crate::source::read_units(&SourceFile::parse("units.toml", text));
        let (units, _) = read(list);
        let name = units.unwrap().units[0].name.clone();
        let again = list.replace("\"白石乡人民政\t府\"", &quoted(&name));
        let (units, problems) = read(&again);
        assert!(problems.iter().all(|problem| problem.code != "DF06"), "{problems:?}");
        assert_eq!(units.unwrap().units[0].name, name);
    }

    #[test]
    fn a_text_with_lines_like_those_of_a_file_is_read_back() {
        for typed in [
            "公开情况如下。\nstyle=按表填写\n以上。",
            "[agency]\nname = 甲局\n",
            "# [rules]\n全年公开20条。",
            "栏目代码 A=1、B=2。\n[图]",
        ] {
            let file = format!("format = \"2021\"\n[overview]\ntext = {}\n", text_literal(typed));
            let (report, faults) = crate::source::read(&SourceFile::parse("test.toml", file));
            let read = report.and_then(|report| report.overview.text);
            assert_eq!(read.as_ref().map(Text::typed), Some(typed), "{faults:?}");
        }
    }
}
