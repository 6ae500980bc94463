//! What rules share about cells: their names in messages, and what is wrong with an unusable one.

use crate::edition::{Form, RequestColumn, RequestRow, RequestRowPlace};

/// What is wrong with something typed where a count is due, and what to write instead.
pub(super) fn not_a_count(typed: &str) -> (String, String) {
    if typed.starts_with(['"', '\'']) {
        return (
            format!("写的是文字 {typed}，应是数字"),
            "去掉引号，只写阿拉伯数字；其他说明写到 [[notes]] 备注里".to_owned(),
        );
    }
    if typed.starts_with('-') && typed[1..].bytes().all(|b| b.is_ascii_digit() || b == b'_') {
        return (
            format!("写的是负数 {typed}，件数不能小于零"),
            "核对台账后填写不小于零的整数".to_owned(),
        );
    }
    if typed.contains('.') && typed.bytes().all(|b| b.is_ascii_digit() || b"._-+".contains(&b)) {
        return (format!("{typed} 带小数，件数应是整数"), "核对台账后填写整数".to_owned());
    }
    if typed.bytes().all(|b| b.is_ascii_digit() || b"_+".contains(&b)) {
        return (format!("{typed} 太大，不可能是件数"), "检查是否多按了数字键".to_owned());
    }
    (format!("{typed} 不是数字"), "只写不小于零的整数，例如 0 或 128".to_owned())
}

/// A row of table 2 as messages call it: its label, after that of its group.
pub(super) fn request_row(form: &Form, row: RequestRow) -> String {
    let table = &form.requests;
    let Some(entry) = table.rows.iter().find(|r| r.row == row) else { return String::new() };
    let label = short(entry.label);
    match entry.place {
        RequestRowPlace::Grouped(group) => {
            let group =
                table.groups.iter().find(|(g, _)| *g == group).map_or("", |(_, label)| label);
            format!("{group} {label}")
        }
        RequestRowPlace::Top | RequestRowPlace::Outcome => label.to_owned(),
    }
}

/// A cell of table 2 as messages call it.
pub(super) fn request_cell(form: &Form, row: RequestRow, column: RequestColumn) -> String {
    format!("“{}”一行“{}”一列", request_row(form, row), form.requests.column_label(column))
}

/// A label without the remark it carries in brackets, as long as something is left.
fn short(label: &str) -> &str {
    match label.char_indices().skip(1).find(|(_, c)| *c == '（') {
        Some((i, _)) if label[i..].ends_with('）') => &label[..i],
        _ => label,
    }
}
