//! Help and complaints about arguments, in Chinese.

use std::ffi::OsString;
use std::path::Path;

use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::exit::Exit;
use super::output::{self, columns};
use crate::files;

/// The shape of every help page.
pub(super) const TEMPLATE: &str = "{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}";

/// The end of the first help page.
pub(super) const AFTER_HELP: &str = "\
退出码：0 没有错误；1 报告有错误；2 无法完成（文件读不了、参数不对、中途停止等）。
用 nianbao <命令> --help 查看每个命令的说明。";

/// Prints the help that was asked for, or what is wrong with the arguments.
pub(super) fn explain(error: &clap::Error) -> Exit {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            output::text(&wrapped(&error.render().to_string(), WIDTH));
            Exit::Clean
        }
        _ => {
            output::error(&complaint(error));
            output::note("用 nianbao --help 查看用法");
            Exit::Failed
        }
    }
}

/// The widest line of a help page.
const WIDTH: usize = 80;

/// Help in lines that fit: Chinese has no blanks at which a library could break it. What goes on is set in as
/// far as what it goes on from.
fn wrapped(help: &str, width: usize) -> String {
    let mut out = String::new();
    for line in help.lines() {
        let bare = line.trim_start();
        let lead = line.len() - bare.len();
        let gap = bare.find("  ").map(|at| at + (bare[at..].len() - bare[at..].trim_start().len()));
        let indent = lead + gap.map_or(0, |at| columns(&bare[..at]));
        let indent = if indent + 20 > width { lead } else { indent };
        let mut used = 0;
        let mut rest = line;
        while columns(rest) + used > width {
            let at = break_at(rest, width - used);
            out.push_str(rest[..at].trim_end());
            out.push('\n');
            out.push_str(&" ".repeat(indent));
            used = indent;
            rest = rest[at..].trim_start();
        }
        out.push_str(rest);
        out.push('\n');
    }
    out
}

/// The byte at which a line is broken so that the first part fits: between Chinese characters or at a blank, and never
/// before a mark that ends something.
fn break_at(line: &str, width: usize) -> usize {
    let lead = line.len() - line.trim_start().len();
    let mut best = None;
    let mut used = 0;
    let mut before: Option<char> = None;
    for (at, c) in line.char_indices() {
        if at > lead && before.is_some_and(|before| may_break(before, c)) {
            best = Some(at);
        }
        used += columns(&line[at..at + c.len_utf8()]);
        if used > width {
            break;
        }
        before = Some(c);
    }
    best.unwrap_or(line.len())
}

/// The command that is meant by a misspelt one.
fn nearest_command(typed: &str) -> Option<String> {
    let commands = <super::Cli as clap::CommandFactory>::command();
    let names: Vec<String> =
        commands.get_subcommands().map(|command| command.get_name().to_owned()).collect();
    let distance = |name: &String| strsim::damerau_levenshtein(name, &typed.to_lowercase());
    names.into_iter().min_by_key(distance).filter(|name| distance(name) * 2 <= name.len().max(3))
}

/// The arguments as they were meant: `help check` is `check --help`, and a path with blanks that nobody put
/// quotes round is one path where there is such a file.
pub(super) fn meant(mut arguments: Vec<OsString>) -> Vec<OsString> {
    if arguments.get(1).is_some_and(|first| first == "help" || first == "帮助") {
        arguments.remove(1);
        arguments.push("--help".into());
        return arguments;
    }
    let is_option = |argument: &OsString| argument.to_string_lossy().starts_with('-');
    let mut out: Vec<OsString> = Vec::new();
    let mut at = 0;
    while at < arguments.len() {
        let words = arguments[at..].iter().take_while(|argument| !is_option(argument)).count();
        let one = |n: usize| arguments[at..at + n].join(std::ffi::OsStr::new(" "));
        let joined = (2..=words).rev().map(one).find(|path| files::is_there(Path::new(path)));
        match joined.filter(|_| at > 1 && !files::is_there(Path::new(&arguments[at]))) {
            Some(path) => {
                at += path.to_string_lossy().matches(' ').count() + 1;
                out.push(path);
            }
            None => {
                out.push(arguments[at].clone());
                at += 1;
            }
        }
    }
    out
}

/// True if a line may end between two characters: at a blank or beside a Chinese character, and never before a mark
/// that ends something or behind one that opens something.
pub(super) fn may_break(before: char, after: char) -> bool {
    let is_free = before == ' ' || !before.is_ascii() || !after.is_ascii();
    is_free && !"，。；、：）》”’,.;:)]>".contains(after) && !"（《“‘([<".contains(before)
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
            let typed = context(ContextKind::InvalidSubcommand);
            let hint = match nearest_command(&typed) {
                Some(known) => format!("，是不是“{known}”？"),
                None => "；用 nianbao --help 查看全部命令".to_owned(),
            };
            format!("没有“{typed}”这个命令{hint}")
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn misspelt_commands_are_known() {
        for (typed, known) in
            [("chekc", "check"), ("Check", "check"), ("biuld", "build"), ("sums", "sum")]
        {
            assert_eq!(nearest_command(typed).as_deref(), Some(known));
        }
        assert_eq!(nearest_command("年报"), None);
    }

    #[test]
    fn help_wraps_between_characters_and_keeps_marks_at_the_ends_of_lines() {
        let text = wrapped("  -o, --out <文件>  写成一个新的数据文件，附每个数的来源", 40);
        assert_eq!(
            text,
            "  -o, --out <文件>  写成一个新的数据文\n                    件，附每个数的来源\n"
        );
        assert_eq!(wrapped("短\n", 40), "短\n");
    }

    #[test]
    fn help_before_a_command_is_help_of_it() {
        let meant = meant(["nianbao", "help", "check"].map(OsString::from).to_vec());
        assert_eq!(meant, ["nianbao", "check", "--help"]);
    }
}
