//! NB706: figures of two forms are compared only where both forms count the same.

use std::ops::Range;

use crate::diag::{Place, Severity};
use crate::edition::{Cell, Edition, RequestColumn, Section};
use crate::law::{self, Authority};
use crate::prose::readings;
use crate::report::{Bound, FieldPath, Report, Text};
use crate::rules::figures::judge::{clause, place};
use crate::rules::machinery::last_year;
use crate::rules::{Docs, Findings, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB706",
    name: "incomparable-year",
    title: "与上年旧格式中口径不同的数作比较",
    severity: Severity::Error,
    fixed: false,
    authority: Authority::Notice,
    basis: &[law::FORMAT_2021],
    editions: Edition::ALL,
    docs: Docs {
        what: "上年报告用的是另一种格式时（2021年报告的上年是2019年的试行格式），文字中是否引用上年口径不同的数（{{ previous.… }}），或者用紧跟在这样的数后面的“同比增长 x%”作比较（后一种只作提示）。两种格式可以比较的，是第三部分的本年新收、上年结转、办理结果的总计、结转下年度继续办理，以及第四部分的全部数据。",
        why: "2021年的格式改变了主动公开各项和办理结果各项的统计内容，名称相近的两个数，统计的不是同一件事，相比没有意义。",
        example: "[report]\nyear = 2021\nprevious = \"2020.toml\"   # 其中 format = \"2019\"\n[overview]\ntext = \"予以公开的申请比上年多{{ requests.outcome.granted.total - previous.requests.outcome.granted.total }}件。\"",
        corrected: "[report]\nyear = 2021\nprevious = \"2020.toml\"   # 其中 format = \"2019\"\n[overview]\ntext = \"新收申请比上年多{{ requests.received.total - previous.requests.received.total }}件。\"",
    },
    check,
};

fn check(report: &Report, findings: &mut Findings<'_>) {
    let Some(last) = findings.last_year(report) else { return };
    if last.edition == report.edition {
        return;
    }
    for (path, text) in report.texts() {
        for (figure, typed) in figures_of_last_year(text) {
            if last_year::is_comparable(report, last, &FieldPath::new(figure)) {
                continue;
            }
            let place = Place::Text(path.clone(), typed);
            let named = report.form().cells().find(|cell| FieldPath::of(*cell).as_str() == figure);
            let named =
                named.map_or_else(|| format!("“{figure}”"), |cell| report.form().cell_name(cell));
            report_one(report, last, findings, (Severity::Error, place), &named);
        }
    }
    let prose = findings.prose(report);
    for (passage, text) in prose.each(report) {
        for mention in &passage.mentions {
            if mention.bound && is_of_last_year(text, &mention.digits) {
                continue; // It has been reported above, or is comparable.
            }
            let grown = mention.growth.map(|growth| &passage.mentions[growth.of]);
            let Some(counted) = grown.and_then(|figure| figure.counted.as_ref()) else { continue };
            let keys: Vec<FieldPath> = readings(report, counted)
                .into_iter()
                .flatten()
                .filter(|reading| !reading.loose)
                .flat_map(|reading| reading.paths().cloned().collect::<Vec<_>>())
                .collect();
            if keys.is_empty() || keys.iter().any(|key| last_year::is_comparable(report, last, key))
            {
                continue;
            }
            let said = clause(text, &(mention.phrase.start..mention.range.end));
            let place = place(passage, text, &mention.digits);
            report_one(report, last, findings, (Severity::Hint, place), &format!("“{said}”"));
        }
    }
}

/// The names of last year's figures in a text that binds them.
const PREFIX: &str = "previous.";

/// True if some bytes of the printed text were bound with a figure of last year.
fn is_of_last_year(text: &Text, printed: &Range<usize>) -> bool {
    let bound = text.bound().iter();
    let overlaps = |b: &&Bound| b.printed.start < printed.end && printed.start < b.printed.end;
    bound.into_iter().filter(overlaps).any(|b| text.typed()[b.typed.clone()].contains(PREFIX))
}

/// The figures of last year that a text binds, each with its bytes as typed.
fn figures_of_last_year(text: &Text) -> impl Iterator<Item = (&str, Range<usize>)> {
    text.bound().iter().flat_map(move |bound| {
        let typed = &text.typed()[bound.typed.clone()];
        typed.match_indices(PREFIX).map(move |(at, _)| {
            let name = &typed[at + PREFIX.len()..];
            let end = name.find(|c: char| !(c.is_ascii_alphanumeric() || "_.".contains(c)));
            let name = &name[..end.unwrap_or(name.len())];
            let start = bound.typed.start + at;
            (name, start..start + PREFIX.len() + name.len())
        })
    })
}

fn report_one(
    report: &Report,
    last: &Report,
    findings: &mut Findings<'_>,
    (severity, place): (Severity, Place),
    what: &str,
) {
    let finding = findings.report_as(
        severity,
        place,
        format!("{what}不能与上年比较：上年按{}填报，口径不同", last.form().notice.number),
        "口径不同",
    );
    last_year::relate(report, finding, format!("格式 {}", last.edition.key()));
    finding.help.push(format!("删去这一比较；可以比较的有：{}", comparable_rows(report, last)));
}

/// The rows that mean the same in both forms.
fn comparable_rows(report: &Report, last: &Report) -> String {
    let form = report.form();
    let of_requests: Vec<&str> = form
        .requests
        .rows
        .iter()
        .filter(|row| {
            let total = Cell::Requests(row.row, RequestColumn::Total);
            last_year::cells(report, last).any(|cell| cell == total)
        })
        .map(|row| form.requests.row_label(row.row))
        .collect();
    let section = form.section_title(Section::Challenges);
    format!("{}，以及“{section}”", of_requests.join("、"))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::check_years;

    const OLD: &str = "format = \"2019\"\nreport.year = 2020\n[requests]\nreceived = [5, 0, 0, 0, 0, 0]\noutcome.granted = [4, 0, 0, 0, 0, 0]\n";
    const TABLE: &str = "format = \"2021\"\nreport.year = 2021\n[requests]\nreceived = [10, 0, 0, 0, 0, 0]\noutcome.granted = [8, 0, 0, 0, 0, 0]\n";

    #[test]
    fn outcomes_of_another_form() {
        check_years(
            &RULE,
            OLD,
            &format!(
                "{TABLE}[overview]\ntext = \"上年{{{{ previous.requests.outcome.granted.total }}}}件。\"\n#              ^ 口径不同\n"
            ),
        );
        check_years(
            &RULE,
            OLD,
            &format!(
                "{TABLE}[overview]\ntext = \"收到政府信息公开申请10件，其中予以公开8件，同比增长100%。\"\n#                                                          ^ 口径不同\n"
            ),
        );
    }

    #[test]
    fn what_both_forms_count() {
        let text = "新收政府信息公开申请{{ requests.received.total }}件，比上年多{{ requests.received.total - previous.requests.received.total }}件，同比增长100%。";
        let lines = format!("{TABLE}[overview]\ntext = \"{text}\"\n");
        check_years(&RULE, OLD, &lines);
        let same_form = OLD.replace("2019", "2021").replace("2020", "2021");
        let table = TABLE.replace("year = 2021", "year = 2022");
        let granted = text.replace("received", "outcome.granted");
        check_years(&RULE, &same_form, &format!("{table}[overview]\ntext = \"{granted}\"\n"));
    }
}
