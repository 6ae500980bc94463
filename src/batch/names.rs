//! Who may write which file: two reports of one run must not take the same name.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::sync::{Mutex, PoisonError};

use super::{Input, in_order};
use crate::document;
use crate::files;
use crate::source::{self, SourceFile};

/// The names that the reports of a run will take, known before anything is written.
#[derive(Debug, Default)]
pub struct Names {
    taken: Mutex<BTreeMap<PathBuf, Vec<usize>>>,
}

impl Names {
    /// Reads all data files once for the names of their outputs; `draft` as for the outputs.
    pub fn plan(inputs: &[Input], out: Option<&Path>, draft: bool, stop: &AtomicBool) -> Self {
        let names = Self::default();
        in_order(
            inputs.len(),
            stop,
            |i| {
                let text = files::read_text(&inputs[i].path).ok()?;
                let source = SourceFile::parse("", text);
                let report = source::read(&source).0?;
                let name = document::meta(&report, draft).file_name();
                Some(inputs[i].folder(out).join(name))
            },
            |i, stem| {
                if let Some(stem) = stem {
                    names.others(i, &stem);
                }
            },
        );
        names
    }

    /// The other files of the run whose reports take the name `stem`, which file number `i` takes now.
    ///
    /// Asked again while the outputs are made, because a data file may have changed since.
    pub fn others(&self, i: usize, stem: &Path) -> Vec<usize> {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let owners = taken.entry(key(stem)).or_default();
        if !owners.contains(&i) {
            owners.push(i);
        }
        owners.iter().copied().filter(|owner| *owner != i).collect()
    }
}

/// A path as the file systems see it that take capital and small letters for the same.
fn key(stem: &Path) -> PathBuf {
    PathBuf::from(stem.to_string_lossy().to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_known_with_all_who_want_it() {
        let names = Names::default();
        assert!(names.others(0, Path::new("a/甲A")).is_empty());
        assert!(names.others(1, Path::new("b/甲A")).is_empty());
        assert_eq!(names.others(2, Path::new("a/甲a")), [0]);
        assert_eq!(names.others(0, Path::new("a/甲A")), [2]);
    }
}
