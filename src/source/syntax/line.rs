//! A line of which TOML makes nothing: what is amiss, and how it would be written.

use std::ops::Range;

use super::super::keys::{KEY_TABLES, KeyTable, UNIT_TABLES};
use super::super::names::{self, Holds};
use super::value::{self, Mended};
use super::{SyntaxError, problem, texts};
use crate::report::{is_blank, is_hidden, name_of};

/// The fault of a line, where that can be told with certainty from its own characters.
pub(super) fn find(text: &str, range: Range<usize>) -> Option<SyntaxError> {
    let line = Line::of(text, range);
    line.invisible()
        .or_else(|| line.without_sign())
        .or_else(|| line.full_width())
        .or_else(|| line.named())
        .or_else(|| line.valued())
}

/// A line with the table in which it stands.
struct Line<'a> {
    text: &'a str,
    start: usize,
    /// All lines before it.
    above: &'a str,
    /// The name of the table, without brackets.
    table: String,
    tables: &'static [&'static KeyTable],
    /// True if a text over several lines ended right above.
    is_behind_text: bool,
}

impl<'a> Line<'a> {
    fn of(whole: &'a str, range: Range<usize>) -> Self {
        let text = whole[range.clone()].trim_end_matches(['\r', '\n']);
        let above = &whole[..range.start];
        let is_head = |line: &&str| line.trim_start().starts_with(['[', '【', '［']);
        let head = above.lines().rev().find(is_head).unwrap_or_default();
        let is_list = ["units", "joint"].iter().any(|name| above.contains(&format!("[[{name}]]")));
        let tables = if is_list { UNIT_TABLES } else { KEY_TABLES };
        let name = head.trim().trim_start_matches(['[', '【', '［']);
        let name = name.split([']', '】', '］']).next().unwrap_or_default().trim();
        let last = above.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or_default();
        Self {
            text,
            start: range.start,
            above,
            table: name.to_owned(),
            tables,
            is_behind_text: last.trim_end().ends_with("'''") || last.trim_end().ends_with("\"\"\""),
        }
    }

    /// The bytes of the file for bytes of the line.
    fn bytes(&self, range: Range<usize>) -> Range<usize> {
        self.start + range.start..self.start + range.end
    }

    fn whole(&self) -> Range<usize> {
        self.bytes(0..self.text.len())
    }

    /// The text before a remark. Quotes that nothing closes on this line hide none.
    fn body(&self) -> &'a str {
        let mut quote: Option<char> = None;
        let mut hidden = None;
        for (i, c) in self.text.char_indices() {
            match quote {
                Some(open) if c == open => {
                    quote = None;
                    hidden = None;
                }
                Some(_) if c == '#' => hidden = hidden.or(Some(i)),
                Some(_) => {}
                None if c == '#' || c == '＃' => return &self.text[..i],
                None => quote = closing_of(c),
            }
        }
        hidden.map_or(self.text, |at| &self.text[..at])
    }

    /// The sign between key and value with its byte: `=`, or what was typed in its place.
    fn sign(&self) -> Option<(usize, char)> {
        let body = self.body();
        let plain = body.char_indices().find(|(_, c)| matches!(c, '=' | '＝'));
        let colon = body.char_indices().find(|(_, c)| matches!(c, ':' | '：' | '﹕' | '∶'));
        let is_key = |at: usize| {
            let key = body[..at].trim();
            !key.is_empty() && (names::is_known(self.tables, key) || self.key_meant(key).is_some())
        };
        match (plain, colon) {
            (Some((equals, _)), Some(colon)) if colon.0 < equals && is_key(colon.0) => Some(colon),
            (Some(plain), _) => Some(plain),
            (None, Some(colon)) if is_key(colon.0) => Some(colon),
            (None, _) => None,
        }
    }

    /// The key that is meant by what stands before a sign.
    fn key_meant(&self, typed: &str) -> Option<String> {
        let typed = typed.trim_matches(|c: char| {
            c.is_whitespace() || is_hidden(c) || "\"'“”‘’[]【】".contains(c)
        });
        let half: String = typed.chars().map(super::half_width).collect();
        let last = half.rsplit('.').next().unwrap_or_default();
        if names::holds(self.tables, &self.table, &half).is_some()
            || names::is_known(self.tables, last)
        {
            return Some(half);
        }
        names::key_of(self.tables, &self.table, typed)
    }

    /// A blank or a character that nobody sees, outside of quotes and remarks.
    fn invisible(&self) -> Option<SyntaxError> {
        let body = self.body();
        let mut quote: Option<char> = None;
        let mut found = None;
        for (i, c) in body.char_indices() {
            match quote {
                Some(close) if c == close => quote = None,
                Some(_) => {}
                None if is_blank(c) || is_hidden(c) => {
                    found = Some((i, c));
                    break;
                }
                None => quote = closing_of(c),
            }
        }
        let (at, c) = found?;
        let name = name_of(c);
        let rest = body.trim_matches(|c: char| c.is_whitespace() || is_hidden(c));
        let is_first = body[..at].trim().is_empty();
        let message = match (rest.is_empty(), is_first) {
            (true, _) => format!("这一行看上去是空的，其实有看不见的字符（{name}）"),
            (false, true) => format!("行首有看不见的空格或字符（{name}）"),
            (false, false) => format!("这里有看不见的空格或字符（{name}）"),
        };
        let help = match (rest.is_empty(), is_first) {
            (true, _) => "删去这一行，再按回车键重新空一行".to_owned(),
            (false, true) => "把光标放在这一行的第一个字之前，一直退格到行首".to_owned(),
            (false, false) => "删去这个字符；要留空的，用空格键重新输入".to_owned(),
        };
        let strange = |c: char| is_blank(c) || is_hidden(c);
        let clean: String = if rest.is_empty() {
            String::new()
        } else {
            let mut in_quotes: Option<char> = None;
            let swap = |c: char| {
                match in_quotes {
                    Some(close) if c == close => in_quotes = None,
                    Some(_) => {}
                    None => in_quotes = closing_of(c),
                }
                match c {
                    c if in_quotes.is_some() || !strange(c) => Some(c),
                    c if is_blank(c) => Some(' '),
                    _ => None,
                }
            };
            let clean: String = body.chars().filter_map(swap).collect();
            if is_first { clean.trim_start().to_owned() } else { clean }
        };
        let diagnostic = problem(self.bytes(at..at + c.len_utf8()), message, "", help)
            .repaired(self.bytes(0..body.len()), clean);
        Some(SyntaxError { diagnostic, lines: self.whole() })
    }

    /// A line that has no sign: a remark without its `#`, a head with the wrong brackets, a key without `=`.
    fn without_sign(&self) -> Option<SyntaxError> {
        if self.sign().is_some() {
            return None;
        }
        let words = self.text.trim();
        let at = self.text.len() - self.text.trim_start().len();
        let place = self.bytes(at..at + words.len());
        if words.starts_with(['【', '［', '〔']) || words.starts_with('[') {
            return self.head(words, place);
        }
        if texts::is_comment(words) {
            let help = format!("在行首补上 #，写成 # {}", shown(words));
            let message = "这一行是说明，行首的 # 被删去了".to_owned();
            let diagnostic =
                problem(place.clone(), message, "", help).repaired(place.start..place.start, "# ");
            return Some(SyntaxError { diagnostic, lines: self.whole() });
        }
        let (first, rest) = words.split_once([' ', '\t']).unwrap_or((words, ""));
        if !rest.trim().is_empty()
            && let Some(key) = self
                .key_meant(first)
                .filter(|_| names::is_known(self.tables, first) || first.chars().nth(3).is_some())
        {
            return self.written(
                &key,
                rest,
                "键和值之间少了等号",
                self.bytes(at..at + words.len()),
            );
        }
        if names::is_known(self.tables, words) {
            let help = format!("写成 {words} = …；暂时没有数据的，在行首加 #");
            let diagnostic = problem(place, "这一行只有键，没有等号和值".to_owned(), "", help);
            return Some(SyntaxError { diagnostic, lines: self.whole() });
        }
        let is_han = |c: char| matches!(c, '\u{4e00}'..='\u{9fff}');
        if !words.contains(is_han) {
            return None;
        }
        let (message, help) = if self.is_behind_text {
            (
                "这一行落在文字之外了：上面的三个引号已经把文字结束了",
                "是上面那段文字的，移到结尾的三个引号之前；是说明的，在行首补上 #",
            )
        } else {
            (
                "这一行不是“键 = 值”，程序不知道它是什么",
                "是说明的，在行首补上 #；是正文的，写在 text = ''' 和 ''' 两行之间",
            )
        };
        let diagnostic = problem(place.clone(), message.to_owned(), "", help)
            .repaired(place.start..place.start, "# ");
        Some(SyntaxError { diagnostic, lines: self.whole() })
    }

    /// The head of a table with brackets or a name that TOML does not take.
    fn head(&self, words: &str, place: Range<usize>) -> Option<SyntaxError> {
        let body = words.split('#').next().unwrap_or_default().trim_end();
        let is_bracket = |c: char| "[]【】［］〔〕".contains(c);
        let name = body.trim_matches(|c: char| is_bracket(c) || c.is_whitespace());
        let n = body.chars().take_while(|c| is_bracket(*c)).count().clamp(1, 2);
        let meant = match names::table_of(self.tables, name) {
            Some(table) if !name.is_ascii() => table,
            _ if name.is_ascii() => name.to_owned(),
            _ => return None,
        };
        let right = format!("{}{meant}{}", "[".repeat(n), "]".repeat(n));
        let message = if name.is_ascii() {
            "表名两边的方括号不对".to_owned()
        } else {
            format!("表名要写英文，“{name}”写成 {meant}")
        };
        let help = format!("写成 {right}，方括号用半角");
        let at = place.start..place.start + body.len();
        (right != body).then(|| SyntaxError {
            diagnostic: problem(at.clone(), message, "", help).repaired(at, right),
            lines: self.whole(),
        })
    }

    /// Signs, digits and letters of full width where the line is otherwise right.
    fn full_width(&self) -> Option<SyntaxError> {
        let (sign, c) = self.sign()?;
        let key = self.key_meant(&self.text[..sign])?;
        if c != '=' {
            let at = self.bytes(sign..sign + c.len_utf8());
            let what = if c == '＝' {
                "这里的等号是全角字符，须用半角".to_owned()
            } else {
                format!("键和值之间要用英文等号 =，这里写的是“{c}”")
            };
            return self.written(&key, &self.body()[sign + c.len_utf8()..], &what, at);
        }
        None
    }

    /// A key in Chinese, or in letters of full width.
    fn named(&self) -> Option<SyntaxError> {
        let (sign, c) = self.sign()?;
        let typed = self.text[..sign].trim();
        let plain = |c: char| c.is_ascii_alphanumeric() || "_-. \"'".contains(c);
        if typed.chars().all(plain) || typed.is_empty() {
            return None;
        }
        let at = self.text.find(typed)?;
        let place = self.bytes(at..at + typed.len());
        match self.key_meant(typed) {
            Some(key) => {
                let message = format!("键名要写英文，“{typed}”写成 {key}");
                self.written(&key, &self.body()[sign + c.len_utf8()..], &message, place)
            }
            None => {
                let help =
                    "等号左边只能是本格式规定的英文键名，见 docs/data-file.md；中文说明写在 # 之后";
                let message = format!("“{}”不能作键名", shown(typed));
                Some(SyntaxError {
                    diagnostic: problem(place, message, "", help),
                    lines: self.whole(),
                })
            }
        }
    }

    /// A value that cannot stand there.
    fn valued(&self) -> Option<SyntaxError> {
        let (sign, c) = self.sign()?;
        let key = self.key_meant(&self.text[..sign])?;
        let body = self.body();
        let typed = &body[sign + c.len_utf8()..];
        let mended = value::mend(&self.holds(&key)?, typed, self.year())?;
        let at = sign + c.len_utf8() + (typed.len() - typed.trim_start().len());
        let place = self.bytes(at..(at + typed.trim().len()).max(at));
        let place = if place.is_empty() { self.bytes(0..body.trim_end().len()) } else { place };
        Some(self.error_of(&key, mended, place))
    }

    fn holds(&self, key: &str) -> Option<Holds> {
        names::holds(self.tables, &self.table, key)
    }

    /// The report year, where this file says one before this line.
    fn year(&self) -> Option<u16> {
        let years = self.above.lines().filter_map(|line| line.trim_start().strip_prefix("year"));
        let mut values = years.filter_map(|rest| rest.trim_start().strip_prefix('='));
        values.next().and_then(|value| value.trim_start().get(..4)?.parse().ok())
    }

    /// Says what is amiss with a line, and how all of it is written.
    fn written(
        &self,
        key: &str,
        value: &str,
        what: &str,
        place: Range<usize>,
    ) -> Option<SyntaxError> {
        let value = value.split(['#', '＃']).next().unwrap_or_default();
        let mended = self.holds(key).and_then(|holds| value::mend(&holds, value, self.year()));
        let words = match mended {
            Some(Mended { value: Some(value), remark, .. }) => Some((value, remark)),
            Some(Mended { value: None, .. }) => None,
            None => Some((value.trim().to_owned(), String::new())),
        };
        let diagnostic = match words {
            Some((value, remark)) if !value.is_empty() => {
                let right = format!("{key} = {value}");
                let help = format!("写成 {right}");
                problem(place, what.to_owned(), "", help)
                    .repaired(self.bytes(0..self.text.len()), self.line(&right, &remark))
            }
            _ => problem(place, what.to_owned(), "", format!("写成 {key} = … 的样子，等号用半角")),
        };
        Some(SyntaxError { diagnostic, lines: self.whole() })
    }

    fn error_of(&self, key: &str, mended: Mended, place: Range<usize>) -> SyntaxError {
        let Mended { what, help, value, remark } = mended;
        let help = help.replace(value::KEY, key);
        let diagnostic = match value {
            Some(value) => {
                let right = format!("{key} = {value}");
                let line = self.line(&right, &remark);
                let help = match (help.is_empty(), remark.trim()) {
                    (false, _) => help,
                    (true, "") => format!("写成 {right}"),
                    (true, remark) => format!("写成 {right}  # {remark}"),
                };
                problem(place, what, "", help).repaired(self.bytes(0..self.text.len()), line)
            }
            None => problem(place, what, "", help),
        };
        SyntaxError { diagnostic, lines: self.whole() }
    }

    /// The whole line with a key and its value, and behind it the remark that it had.
    fn line(&self, right: &str, remark: &str) -> String {
        let old = self.text[self.body().len()..].trim_start_matches(['#', '＃', ' ']);
        let remarks: Vec<&str> =
            [remark.trim(), old.trim()].into_iter().filter(|r| !r.is_empty()).collect();
        match remarks.join("　") {
            remark if remark.is_empty() => right.to_owned(),
            remark => format!("{right}  # {remark}"),
        }
    }
}

/// The character that closes the quotes that another opens.
fn closing_of(c: char) -> Option<char> {
    match c {
        '"' | '\'' => Some(c),
        '“' => Some('”'),
        '‘' => Some('’'),
        _ => None,
    }
}

/// Words that may be long, cut for a message.
fn shown(words: &str) -> String {
    const LONGEST: usize = 60;
    match words.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &words[..end]),
        None => words.to_owned(),
    }
}
