//! Data files and Word files that say the same again and again.

use std::io::{Cursor, Write as _};

use super::run;
use crate::support::{example, write};

/// A data file with that text as its overview.
fn with_text(text: &str) -> String {
    let good = example("khorgos-2023");
    let report = &good[good.find("format =").unwrap()..good.find("[overview]").unwrap()];
    let report: String = report
        .lines()
        .filter(|line| !line.starts_with("previous"))
        .map(|line| format!("{line}\n"))
        .collect();
    let figures = &good[good.find("[disclosure]").unwrap()..good.find("[problems]").unwrap()];
    format!(
        "{report}\n[overview]\ntext = '''\n{text}\n'''\n{figures}\n[problems]\ntext = '''\n无\n'''\n"
    )
}

fn checked(text: &str, what: &str, most: u64) -> String {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "a.toml", text);
    let run = run(folder.path(), &["check", "a.toml", "--output-format", "concise"]);
    assert!(matches!(run.code(), Some(0 | 1)), "{what}: {:?}", run.output.status);
    assert!(run.megabytes < most, "{what}: {} MB", run.megabytes);
    run.said()
}

/// Sentences that never end, of two megabytes.
#[test]
fn an_endless_sentence_is_named_as_not_judged() {
    for piece in [
        "其中自然人1件、企业2件、",
        "合计3件，其中1件、",
        "收到申请1件（其中（",
        "同比增长5%，较上年下降3%，",
    ] {
        let said = checked(&with_text(&piece.repeat((2 << 20) / piece.len())), piece, 250);
        assert!(said.contains("句超过 4000 字，没有读"), "{piece}: {said:.2000}");
    }
}

/// Sentences that end, again and again.
#[test]
fn many_sentences_are_read_in_little_room() {
    for piece in [
        "收到申请3件，其中自然人1件、企业2件。",
        "一是加强学习。",
        "（一）主动公开情况。\n",
        "1件。\n",
        "《通知》（国办发〔2019〕19号）。",
        "见http://www.a.cn/b。",
        "a@b.cn，",
        "“甲",
        "；；",
        "2022年12月，",
        "根据《中华人民共和国政府信息公开条例》",
        "甲6件和乙2件和丙4件。\n",
    ] {
        checked(&with_text(&piece.repeat((256 << 10) / piece.len())), piece, 300);
    }
}

/// Full stops behind a sentence of many figures, each of which might remember all of them.
#[test]
fn full_stops_without_sentences_take_no_room() {
    let text = "1件、".repeat(1_000) + &"。".repeat((1 << 20) / "。".len());
    checked(&with_text(&text), "full stops", 300);
}

#[test]
fn of_many_figures_only_some_are_listed_and_the_rest_is_counted() {
    let said = checked(&with_text(&"收到3件。\n".repeat(12_000)), "figures", 150);
    assert!(said.contains("文字中的数 12000 个"), "{said:.3000}");
    assert!(said.contains("另有 2000 个没有逐个列出"), "{said:.3000}");
}

#[test]
fn of_many_declarations_of_scope_those_behind_the_last_taken_are_refused() {
    let good = with_text("收到3件。");
    let scopes = |n| "[[scopes]]\nat = \"overview.text\"\nwhose = \"other\"\n".repeat(n);
    let refused = "说明口径的 [[scopes]] 超过 200 条";
    let said = checked(&(good.clone() + &scopes(200)), "scopes", 150);
    assert!(!said.contains(refused), "{said:.3000}");
    let said = checked(&(good + &scopes(9_000)), "too many scopes", 150);
    assert_eq!(said.matches(refused).count(), 1, "{said:.3000}");
}

#[test]
fn of_many_findings_only_some_are_kept_and_the_rest_is_counted() {
    let good = with_text("无");
    let keys: String = (0..90_000).map(|i| format!("yeer{i} = 1\n")).collect();
    let said = checked(&good.replacen("[report]\n", &format!("[report]\n{keys}"), 1), "keys", 150);
    assert!(said.contains("同样的问题还有 89800 处，没有逐一列出"), "{said:.3000}");
    assert!(said.lines().count() < 1_500, "{}", said.lines().count());
    let notes = "[[notes]]\nat = \"x\"\ntext = \"y\"\n".repeat(9_000);
    let said = checked(&(good.clone() + &notes), "notes", 150);
    assert!(said.contains("同样的问题还有"), "{said:.3000}");
    let waivers = "[[waivers]]\nrule = \"NB999\"\nreason = \"y\"\nby = \"z\"\n".repeat(9_000);
    checked(&(good.clone() + &waivers), "waivers", 150);
    let notes = "[[notes]]\nat = \"requests\"\ntext = \"y\"\n".repeat(20_000);
    let said = checked(&(good.clone() + &notes), "too many notes", 150);
    assert!(said.contains("最多 10000 项"), "{said:.3000}");
    let typos = |n: usize| {
        let lines: String = (0..n).map(|i| format!("招{i} → 考\n")).collect();
        format!("{good}[rules]\ntypos = '''\n{lines}'''\n")
    };
    assert!(!checked(&typos(10_000), "typing errors", 150).contains("最多 10000 行"));
    let said = checked(&typos(30_000), "too many typing errors", 150);
    assert!(said.contains("共有 30000 行，最多 10000 行"), "{said:.3000}");
}

/// A Word file with one part of so many elements.
fn reference(n: usize) -> Vec<u8> {
    const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    let parts = [
        ("[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>".to_owned()),
        ("_rels/.rels", "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"a\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>".to_owned()),
        ("word/document.xml", format!("<w:document xmlns:w=\"{W}\"><w:body>{}</w:body></w:document>", "<w:p/>".repeat(n))),
    ];
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn a_word_file_of_ten_million_elements_is_refused_in_little_room() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "a.toml", &example("gaoping-2023"));
    for (n, code) in [(1_000, 0), (150_000, 0), (10_000_000, 2)] {
        let file = reference(n);
        assert!(file.len() < 300_000, "{}", file.len());
        nianbao::internals::files::write_whole(&folder.path().join("r.docx"), &file).unwrap();
        let built = ["build", "a.toml", "--format", "docx", "--reference-doc", "r.docx"];
        let run = run(folder.path(), &built);
        assert_eq!(run.code(), Some(code), "{n}: {}", run.said());
        assert!(run.megabytes < 400, "{n}: {} MB", run.megabytes);
    }
}

#[test]
fn an_address_of_any_length_makes_an_ordinary_pdf() {
    let long = |n: usize| format!("见http://www.example.gov.cn/{}。", "a".repeat(n));
    let many = "见http://www.a.cn/b，".repeat(4_000);
    for (text, what) in [(long(80_000), "one"), (many, "many"), (long(1_900), "a whole page")] {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), "a.toml", &with_text(&text));
        let run = run(folder.path(), &["build", "a.toml", "--draft", "--format", "pdf"]);
        assert!(run.said().contains("已生成"), "{what}: {:.3000}", run.said());
        assert!(run.megabytes < 250, "{what}: {} MB", run.megabytes);
        let pdf = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap());
        let pdf = pdf.filter(|entry| entry.path().extension().is_some_and(|e| e == "pdf"));
        let size = pdf.map(|entry| entry.metadata().unwrap().len()).max().unwrap();
        assert!(size < 4 << 20, "{what}: {size} bytes");
    }
}

#[test]
fn a_report_of_more_pages_than_anyone_prints_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "a.toml", &with_text(&"加强公开。\n\n".repeat(60_000)));
    for format in ["html", "docx", "pdf"] {
        let run = run(folder.path(), &["build", "a.toml", "--draft", "--format", format]);
        assert_eq!(run.code(), Some(2), "{:.3000}", run.said());
        assert!(run.said().contains("超过 2000 页"), "{:.3000}", run.said());
        assert!(run.megabytes < 500, "{format}: {} MB", run.megabytes);
    }
}
