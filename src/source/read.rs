//! Tree and form to report, with every problem found, not only the first.

use std::ops::Range;
use std::str::FromStr;

use super::keys::{self, KeyTable};
use super::tree::{Entry as Field, Node, Value, get};
use super::{SourceFile, codes};
use crate::diag::{Diagnostic, Place, Severity};
use crate::edition::{
    Axis, ChallengeColumn, DisclosureColumn, Edition, Form, Proceeding, RequestColumn, RequestRow,
};
use crate::report::{
    Agency, AgencyKind, AgencyLevel, Aspect, Challenges, Contact, Count, Date, Disclosure, Entry,
    FieldPath, HandlingFee, Header, HeadingStyle, MAX_COUNT, Money, Narrative, Note, OtherMatters,
    Part, Report, Requests, RuleLevel, Settings, Text, Waiver,
};

/// Reads a report from a data file, with everything that is wrong with the file itself.
///
/// The report is there whenever the file is TOML and names a known edition; what could not be
/// understood stays absent in it and is among the diagnostics, which stand in the order of the file.
/// Figures that are no counts (negative, with a fraction, too large, quoted) are kept as typed
/// ([`Entry::Unusable`]): judging them is the business of the rules.
pub fn read(source: &SourceFile) -> (Option<Report>, Vec<Diagnostic>) {
    let mut reader = Reader { text: source.text(), diagnostics: Vec::new() };
    let report = reader.report(&source.tree);
    let mut found = reader.diagnostics;
    if !source.syntax.is_empty() {
        // What stood on a broken line is no finding of its own; without a table's header nothing
        // below it is where it should be.
        let text = source.text();
        let headless =
            source.syntax.iter().any(|d| text[line_of(source, d)].trim_start().starts_with('['));
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

/// The bytes of the lines that a diagnostic points at, line ends included.
fn line_of(source: &SourceFile, diagnostic: &Diagnostic) -> Range<usize> {
    let range = super::locate(source, &diagnostic.primary.place);
    let text = source.text();
    let start = text[..range.start].rfind('\n').map_or(0, |i| i + 1);
    let end = text[range.end..].find('\n').map_or(text.len(), |i| range.end + i + 1);
    start..end.max(start + 1)
}

struct Reader<'a> {
    text: &'a str,
    diagnostics: Vec<Diagnostic>,
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
        let form = edition.form();
        let mut report = Report::empty(edition);
        if let Some(fields) = self.table(&fields, "report", &keys::REPORT) {
            report.header = self.header(&fields, edition);
        }
        if let Some(fields) = self.table(&fields, "agency", &keys::AGENCY) {
            report.agency = self.agency(&fields);
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
        Some(report)
    }

    fn header(&mut self, fields: &Fields<'a>, edition: Edition) -> Header {
        Header {
            year: self.year(fields, edition),
            published: self.date(fields, "published"),
            previous: self.line(fields, "previous"),
            title: self.line(fields, "title"),
            closing: self.boolean(fields, "closing"),
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
                    None => "本程序支持2021年度及以后的报告，请核对报告年度".to_owned(),
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
                .choice(fields, "heading_style", HeadingStyle::ALL, |s| (s.1, ""))
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

/// The figures of the three tables, row by row.
impl<'a> Reader<'a> {
    fn disclosure(&mut self, node: &'a Node, path: &FieldPath, form: &Form, into: &mut Disclosure) {
        let rows = form
            .disclosure
            .blocks
            .iter()
            .flat_map(|b| b.rows.iter().map(move |(row, _)| (*row, b)));
        let names: Vec<&str> = rows.clone().map(|(row, _)| row.key()).collect();
        let Some(entries) = self.figures(node, path, &names) else { return };
        for (row, block) in rows {
            let Some(field) = get(entries, row.key()) else { continue };
            let path = path.key(row.key());
            if let [(column, _)] = block.columns {
                match column {
                    DisclosureColumn::Amount => into.fees = self.money(&field.node),
                    _ => into.cells[(row, *column)] = self.count(&field.node),
                }
                continue;
            }
            let columns: Vec<(DisclosureColumn, &str)> =
                block.columns.iter().map(|(column, _)| (*column, column.key())).collect();
            let labels: Vec<&str> = block.columns.iter().map(|(_, label)| *label).collect();
            match &field.node.value {
                Value::Integer if self.is_zero(&field.node) => {
                    for (column, _) in columns {
                        into.cells[(row, column)] = Entry::Value(0);
                    }
                }
                Value::Table(_) => {
                    let names: Vec<&str> = columns.iter().map(|(_, key)| *key).collect();
                    let Some(cells) = self.figures(&field.node, &path, &names) else { continue };
                    for (column, key) in columns {
                        if let Some(cell) = get(cells, key) {
                            into.cells[(row, column)] = self.count(&cell.node);
                        }
                    }
                }
                _ => self.wrong_row(
                    &field.node,
                    path,
                    &format!(
                        "应写成 {{ issued = …, repealed = …, in_force = … }}（{}），全部为零时写 0",
                        labels.join("、")
                    ),
                ),
            }
        }
    }

    /// Reads the rows whose keys, relative to `path`, are given; a key with dots reaches into sub-tables.
    fn requests(
        &mut self,
        node: &'a Node,
        path: &FieldPath,
        rows: &[(RequestRow, &'static str)],
        form: &Form,
        into: &mut Requests,
    ) {
        let mut names: Vec<&str> = rows.iter().map(|(_, key)| first_key(key)).collect();
        names.dedup();
        let Some(entries) = self.figures(node, path, &names) else { return };
        for field in entries {
            let path = path.key(&field.key);
            let inside: Vec<(RequestRow, &'static str)> = rows
                .iter()
                .filter_map(|(row, key)| {
                    Some((*row, key.strip_prefix(field.key.as_str())?.strip_prefix('.')?))
                })
                .collect();
            if !inside.is_empty() {
                self.requests(&field.node, &path, &inside, form, into);
            } else if let Some((row, _)) = rows.iter().find(|(_, key)| *key == field.key) {
                let columns = form.requests.columns.iter();
                let (parts, total): (Vec<_>, Vec<_>) =
                    columns.map(|c| c.column).partition(|c| *c != RequestColumn::Total);
                let label = |column| form.requests.column_label(column);
                for (column, entry) in self.row(&field.node, &path, &parts, &total, label) {
                    into.cells[(*row, column)] = entry;
                }
            }
        }
    }

    fn challenges(&mut self, node: &'a Node, path: &FieldPath, form: &Form, into: &mut Challenges) {
        let names: Vec<&str> = Proceeding::ALL.iter().map(|p| p.key()).collect();
        let Some(entries) = self.figures(node, path, &names) else { return };
        let (parts, total): (Vec<_>, Vec<_>) = form
            .challenges
            .columns
            .iter()
            .map(|(c, _)| *c)
            .partition(|c| *c != ChallengeColumn::Total);
        for proceeding in Proceeding::ALL {
            let Some(field) = get(entries, proceeding.key()) else { continue };
            let path = path.key(proceeding.key());
            let label = |column| form.challenges.column_label(column);
            for (column, entry) in self.row(&field.node, &path, &parts, &total, label) {
                into.cells[(*proceeding, column)] = entry;
            }
        }
    }

    /// A row written in one of the three ways: `0`, a list with or without its total, or a table of
    /// the columns that are not zero. Nothing when it is written in no such way.
    fn row<C: Axis>(
        &mut self,
        node: &'a Node,
        path: &FieldPath,
        parts: &[C],
        total: &[C],
        label: impl Fn(C) -> &'static str,
    ) -> Vec<(C, Entry)> {
        let names = parts.iter().map(|c| label(*c)).collect::<Vec<_>>().join("、");
        let n = parts.len();
        match &node.value {
            Value::Integer if self.is_zero(node) => {
                parts.iter().map(|c| (*c, Entry::Value(0))).collect()
            }
            Value::Array(cells) if cells.len() == n || cells.len() == n + total.len() => {
                let columns = parts.iter().chain(total);
                columns.zip(cells).map(|(column, cell)| (*column, self.count(cell))).collect()
            }
            Value::Array(cells) => {
                let message = format!(
                    "这一行写了{}个数，应为{n}个，或者{}个（末位为总计）",
                    cells.len(),
                    n + 1
                );
                let help = format!("按表的列次写：{names}（可再加总计）；没有的列写 0");
                self.report_error(
                    codes::WRONG_LENGTH,
                    Place::Value(path.clone()),
                    message,
                    "",
                    help,
                );
                Vec::new()
            }
            Value::Table(table) if !table.is_empty() => {
                let known: Vec<&str> = parts.iter().chain(total).map(|c| c.key()).collect();
                let Some(cells) = self.figures(node, path, &known) else { return Vec::new() };
                let entry = |reader: &mut Self, column: C| {
                    get(cells, column.key()).map(|cell| (column, reader.count(&cell.node)))
                };
                let mut row: Vec<(C, Entry)> = parts
                    .iter()
                    .map(|column| entry(self, *column).unwrap_or((*column, Entry::Value(0))))
                    .collect();
                row.extend(total.iter().filter_map(|column| entry(self, *column)));
                row
            }
            _ => {
                let help = format!(
                    "应写成 {n} 个数 [{names}]，或只写非零的列 {{ 列 = 数 }}；全部为零时写 0"
                );
                self.wrong_row(node, path.clone(), &help);
                Vec::new()
            }
        }
    }

    fn wrong_row(&mut self, node: &Node, path: FieldPath, help: &str) {
        let message = match node.value {
            Value::Integer => format!("整行只写一个数时只能写 0，这里写的是 {}", self.typed(node)),
            _ => format!("这一行应是数据，这里是{}", type_name(&node.value)),
        };
        self.report_error(codes::WRONG_TYPE, Place::Value(path), message, "", help);
    }

    /// A table of figures whose keys are `names`.
    fn figures(&mut self, node: &'a Node, path: &FieldPath, names: &[&str]) -> Option<&'a [Field]> {
        let Value::Table(entries) = &node.value else {
            self.wrong_type(
                node,
                path.clone(),
                "表",
                &format!("另起一行写 [{path}]，其下逐行填写数据"),
            );
            return None;
        };
        self.unknown_keys(entries, path, names);
        Some(entries)
    }

    fn count(&mut self, node: &Node) -> Entry<Count> {
        let typed = self.typed(node);
        let digits = typed.strip_prefix('+').unwrap_or(typed).replace('_', "");
        match node.value {
            Value::Integer => digits
                .parse()
                .ok()
                .filter(|count| *count <= MAX_COUNT)
                .map_or_else(|| Entry::Unusable(typed.to_owned()), Entry::Value),
            _ => Entry::Unusable(typed.to_owned()),
        }
    }

    fn money(&mut self, node: &Node) -> Entry<Money> {
        let typed = self.typed(node);
        let digits = typed.strip_prefix('+').unwrap_or(typed).replace('_', "");
        let plain = digits.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        match node.value {
            Value::Integer | Value::Float if plain => Money::from_str(&digits)
                .ok()
                .filter(|money| *money <= Money::from(MAX_COUNT) && money.to_string() == digits)
                .map_or_else(|| Entry::Unusable(typed.to_owned()), Entry::Value),
            _ => Entry::Unusable(typed.to_owned()),
        }
    }

    fn is_zero(&self, node: &Node) -> bool {
        self.typed(node) == "0"
    }
}

/// Values that are no figures.
impl<'a> Reader<'a> {
    fn table(
        &mut self,
        fields: &Fields<'a>,
        key: &str,
        known: &'static KeyTable,
    ) -> Option<Fields<'a>> {
        let (node, path) = fields.get(key)?;
        self.fields(node, path, known)
    }

    fn fields(
        &mut self,
        node: &'a Node,
        path: FieldPath,
        known: &'static KeyTable,
    ) -> Option<Fields<'a>> {
        let Value::Table(entries) = &node.value else {
            let help = format!("另起一行写 [{path}]，其下逐行填写");
            self.wrong_type(node, path, "表", &help);
            return None;
        };
        Some(self.known(entries, path, known))
    }

    /// A table whose keys have been compared with those it may and must have.
    fn known(
        &mut self,
        entries: &'a [Field],
        path: FieldPath,
        known: &'static KeyTable,
    ) -> Fields<'a> {
        let names: Vec<&str> = known.keys.iter().map(|key| key.name).collect();
        self.unknown_keys(entries, &path, &names);
        for key in known.keys.iter().filter(|key| key.required) {
            let blank =
                |node: &Node| matches!(&node.value, Value::Text(text) if text.trim().is_empty());
            let message = format!("没有填写{}（{}）", key.label, key.name);
            let help = match known.name.strip_suffix("[]") {
                _ if path.is_root() => format!("补上 {}", example(key.name)),
                Some(_) => format!("在这一项 [[{}]] 之下补上 {}", path.parent(), example(key.name)),
                None => format!("在 [{path}] 之下补上 {}", example(key.name)),
            };
            match get(entries, key.name) {
                Some(entry) if !blank(&entry.node) => {}
                Some(_) => {
                    let place = Place::Value(path.key(key.name));
                    self.report_error(codes::MISSING_KEY, place, message, "", help);
                }
                None if path.is_root() => {
                    self.report_error(codes::MISSING_KEY, Place::File, message, "", help);
                }
                None => {
                    self.report_error(
                        codes::MISSING_KEY,
                        Place::Key(path.clone()),
                        message,
                        "",
                        help,
                    );
                }
            }
        }
        Fields { entries, path }
    }

    fn tables<T>(
        &mut self,
        fields: &Fields<'a>,
        key: &str,
        known: &'static KeyTable,
        mut read: impl FnMut(&mut Self, &Fields<'a>) -> T,
    ) -> Vec<T> {
        let Some((node, path)) = fields.get(key) else { return Vec::new() };
        let Value::Array(elements) = &node.value else {
            let help = format!("每一项另起一行写 [[{path}]]，其下逐行填写");
            self.wrong_type(node, path, "若干张表", &help);
            return Vec::new();
        };
        let mut tables = Vec::new();
        for (i, element) in elements.iter().enumerate() {
            if let Some(fields) = self.fields(element, path.index(i), known) {
                tables.push(read(self, &fields));
            }
        }
        tables
    }

    fn unknown_keys(&mut self, entries: &[Field], path: &FieldPath, names: &[&str]) {
        for entry in entries.iter().filter(|entry| !names.contains(&entry.key.as_str())) {
            let home = match path.as_str() {
                "" => "文件顶层".to_owned(),
                list if list.ends_with(']') => format!("[[{}]]", path.parent()),
                table => format!("[{table}]"),
            };
            let help = match nearest(&entry.key, names.iter().copied()) {
                Some(known) => format!("是不是“{known}”？"),
                None => match elsewhere(&entry.key) {
                    Some(table) => format!("“{}”应写在 [{table}] 之下", entry.key),
                    None => format!("这里可以写的键有：{}", names.join("、")),
                },
            };
            let message = format!("{home} 中没有“{}”这个键", entry.key);
            self.report_error(
                codes::UNKNOWN_KEY,
                Place::Bytes(entry.key_span.clone()),
                message,
                "",
                help,
            );
        }
    }

    /// A text on one line; `None` when it is not there, blank, or no such text.
    fn line(&mut self, fields: &Fields<'a>, key: &str) -> Option<String> {
        let (text, path) = self.string(fields, key)?;
        if text.trim().contains(['\n', '\r']) {
            self.invalid(path, "这里只能写一行文字".to_owned(), "删去其中的换行");
            return None;
        }
        let text = text.trim();
        (!text.is_empty()).then(|| text.to_owned())
    }

    /// A text of paragraphs; `None` when it is not there or no text.
    fn bindable(&mut self, fields: &Fields<'a>, key: &str) -> Option<Text> {
        self.string(fields, key).map(|(text, _)| Text::new(text))
    }

    fn string(&mut self, fields: &Fields<'a>, key: &str) -> Option<(&'a str, FieldPath)> {
        let (node, path) = fields.get(key)?;
        let Value::Text(text) = &node.value else {
            self.wrong_type(node, path, "文字", "文字两边加英文引号，例如 \"…\"；多行文字用 '''");
            return None;
        };
        for (start, character) in text.char_indices().filter(|(_, c)| is_forbidden(*c)) {
            let range = start..start + character.len_utf8();
            let message = format!("文字中有不可见的控制字符 U+{:04X}", u32::from(character));
            let help = "删去这个字符；它多半是从别的软件粘贴时带来的";
            self.report_error(
                codes::FORBIDDEN_CHARACTER,
                Place::Text(path.clone(), range),
                message,
                "",
                help,
            );
        }
        Some((text, path))
    }

    /// A whole number from `least` to `most`.
    fn whole_number(
        &mut self,
        fields: &Fields<'a>,
        key: &str,
        least: Count,
        most: Count,
    ) -> Option<Count> {
        let (node, path) = fields.get(key)?;
        let Value::Integer = node.value else {
            self.wrong_type(node, path, "整数", "只写数字，不加引号");
            return None;
        };
        let number = self.count(node).count().filter(|number| (least..=most).contains(number));
        if number.is_none() {
            let message = format!("{} 不在 {least} 至 {most} 之间", self.typed(node));
            self.invalid(path, message, "核对这个数");
        }
        number
    }

    fn boolean(&mut self, fields: &Fields<'a>, key: &str) -> Option<bool> {
        let (node, path) = fields.get(key)?;
        let Value::Boolean(boolean) = node.value else {
            self.wrong_type(node, path, "是或否", "是写 true，否写 false，不加引号");
            return None;
        };
        Some(boolean)
    }

    fn date(&mut self, fields: &Fields<'a>, key: &str) -> Option<Date> {
        let (node, path) = fields.get(key)?;
        match &node.value {
            Value::Date(Some(date)) => Some(*date),
            Value::Date(None) => {
                let typed = self.typed(node).to_owned();
                self.invalid(path, format!("{typed} 不是一个日期"), "只写年月日，例如 2024-01-09");
                None
            }
            _ => {
                self.wrong_type(node, path, "日期", "写成 2024-01-09 的样子，不加引号");
                None
            }
        }
    }

    /// One of some words, each with its meaning.
    fn choice<T: Copy>(
        &mut self,
        fields: &Fields<'a>,
        key: &str,
        all: &[T],
        word: impl Fn(&T) -> (&'static str, &'static str),
    ) -> Option<T> {
        let (text, path) = self.string(fields, key)?;
        if text.trim().is_empty() {
            return None;
        }
        let found = all.iter().find(|one| word(one).0 == text);
        if found.is_none() {
            let allowed: Vec<String> = all
                .iter()
                .map(|one| match word(one) {
                    (key, "") => format!("\"{key}\""),
                    (key, meaning) => format!("\"{key}\"（{meaning}）"),
                })
                .collect();
            self.invalid(
                path,
                format!("“{text}”不是可选的值"),
                &format!("可以写：{}", allowed.join("、")),
            );
        }
        found.copied()
    }

    fn typed(&self, node: &Node) -> &'a str {
        self.text.get(node.span.clone()).unwrap_or_default()
    }

    fn wrong_type(&mut self, node: &Node, path: FieldPath, expected: &str, help: &str) {
        let message = format!("这里应是{expected}，写的是{}", type_name(&node.value));
        self.report_error(codes::WRONG_TYPE, Place::Value(path), message, "", help);
    }

    fn invalid(&mut self, path: FieldPath, message: String, help: &str) {
        self.report_error(codes::INVALID_VALUE, Place::Value(path), message, "", help);
    }

    fn report_error(
        &mut self,
        code: &'static str,
        place: Place,
        message: impl Into<String>,
        label: &str,
        help: impl Into<String>,
    ) {
        self.diagnostics
            .push(Diagnostic::new(code, Severity::Error, place, message, label).help(help));
    }
}

/// The addresses a note can speak of: the three tables, their rows and cells.
fn note_places(form: &Form) -> Vec<String> {
    let mut places = vec!["disclosure".to_owned(), "requests".to_owned(), "challenges".to_owned()];
    for (row, column) in form.disclosure.cells() {
        places.push(Disclosure::row_path(row).to_string());
        places.push(Disclosure::path(row, column).to_string());
    }
    for row in form.requests.rows {
        places.push(Requests::row_path(row.row).to_string());
        places.extend(
            form.requests.columns.iter().map(|c| Requests::path(row.row, c.column).to_string()),
        );
    }
    for proceeding in Proceeding::ALL {
        places.push(Challenges::row_path(*proceeding).to_string());
        places.extend(
            form.challenges
                .columns
                .iter()
                .map(|(c, _)| Challenges::path(*proceeding, *c).to_string()),
        );
    }
    places
}

/// The known name nearest to a misspelt one, if one is near enough to be meant.
pub(crate) fn nearest<'n>(typed: &str, known: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let typed = typed.to_lowercase();
    known
        .map(|name| (strsim::damerau_levenshtein(&typed, name), name))
        .filter(|(distance, name)| *distance * 3 <= name.len().max(typed.len()))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// The table in which a key is at home.
fn elsewhere(key: &str) -> Option<&'static str> {
    keys::KEY_TABLES
        .iter()
        .filter(|table| !table.name.is_empty())
        .find(|table| table.keys.iter().any(|k| k.name == key))
        .map(|table| table.name.trim_end_matches("[]"))
}

fn first_key(key: &'static str) -> &'static str {
    key.split_once('.').map_or(key, |(first, _)| first)
}

/// How a missing key would be written.
fn example(key: &str) -> &'static str {
    match key {
        "format" => "format = \"2021\"",
        "report" => "[report] 和 year = …",
        "agency" => "[agency]、name = \"…\" 和 kind = \"…\"",
        "year" => "year = 2023（报告年度）",
        "name" => "name = \"机关全称\"",
        "kind" => "kind = \"government\" 或 \"department\"、\"authorized\"",
        "at" => "at = \"requests.received\"（所说的位置）",
        "rule" => "rule = \"NB501\"（规则代码）",
        "reason" => "reason = \"…\"（理由）",
        "by" => "by = \"…\"（核准人）",
        "date" => "date = 2024-01-09（核准日期）",
        _ => "text = \"…\"",
    }
}

fn type_name(value: &Value) -> &'static str {
    match value {
        Value::Text(_) => "文字",
        Value::Integer => "整数",
        Value::Float => "小数",
        Value::Boolean(_) => "true/false",
        Value::Date(_) => "日期",
        Value::Array(_) => "一组值",
        Value::Table(_) => "一张表",
    }
}

/// Characters that XML, and so Word, cannot carry, and the marks that leave no trace on paper.
fn is_forbidden(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{b}'..='\u{c}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}')
}
