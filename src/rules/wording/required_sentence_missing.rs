//! NB819: sentences that the office asks every report for.

use crate::diag::{Place, Severity};
use crate::edition::Edition;
use crate::law::{self, Authority};
use crate::report::{FieldPath, Report};
use crate::rules::machinery::own_words::lines;
use crate::rules::machinery::text::{is_han, pieces};
use crate::rules::{Docs, Findings, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB819",
    name: "required-sentence-missing",
    title: "缺少本机关要求的话",
    severity: Severity::Warning,
    fixed: false,
    authority: Authority::Office,
    basis: &[law::OFFICE],
    editions: Edition::ALL,
    docs: Docs {
        what: "[rules] 的 required 中每一行的话，报告的文字里是否都有。空格、全角半角和句末的标点不计；行中的“……”代表同一段里任意的文字。没有写 required 的不查。",
        why: "国家没有统一规定。有的地方要求每份报告写明获取方式、联系办法，或者说明某一项工作；写在检查规则里，各单位报来时逐份核对，不靠人记。",
        example: "[rules]\nrequired = \"本报告……可以下载\"\n\n[opening]\ntext = \"本报告在门户网站公布。\"",
        corrected: "[rules]\nrequired = \"本报告……可以下载\"\n\n[opening]\ntext = \"本报告在门户网站公布，可以下载。\"",
    },
    check,
};

/// The words of a line that stand for any others.
const ANY: &str = "…";

fn check(report: &Report, findings: &mut Findings<'_>) {
    let required = lines(report.settings.required.as_deref()).map(|line| (line, parts(line)));
    let required: Vec<(&str, Vec<String>)> = required.collect();
    if required.is_empty() {
        return;
    }
    let pieces = pieces(report);
    let paragraphs: Vec<String> =
        pieces.iter().flat_map(|piece| piece.printed().lines()).map(plain).collect();
    for (line, parts) in required {
        if parts.is_empty() {
            let place = Place::Value(FieldPath::new("rules.required"));
            let finding = findings.report(place, format!("规定要写的话“{line}”里没有文字"), "");
            finding.help.push("每行一句，例如 本报告……可以下载".to_owned());
        } else if !paragraphs.iter().any(|text| stand_in(&parts, text)) {
            let place = Place::Key(FieldPath::new("report"));
            let finding = findings.report(place, format!("缺少规定要写的话“{line}”"), "");
            let any = if line.contains(ANY) { "，“……”换成实际的内容" } else { "" };
            finding.help.push(format!("在合适的部分照原文写上这句话{any}"));
        }
    }
}

/// The words of a line that must stand in this order, in one paragraph.
fn parts(line: &str) -> Vec<String> {
    let parts = line.split(ANY).map(plain);
    let mut parts: Vec<String> = parts.filter(|part| !part.is_empty()).collect();
    // The sentence may well go on, or end with another mark.
    if let Some(last) = parts.last_mut() {
        let words = last.trim_end_matches(|c: char| !c.is_alphanumeric() && !is_han(c));
        *last = words.to_owned();
    }
    parts.retain(|part| !part.is_empty());
    parts
}

/// True if all words stand in a text, one after the other.
fn stand_in(parts: &[String], text: &str) -> bool {
    let mut rest = text;
    parts.iter().all(|part| {
        let found = rest.split_once(part.as_str());
        rest = found.map_or("", |(_, after)| after);
        found.is_some()
    })
}

/// A text without blanks, its full-width forms as half-width ones.
fn plain(text: &str) -> String {
    let narrow = |c: char| match u32::from(c) {
        code @ 0xFF01..=0xFF5E => char::from_u32(code - 0xFEE0).unwrap_or(c),
        _ => c,
    };
    text.chars().filter(|c| !c.is_whitespace()).map(narrow).collect()
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::check;

    fn with(required: &str, expected: &str, text: &str) {
        check(
            &RULE,
            &format!(
                "[report]\n{expected}year = 2023\n[opening]\ntext = '''\n{text}\n'''\n[rules]\nrequired = '''\n{required}\n'''\n"
            ),
        );
    }

    #[test]
    fn a_sentence_is_there_or_missing() {
        let line = "本报告可在门户网站下载。";
        with(line, "#^ 缺少规定要写的话“本报告可在门户网站下载。”\n", "本报告已经公布。");
        with(line, "", "本报告可在门户网站 下载，欢迎查阅。");
        with("（电话：12345）", "", "如有疑问请联系(电话:１２３４５)。");
    }

    #[test]
    fn any_words_stand_between_in_one_paragraph() {
        let line = "联系电话：……，地址：……";
        with(line, "", "如对本报告有疑问，请联系。联系电话：0571-1，地址：甲路1号。");
        with(line, "#^ 缺少规定要写的话\n", "地址：甲路1号，联系电话：0571-1。");
        with(line, "#^ 缺少规定要写的话\n", "联系电话：0571-1\n地址：甲路1号");
    }

    #[test]
    fn remarks_and_blank_lines_ask_for_nothing() {
        with("# 下面没有\n\n", "", "甲。");
        check(&RULE, "[report]\nyear = 2023\n");
    }
}
