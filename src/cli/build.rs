//! `nianbao build`: makes the documents of data files that have no errors, or drafts.

use std::path::{Path, PathBuf};

use clap::Args;

use super::{Exit, Loaded, load, output, usage};
use crate::diag::Severity;
use crate::render::{Format, Renderer};
use crate::{document, files};

/// 检查数据文件，没有错误的生成年度报告
#[derive(Debug, Args)]
#[command(help_template = usage::TEMPLATE, disable_help_flag = true, override_usage = "nianbao build [选项] <文件>...")]
pub(super) struct Arguments {
    /// 数据文件（.toml），可以写多个
    #[arg(required = true, value_name = "文件", help_heading = "参数")]
    files: Vec<PathBuf>,

    /// 生成到哪个文件夹；不写则与数据文件放在一起
    #[arg(short, long, value_name = "文件夹", help_heading = "选项")]
    out: Option<PathBuf>,

    /// 生成哪几种，用逗号隔开：html（网页）、docx、pdf，另有 html-fragment（粘贴到网站后台用）；不写则生成前三种
    #[arg(
        short,
        long,
        value_name = "格式",
        value_delimiter = ',',
        value_parser = format,
        hide_possible_values = true,
        help_heading = "选项"
    )]
    format: Vec<Format>,

    /// 有错误也生成，每页标明“草稿”，未填的数据标为“〔未填〕”
    #[arg(long, help_heading = "选项")]
    draft: bool,
}

fn format(key: &str) -> Result<Format, String> {
    let all: Vec<&str> = Format::ALL.iter().map(|format| format.key()).collect();
    Format::from_key(key.trim()).ok_or_else(|| format!("可以写 {}", all.join("、")))
}

pub(super) fn run(arguments: &Arguments) -> Exit {
    let mut formats = if arguments.format.is_empty() {
        Format::DEFAULT.to_vec()
    } else {
        arguments.format.clone()
    };
    formats.sort_unstable();
    formats.dedup();
    let renderer = match Renderer::new() {
        Ok(renderer) => renderer,
        Err(error) => {
            output::error(&error);
            return Exit::Failed;
        }
    };
    let mut written: Vec<PathBuf> = Vec::new();
    let mut exit = Exit::Clean;
    for path in &arguments.files {
        exit = exit.max(match load(path) {
            Ok(loaded) => build(path, &loaded, arguments, &formats, &renderer, &mut written),
            Err(error) => {
                output::error(&error);
                Exit::Failed
            }
        });
    }
    exit
}

fn build(
    path: &Path,
    loaded: &Loaded,
    arguments: &Arguments,
    formats: &[Format],
    renderer: &Renderer,
    written: &mut Vec<PathBuf>,
) -> Exit {
    let Loaded { review, .. } = loaded;
    output::review(loaded, false);
    let has_errors = review.findings.iter().any(|d| d.severity == Severity::Error);
    let report = match &review.report {
        Some(report) if review.is_understood() && (arguments.draft || !has_errors) => report,
        Some(_) if review.is_understood() => {
            output::note("报告有错误，没有生成文件。改正后再生成，或者加 --draft 生成草稿");
            return Exit::Findings;
        }
        _ => {
            output::note(
                "数据文件有看不懂的地方，没有生成文件（草稿也不能生成）。请先改正上面的问题",
            );
            return Exit::Findings;
        }
    };
    let document = document::build(report, arguments.draft);
    let folder = arguments.out.as_deref().or_else(|| path.parent()).unwrap_or(Path::new(""));
    let name = file_name(&document.meta.title, arguments.draft);
    let mut outputs = Vec::new();
    for format in formats {
        let target = folder.join(format!("{name}.{}", format.extension()));
        if written.contains(&target) {
            output::error(&format!("{} 与本次另一份报告的文件同名，没有写入", target.display()));
            return Exit::Failed;
        }
        match renderer.render(&document, *format) {
            Ok(bytes) => outputs.push((target, bytes)),
            Err(error) => {
                output::error(&format!("无法生成 {}：{error}", target.display()));
                return Exit::Failed;
            }
        }
    }
    // Nothing is written before everything has been rendered.
    for (target, bytes) in outputs {
        if let Err(error) = files::write_whole(&target, &bytes) {
            output::error(&error);
            return Exit::Failed;
        }
        output::written(&target);
        written.push(target);
    }
    if has_errors { Exit::Findings } else { Exit::Clean }
}

/// A file name that every system accepts, from the title of the report.
fn file_name(title: &str, draft: bool) -> String {
    /// File systems take 255 bytes; the extension and the draft mark need some of them.
    const LONGEST: usize = 200;
    let mut name: String = title
        .chars()
        .map(|c| if c.is_control() || r#"/\:*?"<>|"#.contains(c) { '_' } else { c })
        .collect();
    while name.len() > LONGEST {
        name.pop();
    }
    let name = name.trim().trim_matches('.');
    format!(
        "{}{}",
        if name.is_empty() { "report" } else { name },
        if draft { "（草稿）" } else { "" }
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_become_file_names() {
        assert_eq!(file_name("海东市人民政府2023年年报", false), "海东市人民政府2023年年报");
        assert_eq!(file_name("../a:b", true), "_a_b（草稿）");
        assert_eq!(file_name("", false), "report");
        assert!(file_name(&"长".repeat(500), false).len() <= 200);
    }
}
