//! The record of outputs and their sources, so that the next run makes only the outdated ones.
//!
//! The record lies beside the outputs. It is never believed without looking: an output counts as made
//! only when the file is there and its bytes are those that were written. A record that is missing,
//! broken or of another version means that everything is made again.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};

use crate::digest::Digest;
use crate::files::{self, FileError};

/// The name of the record in the folder of the outputs.
pub const RECORD: &str = ".nianbao.json";

/// The version of its form.
const VERSION: u32 = 1;

/// A note for a person who finds the file.
const ABOUT: &str =
    "nianbao 据此判断哪些文件没有变化、不必重新生成；可以删除，删除后下次全部重新生成";

/// The record of one folder of outputs.
#[derive(Debug)]
pub(crate) struct Record {
    root: PathBuf,
    made: Mutex<BTreeMap<String, Made>>,
    /// Outputs that could not be made in this run, each with the reason.
    lacking: Mutex<BTreeMap<String, String>>,
}

/// The origin of an output.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Made {
    /// The digest of everything the output depends on.
    from: String,
    /// The digest of its bytes.
    content: String,
    /// The fonts of the system that it was made with, each with the digest of its file.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    fonts: Vec<String>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Form {
    version: u32,
    about: String,
    outputs: BTreeMap<String, Made>,
    /// The outputs that the last run could not make, and why; a file of that name is an older one.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    lacking: BTreeMap<String, String>,
}

impl Record {
    /// The record that lies in a folder; empty when there is none that can be used.
    pub(crate) fn open(root: &Path) -> Self {
        let form = files::read_text(&root.join(RECORD))
            .ok()
            .and_then(|text| serde_json::from_str::<Form>(&text).ok())
            .filter(|form| form.version == VERSION);
        let (made, lacking) = form.map(|form| (form.outputs, form.lacking)).unwrap_or_default();
        let (made, lacking) = (Mutex::new(made), Mutex::new(lacking));
        Self { root: root.to_owned(), made, lacking }
    }

    /// True if the file is there, byte for byte as it was made from the same things.
    pub(crate) fn is_made(&self, path: &Path, from: &str) -> bool {
        let Some(name) = self.name(path) else { return false };
        let known = lock(&self.made).get(&name).cloned();
        known.is_some_and(|made| {
            made.from == from
                && files::digest(path).is_some_and(|now| now.to_string() == made.content)
        })
    }

    /// Notes that a file has been written with these bytes, made from these things and with these fonts of
    /// the system.
    pub(crate) fn note(&self, path: &Path, from: &str, bytes: &[u8], fonts: &[String]) {
        if let Some(name) = self.name(path) {
            let content = Digest::of(bytes).to_string();
            lock(&self.lacking).remove(&name);
            let (from, fonts) = (from.to_owned(), fonts.to_vec());
            lock(&self.made).insert(name, Made { from, content, fonts });
        }
    }

    /// Notes that a file could not be made, and why.
    pub(crate) fn note_lacking(&self, path: &Path, why: &str) {
        if let Some(name) = self.name(path) {
            lock(&self.lacking).insert(name, why.to_owned());
        }
    }

    /// Writes the record, without what is no longer there.
    ///
    /// # Errors
    ///
    /// When the file cannot be written.
    pub(crate) fn save(&self) -> Result<(), FileError> {
        let mut outputs = lock(&self.made).clone();
        let lacking = lock(&self.lacking).clone();
        outputs.retain(|name, _| files::is_there(&self.root.join(name)));
        if outputs.is_empty() && lacking.is_empty() && !files::is_there(&self.root.join(RECORD)) {
            return Ok(());
        }
        let form = Form { version: VERSION, about: ABOUT.to_owned(), outputs, lacking };
        // Strings and maps of them: there is nothing here that JSON cannot hold.
        let text = serde_json::to_string_pretty(&form).unwrap_or_default() + "\n";
        files::write_whole(&self.root.join(RECORD), text.as_bytes())
    }

    /// The name of a file in the record; nothing when that could be another file's name, too.
    fn name(&self, path: &Path) -> Option<String> {
        let below = path.strip_prefix(&self.root).ok()?;
        let parts: Option<Vec<&str>> = below.iter().map(|part| part.to_str()).collect();
        Some(parts?.join("/"))
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_there_unchanged_and_from_the_same_counts_as_made() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("镇/a.html");
        files::write_whole(&path, b"page").unwrap();
        let record = Record::open(folder.path());
        assert!(!record.is_made(&path, "1"));
        record.note(&path, "1", b"page", &[]);
        record.save().unwrap();
        let record = Record::open(folder.path());
        assert!(record.is_made(&path, "1"));
        assert!(!record.is_made(&path, "2"));
        files::write_whole(&path, b"edited").unwrap();
        assert!(!record.is_made(&path, "1"));
        std::fs::remove_file(&path).unwrap();
        assert!(!record.is_made(&path, "1"));
        record.save().unwrap();
        let text = files::read_text(&folder.path().join(RECORD)).unwrap();
        assert!(!text.contains("a.html") && text.contains("可以删除"), "{text}");
    }

    #[test]
    fn a_broken_or_foreign_record_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.html");
        files::write_whole(&path, b"page").unwrap();
        let record = Record::open(folder.path());
        record.note(&path, "1", b"page", &[]);
        record.save().unwrap();
        let at = folder.path().join(RECORD);
        let text = files::read_text(&at).unwrap();
        for broken in [
            &text[..text.len() / 2],
            "",
            "[]",
            &text.replace("\"version\": 1", "\"version\": 9"),
            "\u{0}",
        ] {
            files::write_whole(&at, broken.as_bytes()).unwrap();
            assert!(!Record::open(folder.path()).is_made(&path, "1"), "{broken}");
        }
    }
}
