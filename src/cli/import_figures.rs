//! `nianbao import-figures`: the figures of a workbook into a data file that is there already.

use std::mem;
use std::path::{Path, PathBuf};

use clap::Args;

use super::exit::Exit;
use super::readable::readable;
use super::{output, usage};
use crate::load::{Loaded, is_published, load};
use crate::report::{FieldPath, FigureSource, Report};
use crate::workbook::{self, Change};
use crate::{files, source, units};

/// 把工作簿里三张表的数导入已有的数据文件，其余内容和注释不动
#[derive(Debug, Args)]
#[command(help_template = usage::TEMPLATE, disable_help_flag = true, override_usage = "nianbao import-figures [选项] <工作簿> --into <文件>")]
pub(super) struct Arguments {
    /// 用 nianbao export 导出、填好的工作簿（.xlsx；另存成 .xls、.et、.ods 的也可以，.csv 是一张表）
    #[arg(value_name = "工作簿", help_heading = "参数")]
    workbook: PathBuf,

    /// 导入哪个数据文件（.toml）
    #[arg(long, value_name = "文件", value_parser = data_file, help_heading = "选项")]
    into: PathBuf,

    /// 工作簿里空着、数据文件里有数的，从数据文件中删去；不写则不导入，列出这些格（整张表空着的，数据文件里的数不动）
    #[arg(long, help_heading = "选项")]
    remove: bool,

    /// 工作簿里填了数的表，空着的格按 0（合计除外）；不写则空着算没有填
    #[arg(long, help_heading = "选项")]
    blank_is_zero: bool,

    /// 只列出会改哪些数，不写入
    #[arg(long, help_heading = "选项")]
    dry_run: bool,
}

/// A file that can be a data file: the two are easily named the wrong way round.
fn data_file(path: &str) -> Result<PathBuf, String> {
    let path = PathBuf::from(path);
    const WORKBOOKS: [&str; 5] = ["xlsx", "xls", "et", "ods", "csv"];
    let is_workbook =
        path.extension().is_some_and(|e| WORKBOOKS.iter().any(|own| e.eq_ignore_ascii_case(own)));
    if !is_workbook && is_published(&path) {
        Err("这里写数据文件（.toml）；已公布的年报先用 nianbao import 读成数据文件".to_owned())
    } else if is_workbook {
        Err("这里写数据文件（.toml），工作簿写在前面".to_owned())
    } else {
        Ok(path)
    }
}

pub(super) fn run(arguments: &Arguments) -> Exit {
    let read = files::read_bytes(&arguments.workbook);
    let (bytes, loaded) = match (read, load(&arguments.into)) {
        (Ok(bytes), Ok(loaded)) => (bytes, loaded),
        (bytes, loaded) => {
            for error in bytes.err().into_iter().chain(loaded.err()) {
                output::error(&error);
            }
            return Exit::Failed;
        }
    };
    let report = match readable(&loaded, "没有导入") {
        Ok(report) => report,
        Err(exit) => return exit,
    };
    let mut reading = workbook::read(&bytes, report);
    if arguments.blank_is_zero {
        workbook::blanks_as_zeros(&mut reading);
    }
    let hidden = workbook::hidden_in_words(&bytes, &reading);
    let remarks = reading.remarks.iter().map(ToString::to_string).chain(hidden);
    remarks.for_each(|words| output::note(&words));
    match workbook::compare(report, &reading, arguments.remove) {
        Ok(changes) => {
            let exit = put(&loaded, report, &changes, arguments);
            if !arguments.remove {
                let alone = workbook::left_alone_in_words(report, &reading);
                alone.iter().for_each(|words| output::note(words));
            }
            exit
        }
        Err(faults) => {
            output::faults(&faults);
            let n = faults.len();
            let workbook = arguments.workbook.display();
            output::note(&format!("{workbook} 有 {n} 处不能导入，数据文件没有改动"));
            // What speaks of no cell speaks of the file, which could not be read.
            let is_whole = faults.iter().all(|fault| fault.address.is_empty());
            if is_whole { Exit::Failed } else { Exit::Findings }
        }
    }
}

fn put(loaded: &Loaded, report: &Report, changes: &[Change], arguments: &Arguments) -> Exit {
    let into = arguments.into.display();
    if changes.is_empty() {
        output::line(&format!("工作簿与 {into} 的数相同，没有改动"));
        return Exit::Clean;
    }
    // The texts of a report that is to be written are those that were typed.
    let Some(mut new) = source::read(&loaded.source).0 else { return Exit::Failed };
    for change in changes {
        match change.new {
            Some(number) => new.put(change.cell, number),
            None => new.clear(change.cell),
        }
    }
    let replaced = put_sources(&mut new, changes, &arguments.workbook);
    let remarks = source::without_sources(changes.iter().map(|change| change.cell));
    let text = match source::edit(&loaded.source, &new, &remarks) {
        Ok(text) => text,
        Err(error) => {
            output::error(&format!("{into}：{error}，再导入；数据文件没有改动"));
            return Exit::Failed;
        }
    };
    told(report, changes);
    let n = changes.len();
    if arguments.dry_run {
        output::line(&format!("共 {n} 个数不同；只是查看，没有写入 {into}"));
        return Exit::Clean;
    }
    let before = loaded.source.text().as_bytes();
    if let Err(error) = files::replace(&arguments.into, before, text.as_bytes()) {
        output::error(&error);
        return Exit::Failed;
    }
    output::line(&format!("共 {n} 个数，已写入 {into}"));
    output::note(&format!("数的来源记为“{}”（[[sources]]）", named(&arguments.workbook)));
    for source in replaced {
        output::note(&format!("“{}”原来记的来源不再适用，已换掉：{}", source.at, source.words()));
    }
    let n_of = |text: &str, mark: &str| text.matches(mark).count();
    let old_text = loaded.source.text();
    if n_of(&text, source::TAKEN_OUT) > n_of(old_text, source::TAKEN_OUT) {
        output::note("整行的数都删去的，原来的数留在这一行的注释里；以后再导入，还填在原处");
    }
    if n_of(&text, units::PREFIX) < n_of(old_text, units::PREFIX) {
        output::note("数有改动的行不再是汇总来的，这些行上面的“# 汇总：”已删去");
    }
    output::note(&format!(
        "再运行 nianbao check {into} 核对；写错了，用 nianbao undo {into} 恢复",
        into = output::argument(&arguments.into)
    ));
    Exit::Clean
}

/// Says of the figures that a workbook fills or changes that they come from it; sources that were said of nothing
/// but these go, and are given back.
fn put_sources(report: &mut Report, changes: &[Change], workbook: &Path) -> Vec<FigureSource> {
    let changed: Vec<FieldPath> = changes.iter().map(|it| FieldPath::of(it.cell)).collect();
    let at = report.together(|figure| changed.contains(figure));
    let goes = |source: &FigureSource| at.iter().any(|at| source.at.is_within(at));
    let (replaced, kept) = mem::take(&mut report.sources).into_iter().partition(goes);
    report.sources = kept;
    let from = named(workbook);
    let sources =
        at.into_iter().map(|at| FigureSource { at, from: from.clone(), date: None, by: None });
    report.sources.extend(sources);
    replaced
}

/// A workbook as a source of figures.
fn named(workbook: &Path) -> String {
    let name = workbook.file_name().unwrap_or(workbook.as_os_str()).to_string_lossy();
    format!("工作簿 {name}")
}

/// Says what is changed: a row that is filled for the first time on one line, else figure by figure.
fn told(report: &Report, changes: &[Change]) {
    let form = report.form();
    let row = |change: &Change| (change.cell.section(), form.row_name(change.cell));
    let number = |change: &Change| {
        change.new.map_or_else(|| "（删去）".to_owned(), |number| number.to_string())
    };
    let mut rest = changes;
    while let Some(first) = rest.first() {
        let n = rest.iter().take_while(|change| row(change) == row(first)).count();
        let (same_row, more) = rest.split_at(n);
        rest = more;
        let last = same_row.last().unwrap_or(first);
        if n > 1 && same_row.iter().all(|change| change.old.is_absent()) {
            let end = last.address.split('!').next_back().unwrap_or_default();
            let numbers: Vec<String> = same_row.iter().map(number).collect();
            let numbers = if numbers.iter().all(|number| number == "0") {
                "各列都是 0".to_owned()
            } else {
                numbers.join("、")
            };
            let name = form.row_name(first.cell);
            output::line(&format!("{}:{end} “{name}”一行：未填 → {numbers}", first.address));
            continue;
        }
        for change in same_row {
            let old =
                if change.old.is_absent() { "未填".to_owned() } else { change.old.to_string() };
            let name = form.cell_name(change.cell);
            output::line(&format!("{} {name}：{old} → {}", change.address, number(change)));
        }
    }
}
