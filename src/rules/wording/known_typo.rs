//! NB803: words of the dictionary of typing errors.

use std::sync::OnceLock;

use crate::diag::{Place, Severity};
use crate::edition::Edition;
use crate::law::{self, Authority};
use crate::report::{FieldPath, Report};
use crate::rules::machinery::text::dictionary::Dictionary;
use crate::rules::machinery::text::pieces;
use crate::rules::machinery::text::sightings::Sightings;
use crate::rules::{Docs, Findings, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB803",
    name: "known-typo",
    title: "常见错别字",
    severity: Severity::Warning,
    fixed: false,
    authority: Authority::Law,
    basis: &[law::LANGUAGE],
    editions: Edition::ALL,
    docs: Docs {
        what: "文字中是否有错别字词表里的词，例如“政府信公开”“各别”“布署”“截止目前”。词表只收在这类报告中必错的词。",
        why: "《国家通用语言文字法》第十条规定“国家机关以国家通用语言文字为公务用语用字”，第十七条规定政府主办的门户网站使用的国家通用语言文字“应当符合国家的规范和标准”；2026年1月1日以前是2000年的第九条：“国家机关以普通话和规范汉字为公务用语用字。”名称写错一个字，意思就变了。",
        example: "[problems]\ntext = \"各别部门重视不够。\"",
        corrected: "[problems]\ntext = \"个别部门重视不够。\"",
    },
    check,
};

fn check(report: &Report, findings: &mut Findings<'_>) {
    let mut seen = Sightings::new();
    let own;
    let dictionary =
        match report.settings.typos.as_deref().map(|list| Dictionary::read(&[TYPOS, list])) {
            None => typos(),
            Some(Ok(both)) => {
                own = both;
                &own
            }
            Some(Err(line)) => {
                let place = Place::Value(FieldPath::new("rules.typos"));
                let finding = findings.report(place, format!("错别字表中的“{line}”看不懂"), "");
                finding.help.push("每行一条，写成 错 → 对，例如 布署 → 部署".to_owned());
                typos()
            }
        };
    for piece in pieces(report) {
        for hit in dictionary.find(piece.printed()) {
            let (wrong, right) = (hit.entry.wrong.clone(), hit.entry.right.clone());
            let range = hit.start..hit.start + wrong.len();
            seen.add((wrong, right), &piece, range);
        }
    }
    for seen in seen.into_kinds() {
        let (wrong, right) = &seen.kind;
        let message = format!("“{wrong}”应为“{right}”{}", seen.times());
        let finding = findings.report(seen.first(), message, format!("应为“{right}”"));
        seen.show_others(finding);
        finding.help.push(format!("改为“{right}”"));
    }
}

/// The list that comes with the program.
const TYPOS: &str = include_str!("data/typos.txt");

/// The dictionary that comes with the program.
fn typos() -> &'static Dictionary {
    static READ: OnceLock<Dictionary> = OnceLock::new();
    // A test keeps the file readable.
    READ.get_or_init(|| Dictionary::read(&[TYPOS]).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::{Dictionary, RULE};
    use crate::rules::testing::points_at;

    fn overview(text: &str, expected: &[(&str, &str)]) {
        points_at(&RULE, &format!("[overview]\ntext = '''\n{text}\n'''\n"), expected);
    }

    #[test]
    fn the_office_adds_its_own() {
        let text = "[rules]\ntypos = '''\n某某洲 → 某某州\n'''\n[overview]\ntext = '''\n某某洲政府信公开。\n'''\n";
        points_at(&RULE, text, &[("某某洲", "某某州"), ("政府信公开", "政府信息公开")]);
        points_at(&RULE, "[rules]\ntypos = '某某洲'\n", &[("'某某洲'", "看不懂")]);
    }

    #[test]
    fn s000_02_a_character_left_out() {
        overview("推动政府信公开再上台阶。", &[("政府信公开", "政府信息公开")]);
    }

    #[test]
    fn s000_03_government_for_affairs() {
        overview(
            "对照政府公开第三方评估指标整改。",
            &[("政府公开第三方评估", "政务公开第三方评估")],
        );
    }

    #[test]
    fn s001_01_whether_and_ness() {
        overview("重点检查栏目更新是否及时性。", &[("是否及时性", "应为“是否及时”")]);
    }

    #[test]
    fn s004_08_a_word_left_standing() {
        overview(
            "共六个部分。内容本年度报告由办公室编制。",
            &[("内容本年度报告", "应为“本年度报告”")],
        );
    }

    #[test]
    fn s004_10_the_wrong_one() {
        overview("各别县区、部门重视不够。", &[("各别", "应为“个别”")]);
    }

    #[test]
    fn s004_19_a_station_left_out() {
        overview("通过市政府门户网全文公开。", &[("门户网全文", "门户网站全文")]);
    }

    #[test]
    fn words_that_only_look_wrong() {
        for text in [
            "区别墅区、分各别墅，预防犯罪，有关健康，自己经办，事宜传达，爱好象棋，全部份额，反复盖章",
            "审查管理，是否及时，门户网站全文，过程性信息，截止日期，报名截止时间，政府信息公开开展情况",
            "三月份内完成，国内函件，县政府公开第三方评估结果，离退休系统，化学不良反应问题，可以申请公开",
        ] {
            overview(text, &[]);
        }
    }

    #[test]
    fn the_dictionary_is_well_formed() {
        let dictionary = Dictionary::read(&[include_str!("data/typos.txt")]).unwrap();
        let mut n = 0;
        for entry in dictionary.entries() {
            assert!(entry.wrong.chars().count() >= 2, "{entry:?}");
            assert_ne!(entry.wrong, entry.right);
            // What is proposed must not be flagged again, unless its neighbours excuse it.
            assert!(dictionary.find(&entry.right).next().is_none(), "{entry:?}");
            n += 1;
        }
        assert!(n > 200, "{n}");
    }
}
