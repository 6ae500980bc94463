//! NB405: since 2024 a refusal is brought before the court only after reconsideration.

use crate::diag::{Label, Place, Severity};
use crate::edition::{
    ChallengeColumn, Edition, Proceeding, RequestColumn, RequestGroup, RequestRow,
};
use crate::law::{self, Authority};
use crate::report::{Challenges, Count, Report, Requests};
use crate::rules::{Docs, Findings, Rule};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "NB405",
    name: "direct-suit-after-refusal",
    title: "未经复议直接起诉的件数多于可以直接起诉的答复",
    severity: Severity::Hint,
    fixed: false,
    authority: Authority::Law,
    basis: &[
        law::RECONSIDERATION_FIRST,
        law::RECONSIDERATION_RULES_31,
        law::DISCLOSURE_SUITS,
        law::FORMAT_2021_TABLE_3,
    ],
    editions: Edition::Y2021.and_later(),
    docs: Docs {
        what: "2024 年度起，“未经复议直接起诉”总计（给出上一年度数据文件的，减去上年尚未审结的）是否多于可以直接起诉的申请：部分公开、无法提供、不予处理、其他处理和结转下年度的件数之和（给出上一年度数据文件的，加上上年的）。没有上一年度数据文件的，不到 3 件的不提示。这一行或其中一格有附注的，视为已经说明。",
        why: "2024年1月1日起，申请政府信息公开而行政机关不予公开的，应当先申请行政复议（《行政复议法》第二十三条第一款第四项），未经复议直接起诉的，法院裁定不予立案或者驳回起诉（法释〔2025〕8号第十条，2025年6月1日起）；2026年7月1日起，依《条例》第十四条、第十五条、第十六条全部或者部分不予公开的都是这样（《行政复议法实施条例》第三十一条）。直接起诉的比其他答复还多，常常是把复议后起诉的填到了这里。",
        example: "[report]\nyear = 2025\n[requests.outcome.refused]\ninternal_affairs = [9, 0, 0, 0, 0, 0]\n[challenges]\nlitigation_direct = [4, 0, 0, 0]",
        corrected: "[report]\nyear = 2025\n[requests.outcome.refused]\ninternal_affairs = [9, 0, 0, 0, 0, 0]\n[challenges]\nreconsideration = [4, 0, 0, 0]\nlitigation_direct = 0\nlitigation_after = [4, 0, 0, 0]",
    },
    check,
};

/// The first report year whose refusals had to go to reconsideration first.
pub(super) const FIRST_YEAR: u16 = 2024;
/// Below this many, the answers of the year before may well account for them.
const FEW: Count = 3;

fn check(report: &Report, findings: &mut Findings<'_>) {
    if report.header.year.is_none_or(|year| year < FIRST_YEAR) {
        return;
    }
    let direct =
        |report: &Report, column| report.challenges.count(Proceeding::LitigationDirect, column);
    let row = Challenges::row_path(Proceeding::LitigationDirect);
    let is_explained = report.notes.iter().any(|note| note.at.is_within(&row));
    let Some(suits) = direct(report, ChallengeColumn::Total) else { return };
    let last = findings.last_year(report);
    if suits == 0 || is_explained || (last.is_none() && suits < FEW) {
        return;
    }
    let (Some(open), Some(refused)) = (open_to_suit(report), refused(report)) else {
        findings.unassessed("申请情况表没有填全");
        return;
    };
    let (before, pending) = match last {
        None => (0, 0),
        Some(last) => {
            let pending = direct(last, ChallengeColumn::Pending);
            let (Some(open), Some(pending)) = (open_to_suit(last), pending) else {
                findings.unassessed("上年的申请、诉讼情况没有填全");
                return;
            };
            (open, pending)
        }
    };
    let open = open.saturating_add(before);
    if refused == 0 || suits.saturating_sub(pending) <= open {
        return;
    }
    let years = if last.is_some() { "两年" } else { "本年" };
    let label = |proceeding| report.form().challenges.proceeding_label(proceeding);
    let (direct, after) = (label(Proceeding::LitigationDirect), label(Proceeding::LitigationAfter));
    let finding = findings.report(
        Place::Value(Challenges::path(Proceeding::LitigationDirect, ChallengeColumn::Total)),
        format!("{direct} {suits} 件，而{years}可以直接起诉的答复只有 {open} 件"),
        "不予公开的应当先复议",
    );
    finding.related.push(Label::new(
        Place::Value(Requests::path(RequestRow::OutcomeTotal, RequestColumn::Total)),
        format!("其中不予公开 {refused} 件"),
    ));
    finding.help.push(format!("核对是否有经过行政复议的案件填到了这里，应为“{after}”；上年的答复、上年立案的，或者案件与申请的答复无关的，用附注说明，不用改"));
}

/// The number of applications answered so, or not yet, that a suit lies without reconsideration.
fn open_to_suit(report: &Report) -> Option<Count> {
    let table = &report.form().requests;
    let groups = [RequestGroup::Unavailable, RequestGroup::NotProcessed, RequestGroup::Other];
    let rows = groups.iter().flat_map(|group| table.group_rows(*group));
    sum(report, rows.chain([RequestRow::PartlyGranted, RequestRow::CarriedOut]))
}

fn refused(report: &Report) -> Option<Count> {
    sum(report, report.form().requests.group_rows(RequestGroup::Refused))
}

fn sum(report: &Report, rows: impl Iterator<Item = RequestRow>) -> Option<Count> {
    let table = &report.form().requests;
    rows.map(|row| report.requests.count(table, row, RequestColumn::Total))
        .try_fold(0, |sum: Count, count| sum.checked_add(count?))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{check, check_years};

    /// Table 2 in which all applications were refused but some that could not be met.
    fn requests(refused: u32, unavailable: u32) -> String {
        format!(
            "[requests]\ncarried_out = 0\n[requests.outcome]\npartly_granted = 0\n\
             [requests.outcome.refused]\nstate_secret = 0\nforbidden_by_law = 0\n\
             endangers_security_or_stability = 0\nthird_party_rights = 0\n\
             internal_affairs = [{refused}, 0, 0, 0, 0, 0]\nprocess_information = 0\n\
             enforcement_file = 0\nadministrative_query = 0\n\
             [requests.outcome.unavailable]\nnot_held = [{unavailable}, 0, 0, 0, 0, 0]\n\
             needs_compiling = 0\nstill_unclear = 0\n\
             [requests.outcome.not_processed]\npetition_or_complaint = 0\nrepeated = 0\n\
             published_material = 0\nexcessive = 0\nconfirmation = 0\n\
             [requests.outcome.other]\nnot_supplemented = 0\nfee_unpaid = 0\nother = 0\n"
        )
    }

    #[test]
    fn more_direct_suits_than_answers_that_allow_them() {
        let table = requests(9, 1);
        let found = "#                                ^ 未经复议直接起诉 4 件，而本年可以直接起诉的答复只有 1 件\n";
        for (year, found) in [(2023, ""), (2024, found), (2025, found)] {
            check(
                &RULE,
                &format!(
                    "report.year = {year}\n{table}[challenges]\nlitigation_direct = [4, 0, 0, 0, 4]\n{found}"
                ),
            );
        }
        check(
            &RULE,
            &format!(
                "report.year = 2025\n{table}[challenges]\nlitigation_direct = [4, 0, 0, 0, 4]\n\
                 [[notes]]\nat = \"challenges.litigation_direct\"\ntext = \"上年的答复\"\n"
            ),
        );
    }

    #[test]
    fn suits_that_may_be_direct() {
        let direct = "[challenges]\nlitigation_direct = [4, 0, 0, 0, 4]\n";
        check(&RULE, &format!("report.year = 2025\n{}{direct}", requests(9, 4)));
        check(&RULE, &format!("report.year = 2025\n{}{direct}", requests(0, 0)));
        let few = "[challenges]\nlitigation_direct = [2, 0, 0, 0, 2]\n";
        check(&RULE, &format!("report.year = 2025\n{}{few}", requests(9, 0)));
    }

    #[test]
    fn suits_and_answers_of_last_year_are_taken_off() {
        let head = "format = \"2021\"\nreport.year = ";
        let last = |open, pending| {
            format!(
                "{head}2024\n{}[challenges]\nlitigation_direct = [0, 0, 0, {pending}]\n",
                requests(3, open)
            )
        };
        let this = |found: &str| {
            format!(
                "{head}2025\n{}[challenges]\nlitigation_direct = [2, 0, 0, 0, 2]\n{found}",
                requests(9, 0)
            )
        };
        check_years(&RULE, &last(2, 0), &this(""));
        check_years(&RULE, &last(0, 2), &this(""));
        check_years(
            &RULE,
            &last(1, 0),
            &this("#                                ^ 两年可以直接起诉的答复只有 1 件\n"),
        );
    }
}
