//! NB001: the six sections are all there.

use crate::diag::{Place, Severity};
use crate::edition::{Axis, Edition, Section};
use crate::law::{self, Authority};
use crate::report::{FieldPath, Narrative, Report};
use crate::rules::{Docs, Findings, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB001",
    name: "section-missing",
    title: "六个部分缺少一个",
    severity: Severity::Error,
    fixed: true,
    authority: Authority::Notice,
    basis: &[law::REGULATION_50, law::FORMAT_2021_CONTENTS, law::FORMAT_2021_SECTIONS],
    editions: Edition::ALL,
    docs: Docs {
        what: "年度报告的六个部分是否都有内容。部分的标题和顺序由程序按国家格式写出，这里看数据文件中对应的表是否填写；只有小标题的，等于没有填写。",
        why: "《条例》第五十条列出年度报告应当包括的五项内容，格式文件在这五项之前加上总体情况，共六个部分，并要求内容“不能遗漏”。没有发生的事项也写明“无”或填写 0，读者才知道不是漏报。",
        example: "# 数据文件中没有 [challenges]\n[requests]\nreceived = 0",
        corrected: "[requests]\nreceived = 0\n\n[challenges]\nreconsideration   = 0\nlitigation_direct = 0\nlitigation_after  = 0",
    },
    check,
};

fn check(report: &Report, findings: &mut Findings<'_>) {
    for section in report.form().sections {
        let missing = match section.section {
            Section::Overview => report.overview.says_nothing(),
            Section::Disclosure => report.disclosure.is_empty(),
            Section::Requests => report.requests.is_empty(),
            Section::Challenges => report.challenges.is_empty(),
            // A section that is written but says nothing is NB005's business.
            Section::Problems => report.problems == Narrative::default(),
            Section::Other => {
                report.other.handling_fee.is_none() && report.other.narrative.says_nothing()
            }
        };
        let key = section.section.key();
        let path = FieldPath::new(key);
        if missing && !report.is_unclear_in(&path) {
            let place = Place::Key(path);
            let finding = findings.report(
                place,
                format!("“{}”部分没有内容", section.title),
                "这一部分没有填写",
            );
            finding.help.push(format!("在数据文件中填写 [{key}]；确实没有的，也要写“无”或填 0"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::check;

    const WHOLE: &str = "[overview]\ntext = \"总体\"\n[disclosure]\nlicences = 0\n[requests]\nreceived = 0\n\
                         [challenges]\nreconsideration = 0\n[problems]\ntext = \"问题\"\n[other]\ntext = \"无\"\n";

    #[test]
    fn a_whole_report_is_silent() {
        check(&RULE, WHOLE);
    }

    #[test]
    fn headings_alone_are_no_contents() {
        let text = WHOLE.replace(
            "text = \"总体\"\n",
            "[[overview.parts]]\nheading = \"主动公开情况\"\ntext = \"\"\n",
        );
        check(&RULE, &text.replace("[overview]\n", "[overview]\n#^ “一、总体情况”部分没有内容\n"));
        let sentence = WHOLE.replace(
            "[other]\ntext = \"无\"\n",
            "[[other.parts]]\nheading = \"本年度没有收取信息处理费。\"\n",
        );
        check(&RULE, &sentence);
    }

    #[test]
    fn a_section_left_out_is_named() {
        let text = WHOLE.replace("[challenges]\nreconsideration = 0\n", "");
        check(&RULE, &format!("#< 四、政府信息公开行政复议、行政诉讼情况\n{text}"));
    }
}
