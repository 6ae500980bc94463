//! The check sheet of a data file, from what was found in it.

use super::Loaded;
use super::tally::tally;
use crate::diag::{Diagnostic, Severity};
use crate::digest::Digest;
use crate::document::sheet::{Facts, Figure, Finding, Sheet, Source, Waived};
use crate::law::Authority;
use crate::report::{Report, UNFILLED, Waiver, place_name};
use crate::review::unassessed_reason;
use crate::rules::FigureClass;
use crate::source::{Lines, locate};

/// The check sheet of a data file that could be read as a report.
pub(crate) fn sheet_of(loaded: &Loaded, report: &Report) -> Sheet {
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
    let waivers = waived(loaded).map(|(finding, waiver)| Waived {
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
        sources: sources(report),
        without_source: without_source(report),
        figures: figures(loaded, &lines),
    }
}

/// The sources of the figures, in the order of the file.
fn sources(report: &Report) -> Vec<Source> {
    let known = report.sources.iter().filter(|source| !source.at.is_root());
    known
        .map(|source| Source {
            of: place_name(report.form(), &source.at),
            from: source.from.clone(),
            date: source.date.map(|date| date.to_string()).unwrap_or_default(),
            by: source.by.clone().unwrap_or_default(),
        })
        .collect()
}

/// The figures without a source, in words.
fn without_source(report: &Report) -> Vec<String> {
    report.without_source().iter().map(|at| place_name(report.form(), at)).collect()
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
        // The name of a file may be long, and is never divided where there is room for it.
        Facts::One("数据文件", file.to_owned()),
        Facts::One("SHA-256", Digest::of(source.text().as_bytes()).to_string()),
        Facts::One("检查程序", program),
        Facts::One("检查规则", rules(loaded)),
        Facts::One("检查结果", format!("{}；豁免{}处", found.join("，"), review.waived.len())),
        Facts::Sentence("文字中的数", review.coverage.counts()),
    ];
    if let Some(second) = &loaded.second {
        facts.push(Facts::Sentence("二人复核", second.words(report)));
    }
    let unassessed: Vec<String> = by_reason(loaded)
        .into_iter()
        .map(|(codes, reason)| format!("{}：{reason}", codes.join("、")))
        .collect();
    if !unassessed.is_empty() {
        facts.push(Facts::Sentence("未能判断", unassessed.join("；")));
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

/// The findings that waivers cover, each with its waiver.
pub(crate) fn waived(loaded: &Loaded) -> impl Iterator<Item = (&Diagnostic, &Waiver)> {
    let waivers = loaded.review.report.as_ref().map_or(&[][..], |report| &report.waivers);
    loaded
        .review
        .waived
        .iter()
        .filter_map(|(finding, waiver)| Some((finding, waivers.get(*waiver)?)))
}

/// The rules that could not be judged, those with the same reason together, in the order of the rules.
pub(crate) fn by_reason(loaded: &Loaded) -> Vec<(Vec<&'static str>, String)> {
    let lines = Lines::of(loaded.source.text());
    let mut reasons: Vec<(Vec<&'static str>, String)> = Vec::new();
    for unassessed in &loaded.review.unassessed {
        let told = unassessed_reason(&loaded.source, &lines, unassessed);
        match reasons.iter_mut().find(|(_, reason)| *reason == told) {
            Some((codes, _)) if codes.contains(&unassessed.code) => {}
            Some((codes, _)) => codes.push(unassessed.code),
            None => reasons.push((vec![unassessed.code], told)),
        }
    }
    reasons
}
