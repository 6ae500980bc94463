//! [`FieldPath`]: the address of a value in a report, such as `requests.received.natural_person`.

use std::fmt;

/// The dotted address of a value, in the keys of the data file.
///
/// Elements of a list are written `overview.parts[1]`, counted from 0. A path names a value of the
/// *report*: which line of which file holds it, if any, is the business of who prints it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct FieldPath(String);

/// One step of a [`FieldPath`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step<'a> {
    /// A key of a table.
    Key(&'a str),
    /// An element of a list, counted from 0.
    Index(usize),
}

impl FieldPath {
    /// The path of the keys in `dotted`, for example `"agency.name"`.
    pub fn new(dotted: impl Into<String>) -> Self {
        Self(dotted.into())
    }

    /// This path with one more key.
    #[must_use]
    pub fn key(&self, key: &str) -> Self {
        // Every cell of every report has a path, so that this is worth some care.
        let mut path = String::with_capacity(self.0.len() + 1 + key.len());
        if !self.0.is_empty() {
            path.push_str(&self.0);
            path.push('.');
        }
        path.push_str(key);
        Self(path)
    }

    /// This path with the index of a list element, counted from 0.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        Self([&self.0, "[", &index.to_string(), "]"].concat())
    }

    /// The steps from the root to the value.
    pub fn steps(&self) -> Vec<Step<'_>> {
        let mut steps = Vec::new();
        for part in self.0.split('.').filter(|part| !part.is_empty()) {
            let (key, indices) = part.split_once('[').unwrap_or((part, ""));
            steps.push(Step::Key(key));
            steps.extend(
                indices
                    .split('[')
                    .filter_map(|i| i.trim_end_matches(']').parse().ok().map(Step::Index)),
            );
        }
        steps
    }

    /// The path without its last step; the root is its own parent.
    #[must_use]
    pub fn parent(&self) -> Self {
        let end = self.0.bytes().rposition(|byte| matches!(byte, b'.' | b'[')).unwrap_or(0);
        Self(self.0[..end].to_owned())
    }

    /// True if this is the path of the whole report.
    pub fn is_root(&self) -> bool {
        self.0.is_empty()
    }

    /// The path as written in messages and notes.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// True if `self` is `other` or lies inside it.
    pub fn is_within(&self, other: &Self) -> bool {
        other.is_root()
            || self
                .0
                .strip_prefix(&other.0)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
    }
}

impl fmt::Display for FieldPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_name_keys_and_indices() {
        let path = FieldPath::new("overview").key("parts").index(2).key("text");
        assert_eq!(path.as_str(), "overview.parts[2].text");
        assert_eq!(
            path.steps(),
            [Step::Key("overview"), Step::Key("parts"), Step::Index(2), Step::Key("text")]
        );
        assert_eq!(path.parent().as_str(), "overview.parts[2]");
        assert_eq!(path.parent().parent().as_str(), "overview.parts");
    }

    #[test]
    fn within_respects_key_boundaries() {
        let row = FieldPath::new("requests.received");
        assert!(FieldPath::new("requests.received.total").is_within(&row));
        assert!(row.is_within(&row));
        assert!(!FieldPath::new("requests.received_late").is_within(&row));
    }
}
