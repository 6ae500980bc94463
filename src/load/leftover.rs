//! The files of a folder that are no data files, so that each can be named where the data files are read.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::second::is_second_entry;
use crate::source::SCHEMA_FILE;

/// A file that may hold a report and is not read as one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Leftover {
    /// The file.
    pub(crate) path: PathBuf,
    /// Its kind.
    pub(crate) kind: &'static str,
    /// The thing to do with it.
    pub(crate) help: &'static str,
}

type Kind = (&'static str, &'static str);

const WORKBOOK: Kind = ("表格文件", "用 nianbao import-figures 导入数据文件");
const WORDS: Kind = ("文字文件", "用 nianbao import 读成数据文件");
const OLD: Kind = ("本程序不读的格式", "另存为 .docx、.xlsx 或 PDF");
const PACKED: Kind = ("压缩文件", "先解压");
const PICTURE: Kind = ("图片", "照着填写数据文件");

/// The kinds of files in which reports come, by extension.
const KINDS: &[(Kind, &[&str])] = &[
    (WORKBOOK, &["xlsx", "xlsm", "ods", "csv", "et", "xls"]),
    (WORDS, &["docx", "doc", "wps", "rtf", "pdf", "ofd", "html", "htm", "mht", "mhtml", "txt"]),
    (OLD, &["odt"]),
    (PACKED, &["zip", "rar", "7z", "tar", "gz"]),
    (PICTURE, &["jpg", "jpeg", "png", "bmp", "tif", "tiff", "gif", "heic"]),
];

/// The kind of a file in which reports come, by its extension.
pub(crate) fn leftover(path: &Path) -> Option<Leftover> {
    let extension = path.extension()?.to_string_lossy().to_ascii_lowercase();
    let ((kind, help), _) = *KINDS.iter().find(|(_, known)| known.contains(&extension.as_str()))?;
    Some(Leftover { path: path.to_owned(), kind, help })
}

/// The files that may be reports, but for those that were made from data files with these titles.
pub(super) fn leftovers(paths: &[PathBuf], titles: &[String]) -> Vec<Leftover> {
    let is_made = |path: &Path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        titles.iter().any(|title| !title.is_empty() && name.starts_with(title.as_str()))
    };
    paths.iter().filter(|path| !is_made(path)).filter_map(|path| leftover(path)).collect()
}

/// True if a path is that of a data file of a report: `.toml`, or `.toml.txt`, as Windows names it where it hides extensions.
pub(crate) fn is_data_path(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
    let is_toml = name.ends_with(".toml") || name.ends_with(".toml.txt");
    is_toml && !is_second_entry(path)
}

/// True if a file goes with the data files of a folder and is none: what this program keeps there.
pub(crate) fn is_own(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name == SCHEMA_FILE || name.ends_with(".undo") || is_second_entry(path)
}

/// True if a file is one of those that programs of offices and systems leave behind, which nobody hands in.
pub(crate) fn is_left_behind(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    name.starts_with("~$") || ["thumbs.db", "desktop.ini", ".ds_store"].contains(&name.as_str())
}

/// Files of other kinds, counted by extension, in words: `.md 2 个`.
pub(crate) fn counted<'a>(paths: impl Iterator<Item = &'a Path>) -> String {
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    for path in paths {
        let extension = path.extension().map(|e| format!(".{}", e.to_string_lossy()));
        *kinds.entry(extension.unwrap_or_else(|| "没有扩展名的".to_owned())).or_default() += 1;
    }
    let words: Vec<String> = kinds.iter().map(|(kind, n)| format!("{kind} {n} 个")).collect();
    words.join("、")
}
