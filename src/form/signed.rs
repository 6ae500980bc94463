//! The text of a data file of which its last check sheet was made, noted beyond the end of the program.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use crate::digest::Digest;
use crate::files;

/// The check sheets that were made, noted in a file of the user's own: digests, and neither names nor words.
pub(super) struct Signed {
    file: Option<PathBuf>,
    /// One writes at a time; and what was noted while nothing is to be kept.
    noted: Mutex<BTreeMap<String, String>>,
}

impl Signed {
    /// The most data files that are noted.
    const MOST: usize = 500;

    pub(super) fn new(file: Option<PathBuf>) -> Self {
        let noted = file.as_deref().and_then(|file| files::read_text(file).ok());
        let noted = noted.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
        Self { file, noted: Mutex::new(noted) }
    }

    /// The digest of the text of which the last check sheet of a data file was made.
    pub(super) fn of(&self, path: &Path) -> Option<String> {
        let noted = self.noted.lock().unwrap_or_else(PoisonError::into_inner);
        noted.get(&key(path)).cloned()
    }

    /// Notes that a check sheet was made. That it cannot be kept is no reason not to make one.
    pub(super) fn add(&self, path: &Path, digest: Digest) {
        let mut noted = self.noted.lock().unwrap_or_else(PoisonError::into_inner);
        noted.insert(key(path), digest.to_string());
        while noted.len() > Self::MOST {
            noted.pop_first();
        }
        let text = self.file.as_ref().map(|file| (file, serde_json::to_vec_pretty(&*noted)));
        if let Some((file, Ok(text))) = text {
            let _ = files::write_whole(file, &text);
        }
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
}
