//! Writes a whole file or none.

use std::fs::{File, Metadata, TryLockError};
use std::io::{self, ErrorKind, Write as _};
use std::path::Path;
use std::sync::{PoisonError, RwLock, RwLockWriteGuard};
use std::time::Duration;

use tempfile::NamedTempFile;

use super::{FileError, reason, special};

/// Held for reading by every write under way.
static WRITING: RwLock<()> = RwLock::new(());

/// Waits until no file is being written, and lets none be begun for as long as what is returned is kept.
pub(crate) fn settle() -> RwLockWriteGuard<'static, ()> {
    WRITING.write().unwrap_or_else(PoisonError::into_inner)
}

/// Writes a whole file or nothing: into a temporary file beside it, which then takes its name.
///
/// Folders that are missing are made. A file of that name that is there already is replaced only
/// when everything has been written; who may read and write it stays as it was, and so do its owner and
/// group as far as the system lets them be given away. A link stays, and what it leads to is written;
/// a file takes the place of one that leads nowhere.
///
/// # Errors
///
/// When a folder cannot be made, the file may not be written, or not be renamed; and when what has that
/// name is a folder, a device, or a file set to be read only.
pub fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    let fail = |why: String| FileError::new(path, "写入", why);
    let failed = |error: &io::Error| fail(reason(error));
    let is_link = path.symlink_metadata().is_ok_and(|it| it.is_symlink());
    let target = match path.canonicalize() {
        Ok(target) if is_link => target,
        // A link that leads nowhere is in nobody's way.
        Err(error) if is_link && error.kind() != ErrorKind::NotFound => return Err(failed(&error)),
        Ok(_) | Err(_) => path.to_owned(),
    };
    let _writing = WRITING.read().unwrap_or_else(PoisonError::into_inner);
    let before = target.metadata().ok();
    if let Some(what) = before.as_ref().and_then(special) {
        return Err(fail(format!("这是{what}，不是文件")));
    }
    if before.as_ref().is_some_and(|it| it.is_file() && it.permissions().readonly()) {
        return Err(fail("这个文件设成了只读，没有改动它".to_owned()));
    }
    let written = written_beside(&target, bytes, before.as_ref())?;
    take_name(written, &target).map_err(|e| failed(&e))
}

/// Lets a temporary file take the place of another.
///
/// Windows refuses that while the other is open anywhere, if only for a moment: where this program looks at it again, or
/// one that searches it for viruses.
fn take_name(mut written: NamedTempFile, target: &Path) -> io::Result<()> {
    const PATIENCE: Duration = Duration::from_secs(4);
    const PAUSE: Duration = Duration::from_millis(50);
    let mut left = if cfg!(windows) { PATIENCE } else { Duration::ZERO };
    loop {
        match written.persist(target) {
            Ok(_) => return Ok(()),
            Err(e) if e.error.kind() == ErrorKind::PermissionDenied && !left.is_zero() => {
                written = e.file;
                left = left.saturating_sub(PAUSE);
                std::thread::sleep(PAUSE);
            }
            Err(e) => return Err(e.error),
        }
    }
}

/// Writes a whole file that is not there yet, or nothing; two runs at once cannot both write it.
///
/// # Errors
///
/// When there is a file of that name already, and as [`write_whole`].
pub(crate) fn create_whole(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    let fail = |why: String| FileError::new(path, "写入", why);
    let taken = || fail("已有这个文件，没有改动它。换一个文件名，或先把它移走".to_owned());
    if path.symlink_metadata().is_ok() && !path.is_dir() {
        return Err(taken());
    }
    let _writing = WRITING.read().unwrap_or_else(PoisonError::into_inner);
    match written_beside(path, bytes, None)?.persist_noclobber(path) {
        Ok(_) => Ok(()),
        Err(e) if e.error.kind() == ErrorKind::AlreadyExists => Err(taken()),
        Err(e) => Err(fail(reason(&e.error))),
    }
}

/// A temporary file with those bytes in the folder where a file is to stand, open to whom the one `before` it was;
/// folders that are missing are made.
fn written_beside(
    path: &Path,
    bytes: &[u8],
    before: Option<&Metadata>,
) -> Result<NamedTempFile, FileError> {
    let fail = |error: &io::Error| FileError::new(path, "写入", reason(error));
    let folder = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    if path.is_dir() {
        return Err(FileError::new(path, "写入", "已有同名的文件夹"));
    }
    std::fs::create_dir_all(folder)
        .map_err(|e| FileError::new(folder, "建立文件夹", reason(&e)))?;
    let mut file = temporary_file(folder).map_err(|e| match e.kind() {
        // The file itself may well be one that can be written.
        ErrorKind::PermissionDenied => {
            FileError::new(path, "写入", "没有在这个文件夹里新建文件的权限")
        }
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

/// The beginning of the name of a file that has not taken its own name yet.
pub(super) const TEMPORARY: &str = ".nianbao-";

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
pub(crate) fn remove_leftovers(folder: &Path) {
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

#[cfg(test)]
mod tests {
    use super::super::read_text;
    use super::*;

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

        // A user who may not give files away has none to lose either.
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
        assert!(
            write_whole(&socket, b"x").unwrap_err().to_string().ends_with("这是套接字，不是文件")
        );
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
