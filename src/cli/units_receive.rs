//! `nianbao units receive`: what came back from the units.

use std::io::{BufRead as _, IsTerminal as _};
use std::path::{Path, PathBuf};

use clap::Args;

use super::exit::Exit;
use super::opened_list::{Opened, fail};
use super::{interrupt, output, usage};
use crate::files;
use crate::load::LIST_NAME;
use crate::office::{self, Inbox, Looked, Outcome, Received, Way};
use crate::units::UnitList;

/// 收报来的文件：数据文件、工作簿、Word、PDF、网页都可以，文件名不限；逐个说明收了没有、为什么
#[derive(Debug, Args)]
#[command(help_template = usage::TEMPLATE, disable_help_flag = true, override_usage = "nianbao units receive [选项] <收件夹或文件>", after_help = "退出码：0 全部收下；1 有没有收的；2 无法完成。")]
pub(super) struct Arguments {
    /// 放报来的文件的文件夹（含其中各级文件夹），或者一个文件；原件不会被改动
    #[arg(value_name = "收件夹或文件", help_heading = "参数")]
    inbox: PathBuf,

    /// 单位名单 units.toml，或者它所在的文件夹；不写则在收件夹里、它的上一级、当前文件夹和“报送”里找
    #[arg(long, value_name = "名单", help_heading = "选项")]
    list: Option<PathBuf>,

    /// 收件夹写的是一个文件时：算作这个单位的，不看文件里的名称
    #[arg(long, value_name = "单位", help_heading = "选项")]
    unit: Option<String>,

    /// 工作簿里填了数的表，空着的格按 0（合计除外）；不写则空着算没有填
    #[arg(long, help_heading = "选项")]
    blank_is_zero: bool,

    /// 只列出会收哪些，不写入
    #[arg(long, help_heading = "选项")]
    dry_run: bool,
}

pub(super) fn run(arguments: &Arguments) -> Exit {
    receive(arguments).unwrap_or_else(|exit| exit)
}

fn receive(arguments: &Arguments) -> Result<Exit, Exit> {
    let opened = opened(arguments.list.as_deref(), &arguments.inbox)?;
    let list = &opened.list;
    let way = Way {
        unit: named_unit(arguments, list)?,
        blank_is_zero: arguments.blank_is_zero,
        dry_run: arguments.dry_run,
    };
    let choose =
        |paths: &[PathBuf], sorted: &[_], looked: &mut [_]| ask(paths, sorted, looked, list);
    let from = &arguments.inbox;
    let received = office::receive(list, &opened.path, from, way, choose, interrupt::flag());
    report(&received.map_err(|why| fail(&why))?, &opened, arguments)
}

/// The number in the list of the unit that is named for a single file.
fn named_unit(arguments: &Arguments, list: &UnitList) -> Result<Option<usize>, Exit> {
    let Some(name) = &arguments.unit else { return Ok(None) };
    if files::is_folder(&arguments.inbox) {
        return Err(fail("--unit 一次只能收一个文件"));
    }
    let unit = list.units.iter().position(|unit| unit.name == *name && unit.file.is_some());
    unit.map(Some).ok_or_else(|| fail(&format!("名单上没有“{name}”这个要报送的单位")))
}

/// Prints the outcome of every file, and what to do next.
fn report(
    received: &Received,
    opened: &Opened,
    Arguments { inbox, dry_run, .. }: &Arguments,
) -> Result<Exit, Exit> {
    const UNSURE: &str = "确定的用 --unit 写明单位，单独收";
    let list = &opened.list;
    let Inbox { files: paths, unread, n_kept } = &received.inbox;
    let row = |(i, outcome): (&usize, &Result<usize, Outcome>)| {
        let (unit, text) = office::told(outcome, list, |path| within(inbox, path), UNSURE);
        vec![within(inbox, &paths[*i]), unit, text]
    };
    output::grid(&["文件", "单位", "结果"], &received.rows.iter().map(row).collect::<Vec<_>>());
    output::line(&received.counts(*dry_run));
    unread.iter().for_each(|why| output::note(why));
    if *n_kept > 0 {
        output::note(&format!("名单、已收的报告、下发和换下的文件共 {n_kept} 个，没有看"));
    }
    if let Some(error) = &received.unsaved {
        output::error(error);
    }
    if received.is_stopped {
        return Err(fail("已停止，后面的没有收；再运行一次接着收"));
    }
    if *dry_run {
        output::note("只是查看，没有写入");
    } else if received.n_taken > 0 {
        let list = output::argument(&opened.path);
        output::note(&format!("用 nianbao units {list} 看谁没有报、逾期、有错误"));
    }
    let has_left = received.n_left > 0 || !unread.is_empty();
    Ok(if received.has_failed || received.unsaved.is_some() {
        Exit::Failed
    } else if has_left {
        Exit::Findings
    } else {
        Exit::Clean
    })
}

/// Reads the list that is named, or the one that lies near an inbox.
fn opened(list: Option<&Path>, inbox: &Path) -> Result<Opened, Exit> {
    if let Some(list) = list {
        return Opened::at(list);
    }
    let above = inbox.parent().map(Path::to_owned).unwrap_or_default();
    let office = above.join("报送");
    let near = [inbox.to_owned(), above, PathBuf::new(), office, PathBuf::from("报送")];
    let found = near.iter().map(|folder| folder.join(LIST_NAME)).find(|path| files::is_there(path));
    let none = "找不到单位名单 units.toml，请用 --list 写明；还没有的，用 nianbao units new 名单.xlsx 新建";
    Opened::at(&found.ok_or_else(|| fail(none))?)
}

/// A file as it lies in an inbox.
fn within(inbox: &Path, file: &Path) -> String {
    let shown = file.strip_prefix(inbox).ok().filter(|rest| !rest.as_os_str().is_empty());
    shown.unwrap_or(file).display().to_string()
}

/// Asks on a terminal whose the files are of which it is not sure; true if that is known of any of them now.
fn ask(
    paths: &[PathBuf],
    sorted: &[Result<usize, Outcome>],
    looked: &mut [Looked],
    list: &UnitList,
) -> bool {
    let mut is_answered = false;
    if !std::io::stdin().is_terminal() {
        return is_answered;
    }
    for ((path, sorted), looked) in paths.iter().zip(sorted).zip(looked) {
        let Err(Outcome::Unsure(units)) = sorted else { continue };
        let [unit] = units.as_slice() else { continue };
        output::note(&format!(
            "{} 是“{}”的吗？是的输入 y 后回车，不是的直接回车：",
            path.display(),
            list.units[*unit].name
        ));
        let mut answer = String::new();
        let read = std::io::stdin().lock().read_line(&mut answer);
        if read.is_ok() && ["y", "Y", "是"].contains(&answer.trim()) {
            looked.assign(*unit);
            is_answered = true;
        }
    }
    is_answered
}
