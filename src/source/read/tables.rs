//! Tables and their keys: those that must be there, and those that are not known.

use std::ops::Range;

use super::super::keys::KeyTable;
use super::super::names;
use super::{Field, Fields, Node, Reader, Value, codes, get};
use crate::budget::{FINDINGS, LIST_ENTRIES};
use crate::diag::{Place, Repair};
use crate::edition::Edition;
use crate::report::{FieldPath, Step};

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
            let place = Place::Bytes(entry.key_span.clone());
            if self.n_found(codes::UNKNOWN_KEY) > FINDINGS {
                // It is only counted; to look for what was meant would take long.
                self.report_error(codes::UNKNOWN_KEY, place, "", "", "");
                continue;
            }
            let home = match path.as_str() {
                "" => "文件顶层".to_owned(),
                list if list.ends_with(']') => format!("[[{}]]", path.parent()),
                table => format!("[{table}]"),
            };
            let message = format!("{home} 中没有“{}”这个键", entry.key);
            let (help, repair) = self.key_meant(entry, entries, path, names);
            self.report_error(codes::UNKNOWN_KEY, place, message, "", help);
            if let (Some(last), Some((range, text))) = (self.diagnostics.last_mut(), repair) {
                last.repair = Some(Repair { place: Place::Bytes(range), text });
            }
        }
    }

    /// The remedy for a key that is not known: help, and the bytes to replace where only one thing can be meant.
    fn key_meant(
        &mut self,
        entry: &Field,
        entries: &[Field],
        path: &FieldPath,
        names: &[&str],
    ) -> (String, Option<(Range<usize>, String)>) {
        let typed = entry.key.as_str();
        if let Some(help) = self.of_another_form(&path.key(typed)) {
            return (help, None);
        }
        let table = path.as_str().rsplit_once('[').filter(|_| path.as_str().ends_with(']'));
        let table = table.map_or(path.as_str(), |(list, _)| list);
        let meant = names::key_of(self.tables, table, typed);
        if let Some(meant) = meant.filter(|key| !typed.is_ascii() && names.contains(&key.as_str()))
        {
            self.unclear.push(path.key(&meant));
            let help = format!("键名要写英文，“{typed}”写成 {meant}");
            return (help, Some((entry.key_span.clone(), meant)));
        }
        if let Some(near) = nearest(typed, names.iter().copied()) {
            let is_free = get(entries, near).is_none();
            if is_free {
                self.unclear.push(path.key(near));
            }
            let repair = is_free.then(|| (entry.key_span.clone(), near.to_owned()));
            return (format!("是不是“{near}”？"), repair);
        }
        if let (Value::Table(inner), Some(first)) =
            (&entry.node.value, path.steps().first().filter(|_| !path.is_root()))
            && *first == Step::Key(typed)
            && let Some(inner) = inner.first()
        {
            // What stands behind is meant for this table.
            self.unclear.push(path.key(&inner.key));
            let cut = entry.key_span.start..inner.key_span.start;
            let help = format!("这里已经在 [{path}] 之下，只写 {} = …", inner.key);
            return (help, (!cut.is_empty()).then(|| (cut, String::new())));
        }
        let help = match elsewhere(self.tables, typed) {
            Some(table) => format!("“{typed}”应写在 [{table}] 之下"),
            None => format!(
                "这里可以写的键有：{}；如果这是新版才有的键，请换用更新版本的 nianbao",
                names.join("、")
            ),
        };
        (help, None)
    }

    /// The remedy for a figure of another edition of the form, if it is one.
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
}

/// The known name nearest to a misspelt one, if one is near enough to be meant.
pub(crate) fn nearest<'n>(typed: &str, known: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    /// In characters; a longer name is no slip of the finger, and comparing it would take too long.
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
