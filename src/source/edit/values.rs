//! Figures in the values of a data file, with the marks round them; the only user of `toml_edit`.

use std::collections::{BTreeMap, VecDeque};

use toml_edit::{Array, Decor, DocumentMut, InlineTable, Item, Table, TableLike, Value};

use super::super::rows::{BLANK, FigureRow, Shape, TOTAL, written};
use super::Remarks;
use crate::report::{FieldPath, Money, Report};

/// The text with rows changed in the way in which they are written, or added to their tables, and
/// with remarks above rows.
///
/// # Errors
///
/// The row that cannot be written; none when the text is no TOML.
pub(super) fn put<'a>(
    text: String,
    rows: &[&'a FigureRow],
    report: &Report,
    remarks: &Remarks,
) -> Result<String, Option<&'a FigureRow>> {
    if rows.is_empty() && remarks.rows.is_empty() {
        return Ok(text);
    }
    const MARK: char = '\u{feff}';
    // Manual line breaks, which TOML forbids, go out as they came in.
    let (text, hidden) = hide(&text);
    let plain = text.strip_prefix(MARK).unwrap_or(&text);
    let n_lines = plain.matches('\n').count();
    let is_windows = n_lines > 0 && plain.matches("\r\n").count() == n_lines;
    let plain = if is_windows { plain.replace("\r\n", "\n") } else { plain.to_owned() };
    let mut document: DocumentMut = plain.parse().map_err(|_| None)?;
    for row in rows {
        put_row(document.as_table_mut(), row, report).ok_or(Some(*row))?;
    }
    for (path, lines) in &remarks.rows {
        remark(document.as_table_mut(), path, lines, remarks.prefix);
    }
    let new = document.to_string();
    let new = if is_windows { new.replace('\n', "\r\n") } else { with_line_ends(&plain, &new) };
    let new = if text.starts_with(MARK) { format!("{MARK}{new}") } else { new };
    Ok(show(&new, &hidden))
}

/// Control characters that word processors leave behind, as characters that TOML takes and the text does not
/// hold; and which stand for which.
fn hide(text: &str) -> (String, Vec<(char, char)>) {
    let mut hidden = Vec::new();
    let mut free = ('\u{fdd0}'..='\u{fdef}').filter(|c| !text.contains(*c));
    for forbidden in ['\u{b}', '\u{c}'] {
        if text.contains(forbidden)
            && let Some(stand_in) = free.next()
        {
            hidden.push((forbidden, stand_in));
        }
    }
    let swap = |c: char| hidden.iter().find(|pair| pair.0 == c).map_or(c, |pair| pair.1);
    (text.chars().map(swap).collect(), hidden)
}

fn show(text: &str, hidden: &[(char, char)]) -> String {
    let swap = |c: char| hidden.iter().find(|pair| pair.1 == c).map_or(c, |pair| pair.0);
    text.chars().map(swap).collect()
}

/// The new text with the line ends of the old one where it has some of both kinds, which are all made one
/// kind when it is written anew. A line that is new ends as most do.
fn with_line_ends(old: &str, new: &str) -> String {
    let is_windows = |line: &str| line.ends_with("\r\n");
    let lines = || old.split_inclusive('\n');
    let n_windows = lines().filter(|line| is_windows(line)).count();
    if n_windows == 0 {
        return new.to_owned();
    }
    let mostly = n_windows * 2 > lines().count();
    let words = |line: &str| line.trim_end_matches(['\r', '\n']).to_owned();
    let mut ends: BTreeMap<String, VecDeque<bool>> = BTreeMap::new();
    for line in lines() {
        ends.entry(words(line)).or_default().push_back(is_windows(line));
    }
    let mut text = String::new();
    for line in new.split_inclusive('\n') {
        let known = ends.get_mut(&words(line)).and_then(VecDeque::pop_front);
        // Within a text the ends of lines are still those that were typed.
        match line.strip_suffix('\n').filter(|_| known.unwrap_or(mostly) && !is_windows(line)) {
            Some(bare) => text.extend([bare, "\r\n"]),
            None => text.push_str(line),
        }
    }
    text
}

/// True if a text is a value under some key and nothing else, in a form that can take the figures of a row.
pub(super) fn takes(text: &str, row: &FigureRow, report: &Report) -> bool {
    let Ok(document) = text.parse::<DocumentMut>() else { return false };
    let mut item = document.as_item();
    while let Some(table) = item.as_table() {
        match table.iter().next() {
            Some((_, only)) if table.len() == 1 => item = only,
            _ => return false,
        }
    }
    item.as_value().is_some_and(|value| changed(value, row, report).is_some())
}

/// Puts a row into its table, which is made if it is missing; `None` when something else stands there.
fn put_row(root: &mut Table, row: &FigureRow, report: &Report) -> Option<()> {
    let (table, key) = row.place();
    let mut entries: &mut dyn TableLike = root;
    let mut has_lines = true;
    for step in table.split('.') {
        if entries.get(step).is_none() {
            let mut new = Table::new();
            // A table that only holds others needs no header.
            new.set_implicit(true);
            entries.insert(step, Item::Table(new));
        }
        let item = entries.get_mut(step)?;
        has_lines = has_lines && item.is_table();
        entries = item.as_table_like_mut()?;
    }
    match entries.get_mut(key) {
        Some(Item::Value(value)) => {
            let mut new = changed(value, row, report)?;
            *new.decor_mut() = value.decor().clone();
            *value = new;
        }
        Some(Item::Table(columns)) => named(columns, row, report)?,
        Some(Item::None | Item::ArrayOfTables(_)) => return None,
        None => {
            let mut value: Value = row.value(report)?.parse().ok()?;
            if has_lines {
                value.decor_mut().set_suffix(format!("  # {}", row.name(report.form())));
            }
            entries.insert(key, Item::Value(value));
        }
    }
    Some(())
}

/// The value of a row with other figures; the marks between its parts stay.
fn changed(value: &Value, row: &FigureRow, report: &Report) -> Option<Value> {
    match value {
        Value::Array(array) if row.shape == Shape::List => {
            let mut array = array.clone();
            list(&mut array, row, report)?;
            Some(Value::Array(array))
        }
        Value::InlineTable(columns) if row.shape != Shape::Single => {
            let mut columns = columns.clone();
            let end = columns.iter().last().and_then(|(_, value)| blank_after(value));
            named(&mut columns, row, report)?;
            close_up(&mut columns, end.as_deref());
            Some(Value::InlineTable(columns))
        }
        // One 0 for the whole row says the same.
        Value::Integer(zero) if *zero.value() == 0 && is_all_zero(row, report) => {
            Some(value.clone())
        }
        Value::Integer(_) | Value::Float(_) => {
            let mut value = value.clone();
            replace(&mut value, &row.value(report)?)?;
            Some(value)
        }
        Value::String(_) if is_blank(value) => row.value(report)?.parse().ok(),
        // What is no figure was meant by somebody, and is not overwritten.
        _ => None,
    }
}

/// True if every column is 0, and a total is left out.
fn is_all_zero(row: &FigureRow, report: &Report) -> bool {
    row.columns.iter().all(|(key, figure)| match written(*figure, report) {
        Some(figure) => *key != TOTAL && figure == "0",
        None => *key == TOTAL,
    })
}

/// Changes the elements of a list that differ; a total that is new goes to the end.
fn list(array: &mut Array, row: &FigureRow, report: &Report) -> Option<()> {
    let n = row.columns.len();
    if array.len() != n && array.len() + 1 != n {
        return None;
    }
    for (i, (key, figure)) in row.columns.iter().enumerate() {
        match (array.get_mut(i), written(*figure, report)) {
            (Some(value), Some(figure)) => replace(value, &figure)?,
            (Some(_), None) if *key == TOTAL => {
                array.remove(i);
            }
            (Some(value), None) => replace(value, BLANK)?,
            (None, Some(figure)) => {
                let mut value: Value = figure.parse().ok()?;
                value.decor_mut().set_prefix(" ");
                array.push_formatted(value);
            }
            (None, None) => {}
        }
    }
    Some(())
}

/// Changes the columns of a table of columns that differ.
fn named(columns: &mut dyn TableLike, row: &FigureRow, report: &Report) -> Option<()> {
    for (key, figure) in &row.columns {
        match (columns.get_mut(key), written(*figure, report)) {
            (Some(item), Some(figure)) => replace(item.as_value_mut()?, &figure)?,
            // In a table that means 0 by what it does not name, the place must be kept.
            (Some(item), None) if row.shape == Shape::List && *key != TOTAL => {
                replace(item.as_value_mut()?, BLANK)?;
            }
            (Some(_), None) => {
                columns.remove(key);
            }
            // A column that is not named is 0 already.
            (None, Some(figure)) if row.shape == Shape::List && *key != TOTAL && figure == "0" => {}
            (None, Some(figure)) => {
                columns.insert(key, Item::Value(figure.parse().ok()?));
            }
            (None, None) if row.shape == Shape::List && *key != TOTAL => {
                columns.insert(key, Item::Value(BLANK.parse().ok()?));
            }
            (None, None) => {}
        }
    }
    Some(())
}

/// The blank before the closing brace stays behind the last column, whichever that is now.
fn close_up(columns: &mut InlineTable, end: Option<&str>) {
    let Some(end) = end else { return };
    let n = columns.len();
    for (i, (_, value)) in columns.iter_mut().enumerate() {
        if blank_after(value).is_some() {
            value.decor_mut().set_suffix(if i + 1 == n { end } else { "" });
        }
    }
}

/// The blanks behind a value, if nothing else stands there.
fn blank_after(value: &Value) -> Option<String> {
    let suffix = value.decor().suffix().and_then(|suffix| suffix.as_str()).unwrap_or_default();
    suffix.trim_matches(' ').is_empty().then(|| suffix.to_owned())
}

/// True if a value is a pair of quotes with nothing between them, which keeps the place of a figure.
fn is_blank(value: &Value) -> bool {
    value.as_str().is_some_and(|text| text.trim().is_empty())
}

/// Puts a figure in the place of a number, unless that is the same, with the blanks and remarks round
/// it kept.
fn replace(value: &mut Value, figure: &str) -> Option<()> {
    if !value.is_integer() && !value.is_float() && !is_blank(value) {
        return None;
    }
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

/// Puts remarks above a row, in the place of those that stood there before. Within a table on one
/// line there is no room for any.
fn remark(root: &mut Table, path: &FieldPath, lines: &[String], prefix: &str) -> Option<()> {
    let (table, key) = path.as_str().rsplit_once('.')?;
    let mut entries = root;
    for step in table.split('.') {
        entries = entries.get_mut(step)?.as_table_mut()?;
    }
    match entries.get_mut(key)? {
        Item::Table(row) if row.is_dotted() => {
            let first = row.iter().next()?.0.to_owned();
            replace_lines(row.key_mut(&first)?.leaf_decor_mut(), lines, prefix);
        }
        Item::Table(row) => replace_lines(row.decor_mut(), lines, prefix),
        _ => replace_lines(entries.key_mut(key)?.leaf_decor_mut(), lines, prefix),
    }
    Some(())
}

fn replace_lines(decor: &mut Decor, lines: &[String], prefix: &str) {
    let old = decor.prefix().and_then(|old| old.as_str()).unwrap_or_default();
    let (above, indent) = old.split_at(old.rfind('\n').map_or(0, |i| i + 1));
    let is_kept = |line: &&str| prefix.is_empty() || !line.trim_start().starts_with(prefix);
    let mut new: String = above.split_inclusive('\n').filter(is_kept).collect();
    for line in lines {
        new.push_str(indent);
        // Whatever a comment cannot hold becomes a blank.
        new.extend(line.chars().map(|c| if c.is_control() { ' ' } else { c }));
        new.push('\n');
    }
    new.push_str(indent);
    if new != old {
        decor.set_prefix(new);
    }
}
