//! `nianbao units` without a command: where each unit stands, on the terminal and as a file, and what goes back to units.

use std::path::{Path, PathBuf};

use clap::Args;

use super::exit::Exit;
use super::list_format::ListFormat;
use super::office_rules::OfficeRules;
use super::opened_list::{ListArgument, Opened, fail};
use super::output;
use super::sheet::{self, Target};
use super::{today, units_new};
use crate::files;
use crate::load::INBOX;
use crate::office::{self, Stand};
use crate::report::Date;
use crate::units::UnitList;

#[derive(Debug, Args)]
#[group(skip)]
pub(super) struct Arguments {
    #[command(flatten)]
    list: ListArgument,

    /// 按哪一天看是否逾期，例如 2026-01-21；不写则是今天
    #[arg(long, value_name = "日期", value_parser = units_new::date, help_heading = "选项")]
    today: Option<Date>,

    /// 逐个列出全部单位；不写时，超过60个的只列还没有报好的
    #[arg(long, help_heading = "选项")]
    all: bool,

    /// 列出催报的话，可以直接复制
    #[arg(long, help_heading = "选项")]
    remind: bool,

    /// 报送情况另外写成一个文件；扩展名决定格式：.html、.docx、.pdf、.ofd（试用）或 .xlsx（已有的工作簿不会被改动）
    #[arg(short, long, value_name = "文件", value_parser = out, help_heading = "选项")]
    out: Option<Out>,

    /// 各单位报告的全部问题写成一个工作簿：单位、行、格、代码、问题、怎样改、依据；已有的文件不会被改动
    #[arg(long, value_name = "工作簿", value_parser = workbook_name, help_heading = "选项")]
    findings: Option<PathBuf>,

    /// 给每个报来而不能用的单位生成一份问题单（Word），放在名单旁边的“退回”里，并记为已退回
    #[arg(long, help_heading = "选项")]
    back: bool,

    /// 每份报告都重新看一遍；不写时，没有变化的不再看
    #[arg(long, help_heading = "选项")]
    no_cache: bool,

    #[command(flatten)]
    office: OfficeRules,

    /// 怎样列出：text（表格）、json；不写则用 text
    #[arg(long, value_name = "格式", value_parser = ListFormat::from_key, default_value = "text", hide_default_value = true, help_heading = "选项")]
    output_format: ListFormat,
}

/// The file into which the stand goes.
#[derive(Debug, Clone)]
pub(super) enum Out {
    Workbook(PathBuf),
    Document(Target),
}

/// The file that a name means, by its extension.
pub(super) fn out(path: &str) -> Result<Out, String> {
    if let Ok(path) = workbook_name(path) {
        return Ok(Out::Workbook(path));
    }
    let target = sheet::target(path);
    target.map(Out::Document).map_err(|_| "扩展名应是 .html、.docx、.pdf、.ofd 或 .xlsx".to_owned())
}

fn workbook_name(path: &str) -> Result<PathBuf, String> {
    let path = PathBuf::from(path);
    match path.extension().is_some_and(|e| e.eq_ignore_ascii_case("xlsx")) {
        true => Ok(path),
        false => Err("扩展名应是 .xlsx".to_owned()),
    }
}

pub(super) fn run(arguments: &Arguments) -> Exit {
    look(arguments).unwrap_or_else(|exit| exit)
}

fn look(arguments: &Arguments) -> Result<Exit, Exit> {
    let mut opened = arguments.list.open()?;
    if let Some(office) = arguments.office.read()? {
        opened.list.rules = Some(office);
    }
    let (list, path) = (&opened.list, &opened.path);
    let today = arguments.today.unwrap_or_else(today::today);
    let mut stand = office::stand(list, path, today, !arguments.no_cache);
    let mut exit = Exit::Clean;
    if arguments.back {
        exit = send_back(&opened, &stand)?;
        stand = office::stand(list, path, today, !arguments.no_cache);
    }
    let reminder = office::reminder(list, &stand);
    match arguments.output_format {
        ListFormat::Json => output::stand_json(list, &stand, &reminder),
        ListFormat::Text => {
            output::stand(&office::stand_head(list, today), list, &stand, arguments.all);
            if arguments.remind {
                let none = "都报了、都能用，没有要催的\n";
                output::line("");
                let text = if reminder.is_empty() { none } else { &reminder };
                text.lines().for_each(output::line);
            }
        }
    }
    hints(&opened, &stand, arguments);
    if let Some(out) = &arguments.out {
        exit = exit.max(write(list, out, &stand));
    }
    if let Some(path) = &arguments.findings {
        exit = exit.max(put(path, office::findings_workbook(list, &stand)));
    }
    Ok(if stand.is_whole() { exit } else { exit.max(Exit::Findings) })
}

/// Says what may be done next.
fn hints(opened: &Opened, stand: &Stand, arguments: &Arguments) {
    let list = output::argument(&opened.path);
    if stand.n_waiting > 0 {
        let inbox = output::argument(&opened.folder().join(INBOX));
        let n = stand.n_waiting;
        output::note(&format!(
            "“{INBOX}”里还有 {n} 个文件没有收；用 nianbao units receive {inbox} 收，或者看为什么没有收"
        ));
    }
    if stand.to_send_back().next().is_some() && !arguments.back {
        output::note(&format!("用 nianbao units {list} --back 给报来而不能用的单位生成问题单"));
    }
    if stand.lacking().next().is_some() && !arguments.remind {
        output::note(&format!("用 nianbao units {list} --remind 列出催报的话"));
    }
    if stand.is_whole() {
        output::note(&format!("都报了、都能用；用 nianbao sum {list} 汇总"));
    }
}

/// Writes the stand as a page, a Word file, a PDF or a workbook.
fn write(list: &UnitList, out: &Out, stand: &Stand) -> Exit {
    match out {
        Out::Workbook(path) => put(path, office::stand_workbook(list, stand)),
        Out::Document(target) => {
            sheet::write_document(&office::stand_document(list, stand), target)
        }
    }
}

/// Writes a new file that was made, and says so.
pub(super) fn put(path: &Path, made: Result<Vec<u8>, String>) -> Exit {
    let bytes = match made {
        Ok(bytes) => bytes,
        Err(why) => return fail(&format!("无法生成 {}：{why}", path.display())),
    };
    if let Err(error) = files::create_whole(path, &bytes) {
        return fail(&error.to_string());
    }
    output::written(path);
    Exit::Clean
}

/// Makes the sheet of every unit that handed in what cannot be used, and remembers that it goes back.
fn send_back(opened: &Opened, stand: &Stand) -> Result<Exit, Exit> {
    let made = office::send_back(&opened.list, &opened.path, stand);
    let made = made.map_err(|why| fail(&why))?;
    if made.is_empty() {
        output::note("没有要退回的");
    }
    made.iter().for_each(|path| output::written(path));
    Ok(Exit::Clean)
}
