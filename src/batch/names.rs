//! Ownership of output files: two reports of one run must not take the same name.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::sync::{Mutex, PoisonError};

use super::Input;
use crate::document;
use crate::files;
use crate::ordered::in_order;
use crate::report::Report;
use crate::source::{self, SourceFile};

/// The names that the reports of a run will take, known before anything is written.
#[derive(Debug, Default)]
pub(crate) struct Names {
    taken: Mutex<BTreeMap<(PathBuf, String), Vec<usize>>>,
    /// The files by body and year.
    bodies: BTreeMap<(String, u16), Vec<usize>>,
}

impl Names {
    /// Reads all data files once for the names of their outputs; `draft` as for the outputs.
    pub(crate) fn plan(
        inputs: &[Input],
        out: Option<&Path>,
        draft: bool,
        stop: &AtomicBool,
    ) -> Self {
        let names = Self::default();
        let mut bodies: BTreeMap<(String, u16), Vec<usize>> = BTreeMap::new();
        in_order(
            inputs.len(),
            stop,
            |i| {
                let text = files::read_text(&inputs[i].path).ok()?;
                let source = SourceFile::parse("", text);
                let report = source::read(&source).0?;
                let name = document::meta(&report, draft).file_name();
                Some((inputs[i].folder_key(out), name, report.agency.name.zip(report.header.year)))
            },
            |i, taken| {
                if let Some((folder, name, body)) = taken {
                    names.others(i, folder, &name);
                    if let Some(body) = body {
                        bodies.entry(body).or_default().push(i);
                    }
                }
            },
        );
        Self { bodies, ..names }
    }

    /// The other files of the run that are reports of the same body and year as `report`, which is file number `i`.
    pub(crate) fn of_the_same_body(&self, i: usize, report: &Report) -> Vec<usize> {
        let body = report.agency.name.clone().zip(report.header.year);
        let all = body.and_then(|body| self.bodies.get(&body));
        all.into_iter().flatten().copied().filter(|other| *other != i).collect()
    }

    /// The other files of the run whose reports take this name in this folder, which file number `i`
    /// takes now.
    ///
    /// Asked again while the outputs are made, because a data file may have changed since.
    pub(crate) fn others(&self, i: usize, folder: PathBuf, name: &str) -> Vec<usize> {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        // Some file systems take capital and small letters for the same.
        let owners = taken.entry((folder, name.to_lowercase())).or_default();
        if !owners.contains(&i) {
            owners.push(i);
        }
        owners.iter().copied().filter(|owner| *owner != i).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_known_with_all_who_want_it() {
        let names = Names::default();
        let others = |i, folder: &str, name| names.others(i, folder.into(), name);
        assert!(others(0, "a", "甲A").is_empty());
        assert!(others(1, "b", "甲A").is_empty());
        assert_eq!(others(2, "a", "甲a"), [0]);
        assert_eq!(others(0, "a", "甲A"), [2]);
    }
}
