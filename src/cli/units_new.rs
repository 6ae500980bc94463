//! `nianbao units new`: the list of units from the names that an office has.

use std::path::{Path, PathBuf};

use clap::Args;

use super::exit::Exit;
use super::{new, output, usage};
use crate::load::LIST_NAME;
use crate::office::{NoList, Proposal, proposal};
use crate::report::{AgencyKind, AgencyLevel, Date};
use crate::units::UnitList;
use crate::{files, source};

/// 由单位名单（Excel、CSV 或文本）新建 units.toml：类别、层级从名称推定，逐个列出
#[derive(Debug, Args)]
#[command(help_template = usage::TEMPLATE, disable_help_flag = true, override_usage = "nianbao units new [选项] <名单>")]
pub(super) struct Arguments {
    /// 单位名单：.xlsx、.xls、.ods、.csv 或 .txt，一行一个单位；缩进的、“上级”一列写明的，归在上一级之下
    #[arg(value_name = "名单", help_heading = "参数")]
    file: PathBuf,

    /// 汇总到哪个机关：机关全称；不写则看名单的标题，再看各单位的名称
    #[arg(long, value_name = "名称", help_heading = "选项")]
    name: Option<String>,

    /// 报告年度；不写则看名单的标题
    #[arg(long, value_name = "年度", value_parser = new::year, help_heading = "选项")]
    year: Option<u16>,

    /// 报送截止日期，例如 2026-01-20
    #[arg(long, value_name = "日期", value_parser = date, help_heading = "选项")]
    due: Option<Date>,

    /// 写成哪个文件；不写则是名单旁边的 units.toml。已有的文件不会被改动
    #[arg(short, long, value_name = "文件", help_heading = "选项")]
    out: Option<PathBuf>,

    /// 只列出读出了什么，不写入
    #[arg(long, help_heading = "选项")]
    dry_run: bool,
}

/// A day of the calendar.
pub(super) fn date(typed: &str) -> Result<Date, String> {
    let mut parts = typed.trim().split(['-', '/', '.']);
    let mut next = || parts.next().and_then(|part| part.parse::<u16>().ok());
    let (year, month, day) = (next(), next(), next());
    let small = |n: Option<u16>| n.and_then(|n| u8::try_from(n).ok());
    let date = year.zip(small(month)).zip(small(day));
    let date = date.and_then(|((year, month), day)| Date::new(year, month, day));
    date.filter(|_| parts.next().is_none()).ok_or_else(|| "写成 2026-01-20 的样子".to_owned())
}

pub(super) fn run(arguments: &Arguments) -> Exit {
    match make(arguments) {
        Ok(exit) => exit,
        Err(why) => {
            output::error(&why);
            Exit::Failed
        }
    }
}

fn make(arguments: &Arguments) -> Result<Exit, String> {
    let path = &arguments.file;
    let shown = path.display();
    if path.extension().is_some_and(|e| e.eq_ignore_ascii_case("toml")) {
        return Err(format!("{shown} 已经是 .toml；这里写单位名单的 Excel、CSV 或文本文件"));
    }
    let bytes = files::read_bytes(path).map_err(|error| error.to_string())?;
    let made = proposal(&bytes, arguments.name.as_deref(), arguments.year, arguments.due);
    let Proposal { list, open, remarks, doubts } = made.map_err(|why| match why {
        NoList::Unreadable(why) => format!("{shown}：{why}"),
        NoList::NoYear => {
            format!("{shown} 里没有写年度，请用 --year 写明报告年度，例如 --year 2025")
        }
        NoList::NoBody => format!("看不出 {shown} 的单位汇总到哪个机关，请用 --name 写明机关全称"),
    })?;
    show(&list);
    for remark in &remarks {
        output::note(remark);
    }
    for doubt in &doubts {
        output::note(&format!("警告：{doubt}，核对是不是同一个单位"));
    }
    if arguments.name.is_none() {
        output::note(&format!("汇总到“{}”；不对的用 --name 写明", list.name));
    }
    let out = arguments.out.clone().unwrap_or_else(|| beside(path));
    if arguments.dry_run {
        output::note(&format!("只是查看，没有写入 {}", out.display()));
        return Ok(Exit::Clean);
    }
    let exit = new::create(&out, &source::write_units(&list, &open));
    if exit == Exit::Clean {
        let unsure = list.units.iter().filter(|u| u.file.is_some() && u.kind.is_none()).count();
        if unsure > 0 {
            output::note(&format!(
                "有 {unsure} 个单位的类别从名称看不出来，在 {} 里补上 kind",
                out.display()
            ));
        }
        if !open.is_empty() {
            output::note(&format!(
                "这些单位有自己的报告又有下级，请在 {} 里填写 figures，写明它的数含不含下级：{}",
                out.display(),
                open.join("、")
            ));
        }
        output::note("类别、层级是按名称推定的，请核对");
    }
    Ok(exit)
}

/// The list beside the names it was made of.
fn beside(path: &Path) -> PathBuf {
    path.with_file_name(LIST_NAME)
}

/// Shows the list as it will be written.
fn show(list: &UnitList) {
    let rows: Vec<Vec<String>> = list
        .tree(None)
        .into_iter()
        .map(|i| {
            let unit = &list.units[i];
            let indent = "  ".repeat(list.level(i).saturating_sub(1));
            let kind = AgencyKind::ALL.iter().find(|kind| Some(kind.0) == unit.kind);
            let level = AgencyLevel::ALL.iter().find(|level| Some(level.0) == unit.level);
            let short = |name: &str| name.split('（').next().unwrap_or(name).to_owned();
            let open = if unit.file.is_some() { "？" } else { "" };
            vec![
                format!("{indent}{}", unit.name),
                kind.map_or_else(|| open.to_owned(), |kind| short(kind.2)),
                level.map_or_else(|| open.to_owned(), |level| short(level.2)),
                unit.file.clone().unwrap_or_else(|| "（分组，自己不报）".to_owned()),
            ]
        })
        .collect();
    let groups = list.units.iter().filter(|unit| unit.file.is_none()).count();
    let n = list.units.len() - groups;
    let groups = if groups > 0 { format!("，另有 {groups} 个分组") } else { String::new() };
    output::line(&format!("{} {}年度，{n} 个单位{groups}：", list.name, list.year));
    output::grid(&["单位", "类别", "层级", "数据文件"], &rows);
}
