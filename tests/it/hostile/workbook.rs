//! Workbooks whose counts, addresses and repetitions are lies.

use std::io::{Cursor, Read as _, Write as _};

use super::run;
use crate::support::{example, read, write};

/// The parts of the workbook of an example.
fn parts() -> Vec<(String, String)> {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "a.toml", &example("haidong-2023"));
    assert_eq!(run(folder.path(), &["export", "a.toml", "--out", "a.xlsx"]).code(), Some(0));
    let bytes = read(&folder.path().join("a.xlsx"));
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..zip.len())
        .map(|i| {
            let mut part = zip.by_index(i).unwrap();
            let mut text = String::new();
            part.read_to_string(&mut text).unwrap();
            (part.name().to_owned(), text)
        })
        .collect()
}

fn packed(parts: &[(String, String)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(name.as_str(), zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// The import of a workbook ends with an exit code of ours, little memory, and the data file as it was.
fn refused_or_read(parts: &[(String, String)], what: &str) -> Option<i32> {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "a.toml", &example("haidong-2023"));
    nianbao::internals::files::write_whole(&folder.path().join("a.xlsx"), &packed(parts)).unwrap();
    let run = run(folder.path(), &["import-figures", "a.xlsx", "--into", "a.toml", "--dry-run"]);
    assert!(matches!(run.code(), Some(0..=2)), "{what}: {:?} {}", run.output.status, run.said());
    assert!(!run.said().contains("panicked"), "{what}: {}", run.said());
    assert!(run.megabytes < 200, "{what}: {} MB", run.megabytes);
    run.code()
}

/// Every number that stands in an attribute, made one that no file has room for.
#[test]
fn every_number_of_a_workbook_may_be_a_lie() {
    let good = parts();
    assert_eq!(refused_or_read(&good, "as it was"), Some(0));
    let mut tried = Vec::new();
    for (i, (name, text)) in good.iter().enumerate() {
        for (at, _) in text.match_indices("=\"") {
            let attribute = text[..at].rsplit(|c: char| !c.is_alphanumeric()).next().unwrap();
            let element = text[..at].rsplit('<').next().unwrap().split(' ').next().unwrap();
            let end = at + 2 + text[at + 2..].find('"').unwrap();
            let is_number = text[at + 2..end].bytes().any(|b| b.is_ascii_digit());
            // One of each kind is enough.
            let kind = (name.clone(), element.to_owned(), attribute.to_owned());
            if !is_number || attribute.starts_with("xmlns") || tried.contains(&kind) {
                continue;
            }
            tried.push(kind);
            // Two lies in one file would hide each other; so many files would take long. So one each, in turn.
            let lies = ["2000000000", "1000000000000000000", "-1", "4294967296"];
            let lie = lies[tried.len() % lies.len()];
            let mut parts = good.clone();
            parts[i].1 = format!("{}{lie}{}", &text[..at + 2], &text[end..]);
            refused_or_read(&parts, &format!("{name} {element} {attribute}={lie}"));
        }
    }
    assert!(tried.len() > 30, "{tried:?}");
}

#[test]
fn counts_that_are_reserved_are_refused() {
    for lie in ["2000000000", "1000000000000000000", "18446744073709551616"] {
        let mut parts = parts();
        let strings =
            parts.iter_mut().find(|(name, _)| name.ends_with("sharedStrings.xml")).unwrap();
        let at = strings.1.find("uniqueCount=\"").unwrap() + "uniqueCount=\"".len();
        let end = at + strings.1[at..].find('"').unwrap();
        strings.1.replace_range(at..end, lie);
        assert_eq!(refused_or_read(&parts, lie), Some(2));
    }
}

#[test]
fn what_is_repeated_is_refused_or_read_in_little_room() {
    let good = parts();
    let with = |name: &str, from: &str, to: &str| {
        let mut parts = good.clone();
        let part = parts.iter_mut().find(|(known, _)| known.ends_with(name)).unwrap();
        assert!(part.1.contains(from), "{name} has no {from}");
        part.1 = part.1.replacen(from, to, 1);
        parts
    };
    let sheets: String = (0..40_000)
        .map(|i| format!("<sheet name=\"x{i}\" sheetId=\"{}\" r:id=\"rId1\"/>", i + 10))
        .collect();
    assert_eq!(
        refused_or_read(&with("workbook.xml", "</sheets>", &(sheets + "</sheets>")), "sheets"),
        Some(2)
    );
    let shared: String = (1..16_000)
        .map(|row| match row {
            1 => format!("<row r=\"101\"><c r=\"Z101\"><f t=\"shared\" ref=\"Z101:Z16100\" si=\"0\">{}1</f></c></row>", "A1+".repeat(2_000)),
            _ => format!("<row r=\"{0}\"><c r=\"Z{0}\"><f t=\"shared\" si=\"0\"/></c></row>", row + 100),
        })
        .collect();
    let shared = with("sheet1.xml", "</sheetData>", &(shared + "</sheetData>"));
    assert_eq!(refused_or_read(&shared, "shared formulas"), Some(2));
    let fonts = "<xf/>".repeat(1_000_000);
    refused_or_read(&with("styles.xml", "</cellXfs>", &(fonts + "</cellXfs>")), "styles");
    let strings = "<si><t/></si>".repeat(900_000);
    refused_or_read(&with("sharedStrings.xml", "</sst>", &(strings + "</sst>")), "strings");
    let deep = "<x>".repeat(200_000);
    refused_or_read(&with("sheet1.xml", "</sheetData>", &(deep + "</sheetData>")), "deep");
    let merges = "<mergeCell ref=\"A1:B2\"/>".repeat(200_000);
    refused_or_read(&with("sheet1.xml", "</mergeCells>", &(merges + "</mergeCells>")), "merges");
}
