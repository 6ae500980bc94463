//! Findings as the form shows them: by field, in words, with what can be done at once.

use serde::Serialize;

use super::fields::Fields;
use super::second::concerns_tables;
use crate::diag::{Diagnostic, Place};
use crate::edition::{Axis as _, Section};
use crate::load::Loaded;
use crate::report::{FieldPath, Report};
use crate::review::UNFILLED;
use crate::source::key_at;
use crate::trace::{Texts, Typed, as_shown};
use crate::units::Figure;

/// A finding.
#[derive(Debug, Serialize)]
pub(super) struct Found {
    severity: &'static str,
    severity_name: &'static str,
    code: &'static str,
    message: String,
    /// The part of the form it belongs to.
    section: &'static str,
    /// The address of the field; none where it speaks of the whole.
    field: Option<String>,
    /// The field in words.
    place: String,
    words: Option<Typed>,
    help: Vec<String>,
    basis: Vec<String>,
    authority: Option<String>,
    repair: Option<Change>,
    can_be_accepted: bool,
    /// True if it only says that something is not filled yet.
    is_unfilled: bool,
}

/// A change of a field after which a finding is gone.
#[derive(Debug, Serialize)]
struct Change {
    path: String,
    old: Option<String>,
    new: String,
    /// The words on the button.
    label: String,
}

/// All findings of a data file that stand.
/// Where a file holds nothing but a second entry of the tables, only those that concern these.
pub(super) fn findings(
    loaded: &Loaded,
    report: &Report,
    fields: &Fields,
    is_second: bool,
) -> Vec<Found> {
    let all = loaded.review.findings.iter();
    let own = all.filter(|finding| !is_second || concerns_tables(finding));
    let texts = Texts::of(report);
    own.map(|finding| found(finding, report, &texts, fields)).collect()
}

fn found(finding: &Diagnostic, report: &Report, texts: &Texts<'_>, fields: &Fields) -> Found {
    let (path, words) = match &finding.primary.place {
        Place::Value(path) | Place::Key(path) => (Some(path), None),
        Place::Text(path, range) => (Some(path), texts.typed(path, range)),
        Place::Bytes(_) | Place::File => (None, None),
    };
    let spoken_of = path.map(|path| text_of_scope(report, path));
    let path = spoken_of.as_ref();
    Found {
        severity: finding.severity.key(),
        severity_name: finding.severity.name(),
        code: finding.code,
        message: finding.message.clone(),
        section: path.map_or("head", section_of),
        field: path.map(ToString::to_string),
        place: path.map(|path| name_of(report, fields, path)).unwrap_or_default(),
        words,
        help: finding.help.iter().filter(|help| !speaks_of_file(help)).cloned().collect(),
        basis: finding.basis.iter().map(ToString::to_string).collect(),
        authority: finding.authority.map(|authority| authority.to_string()),
        repair: repair(finding, report, texts, fields),
        can_be_accepted: finding.code.starts_with("NB"),
        is_unfilled: UNFILLED.contains(&finding.code),
    }
}

/// The text that a declaration of whose figures are speaks of, at which the form shows it; any other address as it is.
fn text_of_scope(report: &Report, path: &FieldPath) -> FieldPath {
    let index = path.as_str().strip_prefix("scopes[").and_then(|rest| rest.split(']').next());
    let scope = index.and_then(|index| report.scopes.get(index.parse::<usize>().ok()?));
    let texts = report.texts();
    let text = scope.and_then(|scope| texts.iter().find(|(path, _)| scope.is_of(path)));
    text.map_or_else(|| path.clone(), |(path, _)| path.clone())
}

/// True if a line of help tells how to write the file, which the form does by itself.
fn speaks_of_file(help: &str) -> bool {
    ["=", "[", "#", "行首", "数据文件"].iter().any(|sign| help.contains(sign))
}

fn repair(
    finding: &Diagnostic,
    report: &Report,
    texts: &Texts<'_>,
    fields: &Fields,
) -> Option<Change> {
    let repair = finding.repair.as_ref()?;
    match &repair.place {
        Place::Value(path) => {
            let old = fields.shown(report, path);
            let label = format!("改为 {}", repair.text);
            Some(Change { path: path.to_string(), old, new: repair.text.clone(), label })
        }
        Place::Text(path, range) => {
            let text = texts.text(path)?;
            let (before, behind) =
                (text.typed().get(..range.start)?, text.typed().get(range.end..)?);
            let new = as_shown(&format!("{before}{}{behind}", repair.text));
            let label = if repair.text.is_empty() {
                "删去".to_owned()
            } else {
                format!("改为“{}”", repair.text)
            };
            Some(Change { path: path.to_string(), old: fields.shown(report, path), new, label })
        }
        Place::Key(_) | Place::Bytes(_) | Place::File => None,
    }
}

/// The part of the form in which an address has its field.
pub(super) fn section_of(path: &FieldPath) -> &'static str {
    let first = path.as_str().split(['.', '[']).next().unwrap_or_default();
    match Section::from_key(first) {
        Some(section) => section.key(),
        None if first == "waivers" || first == "scopes" => "finish",
        None => "head",
    }
}

/// A field as messages call it.
pub(super) fn name_of(report: &Report, fields: &Fields, path: &FieldPath) -> String {
    let form = report.form();
    if let Some(figure) = fields.figure(path) {
        return figure.name(form);
    }
    if let Some(figure) = fields.figures().map(|(_, figure)| figure).find(|f| f.row_path() == *path)
    {
        return match figure {
            Figure::Cell(cell) => format!("“{}”一行", form.row_name(cell)),
            Figure::FeeNotices | Figure::FeeAmount => "信息处理费".to_owned(),
        };
    }
    let title = Section::from_key(path.as_str().split(['.', '[']).next().unwrap_or_default());
    let mut names: Vec<String> =
        title.map(|it| form.section_title(it).to_owned()).into_iter().collect();
    if let Some((_, rest)) = path.as_str().split_once(".parts[")
        && let Some(index) = rest.split(']').next().and_then(|index| index.parse::<usize>().ok())
    {
        names.push(format!("第{}部分", index + 1));
    }
    if let Some(key) = key_at(path) {
        let label = key.label(report.edition);
        names.push(label.split(['；', '（', '，']).next().unwrap_or(label).to_owned());
    }
    names.join(" ")
}
