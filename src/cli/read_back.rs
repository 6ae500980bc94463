//! `nianbao read-back`: the Word file that was corrected by hand, back into its data file.

use std::io::{self, BufRead as _, IsTerminal as _};
use std::path::{Path, PathBuf};

use clap::Args;

use super::exit::Exit;
use super::readable::readable;
use super::{new, output, usage};
use crate::files;
use crate::import::{Corrections, Proposal, Unbound};
use crate::load::load;
use crate::read_back::{self, Corrected};
use crate::report::Report;
use crate::source;

/// 把改过的 Word 文件读回数据文件：逐句、逐格列出改动，采用的写入
#[derive(Debug, Args)]
#[command(help_template = usage::TEMPLATE, disable_help_flag = true, override_usage = "nianbao read-back [选项] <报告> --into <文件>")]
pub(super) struct Arguments {
    /// 由这个数据文件生成、后来改过的报告（.docx）；有没有修订记录都行
    #[arg(value_name = "报告", help_heading = "参数")]
    file: PathBuf,

    /// 读回哪个数据文件（.toml）；注释和没有改的内容不动
    #[arg(long, value_name = "文件", value_parser = new::data_file, help_heading = "选项")]
    into: PathBuf,

    #[arg(
        long,
        help = "采用哪些改动：all（全部）、figures（表里的数）、texts（文字）、none（都不采用，只列出）；不写则逐处询问，不能询问时按 JSON 列出",
        value_name = "范围",
        value_parser = accept,
        help_heading = "选项"
    )]
    accept: Option<Accept>,
}

/// The corrections that are taken without a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Accept {
    All,
    Figures,
    Texts,
    None,
}

fn accept(key: &str) -> Result<Accept, String> {
    match key.trim() {
        "all" => Ok(Accept::All),
        "figures" => Ok(Accept::Figures),
        "texts" => Ok(Accept::Texts),
        "none" => Ok(Accept::None),
        _ => Err("可以写 all、figures、texts、none".to_owned()),
    }
}

pub(super) fn run(arguments: &Arguments) -> Exit {
    let loaded = match load(&arguments.into) {
        Ok(loaded) => loaded,
        Err(error) => return failed(&error),
    };
    let printed = match readable(&loaded, "没有改动") {
        Ok(report) => report,
        Err(exit) => return exit,
    };
    let corrected = match corrected(&arguments.file, printed) {
        Ok(found) => found,
        Err(exit) => return exit,
    };
    let corrections = &corrected.corrections;
    let can_ask = io::stdin().is_terminal() && io::stdout().is_terminal();
    if arguments.accept.is_none() && !can_ask {
        output::corrections_json(corrections, [&arguments.file, &arguments.into]);
        return if corrections.proposals.is_empty() { Exit::Clean } else { Exit::Findings };
    }
    output::corrections(corrections);
    let accepted: Vec<&Proposal> = match arguments.accept {
        Some(accept) => {
            corrections.proposals.iter().filter(|proposal| is_taken(accept, proposal)).collect()
        }
        None => asked(corrections),
    };
    if accepted.is_empty() {
        let words =
            if corrections.proposals.is_empty() { "没有改动" } else { "没有采用改动" };
        output::line(&format!("{words}，{} 不变", arguments.into.display()));
        return Exit::Clean;
    }
    let previous = printed.previous.as_deref();
    let Some(typed) = source::read(&loaded.source).0 else { return Exit::Failed };
    let (brought, remarks) = corrected.put(&typed, previous, &accepted);
    let file = &loaded.source;
    let text = match source::edit(file, &brought.report, &remarks) {
        Ok(text) => text,
        Err(error) => {
            return failed(&format!("{}：{error}；没有写入", arguments.into.display()));
        }
    };
    if let Err(error) = files::replace(&arguments.into, file.text().as_bytes(), text.as_bytes()) {
        return failed(&error);
    }
    said(&brought.unbound, &brought.failed, accepted.len(), &arguments.into)
}

/// The file held against the report of its data file; or how the run ends, which has been said.
fn corrected(path: &Path, printed: &Report) -> Result<Corrected, Exit> {
    let bytes = files::read_bytes(path).map_err(|error| failed(&error))?;
    read_back::corrected(&bytes, printed).map_err(|error| {
        output::error(&format!("{}：{error}", path.display()));
        output::note(&error.help);
        Exit::Failed
    })
}

fn failed(why: &impl std::fmt::Display) -> Exit {
    output::error(why);
    Exit::Failed
}

fn is_taken(accept: Accept, proposal: &Proposal) -> bool {
    match accept {
        Accept::All => true,
        Accept::Figures => proposal.change.is_figure(),
        Accept::Texts => !proposal.change.is_figure(),
        Accept::None => false,
    }
}

/// Asks for each correction on the terminal.
fn asked(corrections: &Corrections) -> Vec<&Proposal> {
    let mut accepted = Vec::new();
    for (i, proposal) in corrections.proposals.iter().enumerate() {
        match answer(i + 1) {
            Answer::Yes => accepted.push(proposal),
            Answer::No => {}
            Answer::Rest => {
                accepted.extend(&corrections.proposals[i..]);
                break;
            }
            Answer::End => break,
        }
    }
    accepted
}

/// Asks until there is an answer: a slip of the finger is none.
fn answer(number: usize) -> Answer {
    loop {
        output::question(&format!(
            "采用第 {number} 处？y 采用，n 不采用，a 从这一处起都采用，q 从这一处起都不采用："
        ));
        let mut line = String::new();
        match io::stdin().lock().read_line(&mut line) {
            Ok(n) if n > 0 => {}
            Ok(_) | Err(_) => return Answer::End,
        }
        if let Some(answer) = Answer::of(&line) {
            return answer;
        }
    }
}

/// An answer to whether a correction is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Answer {
    Yes,
    No,
    /// This one and all behind it are taken.
    Rest,
    /// Neither this one nor any behind it is taken.
    End,
}

impl Answer {
    /// The answer that was typed, if it is one; Chinese keyboards type wide letters.
    fn of(typed: &str) -> Option<Self> {
        match typed.trim().to_lowercase().as_str() {
            "y" | "ｙ" | "yes" | "是" | "采用" => Some(Self::Yes),
            "n" | "ｎ" | "no" | "否" | "不采用" => Some(Self::No),
            "a" | "ａ" | "all" | "全部采用" => Some(Self::Rest),
            "q" | "ｑ" | "quit" | "都不采用" => Some(Self::End),
            _ => None,
        }
    }
}

/// Says what was written, what is no longer bound, and what must be done by hand.
fn said(unbound: &[(String, Unbound)], failed: &[String], n_accepted: usize, into: &Path) -> Exit {
    let n = n_accepted.saturating_sub(failed.len());
    output::line(&format!("采用 {n} 处，已写入 {}", into.display()));
    for (name, one) in unbound {
        output::note(&format!(
            "{name}里引用的数 {}（{}）改成了别的字，不再跟着表格变",
            one.expression, one.printed
        ));
    }
    for name in failed {
        output::note(&format!("{name}的改动放不进去，要手工改"));
    }
    output::note(&format!(
        "再运行 nianbao check {into} 核对；写错了，用 nianbao undo {into} 恢复",
        into = output::argument(into)
    ));
    if failed.is_empty() { Exit::Clean } else { Exit::Findings }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_answer_is_one() {
        let of = |typed: &str| Answer::of(typed);
        assert_eq!(["y\n", " Ｙ\r\n", "Yes", "是"].map(of), [Some(Answer::Yes); 4]);
        assert_eq!(["n", "ｎ", "不采用"].map(of), [Some(Answer::No); 3]);
        assert_eq!(["", "\n", "yy", "1", "好"].map(of), [None; 5]);
    }
}
