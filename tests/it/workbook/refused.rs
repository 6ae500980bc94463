//! Workbooks that are not taken, and what is said of them.

use std::io::{Cursor, Read as _, Write as _};

use nianbao::internals::workbook::{compare, read, write};

use super::{Numbers, patched, report_of, said, with_cell};
use crate::support::{example, nianbao, printed, read as bytes_of};

#[test]
fn a_cell_that_is_no_figure_is_refused_with_its_address() {
    for (cell, expected) in [
        ("><v>1.5</v>", "表二!D7：“一、本年新收政府信息公开申请数量”一行“自然人”一列是小数 1.5"),
        ("><v>-3</v>", "是负数 -3"),
        (" t=\"str\"><v>12件</v>", "写的是文字“12件”，不是数"),
        (" t=\"b\"><v>1</v>", "是逻辑值，不是数"),
        (" t=\"e\"><v>#REF!</v>", "是公式的错误 #REF!，不是数"),
        ("><f>1+1</f>", "是公式，文件里没有它的结果"),
        (" t=\"str\"><f>IF(A1=1,1,&quot;&quot;)</f><v></v>", "没有填，同一行别的格填了"),
        ("><v>1E+20</v>", "大得不合常理"),
        (
            " t=\"str\"><v> </v>",
            "表二!D7：“一、本年新收政府信息公开申请数量”一行“自然人”一列没有填，同一行别的格填了",
        ),
        ("", "没有填，同一行别的格填了"),
    ] {
        let cell = if cell.is_empty() { ">" } else { cell };
        let said = said("haidong-2023", |book| with_cell(book, "D7", cell));
        assert!(said.contains(expected) && said.lines().count() == 1, "{cell}: {said}");
    }
}

#[test]
fn all_that_is_wrong_is_said_in_one_run() {
    let said = said("haidong-2023", |book| {
        let book = with_cell(book, "D7", "><v>1.5</v>");
        let book = with_cell(&book, "G7", ">");
        with_cell(&with_cell(&book, "E8", ">"), "F9", " t=\"str\"><v>无</v>")
    });
    let at: Vec<&str> = said.lines().filter_map(|line| line.split('：').next()).collect();
    assert_eq!(at, ["表二!D7", "表二!F9", "表二!G7", "表二!E8"], "{said}");
}

#[test]
fn a_sheet_that_has_moved_is_not_read() {
    let moved = |book: &[u8]| {
        patched(book, "xl/worksheets/sheet2.xml", |xml| {
            let mut moved = String::new();
            for piece in xml.split_inclusive("r=\"") {
                moved.push_str(piece);
            }
            // As after a row has been put in above the eighth.
            for row in (8..=31).rev() {
                moved =
                    moved.replace(&format!("<row r=\"{row}\""), &format!("<row r=\"{}\"", row + 1));
                for column in 'A'..='J' {
                    moved = moved.replace(
                        &format!("<c r=\"{column}{row}\""),
                        &format!("<c r=\"{column}{}\"", row + 1),
                    );
                }
            }
            moved
        })
    };
    let said = said("haidong-2023", moved);
    assert!(
        said.starts_with(
            "表二!A8：这里应是表头“二、上年结转政府信息公开申请数量”，是空的（本表共有"
        ),
        "{said}"
    );
    assert_eq!(said.lines().count(), 1, "{said}");
}

#[test]
fn what_stands_beside_the_table_is_not_passed_over() {
    let beside = |book: &[u8]| {
        patched(book, "xl/worksheets/sheet2.xml", |xml| {
            xml.replacen("</row></sheetData>", "<c r=\"L31\"><v>5</v></c></row></sheetData>", 1)
        })
    };
    assert!(said("haidong-2023", beside).starts_with("表二!L31：表格之外写了“5”"));
    let merged = |book: &[u8]| {
        patched(book, "xl/worksheets/sheet2.xml", |xml| {
            xml.replacen("</mergeCells>", "<mergeCell ref=\"D8:E8\"/></mergeCells>", 1)
        })
    };
    assert!(said("haidong-2023", merged).starts_with("表二!D8:E8：这几格合并在一起了"));
}

#[test]
fn another_bodys_workbook_is_refused() {
    let other = write(&report_of(&example("gaoping-2023"))).unwrap();
    let report = report_of(&example("haidong-2023"));
    let faults = read(&other, &report).faults;
    assert_eq!(faults.len(), 1, "all sheets say the same: {faults:?}");
    let said = faults[0].to_string();
    assert!(said.starts_with("表一!A2、表二!A2、表三!A2：写的是“机关：高平市"), "{said}");
}

#[test]
fn a_workbook_of_another_edition_is_called_so() {
    let [old, new] = ["qinglan-2020", "haidong-2023"].map(|name| report_of(&example(name)));
    for (from, to, expected) in [
        (&old, &new, "是2019年格式（国办公开办函〔2019〕60号）的表，数据文件是2021年格式"),
        (&new, &old, "是2021年格式（国办公开办函〔2021〕30号）的表，数据文件是2019年格式"),
    ] {
        let faults = read(&write(from).unwrap(), to).faults;
        let said: Vec<String> = faults.iter().map(ToString::to_string).collect();
        let of_edition: Vec<&String> = said.iter().filter(|said| said.contains(expected)).collect();
        assert_eq!(of_edition.len(), 2, "the third table is the same in both: {said:?}");
        assert!(!said.iter().any(|said| said.contains("这里应是表头")), "{said:?}");
    }
}

/// The workbook with the second sheet once more under another name, changed.
fn with_copy(book: &[u8], change: impl Fn(String) -> String) -> Vec<u8> {
    let book = patched(book, "xl/workbook.xml", |xml| {
        let sheet = "<sheet name=\"表二 (2)\" sheetId=\"9\" r:id=\"rIdCopy\"/></sheets>";
        xml.replacen("</sheets>", sheet, 1)
    });
    let book = patched(&book, "xl/_rels/workbook.xml.rels", |xml| {
        let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet";
        let copy = format!(
            "<Relationship Id=\"rIdCopy\" Type=\"{kind}\" Target=\"worksheets/copy.xml\"/></Relationships>"
        );
        xml.replacen("</Relationships>", &copy, 1)
    });
    let mut copy = String::new();
    let mut old = zip::ZipArchive::new(Cursor::new(&book)).unwrap();
    old.by_name("xl/worksheets/sheet2.xml").unwrap().read_to_string(&mut copy).unwrap();
    let mut new = zip::ZipWriter::new_append(Cursor::new(book)).unwrap();
    new.start_file("xl/worksheets/copy.xml", zip::write::SimpleFileOptions::default()).unwrap();
    new.write_all(change(copy).as_bytes()).unwrap();
    new.finish().unwrap().into_inner()
}

/// Excel calls a copy 表二 (2); whoever fills it believes to have filled the table.
#[test]
fn a_copy_of_a_sheet_with_other_figures_is_not_passed_over() {
    let said = said("haidong-2023", |book| {
        with_copy(book, |xml| xml.replacen("<v>107</v>", "<v>500</v>", 1))
    });
    assert!(said.starts_with("表二 (2)：这张工作表和“表二”是同一张表，数却不一样"), "{said}");
    let report = report_of(&example("haidong-2023"));
    let book = write(&report).unwrap();
    let same = with_copy(&book, |xml| xml);
    assert_eq!(compare(&report, &read(&same, &report), false).unwrap(), []);
    let notes = with_copy(&book, |xml| {
        let (head, rest) = xml.split_once("<sheetData>").unwrap();
        let (_, tail) = rest.split_once("</sheetData>").unwrap();
        format!("{head}<sheetData><row r=\"1\"><c r=\"A1\"><v>5</v></c></row></sheetData>{tail}")
    });
    assert_eq!(compare(&report, &read(&notes, &report), false).unwrap(), []);
}

#[test]
fn a_workbook_that_unpacks_to_more_than_any_office_fills_is_refused() {
    let report = report_of(&example("haidong-2023"));
    let book = write(&report).unwrap();
    let large = patched(&book, "xl/sharedStrings.xml", |xml| {
        xml.replacen("</sst>", &format!("<si><t>{}</t></si></sst>", "A".repeat(20 << 20)), 1)
    });
    assert!(large.len() < 100_000);
    assert!(read(&large, &report).faults[0].message.contains("文件太大"));
    // One long text in very many cells.
    let often = patched(&book, "xl/worksheets/sheet2.xml", |xml| {
        let cells = "<c t=\"s\"><v>0</v></c>".repeat(300_000);
        xml.replacen("</sheetData>", &format!("<row>{cells}</row></sheetData>"), 1)
    });
    let often = patched(&often, "xl/sharedStrings.xml", |xml| {
        xml.replacen("<si><t>", &format!("<si><t>{}", "A".repeat(32_000)), 1)
    });
    let faults = read(&often, &report).faults;
    assert!(faults.iter().any(|fault| fault.message.contains("内容太多")), "{faults:?}");
}

#[test]
fn a_ledger_beside_the_table_is_named_once() {
    let said = said("haidong-2023", |book| {
        patched(book, "xl/worksheets/sheet2.xml", |xml| {
            let row = |i: u32| format!("<row r=\"{i}\"><c r=\"L{i}\"><v>{i}</v></c></row>");
            let rows: String = (40..90).map(row).collect();
            xml.replacen("</sheetData>", &format!("{rows}</sheetData>"), 1)
        })
    });
    assert_eq!(said, "表二!L40：表格之外写了“40”等，共50格\n");
}

#[test]
fn what_is_no_workbook_is_refused_and_never_a_panic() {
    let report = report_of(&example("haidong-2023"));
    assert!(read(b"", &report).faults[0].message.contains("不是 Excel 工作簿"));
    let old = read(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1], &report).faults;
    assert!(old[0].message.contains("旧格式（.xls、.et）的文件，读不出来"), "{old:?}");
    let book = write(&report).unwrap();
    let no_sheet = patched(&book, "xl/workbook.xml", |xml| xml.replace("表三", "Sheet3"));
    let no_sheet = patched(&no_sheet, "xl/sharedStrings.xml", |xml| {
        xml.replacen("行政复议、行政诉讼情况", "行政复议情况", 1)
    });
    assert!(
        read(&no_sheet, &report).faults[0]
            .message
            .contains("没有名为“表三”的工作表，只有“表一”“表二”“Sheet3”")
    );
    let mut numbers = Numbers(3);
    for _ in 0..60 {
        let mut broken = book.clone();
        for _ in 0..=numbers.below(8) {
            let at = usize::try_from(numbers.below(broken.len() as u64)).unwrap();
            broken[at] = u8::try_from(numbers.below(256)).unwrap();
        }
        let _ = read(&broken, &report);
        // And within the sheet, where the packing does not notice.
        let torn = patched(&book, "xl/worksheets/sheet2.xml", |xml| {
            let at = usize::try_from(numbers_at(&broken, xml.len())).unwrap();
            let at = (0..=at).rev().find(|i| xml.is_char_boundary(*i)).unwrap();
            format!("{}<&\"{}", &xml[..at], &xml[at..])
        });
        let _ = read(&torn, &report);
    }
    let twice = patched(&book, "xl/worksheets/sheet2.xml", |xml| {
        xml.replacen("<c r=\"E7\"", "<c r=\"D7\"><v>5</v></c><c r=\"E7\"", 1)
    });
    let said = read(&twice, &report).faults[0].to_string();
    assert!(said.starts_with("表二：这张工作表读不出来"), "{said}");
    // Nor may addresses that lie on no sheet be reckoned with.
    for wrong in ["ZZZZZZZZ9999", "XFE1", "A0", "D4294967303", "B2:A1", "18446744073709551615", ""]
    {
        for (part, n) in [("xl/worksheets/sheet2.xml", 40), ("xl/styles.xml", 10)] {
            for _ in 0..n {
                let torn = patched(&book, part, |xml| {
                    let at = usize::try_from(numbers.clone().below(xml.len() as u64)).unwrap();
                    let at = (0..=at).rev().find(|i| xml.is_char_boundary(*i)).unwrap();
                    let Some((_, rest)) = xml[at..].split_once("=\"") else { return xml };
                    let start = xml.len() - rest.len();
                    let end = start + rest.find('"').unwrap();
                    format!("{}{wrong}{}", &xml[..start], &xml[end..])
                });
                numbers.below(2);
                let _ = read(&torn, &report);
            }
        }
    }
    // A cell in the last corner must not cost memory for all that lie between.
    let far = patched(&book, "xl/worksheets/sheet2.xml", |xml| {
        xml.replacen(
            "</sheetData>",
            "<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row></sheetData>",
            1,
        )
    });
    assert!(read(&far, &report).faults[0].address.ends_with("XFD1048576"));
}

/// A place below `n` that depends on some bytes.
fn numbers_at(bytes: &[u8], n: usize) -> u64 {
    bytes.iter().fold(17_u64, |sum, b| sum.wrapping_mul(31).wrapping_add(u64::from(*b))) % n as u64
}

#[test]
fn what_to_do_about_many_cells_is_said_once() {
    let folder = tempfile::tempdir().unwrap();
    let text = example("haidong-2023");
    let mut book = write(&report_of(&text)).unwrap();
    for column in ["D", "E", "F"] {
        book = with_cell(&book, &format!("{column}7"), " t=\"str\"><v>12件</v>");
    }
    nianbao::internals::files::write_whole(&folder.path().join("a.xlsx"), &book).unwrap();
    nianbao::internals::files::write_whole(&folder.path().join("a.toml"), text.as_bytes()).unwrap();
    let output = nianbao(folder.path(), &["import-figures", "a.xlsx", "--into", "a.toml"]);
    let said = printed(&output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert_eq!(said.matches("写的是文字“12件”").count(), 3, "{said}");
    assert_eq!(said.matches("改法").count(), 1, "{said}");
    assert!(said.contains("改法（以上3处）: 只填数"), "{said}");
    // The two named the wrong way round.
    let output = nianbao(folder.path(), &["import-figures", "a.toml", "--into", "a.xlsx"]);
    assert!(printed(&output).contains("工作簿写在前面"), "{}", printed(&output));
    assert_eq!(bytes_of(&folder.path().join("a.xlsx")), book);
}

/// The workbook of an example as `LibreOffice` saved it in another format, and the report it belongs to.
fn saved(name: &str) -> (Vec<u8>, nianbao::report::Report) {
    let book = bytes_of(&crate::support::project(&format!("tests/saved/{name}")));
    (book, report_of(&example("district/教育局")))
}

#[test]
fn old_workbooks_made_to_do_harm_are_refused() {
    let (book, report) = saved("libreoffice.xls");
    let reading = read(&book, &report);
    assert_eq!((reading.faults.len(), reading.figures.len()), (0, 200), "{:?}", reading.faults);
    // A cell in the last corner would be laid out with all that lies between.
    let label = [0xFD, 0x00, 0x0A, 0x00];
    let at = book.windows(4).position(|four| four == label).unwrap() + label.len();
    let mut far = book.clone();
    far[at..at + 4].copy_from_slice(&[0xFF, 0xFF, 0xFF, 0x00]);
    let said = read(&far, &report).faults[0].to_string();
    assert!(said.contains("文件太大"), "{said}");
    // A sheet that begins where no record does.
    let sheet = book.windows(4).position(|four| four[..2] == [0x85, 0x00] && four[3] == 0).unwrap();
    let mut torn = book.clone();
    torn[sheet + 4..sheet + 8].copy_from_slice(&[0xF1, 0xFF, 0x00, 0x00]);
    let said = read(&torn, &report).faults[0].to_string();
    assert!(said.contains("旧格式（.xls、.et）的文件，读不出来"), "{said}");
    let mut numbers = Numbers(11);
    for _ in 0..200 {
        let mut broken = book.clone();
        for _ in 0..=numbers.below(6) {
            let at = usize::try_from(numbers.below(broken.len() as u64)).unwrap();
            broken[at] = u8::try_from(numbers.below(256)).unwrap();
        }
        let _ = read(&broken, &report);
    }
}

#[test]
fn open_workbooks_made_to_do_harm_are_refused() {
    let (book, report) = saved("libreoffice.ods");
    let reading = read(&book, &report);
    assert_eq!((reading.faults.len(), reading.figures.len()), (0, 200), "{:?}", reading.faults);
    // Its first part says in plain bytes what it is.
    let with_contents = |change: &dyn Fn(String) -> String| {
        let mut old = zip::ZipArchive::new(Cursor::new(&book[..])).unwrap();
        let mut new = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let plain = zip::write::SimpleFileOptions::default()
            .compression_method(zip::CompressionMethod::Stored);
        let packed = plain.compression_method(zip::CompressionMethod::Deflated);
        for i in 0..old.len() {
            let mut file = old.by_index(i).unwrap();
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).unwrap();
            if file.name() == "content.xml" {
                bytes = change(String::from_utf8(bytes).unwrap()).into_bytes();
            }
            let options = if file.name() == "mimetype" { plain } else { packed };
            new.start_file(file.name(), options).unwrap();
            new.write_all(&bytes).unwrap();
        }
        read(&new.finish().unwrap().into_inner(), &report)
    };
    assert_eq!(with_contents(&|text| text).figures.len(), 200);
    let filled = "office:value-type=\"float\"";
    let deep = "<table:table-row-group>".repeat(100_000);
    let long = "<table:table-row/>".repeat(1_000_000);
    for (from, to) in [
        (filled, format!("{filled} table:number-columns-repeated=\"4000000000\"")),
        (filled, format!("{filled} table:number-columns-repeated=\"200000\"")),
        ("<table:table-row ", format!("{deep}<table:table-row ")),
        ("<table:table-row ", format!("{long}<table:table-row ")),
    ] {
        let reading = with_contents(&|text| {
            assert!(text.contains(from), "the file has no {from}");
            text.replacen(from, &to, 1)
        });
        assert!(!reading.faults.is_empty(), "{}", &to[..60.min(to.len())]);
    }
}
