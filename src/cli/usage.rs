//! Help and complaints about arguments, in Chinese.

use std::path::Path;

use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::exit::Exit;
use super::output;

/// The shape of every help page.
pub(super) const TEMPLATE: &str = "{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}";

/// What the first help page ends with.
pub(super) const AFTER_HELP: &str = "\
退出码：0 没有错误；1 报告有错误；2 无法完成（文件读不了、参数不对、中途停止等）。
用 nianbao <命令> --help 查看每个命令的说明。";

/// Prints the help that was asked for, or what is wrong with the arguments.
pub(super) fn explain(error: &clap::Error) -> Exit {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            output::text(&error.render().to_string());
            Exit::Clean
        }
        _ => {
            output::error(&complaint(error));
            output::note("用 nianbao --help 查看用法");
            Exit::Failed
        }
    }
}

fn complaint(error: &clap::Error) -> String {
    let context = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join("、"),
        _ => String::new(),
    };
    let argument = context(ContextKind::InvalidArg);
    let value = context(ContextKind::InvalidValue);
    match error.kind() {
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            "没有写命令，例如 nianbao check 年报.toml".to_owned()
        }
        ErrorKind::InvalidSubcommand
            if context(ContextKind::InvalidSubcommand).ends_with(".toml") =>
        {
            let file = context(ContextKind::InvalidSubcommand);
            format!("没有写命令，例如 nianbao check {}", output::argument(Path::new(&file)))
        }
        ErrorKind::InvalidSubcommand => {
            let known = context(ContextKind::SuggestedSubcommand);
            let hint = if known.is_empty() {
                String::new()
            } else {
                format!("，是不是“{known}”？")
            };
            format!("没有“{}”这个命令{hint}", context(ContextKind::InvalidSubcommand))
        }
        ErrorKind::UnknownArgument if !argument.starts_with('-') => {
            format!("多写了“{argument}”；文件名中有空格的，两边加引号")
        }
        ErrorKind::UnknownArgument => {
            let known = context(ContextKind::SuggestedArg);
            let hint = if known.is_empty() {
                String::new()
            } else {
                format!("，是不是“{known}”？")
            };
            format!("没有“{argument}”这个选项{hint}")
        }
        ErrorKind::MissingRequiredArgument => format!("缺少 {argument}"),
        ErrorKind::InvalidValue if value.is_empty() => format!("{argument} 后面要写一个值"),
        ErrorKind::ValueValidation | ErrorKind::InvalidValue => {
            let why =
                std::error::Error::source(error).map(|e| format!("，{e}")).unwrap_or_default();
            format!("{argument} 不能写“{value}”{why}")
        }
        ErrorKind::ArgumentConflict => match context(ContextKind::PriorArg) {
            prior if prior.is_empty() => format!("{argument} 不能与别的选项同时使用"),
            prior if prior == argument => format!("{argument} 只能写一次"),
            prior => format!("{argument} 不能与 {prior} 同时使用"),
        },
        ErrorKind::InvalidUtf8 => "参数中有不能识别的字符".to_owned(),
        _ => format!("参数不对：{argument}{value}"),
    }
}
