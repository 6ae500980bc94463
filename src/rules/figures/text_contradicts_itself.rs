//! NB609: one quantity has one number.

use std::collections::BTreeMap;

use crate::diag::{Label, Place, Severity};
use crate::edition::Edition;
use crate::law::{self, Authority};
use crate::prose::{Exactness, Lexicon, Mention, Passage, QuantityKind, Sense, Unit};
use crate::report::{Report, Text};
use crate::rules::figures::judge::{clause, judge_claims, judge_figures, place};
use crate::rules::machinery::word_lists::WordLists;
use crate::rules::{Docs, Findings, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB609",
    name: "text-contradicts-itself",
    title: "同一件事写了两个数",
    severity: Severity::Warning,
    fixed: false,
    authority: Authority::Arithmetic,
    basis: &[law::FORMAT_2021_ACCURACY],
    editions: Edition::ALL,
    docs: Docs {
        what: "用同样的话说的同一件事，在报告的两处写了不同的数；总数与其中一项用了同一个名称的，作提示。文字中的信息处理费与 [other] handling_fee 填写的金额比较。",
        why: "两个数必有一个是错的，或者说的不是同一件事，可以换个说法。",
        example: "[overview]\ntext = \"全年主动公开政府信息20条。\"\n[problems]\ntext = \"主动公开政府信息16条，数量偏少。\"",
        corrected: "[overview]\ntext = \"全年主动公开政府信息20条。\"\n[problems]\ntext = \"主动公开政府信息20条，数量偏少。\"",
    },
    check,
};

/// The least characters of a name that is told from others.
const SHORTEST: usize = 6;
/// The most values of one name that are told apart.
const VALUES: usize = 8;
/// The reach of the search backwards for the place of publication, in characters.
const SENTENCE: usize = 100;

/// A figure: its text as read, the text itself, and its place among the mentions.
type Seen<'a> = (&'a Passage, &'a Text, usize);

fn check(report: &Report, findings: &mut Findings<'_>) {
    judge_figures(report, findings, |counted| counted.kind == QuantityKind::Fee);
    judge_claims(report, findings, |counted| counted.kind == QuantityKind::Fee);
    let prose = findings.prose(report);
    // Each name with the place of each of its values, the first one first.
    let mut seen: BTreeMap<(String, String), Vec<Seen<'_>>> = BTreeMap::new();
    for (passage, text) in prose.each(report) {
        for (i, mention) in passage.mentions.iter().enumerate() {
            let Some(name) = name(text, mention) else { continue };
            let key = (name, format!("{:?}", mention.unit));
            let places = seen.entry(key).or_default();
            let value = |(passage, _, i): &Seen<'_>| passage.mentions[*i].value;
            if places.len() >= VALUES || places.iter().any(|place| value(place) == mention.value) {
                continue;
            }
            let here = (passage, text, i);
            if let Some(first) = places.first() {
                compare(findings, *first, here);
            }
            places.push(here);
        }
    }
}

/// The thing that a figure counts, in words that can be compared; none when they say too little.
fn name(text: &Text, mention: &Mention) -> Option<String> {
    // What the tables count is judged against the tables.
    let judged = mention.counted.is_some() || !mention.is_typed();
    if judged || mention.exactness != Exactness::Exact || !matches!(mention.unit, Unit::Counter(_))
    {
        return None;
    }
    let words = text.printed().get(mention.phrase.start..mention.digits.start)?;
    let mut name: String = words.chars().filter(|c| !c.is_whitespace()).collect();
    // 全县共主动公开信息 and 主动公开信息 are one name.
    if let Some((_, behind)) = name.rsplit_once('共').filter(|(_, behind)| !behind.is_empty()) {
        name = behind.to_owned();
    }
    for empty in WordLists::get().empty.iter() {
        name = name.replace(empty, "");
    }
    // 自然人, 重复申请: their readings say what they count, not their names.
    let of_tables = Lexicon::get()
        .phrase_at(&name)
        .is_some_and(|(length, sense)| length == name.len() && !matches!(sense, Sense::Word(_)));
    let long = name.chars().count() >= SHORTEST && !of_tables;
    let plain = !names_channel(&name);
    let still = !WordLists::get().no_names.are_in(&name);
    (long && plain && still).then_some(name)
}

/// True if words name a place of publication or a body of its own.
fn names_channel(words: &str) -> bool {
    WordLists::get().channels.are_in(words)
}

fn compare(
    findings: &mut Findings<'_>,
    (first_passage, first_text, first): Seen<'_>,
    (passage, text, second): Seen<'_>,
) {
    let (a, b) = (&first_passage.mentions[first], &passage.mentions[second]);
    let channel = |text: &Text, m: &Mention| {
        let before = text.printed()[..m.phrase.start].chars().rev();
        let sentence: String = before
            .take(SENTENCE)
            .take_while(|c| !matches!(c, '。' | '；' | '\n'))
            .collect::<Vec<_>>()
            .into_iter()
            .rev()
            .collect();
        names_channel(&sentence)
    };
    if a.value == b.value || channel(first_text, a) || channel(text, b) {
        return;
    }
    let part = b.list.is_some_and(|list| {
        std::ptr::eq(first_passage, passage) && passage.lists[list].whole == first
    });
    let unit = match b.unit {
        Unit::Counter(counter) => counter.word.as_str(),
        Unit::Yuan | Unit::Percent | Unit::Times | Unit::Year | Unit::Month | Unit::Day => "",
    };
    let said = clause(text, &(b.phrase.start..b.digits.start));
    let (severity, message) = if part {
        let message =
            format!("总数 {}{unit}与其中一项 {}{unit}用了同一个名称“{said}”", a.value, b.value);
        (Severity::Hint, message)
    } else {
        let message = format!("“{said}”前面写的是 {}{unit}，这里写的是 {}{unit}", a.value, b.value);
        (findings.severity(), message)
    };
    let finding =
        findings.report_as(severity, place(passage, text, &b.digits), message, "两处不同");
    let at = first_text.typed_range(a.digits.clone());
    finding
        .related
        .push(Label::new(Place::Text(first_passage.path.clone(), at), a.value.to_string()));
    finding.help.push("同一件事改成同一个数；不是同一件事的，换个说法".to_owned());
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, check_text};

    #[test]
    fn two_numbers_for_one_thing() {
        check(
            &RULE,
            r#"
[overview]
text = "全年主动公开政府信息20条。"
[problems]
text = "主动公开政府信息16条，数量偏少。"
#                       ^ 前面写的是 20条，这里写的是 16条
"#,
        );
    }

    #[test]
    fn s002_14_whole_and_part_have_one_name() {
        check(
            &RULE,
            r#"
[overview]
text = "全县共主动公开政府信息1355条，其中转载701条，主动公开政府信息618条。"
#                                                                    ^ 总数 1355条与其中一项 618条用了同一个名称
"#,
        );
    }

    #[test]
    fn the_fee_of_the_text_and_the_fee_of_the_form() {
        check(
            &RULE,
            r#"
[other]
handling_fee = { notices = 2, amount = 600 }
text = "收取信息处理费800元。"
#                     ^ “信息处理费”收取金额是 600
"#,
        );
        check_text(
            &RULE,
            "收取信息处理费600元。",
            "[other]\nhandling_fee = { notices = 2, amount = 600 }",
            0,
        );
        check_text(
            &RULE,
            "县教育局收取信息处理费200元，县林业局收取信息处理费400元。应收信息处理费800元。",
            "[other]\nhandling_fee = { notices = 2, amount = 600 }",
            0,
        );
        check_text(
            &RULE,
            "收取0元信息处理费。",
            "[other]\nhandling_fee = { notices = 0, amount = 0 }",
            0,
        );
    }

    #[test]
    fn other_things_or_the_same_number() {
        for fine in [
            "主动公开政府信息20条。本年度主动公开政府信息20条。",
            "门户网站主动公开政府信息20条，公众号主动公开政府信息16条。",
            "网站作用凸显，主动公开政府信息20条；微信发展平稳，主动公开政府信息16条。",
            "发布政策解读材料20条，转载政策解读材料16条。",
            "新增订阅用户数20个，上年新增订阅用户数16个。",
        ] {
            check_text(&RULE, fine, "", 0);
        }
    }
}
