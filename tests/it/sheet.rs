//! The check sheet: what it says, in all three formats alike.

use std::path::Path;

use nianbao::document::sheet::{Facts, Figure, Finding, Sheet, Source, Waived, sheet};
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
        sources: vec![Source {
            of: "“三、收到和处理政府信息公开申请情况”整张表".into(),
            from: "依申请公开登记台账".into(),
            date: "2025-01-08".into(),
            by: "某某".into(),
        }],
        without_source: vec!["“行政许可”一行".into(), "信息处理费".into()],
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

#[test]
fn the_sources_of_figures_and_those_without_one_are_listed_and_never_printed() {
    let folder = tempfile::tempdir().unwrap();
    let text = String::from_utf8(read(&project(CLEAN))).unwrap();
    let put = |more: &str| {
        let path = folder.path().join("年报.toml");
        let whole = format!("{text}{more}");
        nianbao::internals::files::write_whole(&path, whole.as_bytes()).unwrap();
        let output = nianbao(folder.path(), &["check", "年报.toml", "--sheet", "单.docx"]);
        (output.status.code(), docx_words(&read(&folder.path().join("单.docx"))))
    };
    let (code, plain) = put("");
    assert!(code == Some(0) && !plain.contains("数据来源"), "{plain}");
    let sources = "\n[[sources]]\nat = \"requests\"\nfrom = \"登记台账甲\"\nby = \"李某\"\n\n[[sources]]\nat = \"requests.received\"\nfrom = \"信访局来函乙\"\ndate = 2025-01-06\n";
    let (code, told) = put(sources);
    assert_eq!(code, Some(0), "{told}");
    for words in [
        "数据来源（2处）",
        "登记台账甲李某",
        "信访局来函乙2025-01-06",
        "没有写来源的：“二、主动公开政府信息情况”整张表、“四、",
    ] {
        assert!(told.contains(&without_blanks(words)), "{words} is not in {told}");
    }
    let shown = printed(&nianbao(
        folder.path(),
        &["show", "年报.toml", "requests.received.total", "requests.carried_in.total"],
    ));
    assert!(
        shown.contains("来源  信访局来函乙（2025-01-06）")
            && shown.contains("来源  登记台账甲（李某）"),
        "{shown}"
    );
    assert!(
        nianbao(folder.path(), &["build", "年报.toml", "--format", "html,docx", "--out", "成品"])
            .status
            .success()
    );
    for entry in std::fs::read_dir(folder.path().join("成品")).unwrap() {
        let path = entry.unwrap().path();
        let words = match path.extension().and_then(|e| e.to_str()) {
            Some("html") => String::from_utf8(read(&path)).unwrap(),
            Some("docx") => docx_words(&read(&path)),
            _ => continue,
        };
        assert!(
            !words.contains("登记台账甲") && !words.contains("信访局来函乙"),
            "{}",
            path.display()
        );
    }
}

#[test]
fn the_page_for_who_signs_holds_the_report_with_all_its_figures_and_asks_nothing_of_the_net() {
    let folder = tempfile::tempdir().unwrap();
    let file = project("tests/ui/clean-with-last-year.toml").display().to_string();
    assert!(nianbao(folder.path(), &["check", &file, "--sheet", "审阅.html"]).status.success());
    let page = String::from_utf8(read(&folder.path().join("审阅.html"))).unwrap();
    let (_, rest) = page.split_once("id=\"traces\">").unwrap();
    let traces: serde_json::Value =
        serde_json::from_str(rest.split_once("</script>").unwrap().0).unwrap();
    let figures = traces["figures"].as_array().unwrap();
    let (_, annual) = page.split_once("<section id=\"annual\"").unwrap();
    assert!(figures.len() > 200);
    for figure in figures.iter().filter(|figure| figure["now"] != "没有填") {
        let path = figure["path"].as_str().unwrap();
        let is_fee = path.starts_with("other.handling_fee");
        assert!(is_fee || annual.contains(&format!("data-field=\"{path}\"")), "{path}");
    }
    let of = |path: &str| figures.iter().find(|figure| figure["path"] == path).unwrap();
    let received = of("requests.received.total");
    assert!(received["told"].as_array().is_some_and(|told| !told.is_empty()), "{received}");
    assert_eq!(received["equations"].as_array().unwrap().len(), 2);
    assert_ne!(received["last"], "没有给上年的年报");
    // Every sentence that is led to is in the report.
    for told in traces["told"].as_array().unwrap() {
        assert!(told["printed"].is_object() && told["kind"].is_string(), "{told}");
    }
    assert!(page.contains("default-src 'none'; script-src 'sha256-"));
    for outside in ["src=\"http", "@import", "url(http", "fetch(", "<link"] {
        assert!(!page.contains(outside), "{outside}");
    }
    // A script that is not the one named by the policy would not run.
    let (_, script) = page.rsplit_once("<script>").unwrap();
    let script = script.split_once("</script>").unwrap().0;
    let digest = <sha2::Sha256 as sha2::Digest>::digest(script.as_bytes());
    let hash = base64(&digest);
    assert!(page.contains(&format!("'sha256-{hash}'")), "{hash}");
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let group = |chunk: &[u8]| {
        let bits = chunk.iter().fold(0u32, |bits, byte| bits << 8 | u32::from(*byte))
            << (8 * (3 - chunk.len()));
        let digit = |i: usize| char::from(DIGITS[(bits >> (18 - 6 * i)) as usize & 63]);
        (0..4).map(|i| if i <= chunk.len() { digit(i) } else { '=' }).collect::<String>()
    };
    bytes.chunks(3).map(group).collect()
}
