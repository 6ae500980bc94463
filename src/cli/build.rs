//! `nianbao build`: makes the documents of data files that have no errors, or drafts.

use std::path::PathBuf;

use clap::Args;

use super::branding::BrandingArguments;
use super::exit::Exit;
use super::listing::Listing;
use super::office_rules::OfficeRules;
use super::output::{self, Figures};
use super::{interrupt, per_file, usage};
use crate::batch::{self, Maker, Options, Run};
use crate::load::is_published;
use crate::render::Format;

/// 检查数据文件，没有错误的生成年度报告
#[derive(Debug, Args)]
#[command(help_template = usage::TEMPLATE, disable_help_flag = true, override_usage = "nianbao build [选项] <文件或文件夹>...")]
pub(super) struct Arguments {
    /// 数据文件（.toml），或者放数据文件的文件夹（含其中各级文件夹），可以写多个
    #[arg(required = true, value_name = "文件", help_heading = "参数")]
    files: Vec<PathBuf>,

    /// 生成到哪个文件夹，其中保持数据文件原来的各级文件夹；不写则与数据文件放在一起
    #[arg(short, long, value_name = "文件夹", help_heading = "选项")]
    out: Option<PathBuf>,

    /// 生成哪几种，用逗号隔开：html（网页）、docx、pdf，另有 html-fragment（粘贴到网站后台用）、ofd（试用）；不写则生成前三种
    #[arg(
        short,
        long,
        value_name = "格式",
        value_delimiter = ',',
        value_parser = format,
        hide_possible_values = true,
        help_heading = "选项"
    )]
    format: Vec<Format>,

    /// 有错误也生成，每页标明“草稿”，未填的数据标为“〔未填〕”
    #[arg(long, help_heading = "选项")]
    draft: bool,

    #[command(flatten)]
    branding: BrandingArguments,

    /// 把数据文件放进 PDF、OFD 里一起存档（PDF 为 PDF/A-3a；不写则为 PDF/A-2a）
    #[arg(long, help_heading = "选项")]
    attach_data: bool,

    /// 全部重新生成；不写则一次做多份时，没有变化的不再生成
    #[arg(long, help_heading = "选项")]
    force: bool,

    #[command(flatten)]
    listing: Listing,

    #[command(flatten)]
    office: OfficeRules,
}

fn format(key: &str) -> Result<Format, String> {
    let all: Vec<&str> = Format::ALL.iter().map(|format| format.key()).collect();
    Format::from_key(key.trim()).ok_or_else(|| format!("可以写 {}", all.join("、")))
}

pub(super) fn run(arguments: &Arguments) -> Exit {
    if let Some(path) = arguments.files.iter().find(|path| is_published(path)) {
        let path = path.display();
        output::error(&format!("{path} 是已公布的年报，不是数据文件，没有生成"));
        output::note("先用 nianbao import 读成数据文件，再生成");
        return Exit::Failed;
    }
    let mut found = batch::find(&arguments.files);
    found.listed.office = match arguments.office.read() {
        Ok(office) => office,
        Err(exit) => return exit,
    };
    let style = match arguments.listing.style(false, Figures::Untold, found.is_many()) {
        Ok(style) => style,
        Err(why) => {
            output::error(&why);
            return Exit::Failed;
        }
    };
    let mut formats = if arguments.format.is_empty() {
        Format::DEFAULT.to_vec()
    } else {
        arguments.format.clone()
    };
    formats.sort_unstable();
    formats.dedup();
    let maker = Maker::new(Options {
        formats,
        out: arguments.out.clone(),
        draft: arguments.draft,
        attach_data: arguments.attach_data,
        force: arguments.force,
        branding: arguments.branding.branding(),
    });
    let (maker, warnings) = match maker {
        Ok(maker) => maker,
        Err(output_error) => {
            output::output_error(&output_error);
            return Exit::Failed;
        }
    };
    for warning in warnings {
        output::note(&warning);
    }
    let run = match Run::begin(&maker, &found, interrupt::flag()) {
        Ok(run) => run,
        Err(error) => {
            output::error(&error);
            return Exit::Failed;
        }
    };
    per_file::run(&found, style, Some(&run))
}
