//! `nianbao sum`: what it prints, what it writes, what it refuses.

use std::path::Path;

use nianbao::diag::Severity;

use crate::support::{expect_file, files, nianbao, printed, project, read};

/// The example county in a folder of its own.
fn county() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for path in files("examples/district", "toml") {
        let text = nianbao::files::read_text(&path).unwrap();
        write(folder.path(), &path.file_name().unwrap().to_string_lossy(), &text);
    }
    folder
}

fn write(folder: &Path, name: &str, text: &str) {
    nianbao::files::write_whole(&folder.join(name), text.as_bytes()).unwrap();
}

fn text(folder: &Path, name: &str) -> String {
    nianbao::files::read_text(&folder.join(name)).unwrap()
}

fn change(folder: &Path, name: &str, from: &str, to: &str) {
    let old = text(folder, name);
    let new = old.replacen(from, to, 1);
    assert!(old != new, "{name} has no {from}");
    write(folder, name, &new);
}

const PARENT: &str = "云岭县人民政府.toml";

/// What a run in a folder printed, below its command line.
fn session(folder: &Path, arguments: &[&str]) -> String {
    let output = nianbao(folder, arguments);
    format!("$ nianbao {}\n{}\n", arguments.join(" "), printed(&output))
}

#[test]
fn the_example_county_is_clean_and_adds_up() {
    for path in files("examples/district", "toml") {
        let loaded = nianbao::load::load(&path).unwrap();
        assert_eq!(loaded.review.findings, [], "{}", path.display());
    }
    let folder = county();
    let before = read(&folder.path().join(PARENT));
    let output = nianbao(folder.path(), &["sum", "units.toml", "--into", PARENT]);
    assert_eq!(output.status.code(), Some(0), "{}", printed(&output));
    assert!(printed(&output).contains("没有改动"));
    assert!(read(&folder.path().join(PARENT)) == before, "the example is not what sum writes");
}

#[test]
fn what_the_terminal_shows() {
    let folder = county();
    let at = folder.path();
    let mut shown = session(at, &["sum", "units.toml"]);
    shown.push_str(&session(at, &["sum", ".", "--of", "乡镇"]));

    // One has not reported, one has an error, one is of another year, one lies there unasked.
    std::fs::rename(at.join("教育局.toml"), at.join("教育局（新）.toml")).unwrap();
    change(at, "办公室.toml", "received    = [9,", "received    = [8,");
    change(at, "白石乡.toml", "year = 2023", "year = 2022");
    shown.push_str(&session(at, &["sum", "units.toml"]));
    shown.push_str(&session(at, &["sum", "units.toml", "--into", PARENT]));
    shown.push_str(&session(at, &["sum", "units.toml", "-o", "汇总.toml", "--partial"]));
    shown.push_str(&session(at, &["check", PARENT]));
    change(at, PARENT, "licences            = 1379", "licences            = 1274");
    shown.push_str(&session(at, &["check", PARENT, "--output-format", "concise"]));

    // What is refused.
    shown.push_str(&session(at, &["sum", "units.toml", "-o", PARENT, "--partial"]));
    let output = nianbao(at, &["sum", "units.toml", "--into", "青溪镇.toml", "--partial"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(printed(&output).contains("这是“青溪镇人民政府”的报告"), "{}", printed(&output));
    shown.push_str(&session(at, &["sum", "units.toml", "--of", "青溪镇人民政府"]));
    change(at, "units.toml", "under = \"乡镇\"", "under = \"乡镇街\"");
    change(at, "units.toml", "file = \"白石乡.toml\"", "flie = \"白石乡.toml\"");
    shown.push_str(&session(at, &["sum", "units.toml"]));
    shown.push_str(&session(at, &["check", PARENT]));
    expect_file("tests/expected/sum.txt", &shown);
    let sum = text(at, "汇总.toml");
    expect_file("tests/expected/sum-partial.toml", &sum);
}

#[test]
fn a_folder_without_a_list_is_added_up() {
    let folder = county();
    let at = folder.path();
    std::fs::remove_file(at.join("units.toml")).unwrap();
    let output = nianbao(at, &["sum", "."]);
    assert_eq!(output.status.code(), Some(0), "{}", printed(&output));
    // The county's own file names a list: it is a sum and none of its parts.
    assert!(printed(&output).contains("应报 5 个单位，计入 5 个"), "{}", printed(&output));

    // Last year's files beside this year's.
    let last = text(at, "青溪镇.toml").replace("year = 2023", "year = 2022");
    write(at, "青溪镇2022.toml", &last);
    let output = nianbao(at, &["sum", "."]);
    assert_eq!(output.status.code(), Some(2));
    assert!(printed(&output).contains("请用 --year 指定"), "{}", printed(&output));
    let output = nianbao(at, &["sum", ".", "--year", "2023"]);
    assert_eq!(output.status.code(), Some(0), "{}", printed(&output));

    write(at, "青溪镇（副本）.toml", &text(at, "青溪镇.toml"));
    let output = nianbao(at, &["sum", ".", "--year", "2023"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(printed(&output).contains("只能留一份"), "{}", printed(&output));
}

#[test]
fn a_new_file_holds_the_sum_and_only_lacks_words() {
    let folder = county();
    let at = folder.path();
    let output = nianbao(at, &["sum", "units.toml", "-o", "新/汇总.toml"]);
    assert_eq!(output.status.code(), Some(0), "{}", printed(&output));
    let loaded = nianbao::load::load(&at.join("新/汇总.toml")).unwrap();
    let errors = loaded.review.findings.iter().filter(|d| d.severity == Severity::Error);
    let codes: Vec<&str> = errors.map(|d| d.code).collect();
    assert_eq!(codes, ["NB001", "NB001"], "{:#?}", loaded.review.findings);
    assert!(text(at, "新/汇总.toml").contains("units = \"../units.toml\""));
}

#[test]
fn figures_change_and_words_do_not() {
    let folder = county();
    let at = folder.path();
    let before = text(at, PARENT);
    change(at, "教育局.toml", "licences            = 86", "licences            = 90");
    change(at, PARENT, "licences            = 1379", "licences            = 1379  # 已核对");
    let output = nianbao(at, &["sum", "units.toml", "--into", PARENT]);
    assert!(printed(&output).contains("“行政许可”的“本年处理决定数量”：1379 → 1383"));
    let after = text(at, PARENT);
    let changed: Vec<&str> = after.lines().filter(|line| !before.contains(line)).collect();
    assert_eq!(
        changed,
        [
            "# 汇总：1383 ＝ 云岭县自然资源局 1240 ＋ 云岭县教育局 90 ＋ 青溪镇人民政府 35 ＋ 白石乡人民政府 18",
            "licences            = 1383  # 已核对",
        ]
    );
    assert_eq!(nianbao(at, &["check", PARENT]).status.code(), Some(0));
}

#[test]
fn a_unit_that_adds_up_others_is_compared_with_them() {
    let folder = county();
    let at = folder.path();
    let list = text(at, "units.toml");
    let whole = "year = 2023\nname = \"某市人民政府\"\njoint = []\n[[units]]\nname = \"云岭县人民政府\"\n\
                 file = \"云岭县人民政府.toml\"\nfigures = \"summed\"\n";
    let (_, units) = list.split_once("[[units]]").unwrap();
    let (units, _) = units.split_once("# 两个局").unwrap();
    let joint = &list[list.find("[[joint]]").unwrap()..];
    let units: String = format!("[[units]]{units}")
        .split("[[units]]")
        .skip(1)
        .map(|unit| match unit.contains("under") {
            true => format!("[[units]]{unit}"),
            false => format!("[[units]]\nunder = \"云岭县人民政府\"{unit}"),
        })
        .collect();
    write(at, "city.toml", &format!("{}{units}{joint}", whole.replace("joint = []\n", "")));
    let output = nianbao(at, &["sum", "city.toml"]);
    assert_eq!(output.status.code(), Some(0), "{}", printed(&output));
    let said = printed(&output);
    assert!(
        said.contains("应报 1 个单位，计入 1 个（另有 6 个单位的数据由上级单位汇总报送）"),
        "{said}"
    );

    change(at, PARENT, "licences            = 1379", "licences            = 1380");
    let output = nianbao(at, &["sum", "city.toml"]);
    assert_eq!(output.status.code(), Some(1), "{}", printed(&output));
    assert!(printed(&output).contains("与下级相加有1格不一致"), "{}", printed(&output));
}
