//! NB007: section six says what was collected for handling information, also when nothing was.

use crate::diag::{Place, Severity};
use crate::edition::Edition;
use crate::law::{self, Authority};
use crate::report::{FieldPath, Report};
use crate::rules::machinery::text::section_pieces;
use crate::rules::machinery::word_lists::WordLists;
use crate::rules::{Docs, Findings, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB007",
    name: "handling-fee-unreported",
    title: "第六部分没有报告信息处理费",
    severity: Severity::Warning,
    fixed: false,
    authority: Authority::Notice,
    basis: &[law::FORMAT_2021_SECTION_6, law::FEE_2020],
    editions: Edition::Y2021.and_later(),
    docs: Docs {
        what: "第六部分印出的文字是否写明收取信息处理费的情况。不写 [other] 文字、只填 handling_fee 的，由程序写出这句话。",
        why: "格式文件在第六部分写明“收取信息处理费情况在此处报告”。没有收取的，一般也写明没有收取，读者才知道不是漏报。",
        example: "[other]\ntext = \"无\"",
        corrected: "[other]\nhandling_fee = { notices = 0, amount = 0 }\ntext = \"本年度没有发出收费通知，收取信息处理费0元。没有其他需要报告的事项。\"",
    },
    check,
};

fn check(report: &Report, findings: &mut Findings<'_>) {
    let pieces = section_pieces(&report.other.narrative, "other");
    if report.other.narrative.is_empty() {
        return; // The program writes the sentence, or the section is missing: NB001.
    }
    if pieces.iter().any(|piece| WordLists::get().fee_words.are_in(piece.printed())) {
        return;
    }
    let place = if report.other.narrative.text.is_some() {
        Place::Value(FieldPath::new("other.text"))
    } else {
        Place::Key(FieldPath::new("other"))
    };
    let finding = findings.report(place, "第六部分没有写收取信息处理费的情况", "没有写信息处理费");
    finding.help.push(if report.other.handling_fee.is_some() {
        "写了 text，handling_fee 的数字就不会自动印出；请在文字中写明，例如“收取信息处理费{{ other.handling_fee.amount }}元”"
            .to_owned()
    } else {
        "写明发出收费通知的件数和收取的金额；没有收取的，写明收取0元".to_owned()
    });
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::check;

    #[test]
    fn s004_17_nothing_but_none() {
        check(&RULE, "[other]\ntext = \"无\"\n#      ^ 没有写信息处理费\n");
    }

    #[test]
    fn a_figure_that_is_not_printed() {
        check(
            &RULE,
            "[other]\nhandling_fee = { notices = 0, amount = 0 }\ntext = \"无其他事项。\"\n#      ^ 不会自动印出\n",
        );
    }

    #[test]
    fn said_in_words_or_by_the_program() {
        check(&RULE, "[other]\ntext = \"全年未收取政府信息公开信息处理费。\"\n");
        check(&RULE, "[other]\nhandling_fee = { notices = 0, amount = 0 }\n");
        check(&RULE, "");
    }
}
