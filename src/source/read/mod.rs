//! Tree and form to report, with every problem found, not only the first.

mod figures;
mod units;
mod values;

use std::ops::Range;

use super::keys::{self, KeyTable};
use super::tree::{Entry as Field, Node, Value, get};
use super::{SourceFile, codes};
use crate::diag::{Diagnostic, Place, Severity};
use crate::edition::{Axis, Edition, Form};
use crate::report::{
    Agency, AgencyKind, AgencyLevel, Aspect, Contact, Entry, FieldPath, HandlingFee, Header,
    HeadingStyle, Narrative, Note, OtherMatters, Part, Report, RuleLevel, Settings, Text, Waiver,
};
pub use units::read_units;
pub(crate) use values::nearest;

/// Reads a report from a data file, with everything that is wrong with the file itself.
///
/// The report is there whenever the file is TOML and names a known edition; what could not be
/// understood stays absent in it and is among the diagnostics, which stand in the order of the file.
/// Figures that are no counts (negative, with a fraction, too large, quoted) are kept as typed
/// ([`Entry::Unusable`]): judging them is the business of the rules.
pub fn read(source: &SourceFile) -> (Option<Report>, Vec<Diagnostic>) {
    if source.is_unit_list() {
        let help = "写年报的数据文件名；单位名单只用于 nianbao sum 和 nianbao check";
        return (None, vec![other_kind("这是单位名单，不是年报的数据文件", help)]);
    }
    let mut reader = Reader {
        text: source.text(),
        edition: None,
        diagnostics: Vec::new(),
        unclear: Vec::new(),
        tables: keys::KEY_TABLES,
    };
    let report = reader.report(&source.tree);
    let mut found = reader.diagnostics;
    if !source.syntax.is_empty() {
        // What stood on a broken line is no finding of its own; without a table's header nothing
        // below it is where it should be.
        let text = source.text();
        let headless = source.syntax.iter().any(|d| {
            text.get(line_of(source, d)).is_some_and(|line| line.trim_start().starts_with('['))
        });
        if headless {
            found.clear();
        }
        let broken: Vec<Range<usize>> = source.syntax.iter().map(|d| line_of(source, d)).collect();
        found.retain(|d| {
            let line = line_of(source, d);
            d.code != codes::MISSING_KEY
                && !broken.iter().any(|b| b.start < line.end && line.start < b.end)
        });
        found.extend(source.syntax.iter().cloned());
    }
    found.sort_by_key(|d| super::locate(source, &d.primary.place).start);
    (report.filter(|_| source.syntax.is_empty()), found)
}

/// Says that a file is of another kind; every key of it would be wrong, which is not the point.
fn other_kind(what: &str, help: &str) -> Diagnostic {
    Diagnostic::new(codes::MISSING_KEY, Severity::Error, Place::File, what, "").help(help)
}

/// The bytes of the lines that a diagnostic points at, line ends included; one more than there are where it
/// points behind the last line.
fn line_of(source: &SourceFile, diagnostic: &Diagnostic) -> Range<usize> {
    let range = super::locate(source, &diagnostic.primary.place);
    let text = source.text();
    let start = text[..range.start].rfind('\n').map_or(0, |i| i + 1);
    let end = text[range.end..].find('\n').map_or(text.len(), |i| range.end + i + 1);
    start..end.max(start + 1)
}

struct Reader<'a> {
    text: &'a str,
    /// The edition of the form, once it is known.
    edition: Option<Edition>,
    diagnostics: Vec<Diagnostic>,
    /// The values for which something was typed that is among the diagnostics.
    unclear: Vec<FieldPath>,
    /// The tables of the kind of file that is read.
    tables: &'static [&'static KeyTable],
}

/// A table that is being read, and its address.
struct Fields<'a> {
    entries: &'a [Field],
    path: FieldPath,
}

impl<'a> Fields<'a> {
    fn get(&self, key: &str) -> Option<(&'a Node, FieldPath)> {
        get(self.entries, key).map(|entry| (&entry.node, self.path.key(key)))
    }
}

impl<'a> Reader<'a> {
    fn report(&mut self, root: &'a [Field]) -> Option<Report> {
        let fields = self.known(root, FieldPath::new(""), &keys::ROOT);
        let edition = self.choice(&fields, "format", Edition::ALL, |e| (e.key(), ""))?;
        self.edition = Some(edition);
        let form = edition.form();
        let mut report = Report::empty(edition);
        if let Some(fields) = self.table(&fields, "report", &keys::REPORT) {
            report.header = self.header(&fields, edition);
        }
        if let Some(fields) = self.table(&fields, "agency", &keys::AGENCY) {
            report.agency = self.agency(&fields);
        }
        if let Some(fields) = self.table(&fields, "fonts", &keys::FONTS) {
            for key in keys::FONTS.keys {
                let path = self.line(&fields, key.name);
                report.fonts.extend(path.map(|path| (key.name.to_owned(), path)));
            }
        }
        if let Some(fields) = self.table(&fields, "opening", &keys::OPENING) {
            report.opening = self.bindable(&fields, "text");
        }
        if let Some(fields) = self.table(&fields, "overview", &keys::OVERVIEW) {
            report.overview = self.narrative(&fields);
        }
        if let Some((node, path)) = fields.get("disclosure") {
            self.disclosure(node, &path, form, &mut report.disclosure);
        }
        if let Some((node, path)) = fields.get("requests") {
            let rows: Vec<_> = form.requests.rows.iter().map(|r| (r.row, r.row.key())).collect();
            self.requests(node, &path, &rows, form, &mut report.requests);
        }
        if let Some((node, path)) = fields.get("challenges") {
            self.challenges(node, &path, form, &mut report.challenges);
        }
        if let Some(fields) = self.table(&fields, "problems", &keys::PROBLEMS) {
            report.problems = self.narrative(&fields);
        }
        if let Some(fields) = self.table(&fields, "other", &keys::OTHER) {
            report.other = self.other_matters(&fields);
        }
        let places = note_places(form);
        report.notes = self
            .tables(&fields, "notes", &keys::NOTE, |reader, fields| reader.note(fields, &places));
        report.waivers = self.tables(&fields, "waivers", &keys::WAIVER, Self::waiver);
        if let Some(fields) = self.table(&fields, "rules", &keys::RULES) {
            report.settings = self.settings(&fields);
        }
        report.unclear = std::mem::take(&mut self.unclear);
        Some(report)
    }

    fn header(&mut self, fields: &Fields<'a>, edition: Edition) -> Header {
        Header {
            year: self.year(fields, edition),
            published: self.date(fields, "published"),
            previous: self.line(fields, "previous"),
            units: self.line(fields, "units"),
            title: self.line(fields, "title"),
            closing: self.boolean(fields, "closing"),
            charts: self.boolean(fields, "charts"),
        }
    }

    fn year(&mut self, fields: &Fields<'a>, edition: Edition) -> Option<u16> {
        let (node, path) = fields.get("year")?;
        let Value::Integer = node.value else {
            self.wrong_type(node, path, "年份", "写成 year = 2023 的样子，不加引号");
            return None;
        };
        let typed = self.typed(node);
        let year = typed.parse().ok().filter(|year| (1949..=2999).contains(year));
        match year {
            None => {
                self.invalid(path, format!("{typed} 不是报告年度"), "写四位数的年份，例如 2023");
                None
            }
            Some(year) if Edition::for_year(year) != Some(edition) => {
                let message =
                    format!("{year}年度的报告不适用 format = \"{}\" 的格式", edition.key());
                let help = match Edition::for_year(year) {
                    Some(right) => format!("把 format 改为 \"{}\"，或核对报告年度", right.key()),
                    None => "本程序支持2019年度及以后的报告，请核对报告年度".to_owned(),
                };
                self.invalid(path, message, &help);
                None
            }
            Some(year) => Some(year),
        }
    }

    fn agency(&mut self, fields: &Fields<'a>) -> Agency {
        let contact = self.table(fields, "contact", &keys::CONTACT).map(|fields| Contact {
            office: self.line(&fields, "office"),
            address: self.line(&fields, "address"),
            postcode: self.line(&fields, "postcode"),
            phone: self.line(&fields, "phone"),
            email: self.line(&fields, "email"),
            website: self.line(&fields, "website"),
        });
        Agency {
            name: self.line(fields, "name"),
            kind: self.choice(fields, "kind", AgencyKind::ALL, |k| (k.1, k.2)).map(|k| k.0),
            level: self.choice(fields, "level", AgencyLevel::ALL, |l| (l.1, l.2)).map(|l| l.0),
            contact: contact.unwrap_or_default(),
        }
    }

    fn narrative(&mut self, fields: &Fields<'a>) -> Narrative {
        Narrative {
            heading_style: self
                .choice(fields, "heading_style", HeadingStyle::ALL, |s| (s.1, s.2))
                .map(|s| s.0)
                .unwrap_or_default(),
            text: self.bindable(fields, "text"),
            parts: self.tables(fields, "parts", &keys::PART, |reader, fields| Part {
                aspect: reader.choice(fields, "aspect", Aspect::ALL, |a| (a.1, a.2)).map(|a| a.0),
                heading: reader.line(fields, "heading").map(Text::new),
                text: reader.bindable(fields, "text"),
            }),
        }
    }

    fn other_matters(&mut self, fields: &Fields<'a>) -> OtherMatters {
        let handling_fee =
            self.table(fields, "handling_fee", &keys::HANDLING_FEE).map(|fields| HandlingFee {
                notices: fields.get("notices").map_or(Entry::Absent, |(node, _)| self.count(node)),
                amount: fields.get("amount").map_or(Entry::Absent, |(node, _)| self.money(node)),
            });
        OtherMatters { handling_fee, narrative: self.narrative(fields) }
    }

    fn note(&mut self, fields: &Fields<'a>, places: &[String]) -> Note {
        let at = self.line(fields, "at").unwrap_or_default();
        if !at.is_empty() && !places.contains(&at) {
            let help = match nearest(&at, places.iter().map(String::as_str)) {
                Some(known) => format!("是不是“{known}”？"),
                None => "写单元格、行或表的键名，例如 \"requests.received\" 或 \"challenges\""
                    .to_owned(),
            };
            let place = Place::Value(fields.path.key("at"));
            self.report_error(
                codes::UNKNOWN_PLACE,
                place,
                format!("表中没有“{at}”这个位置"),
                "",
                help,
            );
        }
        Note { at: FieldPath::new(at), text: self.line(fields, "text").unwrap_or_default() }
    }

    fn waiver(&mut self, fields: &Fields<'a>) -> Waiver {
        let (date, until) = (self.date(fields, "date"), self.date(fields, "until"));
        if let (Some(date), Some(until)) = (date, until)
            && until < date
        {
            let message = format!("有效期至 {until}，早于核准日期 {date}");
            self.invalid(fields.path.key("until"), message, "核对两个日期");
        }
        Waiver {
            rule: self.line(fields, "rule").unwrap_or_default(),
            at: self.line(fields, "at").map(FieldPath::new),
            reason: self.line(fields, "reason").unwrap_or_default(),
            by: self.line(fields, "by").unwrap_or_default(),
            date,
            until,
        }
    }

    fn settings(&mut self, fields: &Fields<'a>) -> Settings {
        Settings {
            deadline: self.date(fields, "deadline"),
            overview_limit: self.whole_number(fields, "overview_limit", 1, 1_000_000),
            typos: self.string(fields, "typos").map(|(text, _)| text.to_owned()),
            terms: self.string(fields, "terms").map(|(text, _)| text.to_owned()),
            accepted: self.string(fields, "accepted").map(|(text, _)| text.to_owned()),
            similarity: self
                .whole_number(fields, "similarity", 1, 100)
                .and_then(|percent| u8::try_from(percent).ok()),
            levels: self.levels(fields),
        }
    }

    /// The codes of rules with how grave they are; whether there are such rules is their own business.
    fn levels(&mut self, fields: &Fields<'a>) -> Vec<(String, RuleLevel)> {
        let Some((node, path)) = fields.get("severity") else { return Vec::new() };
        let Value::Table(entries) = &node.value else {
            let help = format!("另起一行写 [{path}]，其下逐行写 NB615 = \"off\" 的样子");
            self.wrong_type(node, path, "表", &help);
            return Vec::new();
        };
        let fields = Fields { entries, path };
        entries
            .iter()
            .filter_map(|entry| {
                let level = self.choice(&fields, &entry.key, RuleLevel::ALL, |l| (l.1, l.2))?;
                Some((entry.key.clone(), level.0))
            })
            .collect()
    }
}

/// The addresses a note can speak of: the three tables, their rows and cells.
fn note_places(form: &Form) -> Vec<String> {
    let mut places = vec!["disclosure".to_owned(), "requests".to_owned(), "challenges".to_owned()];
    for cell in form.cells() {
        let row = FieldPath::row_of(cell).to_string();
        if places.last() != Some(&row) && !places.contains(&row) {
            places.push(row);
        }
        let cell = FieldPath::of(cell).to_string();
        if !places.contains(&cell) {
            places.push(cell);
        }
    }
    places
}
