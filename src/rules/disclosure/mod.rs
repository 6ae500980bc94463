//! `NB2nn`: table 1, the disclosure of documents and decisions.

pub(super) mod coercion_missing;
pub(super) mod disclosure_count_invalid;
pub(super) mod disclosure_not_filled;
pub(super) mod fee_amount_invalid;
pub(super) mod fee_unit_suspect;
pub(super) mod figure_jump;
pub(super) mod in_force_too_few;
pub(super) mod purchase_unit_unstated;
pub(super) mod regulations_not_allowed;
