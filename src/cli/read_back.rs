//! `nianbao read-back`: the Word file that was corrected by hand, back into its data file.

use std::io::{self, BufRead as _, IsTerminal as _};
use std::path::{Path, PathBuf};

use clap::Args;

use super::exit::Exit;
use super::readable::readable;
use super::{new, output, usage};
use crate::document::build;
use crate::edition::Cell;
use crate::files;
use crate::import::{self, BroughtBack, Corrections, Proposal, Published};
use crate::load::load;
use crate::render::{Format, Renderer};
use crate::report::Report;
use crate::source::{self, SourceFile};

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
    let (after, corrections) = match corrections(arguments, printed) {
        Ok(found) => found,
        Err(exit) => return exit,
    };
    let can_ask = io::stdin().is_terminal() && io::stdout().is_terminal();
    if arguments.accept.is_none() && !can_ask {
        output::corrections_json(&corrections, [&arguments.file, &arguments.into]);
        return if corrections.proposals.is_empty() { Exit::Clean } else { Exit::Findings };
    }
    output::corrections(&corrections);
    let accepted: Vec<&Proposal> = match arguments.accept {
        Some(accept) => {
            corrections.proposals.iter().filter(|proposal| is_taken(accept, proposal)).collect()
        }
        None => asked(&corrections),
    };
    if accepted.is_empty() {
        let words =
            if corrections.proposals.is_empty() { "没有改动" } else { "没有采用改动" };
        output::line(&format!("{words}，{} 不变", arguments.into.display()));
        return Exit::Clean;
    }
    let previous = printed.previous.as_deref();
    let Some(typed) = source::read(&loaded.source).0 else { return Exit::Failed };
    let brought = import::bring_back(&typed, previous, &after, &accepted);
    write(&loaded.source, (&typed, &brought), accepted.len(), &arguments.into)
}

/// The file as it is read, and its corrections; or how the run ends, which has been said.
fn corrections(arguments: &Arguments, printed: &Report) -> Result<(Published, Corrections), Exit> {
    let bytes = files::read_bytes(&arguments.file).map_err(|error| failed(&error))?;
    let wrong = |error: import::ImportError| {
        output::error(&format!("{}：{error}", arguments.file.display()));
        output::note(&error.help);
        Exit::Failed
    };
    let after = import::read(&bytes).map_err(wrong)?;
    let before =
        as_made(printed).map_err(|why| failed(&format!("{}：{why}", arguments.into.display())))?;
    let corrections = import::corrections(&before, &after, &bytes).map_err(wrong)?;
    Ok((after, corrections))
}

/// Puts a corrected report into its data file.
fn write(
    file: &SourceFile,
    (typed, brought): (&Report, &BroughtBack),
    n_accepted: usize,
    into: &Path,
) -> Exit {
    let is_other = |cell: &Cell| typed.typed(*cell) != brought.report.typed(*cell);
    let remarks = source::without_sources(typed.form().cells().filter(is_other));
    let text = match source::edit(file, &brought.report, &remarks) {
        Ok(text) => text,
        Err(error) => return failed(&format!("{}：{error}；没有写入", into.display())),
    };
    if let Err(error) = files::replace(into, file.text().as_bytes(), text.as_bytes()) {
        return failed(&error);
    }
    said(&brought.unbound, &brought.failed, n_accepted, into)
}

fn failed(why: &impl std::fmt::Display) -> Exit {
    output::error(why);
    Exit::Failed
}

/// The report of the data file as its Word file is read where nobody has changed it.
pub(super) fn as_made(report: &Report) -> Result<Published, String> {
    let bytes = Renderer::new()
        .render(&build(report, false), Format::Docx)
        .map_err(|error| error.to_string())?;
    import::read(&bytes).map_err(|error| error.to_string())
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
    let mut is_rest = false;
    for (i, proposal) in corrections.proposals.iter().enumerate() {
        if !is_rest {
            output::text(&format!(
                "采用第 {} 处？y 采用，n 不采用，a 这一处和以下全部采用，q 以下都不采用：",
                i + 1
            ));
            match answer().as_deref() {
                Some("y" | "Y" | "是") => {}
                Some("a" | "A") => is_rest = true,
                Some("q" | "Q") | None => break,
                Some(_) => continue,
            }
        }
        accepted.push(proposal);
    }
    accepted
}

fn answer() -> Option<String> {
    let mut line = String::new();
    let n = io::stdin().lock().read_line(&mut line).ok()?;
    (n > 0).then(|| line.trim().to_owned())
}

/// Says what was written, what is no longer bound, and what must be done by hand.
fn said(
    unbound: &[(String, import::Unbound)],
    failed: &[String],
    n_accepted: usize,
    into: &Path,
) -> Exit {
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
