//! `NB0nn`: sections, parts and their numbering.

pub(super) mod aspect_missing;
pub(super) mod handling_fee_unreported;
pub(super) mod improvements_missing;
pub(super) mod kind_name_differ;
pub(super) mod name_not_a_body;
pub(super) mod numbering_broken;
pub(super) mod part_not_written;
pub(super) mod parts_miscounted;
pub(super) mod problems_empty;
pub(super) mod section_missing;
pub(super) mod section_title_repeated;
pub(super) mod supervision_results_missing;
pub(super) mod title_incomplete;
pub(super) mod top_level_subheading;
