//! `nianbao report-problem`: all that a maintainer of the program needs to know of a fault, in one file.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use clap::Args;

use super::exit::Exit;
use super::{output, usage};
use crate::load::load;
use crate::source::{Lines, disguised, locate};
use crate::{about, files, package};

/// 程序出了毛病时，把版本、系统、检查结果的代码和数据文件打成一个压缩包，发给维护的人
#[derive(Debug, Args)]
#[command(help_template = usage::TEMPLATE, disable_help_flag = true, override_usage = "nianbao report-problem [选项] [文件]")]
pub(super) struct Arguments {
    /// 出问题的数据文件（.toml）；与数据文件无关的不写
    #[arg(value_name = "文件", help_heading = "参数")]
    file: Option<PathBuf>,

    /// 压缩包写到哪里；已有的文件不会被覆盖
    #[arg(
        short,
        long,
        value_name = "压缩包",
        default_value = "nianbao-问题.zip",
        hide_default_value = true,
        help_heading = "选项"
    )]
    out: PathBuf,

    /// 数据文件原样放进去；不写则把其中的文字换成“某”、数字换成 1
    #[arg(long, help_heading = "选项")]
    with_data: bool,
}

pub(super) fn run(arguments: &Arguments) -> Exit {
    let mut parts = Vec::new();
    let mut text = circumstances();
    if let Some(file) = &arguments.file {
        match parts_of(file, arguments.with_data, &mut text) {
            Ok(part) => parts.extend(part),
            Err(error) => {
                let _ = writeln!(text, "\n数据文件读不了：{error}");
            }
        }
    }
    parts.insert(0, ("情况.txt".to_owned(), text.into_bytes()));
    let written = package::stored(&parts).and_then(|bytes| {
        files::create_whole(&arguments.out, &bytes).map_err(|error| error.to_string())
    });
    if let Err(why) = written {
        output::error(&why);
        return Exit::Failed;
    }
    output::written(&arguments.out);
    output::note(if arguments.with_data || arguments.file.is_none() {
        "连同在做什么、看到什么、应当是什么，一起发给维护的人"
    } else {
        "数据文件里的文字已换成“某”、数字换成 1，发出前可以打开看看；要原样放进去的，加 --with-data"
    });
    Exit::Clean
}

/// The program and the system it runs on.
fn circumstances() -> String {
    format!(
        "nianbao {}\n系统  {} {}\n语言  {}\n",
        about::text(),
        std::env::consts::OS,
        std::env::consts::ARCH,
        std::env::var("LANG").unwrap_or_default()
    )
}

/// The data file, disguised unless it may go out as it is; what was found in it is told by code and place.
fn parts_of(
    path: &Path,
    as_it_is: bool,
    text: &mut String,
) -> Result<Option<(String, Vec<u8>)>, files::FileError> {
    let loaded = load(path)?;
    let source = &loaded.source;
    let lines = Lines::of(source.text());
    let _ = writeln!(text, "\n检查结果：{} 处", loaded.review.findings.len());
    for finding in &loaded.review.findings {
        let at = lines.position(locate(source, &finding.primary.place).start);
        let _ = writeln!(
            text,
            "{} {} 第{}行第{}列",
            finding.code,
            finding.severity.name(),
            at.line,
            at.column
        );
    }
    for unassessed in &loaded.review.unassessed {
        let _ = writeln!(text, "{} 未能判断", unassessed.code);
    }
    let data = if as_it_is { source.text().to_owned() } else { disguised(source.text()) };
    Ok(Some(("年报.toml".to_owned(), data.into_bytes())))
}
