//! `nianbao build`: makes the documents of data files that have no errors, or drafts.

use std::path::{Path, PathBuf};

use clap::Args;

use super::look::Look;
use super::{Exit, output, usage};
use crate::diag::Severity;
use crate::house::{Dressed, HouseError};
use crate::load::{Loaded, TemplateFolder, load};
use crate::render::pdf::Attachment;
use crate::render::{Format, RenderError, Renderer};
use crate::report::Report;
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

    #[command(flatten)]
    look: Look,

    /// 把数据文件放进 PDF 里一起存档（PDF/A-3a；不写则为 PDF/A-2a）
    #[arg(long, help_heading = "选项")]
    attach_data: bool,
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
    let Some(maker) = Maker::new(&arguments.look) else { return Exit::Failed };
    let mut written: Vec<PathBuf> = Vec::new();
    let mut exit = Exit::Clean;
    for path in &arguments.files {
        exit = exit.max(match load(path) {
            Ok(loaded) => build(path, &loaded, arguments, &formats, &maker, &mut written),
            Err(error) => {
                output::error(&error);
                Exit::Failed
            }
        });
    }
    exit
}

/// What makes the documents, and whose templates it uses.
struct Maker {
    dressed: Dressed,
    own: Option<TemplateFolder>,
}

impl Maker {
    /// A maker with the office's own templates, styles and faces; `None` when something is wrong, which
    /// has been said.
    fn new(look: &Look) -> Option<Self> {
        let own = match look.templates.as_deref().map(TemplateFolder::read).transpose() {
            Ok(own) => own,
            Err(error) => {
                output::error(&error);
                return None;
            }
        };
        let renderer = Renderer::new().and_then(|renderer| match &own {
            Some(own) => Ok(renderer.with_templates(own.templates()?)),
            None => Ok(renderer),
        });
        let renderer = match renderer {
            Ok(renderer) => renderer,
            Err(error) => {
                explain(&error, own.as_ref(), "");
                return None;
            }
        };
        let dressed = said(look.house().dress(renderer))?;
        warn(&dressed.warnings);
        Some(Self { dressed, own })
    }

    /// The renderer for a report that may name faces of its own; `None` when one cannot be used, which
    /// has been said.
    fn renderer_for(&self, report: &Report, path: &Path) -> Option<Renderer> {
        let (renderer, warnings) = said(self.dressed.for_report(report, path))?;
        warn(&warnings);
        Some(renderer)
    }

    /// Says why something could not be made, in the office's template if it is to blame.
    fn explain(&self, error: &RenderError, act: &str) {
        explain(error, self.own.as_ref(), act);
    }
}

fn warn(warnings: &[String]) {
    for warning in warnings {
        output::note(&format!("警告：{warning}"));
    }
}

/// What came out well; `None` when it did not, which has been said.
fn said<T>(result: Result<T, HouseError>) -> Option<T> {
    result.map_err(|error| output::error(&error)).ok()
}

fn explain(error: &RenderError, own: Option<&TemplateFolder>, act: &str) {
    if let Some((source, diagnostic)) = own.and_then(|own| own.diagnose(error)) {
        output::finding(source, diagnostic);
        output::error(&format!("{act}模板有错"));
    } else {
        output::error(&format!("{act}{error}"));
    }
}

fn build(
    path: &Path,
    loaded: &Loaded,
    arguments: &Arguments,
    formats: &[Format],
    maker: &Maker,
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
    let name = document.meta.file_name();
    let Some(renderer) = maker.renderer_for(report, path) else { return Exit::Failed };
    let mut outputs = Vec::new();
    for format in formats {
        let target = folder.join(format!("{name}.{}", format.extension()));
        if written.contains(&target) {
            output::error(&format!("{} 与本次另一份报告的文件同名，没有写入", target.display()));
            return Exit::Failed;
        }
        let rendered = if arguments.attach_data && *format == Format::Pdf {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let data = Attachment { name, bytes: loaded.source.text().as_bytes().to_vec() };
            renderer.pdf_with_data(&document, &data)
        } else {
            renderer.render(&document, *format)
        };
        match rendered {
            Ok(bytes) => outputs.push((target, bytes)),
            Err(error) => {
                maker.explain(&error, &format!("无法生成 {}：", target.display()));
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
