//! NB506: decisions that were corrected deserve a word.

use crate::diag::{Label, Place, Severity};
use crate::edition::{Axis, ChallengeColumn, Edition, Proceeding};
use crate::law::{self, Authority};
use crate::report::{Challenges, Report};
use crate::rules::machinery::word_lists::WordLists;
use crate::rules::{Docs, Findings, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB506",
    name: "corrections-unmentioned",
    title: "有被纠正的复议、诉讼而文字没有提到",
    severity: Severity::Hint,
    fixed: false,
    authority: Authority::Practice,
    basis: &[law::REGULATION_50_4, law::FORMAT_2021_TABLE_3, law::PRACTICE],
    editions: Edition::ALL,
    docs: Docs {
        what: "行政复议、行政诉讼的“结果纠正”大于 0 时，第一、第五部分是否提到被纠正、纠错、败诉、撤销或者确认违法。",
        why: "结果被纠正说明答复有错误，是最直接的“存在的主要问题”；表中有数而文字一字不提，问题和改进就没有着落。这是推论，不是规定。",
        example: "[problems]\ntext = \"公开内容不够全面。\"\n[challenges]\nreconsideration = [12, 8, 1, 12]",
        corrected: "[problems]\ntext = \"行政复议中结果纠正的有8件，答复说理不够充分。\"\n[challenges]\nreconsideration = [12, 8, 1, 12]",
    },
    check,
};

fn check(report: &Report, findings: &mut Findings<'_>) {
    let corrected: Vec<(Proceeding, u64)> = Proceeding::ALL
        .iter()
        .filter_map(|p| Some((*p, report.challenges.count(*p, ChallengeColumn::Corrected)?)))
        .filter(|(_, count)| *count > 0)
        .collect();
    let Some((first, _)) = corrected.first() else { return };
    let texts: Vec<_> = report
        .texts()
        .into_iter()
        .filter(|(path, _)| {
            path.as_str().starts_with("overview") || path.as_str().starts_with("problems")
        })
        .collect();
    let speaks = |text: &str| WordLists::get().corrected.are_in(text);
    if texts.is_empty() || texts.iter().any(|(_, text)| speaks(text.printed())) {
        return;
    }
    let total: u64 = corrected.iter().fold(0, |sum, (_, count)| sum.saturating_add(*count));
    let place = |p| Place::Value(Challenges::path(p, ChallengeColumn::Corrected));
    let finding = findings.report(
        place(*first),
        format!("复议、诉讼中结果纠正的共 {total} 件，第一、第五部分都没有提到"),
        "文字没有提到",
    );
    for (proceeding, count) in &corrected[1..] {
        finding.related.push(Label::new(place(*proceeding), count.to_string()));
    }
    finding.help.push("在第五部分写明被纠正的原因和改进办法".to_owned());
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::check;

    #[test]
    fn s000_21_twelve_corrections_without_a_word() {
        check(
            &RULE,
            r#"
[problems]
text = "公开内容不够全面，重点不够突出。"
[challenges]
reconsideration   = [12, 8, 1, 12]
#                        ^ 结果纠正的共 12 件
litigation_direct = [11, 3, 4, 0]
litigation_after  = [2,  1, 0, 0]
"#,
        );
    }

    #[test]
    fn a_word_on_corrections_or_none_of_them() {
        check(
            &RULE,
            "[problems]\ntext = \"有的答复在行政复议中被纠正。\"\n[challenges]\nreconsideration = [12, 8, 1, 12]\n",
        );
        check(
            &RULE,
            "[problems]\ntext = \"公开内容不够全面。\"\n[challenges]\nreconsideration = 0\n",
        );
    }
}
