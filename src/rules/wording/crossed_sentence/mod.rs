//! NB814: a sentence ends as it began.

mod frames;
mod opening;

use std::ops::Range;

use crate::diag::Severity;
use crate::edition::Edition;
use crate::law::{self, Authority};
use crate::report::Report;
use crate::rules::machinery::text::sightings::Sightings;
use crate::rules::machinery::text::{Role, pieces, sentences};
use crate::rules::wording::known_typo::is_listed;
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
        what: "一句话里是否混用了两种句式：本报告根据……编制本报告，包括……组成，请与……（缺少“联系”），本报由……组成；由……（缺少“组成”），现将……（缺少“公布”），“是否……性”；“本着……为原则”“经过……努力下”“大约……左右”“近30余人”“防止……不再发生”等只作提示。",
        why: "两种说法各取一半，句子就不通；引言是读者最先看到的地方。",
        example: "[opening]\ntext = \"本报告根据《条例》要求编制本报告，包括总体情况等六部分组成。\"",
        corrected: "[opening]\ntext = \"本报告根据《条例》要求编制，由总体情况等六部分组成。\"",
    },
    check,
};

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Crossing {
    /// 本报告根据…编制本报告.
    Report,
    /// 本报由….
    Cut,
    /// 包括…组成.
    Parts,
    /// 由…六个部分, and no 组成.
    PartsOpen,
    /// 现将…报告, and no 公布.
    Unannounced,
    /// 请与…, and no verb.
    Contact,
    /// 电子版可在…, and no verb.
    Copy,
    /// 请联系与….
    ContactTwice,
    /// 请拨打某某局联系.
    Dialled,
    /// 大约…左右.
    Redundant,
    /// 可以在…可以下载.
    Twice,
    /// 是否…性.
    Quality,
    /// 本着…为原则: the word that opens, and those that close.
    TakenAs(String, String),
    /// 通过…努力下.
    Under(String, String),
    /// 防止…不再发生.
    Negated,
}

impl Crossing {
    /// The level, the fault and the remedy; where the level is `None`, it is that of the rule.
    fn told(&self) -> (Option<Severity>, String, String) {
        const HINT: Option<Severity> = Some(Severity::Hint);
        let (severity, says, help) = match self {
            Self::Report => (
                None,
                "主语已是本报告，后面又说了一遍",
                "写成“本报告根据……编制”，或者“根据……，编制本报告”",
            ),
            Self::Cut => (None, "少了一个字", "写成“本报告”"),
            Self::Parts => {
                (None, "“包括……”与“由……组成”混在一起", "写成“由……组成”，或者“包括……”，不要各取一半")
            }
            Self::PartsOpen => (None, "“由”后面缺少“组成”", "写成“由……组成”，或者“包括……”"),
            Self::Unannounced => {
                (None, "“现将”后面缺少“公布”", "写成“现将……公布如下”，或者“现公布……”")
            }
            Self::Contact => (None, "后面缺少“联系”", "写成“请与……联系（地址：……）”"),
            Self::Copy => (None, "后面缺少“查阅”", "写成“可在……查阅、下载”"),
            Self::ContactTwice => (None, "“请联系……”与“请与……联系”混在一起", "写成“请与……联系”"),
            Self::Dialled => (None, "“拨打”的是电话号码", "写成“请拨打（号码）”，或者“请与……联系”"),
            Self::Redundant => (HINT, "意思重复", "两处说法留一处"),
            Self::Twice => (HINT, "“可以”说了两遍", "删去一个“可以”"),
            Self::Quality => (HINT, "“是否”后面不能接这样的名词", "去掉“是否”，或者去掉“性”"),
            Self::Negated => {
                (HINT, "两重否定，意思说反了", "两处否定留一处，例如“防止……再次发生”“严禁……”")
            }
            Self::TakenAs(opens, closes) => {
                let noun = closes.trim_start_matches('为');
                return (
                    HINT,
                    format!("“{opens}……”与“以……{closes}”混在一起"),
                    format!("写成“以……{closes}”，或者“{opens}……”，不带“为{noun}”"),
                );
            }
            Self::Under(opens, closes) => {
                return (
                    HINT,
                    format!("“{opens}……”与“在……{closes}”混在一起"),
                    format!("写成“在……{closes}”，或者只用“{opens}……”"),
                );
            }
        };
        (severity, says.to_owned(), help.to_owned())
    }
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
        let (severity, says, help) = seen.kind.told();
        let message = format!("“{}”：{says}{}", ends_of(&seen.words), seen.times());
        let severity = severity.unwrap_or(RULE.severity);
        let finding = findings.report_as(severity, seen.first(), message, "");
        seen.show_others(finding);
        finding.help.push(help);
        if severity == Severity::Hint {
            // A style that the law does not speak of.
            finding.authority = Some(Authority::Practice);
            finding.basis = vec![law::PRACTICE];
        }
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
    found.extend(opening::report_twice(sentence).map(|range| (Crossing::Report, range)));
    found.extend(opening::name_cut(sentence).map(|range| (Crossing::Cut, range)));
    found.extend(opening::parts(sentence).map(|range| (Crossing::Parts, range)));
    found.extend(opening::parts_open(sentence).map(|range| (Crossing::PartsOpen, range)));
    found.extend(opening::unannounced(sentence).map(|range| (Crossing::Unannounced, range)));
    found.extend(opening::contact(sentence));
    found.extend(opening::copy(sentence).map(|range| (Crossing::Copy, range)));
    found.extend(frames::redundant(sentence).into_iter().map(|range| (Crossing::Redundant, range)));
    found.extend(frames::verb_twice(sentence).map(|range| (Crossing::Twice, range)));
    // Entries of the dictionary of typing errors are reported by its own rule.
    let quality = frames::quality(sentence).filter(|range| !is_listed(&sentence[range.clone()]));
    found.extend(quality.map(|range| (Crossing::Quality, range)));
    found.extend(frames::negated(sentence).into_iter().map(|range| (Crossing::Negated, range)));
    let mixed = frames::taken_as(sentence).into_iter();
    found.extend(mixed.map(|m| (Crossing::TakenAs(m.opens, m.closes), m.range)));
    let mixed = frames::under(sentence).into_iter();
    found.extend(mixed.map(|m| (Crossing::Under(m.opens, m.closes), m.range)));
    found
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::points_at;

    fn says(text: &str, expected: &[(&str, &str)]) {
        points_at(&RULE, &format!("[opening]\ntext = '''\n{text}\n'''\n"), expected);
    }

    #[test]
    fn the_report_is_subject_and_object() {
        says("本报告依据上级通知要求编制本报告。", &[("编制本报告", "又说了一遍")]);
        says("本年度报告由县水利局根据《条例》规定编制此报告。", &[("编制此报告", "又说了一遍")]);
        says("本年报按照统一格式，结合工作实际编制了本年报。", &[("编制了本年报", "又说了一遍")]);
    }

    #[test]
    fn a_name_cut_short() {
        says("本报由六个部分组成。", &[("本报", "少了一个字")]);
        says("统计期限为一年，本年度报所列数据真实。", &[("本年度报", "少了一个字")]);
    }

    #[test]
    fn a_list_of_parts_that_ends_otherwise() {
        says(
            "本报告包括总体情况、其他事项等六个部分组成。",
            &[("包括总体情况、其他事项等六个部分组成", "由……组成")],
        );
    }

    #[test]
    fn nobody_to_get_in_touch_with() {
        says(
            "如对本报告有疑问，请与县水利局办公室（地址：某路1号，联系电话：1234567）。",
            &[("请与县水利局办公室", "缺少“联系”")],
        );
    }

    #[test]
    fn what_is_said_twice() {
        says("全年接待大约30人次左右，目的是为了方便群众。", &[("大约30人次左右", "共2处")]);
        says("重点检查内容是否准确性。", &[("是否准确性", "不能接")]);
    }

    #[test]
    fn the_report_by_its_title_or_with_its_year() {
        says(
            "根据《条例》规定，本报告由县水利局编制此年度报告。",
            &[("编制此年度报告", "又说了一遍")],
        );
        says(
            "本年度报告依据《条例》，结合实际，编制2024年度政府信息公开工作年度报告。",
            &[("编制2024年度政府信息公开工作年度报告", "又说了一遍")],
        );
        says(
            "某某县水利局2024年政府信息公开工作年度报告根据《条例》编制本报告。",
            &[("编制本报告", "又说了一遍")],
        );
        says("本报告根据《关于编制2024年政府信息公开工作年度报告的通知》编制。", &[]);
    }

    #[test]
    fn verbs_that_are_missing() {
        says("报告由总体情况、主动公开等六个部分。", &[("由总体情况、主动公开等六个部分", "组成")]);
        says("报告由六个部分：总体情况、主动公开等。", &[("由六个部分", "组成")]);
        says(
            "现将某某县水利局2024年政府信息公开工作年度报告。",
            &[("现将某某县水利局2024年政府信息公开工作年度报告", "缺少“公布”")],
        );
        says(
            "现将某某县2024年政府信息公开报告。",
            &[("现将某某县2024年政府信息公开报告", "缺少“公布”")],
        );
        says(
            "如有疑问，请向县水利局办公室（电话：0000-0000000）。",
            &[("请向县水利局办公室", "联系")],
        );
        says(
            "如有疑问，请同县水利局办公室商洽。有意见的，可与经办人员当面交流，请与原件核对。",
            &[],
        );
        says(
            "由综合科牵头，分六个部分；由六个部分组成；现将年度报告公布如下。现将有关情况向社会公众报告。现将全年情况及三年总账一并报告。如有疑问，请向县水利局办公室（电话：1）咨询。",
            &[],
        );
    }

    #[test]
    fn nothing_to_be_done_with_the_copy() {
        says(
            "本报告的电子版可在县政府网站年报专栏（www.example.gov.cn）。",
            &[("可在县政府网站年报专栏", "缺少“查阅”")],
        );
        says("需要电子版的，可通过电子邮件索要。电子版可在公众号菜单收听。", &[]);
        says(
            "电子版可在县政府网站（www.example.gov.cn）下载。电子版可从网站查看，也可到局办公室索取。",
            &[],
        );
    }

    #[test]
    fn two_ways_to_ask_in_one() {
        says("如有疑问，请联系与县水利局办公室联系。", &[("请联系与", "混在一起")]);
        says("如有疑问，请拨打县水利局办公室联系。", &[("请拨打县水利局办公室", "号码")]);
        says("如有疑问，请拨打12345联系，请拨打办公室电话咨询。", &[]);
    }

    #[test]
    fn frames_that_end_as_another() {
        for (text, words) in [
            ("本着公开、便民为原则，做好答复。", "本着公开、便民为原则"),
            ("按照“应公开尽公开”为原则，发布信息。", "按照“应公开尽公开”为原则"),
            ("为了更好地服务群众为目的，优化栏目。", "为了更好地服务群众为目的"),
            ("围绕以人民为中心为主线，推进公开。", "围绕以人民为中心为主线"),
            ("以《条例》为依据下，规范流程。", "以《条例》为依据下"),
            ("经过各科室的共同努力下，质量提高。", "经过各科室的共同努力下"),
            ("对于群众关心的问题上，及时回应。", "对于群众关心的问题上"),
        ] {
            says(text, &[(words, "混在一起")]);
        }
        for text in [
            "围绕公开为原则、不公开为例外的要求，以公开为原则，坚持以人民为中心。",
            "按照“便民为原则”的要求，根据评估结果，将栏目调整为重点，把专栏打造成为平台。",
            "在各科室的共同努力下，在审核通过的前提下公开，在保留栏目的基础上，增加内容。",
            "通过整理现有栏目，在县政府的领导下，对于存在的问题，及时整改。",
            "按照以公开为原则，遵循以服务为宗旨的要求。",
            "根据县委部署确定教育、医疗领域为重点，按照抽查结果选取3个乡镇为重点。",
            "通过流程再造将公开要求嵌入业务办理过程中，按照要求把解读贯穿于文件制定过程中。",
        ] {
            says(text, &[]);
        }
    }

    #[test]
    fn figures_with_more_said_twice() {
        says("参加的约有30人左右。", &[("约有30人左右", "意思重复")]);
        says("近30余人参加。", &[("近30余", "意思重复")]);
        says("20余条以上信息被转载。", &[("20余条以上", "意思重复")]);
        says("满意率90%以上左右。", &[("以上左右", "意思重复")]);
        says(
            "预约30余人次，节约20余万元，节约30万元左右，近10多年来，约3000条，20余份以上级名义印发，到目前为止，20余家规模以上企业、30多名县级以上人大代表，修订村规民约20余条，续约20余家。",
            &[],
        );
    }

    #[test]
    fn negations_and_verbs_that_are_there_twice() {
        says("防止类似问题不再发生。", &[("防止类似问题不再发生", "两重否定")]);
        says("可以在县政府网站可以下载。", &[("可以在县政府网站可以下载", "说了两遍")]);
        says("报告可通过可以通过县政府网站查阅。", &[("通过可以通过", "说了两遍")]);
        says("防止问题再次发生，可以查阅，也可以下载；严禁违规，不得延误。", &[]);
        says("严禁不得公开的信息流出，防止出现不发生费用却收费的情形。", &[]);
        says("表格可以当面领取也可以下载，可以查看、可以下载。", &[]);
        says(
            "检查是否有时效性、是否具有针对性、是否有弹性，是否一次性告知，是否公益性、是否经营性。",
            &[],
        );
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
            says(text, &[]);
        }
    }
}
