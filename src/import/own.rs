//! Files that this program made: the data that they carry, held against what they print.

use std::collections::BTreeMap;

use super::confidence::Class;
use super::letters::squeezed;
use super::published::Published;
use super::sheet::Own;
use super::texts::date_of;
use crate::bind::bind;
use crate::edition::{Cell, NumberKind};
use crate::report::{Contact, Entry, FieldPath, Money, Narrative, Report, Text};
use crate::source::{self, SourceFile};

/// Compares what a file prints with the data it carries. A figure that both say is certain; one that they say
/// differently is a finding. A data file that is carried is the report itself.
pub(super) fn compare(published: &mut Published) {
    match published.island().cloned() {
        Some(Own::Island(json)) => {
            if let Some(figures) = island(&json) {
                held_against(published, &figures);
                header(published, &json);
            }
        }
        Some(Own::DataFile(text)) => {
            let file = SourceFile::parse("data", text.as_str());
            if let (Some(report), _) = source::read(&file) {
                let (printed, _) = bind(report.clone(), None);
                held_against(published, &figures_of(&printed));
                published.own = Some(text);
            }
        }
        None => {}
    }
}

/// The year, body and date that a page carries without printing them.
fn header(published: &mut Published, json: &str) {
    let Ok(value) = serde_json::from_str::<serde_json::Value>(json) else { return };
    let header = &mut published.report.header;
    let year = value.get("year").and_then(serde_json::Value::as_u64);
    header.year = header.year.or_else(|| year.and_then(|year| u16::try_from(year).ok()));
    let date = value.get("published").and_then(serde_json::Value::as_str).and_then(date_of);
    header.published = header.published.or(date);
    let agency = value.get("agency").and_then(serde_json::Value::as_str);
    let name = &mut published.report.agency.name;
    *name = name.take().or_else(|| agency.filter(|a| !a.is_empty()).map(str::to_owned));
}

/// The figures that a page carries, by their addresses.
fn island(json: &str) -> Option<BTreeMap<String, Option<String>>> {
    let value: serde_json::Value = serde_json::from_str(json).ok()?;
    let is_ours = value.get("format")?.as_str()?.starts_with("nianbao/");
    let figures = value.get("figures")?.as_object().filter(|_| is_ours)?;
    let of = |(key, value): (&String, &serde_json::Value)| {
        (key.clone(), value.as_str().map(str::to_owned))
    };
    Some(figures.iter().map(of).collect())
}

fn figures_of(report: &Report) -> BTreeMap<String, Option<String>> {
    let of = |cell: Cell| {
        let shown = report.printed(cell).map(|number| number.to_string());
        (FieldPath::of(cell).as_str().to_owned(), shown)
    };
    report.form().cells().map(of).collect()
}

fn held_against(published: &mut Published, figures: &BTreeMap<String, Option<String>>) {
    let cells: Vec<Cell> = published.report.form().cells().collect();
    for cell in cells {
        let Some(Some(carried)) = figures.get(FieldPath::of(cell).as_str()) else { continue };
        let Ok(number) = carried.parse::<Money>() else { continue };
        let printed = published.report.typed(cell);
        let Some((class, why)) = published.classes.get_mut(&cell) else { continue };
        match printed {
            Entry::Value(printed) if printed == number => {
                // Two sources that know nothing of each other agree.
                if *class == Class::Reliable {
                    *class = Class::Certain;
                }
            }
            Entry::Value(printed) => {
                *class = Class::Doubtful;
                *why = format!("印的是 {printed}，文件自带的数据是 {carried}");
                published.changed.push((cell, printed.to_string(), carried.clone()));
            }
            Entry::Absent | Entry::Unusable(_) => {
                let words = match published.report.typed(cell) {
                    Entry::Unusable(words) => words,
                    _ => "空白".to_owned(),
                };
                published.changed.push((cell, words, carried.clone()));
            }
        }
    }
}

/// A report of a data file that is there, with everything that was read of a published one in it.
///
/// A value that was not read stays as it is.
pub(crate) fn merged(old: &Report, published: &Published) -> Report {
    let new = &published.report;
    let mut merged = old.clone();
    for cell in new.form().cells() {
        // A total that was left out and adds up to what is printed stays left out.
        let is_said = old.typed(cell).is_absent() && old.printed(cell) == new.printed(cell);
        if let (Entry::Value(number), false) = (new.typed(cell), is_said) {
            merged.put(cell, number);
            if let Cell::Disclosure(row, column) = cell
                && column.kind() != NumberKind::Count
            {
                merged.disclosure.cells[(row, column)] = new.disclosure.entry(row, column).clone();
            }
        }
    }
    let header = &mut merged.header;
    header.year = new.header.year.or(header.year);
    header.published = new.header.published.or(header.published);
    if new.header.title.is_some() {
        header.title.clone_from(&new.header.title);
    }
    if new.agency.name.is_some() {
        merged.agency.name.clone_from(&new.agency.name);
    }
    put_contact(&mut merged.agency.contact, &new.agency.contact);
    // What is bound prints the new figures.
    let (printed, _) = bind(merged.clone(), None);
    for (own, before, read) in [
        (&mut merged.overview, &printed.overview, &new.overview),
        (&mut merged.problems, &printed.problems, &new.problems),
        (&mut merged.other.narrative, &printed.other.narrative, &new.other.narrative),
    ] {
        if !read.is_empty() {
            put_narrative(own, before, read);
        }
    }
    if new.opening.is_some() {
        merged.opening.clone_from(&new.opening);
    }
    if new.other.handling_fee.is_some() {
        merged.other.handling_fee.clone_from(&new.other.handling_fee);
    }
    for note in &new.notes {
        if !merged.notes.contains(note) {
            merged.notes.push(note.clone());
        }
    }
    merged
}

fn put_contact(own: &mut Contact, read: &Contact) {
    for (own, read) in [
        (&mut own.office, &read.office),
        (&mut own.address, &read.address),
        (&mut own.postcode, &read.postcode),
        (&mut own.phone, &read.phone),
        (&mut own.email, &read.email),
        (&mut own.website, &read.website),
    ] {
        if read.is_some() {
            own.clone_from(read);
        }
    }
}

/// Puts the words of a section that were read into it, text by text; those that say the same keep their bound figures.
fn put_narrative(own: &mut Narrative, printed: &Narrative, read: &Narrative) {
    if own.parts.len() != read.parts.len() {
        own.clone_from(read);
        return;
    }
    put_text(&mut own.text, printed.text.as_ref(), read.text.as_ref());
    for ((own, printed), read) in own.parts.iter_mut().zip(&printed.parts).zip(&read.parts) {
        put_text(&mut own.heading, printed.heading.as_ref(), read.heading.as_ref());
        put_text(&mut own.text, printed.text.as_ref(), read.text.as_ref());
    }
}

fn put_text(own: &mut Option<Text>, printed: Option<&Text>, read: Option<&Text>) {
    let words = |text: Option<&Text>| text.map_or(String::new(), |text| squeezed(text.printed()));
    if words(printed) != words(read) {
        *own = read.cloned();
    }
}
