//! `nianbao undo`: puts back what a data file held before another command changed it.

use std::path::PathBuf;

use clap::Args;

use super::exit::Exit;
use super::{output, usage};
use crate::files;

/// 恢复数据文件：撤销 sum --into、import --into、import-figures 或 read-back 最近一次写入；再运行一次又改回来
#[derive(Debug, Args)]
#[command(help_template = usage::TEMPLATE, disable_help_flag = true, override_usage = "nianbao undo <文件>")]
pub(super) struct Arguments {
    /// 数据文件（.toml）
    #[arg(value_name = "文件", help_heading = "参数")]
    file: PathBuf,
}

pub(super) fn run(arguments: &Arguments) -> Exit {
    if let Err(error) = files::undo(&arguments.file) {
        output::error(&error);
        return Exit::Failed;
    }
    output::line(&format!(
        "{} 已恢复到上一次写入以前的样子；再运行一次 nianbao undo {} 又改回来",
        arguments.file.display(),
        output::argument(&arguments.file)
    ));
    Exit::Clean
}
