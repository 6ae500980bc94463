//! One unit of a roll.

use crate::report::{AgencyKind, AgencyLevel};

/// A unit of the roll.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    /// Its place in the roll.
    pub(crate) at: String,
    /// Its name.
    pub(crate) name: String,
    /// False if it stands nowhere but as the unit above others.
    pub(crate) is_listed: bool,
    /// The name of the unit above it.
    pub(crate) under: Option<String>,
    /// The kind that a column says.
    pub(crate) kind: Option<AgencyKind>,
    /// The level that a column says.
    pub(crate) level: Option<AgencyLevel>,
}
