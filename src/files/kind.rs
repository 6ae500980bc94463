//! Files of other programs, known by their first bytes and named for what they are.

/// The kind of a file that holds no text, and the remedy; none when that cannot be told.
pub(super) fn kind(bytes: &[u8]) -> Option<String> {
    let has = |name: &str| bytes.windows(name.len()).any(|window| window == name.as_bytes());
    let is_old_office = bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]);
    // The old formats name their parts in UTF-16.
    let has_wide = |name: &str| {
        let wide: Vec<u8> = name.bytes().flat_map(|byte| [byte, 0]).collect();
        bytes.windows(wide.len()).any(|window| window == wide)
    };
    let (what, act) = if bytes.starts_with(b"PK\x03\x04") {
        if has("word/") {
            ("Word 文件（.docx）", WORDS)
        } else if has("xl/") {
            ("Excel 工作簿（.xlsx）", FIGURES)
        } else if has("ppt/") {
            ("演示文稿（.pptx）", WORDS)
        } else if has("OFD.xml") {
            ("OFD 文件", WORDS)
        } else {
            ("压缩文件（.zip）", "先解压，再检查里面的数据文件（.toml）")
        }
    } else if is_old_office {
        if has_wide("WordDocument") {
            ("Word 文件（.doc）或 WPS 文字文件", WORDS)
        } else if has_wide("Workbook") || has_wide("Book") {
            ("Excel 工作簿（.xls）或 WPS 表格", FIGURES)
        } else {
            ("旧版 Office 或 WPS 文件", WORDS)
        }
    } else if bytes.starts_with(b"%PDF") {
        ("PDF 文件", WORDS)
    } else if bytes.starts_with(b"{\\rtf") {
        ("RTF 文件（Word、写字板存的）", WORDS)
    } else if is_page(bytes) {
        ("网页文件", WORDS)
    } else if is_picture(bytes) {
        ("图片", WORDS)
    } else if bytes.starts_with(b"Rar!")
        || bytes.starts_with(b"7z\xbc\xaf")
        || bytes.starts_with(&[0x1f, 0x8b])
    {
        ("压缩文件", "先解压，再检查里面的数据文件（.toml）")
    } else {
        return None;
    };
    Some(format!("这是{what}，不是年报的数据文件（.toml）；{act}"))
}

const WORDS: &str = "没有数据文件的，先用 nianbao new 年报.toml 新建，再把文字和数填进去";

const FIGURES: &str =
    "没有数据文件的，先用 nianbao new 年报.toml 新建；三张表的数用 nianbao import-figures 导入";

fn is_page(bytes: &[u8]) -> bool {
    let head: Vec<u8> = bytes.iter().take(256).map(u8::to_ascii_lowercase).collect();
    let head = String::from_utf8_lossy(&head);
    let head = head.trim_start_matches('\u{feff}').trim_start();
    head.starts_with("<!doctype html") || head.starts_with("<html")
}

fn is_picture(bytes: &[u8]) -> bool {
    let is_webp = bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP");
    is_webp
        || [b"\x89PNG".as_slice(), b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*"]
            .iter()
            .any(|start| bytes.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_other_programs_are_named() {
        let of = |bytes: &[u8]| kind(bytes).unwrap_or_default();
        assert!(of(b"PK\x03\x04....word/document.xml").contains("Word 文件（.docx）"));
        assert!(of(b"PK\x03\x04....xl/workbook.xml").contains("import-figures"));
        assert!(of(b"PK\x03\x04....a.toml").contains("先解压"));
        assert!(
            of(b"\xd0\xcf\x11\xe0..W\x00o\x00r\x00d\x00D\x00o\x00c\x00u\x00m\x00e\x00n\x00t\x00")
                .contains(".doc")
        );
        assert!(of(b"%PDF-1.7").contains("PDF"));
        assert!(of(b"\xff\xd8\xff\xe0").contains("图片"));
        assert!(of(b" <!DOCTYPE HTML>").contains("网页"));
        assert!(of(b"{\\rtf1").contains("RTF"));
        assert_eq!(kind("标题 = 3".as_bytes()), None);
        assert!(!of(b"%PDF-1.7").contains("UTF-8"));
    }
}
