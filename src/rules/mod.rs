//! The checks of the national form: one rule, one file.

mod approximate_whole;
mod aspect_missing;
mod carry_over_differs;
mod carry_over_large;
mod cells;
mod challenges_exceed_requests;
mod challenges_not_filled;
mod challenges_total_wrong;
mod coercion_missing;
mod contact_missing;
mod corrections_unmentioned;
mod dates;
mod disclosure_count_invalid;
mod disclosure_not_filled;
mod document_name_differs;
mod doubled_words;
mod editor_residue;
mod equations;
mod fee_amount_invalid;
mod fee_notice_denied;
mod fee_unit_suspect;
mod figure_jump;
mod growth_wrong;
mod handling_fee_exceeds_fees;
mod handling_fee_not_tariff;
mod handling_fee_unmentioned;
mod handling_fee_unreported;
mod improvements_missing;
mod in_force_too_few;
mod incomparable_year;
mod informal_outcome_name;
mod joint_documents_unstated;
mod known_typo;
mod legal_basis_outdated;
mod litigation_after_too_many;
mod malformed_punctuation;
mod mixed_list_marks;
mod mixed_self_reference;
mod nested_marks;
mod numbering_broken;
mod other_outcome_large;
mod other_year;
mod outcome_total_wrong;
mod outcome_unmentioned;
mod outcomes_do_not_add_up;
mod overview_long;
mod overview_without_figures;
mod paragraph_cut;
mod part_not_written;
mod parts_do_not_add_up;
mod parts_miscounted;
mod pending_lost;
mod period_not_full_year;
mod period_unstated;
mod personal_contact;
mod previous_report_wrong;
mod problems_empty;
mod prose;
mod published_late;
mod rare_outcome;
mod regulations_not_allowed;
mod relative_time;
mod repair;
mod requests_not_filled;
mod requests_unbalanced;
mod row_total_wrong;
mod section_missing;
mod section_title_repeated;
mod sentence_repeated;
mod settings;
mod share_wrong;
mod stock_unbalanced;
mod sums;
mod supervision_results_missing;
#[cfg(test)]
mod testing;
mod text;
mod text_applicants_wrong;
mod text_challenges_wrong;
mod text_contradicts_itself;
mod text_contradicts_requests;
mod text_documents_wrong;
mod text_flow_wrong;
mod text_outcome_wrong;
mod text_received_wrong;
mod text_repeated;
mod title_incomplete;
mod top_level_subheading;
mod uneven_spacing;
mod unit_report_lacking;
mod units_sum_differs;
mod waivers;
mod wrong_counter;
mod years;

use std::cell::OnceCell;

pub use waivers::{
    EXPIRED_WAIVER, FIXED_SEVERITY, PROBLEMS, UNKNOWN_RULE, UNUSED_WAIVER, nearest_codes,
};

pub use crate::diag::Docs;
use crate::diag::{Diagnostic, Label, Place, Severity};
use crate::edition::Edition;
use crate::law::Provision;
use crate::report::{Report, RuleLevel};
use crate::units::Summary;
use prose::Prose;

/// All rules in the order of their codes. Adding a rule means adding its file and one line here.
pub static RULES: &[&Rule] = &[
    &section_missing::RULE,
    &section_title_repeated::RULE,
    &aspect_missing::RULE,
    &supervision_results_missing::RULE,
    &problems_empty::RULE,
    &improvements_missing::RULE,
    &handling_fee_unreported::RULE,
    &numbering_broken::RULE,
    &top_level_subheading::RULE,
    &parts_miscounted::RULE,
    &title_incomplete::RULE,
    &part_not_written::RULE,
    &period_not_full_year::RULE,
    &period_unstated::RULE,
    &contact_missing::RULE,
    &legal_basis_outdated::RULE,
    &published_late::RULE,
    &other_year::RULE,
    &relative_time::RULE,
    &disclosure_not_filled::RULE,
    &disclosure_count_invalid::RULE,
    &fee_amount_invalid::RULE,
    &regulations_not_allowed::RULE,
    &in_force_too_few::RULE,
    &fee_unit_suspect::RULE,
    &figure_jump::RULE,
    &coercion_missing::RULE,
    &requests_not_filled::RULE,
    &requests_unbalanced::RULE,
    &outcome_total_wrong::RULE,
    &row_total_wrong::RULE,
    &carry_over_large::RULE,
    &other_outcome_large::RULE,
    &rare_outcome::RULE,
    &challenges_not_filled::RULE,
    &challenges_total_wrong::RULE,
    &litigation_after_too_many::RULE,
    &challenges_exceed_requests::RULE,
    &fee_notice_denied::RULE,
    &handling_fee_exceeds_fees::RULE,
    &handling_fee_not_tariff::RULE,
    &handling_fee_unmentioned::RULE,
    &corrections_unmentioned::RULE,
    &text_received_wrong::RULE,
    &text_flow_wrong::RULE,
    &text_outcome_wrong::RULE,
    &text_applicants_wrong::RULE,
    &outcomes_do_not_add_up::RULE,
    &text_challenges_wrong::RULE,
    &text_contradicts_requests::RULE,
    &parts_do_not_add_up::RULE,
    &text_contradicts_itself::RULE,
    &share_wrong::RULE,
    &text_documents_wrong::RULE,
    &overview_without_figures::RULE,
    &outcome_unmentioned::RULE,
    &informal_outcome_name::RULE,
    &wrong_counter::RULE,
    &approximate_whole::RULE,
    &carry_over_differs::RULE,
    &stock_unbalanced::RULE,
    &pending_lost::RULE,
    &text_repeated::RULE,
    &growth_wrong::RULE,
    &incomparable_year::RULE,
    &previous_report_wrong::RULE,
    &editor_residue::RULE,
    &doubled_words::RULE,
    &known_typo::RULE,
    &malformed_punctuation::RULE,
    &nested_marks::RULE,
    &uneven_spacing::RULE,
    &paragraph_cut::RULE,
    &mixed_list_marks::RULE,
    &mixed_self_reference::RULE,
    &sentence_repeated::RULE,
    &document_name_differs::RULE,
    &overview_long::RULE,
    &personal_contact::RULE,
    &units_sum_differs::RULE,
    &unit_report_lacking::RULE,
    &joint_documents_unstated::RULE,
];

/// A check of the national form.
#[derive(Debug)]
pub struct Rule {
    /// The stable code, `NB` with three digits; never reused.
    pub code: &'static str,
    /// The name of what it flags, in kebab-case; reads well after "allow".
    pub name: &'static str,
    /// What it flags, in one Chinese phrase.
    pub title: &'static str,
    /// How grave its findings are, unless one says otherwise.
    pub severity: Severity,
    /// The provisions it rests on; those of the newest form stand for the same in older ones
    /// ([`Form::provision`](crate::edition::Form::provision)).
    pub basis: &'static [Provision],
    /// The editions of the form it applies to.
    pub editions: &'static [Edition],
    /// What is checked and why, with an example and its correction.
    pub docs: Docs,
    check: fn(&Report, &mut Findings<'_>),
}

/// What a report is checked against beside the form of its edition; what is not given is not judged.
#[derive(Debug, Clone, Copy, Default)]
pub struct Given<'a> {
    /// The report of the year before.
    pub previous: Option<&'a Report>,
    /// What the reports of the units under the body add up to, where its report is their sum.
    pub children: Option<&'a Summary>,
}

/// What the rules have to say of a report.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Checked {
    /// The findings that stand, in the order of the rules.
    pub findings: Vec<Diagnostic>,
    /// The findings that a waiver covers, each with the index of its waiver in the report.
    pub waived: Vec<(Diagnostic, usize)>,
    /// What could not be judged, and why.
    pub unassessed: Vec<Unassessed>,
    /// The codes of the rules that the data file turns off.
    pub off: Vec<&'static str>,
}

/// A rule that could not be judged, at least in part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unassessed {
    /// The code of the rule.
    pub code: &'static str,
    /// What it lacked, in one phrase.
    pub reason: String,
}

/// The rules of an edition of the form, in the order of their codes.
pub fn rules_of(edition: Edition) -> impl Iterator<Item = &'static Rule> {
    RULES.iter().copied().filter(move |rule| rule.editions.contains(&edition))
}

/// Checks a report whose figures have been bound against all rules of its edition.
///
/// What the data file says of the rules themselves is respected and judged here too: rules that are
/// turned off are not run, and waivers take their findings out of those that stand.
pub fn check(report: &Report, given: Given<'_>) -> Checked {
    let mut checked = Checked::default();
    let mut found = Vec::new();
    let prose = OnceCell::new();
    for rule in rules_of(report.edition) {
        let severity = match settings::level(report, rule) {
            Some(RuleLevel::Off) => {
                checked.off.push(rule.code);
                continue;
            }
            Some(level) => settings::severity(level),
            None => None,
        };
        let unassessed = &mut checked.unassessed;
        let mut findings = Findings { rule, given, list: Vec::new(), unassessed, prose: &prose };
        (rule.check)(report, &mut findings);
        for mut finding in findings.list {
            finding.severity = severity.unwrap_or(finding.severity);
            for provision in &mut finding.basis {
                *provision = report.form().provision(*provision);
            }
            found.push(finding);
        }
    }
    settings::judge(report, &mut checked.findings);
    waivers::apply(report, found, &mut checked);
    checked
}

/// Where a rule puts what it finds; it knows the rule, so code, severity and basis are never repeated.
struct Findings<'a> {
    rule: &'static Rule,
    given: Given<'a>,
    list: Vec<Diagnostic>,
    unassessed: &'a mut Vec<Unassessed>,
    /// The texts as read, once for all rules.
    prose: &'a OnceCell<Prose>,
}

impl<'a> Findings<'a> {
    /// The code of the rule.
    fn code(&self) -> &'static str {
        self.rule.code
    }

    /// How grave its findings are, unless one says otherwise.
    fn severity(&self) -> Severity {
        self.rule.severity
    }

    /// Whatever was given as the report of the year before, right or wrong.
    fn previous(&self) -> Option<&'a Report> {
        self.given.previous
    }

    /// The report of the year before, if it is given and is that of the year before.
    fn last_year(&self, report: &Report) -> Option<&'a Report> {
        self.given.previous.filter(|last| years::follows(report, last))
    }

    /// What the reports of the units under the body add up to, if its report is their sum.
    fn children(&self) -> Option<&'a Summary> {
        self.given.children
    }

    /// The texts of the report as read.
    fn prose(&self, report: &Report) -> &'a Prose {
        self.prose.get_or_init(|| Prose::of(report))
    }

    /// Adds a finding: what the reader should change, what is wrong, and a word beside the place.
    fn report(
        &mut self,
        place: Place,
        message: impl Into<String>,
        label: impl Into<String>,
    ) -> &mut Diagnostic {
        self.report_as(self.rule.severity, place, message, label)
    }

    /// Adds a finding that is not as grave as the rule's others, or graver.
    fn report_as(
        &mut self,
        severity: Severity,
        place: Place,
        message: impl Into<String>,
        label: impl Into<String>,
    ) -> &mut Diagnostic {
        self.list.push(Diagnostic {
            code: self.rule.code,
            severity,
            message: message.into(),
            primary: Label::new(place, label),
            related: Vec::new(),
            help: Vec::new(),
            basis: self.rule.basis.to_vec(),
        });
        let last = self.list.len() - 1;
        &mut self.list[last]
    }

    /// Says that something could not be judged.
    fn unassessed(&mut self, reason: impl Into<String>) {
        self.unassessed.push(Unassessed { code: self.rule.code, reason: reason.into() });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_stand_in_order_and_once() {
        let codes: Vec<_> = RULES.iter().map(|rule| rule.code).collect();
        let mut sorted = codes.clone();
        sorted.sort_unstable();
        sorted.dedup();
        assert_eq!(codes, sorted);
    }

    #[test]
    fn a_report_of_an_older_form_is_not_judged_by_a_later_notice() {
        let later = [crate::law::FORMAT_2021.number, crate::law::FEE_2020.number];
        for rule in rules_of(Edition::Y2019) {
            for provision in rule.basis {
                let cited = Edition::Y2019.form().provision(*provision);
                assert!(!later.contains(&cited.number), "{}: {cited}", rule.code);
            }
        }
    }

    #[test]
    fn every_rule_explains_itself() {
        for rule in RULES {
            let well_formed = rule.code.len() == 5
                && rule.code.starts_with("NB")
                && rule.code[2..].bytes().all(|b| b.is_ascii_digit());
            assert!(well_formed, "{}", rule.code);
            assert!(!rule.editions.is_empty() && !rule.basis.is_empty(), "{}", rule.code);
            for text in
                [rule.title, rule.docs.what, rule.docs.why, rule.docs.example, rule.docs.corrected]
            {
                assert!(!text.trim().is_empty(), "{}", rule.code);
            }
            assert!(
                rule.name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'),
                "{}",
                rule.name
            );
        }
    }
}
