//! The command line: the only place that knows clap, the terminal and exit codes.

mod build;
mod check;
mod compare;
mod each;
mod explain;
mod export;
mod import_figures;
mod interrupt;
mod listing;
mod look;
mod new;
mod output;
#[cfg(feature = "preview")]
mod preview;
mod progress;
mod schema;
mod sheet;
mod sum;
mod tally;
mod topic;
mod usage;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::load::Loaded;
use crate::report::Report;

/// Runs the program with the arguments of the command line.
///
/// The exit code is a promise: 0 nothing to object to, 1 a report has errors, 2 the program could
/// not do what it was asked.
pub fn run() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().collect();
    let exit = match Cli::try_parse_from(arguments) {
        Ok(cli) => match cli.command {
            Command::New(arguments) => new::run(&arguments),
            Command::Check(arguments) => check::run(&arguments),
            Command::Build(arguments) => build::run(&arguments),
            #[cfg(feature = "preview")]
            Command::Preview(arguments) => preview::run(&arguments),
            Command::Compare(arguments) => compare::run(&arguments),
            Command::Sum(arguments) => sum::run(&arguments),
            Command::Export(arguments) => export::run(&arguments),
            Command::ImportFigures(arguments) => import_figures::run(&arguments),
            Command::Schema(arguments) => schema::run(&arguments),
            Command::Explain(arguments) => explain::run(&arguments),
        },
        Err(error) => usage::explain(&error),
    };
    let exit = if output::is_whole() { exit } else { Exit::Failed };
    ExitCode::from(exit as u8)
}

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Exit {
    /// Nothing to object to.
    Clean = 0,
    /// At least one report has errors.
    Findings = 1,
    /// Something could not be done.
    Failed = 2,
}

/// The report of a data file of which everything typed was read; how the run ends when not, which has been
/// said with what is `undone` therefore.
fn readable<'a>(loaded: &'a Loaded, undone: &str) -> Result<&'a Report, Exit> {
    let name = loaded.source.name();
    if loaded.source.is_unit_list() {
        output::error(&format!("{name} 是单位名单，不是年报的数据文件，{undone}"));
        return Err(Exit::Failed);
    }
    loaded.review.report.as_ref().filter(|_| loaded.review.is_readable()).ok_or_else(|| {
        output::review(loaded);
        output::note(&format!("{name} 有看不懂的地方，{undone}。请先改正上面的问题"));
        Exit::Findings
    })
}

/// 政府信息公开工作年度报告：检查数据文件，生成网页、Word 和 PDF
#[derive(Debug, Parser)]
#[command(
    name = "nianbao",
    version,
    help_template = usage::TEMPLATE,
    disable_help_flag = true,
    disable_version_flag = true,
    disable_help_subcommand = true,
    subcommand_required = true,
    subcommand_help_heading = "命令",
    subcommand_value_name = "命令",
    after_help = usage::AFTER_HELP
)]
struct Cli {
    #[command(subcommand)]
    command: Command,

    /// 显示帮助
    #[arg(short, long, global = true, action = clap::ArgAction::Help, display_order = 900, help_heading = "选项")]
    help: Option<bool>,

    /// 显示版本
    #[arg(short = 'V', long, action = clap::ArgAction::Version, display_order = 901, help_heading = "选项")]
    version: Option<bool>,
}

#[derive(Debug, Subcommand)]
enum Command {
    New(new::Arguments),
    Check(check::Arguments),
    Build(build::Arguments),
    #[cfg(feature = "preview")]
    Preview(preview::Arguments),
    Compare(compare::Arguments),
    Sum(sum::Arguments),
    Export(export::Arguments),
    ImportFigures(import_figures::Arguments),
    Schema(schema::Arguments),
    Explain(explain::Arguments),
}
