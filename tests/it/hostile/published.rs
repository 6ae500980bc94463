//! Published reports that mean harm: they are refused with a message, and hold no more memory than their size.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;

use super::run;
use crate::support::write;

#[test]
fn pages_that_make_their_reader_grow_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let open: String = (0..900).map(|i| format!("<b a={i}>")).collect();
    let attributes: String = (0..400_000).map(|i| format!(" a{i}")).collect();
    for (name, text) in [
        ("attributes.html", format!("<p{attributes}>{}", "<p>x</p>".repeat(3_000))),
        ("copied.html", format!("<p>{open}</p>{}", "<p>x</p>".repeat(3_000))),
        ("many.html", format!("<html>{}", "<b>x</b>".repeat(400_000))),
        ("deep.html", format!("<html>{}", "<div>".repeat(100_000))),
        ("wide.html", format!("<table><tr>{}", "<td colspan=1000 rowspan=60000>1".repeat(3_000))),
        ("long.txt", "一二三四 ".repeat(1_500_000)),
        ("lines.txt", "一\n".repeat(200_000)),
        ("lines.html", format!("<html>{}", "<p>一</p>".repeat(50_000))),
        (
            "labels.txt",
            "三、收到和处理政府信息公开申请情况\n".to_owned()
                + &"一、本年新收政府信息公开申请数量 1 ".repeat(20_000),
        ),
    ] {
        write(at, name, &text);
        is_harmless(at, name);
    }
}

/// Reading a file ends, with a message or with little that is read, and takes no more memory than there is.
fn is_harmless(folder: &Path, name: &str) {
    let run = run(folder, &["import", name, "--out", "x.toml"]);
    assert!(matches!(run.code(), Some(1 | 2)), "{name}: {:?} {}", run.output.status, run.said());
    assert!(!run.said().contains("panicked"), "{name}: {}", run.said());
    assert!(run.megabytes < 1_000, "{name}: {} MB", run.megabytes);
    let _ = std::fs::remove_file(folder.join("x.toml"));
}

#[test]
fn rich_text_that_makes_its_reader_grow_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let cells = "\\cellx1".repeat(200_000);
    let edges = (0..200).fold(String::new(), |mut all, i| {
        let _ = write!(all, "\\cellx{}", i * 100);
        all
    });
    let row = "\\intbl 1\\cell 2\\cell\\row";
    for (name, text) in [
        ("far.rtf", format!("\\trowd\\cellx2147483647\\cellx-2147483648{row}\\pard")),
        ("shape.rtf", format!("\\trowd{cells}{row}\\pard")),
        ("rows.rtf", format!("\\trowd{edges}{}\\pard", "\\row".repeat(200_000))),
        ("filled.rtf", format!("\\trowd{edges}{}\\pard", row.repeat(20_000))),
        ("lines.rtf", "a\\par ".repeat(200_000)),
        ("tables.rtf", format!("\\trowd\\cellx1\\cellx2{row}\\pard\\par ").repeat(30_000)),
        ("deep.rtf", "{".repeat(100_000)),
        ("picture.rtf", "{\\pict\\bin2147483647 }".to_owned()),
        ("byte.rtf", "\\'zz".repeat(200_000)),
    ] {
        write(folder.path(), name, &format!("{{\\rtf1\\ansi {text}}}"));
        is_harmless(folder.path(), name);
    }
}

/// The bytes of a page of properties of an old Word file.
const PAGE: usize = 512;

/// A page whose runs, each of some bytes of the text, all have the same properties.
fn properties(n: u8, run: u32, entry: usize, own: &[u8]) -> [u8; PAGE] {
    let mut page = [0; PAGE];
    let n_runs = usize::from(n);
    for i in 0..=n_runs {
        let start = PAGE as u32 * 2 + run * u32::try_from(i).unwrap();
        page[i * 4..i * 4 + 4].copy_from_slice(&start.to_le_bytes());
    }
    let at = (PAGE - 2 - own.len()) & !1;
    page[at..at + own.len()].copy_from_slice(own);
    for i in 0..n_runs {
        page[(n_runs + 1) * 4 + i * entry] = u8::try_from(at / 2).unwrap();
    }
    page[PAGE - 1] = n;
    page
}

/// An old Word file of some words, whose indexes name a page of paragraphs and one of characters so many times.
fn old_word(words: &str, pages: [[u8; PAGE]; 2], n_named: usize) -> Vec<u8> {
    let units: Vec<u8> = words.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let long = |n: usize| u32::try_from(n).unwrap().to_le_bytes();
    let mut main = vec![0; PAGE * 2];
    main.extend(&units);
    main.resize(main.len().next_multiple_of(PAGE), 0);
    let first = main.len() / PAGE;
    main.extend(pages.concat());
    let mut table = vec![2];
    table.extend(long(16));
    table.extend([long(0), long(units.len() / 2)].concat());
    table.extend([&[0, 0], &long(PAGE * 2)[..], &[0, 0]].concat());
    let mut places = vec![(0x01a2, 0, table.len())];
    for (i, place) in [0x0102, 0xfa].into_iter().enumerate() {
        let start = table.len();
        table.extend(vec![0; (n_named + 1) * 4]);
        table.extend(long(first + i).repeat(n_named));
        places.push((place, start, table.len() - start));
    }
    main[0x0b] = 2;
    main[0x4c..0x50].copy_from_slice(&long(units.len() / 2));
    for (place, start, length) in places {
        main[place..place + 4].copy_from_slice(&long(start));
        main[place + 4..place + 8].copy_from_slice(&long(length));
    }
    let mut file = cfb::CompoundFile::create(std::io::Cursor::new(Vec::new())).unwrap();
    for (name, bytes) in [("WordDocument", main), ("1Table", table)] {
        file.create_stream(name).unwrap().write_all(&bytes).unwrap();
    }
    file.into_inner().into_inner()
}

#[test]
fn old_word_files_that_make_their_reader_grow_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let none = properties(1, u32::MAX / 2, 1, &[]);
    // In a table, the end of a row, and the edges of 220 cells.
    let mut row = vec![230, 0, 0, 0x16, 0x24, 1, 0x17, 0x24, 1, 0x08, 0xd6, 0xbe, 1, 220];
    row.resize(460, 1);
    let rows = |n, run| properties(n, run, 13, &row);
    // 150 properties of a character.
    let bold = properties(1, u32::MAX / 2, 1, &[&[240][..], &[0x35, 0x08, 1].repeat(80)].concat());
    let text = "一、总体情况\r";
    for (name, words, pages, n_named) in [
        ("named.doc", text.to_owned(), [rows(2, 14), none], 1_000_000),
        ("rows.doc", "\u{7}".repeat(200_000), [rows(1, u32::MAX / 2), none], 1),
        ("cells.doc", "1\u{7}".repeat(100_000), [rows(2, 1_000), none], 1),
        ("fields.doc", "\u{13}".repeat(200_000) + &"甲".repeat(200_000), [none, none], 1),
        ("bold.doc", "甲".repeat(300_000), [none, bold], 1),
        ("lines.doc", "甲\r".repeat(200_000), [none, none], 1),
    ] {
        let path = folder.path().join(name);
        nianbao::internals::files::write_whole(&path, &old_word(&words, pages, n_named)).unwrap();
        is_harmless(folder.path(), name);
    }
    // The builder above makes files that are read.
    let path = folder.path().join("sound.doc");
    let sound = old_word("三、收到和处理政府信息公开申请情况\r没有。\r", [none, none], 1);
    nianbao::internals::files::write_whole(&path, &sound).unwrap();
    let run = run(folder.path(), &["import", "sound.doc", "--out", "x.toml"]);
    assert!(!run.said().contains("损坏"), "{}", run.said());
}

/// An OFD file of one page.
fn ofd(objects: &str) -> Vec<u8> {
    let space = "xmlns:ofd=\"http://www.ofdspec.org/2016\"";
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in [
        (
            "OFD.xml",
            format!(
                "<ofd:OFD {space}><ofd:DocBody><ofd:DocRoot>Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
            ),
        ),
        (
            "Document.xml",
            format!(
                "<ofd:Document {space}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData><ofd:Pages><ofd:Page ID=\"1\" BaseLoc=\"Page.xml\"/></ofd:Pages></ofd:Document>"
            ),
        ),
        (
            "Page.xml",
            format!(
                "<ofd:Page {space}><ofd:Content><ofd:Layer>{objects}</ofd:Layer></ofd:Content></ofd:Page>"
            ),
        ),
    ] {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn pages_on_which_everything_could_touch_everything_are_soon_read() {
    let folder = tempfile::tempdir().unwrap();
    // Characters that far apart, the first at a height.
    let text = |size: f64, y: &str, words: &str, apart: &str| {
        let n = words.chars().count();
        format!(
            "<ofd:TextObject Boundary=\"0 {y} 9 9\" Size=\"{size}\"><ofd:TextCode X=\"0\" Y=\"0\" DeltaX=\"g {n} {apart}\">{words}</ofd:TextCode></ofd:TextObject>"
        )
    };
    let all: String = ('\u{4e00}'..='\u{9c00}').collect();
    let dashes = |n: usize| {
        let dash = |i| format!("M {0} 0 L {1} 0 M 0 {0} L 0 {1} ", i * 4 + 10, i * 4 + 12);
        let dashes: String = (0..n).map(dash).collect();
        format!(
            "<ofd:PathObject Boundary=\"0 0 9 9\"><ofd:AbbreviatedData>{dashes}</ofd:AbbreviatedData></ofd:PathObject>"
        )
    };
    let raised = text(10.0, "50", &"字".repeat(40_000), "20")
        + &text(3.0, "40.5", &"1".repeat(40_000), "20");
    for (name, objects) in [
        ("one-place.ofd", text(4.0, "9", &all.repeat(4), "0")),
        ("no-size.ofd", text(0.1, "9", &"1".repeat(100_000), "0")),
        ("raised.ofd", raised),
        ("dashes.ofd", dashes(80_000)),
        ("far.ofd", text(4.0, "1e300", "甲乙", "1e308")),
    ] {
        let path = folder.path().join(name);
        nianbao::internals::files::write_whole(&path, &ofd(&objects)).unwrap();
        is_harmless(folder.path(), name);
    }
    let run = run(folder.path(), &["import", "far.ofd", "--out", "x.toml"]);
    assert!(!run.said().contains("损坏"), "{}", run.said());
}

#[test]
fn word_files_that_unpack_without_end_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.start_file("[Content_Types].xml", zip::write::SimpleFileOptions::default()).unwrap();
    zip.write_all(b"<Types/>").unwrap();
    zip.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).unwrap();
    let block = vec![b' '; 1 << 20];
    for _ in 0..200 {
        zip.write_all(&block).unwrap();
    }
    let bytes = zip.finish().unwrap().into_inner();
    nianbao::internals::files::write_whole(&folder.path().join("bomb.docx"), &bytes).unwrap();
    let run = run(folder.path(), &["import", "bomb.docx", "--out", "x.toml"]);
    assert_eq!(run.code(), Some(2));
    assert!(run.said().contains("太大"), "{}", run.said());
    assert!(run.megabytes < 500, "{} MB", run.megabytes);
}

/// A PDF of some objects, the first of which is its catalogue.
#[cfg(feature = "pdf-import")]
fn pdf(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n".to_vec();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (i, object) in objects.iter().enumerate() {
        let _ = writeln!(table, "{:010} 00000 n ", bytes.len());
        bytes.extend_from_slice(format!("{} 0 obj\n", i + 1).as_bytes());
        bytes.extend_from_slice(object);
        bytes.extend_from_slice(b"\nendobj\n");
    }
    let start = bytes.len();
    let n = objects.len() + 1;
    let end = format!("{table}trailer<</Size {n}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF");
    [bytes, end.into_bytes()].concat()
}

#[cfg(feature = "pdf-import")]
#[test]
fn pdfs_that_unpack_without_end_or_draw_themselves_again_and_again_are_refused() {
    use flate2::write::ZlibEncoder;
    let stream = |words: &str, bytes: &[u8]| {
        let head = format!("<<{words}/Length {}>>stream\n", bytes.len());
        [head.as_bytes(), bytes, b"\nendstream"].concat()
    };
    let packed = |n_megabytes: usize| {
        let block: Vec<u8> = b"0 0 m 1 1 l S \n".iter().copied().cycle().take(1 << 20).collect();
        let mut writer = ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
        (0..n_megabytes).for_each(|_| writer.write_all(&block).unwrap());
        writer.finish().unwrap()
    };
    let with_page = |contents: &str, more: Vec<Vec<u8>>| {
        let page = format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {contents}/Resources<</XObject<</A 5 0 R>>>>>>"
        );
        let first = [
            b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
            page.into_bytes(),
        ];
        pdf(&[first.to_vec(), more].concat())
    };
    // Each drawing has the next one twenty times, and the last one draws nothing.
    let drawing = |i: usize| {
        let next = format!(
            "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</A {} 0 R>>>>",
            i + 6
        );
        stream(&next, "/A Do ".repeat(20).as_bytes())
    };
    let mut drawings = vec![stream("", b"/A Do")];
    drawings.extend((0..8).map(drawing));
    drawings.push(stream("/Type/XObject/Subtype/Form/BBox[0 0 9 9]", b"q Q"));
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in [
        ("bomb.pdf", with_page("4 0 R", vec![stream("/Filter/FlateDecode", &packed(400))])),
        (
            "again.pdf",
            with_page(
                &format!("[{}]", "4 0 R ".repeat(500)),
                vec![stream("/Filter/FlateDecode", &packed(2))],
            ),
        ),
        ("drawings.pdf", with_page("4 0 R", drawings)),
    ] {
        nianbao::internals::files::write_whole(&folder.path().join(name), &bytes).unwrap();
        let run = run(folder.path(), &["import", name, "--out", "x.toml"]);
        assert_eq!(run.code(), Some(2), "{name}: {}", run.said());
        assert!(run.said().contains("太多") || run.said().contains("太大"), "{}", run.said());
        assert!(run.megabytes < 300, "{name}: {} MB", run.megabytes);
    }
}
