//! NB608: the parts of a whole do not exceed it, and all of them make it up.

use crate::diag::{Label, Place, Severity};
use crate::edition::{Edition, RequestColumn};
use crate::law::{self, Authority};
use crate::prose::{Exactness, Kind, List, Mention, Passage};
use crate::report::{Report, Text};
use crate::rules::figures::judge::{clause, place};
use crate::rules::{Docs, Findings, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB608",
    name: "parts-do-not-add-up",
    title: "分项相加与总数不符",
    severity: Severity::Error,
    fixed: false,
    authority: Authority::Arithmetic,
    basis: &[law::FORMAT_2021_ACCURACY],
    editions: Edition::ALL,
    docs: Docs {
        what: "“共 X 条，其中甲 a 条、乙 b 条……”的各分项之和是否超过总数；列举看上去完整的（三项以上、没有“等”），之和是否少于总数。括号内的列举单独计算。单位不同、有约数、可能属于别的总数的，不作判断。",
        why: "分项超过总数，必有一个数是错的；列举完整而相加不足，读者不知道少的是什么。",
        example: "[overview]\ntext = \"全年公开信息100条，其中政策类60条、动态类50条。\"",
        corrected: "[overview]\ntext = \"全年公开信息110条，其中政策类60条、动态类50条。\"",
    },
    check,
};

/// How many parts are shown beside the whole.
const SHOWN: usize = 12;

fn check(report: &Report, findings: &mut Findings<'_>) {
    let prose = findings.prose(report);
    for (passage, text) in prose.each(report) {
        for list in &passage.lists {
            judge(report, findings, passage, text, list);
        }
    }
}

fn judge(
    report: &Report,
    findings: &mut Findings<'_>,
    passage: &Passage,
    text: &Text,
    list: &List,
) {
    let mentions = &passage.mentions;
    let whole = &mentions[list.whole];
    let all_bound = whole.bound && list.parts.iter().all(|part| mentions[*part].bound);
    let sum = list.sum(mentions);
    let exact = whole.exactness == Exactness::Exact && list.is_exact(mentions);
    if all_bound || list.parts.is_empty() || !exact || sum == whole.value || list.ambiguous {
        return;
    }
    let over = sum > whole.value;
    if !over && !list.claims_all(mentions, sum) && !names_every_row(report, mentions, list) {
        return;
    }
    let parts: Vec<String> =
        list.parts.iter().map(|part| mentions[*part].value.to_string()).collect();
    let added = match parts.as_slice() {
        [only] => format!("其中一项是 {only}"),
        _ => format!("分项 {}＝{sum}", parts.join("＋")),
    };
    let severity = if over { Severity::Error } else { Severity::Warning };
    let difference = if over { "超过" } else { "少于" };
    let said = clause(text, &whole.phrase);
    let finding = findings.report_as(
        severity,
        place(passage, text, &whole.digits),
        format!("{added}，{difference}总数“{said}”，相差 {}", (sum - whole.value).abs()),
        format!("分项相加是 {sum}"),
    );
    for part in list.parts.iter().take(SHOWN) {
        let part = &mentions[*part];
        let at = text.typed_range(part.digits.clone());
        finding.related.push(Label::new(Place::Text(passage.path.clone(), at), String::new()));
    }
    finding.help.push(if over {
        "逐项核对；有的数不属于这个总数的，另起一句写".to_owned()
    } else {
        "逐项核对；没有列全的，补上“其他”或者写“等”".to_owned()
    });
}

/// Whether a list of outcomes names every outcome that the table has.
fn names_every_row(report: &Report, mentions: &[Mention], list: &List) -> bool {
    let outcomes = list.parts.iter().all(|part| {
        mentions[*part].counted.as_ref().is_some_and(|counted| counted.kind == Kind::Outcome)
    });
    if !outcomes || list.open_end || list.mixed || list.parts.len() < 2 {
        return false;
    }
    let table = &report.form().requests;
    let named = crate::rules::figures::outcome_unmentioned::rows_of(
        report,
        list.parts.iter().map(|part| &mentions[*part]),
    );
    let mut rows = table.result_rows();
    !report.requests.is_empty()
        && rows.all(|row| {
            let count = report.requests.count(table, row, RequestColumn::Total);
            count.is_none_or(|count| count == 0) || named.contains(&row)
        })
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, check_text};

    #[test]
    fn s002_04_the_parts_miss_twenty() {
        check(
            &RULE,
            r#"
[overview]
text = "全县公布信息1355条，其中转载动态701条，自行发布618条，概况16条。"
#                   ^ 分项 701＋618＋16＝1335，少于总数
"#,
        );
    }

    #[test]
    fn s002_05_the_parts_in_brackets_exceed_the_whole() {
        check(
            &RULE,
            r#"
[overview]
text = "自行发布618条（包含法规8条、权力180条、资金144条、采购55条、重点47条、会议14条，其他251条）。"
#               ^ 分项 8＋180＋144＋55＋47＋14＋251＝699，超过总数
"#,
        );
    }

    #[test]
    fn parts_that_exceed_the_whole() {
        for wrong in [
            "发布信息100条，其中政策类60条、动态类50条。",
            "发布信息100条（其中政策类101条）。",
            "发布信息一千条，其中：政策类900条，动态类200条。",
            "公开信息50条。其中，政策类30条，动态类21条。",
            "发布信息2139条，其中动态类1744条，政务类393条，解读类21条，回应类2条。",
            "收到政府信息公开申请15件，其中自然人10件、法律服务机构6件。",
            "全年行政复议和诉讼54件，其中行政复议34件、行政诉讼21件。",
            "信息{{ report.year }}条，其中甲类2000条、乙类24条。",
        ] {
            check_text(&RULE, wrong, "", 1);
        }
    }

    #[test]
    fn parts_that_fall_short_of_a_complete_list() {
        for wrong in [
            "发布信息100条，分别为政策类60条、动态类30条。",
            "发布信息100条，其中政策类60条、动态类30条、其他9条。",
        ] {
            check_text(&RULE, wrong, "", 1);
        }
    }

    #[test]
    fn lists_that_are_right_or_do_not_claim_to_be_complete() {
        for fine in [
            "网站全年发布信息2211条，其中通知公告50条、市政府文件83条（含解读8条）等。",
            "各类信息1355条，其中包括转载动态701条，行政权力类180条、资金类144条等。",
            "发布信息3415条，其中各乡镇公开1424条。",
            "12345热线受理诉求68848件，较上年增长31%，其中68710件已经办结，占99.8%；通过信箱收到诉求470件，其中465件已经办结，占99%。",
            "发布信息1000条，其中解读50条，举办发布会20场，微信推送2920条。",
            "收到128件，其中自然人107件、法人21件，网上申请100件、信函28件。",
            "收到政府信息公开申请128件，其中自然人107件，办结120件，结转下年度8件。",
            "办结128件，其中予以公开58件，部分公开2件，不予处理31件，包括信访举报投诉类申请30件、重复申请1件；无法提供37件。",
            "行政复议33件、行政诉讼21件，其中复议后起诉3件。",
            "错敏词500余条，其中甲类300条、乙类210条。",
            "公开规章13件（含新制定5件，修改4件，废止4件）。",
            "发布信息100条，同比增长20条，其中政策类60条。",
            "发布信息90条、解读120条，其中图文解读100条。",
            "发布信息100条，其中主要是政策类60条、动态类30条、公告类5条。",
            "办结1191件（含上年结转189件）。",
        ] {
            check_text(&RULE, fine, "", 0);
        }
    }
}
