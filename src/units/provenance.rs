//! The sources of a row's figures, as comments for the data file of the body above.

use super::{Figure, Summary, Total};
use crate::report::Money;

/// The beginning of every such comment; the next sum replaces the lines that do.
pub(crate) const PREFIX: &str = "# 汇总：";

/// The number of units that are named for one figure; the others are counted.
const NAMED: usize = 4;

/// The comments for a row: for each figure that is not 0 its largest contributors, then what was
/// taken off for documents made together, and the remarks of the units. A row of which a figure could not be
/// added holds no sum; its comments say which reports leave the figure out.
pub(crate) fn provenance(summary: &Summary, row: &[&Total]) -> Vec<String> {
    let form = summary.edition.form();
    let column = |total: &Total| match row {
        [_] => "",
        _ => total.figure.column_name(form),
    };
    if row.iter().any(|total| total.sum.is_none()) {
        let lacking = row.iter().filter(|total| !total.lacking.is_empty());
        let line = |total: &&Total| {
            let names = names(summary, &total.lacking);
            format!("{PREFIX}{}不能相加，没有填写的有：{names}", column(total))
        };
        return lacking.map(line).collect();
    }
    let mut lines = Vec::new();
    for total in row.iter().filter(|total| !total.parts.is_empty()) {
        let column = column(total);
        let gap = if column.is_empty() { "" } else { " " };
        lines.push(format!("{column}{gap}{}", summary.sources(total)));
    }
    let Some(first) = row.first() else { return lines };
    let path = first.figure.row_path();
    for (unit, at, text) in &summary.notes {
        if crate::report::FieldPath::new(at.as_str()).is_within(&path) {
            let cell = row.iter().find(|total| total.figure.path().as_str() == at);
            let column = cell.map_or("", |total| total.figure.column_name(form));
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            lines.push(format!("{}的{column}备注：{text}", summary.name(*unit)));
        }
    }
    lines.into_iter().map(|line| format!("{PREFIX}{line}")).collect()
}

/// The first names, and how many there are.
pub(super) fn names(summary: &Summary, units: &[usize]) -> String {
    let named: Vec<&str> = units.iter().take(NAMED).map(|unit| summary.name(*unit)).collect();
    let more =
        if units.len() > NAMED { format!("等 {} 个单位", units.len()) } else { String::new() };
    format!("{}{more}", named.join("、"))
}

impl Summary {
    /// The units a sum comes from, the largest first: `12 ＝ 甲 5 ＋ 乙 4 ＋ 其余 3 个单位 3`.
    pub fn sources(&self, total: &Total) -> String {
        let mut parts = total.parts.clone();
        // The largest first; equal ones in the order of the list, because the sort is stable.
        parts.sort_by_key(|(_, part)| std::cmp::Reverse(*part));
        let named = if parts.len() <= NAMED + 1 { parts.len() } else { NAMED };
        let mut words: Vec<String> = parts[..named]
            .iter()
            .map(|(unit, part)| format!("{} {part}", self.name(*unit)))
            .collect();
        if parts.len() > named {
            let rest: Money = parts[named..].iter().map(|(_, part)| *part).sum();
            words.push(format!("其余 {} 个单位 {rest}", parts.len() - named));
        }
        let mut text = words.join(" ＋ ");
        for deduction in &total.deductions {
            let document = self.list.joint.as_ref().and_then(|all| all.get(deduction.joint));
            let document = document.map_or("", |joint| &joint.document);
            if deduction.times > 0 {
                text.push_str(&format!(" － 联合发文“{document}”重复的 {}", deduction.times));
            }
        }
        match total.sum {
            Some(sum) => format!("{sum} ＝ {text}"),
            None => text,
        }
    }

    /// The totals row by row, in the order of the form.
    pub fn rows(&self) -> Vec<Vec<&Total>> {
        let mut rows: Vec<Vec<&Total>> = Vec::new();
        for total in &self.totals {
            let same = |row: &&mut Vec<&Total>| {
                row.first().is_some_and(|first: &&Total| same_row(first.figure, total.figure))
            };
            match rows.last_mut().filter(|row| same(row)) {
                Some(row) => row.push(total),
                None => rows.push(vec![total]),
            }
        }
        rows
    }
}

fn same_row(left: Figure, right: Figure) -> bool {
    left.row_path() == right.row_path()
}
