//! Headings of columns in a list of names.

use super::table::Row;
use super::typed::{one_of, squeezed};
use crate::report::AgencyKind;

/// The contents of a column of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    Name,
    Under,
    Kind,
    Level,
}

/// The words by which a heading tells the contents of its column.
const HEADINGS: &[(Column, &[&str])] = &[
    (
        Column::Under,
        &["上级", "主管", "隶属", "归口", "所属", "分组", "系统", "类型", "分类", "归类"],
    ),
    (Column::Kind, &["机关类别", "机构类别", "类别", "性质"]),
    (Column::Level, &["层级", "级别"]),
    (
        Column::Name,
        &["单位名称", "机关名称", "机关全称", "单位全称", "名称", "单位", "机关", "部门"],
    ),
];

/// The columns that a row of headings names.
pub(super) fn columns(row: &Row) -> Vec<(usize, Column)> {
    let mut found: Vec<(usize, Column)> = Vec::new();
    for (i, text) in row.cells.iter().enumerate() {
        let text = squeezed(text);
        if text.is_empty() || text.chars().count() > 12 {
            continue;
        }
        // A heading of names is short, or it would be a name.
        let is_it = |words: &[&str], column: Column| match column {
            Column::Name => words.contains(&text.as_str()),
            Column::Under | Column::Kind | Column::Level => {
                words.iter().any(|word| text.contains(word)) && text.chars().count() <= 8
            }
        };
        let column = HEADINGS.iter().find(|(column, words)| is_it(words, *column));
        if let Some((column, _)) = column.filter(|(c, _)| found.iter().all(|(_, known)| known != c))
        {
            found.push((i, *column));
        }
    }
    found
}

/// Takes the column of kinds for that of groups where it tells no kind of body and there is no other of groups.
pub(super) fn group_by_kind(columns: &mut [(usize, Column)], rows: &[Row]) {
    let tells_kind = |c: usize| {
        let cells = rows.iter().filter_map(|row| row.cells.get(c));
        let mut told = cells.filter(|text| !text.trim().is_empty());
        told.any(|text| one_of(text, AgencyKind::ALL).is_some())
    };
    if columns.iter().all(|(_, column)| *column != Column::Under) {
        for (c, column) in columns {
            if *column == Column::Kind && !tells_kind(*c) {
                *column = Column::Under;
            }
        }
    }
}

/// The text of a row in a column.
pub(super) fn cell(row: &Row, columns: &[(usize, Column)], wanted: Column) -> Option<String> {
    let (i, _) = columns.iter().find(|(_, column)| *column == wanted)?;
    row.cells.get(*i).cloned()
}
