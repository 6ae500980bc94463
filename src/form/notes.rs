//! Notes that outlast the program, in a file of the user's own.

use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::files;

/// Notes in a file, or in memory where none is to be kept.
pub(super) struct Notes<T> {
    file: Option<PathBuf>,
    /// One changes at a time; holds the notes that have no file.
    unkept: Mutex<T>,
}

impl<T: Clone + Default + Serialize + DeserializeOwned> Notes<T> {
    pub(super) fn new(file: Option<PathBuf>) -> Self {
        Self { file, unkept: Mutex::default() }
    }

    /// True if they outlast the program.
    pub(super) fn are_kept(&self) -> bool {
        self.file.is_some()
    }

    /// The notes as they are now, since other runs of the program write them, too; none where the file is damaged.
    pub(super) fn read(&self) -> T {
        let Some(file) = &self.file else {
            return self.unkept.lock().unwrap_or_else(PoisonError::into_inner).clone();
        };
        let text = files::read_text(file).ok();
        text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
    }

    /// Changes them. That they cannot be kept is no reason not to do what they are about.
    pub(super) fn change(&self, change: impl FnOnce(&mut T)) {
        let mut unkept = self.unkept.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(file) = &self.file else { return change(&mut unkept) };
        let mut notes = self.read();
        change(&mut notes);
        if let Ok(text) = serde_json::to_vec_pretty(&notes) {
            let _ = files::write_whole(file, &text);
        }
    }
}
