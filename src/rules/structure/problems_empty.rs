//! NB005: section five says something.

use crate::diag::{Place, Severity};
use crate::edition::{Edition, Section};
use crate::law::{self, Authority};
use crate::report::{FieldPath, Narrative, Report};
use crate::rules::{Docs, Findings, Rule};

/// Fewer characters than this say nothing.
const LEAST: usize = 10;
/// Fewer characters than this can hardly name a problem and its remedy.
const FEW: usize = 100;

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB005",
    name: "problems-empty",
    title: "第五部分没有实际内容",
    severity: Severity::Error,
    fixed: false,
    authority: Authority::Law,
    basis: &[law::REGULATION_50_4, law::FORMAT_2021_SECTIONS],
    editions: Edition::ALL,
    docs: Docs {
        what: "“存在的主要问题及改进情况”是否写了实际内容。空白、只写“无”或不足 10 个字的为错误，不足 100 个字的给出提示。",
        why: "《条例》第五十条第一款第四项要求报告“政府信息公开工作存在的主要问题及改进情况”；写“无”等于没有报告。",
        example: "[problems]\ntext = \"无\"",
        corrected: "[problems]\ntext = '''\n存在的主要问题：一是部分栏目更新不够及时，公开目录与机构职能调整衔接不紧；二是答复文书的说理不够充分，个别答复引用条款不够准确。\n改进情况：一是已按季度核对公开目录，逐栏明确责任科室；二是已修订答复文书样式，重要答复由法制机构审核。\n'''",
    },
    check,
};

fn check(report: &Report, findings: &mut Findings<'_>) {
    let narrative = &report.problems;
    let path = FieldPath::new("problems");
    if *narrative == Narrative::default() || report.is_unclear_in(&path) {
        return; // A section that is not there at all is NB001's business.
    }
    let texts =
        narrative.text.iter().chain(narrative.parts.iter().filter_map(|part| part.text.as_ref()));
    let n = texts.flat_map(|text| text.printed().chars()).filter(|c| !c.is_whitespace()).count();
    let title = report.form().section_title(Section::Problems);
    let place = Place::Key(path);
    let help = "写明本年度存在的具体问题，以及逐项的改进情况";
    if n < LEAST {
        let message = format!("“{title}”只有{n}个字，没有实际内容");
        findings.report(place, message, "").help.push(help.to_owned());
    } else if n < FEW {
        let message = format!("“{title}”只有{n}个字，难以说清问题和改进情况");
        findings.report_as(Severity::Hint, place, message, "").help.push(help.to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::check;

    #[test]
    fn nothing_said() {
        check(&RULE, "[problems]\n#^ 只有1个字\ntext = \"无\"\n");
    }

    #[test]
    fn little_said() {
        check(&RULE, &format!("[problems]\n#^ 只有40个字\ntext = \"{}\"\n", "问题改进".repeat(10)));
    }

    #[test]
    fn enough_said() {
        check(&RULE, &format!("[problems]\ntext = \"{}\"\n", "问题改进".repeat(25)));
    }

    #[test]
    fn a_section_that_is_not_there_is_not_this_rules_business() {
        check(&RULE, "");
    }
}
