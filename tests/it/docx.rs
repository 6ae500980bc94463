//! The Word file: its parts, its tables, its styles, an office's own style, and what must not get in.

use std::io::{Cursor, Read, Write};

use nianbao::document::{self, Block, CellKind, Document, Inline, Paragraph, Table, TableGrid};
use nianbao::render::RenderError;
use nianbao::render::docx::{Options, Output, render};
use quick_xml::Reader;
use quick_xml::events::Event;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use crate::support::{document_words, docx_words, files, load, stem};

fn example(name: &str, draft: bool) -> Document {
    let path = files("examples", "toml").into_iter().find(|path| stem(path) == name).unwrap();
    document::build(&load(&path).1.report.unwrap(), draft)
}

fn docx(document: &Document) -> Vec<u8> {
    render(document, &Options::default()).unwrap().bytes
}

fn with_reference(document: &Document, reference: &[u8]) -> Output {
    render(document, &Options { reference: Some(reference) }).unwrap()
}

/// Every part with its path, in the order of the file.
fn parts(file: &[u8]) -> Vec<(String, String)> {
    let mut zip = ZipArchive::new(Cursor::new(file)).unwrap();
    (0..zip.len())
        .map(|i| {
            let mut part = zip.by_index(i).unwrap();
            let mut bytes = Vec::new();
            part.read_to_end(&mut bytes).unwrap();
            (part.name().to_owned(), String::from_utf8_lossy(&bytes).into_owned())
        })
        .collect()
}

fn part(file: &[u8], path: &str) -> String {
    parts(file).into_iter().find(|(name, _)| name == path).unwrap().1
}

fn zipped(parts: &[(String, String)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A report of some sixty pages with remarks in many cells and characters that are seldom seen.
fn stress() -> Document {
    let mut document = example("haidong-2023", false);
    let text = |text: &str| Inline::Text(text.to_owned());
    let link = |text: &str, target: &str| Inline::Link {
        text: text.to_owned(),
        target: target.to_owned(),
    };
    let rare = Block::Paragraph(Paragraph {
        lead_in: Some(document::Heading {
            level: 2,
            text: "（九）罕用字“𠮷”。".to_owned(),
            anchor: "overview-9".to_owned(),
            origin: None,
        }),
        text: vec![
            text(
                "𠮷𬱖㐂䶮𫖯，“引号”‘单引号’—…·①℃ <a> & \"b\" 'c' ]]> \t制表 é ü α я 😀 x\u{301} ㎡ ½ &amp;",
            ),
            link("http://www.example.gov.cn/a?b=1&c=2#d", "http://www.example.gov.cn/a?b=1&c=2#d"),
            link("www.example.gov.cn", "http://www.example.gov.cn"),
            text("，"),
            link("office@example.gov.cn", "mailto:office@example.gov.cn"),
            link("http://[1.2", "http://[1.2"),
        ],
        origin: None,
    });
    let long: Vec<Block> =
        document.blocks.iter().filter(|b| matches!(b, Block::Paragraph(_))).cloned().collect();
    let mut blocks = Vec::new();
    for mut block in document.blocks.drain(..) {
        if matches!(&block, Block::Heading(heading) if heading.anchor == "disclosure") {
            blocks.push(rare.clone());
            blocks.extend((0..12).flat_map(|_| long.iter().cloned()));
        }
        if let Block::Table(table) = &mut block {
            let rows = table.groups.iter_mut().flat_map(|group| &mut group.body).enumerate();
            for (i, row) in rows {
                for (j, cell) in row.cells.iter_mut().enumerate() {
                    match (i + j) % 3 {
                        _ if cell.kind != CellKind::Figure => {}
                        0 => cell.note = Some("（其中修订16件，\n废止𠮷件）".to_owned()),
                        1 => cell.text = "123456789".to_owned(),
                        _ => {}
                    }
                }
            }
            table.notes = (1..4).map(|i| format!("注：{i}.“总计”<b>&amp;\n第二行。")).collect();
        }
        blocks.push(block);
    }
    document.blocks = blocks;
    document
}

/// A table of a Word file: for each row whether it is repeated and whole, and its cells.
struct WordTable {
    rows: Vec<WordRow>,
    caption: String,
}

#[derive(Default)]
struct WordRow {
    is_head: bool,
    is_whole: bool,
    cells: Vec<WordCell>,
}

#[derive(Default)]
struct WordCell {
    span: usize,
    goes_on: bool,
    is_centred: bool,
    text: String,
}

fn tables(file: &[u8]) -> Vec<WordTable> {
    let xml = part(file, "word/document.xml");
    let mut reader = Reader::from_str(&xml);
    let mut tables: Vec<WordTable> = Vec::new();
    let (mut in_table, mut in_text) = (false, false);
    loop {
        let event = reader.read_event().unwrap();
        let mut cell =
            tables.last_mut().and_then(|t| t.rows.last_mut()).and_then(|r| r.cells.last_mut());
        match event {
            Event::Start(tag) | Event::Empty(tag) => {
                let value = || {
                    let value =
                        tag.attributes().map(Result::unwrap).find(|a| a.key.as_ref() == b"w:val");
                    value
                        .map(|a| String::from_utf8(a.value.into_owned()).unwrap())
                        .unwrap_or_default()
                };
                in_text = tag.name().as_ref() == b"w:t";
                in_table |= tag.name().as_ref() == b"w:tbl";
                match tag.name().as_ref() {
                    b"w:tbl" => tables.push(WordTable { rows: Vec::new(), caption: String::new() }),
                    b"w:tblCaption" => tables.last_mut().unwrap().caption = value(),
                    b"w:tr" => tables.last_mut().unwrap().rows.push(WordRow::default()),
                    b"w:tblHeader" => {
                        tables.last_mut().unwrap().rows.last_mut().unwrap().is_head = true;
                    }
                    b"w:cantSplit" => {
                        tables.last_mut().unwrap().rows.last_mut().unwrap().is_whole = true;
                    }
                    b"w:tc" => {
                        let row = tables.last_mut().unwrap().rows.last_mut().unwrap();
                        row.cells.push(WordCell { span: 1, ..WordCell::default() });
                    }
                    b"w:gridSpan" => cell.unwrap().span = value().parse().unwrap(),
                    b"w:vMerge" => cell.unwrap().goes_on = value() == "continue",
                    b"w:vAlign" => cell.unwrap().is_centred = value() == "center",
                    b"w:br" => {
                        if let Some(cell) = cell.as_mut().filter(|_| in_table) {
                            cell.text.push('\n');
                        }
                    }
                    _ => {}
                }
            }
            Event::End(tag) => {
                in_text = false;
                in_table &= tag.name().as_ref() != b"w:tbl";
            }
            Event::Text(text) if in_text && in_table => {
                if let Some(cell) = cell {
                    cell.text.push_str(&text.decode().unwrap());
                }
            }
            Event::Eof => return tables,
            _ => {}
        }
    }
}

fn source_tables(document: &Document) -> Vec<&Table> {
    let tables = document.blocks.iter().filter_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    });
    tables.collect()
}

#[test]
fn tables_have_the_spans_and_words_of_the_form() {
    for document in [example("yengisar-2023", false), stress()] {
        let found = tables(&docx(&document));
        let sources = source_tables(&document);
        assert_eq!((found.len(), sources.len()), (3, 3));
        for ((table, source), size) in found.iter().zip(sources).zip([(14, 4), (28, 10), (4, 15)]) {
            let grid = TableGrid::of(source);
            assert_eq!((table.rows.len(), grid.n_columns), size);
            assert_eq!(table.caption, source.caption);
            for (r, row) in table.rows.iter().enumerate() {
                assert!(row.is_whole);
                let mut column = 0;
                for cell in &row.cells {
                    let placed = grid.at(r, column).unwrap();
                    assert_eq!((placed.column, placed.cell.column_span), (column, cell.span));
                    assert_eq!(cell.goes_on, placed.row < r);
                    assert!(cell.is_centred);
                    let words = if cell.goes_on { String::new() } else { placed.cell.words() };
                    // Labels beside rows have lines of their own.
                    assert_eq!(cell.text.replace('\n', ""), words.replace('\n', ""));
                    column += cell.span;
                }
                assert_eq!(column, size.1);
            }
        }
        let n_heads = |table: &WordTable| table.rows.iter().take_while(|row| row.is_head).count();
        // The heads of table 1 speak for one group each and must not stand over another.
        assert_eq!(found.iter().map(n_heads).collect::<Vec<_>>(), [0, 3, 3]);
    }
}

#[test]
fn rare_characters_and_breaks_survive() {
    let document = stress();
    let file = docx(&document);
    assert_eq!(docx_words(&file), document_words(&document).concat());
    let xml = part(&file, "word/document.xml");
    assert!(xml.contains("<w:tab/>"));
    let relations = part(&file, "word/_rels/document.xml.rels");
    let targets: Vec<&str> = relations
        .split("Target=\"")
        .filter_map(|rest| rest.split_once("\" TargetMode").map(|(target, _)| target))
        .collect();
    assert_eq!(
        targets,
        [
            "http://www.example.gov.cn/a?b=1&amp;c=2#d",
            "http://www.example.gov.cn",
            "mailto:office@example.gov.cn"
        ]
    );
    assert_eq!(xml.matches("<w:hyperlink ").count(), targets.len());
}

#[test]
fn a_character_no_file_can_carry_is_named() {
    let spoil: [fn(&mut Document); 5] = [
        |d| d.meta.agency.push('\u{1}'),
        |d| d.blocks[0] = Block::Title(vec!["标题\u{1}".to_owned()]),
        |d| {
            d.blocks.push(Block::Paragraph(Paragraph {
                lead_in: None,
                text: vec![Inline::Text("前文\u{1}后文".to_owned())],
                origin: None,
            }));
        },
        |d| {
            let table = d.blocks.iter_mut().find_map(|block| match block {
                Block::Table(table) => Some(table),
                _ => None,
            });
            table.unwrap().groups[0].body[0].cells[1].note = Some("\u{1}".to_owned());
        },
        |d| d.blocks.push(Block::Closing { agency: "\u{1}".to_owned(), date: None }),
    ];
    for spoil in spoil {
        let mut document = example("haidong-2023", false);
        spoil(&mut document);
        let error = render(&document, &Options::default()).unwrap_err();
        assert!(
            matches!(error, RenderError::ForbiddenCharacter { character: '\u{1}', .. }),
            "{error}"
        );
        assert!(error.to_string().contains("U+0001"));
    }
    for character in ['\u{0}', '\u{B}', '\u{C}', '\u{1F}', '\u{FFFE}', '\u{FFFF}'] {
        let mut document = example("haidong-2023", false);
        document.meta.title.push(character);
        assert!(render(&document, &Options::default()).is_err(), "{:04X}", u32::from(character));
    }
}

#[test]
fn every_part_is_compressed_undated_and_referred_to() {
    let file = docx(&stress());
    let mut zip = ZipArchive::new(Cursor::new(file.as_slice())).unwrap();
    for i in 0..zip.len() {
        let part = zip.by_index(i).unwrap();
        assert_eq!(part.compression(), CompressionMethod::Deflated);
        assert_eq!(part.last_modified().map(|time| time.year()), Some(1980));
    }
    let parts = parts(&file);
    assert_eq!(parts[0].0, "[Content_Types].xml");
    let relations: String = parts
        .iter()
        .filter(|(name, _)| name.ends_with(".rels"))
        .map(|(_, text)| text.as_str())
        .collect();
    for (name, text) in &parts {
        assert!(text.starts_with("<?xml "), "{name}");
        let is_known = name == "[Content_Types].xml"
            || name.ends_with(".rels")
            || relations.contains(&format!("Target=\"{name}\""))
            || relations.contains(&format!("Target=\"{}\"", name.trim_start_matches("word/")));
        assert!(is_known, "nothing refers to {name}");
    }
}

#[test]
fn every_style_in_use_is_defined() {
    for draft in [false, true] {
        let file = docx(&example("haidong-2023", draft));
        let styles = part(&file, "word/styles.xml");
        for (name, text) in parts(&file).iter().filter(|(name, _)| name.starts_with("word/")) {
            for kind in ["pStyle", "rStyle", "tblStyle", "basedOn", "next"] {
                for rest in text.split(&format!("<w:{kind} w:val=\"")).skip(1) {
                    let id = rest.split('"').next().unwrap();
                    assert!(styles.contains(&format!("w:styleId=\"{id}\"")), "{name} uses {id}");
                }
            }
        }
    }
}

#[test]
fn looks_are_left_to_styles() {
    let xml = part(&docx(&example("haidong-2023", false)), "word/document.xml");
    // But for the white below a table, which no style of a table can leave.
    let below_table = "<w:pStyle w:val=\"Heading1\"/><w:spacing w:before=\"200\"/>";
    assert_eq!(xml.matches(below_table).count(), 3);
    let xml = xml.replace("<w:spacing w:before=\"200\"/>", "");
    for direct in
        ["<w:sz ", "<w:b/>", "<w:color", "w:eastAsia=", "w:ascii=", "<w:spacing", "<w:tblBorders"]
    {
        assert!(!xml.contains(direct), "{direct} stands in the body");
    }
}

#[test]
fn the_file_says_whose_report_it_is() {
    let document = example("haidong-2023", false);
    let file = docx(&document);
    let core = part(&file, "docProps/core.xml");
    assert!(core.contains(&format!("<dc:title>{}</dc:title>", document.meta.title)));
    assert!(core.contains("<dc:creator>海东市人民政府</dc:creator>"));
    assert!(core.contains("<dc:language>zh-CN</dc:language>"));
    assert!(core.contains(">2024-03-10T00:00:00Z</dcterms:created>"));
    let xml = part(&file, "word/document.xml");
    let bookmarks: Vec<&str> = xml
        .split("<w:bookmarkStart ")
        .skip(1)
        .map(|rest| rest.split("w:name=\"").nth(1).unwrap().split('"').next().unwrap())
        .collect();
    assert_eq!(
        bookmarks,
        ["overview", "disclosure", "requests", "challenges", "problems", "other"]
    );
}

#[test]
fn only_a_draft_is_marked_and_on_every_page() {
    let marked = |file: &[u8]| {
        let headers = parts(file).into_iter().filter(|(_, text)| text.contains("<w:hdr "));
        headers
            .filter(|(_, text)| text.contains("string=\"草稿\"") && text.contains("<w:t>草稿"))
            .count()
    };
    assert_eq!(marked(&docx(&example("haidong-2023", false))), 0);
    let file = docx(&example("haidong-2023", true));
    assert_eq!(marked(&file), 2);
    let xml = part(&file, "word/document.xml");
    for pages in ["default", "even"] {
        assert!(xml.contains(&format!("<w:headerReference w:type=\"{pages}\"")));
    }
}

/// A Word file of an office: our own output with other type, a header with a link, and a first page
/// of its own, in which somebody left comments and changes.
fn office_file() -> Vec<u8> {
    let mut parts = parts(&docx(&example("gaoping-2023", false)));
    for (name, text) in &mut parts {
        match name.as_str() {
            "word/styles.xml" => {
                *text = text
                    .replace("w:styleId=\"Heading1\"", "w:styleId=\"1\"")
                    .replace("w:styleId=\"BodyText\"", "w:styleId=\"a3\"")
                    .replace("\"Body Text\"", "\"正文文本\"")
                    .replace("\"表注\"", "\"别的样式\"")
                    .replace("w:styleId=\"TableNote\"", "w:styleId=\"LeadInX\"")
                    .replace(
                        "<w:outlineLvl w:val=\"0\"/>",
                        "<w:numPr><w:numId w:val=\"1\"/></w:numPr><w:outlineLvl w:val=\"0\"/>",
                    )
                    .replace("w:sz w:val=\"44\"", "w:sz w:val=\"52\"");
            }
            "word/document.xml" => {
                *text = text
                    .replace("w:left=\"1588\"", "w:left=\"1418\"")
                    .replace(
                        "<w:footerReference w:type=\"even\" r:id=\"footer2\"/>",
                        "<w:headerReference w:type=\"default\" r:id=\"footer2\"/>",
                    )
                    .replace("<w:docGrid", "<w:titlePg/><w:docGrid");
                text.push_str("<!-- 张三 -->");
            }
            "word/_rels/document.xml.rels" => {
                *text = text.replace(
                    "relationships/footer\" Target=\"footer2.xml\"",
                    "relationships/header\" Target=\"footer2.xml\"",
                );
            }
            "word/footer2.xml" => {
                *text = "<w:hdr xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><w:p w:rsidR=\"00A1\"><w:ins w:id=\"1\" w:author=\"张三\"><w:r><w:t>某某局</w:t></w:r></w:ins><w:del w:id=\"2\" w:author=\"张三\"><w:r><w:delText>旧名</w:delText></w:r></w:del><w:hyperlink r:id=\"x1\"><w:r><w:t>主页</w:t></w:r></w:hyperlink></w:p></w:hdr>".to_owned();
            }
            _ => {}
        }
    }
    let link = |target: &str| {
        format!(
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"x1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink\" Target=\"{target}\" TargetMode=\"External\"/></Relationships>"
        )
    };
    parts.push(("word/_rels/footer2.xml.rels".to_owned(), link("file:///C:/Users/张三/a.docx")));
    zipped(&parts)
}

#[test]
fn an_office_s_style_is_taken_and_its_people_are_not() {
    let document = example("haidong-2023", true);
    let Output { bytes, taken } = with_reference(&document, &office_file());
    let taken = taken.unwrap();
    let all: String = parts(&bytes).into_iter().map(|(_, text)| text).collect();
    let xml = part(&bytes, "word/document.xml");
    assert_eq!(docx_words(&bytes), document_words(&document).concat());
    assert!(xml.contains("<w:pStyle w:val=\"1\"/>") && xml.contains("<w:pStyle w:val=\"a3\"/>"));
    assert!(xml.contains("w:left=\"1418\""));
    assert!(all.contains("w:sz w:val=\"52\"") && all.contains("某某局"));
    for gone in ["张三", "旧名", "高平", "w:rsidR", "<w:numPr>"] {
        assert!(!all.contains(gone), "{gone} was taken over");
    }
    // The default pages have a header of the office, the first page has none but occurs.
    assert!(xml.contains("w:headerReference w:type=\"first\""));
    let marked = parts(&bytes).iter().filter(|(_, text)| text.contains("string=\"草稿\"")).count();
    assert_eq!(marked, 3, "default, even and first pages");
    let header = part(&bytes, "word/house1.xml");
    assert!(header.contains("某某局") && header.matches("<w:p>").count() == 1, "it has grown");
    assert_eq!(taken.summary, "采用了它的页面设置（A4 竖向）、页眉 1 个、页脚 1 个、样式 18 种");
    assert_eq!(
        taken.lacking,
        [
            "参考文档没有下列样式，已用程序自带的：“表注”",
            "参考文档的下列样式带自动编号，已去掉（序号写在正文中）：“标题 1”",
            "参考文档的页眉页脚链接了外部文件，链接已断开",
        ]
    );
    assert!(all.contains("w:styleId=\"TableNote\""));
    assert_eq!(bytes, with_reference(&document, &office_file()).bytes);
}

#[test]
fn our_own_file_as_reference_changes_nothing_visible() {
    let document = example("haidong-2023", false);
    let own = docx(&document);
    let Output { bytes, taken } = with_reference(&document, &own);
    assert_eq!(taken.unwrap().lacking, [""; 0]);
    let body = |file: &[u8]| {
        let xml = part(file, "word/document.xml");
        xml[..xml.find("<w:sectPr").unwrap()].to_owned()
    };
    assert_eq!(body(&bytes), body(&own));
}

#[test]
fn prefixes_and_the_strict_form_of_the_standard_make_no_difference() {
    let document = example("haidong-2023", true);
    let usual = with_reference(&document, &office_file());
    let rewritten = |rewrite: &dyn Fn(&str, &str) -> String| {
        let parts: Vec<_> = parts(&office_file())
            .into_iter()
            .map(|(name, text)| {
                let text = rewrite(&name, &text);
                (name, text)
            })
            .collect();
        with_reference(&document, &zipped(&parts))
    };
    let other_prefix = rewritten(&|name, text| match name.starts_with("word/") {
        true => ["<", "</", " ", "xmlns:"].iter().fold(text.to_owned(), |text, before| {
            text.replace(&format!("{before}w:"), &format!("{before}ns0:"))
                .replace(&format!("{before}w="), &format!("{before}ns0="))
        }),
        false => text.to_owned(),
    });
    assert!(other_prefix.taken == usual.taken && other_prefix.bytes == usual.bytes);
    const USUAL: &str = "http://schemas.openxmlformats.org";
    const STRICT: &str = "http://purl.oclc.org/ooxml";
    let strict = rewritten(&|_, text| {
        text.replace(
            &format!("{USUAL}/wordprocessingml/2006/"),
            &format!("{STRICT}/wordprocessingml/"),
        )
        .replace(
            &format!("{USUAL}/officeDocument/2006/relationships"),
            &format!("{STRICT}/officeDocument/relationships"),
        )
        .replace("w:w=\"11906\" w:h=\"16838\"", "w:w=\"595.3pt\" w:h=\"841.9pt\"")
        .replace("w:jc w:val=\"left\"", "w:jc w:val=\"start\"")
        .replace("w:line=\"579\"", "w:line=\"28.95pt\"")
    });
    assert!(strict.taken == usual.taken && strict.bytes == usual.bytes);
}

#[test]
fn the_section_of_the_text_counts_and_its_headers_may_come_from_earlier_ones() {
    let document = example("haidong-2023", false);
    // A cover with the headers and footers, the text without any, an annex on its side.
    let office: Vec<_> = parts(&office_file())
        .into_iter()
        .map(|(name, text)| {
            let text = match name.as_str() {
                "word/document.xml" => {
                    let at = text.find("<w:sectPr").unwrap();
                    let end = text.find("</w:sectPr>").unwrap() + "</w:sectPr>".len();
                    let pages = "<w:pgSz w:w=\"11906\" w:h=\"16838\"/>";
                    let side = "<w:pgSz w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"/>";
                    let section = |text: &str, properties: &str| {
                        format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p><w:p><w:pPr>{properties}</w:pPr></w:p>")
                    };
                    let (start, body) = text[..at].split_at(text.find("<w:p>").unwrap());
                    format!(
                        "{start}{}{body}{}<w:p><w:r><w:t>附件</w:t></w:r></w:p><w:sectPr>{side}</w:sectPr>{}",
                        section("封面", &text[at..end]),
                        section("", &format!("<w:sectPr>{pages}</w:sectPr>")),
                        &text[end..],
                    )
                }
                _ => text,
            };
            (name, text)
        })
        .collect();
    let Output { bytes, taken } = with_reference(&document, &zipped(&office));
    let taken = taken.unwrap();
    assert!(taken.summary.starts_with(
        "采用了它的页面设置（A4 竖向；共 3 节，取正文所在的第 2 节）、页眉 1 个、页脚 1 个（有沿用第 1 节的）"
    ), "{}", taken.summary);
    let xml = part(&bytes, "word/document.xml");
    assert!(xml.contains("w:headerReference") && xml.contains("w:footerReference"));
    assert!(!xml.contains("landscape"));
    assert!(taken.lacking.iter().all(|lacking| !lacking.contains("没有页眉页脚")));
}

#[test]
fn pages_are_numbered_whatever_the_reference_lacks() {
    let document = example("haidong-2023", false);
    let without_footers: Vec<_> = parts(&office_file())
        .into_iter()
        .map(|(name, text)| {
            (name, text.replace("<w:footerReference w:type=\"default\" r:id=\"footer1\"/>", ""))
        })
        .collect();
    let Output { bytes, taken } = with_reference(&document, &zipped(&without_footers));
    assert_eq!(taken.unwrap().lacking[0], "参考文档没有页脚和页码，已用程序自带的页码");
    assert!(part(&bytes, "word/footer1.xml").contains("PAGE"));
    // A header that counts the pages itself needs no foot.
    let counting: Vec<_> = without_footers
        .into_iter()
        .map(|(name, text)| (name, text.replace("旧名", "旧名</w:delText></w:r></w:del><w:fldSimple w:instr=\" PAGE \"/><w:del><w:r><w:delText>")))
        .collect();
    let Output { bytes, taken } = with_reference(&document, &zipped(&counting));
    assert!(taken.unwrap().lacking.iter().all(|lacking| !lacking.contains("页码")));
    assert!(!part(&bytes, "word/document.xml").contains("w:footerReference"));
}

#[test]
fn a_damaged_reference_is_refused_and_never_a_panic() {
    let document = example("haidong-2023", true);
    let office = office_file();
    let refused = |bytes: &[u8]| {
        let error = render(&document, &Options { reference: Some(bytes) }).unwrap_err();
        assert!(error.to_string().starts_with("参考文档无法使用："), "{error}");
    };
    refused(b"");
    refused(&office[..office.len() / 2]);
    let without = |gone: &str| {
        let parts: Vec<_> = parts(&office).into_iter().filter(|(name, _)| name != gone).collect();
        zipped(&parts)
    };
    for gone in ["[Content_Types].xml", "_rels/.rels", "word/document.xml", "word/footer1.xml"] {
        refused(&without(gone));
    }
    for (name, _) in parts(&office) {
        let mut spoilt = parts(&office);
        for (other, text) in &mut spoilt {
            if *other == name {
                text.truncate(text.char_indices().nth(60).map_or(0, |(at, _)| at));
            }
        }
        let _ = render(&document, &Options { reference: Some(&zipped(&spoilt)) });
        let _ = render(&document, &Options { reference: Some(&without(&name)) });
    }
    for at in (0..office.len()).step_by(97) {
        let mut spoilt = office.clone();
        spoilt[at] ^= 0x55;
        let _ = render(&document, &Options { reference: Some(&spoilt) });
    }
}

/// Leaves what `.ci/docx` is to look at beside the examples: a long report, a draft, a house style.
#[test]
fn files_for_the_outside_checks_are_written() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("docx");
    let draft = example("haidong-2023", true);
    for (name, bytes) in [
        ("stress", docx(&stress())),
        ("draft", docx(&draft)),
        ("house-style", with_reference(&draft, &office_file()).bytes),
    ] {
        assert!(bytes.len() < 40 * 1024, "{name} has {} bytes", bytes.len());
        let path = folder.join(name).with_extension("docx");
        nianbao::internals::files::write_whole(&path, &bytes).unwrap();
    }
}

/// A document that no report gives, but that a caller may build.
#[test]
fn odd_documents_are_files_too() {
    let whole = example("haidong-2023", false);
    let table = whole.blocks.iter().find(|block| matches!(block, Block::Table(_))).unwrap();
    for blocks in [vec![], vec![table.clone()], vec![table.clone(), table.clone()]] {
        let file = docx(&Document { meta: whole.meta.clone(), blocks: blocks.clone() });
        let xml = part(&file, "word/document.xml");
        assert_eq!(xml.matches("<w:tbl>").count(), blocks.len());
        assert!(!xml.contains("</w:tbl><w:tbl>") && !xml.contains("</w:tbl><w:sectPr"));
        assert!(xml.contains("</w:p><w:sectPr") || xml.contains("/></w:pPr></w:p><w:sectPr"));
    }
}
