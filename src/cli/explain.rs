//! `nianbao explain`: what a code stands for, why, and how to mend what it flags.

use clap::Args;

use super::code_entry::{CodeEntry, code_entries};
use super::exit::Exit;
use super::explanation::{json, table, text};
use super::list_format::ListFormat;
use super::{output, usage};
use crate::rules::nearest_codes;

/// 说明一条规则：检查什么、为什么、依据、示例和改法
#[derive(Debug, Args)]
#[command(help_template = usage::TEMPLATE, disable_help_flag = true, override_usage = "nianbao explain [选项] [代码]...")]
pub(super) struct Arguments {
    /// 规则代码或名称，如 NB302、requests-unbalanced；DF 开头的是数据文件本身的问题，TP 开头的是模板的问题；不写则列出全部
    #[arg(value_name = "代码", help_heading = "参数")]
    codes: Vec<String>,

    /// 怎样列出：text（文字）、json；不写则用 text
    #[arg(
        short = 'f',
        long,
        alias = "format",
        value_name = "格式",
        default_value = "text",
        hide_default_value = true,
        value_parser = ListFormat::from_key,
        help_heading = "选项"
    )]
    output_format: ListFormat,
}

pub(super) fn run(arguments: &Arguments) -> Exit {
    let all = code_entries();
    let mut chosen = Vec::new();
    let mut exit = Exit::Clean;
    for typed in &arguments.codes {
        match find(&all, typed) {
            Some(entry) => chosen.push(entry),
            None => {
                output::error(&unknown(&all, typed));
                exit = Exit::Failed;
            }
        }
    }
    let list = arguments.codes.is_empty();
    if list {
        chosen = all;
    }
    output::text(&match arguments.output_format {
        ListFormat::Json if exit == Exit::Clean => json(&chosen),
        ListFormat::Json => String::new(),
        ListFormat::Text if list => table(&chosen),
        ListFormat::Text => chosen.iter().map(text).collect::<Vec<_>>().join("\n"),
    });
    exit
}

/// The entry of a code or a name, whatever the case; figures alone are the code of a rule.
fn find(all: &[CodeEntry], typed: &str) -> Option<CodeEntry> {
    let typed = typed.trim();
    let is_number = typed.len() == 3 && typed.bytes().all(|byte| byte.is_ascii_digit());
    let code = if is_number { format!("NB{typed}") } else { typed.to_owned() };
    let is_meant =
        |entry: &&CodeEntry| entry.code.eq_ignore_ascii_case(&code) || entry.name == typed;
    all.iter().find(is_meant).copied()
}

fn unknown(all: &[CodeEntry], typed: &str) -> String {
    let near = nearest_codes(typed, all.iter().map(|entry| entry.code));
    let hint = if near.is_empty() {
        "用 nianbao explain 查看全部代码".to_owned()
    } else {
        format!("相近的有 {}", near.join("、"))
    };
    format!("没有“{typed}”这个代码，{hint}")
}
