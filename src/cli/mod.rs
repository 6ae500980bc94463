//! The command line: the only place that knows clap, the terminal and exit codes.

mod approved;
mod branding;
mod browser;
mod build;
mod check;
mod code_entry;
mod compare;
#[cfg(feature = "preview")]
mod edit;
mod exit;
mod explain;
mod explanation;
mod export;
mod import;
mod import_figures;
mod interrupt;
mod list_format;
mod listing;
mod manual;
mod new;
mod noted;
mod office_rules;
mod opened_list;
mod output;
mod package_files;
mod per_file;
#[cfg(feature = "preview")]
mod preview;
mod progress;
mod read_back;
mod readable;
mod report_problem;
mod schema;
mod second;
mod sheet;
mod show;
mod sum;
mod today;
mod undo;
mod units;
mod units_compare;
mod units_new;
mod units_receive;
mod units_send;
mod units_stand;
mod usage;

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::LazyLock;

use clap::{Parser, Subcommand};

use crate::load::Loaded;
use crate::review::Review;
use crate::source::SourceFile;
use crate::{about, files, guard};
use exit::Exit;

/// The name of each format of findings, and all that `nianbao check` prints in it of a data file.
pub fn printed(source: SourceFile, review: Review) -> Vec<(&'static str, String)> {
    let path = PathBuf::from(source.name());
    output::printed(&path, &Loaded::alone(source, review))
}

/// Runs the program with the arguments of the command line.
///
/// The exit code is a promise: 0 nothing to object to, 1 a report has errors, 2 the program could
/// not do what it was asked.
pub fn run() -> ExitCode {
    // Everywhere but on Windows the main thread has as much; there, work that needs it gets a thread of its own.
    if cfg!(not(windows)) {
        guard::has_room();
    }
    let arguments = usage::meant(std::env::args_os().collect());
    #[cfg(feature = "preview")]
    let arguments = edit::meant(arguments);
    // What nobody foresaw must not end with a code that means something else.
    let exit = std::panic::catch_unwind(|| dispatch(arguments)).unwrap_or_else(|_| {
        output::error(&guard::Panicked);
        Exit::Failed
    });
    let exit = if output::is_whole() { exit } else { Exit::Failed };
    ExitCode::from(exit as u8)
}

/// Removes what killed runs left half-written beside the files that are named.
fn remove_leftovers(arguments: &[OsString]) {
    // The first is the program, the second what it is to do.
    let paths = arguments.iter().skip(2).filter_map(|argument| {
        let text = argument.to_string_lossy();
        match (text.strip_prefix('-'), text.split_once('=')) {
            (None, _) => Some(PathBuf::from(argument)),
            (Some(_), Some((_, value))) => Some(PathBuf::from(value)),
            (Some(_), None) => None,
        }
    });
    let folder = |path: PathBuf| match path.parent() {
        _ if files::is_folder(&path) => Some(path),
        Some(parent) if !parent.as_os_str().is_empty() => Some(parent.to_owned()),
        // Neither `pdf` nor `html,docx` is a file here.
        _ => path.extension().map(|_| PathBuf::from(".")),
    };
    let folders: BTreeSet<PathBuf> = paths.filter_map(folder).collect();
    folders.iter().for_each(|folder| files::remove_leftovers(folder));
}

/// Does what the arguments ask for.
fn dispatch(arguments: Vec<OsString>) -> Exit {
    let command = match Cli::try_parse_from(&arguments) {
        Ok(cli) => cli.command,
        Err(error) => return usage::explain(&error),
    };
    remove_leftovers(&arguments);
    // Preview and form have something to say when they are ended.
    #[cfg(feature = "preview")]
    match &command {
        Command::Preview(arguments) => return preview::run(arguments),
        Command::Edit(arguments) => return edit::run(arguments),
        _ => {}
    }
    interrupt::install();
    match command {
        Command::New(arguments) => new::run(&arguments),
        Command::Check(arguments) => check::run(&arguments),
        Command::Build(arguments) => build::run(&arguments),
        #[cfg(feature = "preview")]
        Command::Edit(arguments) => edit::run(&arguments),
        #[cfg(feature = "preview")]
        Command::Preview(arguments) => preview::run(&arguments),
        Command::Compare(arguments) => compare::run(&arguments),
        Command::Show(arguments) => show::run(&arguments),
        Command::Second(arguments) => second::run(&arguments),
        Command::Sum(arguments) => sum::run(&arguments),
        Command::Units(arguments) => units::run(&arguments),
        Command::Export(arguments) => export::run(&arguments),
        Command::Import(arguments) => import::run(&arguments),
        Command::ReadBack(arguments) => read_back::run(&arguments),
        Command::ImportFigures(arguments) => import_figures::run(&arguments),
        Command::Undo(arguments) => undo::run(&arguments),
        Command::Schema(arguments) => schema::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Manual(arguments) => manual::run(&arguments),
        Command::ReportProblem(arguments) => report_problem::run(&arguments),
        Command::PackageFiles(arguments) => package_files::run(&arguments),
    }
}

/// The answer to `--version`.
static LONG_VERSION: LazyLock<String> = LazyLock::new(about::text);

/// 政府信息公开工作年度报告：检查数据文件，生成网页、Word 和 PDF
#[derive(Debug, Parser)]
#[command(
    name = "nianbao",
    version,
    long_version = LONG_VERSION.as_str(),
    help_template = usage::TEMPLATE,
    term_width = 0,
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

    /// 显示版本；--version 还列出提交、格式和字体
    #[arg(short = 'V', long, action = clap::ArgAction::Version, display_order = 901, help_heading = "选项")]
    version: Option<bool>,
}

#[derive(Debug, Subcommand)]
enum Command {
    #[cfg(feature = "preview")]
    Edit(edit::Arguments),
    New(new::Arguments),
    Check(check::Arguments),
    Build(build::Arguments),
    #[cfg(feature = "preview")]
    Preview(preview::Arguments),
    Compare(compare::Arguments),
    Show(show::Arguments),
    Second(second::Arguments),
    Sum(sum::Arguments),
    Units(units::Arguments),
    Export(export::Arguments),
    Import(import::Arguments),
    ReadBack(read_back::Arguments),
    ImportFigures(import_figures::Arguments),
    Undo(undo::Arguments),
    Schema(schema::Arguments),
    Explain(explain::Arguments),
    Manual(manual::Arguments),
    ReportProblem(report_problem::Arguments),
    PackageFiles(package_files::Arguments),
}
