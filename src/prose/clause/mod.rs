//! The reading of one clause: which thing its words name, which change they tell, what they claim.

mod applications;
mod claim;
mod context;
mod counted;
mod denial;
mod denied_rows;
mod growth;
mod meaning;
mod outcomes;
mod phrases;
mod subjects;

pub(crate) use claim::{Claim, Claimed};
pub(super) use claim::{claim, of_cases, says_all_handled, wholly};
pub(super) use context::{Context, TextPart, Topic};
pub(super) use counted::plainly;
pub(crate) use counted::{Counted, Joined, Term, are_siblings, is_result};
pub(super) use denial::{denials, only_denies};
pub(crate) use growth::{Change, Growth, Wordless};
pub(super) use growth::{behind_bracket, change, is_base, told_of_last_year, wordless};
pub(super) use meaning::{distributed, meaning};
pub(crate) use outcomes::whole_group;
pub(super) use outcomes::{are_apart, group_of, is_beside, is_reason, is_within};
