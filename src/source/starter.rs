//! The starter file: every key with its label and note, what is known filled in, the rest to be filled.

use std::fmt::Write as _;

use super::keys::{self, Key, KeyKind, KeyTable};
use super::rows::{Row, width_of};
use super::write::{literal, quoted, remark as remark_of, text, value_of};
use crate::edition::{
    Axis, Cell, ChallengeColumn, DisclosureRow, Form, Proceeding, RequestColumn, RequestRow,
    RequestRowPlace, Section,
};
use crate::report::{Aspect, Narrative, Part, Report, Text};

/// The name of the schema that the first line points at, beside the data file.
pub const SCHEMA_FILE: &str = "nianbao.schema.json";

/// Writes the file in which a clerk begins a report.
///
/// What must be filled comes first, then what may be. What `report` holds is written; everything else
/// stands there as a text between empty quotes or as a line after `#` that the reader does not see, so that
/// it counts as not filled. Of `last`, the report of the year before, the stock of documents, the texts, notes
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

/// The keys of a table that hold a value and no text of paragraphs: those to be filled, then those that most
/// reports do without.
fn entries(known: &KeyTable, report: &Report, out: &mut String) {
    let valued =
        || known.keys.iter().filter(|key| key.field.is_some() && key.kind != KeyKind::Text);
    for key in valued().filter(|key| !key.aside) {
        entry_line(key, report, out);
    }
    if valued().filter(|key| key.aside).count() > 1 {
        out.push_str("# 以下几项用到才填：\n");
    }
    for key in valued().filter(|key| key.aside) {
        entry_line(key, report, out);
    }
}

/// A section with text: its text and its parts, in the last section after the handling fee.
fn section(report: &Report, last: Option<&Report>, section: Section, out: &mut String) {
    let narrative_of = |report: &Report| match section {
        Section::Overview => Some(report.overview.clone()),
        Section::Problems => Some(report.problems.clone()),
        Section::Other => Some(report.other.narrative.clone()),
        Section::Disclosure | Section::Requests | Section::Challenges => None,
    };
    let known = keys::KEY_TABLES.iter().find(|table| table.name == section.key());
    let (Some(own), Some(known)) = (narrative_of(report), known) else { return };
    let old = last.and_then(narrative_of);
    heading(out, report.form().section_title(section));
    table(out, known, report);
    for key in known.keys {
        if known.inner(key).is_some_and(|inner| inner.name == keys::HANDLING_FEE.name) {
            handling_fee(key, report, out);
        }
    }
    for key in known.keys.iter().filter(|key| key.kind == KeyKind::Text) {
        old_text(old.as_ref().and_then(|old| old.text.as_ref()), out);
        text_or_not(own.text.as_ref(), key.label(report.edition), out);
    }
    entries(known, report, out);
    parts(&own, old.as_ref(), known.name, out);
}

fn handling_fee(fee: &Key, report: &Report, out: &mut String) {
    let edition = report.edition;
    let labels: Vec<&str> = keys::HANDLING_FEE.keys.iter().map(|key| key.label(edition)).collect();
    let note = fee.note(report.header.year);
    let label = format!("{}：{}；{note}", fee.label(edition), labels.join("、"));
    filled_or_not(out, fee.name, &Row::handling_fee(), report, &label);
}

fn parts(narrative: &Narrative, last: Option<&Narrative>, name: &str, out: &mut String) {
    // Section one treats five aspects; they stand there to be written.
    let blank: Vec<Part> = if name == keys::OVERVIEW.name && narrative.parts.is_empty() {
        let aspects = Aspect::ALL.iter();
        aspects.map(|aspect| Part { aspect: Some(aspect.0), ..Part::default() }).collect()
    } else {
        Vec::new()
    };
    let parts = if narrative.parts.is_empty() { &blank } else { &narrative.parts };
    for (i, own) in parts.iter().enumerate() {
        part(own, last.and_then(|last| last.parts.get(i)), name, out);
    }
    if parts.is_empty() {
        let _ = writeln!(
            out,
            "\n# 要分成带小标题的几个部分的，删去下面各行行首的 #，每个部分写一组，自动编号（一）（二）……："
        );
        let _ = writeln!(out, "#[[{name}.parts]]\n#heading = \"\"\n#text = '''\n#\n#'''");
    }
}

fn part(part: &Part, last: Option<&Part>, section: &str, out: &mut String) {
    let aspect = Aspect::ALL.iter().find(|a| Some(a.0) == part.aspect);
    let _ = write!(out, "\n[[{section}.parts]]");
    match aspect {
        Some((_, key, label)) => {
            let _ = writeln!(out, "  # {label}\naspect = {}", quoted(key));
        }
        None => out.push('\n'),
    }
    let own = part.heading.as_ref().map_or(String::new(), |h| h.typed().to_owned());
    let old = last.and_then(|last| last.heading.as_ref()).map(|heading| heading.typed());
    if own.is_empty()
        && let Some(old) = old
    {
        remark(out, "上年的小标题", old);
    }
    let example = match (aspect, own.is_empty()) {
        (Some((_, _, label)), true) => format!("小标题，不带序号，例如 {label}情况"),
        _ => "小标题，不带序号".to_owned(),
    };
    line(out, "heading", &quoted(&own), &example);
    old_text(last.and_then(|last| last.text.as_ref()), out);
    text_or_not(part.text.as_ref(), "正文", out);
}

fn disclosure(report: &Report, last: Option<&Report>, out: &mut String) {
    let form = report.form();
    heading(out, form.section_title(Section::Disclosure));
    out.push_str("\n[disclosure]\n");
    let width = DisclosureRow::ALL.iter().map(|row| row.key().len()).max().unwrap_or(0);
    for block in form.disclosure.blocks {
        let labels: Vec<&str> = block.columns.iter().map(|(_, label)| *label).collect();
        let _ = writeln!(out, "# {}：{}", block.title, labels.join("、"));
        for (row, label) in block.rows {
            let cell = |column| Cell::Disclosure(*row, column);
            let Some((first, _)) = block.columns.first() else { continue };
            let label = &row_label(form, cell(*first), label);
            for (column, column_label) in block.columns {
                let stock = (column.key() == "in_force")
                    .then(|| last.and_then(|last| last.printed(cell(*column))))
                    .flatten();
                if let Some(stock) = stock {
                    let _ = writeln!(
                        out,
                        "# 上年的“{column_label}”是 {stock} 件：上年现行有效＋本年制发－本年废止，一般等于本年现行有效"
                    );
                }
            }
            let key = format!("{:width$}", row.key());
            filled_or_not(out, &key, &Row::disclosure(block, *row), report, label);
        }
    }
}

fn requests(report: &Report, out: &mut String) {
    let form = report.form();
    heading(out, form.section_title(Section::Requests));
    let _ = writeln!(out, "# {}", form.requests.corner.trim_matches(['（', '）']));
    let labels: Vec<&str> = form.requests.columns.iter().map(|c| c.label).collect();
    columns(&labels, out);
    let parts = labels.split_last().map_or(&[][..], |(_, parts)| parts);
    // A table of the data file holds the rows whose keys begin alike; TOML wants them together.
    let mut tables: Vec<(&str, Vec<RequestRow>)> = Vec::new();
    for row in form.requests.rows {
        let key = row.row.key();
        let table = key.rfind('.').map_or("", |dot| &key[..dot]);
        match tables.iter_mut().find(|(name, _)| *name == table) {
            Some((_, rows)) => rows.push(row.row),
            None => tables.push((table, vec![row.row])),
        }
    }
    for (table, rows) in tables {
        let place = form.requests.rows.iter().find(|row| Some(&row.row) == rows.first());
        let label = match place.map(|row| row.place) {
            Some(RequestRowPlace::Grouped(group)) => form.requests.group_label(group),
            Some(RequestRowPlace::Outcome) => form.requests.outcome_label,
            Some(RequestRowPlace::Top) | None => form.section_title(Section::Requests),
        };
        let dot = if table.is_empty() { "" } else { "." };
        let _ = writeln!(out, "\n[requests{dot}{table}]  # {label}");
        let short = |row: RequestRow| row.key().rsplit('.').next().unwrap_or_default();
        let width = rows.iter().map(|row| short(*row).len()).max().unwrap_or(0);
        positions(width, parts, out);
        for row in rows {
            let cell = Cell::Requests(row, RequestColumn::Total);
            let label = row_label(form, cell, form.requests.row_label(row));
            let key = format!("{:width$}", short(row));
            positioned(out, &key, &Row::requests(row), parts, report, &label);
        }
    }
}

fn challenges(report: &Report, out: &mut String) {
    let form = report.form();
    heading(out, form.section_title(Section::Challenges));
    let labels: Vec<&str> = form.challenges.columns.iter().map(|(_, label)| *label).collect();
    columns(&labels, out);
    let parts = labels.split_last().map_or(&[][..], |(_, parts)| parts);
    out.push_str("\n[challenges]\n");
    let width = Proceeding::ALL.iter().map(|p| p.key().len()).max().unwrap_or(0);
    positions(width, parts, out);
    for proceeding in Proceeding::ALL {
        let cell = Cell::Challenges(*proceeding, ChallengeColumn::Total);
        let label = row_label(form, cell, form.challenges.proceeding_label(*proceeding));
        let key = format!("{:width$}", proceeding.key());
        positioned(out, &key, &Row::challenges(*proceeding), parts, report, &label);
    }
}

/// How the rows of a table are written whose last column is its total.
fn columns(labels: &[&str], out: &mut String) {
    let Some((total, parts)) = labels.split_last() else { return };
    let _ = writeln!(
        out,
        "# 每行方括号里 {} 个数，用逗号隔开，与上方的名称一一对应；后面可以再写一个“{total}”，不写由程序相加",
        parts.len()
    );
}

/// The names of the columns over their positions in the rows below.
fn positions(width: usize, parts: &[&str], out: &mut String) {
    let _ = writeln!(out, "# {:width$}   {}", "", parts.join("  "));
}

/// A row of figures, or a place for each of its figures below the name of its column.
fn positioned(
    out: &mut String,
    key: &str,
    row: &Row,
    parts: &[&str],
    report: &Report,
    label: &str,
) {
    let places: Vec<String> = parts.iter().map(|part| " ".repeat(width_of(part))).collect();
    match row.value(report) {
        Some(value) => line(out, key, &value, label),
        None => unfilled(out, key, &format!("[{}]", places.join(", ")), label),
    }
}

/// Tables that most reports do without, and those of last year that speak of last year.
fn optional_tables(report: &Report, last: Option<&Report>, out: &mut String) {
    heading(out, "以下各项用到才填");
    opening(report, last, out);
    for known in [&keys::NOTE, &keys::WAIVER] {
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
    optional(&keys::RULES, report, last, out);
    let open = if report.settings.levels.is_empty() { "#" } else { "" };
    let label = keys::SEVERITY.label(report.edition);
    let _ = writeln!(out, "\n# {label}\n{open}[{}]", keys::SEVERITY.name);
    for (code, level) in &report.settings.levels {
        line(out, &super::write::key_of(code), &quoted(level.key()), "");
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

/// The opening, whose standard wording stands as long as the whole table is not there.
fn opening(report: &Report, last: Option<&Report>, out: &mut String) {
    let label = keys::OPENING.label(report.edition);
    let _ = writeln!(out, "\n# {label}。要自己写的，删去下面四行行首的 #");
    if let Some(text) = last.and_then(|last| last.opening.as_ref()) {
        old_text(Some(text), out);
    }
    match &report.opening {
        Some(opening) => {
            out.push_str("[opening]\n");
            text(out, "text", opening);
        }
        None => out.push_str("#[opening]\n#text = '''\n#\n#'''\n"),
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

/// A key with its value, or with a place for it.
fn entry_line(key: &Key, report: &Report, out: &mut String) {
    let label = label_of(key, report);
    let is_chosen_rarely = key.kind == KeyKind::Choice && !key.required;
    match value_of(key, 0, report) {
        Some(value) => line(out, key.name, &literal(&value), &label),
        // Empty quotes read as not filled, and are easier to fill than a line after `#`.
        None if key.kind.is_quoted() && !key.aside && !is_chosen_rarely => {
            line(out, key.name, "\"\"", &label);
        }
        None => unfilled(out, key.name, blank(key.kind), &label),
    }
}

/// The label of a key with the words that can be written and its note.
fn label_of(key: &Key, report: &Report) -> String {
    let mut label = key.label(report.edition).to_owned();
    if key.kind == KeyKind::Choice {
        let words: Vec<String> =
            key.choices().into_iter().map(|(word, meaning)| format!("{word} {meaning}")).collect();
        let _ = write!(label, "：{}", words.join(" | "));
    }
    let note = key.note(report.header.year);
    if !note.is_empty() {
        let _ = write!(label, "；{note}");
    }
    label
}

/// What stands behind the equals sign of a key that is not filled.
fn blank(kind: KeyKind) -> &'static str {
    if kind.is_quoted() {
        "\"\""
    } else if kind == KeyKind::Names {
        "[ ]"
    } else {
        ""
    }
}

/// A row of figures, or the place that is kept for it.
fn filled_or_not(out: &mut String, key: &str, row: &Row, report: &Report, label: &str) {
    match row.value(report) {
        Some(value) => line(out, key, &value, label),
        None => unfilled(out, key, &row.blank(), label),
    }
}

/// The label of a row with its note.
fn row_label(form: &Form, cell: Cell, label: &str) -> String {
    match form.guidance(cell).note {
        "" => label.to_owned(),
        note => format!("{label}；{note}"),
    }
}

fn line(out: &mut String, key: &str, value: &str, comment: &str) {
    let _ = match comment {
        "" => writeln!(out, "{key} = {value}"),
        _ => writeln!(out, "{key} = {value}  # {comment}"),
    };
}

fn unfilled(out: &mut String, key: &str, blank: &str, comment: &str) {
    out.push('#');
    line(out, key, blank, comment);
}

fn table(out: &mut String, known: &KeyTable, report: &Report) {
    let _ = writeln!(out, "\n[{}]  # {}", known.name, known.label(report.edition));
}

/// A line across the page that shows where a section begins.
fn heading(out: &mut String, title: &str) {
    let _ = write!(out, "\n\n# ──────── {title} ────────\n");
}

/// A text to be written, or one that is known.
fn text_or_not(own: Option<&Text>, label: &str, out: &mut String) {
    match own {
        Some(own) => {
            let _ = writeln!(out, "# {label}");
            text(out, "text", own);
        }
        None => {
            let _ = writeln!(out, "# {label}\ntext = '''\n\n'''");
        }
    }
}

/// Last year's text, line by line after `#`.
fn old_text(text: Option<&Text>, out: &mut String) {
    let Some(text) = text.filter(|text| !text.is_blank()) else { return };
    out.push_str("# 上年的原文，供参考；年报要写本年的情况，请重新写（# 后面的不会印出）：\n");
    for words in text.typed().lines().filter(|words| !words.trim().is_empty()) {
        remark(out, "　", words.trim());
    }
}

/// A line after `#`; whatever a comment cannot hold becomes a blank.
fn remark(out: &mut String, what: &str, words: &str) {
    let words: String = words.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let _ = writeln!(out, "# {what}{}{words}", if what == "　" { "" } else { "：" });
}
