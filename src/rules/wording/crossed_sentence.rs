//! NB814: a sentence ends as it began.

use std::ops::Range;

use crate::diag::Severity;
use crate::edition::Edition;
use crate::law::{self, Authority};
use crate::prose::Words;
use crate::report::Report;
use crate::rules::machinery::text::sightings::Sightings;
use crate::rules::machinery::text::{Role, is_han, pieces, sentences};
use crate::rules::machinery::word_lists::WordLists;
use crate::rules::{Docs, Findings, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB814",
    name: "crossed-sentence",
    title: "句式杂糅或意思重复",
    severity: Severity::Warning,
    fixed: false,
    authority: Authority::Law,
    basis: &[law::LANGUAGE],
    editions: Edition::ALL,
    docs: Docs {
        what: "一句话里是否混用了两种句式：本报告根据……编制本报告，包括……组成，请与……（缺少“联系”），本报由……组成；“大约……左右”“目的是为了”“是否……性”等意思重复或不搭配的只作提示。",
        why: "两种说法各取一半，句子就不通；引言是读者最先看到的地方。",
        example: "[opening]\ntext = \"本报告根据《条例》要求编制本报告，包括总体情况等六部分组成。\"",
        corrected: "[opening]\ntext = \"本报告根据《条例》要求编制，由总体情况等六部分组成。\"",
    },
    check,
};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Crossing {
    /// 本报告根据…编制本报告.
    Report,
    /// 本报由….
    Cut,
    /// 包括…组成.
    Parts,
    /// 请与…, and no verb.
    Contact,
    /// 大约…左右.
    Redundant,
    /// 是否…性.
    Quality,
}

fn check(report: &Report, findings: &mut Findings<'_>) {
    let mut seen = Sightings::new();
    for piece in pieces(report).iter().filter(|piece| piece.role != Role::Title) {
        let text = piece.printed();
        for sentence in sentences(text) {
            for (crossing, range) in crossings(&text[sentence.clone()]) {
                seen.add(crossing, piece, sentence.start + range.start..sentence.start + range.end);
            }
        }
    }
    for seen in seen.into_kinds() {
        let (severity, says, help) = match seen.kind {
            Crossing::Report => (
                RULE.severity,
                "主语已是本报告，后面又说了一遍",
                "写成“本报告根据……编制”，或者“根据……，编制本报告”",
            ),
            Crossing::Cut => (RULE.severity, "少了一个字", "写成“本报告”"),
            Crossing::Parts => (
                RULE.severity,
                "“包括……”与“由……组成”混在一起",
                "写成“由……组成”，或者“包括……”，不要各取一半",
            ),
            Crossing::Contact => (RULE.severity, "后面缺少“联系”", "写成“请与……联系（地址：……）”"),
            Crossing::Redundant => (Severity::Hint, "意思重复", "两处说法留一处"),
            Crossing::Quality => {
                (Severity::Hint, "“是否”后面不能接这样的名词", "去掉“是否”，或者去掉“性”")
            }
        };
        let message = format!("“{}”：{says}{}", ends_of(&seen.words), seen.times());
        let finding = findings.report_as(severity, seen.first(), message, "");
        seen.show_others(finding);
        finding.help.push(help.to_owned());
    }
}

/// The two ends of some words, where they are long.
fn ends_of(words: &str) -> String {
    /// The characters shown of each end.
    const END: usize = 6;
    let chars: Vec<char> = words.chars().collect();
    if chars.len() <= 3 * END {
        return words.to_owned();
    }
    let text = |chars: &[char]| chars.iter().collect::<String>();
    format!("{}……{}", text(&chars[..END]), text(&chars[chars.len() - END..]))
}

/// The crossings of one sentence, in the order in which they are looked for.
fn crossings(sentence: &str) -> Vec<(Crossing, Range<usize>)> {
    let mut found = Vec::new();
    found.extend(report_twice(sentence).map(|range| (Crossing::Report, range)));
    found.extend(name_cut(sentence).map(|range| (Crossing::Cut, range)));
    found.extend(parts(sentence).map(|range| (Crossing::Parts, range)));
    found.extend(contact(sentence).map(|range| (Crossing::Contact, range)));
    found.extend(redundant(sentence).into_iter().map(|range| (Crossing::Redundant, range)));
    found.extend(quality(sentence).map(|range| (Crossing::Quality, range)));
    found
}

/// 本报告…根据…编制本报告: the object is the subject once more.
fn report_twice(sentence: &str) -> Option<Range<usize>> {
    let lists = WordLists::get();
    let (subject, after) = first(sentence, &lists.self_names)?;
    let begins = sentence[..subject].chars().next_back().is_none_or(|c| !is_han(c));
    if !begins || first(&sentence[after..], &lists.resting_on).is_none() {
        return None;
    }
    lists.drawing_up.iter().find_map(|verb| {
        sentence[after..].match_indices(verb).find_map(|(at, _)| {
            let end = after + at + verb.len();
            let rest = sentence[end..].strip_prefix('了').unwrap_or(&sentence[end..]);
            let again = lists.said_again.start_of(rest)?;
            let skipped = sentence.len() - end - rest.len();
            let behind = &rest[again.len()..];
            // 编制本报告格式 or 编制本报告所需 is another object.
            let ends = behind.chars().next().is_none_or(|c| !is_han(c));
            ends.then(|| after + at..end + skipped + again.len())
        })
    })
}

/// 本报由…, 本报根据….
fn name_cut(sentence: &str) -> Option<Range<usize>> {
    let lists = WordLists::get();
    lists.self_names_cut.iter().find_map(|name| {
        sentence.match_indices(name).find_map(|(at, _)| {
            let begins = sentence[..at].chars().next_back().is_none_or(|c| !is_han(c));
            let rest = &sentence[at + name.len()..];
            (begins && lists.self_verbs.start_of(rest).is_some()).then(|| at..at + name.len())
        })
    })
}

/// 包括…部分组成.
fn parts(sentence: &str) -> Option<Range<usize>> {
    let lists = WordLists::get();
    let (end_at, end) = first(sentence, &lists.parts_ends)?;
    let before = &sentence[..end_at];
    let verb =
        lists.parts_verbs.iter().filter_map(|verb| Some((before.rfind(verb)?, verb))).max()?;
    // 由…组成，包括… and 包括由…组成的… are well built; 由办公室编制，包括…组成 is not.
    let by = before.rfind('由');
    let says_by = by.is_some_and(|by| by > verb.0 || !before[by..verb.0].contains('，'));
    let goes_on = sentence[end..].starts_with('的');
    (!says_by && !goes_on).then_some(verb.0..end)
}

/// 请与某某（地址…）, without 联系.
fn contact(sentence: &str) -> Option<Range<usize>> {
    let lists = WordLists::get();
    let (at, after) = first(sentence, &lists.contact_asks)?;
    let begins = sentence[..at].chars().next_back().is_none_or(|c| !is_han(c));
    let asked = lists.contact_reasons.iter().any(|reason| sentence[..at].contains(reason));
    if !asked && !begins {
        return None;
    }
    let rest = without_brackets(&sentence[after..]);
    let is_whole = sentence.ends_with(['。', '！', '？', '\n']) || sentence.ends_with('）');
    let clause = rest.split(['。', '\n']).next().unwrap_or_default();
    let named = clause.chars().filter(|c| is_han(*c)).count() >= 2;
    let says = lists.contact_verbs.iter().any(|verb| clause.contains(verb));
    let length = sentence[after..].find(['（', '(', '，', '。', '：', '\n', '；']);
    let end = length.map_or(sentence.len(), |length| after + length);
    (asked && is_whole && named && !says).then_some(at..end)
}

/// A text without what stands in round brackets.
fn without_brackets(text: &str) -> String {
    let mut depth = 0u32;
    text.chars()
        .filter(|c| {
            match c {
                '（' | '(' => depth += 1,
                '）' | ')' => {
                    depth = depth.saturating_sub(1);
                    return false;
                }
                _ => {}
            }
            depth == 0
        })
        .collect()
}

/// 大约20条左右, 目的是为了.
fn redundant(sentence: &str) -> Vec<Range<usize>> {
    let lists = WordLists::get();
    let mut found: Vec<Range<usize>> = lists
        .redundant
        .iter()
        .flat_map(|words| sentence.match_indices(words).map(|(at, w)| at..at + w.len()))
        .collect();
    for (first, second) in &lists.redundant_pairs {
        for (at, _) in sentence.match_indices(first.as_str()) {
            let rest = &sentence[at + first.len()..];
            // Between the two stands a figure with its unit.
            let Some(length) = rest.find(second.as_str()) else { continue };
            let between = &rest[..length];
            let figure = between.starts_with(|c: char| c.is_ascii_digit());
            let short = between.chars().filter(|c| is_han(*c)).count() <= 4;
            let plain =
                between.chars().all(|c| is_han(c) || c.is_ascii_digit() || ".%％".contains(c));
            if figure && short && plain {
                let range = at..at + first.len() + length + second.len();
                if !found.iter().any(|other| other.start < range.end && range.start < other.end) {
                    found.push(range);
                }
            }
        }
    }
    found
}

/// 是否准确性.
fn quality(sentence: &str) -> Option<Range<usize>> {
    const WHETHER: &str = "是否";
    sentence.match_indices(WHETHER).find_map(|(at, _)| {
        let noun = WordLists::get().qualities.start_of(&sentence[at + WHETHER.len()..])?;
        Some(at..at + WHETHER.len() + noun.len())
    })
}

/// The first place of any of some words, and where it ends.
fn first(text: &str, words: &Words) -> Option<(usize, usize)> {
    words
        .iter()
        .filter_map(|word| Some((text.find(word)?, word.len())))
        .min_by_key(|(at, n)| (*at, usize::MAX - n))
        .map(|(at, n)| (at, at + n))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::points_at;

    fn opening(text: &str, expected: &[(&str, &str)]) {
        points_at(&RULE, &format!("[opening]\ntext = '''\n{text}\n'''\n"), expected);
    }

    #[test]
    fn the_report_is_subject_and_object() {
        opening("本报告依据上级通知要求编制本报告。", &[("编制本报告", "又说了一遍")]);
        opening(
            "本年度报告由县水利局根据《条例》规定编制此报告。",
            &[("编制此报告", "又说了一遍")],
        );
        opening(
            "本年报按照统一格式，结合工作实际编制了本年报。",
            &[("编制了本年报", "又说了一遍")],
        );
    }

    #[test]
    fn a_name_cut_short() {
        opening("本报由六个部分组成。", &[("本报", "少了一个字")]);
        opening("统计期限为一年，本年度报所列数据真实。", &[("本年度报", "少了一个字")]);
    }

    #[test]
    fn a_list_of_parts_that_ends_otherwise() {
        opening(
            "本报告包括总体情况、其他事项等六个部分组成。",
            &[("包括总体情况、其他事项等六个部分组成", "由……组成")],
        );
    }

    #[test]
    fn nobody_to_get_in_touch_with() {
        opening(
            "如对本报告有疑问，请与县水利局办公室（地址：某路1号，联系电话：1234567）。",
            &[("请与县水利局办公室", "缺少“联系”")],
        );
    }

    #[test]
    fn what_is_said_twice() {
        opening("全年接待大约30人次左右，目的是为了方便群众。", &[("目的是为了", "意思重复")]);
        opening("重点检查内容是否准确性。", &[("是否准确性", "不能接")]);
    }

    #[test]
    fn well_built_sentences() {
        for text in [
            "本报告根据《条例》要求编制。根据《条例》要求，编制本报告。",
            "本报告由县水利局根据《条例》编制，本报告所列数据截至年底。",
            "本报告由总体情况等六部分组成，内容包括各项数据。主要包括由五人组成的小组。",
            "本报告包括总体情况等六部分。编委会包括五人，由局长组成牵头小组。",
            "如有疑问，请与县水利局办公室联系（地址：某路1号）。如有疑问，请联系办公室（电话：1）。",
            "有意见和建议的，可与办公室（政务公开科）联系，电话：1234567。",
            "本报讯，本报告中的数据，约占三成，超过20条，80%以上，是否准确，检查其准确性",
        ] {
            opening(text, &[]);
        }
    }
}
