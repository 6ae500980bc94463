//! Exit codes, which are a promise.

/// The result of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) enum Exit {
    /// Nothing to object to.
    #[default]
    Clean = 0,
    /// At least one report has errors.
    Findings = 1,
    /// Something could not be done.
    Failed = 2,
}
