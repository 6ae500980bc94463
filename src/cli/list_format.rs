//! The two formats of whatever a command lists.

/// The format of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ListFormat {
    /// For people.
    Text,
    /// For other programs; versioned.
    Json,
}

impl ListFormat {
    /// The format with that name; else what can be written instead.
    pub(super) fn from_key(key: &str) -> Result<Self, String> {
        match key.trim() {
            "text" => Ok(Self::Text),
            "json" => Ok(Self::Json),
            _ => Err("可以写 text、json".to_owned()),
        }
    }
}
