//! `nianbao explain`: what a code stands for, why, and how to mend what it flags.

use std::fmt::Write as _;

use clap::Args;
use serde::Serialize;

use super::topic::{Topic, topics};
use super::{Exit, output, usage};
use crate::branding::TEMPLATE;
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
        value_parser = form,
        help_heading = "选项"
    )]
    output_format: Form,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Text,
    Json,
}

fn form(key: &str) -> Result<Form, String> {
    match key.trim() {
        "text" => Ok(Form::Text),
        "json" => Ok(Form::Json),
        _ => Err("可以写 text、json".to_owned()),
    }
}

pub(super) fn run(arguments: &Arguments) -> Exit {
    let all = topics();
    let mut chosen = Vec::new();
    let mut exit = Exit::Clean;
    for typed in &arguments.codes {
        match find(&all, typed) {
            Some(topic) => chosen.push(topic),
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
        Form::Json if exit == Exit::Clean => json(&chosen),
        Form::Json => String::new(),
        Form::Text if list => table(&chosen),
        Form::Text => chosen.iter().map(text).collect::<Vec<_>>().join("\n"),
    });
    exit
}

/// The topic of a code or a name, whatever the case.
fn find(all: &[Topic], typed: &str) -> Option<Topic> {
    let typed = typed.trim();
    all.iter().find(|topic| topic.code.eq_ignore_ascii_case(typed) || topic.name == typed).copied()
}

fn unknown(all: &[Topic], typed: &str) -> String {
    let near = nearest_codes(typed, all.iter().map(|topic| topic.code));
    let hint = if near.is_empty() {
        "用 nianbao explain 查看全部代码".to_owned()
    } else {
        format!("相近的有 {}", near.join("、"))
    };
    format!("没有“{typed}”这个代码，{hint}")
}

/// One line for each code.
fn table(topics: &[Topic]) -> String {
    let mut out = String::new();
    for topic in topics {
        // Writing to a string cannot fail.
        let _ = writeln!(out, "{:<5}  {}  {}", topic.code, topic.severity.name(), topic.title);
    }
    out.push_str("\n用 nianbao explain 代码 查看说明、依据和示例。\n");
    out
}

/// The whole explanation as plain text, with a line end.
pub(super) fn text(topic: &Topic) -> String {
    let docs = topic.docs;
    let indented = |lines: &str| {
        lines.lines().map(|line| format!("    {line}").trim_end().to_owned() + "\n").collect()
    };
    let list = |lines: Vec<String>| lines.iter().map(|line| format!("  {line}\n")).collect();
    let mut out = format!("{}  {}\n{}\n", topic.code, topic.title, facts(topic));
    let basis: String = list(basis(topic));
    let sections: [(&str, String); 5] = [
        ("检查什么", format!("  {}\n", docs.what)),
        ("为什么", format!("  {}\n", docs.why)),
        ("依据", basis),
        ("示例（会被指出）", indented(docs.example)),
        ("改正后", indented(docs.corrected)),
    ];
    for (head, body) in sections.into_iter().filter(|(_, body)| !body.is_empty()) {
        out.push_str(&format!("\n{head}\n{body}"));
    }
    out
}

/// The whole explanation as Markdown.
pub(super) fn markdown(topic: &Topic) -> String {
    let docs = topic.docs;
    let basis: String = basis(topic).iter().map(|line| format!("- {line}\n")).collect();
    let basis = if basis.is_empty() { basis } else { format!("**依据**\n\n{basis}\n") };
    format!(
        "**检查什么**\n\n{}\n\n**为什么**\n\n{}\n\n{basis}**示例**\n\n```toml\n{}\n```\n\n**改正后**\n\n```toml\n{}\n```\n",
        docs.what, docs.why, docs.example, docs.corrected
    )
}

/// The provisions, a line each, and behind them those of older forms where they differ.
fn basis(topic: &Topic) -> Vec<String> {
    let own = topic.basis.iter().map(ToString::to_string);
    let older = topic.older_basis().into_iter();
    let older = older.map(|(edition, provision)| format!("{} 格式：{provision}", edition.key()));
    own.chain(older).collect()
}

/// How grave, what it is called, which forms it applies to.
fn facts(topic: &Topic) -> String {
    let editions: Vec<&str> = topic.editions.iter().map(|edition| edition.key()).collect();
    let scope = if topic.code == TEMPLATE.code {
        "模板的问题，不能豁免".to_owned()
    } else if editions.is_empty() {
        "数据文件本身的问题，不能豁免".to_owned()
    } else {
        format!("适用格式 {}", editions.join("、"))
    };
    format!("{} · {} · {scope}", topic.severity.name(), topic.name)
}

/// The form of the JSON; keys may be added, none is renamed or taken away.
#[derive(Serialize)]
struct Entry<'a> {
    code: &'a str,
    name: &'a str,
    title: &'a str,
    severity: &'a str,
    editions: Vec<&'a str>,
    basis: Vec<String>,
    what: &'a str,
    why: &'a str,
    example: &'a str,
    corrected: &'a str,
}

fn json(topics: &[Topic]) -> String {
    let entries: Vec<Entry<'_>> = topics
        .iter()
        .map(|topic| Entry {
            code: topic.code,
            name: topic.name,
            title: topic.title,
            severity: topic.severity.key(),
            editions: topic.editions.iter().map(|edition| edition.key()).collect(),
            basis: topic.basis.iter().map(ToString::to_string).collect(),
            what: topic.docs.what,
            why: topic.docs.why,
            example: topic.docs.example,
            corrected: topic.docs.corrected,
        })
        .collect();
    // Strings and lists of them: there is nothing here that JSON cannot hold.
    serde_json::to_string_pretty(&entries).unwrap_or_default() + "\n"
}
