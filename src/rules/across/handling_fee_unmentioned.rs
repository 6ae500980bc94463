//! NB505: a body that takes fees says in section six what it took for handling information.

use crate::diag::{Label, Place, Severity};
use crate::edition::{DisclosureRow, Edition};
use crate::law::{self, Authority};
use crate::report::{FieldPath, Money, Report};
use crate::rules::machinery::word_lists::WordLists;
use crate::rules::{Docs, Findings, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB505",
    name: "handling-fee-unmentioned",
    title: "有行政事业性收费而第六部分只写“无”",
    severity: Severity::Hint,
    fixed: false,
    authority: Authority::Notice,
    basis: &[law::FORMAT_2021_SECTION_6],
    editions: Edition::Y2021.and_later(),
    docs: Docs {
        what: "表中行政事业性收费大于 0，而第六部分没有填信息处理费、文字又只写“无”。",
        why: "格式文件在第六部分写明“收取信息处理费情况在此处报告”。信息处理费只是行政事业性收费的一种：表中有收费，不等于收取了信息处理费；只写“无”，读者分不清说的是哪一项。",
        example: "[disclosure]\nfees = 3297\n[other]\ntext = \"无\"",
        corrected: "[disclosure]\nfees = 3297\n[other]\nhandling_fee = { notices = 0, amount = 0 }\ntext = \"本年度未收取信息处理费。没有其他需要报告的事项。\"",
    },
    check,
};

fn check(report: &Report, findings: &mut Findings<'_>) {
    let Some(fees) = report.disclosure.fees().filter(|fees| *fees > Money::ZERO) else {
        return;
    };
    if !says_nothing(report) {
        return;
    }
    let place = match &report.other.narrative.text {
        Some(text) => Place::Text(FieldPath::new("other.text"), text.typed_range(words(text))),
        None => Place::Key(FieldPath::new("other")),
    };
    let label = report.form().disclosure.row_label(DisclosureRow::Fees);
    let finding = findings.report(
        place,
        format!("表中{label} {fees} 万元，第六部分没有说是否收取信息处理费"),
        "收取信息处理费的情况在此处报告",
    );
    finding
        .related
        .push(Label::new(Place::Value(FieldPath::new("disclosure.fees")), format!("{fees} 万元")));
    finding.help.push(
        "填写 [other] handling_fee = { notices = 0, amount = 0 }，并在文字中写明本年度是否收取信息处理费".to_owned(),
    );
}

/// True if section six is only 无, and no handling fee was filled in.
pub(in crate::rules) fn says_nothing(report: &Report) -> bool {
    let other = &report.other;
    let Some(text) = &other.narrative.text else { return false };
    let words = text.printed().trim().trim_end_matches(['。', '.', '；']);
    other.handling_fee.is_none()
        && other.narrative.parts.is_empty()
        && WordLists::get().nothing_to_report.has(words)
}

/// The bytes of a printed text without the blanks at its ends.
fn words(text: &crate::report::Text) -> std::ops::Range<usize> {
    let printed = text.printed();
    let start = printed.len() - printed.trim_start().len();
    start..start + printed.trim().len()
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::check;

    #[test]
    fn s004_17_fees_in_the_table_and_nothing_in_section_six() {
        check(
            &RULE,
            "[disclosure]\nfees = 3297\n[other]\ntext = \"无。\"\n#       ^ 表中行政事业性收费 3297 万元\n",
        );
    }

    #[test]
    fn the_fee_is_reported_or_there_are_none() {
        check(
            &RULE,
            "[disclosure]\nfees = 3297\n[other]\nhandling_fee = { notices = 0, amount = 0 }\ntext = \"无\"\n",
        );
        check(&RULE, "[disclosure]\nfees = 3297\n[other]\ntext = \"未收取信息处理费。\"\n");
        check(&RULE, "[disclosure]\nfees = 0\n[other]\ntext = \"无\"\n");
    }
}
