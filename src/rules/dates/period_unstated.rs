//! NB102: the report says which period its figures are of.

use crate::diag::{Place, Severity};
use crate::edition::Edition;
use crate::law::{self, Authority};
use crate::report::{FieldPath, Report};
use crate::rules::dates::period_not_full_year::speaks_of_period;
use crate::rules::machinery::text::sentences;
use crate::rules::machinery::word_lists::WordLists;
use crate::rules::machinery::written_dates::{WrittenDate, dates, periods};
use crate::rules::{Docs, Findings, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB102",
    name: "period-unstated",
    title: "没有写明数据的统计期限",
    severity: Severity::Warning,
    fixed: false,
    authority: Authority::Practice,
    basis: &[law::PRACTICE],
    editions: Edition::ALL,
    docs: Docs {
        what: "自拟引言的，报告中是否写明数据的统计期限。不写 [opening] 的，标准引言写明全年。",
        why: "各表没有印出起止日期，不写统计期限，读者无从知道数字是否为全年。",
        example: "[opening]\ntext = \"根据《中华人民共和国政府信息公开条例》，编制本报告。\"",
        corrected: "[opening]\ntext = \"根据《中华人民共和国政府信息公开条例》，编制本报告。本报告所列数据的统计期限为2023年1月1日至2023年12月31日。\"",
    },
    check,
};

fn check(report: &Report, findings: &mut Findings<'_>) {
    if report.opening.is_none() {
        return; // The standard opening states it.
    }
    let stated = report.texts().iter().any(|(path, text)| {
        let text = text.printed();
        let in_opening = path.as_str().starts_with("opening");
        sentences(text).any(|sentence| {
            let words = &text[sentence];
            let is_whole_year = |(from, to): &(WrittenDate, WrittenDate)| {
                (from.month, from.day, to.month) == (1, Some(1), 12)
            };
            // A whole year in the opening can be no other period.
            if in_opening && periods(words).iter().any(is_whole_year) {
                return true;
            }
            speaks_of_period(path.as_str(), words)
                && (!periods(words).is_empty()
                    || !dates(words).is_empty()
                    || WordLists::get().period_named.are_in(words))
        })
    });
    if stated {
        return;
    }
    let year = report.header.year.map_or("YYYY".to_owned(), |year| year.to_string());
    findings
        .report(Place::Value(FieldPath::new("opening.text")), "没有写明数据的统计期限", "引言未写统计期限")
        .help
        .push(format!(
            "加一句“本报告所列数据的统计期限为{year}年1月1日至{year}年12月31日”；或者删去 [opening]，由程序按标准表述写出"
        ));
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::check;

    #[test]
    fn s000_09_no_period_anywhere() {
        check(
            &RULE,
            "[opening]\ntext = \"根据有关要求，现将2023年度报告予以公开。\"\n#      ^ 没有写明\n[overview]\ntext = \"2023年发布信息9条。\"\n",
        );
    }

    #[test]
    fn s002_11_no_period_either() {
        check(
            &RULE,
            "[opening]\ntext = \"现公布2023年政府信息公开工作年度报告。\"\n#      ^ 没有写明\n",
        );
    }

    #[test]
    fn stated_in_any_section_or_by_the_program() {
        check(
            &RULE,
            "[opening]\ntext = \"编制本报告。\"\n[other]\ntext = \"本报告数据统计期限自2023年1月1日起至12月31日止。\"\n",
        );
        check(&RULE, "[overview]\ntext = \"发布信息9条。\"\n");
        for said in [
            "数据采集期为2023年1月1日到12月31日。",
            "编制本报告，期限从2023年1月1日到2023年12月31日，分六部分。",
            "起止时间为2023年1月1日至12月31日。",
        ] {
            check(&RULE, &format!("[opening]\ntext = \"{said}\"\n"));
        }
    }
}
