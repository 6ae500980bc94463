//! The only module that touches the disk; every error names its file.

mod keep;
mod kind;
mod nearby;
mod paths;
mod reason;
mod tree;
mod write;

use std::fmt;
use std::fs::{File, Metadata};
use std::io::{self, ErrorKind, Read as _};
use std::path::{Path, PathBuf};

use crate::budget::{DIGEST_BYTES, FILE_BYTES, TEXT_BYTES};
use crate::digest::{Digest, Digester};

pub(crate) use keep::{Lock, lock, replace, rewrite, undo};
pub(crate) use nearby::nearby;
pub(crate) use paths::{
    Stamp, behind, full_path, here, holds, is_folder, is_taken, is_there, real_path, stamp,
    this_program,
};
pub(crate) use reason::reason;
pub use tree::tree;
pub(crate) use tree::whole_tree;
pub use write::write_whole;
pub(crate) use write::{create_whole, remove_leftovers, settle};

/// The reason why a file could not be read or written. Its text is for the reader, in Chinese.
#[derive(Debug)]
pub struct FileError {
    path: PathBuf,
    act: &'static str,
    why: String,
    cause: Cause,
}

/// A cause that passes by itself, as far as it is told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cause {
    /// The file is not there.
    Missing,
    /// Another program wrote the file after it was read.
    Overtaken,
    /// Anything else.
    Other,
}

impl FileError {
    fn new(path: &Path, act: &'static str, why: impl Into<String>) -> Self {
        Self { path: path.to_owned(), act, why: why.into(), cause: Cause::Other }
    }

    fn by(self, cause: Cause) -> Self {
        Self { cause, ..self }
    }

    pub(crate) fn cause(&self) -> Cause {
        self.cause
    }

    /// A file that was opened and cannot be understood, with the reason.
    pub(crate) fn unreadable(path: &Path, why: String) -> Self {
        Self::new(path, "读取", why)
    }
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "无法{} {}：{}", self.act, self.path.display(), self.why)
    }
}

impl std::error::Error for FileError {}

/// Reads a text file that is UTF-8 and not larger than `budget::TEXT_BYTES`.
///
/// # Errors
///
/// When the file is not there, is no file but a folder or a device, may not be read, is too large or no UTF-8.
pub fn read_text(path: &Path) -> Result<String, FileError> {
    let file = open(path).map_err(|why| why.at(path, "这是一个文件夹，请给出数据文件（.toml）"))?;
    text_of(file).map_err(|why| FileError::new(path, "读取", why))
}

/// Reads standard input as [`read_text`] reads a file; `name` is what messages call it.
///
/// # Errors
///
/// When it cannot be read, is too large or no UTF-8.
pub(crate) fn read_standard_input(name: &str) -> Result<String, FileError> {
    text_of(io::stdin().lock()).map_err(|why| FileError::new(name.as_ref(), "读取", why))
}

/// A text that is UTF-8 and not too large; else what is wrong with it.
fn text_of(source: impl io::Read) -> Result<String, String> {
    let mut bytes = Vec::new();
    source.take(TEXT_BYTES + 1).read_to_end(&mut bytes).map_err(|e| reason(&e))?;
    if std::str::from_utf8(&bytes).is_err()
        && let Some(what) = kind::kind(&bytes)
    {
        return Err(what);
    }
    if bytes.len() as u64 > TEXT_BYTES {
        return Err(format!("文件超过 {} MB，不像是年报的数据文件", TEXT_BYTES / 1024 / 1024));
    }
    String::from_utf8(bytes).map_err(|error| {
        let bytes = error.as_bytes();
        if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
            return "文件是 UTF-16（Unicode）编码，请在记事本中另存为，编码选 UTF-8".to_owned();
        }
        let at = error.utf8_error().valid_up_to();
        let line = 1 + bytes[..at].iter().filter(|b| **b == b'\n').count();
        format!("第{line}行起不是 UTF-8 编码（可能存成了 ANSI 或 GBK），请在记事本中另存为，编码选 UTF-8")
    })
}

/// The reason why a file cannot be opened, in Chinese.
enum Unopened {
    Folder,
    Missing,
    Else(String),
}

impl Unopened {
    /// The error of the file, with the words for a folder.
    fn at(self, path: &Path, folder: &str) -> FileError {
        let failed = |why: &str| FileError::new(path, "读取", why);
        match self {
            Self::Folder => failed(folder),
            Self::Missing => failed(&reason(&ErrorKind::NotFound.into())).by(Cause::Missing),
            Self::Else(why) => failed(&why),
        }
    }
}

/// Opens a file, and nothing else: a device may have no end, and a pipe may never begin.
fn open(path: &Path) -> Result<File, Unopened> {
    let failed = |error: io::Error| match error.kind() {
        ErrorKind::NotFound => Unopened::Missing,
        _ => Unopened::Else(reason(&error)),
    };
    let is_file = |metadata: &Metadata| {
        if metadata.is_dir() {
            return Err(Unopened::Folder);
        }
        match special(metadata).or_else(|| named_like_a_device(path)) {
            Some(what) => Err(Unopened::Else(format!("这是{what}，不是文件"))),
            None => Ok(()),
        }
    };
    // Before it is opened, because opening a pipe waits for who writes into it.
    is_file(&std::fs::metadata(path).map_err(failed)?)?;
    let file = File::open(path).map_err(failed)?;
    // Another may have taken its place meanwhile.
    is_file(&file.metadata().map_err(failed)?)?;
    Ok(file)
}

/// The kind of a thing that is neither file nor folder, in Chinese.
pub(crate) fn special(metadata: &Metadata) -> Option<&'static str> {
    let kind = metadata.file_type();
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt as _;
        if kind.is_fifo() {
            return Some("管道");
        }
        if kind.is_socket() {
            return Some("套接字");
        }
        if kind.is_char_device() || kind.is_block_device() {
            return Some("设备");
        }
    }
    (!kind.is_file() && !kind.is_dir() && !kind.is_symlink()).then_some("设备")
}

/// That Windows takes a name for a device, whatever folder and extension it has.
fn named_like_a_device(path: &Path) -> Option<&'static str> {
    let stem = path.file_stem()?.to_str()?;
    (cfg!(windows) && is_device_name(stem)).then_some("设备")
}

/// True if a name without extension stands for a device on Windows.
fn is_device_name(stem: &str) -> bool {
    let stem = stem.split('.').next().unwrap_or_default().trim_end().to_ascii_uppercase();
    let is_numbered = stem.len() == 4
        && (stem.starts_with("COM") || stem.starts_with("LPT"))
        && stem.ends_with(|c: char| c.is_ascii_digit());
    is_numbered || ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"].contains(&stem.as_str())
}

/// The files of a folder whose extension is one of these, in capitals or not, sorted by name. Names that
/// begin with a dot are passed over.
///
/// # Errors
///
/// When the folder is not there, is a file or may not be read.
pub(crate) fn list(folder: &Path, extensions: &[&str]) -> Result<Vec<PathBuf>, FileError> {
    let mut paths = list_all(folder)?;
    paths.retain(|path| {
        let extension = path.extension().unwrap_or_default();
        extensions.iter().any(|wanted| extension.eq_ignore_ascii_case(wanted))
    });
    Ok(paths)
}

/// As [`list`], with files of every kind.
///
/// # Errors
///
/// As [`list`].
pub(crate) fn list_all(folder: &Path) -> Result<Vec<PathBuf>, FileError> {
    let fail = |error: &io::Error| {
        let why = match error.kind() {
            ErrorKind::NotFound => "没有这个文件夹".to_owned(),
            ErrorKind::NotADirectory => "这不是文件夹".to_owned(),
            _ => reason(error),
        };
        FileError::new(folder, "读取", why)
    };
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(|e| fail(&e))? {
        let entry = entry.map_err(|e| fail(&e))?;
        let path = entry.path();
        let is_hidden = entry.file_name().as_encoded_bytes().starts_with(b".");
        if !is_hidden && path.is_file() {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

/// The digest of what a file holds; `None` when it cannot be read or is larger than [`DIGEST_BYTES`].
pub(crate) fn digest(path: &Path) -> Option<Digest> {
    let mut file = open(path).ok()?.take(DIGEST_BYTES + 1);
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
    (file.limit() > 0).then(|| digester.digest())
}

/// Reads a file of any kind that is not larger than [`FILE_BYTES`].
///
/// # Errors
///
/// When the file is not there, is no file but a folder or a device, may not be read, or is too large.
pub(crate) fn read_bytes(path: &Path) -> Result<Vec<u8>, FileError> {
    let fail = |why: String| FileError::new(path, "读取", why);
    let file = open(path).map_err(|why| why.at(path, "这是一个文件夹"))?;
    let mut bytes = Vec::new();
    file.take(FILE_BYTES + 1).read_to_end(&mut bytes).map_err(|e| fail(reason(&e)))?;
    if bytes.len() as u64 > FILE_BYTES {
        return Err(fail(format!("文件超过 {} MB", FILE_BYTES / 1024 / 1024)));
    }
    Ok(bytes)
}

/// The path that leads from a folder to a file, written with `/`; the file's own full path where no
/// path leads there, as from one drive to another.
///
/// # Errors
///
/// When the file is not there or its place cannot be told.
pub(crate) fn path_from(folder: &Path, file: &Path) -> Result<String, FileError> {
    let fail = |path: &Path, error: &io::Error| FileError::new(path, "读取", reason(error));
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
    let no_text =
        || FileError::new(file, "写下路径", "文件名或文件夹名里有不能识别的字符，请先改名");
    if shared == 0 {
        return file.to_str().map(str::to_owned).ok_or_else(no_text);
    }
    let up = from[shared..].iter().map(|_| Some(".."));
    let down = to[shared..].iter().map(|part| part.as_os_str().to_str());
    let parts: Option<Vec<&str>> = up.chain(down).collect();
    Ok(parts.ok_or_else(no_text)?.join("/"))
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
    fn a_digest_is_that_of_the_bytes() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        write_whole(&path, b"abc").unwrap();
        assert_eq!(digest(&path), Some(Digest::of(b"abc")));
        assert_eq!(digest(folder.path()), None);
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
}
