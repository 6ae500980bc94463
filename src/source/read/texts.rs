//! Texts: on one line or of several, printed or not, and paths.

use super::{Fields, Node, Reader, Value, codes};
use crate::diag::{Diagnostic, Place, Severity};
use crate::invisible::is_invisible;
use crate::report::{FieldPath, Text, TraceKind, is_break, name_of, traces};

impl<'a> Reader<'a> {
    /// A text on one line; `None` when it is not there, blank, or no such text.
    pub(super) fn line(&mut self, fields: &Fields<'a>, key: &str) -> Option<String> {
        let (text, path) = self.string(fields, key)?;
        self.one_line(fields, key, text.trim(), path)
    }

    /// A text on one line that is printed, without what pasting has left in it.
    pub(super) fn printed_line(&mut self, fields: &Fields<'a>, key: &str) -> Option<String> {
        let is_plain =
            |node: &Node| !matches!(&node.value, Value::Text(t) if t.contains(is_invisible));
        let (text, path) = match fields.get(key).is_none_or(|(node, _)| is_plain(node)) {
            true => self.printed(fields, key)?,
            // What is an error here need not be a hint as well.
            false => self.string(fields, key)?,
        };
        let line = self.one_line(fields, key, text.trim(), path)?;
        Some(Text::new(line).printed().trim().to_owned()).filter(|line| !line.is_empty())
    }

    fn one_line(
        &mut self,
        fields: &Fields<'a>,
        key: &str,
        text: &str,
        path: FieldPath,
    ) -> Option<String> {
        let typed = fields.get(key).map_or("", |(node, _)| &self.text[node.span.clone()]);
        // A path as Windows shows it, in which TOML takes \n for a new line and \t for a tab.
        if text.contains(char::is_control) && typed.contains('\\') && typed.lines().count() < 2 {
            let what = "“\\n”“\\t”等在引号里是换行、制表符".to_owned();
            self.invalid(path, what, "路径里的“\\”改写成“/”；不是路径的，删去“\\”和它后面的字母");
            return None;
        }
        if text.contains(['\n', '\r']) {
            self.invalid(path, "这里只能写一行文字".to_owned(), "删去其中的换行");
            return None;
        }
        self.invisible(&path, text);
        (!text.is_empty()).then(|| text.to_owned())
    }

    /// Names and labels hold nothing that nobody sees: two that look alike would be two, and one could be made to
    /// look like another.
    fn invisible(&mut self, path: &FieldPath, text: &str) {
        for (start, character) in text.char_indices().filter(|(_, c)| is_invisible(*c)) {
            let range = start..start + character.len_utf8();
            let message = format!("有不可见的字符 U+{:04X}", u32::from(character));
            let help =
                "删去这个字符；它多半是从网页或别的软件粘贴时带来的，把这一处重新打一遍最稳妥";
            let place = Place::Text(path.clone(), range);
            self.report_error(codes::FORBIDDEN_CHARACTER, place, message, "", help);
        }
    }

    /// The path of a file that a data file names, on one line. Shares of other machines and devices are refused: a data
    /// file may come from anywhere, and must not make this machine call another one.
    pub(super) fn path(&mut self, fields: &Fields<'a>, key: &str) -> Option<String> {
        let text = self.line(fields, key)?;
        let (_, path) = fields.get(key)?;
        let Some(what) = foreign(&text) else { return Some(text) };
        self.invalid(
            path,
            format!("这里不能写{what}的路径"),
            "把文件复制到本机，放在数据文件旁边，写它的文件名",
        );
        None
    }

    pub(super) fn string(
        &mut self,
        fields: &Fields<'a>,
        key: &str,
    ) -> Option<(&'a str, FieldPath)> {
        let (node, path) = fields.get(key)?;
        let Value::Text(text) = &node.value else {
            self.wrong_type(node, path, "文字", "文字两边加英文引号，例如 \"…\"；多行文字用 '''");
            return None;
        };
        for (start, character) in text.char_indices().filter(|(_, c)| is_forbidden(*c)) {
            let range = start..start + character.len_utf8();
            let message = format!("文字中有不可见的控制字符 U+{:04X}", u32::from(character));
            let help = "删去这个字符；它多半是从别的软件粘贴时带来的";
            self.report_error(
                codes::FORBIDDEN_CHARACTER,
                Place::Text(path.clone(), range),
                message,
                "",
                help,
            );
        }
        Some((text, path))
    }

    /// A text that is printed, with a hint on all that pasting has left in it.
    pub(super) fn printed(
        &mut self,
        fields: &Fields<'a>,
        key: &str,
    ) -> Option<(&'a str, FieldPath)> {
        let (text, path) = self.string(fields, key)?;
        let mut found: Vec<(TraceKind, char, Place)> = traces(text)
            .into_iter()
            .map(|(range, trace)| (trace.kind, trace.character, Place::Text(path.clone(), range)))
            .collect();
        // Those that TOML forbids have been replaced before it was parsed.
        if let Some((node, _)) = fields.get(key) {
            let written = self.original.get(node.span.clone()).unwrap_or_default();
            let breaks = written.char_indices().filter(|(_, c)| matches!(c, '\u{b}' | '\u{c}'));
            found.extend(breaks.map(|(i, c)| {
                let at = node.span.start + i;
                (TraceKind::Break, c, Place::Bytes(at..at + 1))
            }));
        }
        found.sort_by_key(|(kind, ..)| *kind);
        for alike in found.chunk_by(|one, next| one.0 == next.0) {
            self.trace(alike);
        }
        Some((text, path))
    }

    /// A hint on traces of one kind in one text.
    fn trace(&mut self, alike: &[(TraceKind, char, Place)]) {
        const SHOWN: usize = 6;
        let Some(((kind, character, place), rest)) = alike.split_first() else { return };
        let becomes = match kind {
            TraceKind::Break => "印出时在这里另起一段",
            TraceKind::Blank => "印出时去掉，或换成普通空格",
            TraceKind::Bullet | TraceKind::Hidden => "印出时去掉",
        };
        let n = match rest.len() {
            0 => String::new(),
            n => format!(" {} 处", n + 1),
        };
        let message =
            format!("粘贴的文字里有{}{n}（{}），{becomes}", kind.name(), name_of(*character));
        let mut diagnostic =
            Diagnostic::new(codes::PASTED, Severity::Hint, place.clone(), message, "")
                .help("数据文件没有改动；不放心的在这里改好");
        for (_, _, place) in rest.iter().take(SHOWN) {
            diagnostic = diagnostic.related(place.clone(), "");
        }
        self.add(diagnostic);
    }
}

/// The kind of thing that a path names when it is no file of this machine, in Chinese.
fn foreign(path: &str) -> Option<&'static str> {
    let path = path.replace('\\', "/");
    let name = path.rsplit('/').next().unwrap_or_default();
    if path.starts_with("//./") || path.starts_with("//?/") || is_device_name(name) {
        Some("设备")
    } else if path.starts_with("//") {
        Some("网络共享")
    } else if ["/dev/", "/proc/", "/sys/"].iter().any(|folder| path.starts_with(folder)) {
        Some("设备")
    } else {
        None
    }
}

/// True if Windows takes a name, whatever its extension, for a device.
fn is_device_name(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_ascii_uppercase();
    let numbered = |kind: &str| {
        let number = stem.strip_prefix(kind).map(str::as_bytes);
        matches!(number, Some([digit]) if digit.is_ascii_digit())
    };
    ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"].contains(&stem.as_str())
        || numbered("COM")
        || numbered("LPT")
}

/// Characters that XML, and so Word, cannot carry. Those that end a line are printed as its end.
fn is_forbidden(c: char) -> bool {
    let is_control =
        matches!(c, '\0'..='\u{8}' | '\u{b}'..='\u{c}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{9f}');
    (is_control && !is_break(c)) || matches!(c, '\u{fffe}' | '\u{ffff}')
}
