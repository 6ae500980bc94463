//! NB211: the form of 2019 gives no unit for what was spent on central procurement.

use crate::diag::{Place, Severity};
use crate::edition::{DisclosureColumn, DisclosureRow, Edition};
use crate::law::{self, Authority};
use crate::report::{Disclosure, Report};
use crate::rules::machinery::last_year::note;
use crate::rules::{Docs, Findings, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB211",
    name: "purchase-unit-unstated",
    title: "采购总金额没有写明单位",
    severity: Severity::Hint,
    fixed: false,
    authority: Authority::Practice,
    basis: &[law::FORMAT_2019_TABLE_1, law::PRACTICE],
    editions: &[Edition::Y2019],
    docs: Docs {
        what: "2019 格式的“采购总金额”大于 0 时，这一格、这一行或表下的附注是否写明单位（元、万元、亿元）。",
        why: "表中“采购总金额”没有单位，各地有的填元、有的填万元；只印一个数，读者会看错一万倍。",
        example: "format = \"2019\"\n[disclosure]\ncentral_procurement = { purchases = 137, purchase_amount = 8642.75 }",
        corrected: "format = \"2019\"\n[disclosure]\ncentral_procurement = { purchases = 137, purchase_amount = 8642.75 }\n[[notes]]\nat = \"disclosure.central_procurement.purchase_amount\"\ntext = \"单位：万元\"",
    },
    check,
};

fn check(report: &Report, findings: &mut Findings<'_>) {
    let (row, column) = (DisclosureRow::CentralProcurement, DisclosureColumn::PurchaseAmount);
    let amount = report.disclosure.entry(row, column);
    let is_nothing = amount.value().is_none_or(|amount| amount.value.is_zero());
    let at = Disclosure::path(row, column);
    let places = [Disclosure::row_path(row), at.clone()];
    let is_stated = report.notes.iter().any(|note| {
        let is_of_table = note.at.as_str() == "disclosure" && note.text.contains("采购");
        (places.contains(&note.at) || is_of_table) && note.text.contains('元')
    });
    if is_nothing || is_stated {
        return;
    }
    let table = &report.form().disclosure;
    let label = table.column_label(row, column);
    let help = format!("在 {}，例如 text = \"单位：万元\"", note(&at));
    let finding = findings.report(
        Place::Value(at),
        format!("“{label}”没有写明单位，国家格式没有规定单位"),
        "是元还是万元",
    );
    finding.help.push(help);
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::check;

    const HEAD: &str = "format = \"2019\"\n[disclosure]\n";

    #[test]
    fn an_amount_without_a_unit() {
        check(
            &RULE,
            &format!(
                "{HEAD}central_procurement = {{ purchases = 137, purchase_amount = 8642.75 }}\n#                                                          ^ 没有写明单位\n"
            ),
        );
    }

    #[test]
    fn a_note_states_it_or_nothing_was_spent() {
        let amount = "central_procurement = { purchases = 137, purchase_amount = 8642.75 }\n";
        for (at, text) in [
            ("disclosure.central_procurement.purchase_amount", "单位：万元"),
            ("disclosure.central_procurement", "金额以元计"),
            ("disclosure", "政府集中采购的采购总金额单位为万元"),
        ] {
            let note = format!("[[notes]]\nat = \"{at}\"\ntext = \"{text}\"\n");
            check(&RULE, &format!("{HEAD}{amount}{note}"));
        }
        let none = "central_procurement = { purchases = 0, purchase_amount = 0 }\n";
        check(&RULE, &format!("{HEAD}{none}"));
    }
}
