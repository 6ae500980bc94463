//! A problem with a value: its place, what to do, and the value that was meant.

use super::super::names;
use super::super::syntax::value;
use super::{Node, Reader, Value, codes};
use crate::diag::{Diagnostic, Place, Repair, Severity};
use crate::report::FieldPath;

impl<'a> Reader<'a> {
    pub(super) fn wrong_type(&mut self, node: &Node, path: FieldPath, expected: &str, help: &str) {
        let message = format!("这里应是{expected}，写的是{}", type_name(&node.value));
        self.unclear.push(path.clone());
        let right = self.meant(node, &path);
        let help = right.as_ref().map_or_else(|| help.to_owned(), |right| format!("写成 {right}"));
        self.report_error(codes::WRONG_TYPE, Place::Value(path.clone()), message, "", help);
        self.repair_last(right.and_then(|right| Some(right.split_once(" = ")?.1.to_owned())), path);
    }

    /// The entry as it was meant, if its value shows that.
    pub(super) fn meant(&self, node: &Node, path: &FieldPath) -> Option<String> {
        let (table, key) = path.as_str().rsplit_once('.').unwrap_or(("", path.as_str()));
        // The parts, notes and units of a list are all alike.
        let table =
            table.rsplit_once('[').filter(|_| table.ends_with(']')).map_or(table, |(list, _)| list);
        let holds = names::holds(self.tables, table, key)?;
        let value = value::mend(&holds, self.typed(node), self.year)?.value?;
        Some(format!("{key} = {value}"))
    }

    /// Puts a new value into the last problem as what mends it.
    pub(super) fn repair_last(&mut self, value: Option<String>, path: FieldPath) {
        if let (Some(last), Some(text)) = (self.diagnostics.last_mut(), value) {
            last.repair = Some(Repair { place: Place::Value(path), text });
        }
    }

    pub(super) fn invalid(&mut self, path: FieldPath, message: String, help: &str) {
        self.report_error(codes::INVALID_VALUE, Place::Value(path), message, "", help);
    }

    pub(super) fn report_error(
        &mut self,
        code: &'static str,
        place: Place,
        message: impl Into<String>,
        label: &str,
        help: impl Into<String>,
    ) {
        self.add(Diagnostic::new(code, Severity::Error, place, message, label).help(help));
    }
}

pub(super) fn type_name(value: &Value) -> &'static str {
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
