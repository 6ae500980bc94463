//! Two years side by side: in the terminal, as JSON, as a sheet, and what is refused.

use std::path::Path;

use crate::pdf_words::pdf_words;
use crate::support::{docx_words, expect_file, html_words, nianbao, printed, project, read};

const LAST: &str = "previous/2023.toml";
const THIS: &str = "NB702-figures-against-last-year.toml";

/// The output of `nianbao compare` among the files of `tests/ui`.
fn compared(arguments: &[&str]) -> String {
    let all: Vec<&str> = ["compare"].iter().chain(arguments).copied().collect();
    printed(&nianbao(&project("tests/ui"), &all))
}

#[test]
fn the_terminal_shows_what_changed_and_what_is_wrong_with_it() {
    let mut text = String::new();
    for arguments in [
        &[LAST, THIS][..],
        &["--all", "--applicants", LAST, "clean-with-last-year.toml"],
        &["previous/2020.toml", "NB706-figures-of-the-old-form.toml"],
        &[LAST, "clean.toml"],
        &["../../examples/qinglan-2020.toml", "clean.toml"],
    ] {
        text.push_str(&format!("$ nianbao compare {}\n", arguments.join(" ")));
        text.push_str(&compared(arguments));
        text.push('\n');
    }
    expect_file("tests/expected/compare.txt", &text);
}

#[test]
fn no_table_is_wider_than_the_terminal() {
    let text = compared(&["--all", "--applicants", LAST, "clean.toml"]);
    let columns =
        |line: &str| line.chars().map(|c| if c >= '\u{1100}' { 2 } else { 1 }).sum::<usize>();
    let rows = text.lines().filter(|line| line.starts_with("  ") && line.ends_with(['%', '-']));
    let widths: Vec<usize> = rows.map(columns).collect();
    assert_eq!(widths.len(), 200);
    assert!(widths.iter().all(|width| *width <= 100), "{widths:?}");
}

#[test]
fn figures_line_up_under_their_year() {
    let text = compared(&[LAST, "clean.toml"]);
    let end = |line: &str, word: &str| {
        let at = line.find(word).unwrap() + word.len();
        line[..at].chars().map(|c| if c >= '\u{1100}' { 2 } else { 1 }).sum::<usize>()
    };
    let head = text.lines().find(|line| line.contains("2023年  2024年")).unwrap();
    let licences = text.lines().find(|line| line.contains("行政许可")).unwrap();
    assert_eq!(end(head, "2023年"), end(licences, "104"));
    assert_eq!(end(head, "2024年"), end(licences, "120"));
    assert_eq!(end(head, "增减率"), end(licences, "+15.4%"));
}

#[test]
fn a_carry_over_that_does_not_meet_is_an_error() {
    let text = compared(&[LAST, "NB701-carried-over-twice.toml"]);
    assert!(text.contains("错误[NB701] 第27行") && text.contains("── exit 1 ──"), "{text}");
    let text = compared(&[LAST, "clean-with-last-year.toml"]);
    assert!(text.contains("跨年检查：没有发现问题") && text.contains("── exit 0 ──"), "{text}");
}

#[test]
fn what_is_not_filled_in_is_not_called_good() {
    let folder = tempfile::tempdir().unwrap();
    let last = project("tests/ui").join(LAST).display().to_string();
    nianbao(folder.path(), &["new", "--from", &last, "今 年.toml"]);
    let said =
        printed(&nianbao(folder.path(), &["compare", &last, "今 年.toml", "--sheet", "对照.html"]));
    assert!(said.contains("跨年检查：没有发现问题；没有填的数没有核对"), "{said}");
    assert!(said.contains("用 nianbao check \"今 年.toml\" 查看"), "{said}");
    let page = nianbao::internals::files::read_text(&folder.path().join("对照.html")).unwrap();
    let page = page.replace("<span class=\"whole\">", "").replace("</span>", "");
    assert!(page.contains("没有填的数没有核对"));
}

#[test]
fn what_cannot_be_compared_is_said() {
    for (arguments, words, exit) in [
        (["clean.toml", LAST], "先写上年的文件，再写本年的文件", "── exit 2 ──"),
        ([LAST, LAST], "都是 2023 年的，请写上一年度的文件和本年度的文件", "── exit 2 ──"),
        ([LAST, "none.toml"], "none.toml：没有这个文件", "── exit 2 ──"),
        (["DF02-unknown-keys.toml", LAST], "有看不懂的地方，没有对照", "── exit 1 ──"),
        ([LAST, "DF01-open-ends.toml"], "有看不懂的地方，没有对照", "── exit 1 ──"),
    ] {
        let text = compared(&arguments);
        assert!(text.contains(words) && text.contains(exit), "{arguments:?}: {text}");
    }
}

#[test]
fn programs_read_it_as_json() {
    let output = nianbao(&project("tests/ui"), &["compare", LAST, THIS, "--output-format", "json"]);
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&json["version"], &json["last"]["year"]), (&1.into(), &2023.into()));
    let rows = |table: usize| json["tables"][table]["rows"].as_array().unwrap();
    assert_eq!(rows(0).len() + 7 * rows(1).len() + rows(8).len(), 10 + 175 + 15);
    let fees = rows(0).iter().find(|row| row["path"] == "disclosure.fees").unwrap();
    assert_eq!(
        [&fees["last"], &fees["this"], &fees["difference"], &fees["change"]],
        ["12.5", "125000", "124987.5", "999900.0"]
    );
    assert_eq!(json["tables"][2]["applicant"], "natural_person");
    let codes: Vec<&str> =
        json["findings"].as_array().unwrap().iter().map(|f| f["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["NB702", "NB207", "NB206", "NB703"]);
}

#[test]
fn the_sheet_says_the_same_in_every_format() {
    let folder = tempfile::tempdir().unwrap();
    let example = |name: &str| project("examples").join(name).display().to_string();
    let (last, this) = (example("khorgos-2022.toml"), example("khorgos-2023.toml"));
    let words = |name: &str, words: fn(&[u8]) -> String| {
        let target = format!("新建/{name}");
        let output = nianbao(folder.path(), &["compare", &last, &this, "--sheet", &target]);
        assert!(printed(&output).contains(&format!("已生成 {target}")), "{}", printed(&output));
        words(&read(&folder.path().join(Path::new(&target))))
    };
    let page = words("a.html", html_words);
    assert_eq!(page, words("a.docx", docx_words));
    assert_eq!(page, words("a.pdf", pdf_words));
    for expected in [
        "2022年与2023年政府信息公开年报数据对照表",
        "没有发现问题",
        "行政许可本年处理决定数量21872446+259+11.8%",
        "三、收到和处理政府信息公开申请情况（自然人）",
        "二、上年结转政府信息公开申请数量10−1−100.0%",
    ] {
        assert!(page.contains(expected), "{expected}: {page}");
    }
    assert!(!page.contains("（科研机构）"), "a column that is empty in both years is shown");
}
