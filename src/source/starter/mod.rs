//! The starter file: every key with its label and note, what is known filled in, the rest to be filled.

mod entries;
mod figures;
mod lines;
mod narrative;

use std::fmt::Write as _;
use std::sync::OnceLock;

use super::keys::{self, KeyKind, KeyTable};
use super::literal::{key_of, line, literal, quoted, text};
use super::write::{remark as remark_of, value_of};
use crate::edition::{Form, Section};
use crate::report::{Report, Text};
use entries::{blank, entries, entry_line, label_of};
use figures::{challenges, disclosure, requests};
use lines::{heading, remark, table, unfilled};
use narrative::{opening, section};

/// The name of the schema that the first line points at, beside the data file.
pub const SCHEMA_FILE: &str = "nianbao.schema.json";

/// Writes the file in which a clerk begins a report.
///
/// Keys that must be filled come first, then those that may be. The values of `report` are written; everything else
/// stands there as a text between empty quotes or as a line after `#` that the reader does not see, so that
/// it counts as not filled. Of `last`, the report of the year before, the stock of documents, the texts, notes, sources
/// and waivers are shown after `#`, to be looked at and never to be printed.
pub fn starter(report: &Report, last: Option<&Report>) -> String {
    let mut out = String::new();
    introduction(report.form(), &mut out);
    for key in keys::ROOT.keys.iter().filter(|key| key.field.is_some()) {
        if let Some(value) = value_of(key, 0, report) {
            let remark = remark_of(key, &value, report.edition);
            line(&mut out, key.name, &literal(&value), remark);
        } else if !key.aside {
            entry_line(key, report, &mut out);
        }
    }
    header(report, last, &mut out);
    table(&mut out, &keys::AGENCY, report);
    entries(&keys::AGENCY, report, &mut out);
    table(&mut out, &keys::CONTACT, report);
    entries(&keys::CONTACT, report, &mut out);
    section(report, last, Section::Overview, &mut out);
    disclosure(report, last, &mut out);
    requests(report, &mut out);
    challenges(report, &mut out);
    section(report, last, Section::Problems, &mut out);
    section(report, last, Section::Other, &mut out);
    optional_tables(report, last, &mut out);
    out
}

/// Writes the file in which a second person enters the three tables of a report: its form, year and body, and nothing else of it.
pub fn second_entry(report: &Report) -> String {
    let mut blank = Report::empty(report.edition);
    blank.header.year = report.header.year;
    blank.agency.name.clone_from(&report.agency.name);
    let form = blank.form();
    let mut out = format!(
        "\
#:schema ./{SCHEMA_FILE}
# 二人复核：第二人另录的三张表（{}）
#
# 填写办法
#   一、照原始台账填，不看、不问第一人填的数。
#   二、行首是 # 紧跟英文的，是还没有填的行：删去行首的 #，再在等号后面填写。没有的填 0；一行各列都是 0 的，只写一个 0。
#   三、总计可以不填。填完保存，由第一人比对；不同的格两人各自再看台账。

",
        form.report_name
    );
    line(&mut out, "format", &quoted(report.edition.key()), "");
    out.push_str("\n[report]\n");
    if let Some(year) = blank.header.year {
        line(&mut out, "year", &year.to_string(), "");
    }
    if let Some(name) = &blank.agency.name {
        out.push_str("\n[agency]\n");
        line(&mut out, "name", &quoted(name), "");
    }
    disclosure(&blank, None, &mut out);
    requests(&blank, &mut out);
    challenges(&blank, &mut out);
    out
}

fn introduction(form: &Form, out: &mut String) {
    let _ = write!(
        out,
        "\
#:schema ./{SCHEMA_FILE}
# {} 数据文件
# 格式依据：{}
#
# 填写办法
#   一、# 后面的文字是说明，不会印出。行首是 # 紧跟英文的，是还没有填的项：删去行首的 #，再在等号后面填写。
#   二、引号、逗号、括号、等号都用英文（半角）的。文字写在两个引号之间；数字和日期不加引号。
#   三、没有的填 0，没有填的不算 0；一行各列都是 0 的，等号后面只写一个 0，例如 received = 0。
#   四、多行文字写在两行 ''' 之间，一个自然段一行，中间不必空行；两行 ''' 都不要删。
#   五、随时可以运行 nianbao check 本文件名，看还有哪些没填、哪里不对；填完运行 nianbao build 生成年报。

",
        form.report_name, form.notice
    );
}

fn header(report: &Report, last: Option<&Report>, out: &mut String) {
    table(out, &keys::REPORT, report);
    if let Some(last) = last {
        if let Some(title) = last.header.title.as_deref() {
            remark(out, "上年的标题", title);
        }
        if let Some(units) = last.header.units.as_deref() {
            remark(out, "上年的下级单位名单", units);
        }
    }
    entries(&keys::REPORT, report, out);
}

/// Tables that most reports do without, and those of last year that speak of last year.
fn optional_tables(report: &Report, last: Option<&Report>, out: &mut String) {
    heading(out, "以下各项用到才填");
    opening(report, last, out);
    for known in [&keys::NOTE, &keys::SOURCE, &keys::WAIVER, &keys::SCOPE] {
        let name = known.name.trim_end_matches("[]");
        let _ = writeln!(out, "\n# {}", known.label(report.edition));
        for old in last.map_or_else(Vec::new, |last| remarks(last, known)) {
            remark(out, "上年的", &old);
        }
        let _ = writeln!(out, "#[[{name}]]");
        for key in known.keys {
            unfilled(out, key.name, blank(key.kind), &label_of(key, report));
        }
    }
    optional(&keys::FONTS, report, None, out);
    optional(&keys::SECOND, report, None, out);
    optional(&keys::RULES, report, last, out);
    let open = if report.settings.levels.is_empty() { "#" } else { "" };
    let label = keys::SEVERITY.label(report.edition);
    let _ = writeln!(out, "\n# {label}\n{open}[{}]", keys::SEVERITY.name);
    for (code, level) in &report.settings.levels {
        line(out, &key_of(code), &quoted(level.key()), "");
    }
}

/// A table whose head stands after `#` as long as nothing in it is filled; what last year's dates were is
/// shown.
fn optional(known: &KeyTable, report: &Report, last: Option<&Report>, out: &mut String) {
    let is_used = known.keys.iter().any(|key| value_of(key, 0, report).is_some());
    let open = if is_used { "" } else { "#" };
    let _ = writeln!(out, "\n# {}\n{open}[{}]", known.label(report.edition), known.name);
    for key in known.keys.iter().filter(|key| key.field.is_some()) {
        let old = last.filter(|_| key.kind == KeyKind::Date);
        if let Some(old) = old.and_then(|last| value_of(key, 0, last)) {
            remark(out, "上年写的是", &literal(&old));
        }
        match value_of(key, 0, report) {
            Some(keys::KeyValue::Text(typed)) => {
                let _ = writeln!(out, "# {}", label_of(key, report));
                text(out, key.name, &Text::new(typed));
            }
            Some(value) => line(out, key.name, &literal(&value), &label_of(key, report)),
            None => unfilled(out, key.name, blank(key.kind), &label_of(key, report)),
        }
    }
}

/// Last year's notes or waivers, each in one phrase.
fn remarks(last: &Report, known: &KeyTable) -> Vec<String> {
    let words = |value: keys::KeyValue| match value {
        keys::KeyValue::Line(line) => line,
        other => literal(&other),
    };
    let phrase = |index: usize| {
        let values = known.keys.iter().filter_map(|key| value_of(key, index, last));
        values.map(words).collect::<Vec<_>>().join("；")
    };
    (0..known.count(last)).map(phrase).collect()
}

/// True if some words are a comment of a starter of any edition, without its `#`.
pub(super) fn is_comment(words: &str) -> bool {
    static COMMENTS: OnceLock<Vec<&str>> = OnceLock::new();
    let comments = COMMENTS.get_or_init(|| include_str!("comments.txt").lines().collect());
    comments.binary_search(&words).is_ok()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::edition::Edition;

    /// They are written down, because every line of a text is looked up among them, and starters take long to make.
    #[test]
    fn the_comments_of_all_starters_are_known() {
        let mut comments = BTreeSet::new();
        for edition in Edition::ALL {
            let starter = starter(&Report::empty(*edition), None);
            let own = starter.lines().filter_map(|line| line.strip_prefix('#')).map(str::trim);
            comments.extend(own.filter(|w| w.chars().nth(1).is_some()).map(|w| format!("{w}\n")));
        }
        let comments: String = comments.into_iter().collect();
        if std::env::var_os("UPDATE").is_some() {
            let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
            let path = path.join("src/source/starter/comments.txt");
            crate::files::write_whole(&path, comments.as_bytes()).unwrap();
            return;
        }
        assert!(comments.lines().eq(include_str!("comments.txt").lines()), "run with UPDATE=1");
        assert!(comments.lines().all(is_comment) && !is_comment("没有这一行"));
    }
}
