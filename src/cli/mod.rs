//! The command line: the only place that knows clap, the terminal and exit codes.

mod build;
mod check;
mod explain;
mod output;
mod sheet;
mod tally;
mod topic;
mod usage;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::diag::{Diagnostic, Place, Severity};
use crate::files::{self, FileError};
use crate::report::{FieldPath, Report};
use crate::source::{SourceFile, codes};
use crate::{Review, review};

/// Runs the program with the arguments of the command line.
///
/// The exit code is a promise: 0 nothing to object to, 1 a report has errors, 2 the program could
/// not do what it was asked.
pub fn run() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().collect();
    let exit = match Cli::try_parse_from(arguments) {
        Ok(cli) => match cli.command {
            Command::Check(arguments) => check::run(&arguments),
            Command::Build(arguments) => build::run(&arguments),
            Command::Explain(arguments) => explain::run(&arguments),
        },
        Err(error) => usage::explain(&error),
    };
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
    #[arg(short, long, global = true, action = clap::ArgAction::Help, help_heading = "选项")]
    help: Option<bool>,

    /// 显示版本
    #[arg(short = 'V', long, action = clap::ArgAction::Version, help_heading = "选项")]
    version: Option<bool>,
}

#[derive(Debug, Subcommand)]
enum Command {
    Check(check::Arguments),
    Build(build::Arguments),
    Explain(explain::Arguments),
}

/// A data file that has been read, and what there is to say of it.
struct Loaded {
    source: SourceFile,
    review: Review,
}

/// Reads and reviews a data file, together with that of the year before if it names one.
fn load(path: &Path) -> Result<Loaded, FileError> {
    let source = SourceFile::parse(path.display().to_string(), files::read_text(path)?);
    let (previous, problem) = match previous_path(&source, path) {
        Some(previous) => match load_previous(&previous) {
            Ok(report) => (Some(report), None),
            Err(why) => (None, Some(why)),
        },
        None => (None, None),
    };
    let mut review = review(&source, previous.as_ref());
    if let Some(why) = problem {
        let place = Place::Value(FieldPath::new("report.previous"));
        let diagnostic = Diagnostic::new(codes::INVALID_VALUE, Severity::Error, place, why, "");
        review.findings.insert(
            0,
            diagnostic.help("路径从本数据文件所在的文件夹算起；没有上一年度的数据文件就删去这一行"),
        );
    }
    Ok(Loaded { source, review })
}

fn previous_path(source: &SourceFile, path: &Path) -> Option<PathBuf> {
    let (report, _) = crate::source::read(source);
    let previous = report?.header.previous?;
    Some(path.parent().unwrap_or_else(|| Path::new("")).join(previous))
}

fn load_previous(path: &Path) -> Result<Report, String> {
    let text = files::read_text(path).map_err(|error| error.to_string())?;
    let source = SourceFile::parse(path.display().to_string(), text);
    let unreadable = || format!("上一年度的数据文件 {} 有语法错误，请先改正", path.display());
    crate::source::read(&source).0.ok_or_else(unreadable)
}
