//! The check sheet of one data file: what was found, ready to be printed and signed.

use std::path::{Path, PathBuf};

use super::exit::Exit;
use super::output::{self, by_reason};
use super::tally::tally;
use crate::branding::{BrandedRenderer, Branding};
use crate::diag::{Diagnostic, Severity};
use crate::digest::Digest;
use crate::document::sheet::{Facts, Figure, Finding, Sheet, Waived, sheet};
use crate::document::{self, Document};
use crate::files;
use crate::law::Authority;
use crate::load::Loaded;
use crate::render::{Format, RenderError, Renderer};
use crate::report::{Report, UNFILLED};
use crate::rules::FigureClass;
use crate::source::{Lines, locate};

/// The destination and format of a check sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Target {
    path: PathBuf,
    format: Format,
}

/// The file and the format that its extension names.
pub(super) fn target(path: &str) -> Result<Target, String> {
    let path = PathBuf::from(path);
    let extension = path.extension().map(|e| e.to_string_lossy().to_lowercase());
    let format = match extension.as_deref() {
        Some("html") => Format::Html,
        Some("docx") => Format::Docx,
        Some("pdf") => Format::Pdf,
        _ => return Err("扩展名应是 .pdf、.docx 或 .html".to_owned()),
    };
    Ok(Target { path, format })
}

/// Writes the check sheet of a data file at `path` that could be read as a report. Where fonts of the system
/// are allowed, it names those that a PDF of the report takes.
pub(super) fn write(loaded: &Loaded, path: &Path, target: &Target, system_fonts: bool) -> Exit {
    let Some(report) = &loaded.review.report else {
        output::note("数据文件有看不懂的地方，没有生成检查单。请先改正上面的问题");
        return Exit::Findings;
    };
    let branding = Branding { system_fonts, ..Branding::default() };
    let branded = BrandedRenderer::read(branding);
    let with = branded.and_then(|branded| {
        let with = branded.for_report(report, path)?;
        Ok((branded.for_document(with, &document::build(report, false)), branded))
    });
    let (with, branded) = match with {
        Ok(with) => with,
        Err(error) => {
            output::error(&error);
            return Exit::Failed;
        }
    };
    let mut of = of(loaded, report);
    if !with.notes.is_empty() {
        of.facts.push(Facts::One("本机字体", with.notes.join("；")));
    }
    let document = sheet(&of);
    let with = branded.for_document(with, &document);
    write_rendered(with.renderer.render(&document, target.format), target)
}

/// Writes a document that goes with a report.
pub(super) fn write_document(document: &Document, target: &Target) -> Exit {
    write_rendered(Renderer::new().render(document, target.format), target)
}

fn write_rendered(rendered: Result<Vec<u8>, RenderError>, target: &Target) -> Exit {
    let bytes = match rendered {
        Ok(bytes) => bytes,
        Err(error) => {
            output::error(&format!("无法生成 {}：{error}", target.path.display()));
            return Exit::Failed;
        }
    };
    if let Err(error) = files::write_whole(&target.path, &bytes) {
        output::error(&error);
        return Exit::Failed;
    }
    // Standard output may be read by a program.
    output::written(&target.path);
    Exit::Clean
}

fn of(loaded: &Loaded, report: &Report) -> Sheet {
    let Loaded { source, review, .. } = loaded;
    let lines = Lines::of(source.text());
    let place = |finding: &Diagnostic| {
        let start = locate(source, &finding.primary.place).start;
        match source.spot(start) {
            Some(spot) => spot.to_owned(),
            None => format!("第{}行", lines.position(start).line),
        }
    };
    let findings = review.findings.iter().map(|finding| Finding {
        severity: finding.severity.name().to_owned(),
        code: finding.code.to_owned(),
        authority: finding.authority.map(Authority::name).unwrap_or_default().to_owned(),
        place: place(finding),
        message: finding.message.clone(),
    });
    let waivers = output::waived(loaded).map(|(finding, waiver)| Waived {
        code: finding.code.to_owned(),
        place: place(finding),
        message: finding.message.clone(),
        reason: waiver.reason.clone(),
        by: waiver.by.clone(),
        date: waiver.date.map(|date| date.to_string()).unwrap_or_default(),
    });
    Sheet {
        edition: report.edition,
        agency: report.agency.name.clone().unwrap_or_default(),
        year: report.header.year,
        title: report.title_pieces(),
        facts: facts(loaded, report),
        findings: findings.collect(),
        waivers: waivers.collect(),
        figures: figures(loaded, &lines),
    }
}

/// The figures of the texts, but for those that tell no quantity.
fn figures(loaded: &Loaded, lines: &Lines<'_>) -> Vec<Figure> {
    let quantities = loaded
        .review
        .coverage
        .figures
        .iter()
        .filter(|seen| seen.verdict.class() != FigureClass::NoQuantity);
    quantities
        .map(|seen| Figure {
            place: format!(
                "第{}行",
                lines.position(locate(&loaded.source, &seen.place).start).line
            ),
            words: seen.words.clone(),
            result: seen.result().to_owned(),
            explanation: seen.explanation(),
            is_judged: seen.verdict.class() != FigureClass::Unjudged,
        })
        .collect()
}

/// The checks, the program that made them, and their results.
fn facts(loaded: &Loaded, report: &Report) -> Vec<Facts> {
    let Loaded { source, review, .. } = loaded;
    let unfilled = || UNFILLED.to_owned();
    let year = report.header.year.map_or_else(unfilled, |year| format!("{year}年"));
    let published = report.header.published.map_or_else(unfilled, |date| date.to_string());
    let file = source.name().rsplit(['/', '\\']).next().unwrap_or_default();
    let program = format!("{} {}", env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION"));
    let n = |severity| review.findings.iter().filter(|d| d.severity == severity).count();
    let found: Vec<String> =
        Severity::ALL.iter().map(|s| format!("{}{}处", s.name(), n(*s))).collect();
    let mut facts = vec![
        Facts::One("机关全称", report.agency.name.clone().unwrap_or_else(unfilled)),
        Facts::One("报告标题", report.title()),
        Facts::Two([("报告年度", year), ("公布日期", published)]),
        Facts::Two([("数据文件", file.to_owned()), ("检查程序", program)]),
        Facts::One("SHA-256", Digest::of(source.text().as_bytes()).to_string()),
        Facts::One("检查规则", rules(loaded)),
        Facts::One("检查结果", format!("{}；豁免{}处", found.join("，"), review.waived.len())),
        Facts::One("文字中的数", review.coverage.counts()),
    ];
    let unassessed: Vec<String> = by_reason(loaded)
        .into_iter()
        .map(|(codes, reason)| format!("{}：{reason}", codes.join("、")))
        .collect();
    if !unassessed.is_empty() {
        facts.push(Facts::One("未能判断", unassessed.join("；")));
    }
    facts
}

/// The number of rules, and of each result.
fn rules(loaded: &Loaded) -> String {
    let review = &loaded.review;
    let tally = tally(review);
    let mut rules = format!("共{}条：通过{}条", tally.rules, tally.passed);
    for (name, count) in [
        ("有问题", tally.found),
        ("问题均已豁免", tally.waived),
        ("未能判断", tally.unassessed),
        ("由数据文件关闭", tally.off),
    ] {
        if count > 0 {
            rules.push_str(&format!("，{name}{count}条"));
        }
    }
    if !review.off.is_empty() {
        rules.push_str(&format!("（{}）", review.off.join("、")));
    }
    rules
}
