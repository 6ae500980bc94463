//! NB602: what the text says was handled or carried over is what table 2 says.

use crate::diag::Severity;
use crate::edition::Edition;
use crate::law::{self, Authority};
use crate::prose::QuantityKind;
use crate::report::Report;
use crate::rules::figures::judge::{judge_claims, judge_figures};
use crate::rules::{Docs, Findings, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB602",
    name: "text-flow-wrong",
    title: "文字中办结、结转的件数与表不符",
    severity: Severity::Error,
    fixed: false,
    authority: Authority::Arithmetic,
    basis: &[law::FORMAT_2021_ACCURACY, law::FORMAT_2021_TABLE_2],
    editions: Edition::ALL,
    docs: Docs {
        what: "文字写“上年结转”“结转下年度”“办结”“答复”多少件，或者说没有结转，是否与表中相应各行的总计一致；“收到和办理”“受理并办结”并写一个数的，收到、办结都要等于它。",
        why: "收到、办结、结转是三个不同的数。把收到的写成办结，或者并写成一个数，就与表中的勾稽关系对不上。",
        example: "[overview]\ntext = \"全年收到和办理政府信息公开申请9件。\"\n[requests]\nreceived = [9, 0, 0, 0, 0, 0]\ncarried_in = 0\n[requests.outcome]\ntotal = [7, 0, 0, 0, 0, 0]",
        corrected: "[overview]\ntext = \"全年收到政府信息公开申请9件，办结7件，结转下年度2件。\"\n[requests]\nreceived = [9, 0, 0, 0, 0, 0]\ncarried_in = 0\n[requests.outcome]\ntotal = [7, 0, 0, 0, 0, 0]",
    },
    check,
};

fn check(report: &Report, findings: &mut Findings<'_>) {
    judge_figures(report, findings, |counted| {
        matches!(
            counted.kind,
            QuantityKind::CarriedIn | QuantityKind::CarriedOut | QuantityKind::Handled
        )
    });
    judge_claims(report, findings, |counted| {
        matches!(counted.kind, QuantityKind::CarriedIn | QuantityKind::CarriedOut)
    });
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, check_text, run};
    use crate::source::SourceFile;

    const TABLE: &str = "[requests]\nreceived = [9, 0, 0, 0, 0, 0]\ncarried_in = [3, 0, 0, 0, 0, 0]\ncarried_out = [2, 0, 0, 0, 0, 0]\n[requests.outcome]\ntotal = [10, 0, 0, 0, 0, 0]";

    #[test]
    fn s001_02_received_and_handled_in_one_number() {
        check(
            &RULE,
            r#"
[overview]
text = "本年度收到和办理依申请公开共9件，均由自然人提出。"
#                                   ^ “（七）总计”是 7
[requests]
received = [9, 0, 0, 0, 0, 0]
carried_in = 0
[requests.outcome]
total = [7, 0, 0, 0, 0, 0]
"#,
        );
    }

    #[test]
    fn another_number_than_the_table() {
        for wrong in [
            "收到政府信息公开申请9件，上年结转2件。",
            "收到政府信息公开申请9件，办结9件。",
            "收到政府信息公开申请9件，答复9件。",
            "收到政府信息公开申请9件，已办结9件，结转下年度办理2件。",
            "收到政府信息公开申请9件，尚未办结、结转下年度继续办理3件。",
            "受理政府信息公开申请9件，结转至下一年度办理1件。",
            "收到政府信息公开申请9件，没有上年结转的申请。",
            "收到政府信息公开申请9件，年初无结转。",
            "收到政府信息公开申请9件，年末无结转。",
            "收到政府信息公开申请9件，无结转下年度继续办理的申请。",
            "受理并办结政府信息公开申请9件。",
            "收到政府信息公开申请9件，上年结转的申请为零。",
            "收到政府信息公开申请9件，没有尚未办结的申请。",
            "全年办结政府信息公开申请12件（含上年结转2件）。",
        ] {
            let n = if wrong.contains("含上年") { 2 } else { 1 };
            check_text(&RULE, wrong, TABLE, n);
        }
    }

    #[test]
    fn the_numbers_of_the_table() {
        for right in [
            "收到政府信息公开申请9件，上年结转3件，办结10件，结转下年度继续办理2件。",
            "办结政府信息公开申请10件（含上年结转3件），结转到下年度2件。",
            "收到政府信息公开申请9件，上年度结转政府信息公开申请3件。办结10件，转下一年度办理答复的有2件。",
            "收到政府信息公开申请9件，顺延到下年度答复2件。",
        ] {
            check_text(&RULE, right, TABLE, 0);
        }
    }

    #[test]
    fn figures_of_something_else_are_left_alone() {
        for other in [
            "12345热线受理群众来电诉求68848件，其中68710件已经办结。通过市长信箱收到诉求470件，其中465件已经办结。",
            "12345热线平台运行平稳。全年办结68710件，办结率99.8%。",
            "办理人大代表建议50件、政协提案85件。",
            "收到政府信息公开申请9件，正在办理并结转下年度2件。",
            "收到政府信息公开申请9件，正在办理3件，尚未答复1件。",
            "上年结转资金15万元，结转下年度项目3项。",
            "全年发放宣传册4000份，处理群众留言92条。",
            "办结11件，8件撤销。",
            "没有超期未答复的申请。",
            "办结10件。已办结的10件中有3件在第18个工作日以后才答复。",
            "行政诉讼9件，维持7件，要求重新答复2件。",
        ] {
            check_text(&RULE, other, TABLE, 0);
        }
    }

    #[test]
    fn none_carried_over_at_one_end_of_the_year() {
        let table = TABLE.replace("carried_in = [3, 0, 0, 0, 0, 0]", "carried_in = 0");
        check_text(&RULE, "收到政府信息公开申请9件，年初无结转，年末有2件结转次年。", &table, 0);
        let table = TABLE.replace("carried_out = [2, 0, 0, 0, 0, 0]", "carried_out = 0");
        check_text(&RULE, "收到政府信息公开申请9件，年末无结转。", &table, 0);
    }

    /// The number of findings on a text in the part on applications.
    fn n_on_requests(text: &str) -> usize {
        let part = format!("[[overview.parts]]\naspect = \"requests\"\ntext = \"{text}\"");
        let file = format!("format = \"2021\"\nreport.year = 2023\n{TABLE}\n{part}");
        run(&RULE, &SourceFile::parse("test.toml", file)).len()
    }

    #[test]
    fn what_is_open_at_the_end_of_the_year() {
        for wrong in [
            "收到申请9件，年末尚有3件申请在办理之中。",
            "截至12月31日仍有1件申请正在办理。",
            "岁末还剩4件没有办结，均在期限内。",
        ] {
            assert_eq!(n_on_requests(wrong), 1, "{wrong}");
        }
        for fine in [
            "收到申请9件，年末尚有2件申请在办理之中。",
            "6月底尚有3件申请在办理之中，7月已办结。",
            "年末尚有1件申请在征求第三方意见。",
            "上年末尚有3件申请没有办结，本年均已答复。",
        ] {
            assert_eq!(n_on_requests(fine), 0, "{fine}");
        }
    }

    #[test]
    fn none_or_some_from_the_year_before() {
        for wrong in [
            "新收政府信息公开申请9件，上年无结转。",
            "新收政府信息公开申请9件，2022年没有遗留。",
            "新收政府信息公开申请9件，2022年结转2件。",
        ] {
            check_text(&RULE, wrong, TABLE, 1);
        }
        for fine in [
            "新收政府信息公开申请9件，2022年结转3件。",
            "新收政府信息公开申请9件。网民留言上年无结转。",
            "2022年结转2件提案，均已办复。",
        ] {
            check_text(&RULE, fine, TABLE, 0);
        }
    }

    /// Handled and withdrawn are two things (a known false alarm elsewhere).
    #[test]
    fn handled_with_a_number_behind_it() {
        let table = TABLE.replace("[10, 0, 0, 0, 0, 0]", "[11, 0, 0, 0, 0, 0]");
        check_text(&RULE, "收到政府信息公开申请9件，办结11件，8件撤销。", &table, 0);
    }
}
