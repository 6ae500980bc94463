//! Words for grades, and for those that are graded.

use serde::Deserialize;

use super::words::Words;

/// Words for grades.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct GradeWords {
    /// Scales of grades, each from the best to the worst.
    pub(crate) scales: Vec<Vec<Grade>>,
    /// Behind the name of a grade: 等次.
    pub(crate) nouns: Words,
    /// Before the name of a grade: 评为.
    pub(crate) verbs: Words,
    /// Around the number of those that are graded: 考核.
    pub(crate) graded: Words,
    /// The units of scales that are told in bands.
    pub(crate) band_units: Words,
    /// Between the two values of a band.
    pub(crate) band_links: Words,
    /// Beside the value that a band begins with.
    pub(crate) above: Words,
    /// Beside the value that a band ends with.
    pub(crate) below: Words,
}

/// A grade of a scale.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Grade {
    /// Its names.
    pub(crate) names: Words,
    /// True if all who are not better have it, where nothing worse is told.
    #[serde(default)]
    pub(crate) is_rest: bool,
    /// True if nothing worse needs to be told.
    #[serde(default)]
    pub(crate) ends: bool,
}
