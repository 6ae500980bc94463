//! The commands that take published reports.

use std::path::Path;

use super::layouts::workbook;
use crate::support::{example, load, nianbao, printed, project, read, write};

const TITLE: &str = "霍尔果斯市人民政府2023年政府信息公开工作年度报告";
const LAST: &str = "霍尔果斯市人民政府2022年政府信息公开工作年度报告";

/// A folder with the reports of two years as they were published.
fn published() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for name in ["khorgos-2022", "khorgos-2023"] {
        let path = project(&format!("examples/{name}.toml")).display().to_string();
        let output =
            nianbao(folder.path(), &["build", &path, "--out", ".", "--format", "html,docx"]);
        assert_eq!(output.status.code(), Some(0), "{}", printed(&output));
    }
    folder
}

fn said(folder: &Path, arguments: &[&str], code: i32) -> String {
    let output = nianbao(folder, arguments);
    let text = printed(&output);
    assert_eq!(output.status.code(), Some(code), "{arguments:?}\n{text}");
    text
}

fn text(path: &Path) -> String {
    String::from_utf8(read(path)).unwrap()
}

#[test]
fn a_published_report_becomes_a_data_file_that_checks_clean() {
    let folder = published();
    let docx = format!("{TITLE}.docx");
    let told = said(folder.path(), &["import", &docx, "--out", "a.toml"], 0);
    assert!(told.contains("表二：确定 175 格") && told.contains("表三：确定 15 格"), "{told}");
    said(folder.path(), &["check", "a.toml"], 0);
    // What is there is never overwritten.
    said(folder.path(), &["import", &docx, "--out", "a.toml"], 2);
    let told =
        said(folder.path(), &["import", &docx, "--out", "b.toml", "--dry-run", "--dropped"], 0);
    assert!(told.contains("〔") && !folder.path().join("b.toml").exists(), "{told}");
}

#[test]
fn what_is_read_goes_into_a_data_file_and_comes_out_again() {
    let folder = published();
    let before = example("khorgos-2023").replace("issued = 4,", "issued = 5,");
    let before = before.replace("previous = ", "#previous = ");
    write(folder.path(), "a.toml", &before);
    let page = format!("{TITLE}.html");
    let into = ["import", page.as_str(), "--into", "a.toml"];
    let told = said(folder.path(), &[&into[..], &["--dry-run"]].concat(), 0);
    assert!(told.contains("：5 → 4"), "{told}");
    assert_eq!(text(&folder.path().join("a.toml")), before);
    said(folder.path(), &into, 0);
    let after = text(&folder.path().join("a.toml"));
    assert!(
        after.contains("issued = 4,") && after.contains("{{ requests.received.total }}"),
        "{after}"
    );
    let again = said(folder.path(), &into, 0);
    assert!(again.contains("没有改动"), "{again}");
    said(folder.path(), &["undo", "a.toml"], 0);
    assert_eq!(text(&folder.path().join("a.toml")), before);
}

#[test]
fn a_published_report_is_audited_where_it_stands() {
    let folder = published();
    let page = folder.path().join(format!("{TITLE}.html"));
    let wrong = text(&page);
    let cell = "data-field=\"requests.received.total\">15<";
    assert!(wrong.contains(cell));
    let start = wrong.find("<script type=\"application/json\"").unwrap();
    let end = start + wrong[start..].find("</script>").unwrap();
    let plain = format!("{}{}", &wrong[..start], &wrong[end..]);
    write(
        folder.path(),
        "公布.html",
        &plain.replace(cell, "data-field=\"requests.received.total\">51<"),
    );
    let told = said(folder.path(), &["check", "公布.html", "--output-format", "concise"], 1);
    assert!(
        told.contains("公布.html 第2张表第4行第4列: 错误[NB304]") || told.contains("第2张表第4行"),
        "{told}"
    );
    let told = said(folder.path(), &["check", "公布.html"], 1);
    assert!(told.contains("--> 公布.html 第2张表第4行"), "{told}");
    said(folder.path(), &["check", &format!("{TITLE}.docx")], 0);
}

#[test]
fn a_published_report_stands_in_for_last_years_data_file() {
    let folder = published();
    let last = format!("{LAST}.docx");
    let own = example("khorgos-2023").replace("khorgos-2022.toml", &last);
    write(folder.path(), "2023.toml", &own);
    said(folder.path(), &["check", "2023.toml"], 0);
    // The stock of documents no longer follows from that of the year before.
    let wrong = own.replace(
        "issued = 4, repealed = 0, in_force = 4",
        "issued = 4, repealed = 0, in_force = 9",
    );
    write(folder.path(), "wrong.toml", &wrong);
    let told = printed(&nianbao(folder.path(), &["check", "wrong.toml"]));
    assert!(told.contains("NB702"), "{told}");
    let told = said(folder.path(), &["compare", &last, "2023.toml"], 0);
    assert!(told.contains("2022") && told.contains("2446"), "{told}");
    said(folder.path(), &["new", "--from", &format!("{TITLE}.docx"), "2024.toml"], 0);
    let next = text(&folder.path().join("2024.toml"));
    assert!(
        next.contains("year = 2024") && next.contains(&format!("previous = \"{TITLE}.docx\"")),
        "{next}"
    );
}

#[test]
fn a_folder_of_mixed_files_is_judged_and_what_cannot_be_read_is_named() {
    let folder = published();
    let at = folder.path();
    let docx = read(&at.join(format!("{TITLE}.docx")));
    std::fs::remove_file(at.join(format!("{LAST}.html"))).unwrap();
    write(at, "2022.toml", &example("khorgos-2022"));
    let cut = nianbao::internals::files::write_whole(&at.join("坏.docx"), &docx[..docx.len() / 2]);
    cut.unwrap();
    write(at, "首页.html", "<html><body><p>欢迎光临本站。</p></body></html>");
    let told = said(at, &["check", "."], 2);
    let row = |name: &str| {
        let lines: Vec<&str> = told.lines().filter(|line| line.contains(name)).collect();
        lines.join("\n")
    };
    assert!(row("首页.html").contains("跳过"), "{told}");
    assert!(row("坏.docx").contains("不完整或已损坏"), "{told}");
    assert!(row("2022.toml").contains("没有错误"), "{told}");
    // What was made from a data file that lies there is not judged again.
    assert!(told.contains("共 4 份：没有错误 3 份，无法完成 1 份"), "{told}");
    let json = said(at, &["check", ".", "--output-format", "json"], 2);
    assert!(json.contains("坏.docx"), "{json}");
    std::fs::remove_file(at.join("坏.docx")).unwrap();
    said(at, &["check", "."], 0);
}

#[test]
fn texts_and_workbooks_of_a_folder_are_judged_where_they_are_whole_reports() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let flat = text(&project("tests/published/10-flattened.txt"));
    write(at, "云溪县.txt", &flat);
    let truth = load(&project("examples/khorgos-2023.toml")).1.report.unwrap();
    let save = |name: &str, bytes: &[u8]| {
        nianbao::internals::files::write_whole(&at.join(name), bytes).unwrap();
    };
    save("霍尔果斯市.xlsx", &workbook(&truth, &truth.title()));
    save("三张表.xlsx", &nianbao::internals::workbook::write(&truth).unwrap());
    write(at, "说明.txt", "请各单位按时报送2023年政府信息公开工作年度报告。");
    write(at, "空.txt", " \n");
    let told = printed(&nianbao(at, &["check", "."]));
    let row = |name: &str| told.lines().filter(|line| line.contains(name)).collect::<String>();
    for name in ["云溪县.txt", "霍尔果斯市.xlsx"] {
        assert!(!row(name).contains("跳过") && row(name).contains("错误"), "{name}: {told}");
    }
    for name in ["三张表.xlsx", "说明.txt", "空.txt"] {
        assert!(row(name).contains("跳过"), "{name}: {told}");
    }
    assert!(told.contains("共 2 份"), "{told}");
}

#[test]
fn findings_of_published_reports_name_their_place_for_programs() {
    let folder = published();
    let page = text(&folder.path().join(format!("{TITLE}.html")));
    let cell = "data-field=\"requests.received.total\">15<";
    let changed = page.replace(cell, "data-field=\"requests.received.total\">51<");
    let start = changed.find("<script type=\"application/json\"").unwrap();
    let plain = format!("{}<script {}", &changed[..start], &changed[start + 31..]);
    for (name, text, code) in [("自带数据.html", changed, "NB016"), ("公布.html", plain, "NB304")]
    {
        write(folder.path(), name, &text);
        let output = nianbao(folder.path(), &["check", name, "--output-format", "json"]);
        assert_eq!(output.status.code(), Some(1));
        let json = String::from_utf8(output.stdout).unwrap();
        let told: serde_json::Value = serde_json::from_str(&json).unwrap();
        let findings = told["files"][0]["findings"].as_array().unwrap();
        let finding = findings.iter().find(|finding| finding["code"] == code).unwrap();
        assert_eq!(finding["location"]["spot"], "第2张表第4行第10列", "{code}: {json}");
    }
}

#[test]
fn a_published_report_is_not_built() {
    let folder = published();
    let docx = format!("{TITLE}.docx");
    let told = said(folder.path(), &["build", &docx, "--out", "new"], 2);
    assert!(told.contains("已公布的年报"), "{told}");
    assert!(!folder.path().join("new").exists());
}

#[test]
fn files_that_cannot_be_read_say_why() {
    let folder = published();
    let docx = read(&folder.path().join(format!("{TITLE}.docx")));
    nianbao::internals::files::write_whole(
        &folder.path().join("cut.docx"),
        &docx[..docx.len() / 2],
    )
    .unwrap();
    nianbao::internals::files::write_whole(
        &folder.path().join("old.doc"),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    )
    .unwrap();
    nianbao::internals::files::write_whole(&folder.path().join("picture.pdf"), b"\x89PNG\r\n")
        .unwrap();
    nianbao::internals::files::write_whole(&folder.path().join("empty.txt"), b" \n").unwrap();
    nianbao::internals::files::write_whole(
        &folder.path().join("page.html"),
        b"<html><div id=app></div>",
    )
    .unwrap();
    for (name, words) in [
        ("cut.docx", "不完整"),
        ("old.doc", ".doc"),
        ("picture.pdf", "图片"),
        ("empty.txt", "没有文字"),
        ("page.html", "没有报告正文"),
        ("none.html", "没有这个文件"),
    ] {
        let told = said(folder.path(), &["import", name, "--out", "x.toml"], 2);
        assert!(told.contains(words), "{name}: {told}");
        let told = said(folder.path(), &["check", name], 2);
        assert!(told.contains(words), "{name}: {told}");
    }
    assert!(!folder.path().join("x.toml").exists());
}
