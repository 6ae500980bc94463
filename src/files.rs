//! The only module that touches the disk; every error names its file.

use std::collections::BTreeSet;
use std::fmt;
use std::fs::{File, Metadata, TryLockError};
use std::io::{self, ErrorKind, Read as _, Write as _};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::digest::{Digest, Digester};

/// A data file is a few pages of text; anything larger is some other file.
pub const MAX_TEXT: u64 = 8 * 1024 * 1024;

/// The largest fonts are some tens of megabytes.
pub const MAX_BYTES: u64 = 128 * 1024 * 1024;

/// Why a file could not be read or written. Its text is for the reader, in Chinese.
#[derive(Debug)]
pub struct FileError {
    path: PathBuf,
    act: &'static str,
    why: String,
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "无法{} {}：{}", self.act, self.path.display(), self.why)
    }
}

impl std::error::Error for FileError {}

/// Reads a text file that is UTF-8 and not larger than [`MAX_TEXT`] bytes.
///
/// # Errors
///
/// When the file is not there, is a folder, may not be read, is too large or no UTF-8.
pub fn read_text(path: &Path) -> Result<String, FileError> {
    let fail = |why: String| FileError { path: path.to_owned(), act: "读取", why };
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(|e| fail(reason(&e)))?;
    if file.metadata().map_err(|e| fail(reason(&e)))?.is_dir() {
        return Err(fail("这是一个文件夹，请给出数据文件（.toml）".to_owned()));
    }
    file.take(MAX_TEXT + 1).read_to_end(&mut bytes).map_err(|e| fail(reason(&e)))?;
    if bytes.len() as u64 > MAX_TEXT {
        return Err(fail(format!("文件超过 {} MB，不像是年报的数据文件", MAX_TEXT / 1024 / 1024)));
    }
    String::from_utf8(bytes).map_err(|error| {
        let bytes = error.as_bytes();
        if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
            return fail("文件是 UTF-16（Unicode）编码，请在记事本中另存为，编码选 UTF-8".to_owned());
        }
        let at = error.utf8_error().valid_up_to();
        let line = 1 + bytes[..at].iter().filter(|b| **b == b'\n').count();
        fail(format!("第{line}行起不是 UTF-8 编码（可能存成了 ANSI 或 GBK），请在记事本中另存为，编码选 UTF-8"))
    })
}

/// The files of a folder whose extension is one of these, in capitals or not, sorted by name. Names that
/// begin with a dot are passed over.
///
/// # Errors
///
/// When the folder is not there, is a file or may not be read.
pub fn list(folder: &Path, extensions: &[&str]) -> Result<Vec<PathBuf>, FileError> {
    let fail = |error: &io::Error| {
        let why = match error.kind() {
            ErrorKind::NotFound => "没有这个文件夹".to_owned(),
            ErrorKind::NotADirectory => "这不是文件夹".to_owned(),
            _ => reason(error),
        };
        FileError { path: folder.to_owned(), act: "读取", why }
    };
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(|e| fail(&e))? {
        let entry = entry.map_err(|e| fail(&e))?;
        let path = entry.path();
        let is_hidden = entry.file_name().as_encoded_bytes().starts_with(b".");
        let extension = path.extension().unwrap_or_default();
        let is_wanted = extensions.iter().any(|wanted| extension.eq_ignore_ascii_case(wanted));
        if is_wanted && !is_hidden && path.is_file() {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

/// What a folder holds, its sub-folders included.
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
    let mut tree = Tree::default();
    let mut seen = BTreeSet::new();
    walk(folder, extension, &mut seen, &mut tree)?;
    Ok(tree)
}

fn walk(
    folder: &Path,
    extension: &str,
    seen: &mut BTreeSet<PathBuf>,
    tree: &mut Tree,
) -> Result<(), FileError> {
    let fail =
        |error: &io::Error| FileError {
            path: folder.to_owned(), act: "读取", why: reason(error)
        };
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
            if let Err(error) = walk(&path, extension, seen, tree) {
                tree.unreadable.push(error);
            }
        } else if path.extension().is_some_and(|e| e.eq_ignore_ascii_case(extension))
            && !is_endless(&path)
        {
            tree.files.push(path);
        }
    }
    Ok(())
}

/// Whether something is there that is no file, like a pipe: whoever reads it may wait for ever.
fn is_endless(path: &Path) -> bool {
    path.metadata().is_ok_and(|it| !it.is_file())
}

/// The digest of what a file holds; `None` when it cannot be read.
pub fn digest(path: &Path) -> Option<Digest> {
    let mut file = File::open(path).ok()?;
    let mut digester = Digester::default();
    let mut buffer = vec![0; 64 * 1024];
    loop {
        match file.read(&mut buffer) {
            Ok(0) => break,
            Ok(n) => digester.add(&buffer[..n]),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(_) => return None,
        }
    }
    Some(digester.digest())
}

/// Reads a file of any kind that is not larger than [`MAX_BYTES`] bytes.
///
/// # Errors
///
/// When the file is not there, is a folder, may not be read, or is too large.
pub fn read_bytes(path: &Path) -> Result<Vec<u8>, FileError> {
    let fail = |why: String| FileError { path: path.to_owned(), act: "读取", why };
    let file = File::open(path).map_err(|e| fail(reason(&e)))?;
    if file.metadata().map_err(|e| fail(reason(&e)))?.is_dir() {
        return Err(fail("这是一个文件夹".to_owned()));
    }
    let mut bytes = Vec::new();
    file.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(|e| fail(reason(&e)))?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(fail(format!("文件超过 {} MB", MAX_BYTES / 1024 / 1024)));
    }
    Ok(bytes)
}

/// The file to which a path leads through links; nothing where the path is the file itself or nothing is there.
pub fn behind(path: &Path) -> Option<PathBuf> {
    path.symlink_metadata().ok().filter(Metadata::is_symlink)?;
    path.canonicalize().ok()
}

/// How large a file is and when it was changed, to tell without reading it whether it may have changed.
///
/// # Errors
///
/// When the file is not there or may not be looked at.
pub fn stamp(path: &Path) -> Result<(u64, Option<std::time::SystemTime>), FileError> {
    let fail = |why: String| FileError { path: path.to_owned(), act: "读取", why };
    let metadata = std::fs::metadata(path).map_err(|error| fail(reason(&error)))?;
    // Some file systems keep no times.
    Ok((metadata.len(), metadata.modified().ok()))
}

/// Writes a whole file or nothing: into a temporary file beside it, which then takes its name.
///
/// Folders that are missing are made. A file of that name that is there already is replaced only
/// when everything has been written; who may read and write it stays as it was, and so do its owner and
/// group as far as the system lets them be given away. A link stays, and what it leads to is written.
///
/// # Errors
///
/// When a folder cannot be made, the file may not be written, or not be renamed; and when what has that
/// name is a folder, a device, or a file set to be read only.
pub fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    let fail = |why: String| FileError { path: path.to_owned(), act: "写入", why };
    let failed = |error: &io::Error| fail(reason(error));
    let is_link = path.symlink_metadata().is_ok_and(|it| it.is_symlink());
    let target = match path.canonicalize() {
        Ok(target) if is_link => target,
        // A link that leads nowhere is in nobody's way.
        Err(error) if is_link && error.kind() != ErrorKind::NotFound => return Err(failed(&error)),
        Ok(_) | Err(_) => path.to_owned(),
    };
    let before = target.metadata().ok();
    if before.as_ref().is_some_and(|it| !it.is_file() && !it.is_dir()) {
        return Err(fail("这不是普通文件".to_owned()));
    }
    if before.as_ref().is_some_and(|it| it.is_file() && it.permissions().readonly()) {
        return Err(fail("这个文件设成了只读，没有改动它".to_owned()));
    }
    written_beside(&target, bytes, before.as_ref())?
        .persist(&target)
        .map_err(|e| failed(&e.error))?;
    Ok(())
}

/// Writes a whole file that is not there yet, or nothing; two runs at once cannot both write it.
///
/// # Errors
///
/// When there is a file of that name already, and as [`write_whole`].
pub fn create_whole(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    let fail = |why: String| FileError { path: path.to_owned(), act: "写入", why };
    let taken = || fail("已有这个文件，没有改动它。换一个文件名，或先把它移走".to_owned());
    if path.symlink_metadata().is_ok() && !path.is_dir() {
        return Err(taken());
    }
    match written_beside(path, bytes, None)?.persist_noclobber(path) {
        Ok(_) => Ok(()),
        Err(e) if e.error.kind() == ErrorKind::AlreadyExists => Err(taken()),
        Err(e) => Err(fail(reason(&e.error))),
    }
}

/// The path that leads from a folder to a file, written with `/`; the file's own full path where no
/// path leads there, as from one drive to another.
///
/// # Errors
///
/// When the file is not there or its place cannot be told.
pub fn path_from(folder: &Path, file: &Path) -> Result<String, FileError> {
    let fail = |path: &Path, error: &io::Error| FileError {
        path: path.to_owned(),
        act: "读取",
        why: reason(error),
    };
    let real = |path: &Path| {
        let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
        // A folder that is yet to be made lies where the folder above it lies.
        let whole = std::path::absolute(path).map_err(|e| fail(path, &e))?;
        let above = whole.ancestors().find(|above| above.exists()).unwrap_or(&whole);
        let rest = whole.strip_prefix(above).unwrap_or(Path::new("")).to_owned();
        let above = above.canonicalize().map_err(|e| fail(path, &e))?;
        Ok(if rest.as_os_str().is_empty() { above } else { above.join(rest) })
    };
    let (from, to) = (real(folder)?, file.canonicalize().map_err(|e| fail(file, &e))?);
    let (from, to): (Vec<_>, Vec<_>) = (from.components().collect(), to.components().collect());
    let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    // What is no text cannot be written down, and what is nearly the path leads elsewhere.
    let no_text = || FileError {
        path: file.to_owned(),
        act: "写下路径",
        why: "文件名或文件夹名里有不能识别的字符，请先改名".to_owned(),
    };
    if shared == 0 {
        return file.to_str().map(str::to_owned).ok_or_else(no_text);
    }
    let up = from[shared..].iter().map(|_| Some(".."));
    let down = to[shared..].iter().map(|part| part.as_os_str().to_str());
    let parts: Option<Vec<&str>> = up.chain(down).collect();
    Ok(parts.ok_or_else(no_text)?.join("/"))
}

/// A temporary file with those bytes in the folder where a file is to stand, open to whom the one `before` it was;
/// folders that are missing are made.
fn written_beside(
    path: &Path,
    bytes: &[u8],
    before: Option<&Metadata>,
) -> Result<NamedTempFile, FileError> {
    let fail =
        |error: &io::Error| FileError { path: path.to_owned(), act: "写入", why: reason(error) };
    let folder = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    if path.is_dir() {
        return Err(FileError {
            path: path.to_owned(),
            act: "写入",
            why: "已有同名的文件夹".to_owned(),
        });
    }
    std::fs::create_dir_all(folder).map_err(|e| FileError {
        path: folder.to_owned(),
        act: "建立文件夹",
        why: reason(&e),
    })?;
    let mut file = temporary_file(folder).map_err(|e| match e.kind() {
        // The file itself may well be one that can be written.
        ErrorKind::PermissionDenied => FileError {
            path: path.to_owned(),
            act: "写入",
            why: "没有在这个文件夹里新建文件的权限".to_owned(),
        },
        _ => fail(&e),
    })?;
    // Before anything stands in it that not everyone may read.
    before.inspect(|before| keep_readers(file.as_file(), before));
    file.write_all(bytes).and_then(|()| file.as_file().sync_all()).map_err(|e| fail(&e))?;
    Ok(file)
}

/// Opens a file to those who could read and write the one whose place it takes.
fn keep_readers(file: &File, before: &Metadata) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt as _, fchown};
        // Only the system's own user can give a file away. Among those who share a folder, the group is what counts.
        if fchown(file, Some(before.uid()), Some(before.gid())).is_err() {
            let _ = fchown(file, None, Some(before.gid()));
        }
    }
    // Some file systems keep no permissions; there is nothing to lose there.
    let _ = file.set_permissions(before.permissions());
}

/// How the name of a file begins that has not taken its name yet.
const TEMPORARY: &str = ".nianbao-";

/// A temporary file that is locked while it is written, so that it can be told from one whose program
/// was killed.
fn temporary_file(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(TEMPORARY);
    #[cfg(unix)]
    {
        // As any new file: what the user's mask allows, and not only the user as for secrets.
        use std::os::unix::fs::PermissionsExt as _;
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    loop {
        let file = builder.tempfile_in(folder)?;
        // Someone who cleans up may have taken the file before it was locked; then it is gone.
        match file.as_file().try_lock() {
            Err(TryLockError::WouldBlock) => {}
            Ok(()) if !file.path().exists() => {}
            // Where there are no locks, nobody cleans up either.
            Ok(()) | Err(TryLockError::Error(_)) => return Ok(file),
        }
    }
}

/// Removes what killed programs left half-written in a folder. What another program is writing at
/// this moment stays, and so does everything where locks cannot tell.
pub fn remove_leftovers(folder: &Path) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
        if !is_file || !name.as_encoded_bytes().starts_with(TEMPORARY.as_bytes()) {
            continue;
        }
        let Ok(file) = std::fs::OpenOptions::new().write(true).open(entry.path()) else { continue };
        if file.try_lock().is_ok() {
            // It stays locked until it is gone. If it cannot be removed, the next run tries again.
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

/// What the operating system objects to, in Chinese; of what is none of the usual things, its number.
pub fn reason(error: &io::Error) -> String {
    let usual = match error.kind() {
        ErrorKind::NotFound => "没有这个文件",
        // Windows says so of files that are open in Word, too.
        ErrorKind::PermissionDenied if cfg!(windows) => "没有权限，或者文件正在别的程序中打开",
        ErrorKind::PermissionDenied => "没有权限",
        ErrorKind::AlreadyExists => "已有同名的文件",
        ErrorKind::IsADirectory => "这是一个文件夹",
        ErrorKind::NotADirectory => "路径中有一段不是文件夹",
        ErrorKind::StorageFull => "磁盘已满",
        ErrorKind::QuotaExceeded => "磁盘空间的限额已用完",
        ErrorKind::FileTooLarge => "文件太大，磁盘放不下",
        ErrorKind::ReadOnlyFilesystem => "磁盘是只读的",
        ErrorKind::InvalidFilename | ErrorKind::InvalidInput => "文件名过长或含有不允许的字符",
        ErrorKind::ResourceBusy | ErrorKind::ExecutableFileBusy => {
            "文件正在别的程序中打开，请先关闭"
        }
        ErrorKind::TimedOut
        | ErrorKind::HostUnreachable
        | ErrorKind::NetworkUnreachable
        | ErrorKind::NetworkDown
        | ErrorKind::NotConnected
        | ErrorKind::ConnectionReset
        | ErrorKind::ConnectionAborted
        | ErrorKind::StaleNetworkFileHandle => "网络上的文件夹连接不上",
        ErrorKind::OutOfMemory => "内存不够",
        _ => return error.raw_os_error().map_or("原因不明".to_owned(), by_number),
    };
    usual.to_owned()
}

/// What the numbers of the operating system mean that have no name in the standard library.
fn by_number(number: i32) -> String {
    const TOO_MANY_LINKS: i32 =
        if cfg!(any(target_os = "linux", target_os = "android")) { 40 } else { 62 };
    let known = match number {
        5 if cfg!(unix) => "磁盘读写出错",
        23 | 24 if cfg!(unix) => "同时打开的文件太多",
        TOO_MANY_LINKS if cfg!(unix) => "链接绕成了圈，找不到文件",
        32 | 33 if cfg!(windows) => "文件正在别的程序中打开，请先关闭",
        _ => return format!("系统报告错误 {number}"),
    };
    known.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_read_is_named_with_its_reason() {
        let folder = tempfile::tempdir().unwrap();
        let message = |path: &Path| read_text(path).unwrap_err().to_string();
        assert!(message(folder.path()).ends_with("这是一个文件夹，请给出数据文件（.toml）"));
        let missing = folder.path().join("没有.toml");
        assert!(message(&missing).ends_with("没有.toml：没有这个文件"));
        let gbk = folder.path().join("gbk.toml");
        write_whole(&gbk, b"format = \"2021\"\nname = \"\xba\xa3\xb6\xab\"\n").unwrap();
        assert!(message(&gbk).contains("第2行起不是 UTF-8"));
        let utf16 = folder.path().join("utf16.toml");
        write_whole(&utf16, b"\xff\xfef\0o\0").unwrap();
        assert!(message(&utf16).contains("UTF-16"));
        let large = folder.path().join("large.toml");
        write_whole(&large, &vec![b'x'; 10 * 1024 * 1024]).unwrap();
        assert!(message(&large).contains("超过 8 MB"));
    }

    #[test]
    fn a_folder_gives_its_files_in_order_or_says_why_not() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["b.HTML", "a.css", "notes.txt", "noext", "._a.css"] {
            write_whole(&folder.path().join(name), b"x").unwrap();
        }
        std::fs::create_dir(folder.path().join("c.html")).unwrap();
        let found = list(folder.path(), &["html", "css"]).unwrap();
        let names: Vec<_> = found.iter().map(|path| path.file_name().unwrap()).collect();
        assert_eq!(names, ["a.css", "b.HTML"]);
        let message = |path: &str| list(&folder.path().join(path), &["html"]).unwrap_err();
        assert!(message("none").to_string().ends_with("没有这个文件夹"));
        assert!(message("a.css").to_string().ends_with("这不是文件夹"));
    }

    #[test]
    fn a_tree_is_walked_in_order_and_links_in_a_ring_end() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["b/2.toml", "b/1.TOML", "a.toml", "c.txt", ".git/x.toml", "b/.y.toml"] {
            write_whole(&folder.path().join(name), b"x").unwrap();
        }
        #[cfg(unix)]
        std::os::unix::fs::symlink(folder.path(), folder.path().join("b/ring")).unwrap();
        let found = tree(folder.path(), "toml").unwrap();
        let names: Vec<_> =
            found.files.iter().map(|path| path.strip_prefix(folder.path()).unwrap()).collect();
        assert_eq!(names, ["a.toml", "b/1.TOML", "b/2.toml"].map(Path::new));
        assert!(found.unreadable.is_empty());
        assert!(tree(&folder.path().join("none"), "toml").is_err());
    }

    #[cfg(unix)]
    #[test]
    fn what_is_no_file_is_not_waited_for() {
        let folder = tempfile::tempdir().unwrap();
        write_whole(&folder.path().join("a.toml"), b"x").unwrap();
        let _socket = std::os::unix::net::UnixListener::bind(folder.path().join("b.toml")).unwrap();
        std::os::unix::fs::symlink("none", folder.path().join("c.toml")).unwrap();
        let found = tree(folder.path(), "toml").unwrap();
        assert_eq!(found.files, ["a.toml", "c.toml"].map(|name| folder.path().join(name)));
    }

    #[test]
    fn leftovers_are_removed_but_not_what_is_being_written() {
        let folder = tempfile::tempdir().unwrap();
        let names = || {
            let entries = std::fs::read_dir(folder.path()).unwrap();
            let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name()).collect();
            names.sort();
            names
        };
        let left = temporary_file(folder.path()).unwrap().keep().unwrap();
        drop(left);
        let busy = temporary_file(folder.path()).unwrap();
        write_whole(&folder.path().join(".nianbao.json"), b"{}").unwrap();
        assert_eq!(names().len(), 3);
        remove_leftovers(folder.path());
        assert_eq!(names(), [busy.path().file_name().unwrap(), ".nianbao.json".as_ref()]);
    }

    #[test]
    fn a_digest_is_that_of_the_bytes() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        write_whole(&path, b"abc").unwrap();
        assert_eq!(digest(&path), Some(Digest::of(b"abc")));
        assert_eq!(digest(folder.path()), None);
    }

    #[test]
    fn a_file_that_is_there_is_never_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("new").join("2024.toml");
        create_whole(&path, b"mine").unwrap();
        assert!(create_whole(&path, b"other").unwrap_err().to_string().contains("已有这个文件"));
        assert_eq!(read_text(&path).unwrap(), "mine");
        assert_eq!(std::fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
    }

    #[test]
    fn of_many_who_create_a_file_one_does() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.toml");
        let create = |i: usize| create_whole(&path, i.to_string().as_bytes()).is_ok();
        let made: usize = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..16)
                .map(|i| {
                    let create = &create;
                    scope.spawn(move || create(i))
                })
                .collect();
            threads.into_iter().map(|t| usize::from(t.join().unwrap())).sum()
        });
        assert_eq!(made, 1);
    }

    #[test]
    fn a_path_leads_from_a_folder_to_a_file() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("2023").join("a.toml");
        write_whole(&file, b"x").unwrap();
        let from = |inner: &str| path_from(&folder.path().join(inner), &file).unwrap();
        assert_eq!(from("2023"), "a.toml");
        assert_eq!(from(""), "2023/a.toml");
        assert_eq!(from("2024/新"), "../../2023/a.toml");
        assert!(path_from(folder.path(), &folder.path().join("none.toml")).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn a_path_that_is_no_text_is_refused_and_not_nearly_written() {
        use std::os::unix::ffi::OsStrExt as _;
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(std::ffi::OsStr::from_bytes(b"\xff.toml"));
        // Some file systems have no such names.
        if write_whole(&file, b"x").is_ok() {
            let why = path_from(folder.path(), &file).unwrap_err().to_string();
            assert!(why.ends_with("请先改名"), "{why}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_is_rewritten_keeps_its_place_and_its_readers() {
        use std::os::unix::fs::{MetadataExt as _, PermissionsExt, symlink};
        let folder = tempfile::tempdir().unwrap();
        let (file, link) = (folder.path().join("a/real.toml"), folder.path().join("link.toml"));
        write_whole(&file, b"old").unwrap();
        let set = |mode| std::fs::set_permissions(&file, PermissionsExt::from_mode(mode)).unwrap();
        set(0o640);
        symlink("a/real.toml", &link).unwrap();
        write_whole(&link, b"new").unwrap();
        assert!(link.symlink_metadata().unwrap().is_symlink());
        assert_eq!(read_text(&file).unwrap(), "new");
        assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o640);

        // Whoever may not give files away has none to lose either.
        if std::os::unix::fs::chown(&file, Some(4321), Some(1234)).is_ok() {
            write_whole(&file, b"new").unwrap();
            let now = file.metadata().unwrap();
            assert_eq!((now.uid(), now.gid(), now.mode() & 0o777), (4321, 1234, 0o640));
        }

        set(0o440);
        assert!(write_whole(&link, b"newer").unwrap_err().to_string().contains("只读"));
        assert_eq!(read_text(&file).unwrap(), "new");
        let socket = folder.path().join("socket");
        let _socket = std::os::unix::net::UnixListener::bind(&socket).unwrap();
        assert!(write_whole(&socket, b"x").unwrap_err().to_string().ends_with("这不是普通文件"));
        symlink("ring", folder.path().join("ring")).unwrap();
        let ring = folder.path().join("ring");
        for why in [write_whole(&ring, b"x").unwrap_err(), read_text(&ring).unwrap_err()] {
            assert!(why.to_string().ends_with("链接绕成了圈，找不到文件"), "{why}");
        }
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 4);
    }

    #[cfg(unix)]
    #[test]
    fn a_folder_that_takes_no_new_files_is_named_as_the_reason() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.toml");
        write_whole(&file, b"old").unwrap();
        let set = |mode| std::fs::set_permissions(folder.path(), PermissionsExt::from_mode(mode));
        set(0o555).unwrap();
        let written = write_whole(&file, b"new");
        set(0o755).unwrap();
        // The system's own user may write everywhere.
        if let Err(why) = written {
            assert!(why.to_string().ends_with("没有在这个文件夹里新建文件的权限"), "{why}");
            assert_eq!(read_text(&file).unwrap(), "old");
        }
    }

    #[test]
    fn whatever_the_system_objects_to_is_said_in_chinese() {
        for number in 1..200 {
            let why = reason(&io::Error::from_raw_os_error(number));
            assert!(!why.chars().any(|c| c.is_ascii_alphabetic()), "{why}");
        }
        assert_eq!(reason(&io::Error::other("cannot")), "原因不明");
        let folder = tempfile::tempdir().unwrap();
        write_whole(&folder.path().join("a"), b"x").unwrap();
        let why = write_whole(&folder.path().join("a/b.html"), b"x").unwrap_err().to_string();
        assert!(why.starts_with("无法建立文件夹") && why.ends_with("a：已有同名的文件"), "{why}");
    }

    #[test]
    fn a_failed_write_leaves_the_old_file_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a").join("report.html");
        write_whole(&path, b"old").unwrap();
        assert!(write_whole(&path.join("x.html"), b"new").is_err());
        assert_eq!(read_text(&path).unwrap(), "old");
        write_whole(&path, b"new").unwrap();
        assert_eq!(read_text(&path).unwrap(), "new");
        let n_files = std::fs::read_dir(path.parent().unwrap()).unwrap().count();
        assert_eq!(n_files, 1);
    }
}
