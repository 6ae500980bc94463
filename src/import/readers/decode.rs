//! Bytes to text: what a page, a letter or a text file says of its encoding, and what is true.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, GB18030, UTF_8};

use super::super::error::ImportError;
use crate::budget::PUBLISHED_BYTES;

/// The number of bytes within which a page may declare its encoding; the standard says 1,024, templates do not know that.
const DECLARED_WITHIN: usize = 4_096;

/// The text of a web page.
pub(super) fn page(bytes: &[u8]) -> Result<String, ImportError> {
    let bytes = within(bytes)?;
    let declared = declared(&bytes[..bytes.len().min(DECLARED_WITHIN)]);
    Ok(decoded(bytes, declared.and_then(|label| Encoding::for_label(label.as_bytes()))))
}

/// A plain text.
pub(super) fn text(bytes: &[u8]) -> Result<String, ImportError> {
    let text = decoded(within(bytes)?, None);
    // A few control characters may stand in any text; a file that is full of them is none.
    let n_control = text.chars().filter(|c| c.is_control() && !c.is_whitespace()).count();
    let n_broken = text.chars().filter(|c| *c == '\u{fffd}').count();
    if (n_control + n_broken) * 20 > text.chars().count() {
        return Err(ImportError::new(
            "这个文件不是文字，认不出是什么文件",
            "给出年报的网页（.html、.mht）、Word 文件（.docx）、PDF、工作簿（.xlsx）或文本文件（.txt）",
        ));
    }
    Ok(text)
}

/// The first page of a letter, which is how browsers save a page as one file.
pub(super) fn letter(bytes: &[u8]) -> Result<String, ImportError> {
    let damaged = || ImportError::damaged("保存的网页（.mht）");
    let letter = mailparse::parse_mail(within(bytes)?).map_err(|_| damaged())?;
    let parts = letter.parts();
    let page = parts.into_iter().find(|part| part.ctype.mimetype == "text/html");
    let page = page.ok_or_else(damaged)?;
    let declared = page.ctype.params.get("charset");
    let encoding = declared.and_then(|label| Encoding::for_label(label.as_bytes()));
    let bytes = page.get_body_raw().map_err(|_| damaged())?;
    match encoding {
        Some(encoding) => Ok(decoded(&bytes, Some(encoding))),
        None => self::page(&bytes),
    }
}

fn within(bytes: &[u8]) -> Result<&[u8], ImportError> {
    if bytes.len() > PUBLISHED_BYTES {
        return Err(ImportError::too_large(&format!("文件超过 {} MB", PUBLISHED_BYTES >> 20)));
    }
    Ok(bytes)
}

/// The text in the encoding of its mark; else in the declared one if it is sound in it; else in the one that its
/// bytes speak for.
fn decoded(bytes: &[u8], declared: Option<&'static Encoding>) -> String {
    if let Some((marked, _)) = Encoding::for_bom(bytes) {
        return marked.decode(bytes).0.into_owned();
    }
    if let Some(wide) = unmarked_wide(bytes) {
        return wide.decode_without_bom_handling(bytes).0.into_owned();
    }
    // GB 2312 and GBK are parts of GB 18030; that a page is one of them says nothing against the rest.
    let declared =
        declared.map(|encoding| if encoding == encoding_rs::GBK { GB18030 } else { encoding });
    // What is sound UTF-8 is UTF-8, whatever the page says.
    for encoding in [Some(UTF_8), declared].into_iter().flatten() {
        if let Some(text) = encoding.decode_without_bom_handling_and_without_replacement(bytes) {
            return text.into_owned();
        }
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let likely = detector.guess(Some(b"cn"), Utf8Detection::Allow);
    likely.decode(bytes).0.into_owned()
}

/// UTF-16 without its mark: of the halves of its characters, one is 0 in all tags, blanks and digits, the other in few
/// Chinese characters.
pub(super) fn unmarked_wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(DECLARED_WITHIN)];
    let n_zero = |first: usize| head.iter().skip(first).step_by(2).filter(|b| **b == 0).count();
    let (even, odd) = (n_zero(0), n_zero(1));
    let is_clear = |many: usize, few: usize| many * 32 > head.len() && many > 2 * few;
    if is_clear(odd, even) {
        Some(encoding_rs::UTF_16LE)
    } else if is_clear(even, odd) {
        Some(encoding_rs::UTF_16BE)
    } else {
        None
    }
}

/// The encoding that the head of a page declares.
fn declared(head: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let at = head.find("charset")? + "charset".len();
    let rest = head[at..].trim_start().strip_prefix('=')?.trim_start();
    let rest = rest.trim_start_matches(['"', '\'']);
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_')?;
    Some(rest[..end].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORDS: &str = "本年新收政府信息公开申请数量";

    #[test]
    fn pages_are_read_in_any_encoding() {
        let gbk = encoding_rs::GBK.encode(WORDS).0.into_owned();
        let with = |declared: &str, body: &[u8]| {
            let mut page = format!("<html><meta charset={declared}>").into_bytes();
            page.extend(body);
            page
        };
        for declared in ["\"gb2312\"", "GBK", "utf-8", "'big5-of-no-use'"] {
            assert!(page(&with(declared, &gbk)).unwrap().ends_with(WORDS), "{declared}");
        }
        assert!(page(&with("gb2312", WORDS.as_bytes())).unwrap().ends_with(WORDS));
        assert_eq!(text(&gbk).unwrap(), WORDS);
        let wide: Vec<u8> = [0xff, 0xfe]
            .into_iter()
            .chain(WORDS.encode_utf16().flat_map(u16::to_le_bytes))
            .collect();
        assert_eq!(text(&wide).unwrap(), WORDS);
        let page_of = |unit: fn(u16) -> [u8; 2]| -> Vec<u8> {
            format!("<html><p>{WORDS}").encode_utf16().flat_map(unit).collect()
        };
        for bytes in [page_of(u16::to_le_bytes), page_of(u16::to_be_bytes)] {
            assert!(page(&bytes).unwrap().ends_with(WORDS));
        }
        assert!(text(&[1, 2, 3, 0, 0, 5].repeat(40)).is_err());
    }

    #[test]
    fn a_saved_page_is_the_first_of_its_letter() {
        let body = "=E6=9C=AC=\r\n=E5=B9=B4";
        let mht = format!(
            "From: <saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; type=\"text/html\"; boundary=\"x\"\r\n\r\n--x\r\nContent-Type: text/html; charset=\"utf-8\"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<html>{body}</html>\r\n--x--\r\n"
        );
        assert!(letter(mht.as_bytes()).unwrap().contains("本年"));
        assert!(letter(b"MIME-Version: 1.0\r\n\r\nx").is_err());
    }
}
