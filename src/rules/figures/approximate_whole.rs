//! NB616: a whole whose parts are exact is exact itself.

use crate::diag::{Label, Place, Severity};
use crate::edition::Edition;
use crate::law::{self, Authority};
use crate::prose::Exactness;
use crate::report::Report;
use crate::rules::figures::judge::{clause, place};
use crate::rules::{Docs, Findings, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB616",
    name: "approximate-whole",
    title: "分项准确而总数是约数",
    severity: Severity::Hint,
    fixed: false,
    authority: Authority::Arithmetic,
    basis: &[law::FORMAT_2021_ACCURACY],
    editions: Edition::ALL,
    docs: Docs {
        what: "总数写“余”“约”“近”，而列出的分项都是准确的数，相加恰好等于总数。",
        why: "分项清清楚楚，总数就是准确的，“余”字多余，反而让人怀疑分项没有列全。",
        example: "[overview]\ntext = \"发布信息15余条，其中政策类7条、动态类8条。\"",
        corrected: "[overview]\ntext = \"发布信息15条，其中政策类7条、动态类8条。\"",
    },
    check,
};

/// The number of parts that are shown beside the whole.
const SHOWN: usize = 12;

fn check(report: &Report, findings: &mut Findings<'_>) {
    let prose = findings.prose(report);
    for (passage, text) in prose.each(report) {
        for list in &passage.lists {
            let whole = &passage.mentions[list.whole];
            let sum = list.sum;
            let exact = list.parts.len() > 1 && list.is_exact(&passage.mentions);
            if whole.exactness == Exactness::Exact || !exact || sum != whole.value || list.open_end
            {
                continue;
            }
            let finding = findings.report(
                place(passage, text, &whole.range),
                format!("“{}”是约数，分项相加恰好是 {sum}", clause(text, &whole.phrase)),
                "总数是准确的",
            );
            for part in list.parts.iter().take(SHOWN) {
                let at = text.typed_range(passage.mentions[*part].digits.clone());
                finding
                    .related
                    .push(Label::new(Place::Text(passage.path.clone(), at), String::new()));
            }
            finding.help.push("去掉“余”“约”“近”；没有列全的，写“等”".to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, check_text};

    #[test]
    fn fifteen_odd_of_seven_and_eight() {
        check(
            &RULE,
            "[overview]\ntext = \"发布信息15余条，其中政策类7条、动态类8条。\"\n#               ^ 分项相加恰好是 15\n",
        );
    }

    #[test]
    fn an_estimate_that_stays_one() {
        check_text(&RULE, "发布信息500余条，其中政策类300条、动态类210条。", "", 0);
        check_text(&RULE, "发布信息15余条，其中政策类7条、动态类8条等。", "", 0);
        check_text(&RULE, "发布信息15条，其中政策类7条、动态类8条。", "", 0);
    }
}
