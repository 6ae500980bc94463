//! `NB7nn`: against the report of the year before.

pub(super) mod carry_over_differs;
pub(super) mod growth_wrong;
pub(super) mod incomparable_year;
pub(super) mod pending_lost;
pub(super) mod previous_report_wrong;
pub(super) mod stock_unbalanced;
pub(in crate::rules) mod text_repeated;
