//! `nianbao units compare`: the reports of the units side by side.

use clap::Args;

use super::exit::Exit;
use super::list_format::ListFormat;
use super::office_rules::OfficeRules;
use super::opened_list::ListArgument;
use super::units_stand::{Out, out, put};
use super::{output, sheet, usage};
use crate::office::{self, Across};
use crate::report::Date;
use crate::units::{State, UnitList};

/// 各单位比较：办理申请的各种比率，哪些与别的单位相差很远；哪些报告的文字与别的单位相同
#[derive(Debug, Args)]
#[command(
    help_template = usage::TEMPLATE,
    disable_help_flag = true,
    override_usage = "nianbao units compare [选项] [名单或文件夹]",
    after_help = "列出来的不一定有错，是请人看的，所以不改变退出码。退出码：0 比完了；2 无法完成。"
)]
pub(super) struct Arguments {
    #[command(flatten)]
    list: ListArgument,

    /// 逐个列出全部单位的比率；不写时，超过60个的不逐个列出
    #[arg(long, help_heading = "选项")]
    all: bool,

    /// 另外写成一个文件；扩展名决定格式：.html、.docx、.pdf、.ofd（试用）或 .xlsx（已有的工作簿不会被改动）
    #[arg(short, long, value_name = "文件", value_parser = out, help_heading = "选项")]
    out: Option<Out>,

    /// 每份报告都重新看一遍；不写时，没有变化的不再看
    #[arg(long, help_heading = "选项")]
    no_cache: bool,

    #[command(flatten)]
    office: OfficeRules,

    /// 怎样列出：text（表格）、json；不写则用 text
    #[arg(long, value_name = "格式", value_parser = ListFormat::from_key, default_value = "text", hide_default_value = true, help_heading = "选项")]
    output_format: ListFormat,
}

pub(super) fn run(arguments: &Arguments) -> Exit {
    compare(arguments).unwrap_or_else(|exit| exit)
}

fn compare(arguments: &Arguments) -> Result<Exit, Exit> {
    let mut opened = arguments.list.open()?;
    if let Some(office) = arguments.office.read()? {
        opened.list.rules = Some(office);
    }
    let list = &opened.list;
    // No comparison depends on the day.
    let day = list.due.or_else(|| Date::new(list.year, 12, 31));
    let day = day.unwrap_or_else(super::today::today);
    let stand = office::stand(list, &opened.path, day, !arguments.no_cache);
    let across = office::across(list, &stand);
    match arguments.output_format {
        ListFormat::Json => output::across_json(list, &across),
        ListFormat::Text => {
            output::across(&office::across_head(list, &across), list, &across, arguments.all);
        }
    }
    if stand.lacking().any(|row| row.state != State::Missing) {
        let path = output::argument(&opened.path);
        output::note(&format!("有报来而不能用的，用 nianbao units {path} 看原因"));
    }
    let written = arguments.out.as_ref().map(|out| write(list, out, &across));
    Ok(written.unwrap_or(Exit::Clean))
}

/// Writes the comparison as a page, a Word file, a PDF or a workbook with a sheet for each table.
fn write(list: &UnitList, out: &Out, across: &Across) -> Exit {
    match out {
        Out::Workbook(path) => put(path, office::across_workbook(list, across)),
        Out::Document(target) => match office::across_document(list, across) {
            Some(document) => sheet::write_document(&document, target),
            None => Exit::Clean,
        },
    }
}
