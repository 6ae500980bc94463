//! NB820: where a report names its own body, it names no other.

mod frames;
mod levels;
mod miswritten;

use std::ops::Range;

use crate::diag::{Place, Severity};
use crate::edition::Edition;
use crate::law::{self, Authority};
use crate::report::{AgencyKind, FieldPath, Report};
use crate::rules::machinery::other_bodies::{Foreign, Name, foreign};
use crate::rules::machinery::text::{Piece, Role, pieces, sentences};
use crate::rules::machinery::word_lists::WordLists;
use crate::rules::{Docs, Findings, Rule};
use crate::words::is_unknown;

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB820",
    name: "another-body-named",
    title: "写成了别的机关的名称",
    severity: Severity::Warning,
    fixed: false,
    authority: Authority::Practice,
    basis: &[law::PRACTICE],
    editions: Edition::ALL,
    docs: Docs {
        what: "该写本机关名称的地方是否写了别的机关：题目和引言中“……年度报告”之前、“本报告由……编制”、“请与……联系”和联系科室、“我局（……）”“……（以下简称我局）”；句子的主语是否是别的县（市、区）的同一个机关，乡镇、街道的报告是否写成了别的乡镇、街道；称呼自己的话是否是别的级别的，例如区的报告写成“我县”“县政府门户网站”，乡的报告写成“街道党工委”。只比较同级的地方和部门；简称、上级机关、政府办公室和政务公开、政务服务、大数据等统一答复的机关不算。可能是同一个机关的另一个名称的，只作提示。本机关名称漏写、多写一个字的，也算。",
        why: "多半是照别的机关的报告或者上级的模板改写时没有改净。名称写错，报告就不知道是谁的，读者会问错地方。",
        example: "[agency]\nname = \"青山县财政局\"\n\n[opening]\ntext = \"本报告由青山县教育局编制。\"",
        corrected: "[agency]\nname = \"青山县财政局\"\n\n[opening]\ntext = \"本报告由青山县财政局编制。\"",
    },
    check,
};

fn check(report: &Report, findings: &mut Findings<'_>) {
    let Some(own) = report.agency.name.as_deref() else { return };
    let Some(name) = Name::of(own) else { return };
    let answers = report.agency.effective_kind() == Some(AgencyKind::Department);
    let slips = findings.slips(report);
    let mut told: Vec<String> = Vec::new();
    let mut tell = |said: &str, place: Place, foreign: Foreign, findings: &mut Findings<'_>| {
        // A text that was taken over names that body again and again.
        if told.iter().any(|other| other == said) {
            return;
        }
        told.push(said.to_owned());
        let severity = match foreign {
            Foreign::Surely => findings.severity(),
            Foreign::Perhaps => Severity::Hint,
        };
        let message = format!("“{said}”不是本机关的名称，本报告是“{own}”的");
        let finding = findings.report_as(severity, place, message, "与机关名称不符");
        finding.help.push("核对这段文字是否抄自别的机关的报告；写本机关的名称".to_owned());
    };
    if let Some(office) = report.agency.contact.office.as_deref()
        && let Some(foreign) = foreign(own, office).filter(|_| answers)
    {
        let place = Place::Value(FieldPath::new("agency.contact.office"));
        tell(office, place, foreign, findings);
    }
    levels::judge_levels(report, &name, findings);
    let mut miswritten = None;
    for piece in pieces(report).iter().filter(|piece| piece.role != Role::Note) {
        let text = piece.printed();
        // What is only misspelt is said by the rule on slips.
        let slips = slips.at(&piece.path);
        let is_misspelt = |range: &Range<usize>| {
            slips.iter().any(|slip| slip.range.start < range.end && range.start < slip.range.end)
        };
        for sentence in sentences(text) {
            let Some((range, foreign)) = named(piece, &text[sentence.clone()], own, &name, answers)
            else {
                continue;
            };
            let range = sentence.start + range.start..sentence.start + range.end;
            if !is_misspelt(&range) {
                tell(&text[range.clone()], piece.place(range), foreign, findings);
            }
        }
        let range = miswritten::own_name(text, own).filter(|range| !is_misspelt(range));
        miswritten =
            miswritten.or(range.map(|range| (text[range.clone()].to_owned(), piece.place(range))));
    }
    if let Some((said, place)) = miswritten.filter(|(said, _)| !told.contains(said)) {
        let message = format!("“{said}”与本机关的名称“{own}”差一个字");
        let finding = findings.report(place, message, "与机关名称不符");
        finding.help.push(format!("写作“{own}”；不是本机关的，不用改"));
    }
}

/// The name of another body in a sentence, at a place for that of the report.
fn named(
    piece: &Piece<'_>,
    sentence: &str,
    own: &str,
    name: &Name<'_>,
    answers: bool,
) -> Option<(Range<usize>, Foreign)> {
    let judge = |range: Range<usize>| {
        let foreign = foreign(own, &sentence[range.clone()])?;
        Some((range, foreign))
    };
    let opens = piece.role == Role::Title || piece.path.as_str().starts_with("opening");
    let whole =
        |range: &Range<usize>| Name::of(&sentence[range.clone()]).is_some_and(|n| n.is_whole());
    let titled = || opens.then(|| frames::titled(sentence)).flatten().filter(whole).and_then(judge);
    let drawn_up = || frames::drawn_up(sentence).filter(|_| answers).and_then(judge);
    let answering = || frames::answering(sentence).filter(|_| answers).and_then(judge);
    let called = || frames::called(sentence).filter(whole).and_then(judge);
    // A bureau may have another one's name plate on its door.
    let explained = || {
        let range = frames::explained(sentence).filter(whole)?;
        judge(range).map(|(range, _)| (range, Foreign::Perhaps))
    };
    titled()
        .or_else(drawn_up)
        .or_else(answering)
        .or_else(called)
        .or_else(explained)
        .or_else(|| compiled(sentence, name))
        .or_else(|| subject(sentence, name))
        .or_else(|| town(sentence, own))
}

/// The same body of another area, or an office in it, that is said to have put the report together.
fn compiled(sentence: &str, own: &Name<'_>) -> Option<(Range<usize>, Foreign)> {
    let is_twin = |range: &Range<usize>| {
        let said = Name::of(&sentence[range.clone()]);
        said.is_some_and(|said| said.is_twin_of(own) && !said.is_of_city())
    };
    let range = frames::compiled(sentence).into_iter().find(is_twin)?;
    Some((range, Foreign::Surely))
}

/// The body of another area with the same trade, of which a sentence tells as if it were the report's own.
fn subject(sentence: &str, own: &Name<'_>) -> Option<(Range<usize>, Foreign)> {
    let range = frames::subject(sentence);
    let run = &sentence[range.clone()];
    let said = Name::of(run)?;
    // 配合县财政局 and 二是对县财政局 name no county.
    let named = is_unknown(said.place()) && !WordLists::get().meets.are_in(sentence);
    // A city may stand below another.
    let foreign = named && said.is_twin_of(own) && !said.is_of_city();
    foreign.then(|| (range.start..range.start + said.length(), Foreign::Surely))
}

/// Another town of which a sentence tells as if it were the report's own, which is a town, too: 2023年，柳溪镇党委、政府把….
fn town(sentence: &str, own: &str) -> Option<(Range<usize>, Foreign)> {
    /// The characters of the name of a town without its sign.
    const NAME: std::ops::RangeInclusive<usize> = 2..=4;
    let lists = WordLists::get();
    let range = frames::subject(sentence);
    let run = &sentence[range.clone()];
    let (at, sign) = lists.town_signs.first_in(run)?;
    let (name, acts) = (&run[..at], &run[at + sign.len()..]);
    let own_sign = lists.town_signs.iter().any(|sign| own.contains(&format!("{sign}人民政府")));
    let own_town =
        own_sign || lists.town_signs.iter().any(|sign| own.contains(&format!("{sign}办事处")));
    let named = NAME.contains(&name.chars().count()) && !lists.no_towns.are_in(name);
    let other = !own.contains(&run[..at + sign.len()]) && lists.town_acts.start_of(acts).is_some();
    let foreign = own_town && named && other;
    foreign.then(|| (range.start..range.start + at + sign.len(), Foreign::Surely))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::points_at;

    fn of(name: &str, kind: &str, rest: &str, expected: &[(&str, &str)]) {
        let lines = format!("[agency]\nname = \"{name}\"\nkind = \"{kind}\"\n{rest}\n");
        points_at(&RULE, &lines, expected);
    }

    fn opening(text: &str, expected: &[(&str, &str)]) {
        of("碧溪县财政局", "department", &format!("[opening]\ntext = \"{text}\""), expected);
    }

    #[test]
    fn the_own_name_with_a_character_left_out_or_added() {
        let street = |text: &str, expected: &[(&str, &str)]| {
            let rest = format!("[overview]\ntext = \"{text}\"");
            of("碧溪县清河路街道办事处", "department", &rest, expected);
        };
        let wrong = "碧溪县清河街道办事处";
        street(&format!("本报告由{wrong}编制。"), &[(wrong, "")]);
        let wrong = "碧溪县清河新路街道办事处";
        street(&format!("{wrong}负责解释。"), &[(wrong, "差一个字")]);
        // The rule on slips says so.
        street("碧溪县清河路路街道办事处负责解释。", &[]);
        for fine in ["碧溪县清河路街道办事处", "碧溪县新安街道办事处", "碧溪县清江路街道办事处"]
        {
            street(&format!("请与{fine}联系，或者到清河路街道办事处。"), &[]);
        }
        let rest = "[overview]\ntext = \"碧溪县教育体育局联合碧溪县教育和体育局编制。\"";
        of("碧溪县教育和体育局", "department", rest, &[]);
    }

    #[test]
    fn another_body_in_the_place_of_the_own_one() {
        opening(
            "碧溪县教育局2024年政府信息公开工作年度报告公布如下。",
            &[("碧溪县教育局", "不是本机关的名称")],
        );
        opening(
            "现将云岭县财政局2024年度政府信息公开工作年度报告公布如下。",
            &[("云岭县财政局", "本报告是“碧溪县财政局”的")],
        );
        opening("本报告由县教育局根据《条例》编制。", &[("县教育局", "不是本机关的名称")]);
        opening(
            "如有疑问，请与碧溪县教育局办公室联系。",
            &[("碧溪县教育局办公室", "不是本机关的名称")],
        );
        opening("碧溪县教育局（以下简称我局）编制。", &[("碧溪县教育局", "")]);
        opening("我局（县教育局）坚持公开。", &[("县教育局", "")]);
        opening("2024年，云岭县财政局深入贯彻《条例》。", &[("云岭县财政局", "")]);
        of(
            "碧溪县财政局",
            "department",
            "[report]\ntitle = \"2024年碧溪县教育局政府信息公开工作年度报告\"",
            &[("碧溪县教育局", "不是本机关的名称")],
        );
        of(
            "碧溪县人民政府",
            "government",
            "[overview]\ntext = \"云岭县人民政府坚持公开为常态。\"",
            &[("云岭县人民政府", "本报告是“碧溪县人民政府”的")],
        );
        of(
            "碧溪县人民政府",
            "government",
            "[overview]\ntext = \"本报告按照《条例》编制，由云岭县人民政府办公室汇总12家单位的数据形成。\"",
            &[("云岭县人民政府办公室", "本报告是“碧溪县人民政府”的")],
        );
    }

    #[test]
    fn another_town_as_subject() {
        let town = |text: &str, expected: &[(&str, &str)]| {
            let text = format!("[overview]\ntext = \"{text}\"");
            of("云岭县石坝镇人民政府", "government", &text, expected);
        };
        for wrong in [
            "2024年，柳溪镇党委、政府把政务公开与村务公开一体推进。",
            "柳溪镇将在新的一年里给各村发统一的公开样表。",
            "一年来工作有序。柳溪镇坚持以公开促服务。",
        ] {
            town(wrong, &[("柳溪镇", "不是本机关的名称")]);
        }
        for fine in [
            "2024年，石坝镇党委、政府把政务公开与村务公开一体推进。",
            "各乡镇将在新的一年里换新公开栏。特色小镇将在年内建成。",
            "柳溪镇来我镇交流。柳溪镇与我镇共用一个办税厅。",
        ] {
            town(fine, &[]);
        }
        let county = "[overview]\ntext = \"柳溪镇坚持以公开促服务，经验在全县推广。\"";
        of("云岭县人民政府", "government", county, &[]);
    }

    #[test]
    fn bodies_that_are_rightly_named() {
        for text in [
            "碧溪县财政局2024年政府信息公开工作年度报告公布如下。",
            "根据碧溪县人民政府办公室关于编制2024年政府信息公开工作年度报告的通知编制。",
            "本报告由县财政局办公室编制，由总体情况等六个部分组成。",
            "如有疑问，请与县财政局办公室联系。如有意见，可与县政府办公室联系。",
            "如有疑问，请与碧溪县政务服务和数据管理局联系。",
            "我局（含下属单位）公开信息90条。我局（碧溪县财政局）坚持公开。",
            "县教育局、县卫健局等单位参加培训。县教育局坚持公开。",
            "云岭县财政局来我局交流学习。配合县财政局做好工作。各县财政局坚持公开。",
            "市财政局组织检查，省财政厅通报结果。二是对县财政局的栏目改版。现公布碧溪县财政局的目录。",
            "赴云岭县财政局考察1次。前往云岭县财政局参观。",
            "通过县财政局网站公开。一是把县财政局的目录更新。组织召开县财政局会议。",
        ] {
            opening(text, &[]);
        }
        of(
            "碧溪县人民政府",
            "government",
            "[opening]\ntext = \"如有疑问，请与碧溪县行政审批局联系。\"",
            &[],
        );
        of(
            "碧溪县人民政府",
            "government",
            "[overview]\ntext = \"本报告由碧溪县人民政府办公室汇总形成，县统计局负责核对。云岭县案由云岭县人民政府负责。\"",
            &[],
        );
        of("碧溪县住房和城乡建设局", "department", "[opening]\ntext = \"请与县住建局联系。\"", &[]);
    }

    #[test]
    fn the_office_that_answers() {
        let contact = |office: &str| format!("[agency.contact]\noffice = \"{office}\"");
        let name = "碧溪县财政局";
        of(name, "department", &contact("碧溪县教育局办公室"), &[("\"碧溪县教育局办公室\"", "")]);
        for office in ["碧溪县财政局办公室", "局办公室", "政务公开科", "县政府办公室"]
        {
            of(name, "department", &contact(office), &[]);
        }
    }
}
