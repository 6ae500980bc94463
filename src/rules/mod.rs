//! The checks of the national form: one rule, one file.

mod across;
mod challenges;
mod coverage;
mod dates;
mod disclosure;
mod figures;
mod findings;
mod held;
mod likeness;
mod machinery;
mod requests;
mod scopes;
mod settings;
mod structure;
#[cfg(test)]
mod testing;
mod units;
mod waivers;
mod wording;
mod years;

use std::cell::OnceCell;

pub use coverage::{Coverage, FigureClass, FigureSeen, FigureVerdict};
use findings::Findings;
use held::{Held, Holder};
pub(crate) use likeness::{OwnText, Repeated};
pub(crate) use machinery::equations::equations;
pub use machinery::sums::sole_repair;
pub use scopes::UNUSED_SCOPE;
pub use waivers::{
    EXPIRED_WAIVER, FIXED_SEVERITY, PROBLEMS, UNKNOWN_RULE, UNUSED_WAIVER, nearest_codes,
};
pub use wording::overview_long::{OverviewLength, overview_length};

pub use crate::diag::Docs;
use crate::diag::{Diagnostic, Label, Severity};
use crate::edition::Edition;
use crate::law::{Authority, Provision};
use crate::prose::Prose;
use crate::report::{Report, RuleLevel, Settings};
use crate::rules::machinery::slips::Slips;
pub use crate::units::Summary;

/// All rules in the order of their codes. Adding a rule means adding its file and one line here.
pub static RULES: &[&Rule] = &[
    &structure::section_missing::RULE,
    &structure::section_title_repeated::RULE,
    &structure::aspect_missing::RULE,
    &structure::supervision_results_missing::RULE,
    &structure::problems_empty::RULE,
    &structure::improvements_missing::RULE,
    &structure::handling_fee_unreported::RULE,
    &structure::numbering_broken::RULE,
    &structure::top_level_subheading::RULE,
    &structure::parts_miscounted::RULE,
    &structure::title_incomplete::RULE,
    &structure::part_not_written::RULE,
    &structure::kind_name_differ::RULE,
    &structure::name_not_a_body::RULE,
    &dates::period_not_full_year::RULE,
    &dates::period_unstated::RULE,
    &dates::contact_missing::RULE,
    &dates::legal_basis_outdated::RULE,
    &dates::published_late::RULE,
    &dates::other_year::RULE,
    &dates::relative_time::RULE,
    &dates::date_missing::RULE,
    &dates::date_impossible::RULE,
    &dates::dates_disagree::RULE,
    &dates::contact_differs::RULE,
    &disclosure::disclosure_not_filled::RULE,
    &disclosure::disclosure_count_invalid::RULE,
    &disclosure::fee_amount_invalid::RULE,
    &disclosure::regulations_not_allowed::RULE,
    &disclosure::in_force_too_few::RULE,
    &disclosure::fee_unit_suspect::RULE,
    &disclosure::figure_jump::RULE,
    &disclosure::coercion_missing::RULE,
    &disclosure::purchase_unit_unstated::RULE,
    &requests::requests_not_filled::RULE,
    &requests::requests_unbalanced::RULE,
    &requests::outcome_total_wrong::RULE,
    &requests::row_total_wrong::RULE,
    &requests::carry_over_large::RULE,
    &requests::other_outcome_large::RULE,
    &requests::rare_outcome::RULE,
    &challenges::challenges_not_filled::RULE,
    &challenges::challenges_total_wrong::RULE,
    &challenges::litigation_after_too_many::RULE,
    &challenges::direct_suit_after_refusal::RULE,
    &across::challenges_exceed_requests::RULE,
    &across::fee_notice_denied::RULE,
    &across::handling_fee_exceeds_fees::RULE,
    &across::handling_fee_not_tariff::RULE,
    &across::handling_fee_unmentioned::RULE,
    &across::corrections_unmentioned::RULE,
    &figures::text_received_wrong::RULE,
    &figures::text_flow_wrong::RULE,
    &figures::text_outcome_wrong::RULE,
    &figures::text_applicants_wrong::RULE,
    &figures::outcomes_do_not_add_up::RULE,
    &figures::text_challenges_wrong::RULE,
    &figures::text_contradicts_requests::RULE,
    &figures::parts_do_not_add_up::RULE,
    &figures::text_contradicts_itself::RULE,
    &figures::share_wrong::RULE,
    &figures::text_documents_wrong::RULE,
    &figures::overview_without_figures::RULE,
    &figures::outcome_unmentioned::RULE,
    &figures::informal_outcome_name::RULE,
    &figures::wrong_counter::RULE,
    &figures::approximate_whole::RULE,
    &figures::change_wrong::RULE,
    &figures::unit_missing::RULE,
    &figures::average_wrong::RULE,
    &figures::order_impossible::RULE,
    &years::carry_over_differs::RULE,
    &years::stock_unbalanced::RULE,
    &years::pending_lost::RULE,
    &years::text_repeated::RULE,
    &years::growth_wrong::RULE,
    &years::incomparable_year::RULE,
    &years::previous_report_wrong::RULE,
    &wording::editor_residue::RULE,
    &wording::doubled_words::RULE,
    &wording::known_typo::RULE,
    &wording::malformed_punctuation::RULE,
    &wording::nested_marks::RULE,
    &wording::uneven_spacing::RULE,
    &wording::paragraph_cut::RULE,
    &wording::mixed_list_marks::RULE,
    &wording::mixed_self_reference::RULE,
    &wording::sentence_repeated::RULE,
    &wording::document_name_differs::RULE,
    &wording::overview_long::RULE,
    &wording::personal_contact::RULE,
    &wording::crossed_sentence::RULE,
    &wording::official_name_wrong::RULE,
    &wording::figure_left_out::RULE,
    &wording::house_style::RULE,
    &wording::required_sentence_missing::RULE,
    &wording::another_body_named::RULE,
    &wording::article_wrong::RULE,
    &units::units_sum_differs::RULE,
    &units::unit_report_lacking::RULE,
    &units::joint_documents_unstated::RULE,
];

/// The share of a text that may repeat another one, in percent, where no settings say otherwise.
pub(crate) const REPEATED_LIMIT: u8 = years::text_repeated::LIMIT;

/// The code of the rule that holds what was carried in against what the year before carried out.
pub(crate) const CARRY_OVER: &str = years::carry_over_differs::RULE.code;

/// A check of the national form.
#[derive(Debug)]
pub struct Rule {
    /// The stable code, `NB` with three digits; never reused.
    pub code: &'static str,
    /// The name of what it flags, in kebab-case; reads well after "allow".
    pub name: &'static str,
    /// Its subject, in one Chinese phrase.
    pub title: &'static str,
    /// The severity of its findings, unless one says otherwise.
    pub severity: Severity,
    /// True if its findings make a report wrong, whatever a body thinks of them: missing parts and figures,
    /// sums, the period and the date. They can be waived with a reason, never turned down.
    pub fixed: bool,
    /// Its authority. Only what a law or a notice says may be called 应当.
    pub authority: Authority,
    /// The provisions it rests on, as they are now; those of the newest form stand for the same in older ones,
    /// and a finding cites what held when the report was published ([`Report::cited`]).
    pub basis: &'static [Provision],
    /// The editions of the form it applies to.
    pub editions: &'static [Edition],
    /// The check and its reason, with an example and its correction.
    pub docs: Docs,
    check: fn(&Report, &mut Findings<'_>),
}

impl Rule {
    /// Provisions that its findings on older reports cite in the place of some of its own: on which reports, in
    /// Chinese, and the provision.
    pub fn older_basis(&self) -> Vec<(String, Provision)> {
        let mut older = Vec::new();
        for edition in self.editions {
            let own = self.basis.iter().filter_map(|p| edition.form().provision(*p));
            for provision in own.filter(|provision| !self.basis.contains(provision)) {
                let one = (format!("{} 格式", edition.key()), provision);
                if !older.contains(&one) {
                    older.push(one);
                }
            }
        }
        for provision in self.basis {
            let mut newer = *provision;
            while let (Some((year, month, day)), Some(earlier)) = (newer.since, newer.earlier) {
                older.push((format!("{year}年{month}月{day}日以前公布的报告"), *earlier));
                newer = *earlier;
            }
        }
        older
    }
}

/// The values a report is checked against beside the form of its edition; without them nothing of theirs is judged.
#[derive(Debug, Clone, Copy, Default)]
pub struct Given<'a> {
    /// The report of the year before.
    pub previous: Option<&'a Report>,
    /// The sum of the reports of the units under the body, where its report is their sum.
    pub children: Option<&'a Summary>,
    /// The settings of the office above, which no setting or waiver of the report loosens.
    pub office: Option<&'a Settings>,
}

/// The findings of the rules on a report.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Checked {
    /// The findings that stand, in the order of the rules.
    pub findings: Vec<Diagnostic>,
    /// The findings that a waiver covers, each with the index of its waiver in the report.
    pub waived: Vec<(Diagnostic, usize)>,
    /// The rules that could not judge, each with its reason.
    pub unassessed: Vec<Unassessed>,
    /// The codes of the rules that the data file turns off.
    pub off: Vec<&'static str>,
    /// The figures of the texts, with what each was held against.
    pub coverage: Coverage,
}

/// A rule that could not be judged, at least in part.
#[derive(Debug, Clone, PartialEq)]
pub struct Unassessed {
    /// The code of the rule.
    pub code: &'static str,
    /// The thing it lacked, in one phrase; where it is of some figures, what is said of them.
    pub reason: String,
    /// The figures of the texts that it could not judge, each with itself as its words.
    pub figures: Vec<Label>,
}

/// The rules of an edition of the form, in the order of their codes.
pub fn rules_of(edition: Edition) -> impl Iterator<Item = &'static Rule> {
    RULES.iter().copied().filter(move |rule| rule.editions.contains(&edition))
}

/// Checks a report whose figures have been bound against all rules of its edition.
///
/// The settings and waivers of the data file are respected and judged here too: rules that are
/// turned off are not run, and waivers take their findings out of those that stand.
pub fn check(report: &Report, given: Given<'_>) -> Checked {
    check_by(report, given, &|_| true)
}

/// As [`check`], with only the rules that are wanted.
pub fn check_by(report: &Report, given: Given<'_>, is_wanted: &dyn Fn(&Rule) -> bool) -> Checked {
    let mut checked = Checked::default();
    let mut found = Vec::new();
    let read = Read::default();
    let mut holder = Holder::default();
    for rule in rules_of(report.edition).filter(|rule| is_wanted(rule)) {
        let severity = match settings::level(report, rule) {
            Some(RuleLevel::Off) => {
                checked.off.push(rule.code);
                continue;
            }
            Some(level) => settings::severity(level),
            None => None,
        };
        let mut findings = Findings::of(rule, given, &mut checked.unassessed, &mut holder, &read);
        (rule.check)(report, &mut findings);
        for mut finding in findings.finish() {
            finding.severity = severity.unwrap_or(finding.severity);
            cite(report, &mut finding);
            found.push(finding);
        }
    }
    let prose = read.prose.get_or_init(|| Prose::of(report));
    checked.coverage = coverage::coverage(report, prose, &holder);
    settings::judge(report, &mut checked.findings);
    scopes::judge(report, prose, &mut checked.findings);
    waivers::apply(report, found, &mut checked);
    checked
}

/// The texts of a report as read, once for all rules and only if one asks.
#[derive(Default)]
struct Read {
    /// Their figures and claims.
    prose: OnceCell<Prose>,
    /// The slips in their words.
    slips: OnceCell<Slips>,
}

impl<'a> Findings<'a> {
    /// The slips in the words of its texts.
    fn slips(&self, report: &Report) -> &'a Slips {
        self.read.slips.get_or_init(|| Slips::of(report, self.given.children))
    }
}

/// Turns what a rule cites of the law of today into what held for this report.
fn cite(report: &Report, finding: &mut Diagnostic) {
    let mut held: Vec<Provision> = Vec::new();
    for provision in finding.basis.iter().filter_map(|provision| report.cited(*provision)) {
        if !held.contains(&provision) {
            held.push(provision);
        }
    }
    // Where the provision that binds did not hold yet, what is left binds less.
    let rests = |authority: &Authority| match authority {
        Authority::Law | Authority::Notice | Authority::Standard => {
            held.iter().any(|provision| provision.authority == *authority)
        }
        Authority::Practice | Authority::Office | Authority::Arithmetic => true,
    };
    finding.authority = finding
        .authority
        .map(|authority| if rests(&authority) { authority } else { Authority::Practice });
    finding.basis = held;
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
                let Some(cited) = Edition::Y2019.form().provision(*provision) else { continue };
                assert!(!later.contains(&cited.number), "{}: {cited}", rule.code);
            }
        }
    }

    #[test]
    fn a_rule_rests_on_what_it_says_it_rests_on() {
        for rule in RULES {
            let rests = rule.basis.iter().any(|provision| provision.authority == rule.authority);
            assert!(rests || rule.authority == Authority::Arithmetic, "{}", rule.code);
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
