//! The account of characters: every one of a file is placed in the report, left out for a reason, or listed.

use std::collections::BTreeMap;

use super::letters::n_seen;
use super::sheet::{Dropped, Reason};

/// The fate of the characters of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Account {
    /// The number of characters that are in the report, or are words of the form.
    pub placed: usize,
    /// The characters that were left out for a reason.
    pub dropped: Vec<Left>,
    /// The characters for which the report has no place: paragraphs and cells that a person must look at.
    pub listed: Vec<Left>,
}

/// Words that are not in the report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Left {
    /// The reason; none for words that are listed.
    pub reason: Option<Reason>,
    /// The words.
    pub text: String,
    /// Their place.
    pub spot: String,
}

impl Account {
    pub(super) fn place(&mut self, text: &str) {
        self.placed += n_seen(text);
    }

    pub(super) fn drop(&mut self, dropped: &Dropped) {
        let reason = Some(dropped.reason);
        self.dropped.push(Left {
            reason,
            text: dropped.text.clone(),
            spot: dropped.spot.to_string(),
        });
    }

    pub(super) fn list(&mut self, text: &str, spot: String) {
        if n_seen(text) > 0 {
            self.listed.push(Left { reason: None, text: text.to_owned(), spot });
        }
    }

    /// The number of characters that were left out, by reason.
    pub fn by_reason(&self) -> BTreeMap<Reason, usize> {
        let mut counts = BTreeMap::new();
        for left in &self.dropped {
            if let Some(reason) = left.reason {
                *counts.entry(reason).or_default() += n_seen(&left.text);
            }
        }
        counts
    }

    /// The number of characters that are listed.
    pub fn n_listed(&self) -> usize {
        self.listed.iter().map(|left| n_seen(&left.text)).sum()
    }
}
