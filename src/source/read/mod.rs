//! Tree and form to report, with every problem found, not only the first.

mod figures;
mod places;
mod problem;
mod tables;
mod texts;
mod units;
mod values;

use std::collections::BTreeMap;
use std::ops::Range;

use super::keys::{self, Key, KeyKind, KeyTable, KeyValue};
use super::tree::{Entry as Field, Node, Value, get};
use super::{SourceFile, codes};
use crate::budget::{FINDINGS, LIST_ENTRIES};
use crate::diag::{Diagnostic, Place, Severity};
use crate::edition::{Axis, Edition, Form, Section};
use crate::report::{Entry, FieldPath, Money, Report, RuleLevel, is_hidden};
use crate::units::Figure;
pub(crate) use tables::nearest;
pub use units::read_units;

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
    let mut reader = Reader::of(source, keys::KEY_TABLES);
    let report = reader.report(&source.tree);
    let mut found = reader.found();
    if !source.syntax.is_empty() {
        // What stood on a broken line is no finding of its own; without a table's header nothing
        // below it is where it should be.
        let text = source.text();
        let unseen = |c: char| c.is_whitespace() || is_hidden(c);
        let headless = source.syntax.iter().any(|d| {
            text.get(line_of(source, d)).is_some_and(|line| {
                line.trim_start_matches(unseen).starts_with(['[', '【', '［', '〔'])
            })
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
    /// The text as typed, with the characters that the parser was not given.
    original: &'a str,
    /// The report year, for examples of dates.
    year: Option<u16>,
    /// The edition of the form, once it is known.
    edition: Option<Edition>,
    diagnostics: Vec<Diagnostic>,
    /// The number found of each code, those that are not kept among them.
    n_found: BTreeMap<&'static str, usize>,
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
    fn of(source: &'a SourceFile, tables: &'static [&'static KeyTable]) -> Self {
        Self {
            text: source.as_read(),
            original: source.text(),
            year: year_of(source),
            edition: None,
            diagnostics: Vec::new(),
            n_found: BTreeMap::new(),
            unclear: Vec::new(),
            tables,
        }
    }

    /// Keeps what was found, unless there is more of its code than anyone reads; then it is counted.
    fn add(&mut self, found: Diagnostic) {
        let n = self.n_found.entry(found.code).or_default();
        *n += 1;
        if *n <= FINDINGS + 1 {
            self.diagnostics.push(found);
        }
    }

    fn n_found(&self, code: &str) -> usize {
        self.n_found.get(code).copied().unwrap_or(0)
    }

    /// The diagnostics. The last of a code says how many are not kept.
    fn found(mut self) -> Vec<Diagnostic> {
        for (code, n) in self.n_found.iter().filter(|(_, n)| **n > FINDINGS + 1) {
            let last = self.diagnostics.iter_mut().rfind(|found| found.code == *code);
            if let Some(last) = last {
                last.and_more(n - FINDINGS);
            }
        }
        self.diagnostics
    }

    fn report(&mut self, root: &'a [Field]) -> Option<Report> {
        self.needs(root);
        let fields = self.known(root, FieldPath::new(""), &keys::ROOT);
        let edition = self.choice_of(&fields, "format", &keys::ROOT.choices("format"))?;
        let edition = Edition::from_key(edition)?;
        self.edition = Some(edition);
        let mut report = Report::empty(edition);
        self.keyed(&fields, &keys::ROOT, 0, &mut report);
        self.notes(&report);
        self.sources(&report);
        self.waivers(&report);
        self.scopes(&report);
        report.unclear = std::mem::take(&mut self.unclear);
        Some(report)
    }

    /// Reads the keys of a table, or of the element of a list with that index, and all tables below.
    fn keyed(
        &mut self,
        fields: &Fields<'a>,
        known: &'static KeyTable,
        index: usize,
        report: &mut Report,
    ) {
        for key in known.keys {
            if let Some(field) = &key.field {
                if let Some(value) = self.value(fields, key) {
                    (field.set)(report, index, Some(value));
                }
            } else if let Some(inner) = known.inner(key) {
                self.inner(fields, key, inner, report);
            } else if let Some(section) = Section::from_key(key.name) {
                self.section(fields, key, section, report);
            }
        }
    }

    /// Reads a table within a table, or a list of tables.
    fn inner(
        &mut self,
        fields: &Fields<'a>,
        key: &'static Key,
        known: &'static KeyTable,
        report: &mut Report,
    ) {
        if known.is_open() {
            report.settings.levels = self.levels(fields, key, known);
        } else if let Some(list) = &known.list {
            self.tables(fields, key.name, known, |reader, fields| {
                let index = (list.len)(report);
                (list.push)(report);
                reader.keyed(fields, known, index, report);
            });
        } else if known.name == keys::HANDLING_FEE.name && self.zero_or_blank(fields, key, report) {
            // One 0 for both figures, or nothing yet.
        } else if let Some(fields) = self.table(fields, key.name, known) {
            self.keyed(&fields, known, 0, report);
        }
    }

    /// The handling fee where it is written as a row of nothing but 0, or of nothing.
    fn zero_or_blank(&mut self, fields: &Fields<'a>, key: &Key, report: &mut Report) -> bool {
        let Some((node, _)) = fields.get(key.name) else { return false };
        match &node.value {
            Value::Text(text) => text.trim().is_empty(),
            Value::Integer if self.typed(node) == "0" => {
                for figure in [Figure::FeeNotices, Figure::FeeAmount] {
                    figure.put(report, Money::ZERO);
                }
                true
            }
            Value::Integer
            | Value::Float
            | Value::Boolean(_)
            | Value::Date(_)
            | Value::Array(_)
            | Value::Table(_) => false,
        }
    }

    /// Reads one of the three tables of figures.
    fn section(&mut self, fields: &Fields<'a>, key: &Key, section: Section, report: &mut Report) {
        let Some((node, path)) = fields.get(key.name) else { return };
        let form = report.form();
        match section {
            Section::Disclosure => self.disclosure(node, &path, form, &mut report.disclosure),
            Section::Requests => {
                let rows: Vec<_> =
                    form.requests.rows.iter().map(|r| (r.row, r.row.key())).collect();
                self.requests(node, &path, &rows, form, &mut report.requests);
            }
            Section::Challenges => self.challenges(node, &path, form, &mut report.challenges),
            // Their tables are listed with their keys.
            Section::Overview | Section::Problems | Section::Other => {}
        }
    }

    /// The value of a key; of a figure also that it is not filled.
    fn value(&mut self, fields: &Fields<'a>, key: &'static Key) -> Option<KeyValue> {
        let name = key.name;
        let figure = |entry| Some(KeyValue::Figure(entry));
        match key.kind {
            KeyKind::Line => self.printed_line(fields, name).map(KeyValue::Line),
            KeyKind::Path | KeyKind::File => self.path(fields, name).map(KeyValue::Line),
            KeyKind::Text => {
                self.printed(fields, name).map(|(text, _)| KeyValue::Text(text.to_owned()))
            }
            KeyKind::Lines => {
                let (text, path) = self.string(fields, name)?;
                let n = text.lines().count();
                if n > LIST_ENTRIES {
                    let message = format!("共有 {n} 行，最多 {LIST_ENTRIES} 行");
                    self.invalid(path, message, "删去写重的和用不上的");
                    return None;
                }
                Some(KeyValue::Text(text.to_owned()))
            }
            KeyKind::Choice => self.choice(fields, key).map(|word| KeyValue::Line(word.to_owned())),
            KeyKind::Year => {
                self.report_year(fields, name).map(|year| KeyValue::Number(year.into()))
            }
            KeyKind::Date => self.date(fields, name).map(KeyValue::Date),
            KeyKind::Boolean => self.boolean(fields, name).map(KeyValue::Boolean),
            KeyKind::Whole(least, most) => {
                self.whole_number(fields, name, least, most).map(KeyValue::Number)
            }
            KeyKind::Count => figure(
                fields
                    .get(name)
                    .map_or(Entry::Absent, |(node, _)| self.count(node).map(Money::from)),
            ),
            KeyKind::Money => {
                figure(fields.get(name).map_or(Entry::Absent, |(node, _)| self.money(node)))
            }
            KeyKind::Names | KeyKind::Table | KeyKind::Tables => None,
        }
    }

    /// Says when the file needs a newer program: then much of it will not be understood.
    fn needs(&mut self, root: &'a [Field]) {
        let Some(Field { node, .. }) = get(root, "needs") else { return };
        let Value::Text(typed) = &node.value else { return };
        if let Some((message, help)) = unmet(typed) {
            self.invalid(FieldPath::new("needs"), message, &help);
        }
    }

    fn report_year(&mut self, fields: &Fields<'a>, key: &str) -> Option<u16> {
        let edition = self.edition?;
        let (node, path) = fields.get(key)?;
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

    /// The codes of rules with how grave they are; whether there are such rules is their own business.
    fn levels(
        &mut self,
        fields: &Fields<'a>,
        key: &Key,
        known: &'static KeyTable,
    ) -> Vec<(String, RuleLevel)> {
        let Some((node, path)) = fields.get(key.name) else { return Vec::new() };
        let Value::Table(entries) = &node.value else {
            let help = format!("另起一行写 [{path}]，其下逐行写 NB615 = \"off\" 的样子");
            self.wrong_type(node, path, "表", &help);
            return Vec::new();
        };
        let fields = Fields { entries, path };
        let Some(level) = known.keys.first() else { return Vec::new() };
        let mut levels = Vec::new();
        for entry in entries {
            let word = self.choice_of(&fields, &entry.key, &level.choices());
            let found = RuleLevel::ALL.iter().find(|known| Some(known.1) == word);
            levels.extend(found.map(|found| (entry.key.clone(), found.0)));
        }
        levels
    }
}

/// The report year, as far as it can be read before anything else.
fn year_of(source: &SourceFile) -> Option<u16> {
    let Value::Table(report) = &get(&source.tree, "report")?.node.value else { return None };
    let typed = source.as_read().get(get(report, "year")?.node.span.clone())?;
    typed.trim_matches(['"', '\'']).parse().ok().filter(|year| (1949..=2999).contains(year))
}

/// The problem with the version that a file says it needs, and what to do; nothing where this program is new enough.
pub(crate) fn unmet(typed: &str) -> Option<(String, String)> {
    let own = env!("CARGO_PKG_VERSION");
    match (version(typed), version(own)) {
        (Some(needed), Some(has)) if needed > has => {
            let message =
                format!("这个数据文件要用 nianbao {} 或更新的版本读，本程序是 {own}", typed.trim());
            Some((message, "换用新版的 nianbao；别的报错可能也是版本太旧引起的".to_owned()))
        }
        (None, _) if !typed.trim().is_empty() => {
            let help = format!("写成 needs = \"{own}\" 的样子；不需要的删去这一行");
            Some((format!("“{typed}”不是版本号"), help))
        }
        (Some(_) | None, _) => None,
    }
}

/// A version of the program, `0.2` or `0.2.1`.
fn version(typed: &str) -> Option<[u32; 3]> {
    let mut version = [0; 3];
    let pieces: Vec<&str> = typed.trim().split('.').collect();
    if pieces.len() > version.len() {
        return None;
    }
    for (place, piece) in version.iter_mut().zip(pieces) {
        *place = piece.parse().ok()?;
    }
    Some(version)
}

/// True if a note can speak of an address: that of a table, a row, a group of rows or a cell.
pub(crate) fn is_note_place(form: &Form, at: &FieldPath) -> bool {
    !at.is_root() && form.cells().any(|cell| FieldPath::of(cell).is_within(at))
}

/// The addresses a note can speak of: the three tables, their rows and cells.
pub(crate) fn note_places(form: &Form) -> Vec<String> {
    let mut places = vec!["disclosure".to_owned(), "requests".to_owned(), "challenges".to_owned()];
    for cell in form.cells() {
        // A row may stand in groups of rows: `requests.outcome.refused`.
        let row = FieldPath::row_of(cell);
        let mut group = row.parent();
        while !group.parent().is_root() {
            if !places.iter().any(|place| place == group.as_str()) {
                places.push(group.to_string());
            }
            group = group.parent();
        }
        let row = row.to_string();
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
