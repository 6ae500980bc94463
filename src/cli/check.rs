//! `nianbao check`: says everything that is wrong with data files.

use std::path::PathBuf;

use clap::Args;

use super::output::{self, OutputFormat, Printer, Style};
use super::sheet::{self, Target};
use super::{Exit, each, usage};
use crate::batch::{self, Input, Read};

/// The variable that chooses the format of findings when the command line does not.
const FORMAT_VARIABLE: &str = "NIANBAO_OUTPUT_FORMAT";

/// 检查数据文件，列出全部问题、所在位置、依据和改法
#[derive(Debug, Args)]
#[command(help_template = usage::TEMPLATE, disable_help_flag = true, override_usage = "nianbao check [选项] <文件或文件夹>...")]
pub(super) struct Arguments {
    /// 数据文件（.toml），或者放数据文件的文件夹（含其中各级文件夹），可以写多个
    #[arg(required = true, value_name = "文件", help_heading = "参数")]
    files: Vec<PathBuf>,

    #[arg(
        long,
        help = "问题怎样列出：full（附原文和改法）、concise（每处一行）、json、jsonl（每份一行）、sarif、github；不写则用环境变量 NIANBAO_OUTPUT_FORMAT 指定的，再没有则用 full",
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
    let found = batch::find(&arguments.files);
    let style = Style { format, waived: arguments.waived, many: found.is_many() };
    let Some(target) = &arguments.sheet else { return each::run(&found, style, None) };
    match (arguments.files.len(), found.inputs.as_slice()) {
        (1, [input]) if !found.folders => with_sheet(input, style, target),
        _ => {
            output::error(&"--sheet 一次只能检查一个文件");
            Exit::Failed
        }
    }
}

/// Checks one file and writes its check sheet.
fn with_sheet(input: &Input, style: Style, target: &Target) -> Exit {
    let read = batch::read(input);
    let written = match &read {
        Read::Loaded(loaded) => Some((**loaded).clone()),
        Read::UnitList | Read::Foreign | Read::Failed(_) => None,
    };
    let mut printer = Printer::begin(style);
    let outcome = each::outcome(input, read, None, style);
    let exit = outcome.exit;
    outcome.say(&mut printer);
    printer.end();
    exit.max(written.map_or(Exit::Clean, |loaded| sheet::write(&loaded, target)))
}

/// The format that the environment asks for, or the one for people.
fn format_of_environment() -> Result<OutputFormat, String> {
    match std::env::var(FORMAT_VARIABLE) {
        Ok(key) if !key.trim().is_empty() => OutputFormat::from_key(&key)
            .map_err(|allowed| format!("环境变量 {FORMAT_VARIABLE} 不能写“{key}”，{allowed}")),
        _ => Ok(OutputFormat::Full),
    }
}
