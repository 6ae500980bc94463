//! `nianbao new`: the data file in which a clerk begins a report.

use std::path::{Path, PathBuf};

use clap::Args;

use super::exit::Exit;
use super::readable::readable;
use super::{output, usage};
use crate::diag::Diagnostic;
use crate::edition::{Axis, Edition, RequestColumn, RequestRow};
use crate::load::{LIST_NAME, Loaded, concerns_what_is_carried, load, next_report};
use crate::report::{AgencyKind, AgencyLevel, Report};
use crate::{files, source};

/// 新建一份待填的数据文件；用 --from 接着上一年度的填
#[derive(Debug, Args)]
#[command(help_template = usage::TEMPLATE, disable_help_flag = true, override_usage = "nianbao new [选项] <文件>")]
pub(super) struct Arguments {
    /// 要新建的数据文件（.toml）；已有的文件不会被改动
    #[arg(value_name = "文件", value_parser = data_file, help_heading = "参数")]
    file: PathBuf,

    /// 上一年度的数据文件，或者已公布的年报（网页、Word、PDF 等）：年度加一，结转、机关、联系方式等接过来，文字列在 # 之后供参考
    #[arg(long, value_name = "上年文件", help_heading = "选项", conflicts_with_all = ["year", "name", "kind", "level"])]
    from: Option<PathBuf>,

    /// 报告年度，例如 2026
    #[arg(long, value_name = "年度", value_parser = year, help_heading = "选项")]
    year: Option<u16>,

    /// 机关全称
    #[arg(long, value_name = "名称", help_heading = "选项")]
    name: Option<String>,

    /// 机关类别：government 人民政府、department 部门、outpost 派出机关（街道办事处等）、authorized 法律法规授权组织；写英文或中文都可以
    #[arg(long, value_name = "类别", value_parser = kind, help_heading = "选项")]
    kind: Option<AgencyKind>,

    /// 机关层级：state 国务院部门、province 省级、city 设区的市级、county 县级、township 乡级；写英文或中文都可以
    #[arg(long, value_name = "层级", value_parser = level, help_heading = "选项")]
    level: Option<AgencyLevel>,
}

/// The path of a data file that is to be written.
pub(super) fn data_file(path: &str) -> Result<PathBuf, String> {
    let path = PathBuf::from(path);
    let is_toml = path.extension().is_some_and(|e| e.eq_ignore_ascii_case("toml"));
    if path.file_name().is_some_and(|name| name.eq_ignore_ascii_case(LIST_NAME)) {
        Err(format!(
            "{LIST_NAME} 是单位名单的文件名，年报的数据文件换一个名称，例如 年报.toml；新建名单用 nianbao units new 名单.xlsx"
        ))
    } else if is_toml {
        Ok(path)
    } else {
        Err("数据文件的扩展名是 .toml，例如 年报.toml".to_owned())
    }
}

/// A report year of which there is a form.
pub(super) fn year(typed: &str) -> Result<u16, String> {
    let year = typed.trim().parse().ok().filter(|year| *year <= 2999);
    match year.map(|year| (year, Edition::for_year(year))) {
        Some((year, Some(_))) => Ok(year),
        Some((_, None)) => Err("本程序不知道这一年度的格式".to_owned()),
        None => Err("写四位数的年份".to_owned()),
    }
}

fn kind(key: &str) -> Result<AgencyKind, String> {
    one_of(key, AgencyKind::ALL)
}

fn level(key: &str) -> Result<AgencyLevel, String> {
    one_of(key, AgencyLevel::ALL)
}

/// The choice with that key or that Chinese name, with or without what stands in its brackets.
fn one_of<T: Copy>(typed: &str, all: &[(T, &'static str, &'static str)]) -> Result<T, String> {
    let typed = typed.trim();
    let short = |name: &'static str| name.split('（').next().unwrap_or(name);
    let found =
        all.iter().find(|(_, key, name)| *key == typed || *name == typed || short(name) == typed);
    found.map(|one| one.0).ok_or_else(|| {
        let words: Vec<String> = all.iter().map(|(_, key, name)| format!("{key} {name}")).collect();
        format!("可以写 {}", words.join("、"))
    })
}

pub(super) fn run(arguments: &Arguments) -> Exit {
    match &arguments.from {
        Some(last) => continue_from(last, &arguments.file),
        None => {
            let edition = arguments.year.and_then(Edition::for_year).unwrap_or(Edition::LATEST);
            let mut report = Report::empty(edition);
            report.header.year = arguments.year;
            let name = arguments.name.as_deref().map(str::trim).filter(|name| !name.is_empty());
            report.agency.name = name.map(str::to_owned);
            report.agency.kind = arguments.kind;
            report.agency.level = arguments.level;
            let exit = create(&arguments.file, &source::starter(&report, None));
            if exit == Exit::Clean {
                advise(&arguments.file);
            }
            exit
        }
    }
}

fn continue_from(last_path: &Path, path: &Path) -> Exit {
    let loaded = match load(last_path) {
        Ok(loaded) => loaded,
        Err(error) => {
            output::error(&error);
            return Exit::Failed;
        }
    };
    let last = match readable(&loaded, "没有新建文件") {
        Ok(last) => last,
        Err(exit) => return exit,
    };
    let next = match next_report(last, last_path, path) {
        Ok(next) => next,
        Err(error) => {
            output::error(&error);
            return Exit::Failed;
        }
    };
    let exit = create(path, &source::starter(&next, Some(last)));
    if exit == Exit::Clean {
        told(&next, &loaded, last_path).iter().for_each(|line| output::note(line));
        advise(path);
    }
    exit
}

/// Writes a data file that is not there yet, and says so.
pub(super) fn create(path: &Path, text: &str) -> Exit {
    // Old editors of Windows show a file with other line ends as one line.
    let text = if cfg!(windows) { text.replace('\n', "\r\n") } else { text.to_owned() };
    if let Err(error) = files::create_whole(path, text.as_bytes()) {
        output::error(&error);
        return Exit::Failed;
    }
    output::written(path);
    Exit::Clean
}

/// The next step.
fn advise(path: &Path) {
    output::note(&format!(
        "用记事本或别的文本编辑器打开填写；随时运行 nianbao check {} 看还有哪些没填",
        output::argument(path)
    ));
}

/// The values carried over, and those of them to be looked at.
fn told(next: &Report, loaded: &Loaded, last_path: &Path) -> Vec<String> {
    let last_path = last_path.display();
    let mut lines = vec![format!("已从 {last_path} 接过来：机关、联系方式等")];
    match next.header.year {
        Some(year) => lines.push(format!("报告年度写为 {year}")),
        None => lines.push("警告：上年文件没有报告年度，请自己填写 year".to_owned()),
    }
    let carried = next.requests.entry(RequestRow::CarriedIn, RequestColumn::Total).count();
    let absent =
        |column: &RequestColumn| next.requests.entry(RequestRow::CarriedIn, *column).is_absent();
    let n_absent = RequestColumn::ALL.iter().filter(|column| absent(column)).count();
    let pending = next.form().requests.plain_label(RequestRow::CarriedOut);
    match carried.filter(|_| n_absent == 0) {
        Some(carried) => lines.push(format!(
            "上年结转照上年的“{pending}”写为 {carried} 件（各列见 carried_in 一行）"
        )),
        None if n_absent == RequestColumn::ALL.len() => lines.push(format!(
            "警告：上年的“{pending}”没有填，“上年结转”留空，请核对后填写 carried_in"
        )),
        None => lines.push(format!(
            "警告：上年的“{pending}”没有填全，“上年结转”只接过来填了的各列，请核对后补全 carried_in"
        )),
    }
    let doubtful: Vec<&Diagnostic> =
        loaded.review.findings.iter().filter(|finding| concerns_what_is_carried(finding)).collect();
    if !doubtful.is_empty() {
        lines.push(format!(
            "警告：{last_path} 中接过来的内容有 {} 处错误，请核对：",
            doubtful.len()
        ));
        lines.extend(
            doubtful.iter().map(|finding| format!("  [{}] {}", finding.code, finding.message)),
        );
    }
    lines.push("上年的文字列在 # 之后供参考，不会印出；备注和豁免没有接过来".to_owned());
    lines
}
