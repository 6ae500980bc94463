//! `NB6nn`: figures in texts against the tables and each other.

pub(super) mod approximate_whole;
pub(super) mod average_wrong;
mod balances;
pub(super) mod change_wrong;
mod divided_applications;
pub(super) mod informal_outcome_name;
pub(super) mod judge;
mod listed_points;
mod named_members;
mod named_rates;
mod named_shares;
pub(super) mod outcome_unmentioned;
pub(super) mod outcomes_do_not_add_up;
pub(super) mod overview_without_figures;
pub(super) mod parts_do_not_add_up;
mod plausible;
pub(super) mod share_wrong;
mod shares_elsewhere;
mod table_rates;
pub(super) mod text_applicants_wrong;
pub(super) mod text_challenges_wrong;
pub(super) mod text_contradicts_itself;
pub(super) mod text_contradicts_requests;
pub(super) mod text_documents_wrong;
pub(super) mod text_flow_wrong;
pub(super) mod text_outcome_wrong;
pub(super) mod text_received_wrong;
mod told_again;
mod told_before;
mod told_by_name;
mod told_division;
#[cfg(test)]
mod told_totals;
pub(super) mod unit_missing;
mod wholes;
pub(super) mod wrong_counter;
