//! NB604: the applicants that the text names have the numbers of table 2.

use crate::diag::Severity;
use crate::edition::Edition;
use crate::law::{self, Authority};
use crate::prose::{Counted, QuantityKind};
use crate::report::Report;
use crate::rules::figures::judge::judge_figures;
use crate::rules::figures::same_reading::judge_same_reading;
use crate::rules::figures::wholly::judge_wholly;
use crate::rules::{Docs, Findings, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB604",
    name: "text-applicants-wrong",
    title: "文字中申请人的构成与表不符",
    severity: Severity::Error,
    fixed: false,
    authority: Authority::Arithmetic,
    basis: &[law::FORMAT_2021_ACCURACY, law::FORMAT_2021_TABLE_2],
    editions: Edition::ALL,
    docs: Docs {
        what: "文字写自然人、商业企业、科研机构、社会公益组织、法律服务机构或者法人和其他组织多少件，是否等于本年新收（或者新收加上年结转）的相应一列；“全部由自然人提出”也与该列比较。同一句里几种申请人的口径是否相同：别的都是新收的数，有一种是连上年结转一起的，也提出。",
        why: "申请人构成是表头的第一层分类；文字与表格不同，读者无从判断是归类有误还是件数有误。",
        example: "[overview]\ntext = \"收到政府信息公开申请128件，其中自然人109件。\"\n[requests]\nreceived = [107, 0, 0, 0, 12, 9]\ncarried_in = 0",
        corrected: "[overview]\ntext = \"收到政府信息公开申请128件，其中自然人107件。\"\n[requests]\nreceived = [107, 0, 0, 0, 12, 9]\ncarried_in = 0",
    },
    check,
};

fn check(report: &Report, findings: &mut Findings<'_>) {
    let of_applicants = |counted: &Counted| counted.is_intake() && !counted.applicant.is_empty();
    judge_figures(report, findings, of_applicants);
    judge_same_reading(report, findings);
    // Of an outcome, the rule for outcomes says so.
    judge_wholly(report, findings, |counted| {
        counted.kind != QuantityKind::Outcome && !counted.applicant.is_empty()
    });
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::check_text;

    const TABLE: &str = "[requests]\nreceived = [107, 0, 0, 0, 12, 9]\ncarried_in = 0\n[requests.outcome]\ngranted = [47, 0, 0, 0, 4, 7]\ntotal = [107, 0, 0, 0, 12, 9]";

    #[test]
    fn another_number_than_the_table() {
        for (wrong, n) in [
            ("收到政府信息公开申请128件，其中自然人109件。", 1),
            ("收到政府信息公开申请128件，比上年多3件，全部由自然人提出。", 1),
            ("收到政府信息公开申请128件，均为自然人申请。", 1),
            ("办结政府信息公开申请128件，申请人均为自然人。", 1),
            ("收到政府信息公开申请128件，其中自然人提交107件，法律服务机构13件，其他8件。", 2),
            ("收到政府信息公开申请128件，自然人、法律服务机构分别为107件、21件。", 1),
            ("收到政府信息公开申请128件，其中自然人107件，法人和其他组织20件。", 1),
            ("自然人提出政府信息公开申请106件。", 1),
        ] {
            check_text(&RULE, wrong, TABLE, n);
        }
    }

    #[test]
    fn applicants_of_one_row_are_told_by_one_reckoning() {
        const CARRIED: &str =
            "[requests]\nreceived = [107, 30, 0, 0, 12, 9]\ncarried_in = [3, 1, 0, 0, 1, 0]";
        let told = |persons, firms, lawyers, others| {
            format!(
                "从申请人看，收到的政府信息公开申请中自然人{persons}件、商业企业{firms}件、法律服务机构{lawyers}件、其他{others}件。"
            )
        };
        check_text(&RULE, &told(107, 30, 13, 9), CARRIED, 1);
        check_text(&RULE, &told(107, 30, 12, 9), CARRIED, 0);
        check_text(&RULE, &told(110, 31, 13, 9), CARRIED, 0);
        check_text(&RULE, &told(110, 31, 12, 9), CARRIED, 1);
        check_text(&RULE, "自然人107件、商业企业31件提出政府信息公开申请。", CARRIED, 0);
    }

    #[test]
    fn the_numbers_of_the_table() {
        for right in [
            "收到政府信息公开申请128宗，其中自然人提交107宗，法律服务机构12宗，其他9宗。",
            "收到政府信息公开申请128件（自然人107件，法人或其他组织21件）。",
            "收到政府信息公开申请128件，申请人为自然人的107件。",
            "其中自然人、法律服务机构的政府信息公开申请分别为107件和12件。",
        ] {
            check_text(&RULE, right, TABLE, 0);
        }
    }

    #[test]
    fn figures_of_something_else_are_left_alone() {
        for other in [
            "培训自然人股东30人次，走访商业企业20家。",
            "收到政府信息公开申请128件。为自然人颁发证照3000件。",
            "12345热线受理自然人诉求500件。",
        ] {
            check_text(&RULE, other, TABLE, 0);
        }
    }
}
