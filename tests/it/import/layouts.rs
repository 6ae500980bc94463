//! Published reports in the layouts of others, in `tests/published`.

use std::fmt::Write as _;
use std::io::Write as _;

use nianbao::internals::import::{Class, Published};
use nianbao::report::{Report, Text};

use crate::support::{expect_file, load, project, read as bytes_of};

#[test]
fn every_layout_is_read_as_it_is_expected() {
    let truth = load(&project("tests/published/base.toml")).1.report.unwrap();
    let mut paths: Vec<_> = std::fs::read_dir(project("tests/published"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            let extension = path.extension().unwrap().to_string_lossy().into_owned();
            ["html", "mht", "txt", "xml", "doc", "rtf"].contains(&extension.as_str())
        })
        .collect();
    paths.sort();
    assert!(paths.len() >= 20, "{} layouts", paths.len());
    for path in paths {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let bytes = match name.strip_suffix(".docx.xml") {
            Some(_) => word_file(&bytes_of(&path)),
            None => bytes_of(&path),
        };
        let found = match nianbao::internals::import::read(&bytes) {
            Ok(published) => shown(&published, &truth),
            Err(error) => format!("{error}\n{}\n", error.help),
        };
        let stem = name.split('.').next().unwrap();
        expect_file(&format!("tests/published/{stem}.expected"), &found);
    }
}

/// Everything that was read, with the figures that differ from those printed in all layouts.
fn shown(published: &Published, truth: &Report) -> String {
    let report = &published.report;
    let mut out = String::new();
    let header = &report.header;
    let _ = writeln!(out, "格式 {}，年度 {:?}", report.edition.key(), header.year);
    let _ = writeln!(out, "标题 {}", report.title());
    let _ = writeln!(
        out,
        "机关 {:?}，公布 {:?}",
        report.agency.name,
        header.published.map(|d| d.to_string())
    );
    let _ = writeln!(out, "联系 {:?}", report.agency.contact);
    for class in Class::ALL {
        let n = published.classes.values().filter(|(own, _)| own == class).count();
        let _ = writeln!(out, "{} {n} 格", class.name());
    }
    for (cell, (class, why)) in &published.classes {
        let (read, printed) = (report.typed(*cell), truth.printed(*cell));
        if read.value().copied() != printed || *class > Class::Reliable {
            let name = report.form().cell_name(*cell);
            let printed = printed.map_or("无".to_owned(), |number| number.to_string());
            let _ = writeln!(out, "{name}：读出 {read}，应为 {printed}：{} {why}", class.name());
        }
    }
    for finding in published.audit("年报").1 {
        let _ = writeln!(out, "{}[{}] {}", finding.severity.name(), finding.code, finding.message);
    }
    for note in &report.notes {
        let _ = writeln!(out, "备注 {} {}", note.at, note.text);
    }
    let _ = writeln!(out, "收费 {:?}", report.other.handling_fee);
    let parts = |narrative: &nianbao::report::Narrative| {
        let count = |text: &Option<Text>| {
            text.as_ref()
                .map_or(0, |text| text.printed().chars().filter(|c| !c.is_whitespace()).count())
        };
        let own = format!("{} 字", count(&narrative.text));
        let parts = narrative.parts.iter().map(|part| {
            let heading = part.heading.as_ref().map_or("", |heading| heading.typed());
            format!("“{heading}” {} 字", count(&part.text))
        });
        std::iter::once(own).chain(parts).collect::<Vec<_>>().join("，")
    };
    let _ = writeln!(out, "一 {}", parts(&report.overview));
    let _ = writeln!(out, "五 {}", parts(&report.problems));
    let _ = writeln!(out, "六 {}", parts(&report.other.narrative));
    let account = &published.account;
    let _ = writeln!(out, "读入 {} 字", account.placed);
    for (reason, n) in account.by_reason() {
        let _ = writeln!(out, "没有读 {} {n} 字", reason.name());
    }
    for left in &account.listed {
        let _ = writeln!(out, "没有地方放 {} {}", left.spot, left.text);
    }
    out
}

/// A Word file with that document, whose section titles are numbered by a list.
fn word_file(document: &[u8]) -> Vec<u8> {
    const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relations = |kind: &str, target: &str| {
        format!(
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"{R}/{kind}\" Target=\"{target}\"/></Relationships>"
        )
    };
    let lists = format!(
        "<w:numbering xmlns:w=\"{W}\"><w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"chineseCountingThousand\"/><w:lvlText w:val=\"%1、\"/></w:lvl></w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num></w:numbering>"
    );
    let types = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>";
    let parts: [(&str, Vec<u8>); 5] = [
        ("[Content_Types].xml", types.into()),
        ("_rels/.rels", relations("officeDocument", "word/document.xml").into()),
        ("word/document.xml", document.to_vec()),
        ("word/_rels/document.xml.rels", relations("numbering", "numbering.xml").into()),
        ("word/numbering.xml", lists.into()),
    ];
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(&bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn a_workbook_is_read_like_any_other_file() {
    let truth = load(&project("tests/published/base.toml")).1.report.unwrap();
    let bytes = nianbao::internals::workbook::write(&truth).unwrap();
    let published = nianbao::internals::import::read(&bytes).unwrap();
    for cell in truth.form().cells().filter(|cell| !cell.is_total()) {
        assert_eq!(super::number(&published, cell), truth.printed(cell), "{cell:?}");
    }
}
