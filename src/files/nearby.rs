//! The files near a folder, up to a limit.

use std::path::{Path, PathBuf};

/// The files near a folder.
#[derive(Debug, Default)]
pub(crate) struct Nearby {
    /// The files looked for: those of the folder, then those of folders in it, each sorted by name.
    pub files: Vec<PathBuf>,
    /// True if there was more than the limit.
    pub is_cut: bool,
}

/// The files in a folder and a few folders below that have one of these extensions, with a limit on what is looked at: the folder
/// may be that of all a user has. Names that begin with a dot are passed over, links are not followed, and what cannot
/// be read is as if it were not there.
pub(crate) fn nearby(folder: &Path, extensions: &[&str]) -> Nearby {
    /// The levels below the folder that are searched, and the entries.
    const DEEPEST: usize = 4;
    const MOST: usize = 20_000;
    let mut found = Nearby::default();
    let mut n_seen = 0;
    let mut level = vec![folder.to_owned()];
    for _ in 0..=DEEPEST {
        let mut below = Vec::new();
        for folder in &level {
            let entries = std::fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
            let mut entries: Vec<_> = entries.take(MOST - n_seen).collect();
            n_seen += entries.len();
            entries.sort_by_key(std::fs::DirEntry::file_name);
            for entry in entries {
                let is_hidden = entry.file_name().as_encoded_bytes().starts_with(b".");
                let Ok(kind) = entry.file_type() else { continue };
                let path = entry.path();
                if is_hidden {
                    continue;
                } else if kind.is_dir() {
                    below.push(path);
                } else if kind.is_file() && extensions.iter().any(|extension| has(&path, extension))
                {
                    found.files.push(path);
                }
            }
        }
        level = below;
    }
    found.is_cut = n_seen >= MOST;
    found
}

fn has(path: &Path, extension: &str) -> bool {
    path.extension().is_some_and(|e| e.eq_ignore_ascii_case(extension))
}

#[cfg(test)]
mod tests {
    use super::super::write_whole;
    use super::*;

    #[test]
    fn files_of_the_folder_come_first_and_what_is_hidden_or_far_does_not_come() {
        let folder = tempfile::tempdir().unwrap();
        for name in
            ["a/b/c/d/4.toml", "a/b/c/d/e/5.toml", "z.toml", "a/1.TOML", ".x/2.toml", "b.txt"]
        {
            write_whole(&folder.path().join(name), b"x").unwrap();
        }
        let found = nearby(folder.path(), &["toml"]);
        let names: Vec<_> =
            found.files.iter().map(|path| path.strip_prefix(folder.path()).unwrap()).collect();
        assert_eq!(names, ["z.toml", "a/1.TOML", "a/b/c/d/4.toml"].map(Path::new));
        assert!(!found.is_cut);
        assert!(nearby(&folder.path().join("none"), &["toml"]).files.is_empty());
    }
}
