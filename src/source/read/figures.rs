//! The figures of the three tables, row by row.

use std::str::FromStr;

use super::problem::type_name;
use super::{Field, Node, Reader, Value, codes, get};
use crate::diag::Place;
use crate::edition::{
    Axis, ChallengeColumn, DisclosureColumn, Form, NumberKind, Proceeding, RequestColumn,
    RequestRow,
};
use crate::report::{
    Challenges, Count, Disclosure, Entry, FieldPath, MAX_COUNT, Money, Number, Requests,
};

impl<'a> Reader<'a> {
    pub(super) fn disclosure(
        &mut self,
        node: &'a Node,
        path: &FieldPath,
        form: &Form,
        into: &mut Disclosure,
    ) {
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
            let columns: Vec<DisclosureColumn> =
                block.columns.iter().map(|(column, _)| *column).collect();
            match (columns.as_slice(), &field.node.value) {
                (_, Value::Text(text)) if text.trim().is_empty() => {}
                ([only], _) => into.cells[(row, *only)] = self.number(&field.node, only.kind()),
                (_, Value::Integer) if self.is_zero(&field.node) => {
                    for column in columns {
                        into.cells[(row, column)] = Entry::Value(Number::default());
                    }
                }
                (_, Value::Table(_)) => {
                    let names: Vec<&str> = columns.iter().map(|column| column.key()).collect();
                    let Some(cells) = self.figures(&field.node, &path, &names) else { continue };
                    for column in columns {
                        if let Some(cell) = get(cells, column.key()) {
                            into.cells[(row, column)] = self.number(&cell.node, column.kind());
                        }
                    }
                }
                _ => {
                    let each = columns.iter().map(|column| format!("{} = …", column.key()));
                    let each = each.collect::<Vec<_>>().join(", ");
                    let labels: Vec<&str> = block.columns.iter().map(|(_, label)| *label).collect();
                    let help =
                        format!("应写成 {{ {each} }}（{}），全部为零时写 0", labels.join("、"));
                    self.wrong_row(&field.node, path, &help);
                }
            }
        }
    }

    /// Reads the rows whose keys, relative to `path`, are given; a key with dots reaches into sub-tables.
    pub(super) fn requests(
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

    pub(super) fn challenges(
        &mut self,
        node: &'a Node,
        path: &FieldPath,
        form: &Form,
        into: &mut Challenges,
    ) {
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
            // Empty quotes keep a place.
            Value::Text(text) if text.trim().is_empty() => Vec::new(),
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
                self.unclear.push(path.clone());
                let place = Place::Value(path.clone());
                self.report_error(codes::WRONG_LENGTH, place, message, "", help);
                Vec::new()
            }
            Value::Table(table) if !table.is_empty() => {
                self.row_of_columns(node, path, parts, total)
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

    /// A row written as a table of its columns; a column that is left out is 0.
    fn row_of_columns<C: Axis>(
        &mut self,
        node: &'a Node,
        path: &FieldPath,
        parts: &[C],
        total: &[C],
    ) -> Vec<(C, Entry)> {
        let known: Vec<&str> = parts.iter().chain(total).map(|c| c.key()).collect();
        let Some(cells) = self.figures(node, path, &known) else { return Vec::new() };
        let entry = |reader: &mut Self, column: C| {
            get(cells, column.key()).map(|cell| (column, reader.count(&cell.node)))
        };
        // What a key that is not understood stands for may be any of the columns left out.
        let understood = cells.iter().all(|cell| known.contains(&cell.key.as_str()));
        let left_out = if understood { Entry::Value(0) } else { Entry::Absent };
        if !understood {
            self.unclear.push(path.clone());
        }
        let or_left_out = |reader: &mut Self, column: C| {
            entry(reader, column).unwrap_or_else(|| (column, left_out.clone()))
        };
        let mut row: Vec<(C, Entry)> =
            parts.iter().map(|column| or_left_out(self, *column)).collect();
        row.extend(total.iter().filter_map(|column| entry(self, *column)));
        row
    }

    fn wrong_row(&mut self, node: &Node, path: FieldPath, help: &str) {
        let message = match node.value {
            Value::Integer => format!("整行只写一个数时只能写 0，这里写的是 {}", self.typed(node)),
            _ => format!("这一行应是数据，这里是{}", type_name(&node.value)),
        };
        self.unclear.push(path.clone());
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

    fn number(&mut self, node: &Node, kind: NumberKind) -> Entry<Number> {
        match kind {
            NumberKind::Count => self.count(node).map(Number::from),
            NumberKind::Amount => self.money(node).map(Number::from),
            NumberKind::Change => self.change(node),
        }
    }

    pub(super) fn count(&mut self, node: &Node) -> Entry<Count> {
        let typed = self.typed(node);
        let digits = typed.strip_prefix('+').unwrap_or(typed).replace('_', "");
        match &node.value {
            Value::Text(text) if text.trim().is_empty() => Entry::Absent,
            Value::Integer => digits
                .parse()
                .ok()
                .filter(|count| *count <= MAX_COUNT)
                .map_or_else(|| Entry::Unusable(typed.to_owned()), Entry::Value),
            _ => Entry::Unusable(typed.to_owned()),
        }
    }

    pub(super) fn money(&mut self, node: &Node) -> Entry<Money> {
        let typed = self.typed(node);
        let digits = typed.strip_prefix('+').unwrap_or(typed).replace('_', "");
        let plain = digits.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        match &node.value {
            Value::Text(text) if text.trim().is_empty() => Entry::Absent,
            Value::Integer | Value::Float if plain => Money::from_str(&digits)
                .ok()
                .filter(|money| *money <= Money::from(MAX_COUNT) && money.to_string() == digits)
                .map_or_else(|| Entry::Unusable(typed.to_owned()), Entry::Value),
            _ => Entry::Unusable(typed.to_owned()),
        }
    }

    /// A whole number that may be typed with its sign, which is kept.
    fn change(&mut self, node: &Node) -> Entry<Number> {
        let typed = self.typed(node);
        let plus = typed.starts_with('+');
        let digits = typed.strip_prefix('+').unwrap_or(typed).replace('_', "");
        let number = Money::from_str(&digits).ok().filter(|number| {
            number.is_integer()
                && number.abs() <= Money::from(MAX_COUNT)
                && number.to_string() == digits
        });
        match (&node.value, number) {
            (Value::Text(text), _) if text.trim().is_empty() => Entry::Absent,
            (Value::Integer, Some(value)) => Entry::Value(Number { value, plus }),
            _ => Entry::Unusable(typed.to_owned()),
        }
    }

    fn is_zero(&self, node: &Node) -> bool {
        self.typed(node) == "0"
    }
}

fn first_key(key: &'static str) -> &'static str {
    key.split_once('.').map_or(key, |(first, _)| first)
}
