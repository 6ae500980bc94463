//! The check sheet: what it says, in all three formats alike.

use std::path::Path;

use nianbao::document::sheet::{Facts, Figure, Finding, Sheet, Waived, sheet};
use nianbao::edition::Edition;
use nianbao::render::{Format, Renderer};

use crate::ofd_words::ofd_words;
use crate::pdf_words::pdf_words;
use crate::support::{
    document_words, docx_words, html_words, load, nianbao, printed, project, read, without_blanks,
};

const FILE: &str = "tests/output/many-findings.toml";
const CLEAN: &str = "tests/ui/clean.toml";

/// The words of the sheet that the program writes for a data file.
fn words(file: &str, extension: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let file = project(file).display().to_string();
    let target = format!("新建/检查单.{extension}");
    let output = nianbao(folder.path(), &["check", &file, "--sheet", &target]);
    assert!(printed(&output).contains(&format!("已生成 {target}")), "{}", printed(&output));
    let bytes = read(&folder.path().join(&target));
    match extension {
        "html" => html_words(&bytes),
        "docx" => docx_words(&bytes),
        "ofd" => ofd_words(&bytes),
        _ => pdf_words(&bytes),
    }
}

#[test]
fn every_format_says_the_same() {
    for file in [FILE, CLEAN] {
        let page = words(file, "html");
        assert_eq!(page, words(file, "docx"));
        assert_eq!(page, words(file, "pdf"));
        assert_eq!(page, words(file, "ofd"));
    }
}

#[test]
fn it_names_the_file_the_findings_and_who_signs() {
    let page = words(FILE, "html");
    let bytes = read(&project(FILE));
    let hash: String = <sha2::Sha256 as sha2::Digest>::digest(&bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    for expected in [
        "某某县某某局2024年政府信息公开工作年度报告检查单",
        "报告年度2024年",
        "many-findings.toml",
        &hash,
        concat!("nianbao", env!("CARGO_PKG_VERSION")),
        &format!("发现的问题（{}处）", load(&project(FILE)).1.findings.len()),
        "错误NB302国家通知第24行",
        "已豁免的问题（1处）",
        "经县政府批准延期公布某某2025-01-28",
        "未能判断NB402：",
        "经办人审核人签发人日期日期日期",
    ] {
        assert!(page.contains(&without_blanks(expected)), "{expected} is not in {page}");
    }
    let clean = words(CLEAN, "html");
    assert!(clean.contains("没有发现问题") && clean.contains("没有豁免"), "{clean}");
}

#[test]
fn a_sheet_needs_one_readable_file_and_a_known_extension() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| {
        let output = nianbao(folder.path(), &[&["check"], arguments].concat());
        (output.status.code().unwrap(), printed(&output))
    };
    let clean = project(CLEAN).display().to_string();
    let (code, said) = run(&[&clean, "--sheet", "a.txt"]);
    assert!(code == 2 && said.contains("扩展名应是 .pdf、.docx、.html 或 .ofd"), "{said}");
    let (code, said) = run(&[&clean, &clean, "--sheet", "a.pdf"]);
    assert!(code == 2 && said.contains("一次只能检查一个文件"), "{said}");
    let broken = project("tests/ui/DF01-open-ends.toml").display().to_string();
    let (code, said) = run(&[&broken, "--sheet", "a.pdf"]);
    assert!(code == 1 && said.contains("没有生成检查单"), "{said}");
    assert!(!Path::new(&folder.path().join("a.pdf")).exists());
    // Standard output stays what a program can read.
    let output =
        nianbao(folder.path(), &["check", &clean, "--output-format", "json", "--sheet", "a.html"]);
    assert!(serde_json::from_slice::<serde_json::Value>(&output.stdout).is_ok());
}

#[test]
fn many_findings_go_on_over_pages() {
    let message =
        "“（四）无法提供 1.本机关不掌握相关政府信息”一行：各类申请人相加是 37，总计写的是 25";
    let finding = |i: usize| Finding {
        severity: "错误".into(),
        code: "NB304".into(),
        authority: "数据关系".into(),
        place: format!("第{i}行"),
        message: message.into(),
    };
    let waived = Waived {
        code: "NB105".into(),
        place: "第5行".into(),
        message: "长".repeat(300),
        reason: "由".repeat(200),
        by: "某某".into(),
        date: "2025-01-28".into(),
    };
    let figure = |i: usize| Figure {
        place: format!("第{i}行"),
        words: "……共收到政府信息公开申请42件".into(),
        result: "相符".into(),
        explanation: "表中“本年新收”是 39，“本年新收”加“上年结转”是 42".into(),
        is_judged: i.is_multiple_of(2),
    };
    let document = sheet(&Sheet {
        edition: Edition::Y2021,
        agency: "某某县某某局".into(),
        year: Some(2024),
        title: Vec::new(),
        facts: vec![Facts::One("机关全称", "某某县某某局".into())],
        findings: (1..=200).map(finding).collect(),
        waivers: vec![waived],
        figures: (1..=120).map(figure).collect(),
    });
    let expected = document_words(&document).concat();
    let renderer = Renderer::new();
    for format in Format::DEFAULT.iter().chain([&Format::Ofd]) {
        let bytes = renderer.render(&document, *format).unwrap();
        assert!(bytes == renderer.render(&document, *format).unwrap());
        let found = match format {
            Format::Html | Format::HtmlFragment => html_words(&bytes),
            Format::Docx => docx_words(&bytes),
            Format::Pdf => pdf_words(&bytes),
            Format::Ofd => ofd_words(&bytes),
        };
        assert!(found == expected, "{}", format.key());
    }
}
