//! NB615: applications are counted in 件.

use crate::diag::{Label, Place, Severity};
use crate::edition::Edition;
use crate::law::{self, Authority};
use crate::prose::{Mention, Passage, QuantityKind};
use crate::report::{Report, Text};
use crate::rules::figures::judge::{clause, place};
use crate::rules::machinery::word_lists::WordLists;
use crate::rules::{Docs, Findings, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB615",
    name: "wrong-counter",
    title: "申请的量词不是“件”",
    severity: Severity::Hint,
    fixed: false,
    authority: Authority::Practice,
    basis: &[law::PRACTICE],
    editions: Edition::ALL,
    docs: Docs {
        what: "文字中申请、复议、诉讼的件数用了宗、条、份、次等量词；同一篇只提示一处，并说明共有几处。",
        why: "申请通常按件计，信息处理费也按件计收（国办函〔2020〕109号第四条）；“条”容易与信息的条数混淆。这是行文习惯，不是规定。",
        example: "[overview]\ntext = \"全年受理依申请公开15条。\"",
        corrected: "[overview]\ntext = \"全年受理依申请公开15件。\"",
    },
    check,
};

/// The number of the other places that are shown.
const SHOWN: usize = 8;

fn check(report: &Report, findings: &mut Findings<'_>) {
    let prose = findings.prose(report);
    let mut found: Vec<(&Passage, &Text, &Mention)> = Vec::new();
    for (passage, text) in prose.each(report) {
        let mine = passage.mentions.iter().filter(|mention| {
            let of_requests = mention.counted.as_ref().is_some_and(|counted| {
                !matches!(
                    counted.kind,
                    QuantityKind::Document | QuantityKind::Fee | QuantityKind::Rest
                )
            });
            let before = text.printed()[..mention.digits.start].trim_end();
            let before = before.trim_end_matches(['为', '共', '是', '达', '：']);
            of_requests
                && WordLists::get().counts_information.end_of(before).is_none()
                && mention.unit.counter().is_some_and(|counter| counter.is_loose())
        });
        found.extend(mine.map(|mention| (passage, text, mention)));
    }
    let Some((passage, text, mention)) = found.first() else { return };
    let Some(counter) = mention.unit.counter() else { return };
    let times =
        if found.len() > 1 { format!("，全文共 {} 处", found.len()) } else { String::new() };
    let finding = findings.report(
        place(passage, text, &(mention.digits.start..mention.range.end)),
        format!("“{}”的量词是“{}”{times}", clause(text, &mention.phrase), counter.word),
        "应为“件”",
    );
    for (passage, text, mention) in found.iter().skip(1).take(SHOWN) {
        let at = text.typed_range(mention.digits.start..mention.range.end);
        finding.related.push(Label::new(Place::Text(passage.path.clone(), at), String::new()));
    }
    finding.help.push("统一改为“件”".to_owned());
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, check_text};

    #[test]
    fn s000_16_applications_counted_like_news() {
        check(
            &RULE,
            "[overview]\ntext = \"全年共受理依申请公开15条。\"\n#                           ^ 应为“件”\n",
        );
    }

    #[test]
    fn s004_20_many_of_them_are_one_finding() {
        check_text(
            &RULE,
            "收到政府信息公开申请128宗，其中自然人107宗。予以公开47宗，部分公开2宗。",
            "",
            1,
        );
    }

    #[test]
    fn the_usual_counter_and_other_things() {
        check_text(&RULE, "收到政府信息公开申请128件。公开信息200条，培训5次。", "", 0);
        check_text(&RULE, "公开206条，其中依申请公开信息数为0条。", "", 0);
    }
}
