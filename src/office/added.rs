//! The reports of the units added up, as a table that every output shows.

use std::collections::BTreeMap;
use std::path::Path;

use crate::load::{Unlisted, hand_in_cached, unlisted};
use crate::report::Money;
use crate::units::{Figure, Standing, Summary, UnitList, sum};

/// Adds up what the units of a list handed in, of which only what has changed is read anew; the second part is what lies
/// beside the list.
pub(crate) fn added_up(list: &UnitList, list_path: &Path) -> (Summary, Unlisted) {
    let handed_in = hand_in_cached(list, list_path);
    let unlisted = unlisted(list, list_path, &handed_in, &[]);
    (sum(list, None, &handed_in), unlisted)
}

/// The columns of the table: head, and the addresses of the figures that are added there, by the form of either
/// notice; one that ends with a full stop is the beginning of many.
const COLUMNS: &[(&str, &[&str])] = &[
    ("许可", &["disclosure.licences", "disclosure.licences.decisions_made"]),
    ("处罚", &["disclosure.penalties", "disclosure.penalties.decisions_made"]),
    (
        "制发文件",
        &[
            "disclosure.regulations.issued",
            "disclosure.normative_documents.issued",
            "disclosure.regulations.made",
            "disclosure.normative_documents.made",
        ],
    ),
    ("新收申请", &["requests.received."]),
    ("办结", &["requests.outcome."]),
    ("结转下年", &["requests.carried_out."]),
    ("复议诉讼", &["challenges."]),
];

/// The table of a sum: its heads, a row for each unit, or with `is_whole` false for each topmost one, and the sums.
pub(crate) fn sum_table(summary: &Summary, is_whole: bool) -> Vec<Vec<String>> {
    let heads = ["单位", "情况"].into_iter().chain(COLUMNS.iter().map(|(head, _)| *head));
    let mut rows: Vec<Vec<String>> = vec![heads.map(str::to_owned).collect()];
    if is_whole {
        rows.extend(in_tree(summary).into_iter().map(|standing| row(summary, standing)));
    } else {
        rows.extend(branches(summary));
    }
    let mut last = vec!["合计".to_owned(), String::new()];
    last.extend(COLUMNS.iter().map(|(_, paths)| {
        column(summary.totals.iter().map(|total| (total.figure, total.sum)), paths)
    }));
    rows.push(last);
    rows
}

/// More units than these are not all listed unless that is asked for.
pub(crate) const LISTED: usize = 60;

/// The units, each right above those under it, however the list has them.
fn in_tree(summary: &Summary) -> Vec<&Standing> {
    let standings: BTreeMap<usize, &Standing> =
        summary.standings.iter().map(|standing| (standing.unit, standing)).collect();
    let tree = summary.list.tree(summary.of).into_iter();
    tree.filter_map(|unit| standings.get(&unit).copied()).collect()
}

/// The row of one unit.
fn row(summary: &Summary, standing: &Standing) -> Vec<String> {
    let base = summary.of.map_or(0, |of| summary.list.level(of));
    let indent = summary.list.level(standing.unit).saturating_sub(base + 1);
    let name = format!("{}{}", "  ".repeat(indent), summary.name(standing.unit));
    let mut row = vec![name, state(summary, standing)];
    if standing.is_added() {
        row.extend(COLUMNS.iter().map(|(_, paths)| {
            let figures = summary.totals.iter().map(|total| total.figure).zip(&standing.figures);
            column(figures.map(|(figure, number)| (figure, *number)), paths)
        }));
    }
    row
}

/// One row for each unit that is topmost and everything under it; none if even those are too many.
fn branches(summary: &Summary) -> Vec<Vec<String>> {
    let mut branches: Vec<(usize, Vec<&Standing>)> = Vec::new();
    for standing in &summary.standings {
        let top = summary.topmost(standing.unit);
        match branches.iter_mut().find(|(unit, _)| *unit == top) {
            Some((_, branch)) => branch.push(standing),
            None => branches.push((top, vec![standing])),
        }
    }
    if branches.len() > LISTED {
        return Vec::new();
    }
    let row = |(top, branch): (usize, Vec<&Standing>)| {
        let added: Vec<&Standing> = branch.iter().copied().filter(|s| s.is_added()).collect();
        let is_lacking = |s: &&&Standing| s.contained_in.is_none() && s.state.is_lacking();
        let n_lacking = branch.iter().filter(is_lacking).count();
        let state = match (branch.as_slice(), n_lacking) {
            ([only], _) => state(summary, only),
            ([first, rest @ ..], 0) if rest.iter().all(|s| s.contained_in == Some(first.unit)) => {
                format!("计入，含下级 {} 个", rest.len())
            }
            (_, 0) => format!("计入 {} 个", added.len()),
            (_, n) => format!("计入 {} 个，缺 {n} 个", added.len()),
        };
        let mut row = vec![summary.name(top).to_owned(), state];
        if !added.is_empty() {
            row.extend(COLUMNS.iter().map(|(_, paths)| {
                let figures = added.iter().flat_map(|standing| {
                    let figures = summary.totals.iter().map(|total| total.figure);
                    figures.zip(standing.figures.iter().copied())
                });
                column(figures, paths)
            }));
        }
        row
    };
    branches.into_iter().map(row).collect()
}

/// The contents of the second column.
fn state(summary: &Summary, standing: &Standing) -> String {
    match standing.contained_in {
        Some(above) if standing.state.is_lacking() => {
            format!("{}，由{}汇总", standing.state.name(), summary.name(above))
        }
        Some(above) => format!("由{}汇总", summary.name(above)),
        None if standing.state.is_good() => "计入".to_owned(),
        None => standing.state.name(),
    }
}

/// The sum of the figures with one of these addresses; a dash when one of them is not there.
fn column(figures: impl Iterator<Item = (Figure, Option<Money>)>, paths: &[&str]) -> String {
    let wanted = figures.filter(|(figure, _)| {
        let path = figure.path();
        let path = path.as_str();
        paths.iter().any(|p| path == *p || p.ends_with('.') && path.starts_with(p))
    });
    let mut sum: Option<Money> = None;
    for (_, number) in wanted {
        let Some(number) = number else { return "-".to_owned() };
        sum = Some(sum.unwrap_or_default() + number);
    }
    sum.map_or("-".to_owned(), |sum| sum.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edition::Edition;

    #[test]
    fn every_column_adds_what_its_head_says_in_each_form() {
        for edition in Edition::ALL {
            let ones =
                || Figure::all(edition.form()).into_iter().map(|figure| (figure, Some(Money::ONE)));
            let sums: Vec<String> =
                COLUMNS.iter().map(|(_, paths)| column(ones(), paths)).collect();
            assert_eq!(sums[..3], ["1", "1", "2"], "{edition:?}");
            assert_eq!(sums[3], "6", "{edition:?}");
        }
    }
}
