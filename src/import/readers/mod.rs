//! Files of every kind to [`Sheet`]s.

mod decode;
mod doc;
mod docx;
mod html;
mod looks;
mod numbering;
mod ofd;
mod pages;
#[cfg(feature = "pdf-import")]
mod pdf;
mod rows;
mod rtf;
mod shown;
mod sprm;
#[cfg(feature = "pdf-import")]
mod swelling;
mod tags;
mod text;
mod tracked;
mod tree;
mod xlsx;

pub(crate) use tracked::Comment;
pub(super) use tracked::Tracked;

use super::error::ImportError;
use super::sheet::{Reason, Sheet};
use crate::budget::PUBLISHED_BLOCKS;
use crate::guard::guarded;
use crate::workbook;

/// The kinds of files that hold published reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum FileKind {
    Html,
    Mht,
    Pdf,
    Package,
    OldOffice,
    Rtf,
    Picture,
    Text,
}

/// Reads a file of any kind.
///
/// # Errors
///
/// The reason why it cannot be read, in words for who opened it.
pub(super) fn read(bytes: &[u8]) -> Result<Sheet, ImportError> {
    // Whatever a library stumbles over, the file is not sound.
    guarded(|| read_unguarded(bytes)).unwrap_or_else(|_| Err(ImportError::damaged("这个文件")))
}

/// Reads a Word file as if one person's tracked changes had been rejected.
///
/// # Errors
///
/// As [`read`].
pub(super) fn read_without(bytes: &[u8], author: &str) -> Result<Sheet, ImportError> {
    guarded(|| within(docx::read_without(bytes, Some(author))?))
        .unwrap_or_else(|_| Err(ImportError::damaged("这个文件")))
}

/// The tracked changes and comments of a file.
pub(super) fn tracked(bytes: &[u8]) -> Tracked {
    if kind(bytes) != FileKind::Package {
        return Tracked::default();
    }
    guarded(|| docx::tracked(bytes)).unwrap_or_default()
}

fn read_unguarded(bytes: &[u8]) -> Result<Sheet, ImportError> {
    within(read_kind(bytes)?)
}

/// A sheet without control characters and the feet of its pages, if it is no larger than the budget.
fn within(mut sheet: Sheet) -> Result<Sheet, ImportError> {
    if sheet.blocks.len() > PUBLISHED_BLOCKS {
        return Err(ImportError::too_large(&format!(
            "文件里的段落和表格超过 {PUBLISHED_BLOCKS} 个"
        )));
    }
    sheet.drop_controls();
    if sheet.dropped.iter().any(|dropped| dropped.reason == Reason::Struck) {
        sheet.remarks.push("文件里有划掉的文字：没有读，当作已经删去".to_owned());
    }
    // Feet of pages may stand among the paragraphs of what another program saved.
    sheet.drop_lines(Reason::PageNumber, text::is_page_number);
    Ok(sheet)
}

fn read_kind(bytes: &[u8]) -> Result<Sheet, ImportError> {
    match kind(bytes) {
        FileKind::Html => html::read(&decode::page(bytes)?),
        FileKind::Mht => html::read(&decode::letter(bytes)?),
        FileKind::Pdf => pdf(bytes),
        FileKind::Package => package(bytes),
        FileKind::OldOffice if workbook::is_foreign(bytes) => xlsx::read(bytes),
        FileKind::OldOffice => doc::read(bytes),
        FileKind::Rtf => rtf::read(bytes),
        FileKind::Picture => Err(ImportError::new(
            "这是图片，里面没有文字",
            "照着图片用 nianbao new 新建数据文件，逐项填写；不要用识别出来的数代替核对",
        )),
        FileKind::Text => text::read(&decode::text(bytes)?),
    }
}

#[cfg(feature = "pdf-import")]
fn pdf(bytes: &[u8]) -> Result<Sheet, ImportError> {
    pdf::read(bytes)
}

#[cfg(not(feature = "pdf-import"))]
fn pdf(_: &[u8]) -> Result<Sheet, ImportError> {
    Err(ImportError::new(
        "这个程序没有编进读 PDF 的部分",
        "换用发布包里的程序，或者用 cargo build --features pdf-import 编译；也可以用 Word、WPS 打开这份 PDF，另存为 .docx 再读",
    ))
}

/// A plain text in whatever encoding.
///
/// # Errors
///
/// When it is no text, or larger than the budget.
pub(super) fn plain_text(bytes: &[u8]) -> Result<String, ImportError> {
    decode::text(bytes)
}

/// The kind of a file, by its bytes: names are often wrong.
fn kind(bytes: &[u8]) -> FileKind {
    let head = &bytes[..bytes.len().min(4096)];
    let has = |words: &[u8]| head.windows(words.len()).any(|w| w.eq_ignore_ascii_case(words));
    let starts = |words: &[u8]| bytes.starts_with(words);
    if head[..head.len().min(1024)].windows(5).any(|w| w == b"%PDF-") {
        FileKind::Pdf
    } else if starts(b"PK\x03\x04") {
        FileKind::Package
    } else if starts(&[0xd0, 0xcf, 0x11, 0xe0]) {
        FileKind::OldOffice
    } else if starts(b"{\\rtf") {
        FileKind::Rtf
    } else if [&b"\x89PNG"[..], b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*"]
        .iter()
        .any(|start| starts(start))
    {
        FileKind::Picture
    } else if has(b"mime-version:") && (has(b"multipart/") || has(b"text/html")) {
        FileKind::Mht
    } else if head.trim_ascii_start().starts_with(b"<")
        || has(b"<!doctype html")
        || has(b"<html")
        || has(b"<table")
        || has(b"<body")
        || has(b"<div")
        || has(b"<p>")
        || wide(head).is_some_and(|text| text.contains("<html") || text.contains("<!DOCTYPE html"))
    {
        FileKind::Html
    } else {
        FileKind::Text
    }
}

/// Text in UTF-16, with its mark or without.
fn wide(head: &[u8]) -> Option<String> {
    let encoding = match head {
        [0xff, 0xfe, ..] => encoding_rs::UTF_16LE,
        [0xfe, 0xff, ..] => encoding_rs::UTF_16BE,
        _ => decode::unmarked_wide(head)?,
    };
    Some(encoding.decode(head).0.into_owned())
}

/// Word files and workbooks; other zip files are named for what they are.
fn package(bytes: &[u8]) -> Result<Sheet, ImportError> {
    let has = |name: &[u8]| bytes.windows(name.len()).any(|window| window == name);
    if workbook::is_foreign(bytes) {
        xlsx::read(bytes)
    } else if has(b"OFD.xml") {
        ofd::read(bytes)
    } else if has(b"word/") {
        docx::read(bytes)
    } else if has(b"xl/") {
        xlsx::read(bytes)
    } else if has(b"ppt/") {
        Err(ImportError::new("这是演示文稿（.pptx），不是年报", "换成年报的 Word、PDF 或网页文件"))
    } else {
        Err(ImportError::new(
            "这是压缩文件，或者不完整的 Word 文件",
            "先解压，再读里面的年报；下载不完整的，重新下载",
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_known_by_their_bytes() {
        assert_eq!(kind(b"%PDF-1.7"), FileKind::Pdf);
        assert_eq!(kind(b"PK\x03\x04"), FileKind::Package);
        assert_eq!(kind(b"\xef\xbb\xbf<!DOCTYPE html>"), FileKind::Html);
        assert_eq!(kind(b"\xff\xfe<\0h\0t\0m\0l\0>\0"), FileKind::Html);
        assert_eq!(kind(b"<\0h\0t\0m\0l\0>\0"), FileKind::Html);
        let mht = b"From: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related";
        assert_eq!(kind(mht), FileKind::Mht);
        assert_eq!(kind("一、总体情况".as_bytes()), FileKind::Text);
        assert_eq!(kind(b""), FileKind::Text);
        let message = |bytes: &[u8]| read(bytes).unwrap_err().message;
        assert!(message(b"\x89PNG").contains("图片"));
        assert!(message(b"PK\x03\x04....").contains("压缩"));
        assert!(message(b"\xd0\xcf\x11\xe0....").contains(".doc"));
    }
}
