//! A name for each finding that stays the same while lines move.

use std::collections::BTreeMap;

use crate::diag::{Diagnostic, Place};
use crate::digest::Digester;
use crate::source::{SourceFile, locate};

/// The fingerprints of findings, in order: a digest of code, address and marked words, and behind a
/// colon the how-many-eth finding with that digest it is.
pub(super) fn fingerprints<'f>(
    source: &SourceFile,
    findings: impl Iterator<Item = &'f Diagnostic>,
) -> Vec<String> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    findings
        .map(|finding| {
            let digest = digest(source, finding);
            let n = seen.entry(digest.clone()).or_default();
            *n += 1;
            format!("{digest}:{n}")
        })
        .collect()
}

fn digest(source: &SourceFile, finding: &Diagnostic) -> String {
    let place = &finding.primary.place;
    let words = source.text().get(locate(source, place)).unwrap_or_default();
    let mut digester = Digester::default();
    for part in [finding.code, path(place).unwrap_or_default(), words] {
        digester.add(part.as_bytes());
        digester.add(&[0]);
    }
    digester.digest().short()
}

/// The address of a place in the report, if it has one.
pub(super) fn path(place: &Place) -> Option<&str> {
    match place {
        Place::Value(path) | Place::Key(path) | Place::Text(path, _) => Some(path.as_str()),
        Place::Bytes(_) | Place::File => None,
    }
}
