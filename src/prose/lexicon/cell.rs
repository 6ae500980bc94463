//! [`Cell`]: a figure of the tables that a phrase may stand for.

use serde::Deserialize;

use crate::edition::{
    Axis, ChallengeColumn, DisclosureColumn, DisclosureRow, Proceeding, RequestGroup, RequestRow,
};

/// A figure of the tables, as `phrases.toml` names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cell {
    /// A row of table 2, in the columns of the applicants that the clause names: `requests.received.*`.
    Request(RequestRow),
    /// The rows of a group of table 2, likewise: `requests.groups.refused.*`.
    Group(RequestGroup),
    /// A figure of table 3.
    Challenge(Proceeding, ChallengeColumn),
    /// A figure of table 1.
    Document(DisclosureRow, DisclosureColumn),
    /// The amount of the handling fee: `other.handling_fee.amount`.
    HandlingFee,
    /// The number of notices that ask for it: `other.handling_fee.notices`.
    FeeNotices,
}

impl Cell {
    /// The cell with a key of the data file.
    fn from_key(key: &str) -> Option<Self> {
        match key {
            "other.handling_fee.amount" => return Some(Self::HandlingFee),
            "other.handling_fee.notices" => return Some(Self::FeeNotices),
            _ => {}
        }
        let row = key.strip_prefix("requests.")?.strip_suffix(".*")?;
        match row.strip_prefix("groups.") {
            Some(group) => RequestGroup::from_key(group).map(Self::Group),
            None => RequestRow::from_key(row).map(Self::Request),
        }
    }
}

/// Cells that are added up: `requests.received.* + requests.carried_in.*`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub(crate) struct Sum(pub(crate) Vec<Cell>);

impl TryFrom<String> for Sum {
    type Error = String;

    fn try_from(keys: String) -> Result<Self, String> {
        let cell = |key: &str| Cell::from_key(key.trim()).ok_or_else(|| format!("no cell: {key}"));
        keys.split('+').map(cell).collect::<Result<_, _>>().map(Self)
    }
}

/// A row of table 1 or 3: `disclosure.regulations`, `challenges.reconsideration`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub(crate) enum SubjectRow {
    /// A kind of proceeding.
    Proceeding(Proceeding),
    /// A class of documents.
    Document(DisclosureRow),
}

impl TryFrom<String> for SubjectRow {
    type Error = String;

    fn try_from(key: String) -> Result<Self, String> {
        of_two_tables(&key, Self::Proceeding, Self::Document)
    }
}

/// A column of table 1 or 3: `disclosure.issued`, `challenges.upheld`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub(crate) enum AspectColumn {
    /// The result of a proceeding.
    Proceeding(ChallengeColumn),
    /// All proceedings that have been decided, in whatever way: `challenges.decided`.
    Decided,
    /// The column of documents.
    Document(DisclosureColumn),
}

impl TryFrom<String> for AspectColumn {
    type Error = String;

    fn try_from(key: String) -> Result<Self, String> {
        match key.as_str() {
            "challenges.decided" => Ok(Self::Decided),
            _ => of_two_tables(&key, Self::Proceeding, Self::Document),
        }
    }
}

/// A row or column of table 3 or of table 1, by the key of its table and its own.
fn of_two_tables<C: Axis, D: Axis, T>(
    key: &str,
    challenge: fn(C) -> T,
    document: fn(D) -> T,
) -> Result<T, String> {
    match key.split_once('.') {
        Some(("challenges", key)) => C::from_key(key).map(challenge),
        Some(("disclosure", key)) => D::from_key(key).map(document),
        _ => None,
    }
    .ok_or_else(|| format!("no row or column: {key}"))
}

/// A column of applicants of table 2, by its key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub(crate) struct Applicant(pub(crate) crate::edition::RequestColumn);

impl TryFrom<String> for Applicant {
    type Error = String;

    fn try_from(key: String) -> Result<Self, String> {
        Axis::from_key(&key).map(Self).ok_or_else(|| format!("no column: {key}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_of_the_data_file_name_cells() {
        let sum = |keys: &str| Sum::try_from(keys.to_owned());
        assert_eq!(
            sum("requests.received.* + requests.groups.refused.*"),
            Ok(Sum(vec![Cell::Request(RequestRow::Received), Cell::Group(RequestGroup::Refused)]))
        );
        for misspelt in
            ["requests.recieved.*", "requests.groups.granted.*", "requests.received", "", "other"]
        {
            assert!(sum(misspelt).is_err(), "{misspelt}");
        }
        assert!(SubjectRow::try_from("challenges.litigation".to_owned()).is_err());
        assert!(AspectColumn::try_from("issued".to_owned()).is_err());
    }
}
