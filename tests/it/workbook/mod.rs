//! The three tables as a workbook: exact there and back, and nothing taken that is not understood.

mod refused;

use std::io::{Cursor, Read as _, Write as _};

use nianbao::edition::{Cell, Edition, Section};
use nianbao::internals::workbook::{Change, Content, compare, left_alone, read, write};
use nianbao::report::{Entry, Money, Report};
use nianbao::source::{EditError, Remarks, SourceFile, edit};

use crate::support::{example, files, nianbao, printed, read as bytes_of, stem};

fn report_of(text: &str) -> Report {
    let (report, problems) = nianbao::source::read(&SourceFile::parse("t", text));
    assert!(problems.is_empty(), "{problems:?}");
    report.unwrap()
}

/// The workbook with one part of it rewritten.
pub(crate) fn patched(book: &[u8], part: &str, change: impl Fn(String) -> String) -> Vec<u8> {
    recoded(book, part, |text| change(text).into_bytes())
}

/// The workbook with the bytes of one part made anew from its text.
fn recoded(book: &[u8], part: &str, change: impl Fn(String) -> Vec<u8>) -> Vec<u8> {
    let mut old = zip::ZipArchive::new(Cursor::new(book)).unwrap();
    let mut new = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for i in 0..old.len() {
        let mut file = old.by_index(i).unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        if file.name() == part {
            bytes = change(String::from_utf8(bytes).unwrap());
        }
        new.start_file(file.name(), zip::write::SimpleFileOptions::default()).unwrap();
        new.write_all(&bytes).unwrap();
    }
    new.finish().unwrap().into_inner()
}

/// The second sheet with one cell replaced; `cell` is what stands between `<c r="…"` and the end.
fn with_cell(book: &[u8], address: &str, cell: &str) -> Vec<u8> {
    patched(book, "xl/worksheets/sheet2.xml", |xml| {
        let start = xml.find(&format!("<c r=\"{address}\"")).unwrap();
        let empty = xml[start..].find("/>").unwrap() + 2;
        let full = xml[start..].find("</c>").map_or(usize::MAX, |i| i + 4);
        let first_open = xml[start..].find('>').unwrap() + 1;
        let end = start + if first_open == empty { empty } else { full };
        format!("{}<c r=\"{address}\"{cell}</c>{}", &xml[..start], &xml[end..])
    })
}

/// The words on a workbook that is to go into an example.
fn said(name: &str, change: impl Fn(&[u8]) -> Vec<u8>) -> String {
    let report = report_of(&example(name));
    let book = change(&write(&report).unwrap());
    let faults = compare(&report, &read(&book, &report), false).unwrap_err();
    faults.iter().map(|fault| format!("{fault}\n")).collect()
}

fn put(text: &str, changes: &[Change]) -> String {
    let mut report = report_of(text);
    for change in changes {
        match change.new {
            Some(new) => report.put(change.cell, new),
            None => report.clear(change.cell),
        }
    }
    edit(&SourceFile::parse("t", text), &report, &Remarks::default()).unwrap()
}

#[test]
fn every_example_comes_back_as_it_went() {
    for path in files("examples", "toml") {
        let report = report_of(&example(&stem(&path)));
        let book = write(&report).unwrap();
        assert_eq!(book, write(&report).unwrap(), "same bytes twice");
        let figures = read(&book, &report);
        assert_eq!(compare(&report, &figures, false).unwrap(), [], "{}", path.display());
        // Into a file without figures come all that were typed, and totals as numbers where they are none.
        let mut empty = report.clone();
        report.form().cells().for_each(|cell| empty.clear(cell));
        for change in compare(&empty, &figures, false).unwrap() {
            empty.put(change.cell, change.new.unwrap());
        }
        for cell in report.form().cells() {
            assert_eq!(empty.printed(cell), report.printed(cell), "{cell:?}");
        }
    }
}

#[test]
fn what_is_not_filled_stays_blank() {
    for edition in Edition::ALL {
        let report = Report::empty(*edition);
        let figures = read(&write(&report).unwrap(), &report);
        assert_eq!(figures.figures.len(), report.form().cells().count());
        for figure in &figures.figures {
            let expected = if figure.cell.is_total() { Content::Added } else { Content::Blank };
            assert_eq!(figure.content, expected, "{}", figure.address);
        }
        assert_eq!(compare(&report, &figures, false).unwrap(), []);
    }
}

/// Numbers that look random and are the same in every run.
#[derive(Clone)]
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, n: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }
}

#[test]
fn changed_figures_arrive_and_nothing_else_moves() {
    let mut numbers = Numbers(7);
    for path in files("examples", "toml") {
        let text = example(&stem(&path));
        let old = report_of(&text);
        for _ in 0..12 {
            let mut new = old.clone();
            let cells: Vec<Cell> = old.form().cells().collect();
            for _ in 0..=numbers.below(6) {
                let cell = cells[usize::try_from(numbers.below(cells.len() as u64)).unwrap()];
                let is_money = FEES.contains(&nianbao::report::FieldPath::of(cell).as_str());
                let places = if is_money { 4 } else { 0 };
                let digits = i64::try_from(numbers.below(99_999_999)).unwrap();
                new.put(cell, Money::new(digits, places));
            }
            let figures = read(&write(&new).unwrap(), &old);
            let changes = compare(&old, &figures, false).unwrap();
            let edited = put(&text, &changes);
            let arrived = report_of(&edited);
            for cell in &cells {
                assert_eq!(arrived.printed(*cell), new.printed(*cell), "{cell:?}\n{edited}");
            }
            assert_eq!(arrived.texts(), old.texts());
            let comments = |text: &str| {
                let after = |line: &str| line.find(" #").map(|i| line[i..].trim().to_owned());
                text.lines().filter_map(after).collect::<Vec<_>>()
            };
            assert_eq!(comments(&edited), comments(&text), "comments stay in their order");
        }
    }
}

/// Figures that are taken out and put in again leave a file as it was, however its rows are written.
#[test]
fn figures_taken_out_come_back_to_where_they_were() {
    let mut texts: Vec<String> =
        files("examples", "toml").iter().map(|path| example(&stem(path))).collect();
    // Rows under dotted keys, as the program writes a report that has no file yet.
    texts.extend(texts.clone().iter().map(|text| nianbao::source::write(&report_of(text))));
    texts
        .extend(texts.clone().iter().map(|text| format!("\u{feff}{}", text.replace('\n', "\r\n"))));
    for text in texts {
        let full = report_of(&text);
        let mut empty = full.clone();
        full.form().cells().for_each(|cell| empty.clear(cell));
        let source = SourceFile::parse("t", text.as_str());
        let emptied = edit(&source, &empty, &Remarks::default()).unwrap();
        assert_eq!(emptied.lines().count(), text.lines().count());
        let source = SourceFile::parse("t", emptied.as_str());
        let refilled = edit(&source, &full, &Remarks::default()).unwrap();
        let differing = refilled.lines().zip(text.lines()).find(|(a, b)| a != b);
        assert_eq!(differing, None);
        assert!(refilled == text);
    }
}

const FEES: [&str; 1] = ["disclosure.fees"];

#[test]
fn a_row_is_changed_in_the_way_it_is_written() {
    let edited = |from: &str, to: &[(&str, i64)]| {
        let text = format!(
            "format = \"2021\"\n[report]\nyear = 2023\n[agency]\nname = \"甲\"\nkind = \"department\"\n\n[requests]  # 表\n# 说明\n{from}\n\n[other]\n"
        );
        let old = report_of(&text);
        let mut new = old.clone();
        for (address, number) in to {
            let cell = old
                .form()
                .cells()
                .find(|cell| nianbao::report::FieldPath::of(*cell).as_str() == *address)
                .unwrap();
            new.put(cell, Money::from(*number));
        }
        let source = SourceFile::parse("t", text.as_str());
        let result = edit(&source, &new, &Remarks::default()).unwrap();
        let start = text.find(from).unwrap();
        assert_eq!(result[..start], text[..start]);
        assert!(result.ends_with("\n\n[other]\n"), "{result}");
        result[start..result.len() - "\n\n[other]\n".len()].to_owned()
    };
    let person = "requests.received.natural_person";
    assert_eq!(
        edited(
            "received    = [ 107,   0, 0, 0, 12,  9, 128 ]   # 新收",
            &[(person, 108), ("requests.received.total", 129)]
        ),
        "received    = [ 108,   0, 0, 0, 12,  9, 129 ]   # 新收"
    );
    assert_eq!(
        edited("received = 0 # 新收", &[(person, 3)]),
        "received = [3, 0, 0, 0, 0, 0] # 新收"
    );
    assert_eq!(
        edited("received = { other = 1 } # 新收", &[(person, 3), ("requests.received.other", 2)]),
        "received = { other = 2, natural_person = 3 } # 新收"
    );
    assert_eq!(
        edited(
            "[requests.outcome]\ntotal = {other = 1}",
            &[("requests.outcome.total.natural_person", 3), ("requests.outcome.total.business", 0),]
        ),
        "[requests.outcome]\ntotal = {other = 1, natural_person = 3}"
    );
    assert_eq!(
        edited("received = [1, 0, 0, 0, 0, 0]", &[("requests.received.total", 2)]),
        "received = [1, 0, 0, 0, 0, 0, 2]"
    );
    assert_eq!(
        edited(
            "received = [\n  1_000, # 自然人\n  0, 0, 0, 0, 0,\n]",
            &[("requests.received.business", 5)]
        ),
        "received = [\n  1_000, # 自然人\n  5, 0, 0, 0, 0,\n]"
    );
    assert_eq!(
        edited(
            "#received    = [ ]  # 新收",
            &[
                (person, 0),
                ("requests.received.business", 0),
                ("requests.received.research", 0),
                ("requests.received.public_welfare", 0),
                ("requests.received.legal_service", 0),
                ("requests.received.other", 0)
            ]
        ),
        "received    = 0  # 新收"
    );
}

/// However a row is written: its figure arrives, and if the program cannot do it, it says which row.
#[test]
fn rows_in_unusual_places_are_changed_or_named() {
    let head =
        "format = \"2021\"\nreport.year = 2023\n[agency]\nname = \"甲\"\nkind = \"department\"\n";
    for (typed, expected) in [
        ("[requests]\nreceived = { natural_person = 1 }\n", "{ natural_person = 5 }"),
        ("[requests.received]\nnatural_person = 1 # 人\n", "natural_person = 5 # 人"),
        ("[requests]\nreceived.natural_person = 1 # 人\n", "received.natural_person = 5 # 人"),
        ("[requests.outcome]\ngranted = 0\n", "[requests]\nreceived = [5, 0, 0, 0, 0, 0]"),
        ("[challenges]\nreconsideration = 0\n", "[requests]\nreceived = [5, 0, 0, 0, 0, 0]"),
        ("# 后面\n", "[requests]\nreceived = [5, 0, 0, 0, 0, 0]"),
        ("[requests]\n#received = [3, 0, 0, 0, 0, 0] # 旧数\n", "received = [5, 0, 0, 0, 0, 0]"),
    ] {
        let text = format!("{head}{typed}");
        let old = report_of(&text);
        let mut new = old.clone();
        let row = old.form().cells().filter(|cell| {
            nianbao::report::FieldPath::of(*cell).as_str().starts_with("requests.received.")
        });
        for (i, cell) in row.enumerate().take(6) {
            new.put(cell, Money::from(if i == 0 { 5 } else { 0 }));
        }
        let edited = edit(&SourceFile::parse("t", text.as_str()), &new, &Remarks::default());
        let edited = edited.unwrap();
        assert!(edited.contains(expected) && edited.starts_with(head), "{edited}");
        for comment in typed.lines().filter_map(|line| line.find('#').map(|i| &line[i..])) {
            assert!(edited.contains(comment), "{edited}");
        }
    }
    // A row that cannot be made a comment, because others share its line.
    let text = format!("challenges = {{ reconsideration = 0, litigation_after = 0 }}\n{head}");
    let old = report_of(&text);
    let mut new = old.clone();
    let is_reconsideration = |cell: &Cell| {
        nianbao::report::FieldPath::of(*cell).as_str().starts_with("challenges.reconsideration")
    };
    old.form().cells().filter(is_reconsideration).for_each(|cell| new.clear(cell));
    let refused = edit(&SourceFile::parse("t", text.as_str()), &new, &Remarks::default());
    let row = nianbao::report::FieldPath::new("challenges.reconsideration");
    assert_eq!(refused.unwrap_err(), EditError::Row { row, line: Some(1) });
}

#[test]
fn line_ends_of_windows_stay() {
    let text = format!("\u{feff}{}", example("gaoping-2023").replace('\n', "\r\n"));
    let old = report_of(&text);
    let mut new = old.clone();
    let cells: Vec<Cell> = old.form().cells().collect();
    new.put(cells[0], Money::from(77));
    new.put(cells[30], Money::from(77));
    let edited = edit(&SourceFile::parse("t", text.as_str()), &new, &Remarks::default()).unwrap();
    assert!(edited.starts_with('\u{feff}'));
    assert_eq!(edited.matches("\r\n").count(), edited.matches('\n').count());
    assert_eq!(edited.lines().zip(text.lines()).filter(|(a, b)| a != b).count(), 2);
    assert_eq!(edited.lines().count(), text.lines().count());
}

#[test]
fn a_result_of_a_formula_of_the_clerks_own_counts() {
    let report = report_of(&example("haidong-2023"));
    let book = with_cell(&write(&report).unwrap(), "D7", "><f>100+8</f><v>108</v>");
    let changes = compare(&report, &read(&book, &report), false).unwrap();
    let said: Vec<String> =
        changes.iter().map(|c| format!("{} {} {:?}", c.address, c.old, c.new)).collect();
    assert_eq!(said, ["表二!D7 107 Some(108)", "表二!J7 128 Some(129)"]);
}

#[test]
fn a_total_over_the_formula_is_kept_as_it_was_typed() {
    let report = report_of(&example("gaoping-2023"));
    let book = with_cell(&write(&report).unwrap(), "J7", "><v>99</v>");
    let changes = compare(&report, &read(&book, &report), false).unwrap();
    assert_eq!(changes.len(), 1);
    assert_eq!((changes[0].address.as_str(), changes[0].new), ("表二!J7", Some(Money::from(99))));
}

/// A workbook must not speak of another body and year, even where one of the two is not filled.
#[test]
fn a_workbook_for_anybody_is_still_one_of_its_year() {
    let ours = report_of(&example("haidong-2023"));
    let made_for = |name: Option<&str>, year: Option<u16>| {
        let mut report = ours.clone();
        report.agency.name = name.map(str::to_owned);
        report.header.year = year;
        write(&report).unwrap()
    };
    let name = ours.agency.name.as_deref();
    for (book, is_ours) in [
        (made_for(None, None), true),
        (made_for(None, Some(2023)), true),
        (made_for(name, None), true),
        (made_for(None, Some(2022)), false),
        (made_for(Some("高平市人民政府"), None), false),
    ] {
        let faults = read(&book, &ours).faults;
        assert_eq!(faults.is_empty(), is_ours, "{faults:?}");
    }
    let mut nobody = ours.clone();
    nobody.agency.name = None;
    let faults = read(&made_for(name, Some(2023)), &nobody).faults;
    assert!(faults[0].help.contains("先在数据文件中填写机关全称"), "{faults:?}");
}

/// A typed total whose formula stands in the sheet goes with the figures that it adds up.
#[test]
fn offices_can_fill_a_table_each() {
    let full = report_of(&example("haidong-2023"));
    let of = |section: Section| {
        let mut part = full.clone();
        for cell in full.form().cells().filter(|cell| cell.section() != section) {
            part.clear(cell);
        }
        part
    };
    let mut filled = of(Section::Disclosure);
    for section in [Section::Requests, Section::Challenges] {
        let reading = read(&write(&of(section)).unwrap(), &filled);
        assert!(left_alone(&filled, &reading).contains(&Section::Disclosure));
        for change in compare(&filled, &reading, false).unwrap() {
            filled.put(change.cell, change.new.unwrap());
        }
        // That the others are to be taken out must be said.
        let n_taken_out = compare(&full, &reading, true).unwrap().len();
        let n_others = full
            .form()
            .cells()
            .filter(|cell| cell.section() != section && !full.typed(*cell).is_absent());
        assert_eq!(n_taken_out, n_others.count());
    }
    let is_same = |cell: Cell| full.printed(cell) == filled.printed(cell);
    assert!(full.form().cells().all(is_same));
    // Of a workbook in which nothing stands no table is passed over.
    let mut none = full.clone();
    full.form().cells().for_each(|cell| none.clear(cell));
    let reading = read(&write(&none).unwrap(), &full);
    assert_eq!(left_alone(&full, &reading), []);
    assert!(!compare(&full, &reading, false).unwrap_err().is_empty());
}

#[test]
fn figures_with_a_typed_total_can_be_taken_out() {
    let report = report_of(&example("haidong-2023"));
    let total = nianbao::report::FieldPath::new("requests.received.total");
    let is_total = |cell: &Cell| nianbao::report::FieldPath::of(*cell) == total;
    let total = report.form().cells().find(is_total).unwrap();
    assert!(!report.typed(total).is_absent());
    let mut book = write(&report).unwrap();
    for column in ["D", "E", "F", "G", "H", "I"] {
        book = with_cell(&book, &format!("{column}7"), ">");
    }
    let reading = read(&book, &report);
    let faults = compare(&report, &reading, false).unwrap_err();
    assert_eq!(faults.len(), 7, "{faults:?}");
    assert!(faults.iter().all(|fault| fault.message.contains("是空的，数据文件里是")));
    let changes = compare(&report, &reading, true).unwrap();
    assert!(changes.iter().any(|change| change.cell == total && change.new.is_none()));
    assert_eq!(changes.len(), 7);
    // A total that is blank beside its parts is taken out only when that is asked for.
    let book = with_cell(&write(&report).unwrap(), "J7", ">");
    let reading = read(&book, &report);
    let faults = compare(&report, &reading, false).unwrap_err();
    assert!(faults[0].help.starts_with("填总计"), "{faults:?}");
    assert_eq!(compare(&report, &reading, true).unwrap().len(), 1);
}

#[test]
fn a_number_that_a_spreadsheet_cannot_hold_is_not_exported() {
    let text = example("haidong-2023").replace("= 3297 ", "= 123456.78901234567 ");
    let faults = write(&report_of(&text)).unwrap_err();
    assert!(
        faults[0].to_string().contains("表一!B17") && faults[0].message.contains("15位"),
        "{faults:?}"
    );
}

#[test]
fn figures_go_from_a_starter_to_a_workbook_and_back() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| nianbao(folder.path(), arguments);
    assert_eq!(run(&["new", "a.toml"]).status.code(), Some(0));
    assert_eq!(run(&["export", "--xlsx", "a.toml"]).status.code(), Some(0));
    let output = run(&["export", "--xlsx", "a.toml"]);
    assert!(printed(&output).contains("已有这个文件"));

    // As if filled by hand: the figures of an example, under no name yet.
    let mut filled = report_of(&example("yengisar-2023"));
    filled.agency.name = None;
    filled.header.year = None;
    nianbao::internals::files::write_whole(&folder.path().join("b.xlsx"), &write(&filled).unwrap())
        .unwrap();
    let starter = bytes_of(&folder.path().join("a.toml"));
    let output = run(&["import-figures", "b.xlsx", "--into", "a.toml", "--dry-run"]);
    assert!(printed(&output).contains("没有写入"), "{}", printed(&output));
    assert_eq!(bytes_of(&folder.path().join("a.toml")), starter);
    let output = run(&["import-figures", "b.xlsx", "--into", "a.toml"]);
    assert_eq!(output.status.code(), Some(0), "{}", printed(&output));
    let text = String::from_utf8(bytes_of(&folder.path().join("a.toml"))).unwrap();
    let (report, _) = nianbao::source::read(&SourceFile::parse("a.toml", text.clone()));
    let report = report.unwrap();
    for cell in report.form().cells() {
        assert_eq!(report.printed(cell), filled.printed(cell), "{cell:?}");
    }
    // Each figure took the place that was kept for it.
    let starter = String::from_utf8(starter).unwrap();
    let (figures, sources) = text.split_once("\n[[sources]]").unwrap();
    assert_eq!(figures.lines().count(), starter.lines().count());
    assert!(sources.contains("at = \"disclosure\"\nfrom = \"工作簿 b.xlsx\""), "{sources}");
    let left = text.lines().filter(|line| line.starts_with('#') && line.contains("= [ ")).count();
    assert_eq!(left, 1, "only the total, which is the sum, is left out: {text}");

    // Blank cells do not take figures away unless that is asked for.
    let filled_text = text;
    let output = run(&["import-figures", "a.xlsx", "--into", "a.toml"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(printed(&output).contains("--remove"), "{}", printed(&output));
    let output = run(&["import-figures", "a.xlsx", "--into", "a.toml", "--remove"]);
    assert_eq!(output.status.code(), Some(0), "{}", printed(&output));
    let text = String::from_utf8(bytes_of(&folder.path().join("a.toml"))).unwrap();
    let (report, _) = nianbao::source::read(&SourceFile::parse("a.toml", text.clone()));
    let report = report.unwrap();
    assert!(report.form().cells().all(|cell| report.typed(cell) == Entry::Absent), "{text}");

    // And they come back to where they were.
    let output = run(&["import-figures", "b.xlsx", "--into", "a.toml"]);
    assert_eq!(output.status.code(), Some(0), "{}", printed(&output));
    assert_eq!(String::from_utf8(bytes_of(&folder.path().join("a.toml"))).unwrap(), filled_text);
}

#[test]
fn workbooks_are_read_as_offices_save_them() {
    const SHEET: &str = "xl/worksheets/sheet2.xml";
    let report = report_of(&example("haidong-2023"));
    let book = write(&report).unwrap();
    let remarks = |book: &[u8]| {
        let reading = read(book, &report);
        assert_eq!(compare(&report, &reading, false).unwrap(), []);
        reading.remarks.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert!(remarks(&book).is_empty());
    // A wrong extent, and a part in the other encoding of XML.
    for extent in ["A0:J31", "A1:A1", "J31:A1", ""] {
        let book = patched(&book, SHEET, |xml| {
            let (before, rest) = xml.split_once("<dimension ref=\"").unwrap();
            format!("{before}<dimension ref=\"{extent}\"{}", rest.split_once('"').unwrap().1)
        });
        assert!(remarks(&book).is_empty(), "{extent}");
    }
    let wide = recoded(&book, SHEET, |xml| {
        let words = "\u{FEFF}".encode_utf16().chain(xml.encode_utf16()).collect::<Vec<_>>();
        words.into_iter().flat_map(u16::to_le_bytes).collect()
    });
    assert!(remarks(&wide).is_empty());
    // Sheets under other names, known by their titles; two of one title are not.
    let renamed = patched(&book, "xl/workbook.xml", |xml| {
        xml.replace("name=\"表二\"", "name=\"依申请公开\"")
    });
    assert_eq!(remarks(&renamed), ["工作表“依申请公开”按标题认作“表二”"]);
    // A number as text, in the digits of another keyboard, with separators: taken, and said.
    for (typed, value) in [("7", 7), ("１２", 12), ("1,234", 1234), ("１，２３４", 1234)] {
        let book = with_cell(&book, "D7", &format!(" t=\"str\"><v>{typed}</v>"));
        let reading = read(&book, &report);
        let figure = reading.figures.iter().find(|figure| figure.address == "表二!D7").unwrap();
        assert_eq!(figure.content, Content::Number(Money::from(value)), "{typed}");
        assert_eq!(
            reading.remarks[0].to_string(),
            format!("表二!D7：写成文字的“{typed}”读作 {value}")
        );
    }
}

#[test]
fn blanks_are_zeros_only_where_that_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let text = example("haidong-2023");
    let book = write(&report_of(&text)).unwrap();
    // A row that is filled in part, and another one that does not show.
    let book = with_cell(&book, "G7", ">");
    let book = patched(&book, "xl/worksheets/sheet2.xml", |xml| {
        xml.replacen("<row r=\"8\"", "<row r=\"8\" hidden=\"1\"", 1)
    });
    let book = patched(&book, "xl/workbook.xml", |xml| {
        xml.replacen("name=\"表三\"", "name=\"表三\" state=\"veryHidden\"", 1)
    });
    let write = |name: &str, bytes: &[u8]| {
        nianbao::internals::files::write_whole(&folder.path().join(name), bytes).unwrap();
    };
    write("a.xlsx", &book);
    write("a.toml", text.as_bytes());
    let run = |more: &[&str]| {
        let all = [&["import-figures", "a.xlsx", "--into", "a.toml", "--dry-run"][..], more];
        let output = nianbao(folder.path(), &all.concat());
        (output.status.code().unwrap(), printed(&output))
    };
    let (code, said) = run(&[]);
    assert!(code == 1 && said.contains("没有填，同一行别的格填了"), "{said}");
    assert!(said.contains("“表二”有 1 行是隐藏的"), "{said}");
    assert!(said.contains("“表三”") && said.contains("里面的数也读了，请核对"), "{said}");
    let (code, said) = run(&["--blank-is-zero"]);
    assert!(code == 0 && said.contains("空着的 1 格按 0"), "{said}");
    // A total whose formula was deleted is no 0.
    write("a.xlsx", &with_cell(&book, "J7", ">"));
    let (code, said) = run(&["--blank-is-zero"]);
    assert!(said.contains("空着的 1 格按 0"), "a total is taken for 0: {said}");
    assert!(code == 1 && said.contains("“总计”一列是空的"), "{said}");
}
