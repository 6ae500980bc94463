//! Values that are no figures: tables and their keys, texts, dates, choices.

use super::super::keys::KeyTable;
use super::{Field, Fields, Node, Reader, Value, codes, get};
use crate::diag::{Diagnostic, Place, Severity};
use crate::edition::Edition;
use crate::report::{Count, Date, FieldPath, Text};

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
            let message = format!("没有填写{}（{}）", key.label, key.name);
            let help = match known.name.strip_suffix("[]") {
                _ if path.is_root() => format!("补上 {}", example(key.name)),
                Some(_) => format!("在这一项 [[{}]] 之下补上 {}", path.parent(), example(key.name)),
                None => format!("在 [{path}] 之下补上 {}", example(key.name)),
            };
            match get(entries, key.name) {
                Some(entry) if !blank(&entry.node) => {}
                Some(_) => {
                    // To add the key would be to write it twice.
                    let help = format!("在这一处填写，写成 {}", example(key.name));
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

    pub(super) fn tables<T>(
        &mut self,
        fields: &Fields<'a>,
        key: &str,
        known: &'static KeyTable,
        mut read: impl FnMut(&mut Self, &Fields<'a>) -> T,
    ) -> Vec<T> {
        let Some((node, path)) = fields.get(key) else { return Vec::new() };
        let Value::Array(elements) = &node.value else {
            let help = format!("每一项另起一行写 [[{path}]]，其下逐行填写");
            self.wrong_type(node, path, "若干张表", &help);
            return Vec::new();
        };
        let mut tables = Vec::new();
        for (i, element) in elements.iter().enumerate() {
            if let Some(fields) = self.fields(element, path.index(i), known) {
                tables.push(read(self, &fields));
            }
        }
        tables
    }

    pub(super) fn unknown_keys(&mut self, entries: &[Field], path: &FieldPath, names: &[&str]) {
        for entry in entries.iter().filter(|entry| !names.contains(&entry.key.as_str())) {
            let home = match path.as_str() {
                "" => "文件顶层".to_owned(),
                list if list.ends_with(']') => format!("[[{}]]", path.parent()),
                table => format!("[{table}]"),
            };
            let help = if let Some(help) = self.of_another_form(&path.key(&entry.key)) {
                help
            } else if let Some(known) = nearest(&entry.key, names.iter().copied()) {
                if get(entries, known).is_none() {
                    self.unclear.push(path.key(known));
                }
                format!("是不是“{known}”？")
            } else if let Some(table) = elsewhere(self.tables, &entry.key) {
                format!("“{}”应写在 [{table}] 之下", entry.key)
            } else {
                format!("这里可以写的键有：{}", names.join("、"))
            };
            let message = format!("{home} 中没有“{}”这个键", entry.key);
            self.report_error(
                codes::UNKNOWN_KEY,
                Place::Bytes(entry.key_span.clone()),
                message,
                "",
                help,
            );
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
        let text = text.trim();
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
        (!text.is_empty()).then(|| text.to_owned())
    }

    /// A text of paragraphs; `None` when it is not there or no text.
    pub(super) fn bindable(&mut self, fields: &Fields<'a>, key: &str) -> Option<Text> {
        self.string(fields, key).map(|(text, _)| Text::new(text))
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
                self.invalid(path, format!("{typed} 不是一个日期"), "只写年月日，例如 2024-01-09");
                None
            }
            _ => {
                self.wrong_type(node, path, "日期", "写成 2024-01-09 的样子，不加引号");
                None
            }
        }
    }

    /// One of some words, each with its meaning.
    pub(super) fn choice<T: Copy>(
        &mut self,
        fields: &Fields<'a>,
        key: &str,
        all: &[T],
        word: impl Fn(&T) -> (&'static str, &'static str),
    ) -> Option<T> {
        let (text, path) = self.string(fields, key)?;
        if text.trim().is_empty() {
            return None;
        }
        let found = all.iter().find(|one| word(one).0 == text);
        if found.is_none() {
            let allowed: Vec<String> = all
                .iter()
                .map(|one| match word(one) {
                    (key, "") => format!("\"{key}\""),
                    (key, meaning) => format!("\"{key}\"（{meaning}）"),
                })
                .collect();
            // Who writes the Chinese word need not look for its key among the others.
            let same = all.iter().map(&word).find(|(_, meaning)| *meaning == text.trim());
            let help = match same {
                Some((key, meaning)) => format!("“{meaning}”写成 \"{key}\""),
                None => format!("可以写：{}", allowed.join("、")),
            };
            self.invalid(path, format!("“{text}”不是可选的值"), &help);
        }
        found.copied()
    }

    pub(super) fn typed(&self, node: &Node) -> &'a str {
        self.text.get(node.span.clone()).unwrap_or_default()
    }

    pub(super) fn wrong_type(&mut self, node: &Node, path: FieldPath, expected: &str, help: &str) {
        let message = format!("这里应是{expected}，写的是{}", type_name(&node.value));
        self.unclear.push(path.clone());
        self.report_error(codes::WRONG_TYPE, Place::Value(path), message, "", help);
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
        self.diagnostics
            .push(Diagnostic::new(code, Severity::Error, place, message, label).help(help));
    }
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

/// How a missing key would be written.
fn example(key: &str) -> &'static str {
    match key {
        "format" => "format = \"2021\"",
        "report" => "[report] 和 year = …",
        "agency" => "[agency]、name = \"…\" 和 kind = \"…\"",
        "year" => "year = 2023（报告年度）",
        "name" => "name = \"机关全称\"",
        "kind" => "kind = \"government\" 或 \"department\"、\"authorized\"",
        "at" => "at = \"requests.received\"（所说的位置）",
        "rule" => "rule = \"NB501\"（规则代码）",
        "reason" => "reason = \"…\"（理由）",
        "by" => "by = \"…\"（核准人）",
        "document" => "document = \"…\"（文件名称）",
        "units" => "units = […]，或者另起一行写 [[units]]",
        "row" => "row = \"normative_documents\"（哪一行）",
        "columns" => "columns = [\"issued\", \"in_force\"]（哪几列）",
        "date" => "date = 2024-01-09（核准日期）",
        _ => "text = \"…\"",
    }
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

/// Characters that XML, and so Word, cannot carry, and the marks that leave no trace on paper.
fn is_forbidden(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{b}'..='\u{c}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}')
}
