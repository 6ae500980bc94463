//! All files below a folder.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use super::{FileError, reason, special};

/// The files of a folder, its sub-folders included.
#[derive(Debug, Default)]
pub struct Tree {
    /// The files looked for, folder by folder and sorted by name.
    pub files: Vec<PathBuf>,
    /// The sub-folders that could not be read.
    pub unreadable: Vec<FileError>,
}

/// All files below a folder that have this extension. Names that begin with a dot are passed over; a
/// folder that links lead to twice is read once, so links in a ring come to an end.
///
/// # Errors
///
/// When the folder itself cannot be read.
pub fn tree(folder: &Path, extension: &str) -> Result<Tree, FileError> {
    tree_of(folder, &[extension])
}

/// As [`tree`], with files of several extensions.
///
/// # Errors
///
/// As [`tree`].
pub(crate) fn tree_of(folder: &Path, extensions: &[&str]) -> Result<Tree, FileError> {
    let is_wanted = |path: &Path| {
        path.extension().is_some_and(|e| extensions.iter().any(|own| e.eq_ignore_ascii_case(own)))
    };
    let mut tree = Tree::default();
    walk(folder, &is_wanted, &mut BTreeSet::new(), &mut tree)?;
    Ok(tree)
}

/// As [`tree`], with files of every kind.
///
/// # Errors
///
/// As [`tree`].
pub(crate) fn whole_tree(folder: &Path) -> Result<Tree, FileError> {
    let mut tree = Tree::default();
    walk(folder, &|_| true, &mut BTreeSet::new(), &mut tree)?;
    Ok(tree)
}

fn walk(
    folder: &Path,
    is_wanted: &dyn Fn(&Path) -> bool,
    seen: &mut BTreeSet<PathBuf>,
    tree: &mut Tree,
) -> Result<(), FileError> {
    let fail = |error: &io::Error| FileError::new(folder, "读取", reason(error));
    if !seen.insert(folder.canonicalize().map_err(|e| fail(&e))?) {
        return Ok(());
    }
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(|e| fail(&e))? {
        let entry = entry.map_err(|e| fail(&e))?;
        if !entry.file_name().as_encoded_bytes().starts_with(b".") {
            paths.push(entry.path());
        }
    }
    paths.sort();
    for path in paths {
        if path.is_dir() {
            if let Err(error) = walk(&path, is_wanted, seen, tree) {
                tree.unreadable.push(error);
            }
        } else if is_wanted(&path) && !is_special(&path) {
            tree.files.push(path);
        }
    }
    Ok(())
}

/// True if something is there that is neither file nor folder.
fn is_special(path: &Path) -> bool {
    path.metadata().is_ok_and(|it| special(&it).is_some())
}
