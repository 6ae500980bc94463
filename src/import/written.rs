//! A published report as a data file, with a remark above every row that a person must look at.

use std::collections::BTreeMap;

use super::confidence::Class;
use super::published::Published;
use crate::diag::Place;
use crate::edition::Cell;
use crate::report::FieldPath;
use crate::source::{self, SourceFile, locate};

/// Writes the data file of a report that was read from the file of that name.
pub fn data_file(published: &Published, name: &str) -> String {
    if let Some(own) = published.own_data_file().filter(|_| published.is_sure()) {
        return own.to_owned();
    }
    let report = &published.report;
    let text = source::write(report);
    let file = SourceFile::parse("import", text.as_str());
    let mut above: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    let line_of = |path: &FieldPath| {
        let at = locate(&file, &Place::Key(path.clone())).start;
        text[..at].rfind('\n').map_or(0, |i| i + 1)
    };
    for (row, remark) in remarks(published, &file) {
        above.entry(line_of(&row)).or_default().push(remark);
    }
    if report.agency.kind.is_none() {
        let at = line_of(&FieldPath::new("agency"));
        let after = text[at..].find('\n').map_or(text.len(), |i| at + i + 1);
        let words = "# 请填写机关类别：kind = \"government\"（人民政府）、\"department\"（部门）、\"outpost\"（派出机关）或 \"authorized\"（授权组织）";
        above.entry(after).or_default().push(words.to_owned());
    }
    let listed: Vec<String> = published
        .account
        .listed
        .iter()
        .map(|left| format!("# 没有放进数据文件：{} {}", left.spot, left.text.replace('\n', " ")))
        .collect();
    let mut out = format!(
        "# 由 nianbao import 从“{}”读出；标有“存疑”“未读出”的行，请对照原文核对。\n",
        shown(name)
    );
    let mut end = 0;
    for (at, remarks) in above {
        out.push_str(&text[end..at]);
        for remark in remarks {
            out.push_str(&shown(&remark));
            out.push('\n');
        }
        end = at;
    }
    out.push_str(&text[end..]);
    for line in listed {
        out.push_str(&shown(&line));
        out.push('\n');
    }
    out
}

/// The comments above rows that a person must look at; cells of a row that have the same trouble are told together.
fn remarks(published: &Published, file: &SourceFile) -> Vec<(FieldPath, String)> {
    let form = published.report.form();
    let mut rows: Vec<(Cell, Class, &str, Vec<&str>)> = Vec::new();
    for cell in form.cells() {
        let Some((class, why)) = published.classes.get(&cell) else { continue };
        if *class <= Class::Reliable {
            continue;
        }
        let is_same = |row: &&mut (Cell, Class, &str, Vec<&str>)| {
            FieldPath::row_of(row.0) == FieldPath::row_of(cell) && row.1 == *class && row.2 == why
        };
        match rows.iter_mut().find(is_same) {
            Some((.., columns)) => columns.push(form.column_name(cell)),
            None => rows.push((cell, *class, why, vec![form.column_name(cell)])),
        }
    }
    let of = |(cell, class, why, columns): (Cell, Class, &str, Vec<&str>)| {
        let row = FieldPath::row_of(cell);
        // A row of which nothing was read is nowhere in the file.
        let name = if is_written(file, &row) {
            String::new()
        } else {
            format!("“{}”", form.row_name(cell))
        };
        let spot = published.spot(cell);
        let gap = if spot.is_empty() { "" } else { " " };
        (row, format!("# {}：{name}{}{gap}{spot}：{why}", class.name(), columns.join("、")))
    };
    rows.into_iter().map(of).collect()
}

/// True if anything is written at an address.
fn is_written(file: &SourceFile, path: &FieldPath) -> bool {
    let key = path.as_str().rsplit('.').next().unwrap_or_default();
    let range = locate(file, &Place::Key(path.clone()));
    file.text()[range].trim_matches('"') == key
}

/// Words that can stand in a comment: on one line, and without characters that TOML forbids.
fn shown(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
