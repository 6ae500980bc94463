//! Looks at paths without reading files: what is there, and which paths are one file.

use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::{FileError, reason};
use crate::digest::Digest;

/// True if anything is there.
pub(crate) fn is_there(path: &Path) -> bool {
    path.exists()
}

/// True if something has that name, be it a link that leads nowhere.
pub(crate) fn is_taken(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}

/// True if a file holds those bytes; one of another size is not read.
pub(crate) fn holds(path: &Path, bytes: &[u8]) -> bool {
    path.metadata().is_ok_and(|it| it.len() == bytes.len() as u64)
        && super::read_bytes(path).is_ok_and(|there| there == bytes)
}

/// True if a folder is there.
pub(crate) fn is_folder(path: &Path) -> bool {
    path.is_dir()
}

/// The one path of a file, however it was written; nothing where there is no file.
pub(crate) fn real_path(path: &Path) -> Option<PathBuf> {
    path.canonicalize().ok()
}

/// A path from the root, whether or not anything is there; nothing where it cannot be told.
pub(crate) fn full_path(path: &Path) -> Option<PathBuf> {
    std::path::absolute(path).ok()
}

/// The file to which a path leads through links; nothing where the path is the file itself or nothing is there.
pub(crate) fn behind(path: &Path) -> Option<PathBuf> {
    path.symlink_metadata().ok().filter(std::fs::Metadata::is_symlink)?;
    path.canonicalize().ok()
}

/// The folder in which the program was started; empty where it cannot be told.
pub(crate) fn here() -> PathBuf {
    std::env::current_dir().unwrap_or_default()
}

/// The digest of the running program; nothing where its file cannot be read.
pub(crate) fn this_program() -> Option<Digest> {
    super::digest(&std::env::current_exe().ok()?)
}

/// The size of a file and the time of its last change, to tell without reading whether it may have changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Stamp {
    size: u64,
    /// Some file systems keep no times.
    changed: Option<SystemTime>,
}

impl Stamp {
    /// True if there is nothing in the file.
    pub(crate) fn is_empty(self) -> bool {
        self.size == 0
    }
}

/// The stamp of a file.
///
/// # Errors
///
/// When the file is not there or may not be looked at.
pub(crate) fn stamp(path: &Path) -> Result<Stamp, FileError> {
    let fail = |why: String| FileError::new(path, "读取", why);
    let metadata = std::fs::metadata(path).map_err(|error| fail(reason(&error)))?;
    Ok(Stamp { size: metadata.len(), changed: metadata.modified().ok() })
}
