//! The terminal where things are not as they should be: a slip on the command line, a file of another program, a
//! folder of many reports.

use std::path::Path;

use crate::support::{nianbao, printed, project, read, write};

fn said(folder: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let output = nianbao(folder, arguments);
    (output.status.code(), printed(&output))
}

#[test]
fn slips_on_the_command_line_are_understood() {
    let folder = project("examples");
    assert!(said(&folder, &["chekc", "a.toml"]).1.contains("是不是“check”"));
    assert!(said(&folder, &["explain", "304"]).1.starts_with("NB304"));
    assert!(said(&folder, &["explain", "NB3O4"]).1.contains("NB304"));
    assert_eq!(said(&folder, &["help", "check"]), said(&folder, &["check", "--help"]));
    let (code, help) = said(&folder, &["check", "--help"]);
    assert_eq!(code, Some(0));
    let columns =
        |line: &str| line.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>();
    assert!(help.lines().all(|line| columns(line) <= 80), "{help}");
}

#[test]
fn a_path_with_blanks_needs_no_quotes() {
    let folder = tempfile::tempdir().unwrap();
    let text = read(&project("tests/ui/clean.toml"));
    write(folder.path(), "我的 2024 年报.toml", std::str::from_utf8(&text).unwrap());
    let (code, text) =
        said(folder.path(), &["check", "我的", "2024", "年报.toml", "--errors-only"]);
    assert_eq!(code, Some(0), "{text}");
    assert!(text.starts_with("我的 2024 年报.toml："), "{text}");
}

#[test]
fn files_of_other_programs_are_named_and_never_to_be_saved_again() {
    let folder = tempfile::tempdir().unwrap();
    let docx = nianbao(
        folder.path(),
        &["build", "--out", ".", "--format", "docx", &example("haidong-2023")],
    );
    assert_eq!(docx.status.code(), Some(0), "{}", printed(&docx));
    let mut made = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path());
    let made = made.find(|path| path.extension().is_some_and(|e| e == "docx")).unwrap();
    std::fs::rename(&made, folder.path().join("a.toml")).unwrap();
    write(folder.path(), "b.toml", "<!DOCTYPE html>\n<html><body>年报</body></html>\n");
    write(folder.path(), "c.toml", "{\\rtf1\\ansi 年报}");
    for (name, words) in [("a.toml", "Word 文件"), ("b.toml", "网页文件"), ("c.toml", "RTF 文件")]
    {
        let (code, text) = said(folder.path(), &["check", name]);
        assert!(code != Some(0) && text.contains(words), "{text}");
        assert!(!text.contains("UTF-8") && text.contains("nianbao new"), "{text}");
    }
    let (code, _) =
        said(folder.path(), &["import-figures", "c.toml", "--into", &example("haidong-2023")]);
    assert_eq!(code, Some(2), "a workbook that cannot be read");
}

fn example(name: &str) -> String {
    project(&format!("examples/{name}.toml")).display().to_string()
}

#[test]
fn a_folder_is_told_in_a_line_for_each_report() {
    let folder = tempfile::tempdir().unwrap();
    let text = String::from_utf8(read(&project("tests/ui/clean.toml"))).unwrap();
    let wrong = text.replace("licences            = 120", "licences            = 120件");
    write(folder.path(), "甲.toml", &wrong);
    write(folder.path(), "乙.toml", &text.replace("[3, 1, 0, 0, 0, 0]", "[3, 1, 0, 0, 0, 0, 5]"));
    let (code, brief) = said(folder.path(), &["check", "."]);
    assert_eq!(code, Some(1));
    assert!(
        brief.contains("甲.toml") && !brief.contains("DF01") && brief.contains("--full"),
        "{brief}"
    );
    let (_, full) = said(folder.path(), &["check", ".", "--full"]);
    assert!(full.contains("DF01") && full.contains("NB304"), "{full}");
}

#[test]
fn why_a_rule_is_one_is_told_once() {
    let folder = tempfile::tempdir().unwrap();
    let text = String::from_utf8(read(&project("tests/ui/clean.toml"))).unwrap();
    let wrong = text
        .replace("[3, 1, 0, 0, 0, 0]", "[3, 1, 0, 0, 0, 0, 5]")
        .replace("[2, 1, 0, 0, 0, 0]", "[2, 1, 0, 0, 0, 0, 9]");
    write(folder.path(), "a.toml", &wrong);
    let (_, text) = said(folder.path(), &["check", "a.toml"]);
    let of_rule: Vec<&str> = text.split("\n\n").filter(|part| part.contains("[NB304]")).collect();
    assert_eq!(of_rule.len(), 2, "{text}");
    assert!(of_rule[0].contains("= 依据") && !of_rule[1].contains("= 依据"), "{text}");
}

#[test]
fn a_fresh_file_is_an_invitation() {
    let folder = tempfile::tempdir().unwrap();
    let arguments = ["new", "a.toml", "--year", "2025", "--name", "某某县教育局", "--kind", "部门"];
    assert_eq!(said(folder.path(), &arguments).0, Some(0));
    let (code, text) = said(folder.path(), &["check", "a.toml"]);
    assert_eq!(code, Some(1));
    assert!(text.starts_with("a.toml：还没有开始填（已填 ") && text.lines().count() < 5, "{text}");
    // What is not filled is at the line that is kept for it.
    let fresh = String::from_utf8(read(&folder.path().join("a.toml"))).unwrap();
    let begun = fresh
        .replace("#licences            =", "licences            = 3")
        .replace("#fees                =", "fees                = 0");
    write(folder.path(), "a.toml", &begun);
    let (_, text) = said(folder.path(), &["check", "a.toml"]);
    let line = 1 + begun.lines().position(|line| line.starts_with("#penalties")).unwrap();
    assert!(text.contains(&format!("第{line}行：删去行首的 #")), "{text}");
    assert!(text.contains("已填 "), "{text}");
}

#[test]
fn a_problem_is_reported_without_a_word_of_the_data_file() {
    let folder = tempfile::tempdir().unwrap();
    let text = String::from_utf8(read(&project("tests/ui/clean.toml"))).unwrap();
    write(folder.path(), "a.toml", &text);
    let (code, told) = said(folder.path(), &["report-problem", "a.toml"]);
    assert_eq!(code, Some(0), "{told}");
    let packed = read(&folder.path().join("nianbao-问题.zip"));
    let packed = String::from_utf8_lossy(&packed);
    assert!(packed.contains(env!("CARGO_PKG_VERSION")) && packed.contains("[disclosure]"));
    assert!(!packed.contains("公开目录") && !packed.contains("12.5") && !packed.contains("320"));
    assert_eq!(said(folder.path(), &["report-problem", "a.toml"]).0, Some(2), "never overwritten");
    let (code, _) =
        said(folder.path(), &["report-problem", "a.toml", "--with-data", "-o", "b.zip"]);
    assert_eq!(code, Some(0));
    assert!(String::from_utf8_lossy(&read(&folder.path().join("b.zip"))).contains("公开目录"));
}
