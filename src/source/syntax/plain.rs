//! A text as TOML takes it: what word processors leave behind becomes something that TOML knows, byte for byte.

use super::problem;
use crate::diag::Diagnostic;
use crate::source::codes;

/// The text with manual line breaks (U+000B) and page breaks (U+000C) as the ends of lines within texts over
/// several lines and as blanks elsewhere, and what is wrong with other control characters, which become blanks.
/// Every byte stays where it was.
pub(in super::super) fn plain(text: &str) -> (String, Vec<Diagnostic>) {
    if !text.bytes().any(is_control) {
        return (text.to_owned(), Vec::new());
    }
    let mut wrong = Vec::new();
    let mut out = String::with_capacity(text.len());
    // The quotes of the text over several lines that has not ended yet.
    let mut inside: Option<&str> = None;
    let mut line: Option<char> = None;
    let mut skip = 0;
    for (at, c) in text.char_indices() {
        if skip > 0 {
            skip -= 1;
        } else if let Some(quotes) = inside {
            if text[at..].starts_with(quotes) {
                inside = None;
                skip = 2;
            }
        } else if let Some(end) = line {
            if c == end || c == '\n' {
                line = None;
            }
        } else if let Some(quotes) =
            ["'''", "\"\"\""].into_iter().find(|q| text[at..].starts_with(q))
        {
            inside = Some(quotes);
            skip = 2;
        } else if c == '#' {
            line = Some('\n');
        } else if c == '"' || c == '\'' {
            line = Some(c);
        }
        match c {
            '\u{b}' | '\u{c}' => out.push(if inside.is_some() { '\n' } else { ' ' }),
            c if c.is_ascii() && is_control(c as u8) => {
                out.push(' ');
                let message = format!("文字中有看不见的控制字符 U+{:04X}", u32::from(c));
                let help = "删去这个字符；它多半是从别的软件粘贴时带来的";
                let mut diagnostic =
                    problem(at..at + 1, message, "", help).repaired(at..at + 1, "");
                diagnostic.code = codes::FORBIDDEN_CHARACTER;
                wrong.push(diagnostic);
            }
            c => out.push(c),
        }
    }
    (out, wrong)
}

/// Control characters but the ends of lines and tabs.
fn is_control(byte: u8) -> bool {
    matches!(byte, 0..=8 | 0xb | 0xc | 0xe..=0x1f | 0x7f)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn manual_breaks_end_paragraphs_and_every_byte_stays() {
        let text = "a = \"甲\u{b}乙\" # '\u{b}\nb = '''\n丙\u{b}丁'戊\u{c}\n'''\nc = 1\u{b}\n";
        let (plain, wrong) = plain(text);
        assert_eq!(plain, "a = \"甲 乙\" # ' \nb = '''\n丙\n丁'戊\n\n'''\nc = 1 \n");
        assert!(wrong.is_empty());
    }

    #[test]
    fn other_control_characters_are_named() {
        let (plain, wrong) = plain("a = \"甲\u{7}\"\n");
        assert_eq!((plain.as_str(), wrong.len()), ("a = \"甲 \"\n", 1));
        assert!(wrong[0].message.contains("U+0007"));
    }
}
