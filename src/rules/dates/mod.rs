//! `NB1nn`: period, dates, contact and legal basis.

mod carried_years;
pub(super) mod contact_differs;
pub(super) mod contact_missing;
pub(super) mod date_impossible;
pub(super) mod date_missing;
pub(super) mod dates_disagree;
pub(super) mod legal_basis_outdated;
pub(super) mod other_year;
mod own_documents;
mod past_years;
pub(super) mod period_not_full_year;
pub(super) mod period_unstated;
pub(super) mod published_late;
pub(super) mod relative_time;
mod stray_years;
mod written_years;
