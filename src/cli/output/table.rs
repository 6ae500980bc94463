//! The table at the end of a run over many files, and its sums.

use super::excerpt::{columns, left, right};
use super::grid::line_of;
use super::outside::visible;

/// One file of the run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::cli) struct FileRow {
    /// The file as it was named or found.
    pub(in crate::cli) file: String,
    /// The body whose report it is, if that could be read.
    pub(in crate::cli) body: String,
    /// The year of that report, where it was found in a folder.
    pub(in crate::cli) year: Option<u16>,
    /// The numbers of its errors and warnings; none if it was not checked.
    pub(in crate::cli) counts: Option<(usize, usize)>,
    /// The result, and the sum in which it is counted.
    pub(in crate::cli) result: (ResultKind, String),
}

/// The sums below the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::cli) enum ResultKind {
    /// Nothing to object to; nothing was to be made.
    Passed,
    /// All outputs, or some, have been made.
    Made,
    /// All outputs are as they were.
    Unchanged,
    /// The report has errors; nothing was made.
    Errors,
    /// Something could not be done.
    Failed,
    /// The run was stopped before all outputs were made.
    Stopped,
    /// No data file of a report.
    Skipped,
    /// A report that a list of units asks for and that is not there.
    Missing,
}

const HEADS: [&str; 6] = ["文件", "机关", "年度", "错误", "警告", "结果"];

/// The place of the column of years.
const YEAR: usize = 2;

/// The mark where nothing was counted.
const NOT_COUNTED: &str = "-";

const RED: &str = "\u{1b}[1;31m";
const YELLOW: &str = "\u{1b}[33m";
const PLAIN: &str = "\u{1b}[0m";

impl FileRow {
    /// True if the file is none of a report.
    pub(in crate::cli) fn is_skipped(&self) -> bool {
        self.result.0 == ResultKind::Skipped
    }

    /// True if there is more to say of the file than its line.
    pub(super) fn has_findings(&self) -> bool {
        self.counts.is_some_and(|(errors, warnings)| errors + warnings > 0)
    }
}

/// The table with its sums, at most `width` columns wide; the stream drops its colours where it must.
pub(super) fn render(rows: &[FileRow], width: usize) -> String {
    let cells: Vec<[String; 6]> = rows.iter().map(cells_of).collect();
    let wide = |i: usize| {
        let all = cells.iter().map(|row| columns(&row[i]));
        all.chain([columns(HEADS[i])]).max().unwrap_or(0)
    };
    // Files that were named one by one have no column for their years.
    let has_years = rows.iter().any(|row| row.year.is_some());
    let is_shown = |i: usize| i != YEAR || has_years;
    let natural: Vec<usize> =
        (0..HEADS.len()).map(|i| if is_shown(i) { wide(i) } else { 0 }).collect();
    let gap = if has_years { 0 } else { 2 };
    let widths = fitting(&natural, width + gap);
    let cells: Vec<[String; 6]> = cells
        .into_iter()
        .map(|[file, body, year, errors, warnings, result]| {
            [
                tail(&file, widths[0]),
                head(&body, widths[1]),
                year,
                errors,
                warnings,
                head(&result, widths[5]),
            ]
        })
        .collect();
    let line = |cells: &[&str], colours: [&str; 2]| {
        let shown = cells.iter().zip(&widths).enumerate().filter(|(i, _)| is_shown(*i));
        line_of(shown.map(|(i, (cell, width))| match i {
            // Figures stand right, so that their places are below each other.
            3 | 4 if !colours[i - 3].is_empty() => {
                format!("{}{}{PLAIN}", colours[i - 3], right(cell, *width))
            }
            3 | 4 => right(cell, *width),
            _ => left(cell, *width),
        }))
    };
    let mut text = line(&HEADS, ["", ""]);
    let whole: usize = widths.iter().sum::<usize>() + 2 * (HEADS.len() - 1) - gap;
    text.push_str(&format!("{}\n", "-".repeat(whole)));
    for (row, cells) in rows.iter().zip(&cells) {
        let (errors, warnings) = row.counts.unwrap_or_default();
        let colours = [if errors > 0 { RED } else { "" }, if warnings > 0 { YELLOW } else { "" }];
        text.push_str(&line(&cells.each_ref().map(String::as_str), colours));
    }
    text.push_str(&sums(rows));
    text
}

/// The words of one row.
fn cells_of(row: &FileRow) -> [String; 6] {
    let count = |n: Option<usize>| n.map_or_else(|| NOT_COUNTED.to_owned(), |n| n.to_string());
    [
        visible(&row.file),
        visible(&row.body),
        row.year.map_or_else(String::new, |year| year.to_string()),
        count(row.counts.map(|counts| counts.0)),
        count(row.counts.map(|counts| counts.1)),
        row.result.1.clone(),
    ]
}

/// The widths of the columns where the whole must fit: names give way, figures do not.
fn fitting(natural: &[usize], width: usize) -> Vec<usize> {
    /// The least that is left of a name.
    const LEAST: usize = 8;
    let mut widths = natural.to_vec();
    let gaps = 2 * (widths.len() - 1);
    // The widest of the columns of words is the first to give.
    while widths.iter().sum::<usize>() + gaps > width {
        let widest = [0, 1, 5].into_iter().max_by_key(|i| widths[*i]).unwrap_or(0);
        if widths[widest] <= LEAST {
            break;
        }
        widths[widest] -= 1;
    }
    widths
}

/// The beginning of a text that fits.
fn head(text: &str, width: usize) -> String {
    if columns(text) <= width {
        return text.to_owned();
    }
    let mut kept = String::new();
    for c in text.chars() {
        if columns(&kept) + columns(&c.to_string()) + columns("…") > width {
            break;
        }
        kept.push(c);
    }
    kept + "…"
}

/// The end of a path that fits: the name of the file says most.
fn tail(text: &str, width: usize) -> String {
    if columns(text) <= width {
        return text.to_owned();
    }
    let mut kept = String::new();
    for c in text.chars().rev() {
        if columns(&kept) + columns(&c.to_string()) + columns("…") > width {
            break;
        }
        kept.insert(0, c);
    }
    format!("…{kept}")
}

fn sums(rows: &[FileRow]) -> String {
    let n = |kind: ResultKind| rows.iter().filter(|row| row.result.0 == kind).count();
    let reports = rows.len() - n(ResultKind::Skipped) - n(ResultKind::Missing);
    let parts: Vec<String> = [
        (ResultKind::Passed, "没有错误"),
        (ResultKind::Made, "已生成"),
        (ResultKind::Unchanged, "未变"),
        (ResultKind::Errors, "有错误"),
        (ResultKind::Failed, "无法完成"),
        (ResultKind::Stopped, "没有做完"),
    ]
    .iter()
    .filter(|(kind, _)| n(*kind) > 0)
    .map(|(kind, name)| format!("{name} {} 份", n(*kind)))
    .collect();
    let mut text = format!("共 {reports} 份");
    if !parts.is_empty() {
        text.push_str(&format!("：{}", parts.join("，")));
    }
    let counts = || rows.iter().filter_map(|row| row.counts);
    let errors: usize = counts().map(|counts| counts.0).sum();
    let warnings: usize = counts().map(|counts| counts.1).sum();
    text.push_str(&format!("；错误 {errors} 处，警告 {warnings} 处"));
    if n(ResultKind::Missing) > 0 {
        text.push_str(&format!("；名单上还有 {} 个单位没有报", n(ResultKind::Missing)));
    }
    if n(ResultKind::Skipped) > 0 {
        text.push_str(&format!("；跳过 {} 个文件", n(ResultKind::Skipped)));
    }
    text + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(
        file: &str,
        body: &str,
        counts: Option<(usize, usize)>,
        result: (ResultKind, &str),
    ) -> FileRow {
        let (file, body) = (file.to_owned(), body.to_owned());
        let year = counts.map(|_| 2025);
        FileRow { file, body, year, counts, result: (result.0, result.1.to_owned()) }
    }

    #[test]
    fn columns_stand_below_each_other_whatever_the_letters() {
        let text = render(
            &[
                row("a.toml", "某某镇人民政府", Some((0, 2)), (ResultKind::Made, "生成 3 个")),
                row("海东/市教育局.toml", "甲局", Some((12, 0)), (ResultKind::Errors, "没有生成")),
                row("units.toml", "", None, (ResultKind::Skipped, "跳过")),
            ],
            80,
        );
        let plain: String = text.replace(RED, "").replace(YELLOW, "").replace(PLAIN, "");
        assert_eq!(
            plain,
            "文件                机关            年度  错误  警告  结果\n\
             ---------------------------------------------------------------\n\
             a.toml              某某镇人民政府  2025     0     2  生成 3 个\n\
             海东/市教育局.toml  甲局            2025    12     0  没有生成\n\
             units.toml                                   -     -  跳过\n\
             共 2 份：已生成 1 份，有错误 1 份；错误 12 处，警告 2 处；跳过 1 个文件\n"
        );
        assert_eq!(text.matches(RED).count(), 1);
    }

    #[test]
    fn long_names_give_way_and_the_name_of_the_file_stays() {
        let file = "报送/二〇二五年度/各乡镇街道/某某街道办事处/某某街道办事处2025年报.toml";
        let body = "某某市某某区人民政府某某街道办事处";
        let text = render(&[row(file, body, Some((0, 0)), (ResultKind::Made, "生成 3 个"))], 80);
        assert!(text.lines().all(|line| columns(line) <= 80), "{text}");
        assert!(text.contains("2025年报.toml") && text.contains("…"), "{text}");
    }
}
