//! The lines of a data file that keep the place of a row: filled, made, and filled again.

use std::ops::Range;

use super::super::rows::FigureRow;
use super::super::{SourceFile, tree};
use super::{entry_of, values};
use crate::report::{FieldPath, Report};

/// The mark before each line of a row whose figures were taken out.
pub const TAKEN_OUT: &str = "# 删去的：";

/// The text with rows taken out, and with missing rows where places are kept for them; and the rows
/// that must still be changed where they stand, or added.
///
/// # Errors
///
/// The row that is to be taken out and does not stand on lines of its own.
pub(super) fn fill<'a>(
    source: &SourceFile,
    rows: &[&'a FigureRow],
    report: &Report,
) -> Result<(String, Vec<&'a FigureRow>), &'a FigureRow> {
    let lines = Line::all(source);
    let mut pieces: Vec<(Range<usize>, String)> = Vec::new();
    let mut rest = Vec::new();
    for row in rows {
        let entry = entry_of(&source.tree, &row.path);
        match entry {
            Some(entry) if row.is_absent(report) => {
                pieces.push(taken_out(source.text(), entry).ok_or(*row)?);
            }
            Some(_) => rest.push(*row),
            None if row.is_absent(report) => {}
            None => match kept(&lines, row, report) {
                Some(piece) => pieces.push(piece),
                None => {
                    pieces.extend(put_back(&lines, row, report));
                    rest.push(row);
                }
            },
        }
    }
    pieces.sort_by_key(|(range, _)| range.start);
    let mut text = String::new();
    let mut at = 0;
    for (range, piece) in pieces {
        text.push_str(source.text().get(at..range.start).unwrap_or_default());
        text.push_str(&piece);
        at = range.end;
    }
    text.push_str(source.text().get(at..).unwrap_or_default());
    Ok((text, rest))
}

/// A line that is not within a value, with its end.
struct Line<'a> {
    start: usize,
    text: &'a str,
    /// The table in which it stands.
    table: &'a str,
}

impl<'a> Line<'a> {
    fn all(source: &'a SourceFile) -> Vec<Self> {
        let mut values = Vec::new();
        collect(&source.tree, &mut values);
        values.sort_by_key(|span| span.start);
        let mut lines = Vec::new();
        let (mut start, mut table, mut next) = (0, "", 0);
        for text in source.text().split_inclusive('\n') {
            let here = start;
            start += text.len();
            while values.get(next).is_some_and(|span| span.end <= here) {
                next += 1;
            }
            if values.get(next).is_some_and(|span| span.start < here) {
                continue;
            }
            if let Some(header) = text.trim_start_matches(['\u{feff}', ' ', '\t']).strip_prefix('[')
            {
                table = header.split(']').next().unwrap_or_default().trim();
            }
            lines.push(Self { start: here, text, table });
        }
        lines
    }

    fn range(&self) -> Range<usize> {
        self.start..self.start + self.text.len()
    }

    /// True if a key on this line, with dots or without, is that of a row.
    fn is_address_of(&self, name: &str, row: &FigureRow) -> bool {
        let name = name.trim();
        match row.path.as_str().strip_suffix(name) {
            Some(above) if !name.is_empty() => above.strip_suffix('.') == Some(self.table),
            _ => false,
        }
    }
}

/// The bytes of all values that are no tables of their own.
pub(super) fn collect(table: &tree::Table, into: &mut Vec<Range<usize>>) {
    for entry in table {
        collect_of(&entry.node, into);
    }
}

fn collect_of(node: &tree::Node, into: &mut Vec<Range<usize>>) {
    match &node.value {
        tree::Value::Table(inner) => collect(inner, into),
        tree::Value::Array(elements) => {
            // The tables of a list that stand under headers have lines between them.
            if elements.iter().any(|element| matches!(element.value, tree::Value::Table(_))) {
                elements.iter().for_each(|element| collect_of(element, into));
            } else {
                into.push(node.span.clone());
            }
        }
        _ => into.push(node.span.clone()),
    }
}

/// The line that a starter file keeps for a row (`#received = [ ]  # …`), filled.
fn kept(lines: &[Line<'_>], row: &FigureRow, report: &Report) -> Option<(Range<usize>, String)> {
    let value = row.value(report)?;
    lines.iter().find_map(|line| {
        let (name, rest) = line.text.strip_prefix('#')?.split_once('=')?;
        let (blank, remark) = rest.split_at(rest.find('#').unwrap_or(rest.trim_end().len()));
        // Whatever somebody typed there and put aside is no blank.
        let is_blank = blank
            .trim_matches([' ', '\t', '[', ']', '{', '}'])
            .split(',')
            .all(|piece| piece.trim().is_empty() || piece.trim_end().ends_with('='));
        let gap = if remark.starts_with('#') { "  " } else { "" };
        let filled = || format!("{name}= {value}{gap}{remark}");
        (is_blank && !name.starts_with(' ') && line.is_address_of(name, row))
            .then(|| (line.range(), filled()))
    })
}

/// The beginning of the line that a starter keeps for a row or a key, with its `#`.
pub(in super::super) fn kept_line(source: &SourceFile, path: &FieldPath) -> Option<usize> {
    let (table, key) = path.as_str().rsplit_once('.').unwrap_or(("", path.as_str()));
    let mut lines = Line::all(source).into_iter();
    lines.find_map(|line| {
        let (name, rest) = line.text.strip_prefix('#')?.split_once('=')?;
        let value = rest.split('#').next().unwrap_or_default();
        let is_blank = value.trim_matches([' ', '\t', '[', ']', '{', '}', '"', '\r', '\n']);
        let is_blank = is_blank
            .split(',')
            .all(|piece| piece.trim().is_empty() || piece.trim_end().ends_with('='));
        (is_blank && !name.starts_with(' ') && line.table == table && name.trim() == key)
            .then_some(line.start)
    })
}

/// The lines of a row as comments.
fn taken_out(text: &str, entry: &tree::Entry) -> Option<(Range<usize>, String)> {
    let start = text.get(..entry.key_span.start)?.rfind('\n').map_or(0, |i| i + 1);
    let end = entry.node.span.end;
    // A row within a table on one line, or one with a header of its own, is not a line of its own.
    let is_key = |c: char| c.is_ascii_alphanumeric() || "_-. \t".contains(c);
    if entry.key_span.end > end || !text.get(start..entry.key_span.start)?.chars().all(is_key) {
        return None;
    }
    let lines: Vec<String> =
        text.get(start..end)?.split('\n').map(|line| format!("{TAKEN_OUT}{line}")).collect();
    Some((start..end, lines.join("\n")))
}

/// The lines of a row whose figures were taken out, as they were; the last of them if there are several.
fn put_back(
    lines: &[Line<'_>],
    row: &FigureRow,
    report: &Report,
) -> Option<(Range<usize>, String)> {
    let old = |line: &Line<'_>| line.text.strip_prefix(TAKEN_OUT).map(str::to_owned);
    let first = lines.iter().rposition(|line| {
        let old = old(line).unwrap_or_default();
        old.split_once('=').is_some_and(|(name, _)| line.is_address_of(name, row))
    })?;
    let start = lines.get(first)?.start;
    let mut text = String::new();
    for line in lines.iter().skip(first) {
        text.push_str(&old(line)?);
        if values::takes(&text, row, report) {
            return Some((start..line.range().end, text));
        }
    }
    None
}
