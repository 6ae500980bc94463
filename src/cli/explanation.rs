//! The explanation of a rule or a problem: as a list, as text, as Markdown and as JSON.

use std::fmt::Write as _;

use serde::Serialize;

use super::code_entry::CodeEntry;
use crate::branding::TEMPLATE;
use crate::law::Authority;
use crate::load::{ENTRIES_DIFFER, NOT_AS_LISTED, TOO_LONG, UNPRINTABLE};

/// One line for each code.
pub(super) fn table(entries: &[CodeEntry]) -> String {
    let mut out = String::new();
    for entry in entries {
        // Writing to a string cannot fail.
        let _ = writeln!(out, "{:<5}  {}  {}", entry.code, entry.severity.name(), entry.title);
    }
    out.push_str("\n用 nianbao explain 代码 查看说明、依据和示例。\n");
    out
}

/// The whole explanation as plain text, with a line end.
pub(super) fn text(entry: &CodeEntry) -> String {
    let docs = entry.docs;
    let indented = |lines: &str| {
        lines.lines().map(|line| format!("    {line}").trim_end().to_owned() + "\n").collect()
    };
    let list = |lines: Vec<String>| lines.iter().map(|line| format!("  {line}\n")).collect();
    let mut out = format!("{}  {}\n{}\n", entry.code, entry.title, facts(entry));
    let basis: String = list(basis(entry));
    let authority = list(entry.authority.iter().map(ToString::to_string).collect());
    let sections: [(&str, String); 6] = [
        ("检查什么", format!("  {}\n", docs.what)),
        ("为什么", format!("  {}\n", docs.why)),
        ("依据", basis),
        ("层级", authority),
        ("示例（会被指出）", indented(docs.example)),
        ("改正后", indented(docs.corrected)),
    ];
    for (head, body) in sections.into_iter().filter(|(_, body)| !body.is_empty()) {
        out.push_str(&format!("\n{head}\n{body}"));
    }
    out
}

/// The whole explanation as Markdown.
pub(super) fn markdown(entry: &CodeEntry) -> String {
    let docs = entry.docs;
    let basis: String = basis(entry).iter().map(|line| format!("- {line}\n")).collect();
    let basis = if basis.is_empty() { basis } else { format!("**依据**\n\n{basis}\n") };
    let authority = entry.authority.map(|authority| format!("**层级**\n\n{authority}\n\n"));
    let authority = authority.unwrap_or_default();
    format!(
        "**检查什么**\n\n{}\n\n**为什么**\n\n{}\n\n{basis}{authority}**示例**\n\n```toml\n{}\n```\n\n**改正后**\n\n```toml\n{}\n```\n",
        docs.what, docs.why, docs.example, docs.corrected
    )
}

/// The provisions, a line each, and behind them those that older reports are held to where they differ.
fn basis(entry: &CodeEntry) -> Vec<String> {
    let own = entry.basis.iter().map(ToString::to_string);
    let older = entry.older_basis().into_iter();
    let older = older.map(|(reports, provision)| format!("{reports}：{provision}"));
    own.chain(older).collect()
}

/// Its severity, its name, and the forms it applies to.
fn facts(entry: &CodeEntry) -> String {
    let editions: Vec<&str> = entry.editions.iter().map(|edition| edition.key()).collect();
    let scope = if entry.code == TEMPLATE.code {
        "模板的问题，不能豁免".to_owned()
    } else if entry.code == UNPRINTABLE.code {
        "PDF 的问题，不能豁免".to_owned()
    } else if entry.code == NOT_AS_LISTED.code {
        "单位名单的问题，不能豁免".to_owned()
    } else if entry.code == ENTRIES_DIFFER.code {
        "二人复核的问题，不能豁免".to_owned()
    } else if entry.code == TOO_LONG.code {
        "排版的问题，不能豁免".to_owned()
    } else if editions.is_empty() {
        "数据文件本身的问题，不能豁免".to_owned()
    } else {
        format!("适用格式 {}", editions.join("、"))
    };
    format!("{} · {} · {scope}", entry.severity.name(), entry.name)
}

/// The form of the JSON; keys may be added, none is renamed or taken away.
#[derive(Serialize)]
struct JsonEntry<'a> {
    code: &'a str,
    name: &'a str,
    title: &'a str,
    severity: &'a str,
    editions: Vec<&'a str>,
    authority: Option<&'a str>,
    basis: Vec<String>,
    what: &'a str,
    why: &'a str,
    example: &'a str,
    corrected: &'a str,
}

pub(super) fn json(entries: &[CodeEntry]) -> String {
    let entries: Vec<JsonEntry<'_>> = entries
        .iter()
        .map(|entry| JsonEntry {
            code: entry.code,
            name: entry.name,
            title: entry.title,
            severity: entry.severity.key(),
            editions: entry.editions.iter().map(|edition| edition.key()).collect(),
            authority: entry.authority.map(Authority::key),
            basis: entry.basis.iter().map(ToString::to_string).collect(),
            what: entry.docs.what,
            why: entry.docs.why,
            example: entry.docs.example,
            corrected: entry.docs.corrected,
        })
        .collect();
    // Strings and lists of them: there is nothing here that JSON cannot hold.
    serde_json::to_string_pretty(&entries).unwrap_or_default() + "\n"
}
