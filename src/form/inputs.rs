//! The fields of the form that stand in no table: header, local settings, fees.

use serde::Serialize;

use crate::edition::{Axis as _, Edition, Section};
use crate::report::{FieldPath, RuleLevel, Whose};
use crate::rules::RULES;
use crate::source::{KEY_TABLES, KeyKind, key_at};
use crate::units::Figure;

/// Fields under one heading.
#[derive(Serialize)]
pub(super) struct Group {
    name: &'static str,
    /// True if most do without it.
    aside: bool,
    /// The remark on all of them; empty where there is nothing.
    help: &'static str,
    inputs: Vec<Input>,
    /// True if the severity of rules is chosen here.
    has_levels: bool,
}

/// A field with its label.
#[derive(Serialize)]
pub(super) struct Input {
    path: String,
    label: String,
    hint: String,
    /// `text`, `lines`, `date`, `number`, `choice`, `file` or `figure`.
    kind: &'static str,
    choices: Vec<(String, String)>,
    required: bool,
}

/// A file near the data file that one of its fields may name.
#[derive(Debug)]
pub(super) struct NearFile {
    /// Its path from the folder of the data file, as the file writes it.
    pub(super) path: String,
    /// Its contents, in words; empty where nobody can tell.
    pub(super) title: String,
    /// True if it is a list of units, and not a report.
    pub(super) is_list: bool,
}

/// The fields of the header, group by group.
pub(super) fn groups(edition: Edition, year: Option<u16>, near: &[NearFile]) -> Vec<Group> {
    let group = |name, aside, paths: &[FieldPath]| Group {
        name,
        aside,
        help: "",
        inputs: paths.iter().filter_map(|path| input(path, edition, year, near)).collect(),
        has_levels: false,
    };
    let some = |paths: &[&str]| paths.iter().map(|path| FieldPath::new(*path)).collect::<Vec<_>>();
    let first = ["report.year", "report.published", "agency.name", "agency.kind", "agency.level"];
    let look = some(&["report.title", "report.closing", "report.charts"]);
    let faces = group("PDF 用的自备字体", true, &keys_of("fonts"));
    vec![
        group("报告和机关", false, &some(&first)),
        group("联系方式", false, &keys_of("agency.contact")),
        group("与上年、下级核对", true, &some(&["report.previous", "report.units"])),
        Group { help: SECOND_HELP, ..group("二人复核", true, &keys_of("second")) },
        group("版面", true, &look),
        Group { help: "写字体文件的位置；不写的用自带字体", ..faces },
        group("数据文件", true, &some(&["needs"])),
        Group { has_levels: true, ..group("检查的本地参数", true, &keys_of("rules")) },
    ]
}

/// The way of a second entry.
const SECOND_HELP: &str = "要求严的可以请另一人照台账再录一遍三张表，程序逐格比对。在“完成”一页建第二人的空表；\
    两份不同的格只标出“不同”，两人各自看过台账、都在这里写了姓名，才显示两个数。";

/// All keys of a table.
fn keys_of(name: &str) -> Vec<FieldPath> {
    let tables = KEY_TABLES.iter().filter(|table| table.name == name);
    tables.flat_map(|table| table.keys.iter().map(|key| table.address(0).key(key.name))).collect()
}

/// The place of the headings of the parts of a section; none for a section without parts.
pub(super) fn heading_style(
    section: Section,
    edition: Edition,
    year: Option<u16>,
) -> Option<Input> {
    input(&FieldPath::new(section.key()).key("heading_style"), edition, year, &[])
}

/// The label of the text of a section before its parts; empty for a section without one.
pub(super) fn text_label(section: Section, edition: Edition) -> &'static str {
    key_at(&FieldPath::new(section.key()).key("text")).map_or("", |key| key.label(edition))
}

/// The severities that a rule can be given, by key and name.
pub(super) fn levels() -> Vec<(&'static str, &'static str)> {
    RuleLevel::ALL.iter().map(|level| (level.1, level.2)).collect()
}

/// The rules whose severity an office may choose, by code and title.
pub(super) fn rules() -> Vec<(&'static str, &'static str)> {
    RULES.iter().filter(|rule| !rule.fixed).map(|rule| (rule.code, rule.title)).collect()
}

/// A field of the header; none for keys that the form has no field for.
fn input(
    path: &FieldPath,
    edition: Edition,
    year: Option<u16>,
    near: &[NearFile],
) -> Option<Input> {
    let key = key_at(path)?;
    let kind = match key.kind {
        KeyKind::Line => "text",
        // A face may lie anywhere.
        KeyKind::File if path.as_str().starts_with("fonts.") => "text",
        KeyKind::File => "file",
        KeyKind::Lines => "lines",
        KeyKind::Date => "date",
        KeyKind::Year | KeyKind::Whole(..) => "number",
        KeyKind::Choice | KeyKind::Boolean => "choice",
        KeyKind::Text
        | KeyKind::Count
        | KeyKind::Money
        | KeyKind::Names
        | KeyKind::Path
        | KeyKind::Table
        | KeyKind::Tables => return None,
    };
    let words = |(word, name): (&str, &str)| (word.to_owned(), name.to_owned());
    let choices: Vec<_> = match key.kind {
        KeyKind::Boolean => [("true", "是"), ("false", "否")].map(words).into(),
        KeyKind::File => {
            let is_list = path.as_str() == "report.units";
            let files = near.iter().filter(|file| file.is_list == is_list);
            files.map(|file| (file.path.clone(), file.name())).collect()
        }
        _ => key.choices().into_iter().map(words).collect(),
    };
    let label = key.label(edition);
    let (label, more) = label.split_once('；').unwrap_or((label, ""));
    let note = key.note(year);
    let notes = note.split('；').filter(|note| !speaks_of_file(note));
    let hint: Vec<&str> =
        std::iter::once(more).chain(notes).filter(|text| !text.is_empty()).collect();
    Some(Input {
        path: path.to_string(),
        label: label.to_owned(),
        hint: hint.join("；"),
        kind,
        choices,
        required: key.required,
    })
}

/// True if a note tells how to write a value into the file, which the form does by itself.
fn speaks_of_file(note: &str) -> bool {
    ["写成 ", "'''", "从本文件"].iter().any(|sign| note.contains(sign))
}

impl NearFile {
    /// As it stands in a list.
    fn name(&self) -> String {
        if self.title.is_empty() {
            self.path.clone()
        } else {
            format!("{}（{}）", self.title, self.path)
        }
    }
}

/// The scopes that figures of a text can be declared to be of, by key and name.
pub(super) fn scopes() -> Vec<(&'static str, &'static str)> {
    Whose::ALL.iter().map(|one| (one.1, one.2)).collect()
}

/// A field of the handling fee.
pub(super) fn fee(figure: Figure, edition: Edition) -> Input {
    let unit = if figure == Figure::FeeAmount {
        "单位是元；没有收取的填 0"
    } else {
        "没有发出的填 0"
    };
    Input {
        path: figure.path().to_string(),
        label: figure.column_name(edition.form()).to_owned(),
        hint: unit.to_owned(),
        kind: "figure",
        choices: Vec::new(),
        required: true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_that_holds_a_line_a_choice_or_a_file_has_its_field() {
        let groups = groups(Edition::LATEST, Some(2025), &[]);
        let paths: Vec<&str> =
            groups.iter().flat_map(|group| &group.inputs).map(|one| one.path.as_str()).collect();
        for table in ["report", "agency", "agency.contact", "fonts", "rules"] {
            for path in keys_of(table).iter().filter(|path| key_at(path).is_some()) {
                assert!(paths.contains(&path.as_str()), "{path} has no field");
            }
        }
        assert!(paths.contains(&"needs"));
        let hints: String =
            groups.iter().flat_map(|group| &group.inputs).map(|one| one.hint.as_str()).collect();
        assert!(!hints.contains("'''") && !hints.contains("写成 "), "{hints}");
    }
}
