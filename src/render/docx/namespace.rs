//! The names by which Word's markup and its parts are known.

/// The namespace of Word's markup.
pub(super) const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
/// The namespace of relations between parts.
pub(super) const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
/// The beginning of the content type of every part in Word's markup.
pub(super) const WORD_TYPES: &str =
    "application/vnd.openxmlformats-officedocument.wordprocessingml.";
