//! A workbook that comes from outside, unpacked within limits.

use std::io::{Cursor, Read as _, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::Fault;
use super::read::no_workbook;

/// A workbook of these three tables has some tens of kilobytes; anything larger is some other file.
const MAX_BYTES: usize = 4 << 20;
/// What its parts may unpack to, and how many there may be: more are none of ours, or mean harm.
const MAX_UNPACKED: u64 = 16 << 20;
const MAX_PARTS: usize = 2_000;
/// How every file of the old formats begins, and every encrypted new one.
const OLE: [u8; 4] = [0xD0, 0xCF, 0x11, 0xE0];

/// The parts of a workbook that say what stands in its cells, without compression: nobody who reads
/// them can be made to unpack more than these.
///
/// # Errors
///
/// What kind of file it is instead.
pub(super) fn unpacked(bytes: &[u8]) -> Result<Vec<u8>, Fault> {
    if bytes.starts_with(&OLE) {
        return Err(Fault {
            address: String::new(),
            message: "是旧格式（.xls、.et）或加了密码的文件".to_owned(),
            help: "用 Excel 或 WPS 打开，另存为不加密码的 .xlsx，再导入".to_owned(),
        });
    }
    if bytes.len() > MAX_BYTES {
        return Err(too_large());
    }
    let mut old = ZipArchive::new(Cursor::new(bytes)).map_err(|_| no_workbook())?;
    if old.len() > MAX_PARTS {
        return Err(too_large());
    }
    let mut new = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut allowance = MAX_UNPACKED;
    for i in 0..old.len() {
        let part = old.by_index(i).map_err(|_| no_workbook())?;
        let name = part.name().to_owned();
        // Pictures and macros say nothing of figures.
        if !name.ends_with(".xml") && !name.ends_with(".rels") {
            continue;
        }
        let mut text = Vec::new();
        part.take(allowance + 1).read_to_end(&mut text).map_err(|_| no_workbook())?;
        allowance = allowance.checked_sub(text.len() as u64).ok_or_else(too_large)?;
        let written = new.start_file(name, stored).map_err(|_| no_workbook());
        written.and_then(|()| new.write_all(&text).map_err(|_| no_workbook()))?;
    }
    new.finish().map(Cursor::into_inner).map_err(|_| no_workbook())
}

fn too_large() -> Fault {
    Fault {
        address: String::new(),
        message: "文件太大，不像是本程序导出的工作簿".to_owned(),
        help: "用 nianbao export 重新导出一份，只在三张表里填数，再导入".to_owned(),
    }
}
