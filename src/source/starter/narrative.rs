//! The texts of a starter, beside those of the year before.

use std::fmt::Write as _;

use super::super::keys::{self, Key, KeyKind};
use super::super::literal::{line, quoted, text};
use super::super::rows::FigureRow;
use super::entries::entries;
use super::figures::filled_or_not;
use super::lines::{heading, remark, table};
use crate::edition::{Axis as _, Section};
use crate::report::{Aspect, Narrative, Part, Report, Text};

/// A section with text: its text and its parts, in the last section after the handling fee.
pub(super) fn section(report: &Report, last: Option<&Report>, section: Section, out: &mut String) {
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
    filled_or_not(out, fee.name, &FigureRow::handling_fee(), report, &label);
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

/// The opening, whose standard wording stands as long as the whole table is not there.
pub(super) fn opening(report: &Report, last: Option<&Report>, out: &mut String) {
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
