//! `tests/sentences`: single sentences in an otherwise clean report, and all that is said of each.

use std::fmt::Write as _;

use nianbao::diag::{Diagnostic, Place, Severity};
use nianbao::review;
use nianbao::rules::Given;
use nianbao::source::{SourceFile, locate};

use crate::support::{expect_file, files, project};

const FOLDER: &str = "tests/sentences";

/// The report that every sentence is put into.
const BASE: &str = "tests/rules/bases/bureau-2024.toml";

/// An opening in which nothing is missing.
const OPENING: &str = "本报告根据《中华人民共和国政府信息公开条例》和国办公开办函〔2021〕30号文件编制，所列数据的统计期限为2024年1月1日至2024年12月31日。本报告的电子版可在县人民政府网站下载；有疑问的，请与局办公室联系。";

#[test]
fn every_sentence_is_judged_as_its_line_says() {
    let mut files: Vec<String> = std::fs::read_dir(project(FOLDER))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".txt"))
        .collect();
    files.sort();
    assert!(!files.is_empty());
    for file in files {
        let path = format!("{FOLDER}/{file}");
        let text = nianbao::internals::files::read_text(&project(&path)).unwrap();
        let mut judged = String::new();
        let mut sentences = 0;
        // The findings stand below their sentence and are written anew.
        for line in text.lines().filter(|line| !line.starts_with("    ")) {
            let _ = writeln!(judged, "{line}");
            let Some((place, words)) = line.split_once("：").filter(|_| !line.starts_with('#'))
            else {
                continue;
            };
            sentences += 1;
            for finding in findings(place, words) {
                let _ = writeln!(judged, "    {finding}");
            }
        }
        assert!(sentences > 20, "{path}: {sentences}");
        expect_file(&path, &judged);
    }
}

/// Sentences without a mistake, each in the report whose tables it agrees with: nothing is called wrong.
#[test]
fn right_sentences_are_not_called_wrong() {
    let mut wrong = String::new();
    for path in files("tests/sentences/right", "toml") {
        let base = nianbao::internals::files::read_text(&path).unwrap();
        assert_eq!(called_wrong(&base), [""; 0]);
        let lines = nianbao::internals::files::read_text(&path.with_extension("txt")).unwrap();
        let told = lines.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
        assert!(told.clone().count() > 40, "{}", path.display());
        // Where each of them stands, a wrong one would be found.
        let found = called_wrong(&with_text(&base, "依申请", "收到申请7件，答复7件。"));
        assert_eq!(found.len(), 2, "{found:?}");
        for (place, sentence) in told.map(|line| line.split_once('：').unwrap()) {
            for finding in called_wrong(&with_text(&base, place, sentence)) {
                let _ = writeln!(wrong, "{sentence}\n    {finding}");
            }
        }
    }
    assert_eq!(wrong, "");
}

/// A report whose text at a place is another one.
fn with_text(base: &str, place: &str, sentence: &str) -> String {
    const QUOTES: &str = "'''\n";
    let table = match place {
        "主动公开" => "aspect = \"disclosure\"",
        "依申请" => "aspect = \"requests\"",
        "管理" => "aspect = \"management\"",
        "平台" => "aspect = \"platform\"",
        "保障" => "aspect = \"supervision\"",
        "第五部分" => "[problems]",
        other => panic!("no part is called {other}"),
    };
    let start = base.find(table).unwrap();
    let start = start + base[start..].find(QUOTES).unwrap() + QUOTES.len();
    let end = start + base[start..].find(QUOTES).unwrap();
    format!("{}{sentence}\n{}", &base[..start], &base[end..])
}

/// All errors and warnings on the figures and the wording of a report.
fn called_wrong(text: &str) -> Vec<String> {
    let source = SourceFile::parse("test.toml", text);
    let found = review(&source, Given::default()).findings;
    let grave = |finding: &&Diagnostic| finding.severity >= Severity::Warning;
    let judged =
        |finding: &&Diagnostic| !matches!(finding.code.as_bytes(), [b'N', b'B', b'0'..=b'2', ..]);
    let told = |finding: &Diagnostic| format!("{} {}", finding.code, finding.message);
    found.iter().filter(grave).filter(judged).map(told).collect()
}

/// The clean report finds nothing, so that all that is found comes from the sentence.
#[test]
fn the_report_without_a_sentence_is_clean() {
    assert_eq!(judge(&base()), [""; 0]);
    assert_eq!(findings("引言", ""), [""; 0]);
}

fn base() -> String {
    nianbao::internals::files::read_text(&project(BASE)).unwrap()
}

/// The findings on the report with a sentence at a place.
fn findings(place: &str, words: &str) -> Vec<String> {
    let base = base();
    let literal = |words: &str| format!("'''\n{}\n'''", words.replace("\\n", "\n"));
    let added =
        |table: &str, words: &str| format!("{base}\n[{table}]\ntext = {}\n", literal(words));
    let text = match place {
        "引言" => added("opening", &format!("{OPENING}{words}")),
        "整个引言" => added("opening", words),
        "总体情况" => added("overview", words),
        "标题" => base.replacen("[report]\n", &format!("[report]\ntitle = \"{words}\"\n"), 1),
        "第五部分" => {
            let (before, section) = base.split_once("[problems]\n").unwrap();
            let (_, behind) = section.split_once("[other]\n").unwrap();
            format!("{before}[problems]\ntext = {}\n\n[other]\n{behind}", literal(words))
        }
        "第六部分" => {
            let (before, _) = base.split_once("text = \"本年度没有收取").unwrap();
            format!("{before}text = {}\n", literal(words))
        }
        other => panic!("{other} is no place of the report"),
    };
    judge(&text)
}

fn judge(text: &str) -> Vec<String> {
    let source = SourceFile::parse("年报.toml", text);
    let told = |finding: &Diagnostic| {
        let words = match &finding.primary.place {
            place @ Place::Text(..) => format!("“{}”", &source.text()[locate(&source, place)]),
            Place::Value(path) | Place::Key(path) => path.to_string(),
            Place::Bytes(_) | Place::File => "整份报告".to_owned(),
        };
        format!("{} {} {words}", finding.code, finding.severity.name())
    };
    review(&source, Given::default()).findings.iter().map(told).collect()
}
