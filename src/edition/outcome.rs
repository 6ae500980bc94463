//! [`OutcomeKind`]: what can become of an application, without the reasons under each.

use super::{RequestRow, RequestRowPlace, RequestsTable};

/// A kind of outcome in table 2: a row that stands alone, or a group of rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutcomeKind {
    /// Its name: its label without number and remark, for example `予以公开`.
    pub name: &'static str,
    /// Its rows.
    pub rows: Vec<RequestRow>,
}

impl RequestsTable {
    /// The kinds of outcomes from top to bottom; their rows are the result rows of the table.
    pub fn outcome_kinds(&self) -> Vec<OutcomeKind> {
        let mut kinds: Vec<OutcomeKind> = Vec::new();
        for row in self.result_rows() {
            let Some(entry) = self.rows.iter().find(|r| r.row == row) else { continue };
            let label = match entry.place {
                RequestRowPlace::Grouped(group) => self.group_label(group),
                RequestRowPlace::Top | RequestRowPlace::Outcome => entry.label,
            };
            let name = plain(label);
            match kinds.iter_mut().find(|kind| kind.name == name) {
                Some(kind) => kind.rows.push(row),
                None => kinds.push(OutcomeKind { name, rows: vec![row] }),
            }
        }
        kinds
    }

    /// The label of a row without its number and its remark: `本机关不掌握相关政府信息`.
    pub fn plain_row_label(&self, row: RequestRow) -> &'static str {
        let label = plain(self.row_label(row));
        label.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.')
    }
}

impl RequestsTable {
    /// The label of a row without the number before it and without the remark behind it.
    pub fn plain_label(&self, row: RequestRow) -> &'static str {
        plain(self.row_label(row))
    }
}

/// A label without the number before it and without the remark behind it, both in brackets.
fn plain(label: &'static str) -> &'static str {
    let name = match label.strip_prefix('（').and_then(|rest| rest.split_once('）')) {
        Some((_, name)) if !name.is_empty() => name,
        _ => match label.split_once('、') {
            Some((number, name)) if number.chars().all(|c| "一二三四五六七八九十".contains(c)) => {
                name
            }
            _ => label,
        },
    };
    match name.split_once('（') {
        Some((name, _)) if !name.is_empty() => name,
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::super::Edition;
    use super::*;

    #[test]
    fn the_kinds_hold_every_result_row_once() {
        for edition in Edition::ALL {
            let table = &edition.form().requests;
            let kinds = table.outcome_kinds();
            let rows: Vec<RequestRow> = kinds.iter().flat_map(|kind| kind.rows.clone()).collect();
            assert_eq!(rows, table.result_rows().collect::<Vec<_>>(), "{edition:?}");
        }
    }

    #[test]
    fn they_are_called_by_their_plain_labels() {
        let kinds = Edition::Y2021.form().requests.outcome_kinds();
        let names: Vec<_> = kinds.iter().map(|kind| (kind.name, kind.rows.len())).collect();
        assert_eq!(
            names,
            [
                ("予以公开", 1),
                ("部分公开", 1),
                ("不予公开", 8),
                ("无法提供", 3),
                ("不予处理", 5),
                ("其他处理", 3)
            ]
        );
    }
}
