//! Word files that another program saved before they come back: in the manner of WPS, with changes tracked, accepted or rejected.

use std::path::Path;

use super::carriers::{part, with_part};
use super::read_back::{DOCUMENT, NAME, data_file, made, proposals, put, said};
use crate::support::{read, write};

/// A document as WPS saves it: styles by numbers of their own, digits and characters in runs of their own, each with its face and
/// language, properties of tables with every row, and a mark where the cursor was.
fn as_wps(document: &str) -> String {
    const RUN: &str = "<w:rPr><w:rFonts w:hint=\"eastAsia\" w:ascii=\"仿宋_GB2312\" w:eastAsia=\"仿宋_GB2312\"/><w:sz w:val=\"32\"/><w:lang w:val=\"en-US\" w:eastAsia=\"zh-CN\"/></w:rPr>";
    let mut text = String::new();
    let mut rest = document;
    while let Some(at) = rest.find("<w:t ") {
        let start = at + rest[at..].find('>').unwrap() + 1;
        let end = start + rest[start..].find("</w:t>").unwrap();
        text.push_str(&rest[..start]);
        let mut last = None;
        for c in rest[start..end].chars() {
            let is_digit = c.is_ascii_digit();
            if last.is_some_and(|last| last != is_digit) {
                text.push_str("</w:t></w:r><w:r>");
                text.push_str(RUN);
                text.push_str("<w:t>");
            }
            last = Some(is_digit);
            text.push(c);
        }
        rest = &rest[end..];
    }
    text.push_str(rest);
    let row = "<w:tr><w:tblPrEx><w:tblCellMar><w:top w:w=\"0\" w:type=\"dxa\"/></w:tblCellMar></w:tblPrEx>";
    let mut numbered = text.replace("<w:tr>", row);
    for (number, style) in ["Title", "BodyText", "Heading1", "SmallTableHead"].iter().enumerate() {
        numbered = numbered.replace(
            &format!("<w:pStyle w:val=\"{style}\"/>"),
            &format!("<w:pStyle w:val=\"{}\"/><w:keepLines w:val=\"0\"/><w:spacing w:line=\"560\" w:lineRule=\"exact\"/><w:jc w:val=\"both\"/>", number + 2),
        );
    }
    let mark = "<w:bookmarkStart w:id=\"9\" w:name=\"_GoBack\"/><w:bookmarkEnd w:id=\"9\"/>";
    numbered
        .replacen(
            "<w:document ",
            "<w:document xmlns:wpsCustomData=\"http://www.wps.cn/officeDocument/2013/wpsCustomData\" xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" mc:Ignorable=\"w14 w15 wp14\" ",
            1,
        )
        .replacen("</w:p>", &format!("{mark}</w:p>"), 1)
}

/// Saves the Word file of a folder as WPS does, with some of its XML in other words.
fn save(folder: &Path, changes: &[(&str, &str)]) {
    let package = read(&folder.join(NAME));
    let mut text = as_wps(&part(&package, DOCUMENT));
    for (from, to) in changes {
        assert!(text.contains(from), "{from}");
        text = text.replacen(from, to, 1);
    }
    put(folder, &with_part(&package, DOCUMENT, &text));
}

/// Words as they stand in the file after WPS has saved it.
fn words(text: &str) -> String {
    let whole = as_wps(&format!("<w:t >{text}</w:t>"));
    whole.strip_prefix("<w:t >").unwrap().strip_suffix("</w:t>").unwrap().to_owned()
}

const END: &str = "</w:t></w:r>";
const BEGIN: &str = "<w:r><w:rPr><w:rFonts w:hint=\"eastAsia\"/></w:rPr><w:t>";

fn inserted(who: &str, words: &str) -> String {
    format!(
        "<w:ins w:id=\"3\" w:author=\"{who}\" w:date=\"2024-01-09T10:00:00Z\">{BEGIN}{words}{END}</w:ins>"
    )
}

fn deleted(who: &str, words: &str) -> String {
    format!(
        "<w:del w:id=\"4\" w:author=\"{who}\" w:date=\"2024-01-09T10:00:00Z\"><w:r><w:delText>{words}</w:delText></w:r></w:del>"
    )
}

#[test]
fn what_wps_saves_without_a_change_has_no_corrections() {
    let folder = made();
    save(folder.path(), &[]);
    let told = proposals(folder.path(), 0);
    for list in ["proposals", "not_taken", "questions"] {
        assert_eq!(told[list].as_array().unwrap().len(), 0, "{told}");
    }
    let before = data_file(folder.path());
    said(folder.path(), &["--accept", "all"], 0);
    assert_eq!(data_file(folder.path()), before);
}

#[test]
fn changes_that_wps_tracked_come_back_as_if_accepted_each_with_its_author() {
    let folder = made();
    let before = data_file(folder.path());
    let cell = "<w:t xml:space=\"preserve\">2446</w:t></w:r>";
    let moved = words("四是落实责任追究。");
    let old = words("全年培训32次，");
    let training = format!(
        "全年培训{END}{}{}{BEGIN}次，",
        deleted("WPS_1586", "32"),
        inserted("WPS_1586", "35")
    );
    let licences =
        format!("<w:t></w:t></w:r>{}{}", deleted("李主任", "2446"), inserted("李主任", "2449"));
    let from = format!(
        "{END}<w:moveFrom w:id=\"5\" w:author=\"李主任\">{BEGIN}{moved}{END}</w:moveFrom>{BEGIN}"
    );
    // Changes of layout that were tracked, too, are no corrections.
    let style = "<w:pStyle w:val=\"3\"/>";
    let restyled = format!(
        "{style}<w:pPrChange w:id=\"8\" w:author=\"李主任\"><w:pPr><w:ind w:firstLine=\"0\"/></w:pPr></w:pPrChange>"
    );
    save(
        folder.path(),
        &[(&old, &training), (cell, &licences), (&moved, &from), (style, &restyled)],
    );
    let told = proposals(folder.path(), 1);
    let all = told["proposals"].as_array().unwrap();
    let of = |words: &str| {
        let one = all.iter().find(|one| one["after"] == words || one["before"] == words);
        let one =
            one.or_else(|| all.iter().find(|one| one["after"].as_str().unwrap().contains(words)));
        one.unwrap_or_else(|| panic!("{words}: {told}"))
    };
    assert_eq!(of("2449")["authors"].to_string(), "[\"李主任\"]", "{told}");
    assert_eq!(of("全年培训35次，")["authors"].to_string(), "[\"WPS_1586\"]", "{told}");
    assert_eq!(of("四是落实责任追究。")["authors"].to_string(), "[\"李主任\"]", "{told}");
    said(folder.path(), &["--accept", "all"], 0);
    let after = data_file(folder.path());
    let expected = before
        .replace("licences            = 2446 ", "licences            = 2449 ")
        .replace("全年培训32次，", "全年培训35次，")
        .replace("四是落实责任追究。", "");
    assert_eq!(after, expected);
}

#[test]
fn changes_that_were_accepted_are_text_and_those_rejected_are_none() {
    let folder = made();
    let before = data_file(folder.path());
    // Accepting leaves the new words in runs of their own, rejecting the old ones.
    let old = words("全年培训32次，");
    let accepted = format!("全年培训{END}{BEGIN}35{END}{BEGIN}次，");
    let rejected = format!("全年培训{END}{BEGIN}3{END}{BEGIN}2次，");
    save(folder.path(), &[(&old, &rejected)]);
    assert_eq!(proposals(folder.path(), 0)["proposals"].as_array().unwrap().len(), 0);
    save(folder.path(), &[(&old, &accepted)]);
    let told = proposals(folder.path(), 1);
    assert_eq!(told["proposals"].as_array().unwrap().len(), 1, "{told}");
    assert_eq!(told["proposals"][0]["authors"].as_array().unwrap().len(), 0, "{told}");
    said(folder.path(), &["--accept", "all"], 0);
    assert_eq!(data_file(folder.path()), before.replace("全年培训32次，", "全年培训35次，"));
}

#[test]
fn paragraphs_that_were_split_and_joined_while_changes_were_tracked_come_back() {
    let folder = made();
    let before = data_file(folder.path());
    let style = "<w:pPr><w:pStyle w:val=\"3\"/></w:pPr>";
    let mark = |kind: &str| {
        format!("<w:p><w:pPr><w:rPr><w:{kind} w:id=\"6\" w:author=\"李主任\"/></w:rPr></w:pPr>")
    };
    // The new end of a paragraph is marked as inserted in the one that ends there.
    let text = as_wps(&part(&read(&folder.path().join(NAME)), DOCUMENT));
    let at = text.find("二是严格工作考核。").unwrap();
    let start = text[..at].rfind("<w:p>").unwrap();
    let opening_end = start + text[start..].find("</w:pPr>").unwrap() + "</w:pPr>".len();
    let split = format!(
        "{}{}{}{END}</w:p><w:p>{style}{BEGIN}{}",
        &text[..start],
        mark("ins"),
        &text[opening_end..at],
        &text[at..]
    );
    let package = read(&folder.path().join(NAME));
    put(folder.path(), &with_part(&package, DOCUMENT, &split));
    let told = proposals(folder.path(), 1);
    assert_eq!(told["proposals"].as_array().unwrap().len(), 1, "{told}");
    assert_eq!(told["proposals"][0]["authors"].to_string(), "[\"李主任\"]", "{told}");
    said(folder.path(), &["--accept", "all"], 0);
    assert_eq!(
        data_file(folder.path()),
        before.replace("二是严格工作考核。", "\n二是严格工作考核。")
    );
    // Joined again by the end that was deleted: as it was.
    write(folder.path(), "年报.toml", &before);
    let joined = split.replacen(&mark("ins"), &mark("del"), 1);
    put(folder.path(), &with_part(&package, DOCUMENT, &joined));
    assert_eq!(proposals(folder.path(), 0)["proposals"].as_array().unwrap().len(), 0);
}

#[test]
fn a_row_that_was_added_is_named_and_no_figure_is_shifted_by_it() {
    let folder = made();
    let before = data_file(folder.path());
    let text = as_wps(&part(&read(&folder.path().join(NAME)), DOCUMENT));
    for (label, new) in [("（七）总计", "（八）补充"), ("2.重复申请", "2-1.多次申请")]
    {
        let own = words(label);
        let at = text.find(&own).unwrap_or_else(|| panic!("{label}"));
        let start = text[..at].rfind("<w:tr>").unwrap();
        let end = at + text[at..].find("</w:tr>").unwrap() + "</w:tr>".len();
        let row = text[start..end].replacen(&own, &words(new), 1);
        let added = format!("{}{row}{}", &text[..end], &text[end..]);
        let package = read(&folder.path().join(NAME));
        put(folder.path(), &with_part(&package, DOCUMENT, &added));
        let output = proposals(folder.path(), 0);
        assert!(output["not_taken"].to_string().contains(new), "{output}");
        assert_eq!(data_file(folder.path()), before);
    }
}
