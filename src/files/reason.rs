//! Errors of the operating system, in Chinese.

use std::io::{self, ErrorKind};

/// The operating system's objection, in Chinese; of what is none of the usual things, its number.
pub(crate) fn reason(error: &io::Error) -> String {
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

/// The meaning of the operating system's numbers without a name in the standard library.
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
    use super::super::write_whole;
    use super::*;

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
}
