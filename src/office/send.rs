//! The files that go out to the units: for each a folder with its data file, its workbook, last year's report, and a note
//! of what to fill by when.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use crate::edition::{RequestColumn, RequestRow};
use crate::files::{self, FileError};
use crate::load::{Foundation, LIST_NAME, foundation, is_data_path, is_published};
use crate::ordered::in_order;
use crate::report::Report;
use crate::source;
use crate::units::UnitList;
use crate::workbook;

/// The files that each unit is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Contents {
    /// The data file.
    pub(crate) data: bool,
    /// The workbook of the three tables.
    pub(crate) workbook: bool,
}

/// The reports of the year before, by body.
#[derive(Debug, Default)]
pub(crate) struct LastReports {
    reports: BTreeMap<String, (PathBuf, Foundation)>,
    /// The files that are of no use, each with the reason.
    pub(crate) problems: Vec<String>,
}

/// The result of sending to one unit.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Sent {
    /// The files that were made.
    pub(crate) made: Vec<PathBuf>,
    /// The files that are there as they were made before.
    pub(crate) same: Vec<PathBuf>,
    /// The files of the same names that hold something else and were left alone.
    pub(crate) kept: Vec<PathBuf>,
    /// The file of the year before from which they go on.
    pub(crate) last: Option<PathBuf>,
    /// The number of doubtful places in it.
    pub(crate) n_doubts: usize,
}

/// Reads the reports of a year below a folder.
///
/// # Errors
///
/// When the folder cannot be read.
pub(crate) fn last_reports(
    folder: &Path,
    year: u16,
    stop: &AtomicBool,
) -> Result<LastReports, FileError> {
    let tree = files::whole_tree(folder)?;
    let mut last = LastReports::default();
    last.problems.extend(tree.unreadable.iter().map(ToString::to_string));
    let is_list = |path: &Path| path.file_name().is_some_and(|name| name == LIST_NAME);
    let is_wanted = |path: &PathBuf| (is_data_path(path) || is_published(path)) && !is_list(path);
    let paths: Vec<PathBuf> = tree.files.into_iter().filter(is_wanted).collect();
    let read = |i: usize| foundation(&paths[i]);
    in_order(paths.len(), stop, read, |i, found| last.add(&paths[i], found, year));
    Ok(last)
}

impl LastReports {
    fn add(&mut self, path: &Path, found: Result<Foundation, String>, year: u16) {
        let shown = path.display().to_string();
        let mut leave = |why: String| self.problems.push(format!("{why}，没有用"));
        let found = match found {
            Ok(found) => found,
            Err(why) => return leave(format!("{shown}：{why}")),
        };
        let Some(name) = found.report.agency.name.clone() else {
            return leave(format!("{shown} 没有写机关名称"));
        };
        match found.report.header.year {
            Some(own) if own == year => {}
            Some(own) => return leave(format!("{shown} 是{own}年度的，要的是{year}年度")),
            None => return leave(format!("{shown} 没有写年度")),
        }
        let Some((first, _)) = self.reports.get(&name) else {
            self.reports.insert(name, (path.to_owned(), found));
            return;
        };
        // A data file says more than what was printed of it.
        let first = first.display().to_string();
        let is_better = is_published(Path::new(&first)) && !is_published(path);
        let (used, unused) = if is_better { (&shown, &first) } else { (&first, &shown) };
        leave(format!("“{name}”有两份，用了 {used}；{unused}"));
        if is_better {
            self.reports.insert(name, (path.to_owned(), found));
        }
    }
}

/// The report in which a unit begins, going on from that of the year before.
pub(crate) fn beginning(list: &UnitList, unit: usize, last: Option<(&Path, &Report)>) -> Report {
    let unit = &list.units[unit];
    let mut report = match last {
        Some((path, last)) => {
            let mut next = last.next_year(last_name(path));
            // Faces lie with the office's files, and nobody else has them.
            next.fonts.clear();
            next
        }
        None => Report::empty(list.edition()),
    };
    report.header.year = Some(list.year);
    report.agency.name = Some(unit.agency().to_owned());
    report.agency.kind = unit.kind.or(report.agency.kind);
    report.agency.level = unit.level.or(report.agency.level);
    report
}

/// The name under which the report of the year before goes along.
fn last_name(path: &Path) -> String {
    let extension = match is_published(path) {
        true => path.extension().map_or(String::new(), |e| e.to_string_lossy().to_lowercase()),
        false => "toml".to_owned(),
    };
    format!("上年.{extension}")
}

/// The folder of a unit in the folder of all that goes out.
pub(crate) fn folder_of(list: &UnitList, unit: usize, out: &Path) -> PathBuf {
    out.join(stem(list, unit))
}

/// The name of a unit's files without extension: that of its file in the list, in which folders are part of the name.
pub(crate) fn stem(list: &UnitList, unit: usize) -> String {
    let file = list.units[unit].file.as_deref().unwrap_or(&list.units[unit].name);
    let name: String = file.chars().map(|c| if r"/\:".contains(c) { '_' } else { c }).collect();
    let lower = name.to_ascii_lowercase();
    let end =
        [".toml.txt", ".toml"].iter().find(|end| lower.ends_with(*end)).map_or(0, |e| e.len());
    name[..name.len() - end].trim_start_matches(['.', '_']).to_owned()
}

/// Makes what goes out to a unit. A file that is there is never changed.
///
/// # Errors
///
/// When a file cannot be written, or a figure of the year before is too long for a workbook.
pub(crate) fn send(
    list: &UnitList,
    unit: usize,
    out: &Path,
    last: &LastReports,
    contents: Contents,
) -> Result<Sent, String> {
    let of_last = last.reports.get(list.units[unit].agency());
    let of_last = of_last.map(|(path, found)| (path.as_path(), found));
    let report = beginning(list, unit, of_last.map(|(path, found)| (path, &found.report)));
    let folder = folder_of(list, unit, out);
    let stem = stem(list, unit);
    // A run that was killed may have left half a file.
    files::remove_leftovers(&folder);
    let mut sent = Sent {
        last: of_last.map(|(path, _)| path.to_owned()),
        n_doubts: of_last.map_or(0, |(_, found)| found.n_doubts),
        ..Sent::default()
    };
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    if contents.data {
        let text = source::starter(&report, of_last.map(|(_, found)| &found.report));
        // Old editors of Windows show a file with other line ends as one line, and it is sent to such.
        files.push((format!("{stem}.toml"), text.replace('\n', "\r\n").into_bytes()));
        if let Some((path, _)) = of_last {
            let bytes = files::read_bytes(path).map_err(|error| error.to_string())?;
            files.push((last_name(path), bytes));
        }
    }
    if contents.workbook {
        let bytes = workbook::write(&report).map_err(|faults| {
            let first = faults.first().map(ToString::to_string).unwrap_or_default();
            format!("工作簿没有生成：{first}")
        })?;
        files.push((format!("{stem}.xlsx"), bytes));
    }
    let text = note(list, unit, &report, of_last.is_some(), contents);
    files.push(("填报说明.txt".to_owned(), text.replace('\n', "\r\n").into_bytes()));
    for (name, bytes) in files {
        let path = folder.join(name);
        if !files::is_there(&path) {
            files::create_whole(&path, &bytes).map_err(|error| error.to_string())?;
            sent.made.push(path);
        } else if files::read_bytes(&path).is_ok_and(|there| there == bytes) {
            sent.same.push(path);
        } else {
            sent.kept.push(path);
        }
    }
    Ok(sent)
}

/// The note that goes along: the things to fill, the day, and the way back.
fn note(
    list: &UnitList,
    unit: usize,
    report: &Report,
    has_last: bool,
    contents: Contents,
) -> String {
    let (year, stem) = (list.year, stem(list, unit));
    let agency = list.units[unit].agency();
    let name = report.edition.form().report_name;
    let mut text = format!("{year}年度{name}填报说明\n\n{agency}：\n\n一、填写什么\n\n");
    if contents.data {
        text.push_str(&format!(
            "{stem}.toml：报告的全部内容。装有 nianbao 的，用 nianbao edit {stem}.toml 在浏览器里填写；没有的，用记事本打开，在等号后面填写，保存时编码选 UTF-8。\n"
        ));
    }
    if contents.workbook {
        text.push_str(&format!(
            "{stem}.xlsx：三张表的数。只在白底的格里填数，没有的填 0，留空算没有填；不要增删行列，不要改工作表的名称。\n"
        ));
    }
    if contents.data && contents.workbook {
        text.push_str("三张表的数在哪一个文件里填都可以，不用填两遍。\n");
    }
    text.push_str(&last_year(report, has_last, contents));
    text.push_str("\n三、报送\n\n");
    match list.due {
        Some(due) => {
            let (y, m, d) = (due.year(), due.month(), due.day());
            text.push_str(&format!("请于{y}年{m}月{d}日前发回。"));
        }
        None => text.push_str("报送时间以通知为准。"),
    }
    text.push_str("文件名可以改；文件里的机关名称和年度不要改，收件时按它们归到各单位。\n");
    if contents.data {
        text.push_str(&format!(
            "发回以前，装有 nianbao 的请运行 nianbao check {stem}.toml，改正列出的错误。\n"
        ));
    }
    if !list.name.is_empty() {
        text.push_str(&format!("\n{}\n", list.name));
    }
    text
}

/// The part of the note on last year's figures.
fn last_year(report: &Report, has_last: bool, contents: Contents) -> String {
    if !has_last {
        return "\n二、上年的数\n\n这里没有贵单位上年的报告，“上年结转”请照上年公布的年报填写。\n"
            .to_owned();
    }
    let carried = report.requests.entry(RequestRow::CarriedIn, RequestColumn::Total).count();
    let carried = carried.map_or_else(
        || "“上年结转”没有能从上年的报告带过来，请自己填写".to_owned(),
        |n| {
            let over = report.edition.form().requests.plain_row_label(RequestRow::CarriedOut);
            format!("“上年结转”已照上年报告的“{over}”填为 {n} 件，请核对")
        },
    );
    let enclosed = if contents.data {
        "上年的报告随附，填写时可以对照；上年的文字列在 # 之后，不会印出。"
    } else {
        ""
    };
    format!("\n二、上年的数\n\n{carried}。{enclosed}\n")
}
