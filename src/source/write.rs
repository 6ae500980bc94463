//! Report to data file: every key with its official label beside it.

use std::fmt::Write as _;

use super::keys;
use super::rows::Row;
use crate::edition::{Axis, Proceeding, RequestRowPlace, Section};
use crate::report::{
    AgencyKind, AgencyLevel, Aspect, HeadingStyle, Narrative, Report, Settings, Text,
};

/// Writes a report as a data file that [`read`](super::read()) reads back as the same report.
///
/// What is absent is left out. Text goes out as it was typed, with its bound figures.
pub fn write(report: &Report) -> String {
    let form = report.form();
    let mut out = String::new();
    line(&mut out, "format", &quoted(report.edition.key()), form.notice.number);
    header(report, &mut out);
    agency(report, &mut out);
    if !report.fonts.is_empty() {
        table(&mut out, "fonts", keys::FONTS.label);
        for (role, path) in &report.fonts {
            line(&mut out, role, &quoted(path), "");
        }
    }
    if let Some(opening) = &report.opening {
        table(&mut out, "opening", keys::OPENING.label);
        text(&mut out, "text", opening);
    }
    if report.overview != Narrative::default() {
        table(&mut out, "overview", form.section_title(Section::Overview));
        narrative(&report.overview, "overview", &mut out);
    }
    disclosure(report, &mut out);
    requests(report, &mut out);
    challenges(report, &mut out);
    if report.problems != Narrative::default() {
        table(&mut out, "problems", form.section_title(Section::Problems));
        narrative(&report.problems, "problems", &mut out);
    }
    if report.other.handling_fee.is_some() || report.other.narrative != Narrative::default() {
        table(&mut out, "other", form.section_title(Section::Other));
        if report.other.handling_fee.is_some() {
            let value = Row::handling_fee().value(report);
            let value = value.unwrap_or_else(|| "{ }".to_owned());
            line(&mut out, "handling_fee", &value, keys::HANDLING_FEE.label);
        }
        narrative(&report.other.narrative, "other", &mut out);
    }
    for note in &report.notes {
        out.push_str("\n[[notes]]\n");
        line(&mut out, "at", &quoted(note.at.as_str()), "");
        line(&mut out, "text", &quoted(&note.text), "");
    }
    for waiver in &report.waivers {
        out.push_str("\n[[waivers]]\n");
        line(&mut out, "rule", &quoted(&waiver.rule), "");
        if let Some(at) = &waiver.at {
            line(&mut out, "at", &quoted(at.as_str()), "");
        }
        line(&mut out, "reason", &quoted(&waiver.reason), "");
        line(&mut out, "by", &quoted(&waiver.by), "");
        if let Some(date) = waiver.date {
            line(&mut out, "date", &date.to_string(), "");
        }
        if let Some(until) = waiver.until {
            line(&mut out, "until", &until.to_string(), "");
        }
    }
    settings(&report.settings, &mut out);
    out
}

fn settings(settings: &Settings, out: &mut String) {
    if *settings == Settings::default() {
        return;
    }
    table(out, "rules", keys::RULES.label);
    let values = [
        ("deadline", settings.deadline.map(|date| date.to_string())),
        ("overview_limit", settings.overview_limit.map(|limit| limit.to_string())),
        ("typos", settings.typos.as_deref().map(quoted)),
        ("terms", settings.terms.as_deref().map(quoted)),
        ("accepted", settings.accepted.as_deref().map(quoted)),
        ("similarity", settings.similarity.map(|percent| percent.to_string())),
    ];
    lines(out, &keys::RULES, values);
    if !settings.levels.is_empty() {
        out.push_str("\n[rules.severity]\n");
        for (code, level) in &settings.levels {
            line(out, &key_of(code), &quoted(level.key()), "");
        }
    }
}

/// A key as it is written: bare where it can be.
pub(super) fn key_of(code: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'_' || b == b'-';
    let bare = !code.is_empty() && code.bytes().all(plain);
    if bare { code.to_owned() } else { quoted(code) }
}

fn header(report: &Report, out: &mut String) {
    let header = &report.header;
    table(out, "report", keys::REPORT.label);
    let values = [
        ("year", header.year.map(|year| year.to_string())),
        ("published", header.published.map(|date| date.to_string())),
        ("previous", header.previous.as_deref().map(quoted)),
        ("units", header.units.as_deref().map(quoted)),
        ("title", header.title.as_deref().map(quoted)),
        ("closing", header.closing.map(|closing| closing.to_string())),
        ("charts", header.charts.map(|charts| charts.to_string())),
    ];
    lines(out, &keys::REPORT, values);
}

fn agency(report: &Report, out: &mut String) {
    let agency = &report.agency;
    table(out, "agency", keys::AGENCY.label);
    let kind = AgencyKind::ALL.iter().find(|k| Some(k.0) == agency.kind).map(|k| quoted(k.1));
    let level = AgencyLevel::ALL.iter().find(|l| Some(l.0) == agency.level).map(|l| quoted(l.1));
    lines(
        out,
        &keys::AGENCY,
        [("name", agency.name.as_deref().map(quoted)), ("kind", kind), ("level", level)],
    );
    let contact = &agency.contact;
    let values = [
        ("office", &contact.office),
        ("address", &contact.address),
        ("postcode", &contact.postcode),
        ("phone", &contact.phone),
        ("email", &contact.email),
        ("website", &contact.website),
    ];
    if values.iter().any(|(_, value)| value.is_some()) {
        table(out, "agency.contact", keys::CONTACT.label);
        lines(out, &keys::CONTACT, values.map(|(key, value)| (key, value.as_deref().map(quoted))));
    }
}

fn narrative(narrative: &Narrative, path: &str, out: &mut String) {
    if narrative.heading_style != HeadingStyle::default() {
        let style =
            HeadingStyle::ALL.iter().find(|s| s.0 == narrative.heading_style).map_or("", |s| s.1);
        line(out, "heading_style", &quoted(style), "");
    }
    if let Some(own) = &narrative.text {
        text(out, "text", own);
    }
    for part in &narrative.parts {
        let _ = write!(out, "\n[[{path}.parts]]\n");
        if let Some((_, key, label)) = Aspect::ALL.iter().find(|a| Some(a.0) == part.aspect) {
            line(out, "aspect", &quoted(key), label);
        }
        if let Some(heading) = &part.heading {
            line(out, "heading", &quoted(heading.typed()), "");
        }
        if let Some(own) = &part.text {
            text(out, "text", own);
        }
    }
}

fn disclosure(report: &Report, out: &mut String) {
    if report.disclosure.is_empty() {
        return;
    }
    table(out, "disclosure", report.form().section_title(Section::Disclosure));
    for block in report.form().disclosure.blocks {
        for (row, label) in block.rows {
            let Some(value) = Row::disclosure(block, *row).value(report) else { continue };
            let labels: Vec<&str> = block.columns.iter().map(|(_, label)| *label).collect();
            line(out, row.key(), &value, &format!("{label}：{}", labels.join("、")));
        }
    }
}

fn requests(report: &Report, out: &mut String) {
    if report.requests.is_empty() {
        return;
    }
    let form = &report.form().requests;
    table(out, "requests", report.form().section_title(Section::Requests));
    let columns: Vec<&str> = form.columns.iter().map(|c| c.label).collect();
    let _ = writeln!(out, "# 各列依次为：{}（最后的总计可以不写）", columns.join("、"));
    for row in form.rows {
        let group = match row.place {
            RequestRowPlace::Grouped(group) => form.group_label(group),
            RequestRowPlace::Top | RequestRowPlace::Outcome => "",
        };
        if let Some(value) = Row::requests(row.row).value(report) {
            line(out, row.row.key(), &value, &format!("{group}{}", row.label));
        }
    }
}

fn challenges(report: &Report, out: &mut String) {
    if report.challenges.is_empty() {
        return;
    }
    let form = &report.form().challenges;
    table(out, "challenges", report.form().section_title(Section::Challenges));
    let columns: Vec<&str> = form.columns.iter().map(|(_, label)| *label).collect();
    let _ = writeln!(out, "# 各列依次为：{}（最后的总计可以不写）", columns.join("、"));
    for proceeding in Proceeding::ALL {
        if let Some(value) = Row::challenges(*proceeding).value(report) {
            line(out, proceeding.key(), &value, form.proceeding_label(*proceeding));
        }
    }
}

fn table(out: &mut String, name: &str, label: &str) {
    let _ = write!(out, "\n[{name}]  # {label}\n");
}

fn lines<const N: usize>(
    out: &mut String,
    table: &keys::KeyTable,
    values: [(&str, Option<String>); N],
) {
    for (key, value) in values {
        if let Some(value) = value {
            let label = table.keys.iter().find(|k| k.name == key).map_or("", |k| k.label);
            line(out, key, &value, label);
        }
    }
}

fn line(out: &mut String, key: &str, value: &str, comment: &str) {
    let _ = match comment {
        "" => writeln!(out, "{key} = {value}"),
        _ => writeln!(out, "{key} = {value}  # {comment}"),
    };
}

/// A text of paragraphs: literal where it can be, so that what is typed is what is read.
pub(super) fn text(out: &mut String, key: &str, text: &Text) {
    let typed = text.typed();
    let literal =
        !typed.contains("'''") && !typed.ends_with('\'') && !typed.chars().any(is_special);
    if literal {
        let _ = writeln!(out, "{key} = '''\n{typed}'''");
    } else {
        let _ = writeln!(out, "{key} = {}", quoted(typed));
    }
}

/// A text between double quotes, everything escaped that has to be.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            _ if is_special(c) => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            _ => out.push(c),
        }
    }
    out.push('"');
    out
}

/// Characters that cannot stand in a literal text as they are.
fn is_special(c: char) -> bool {
    c == '\r' || (c.is_control() && c != '\n' && c != '\t')
}
