//! `nianbao check`: says everything that is wrong with data files.

use std::path::PathBuf;

use clap::Args;

use super::output::{self, Checked, OutputFormat};
use super::sheet::{self, Target};
use super::{Exit, usage};
use crate::diag::Severity;
use crate::load::load;

/// The variable that chooses the format of findings when the command line does not.
const FORMAT_VARIABLE: &str = "NIANBAO_OUTPUT_FORMAT";

/// 检查数据文件，列出全部问题、所在位置、依据和改法
#[derive(Debug, Args)]
#[command(help_template = usage::TEMPLATE, disable_help_flag = true, override_usage = "nianbao check [选项] <文件>...")]
pub(super) struct Arguments {
    /// 数据文件（.toml），可以写多个
    #[arg(required = true, value_name = "文件", help_heading = "参数")]
    files: Vec<PathBuf>,

    #[arg(
        long,
        help = "问题怎样列出：full（附原文和改法）、concise（每处一行）、json、sarif、github；不写则用环境变量 NIANBAO_OUTPUT_FORMAT 指定的，再没有则用 full",
        value_name = "格式",
        value_parser = OutputFormat::from_key,
        help_heading = "选项"
    )]
    output_format: Option<OutputFormat>,

    /// 同时列出已豁免的问题及其理由
    #[arg(long, help_heading = "选项")]
    waived: bool,

    /// 另外生成一份检查单，随纸质稿送签；扩展名决定格式：.pdf、.docx 或 .html；只能检查一个文件
    #[arg(long, value_name = "检查单", value_parser = sheet::target, help_heading = "选项")]
    sheet: Option<Target>,
}

pub(super) fn run(arguments: &Arguments) -> Exit {
    let format = match arguments.output_format.map_or_else(format_of_environment, Ok) {
        Ok(format) => format,
        Err(why) => {
            output::error(&why);
            return Exit::Failed;
        }
    };
    if arguments.sheet.is_some() && arguments.files.len() > 1 {
        output::error(&"--sheet 一次只能检查一个文件");
        return Exit::Failed;
    }
    let files = arguments.files.iter();
    let checks: Vec<Checked> =
        files.map(|path| Checked { path: path.clone(), loaded: load(path) }).collect();
    output::checks(&checks, format, arguments.waived);
    let exit = checks.iter().map(exit).max().unwrap_or(Exit::Clean);
    match (&arguments.sheet, checks.first()) {
        (Some(target), Some(Checked { loaded: Ok(loaded), .. })) => {
            exit.max(sheet::write(loaded, target))
        }
        _ => exit,
    }
}

/// The format that the environment asks for, or the one for people.
fn format_of_environment() -> Result<OutputFormat, String> {
    match std::env::var(FORMAT_VARIABLE) {
        Ok(key) if !key.trim().is_empty() => OutputFormat::from_key(&key)
            .map_err(|allowed| format!("环境变量 {FORMAT_VARIABLE} 不能写“{key}”，{allowed}")),
        _ => Ok(OutputFormat::Full),
    }
}

fn exit(check: &Checked) -> Exit {
    match &check.loaded {
        Ok(loaded) if loaded.review.findings.iter().any(|d| d.severity == Severity::Error) => {
            Exit::Findings
        }
        Ok(_) => Exit::Clean,
        Err(_) => Exit::Failed,
    }
}
