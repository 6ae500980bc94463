//! `NB8nn`: spelling, punctuation and wording.

pub(super) mod another_body_named;
pub(super) mod article_wrong;
pub(super) mod crossed_sentence;
pub(super) mod document_name_differs;
mod document_numbers_differ;
pub(super) mod doubled_words;
pub(super) mod editor_residue;
pub(super) mod figure_left_out;
pub(super) mod house_style;
pub(super) mod known_typo;
pub(super) mod malformed_punctuation;
pub(super) mod mixed_list_marks;
pub(super) mod mixed_self_reference;
pub(super) mod nested_marks;
pub(super) mod official_name_wrong;
pub(super) mod overview_long;
pub(super) mod paragraph_cut;
pub(super) mod personal_contact;
pub(super) mod required_sentence_missing;
pub(super) mod sentence_repeated;
pub(super) mod uneven_spacing;
