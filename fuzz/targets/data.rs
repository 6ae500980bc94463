//! Data files and what is written in them: read, judged, printed, made, edited, added up.

use std::sync::LazyLock;

use nianbao::document;
use nianbao::internals::template::{Figures, evaluate};
use nianbao::internals::{office, printed, units, workbook};
use nianbao::render::html::Templates;
use nianbao::render::{Format, Renderer};
use nianbao::report::{Date, Entry, FieldPath, Money, Report};
use nianbao::rules::Given;
use nianbao::source::{self, KeyValue, SourceFile, locate};

use super::seeds::example;

/// The text of a data file: read, judged, printed in every format, written again. Every finding points into the text, no
/// format lets through what a terminal would obey, and what is written is read as the same report.
pub(super) fn data_file(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let source = SourceFile::parse("年报.toml", &*text);
    let review = nianbao::review(&source, Given::default());
    for finding in &review.findings {
        for label in std::iter::once(&finding.primary).chain(&finding.related) {
            assert!(text.get(locate(&source, &label.place)).is_some(), "{finding:?}");
        }
    }
    for (format, shown) in printed(source.clone(), review) {
        match format {
            "full" | "concise" | "github" => {
                let is_command = |c: char| c.is_control() && !matches!(c, '\n' | '\t' | '\u{1b}');
                assert!(!shown.contains(is_command), "{format}: {shown:?}");
            }
            _ => {
                let is_json = serde_json::from_str::<serde_json::Value>(&shown).is_ok();
                assert!(
                    is_json && shown.chars().all(|c| c == '\n' || !c.is_control()),
                    "{format}: {shown:?}"
                );
            }
        }
    }
    let _ = source::disguised(&text);
    let (Some(report), problems) = source::read(&source) else { return };
    if problems.iter().any(|problem| problem.code.starts_with("DF")) {
        return;
    }
    let written = source::write(&report);
    let (again, problems) = source::read(&SourceFile::parse("年报.toml", &*written));
    assert!(problems.is_empty() && again.as_ref() == Some(&report), "{problems:?}\n{written}");
    if let Ok(book) = workbook::write(&report) {
        let reading = workbook::read(&book, &report);
        assert!(reading.faults.is_empty(), "{:?}", reading.faults);
    }
}

/// The text of a data file, made into every format as a draft; a PDF that is made can be opened.
pub(super) fn outputs(bytes: &[u8]) {
    static RENDERER: LazyLock<Renderer> = LazyLock::new(Renderer::new);
    let text = String::from_utf8_lossy(bytes);
    let Some(report) =
        nianbao::review(&SourceFile::parse("年报.toml", &*text), Given::default()).report
    else {
        return;
    };
    let document = document::build(&report, true);
    for format in Format::ALL {
        let Ok(made) = RENDERER.render(&document, *format) else { continue };
        match format {
            Format::Pdf => {
                let pdf =
                    lopdf::Document::load_mem(&made).expect("a PDF that was made can be opened");
                assert!(!pdf.get_pages().is_empty());
            }
            Format::Docx | Format::Ofd => {
                zip::ZipArchive::new(std::io::Cursor::new(&made))
                    .expect("a package that was made can be opened");
            }
            Format::Html | Format::HtmlFragment => assert!(std::str::from_utf8(&made).is_ok()),
        }
    }
}

/// The text of a data file, a zero byte, and steps that put figures and values into it or clear them: every figure is read
/// again, a second time changes nothing, and undoing all gives the report of the beginning.
pub(super) fn edits(bytes: &[u8]) {
    let (text, steps) = parted(bytes);
    let target = SourceFile::parse("年报.toml", &*text);
    let (Some(old), _) = source::read(&target) else { return };
    let mut new = old.clone();
    for step in steps.chunks(STEP).take(40) {
        put(&mut new, step);
    }
    let Ok(edited) = source::edit(&target, &new, &source::Remarks::default()) else { return };
    let edited = SourceFile::parse("年报.toml", edited);
    let (read, _) = source::read(&edited);
    let Some(read) = read else { panic!("what was put cannot be read:\n{}", edited.text()) };
    for figure in units::Figure::all(new.form()) {
        assert_eq!(figure.of(&read), figure.of(&new), "{figure:?}:\n{}", edited.text());
    }
    let again = source::edit(&edited, &new, &source::Remarks::default());
    assert_eq!(again.as_deref(), Ok(edited.text()), "an edit that is made twice changes something");
    if let Ok(back) = source::edit(&edited, &old, &source::Remarks::default()) {
        // A text of nothing but blanks is the same as none, so that this is asked of the edit.
        let back = SourceFile::parse("年报.toml", back);
        let again = source::edit(&back, &old, &source::Remarks::default());
        assert_eq!(again.as_deref(), Ok(back.text()), "undoing all gives another report");
    }
}

/// The bytes of a step: two that choose a field, one that chooses what comes into it, and up to five of that.
const STEP: usize = 8;

/// Puts something into a field of a report, or clears it.
fn put(report: &mut Report, step: &[u8]) {
    static KEYS: LazyLock<Vec<FieldPath>> = LazyLock::new(|| {
        let tables = source::KEY_TABLES.iter();
        let paths = tables.flat_map(|table| {
            let name = table.name.replace("[]", "[0]");
            table.keys.iter().map(move |key| match name.as_str() {
                "" => FieldPath::new(key.name),
                name => FieldPath::new(format!("{name}.{}", key.name)),
            })
        });
        paths.collect()
    });
    let [high, low, what, rest @ ..] = step else { return };
    let at = usize::from(*high) * 256 + usize::from(*low);
    let number =
        rest.iter().fold(0_u32, |n, byte| n.wrapping_mul(257).wrapping_add(u32::from(*byte)));
    if what % 2 == 0 {
        let figures = units::Figure::all(report.form());
        figures[at % figures.len()].put(report, Money::from(number % 1_000_000));
        return;
    }
    let words = String::from_utf8_lossy(rest).into_owned();
    let value = match what / 2 % 8 {
        0 => None,
        1 => Some(KeyValue::Line(words)),
        2 => Some(KeyValue::Text(format!("{words}\n第二段"))),
        3 => {
            Date::new(2000 + (number % 99) as u16, 1 + (number % 12) as u8, 1 + (number % 28) as u8)
                .map(KeyValue::Date)
        }
        4 => Some(KeyValue::Number(number.into())),
        5 => Some(KeyValue::Boolean(number % 2 == 0)),
        6 => Some(KeyValue::Figure(Entry::Value(Money::from(number)))),
        _ => Some(KeyValue::Figure(Entry::Absent)),
    };
    source::set_value_at(report, &KEYS[at % KEYS.len()], value);
}

/// An expression over figures: worked out, or refused with a place inside it.
pub(super) fn expression(bytes: &[u8]) {
    static FIGURES: LazyLock<Figures> = LazyLock::new(|| {
        let figures = serde_json::json!({
            "requests": {
                "received": { "natural_person": 3, "business": 0, "total": 7 },
                "carried_in": { "total": null },
                "most": i64::MAX,
            },
            "previous": { "requests": { "received": { "total": 12 } } },
            "agency": { "name": "某某县教育局" },
        });
        Figures::new(&figures).expect("figures are a map")
    });
    let text = String::from_utf8_lossy(bytes);
    if let Err(error) = evaluate(&text, &FIGURES) {
        assert!(text.get(error.range.clone()).is_some(), "{error:?}");
        assert!(!error.message.is_empty());
    }
}

/// A page template of an office: refused with its place, or a page within the budget.
pub(super) fn template(bytes: &[u8]) {
    static PAGE: LazyLock<document::Document> = LazyLock::new(|| document::build(&example(), true));
    let (page, part) = parted(bytes);
    let part = String::from_utf8_lossy(part);
    let Ok(templates) = Templates::with([("report.html", &*page), ("_part.html", &*part)]) else {
        return;
    };
    let _ = Renderer::new().with_templates(templates).render(&PAGE, Format::Html);
}

/// A list of units, a zero byte, and a list of names: the first is added up and written again, a list is made of the second.
pub(super) fn units(bytes: &[u8]) {
    let (list, names) = parted(bytes);
    let (read, problems) = source::read_units(&SourceFile::parse("units.toml", &*list));
    if let Some(read) = read {
        let share = units::Share::of(Some(&example()), 0);
        let handed_in: Vec<units::HandedIn> = (0..read.units.len())
            .map(|i| match i % 4 {
                0 => units::HandedIn::Nothing,
                1 => units::HandedIn::Unreadable("不能读".to_owned()),
                _ => units::HandedIn::Share(units::Share {
                    agency: Some(read.units[i].agency().to_owned()),
                    year: Some(read.year),
                    ..share.clone()
                }),
            })
            .collect();
        let summary = units::sum(&read, None, &handed_in);
        assert!(summary.added().count() <= read.units.len());
        let is_plain = problems.is_empty()
            && (&read.joint, &read.rules_file, &read.rules) == (&None, &None, &None)
            && read.units.iter().all(|unit| unit.holds == units::Holds::Own);
        if is_plain {
            is_written_as_it_is(&read, &[]);
        }
    }
    if let Ok((rows, _)) = office::rows(names)
        && let Ok(roll) = office::Roll::of(&rows)
    {
        let (made, open) = office::new_list(&roll, "某某县人民政府", 2023);
        is_written_as_it_is(&made, &open);
    }
}

/// A list that is written is read as the same list, once what it asks of the units in `open` is answered.
fn is_written_as_it_is(list: &units::UnitList, open: &[String]) {
    const ASKED: &str = "# 请填写 figures";
    let written = office::write_units(list, open);
    let answered = |line| if str::starts_with(line, ASKED) { "figures = \"own\"" } else { line };
    let written = written.lines().map(answered).collect::<Vec<_>>().join("\n");
    let (again, problems) = source::read_units(&SourceFile::parse("units.toml", &*written));
    let again = again.map(|again| again.units);
    assert!(again.as_ref() == Some(&list.units), "{problems:?}\n{written}");
}

/// The text before the first zero byte, and what stands behind it.
fn parted(bytes: &[u8]) -> (std::borrow::Cow<'_, str>, &[u8]) {
    let zero = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
    (String::from_utf8_lossy(&bytes[..zero]), bytes.get(zero + 1..).unwrap_or_default())
}
