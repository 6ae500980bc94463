//! NB903: documents that several units made together may have been counted twice.

use crate::diag::{Place, Severity};
use crate::edition::{Cell, DisclosureRow, Edition};
use crate::law::{self, Authority};
use crate::report::{Disclosure, Report};
use crate::rules::{Docs, Findings, Rule};
use crate::units::{Figure, Total};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB903",
    name: "joint-documents-unstated",
    title: "相加的文件件数没有说明联合发文",
    severity: Severity::Hint,
    fixed: false,
    authority: Authority::Practice,
    basis: &[law::PRACTICE, law::FORMAT_2021_TABLE_1],
    editions: Edition::ALL,
    docs: Docs {
        what: "写了 [report] units（下级单位名单）的报告，规章、行政规范性文件由两个以上单位相加，而名单里没有写 joint（联合发文）。件数比相加少、但不少于其中最多的一个单位的，也作提示，因为扣除联合发文后可以是这个数。",
        why: "几个单位联合制发的文件，各单位都计了一件，相加就重复了。写明哪些是联合发文，合计就能自动只算一次，并且可以核对。",
        example: "# units.toml：没有写 joint",
        corrected: "# units.toml\njoint = []        # 没有联合发文；有的，每个文件写一项 [[joint]]",
    },
    check,
};

fn check(report: &Report, findings: &mut Findings<'_>) {
    let Some(children) = findings.children().filter(|children| children.list.joint.is_none())
    else {
        return;
    };
    for row in [DisclosureRow::Regulations, DisclosureRow::NormativeDocuments] {
        let totals: Vec<&Total> = children
            .totals
            .iter()
            .filter(|t| matches!(t.figure, Figure::Cell(Cell::Disclosure(own, _)) if own == row))
            .collect();
        let fewer: Vec<String> = totals
            .iter()
            .filter_map(|total| {
                let stated = total.figure.of(report)?;
                let sum = total.sum.filter(|_| children.may_be_joint(total, stated))?;
                let column = total.figure.column_name(report.form());
                Some(format!("“{column}”写的是 {stated}，相加是 {sum}"))
            })
            .collect();
        let label = report.form().disclosure.row_label(row);
        let message = if !fewer.is_empty() {
            format!("“{label}”比下级单位相加少：{}；名单没有说明联合发文", fewer.join("，"))
        } else if totals.iter().any(|total| total.parts.len() > 1) {
            format!("“{label}”由几个单位相加，联合制发的文件可能重复计算")
        } else {
            continue;
        };
        let place = Place::Value(Disclosure::row_path(row));
        findings.report(place, message, "").help.push(
            "在单位名单里为每个联合制发的文件写一项 [[joint]]；没有联合发文的写 joint = []"
                .to_owned(),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::check_units;

    const UNIT: &str = "[disclosure]\nnormative_documents = { issued = 2, in_force = 9 }\n";

    #[test]
    fn documents_of_several_units_may_be_the_same() {
        check_units(
            &RULE,
            "",
            &[UNIT, UNIT],
            r"
[disclosure]
normative_documents = { issued = 4, in_force = 18 }
#                     ^ 联合制发的文件可能重复计算
",
        );
        check_units(
            &RULE,
            "",
            &[UNIT, UNIT],
            r"
[disclosure]
normative_documents = { issued = 3, in_force = 18 }
#                     ^ “本年制发件数”写的是 3，相加是 4；名单没有说明联合发文
",
        );
    }

    #[test]
    fn one_unit_alone_counts_nothing_twice_and_who_says_so_is_believed() {
        let lines = "[disclosure]\nnormative_documents = { issued = 2, in_force = 9 }\n";
        check_units(&RULE, "", &[UNIT, "[disclosure]\nlicences = 1\n"], lines);
        check_units(&RULE, "joint = []\n", &[UNIT, UNIT], lines);
    }
}
