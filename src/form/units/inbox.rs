//! Files that are dropped on the page, put into the inbox: under names that nothing there has, and never over a file.

use std::path::Path;

use serde::Serialize;

use crate::document::for_file_name;
use crate::files::{self, FileError};
use crate::load::{is_left_behind, is_own};

/// The outcome of putting a file into the inbox.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(in crate::form) struct Put {
    /// The name under which it lies there.
    name: String,
    /// True if the same bytes lay there under that name.
    was_there: bool,
}

/// The reason why a file was not put there.
#[derive(Debug)]
pub(in crate::form) enum NotPut {
    /// It is no file that could be the report of a unit, and why.
    Refused(String),
    /// It could not be written.
    Failed(FileError),
}

/// The bytes of the longest name, the number of a second one not counted.
const LONGEST: usize = 150;
/// The files that are called by one name.
const MOST_OF_A_NAME: usize = 1_000;

/// Puts a file into the inbox under its own name, or that name with a number.
///
/// # Errors
///
/// When it is empty, is one of those that programs leave behind, or cannot be written.
pub(in crate::form) fn put(inbox: &Path, given: &str, bytes: &[u8]) -> Result<Put, NotPut> {
    let refused = |why: &str| NotPut::Refused(why.to_owned());
    if bytes.is_empty() {
        return Err(refused("是空的文件，没有放进收件夹"));
    }
    let name = plain_name(given)
        .ok_or_else(|| refused("不是报来的文件，是别的程序留下的，没有放进收件夹"))?;
    let (stem, extension) = parted(&name);
    for n in 1..=MOST_OF_A_NAME {
        let name = if n == 1 { name.clone() } else { format!("{stem}（{n}）{extension}") };
        let path = inbox.join(&name);
        if !files::is_taken(&path) {
            match files::create_whole(&path, bytes) {
                Ok(()) => return Ok(Put { name, was_there: false }),
                // Another one may have come first.
                Err(error) if !files::is_taken(&path) => return Err(NotPut::Failed(error)),
                Err(_) => {}
            }
        }
        if files::holds(&path, bytes) {
            return Ok(Put { name, was_there: true });
        }
    }
    Err(refused(&format!("收件夹里叫“{name}”的文件太多，没有放进去；改一个名字再放")))
}

/// A name that is nothing but one: no path, nothing unseen, nothing that a system takes in a way of its own. None for the
/// files that programs leave behind, which nobody hands in.
fn plain_name(given: &str) -> Option<String> {
    let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let name = for_file_name(last);
    let name = name.trim().trim_end_matches(['.', ' ']);
    if is_left_behind(Path::new(name)) || is_own(Path::new(name)) {
        return None;
    }
    // A name that begins with a dot would not be looked at.
    let name = name.trim_start_matches(['.', ' ']);
    let (stem, extension) = parted(name);
    let stem = if stem.trim().is_empty() { "文件" } else { stem };
    let end = LONGEST.saturating_sub(extension.len());
    let end = (0..=end.min(stem.len())).rev().find(|at| stem.is_char_boundary(*at)).unwrap_or(0);
    let stem = stem[..end].trim_end_matches(['.', ' ']);
    let is_device = |stem: &str| {
        let first = stem.split('.').next().unwrap_or_default().trim().to_ascii_uppercase();
        let numbered = |kind: &str| {
            first.strip_prefix(kind).is_some_and(|n| n.chars().count() == 1 && n != "0")
        };
        ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"].contains(&first.as_str())
            || numbered("COM")
            || numbered("LPT")
    };
    let mark = if is_device(stem) { "_" } else { "" };
    Some(format!("{mark}{stem}{extension}"))
}

/// A name before its extension, and the extension with its dot; what is long is none.
fn parted(name: &str) -> (&str, &str) {
    const LONGEST_EXTENSION: usize = 12;
    match name.rfind('.') {
        Some(at) if name.len() - at <= LONGEST_EXTENSION => name.split_at(at),
        _ => (name, ""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_from_outside_is_nothing_but_a_name() {
        for (given, name) in [
            ("教育局.xlsx", "教育局.xlsx"),
            ("../../etc/passwd", "passwd"),
            ("C:\\Users\\a\\年报.docx", "年报.docx"),
            ("C:年报.docx", "C_年报.docx"),
            ("a\u{202e}xslx.exe", "axslx.exe"),
            ("a\r\n\0b.toml", "a___b.toml"),
            (" .. ", "文件"),
            ("", "文件"),
            (".xlsx", "xlsx"),
            ("..hidden.toml", "hidden.toml"),
            ("con.xlsx", "_con.xlsx"),
            ("COM1.toml.txt", "_COM1.toml.txt"),
            ("LPT².docx", "_LPT².docx"),
            ("年报.xlsx. ", "年报.xlsx"),
            ("a:b.xlsx", "a_b.xlsx"),
        ] {
            assert_eq!(plain_name(given).as_deref(), Some(name), "{given:?}");
        }
        let long = plain_name(&format!("{}.xlsx", "年".repeat(300))).unwrap();
        assert!(long.len() <= LONGEST && long.ends_with("年.xlsx"), "{long}");
        // Windows takes a name without the full stop at which it was cut.
        let cut = plain_name(&format!("{}.{}", "a".repeat(149), "b".repeat(200)));
        assert_eq!(cut, Some("a".repeat(149)));
        for left in ["~$年报.docx", "Thumbs.db", "x/.DS_Store", "年报.toml.undo", "年报.复核.toml"]
        {
            assert_eq!(plain_name(left), None, "{left}");
        }
    }

    #[test]
    fn nothing_in_the_inbox_is_ever_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let inbox = folder.path().join("收件夹");
        let name = |put: Result<Put, NotPut>| put.map(|put| (put.name, put.was_there)).unwrap();
        let of = |name: &str, was_there| (name.to_owned(), was_there);
        assert_eq!(name(put(&inbox, "一.xlsx", b"1")), of("一.xlsx", false));
        assert_eq!(name(put(&inbox, "一.xlsx", b"2")), of("一（2）.xlsx", false));
        assert_eq!(name(put(&inbox, "../一.xlsx", b"2")), of("一（2）.xlsx", true));
        assert_eq!(name(put(&inbox, "一.xlsx", b"1")), of("一.xlsx", true));
        assert_eq!(files::read_bytes(&inbox.join("一.xlsx")).unwrap(), b"1");
        assert_eq!(files::list_all(folder.path()).unwrap().len(), 0);
        for (name, bytes) in [("空.xlsx", ""), ("~$a.docx", "1")] {
            assert!(matches!(put(&inbox, name, bytes.as_bytes()), Err(NotPut::Refused(_))));
        }
    }

    #[cfg(unix)]
    #[test]
    fn links_and_devices_under_its_name_are_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let inbox = folder.path().join("收件夹");
        std::fs::create_dir_all(inbox.join("三.xlsx")).unwrap();
        let outside = folder.path().join("outside");
        std::os::unix::fs::symlink(&outside, inbox.join("一.xlsx")).unwrap();
        std::os::unix::fs::symlink("/dev/zero", inbox.join("二.xlsx")).unwrap();
        for (name, under) in
            [("一.xlsx", "一（2）.xlsx"), ("二.xlsx", "二（2）.xlsx"), ("三.xlsx", "三（2）.xlsx")]
        {
            let put = put(&inbox, name, b"1").unwrap();
            assert_eq!(put, Put { name: under.to_owned(), was_there: false });
        }
        assert!(!files::is_there(&outside));
        let file = folder.path().join("一个文件");
        files::write_whole(&file, b"kept").unwrap();
        assert!(matches!(put(&file, "一.xlsx", b"1"), Err(NotPut::Failed(_))));
        assert_eq!(files::read_bytes(&file).unwrap(), b"kept");
    }

    #[test]
    fn of_files_put_at_once_under_one_name_none_is_lost() {
        let folder = tempfile::tempdir().unwrap();
        let inbox = folder.path();
        std::thread::scope(|scope| {
            for n in 0..20_u8 {
                scope.spawn(move || put(inbox, "年报.xlsx", &[n]).unwrap());
            }
        });
        let lie = files::list_all(inbox).unwrap();
        let mut lie: Vec<Vec<u8>> =
            lie.iter().map(|path| files::read_bytes(path).unwrap()).collect();
        lie.sort();
        assert_eq!(lie, (0..20).map(|n| vec![n]).collect::<Vec<_>>());
    }
}
