//! The data files that the arguments of a command stand for.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::document;
use crate::files::{self, FileError};
use crate::load::is_published;
use crate::source::{self, SourceFile};

/// A data file of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Input {
    /// The file.
    pub path: PathBuf,
    /// The folder that was named, or the folder of the file that was.
    pub root: PathBuf,
    /// True if the file was found in a folder, where other TOML files may lie too.
    pub found: bool,
}

impl Input {
    /// The folder for the outputs of this file: beside it, or below `out` at the same place as below its root.
    pub(crate) fn folder(&self, out: Option<&Path>) -> PathBuf {
        let own = plain(self.path.parent().unwrap_or(Path::new("")));
        match out {
            Some(out) => match own.strip_prefix(&self.root) {
                Ok(below) if below.as_os_str().is_empty() => out.to_owned(),
                Ok(below) => out.join(below),
                Err(_) => out.to_owned(),
            },
            None => own.to_owned(),
        }
    }

    /// One name for that folder, however it was written, and whether or not it is there yet.
    pub(super) fn folder_key(&self, out: Option<&Path>) -> PathBuf {
        let folder = self.folder(out);
        let here = if folder.as_os_str().is_empty() { Path::new(".") } else { &folder };
        let key = match out {
            Some(_) => files::full_path(here),
            None => files::real_path(here),
        };
        key.unwrap_or(folder)
    }
}

/// A path without the `./` at its beginning.
fn plain(path: &Path) -> &Path {
    path.strip_prefix(".").unwrap_or(path)
}

/// The data files that the arguments stand for.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// The data files, in the order of the arguments and of the names in a folder, each once.
    pub inputs: Vec<Input>,
    /// The reasons why some of it is missing: folders that hold no data file or cannot be read.
    pub problems: Vec<String>,
    /// True if a folder was among the arguments.
    pub folders: bool,
}

impl Found {
    /// True if this is a run over many files, which ends with a table.
    pub(crate) fn is_many(&self) -> bool {
        self.folders || self.inputs.len() > 1
    }
}

/// The data files for some arguments: files as they are, and all `*.toml` below folders.
pub(crate) fn find(arguments: &[PathBuf]) -> Found {
    find_kinds(arguments, &["toml"])
}

/// As [`find`], and the published reports below folders, but for those that were made from a data file that lies there.
pub(crate) fn find_with_published(arguments: &[PathBuf]) -> Found {
    let mut found = find_kinds(arguments, &["toml", "docx", "pdf", "html", "htm", "mht", "mhtml"]);
    let in_folder = |input: &&Input| input.found && is_published(&input.path);
    if found.inputs.iter().any(|input| in_folder(&input)) {
        let data = found.inputs.iter().filter(|input| !is_published(&input.path));
        let titles: BTreeSet<String> = data.filter_map(|input| title(&input.path)).collect();
        let is_made = |input: &Input| {
            let name = input.path.file_name().map(|name| name.to_string_lossy().into_owned());
            name.is_some_and(|name| titles.iter().any(|title| name.starts_with(title.as_str())))
        };
        found.inputs.retain(|input| !in_folder(&input) || !is_made(input));
    }
    found
}

/// The name under which the outputs of a data file are written.
fn title(path: &Path) -> Option<String> {
    let source = SourceFile::parse("", files::read_text(path).ok()?);
    let report = source::read(&source).0?;
    Some(document::meta(&report, false).file_name())
}

fn find_kinds(arguments: &[PathBuf], extensions: &[&str]) -> Found {
    let mut found = Found::default();
    let mut seen = BTreeSet::new();
    for argument in arguments {
        let mut add = |path: PathBuf, root: &Path, in_folder: bool| {
            // A file that is not there is one of its own; reading it will say so.
            let same = files::real_path(&path).unwrap_or_else(|| path.clone());
            if seen.insert(same) {
                found.inputs.push(Input { path, root: plain(root).to_owned(), found: in_folder });
            }
        };
        if !files::is_there(argument) && argument.to_string_lossy().contains(['*', '?']) {
            // Where the shell leaves such patterns to the program.
            found.problems.push(format!(
                "没有 {} 这个文件；整个文件夹一起做的，不用写 * 和 ?，只写文件夹名",
                argument.display()
            ));
            continue;
        }
        if !files::is_folder(argument) {
            add(argument.clone(), argument.parent().unwrap_or(Path::new("")), false);
            continue;
        }
        found.folders = true;
        match files::tree_of(argument, extensions) {
            Ok(tree) => {
                if tree.files.is_empty() && tree.unreadable.is_empty() {
                    found
                        .problems
                        .push(format!("{}：这个文件夹里没有数据文件（.toml）", argument.display()));
                }
                for path in tree.files {
                    add(plain(&path).to_owned(), argument, true);
                }
                found.problems.extend(tree.unreadable.iter().map(FileError::to_string));
            }
            Err(error) => found.problems.push(error.to_string()),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outputs_keep_the_folders_of_the_files() {
        let input = |path: &str, root: &str| Input {
            path: path.into(),
            root: root.into(),
            found: !root.is_empty(),
        };
        let folder = |input: Input, out: Option<&str>| input.folder(out.map(Path::new));
        assert_eq!(folder(input("区/镇/a.toml", "区"), Some("成品")), Path::new("成品/镇"));
        assert_eq!(folder(input("区/a.toml", "区"), Some("成品")), Path::new("成品"));
        assert_eq!(folder(input("镇/a.toml", ""), Some("成品")), Path::new("成品/镇"));
        assert_eq!(folder(input("镇/a.toml", "镇"), None), Path::new("镇"));
        assert_eq!(folder(input("a.toml", ""), None), Path::new(""));
        assert_eq!(folder(input("./镇/a.toml", "镇"), None), Path::new("镇"));
        assert_eq!(folder(input("./a.toml", ""), Some("成品")), Path::new("成品"));
        let key = |path: &str| input(path, "").folder_key(None);
        assert_eq!(key("src/a.toml"), key("./tests/../src/b.toml"));
        assert_ne!(key("src/a.toml"), key("tests/a.toml"));
    }

    #[test]
    fn a_file_named_twice_is_one_file() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["b.toml", "a.toml", "x/c.toml"] {
            files::write_whole(&folder.path().join(name), b"").unwrap();
        }
        let at = |name: &str| folder.path().join(name);
        let found = find(&[at("b.toml"), at(""), at("x"), at("none.toml")]);
        let paths: Vec<_> = found.inputs.iter().map(|input| input.path.clone()).collect();
        assert_eq!(paths, [at("b.toml"), at("a.toml"), at("x/c.toml"), at("none.toml")]);
        assert!(found.problems.is_empty() && found.folders);
        std::fs::create_dir(at("empty")).unwrap();
        assert!(find(&[at("empty")]).problems[0].contains("没有数据文件"));
        let found = find(&[at("*.toml")]);
        assert!(found.inputs.is_empty() && found.problems[0].contains("只写文件夹名"));
    }
}
