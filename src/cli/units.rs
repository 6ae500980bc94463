//! `nianbao units`: the work of the office above with the reports of its units.

use clap::{Args, Subcommand};

use super::exit::Exit;
use super::{units_new, units_receive, units_send, usage};

/// 上级机关收集各单位的年报：由名单新建 units.toml，下发，收件
#[derive(Debug, Args)]
#[command(
    help_template = usage::TEMPLATE,
    disable_help_flag = true,
    disable_help_subcommand = true,
    subcommand_required = true,
    subcommand_help_heading = "命令",
    subcommand_value_name = "命令",
    override_usage = "nianbao units <命令>"
)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    New(units_new::Arguments),
    Send(units_send::Arguments),
    Receive(units_receive::Arguments),
}

pub(super) fn run(arguments: &Arguments) -> Exit {
    match &arguments.command {
        Command::New(arguments) => units_new::run(arguments),
        Command::Send(arguments) => units_send::run(arguments),
        Command::Receive(arguments) => units_receive::run(arguments),
    }
}
