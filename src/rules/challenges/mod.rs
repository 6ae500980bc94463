//! `NB4nn`: table 3, reconsideration and litigation.

pub(super) mod challenges_not_filled;
pub(super) mod challenges_total_wrong;
pub(super) mod direct_suit_after_refusal;
pub(super) mod litigation_after_too_many;
