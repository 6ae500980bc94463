//! [`Scope`]: whose figures a text gives.

/// The body whose figures the text is speaking of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    /// The body's own.
    Own,
    /// Those of one office of the government whose report it is.
    Office,
    /// In this sentence those of the body by name, with or without what is under it.
    Itself,
    /// Those of others, or of more than the body.
    Foreign,
}
