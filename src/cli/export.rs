//! `nianbao export`: the three tables as a workbook, to collect figures in.

use std::path::PathBuf;

use clap::Args;

use super::exit::Exit;
use super::readable::readable;
use super::{output, usage};
use crate::load::load;
use crate::{files, workbook};

/// 把三张表导出成 Excel 工作簿，供收集数字；填好后用 import-figures 导入
#[derive(Debug, Args)]
#[command(help_template = usage::TEMPLATE, disable_help_flag = true, override_usage = "nianbao export --xlsx [选项] <文件>")]
pub(super) struct Arguments {
    /// 数据文件（.toml）；已填的数带出去，没有填的空着
    #[arg(value_name = "文件", help_heading = "参数")]
    file: PathBuf,

    /// 导出成 Excel 工作簿（.xlsx）；目前只有这一种，可以不写
    #[arg(long, help_heading = "选项")]
    xlsx: bool,

    /// 工作簿的文件名；不写则与数据文件同名。已有的文件不会被改动
    #[arg(short, long, value_name = "工作簿", value_parser = workbook_file, help_heading = "选项")]
    out: Option<PathBuf>,
}

fn workbook_file(path: &str) -> Result<PathBuf, String> {
    let path = PathBuf::from(path);
    let is_xlsx = path.extension().is_some_and(|e| e.eq_ignore_ascii_case("xlsx"));
    if is_xlsx { Ok(path) } else { Err("扩展名应是 .xlsx".to_owned()) }
}

pub(super) fn run(arguments: &Arguments) -> Exit {
    let path = &arguments.file;
    let loaded = match load(path) {
        Ok(loaded) => loaded,
        Err(error) => {
            output::error(&error);
            return Exit::Failed;
        }
    };
    let report = match readable(&loaded, "没有导出") {
        Ok(report) => report,
        Err(exit) => return exit,
    };
    let bytes = match workbook::write(report) {
        Ok(bytes) => bytes,
        Err(faults) => {
            output::faults(&faults);
            output::note("没有导出工作簿");
            return Exit::Findings;
        }
    };
    let target = arguments.out.clone().unwrap_or_else(|| path.with_extension("xlsx"));
    // A workbook of that name may hold figures that somebody has typed.
    if let Err(error) = files::create_whole(&target, &bytes) {
        output::error(&error);
        return Exit::Failed;
    }
    output::written(&target);
    output::note(&format!(
        "填好后运行 nianbao import-figures {} --into {}",
        output::argument(&target),
        output::argument(path)
    ));
    Exit::Clean
}
