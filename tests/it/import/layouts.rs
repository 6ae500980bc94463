//! Published reports in the layouts of others, in `tests/published`.

use std::fmt::Write as _;
use std::io::Write as _;

use nianbao::internals::import::{Class, Published};
use nianbao::report::{Contact, Report, Text};

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

#[test]
fn a_whole_report_in_a_workbook_is_read_with_its_head_and_words() {
    let mut truth = load(&project("examples/khorgos-2023.toml")).1.report.unwrap();
    // The contact stands in cells of its own, and not in the opening.
    truth.agency.contact = Contact::default();
    let bytes = workbook(&truth, &truth.title());
    let published = nianbao::internals::import::read(&bytes).unwrap();
    let report = &published.report;
    assert_eq!(super::figures(report), super::figures(&truth));
    assert_eq!(report.header.year, Some(2023));
    assert_eq!(report.agency.name.as_deref(), truth.agency.name.as_deref());
    assert_eq!(report.header.published, truth.header.published);
    let contact = &report.agency.contact;
    assert_eq!(contact.phone.as_deref(), Some("010-5550123"));
    assert_eq!(contact.postcode.as_deref(), Some("100001"));
    assert_eq!(contact.email.as_deref(), Some("gk@example.cn"));
    let words = |report: &Report| {
        let document = nianbao::document::build(report, false);
        crate::support::document_words(&document)
    };
    for (own, printed) in words(report).iter().zip(&words(&truth)) {
        assert_eq!(own, printed);
    }
    assert_eq!(words(report).len(), words(&truth).len());
    assert!(published.is_sure(), "{:?}", published.remarks());
    // Figures alone name body and year above each table.
    let figures = nianbao::internals::workbook::write(&truth).unwrap();
    let published = nianbao::internals::import::read(&figures).unwrap();
    assert_eq!(published.report.agency.name, truth.agency.name);
    assert_eq!(published.report.header.year, truth.header.year);
}

/// A report as offices keep it in a workbook: all on one sheet, words in merged rows, the contact in cells of its own.
pub(super) fn workbook(truth: &Report, title: &str) -> Vec<u8> {
    use nianbao::document::{Block, TableGrid, build};
    use rust_xlsxwriter::{Format, Workbook};
    const LAST: u16 = 14;
    let mut book = Workbook::new();
    let page = book.add_worksheet();
    let plain = Format::new();
    let mut row = 0;
    let line = |page: &mut rust_xlsxwriter::Worksheet, row: &mut u32, words: &str| {
        page.merge_range(*row, 0, *row, LAST, words, &plain).unwrap();
        *row += 1;
    };
    line(page, &mut row, title);
    line(page, &mut row, truth.agency.name.as_deref().unwrap_or("某局"));
    for (column, words) in
        ["联系电话", "010-5550123", "邮政编码", "100001", "电子邮箱", "gk@example.cn"]
            .iter()
            .enumerate()
    {
        page.write_string(row, u16::try_from(column).unwrap(), *words).unwrap();
    }
    row += 1;
    for block in &build(truth, false).blocks {
        match block {
            Block::Table(table) => {
                let grid = TableGrid::of(table);
                let mut next = row;
                for placed in &grid.cells {
                    let (top, left) = (
                        row + u32::try_from(placed.row).unwrap(),
                        u16::try_from(placed.column).unwrap(),
                    );
                    let (bottom, right) = (
                        top + u32::try_from(placed.cell.row_span).unwrap() - 1,
                        left + u16::try_from(placed.cell.column_span).unwrap() - 1,
                    );
                    let words = placed.cell.text.replace('\n', "");
                    match words.parse::<f64>() {
                        Ok(number) if (top, left) == (bottom, right) => {
                            page.write_number(top, left, number).unwrap();
                        }
                        _ if (top, left) == (bottom, right) => {
                            page.write_string(top, left, &words).unwrap();
                        }
                        _ => {
                            page.merge_range(top, left, bottom, right, &words, &plain).unwrap();
                        }
                    }
                    next = next.max(bottom + 1);
                }
                row = next;
                for note in &table.notes {
                    line(page, &mut row, note);
                }
            }
            Block::Heading(heading) => line(page, &mut row, &heading.text),
            Block::Paragraph(paragraph) => {
                let lead_in = paragraph.lead_in.iter().map(|heading| heading.text.as_str());
                let words = lead_in.chain(paragraph.text.iter().map(|piece| piece.text()));
                line(page, &mut row, &words.collect::<String>());
            }
            Block::Closing { agency, date } => {
                line(page, &mut row, agency);
                date.iter().for_each(|date| line(page, &mut row, date));
            }
            Block::Title(_) | Block::Chart(_) => {}
        }
    }
    book.save_to_buffer().unwrap()
}

#[test]
fn a_line_of_labels_that_says_more_is_listed() {
    const TITLE: &str = "云溪县人民政府2023年政府信息公开工作年度报告";
    const SECTION: &str = "二、主动公开政府信息情况</p>";
    let page = bytes_of(&project("tests/published/04-other-undivided.html"));
    let page = String::from_utf8(page).unwrap().replace(TITLE, "");
    let listed = |lines: &[&str]| {
        let own: String = lines.iter().map(|line| format!("<p>{line}</p>")).collect();
        let page = page.replacen(SECTION, &format!("{SECTION}{own}"), 1);
        let published = nianbao::internals::import::read(page.as_bytes()).unwrap();
        assert_eq!(published.report.agency.name.as_deref(), Some("云溪县人民政府"), "{lines:?}");
        assert_eq!(published.report.header.year, Some(2023), "{lines:?}");
        let left = published.account.listed.into_iter().map(|left| left.text);
        left.filter(|text| text.contains("机关")).collect::<Vec<_>>()
    };
    let line = "机关：云溪县人民政府　报告年度：2023";
    assert_eq!(listed(&[line, line]), [""; 0]);
    let more = format!("{line}　填表人：王某");
    assert_eq!(listed(&[&more]), [more.as_str()]);
    assert_eq!(listed(&[line, "机关：云溪县水利局"]), ["机关：云溪县水利局"]);
}
