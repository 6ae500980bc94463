//! Figures put into a data file that is there already; the only user of `toml_edit`.

use toml_edit::{Array, DocumentMut, Item, Table, TableLike, Value};

use super::SourceFile;
use super::tree::{self, Entry};
use super::write::{entry, row_value};
use crate::diag::Diagnostic;
use crate::edition::{Axis, Cell, Form};
use crate::report::{FieldPath, Money, Report};

/// The column that a row may leave out, and that is added up and not 0 when it does.
const TOTAL: &str = "total";

/// Writes the figures of `report` into a data file and leaves everything else in it as it is:
/// comments, order, and the way in which each row is written.
///
/// `report` must be what [`read`](super::read()) makes of the file but for its figures. A row that was not
/// filled takes the place that the starter file keeps for it, or else the end of its table; a row
/// whose figures are taken out becomes a comment.
///
/// # Errors
///
/// The address of the row that could not be written in the file as it is; nothing is lost in any case, for the
/// text is read back and compared before it is given out.
pub fn edit(source: &SourceFile, report: &Report) -> Result<String, FieldPath> {
    let (old, known) = super::read(source);
    let Some(old) = old else { return Err(FieldPath::new("")) };
    let rows: Vec<Row> =
        rows(report.form()).into_iter().filter(|row| row.differs(&old, report)).collect();
    let mut text = source.text().to_owned();
    for row in &rows {
        let is_new = row.cells.iter().all(|cell| old.typed(*cell).is_absent());
        if row.is_absent(report) {
            text = commented_out(&text, row).ok_or_else(|| row.path.clone())?;
        } else if let Some(filled) = is_new.then(|| in_its_place(&text, row, report)).flatten() {
            text = filled;
        } else {
            text = written(&text, row, report).ok_or_else(|| row.path.clone())?;
        }
    }
    let text = with_ends_of(source.text(), text);
    let (read_back, problems) = super::read(&SourceFile::parse(source.name(), text.clone()));
    let codes = |problems: &[Diagnostic]| problems.iter().map(|p| p.code).collect::<Vec<_>>();
    if read_back.as_ref() == Some(report) && codes(&problems) == codes(&known) {
        return Ok(text);
    }
    let wrong = rows
        .iter()
        .find(|row| read_back.as_ref().is_none_or(|read_back| row.differs(read_back, report)));
    Err(wrong.or(rows.first()).map_or_else(|| FieldPath::new(""), |row| row.path.clone()))
}

/// A row of figures as the data file writes it.
struct Row {
    /// Its address, which ends in its key.
    path: FieldPath,
    cells: Vec<Cell>,
    /// What names each cell in a table of columns; none for a row that is a single figure.
    columns: Vec<&'static str>,
    /// Whether a column that is not named in a table is not filled, and not 0.
    names_all: bool,
    label: String,
}

impl Row {
    fn differs(&self, one: &Report, other: &Report) -> bool {
        self.cells.iter().any(|cell| one.typed(*cell) != other.typed(*cell))
    }

    fn is_absent(&self, report: &Report) -> bool {
        self.cells.iter().all(|cell| report.typed(*cell).is_absent())
    }

    /// The table it stands in, and its key.
    fn place(&self) -> (&str, &str) {
        self.path.as_str().rsplit_once('.').unwrap_or(("", self.path.as_str()))
    }

    /// One figure as it is written: a change has its sign.
    fn figure(&self, i: usize, report: &Report) -> Option<String> {
        match *self.cells.get(i)? {
            Cell::Disclosure(row, column) => entry(report.disclosure.entry(row, column)),
            cell => entry(&report.typed(cell)),
        }
    }

    /// The row as a value, written the shortest way.
    fn value(&self, report: &Report) -> Option<String> {
        let figures: Vec<_> = self.cells.iter().map(|cell| report.typed(*cell)).collect();
        match figures.as_slice() {
            [_] => self.figure(0, report),
            _ if self.names_all => {
                let named = self.columns.iter().enumerate();
                let named: Vec<String> = named
                    .filter_map(|(i, key)| Some(format!("{key} = {}", self.figure(i, report)?)))
                    .collect();
                Some(format!("{{ {} }}", named.join(", ")))
            }
            _ => row_value(&self.columns, &figures.iter().collect::<Vec<_>>()),
        }
    }
}

fn rows(form: &Form) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for cell in form.cells() {
        let path = FieldPath::of(cell);
        let (row, column, names_all) = match cell {
            Cell::Disclosure(row, column) => {
                let row = FieldPath::new("disclosure").key(row.key());
                let is_alone = row == path;
                (row, (!is_alone).then(|| column.key()), true)
            }
            Cell::Requests(_, column) => (path.parent(), Some(column.key()), false),
            Cell::Challenges(_, column) => (path.parent(), Some(column.key()), false),
        };
        match rows.last_mut().filter(|last| last.path == row) {
            Some(last) => {
                last.cells.push(cell);
                last.columns.extend(column);
            }
            None => rows.push(Row {
                path: row,
                cells: vec![cell],
                columns: column.into_iter().collect(),
                names_all,
                label: form.row_name(cell),
            }),
        }
    }
    rows
}

/// The text with a row written where the starter file keeps its place; `None` when there is no such line.
fn in_its_place(text: &str, row: &Row, report: &Report) -> Option<String> {
    let (table, key) = row.place();
    let mut in_table = false;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let range = at..at + line.len();
        at = range.end;
        if let Some(header) = line.trim_start().strip_prefix('[') {
            in_table = header.split(']').next().is_some_and(|name| name.trim() == table);
        } else if in_table && let Some((before, after)) = place_of(line, key) {
            let gap = if after.starts_with('#') { "  " } else { "" };
            let filled = format!("{before}= {}{gap}{after}", row.value(report)?);
            return Some(format!("{}{filled}{}", &text[..range.start], &text[range.end..]));
        }
    }
    None
}

/// What stands before the equals sign and from the comment on in a line `#key = [ ]  # …` that keeps
/// the place of a row. Whatever a clerk has typed there and put aside makes it no such line.
fn place_of<'a>(line: &'a str, key: &str) -> Option<(&'a str, &'a str)> {
    let (before, rest) = line.strip_prefix('#')?.split_once('=')?;
    let end = rest.find('#').unwrap_or_else(|| rest.trim_end().len());
    let (blank, after) = rest.split_at(end);
    let is_blank = match blank.trim().strip_prefix('{').and_then(|inner| inner.strip_suffix('}')) {
        Some(inner) => inner.split(',').all(|one| one.trim_end().ends_with('=')),
        None => ["", "[ ]", "[]"].contains(&blank.trim()),
    };
    (before.trim_end() == key && is_blank).then_some((before, after))
}

/// The text with the lines of a row made comments.
fn commented_out(text: &str, row: &Row) -> Option<String> {
    let (tree, _) = tree::parse(text);
    let mut entries: &[Entry] = &tree;
    let mut found = None;
    for key in row.path.as_str().split('.') {
        let entry = tree::get(entries, key)?;
        entries = match &entry.node.value {
            tree::Value::Table(inner) => inner,
            _ => &[],
        };
        found = Some(entry);
    }
    let found = found?;
    let start = text[..found.key_span.start].rfind('\n').map_or(0, |i| i + 1);
    let end = found.node.span.end;
    // A row within a table on one line, or after a dotted key, is not a line of its own.
    if found.key_span.end > end || !text.get(start..found.key_span.start)?.trim().is_empty() {
        return None;
    }
    let lines = text.get(start..end)?;
    let lines: Vec<String> = lines.split('\n').map(|line| format!("#{line}")).collect();
    Some(format!("{}{}{}", &text[..start], lines.join("\n"), &text[end..]))
}

/// The text with a row changed in the way in which it is written, or added to its table.
fn written(text: &str, row: &Row, report: &Report) -> Option<String> {
    let mut document: DocumentMut = text.parse().ok()?;
    let (table, key) = row.place();
    let mut item = document.as_item_mut();
    for step in table.split('.') {
        let entries = item.as_table_like_mut()?;
        if entries.get(step).is_none() {
            entries.insert(step, Item::Table(Table::new()));
        }
        item = entries.get_mut(step)?;
    }
    let may_comment = item.is_table();
    let entries = item.as_table_like_mut()?;
    match entries.get_mut(key) {
        Some(Item::Value(Value::Array(array))) => list(array, row, report)?,
        Some(Item::Value(Value::InlineTable(columns))) => {
            let blank = |value: &Value| {
                let suffix = value.decor().suffix().and_then(|suffix| suffix.as_str());
                let suffix = suffix.unwrap_or_default();
                suffix.trim_matches(' ').is_empty().then(|| suffix.to_owned())
            };
            let end = columns.iter().last().and_then(|(_, value)| blank(value));
            named(columns, row, report)?;
            // The blank before the closing brace stays behind the last column, whichever that is now.
            let n = columns.len();
            for (i, (_, value)) in columns.iter_mut().enumerate() {
                if let (Some(end), Some(_)) = (&end, blank(value)) {
                    value.decor_mut().set_suffix(if i + 1 == n { end } else { "" });
                }
            }
        }
        Some(Item::Table(columns)) => named(columns, row, report)?,
        Some(Item::Value(value)) => replace(value, &row.value(report)?)?,
        Some(Item::None | Item::ArrayOfTables(_)) => return None,
        None => {
            let mut value: Value = row.value(report)?.parse().ok()?;
            if may_comment {
                value.decor_mut().set_suffix(format!("  # {}", row.label));
            }
            entries.insert(key, Item::Value(value));
        }
    }
    Some(document.to_string())
}

/// Changes the elements of a list that differ; a total that is new goes to the end.
fn list(array: &mut Array, row: &Row, report: &Report) -> Option<()> {
    for i in 0..row.cells.len() {
        let Some(figure) = row.figure(i, report) else { continue };
        match array.get_mut(i) {
            Some(value) => replace(value, &figure)?,
            None => {
                let mut value: Value = figure.parse().ok()?;
                value.decor_mut().set_prefix(" ");
                array.push_formatted(value);
            }
        }
    }
    Some(())
}

/// Changes the columns of a table of columns that differ.
fn named(columns: &mut dyn TableLike, row: &Row, report: &Report) -> Option<()> {
    for (i, key) in row.columns.iter().enumerate() {
        match (columns.get_mut(key), row.figure(i, report)) {
            (Some(item), Some(figure)) => replace(item.as_value_mut()?, &figure)?,
            (Some(_), None) => {
                columns.remove(key);
            }
            // A column that is not named is 0 already.
            (None, Some(figure)) if !row.names_all && *key != TOTAL && figure == "0" => {}
            (None, Some(figure)) => {
                columns.insert(key, Item::Value(figure.parse().ok()?));
            }
            (None, None) => {}
        }
    }
    Some(())
}

/// Puts a figure in the place of a value, unless that is the same number, with the blanks round it kept.
fn replace(value: &mut Value, figure: &str) -> Option<()> {
    let typed = value.to_string().trim().replace('_', "");
    let is_same = match (typed.parse::<Money>(), figure.parse::<Money>()) {
        (Ok(typed), Ok(figure)) => typed == figure,
        _ => false,
    };
    if !is_same {
        let mut new: Value = figure.parse().ok()?;
        *new.decor_mut() = value.decor().clone();
        *value = new;
    }
    Some(())
}

/// A text with the mark at its beginning and the line ends of the file it came from, where those are
/// all alike.
fn with_ends_of(old: &str, new: String) -> String {
    const MARK: char = '\u{feff}';
    let n_lines = old.matches('\n').count();
    let is_windows = n_lines > 0 && old.matches("\r\n").count() == n_lines;
    let new = if is_windows { new.replace("\r\n", "\n").replace('\n', "\r\n") } else { new };
    if old.starts_with(MARK) && !new.starts_with(MARK) { format!("{MARK}{new}") } else { new }
}
