//! NB620: no rank is beyond the number of those that are ranked, and no mean outside of the least and the greatest.

use rust_decimal::Decimal;

use crate::diag::{Label, Severity};
use crate::edition::Edition;
use crate::law::{self, Authority};
use crate::prose::{Lexicon, Passage};
use crate::report::{Report, Text};
use crate::rules::figures::greatest_rows::judge_greatest_rows;
use crate::rules::figures::judge::{clause, place};
use crate::rules::figures::leaders::{Leader, leaders};
use crate::rules::figures::moves::{Move, moves};
use crate::rules::figures::ranked_rows::{Misplaced, misplaced};
use crate::rules::figures::ranks::{Rank, ranks};
use crate::rules::figures::spans::{Pair, Told, pairs};
use crate::rules::{Docs, Findings, Held, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB620",
    name: "order-impossible",
    title: "名次、最大最小与所写的数不合",
    severity: Severity::Error,
    fixed: false,
    authority: Authority::Arithmetic,
    basis: &[law::FORMAT_2021_ACCURACY],
    editions: Edition::ALL,
    docs: Docs {
        what: "“在36家参评单位中列第38位”：名次是否大于参加排名的个数。“列第5位，比上年的第9位前移4位”：名次变了几位；“由第三名上升到第五名”：升降是否说反。“平均办理时间11.3个工作日，最短13个工作日，最长20个工作日”：同一句里单位相同的最短（少、低、小、快）、平均、最长（多、高、大、慢），是否从小到大。“网上13件，信函12件，居各渠道之首”“一至四季度依次为78件、112件、105件、91件，三季度最多”：说最多、最少的是不是那一串数里最大、最小的。“由多到少为47件、30件、10件、12件”“30件最多，47件次之”：几个数是不是照所说的次序。“以商业企业提出的为最多”“部分公开的最多”：不写件数的，按表中的数看是不是最多。说的不是同一件事的（网站最多、微信最少，月均与单日最多），上年的名次，约数，不作判断。",
        why: "这样的数不可能都对，必有一个写错了；读者一看就知道。",
        example: "[overview]\ntext = \"年度考核在36家单位中列第38位。\"",
        corrected: "[overview]\ntext = \"年度考核在36家单位中列第28位。\"",
    },
    check,
};

fn check(report: &Report, findings: &mut Findings<'_>) {
    let prose = findings.prose(report);
    for (passage, text) in prose.each(report) {
        for rank in ranks(passage, text.printed()) {
            judge_rank(findings, passage, text, &rank);
        }
        judge_greatest_rows(report, findings, passage, text);
        for step in moves(text.printed()) {
            judge_move(findings, passage, text, &step);
        }
        for pair in pairs(passage, text.printed()) {
            judge_pair(findings, passage, text, &pair);
        }
        for leader in leaders(passage, text.printed()) {
            judge_leader(findings, passage, text, &leader);
        }
        for pair in misplaced(passage, text.printed()) {
            judge_order(findings, passage, text, &pair);
        }
    }
}

fn judge_rank(findings: &mut Findings<'_>, passage: &Passage, text: &Text, rank: &Rank) {
    let number = &passage.mentions[rank.of];
    let said = clause(text, &rank.words);
    findings.held(passage, rank.of, Held::Text(format!("名次是{said}")));
    if Decimal::from(rank.rank) <= number.value {
        return;
    }
    let among = clause(text, &number.range);
    let finding = findings.report(
        place(passage, text, &rank.digits),
        format!("只有{among}参加排名，这里写的名次是“{said}”"),
        format!("大于 {}", number.value),
    );
    let at = place(passage, text, &number.digits);
    finding.related.push(Label::new(at, "参加排名的个数"));
    finding.help.push("核对名次和参加排名的个数".to_owned());
}

fn judge_move(findings: &mut Findings<'_>, passage: &Passage, text: &Text, step: &Move) {
    let (from, to) = (step.from, step.to);
    if let Some(figure) = passage.mentions.iter().position(|m| m.digits == step.digits) {
        findings.held(passage, figure, Held::Text(format!("由第 {from} 位到第 {to} 位")));
    }
    if step.comes_out() {
        return;
    }
    let moved = match from.checked_sub(to) {
        Some(0) => "没有变".to_owned(),
        Some(better) => format!("前移 {better} 位"),
        None => format!("后退 {} 位", to - from),
    };
    let told = if step.up { "前移" } else { "后退" };
    let (told, help) = match step.by {
        Some(by) => (format!("{told} {by} 位"), "核对两个名次和变了几位"),
        None => (told.to_owned(), "核对两个名次，以及说的是升还是降"),
    };
    let finding = findings.report(
        place(passage, text, &step.digits),
        format!("由第 {from} 位到第 {to} 位是{moved}，这里说的是{told}"),
        format!("应为{moved}"),
    );
    finding.help.push(help.to_owned());
}

fn judge_pair(findings: &mut Findings<'_>, passage: &Passage, text: &Text, pair: &Pair<'_>) {
    let [less, more] = [&pair.less, &pair.more].map(|told| &passage.mentions[told.figure]);
    for (told, other) in [(&pair.less, more), (&pair.more, less)] {
        findings.held(passage, told.figure, Held::Text(format!("旁边的 {}", other.value)));
    }
    if less.value <= more.value || less.bound && more.bound {
        return;
    }
    let said = |told: &Told<'_>| {
        let mention = &passage.mentions[told.figure];
        let behind = text.printed().get(mention.range.end..).unwrap_or_default();
        let span = Lexicon::get().numbers.spans.start_of(behind).map_or(0, str::len);
        clause(text, &(mention.digits.start - told.clause.len()..mention.range.end + span))
    };
    // The one that stands behind is what the reader stumbles over.
    let (here, other) = if pair.less.figure > pair.more.figure {
        (&pair.less, &pair.more)
    } else {
        (&pair.more, &pair.less)
    };
    let finding = findings.report(
        place(passage, text, &passage.mentions[here.figure].digits),
        format!("“{}”大于“{}”，不可能都对", said(&pair.less), said(&pair.more)),
        format!("{} 大于 {}", less.value.normalize(), more.value.normalize()),
    );
    let at = place(passage, text, &passage.mentions[other.figure].digits);
    finding.related.push(Label::new(at, ""));
    finding.help.push("最小的不大于平均数，平均数不大于最大的；逐个核对".to_owned());
}

/// Reports two neighbours of a row that stand the other way round than it says.
fn judge_order(findings: &mut Findings<'_>, passage: &Passage, text: &Text, pair: &Misplaced) {
    let [first, second] = [pair.first, pair.second].map(|i| &passage.mentions[i]);
    for figure in [pair.first, pair.second] {
        findings.held(passage, figure, Held::Text("前后的大小".to_owned()));
    }
    let at = place(passage, text, &second.digits);
    let told = [at.clone(), place(passage, text, &first.digits)];
    if findings.list.iter().any(|finding| told.contains(&finding.primary.place)) {
        return; // One slip is one finding.
    }
    let order = if pair.falls { "从大到小" } else { "从小到大" };
    let [one, other] = [first, second].map(|figure| clause(text, &figure.range));
    let finding = findings.report(
        at,
        format!("文字说这几个数{order}排列，而{other}写在{one}的后面"),
        "次序不对",
    );
    finding.related.push(Label::new(place(passage, text, &first.digits), "前面的数"));
    finding.help.push("核对两个数和它们的次序".to_owned());
}

fn judge_leader(findings: &mut Findings<'_>, passage: &Passage, text: &Text, leader: &Leader) {
    let own = &passage.mentions[leader.figure];
    let mut others = leader.others.iter().map(|i| &passage.mentions[*i]);
    let beyond = others.find(|other| {
        if leader.greatest { other.value > own.value } else { other.value < own.value }
    });
    let said = if leader.greatest { "最多" } else { "最少" };
    findings.held(passage, leader.figure, Held::Text(format!("同一串数，它{said}")));
    let Some(beyond) = beyond else { return };
    let [mine, theirs] = [own, beyond].map(|m| clause(text, &m.range));
    let finding = findings.report(
        place(passage, text, &own.digits),
        format!("文字说{mine}{said}，而同一句里还有{theirs}"),
        format!("不是{said}的"),
    );
    let at = place(passage, text, &beyond.digits);
    finding.related.push(Label::new(at, if leader.greatest { "比它多" } else { "比它少" }));
    finding.help.push("核对这几个数，或者改正说哪个最多、最少的话".to_owned());
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, check_text};

    #[test]
    fn a_rank_beyond_all() {
        check(
            &RULE,
            r#"
[overview]
text = "年度考核在36家参评单位中列第38位。"
#                                   ^^ 只有36家参加排名
"#,
        );
        for wrong in [
            "考核得分居全市12个县区第13位。",
            "在全县15个乡镇排名第十六名。",
            "在26个参评单位中，我局综合得分列第27名。",
            "考评列29个县直单位第30位，较上年前移2位。",
            "满意度在全省88个县（市、区）中排名第98位。",
            "满意度在全省14个市（州）中排第15。",
        ] {
            check_text(&RULE, wrong, "", 1);
        }
        for fine in [
            "年度考核在36家参评单位中列第36位。",
            "在全县15个乡镇中得分列全市第38位。",
            "在36家单位中由第40位升至第8位。",
            "开设3个专栏，在全县考核中列第5位。",
            "公开3个单位的预算，第4名工作人员到岗。",
            "在5个方面的考核中列第7位。",
            "近40家单位中列第41位。",
            "共有3家单位，其余各项列第5位。",
            "在5个街道、15个县直部门中列第18位。",
        ] {
            check_text(&RULE, fine, "", 0);
        }
    }

    #[test]
    fn a_rank_that_moved_otherwise() {
        for wrong in [
            "县里考核在18个乡镇中列第5位，比上年的第9位前移5位。",
            "考核列市直部门第7位，上年第12位，后退5位。",
            "得分由第11位升至第6位，前移4位。",
            "排名第8名，较去年的第6名上升2名。",
            "全市位次由第三名上升到第五名。",
            "考核名次从第4位下降至第2位。",
        ] {
            check_text(&RULE, wrong, "", 1);
        }
        for fine in [
            "县里考核在18个乡镇中列第5位，比上年的第9位前移4位。",
            "考核列市直部门第7位，上年第12位，前进5位。",
            "得分由第11位升至第6位，前移5个位次。",
            "排名第8名，较去年的第6名下降2名。",
            "列第3位，另一项列第9位，提升5位。",
            "考核列第5位，比上年前移2位。",
            "全市位次由第五名上升到第三名。",
            "考核名次从第2位下降至第4位。",
        ] {
            check_text(&RULE, fine, "", 0);
        }
    }

    #[test]
    fn a_row_in_another_order_than_it_says() {
        for wrong in [
            "按数量由多到少为网站47件、信函30件、当面10件、传真12件。",
            "各渠道中信函30件最多，网站47件次之。",
            "网站47件，居第一；信函10件，居第二；当面30件，居第三。",
        ] {
            check_text(&RULE, wrong, "", 1);
        }
        for fine in [
            "按数量由多到少为网站47件、信函30件、当面12件、传真10件。",
            "各渠道中网站47件最多，信函30件次之，当面10件再次。",
            "得分由高到低排列，排名前三的单位获奖，奖金12万元、10万元和30万元。",
        ] {
            check_text(&RULE, fine, "", 0);
        }
    }

    #[test]
    fn the_most_of_a_row_is_its_greatest() {
        for wrong in [
            "新收58件，一至四季度分别为12件、19件、16件、11件，三季度最多。",
            "信函21件，居各渠道之首；网上26件，当面3件。",
            "涉及征地9件、社保14件、规划6件，征地类最多。",
            "其中图解12篇、视频15篇、访谈4篇，访谈最少，图解最多。",
            "自然人19件，占比最高；商业企业21件。",
        ] {
            check_text(&RULE, wrong, "", 1);
        }
        for fine in [
            "新收58件，一至四季度分别为12件、19件、16件、11件，二季度最多。",
            "信函26件，居各渠道之首；网上21件，当面3件。",
            "涉及征地14件、社保9件、规划6件，征地类最多。",
            "不予公开29件，过程性信息11件居首；无法提供41件，其他6件。",
            "组织23件，以企业14件为最多；自然人9件。",
            "解读42件，图解20件，数量最多。",
            "全年收到30件，征地类18件，占比最高；答复31件。",
        ] {
            check_text(&RULE, fine, "", 0);
        }
    }

    #[test]
    fn a_mean_outside_of_the_others() {
        for wrong in [
            "27件平均办理时间11.3个工作日，最短13个工作日，最长20个工作日。",
            "12个社区平均报送15条，最多的14条，最少的3条。",
            "网上办理最长3天，最短5天。",
            "办理用时平均5天（最短6天、最长9天）。",
            "场均32人，最多的一场18人。",
            "月均更新30条，最多的一个月20条。",
        ] {
            check_text(&RULE, wrong, "", 1);
        }
        for fine in [
            "27件平均办理时间11.3个工作日，最短3个工作日，最长20个工作日。",
            "网站平均每月更新30条，微信最多20条。",
            "月均更新30条，单日最多12条。",
            "许可平均5天，处罚最短7天。",
            "平均提前3个工作日，最快提前5个工作日。",
            "平均办理时间由11天缩短到7天，最长9天。",
            "平均每场32人，最多的乡镇18人，另有5场。",
            "平均5天，最长不超过3个工作日的占一成。",
            "许可平均5天、最短3天，处罚平均8天。",
            "最低生活保障标准每月680元，人均补差350元。",
            "平均得分92.3分，最高分98.5分，最低分85分。",
        ] {
            check_text(&RULE, fine, "", 0);
        }
    }
}
