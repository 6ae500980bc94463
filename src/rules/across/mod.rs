//! `NB5nn`: across tables and sections.

pub(super) mod challenges_exceed_requests;
pub(super) mod corrections_unmentioned;
pub(super) mod fee_notice_denied;
pub(super) mod handling_fee_exceeds_fees;
pub(super) mod handling_fee_not_tariff;
pub(super) mod handling_fee_unmentioned;
