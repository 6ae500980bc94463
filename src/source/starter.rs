//! The starter file: every key with its label and note, what is known filled in, the rest to be filled.

use std::fmt::Write as _;

use super::keys::{self, Key, KeyKind, KeyTable};
use super::rows::Row;
use super::write::quoted;
use crate::edition::{
    Axis, Cell, ChallengeColumn, DisclosureRow, Form, Proceeding, RequestColumn, RequestRow,
    RequestRowPlace, Section,
};
use crate::report::{AgencyKind, AgencyLevel, Aspect, HeadingStyle, Narrative, Part, Report, Text};

/// The name of the schema that the first line points at, beside the data file.
pub const SCHEMA_FILE: &str = "nianbao.schema.json";

/// Writes the file in which a clerk begins a report.
///
/// What `report` holds is written; everything else stands there as a text between empty quotes or as
/// a line after `#` that the reader does not see, so that it counts as not filled. Of `last`, the
/// report of the year before, the stock of documents, the texts, notes and waivers are shown
/// after `#`, to be looked at and never to be printed.
pub fn starter(report: &Report, last: Option<&Report>) -> String {
    let mut out = String::new();
    introduction(report.form(), &mut out);
    line(&mut out, "format", &quoted(report.edition.key()), keys::ROOT.keys[0].label);
    header(report, last, &mut out);
    agency(report, &mut out);
    opening(report, last, &mut out);
    heading(&mut out, report.form().section_title(Section::Overview));
    table(&mut out, &keys::OVERVIEW);
    narrative(&report.overview, last.map(|last| &last.overview), &keys::OVERVIEW, &mut out);
    disclosure(report, last, &mut out);
    requests(report, &mut out);
    challenges(report, &mut out);
    heading(&mut out, report.form().section_title(Section::Problems));
    table(&mut out, &keys::PROBLEMS);
    narrative(&report.problems, last.map(|last| &last.problems), &keys::PROBLEMS, &mut out);
    other(report, last, &mut out);
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
#   一、# 后面的文字是说明，程序不读。
#   二、行首是 # 紧跟英文的，是还没有填的项：删去行首的 #，再在等号后面填写。
#   三、引号、逗号、括号、等号都用英文（半角）的。文字写在两个引号之间；数字和日期不加引号。
#   四、没有填的项不算 0。确实没有的要填 0；一行各列都是 0 的，等号后面只写一个 0，例如 received = 0。
#   五、多行文字写在两行 ''' 之间，一个自然段一行，中间不必空行。
#   六、随时可以运行 nianbao check 本文件名，看还有哪些没填、哪里不对；填完运行 nianbao build 生成年报。
#   七、用 VS Code 等编辑器填写的，先在本文件夹运行 nianbao schema --out {SCHEMA_FILE}，编辑器会提示各项的含义和写法。

",
        form.report_name, form.notice
    );
}

fn header(report: &Report, last: Option<&Report>, out: &mut String) {
    let header = &report.header;
    table(out, &keys::REPORT);
    if let Some(title) = last.and_then(|last| last.header.title.as_deref()) {
        remark(out, "上年的标题", title);
    }
    if let Some(units) = last.and_then(|last| last.header.units.as_deref()) {
        remark(out, "上年的下级单位名单", units);
    }
    for key in keys::REPORT.keys {
        let value = match key.name {
            "year" => header.year.map(|year| year.to_string()),
            "published" => header.published.map(|date| date.to_string()),
            "previous" => header.previous.as_deref().map(quoted),
            "title" => header.title.as_deref().map(quoted),
            "units" => header.units.as_deref().map(quoted),
            "closing" => header.closing.map(|closing| closing.to_string()),
            _ => header.charts.map(|charts| charts.to_string()),
        };
        entry_line(&keys::REPORT, key, value, out);
    }
}

fn agency(report: &Report, out: &mut String) {
    let agency = &report.agency;
    table(out, &keys::AGENCY);
    for key in keys::AGENCY.keys.iter().filter(|key| key.kind != KeyKind::Table) {
        let kind = AgencyKind::ALL.iter().find(|k| Some(k.0) == agency.kind);
        let level = AgencyLevel::ALL.iter().find(|l| Some(l.0) == agency.level);
        let value = match key.name {
            "name" => agency.name.as_deref().map(quoted),
            "kind" => kind.map(|k| quoted(k.1)),
            _ => level.map(|l| quoted(l.1)),
        };
        entry_line(&keys::AGENCY, key, value, out);
    }
    let contact = &agency.contact;
    table(out, &keys::CONTACT);
    for key in keys::CONTACT.keys {
        let value = match key.name {
            "office" => &contact.office,
            "address" => &contact.address,
            "postcode" => &contact.postcode,
            "phone" => &contact.phone,
            "email" => &contact.email,
            _ => &contact.website,
        };
        entry_line(&keys::CONTACT, key, value.as_deref().map(quoted), out);
    }
}

/// The opening, whose standard wording stands as long as the whole table is not there.
fn opening(report: &Report, last: Option<&Report>, out: &mut String) {
    let _ = writeln!(out, "\n# {}。要自己写的，删去下面四行行首的 #", keys::OPENING.label);
    if let Some(text) = last.and_then(|last| last.opening.as_ref()) {
        old_text(Some(text), out);
    }
    match &report.opening {
        Some(opening) => {
            out.push_str("[opening]\n");
            super::write::text(out, "text", opening);
        }
        None => out.push_str("#[opening]\n#text = '''\n#\n#'''\n"),
    }
}

fn narrative(narrative: &Narrative, last: Option<&Narrative>, known: &KeyTable, out: &mut String) {
    for key in known.keys {
        let style = HeadingStyle::ALL
            .iter()
            .find(|s| s.0 == narrative.heading_style && s.0 != HeadingStyle::default());
        match key.name {
            "heading_style" => entry_line(known, key, style.map(|s| quoted(s.1)), out),
            "text" => {
                old_text(last.and_then(|last| last.text.as_ref()), out);
                text(narrative.text.as_ref(), key.label, out);
            }
            _ => {}
        }
    }
    // Section one treats five aspects; they stand there to be written.
    let blank: Vec<Part> = match known.name {
        "overview" if narrative.parts.is_empty() => Aspect::ALL
            .iter()
            .map(|aspect| Part { aspect: Some(aspect.0), ..Part::default() })
            .collect(),
        _ => Vec::new(),
    };
    let parts = if narrative.parts.is_empty() { &blank } else { &narrative.parts };
    for (i, own) in parts.iter().enumerate() {
        part(own, last.and_then(|last| last.parts.get(i)), known.name, out);
    }
    if parts.is_empty() {
        let name = known.name;
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
    text(part.text.as_ref(), "正文", out);
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
        for row in rows {
            let cell = Cell::Requests(row, RequestColumn::Total);
            let label = row_label(form, cell, form.requests.row_label(row));
            let key = format!("{:width$}", short(row));
            filled_or_not(out, &key, &Row::requests(row), report, &label);
        }
    }
}

fn challenges(report: &Report, out: &mut String) {
    let form = report.form();
    heading(out, form.section_title(Section::Challenges));
    let labels: Vec<&str> = form.challenges.columns.iter().map(|(_, label)| *label).collect();
    columns(&labels, out);
    out.push_str("\n[challenges]\n");
    let width = Proceeding::ALL.iter().map(|p| p.key().len()).max().unwrap_or(0);
    for proceeding in Proceeding::ALL {
        let cell = Cell::Challenges(*proceeding, ChallengeColumn::Total);
        let label = row_label(form, cell, form.challenges.proceeding_label(*proceeding));
        let key = format!("{:width$}", proceeding.key());
        filled_or_not(out, &key, &Row::challenges(*proceeding), report, &label);
    }
}

/// How a row is written, for a table whose last column is its total.
fn columns(labels: &[&str], out: &mut String) {
    let Some((total, parts)) = labels.split_last() else { return };
    let _ = writeln!(
        out,
        "# 每行在方括号里依次写 {} 个数，用逗号隔开：[{}]\n# 后面可以再写一个“{total}”，不写由程序相加",
        parts.len(),
        parts.join(", ")
    );
}

fn other(report: &Report, last: Option<&Report>, out: &mut String) {
    heading(out, report.form().section_title(Section::Other));
    table(out, &keys::OTHER);
    let fee = keys::OTHER.keys.iter().find(|key| key.name == "handling_fee");
    let [notices, amount] = keys::HANDLING_FEE.keys else { return };
    let label = fee.map_or(String::new(), |fee| {
        format!("{}：{}、{}；{}", fee.label, notices.label, amount.label, fee.note)
    });
    filled_or_not(out, "handling_fee", &Row::handling_fee(), report, &label);
    narrative(&report.other.narrative, last.map(|last| &last.other.narrative), &keys::OTHER, out);
}

/// Tables that most reports do without, and those of last year that speak of last year.
fn optional_tables(report: &Report, last: Option<&Report>, out: &mut String) {
    heading(out, "以下各项用到才填");
    for known in [&keys::NOTE, &keys::WAIVER] {
        let name = known.name.trim_end_matches("[]");
        let _ = writeln!(out, "\n# {}", known.label);
        for old in last.map_or_else(Vec::new, |last| remarks(last, name)) {
            remark(out, "上年的", &old);
        }
        let _ = writeln!(out, "#[[{name}]]");
        for key in known.keys {
            unfilled(out, key.name, blank(key.kind), &label_of(known, key));
        }
    }
    if report.fonts.is_empty() {
        let _ = writeln!(out, "\n# {}\n#[fonts]", keys::FONTS.label);
    } else {
        table(out, &keys::FONTS);
    }
    for key in keys::FONTS.keys {
        match report.fonts.iter().find(|(role, _)| role == key.name) {
            Some((_, path)) => line(out, key.name, &quoted(path), key.label),
            None => unfilled(out, key.name, "\"\"", key.label),
        }
    }
    settings(report, last, out);
}

fn settings(report: &Report, last: Option<&Report>, out: &mut String) {
    let own = &report.settings;
    let used = *own != crate::report::Settings::default();
    let (open, severity) = if used { ("", own.levels.is_empty()) } else { ("#", true) };
    let _ = writeln!(out, "\n# {}\n{open}[rules]", keys::RULES.label);
    for key in keys::RULES.keys.iter().filter(|key| key.kind != KeyKind::Table) {
        let value = match key.name {
            "deadline" => own.deadline.map(|date| date.to_string()),
            "overview_limit" => own.overview_limit.map(|limit| limit.to_string()),
            "typos" | "terms" | "accepted" => None,
            _ => own.similarity.map(|percent| percent.to_string()),
        };
        if key.name == "deadline"
            && let Some(old) = last.and_then(|last| last.settings.deadline)
        {
            remark(out, "上年写的是", &old.to_string());
        }
        let list = match key.name {
            "typos" => &own.typos,
            "terms" => &own.terms,
            "accepted" => &own.accepted,
            _ => &None,
        };
        if let Some(list) = list {
            let _ = writeln!(out, "# {}", label_of(&keys::RULES, key));
            super::write::text(out, key.name, &Text::new(list.as_str()));
            continue;
        }
        match value {
            Some(value) => line(out, key.name, &value, &label_of(&keys::RULES, key)),
            None => unfilled(out, key.name, blank(key.kind), &label_of(&keys::RULES, key)),
        }
    }
    let open = if severity { "#" } else { "" };
    let _ = writeln!(out, "\n# {}\n{open}[rules.severity]", keys::SEVERITY.label);
    for (code, level) in &own.levels {
        line(out, &super::write::key_of(code), &quoted(level.key()), "");
    }
}

/// Last year's notes or waivers, each in one phrase.
fn remarks(last: &Report, name: &str) -> Vec<String> {
    match name {
        "notes" => last.notes.iter().map(|note| format!("{}：{}", note.at, note.text)).collect(),
        _ => last
            .waivers
            .iter()
            .map(|waiver| {
                let at = waiver.at.as_ref().map(|at| format!("（{at}）")).unwrap_or_default();
                format!("{}{at}：{}（{}）", waiver.rule, waiver.reason, waiver.by)
            })
            .collect(),
    }
}

/// A key with its value, or with a place for it.
fn entry_line(known: &KeyTable, key: &Key, value: Option<String>, out: &mut String) {
    let label = label_of(known, key);
    match (value, key.kind) {
        (Some(value), _) => line(out, key.name, &value, &label),
        // Empty quotes read as not filled, and are easier to fill than a line after `#`. A title that is
        // not filled is made by the program, so it stays out of the way.
        (None, KeyKind::Line) if !["title", "previous", "units"].contains(&key.name) => {
            line(out, key.name, "\"\"", &label);
        }
        (None, KeyKind::Choice) if key.required => line(out, key.name, "\"\"", &label),
        (None, _) => unfilled(out, key.name, blank(key.kind), &label),
    }
}

/// The label of a key with the words that can be written and its note.
fn label_of(known: &KeyTable, key: &Key) -> String {
    let mut label = key.label.to_owned();
    if key.kind == KeyKind::Choice {
        let words: Vec<String> = keys::choices(known, key)
            .into_iter()
            .map(|(word, meaning)| format!("{word} {meaning}"))
            .collect();
        let _ = write!(label, "：{}", words.join(" | "));
    }
    if !key.note.is_empty() {
        let _ = write!(label, "；{}", key.note);
    }
    label
}

/// What stands behind the equals sign of a key that is not filled.
fn blank(kind: KeyKind) -> &'static str {
    match kind {
        KeyKind::Line | KeyKind::Text | KeyKind::Lines | KeyKind::Choice | KeyKind::Path => "\"\"",

        KeyKind::Names => "[ ]",
        KeyKind::Year
        | KeyKind::Date
        | KeyKind::Boolean
        | KeyKind::Count
        | KeyKind::Money
        | KeyKind::Table
        | KeyKind::Tables => "",
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

fn table(out: &mut String, known: &KeyTable) {
    let _ = writeln!(out, "\n[{}]  # {}", known.name, known.label);
}

/// A line across the page that shows where a section begins.
fn heading(out: &mut String, title: &str) {
    let _ = write!(out, "\n\n# ──────── {title} ────────\n");
}

/// A text to be written, or one that is known.
fn text(own: Option<&Text>, label: &str, out: &mut String) {
    match own {
        Some(own) => {
            let _ = writeln!(out, "# {label}");
            super::write::text(out, "text", own);
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
