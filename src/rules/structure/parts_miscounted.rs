//! NB010: the opening lists the six parts that the report has.

use crate::diag::{Place, Severity};
use crate::edition::{Edition, Section};
use crate::law::{self, Authority};
use crate::report::{FieldPath, Report};
use crate::rules::machinery::text::sentences;
use crate::rules::{Docs, Findings, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB010",
    name: "parts-miscounted",
    title: "引言列举的部分与六个部分不符",
    severity: Severity::Warning,
    fixed: false,
    authority: Authority::Notice,
    basis: &[law::FORMAT_2021_SECTIONS],
    editions: Edition::ALL,
    docs: Docs {
        what: "自拟的引言列举报告各部分的，六个部分是否列全；写了“N个部分”的，是否为六个。标准引言由程序写出，自然相符。措辞不必与标题完全相同：第四部分写成“行政复议、行政诉讼情况”“行政复议和行政诉讼情况”都可以。",
        why: "引言说六个部分却只列出五个，是编写时漏了一项，读者一数就会发现。",
        example: "[opening]\ntext = \"本报告包括总体情况、主动公开政府信息情况、政府信息公开行政复议和行政诉讼情况、存在的主要问题及改进情况、其他需要报告的事项六个部分。\"",
        corrected: "# 不写 [opening]，由程序按标准表述写出；或者补上“收到和处理政府信息公开申请情况”",
    },
    check,
};

/// A list of fewer parts than this is no list of all parts.
const LEAST: usize = 3;

fn check(report: &Report, findings: &mut Findings<'_>) {
    let Some(opening) = &report.opening else { return };
    let form = report.form();
    let text = opening.printed();
    for sentence in sentences(text) {
        let words = &text[sentence.clone()];
        let named: Vec<&str> = form
            .sections
            .iter()
            .filter(|section| !is_named(section.section, words))
            .map(|section| section.in_text)
            .collect();
        let n = form.sections.len();
        let listed = n - named.len();
        if listed < LEAST {
            continue;
        }
        let said = count(words);
        let place = |range: std::ops::Range<usize>| {
            let range = sentence.start + range.start..sentence.start + range.end;
            Place::Text(FieldPath::new("opening.text"), opening.typed_range(range))
        };
        let whole = 0..words.trim_end().len();
        if !named.is_empty() {
            let said_n =
                said.as_ref().map_or(String::new(), |(said, _)| format!("说{said}个部分，"));
            let message = format!("引言{said_n}只列出{listed}个，缺少“{}”", named.join("”“"));
            let range = said.map_or(whole, |(_, range)| range);
            findings
                .report(place(range), message, format!("列出了{listed}个"))
                .help
                .push("补上缺少的部分；或者删去 [opening]，由程序按标准表述写出".to_owned());
            return;
        } else if let Some((said, range)) = said.filter(|(said, _)| *said != n) {
            let message = format!("引言说{said}个部分，列出的是{n}个");
            findings
                .report(place(range), message, format!("应为{n}个"))
                .help
                .push("改正部分的个数".to_owned());
            return;
        }
    }
}

/// Whether a sentence of the opening names a part, in the words of the form or of the Regulation.
fn is_named(section: Section, words: &str) -> bool {
    let has = |word: &str| words.contains(word);
    match section {
        Section::Overview => has("总体情况") || has("概述") || has("基本情况") || has("总体概况"),
        Section::Disclosure => has("主动公开"),
        Section::Requests => {
            has("收到和处理")
                || has("依申请公开")
                || has("公开申请")
                || has("申请办理")
                || has("申请情况")
        }
        Section::Challenges => has("复议") || has("诉讼"),
        Section::Problems => has("存在的") || has("主要问题") || has("存在问题"),
        Section::Other => has("其他需要") || has("其它需要") || has("其他事项") || has("需要报告"),
    }
}

/// The number before `个部分` or `部分`, and its bytes.
fn count(words: &str) -> Option<(usize, std::ops::Range<usize>)> {
    const DIGITS: &str = "一二三四五六七八九";
    let ends = ["部分", "方面"].into_iter().flat_map(|sign| words.match_indices(sign));
    ends.filter_map(|(at, _)| {
        let before = words[..at].trim_end().trim_end_matches(['个', '大']).trim_end();
        let digit = before.chars().next_back()?;
        let value = DIGITS.chars().position(|d| d == digit).map(|i| i + 1);
        let value = value.or_else(|| digit.to_digit(10).and_then(|d| usize::try_from(d).ok()))?;
        Some((value, before.len() - digit.len_utf8()..at))
    })
    .next()
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::points_at;

    fn opening(text: &str, expected: &[(&str, &str)]) {
        points_at(&RULE, &format!("[opening]\ntext = \"{text}\"\n"), expected);
    }

    #[test]
    fn s004_07_six_parts_of_which_five_are_named() {
        opening(
            "包括总体情况、主动公开情况、行政复议诉讼情况、主要问题和其他需要报告的事项六个部分。",
            &[("六个", "缺少“收到和处理政府信息公开申请情况”")],
        );
    }

    #[test]
    fn a_wrong_number_of_parts() {
        opening(
            "由总体情况、主动公开、收到和处理申请、复议诉讼、主要问题、其他需要报告的事项五个部分组成。",
            &[("五个", "应为6个")],
        );
    }

    #[test]
    fn parts_without_a_measure_word() {
        opening(
            "报告由总体情况、主动公开、收到和处理申请、主要问题、其他需要报告的事项等六部分组成。",
            &[("六", "缺少“政府信息公开行政复议和行政诉讼情况”")],
        );
    }

    #[test]
    fn all_six_in_other_words_or_no_list() {
        opening(
            "全文包括总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、因政府信息公开工作被申请行政复议和提起行政诉讼情况、政府信息公开工作存在的主要问题及改进情况、其他需要报告的事项。",
            &[],
        );
        opening(
            "根据《中华人民共和国政府信息公开条例》，编制2023年政府信息公开工作年度报告。",
            &[],
        );
        points_at(&RULE, "", &[]);
    }
}
