//! NB613: a text that lists outcomes does not leave one out.

use std::collections::BTreeSet;

use crate::diag::{Label, Place, Severity};
use crate::edition::{Edition, RequestColumn, RequestRow};
use crate::law::{self, Authority};
use crate::prose::{self, Counted, List, Mention, QuantityKind};
use crate::report::{FieldPath, Report, Requests};
use crate::rules::figures::judge::place;
use crate::rules::{Docs, Findings, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB613",
    name: "outcome-unmentioned",
    title: "文字列出办理结果时漏了一种",
    severity: Severity::Hint,
    fixed: false,
    authority: Authority::Practice,
    basis: &[law::FORMAT_2021_TABLE_2, law::PRACTICE],
    editions: Edition::ALL,
    docs: Docs {
        what: "文字列出了两种以上办理结果的件数，而表中某一种大于 0，文字（包括它所属的大类）没有提到，也没有用“等”。",
        why: "列了别的、独独漏了一种，读者会以为没有这一种。这是推论，不是规定。",
        example: "[overview]\ntext = \"办结政府信息公开申请9件，予以公开5件，部分公开2件。\"\n[requests.outcome]\ngranted = [5, 0, 0, 0, 0, 0]\npartly_granted = [2, 0, 0, 0, 0, 0]\n[requests.outcome.other]\nother = [2, 0, 0, 0, 0, 0]",
        corrected: "[overview]\ntext = \"办结政府信息公开申请9件，予以公开5件，部分公开2件，其他处理2件。\"\n[requests.outcome]\ngranted = [5, 0, 0, 0, 0, 0]\npartly_granted = [2, 0, 0, 0, 0, 0]\n[requests.outcome.other]\nother = [2, 0, 0, 0, 0, 0]",
    },
    check,
};

fn check(report: &Report, findings: &mut Findings<'_>) {
    let prose = findings.prose(report);
    let outcomes: Vec<_> = prose
        .each(report)
        .flat_map(|(passage, text)| {
            let mine = passage.mentions.iter().filter(|mention| {
                mention.of_this_year
                    && mention.counted.as_ref().is_some_and(|c| c.kind == QuantityKind::Outcome)
            });
            mine.map(move |mention| (passage, text, mention))
        })
        .collect();
    let open = outcomes.iter().any(|(_, _, mention)| mention.open_end);
    let named = rows_of(report, outcomes.iter().map(|(_, _, mention)| *mention));
    let table = &report.form().requests;
    if outcomes.len() < 2 || named.len() < 2 || open {
        return;
    }
    let slips = findings.slips(report);
    let missing: Vec<(RequestRow, u64)> = table
        .result_rows()
        .filter_map(|row| Some((row, report.requests.count(table, row, RequestColumn::Total)?)))
        .filter(|(row, count)| *count > 0 && !named.contains(row))
        // 无法提拱 has been said; with the slip mended, the outcome is there.
        .filter(|(row, _)| !slips.hide(&table.row_name(*row)))
        .collect();
    let (Some((passage, text, last)), false) = (outcomes.last(), missing.is_empty()) else {
        return;
    };
    let names: Vec<String> = missing
        .iter()
        .map(|(row, count)| format!("“{}”{count} 件", report.form().requests.row_name(*row)))
        .collect();
    let finding = findings.report(
        place(passage, text, &last.phrase),
        format!("文字列出了办理结果，没有提到表中的{}", names.join("、")),
        "列举到此为止",
    );
    for (row, count) in missing {
        let place = Place::Value(Requests::path(row, RequestColumn::Total));
        finding.related.push(Label::new(place, count.to_string()));
    }
    finding.help.push("补上这些结果；只列主要结果的，写“其中”或者“等”".to_owned());
}

/// The rows of table 2 that some figures count, each alone or with its group.
pub(in crate::rules) fn rows_of<'a>(
    report: &Report,
    mentions: impl Iterator<Item = &'a Mention>,
) -> BTreeSet<RequestRow> {
    let mut named: Vec<Counted> = Vec::new();
    for counted in mentions.filter_map(|mention| mention.counted.as_ref()) {
        if counted.kind == QuantityKind::Outcome && !named.contains(counted) {
            named.push(counted.clone());
        }
    }
    let keys: BTreeSet<FieldPath> = named
        .iter()
        .flat_map(|counted| prose::readings(report, counted))
        .flatten()
        .flat_map(|reading| reading.figures)
        .map(|(path, _)| path.parent())
        .collect();
    let rows = report.form().requests.result_rows();
    rows.filter(|row| keys.contains(&Requests::row_path(*row))).collect()
}

/// True if a list of outcomes names every outcome that the table has.
pub(in crate::rules) fn names_every_row(
    report: &Report,
    mentions: &[Mention],
    list: &List,
) -> bool {
    let outcomes = list.parts.iter().all(|part| {
        mentions[*part]
            .counted
            .as_ref()
            .is_some_and(|counted| counted.kind == QuantityKind::Outcome)
    });
    if !outcomes || list.open_end || list.mixed || list.parts.len() < 2 {
        return false;
    }
    let table = &report.form().requests;
    let named = rows_of(report, list.parts.iter().map(|part| &mentions[*part]));
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

    const TABLE: &str = "[requests]\nreceived = [9, 0, 0, 0, 0, 0]\n[requests.outcome]\ngranted = [5, 0, 0, 0, 0, 0]\npartly_granted = [2, 0, 0, 0, 0, 0]\n[requests.outcome.not_processed]\nrepeated = [1, 0, 0, 0, 0, 0]\n[requests.outcome.other]\nnot_supplemented = 0\nfee_unpaid = 0\nother = [1, 0, 0, 0, 0, 0]";

    #[test]
    fn two_outcomes_left_out() {
        check(
            &RULE,
            r#"
[overview]
text = "办结信息公开申请9件，予以公开5件，部分公开2件。"
#                                         ^ 没有提到表中的“（六）其他处理 3.其他”2 件
[requests.outcome]
granted = [5, 0, 0, 0, 0, 0]
partly_granted = [2, 0, 0, 0, 0, 0]
[requests.outcome.other]
other = [2, 0, 0, 0, 0, 0]
"#,
        );
    }

    #[test]
    fn an_outcome_that_is_misspelt_is_no_outcome_left_out() {
        let misspelt =
            "办结政府信息公开申请9件，予公开5件，部分公开2件，不予处理1件，其他处理1件。";
        check_text(&RULE, misspelt, TABLE, 0);
    }

    #[test]
    fn all_are_named_or_hardly_any() {
        for fine in [
            "办结政府信息公开申请9件，予以公开5件，部分公开2件，不予处理1件，其他处理1件。",
            "办结政府信息公开申请9件，予以公开5件。",
            "办结政府信息公开申请9件，予以公开5件、部分公开2件等。",
            "办结政府信息公开申请9件。",
        ] {
            check_text(&RULE, fine, TABLE, 0);
        }
    }
}
