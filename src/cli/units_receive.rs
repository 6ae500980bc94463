//! `nianbao units receive`: what came back from the units.

use std::collections::BTreeMap;
use std::io::{BufRead as _, IsTerminal as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;

use clap::Args;

use super::exit::Exit;
use super::opened_list::{Opened, fail};
use super::{interrupt, output, usage};
use crate::files;
use crate::load::{EARLIER, LIST_NAME};
use crate::office::{self, Inbox, Ledger, Looked, Outcome};
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
    let (list, folder) = (&opened.list, opened.folder());
    let unit = named_unit(arguments, list)?;
    let failed = |error: files::FileError| fail(&error.to_string());
    // Files of units are locked one by one as they are replaced; this keeps a second run out.
    let _lock = files::lock(&folder.join(EARLIER)).map_err(failed)?;
    office::remove_leftovers(list, &opened.path);
    let inbox = office::inbox(&arguments.inbox, list, &opened.path).map_err(failed)?;
    let paths = &inbox.files;
    let ledger = office::ledger(folder);
    let mut looked = office::look(paths, list, unit, interrupt::flag());
    if looked.len() < paths.len() {
        return Err(fail("已停止，没有收；再运行一次"));
    }
    // A file for which a unit is named is to be taken, though it was before.
    let unknown = Ledger::new();
    let known = if unit.is_some() { &unknown } else { &ledger };
    let mut sorted = office::sort(paths, &looked, list, &opened.path, known);
    if ask(paths, &sorted, &mut looked, list) {
        sorted = office::sort(paths, &looked, list, &opened.path, known);
    }
    let mut run = Receiving { ledger, ..Receiving::default() };
    run.take_all(paths, &looked, sorted, &opened, arguments);
    if !arguments.dry_run {
        run.save(folder);
    }
    run.report(&inbox, &opened, arguments)
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

/// The number of files after which the ledger is written.
const SAVE_EVERY: usize = 100;

/// The state of a run.
#[derive(Default)]
struct Receiving {
    ledger: Ledger,
    /// The unit and the words, by the number of the file.
    rows: BTreeMap<usize, (String, String)>,
    n_taken: usize,
    n_known: usize,
    n_left: usize,
    exit: Exit,
    is_stopped: bool,
}

impl Receiving {
    /// Takes all files that are to be taken; without writing, it only says which.
    fn take_all(
        &mut self,
        paths: &[PathBuf],
        looked: &[Looked],
        sorted: Vec<Result<usize, Outcome>>,
        opened: &Opened,
        Arguments { inbox, dry_run, blank_is_zero, .. }: &Arguments,
    ) {
        let (list, dry_run) = (&opened.list, *dry_run);
        // Texts go before the figures that are put into them.
        let mut sorted: Vec<_> = sorted.into_iter().enumerate().collect();
        sorted.sort_by_key(|(i, _)| looked[*i].is_workbook());
        for (i, sorted) in sorted {
            if interrupt::flag().load(Ordering::SeqCst) {
                self.is_stopped = true;
                return;
            }
            let outcome = match sorted {
                Ok(unit) if dry_run => {
                    self.n_taken += 1;
                    self.rows.insert(i, (list.units[unit].name.clone(), "可以收".to_owned()));
                    continue;
                }
                Ok(unit) => match office::take(
                    &paths[i],
                    &looked[i],
                    unit,
                    list,
                    &opened.path,
                    *blank_is_zero,
                ) {
                    Ok(outcome) => outcome,
                    Err(error) => {
                        self.exit = Exit::Failed;
                        Outcome::Unreadable(error.to_string())
                    }
                },
                Err(outcome) => outcome,
            };
            self.count(&outcome, looked[i].digest(), list);
            self.rows.insert(i, told(&outcome, list, inbox));
            if !dry_run && self.rows.len().is_multiple_of(SAVE_EVERY) {
                self.save(opened.folder());
            }
        }
    }

    /// Counts an outcome, and notes what has been taken.
    fn count(&mut self, outcome: &Outcome, digest: &str, list: &UnitList) {
        let mut note = |unit: usize| {
            self.ledger.insert(digest.to_owned(), list.units[unit].name.clone());
        };
        match outcome {
            Outcome::Taken(taken) => {
                note(taken.unit);
                self.n_taken += 1;
            }
            Outcome::Same(unit) => {
                note(*unit);
                self.n_known += 1;
            }
            Outcome::Known(_) | Outcome::Unneeded(_) => self.n_known += 1,
            Outcome::OtherYear(..)
            | Outcome::NoYear(_)
            | Outcome::OtherBody(_)
            | Outcome::Unsure(_)
            | Outcome::Several(..)
            | Outcome::Blank(_)
            | Outcome::Poorer(_)
            | Outcome::Faulty(..)
            | Outcome::Unreadable(_) => {
                self.n_left += 1;
                self.exit = self.exit.max(Exit::Findings);
            }
        }
    }

    /// Prints what became of every file, and what to do next.
    fn report(
        &self,
        Inbox { files: paths, unread, n_kept }: &Inbox,
        opened: &Opened,
        Arguments { inbox, dry_run, .. }: &Arguments,
    ) -> Result<Exit, Exit> {
        let row =
            |(i, (unit, text)): (&usize, &(String, String))| row(inbox, &paths[*i], unit, text);
        output::grid(&["文件", "单位", "结果"], &self.rows.iter().map(row).collect::<Vec<_>>());
        let (n_taken, n_known, n_left) = (self.n_taken, self.n_known, self.n_left);
        let act = if *dry_run { "可以收" } else { "收下" };
        output::line(&format!(
            "共 {} 个文件：{act} {n_taken} 个，已经收过或不用收 {n_known} 个，没有收 {n_left} 个",
            paths.len()
        ));
        unread.iter().for_each(|why| output::note(why));
        if *n_kept > 0 {
            output::note(&format!("名单、已收的报告、下发和换下的文件共 {n_kept} 个，没有看"));
        }
        if self.is_stopped {
            return Err(fail("已停止，后面的没有收；再运行一次接着收"));
        }
        if *dry_run {
            output::note("只是查看，没有写入");
        } else if n_taken > 0 {
            let list = output::argument(&opened.path);
            output::note(&format!("用 nianbao units {list} 看谁没有报、逾期、有错误"));
        }
        Ok(if unread.is_empty() { self.exit } else { self.exit.max(Exit::Findings) })
    }

    fn save(&mut self, folder: &Path) {
        if let Err(error) = office::save_ledger(folder, &self.ledger) {
            output::error(&error);
            self.exit = Exit::Failed;
        }
    }
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

fn row(inbox: &Path, file: &Path, unit: &str, text: &str) -> Vec<String> {
    vec![within(inbox, file), unit.to_owned(), text.to_owned()]
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

/// The unit and the words on what became of a file.
fn told(outcome: &Outcome, list: &UnitList, inbox: &Path) -> (String, String) {
    let name = |unit: usize| list.units[unit].name.clone();
    let due = list.year;
    match outcome {
        Outcome::Taken(taken) => {
            let mut parts = vec![match &taken.earlier {
                Some(earlier) => format!("收下，换下了以前的（留在 {}）", earlier.display()),
                None => "收下".to_owned(),
            }];
            parts.extend_from_slice(&taken.remarks);
            (name(taken.unit), parts.join("；"))
        }
        Outcome::Same(unit) => (name(*unit), "与已收的相同".to_owned()),
        Outcome::Known(unit) => (unit.clone(), "以前收过".to_owned()),
        Outcome::OtherYear(unit, year) => {
            (name(*unit), format!("没有收：是{year}年度的，名单是{due}年度的"))
        }
        Outcome::NoYear(unit) => {
            (name(*unit), format!("没有收：没有写年度；写上 year = {due} 再收"))
        }
        Outcome::OtherBody(body) => (String::new(), format!("没有收：写的是“{body}”，不在名单上")),
        Outcome::Unsure(units) if units.is_empty() => {
            let help = "确定的用 --unit 写明单位，单独收";
            (String::new(), format!("没有收：看不出是哪个单位的；{help}"))
        }
        Outcome::Unsure(units) => {
            let names: Vec<String> = units.iter().take(3).map(|unit| name(*unit)).collect();
            let help = "确定的用 --unit 写明单位，单独收";
            (String::new(), format!("没有收：不能确定是不是“{}”的；{help}", names.join("”或“")))
        }
        Outcome::Several(unit, others) => {
            let others: Vec<String> = others.iter().map(|path| within(inbox, path)).collect();
            let others = others.join("、");
            (name(*unit), format!("没有收：还有 {others}，不是同一个文件，只留要用的一份"))
        }
        Outcome::Unneeded(unit) => (name(*unit), "什么也没有填，不用收".to_owned()),
        Outcome::Poorer(unit) => {
            let why = "没有收：三张表没有填，已收的那份填了；把数填上再报";
            (name(*unit), why.to_owned())
        }
        Outcome::Blank(unit) => (name(*unit), "没有收：三张表里什么也没有填".to_owned()),
        Outcome::Faulty(unit, why) => {
            const MOST: usize = 5;
            let n = why.len();
            let more = if n > MOST { format!("；……共 {n} 处") } else { String::new() };
            let shown: Vec<&str> = why.iter().take(MOST).map(String::as_str).collect();
            (name(*unit), format!("没有收，有 {n} 处读不了：{}{more}", shown.join("；")))
        }
        Outcome::Unreadable(why) => (String::new(), format!("没有收：{why}")),
    }
}
