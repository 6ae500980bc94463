//! Values that are no figures: tables and their keys, texts, dates, choices.

use super::super::keys::{Choice, Key, KeyTable, dated};
use super::super::names;
use super::super::syntax::value;
use super::{Field, Fields, Node, Reader, Value, codes, get};
use crate::budget::{FINDINGS, LIST_ENTRIES};
use crate::diag::{Diagnostic, Place, Repair, Severity};
use crate::edition::Edition;
use crate::invisible::is_invisible;
use crate::report::{Count, Date, FieldPath, Step, Text, TraceKind, is_break, name_of, traces};

impl<'a> Reader<'a> {
    pub(super) fn table(
        &mut self,
        fields: &Fields<'a>,
        key: &str,
        known: &'static KeyTable,
    ) -> Option<Fields<'a>> {
        let (node, path) = fields.get(key)?;
        self.fields(node, path, known)
    }

    fn fields(
        &mut self,
        node: &'a Node,
        path: FieldPath,
        known: &'static KeyTable,
    ) -> Option<Fields<'a>> {
        let Value::Table(entries) = &node.value else {
            let help = format!("另起一行写 [{path}]，其下逐行填写");
            self.wrong_type(node, path, "表", &help);
            return None;
        };
        Some(self.known(entries, path, known))
    }

    /// A table whose keys have been compared with those it may and must have.
    pub(super) fn known(
        &mut self,
        entries: &'a [Field],
        path: FieldPath,
        known: &'static KeyTable,
    ) -> Fields<'a> {
        let names: Vec<&str> = known.keys.iter().map(|key| key.name).collect();
        self.unknown_keys(entries, &path, &names);
        for key in known.keys.iter().filter(|key| key.required) {
            let blank =
                |node: &Node| matches!(&node.value, Value::Text(text) if text.trim().is_empty());
            let edition = self.edition.unwrap_or(Edition::LATEST);
            let message = format!("没有填写{}（{}）", key.label(edition), key.name);
            let help = match known.name.strip_suffix("[]") {
                _ if path.is_root() => format!("补上 {}", key.example(self.year)),
                Some(_) => {
                    format!("在这一项 [[{}]] 之下补上 {}", path.parent(), key.example(self.year))
                }
                None => format!("在 [{path}] 之下补上 {}", key.example(self.year)),
            };
            match get(entries, key.name) {
                Some(entry) if !blank(&entry.node) => {}
                Some(_) => {
                    // To add the key would be to write it twice.
                    let help = format!("在这一处填写，写成 {}", key.example(self.year));
                    let place = Place::Value(path.key(key.name));
                    self.report_error(codes::MISSING_KEY, place, message, "", help);
                }
                // Its misspelt key has been named.
                None if self.unclear.contains(&path.key(key.name)) => {}
                None if path.is_root() => {
                    self.report_error(codes::MISSING_KEY, Place::File, message, "", help);
                }
                None => {
                    self.report_error(
                        codes::MISSING_KEY,
                        Place::Key(path.clone()),
                        message,
                        "",
                        help,
                    );
                }
            }
        }
        Fields { entries, path }
    }

    pub(super) fn tables(
        &mut self,
        fields: &Fields<'a>,
        key: &str,
        known: &'static KeyTable,
        mut read: impl FnMut(&mut Self, &Fields<'a>),
    ) {
        let Some((node, path)) = fields.get(key) else { return };
        let Value::Array(elements) = &node.value else {
            let help = format!("每一项另起一行写 [[{path}]]，其下逐行填写");
            self.wrong_type(node, path, "若干张表", &help);
            return;
        };
        if elements.len() > LIST_ENTRIES {
            let message = format!("共有 {} 项，最多 {LIST_ENTRIES} 项", elements.len());
            self.invalid(path, message, "核对是不是写重了");
            return;
        }
        for (i, element) in elements.iter().enumerate() {
            if let Some(fields) = self.fields(element, path.index(i), known) {
                read(self, &fields);
            }
        }
    }

    pub(super) fn unknown_keys(&mut self, entries: &[Field], path: &FieldPath, names: &[&str]) {
        for entry in entries.iter().filter(|entry| !names.contains(&entry.key.as_str())) {
            if self.n_found(codes::UNKNOWN_KEY) > FINDINGS {
                // It is only counted; to look for what was meant would take long.
                let place = Place::Bytes(entry.key_span.clone());
                self.report_error(codes::UNKNOWN_KEY, place, "", "", "");
                continue;
            }
            let home = match path.as_str() {
                "" => "文件顶层".to_owned(),
                list if list.ends_with(']') => format!("[[{}]]", path.parent()),
                table => format!("[{table}]"),
            };
            let table = path.as_str().rsplit_once('[').filter(|_| path.as_str().ends_with(']'));
            let table = table.map_or(path.as_str(), |(list, _)| list);
            let (mut right, mut cut) = (None, None);
            let help = if let Some(help) = self.of_another_form(&path.key(&entry.key)) {
                help
            } else if let Some(known) = names::key_of(self.tables, table, &entry.key)
                .filter(|known| !entry.key.is_ascii() && names.contains(&known.as_str()))
            {
                self.unclear.push(path.key(&known));
                let help = format!("键名要写英文，“{}”写成 {known}", entry.key);
                right = Some(known);
                help
            } else if let Some(known) = nearest(&entry.key, names.iter().copied()) {
                if get(entries, known).is_none() {
                    self.unclear.push(path.key(known));
                    right = Some(known.to_owned());
                }
                format!("是不是“{known}”？")
            } else if let (Value::Table(inner), Some(first)) =
                (&entry.node.value, path.steps().first().filter(|_| !path.is_root()))
                && *first == Step::Key(&entry.key)
                && let Some(inner) = inner.first()
            {
                // What stands behind is meant for this table.
                self.unclear.push(path.key(&inner.key));
                cut = Some(entry.key_span.start..inner.key_span.start);
                format!("这里已经在 [{path}] 之下，只写 {} = …", inner.key)
            } else if let Some(table) = elsewhere(self.tables, &entry.key) {
                format!("“{}”应写在 [{table}] 之下", entry.key)
            } else {
                format!(
                    "这里可以写的键有：{}；如果这是新版才有的键，请换用更新版本的 nianbao",
                    names.join("、")
                )
            };
            let message = format!("{home} 中没有“{}”这个键", entry.key);
            self.report_error(
                codes::UNKNOWN_KEY,
                Place::Bytes(entry.key_span.clone()),
                message,
                "",
                help,
            );
            let range = cut.clone().unwrap_or(entry.key_span.clone());
            let right = right.or(cut.filter(|cut| cut.start < cut.end).map(|_| String::new()));
            if let (Some(last), Some(text)) = (self.diagnostics.last_mut(), right) {
                last.repair = Some(Repair { place: Place::Bytes(range), text });
            }
        }
    }

    /// What to do with a figure of another edition of the form, if it is one.
    fn of_another_form(&self, path: &FieldPath) -> Option<String> {
        let own = self.edition?;
        let mut others = Edition::ALL.iter().filter(|edition| **edition != own);
        others.find_map(|edition| {
            let form = edition.form();
            let cell = form.cells().find(|cell| FieldPath::of(*cell).is_within(path))?;
            let name = if FieldPath::of(cell) == *path {
                form.cell_name(cell)
            } else {
                format!("“{}”", form.row_name(cell))
            };
            let (theirs, own) = (edition.key(), own.key());
            Some(format!(
                "{name}是 {theirs} 格式的数据，{own} 格式没有这一项；删去它，或者核对 format"
            ))
        })
    }

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

    /// The path of a file that a data file names, on one line. Shares of other machines and devices are refused: a data file
    /// may come from anywhere, and must not make this machine call another one.
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

    /// A whole number from `least` to `most`.
    pub(super) fn whole_number(
        &mut self,
        fields: &Fields<'a>,
        key: &str,
        least: Count,
        most: Count,
    ) -> Option<Count> {
        let (node, path) = fields.get(key)?;
        let Value::Integer = node.value else {
            self.wrong_type(node, path, "整数", "只写数字，不加引号");
            return None;
        };
        let number = self.count(node).count().filter(|number| (least..=most).contains(number));
        if number.is_none() {
            let message = format!("{} 不在 {least} 至 {most} 之间", self.typed(node));
            self.invalid(path, message, "核对这个数");
        }
        number
    }

    pub(super) fn boolean(&mut self, fields: &Fields<'a>, key: &str) -> Option<bool> {
        let (node, path) = fields.get(key)?;
        let Value::Boolean(boolean) = node.value else {
            self.wrong_type(node, path, "是或否", "是写 true，否写 false，不加引号");
            return None;
        };
        Some(boolean)
    }

    pub(super) fn date(&mut self, fields: &Fields<'a>, key: &str) -> Option<Date> {
        let (node, path) = fields.get(key)?;
        match &node.value {
            Value::Date(Some(date)) => Some(*date),
            Value::Date(None) => {
                let typed = self.typed(node).to_owned();
                let help = dated("只写年月日，例如 {next}-01-09", self.year);
                self.invalid(path, format!("{typed} 不是一个日期"), &help);
                None
            }
            _ => {
                let help = dated("写成 {next}-01-09 的样子，不加引号", self.year);
                self.wrong_type(node, path, "日期", &help);
                None
            }
        }
    }

    /// The word that was chosen, which may be written in Chinese.
    pub(super) fn choice(&mut self, fields: &Fields<'a>, key: &Key) -> Option<&'static str> {
        self.choice_of(fields, key.name, &key.choices())
    }

    /// One of some words, each with its meaning.
    pub(super) fn choice_of(
        &mut self,
        fields: &Fields<'a>,
        key: &str,
        all: &[Choice],
    ) -> Option<&'static str> {
        let (text, path) = self.string(fields, key)?;
        let typed = text.trim();
        if typed.is_empty() {
            return None;
        }
        let is_meant = |(word, meaning): &&Choice| {
            word.eq_ignore_ascii_case(typed) || (!meaning.is_empty() && *meaning == typed)
        };
        if let Some((word, _)) = all.iter().find(is_meant) {
            return Some(word);
        }
        let mut near = all.iter().filter(|(_, meaning)| meaning.contains(typed));
        let help = match (near.next(), near.next()) {
            _ if path.as_str() == "format" => newer_format(typed, all),
            (Some((word, _)), None) => format!("“{typed}”写成 \"{word}\""),
            (Some(_) | None, _) => {
                let allowed: Vec<String> = all
                    .iter()
                    .map(|one| match *one {
                        (key, "") => format!("\"{key}\""),
                        (key, meaning) => format!("\"{key}\"（{meaning}）"),
                    })
                    .collect();
                format!("可以写：{}", allowed.join("、"))
            }
        };
        let right = help.strip_prefix(&format!("“{}”写成 ", text.trim())).map(str::to_owned);
        self.invalid(path.clone(), format!("“{text}”不是可选的值"), &help);
        self.repair_last(right, path);
        None
    }

    pub(super) fn typed(&self, node: &Node) -> &'a str {
        self.text.get(node.span.clone()).unwrap_or_default()
    }

    pub(super) fn wrong_type(&mut self, node: &Node, path: FieldPath, expected: &str, help: &str) {
        let message = format!("这里应是{expected}，写的是{}", type_name(&node.value));
        self.unclear.push(path.clone());
        let right = self.meant(node, &path);
        let help = right.as_ref().map_or_else(|| help.to_owned(), |right| format!("写成 {right}"));
        self.report_error(codes::WRONG_TYPE, Place::Value(path.clone()), message, "", help);
        self.repair_last(right.and_then(|right| Some(right.split_once(" = ")?.1.to_owned())), path);
    }

    /// The entry as it was meant, if its value shows that.
    pub(super) fn meant(&self, node: &Node, path: &FieldPath) -> Option<String> {
        let (table, key) = path.as_str().rsplit_once('.').unwrap_or(("", path.as_str()));
        // The parts, notes and units of a list are all alike.
        let table =
            table.rsplit_once('[').filter(|_| table.ends_with(']')).map_or(table, |(list, _)| list);
        let holds = names::holds(self.tables, table, key)?;
        let value = value::mend(&holds, self.typed(node), self.year)?.value?;
        Some(format!("{key} = {value}"))
    }

    /// Puts a new value into the last problem as what mends it.
    pub(super) fn repair_last(&mut self, value: Option<String>, path: FieldPath) {
        if let (Some(last), Some(text)) = (self.diagnostics.last_mut(), value) {
            last.repair = Some(Repair { place: Place::Value(path), text });
        }
    }

    pub(super) fn invalid(&mut self, path: FieldPath, message: String, help: &str) {
        self.report_error(codes::INVALID_VALUE, Place::Value(path), message, "", help);
    }

    pub(super) fn report_error(
        &mut self,
        code: &'static str,
        place: Place,
        message: impl Into<String>,
        label: &str,
        help: impl Into<String>,
    ) {
        self.add(Diagnostic::new(code, Severity::Error, place, message, label).help(help));
    }
}

/// What to do about a form that this program does not know: a newer program may.
fn newer_format(typed: &str, all: &[Choice]) -> String {
    let known: Vec<String> =
        all.iter().map(|(key, number)| format!("\"{key}\"（{number}）")).collect();
    let newest = all.iter().map(|(key, _)| *key).max().unwrap_or_default();
    let newer = if typed.len() == newest.len() && typed > newest {
        "；这可能是新印发的格式，要用更新版本的 nianbao"
    } else {
        ""
    };
    format!("本程序认得的格式：{}{newer}", known.join("、"))
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

/// Whether Windows takes a name, whatever its extension, for a device.
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

/// The known name nearest to a misspelt one, if one is near enough to be meant.
pub(crate) fn nearest<'n>(typed: &str, known: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    /// In characters; what is longer is no slip of the finger, and comparing it would take for ever.
    const LONGEST: usize = 200;
    if typed.chars().nth(LONGEST).is_some() {
        return None;
    }
    let typed = typed.to_lowercase();
    known
        .filter(|name| name.len() <= 4 * LONGEST)
        .map(|name| (strsim::damerau_levenshtein(&typed, name), name))
        .filter(|(distance, name)| *distance * 3 <= name.len().max(typed.len()))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// The table in which a key is at home.
fn elsewhere(tables: &[&'static KeyTable], key: &str) -> Option<&'static str> {
    tables
        .iter()
        .filter(|table| !table.name.is_empty())
        .find(|table| table.keys.iter().any(|k| k.name == key))
        .map(|table| table.name.trim_end_matches("[]"))
}

pub(super) fn type_name(value: &Value) -> &'static str {
    match value {
        Value::Text(_) => "文字",
        Value::Integer => "整数",
        Value::Float => "小数",
        Value::Boolean(_) => "true/false",
        Value::Date(_) => "日期",
        Value::Array(_) => "一组值",
        Value::Table(_) => "一张表",
    }
}

/// Characters that XML, and so Word, cannot carry. Those that end a line are printed as its end.
fn is_forbidden(c: char) -> bool {
    let is_control =
        matches!(c, '\0'..='\u{8}' | '\u{b}'..='\u{c}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{9f}');
    (is_control && !is_break(c)) || matches!(c, '\u{fffe}' | '\u{ffff}')
}
