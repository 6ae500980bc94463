//! The data files that the arguments of a command stand for.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use crate::document;
use crate::files::{self, FileError};
use crate::load::{
    ASIDE, LIST_NAME, Leftover, Listed, is_data_path, is_own, is_published, is_whole_report,
    leftover,
};
use crate::ordered::in_order;
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
    /// The files below folders that may hold a report and are not read.
    pub(crate) leftovers: Vec<Leftover>,
    /// The files below folders that are something else.
    pub(crate) others: Vec<PathBuf>,
    /// The number of files in what an office keeps beside its list: what went out, came back and was replaced.
    pub(crate) n_aside: usize,
    /// The lists of units that lie in the folders.
    pub(crate) listed: Listed,
}

impl Found {
    /// True if this is a run over many files, which ends with a table.
    pub(crate) fn is_many(&self) -> bool {
        self.folders || self.inputs.len() > 1
    }
}

/// The data files for some arguments: files as they are, and all data files below folders.
pub(crate) fn find(arguments: &[PathBuf]) -> Found {
    find_kinds(arguments, &[])
}

/// As [`find`], and the published reports below folders, but for those that were made from a data file that lies there.
pub(crate) fn find_with_published(arguments: &[PathBuf]) -> Found {
    find_kinds(
        arguments,
        &["docx", "doc", "wps", "rtf", "ofd", "pdf", "html", "htm", "mht", "mhtml"],
    )
}

/// The names under which the outputs of these data files are written.
fn titles(inputs: &[Input]) -> BTreeSet<String> {
    let data: Vec<&Input> = inputs.iter().filter(|input| !is_published(&input.path)).collect();
    let mut titles = BTreeSet::new();
    let never = AtomicBool::new(false);
    in_order(
        data.len(),
        &never,
        |i| title(&data[i].path),
        |_, title| {
            titles.extend(title);
        },
    );
    titles
}

/// The name under which the outputs of a data file are written.
fn title(path: &Path) -> Option<String> {
    let source = SourceFile::parse("", files::read_text(path).ok()?);
    let report = source::read(&source).0?;
    Some(document::meta(&report, false).file_name())
}

fn find_kinds(arguments: &[PathBuf], published: &[&str]) -> Found {
    let mut found = Found::default();
    let mut seen = BTreeSet::new();
    // Of folders, what is neither.
    let mut rest: Vec<PathBuf> = Vec::new();
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
        match files::whole_tree(argument) {
            Ok(tree) => {
                let mut n = 0;
                for path in without_aside(tree.files, &mut found.n_aside) {
                    let path = plain(&path).to_owned();
                    if is_data_path(&path) || is_report(&path, published) {
                        add(path, argument, true);
                        n += 1;
                    } else if !is_own(&path) {
                        rest.push(path);
                    }
                }
                if n == 0 && tree.unreadable.is_empty() {
                    found
                        .problems
                        .push(format!("{}：这个文件夹里没有数据文件（.toml）", argument.display()));
                }
                found.problems.extend(tree.unreadable.iter().map(FileError::to_string));
            }
            Err(error) => found.problems.push(error.to_string()),
        }
    }
    without_made(&mut found, &mut rest);
    let (reports, others): (Vec<_>, Vec<_>) =
        rest.into_iter().partition(|path| leftover(path).is_some());
    found.leftovers = reports.iter().filter_map(|path| leftover(path)).collect();
    found.others = others;
    let lists = found.inputs.iter().filter(|input| input.found);
    let lists = lists.filter(|input| input.path.file_name().is_some_and(|n| n == LIST_NAME));
    found.listed = Listed::read(lists.map(|input| input.path.as_path()));
    found
}

/// True if a file of a folder is read as a published report: by its extension, or, since texts and workbooks are mostly
/// something else, where it holds a whole one.
fn is_report(path: &Path, published: &[&str]) -> bool {
    let extension = path.extension().unwrap_or_default();
    published.iter().any(|own| extension.eq_ignore_ascii_case(own))
        || !published.is_empty() && is_whole_report(path)
}

/// The files without those in the folders that an office keeps beside its lists, which are counted.
fn without_aside(mut files: Vec<PathBuf>, n_aside: &mut usize) -> Vec<PathBuf> {
    let lists = files.iter().filter(|path| path.file_name().is_some_and(|n| n == LIST_NAME));
    let folders = lists.filter_map(|path| path.parent());
    let aside: BTreeSet<PathBuf> =
        folders.flat_map(|folder| ASIDE.map(|name| folder.join(name))).collect();
    let n = files.len();
    files.retain(|path| !path.ancestors().any(|folder| aside.contains(folder)));
    *n_aside += n - files.len();
    files
}

/// Leaves out what was made from the data files of the run.
fn without_made(found: &mut Found, rest: &mut Vec<PathBuf>) {
    let in_folder = |input: &Input| input.found && is_published(&input.path);
    if !rest.is_empty() || found.inputs.iter().any(in_folder) {
        let titles = titles(&found.inputs);
        let is_made = |path: &Path| {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
            name.is_some_and(|name| titles.iter().any(|title| name.starts_with(title.as_str())))
        };
        found.inputs.retain(|input| !in_folder(input) || !is_made(&input.path));
        rest.retain(|path| !is_made(path));
    }
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
