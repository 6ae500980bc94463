//! The text of a data file of which its last check sheet was made, noted beyond the end of the program.

use std::path::{Path, PathBuf};

use super::notes::Notes;
use crate::digest::Digest;
use crate::files;

/// The check sheets that were made, noted by digests, and neither by names nor by words; the last one stands first.
pub(super) struct Signed(Notes<Vec<(String, String)>>);

impl Signed {
    /// The most data files that are noted.
    const MOST: usize = 500;

    pub(super) fn new(file: Option<PathBuf>) -> Self {
        Self(Notes::new(file))
    }

    /// The digest of the text of which the last check sheet of a data file was made.
    pub(super) fn of(&self, path: &Path) -> Option<String> {
        let key = key(path);
        self.0.read().into_iter().find(|(known, _)| *known == key).map(|(_, digest)| digest)
    }

    /// Notes that a check sheet was made.
    pub(super) fn add(&self, path: &Path, digest: Digest) {
        let key = key(path);
        self.0.change(|noted| {
            noted.retain(|(known, _)| *known != key);
            noted.insert(0, (key, digest.to_string()));
            noted.truncate(Self::MOST);
        });
    }
}

/// The name of a data file here, which does not say where it lies.
fn key(path: &Path) -> String {
    let path = files::real_path(path).unwrap_or_else(|| path.to_owned());
    Digest::of(path.as_os_str().as_encoded_bytes()).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_check_sheet_is_known_when_the_program_begins_again() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("state/signed.json");
        let report = folder.path().join("年报.toml");
        let signed = Signed::new(Some(file.clone()));
        assert_eq!(signed.of(&report), None);
        signed.add(&report, Digest::of(b"one"));
        signed.add(&report, Digest::of(b"two"));
        let known = Some(Digest::of(b"two").to_string());
        assert_eq!(Signed::new(Some(file.clone())).of(&report), known);
        assert!(!files::read_text(&file).unwrap().contains("年报"));
        let unkept = Signed::new(None);
        unkept.add(&report, Digest::of(b"two"));
        assert_eq!(unkept.of(&report), known);
    }

    #[test]
    fn the_oldest_are_forgotten_and_those_of_another_run_kept() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("signed.json");
        let (one, other) = (Signed::new(Some(file.clone())), Signed::new(Some(file)));
        let report = |i: usize| folder.path().join(format!("{i}.toml"));
        for i in 0..=Signed::MOST {
            let signed = if i % 2 == 0 { &one } else { &other };
            signed.add(&report(i), Digest::of(b"one"));
            assert!(signed.of(&report(i)).is_some(), "{i} is forgotten at once");
        }
        assert_eq!(one.of(&report(0)), None);
        assert!((1..=Signed::MOST).all(|i| one.of(&report(i)).is_some()));
    }

    #[test]
    fn a_damaged_note_is_none_and_the_next_one_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("signed.json");
        let report = folder.path().join("年报.toml");
        for damaged in [&b"{\"a\": 1}"[..], b"[[\"a\"", b"\xff\xfe", b"", &b"[".repeat(100_000)] {
            files::write_whole(&file, damaged).unwrap();
            let signed = Signed::new(Some(file.clone()));
            assert_eq!(signed.of(&report), None);
            signed.add(&report, Digest::of(b"one"));
            assert_eq!(signed.of(&report), Some(Digest::of(b"one").to_string()));
        }
    }
}
