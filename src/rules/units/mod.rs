//! `NB9nn`: against the reports of the units under the body.

pub(super) mod joint_documents_unstated;
pub(super) mod unit_report_lacking;
pub(super) mod units_sum_differs;
