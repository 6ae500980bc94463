//! `nianbao check`: says everything that is wrong with data files.

use std::path::PathBuf;

use clap::Args;

use super::exit::Exit;
use super::listing::Listing;
use super::office_rules::OfficeRules;
use super::output::{self, Figures, Printer, Style};
use super::sheet::{self, Target};
use super::{per_file, usage};
use crate::batch::{self, Input, Read};
use crate::load::Listed;

/// 检查数据文件或已公布的年报，列出全部问题、所在位置、依据和改法
#[derive(Debug, Args)]
#[command(help_template = usage::TEMPLATE, disable_help_flag = true, override_usage = "nianbao check [选项] <文件或文件夹>...")]
pub(super) struct Arguments {
    /// 数据文件（.toml），已公布的年报（网页、Word、PDF 等），或者放这些文件的文件夹（含其中各级文件夹），可以写多个
    #[arg(required = true, value_name = "文件", help_heading = "参数")]
    files: Vec<PathBuf>,

    #[command(flatten)]
    listing: Listing,

    #[command(flatten)]
    office: OfficeRules,

    /// 同时列出已豁免的问题及其理由
    #[arg(long, help_heading = "选项")]
    waived: bool,

    /// 逐个列出文字中的数：读作什么，与什么核对过；未判断的说明原因
    #[arg(long, help_heading = "选项")]
    coverage: bool,

    /// 另外生成一份检查单，随纸质稿送签；扩展名决定格式：.pdf、.docx、.ofd（试用），或者 .html（审阅页：检查单和年报，点任何一个数看来龙去脉）；只能检查一个文件
    #[arg(long, value_name = "检查单", value_parser = sheet::target, help_heading = "选项")]
    sheet: Option<Target>,

    /// 检查单里写明：自带和自备的字体都没有的字，PDF 用本机的哪个字体；检查单是 PDF 的，也用它
    #[arg(long, requires = "sheet", help_heading = "选项")]
    system_fonts: bool,
}

pub(super) fn run(arguments: &Arguments) -> Exit {
    let mut found = batch::find_with_published(&arguments.files);
    found.listed.office = match arguments.office.read() {
        Ok(office) => office,
        Err(exit) => return exit,
    };
    let figures = if arguments.coverage { Figures::Listed } else { Figures::Counted };
    let style = match arguments.listing.style(arguments.waived, figures, found.is_many()) {
        Ok(style) => style,
        Err(why) => {
            output::error(&why);
            return Exit::Failed;
        }
    };
    let Some(target) = &arguments.sheet else { return per_file::run(&found, style, None) };
    match (arguments.files.len(), found.inputs.as_slice()) {
        (1, [input]) if !found.folders => {
            with_sheet(input, &found.listed, style, target, arguments.system_fonts)
        }
        _ => {
            output::error(&"--sheet 一次只能检查一个文件");
            Exit::Failed
        }
    }
}

/// Checks one file and writes its check sheet.
fn with_sheet(
    input: &Input,
    listed: &Listed,
    style: Style,
    target: &Target,
    system_fonts: bool,
) -> Exit {
    let read = batch::read(input, listed);
    let written = match &read {
        Read::Loaded(loaded) => Some((**loaded).clone()),
        Read::UnitList | Read::Foreign | Read::Failed(_) => None,
    };
    let mut printer = Printer::begin(style);
    let outcome = per_file::outcome(input, read, None, style);
    let exit = outcome.exit;
    outcome.say(&mut printer);
    printer.end();
    let write = |loaded| sheet::write(&loaded, &input.path, target, system_fonts);
    exit.max(written.map_or(Exit::Clean, write))
}
