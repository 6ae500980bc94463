//! NB614: outcomes are called what the form calls them.

use crate::diag::Severity;
use crate::edition::Edition;
use crate::law::{self, Authority};
use crate::prose::{Lexicon, Term};
use crate::report::Report;
use crate::rules::figures::judge::{clause, place};
use crate::rules::{Docs, Findings, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB614",
    name: "informal-outcome-name",
    title: "办理结果用了表中没有的名称",
    severity: Severity::Hint,
    fixed: false,
    authority: Authority::Practice,
    basis: &[law::REGULATION_36, law::FORMAT_2021_TABLE_2, law::PRACTICE],
    editions: Edition::ALL,
    docs: Docs {
        what: "文字用“信息不存在”一类表中没有的说法写某种办理结果的件数。",
        why: "《条例》第三十六条第四项所说的“该政府信息不存在”，在表中填“1.本机关不掌握相关政府信息”一行；名称与表不同，读者对不上是哪一行，也可能归错了类。",
        example: "[overview]\ntext = \"办结政府信息公开申请7件，因信息不存在5件。\"",
        corrected: "[overview]\ntext = \"办结政府信息公开申请7件，本机关不掌握相关政府信息5件。\"",
    },
    check,
};

fn check(report: &Report, findings: &mut Findings<'_>) {
    let lexicon = Lexicon::get();
    let prose = findings.prose(report);
    for (passage, text) in prose.each(report) {
        for mention in &passage.mentions {
            let Some(counted) = &mention.counted else { continue };
            let informal = counted.terms.iter().find_map(|term| match term {
                Term::Quantity(quantity) => lexicon.quantities[*quantity].informal_row(),
                Term::Subject { .. } | Term::Requests => None,
            });
            let Some(row) = informal else { continue };
            let formal = report.form().requests.plain_row_label(row);
            findings
                .report(
                    place(passage, text, &mention.phrase),
                    format!("“{}”不是表中的名称", clause(text, &mention.phrase)),
                    format!("表中是“{formal}”"),
                )
                .help
                .push(format!("改为“{formal}”，并核对归类"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, check_text};

    #[test]
    fn s001_03_information_that_does_not_exist() {
        check(
            &RULE,
            r#"
[overview]
text = "收到公开申请9件。部分公开2件，因信息不存在的有5件。"
#                                     ^ 表中是“本机关不掌握相关政府信息”
[requests.outcome.unavailable]
not_held = [5, 0, 0, 0, 0, 0]
"#,
        );
    }

    #[test]
    fn the_name_of_the_form_or_no_figure() {
        check_text(&RULE, "收到政府信息公开申请9件，本机关不掌握相关政府信息5件。", "", 0);
        check_text(&RULE, "收到政府信息公开申请9件。对信息不存在的，说明检索情况。", "", 0);
    }
}
