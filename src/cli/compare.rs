//! `nianbao compare`: the figures of two years side by side, and what the rules across years say.

use std::path::{Path, PathBuf};

use clap::Args;

use super::exit::Exit;
use super::list_format::ListFormat;
use super::output::{self, Across, Compared};
use super::sheet::{self, Target};
use super::{approved, usage};
use crate::bind;
use crate::compare::Comparison;
use crate::diag::{Diagnostic, Place, Severity};
use crate::document::comparison;
use crate::document::sheet::{Facts, Finding};
use crate::law::Authority;
use crate::load::{Loaded, read_report};
use crate::report::Report;
use crate::review::{Review, review_read};
use crate::rules::Given;
use crate::source::{Lines, SourceFile, locate};

/// 对照两年的数据：三张表逐项列出上年、本年、增减，并作跨年检查；同一年的数据文件和公布的年报，则逐字逐数对照
#[derive(Debug, Args)]
#[command(help_template = usage::TEMPLATE, disable_help_flag = true, override_usage = "nianbao compare [选项] <上年文件> <本年文件>")]
pub(super) struct Arguments {
    /// 上一年度的数据文件（.toml），或者已公布的年报（网页、Word、PDF 等）
    #[arg(value_name = "上年文件", help_heading = "参数")]
    last: PathBuf,

    /// 本年度的数据文件（.toml），或者已公布的年报
    #[arg(value_name = "本年文件", help_heading = "参数")]
    this: PathBuf,

    /// 两年都是 0 的行也列出
    #[arg(long, help_heading = "选项")]
    all: bool,

    /// 第三部分在总计之外，再按申请人类型逐类列出
    #[arg(long, help_heading = "选项")]
    applicants: bool,

    /// 另外生成一份对照表；扩展名决定格式：.html、.docx、.pdf 或 .ofd（试用）
    #[arg(long, alias = "html", value_name = "对照表", value_parser = sheet::target, help_heading = "选项")]
    sheet: Option<Target>,

    #[arg(
        long,
        help = "怎样列出：text（表格）、json；不写则用 text",
        value_name = "格式",
        value_parser = ListFormat::from_key,
        default_value = "text",
        hide_default_value = true,
        help_heading = "选项"
    )]
    output_format: ListFormat,
}

pub(super) fn run(arguments: &Arguments) -> Exit {
    let json = arguments.output_format == ListFormat::Json;
    if let Some(exit) = approved::run(&arguments.last, &arguments.this, json) {
        return exit;
    }
    let (last, this) = match read_both(arguments) {
        Ok(both) => both,
        Err(exit) => return exit,
    };
    if let Err(why) = in_order(&last.report, &this.report, arguments) {
        output::error(&why);
        return Exit::Failed;
    }
    let (last_report, _) = bind::bind(last.report, None);
    // Alone it has been checked already: what is found now and was not then, the two years say together.
    let given = Given { previous: Some(&last_report), ..Given::default() };
    let with_last =
        review_read(&this.source, (Some(this.report.clone()), this.problems.clone()), given);
    let comparison = Comparison::of(&last_report, &this.report);
    let across = across(&this, &with_last);
    let n_across = across.iter().filter(|finding| finding.severity == Severity::Error).count();
    let exit = if n_across > 0 { Exit::Findings } else { Exit::Clean };
    let unassessed = with_last.unassessed.iter().any(|one| !this.review.unassessed.contains(one));
    let compared = Compared {
        comparison: &comparison,
        findings: &across,
        files: [&last.source, &this.source].map(|source| source.name().to_owned()),
        errors: [n_errors(&last.review), n_errors(&with_last).saturating_sub(n_across)],
        unassessed,
        names_last: this.report.header.previous.is_some(),
        all: arguments.all,
        applicants: arguments.applicants,
    };
    match arguments.output_format {
        ListFormat::Text => output::comparison(&compared),
        ListFormat::Json => output::comparison_json(&compared),
    }
    match &arguments.sheet {
        Some(target) => {
            let sources = [&last.source, &this.source];
            exit.max(write_sheet(&comparison, &across, unassessed, sources, target))
        }
        None => exit,
    }
}

/// A data file of which everything could be read.
struct Read {
    source: SourceFile,
    /// The report as it stands there, its figures not bound.
    report: Report,
    /// The findings of reading it, none of them an error.
    problems: Vec<Diagnostic>,
    /// The findings on it alone.
    review: Review,
}

/// Both files; or how the run ends because one cannot be read or understood, which has been said.
fn read_both(arguments: &Arguments) -> Result<(Read, Read), Exit> {
    match (read(&arguments.last), read(&arguments.this)) {
        (Ok(last), Ok(this)) => Ok((last, this)),
        (last, this) => Err(last.err().max(this.err()).unwrap_or(Exit::Failed)),
    }
}

fn read(path: &Path) -> Result<Read, Exit> {
    let (source, report, problems) = read_report(path).map_err(|error| {
        output::error(&error);
        Exit::Failed
    })?;
    // The figures bound from last year are the business of the check.
    let is_amiss = |problem: &Diagnostic| {
        problem.severity == Severity::Error && problem.code.starts_with("DF")
    };
    let understood = !problems.iter().any(is_amiss);
    match report {
        Some(report) if understood => {
            let read = (Some(report.clone()), problems.clone());
            let review = review_read(&source, read, Given::default());
            Ok(Read { source, report, problems, review })
        }
        report => {
            let review = Review { report, findings: problems, ..Review::default() };
            output::review(&Loaded::alone(source, review));
            output::note(&format!(
                "{} 有看不懂的地方，没有对照。请先改正上面的问题",
                path.display()
            ));
            Err(Exit::Findings)
        }
    }
}

/// True if the years of the files are those that their places on the command line say.
fn in_order(last: &Report, this: &Report, arguments: &Arguments) -> Result<(), String> {
    match (last.header.year, this.header.year) {
        (Some(before), Some(year)) if before == year => Err(format!(
            "{} 和 {} 都是 {year} 年的，请写上一年度的文件和本年度的文件",
            arguments.last.display(),
            arguments.this.display()
        )),
        (Some(before), Some(year)) if before > year => Err(format!(
            "先写上年的文件，再写本年的文件：{} 是 {before} 年的，{} 是 {year} 年的",
            arguments.last.display(),
            arguments.this.display()
        )),
        _ => Ok(()),
    }
}

/// The findings that need last year's report, in the order of the file.
fn across(this: &Read, with_last: &Review) -> Vec<Across> {
    let lines = Lines::of(this.source.text());
    let alone: Vec<_> = this.review.findings.iter().map(key).collect();
    let own = with_last.findings.iter().filter(|finding| !alone.contains(&key(finding)));
    own.map(|finding| {
        let place = &finding.primary.place;
        Across {
            code: finding.code,
            severity: finding.severity,
            authority: finding.authority,
            message: finding.message.clone(),
            help: finding.help.clone(),
            line: lines.position(locate(&this.source, place).start).line,
            place: place.clone(),
        }
    })
    .collect()
}

/// The key by which two findings are the same.
fn key(finding: &Diagnostic) -> (&'static str, &str, &Place) {
    (finding.code, &finding.message, &finding.primary.place)
}

fn n_errors(review: &Review) -> usize {
    review.findings.iter().filter(|finding| finding.severity == Severity::Error).count()
}

fn write_sheet(
    comparison: &Comparison,
    across: &[Across],
    unassessed: bool,
    sources: [&SourceFile; 2],
    target: &Target,
) -> Exit {
    let [last, this] = sources
        .map(|source| source.name().rsplit(['/', '\\']).next().unwrap_or_default().to_owned());
    let program = format!("{} {}", env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION"));
    let mut facts = vec![Facts::One("上年文件", last), Facts::One("本年文件", this)];
    let names = [&comparison.last.agency, &comparison.this.agency];
    if let ([Some(before), Some(name)], true) = (names, names[0] != names[1]) {
        facts.push(Facts::One("机关全称", format!("上年为“{before}”，本年为“{name}”")));
    }
    if unassessed {
        facts.push(Facts::One("跨年检查", "没有填的数没有核对".to_owned()));
    }
    facts.push(Facts::One("检查程序", program));
    let findings: Vec<Finding> = across
        .iter()
        .map(|finding| Finding {
            severity: finding.severity.name().to_owned(),
            code: finding.code.to_owned(),
            authority: finding.authority.map(Authority::name).unwrap_or_default().to_owned(),
            place: format!("第{}行", finding.line),
            message: finding.message.clone(),
        })
        .collect();
    sheet::write_document(&comparison::sheet(comparison, &facts, &findings), target)
}
