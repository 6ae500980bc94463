//! NB307: many applications end under 其他 and nothing says why.

use crate::diag::{Label, Place, Severity};
use crate::edition::{Edition, RequestColumn, RequestRow};
use crate::law::{self, Authority};
use crate::report::{Report, Requests};
use crate::rules::machinery::word_lists::WordLists;
use crate::rules::{Docs, Findings, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB307",
    name: "other-outcome-large",
    title: "“其他处理”中的“其他”偏多而没有说明",
    severity: Severity::Hint,
    fixed: false,
    authority: Authority::Practice,
    basis: &[law::FORMAT_2021_TABLE_2, law::PRACTICE],
    editions: Edition::Y2021.and_later(),
    docs: Docs {
        what: "“（六）其他处理”的“3.其他”超过“（七）总计”的三成，而“总体情况”中没有说明是什么情形（如申请人撤回）。不到 3 件的不提示。",
        why: "“其他”多，读者看不出申请是怎样办理的；各地的通常做法是在文字中写明，例如申请人主动撤回多少件。这是通常做法，不是规定。",
        example: "[requests.outcome]\ntotal = [15, 0, 0, 0, 0, 0]\n[requests.outcome.other]\nother = [5, 0, 0, 0, 0, 0]",
        corrected: "[overview]\ntext = \"其他处理5件，均为申请人主动撤回。\"\n[requests.outcome]\ntotal = [15, 0, 0, 0, 0, 0]\n[requests.outcome.other]\nother = [5, 0, 0, 0, 0, 0]",
    },
    check,
};

/// Below this many, a share says nothing.
const FEW: u64 = 3;

fn check(report: &Report, findings: &mut Findings<'_>) {
    let table = &report.form().requests;
    let count = |row| report.requests.count(table, row, RequestColumn::Total);
    let (Some(other), Some(total)) =
        (count(RequestRow::OtherOutcome), count(RequestRow::OutcomeTotal))
    else {
        return;
    };
    let reasons = &WordLists::get().reasons_for_other;
    let explained = report.texts().iter().any(|(_, text)| reasons.are_in(text.printed()));
    if other < FEW || other.saturating_mul(10) <= total.saturating_mul(3) || explained {
        return;
    }
    let place = |row| Place::Value(Requests::path(row, RequestColumn::Total));
    let finding = findings.report(
        place(RequestRow::OtherOutcome),
        format!(
            "“其他处理”中的“其他”{other} 件，超过总计 {total} 件的三成，文字没有说明是什么情形"
        ),
        "偏多",
    );
    finding.related.push(Label::new(place(RequestRow::OutcomeTotal), total.to_string()));
    finding.help.push("在“总体情况”中写明情形和件数，例如申请人主动撤回多少件".to_owned());
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::check;

    /// A third of the outcomes, and no reason.
    #[test]
    fn s000_23_five_of_fifteen_without_a_word() {
        check(
            &RULE,
            r"
[requests.outcome]
total = [15, 0, 0, 0, 0, 0, 15]
[requests.outcome.other]
other = [5, 0, 0, 0, 0, 0, 5]
#                          ^ “其他”5 件，超过总计 15 件的三成
",
        );
    }

    #[test]
    fn a_reason_or_a_small_share() {
        check(
            &RULE,
            "[overview]\ntext = \"其他处理5件，均为申请人主动撤回。\"\n[requests.outcome]\ntotal = [15, 0, 0, 0, 0, 0]\n[requests.outcome.other]\nother = [5, 0, 0, 0, 0, 0]\n",
        );
        check(
            &RULE,
            "[requests.outcome]\ntotal = [100, 0, 0, 0, 0, 0]\n[requests.outcome.other]\nother = [30, 0, 0, 0, 0, 0]\n",
        );
        check(
            &RULE,
            "[requests.outcome]\ntotal = [1, 0, 0, 0, 0, 0]\n[requests.outcome.other]\nother = [1, 0, 0, 0, 0, 0]\n",
        );
    }
}
