//! `nianbao units`: the work of the office above with the reports of its units.

use clap::{Args, Subcommand};

use super::exit::Exit;
use super::{units_compare, units_new, units_receive, units_send, units_stand, usage};

/// 上级机关收集各单位的年报：由名单新建 units.toml，下发，收件；不写命令时看报送情况：谁没有报、逾期、年度不对、有错误、已退回
#[derive(Debug, Args)]
#[command(
    help_template = usage::TEMPLATE,
    disable_help_flag = true,
    disable_help_subcommand = true,
    args_conflicts_with_subcommands = true,
    subcommand_help_heading = "命令",
    subcommand_value_name = "命令",
    override_usage = "nianbao units [选项] [名单或文件夹]\n      nianbao units <命令>",
    after_help = "退出码：0 都报了、都能用；1 还有没报的或者不能用的；2 无法完成。"
)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,

    #[command(flatten)]
    stand: units_stand::Arguments,
}

#[derive(Debug, Subcommand)]
enum Command {
    New(units_new::Arguments),
    Send(units_send::Arguments),
    Receive(units_receive::Arguments),
    Compare(units_compare::Arguments),
}

pub(super) fn run(arguments: &Arguments) -> Exit {
    match &arguments.command {
        None => units_stand::run(&arguments.stand),
        Some(Command::New(arguments)) => units_new::run(arguments),
        Some(Command::Send(arguments)) => units_send::run(arguments),
        Some(Command::Receive(arguments)) => units_receive::run(arguments),
        Some(Command::Compare(arguments)) => units_compare::run(arguments),
    }
}
