//! 二人复核 from the command line: the tables entered once more, compared, and on the check sheet.

use std::path::Path;

use nianbao::internals::files::{read_text, write_whole};

use crate::support::{docx_words, nianbao, printed, project, read, without_blanks};

/// A folder with a clean data file.
fn stage() -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let text = read_text(&project("tests/ui/clean.toml")).unwrap();
    write_whole(&folder.path().join("年报.toml"), text.as_bytes()).unwrap();
    (folder, text)
}

/// The tables of a data file as a second person would enter them, in the file that was made for it.
fn enter(at: &Path, change: impl Fn(String) -> String) {
    let first = read_text(&at.join("年报.toml")).unwrap();
    let header = "format = \"2021\"\n\n[report]\nyear = 2024\n\n";
    let (_, tables) = first.split_once("[disclosure]").unwrap();
    let (tables, _) = tables.split_once("[problems]").unwrap();
    let text = change(format!("{header}[disclosure]{tables}"));
    write_whole(&at.join("年报.复核.toml"), text.as_bytes()).unwrap();
}

#[test]
fn a_second_entry_is_begun_blind_compared_and_told_on_the_sheet() {
    let (folder, text) = stage();
    let at = folder.path();
    let run = |arguments: &[&str]| {
        let output = nianbao(at, arguments);
        (output.status.code().unwrap(), printed(&output))
    };
    let (code, said) = run(&["second", "年报.toml"]);
    assert!(code == 0 && said.contains("已建 年报.复核.toml"), "{said}");
    let own = read_text(&at.join("年报.toml")).unwrap();
    assert!(own.contains("entry = \"年报.复核.toml\""), "{own}");
    let gone: Vec<&str> = text.lines().filter(|line| !own.contains(line)).collect();
    assert_eq!(gone, [""; 0], "naming the second entry changed the file");

    // Nothing entered yet is an error, so that nobody takes it for compared.
    let (code, said) = run(&["second", "年报.toml"]);
    assert!(code == 1 && said.contains("第二人还没有录入"), "{said}");

    // One figure other than the first: where, and not what.
    enter(at, |tables| tables.replacen("licences", "#licences", 1));
    let (code, said) = run(&["second", "年报.toml"]);
    assert!(code == 1 && said.contains("第二人还有"), "{said}");
    let line = own.lines().find(|line| line.starts_with("licences")).unwrap();
    enter(at, |tables| tables.replacen(line, "licences = 918273", 1));
    let (code, said) = run(&["check", "年报.toml"]);
    assert!(code == 1 && said.contains("SE01") && said.contains("两人录入的不同"), "{said}");
    assert!(!said.contains("918273"), "{said}");
    let (code, said) = run(&["build", "年报.toml", "--out", "成品"]);
    assert!(code == 1 && !at.join("成品").exists(), "{said}");

    // Both have looked: now both values.
    let names = "first = \"李某\"\nsecond = \"王某\"\ndate = 2024-01-08\nentry = \"年报";
    let looked = own.replace("entry = \"年报", names);
    write_whole(&at.join("年报.toml"), looked.as_bytes()).unwrap();
    let (code, said) = run(&["second", "年报.toml"]);
    assert!(code == 1 && said.contains("第二人 918273"), "{said}");

    // Resolved: the sheet says who and when.
    enter(at, |tables| tables);
    let (code, said) = run(&["second", "年报.toml"]);
    assert!(code == 0 && said.contains("全部相同（李某、王某，2024-01-08）"), "{said}");
    // A run over the folder takes it for no report of its own.
    let (code, said) = run(&["check", "."]);
    assert!(code == 0 && !said.contains("年报.复核.toml"), "{said}");

    let (code, said) = run(&["check", "年报.toml", "--sheet", "单.docx"]);
    assert_eq!(code, 0, "{said}");
    let sheet = docx_words(&read(&at.join("单.docx")));
    assert!(
        sheet.contains(&without_blanks("二人复核两人录入的")) && sheet.contains("李某、王某"),
        "{sheet}"
    );
}

#[test]
fn a_report_without_a_second_entry_is_judged_as_ever() {
    let (folder, _) = stage();
    let at = folder.path();
    let before = printed(&nianbao(at, &["check", "年报.toml", "--sheet", "单.docx"]));
    enter(at, |tables| tables.replace('1', "7"));
    let after = printed(&nianbao(at, &["check", "年报.toml", "--sheet", "单.docx"]));
    assert_eq!(before, after, "a file that nobody named was compared");
    assert!(!docx_words(&read(&at.join("单.docx"))).contains("二人复核"));
    // What somebody entered is neither written over nor to be moved away: it is to be named.
    let refused = nianbao(at, &["second", "年报.toml"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(printed(&refused).contains("entry = \"年报.复核.toml\""), "{}", printed(&refused));
    let refused = nianbao(at, &["second", "年报.复核.toml"]);
    assert_eq!(refused.status.code(), Some(2));
}
