//! NB803: words of the dictionary of typing errors, and terms of the field that are one character off.

use std::ops::Range;
use std::sync::OnceLock;

use crate::diag::{Place, Severity};
use crate::edition::Edition;
use crate::law::{self, Authority};
use crate::report::{FieldPath, Report};
use crate::rules::machinery::official_names::misnamed;
use crate::rules::machinery::own_words::lines;
use crate::rules::machinery::text::dictionary::Dictionary;
use crate::rules::machinery::text::sightings::Sightings;
use crate::rules::machinery::text::{is_han, pieces};
use crate::rules::machinery::word_lists::WordLists;
use crate::rules::{Docs, Findings, Rule};
use crate::words::{Certainty, SlipKind, is_between_words};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB803",
    name: "known-typo",
    title: "错别字",
    severity: Severity::Warning,
    fixed: false,
    authority: Authority::Law,
    basis: &[law::LANGUAGE],
    editions: Edition::ALL,
    docs: Docs {
        what: "文字中是否有错别字词表里的词，例如“各别”“布署”“截止目前”；是否有与本领域固定说法只差一个字的写法（少一个字、两个字颠倒、错成读音或字形相近的字），例如“政府信公开工作”“行政复义”；“积极的做好”之类该用“地”的地方是否写成“的”。本机关的名称和 [rules] 中 terms 所列的词也算固定说法。把握不大的只作提示。没有查出问题，不等于没有错别字。",
        why: "《国家通用语言文字法》第十条规定“国家机关以国家通用语言文字为公务用语用字”，第十七条规定政府主办的门户网站使用的国家通用语言文字“应当符合国家的规范和标准”；2026年1月1日以前是2000年的第九条：“国家机关以普通话和规范汉字为公务用语用字。”名称写错一个字，意思就变了。",
        example: "[problems]\ntext = \"各别部门重视不够。\"",
        corrected: "[problems]\ntext = \"个别部门重视不够。\"",
    },
    check,
};

fn check(report: &Report, findings: &mut Findings<'_>) {
    let with_own_list = with_own_list(report, findings);
    let dictionary = with_own_list.as_ref().unwrap_or_else(|| typos());
    judge_lists(report, findings);
    let read = findings.slips(report);
    let (mut seen, mut slips) = (Sightings::new(), Sightings::new());
    for piece in pieces(report) {
        let text = piece.printed();
        // What is wrong in the name of a document is said by its own rule.
        let mut known: Vec<_> = misnamed(text).into_iter().map(|found| found.range).collect();
        for hit in dictionary.find(text) {
            let (wrong, right) = (hit.entry.wrong.clone(), hit.entry.right.clone());
            let range = hit.start..hit.start + wrong.len();
            // 部分折旧 is no 分折.
            let between = is_between_words(text, &range);
            if !between
                && !known.iter().any(|known| known.start < range.end && range.start < known.end)
            {
                known.push(range.clone());
                seen.add((wrong, right), &piece, range);
            }
        }
        for (range, right) in manners(text) {
            let kind = (text[range.clone()].to_owned(), right, Certainty::Possible);
            slips.add(kind, &piece, range);
        }
        let misspelt = read.at(&piece.path).iter().filter(|slip| slip.kind != SlipKind::Doubled);
        for slip in misspelt {
            let range = slip.range.clone();
            // 本报由… is said by the rule on sentences.
            if is_name_cut(&text[range.clone()]) {
                continue;
            }
            if !known.iter().any(|known| known.start < range.end && range.start < known.end) {
                let wrong = text[range.clone()].to_owned();
                slips.add((wrong, slip.right.clone(), slip.certainty), &piece, range);
            }
        }
    }
    tell_typos(seen, findings);
    tell_slips(slips, findings);
}

/// The dictionary that comes with the program together with the office's own list, if that can be read.
fn with_own_list(report: &Report, findings: &mut Findings<'_>) -> Option<Dictionary> {
    let list = report.settings.typos.as_deref()?;
    match Dictionary::read(&[TYPOS, list]) {
        Ok(both) => Some(both),
        Err(line) => {
            let place = Place::Value(FieldPath::new("rules.typos"));
            let finding = findings.report(place, format!("错别字表中的“{line}”看不懂"), "");
            finding.help.push("每行一条，写成 错 → 对，例如 布署 → 部署".to_owned());
            // The other lines hold all the same, above all those of the office above.
            let good = list.lines().filter(|line| Dictionary::read(&[line]).is_ok());
            Dictionary::read(&[TYPOS, &good.collect::<Vec<_>>().join("\n")]).ok()
        }
    }
}

/// Reports words of the dictionary, each with all places where it was seen.
fn tell_typos(seen: Sightings<(String, String)>, findings: &mut Findings<'_>) {
    for seen in seen.into_kinds() {
        let (wrong, right) = &seen.kind;
        let message = format!("“{wrong}”应为“{right}”{}", seen.times());
        let finding = findings.report(seen.first(), message, format!("应为“{right}”"));
        seen.show_others(finding);
        finding.help.push(format!("改为“{right}”"));
    }
}

/// Reports wordings that are one character off a term, as far as they are certain.
fn tell_slips(slips: Sightings<(String, String, Certainty)>, findings: &mut Findings<'_>) {
    for seen in slips.into_kinds() {
        let (wrong, right, certainty) = &seen.kind;
        let (severity, message) = match certainty {
            Certainty::Possible => (Severity::Hint, format!("“{wrong}”像是“{right}”之误")),
            Certainty::Likely | Certainty::Certain => {
                (findings.severity(), format!("“{wrong}”与“{right}”差一个字"))
            }
        };
        let message = format!("{message}{}", seen.times());
        let finding =
            findings.report_as(severity, seen.first(), message, format!("是否为“{right}”"));
        seen.show_others(finding);
        finding.help.push(format!("改为“{right}”"));
        finding
            .help
            .push(format!("本来就这样写的，在 [rules] 的 accepted 中写上“{wrong}”，以后不再提示"));
    }
}

/// 有效的提升了: before a verb that can be no noun, the way in which it is done wants 地. Gives the place and the right words.
fn manners(text: &str) -> Vec<(Range<usize>, String)> {
    let lists = WordLists::get();
    let found = text.match_indices('的').filter_map(|(at, sign)| {
        let verb = lists.only_done.start_of(&text[at + sign.len()..])?;
        let manner = lists.manners.end_of(&text[..at])?;
        let range = at - manner.len()..at + sign.len() + verb.len();
        Some((range, format!("{manner}地{verb}")))
    });
    found.collect()
}

/// 本报由…: the report calls itself by a name that was cut short.
fn is_name_cut(words: &str) -> bool {
    let lists = WordLists::get();
    lists.self_names_cut.iter().any(|name| {
        words.strip_prefix(name).is_some_and(|rest| lists.self_verbs.start_of(rest).is_some())
    })
}

/// Entries of the office's own list that can be no words.
fn judge_lists(report: &Report, findings: &mut Findings<'_>) {
    for entry in lines(report.settings.terms.as_deref()) {
        let length = entry.chars().count();
        if !(2..=LONGEST).contains(&length) || !entry.chars().all(is_han) {
            let place = Place::Value(FieldPath::new("rules.terms"));
            let finding = findings.report(place, format!("词语表中的“{entry}”看不懂"), "");
            finding.help.push(format!("每行一个词，2 至 {LONGEST} 个汉字，例如 某某示范区"));
        }
    }
}

/// The longest term that an office may list, in characters.
const LONGEST: usize = 16;

/// The list that comes with the program.
const TYPOS: &str = include_str!("data/typos.txt");

/// True if the dictionary has something in some words.
pub(in crate::rules) fn is_listed(words: &str) -> bool {
    typos().find(words).next().is_some()
}

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
    fn terms_that_are_one_character_off() {
        overview("汇总政府信息公开工情况。", &[("政府信息公开工情况", "政府信息公开工作情况")]);
        overview("依法办理公共企事业单信息公开。", &[("公共企事业单信息公开", "差一个字")]);
        overview("持续畅通依申请公开受理渠。", &[("依申请公开受理渠", "依申请公开受理渠道")]);
        overview(
            "依照中华人民共合国政府信息公开条例办理。",
            &[("中华人民共合国政府信息公开条例", "中华人民共和国政府信息公开条例")],
        );
    }

    #[test]
    fn names_and_listed_words_are_terms() {
        let text = "[agency]\nname = \"青麓市碧溪县水利局\"\n[rules]\nterms = '''\n绿谷先行示范区\n'''\naccepted = '''\n政府信息公开工情况\n'''\n[overview]\ntext = '''\n青麓市碧溪县水厉局共建绿谷先行师范区，汇总政府信息公开工情况。\n'''\n";
        points_at(
            &RULE,
            text,
            &[("青麓市碧溪县水厉局", "青麓市碧溪县水利局"), ("绿谷先行师范区", "绿谷先行示范区")],
        );
        points_at(&RULE, "[rules]\nterms = 'A区'\n", &[("'A区'", "看不懂")]);
    }

    #[test]
    fn how_something_is_done() {
        overview(
            "积极的做好答复，有效的提升了质量。",
            &[("积极的做好", "积极地做好"), ("有效的提升了", "")],
        );
        overview("有效的提升，积极的作用，认真地做好答复，更好的服务，发挥了积极作用。", &[]);
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
