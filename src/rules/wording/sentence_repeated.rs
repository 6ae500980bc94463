//! NB810: no sentence is printed twice.

use std::collections::BTreeMap;

use crate::diag::{Label, Place, Severity};
use crate::edition::Edition;
use crate::law::{self, Authority};
use crate::report::{FieldPath, Report};
use crate::rules::machinery::text::{Piece, Role, is_han, pieces, sentences};
use crate::rules::machinery::word_lists::WordLists;
use crate::rules::{Docs, Findings, Rule};

/// More findings say nothing more.
const MOST: usize = 20;
/// A shorter sentence may well come twice, in Chinese characters.
const SHORTEST: usize = 12;

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB810",
    name: "sentence-repeated",
    title: "同一句话印了两次",
    severity: Severity::Hint,
    fixed: false,
    authority: Authority::Practice,
    basis: &[law::PRACTICE],
    editions: Edition::ALL,
    docs: Docs {
        what: "报告各处是否有完全相同的句子（12 字以上，标点和空格不计）；电子版的获取途径是否说了两次，包括引言由程序写出、第六部分又写一次。",
        why: "重复的句子多半是复制时留下的；两次的说法若不一致，读者不知道以哪一次为准。",
        example: "[agency.contact]\nwebsite = \"http://www.example.gov.cn/\"\n\n[other]\ntext = \"本报告电子版可从门户网站下载。\"",
        corrected: "[agency.contact]\nwebsite = \"http://www.example.gov.cn/\"\n\n[other]\ntext = \"没有其他需要报告的事项。\"",
    },
    check,
};

fn check(report: &Report, findings: &mut Findings<'_>) {
    let pieces: Vec<Piece<'_>> =
        pieces(report).into_iter().filter(|piece| piece.role == Role::Body).collect();
    let mut known: BTreeMap<String, Place> = BTreeMap::new();
    let mut copy = match (&report.opening, &report.agency.contact.website) {
        (None, Some(_)) => Some(Place::Value(FieldPath::new("agency.contact.website"))),
        _ => None,
    };
    for piece in &pieces {
        let text = piece.printed();
        for sentence in sentences(text) {
            if findings.list.len() >= MOST {
                return;
            }
            let words = &text[sentence.clone()];
            let start = sentence.start + (words.len() - words.trim_start().len());
            let place = || piece.place(start..start + words.trim().len());
            let bare: String =
                words.chars().filter(|c| is_han(*c) || c.is_ascii_alphanumeric()).collect();
            if bare.chars().filter(|c| is_han(*c)).take(SHORTEST).count() == SHORTEST {
                if let Some(first) = known.get(&bare) {
                    let finding = findings.report(place(), "这句话前面已经写过", "重复");
                    finding.related.push(Label::new(first.clone(), "前面的一次"));
                    finding.help.push("删去一处".to_owned());
                    continue;
                }
                known.insert(bare, place());
            }
            if words.contains("电子版") && WordLists::get().copy_offered.are_in(words) {
                if let Some(first) = &copy {
                    let finding = findings.report(place(), "电子版的获取途径说了两次", "又说一次");
                    finding.related.push(Label::new(first.clone(), "前面的一次"));
                    finding.help.push("只在引言写一次".to_owned());
                } else {
                    copy = Some(place());
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::points_at;

    #[test]
    fn s001_09_where_the_copy_lies_is_said_twice() {
        points_at(
            &RULE,
            "[opening]\ntext = \"电子版可在“某某市门户网站”下载。\"\n[other]\ntext = \"本报告电子版可从“某某市”门户网站下载。\"\n",
            &[("本报告电子版可从“某某市”门户网站下载。", "说了两次")],
        );
        points_at(
            &RULE,
            "[agency.contact]\nwebsite = \"http://www.example.gov.cn/\"\n[other]\ntext = \"电子版可在网站下载。\"\n",
            &[("电子版可在网站下载。", "说了两次")],
        );
    }

    #[test]
    fn the_same_sentence_in_two_places() {
        points_at(
            &RULE,
            "[overview]\ntext = \"扎实推进重点领域政府信息主动公开工作。全年平稳。\"\n[problems]\ntext = \"扎实推进重点领域政府信息主动公开工作！全年平稳。\"\n",
            &[("扎实推进重点领域政府信息主动公开工作！", "已经写过")],
        );
    }

    #[test]
    fn said_once() {
        points_at(
            &RULE,
            "[overview]\ntext = \"扎实推进重点领域公开。\"\n[other]\ntext = \"本报告电子版可从网站下载。\"\n",
            &[],
        );
    }
}
