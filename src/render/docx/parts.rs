//! The parts that are the same in every report, and the small ones that describe the file.

use std::collections::BTreeSet;

use crate::document::{DRAFT_MARK, Meta};
use crate::package::xml::{DECLARATION, escape};

/// Our styles.
pub(super) fn styles() -> String {
    compact(include_str!("parts/styles.xml"))
}

/// Our settings: odd and even pages differ, Chinese line breaking, Word 2013 or later.
///
/// Word lets an office say which characters may not begin a line. `units`, the characters that stand behind
/// figures, are added to Word's own list, so that a figure stays with its unit and not a character is added
/// to the text; where `days` have months, no line ends with 月. `LibreOffice` 7 reads neither list and goes by its own.
pub(super) fn settings(units: &BTreeSet<char>, days: bool) -> String {
    /// Word's own lists for simplified Chinese.
    const FIRST: &str = "!%),.:;>?]}¢¨°·ˇˉ―‖’”…‰′″›℃∶、。〃〉》」』】〕〗〞︶︺︾﹀﹄﹚﹜﹞！＂％＇），．：；？］｀｜｝～￠";
    const LAST: &str = "$([{£¥·‘“〈《「『【〔〖〝﹙﹛﹝＄（．［｛￡￥";
    /// 破折号 begins no line, nor is it divided.
    const DASH: &str = "—";
    /// The most characters that Word keeps of the list ([MS-DOC], `DopTypography`).
    const MOST: usize = 100;
    let units: String = units.iter().take(MOST - 1 - FIRST.chars().count()).collect();
    let last = if days { "月" } else { "" };
    let lists = format!(
        "<w:noLineBreaksAfter w:lang=\"zh-CN\" w:val=\"{LAST}{last}\"/>\
         <w:noLineBreaksBefore w:lang=\"zh-CN\" w:val=\"{}{DASH}{units}\"/>",
        escape(FIRST),
    );
    let spacing = "<w:characterSpacingControl w:val=\"compressPunctuation\"/>";
    let settings = compact(include_str!("parts/settings.xml"));
    settings.replace(spacing, &format!("{spacing}{lists}"))
}

/// The faces with the names under which other systems know them.
pub(super) fn font_table() -> String {
    compact(include_str!("parts/fontTable.xml"))
}

/// Our page setup, without headers and footers.
pub(super) fn section() -> String {
    compact(include_str!("parts/section.xml"))
}

/// The foot of odd pages.
pub(super) fn odd_footer() -> String {
    compact(include_str!("parts/footer-odd.xml"))
}

/// The foot of even pages.
pub(super) fn even_footer() -> String {
    compact(include_str!("parts/footer-even.xml"))
}

/// The head of every page of a draft: the word, and the word across the page as Word's own watermark.
///
/// Every header of a file has a `number` of its own from 1 to 9, so that no two shapes share a name.
pub(super) fn draft_header(number: usize) -> String {
    let header = compact(include_str!("parts/header-draft.xml"));
    header
        .replace("WaterMarkObjectN", &format!("WaterMarkObject{number}"))
        .replace("_x0000_s204N", &format!("_x0000_s204{number}"))
}

/// `docProps/core.xml`: title, the body as author, the date of publication and no other.
pub(super) fn core_properties(meta: &Meta) -> String {
    let date = meta.published.map(|date| format!("{date}T00:00:00Z")).unwrap_or_default();
    let dates: String = ["created", "modified"]
        .iter()
        .filter(|_| !date.is_empty())
        .map(|name| format!("<dcterms:{name} xsi:type=\"dcterms:W3CDTF\">{date}</dcterms:{name}>"))
        .collect();
    let status = match meta.draft {
        true => format!(
            "<dc:description>{DRAFT_MARK}</dc:description><cp:contentStatus>草稿</cp:contentStatus>"
        ),
        false => String::new(),
    };
    format!(
        "{DECLARATION}<cp:coreProperties \
         xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\
         <dc:title>{}</dc:title><dc:creator>{}</dc:creator><dc:language>zh-CN</dc:language>\
         {dates}{status}</cp:coreProperties>",
        escape(&meta.titled()),
        escape(&meta.agency),
    )
}

/// `docProps/app.xml`: the body as organisation.
pub(super) fn app_properties(meta: &Meta) -> String {
    format!(
        "{DECLARATION}<Properties \
         xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\">\
         <Application>nianbao</Application><Company>{}</Company></Properties>",
        escape(&meta.agency),
    )
}

/// A file of `parts/` without comments and without the white space between lines.
fn compact(xml: &str) -> String {
    let mut out = String::with_capacity(xml.len());
    let mut lines = xml.lines();
    if let Some(first) = lines.next() {
        out.push_str(first);
        out.push_str(if first.starts_with("<?") { "\n" } else { "" });
    }
    for line in lines.map(str::trim).filter(|line| !line.starts_with("<!--")) {
        out.push_str(line);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::package::xml;

    #[test]
    fn every_part_is_one_well_formed_element() {
        let parts = [
            styles(),
            settings(&BTreeSet::from(['件', '年']), true),
            font_table(),
            section(),
            odd_footer(),
            even_footer(),
            draft_header(1),
        ];
        for part in parts {
            assert!(xml::parse(&part).is_ok(), "{part}");
            assert!(!part.contains("<!--"), "a comment is left in {part}");
        }
    }

    #[test]
    fn properties_carry_no_date_but_the_report_s() {
        let mut meta = Meta {
            title: "甲<乙>&丙".into(),
            agency: "某县“人民”政府".into(),
            year: None,
            edition: crate::edition::Edition::Y2021,
            published: None,
            draft: false,
        };
        assert!(!core_properties(&meta).contains("dcterms:created"));
        assert!(xml::parse(&core_properties(&meta)).is_ok());
        meta.published = crate::report::Date::new(2024, 1, 9);
        assert!(core_properties(&meta).contains(">2024-01-09T00:00:00Z<"));
    }
}
