//! `NB3nn`: table 2, applications and their outcomes.

pub(super) mod carry_over_large;
pub(super) mod other_outcome_large;
pub(super) mod outcome_total_wrong;
pub(super) mod rare_outcome;
pub(super) mod requests_not_filled;
pub(super) mod requests_unbalanced;
pub(super) mod row_total_wrong;
