//! Puts figures into a data file and leaves everything else in it as it is.

use toml_edit::{Array, DocumentMut, InlineTable, Item, Table, TableLike, Value};

use super::{SourceFile, read, tree};
use crate::report::{FieldPath, Report, Step};

/// The figures of one row, to be put into a data file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The address of the row.
    pub path: FieldPath,
    /// The keys of its columns, in order, each with its figure as it is written; a row that is its own
    /// cell has one column with an empty key.
    pub cells: Vec<(&'static str, String)>,
    /// The total, which is put only where one stands already.
    pub total: Option<String>,
    /// Whether the columns may be written as a list.
    pub is_list: bool,
    /// Whether the row is put only where it stands already.
    pub is_optional: bool,
    /// The lines of comment that are to stand above it, each with its `#`.
    pub comments: Vec<String>,
}

/// Puts rows into a data file that can be read.
///
/// A row that stands there keeps its form, its place and what is remarked beside it; only its figures change. A
/// row that is missing takes the line that a starter file keeps for it (`#licences =   # …`), or else the end of
/// its table. Comments above a row that begin with `prefix` were put
/// there before and are replaced.
///
/// # Errors
///
/// When the file cannot be read, or a row stands there in a form that cannot take the figures; nothing
/// but those figures ever changes, which is made sure of by reading the new text back.
pub fn put(source: &SourceFile, rows: &[Row], prefix: &str) -> Result<String, String> {
    let broken = || "数据文件有语法错误，请先改正".to_owned();
    let (before, _) = read(source);
    let before = before.ok_or_else(broken)?;
    let text = source.text();
    let mark = if text.starts_with('\u{feff}') { "\u{feff}" } else { "" };
    let windows = text.contains("\r\n");
    let plain = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    let mut plain = plain;
    for row in rows.iter().filter(|row| !row.is_optional && !stands_there(source, &row.path)) {
        plain = in_kept_place(&plain, row).unwrap_or(plain);
    }
    let mut document: DocumentMut = plain.parse().map_err(|_| broken())?;
    for row in rows {
        put_row(document.as_table_mut(), row, prefix)
            .ok_or_else(|| format!("不能写入 {}：这一行的写法不对，请先改正", row.path))?;
    }
    let new = document.to_string();
    let new = if windows { new.replace('\n', "\r\n") } else { new };
    let new = format!("{mark}{new}");
    let after = read(&SourceFile::parse(source.name(), new.as_str())).0;
    match after.filter(|after| only_figures_differ(&before, after)) {
        Some(_) => Ok(new),
        None => Err("写入后读回的内容与原文件不一致，没有写入；请手工填写".to_owned()),
    }
}

/// Whether two reports are the same but for their figures.
fn only_figures_differ(before: &Report, after: &Report) -> bool {
    let mut before = before.clone();
    before.disclosure = after.disclosure.clone();
    before.requests = after.requests.clone();
    before.challenges = after.challenges.clone();
    before.other.handling_fee = after.other.handling_fee.clone();
    before == *after
}

/// Whether a row is written in the file, right or wrong.
fn stands_there(source: &SourceFile, path: &FieldPath) -> bool {
    let mut entries = Some(&source.tree);
    let mut found = true;
    for step in path.steps() {
        let Step::Key(key) = step else { return false };
        let entry = entries.and_then(|entries| tree::get(entries, key));
        found = entry.is_some();
        entries = entry.and_then(|entry| match &entry.node.value {
            tree::Value::Table(inner) => Some(inner),
            _ => None,
        });
    }
    found
}

/// The text with a row on the line that is kept for it; `None` when there is no such line.
fn in_kept_place(text: &str, row: &Row) -> Option<String> {
    let (table, key) = row.path.as_str().rsplit_once('.')?;
    let mut here = false;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        if let Some(name) = line.strip_prefix('[') {
            here = name.split(']').next() == Some(table);
            continue;
        }
        let Some((name, rest)) = line.strip_prefix('#').and_then(|kept| kept.split_once('='))
        else {
            continue;
        };
        let (blank, remark) = rest.split_at(rest.find('#').unwrap_or(rest.trim_end().len()));
        // Whatever somebody typed there and put aside is no blank.
        let is_blank = blank
            .trim_matches([' ', '\t', '[', ']', '{', '}'])
            .split(',')
            .all(|piece| piece.trim().is_empty() || piece.trim_end().ends_with('='));
        if here && name.trim_end() == key && is_blank {
            let gap = if remark.starts_with('#') { "  " } else { "" };
            let value = fresh(row)?.to_string();
            let filled = format!("{name}= {}{gap}{remark}", value.trim());
            return Some(format!("{}{filled}{}", &text[..start], &text[at..]));
        }
    }
    None
}

/// Puts a row into its table, which is made if it is missing; `None` when something else stands there.
fn put_row(root: &mut Table, row: &Row, prefix: &str) -> Option<()> {
    let steps = row.path.steps();
    let (Step::Key(key), above) = steps.split_last()? else { return None };
    let mut table: &mut dyn TableLike = root;
    for step in above {
        let Step::Key(name) = step else { return None };
        if table.get(name).is_none() {
            if row.is_optional {
                return Some(());
            }
            let mut new = Table::new();
            new.decor_mut().set_prefix("\n");
            table.insert(name, Item::Table(new));
        }
        table = table.get_mut(name)?.as_table_like_mut()?;
    }
    match table.get_mut(key) {
        Some(Item::Value(value)) => {
            let new = changed(value, row)?;
            let decor = value.decor().clone();
            *value = new;
            *value.decor_mut() = decor;
        }
        Some(Item::Table(inner)) => put_cells(inner, row)?,
        Some(Item::None | Item::ArrayOfTables(_)) => return None,
        None if row.is_optional => return Some(()),
        None => {
            table.insert(key, Item::Value(fresh(row)?));
        }
    }
    comment(table, key, row, prefix);
    Some(())
}

/// The value that stands there with the figures of the row; the marks between its parts stay.
fn changed(value: &Value, row: &Row) -> Option<Value> {
    match value {
        Value::Array(array) if row.is_list => {
            let mut array = array.clone();
            let total = row.total.iter().cloned();
            let figures: Vec<String> =
                row.cells.iter().map(|(_, figure)| figure.clone()).chain(total).collect();
            if array.len() != row.cells.len() && array.len() != figures.len() {
                return None;
            }
            for (old, new) in array.iter_mut().zip(&figures) {
                replace(old, new)?;
            }
            Some(Value::Array(array))
        }
        Value::InlineTable(table) => {
            let mut table = table.clone();
            let n = table.len();
            put_cells(&mut table, row)?;
            close_up(&mut table, n);
            Some(Value::InlineTable(table))
        }
        Value::Integer(_) | Value::Float(_) => {
            let zero = value.as_integer() == Some(0) && row.cells.iter().all(|(_, f)| is_zero(f));
            if zero { Some(value.clone()) } else { fresh(row) }
        }
        Value::Array(_) | Value::String(_) | Value::Boolean(_) | Value::Datetime(_) => None,
    }
}

/// Puts figures into a row that is written as a table; a column that is left out there stands for 0.
fn put_cells(table: &mut dyn TableLike, row: &Row) -> Option<()> {
    let total = row.total.iter().map(|total| ("total", total));
    for (key, figure) in row.cells.iter().map(|(key, figure)| (*key, figure)).chain(total) {
        match table.get_mut(key) {
            Some(item) => replace(item.as_value_mut()?, figure)?,
            None if key == "total" || (row.is_list && is_zero(figure)) => {}
            None => {
                table.insert(key, Item::Value(number(figure)?));
            }
        }
    }
    Some(())
}

/// The blank before the closing brace goes behind what has been put after the first `n` values.
fn close_up(table: &mut InlineTable, n: usize) {
    let last = table.len().saturating_sub(1);
    if table.len() == n || n == 0 {
        return;
    }
    for (i, (_, value)) in table.iter_mut().enumerate() {
        let suffix = value.decor().suffix().and_then(|suffix| suffix.as_str());
        if i + 1 == n && suffix == Some(" ") {
            value.decor_mut().set_suffix("");
        } else if i == last {
            value.decor_mut().set_suffix(" ");
        }
    }
}

/// Puts another number in the place of one, with the blanks and remarks round it; one that says the same stays.
fn replace(value: &mut Value, figure: &str) -> Option<()> {
    let typed = value.to_string().replace('_', "");
    if typed.trim().trim_start_matches('+') != figure {
        let decor = value.decor().clone();
        *value = number(figure)?;
        *value.decor_mut() = decor;
    }
    Some(())
}

/// A row as it is written where none stood.
fn fresh(row: &Row) -> Option<Value> {
    if let [("", figure)] = row.cells.as_slice() {
        return number(figure);
    }
    if row.is_list {
        if row.cells.iter().all(|(_, figure)| is_zero(figure)) {
            return number("0");
        }
        let mut array = Array::new();
        for (_, figure) in &row.cells {
            array.push(number(figure)?);
        }
        return Some(Value::Array(array));
    }
    let mut table = InlineTable::new();
    for (key, figure) in &row.cells {
        table.insert(*key, number(figure)?);
    }
    Some(Value::InlineTable(table))
}

/// A number with the digits it was given with.
fn number(figure: &str) -> Option<Value> {
    figure.parse().ok().filter(|value: &Value| value.is_integer() || value.is_float())
}

fn is_zero(figure: &str) -> bool {
    figure == "0"
}

/// Puts the comments of a row above it, in the place of those that stood there before.
fn comment(table: &mut dyn TableLike, key: &str, row: &Row, prefix: &str) {
    // Nothing can be remarked inside a table on one line.
    if table.is_dotted() {
        return;
    }
    let Some(mut key) = table.key_mut(key) else { return };
    let decor = key.leaf_decor_mut();
    let old = decor.prefix().and_then(|old| old.as_str()).unwrap_or_default();
    let mut new: String =
        old.split_inclusive('\n').filter(|line| !line.trim_start().starts_with(prefix)).collect();
    for line in &row.comments {
        new.push_str(line);
        new.push('\n');
    }
    if new != old {
        decor.set_prefix(new);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "format = \"2021\"\n[report]\nyear = 2023\n";

    fn row(path: &str, figures: &[&str], total: Option<&str>) -> Row {
        const KEYS: [&str; 6] =
            ["natural_person", "business", "research", "public_welfare", "legal_service", "other"];
        let cells = match figures {
            [one] => vec![("", (*one).to_owned())],
            many => KEYS.iter().copied().zip(many.iter().map(|f| (*f).to_owned())).collect(),
        };
        Row {
            path: FieldPath::new(path),
            cells,
            total: total.map(str::to_owned),
            is_list: figures.len() > 1,
            is_optional: false,
            comments: vec!["# 汇总：甲 1".to_owned()],
        }
    }

    fn put_into(text: &str, rows: &[Row]) -> Result<String, String> {
        put(&SourceFile::parse("t.toml", format!("{HEAD}{text}")), rows, "# 汇总：")
            .map(|new| new.strip_prefix(HEAD).unwrap_or(&new).to_owned())
    }

    #[test]
    fn a_row_keeps_its_form_and_its_remarks() {
        let six = ["1", "0", "0", "0", "5", "0"];
        let new = put_into(
            "[requests]\n# 台账已核对\nreceived    = [ 107, 0, 0, 0, 12, 9, 128]   # 新收\n\
             carried_in = { business = 2, total = 2 } # 上年\ncarried_out = 0 # 结转\n",
            &[
                row("requests.received", &six, Some("6")),
                row("requests.carried_in", &six, Some("6")),
                row("requests.carried_out", &["0"; 6], Some("0")),
            ],
        );
        assert_eq!(
            new.unwrap(),
            "[requests]\n# 台账已核对\n# 汇总：甲 1\nreceived    = [ 1, 0, 0, 0, 5, 0, 6]   # 新收\n\
             # 汇总：甲 1\ncarried_in = { business = 0, total = 6, natural_person = 1, legal_service = 5 } # 上年\n\
             # 汇总：甲 1\ncarried_out = 0 # 结转\n"
        );
    }

    #[test]
    fn putting_twice_is_putting_once() {
        let rows = [
            row("disclosure.fees", &["12.50"], None),
            row("requests.outcome.refused.state_secret", &["0", "2", "0", "0", "0", "0"], None),
        ];
        let once = put_into("\n[other]\ntext = '''\n没有。\n'''\n", &rows).unwrap();
        assert!(once.contains("# 汇总：甲 1\nfees = 12.50\n"), "{once}");
        assert!(once.contains("state_secret = [0, 2, 0, 0, 0, 0]\n"), "{once}");
        assert_eq!(put_into(&once, &rows).unwrap(), once);
    }

    #[test]
    fn a_row_takes_the_line_that_is_kept_for_it() {
        let rows = [
            row("requests.received", &["1", "0", "0", "0", "0", "0"], Some("1")),
            row("disclosure.licences", &["7"], None),
        ];
        let text = "[disclosure]\n#licences            =   # 行政许可；本年\n#penalties = \n\n\
                    [requests]  # 三\n# 说明 = 无\n#received    = [ ]  # 新收\n";
        assert_eq!(
            put_into(text, &rows).unwrap(),
            "[disclosure]\n# 汇总：甲 1\nlicences            = 7  # 行政许可；本年\n#penalties = \n\n\
             [requests]  # 三\n# 说明 = 无\n# 汇总：甲 1\nreceived    = [1, 0, 0, 0, 0, 0]  # 新收\n"
        );
        // What was typed and put aside stays.
        let aside = "[disclosure]\n#licences = 5\n";
        let new = put_into(aside, &rows[1..]).unwrap();
        assert_eq!(new, "[disclosure]\n# 汇总：甲 1\nlicences = 7\n#licences = 5\n");
    }

    #[test]
    fn line_ends_and_mark_of_a_windows_editor_stay() {
        let text = "\u{feff}format = \"2021\"\r\n[report]\r\nyear = 2023\r\n[disclosure]\r\nlicences = 3 # 许可\r\n";
        let source = SourceFile::parse("t.toml", text);
        let new = put(&source, &[row("disclosure.licences", &["4"], None)], "# 汇总：").unwrap();
        assert_eq!(new, text.replace("licences = 3", "# 汇总：甲 1\r\nlicences = 4"));
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        let rows = [row("requests.received", &["0"; 6], None)];
        assert!(put_into("[requests]\nreceived = [1, 2]\n", &rows).is_err());
        assert!(put_into("[requests]\nreceived = \"三\"\n", &rows).is_err());
        assert!(put_into("[requests\n", &rows).is_err());
    }
}
