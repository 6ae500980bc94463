//! The commands as a user meets them: what they print, what they write, how they exit.

use std::path::Path;

use crate::support::{expect_file, html_words, nianbao, printed, project, read, write};

fn example(name: &str) -> String {
    project(&format!("examples/{name}.toml")).display().to_string()
}

fn example_text(path: &str) -> String {
    nianbao::internals::files::read_text(&project("examples").join(path)).unwrap()
}

fn written(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn help_and_complaints_are_in_chinese() {
    let folder = project("examples");
    let mut text = String::new();
    for arguments in [
        &["--help"][..],
        &["check", "--help"],
        &["build", "--help"],
        &["explain", "--help"],
        &["show", "--help"],
        &["new", "--help"],
        &["export", "--help"],
        &["import", "--help"],
        &["import", "nowhere.html"],
        &["import", "haidong-2023.toml", "--out", "x.toml"],
        &["import-figures", "--help"],
        &["schema", "--help"],
        &["schema", "--out", "haidong-2023.toml"],
        &["manual", "--help"],
        &["manual", "--out", "haidong-2023.toml"],
        &["preview", "--help"],
        &["-V"],
        &[],
        &["buidl"],
        &["check"],
        &["check", "--draf", "x.toml"],
        &["build", "haidong-2023.toml", "--format", "xls"],
        &["build", "haidong-2023.toml", "--out"],
        &["check", "nowhere.toml"],
        &["check", "--output-format", "xml", "haidong-2023.toml"],
        &["explain", "NB32"],
        &["new", "年报.txt"],
        &["new", "年报.toml", "--kind", "局"],
        &["new", "年报.toml", "--year", "1999"],
        &["new", "年报.toml", "--from", "nowhere.toml"],
        &["new", "haidong-2023.toml"],
        &["export", "nowhere.toml"],
        &["export", "haidong-2023.toml", "--out", "haidong-2023.xls"],
        &["import-figures", "nowhere.xlsx", "--into", "nowhere.toml"],
        &["import-figures", "haidong-2023.toml", "--into", "haidong-2023.toml"],
        &["import-figures", "nowhere.xlsx"],
        &["preview", "nowhere.toml"],
        &["preview", "haidong-2023.toml", "--port", "80000"],
        &["preview", "haidong-2023.toml", "--templates", "nowhere"],
    ] {
        text.push_str(&format!(
            "$ nianbao {}\n{}\n",
            arguments.join(" "),
            printed(&nianbao(&folder, arguments))
        ));
    }
    expect_file("tests/expected/command-line.txt", &text);
}

/// With what differs from build to build, so that the tests may run on the program that is released.
#[test]
fn the_version_names_commit_forms_and_faces() {
    let output = nianbao(&project("examples"), &["--version"]);
    assert_eq!(output.status.code(), Some(0));
    let text = printed(&output);
    let commit = option_env!("NIANBAO_COMMIT").unwrap_or("未知");
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[0], concat!("nianbao ", env!("CARGO_PKG_VERSION")));
    assert_eq!(lines[1], format!("提交  {commit}"));
    assert_eq!(
        lines[2],
        "格式  2021（国办公开办函〔2021〕30号）、2019（国办公开办函〔2019〕60号）"
    );
    assert_eq!(text.contains("标准版：正文用仿宋"), cfg!(feature = "fangsong"));
    assert_eq!(text.contains("FandolFang R 1.300（GPL-3.0-or-later）"), cfg!(feature = "fangsong"));
    assert_eq!(text.contains("LXGW WenKai"), cfg!(feature = "bundled-fonts"));
}

#[test]
fn a_clean_report_is_built_in_all_formats_under_its_title() {
    let folder = tempfile::tempdir().unwrap();
    let output = nianbao(folder.path(), &["build", &example("haidong-2023"), "--out", "成品"]);
    assert_eq!(output.status.code(), Some(0), "{}", printed(&output));
    let title = "海东市人民政府2023年政府信息公开工作年度报告";
    let names: Vec<String> =
        ["docx", "html", "pdf"].iter().map(|e| format!("{title}.{e}")).collect();
    assert_eq!(written(&folder.path().join("成品")), names);
}

#[test]
fn a_report_with_errors_is_refused_and_the_good_files_stay() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("年报.toml");
    let text = nianbao::internals::files::read_text(Path::new(&example("haidong-2023"))).unwrap();
    nianbao::internals::files::write_whole(&data, text.as_bytes()).unwrap();
    assert_eq!(nianbao(folder.path(), &["build", "年报.toml"]).status.code(), Some(0));
    let before = written(folder.path());
    let good: Vec<Vec<u8>> = before.iter().map(|name| read(&folder.path().join(name))).collect();

    let wrong = text.replace("received    = [ 107,", "received    = [ 170,");
    assert!(wrong != text);
    nianbao::internals::files::write_whole(&data, wrong.as_bytes()).unwrap();
    let output = nianbao(folder.path(), &["build", "年报.toml"]);
    assert_eq!(output.status.code(), Some(1));
    let said = printed(&output);
    assert!(said.contains("没有生成文件"), "{said}");
    assert!(said.contains("报告.html 等 3 个文件是以前生成的，没有更新"), "{said}");
    assert_eq!(written(folder.path()), before);
    for (name, bytes) in before.iter().zip(&good).filter(|(name, _)| !name.ends_with(".toml")) {
        assert!(read(&folder.path().join(name)) == *bytes, "{name} was touched");
    }

    let output =
        nianbao(folder.path(), &["build", "年报.toml", "--draft", "--format", "html,docx"]);
    assert_eq!(output.status.code(), Some(1), "a draft of a report with errors is no success");
    let drafts: Vec<String> =
        written(folder.path()).into_iter().filter(|n| n.contains("（草稿）")).collect();
    assert_eq!(drafts.len(), 2);
}

#[test]
fn a_file_that_is_not_understood_gives_no_draft_either() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("a.toml");
    let text = nianbao::internals::files::read_text(Path::new(&example("gaoping-2023"))).unwrap();
    nianbao::internals::files::write_whole(&data, text.replace("licences ", "licence ").as_bytes())
        .unwrap();
    let output = nianbao(folder.path(), &["build", "a.toml", "--draft"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(printed(&output).contains("是不是“licences”"));
    assert_eq!(written(folder.path()), ["a.toml"]);
}

#[test]
fn one_bad_file_does_not_stop_the_others() {
    let folder = tempfile::tempdir().unwrap();
    let arguments =
        ["build", "missing.toml", &example("khorgos-2023"), "--out", ".", "--format", "html"];
    let output = nianbao(folder.path(), &arguments);
    assert_eq!(output.status.code(), Some(2));
    let names = written(folder.path());
    assert_eq!(names.iter().filter(|name| name.ends_with(".html")).count(), 1, "{names:?}");
}

#[test]
fn the_year_before_can_be_named_and_bound() {
    let folder = tempfile::tempdir().unwrap();
    let text = nianbao::internals::files::read_text(Path::new(&example("gaoping-2023"))).unwrap();
    nianbao::internals::files::write_whole(&folder.path().join("2023.toml"), text.as_bytes())
        .unwrap();
    let next = text
        .replace("year = 2023", "year = 2024\nprevious = \"2023.toml\"")
        .replace("published = 2024", "published = 2025")
        .replace(
            "[overview]\n",
            "[overview]\ntext = '上年收到{{ previous.requests.received.total }}件。'\n",
        );
    nianbao::internals::files::write_whole(&folder.path().join("2024.toml"), next.as_bytes())
        .unwrap();
    let output = nianbao(folder.path(), &["build", "2024.toml", "--format", "html", "--draft"]);
    let page = written(folder.path()).into_iter().find(|name| name.ends_with(".html")).unwrap();
    assert!(
        html_words(&read(&folder.path().join(page))).contains("上年收到9件"),
        "{}",
        printed(&output)
    );

    nianbao::internals::files::write_whole(
        &folder.path().join("2024.toml"),
        next.replace("2023.toml", "none.toml").as_bytes(),
    )
    .unwrap();
    let output = nianbao(folder.path(), &["check", "2024.toml"]);
    let said = printed(&output);
    assert!(said.contains("错误[DF06]: 没有 none.toml 这个文件，没有与上年核对"), "{said}");
}

#[test]
fn a_list_and_a_report_are_not_taken_for_each_other() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    write(at, "units.toml", &example_text("district/units.toml"));
    write(at, "年报.toml", &example_text("gaoping-2023.toml"));
    let list = "units.toml 是单位名单，不是年报的数据文件，";
    for (arguments, words) in [
        (&["new", "--from", "units.toml", "a.toml"][..], format!("{list}没有新建文件")),
        (&["build", "units.toml"], format!("{list}没有生成文件")),
        (&["export", "units.toml"], format!("{list}没有导出")),
        #[cfg(feature = "preview")]
        (&["preview", "units.toml"], format!("{list}不能预览")),
        (&["compare", "units.toml", "年报.toml"], "这是单位名单，不是年报的数据文件".to_owned()),
        (&["sum", "年报.toml"], "这是年报的数据文件，不是单位名单".to_owned()),
    ] {
        let said = printed(&nianbao(at, arguments));
        assert!(said.contains(&words) && !said.contains("── exit 0 ──"), "{arguments:?}: {said}");
        assert!(!said.contains("DF02"), "no key of it is to be changed: {said}");
    }
    assert_eq!(written(at), ["units.toml", "年报.toml"]);
}

#[test]
fn what_must_be_named_is_asked_for_before_a_draft() {
    let folder = tempfile::tempdir().unwrap();
    nianbao(folder.path(), &["new", "年报.toml"]);
    let said = printed(&nianbao(folder.path(), &["build", "年报.toml", "--draft"]));
    assert!(said.contains("必填的项没有填") && !said.contains("看不懂"), "{said}");
}

#[test]
fn arguments_that_do_not_go_together_are_named() {
    let folder = tempfile::tempdir().unwrap();
    for (arguments, words) in [
        (
            &["new", "--from", "a.toml", "--year", "2024", "b.toml"][..],
            "--from <上年文件> 不能与 --year <年度> 同时使用",
        ),
        (&["new", "--year", "2024", "--year", "2025", "b.toml"], "--year <年度> 只能写一次"),
        (
            &["sum", ".", "-o", "a.toml", "--into", "b.toml"],
            "--out <文件> 不能与 --into <文件> 同时使用",
        ),
        (&["2024 年报.toml"], "没有写命令，例如 nianbao check \"2024 年报.toml\""),
        (
            &["compare", "a.toml", "我的", "年报.toml"],
            "多写了“年报.toml”；文件名中有空格的，两边加引号",
        ),
        (&["sum", ".", "--year", "23年"], "--year <年度> 不能写“23年”，写四位数的年份"),
        (&["sum", ".", "-o", "a.txt"], "数据文件的扩展名是 .toml"),
        (
            &["check", "*.toml"],
            "没有 *.toml 这个文件；整个文件夹一起做的，不用写 * 和 ?，只写文件夹名",
        ),
    ] {
        let output = nianbao(folder.path(), arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(printed(&output).contains(words), "{arguments:?}: {}", printed(&output));
    }
}

#[test]
fn the_office_puts_its_own_templates_in_place() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        nianbao::internals::files::write_whole(&folder.path().join(name), text.as_bytes()).unwrap();
    };
    let css = nianbao::internals::files::read_text(&project("templates/report.css")).unwrap();
    write("模板/report.css", &css.replace("--accent: #8c1a1a", "--accent: #003a70"));
    write("模板/README.md", "not read");
    let data = example("haidong-2023");
    let arguments = ["build", &data, "--format", "html", "--out", "成品", "--templates", "模板"];
    let output = nianbao(folder.path(), &arguments);
    assert_eq!(output.status.code(), Some(0), "{}", printed(&output));
    let page = folder.path().join("成品/海东市人民政府2023年政府信息公开工作年度报告.html");
    let before = read(&page);
    assert!(String::from_utf8_lossy(&before).contains("--accent: #003a70"));

    for (text, place) in [
        ("<h1>年报</h1>\n<p>{{ page.titel }}</p>\n", "report.html:2:12"),
        ("<h1>年报</h1>\n{% for x in toc %}\n", "report.html:2:18"),
    ] {
        write("模板/report.html", text);
        let output = nianbao(folder.path(), &arguments);
        assert_eq!(output.status.code(), Some(2));
        assert!(printed(&output).contains(place), "{}", printed(&output));
        assert!(printed(&output).contains("TP01"), "{}", printed(&output));
    }
    assert!(read(&page) == before, "a page was written with a broken template");
    assert_eq!(written(&folder.path().join("成品")).len(), 1);
}

#[test]
fn the_office_brings_its_own_styles_and_faces_and_the_data_travels_along() {
    let folder = tempfile::tempdir().unwrap();
    let data = example("gaoping-2023");
    let build = |more: &[&str]| {
        let mut arguments = vec!["build", data.as_str(), "--out", "成品"];
        arguments.extend(more);
        nianbao(folder.path(), &arguments)
    };
    let title = "高平市人民政府办公室2023年政府信息公开工作年度报告";
    let made = |extension: &str| read(&folder.path().join(format!("成品/{title}.{extension}")));
    assert_eq!(build(&[]).status.code(), Some(0));
    let (word, pdf) = (made("docx"), made("pdf"));

    // Our own Word file as the office's: nothing to warn about, the same styles.
    let reference = format!("成品/{title}.docx");
    let output = build(&["--format", "docx", "--reference-doc", &reference]);
    assert_eq!(output.status.code(), Some(0), "{}", printed(&output));
    assert!(!printed(&output).contains("警告"), "{}", printed(&output));
    assert!(!made("docx").is_empty() && !word.is_empty());

    let face = project("assets/fonts/song.otf").display().to_string();
    let output = build(&["--format", "pdf", "--font", &format!("仿宋={face}")]);
    assert_eq!(output.status.code(), Some(0), "{}", printed(&output));
    let with_face = made("pdf");
    assert!(with_face != pdf);
    let faces = folder.path().join("字体");
    nianbao::internals::files::write_whole(
        &faces.join("仿宋.otf"),
        &read(&project("assets/fonts/song.otf")),
    )
    .unwrap();
    assert_eq!(build(&["--format", "pdf", "--font-dir", "字体"]).status.code(), Some(0));
    assert!(made("pdf") == with_face, "a face of the folder counts as one that is named");

    let text = nianbao::internals::files::read_text(Path::new(&data)).unwrap();
    let own = text.replacen("[agency]", "[fonts]\nbody = \"字体/仿宋.otf\"\n\n[agency]", 1);
    nianbao::internals::files::write_whole(&folder.path().join("own.toml"), own.as_bytes())
        .unwrap();
    let output = nianbao(folder.path(), &["build", "own.toml", "--format", "pdf", "--out", "成品"]);
    assert_eq!(output.status.code(), Some(0), "{}", printed(&output));
    assert!(made("pdf") == with_face, "a face of the data file counts as one that is named");

    assert_eq!(build(&["--format", "pdf", "--attach-data"]).status.code(), Some(0));
    assert!(made("pdf").windows(22).any(|w| w == b"<pdfaid:part>3</pdfaid"));

    for (arguments, why) in [
        (["--font", "隶书=a.ttf"], "等号前可以写 仿宋、楷体"),
        (["--font", "仿宋=没有.ttf"], "没有.ttf：没有这个文件"),
        (["--reference-doc", &data], "gaoping-2023.toml："),
        (["--font-dir", "没有"], "没有这个文件夹"),
    ] {
        let output = build(&arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(printed(&output).contains(why), "{arguments:?}: {}", printed(&output));
    }
}

#[test]
fn a_schema_takes_the_place_of_an_older_one_only() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.json");
    let run = || printed(&nianbao(folder.path(), &["schema", "--out", "a.json"]));
    let schema = nianbao::source::schema();
    let older = schema.replacen("properties", "older", 1);
    assert!(older != schema);
    for before in [None, Some(older.as_str()), Some(schema.as_str())] {
        if let Some(before) = before {
            write(folder.path(), "a.json", before);
        }
        assert!(run().ends_with("── exit 0 ──\n"));
        assert_eq!(nianbao::internals::files::read_text(&path).unwrap(), schema);
    }
    write(folder.path(), "a.json", "{\"name\": \"x\"}");
    assert!(run().contains("已有这个文件"));
    assert_eq!(nianbao::internals::files::read_text(&path).unwrap(), "{\"name\": \"x\"}");
}
