//! NB807: a paragraph ends with a mark that ends something.

use crate::diag::Severity;
use crate::edition::Edition;
use crate::law::{self, Authority};
use crate::report::Report;
use crate::rules::machinery::text::numbering::{Style, leading};
use crate::rules::machinery::text::sightings::Sightings;
use crate::rules::machinery::text::{Role, length, lines, pieces};
use crate::rules::machinery::word_lists::WordLists;
use crate::rules::{Docs, Findings, Rule};

/// A line without marks that is not longer than this is a heading or a signature.
const SHORT: usize = 25;
/// The number of characters of the end of a paragraph a finding points at.
const SHOWN: usize = 6;

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB807",
    name: "paragraph-cut",
    title: "段落没有收尾，可能被断开",
    severity: Severity::Warning,
    fixed: false,
    authority: Authority::Standard,
    basis: &[law::PUNCTUATION],
    editions: Edition::ALL,
    docs: Docs {
        what: "各段是否以句号、分号、冒号、问号、叹号（或其后的引号、括号）结束。不带标点的短行视为小标题，不算。",
        why: "从分页的文件里复制文字，常把一段断成两段，甚至把一个词断开；段末没有标点，读者不知道是否缺了内容。",
        example: "[overview]\ntext = '''\n全年围绕群众关心的事项，多方面、多渠道不断拓宽信\n息公开渠道，公开信息120条。\n'''",
        corrected: "[overview]\ntext = '''\n全年围绕群众关心的事项，多方面、多渠道不断拓宽信息公开渠道，公开信息120条。\n'''",
    },
    check,
};

fn check(report: &Report, findings: &mut Findings<'_>) {
    let mut seen = Sightings::new();
    for piece in pieces(report).iter().filter(|piece| piece.role == Role::Body) {
        let text = piece.printed();
        for line in lines(text) {
            let words = &text[line.clone()];
            if ends_well(words) || is_heading(words) || is_contact(words) {
                continue;
            }
            let start = words.char_indices().rev().nth(SHOWN - 1).map_or(0, |(at, _)| at);
            let open = words.ends_with(['，', '、', ',']);
            seen.add(open, piece, line.start + start..line.end);
        }
    }
    for seen in seen.into_kinds() {
        let what = if seen.kind { "段末是逗号或顿号" } else { "段末没有标点" };
        let message = format!("“…{}”{what}{}", seen.words, seen.times());
        let finding = findings.report(seen.first(), message, "这一段可能被断开");
        seen.show_others(finding);
        finding.help.push("与下一段连起来，或者补上句号".to_owned());
    }
}

fn ends_well(words: &str) -> bool {
    words.ends_with([
        '。', '！', '？', '；', '：', '…', '”', '’', '）', '》', '〉', '】', '」', ')', '.', '!',
        '?', ';', ':', '}', '"', '|',
    ]) || words.ends_with(|c: char| c.is_ascii_alphabetic() || c == '/') // an address
}

/// True for a line of contacts that is set by itself: 地址：…号.
fn is_contact(words: &str) -> bool {
    let head = WordLists::get().contact_heads.start_of(words);
    head.is_some_and(|head| words[head.len()..].trim_start().starts_with(['：', ':']))
}

fn is_heading(words: &str) -> bool {
    // 第一，主动公开.
    let ordinal = leading(words).filter(|marker| marker.style == Style::Ordinal);
    let words = ordinal.map_or(words, |marker| &words[marker.range.end..]);
    length(words) <= SHORT && !words.contains(['，', '。', '；', ',', '：', '！', '？'])
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::points_at;

    fn overview(text: &str, expected: &[(&str, &str)]) {
        points_at(&RULE, &format!("[overview]\ntext = '''\n{text}\n'''\n"), expected);
    }

    #[test]
    fn s004_22_paragraphs_cut_in_the_middle() {
        overview(
            "2023年，我局持续拓宽信\n息公开途径。\n热线受理诉求90件，比上年增长5%，\n办结88件。\n认真细致地做好\n\n财政信息公开。",
            &[("局持续拓宽信", "段末没有标点"), ("年增长5%，", "逗号")],
        );
    }

    #[test]
    fn headings_and_whole_paragraphs() {
        overview(
            "地址：某市某路1号\n联系电话：0000-0000000，传真：0000-0000001\n邮政编码：000000\n（一）主动公开情况\n全年公开信息9条：\n一是……；\n第一，主动公开\n无\n见“工作要点”\n电子版见http://www.example.gov.cn/\n某某局\n2024年1月9日",
            &[],
        );
    }
}
