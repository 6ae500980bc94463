//! `nianbao check`: says everything that is wrong with data files.

use std::path::PathBuf;

use clap::Args;

use super::{Exit, load, output, usage};
use crate::diag::Severity;

/// 检查数据文件，列出全部问题、所在位置、依据和改法
#[derive(Debug, Args)]
#[command(help_template = usage::TEMPLATE, disable_help_flag = true, override_usage = "nianbao check [选项] <文件>...")]
pub(super) struct Arguments {
    /// 数据文件（.toml），可以写多个
    #[arg(required = true, value_name = "文件", help_heading = "参数")]
    files: Vec<PathBuf>,
}

pub(super) fn run(arguments: &Arguments) -> Exit {
    let mut exit = Exit::Clean;
    for path in &arguments.files {
        exit = exit.max(match load(path) {
            Ok(loaded) => {
                output::findings(&loaded.source, &loaded.review.findings);
                output::summary(&loaded.source, &loaded.review);
                let has_errors =
                    loaded.review.findings.iter().any(|d| d.severity == Severity::Error);
                if has_errors { Exit::Findings } else { Exit::Clean }
            }
            Err(error) => {
                output::error(&error);
                Exit::Failed
            }
        });
    }
    exit
}
