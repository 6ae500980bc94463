//! The corpus of sentences, `tests/prose/*.txt`: each sentence with what is read of it.
//!
//! `UPDATE=1 cargo test` rewrites the readings; the sentences are written by hand. See the README there.

use std::fmt::Write as _;

use super::clause::Change;
use super::list::Opening;
use super::{Claimed, Counted, Exactness, Mention, Passage, Prose, Unit, Wordless, readings};
use crate::edition::Edition;
use crate::report::{AgencyKind, Aspect, Part, Report, Text};

/// The files of the corpus, each for one kind of sentence.
const FILES: &[&str] = &[
    "applications",
    "lists",
    "outcomes",
    "challenges",
    "documents",
    "fees",
    "changes",
    "bodies",
    "none",
];

#[test]
fn every_sentence_is_read_as_the_corpus_says() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/prose");
    for name in FILES {
        let path = folder.join(format!("{name}.txt"));
        let expected = crate::files::read_text(&path).unwrap();
        let actual = read_again(&expected);
        if std::env::var_os("UPDATE").is_some() {
            crate::files::write_whole(&path, actual.as_bytes()).unwrap();
            continue;
        }
        for (number, (expected, actual)) in expected.lines().zip(actual.lines()).enumerate() {
            assert_eq!(expected, actual, "{name}.txt, line {}", number + 1);
        }
        assert_eq!(expected.lines().count(), actual.lines().count(), "{name}.txt");
    }
}

/// The place of a sentence: the lines `机关：`, `年度：` and `位置：` above it.
struct Setting {
    agency: String,
    kind: AgencyKind,
    year: u16,
    about_requests: bool,
}

impl Setting {
    fn new() -> Self {
        let agency = "某某县水利局".to_owned();
        Self { agency, kind: AgencyKind::Department, year: 2024, about_requests: false }
    }

    /// Takes over a line that sets something; false if it is none.
    fn take(&mut self, line: &str) -> bool {
        if let Some(agency) = line.strip_prefix("机关：") {
            agency.clone_into(&mut self.agency);
            let government = agency.ends_with("政府");
            self.kind = if government { AgencyKind::Government } else { AgencyKind::Department };
        } else if let Some(year) = line.strip_prefix("年度：") {
            self.year = year.parse().unwrap();
        } else if let Some(place) = line.strip_prefix("位置：") {
            self.about_requests = place == "依申请公开";
        } else {
            return false;
        }
        true
    }

    fn report(&self, text: &str) -> Report {
        let mut report = Report::empty(Edition::Y2021);
        report.header.year = Some(self.year);
        report.agency.name = Some(self.agency.clone());
        report.agency.kind = Some(self.kind);
        if self.about_requests {
            let text = Some(Text::new(text));
            let aspect = Some(Aspect::Requests);
            report.overview.parts.push(Part { aspect, text, ..Part::default() });
        } else {
            report.overview.text = Some(Text::new(text));
        }
        report
    }
}

/// A file of the corpus with the readings of its sentences written anew.
fn read_again(file: &str) -> String {
    let mut setting = Setting::new();
    let mut written = String::new();
    let mut lines = file.lines().filter(|line| !line.starts_with("  ")).peekable();
    while let Some(line) = lines.next() {
        writeln!(written, "{line}").unwrap();
        let Some(first) = line.strip_prefix("> ") else {
            let known = line.is_empty() || line.starts_with('#') || setting.take(line);
            assert!(known, "neither a sentence nor a setting: {line}");
            continue;
        };
        let mut text = first.to_owned();
        while let Some(next) = lines.peek().and_then(|line| line.strip_prefix("> ")) {
            text = format!("{text}\n{next}");
            writeln!(written, "> {next}").unwrap();
            lines.next();
        }
        for reading in describe(&setting.report(&text)) {
            writeln!(written, "  {reading}").unwrap();
        }
    }
    written
}

/// All that is read of the only text of a report, a line for each figure, list and claim.
fn describe(report: &Report) -> Vec<String> {
    let prose = Prose::of(report);
    let Some((passage, text)) = prose.each(report).next() else { return Vec::new() };
    let printed = text.printed();
    let mut lines = Vec::new();
    for mention in &passage.mentions {
        lines.push(figure(report, passage, printed, mention));
    }
    for list in passage.lists.iter().filter(|list| !list.parts.is_empty()) {
        let parts: Vec<_> =
            list.parts.iter().map(|part| words(printed, &passage.mentions[*part])).collect();
        let mut line = format!(
            "列举：{} = {}",
            words(printed, &passage.mentions[list.whole]),
            parts.join(" + ")
        );
        let marks = [
            (list.opening == Opening::All, "列全"),
            (list.opening == Opening::Bare, "没有“其中”"),
            (list.opening == Opening::Some, "只列主要的"),
            (list.open_end, "等"),
            (list.ambiguous, "总数不确定"),
            (list.mixed, "另有其他单位的数"),
        ];
        for (_, mark) in marks.iter().filter(|(set, _)| *set) {
            write!(line, "，{mark}").unwrap();
        }
        lines.push(line);
    }
    for sum in &passage.sums {
        let parts: Vec<_> =
            sum.parts.iter().map(|part| words(printed, &passage.mentions[*part])).collect();
        let total = match sum.total {
            Some(total) => words(printed, &passage.mentions[total]),
            None => "全部申请".to_owned(),
        };
        let (sign, note) = match (sum.fits, sum.impossible) {
            (true, _) => ("=", ""),
            (false, false) => ("≠", ""),
            (false, true) => ("≠", "，比总数大"),
        };
        lines.push(format!("相加：{} {sign} {total}{note}", parts.join(" + ")));
    }
    for claim in &passage.claims {
        let said = match &claim.what {
            Claimed::None(counted) => format!("没有 {}", names(report, counted)),
            Claimed::AllHandled => "申请全部办结".to_owned(),
            Claimed::Wholly(of, counted) => {
                let figure = words(printed, &passage.mentions[*of]);
                format!("{figure} 全是 {}", names(report, counted))
            }
            Claimed::Change(of, Wordless::Same) => {
                format!("{} 与上年相同", words(printed, &passage.mentions[*of]))
            }
            Claimed::Change(of, Wordless::Doubled) => {
                format!("{} 是上年的两倍", words(printed, &passage.mentions[*of]))
            }
            Claimed::LastYear(of, counted) => {
                let figure = words(printed, &passage.mentions[*of]);
                format!("上年 {} 是 {figure}", names(report, counted))
            }
        };
        lines.push(format!("说法：{said}（{}）", &printed[claim.range.clone()]));
    }
    lines
}

/// One figure: its words, the thing it counts, and all that is remarkable.
fn figure(report: &Report, passage: &Passage, printed: &str, mention: &Mention) -> String {
    let mut line = words(printed, mention);
    let of = |i: usize| words(printed, &passage.mentions[i]);
    if let Some(counted) = &mention.counted {
        write!(line, "：{}", names(report, counted)).unwrap();
    } else if let Some(share) = &mention.share {
        let whole = share.whole.as_ref().map_or("总数".to_owned(), |whole| names(report, whole));
        let share = if share.finish {
            format!("：{} 的办结率", of(share.part))
        } else {
            format!("：{} 占{whole}的比例", of(share.part))
        };
        line.push_str(&share);
    } else if let Some(growth) = mention.growth {
        let change = match growth.change {
            Change::Rate(true) => "比上年增加的比率",
            Change::Rate(false) => "比上年减少的比率",
            Change::Difference(true) => "比上年增加的数",
            Change::Difference(false) => "比上年减少的数",
            Change::Multiple => "是上年的倍数",
            Change::More => "比上年增加的倍数",
            Change::Base => "在上年的数",
        };
        write!(line, "：{} {change}", of(growth.of)).unwrap();
    } else {
        line.push_str("：不判断");
    }
    let exactness = match mention.exactness {
        Exactness::Exact => "",
        Exactness::AtLeast => "至少",
        Exactness::About => "大约",
    };
    let part = mention.counted.as_ref().is_some_and(|counted| counted.at_most);
    let hint = mention.counted.as_ref().is_some_and(|counted| counted.only_hint);
    let marks = [
        (!exactness.is_empty(), exactness),
        (!mention.of_this_year && mention.growth.is_none(), "不是报告年度的"),
        (hint, "不等时只提示"),
        (part, "至多"),
        (mention.is_rest, "其余的"),
        (mention.open_end, "等"),
    ];
    for (_, mark) in marks.iter().filter(|(set, _)| *set) {
        write!(line, "，{mark}").unwrap();
    }
    line
}

/// The figure as it stands in the text.
fn words(printed: &str, mention: &Mention) -> String {
    let end = match mention.unit {
        Unit::Counter(_) | Unit::Yuan | Unit::Percent | Unit::Points | Unit::Times => {
            mention.range.end
        }
        Unit::Year | Unit::Month | Unit::Day => mention.digits.end,
    };
    printed[mention.range.start..end].split_whitespace().collect()
}

/// The readings of a thing that is counted, by the names of the form without the words that all share.
fn names(report: &Report, counted: &Counted) -> String {
    let short = |name: &str| name.replace("政府信息公开申请数量", "");
    let groups: Vec<String> = readings(report, counted)
        .iter()
        .map(|group| {
            let names: Vec<String> = group
                .iter()
                .map(|r| format!("{}{}", if r.loose { "（宽）" } else { "" }, short(&r.name)))
                .collect();
            names.join(" 或 ")
        })
        .collect();
    groups.join(" 且 ")
}
