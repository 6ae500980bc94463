//! A workbook that comes from outside, unpacked within limits.

use super::Fault;
use super::runs::marked;
use crate::budget::{
    CELL_BYTES, PACKAGE_PARTS, SHARED_FORMULA_BYTES, SHEETS, WORKBOOK_BYTES, WORKBOOK_READ_BYTES,
    WORKBOOK_TAGS, WORKBOOK_UNPACKED_BYTES,
};
use crate::package::{Limits, PackageError, Zipped, decoded, stored};

/// The limits of an unpacked workbook.
pub(super) const LIMITS: Limits =
    Limits { parts: PACKAGE_PARTS, bytes: WORKBOOK_UNPACKED_BYTES, nodes: 0 };

/// The parts of a workbook that say what stands in its cells, without compression: nobody who reads
/// them can be made to unpack more than these.
///
/// # Errors
///
/// The kind of file it is instead.
pub(super) fn unpacked(bytes: &[u8]) -> Result<Vec<u8>, Fault> {
    if bytes.len() > WORKBOOK_BYTES {
        return Err(too_large());
    }
    let mut old = Zipped::open(bytes, LIMITS).map_err(fault)?;
    // Pictures and macros say nothing of figures, nor does what an office system has put beside them.
    let is_text = |name: &&str| {
        (name.ends_with(".xml") || name.ends_with(".rels")) && !name.starts_with("customXml/")
    };
    let names: Vec<String> = old.names().filter(is_text).map(str::to_owned).collect();
    let mut parts = Vec::with_capacity(names.len());
    for name in names {
        let Some(text) = old.bytes(&name).map_err(fault)? else { continue };
        let text = plain(text).map_err(|()| no_workbook())?;
        let text = if name.contains("/worksheets/") { without_extent(&text) } else { text };
        if !is_sound(&text) {
            return Err(no_workbook());
        }
        if is_excessive(&name, &text) {
            return Err(too_large());
        }
        let text = if holds_cells(&name) { marked(&text).into_owned() } else { text };
        parts.push((name, text.into_bytes()));
    }
    if n_sheets(&parts) * parts.iter().map(|(_, text)| text.len()).sum::<usize>()
        > WORKBOOK_READ_BYTES
    {
        return Err(too_large());
    }
    stored(&parts).map_err(|_| no_workbook())
}

/// A part as UTF-8, without a declaration that speaks of the bytes as they were.
fn plain(bytes: Vec<u8>) -> Result<String, ()> {
    if !matches!(bytes.get(..2), Some([0xFF, 0xFE] | [0xFE, 0xFF])) {
        return String::from_utf8(bytes).map_err(|_| ());
    }
    let text = decoded(&bytes).filter(|_| bytes.len().is_multiple_of(2)).ok_or(())?;
    let head = text.strip_prefix("<?xml").and_then(|rest| rest.split_once("?>"));
    Ok(head.map_or_else(|| text.clone(), |(_, body)| body.to_owned()))
}

/// A worksheet without the extent that it says it has: nobody needs it, and where it is wrong the reader would stop.
fn without_extent(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, tag)) = rest.split_once('<') {
        let (inside, behind) = tag.split_once('>').unwrap_or((tag, ""));
        let name = inside.split([' ', '/', '\t', '\r', '\n']).next().unwrap_or_default();
        let is_extent = name.rsplit(':').next() == Some("dimension");
        if !is_extent {
            let length = before.len() + 1 + inside.len();
            out.push_str(&rest[..length]);
            rest = &rest[length..];
            continue;
        }
        out.push_str(before);
        out.push_str(&format!(
            "<{name} ref=\"A1\"{}>",
            if inside.ends_with('/') { "/" } else { "" }
        ));
        rest = behind;
    }
    out + rest
}

/// The number of times a part of the workbook may be read: for each sheet that is named.
fn n_sheets(parts: &[(String, Vec<u8>)]) -> usize {
    let book = parts.iter().find(|(name, _)| name.ends_with("workbook.xml"));
    book.map_or(0, |(_, text)| n_tags(text, b"<sheet "))
}

fn n_tags(text: &[u8], tag: &[u8]) -> usize {
    text.windows(tag.len()).filter(|window| *window == tag).count()
}

/// True if texts of cells stand in a part.
fn holds_cells(name: &str) -> bool {
    name.contains("/worksheets/") || name.ends_with("sharedStrings.xml")
}

/// True if a part has more tags, sheets or formulas that share a text than the budget allows.
fn is_excessive(name: &str, text: &str) -> bool {
    let [cells, looks] = WORKBOOK_TAGS;
    let most = if holds_cells(name) { cells } else { looks };
    let formulas = text.split("<f").skip(1).filter_map(|piece| {
        let (head, rest) = piece.split_once('>')?;
        Some((head, rest.split('<').next().unwrap_or_default().len()))
    });
    let (n_shared, longest) = formulas.fold((0_usize, 0), |(n, longest), (head, length)| {
        (n + usize::from(head.contains("shared")), longest.max(length))
    });
    text.bytes().filter(|byte| *byte == b'<').count() > most
        || n_tags(text.as_bytes(), b"<sheet ") > SHEETS
        || n_shared * longest > SHARED_FORMULA_BYTES
}

/// That a file is no workbook at all.
pub(super) fn no_workbook() -> Fault {
    Fault {
        address: String::new(),
        message: "不是 Excel 工作簿（.xlsx），或文件已损坏".to_owned(),
        help: "用 Excel 或 WPS 打开填好的文件，另存为 .xlsx，再导入；打不开的，用 nianbao export 重新导出一份填写".to_owned(),
    }
}

/// The fault of a file, in the words of a workbook.
pub(super) fn fault(error: PackageError) -> Fault {
    match error {
        PackageError::OldOrEncrypted => Fault {
            address: String::new(),
            message: "是旧格式（.xls、.et）或加了密码的文件".to_owned(),
            help: "用 Excel 或 WPS 打开，另存为不加密码的 .xlsx，再导入".to_owned(),
        },
        PackageError::TooManyParts | PackageError::TooLarge => too_large(),
        PackageError::NoZip | PackageError::NoContentTypes | PackageError::Part(..) => {
            no_workbook()
        }
    }
}

/// True if a part can be given to the reader, which takes addresses, numbers of formulas and counts unchecked:
/// addresses lie on a sheet, no text is longer than a cell can hold, and nothing claims to be more than
/// there is room for.
fn is_sound(text: &str) -> bool {
    let texts = text.split('<').filter_map(|piece| Some(piece.split_once('>')?.1));
    let counts_less = |value: &str| value.parse::<usize>().is_ok_and(|n| n <= text.len());
    !text.contains('\0')
        && texts.map(str::len).all(|n| n <= CELL_BYTES)
        && text.match_indices('=').all(|(at, _)| match attribute(text, at) {
            Some(("r" | "ref", value)) => is_address(value),
            Some(("si" | "count" | "uniqueCount", value)) => counts_less(value),
            Some(_) | None => true,
        })
}

/// Name and value of the attribute whose equals sign stands at `at`.
fn attribute(text: &str, at: usize) -> Option<(&str, &str)> {
    let before = text.get(..at)?.trim_end();
    let is_part = |c: char| c.is_alphanumeric() || "_:.-".contains(c);
    let name = before.rfind(|c| !is_part(c)).and_then(|i| before.get(i..)).unwrap_or(before);
    let name = name.trim_start_matches(|c| !is_part(c));
    if !["r", "ref", "si", "count", "uniqueCount"].contains(&name) {
        return None;
    }
    let value = text.get(at + 1..)?.trim_start();
    let quote = value.chars().next().filter(|c| ['"', '\''].contains(c))?;
    Some((name, value.split(quote).nth(1)?))
}

/// True if an address or a range stays on a sheet, whose last cell is `XFD1048576`, and does not run backwards.
fn is_address(value: &str) -> bool {
    let mut last = (0, 0);
    for end in value.split(':') {
        let digits = end.trim_start_matches(|c: char| c.is_ascii_alphabetic());
        let letters = end.strip_suffix(digits).unwrap_or_default();
        // What no spreadsheet writes in an address is left to the reader, but for what stands for other characters.
        if letters.len() > 3 || digits.len() > 7 || end.contains('&') {
            return false;
        }
        let column = letters.bytes().fold(0_u32, |column, letter| {
            column * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1
        });
        let here = (digits.parse::<u32>().unwrap_or(0), column);
        if here.0 < last.0 || here.1 < last.1 {
            return false;
        }
        last = here;
    }
    true
}

pub(super) fn too_large() -> Fault {
    Fault {
        address: String::new(),
        message: "文件太大，不像是本程序导出的工作簿".to_owned(),
        help: "用 nianbao export 重新导出一份，只在三张表里填数，再导入".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_read_whatever_they_say_of_themselves() {
        let text = "<?xml version=\"1.0\" encoding=\"UTF-16\"?>\n<a>年</a>";
        let utf16 = |mark: [u8; 2], of: fn(u16) -> [u8; 2]| {
            mark.into_iter().chain(text.encode_utf16().flat_map(of)).collect::<Vec<u8>>()
        };
        let little = utf16([0xFF, 0xFE], u16::to_le_bytes);
        assert_eq!(plain(little.clone()).unwrap(), "\n<a>年</a>");
        assert_eq!(plain(utf16([0xFE, 0xFF], u16::to_be_bytes)).unwrap(), "\n<a>年</a>");
        assert!(plain(little[..little.len() - 1].to_vec()).is_err());
        assert!(plain(vec![0xFF, 0xFE, 0x00, 0xD8]).is_err());
        let sheet =
            "<s><x:dimension ref=\"A0:J31\"/><c r=\"A1\">&lt;</c><dimension></dimension></s> <";
        let plain = "<s><x:dimension ref=\"A1\"/><c r=\"A1\">&lt;</c><dimension ref=\"A1\"></dimension></s> <";
        assert_eq!(without_extent(sheet), plain);
    }

    #[test]
    fn addresses_beyond_a_sheet_are_not_given_to_the_reader() {
        let is_sound = |cell: &str| is_sound(&format!("<row r=\"7\">{cell}</row>"));
        assert!(is_sound("<c r=\"D7\" s=\"1\"><f t=\"shared\" ref=\"D7:D9\" si=\"12\">A1</f></c>"));
        assert!(is_sound("<mergeCell ref=\"A1:XFD1048576\"/><a r:id=\"rId12345678\"/>"));
        assert!(is_sound("<sheetPr codeName=\"Sheet12345678\"/><a:rect r=\"-50000\"/>"));
        for wrong in [
            "<c r=\"ZZZZ1\"/>",
            "<c r = 'D4294967303'/>",
            "<c r=\"&#68;7\"/>",
            "<mergeCell ref=\"B2:A1\"/>",
            "<f t=\"shared\" si=\"4294967295\"/>",
            "<sst uniqueCount=\"2000000000\"/>",
            "<sst uniqueCount=\"1000000000000000000\" count='1'/>",
            "<cellXfs count = '99999999999999999999'/>",
            "<sst uniqueCount=\"-1\"/>",
        ] {
            assert!(!is_sound(wrong), "{wrong}");
        }
        assert!(!is_sound(&format!("<f>{}</f>", "1+".repeat(60_000))));
    }
}
