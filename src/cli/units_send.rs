//! `nianbao units send`: what goes out to the units.

use std::path::PathBuf;

use clap::Args;

use super::exit::Exit;
use super::opened_list::{ListArgument, fail};
use super::{interrupt, output, usage};
use crate::load::OUTBOX;
use crate::office::{self, Contents, LastReports, Sending};
use crate::report::Date;

/// 给名单上每个单位生成待填的数据文件、工作簿和填报说明；已经报来的不再发
#[derive(Debug, Args)]
#[command(help_template = usage::TEMPLATE, disable_help_flag = true, override_usage = "nianbao units send [选项] [名单或文件夹]")]
pub(super) struct Arguments {
    #[command(flatten)]
    list: ListArgument,

    /// 发什么：data 数据文件、workbook 三张表的工作簿、both 两样；不写则两样
    #[arg(long, value_name = "内容", value_parser = contents, default_value = "both", hide_default_value = true, help_heading = "选项")]
    what: Contents,

    /// 上年各单位的报告（数据文件或已公布的年报）放在哪个文件夹：上年结转等接过来，上年的报告随附
    #[arg(long, value_name = "文件夹", help_heading = "选项")]
    last: Option<PathBuf>,

    /// 报送截止日期，写进填报说明；不写则按名单的 due
    #[arg(long, value_name = "日期", value_parser = super::units_new::date, help_heading = "选项")]
    due: Option<Date>,

    /// 生成到哪个文件夹；不写则是名单旁边的“下发”
    #[arg(short, long, value_name = "文件夹", help_heading = "选项")]
    out: Option<PathBuf>,

    /// 已经报来的也发
    #[arg(long, help_heading = "选项")]
    all: bool,
}

fn contents(key: &str) -> Result<Contents, String> {
    match key.trim() {
        "data" => Ok(Contents { data: true, workbook: false }),
        "workbook" => Ok(Contents { data: false, workbook: true }),
        "both" => Ok(Contents { data: true, workbook: true }),
        _ => Err("可以写 data、workbook、both".to_owned()),
    }
}

pub(super) fn run(arguments: &Arguments) -> Exit {
    send(arguments).unwrap_or_else(|exit| exit)
}

fn send(arguments: &Arguments) -> Result<Exit, Exit> {
    let mut opened = arguments.list.open()?;
    opened.list.due = arguments.due.or(opened.list.due);
    let (list, path) = (&opened.list, &opened.path);
    let last = match &arguments.last {
        Some(folder) => office::last_reports(folder, list.year - 1, interrupt::flag())
            .map_err(|error| fail(&error.to_string()))?,
        None => LastReports::default(),
    };
    let out = arguments.out.clone().unwrap_or_else(|| opened.folder().join(OUTBOX));
    let due = office::due_of(list);
    if due.is_empty() {
        return Err(fail("名单上没有要报送的单位"));
    }
    let (what, all) = (arguments.what, arguments.all);
    let done = office::send_all(list, path, &out, &last, what, all, interrupt::flag())
        .map_err(|error| fail(&error.to_string()))?;
    let row = |(unit, outcome): &(usize, Sending)| {
        let text = outcome.told(|path| path.display().to_string());
        vec![list.units[*unit].name.clone(), text]
    };
    output::line(&format!("{} {}年度，下发到 {}：", list.name, list.year, out.display()));
    output::grid(&["单位", "结果"], &done.iter().map(row).collect::<Vec<_>>());
    let exit = sums(due.len(), &done);
    if done.iter().any(|(_, outcome)| outcome.has_kept()) {
        output::note(office::KEPT);
    }
    last.problems.iter().for_each(|problem| output::note(problem));
    if list.due.is_none() {
        output::note("名单没有写报送截止日期（due），填报说明里写的是“以通知为准”；用 --due 写明");
    }
    if done.len() < due.len() {
        let left = due.len() - done.len();
        output::note(&format!("已停止：还有 {left} 个单位没有发；再运行一次接着发"));
        return Err(Exit::Failed);
    }
    Ok(exit)
}

/// Says how many units were sent something, had it already, and have reported.
fn sums(n_units: usize, done: &[(usize, Sending)]) -> Exit {
    let [mut made, mut same, mut back, mut failed] = [0; 4];
    for (_, outcome) in done {
        match outcome {
            Sending::Sent(sent) if sent.made.is_empty() => same += 1,
            Sending::Sent(_) => made += 1,
            Sending::Back(_) => back += 1,
            Sending::Failed(_) => failed += 1,
        }
    }
    let lost = if failed > 0 { format!("，没有发成 {failed} 个") } else { String::new() };
    output::line(&format!(
        "共 {n_units} 个单位：新发 {made} 个，以前发过 {same} 个，已报来 {back} 个{lost}"
    ));
    if failed > 0 { Exit::Failed } else { Exit::Clean }
}
