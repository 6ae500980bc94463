//! Keys that are no figures, put into a data file: byte for byte, so that nothing round them moves.

use std::ops::Range;

use super::super::keys::{KEY_TABLES, Key, KeyKind, KeyTable, KeyValue};
use super::super::literal::{key_of, literal, quoted};
use super::super::tree::{self, Value};
use super::super::write::value_of;
use super::super::{SourceFile, read};
use super::EditError;
use crate::report::{FieldPath, Report, RuleLevel};

/// True if two reports differ in any value that is no figure.
pub(super) fn differ(one: &Report, other: &Report) -> bool {
    KEY_TABLES.iter().any(|table| {
        table.count(one) != table.count(other)
            || (0..table.count(one)).any(|i| !is_same(table, (one, i), (other, i)))
    }) || one.settings.levels != other.settings.levels
}

/// The text of a data file with the values of a report, its figures aside, in the place of those that differ.
///
/// A value that is there is replaced where it stands. One that is not takes the line that a starter keeps for
/// it, or a line of its own behind the others of its table. One that is taken out leaves such a line. Elements of
/// lists that are gone take their lines with them, and new ones come between the others, which keep their lines.
pub(super) fn put(source: &SourceFile, report: &Report) -> Result<String, EditError> {
    let mut text = source.text().to_owned();
    for table in KEY_TABLES.iter().filter(|table| table.list.is_some()) {
        text = elements(&text, table, report)?;
    }
    let (_, old) = parse(&text)?;
    for table in KEY_TABLES {
        for index in 0..table.count(report) {
            for key in table.keys.iter().filter(|key| key.field.is_some()) {
                if says(key, index, &old) != says(key, index, report) {
                    text = value(&text, table, index, key, report)?;
                }
            }
        }
    }
    levels(&text, report)
}

fn parse(text: &str) -> Result<(SourceFile, Report), EditError> {
    let source = SourceFile::parse("edit", text);
    let report = read(&source).0.ok_or(EditError::Unreadable)?;
    Ok((source, report))
}

/// True if an element of a list, or a table, holds the same in two reports.
fn is_same(table: &KeyTable, one: (&Report, usize), other: (&Report, usize)) -> bool {
    table.keys.iter().all(|key| says(key, one.1, one.0) == says(key, other.1, other.0))
}

/// The value of a key; a text of nothing but blanks says nothing.
fn says(key: &Key, index: usize, report: &Report) -> Option<KeyValue> {
    match value_of(key, index, report) {
        Some(KeyValue::Text(text)) if text.trim().is_empty() => None,
        // Whatever the ends of its lines.
        Some(KeyValue::Text(text)) => Some(KeyValue::Text(text.replace("\r\n", "\n"))),
        other => other,
    }
}

/// Takes out elements that are gone and makes room for new ones.
fn elements(text: &str, table: &KeyTable, report: &Report) -> Result<String, EditError> {
    let (source, old) = parse(text)?;
    let (before, after) = (table.count(&old), table.count(report));
    if before == after {
        return Ok(text.to_owned());
    }
    let blocks = blocks(&source, table);
    if blocks.len() != before {
        return Err(EditError::Altered);
    }
    let place = gap(table, &old, report);
    if after < before {
        let gone = &blocks[place..place + before - after];
        let range =
            gone.first().map_or(0, |block| block.start)..gone.last().map_or(0, |block| block.end);
        return Ok(format!("{}{}", &text[..range.start], &text[range.end..]));
    }
    let name = table.name.trim_end_matches("[]");
    let mut new = String::new();
    let is_first = place == 0 && before > 0;
    for index in place..place + after - before {
        new.push_str(&format!("{}[[{name}]]\n", if is_first { "" } else { "\n" }));
        for key in table.keys {
            if let Some(value) = value_of(key, index, report) {
                new.push_str(&format!("{} = {}\n", key.name, literal(&value)));
            }
        }
        new.push_str(if is_first { "\n" } else { "" });
    }
    let at = match (place.checked_sub(1).map(|last| &blocks[last]), blocks.first()) {
        (Some(last), _) => last.end,
        (None, Some(first)) => comment_start(text, first.start),
        (None, None) => {
            match name.rsplit_once('.').and_then(|(above, _)| table_end(&source, above)) {
                Some(end) => end,
                None => text.len(),
            }
        }
    };
    Ok(insert(text, at, &new))
}

/// The place in the longer one of two lists where it has those that the other has not, such that as many values as can
/// be are the same in what stands before and behind it.
fn gap(table: &KeyTable, old: &Report, new: &Report) -> usize {
    let (before, after) = (table.count(old), table.count(new));
    let same = |i: usize, j: usize| {
        table.keys.iter().filter(|key| says(key, i, old) == says(key, j, new)).count()
    };
    let n = before.min(after);
    let behind = |i: usize| same(i + before - n, i + after - n);
    let mut score: usize = (0..n).map(behind).sum();
    let mut best = (score, 0);
    for i in 0..n {
        score = score + same(i, i) - behind(i);
        best = best.max((score, i + 1));
    }
    best.1
}

/// The start of the comment right above a line, or of the line.
fn comment_start(text: &str, line: usize) -> usize {
    let mut start = line;
    while start > 0 {
        let above = line_start(text, start - 1);
        if !text[above..start].starts_with('#') {
            break;
        }
        start = above;
    }
    start
}

/// Puts lines in before a byte, with the line ends of the file.
fn insert(text: &str, at: usize, lines: &str) -> String {
    let lines = if text.contains("\r\n") { lines.replace('\n', "\r\n") } else { lines.to_owned() };
    let gap = if text[..at].is_empty() || text[..at].ends_with('\n') { "" } else { "\n" };
    format!("{}{gap}{lines}{}", &text[..at], &text[at..])
}

/// The lines of each element of a list, from its head to before the next head; comments right above the
/// next head are left to that.
fn blocks(source: &SourceFile, table: &KeyTable) -> Vec<Range<usize>> {
    let path = FieldPath::new(table.name.trim_end_matches("[]"));
    let Some(entry) = super::entry_of(&source.tree, &path) else { return Vec::new() };
    let Value::Array(elements) = &entry.node.value else { return Vec::new() };
    let heads: Vec<usize> =
        elements.iter().map(|element| line_start(source.text(), element.span.start)).collect();
    heads.iter().map(|start| *start..section_end(source, *start)).collect()
}

/// The end of the lines of a table that has a head of its own.
fn table_end(source: &SourceFile, name: &str) -> Option<usize> {
    let head = format!("[{name}]");
    let start = lines(source).find(|line| line.text.trim_start().starts_with(&head))?.start;
    Some(section_end(source, start))
}

/// The end of the section that begins with the head at a byte: behind its last line that is neither blank nor
/// a comment.
fn section_end(source: &SourceFile, start: usize) -> usize {
    let mut end = start;
    for line in lines(source).filter(|line| line.start >= start) {
        let words = line.text.trim();
        if line.start > start && words.starts_with('[') {
            break;
        }
        if !words.is_empty() && !words.starts_with('#') {
            end = line.end;
        }
    }
    end
}

struct Line<'a> {
    start: usize,
    /// With the lines of the value that begins on it.
    end: usize,
    text: &'a str,
}

/// The lines of a file, each with all lines of the value that begins on it.
fn lines(source: &SourceFile) -> impl Iterator<Item = Line<'_>> {
    let text = source.text();
    let mut values = Vec::new();
    super::places::collect(&source.tree, &mut values);
    values.sort_by_key(|span| span.start);
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at;
        let first = text.get(start..).filter(|rest| !rest.is_empty())?;
        let mut end = start + first.find('\n').map_or(first.len(), |i| i + 1);
        while let Some(value) = values.iter().find(|span| span.start < end && span.end > end) {
            end = text[value.end..].find('\n').map_or(text.len(), |i| value.end + i + 1);
        }
        at = end;
        let own = first.find('\n').map_or(first, |i| &first[..i]);
        Some(Line { start, end, text: own })
    })
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |i| i + 1)
}

/// The text with one value as the report has it.
fn value(
    text: &str,
    table: &KeyTable,
    index: usize,
    key: &Key,
    report: &Report,
) -> Result<String, EditError> {
    let (source, old) = parse(text)?;
    let new = says(key, index, report);
    if says(key, index, &old) == new || key.kind == KeyKind::Count || key.kind == KeyKind::Money {
        return Ok(text.to_owned());
    }
    let node = node_at(&source.tree, &table.address(index), key.name);
    let new = new.map(|value| literal(&value));
    let new = new.map(|new| if text.contains("\r\n") { new.replace('\n', "\r\n") } else { new });
    match (node, new) {
        (Some((_, node)), Some(new)) => Ok(replaced(text, node.span.clone(), &new)),
        (Some((_, node)), None) if key.kind.is_quoted() => {
            Ok(replaced(text, node.span.clone(), "\"\""))
        }
        (Some((start, node)), None) => {
            // A line from which it can be filled again.
            let line = line_start(text, start);
            let taken = replaced(text, node.span.clone(), "");
            Ok(format!("{}#{}", &taken[..line], &taken[line..]))
        }
        (None, Some(new)) => Ok(added(&source, table, index, key, &new, report)),
        (None, None) => Ok(text.to_owned()),
    }
}

fn replaced(text: &str, range: Range<usize>, new: &str) -> String {
    format!("{}{new}{}", &text[..range.start], &text[range.end..])
}

/// The place of a key and that of its value, if it is written.
fn node_at<'a>(
    tree: &'a tree::Table,
    table: &FieldPath,
    key: &str,
) -> Option<(usize, &'a tree::Node)> {
    use crate::report::Step;
    let mut entries: &'a [tree::Entry] = tree;
    let mut elements: &'a [tree::Node] = &[];
    for step in table.steps() {
        let inner = match step {
            Step::Key(name) => &tree::get(entries, name)?.node,
            Step::Index(index) => elements.get(index)?,
        };
        let (table, list): (&[tree::Entry], &[tree::Node]) = match &inner.value {
            Value::Table(table) => (table.as_slice(), &[]),
            Value::Array(nodes) => (&[], nodes.as_slice()),
            Value::Text(_) | Value::Integer | Value::Float | Value::Boolean(_) | Value::Date(_) => {
                return None;
            }
        };
        (entries, elements) = (table, list);
    }
    tree::get(entries, key).map(|entry| (entry.key_span.start, &entry.node))
}

/// The text with a key that was not there: on the line kept for it, else behind the last of its table.
fn added(
    source: &SourceFile,
    table: &KeyTable,
    index: usize,
    key: &Key,
    new: &str,
    report: &Report,
) -> String {
    let text = source.text();
    let entry = format!("{} = {new}", key.name);
    let Some((start, end)) = extent(source, table, index) else {
        return with_table(source, table, &entry, report);
    };
    let next = lines(source)
        .find(|line| line.start > start && line.text.trim_start().starts_with('['))
        .map_or(text.len(), |line| line.start);
    let kept = lines(source).filter(|line| line.start >= start && line.start < next).find(|line| {
        let Some(rest) = line.text.strip_prefix('#') else { return false };
        rest.split_once('=').is_some_and(|(name, _)| name.trim() == key.name)
    });
    match kept {
        Some(line) if key.kind != KeyKind::Text => {
            let remark = line.text[1..].find('#').map_or("", |at| line.text[1 + at..].trim_end());
            let gap = if remark.is_empty() { "" } else { "  " };
            let end = line.start + line.text.trim_end_matches('\r').len();
            replaced(text, line.start..end, &format!("{entry}{gap}{remark}"))
        }
        Some(_) | None => insert(text, end.max(start), &format!("{entry}\n")),
    }
}

/// The bytes at which a table, or that element of a list, begins and its last key ends; `None` where it has no
/// head.
fn extent(source: &SourceFile, table: &KeyTable, index: usize) -> Option<(usize, usize)> {
    if table.name.is_empty() {
        let is_head = |line: &Line<'_>| line.text.trim_start().starts_with('[');
        let own = lines(source).take_while(|line| !is_head(line)).filter(|line| {
            let words = line.text.trim();
            !words.is_empty() && !words.starts_with('#')
        });
        let end = own.last().map(|line| line.end);
        let head = || lines(source).find(is_head).map_or(source.text().len(), |line| line.start);
        return Some((0, end.unwrap_or_else(head)));
    }
    let start = match table.list {
        Some(_) => blocks(source, table).get(index)?.start,
        None => {
            let head = format!("[{}]", table.name);
            lines(source).find(|line| line.text.trim_start().starts_with(&head))?.start
        }
    };
    Some((start, section_end(source, start)))
}

/// The text with a table that was not there and the first key in it: below the head that a starter keeps for it,
/// else at the end.
fn with_table(source: &SourceFile, table: &KeyTable, entry: &str, report: &Report) -> String {
    let text = source.text();
    let head = format!("[{}]", table.name);
    let is_head = |line: &str| line.trim_start_matches(['#', ' ']).starts_with(&head);
    let kept = lines(source).find(|line| is_head(line.text));
    match kept.filter(|line| line.text.starts_with('#')) {
        Some(kept) => {
            let open = format!("{}{}", &text[..kept.start], &text[kept.start + 1..]);
            insert(&open, kept.end - 1, &format!("{entry}\n"))
        }
        None => {
            let label = table.label(report.edition);
            insert(text, text.len(), &format!("\n{head}  # {label}\n{entry}\n"))
        }
    }
}

/// The text with how grave rules are: what stays as it is keeps its line.
fn levels(text: &str, report: &Report) -> Result<String, EditError> {
    let name = "rules.severity";
    let table = KEY_TABLES.iter().find(|table| table.name == name);
    let mut text = text.to_owned();
    let n_before = parse(&text)?.1.settings.levels.len();
    // Each turn makes one of them right.
    for _ in 0..=n_before + report.settings.levels.len() {
        let (source, old) = parse(&text)?;
        let (old, new) = (&old.settings.levels, &report.settings.levels);
        if old == new {
            return Ok(text);
        }
        let is_headed =
            lines(&source).any(|line| line.text.trim_start().starts_with("[rules.severity]"));
        let at = |code: &str| node_at(&source.tree, &FieldPath::new(name), code);
        let whole = node_at(&source.tree, &FieldPath::new("rules"), "severity");
        let level_of = |all: &[(String, RuleLevel)], code: &str| {
            all.iter().find(|(known, _)| known == code).map(|(_, level)| *level)
        };
        let gone = old.iter().find(|(code, _)| level_of(new, code).is_none());
        let changed = new.iter().find(|(code, level)| level_of(old, code) != Some(*level));
        text = match (gone, changed, whole) {
            (_, _, Some((_, whole))) if !is_headed => {
                // All on one line, or with keys of several parts.
                let all: Vec<String> = new
                    .iter()
                    .map(|(code, level)| format!("{} = {}", key_of(code), quoted(level.key())))
                    .collect();
                let one_line =
                    replaced(&text, whole.span.clone(), &format!("{{ {} }}", all.join(", ")));
                return Ok(one_line);
            }
            (Some((code, _)), _, _) => {
                let start = at(code).ok_or(EditError::Altered)?.0;
                let line = line_start(&text, start);
                let end = text[start..].find('\n').map_or(text.len(), |i| start + i + 1);
                replaced(&text, line..end, "")
            }
            (None, Some((code, level)), _) => {
                let (entry, level) = (key_of(code), quoted(level.key()));
                match at(code) {
                    Some((_, node)) => replaced(&text, node.span.clone(), &level),
                    None => {
                        let table = table.ok_or(EditError::Altered)?;
                        let entry = format!("{entry} = {level}");
                        match extent(&source, table, 0) {
                            Some((start, end)) => {
                                let head =
                                    text[start..].find('\n').map_or(text.len(), |i| start + i + 1);
                                insert(&text, end.max(head), &format!("{entry}\n"))
                            }
                            None => with_table(&source, table, &entry, report),
                        }
                    }
                }
            }
            // The same ones in another order.
            (None, None, _) => return Err(EditError::Altered),
        };
    }
    Err(EditError::Altered)
}
