//! The reports of the units added up and side by side, as the page shows them.

use serde::Serialize;

use super::OpenList;
use crate::office::{self, Across};
use crate::report::Date;
use crate::source;
use crate::units::{Standing, Summary, UnitList};

/// The sums of a list.
#[derive(Debug, Serialize)]
pub(in crate::form) struct Sums {
    /// The units that are in the sums and those that are not, in words.
    head: String,
    /// True if nothing is missing in them.
    is_whole: bool,
    /// True if there is something to be saved.
    is_any: bool,
    table: Table,
}

/// A table: its name, the words over it, its heads and its rows.
#[derive(Debug, Serialize)]
struct Table {
    name: String,
    caption: String,
    heads: Vec<String>,
    rows: Vec<Vec<String>>,
}

/// Adds up the reports of a list.
pub(in crate::form) fn sums(open: &OpenList, list: &UnitList) -> Sums {
    let (summary, unlisted) = office::added_up(list, &open.path);
    let n_added = summary.added().count();
    let lacking: Vec<&Standing> = summary.lacking().collect();
    let mut head = format!("应报 {} 个单位，计入 {n_added} 个", n_added + lacking.len());
    if !lacking.is_empty() {
        let named = lacking.iter().map(|standing| {
            format!("{}（{}）", summary.name(standing.unit), standing.state.name())
        });
        head.push_str(&format!("；没有计入：{}", named.collect::<Vec<_>>().join("、")));
    }
    let is_whole = summary.is_complete() && unlisted.twice.is_empty();
    let mut rows = office::sum_table(&summary, true);
    let heads = rows.remove(0);
    Sums {
        head,
        is_whole,
        is_any: n_added > 0,
        table: Table { name: "合计".to_owned(), caption: caption(&summary), heads, rows },
    }
}

/// The remarks on the table of sums.
fn caption(summary: &Summary) -> String {
    let form = summary.edition.form();
    let absent = summary.totals.iter().filter(|total| !total.lacking.is_empty());
    let absent: Vec<String> = absent
        .filter(|total| summary.is_told(total))
        .map(|total| total.figure.name(form))
        .collect();
    match absent.as_slice() {
        [] => String::new(),
        absent => format!("有单位没有填写、不能相加的数：{}", absent.join("、")),
    }
}

/// The sums as a data file of the body, with its name without extension.
///
/// # Errors
///
/// When no report can be added.
pub(in crate::form) fn sum_file(
    open: &OpenList,
    list: &UnitList,
) -> Result<(String, String), String> {
    let (summary, _) = office::added_up(list, &open.path);
    if summary.added().next().is_none() {
        return Err("没有一个单位的报告可以计入".to_owned());
    }
    let text = source::write_sum(&summary, None).map_err(|error| error.to_string())?;
    Ok((format!("{}{}年合计", list.name, list.year), text))
}

/// The comparison of a list.
#[derive(Debug, Serialize)]
pub(in crate::form) struct Compared {
    head: String,
    tables: Vec<Table>,
}

/// Holds the reports of a list against each other.
pub(in crate::form) fn across(open: &OpenList, list: &UnitList, today: Date) -> Across {
    office::across(list, &office::stand(list, &open.path, today, true))
}

/// The comparison as the page shows it.
pub(in crate::form) fn compared(list: &UnitList, across: &Across) -> Compared {
    let tables = office::across_parts(list, across).into_iter().map(|part| Table {
        name: part.name.to_owned(),
        caption: part.caption,
        heads: part.columns.iter().map(|(head, _)| (*head).to_owned()).collect(),
        rows: part.rows,
    });
    Compared { head: office::across_head(list, across), tables: tables.collect() }
}
