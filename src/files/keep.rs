//! Changes a file that is there so that nothing is lost: one process at a time, and what was there stays beside it.

use std::ffi::OsString;
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use super::write::TEMPORARY;
use super::{Cause, FileError, read_bytes, write_whole};

/// The ending of the name for the file that was there before.
const BEFORE: &str = ".undo";

/// The path of the copy that was there before a file was changed.
pub(super) fn before_of(path: &Path) -> PathBuf {
    with_suffix(path, BEFORE)
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.file_name().map(OsString::from).unwrap_or_default();
    name.push(suffix);
    path.with_file_name(name)
}

/// Writes a file that was read as `before`, and keeps that beside it for [`undo`].
///
/// # Errors
///
/// When the file is no longer as it was read, another process is writing in its folder, and as
/// [`write_whole`].
pub(crate) fn replace(path: &Path, before: &[u8], bytes: &[u8]) -> Result<(), FileError> {
    let _lock = unchanged(path, before)?;
    finish_undo(path);
    write_whole(&before_of(path), before)?;
    write_whole(path, bytes)
}

/// Writes a file that was read as `before`; what is kept beside it for [`undo`] stays as it is.
///
/// # Errors
///
/// As [`replace`].
pub(crate) fn rewrite(path: &Path, before: &[u8], bytes: &[u8]) -> Result<(), FileError> {
    let _lock = unchanged(path, before)?;
    write_whole(path, bytes)
}

/// Locks the folder of a file that still holds what was read.
fn unchanged(path: &Path, before: &[u8]) -> Result<Lock, FileError> {
    let lock = lock(path.parent().unwrap_or(Path::new("")))?;
    if read_bytes(path)? != before {
        let why = "它刚被别的程序改过，没有写入；请再运行一次";
        return Err(FileError::new(path, "写入", why).by(Cause::Overtaken));
    }
    Ok(lock)
}

/// Puts back what a file held before it was last changed here, and keeps what it holds now, so that doing it
/// twice changes nothing.
///
/// # Errors
///
/// When nothing is kept, another process is writing in the folder, and as [`write_whole`].
pub(crate) fn undo(path: &Path) -> Result<(), FileError> {
    let before = before_of(path);
    let fail = |why: &str| FileError::new(path, "恢复", why);
    let _lock = lock(path.parent().unwrap_or(Path::new("")))?;
    if !before.exists() {
        return Err(fail(
            "没有修改以前的副本；只有 sum --into、import --into、import-figures 和 read-back 写过的文件有",
        ));
    }
    if finish_undo(path) {
        return Ok(());
    }
    let (now, then) = (read_bytes(path)?, read_bytes(&before)?);
    // At every moment both are there, under some name.
    let aside = aside_of(path);
    write_whole(&aside, &now)?;
    let done = write_whole(path, &then).and_then(|()| {
        std::fs::rename(&aside, &before).map_err(|error| {
            // Else the next try would put back what is there already, and keep nothing.
            let _ = write_whole(path, &now);
            fail(&super::reason(&error))
        })
    });
    if done.is_err() && read_bytes(path).is_ok_and(|bytes| bytes == now) {
        let _ = std::fs::remove_file(&aside);
    }
    done
}

/// Brings an undo to its end that was killed on its way; true if it had got as far as the file. Without this the next one
/// would write over the only copy of what was undone.
fn finish_undo(path: &Path) -> bool {
    let (before, aside) = (before_of(path), aside_of(path));
    let Ok(undone) = read_bytes(&aside) else { return false };
    let holds = |path: &Path| read_bytes(path).ok();
    let now = holds(path);
    if now.as_ref() == Some(&undone) {
        let _ = std::fs::remove_file(&aside);
        return false;
    }
    now.is_some() && now == holds(&before) && std::fs::rename(&aside, &before).is_ok()
}

/// The name of what is undone, until it takes the place of the copy that was there before.
fn aside_of(path: &Path) -> PathBuf {
    with_suffix(&before_of(path), ".new")
}

/// A folder in which no other process of this program writes, for as long as this is kept.
#[derive(Debug)]
pub(crate) struct Lock {
    /// The file that is locked; none where the system has no locks, as on some network drives.
    file: Option<(File, PathBuf)>,
    /// The folder, if it was made for the lock.
    made: Option<PathBuf>,
}

impl Drop for Lock {
    fn drop(&mut self) {
        if let Some((_file, path)) = self.file.take() {
            // It stays locked until it is gone.
            let _ = std::fs::remove_file(path);
        }
        if let Some(folder) = &self.made {
            // Only an empty folder can be removed so.
            let _ = std::fs::remove_dir(folder);
        }
    }
}

/// Waits until no other process of this program writes in a folder. A folder that is not there is made.
///
/// # Errors
///
/// When another process does not come to an end.
pub(crate) fn lock(folder: &Path) -> Result<Lock, FileError> {
    /// The time to wait for another process, which most often writes a file or two.
    const PATIENCE: Duration = Duration::from_secs(30);
    const PAUSE: Duration = Duration::from_millis(25);
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let made =
        (!folder.exists() && std::fs::create_dir_all(folder).is_ok()).then(|| folder.to_owned());
    let path = folder.join(format!("{TEMPORARY}lock"));
    let until = Instant::now() + PATIENCE;
    let mut lock = Lock { file: None, made };
    loop {
        let opened =
            std::fs::OpenOptions::new().create(true).truncate(false).write(true).open(&path);
        // Where nothing can be written, what follows says why.
        let Ok(file) = opened else { return Ok(lock) };
        match file.try_lock() {
            // The one before may have removed it between opening and locking; then it locks nobody out.
            Ok(()) if !is_same(&file, &path) => {}
            Ok(()) => {
                lock.file = Some((file, path));
                return Ok(lock);
            }
            // Where there are no locks, the file locks nobody out and need not stay.
            Err(TryLockError::Error(_)) => {
                drop(file);
                let _ = std::fs::remove_file(&path);
                return Ok(lock);
            }
            Err(TryLockError::WouldBlock) if Instant::now() > until => {
                let why =
                    "另一个 nianbao 一直在这个文件夹里写文件；等它做完，或者结束它，再运行一次";
                return Err(FileError::new(folder, "写入", why));
            }
            Err(TryLockError::WouldBlock) => thread::sleep(PAUSE),
        }
    }
}

/// True if an open file is the one that has that name.
fn is_same(file: &File, path: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        let place = |metadata: std::fs::Metadata| (metadata.dev(), metadata.ino());
        file.metadata().ok().map(place) == path.metadata().ok().map(place)
    }
    #[cfg(not(unix))]
    {
        // An open file cannot be removed there.
        let _ = file;
        path.exists()
    }
}

#[cfg(test)]
mod tests {
    use super::super::read_text;
    use super::*;

    #[test]
    fn what_was_there_comes_back_and_goes_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("年报.toml");
        write_whole(&path, "一".as_bytes()).unwrap();
        assert!(undo(&path).unwrap_err().to_string().contains("没有修改以前的副本"));
        assert!(replace(&path, b"else", b"x").unwrap_err().to_string().contains("改过"));
        assert_eq!(read_text(&path).unwrap(), "一");
        replace(&path, "一".as_bytes(), "二".as_bytes()).unwrap();
        for text in ["一", "二", "一"] {
            undo(&path).unwrap();
            assert_eq!(read_text(&path).unwrap(), text);
        }
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2);
    }

    #[test]
    fn an_undo_that_was_killed_is_finished_and_loses_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("年报.toml");
        let texts = || [&path, &before_of(&path)].map(|path| read_text(path).unwrap());
        let begin = || {
            write_whole(&path, "一".as_bytes()).unwrap();
            replace(&path, "一".as_bytes(), "二".as_bytes()).unwrap();
            // As far as any killed one gets.
            write_whole(&aside_of(&path), "二".as_bytes()).unwrap();
        };
        begin();
        undo(&path).unwrap();
        assert_eq!(texts(), ["一", "二"], "killed before the file was written");
        begin();
        write_whole(&path, "一".as_bytes()).unwrap();
        undo(&path).unwrap();
        assert_eq!(texts(), ["一", "二"], "killed after it");
        begin();
        write_whole(&path, "一".as_bytes()).unwrap();
        replace(&path, "一".as_bytes(), "三".as_bytes()).unwrap();
        assert_eq!(texts(), ["三", "一"]);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2);
    }

    #[test]
    fn an_undo_that_fails_leaves_all_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("年报.toml");
        write_whole(&path, "一".as_bytes()).unwrap();
        replace(&path, "一".as_bytes(), "二".as_bytes()).unwrap();
        let mut permissions = path.metadata().unwrap().permissions();
        permissions.set_readonly(true);
        std::fs::set_permissions(&path, permissions).unwrap();
        assert!(undo(&path).unwrap_err().to_string().contains("只读"));
        assert_eq!(read_text(&path).unwrap(), "二");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2);
    }

    #[test]
    fn one_writes_at_a_time_and_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.toml");
        write_whole(&path, b"0").unwrap();
        // Each adds one to what it reads; none is lost.
        thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    loop {
                        let before = read_text(&path).unwrap();
                        let next = (before.parse::<usize>().unwrap() + 1).to_string();
                        if replace(&path, before.as_bytes(), next.as_bytes()).is_ok() {
                            return;
                        }
                    }
                });
            }
        });
        assert_eq!(read_text(&path).unwrap(), "8");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2);
        let new = folder.path().join("new");
        drop(lock(&new).unwrap());
        assert!(!new.exists());
    }
}
