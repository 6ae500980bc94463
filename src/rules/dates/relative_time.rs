//! NB107: a report is read for years, so it names years instead of 今年.

use crate::diag::Severity;
use crate::edition::Edition;
use crate::law::{self, Authority};
use crate::report::Report;
use crate::rules::machinery::text::sightings::Sightings;
use crate::rules::machinery::text::{Role, pieces};
use crate::rules::machinery::word_lists::WordLists;
use crate::rules::{Docs, Findings, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB107",
    name: "relative-time",
    title: "用了“今年”“目前”等相对时间",
    severity: Severity::Hint,
    fixed: false,
    authority: Authority::Practice,
    basis: &[law::PRACTICE],
    editions: Edition::ALL,
    docs: Docs {
        what: "文字中是否有“今年”“今年以来”“年初以来”“去年”“明年”“目前”“截至目前”。书名号、引号内的不算。",
        why: "年度报告在次年公布，并且长期公开。“今年”在编写时、公布时和查阅时各是不同的年份。",
        example: "[overview]\ntext = \"今年以来，公开信息120条。\"",
        corrected: "[overview]\ntext = \"2023年，公开信息120条。\"",
    },
    check,
};

fn check(report: &Report, findings: &mut Findings<'_>) {
    let words = &WordLists::get().relative_time;
    let lists = [&words.this_year, &words.last_year, &words.next_year, &words.now];
    let mut seen = Sightings::new();
    for piece in pieces(report).iter().filter(|piece| piece.role != Role::Note) {
        let text = piece.printed();
        let mut depth = 0_usize;
        let mut end = 0;
        for (start, c) in text.char_indices() {
            match c {
                '《' | '“' => depth += 1,
                '》' | '”' => depth = depth.saturating_sub(1),
                '\n' => depth = 0,
                // 2024年初以来 names its year.
                _ if depth == 0 && start >= end && (c != '年' || !is_dated(&text[..start])) => {
                    let rest = &text[start..];
                    if let Some(word) = lists.iter().find_map(|words| words.start_of(rest)) {
                        end = start + word.len();
                        seen.add(word, piece, start..end);
                    }
                }
                _ => {}
            }
        }
    }
    let year = report.header.year.map_or("YYYY".to_owned(), |year| year.to_string());
    for seen in seen.into_kinds() {
        let instead = if words.this_year.has(seen.kind) {
            format!("改写为报告年度“{year}年”")
        } else if words.last_year.has(seen.kind) {
            "改写为“上年”或具体年份".to_owned()
        } else if words.next_year.has(seen.kind) {
            "改写为具体年份".to_owned()
        } else {
            format!("写明日期，例如“截至{year}年年底”")
        };
        let message = format!("“{}”是相对的时间，日后查阅时所指不明{}", seen.kind, seen.times());
        let finding = findings.report(seen.first(), message, "写明年份");
        seen.show_others(finding);
        finding.help.push(instead);
    }
}

/// True if a year stands just before a word: in figures, or as 上年.
fn is_dated(before: &str) -> bool {
    before
        .trim_end_matches('年')
        .ends_with(|c: char| c.is_ascii_digit() || matches!(c, '上' | '当'))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::check;

    #[test]
    fn s000_15_the_same_words_twice_are_one_finding() {
        check(
            &RULE,
            "[overview]\ntext = \"今年以来公开信息9条。今年以来培训3次。\"\n#       ^ 共2处\n",
        );
    }

    #[test]
    fn s001_10_last_year() {
        check(&RULE, "[overview]\ntext = \"由去年9个增至12个。\"\n#         ^ 上年\n");
    }

    #[test]
    fn s002_17_this_year() {
        check(&RULE, "[overview]\ntext = \"今年对栏目作了调整。\"\n#       ^ 写明年份\n");
    }

    #[test]
    fn since_the_beginning_of_a_year_that_is_not_named() {
        check(&RULE, "[overview]\ntext = \"年初以来，培训3次。\"\n#       ^ 写明年份\n");
        check(&RULE, "[overview]\ntext = \"2023年初以来培训3次，2023年年初以来公开9条。\"\n");
    }

    #[test]
    fn titles_and_quotations_are_left_alone() {
        check(
            &RULE,
            "[overview]\ntext = \"印发《今年工作要点》，开设“今年要闻”栏目，上年结转2件。\"\n",
        );
    }
}
