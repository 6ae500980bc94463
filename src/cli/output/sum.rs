//! Sums of the reports of many units, for people.

use std::path::PathBuf;

use super::excerpt::{columns, left, right};
use super::grid::line_of;
use super::outside::{argument, shown, visible};
use super::stream::print;
use crate::load::{self, Leftover, Unlisted};
use crate::office::{self, LISTED};
use crate::units::{Standing, State, Summary};

/// A sum and where it came from.
pub(in crate::cli) struct Summed {
    pub(in crate::cli) summary: Summary,
    /// The list, or the folder.
    pub(in crate::cli) from: PathBuf,
    /// Files that lie beside those of the list and are not on it; in a folder without a list, data files that
    /// are sums themselves.
    pub(in crate::cli) unlisted: Unlisted,
}

impl Summed {
    /// True if everything due is in the sum, and nothing lies there that may be due as well.
    pub(in crate::cli) fn is_whole(&self) -> bool {
        let Self { summary, unlisted, .. } = self;
        // With a list, every unit is known to be there, whatever lies beside its file.
        let is_lying = summary.list.name.is_empty() && !unlisted.leftovers.is_empty();
        summary.is_complete() && unlisted.twice.is_empty() && !is_lying
    }
}

/// Prints what units add up to; `all` lists every unit, however many there are.
pub(in crate::cli) fn sum(summed: &Summed, all: bool) {
    print(&render(summed, all));
}

/// The table, what is not in the sum, and whether it is complete.
fn render(summed: &Summed, all: bool) -> String {
    let summary = &summed.summary;
    let mut text = head(summed);
    text.push('\n');
    text.push_str(&table(summary, all));
    let lacking: Vec<&Standing> = summary.lacking().collect();
    if !lacking.is_empty() {
        text.push_str("\n没有计入的单位：\n");
        for standing in &lacking {
            text.push_str(&format!(
                "  {}：{}\n",
                summary.name(standing.unit),
                visible(&why(summed, standing))
            ));
        }
    }
    text.push_str(&absent(summary));
    text.push_str(&joint(summary));
    text.push_str(&lying_beside(&summed.unlisted, !summary.list.name.is_empty()));
    let Unlisted { twice, leftovers, .. } = &summed.unlisted;
    text.push_str(&if summed.is_whole() && summary.list.name.is_empty() {
        "\n文件夹里的数据文件全部计入；没有单位名单，看不出谁没有报\n".to_owned()
    } else if summary.is_complete() && !twice.is_empty() {
        "\n汇总不完整：有单位报了两份\n".to_owned()
    } else if summary.is_complete() && summary.list.name.is_empty() {
        let n = leftovers.len();
        format!("\n数据文件都计入了，另有 {n} 个文件没有计入，见上；没有单位名单，看不出谁没有报\n")
    } else if summary.is_complete() {
        "\n汇总完整\n".to_owned()
    } else if summary.added().next().is_none() {
        "\n没有一个单位的报告可以计入\n".to_owned()
    } else {
        "\n汇总不完整，以上合计只含已计入的单位\n".to_owned()
    });
    text
}

/// The files that lie beside those of a list, or in a folder without one.
pub(super) fn lying_beside(unlisted: &Unlisted, has_list: bool) -> String {
    let Unlisted { reports, twice, leftovers } = unlisted;
    let mut text = String::new();
    if !reports.is_empty() {
        text.push_str(if !has_list {
            "\n本身是汇总数、没有计入的数据文件（要计入的，请写一份单位名单 units.toml）：\n"
        } else {
            "\n不在名单上、没有计入的数据文件：\n"
        });
        for path in reports {
            text.push_str(&format!("  {}\n", shown(path)));
        }
    }
    if !twice.is_empty() {
        text.push_str("\n同一单位有两份报告，只留一份：\n");
        for (unit, [own, other]) in twice {
            text.push_str(&format!("  {}：{} 和 {}\n", visible(unit), shown(own), shown(other)));
        }
    }
    if !leftovers.is_empty() {
        text.push_str("\n没有读、没有计入的文件：\n");
        for Leftover { path, kind, help } in leftovers {
            text.push_str(&format!("  {}：{kind}；{help}\n", shown(path)));
        }
    }
    text
}

fn head(summed: &Summed) -> String {
    let summary = &summed.summary;
    let body = if summary.body().is_empty() {
        format!("文件夹 {}", shown(&summed.from))
    } else {
        summary.body().to_owned()
    };
    let n_added = summary.added().count();
    let n_contained = summary.standings.iter().filter(|s| s.contained_in.is_some()).count();
    let contained = match n_contained {
        0 => String::new(),
        n => format!("（另有 {n} 个单位的数据由上级单位汇总报送）"),
    };
    format!(
        "{body} {}年度：应报 {} 个单位，计入 {n_added} 个{contained}\n",
        summary.list.year,
        n_added + summary.lacking().count(),
    )
}

/// The reason why a unit is not in the sum, and its file.
pub(super) fn why(summed: &Summed, standing: &Standing) -> String {
    let unit = &summed.summary.list.units[standing.unit];
    let path = load::file_of(unit, &summed.from).unwrap_or_default();
    let file = shown(&path);
    match &standing.state {
        State::Missing => format!("没有报送（{file}）"),
        State::Unreadable(why) => why.clone(),
        State::Wrong(n) => {
            format!("报告有 {n} 处错误（用 nianbao check {} 查看）", argument(&path))
        }
        State::OtherYear(year) => format!("{file} 是{year}年度的报告"),
        State::OtherEdition(edition) => format!("{file} 是{}版格式的报告", edition.key()),
        State::OtherBody(name) => {
            format!("{file} 是“{name}”的报告；名称不同而确是这个单位的，在名单里用 agency 写明")
        }
        State::SumAsOwn => format!(
            "{file} 写了 [report] units，是汇总数；名单里 figures 应写 summed，或者换成本机关自己的数据"
        ),
        State::Unequal(n) => {
            format!(
                "{file} 已汇总下级，但与下级相加有 {n} 格不一致（在它的 [report] 里写上 units，用 nianbao check 查看是哪几格）"
            )
        }
        State::Good | State::Group => String::new(),
    }
}

/// Figures that some report leaves out, so that they could not be added.
fn absent(summary: &Summary) -> String {
    let mut text = String::new();
    let form = summary.edition.form();
    let lacking = summary.totals.iter().filter(|total| !total.lacking.is_empty());
    for total in lacking.filter(|total| summary.is_told(total)) {
        let names: Vec<&str> = total.lacking.iter().take(3).map(|u| summary.name(*u)).collect();
        let more = match total.lacking.len() {
            n if n > names.len() => format!("等 {n} 个单位"),
            _ => String::new(),
        };
        text.push_str(&format!(
            "  {}：{}{more}没有填写\n",
            total.figure.name(form),
            names.join("、")
        ));
    }
    if text.is_empty() { text } else { format!("\n不能相加的数：\n{text}") }
}

/// The deductions for jointly made documents.
fn joint(summary: &Summary) -> String {
    let mut text = String::new();
    let form = summary.edition.form();
    for total in &summary.totals {
        for deduction in &total.deductions {
            let Some(joint) = summary.list.joint.as_ref().and_then(|j| j.get(deduction.joint))
            else {
                continue;
            };
            let (document, name) = (&joint.document, total.figure.name(form));
            if deduction.times > 0 {
                let times = deduction.times;
                text.push_str(&format!("  “{document}”：{name}重复 {times} 件，已扣除\n"));
            }
            for unit in &deduction.without {
                let unit = summary.name(*unit);
                text.push_str(&format!(
                    "  “{document}”：{unit}的{name}里没有计这一件，请核对名单\n"
                ));
            }
        }
    }
    if summary.list.joint.is_none() && counts_twice(summary) {
        text.push_str(if summary.list.name.is_empty() {
            "  几个单位都有制发的文件，联合制发的可能重复计算；写一份单位名单，在其中写明联合发文\n"
        } else {
            "  几个单位都有制发的文件，联合制发的可能重复计算；请在名单里写明，没有联合发文的写 joint = []\n"
        });
    }
    if text.is_empty() { text } else { format!("\n联合发文：\n{text}") }
}

/// True if a document that units made together may have been counted by several of them.
fn counts_twice(summary: &Summary) -> bool {
    summary.totals.iter().any(|total| total.figure.counts_documents() && total.parts.len() > 1)
}

fn table(summary: &Summary, all: bool) -> String {
    let is_whole = all || summary.standings.len() <= LISTED;
    let mut rows = office::sum_table(summary, is_whole);
    for cell in rows.iter_mut().flatten() {
        *cell = visible(cell);
    }
    let mut text = aligned(&rows);
    if !is_whole {
        let n = summary.standings.len();
        text.push_str(&format!("（名单上有 {n} 个单位，加 --all 逐个列出）\n"));
    }
    text
}

/// Rows with a head and a last row below a line; all columns but the first two stand right.
fn aligned(rows: &[Vec<String>]) -> String {
    let n = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width =
        |i: usize| rows.iter().filter_map(|r| r.get(i)).map(|c| columns(c)).max().unwrap_or(0);
    let widths: Vec<usize> = (0..n).map(width).collect();
    let whole = widths.iter().sum::<usize>() + 2 * n.saturating_sub(1);
    let mut text = String::new();
    for (i, row) in rows.iter().enumerate() {
        if i == 1 || i + 1 == rows.len() {
            text.push_str(&format!("{}\n", "-".repeat(whole)));
        }
        let padded = |(c, cell): (usize, &String)| match c < 2 {
            true => left(cell, widths[c]),
            false => right(cell, widths[c]),
        };
        text.push_str(&line_of(row.iter().enumerate().map(padded)));
    }
    text
}
