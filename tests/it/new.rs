//! The starter file and that of the next year: every key in its place, nothing filled that is not known.

use std::collections::BTreeMap;
use std::path::Path;

use nianbao::edition::{Axis, Cell, Edition, RequestColumn, RequestRow};
use nianbao::report::{FieldPath, Report};
use nianbao::source::{KEY_TABLES, SourceFile, starter};

use crate::support::{files, load, nianbao, printed, project, read};

fn text_of(path: &Path) -> String {
    String::from_utf8(read(path)).unwrap()
}

/// Every line of a starter file as it stands there, with the lines after `#` that hold keys.
fn uncommented(text: &str) -> Vec<String> {
    let key_line = |line: &str| {
        line.starts_with('[')
            || line.starts_with("'''")
            || line.starts_with(|c: char| c.is_ascii_lowercase())
    };
    text.lines()
        .map(|line| match line.strip_prefix('#') {
            Some(rest) if key_line(rest) => rest.to_owned(),
            _ => line.to_owned(),
        })
        .collect()
}

/// The number of times each key stands in a starter file, with its table.
fn keys_of(text: &str) -> BTreeMap<String, usize> {
    let mut found = BTreeMap::new();
    let mut table = String::new();
    for line in uncommented(text) {
        if line.starts_with('[') {
            let end = line.rfind(']').unwrap();
            table = line[..end].trim_matches(['[', ']']).to_owned();
            *found.entry(format!("[{table}]")).or_insert(0) += 1;
        } else if let Some((key, _)) = line.split_once('=').filter(|_| !line.starts_with('#')) {
            let dot = if table.is_empty() { "" } else { "." };
            *found.entry(format!("{table}{dot}{}", key.trim())).or_insert(0) += 1;
        }
    }
    found
}

#[test]
fn every_key_stands_in_the_starter_once() {
    for edition in Edition::ALL {
        let found = keys_of(&starter(&Report::empty(*edition), None));
        let mut expected: BTreeMap<String, usize> = BTreeMap::new();
        for table in KEY_TABLES {
            let name = table.name.trim_end_matches("[]");
            // The fee stands on one line, and the codes of rules are the clerk's to write.
            if ["other.handling_fee", "rules.severity"].contains(&name) || name.ends_with(".parts")
            {
                continue;
            }
            // A fresh file needs no newer program.
            for key in table.keys.iter().filter(|key| key.name != "needs") {
                let dot = if name.is_empty() { "" } else { "." };
                let path = format!("{name}{dot}{}", key.name);
                let is_value = found.contains_key(&path);
                let is_table = found.contains_key(&format!("[{path}]"));
                assert!(is_value != is_table, "{path}");
                expected.insert(if is_value { path } else { format!("[{path}]") }, 1);
            }
        }
        for cell in edition.form().cells() {
            let row = FieldPath::row_of(cell);
            expected.insert(row.to_string(), 1);
        }
        for (key, n) in &expected {
            // Five aspects of section one, and one example for each of the other two lists.
            let n = if key == "[overview.parts]" { 5 } else { *n };
            assert_eq!(found.get(key), Some(&n), "{key}");
        }
        let more: Vec<&String> = found
            .keys()
            .filter(|key| !expected.contains_key(*key))
            .filter(|key| !key.contains(".parts.") && !key.starts_with("[requests.outcome"))
            .filter(|key| {
                !["[rules.severity]", "[problems.parts]", "[other.parts]"].contains(&key.as_str())
            })
            .collect();
        assert!(more.is_empty(), "{more:?}");
    }
}

#[test]
fn the_untouched_starter_reads_as_nothing_filled() {
    let folder = tempfile::tempdir().unwrap();
    let output = nianbao(folder.path(), &["new", "2026.toml"]);
    assert_eq!(output.status.code(), Some(0), "{}", printed(&output));
    let (_, review) = load(&folder.path().join("2026.toml"));
    let report = review.report.unwrap();
    let mut empty = Report::empty(report.edition);
    empty.overview.parts.clone_from(&report.overview.parts);
    assert!(report.overview.is_empty() && report.problems.is_empty());
    assert!(report.form().cells().all(|cell| report.typed(cell).is_absent()));
    assert_eq!((report.header, report.agency), (empty.header, empty.agency));
    let codes: Vec<&str> = review.findings.iter().map(|finding| finding.code).collect();
    assert_eq!(
        codes,
        ["DF05", "DF05", "DF05", "NB103", "NB001", "NB001", "NB001", "NB001", "NB005", "NB001"],
    );
}

/// A starter whose every line has been filled in as the comments say is a report without errors.
#[test]
fn a_starter_that_is_filled_in_is_clean() {
    let folder = tempfile::tempdir().unwrap();
    let arguments = [
        "new",
        "a.toml",
        "--year",
        "2023",
        "--name",
        "某某县某某局",
        "--kind",
        "部门",
        "--level",
        "county",
    ];
    assert_eq!(nianbao(folder.path(), &arguments).status.code(), Some(0));
    let path = folder.path().join("a.toml");
    let mut filled = String::new();
    let mut section = String::new();
    for line in text_of(&path).lines() {
        let known = line
            .strip_prefix('#')
            .filter(|rest| rest.starts_with(|c: char| c.is_ascii_lowercase()));
        let (key, rest) = known.and_then(|rest| rest.split_once('=')).unwrap_or(("", ""));
        let comment = rest.split_once("  # ").map_or("", |(_, comment)| comment);
        if line.starts_with('[') {
            section = line.to_owned();
        }
        let figures = section.starts_with("[requests") || section.starts_with("[challenges");
        let line = match key.trim() {
            "published" => "published = 2024-01-20".to_owned(),
            "regulations" | "handling_fee" if rest.contains('{') => {
                format!(
                    "{key}= {}  # {comment}",
                    rest.split("  #")
                        .next()
                        .unwrap()
                        .replace("= ,", "= 0,")
                        .replace("= }", "= 0 }")
                )
            }
            "normative_documents" | "licences" | "penalties" | "coercive_measures" | "fees" => {
                format!("{key}= 0  # {comment}")
            }
            _ if figures && !key.is_empty() => format!("{key}= 0  # {comment}"),
            _ => line
                .replace("office = \"\"", "office = \"某某局办公室\"")
                .replace("phone = \"\"", "phone = \"0000-0000000\"")
                .replace("website = \"\"", "website = \"某某县人民政府网站\""),
        };
        filled.push_str(&line);
        filled.push('\n');
    }
    for words in [
        "全年主动公开政府信息，未收到公开申请。",
        "一",
        "二",
        "三",
        "四",
        "五",
        "存在的问题是公开不够及时，更新不够经常；已按月检查，逐项改进，下一步继续抓好落实。",
    ] {
        filled = filled.replacen("'''\n\n'''", &format!("'''\n{words}\n'''"), 1);
    }
    nianbao::internals::files::write_whole(&path, filled.as_bytes()).unwrap();
    let output = nianbao(folder.path(), &["check", "a.toml", "--output-format", "concise"]);
    assert_eq!(output.status.code(), Some(0), "{}\n{filled}", printed(&output));
}

#[test]
fn the_next_year_begins_where_the_last_ended() {
    for path in files("examples", "toml") {
        let folder = tempfile::tempdir().unwrap();
        nianbao::internals::files::write_whole(&folder.path().join("旧/last.toml"), &read(&path))
            .unwrap();
        let output = nianbao(folder.path(), &["new", "--from", "旧/last.toml", "新/next.toml"]);
        assert_eq!(output.status.code(), Some(0), "{}", printed(&output));
        let text = text_of(&folder.path().join("新/next.toml"));
        let source = SourceFile::parse("next.toml", text.clone());
        let (next, problems) = nianbao::source::read(&source);
        assert!(problems.is_empty(), "{problems:?}");
        let (next, last) = (next.unwrap(), load(&path).1.report.unwrap());
        assert_eq!(next.header.year, last.header.year.map(|year| year + 1));
        assert_eq!(next.header.previous.as_deref(), Some("../旧/last.toml"));
        assert_eq!(next.agency, last.agency);
        assert_eq!(next.settings, last.settings);
        assert!(next.notes.is_empty() && next.waivers.is_empty());
        for column in RequestColumn::ALL {
            let cell = |row| Cell::Requests(row, *column);
            let carried = next.typed(cell(RequestRow::CarriedIn)).value().copied();
            assert_eq!(carried, last.printed(cell(RequestRow::CarriedOut)), "{column:?}");
        }
        let texts = next.texts();
        assert!(texts.iter().all(|(_, text)| text.is_blank()), "no text is carried over");
        for (path, old) in last.texts() {
            for words in old.typed().lines().map(str::trim).filter(|words| !words.is_empty()) {
                let shown =
                    text.lines().any(|line| line.starts_with("# ") && line.ends_with(words));
                assert!(shown, "{path} is not shown");
            }
        }
        let output = nianbao(
            &folder.path().join("新"),
            &["check", "next.toml", "--output-format", "concise"],
        );
        let said = printed(&output);
        assert!(!said.contains("NB701"), "what is carried in is what was carried out: {said}");
    }
}

#[test]
fn fonts_and_settings_go_along_to_another_folder() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        nianbao::internals::files::write_whole(&folder.path().join(name), text.as_bytes()).unwrap();
    };
    let own = "\n[fonts]\nbody = \"字体/仿宋.ttf\"\n[rules]\nsimilarity = 40\ndeadline = 2024-01-20\ntypos = \"\"\"\n公示栏 → 公告栏\n件数量 → 数量\"\"\"\n[rules.severity]\nNB615 = \"off\"\n";
    let text = text_of(&project("examples/haidong-2023.toml"));
    write("2023/a.toml", &format!("{text}{own}"));
    let output = nianbao(folder.path(), &["new", "--from", "2023/a.toml", "2024/b.toml"]);
    assert_eq!(output.status.code(), Some(0), "{}", printed(&output));
    let (_, review) = load(&folder.path().join("2024/b.toml"));
    let next = review.report.unwrap();
    assert_eq!(next.fonts, [("body".to_owned(), "../2023/字体/仿宋.ttf".to_owned())]);
    assert_eq!(next.settings.similarity, Some(40));
    assert_eq!(next.settings.typos.as_deref(), Some("公示栏 → 公告栏\n件数量 → 数量"));
    assert_eq!(next.settings.levels.len(), 1);
    assert_eq!(next.settings.deadline, None, "it was a day of last year's");
    assert!(text_of(&folder.path().join("2024/b.toml")).contains("# 上年写的是：2024-01-20"));
}

#[test]
fn what_is_doubtful_in_last_years_report_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        nianbao::internals::files::write_whole(&folder.path().join(name), text.as_bytes()).unwrap();
    };
    let text = text_of(&project("examples/haidong-2023.toml"));
    let row = text.lines().find(|line| line.starts_with("carried_out")).unwrap();
    write("wrong.toml", &text.replace(row, "carried_out = [1, 0, 0, 0, 0, 0, 2]"));
    let said = printed(&nianbao(folder.path(), &["new", "--from", "wrong.toml", "a.toml"]));
    assert!(said.contains("接过来的内容有") && said.contains("NB304"), "{said}");
    assert!(text_of(&folder.path().join("a.toml")).contains("carried_in  = [1, 0, 0, 0, 0, 0, 2]"));

    write("blank.toml", &text.replace(row, ""));
    let said = printed(&nianbao(folder.path(), &["new", "--from", "blank.toml", "b.toml"]));
    assert!(said.contains("没有填，“上年结转”留空"), "{said}");
    assert!(text_of(&folder.path().join("b.toml")).contains("#carried_in  = [ "));

    write("half.toml", &text.replace(row, "carried_out = [1, 0, 0, 0, 0, \"/\"]"));
    let said = printed(&nianbao(folder.path(), &["new", "--from", "half.toml", "h.toml"]));
    assert!(said.contains("“上年结转”只接过来填了的各列"), "{said}");
    assert!(text_of(&folder.path().join("h.toml")).contains("carried_in  = [1, 0, 0, 0, 0, \"\"]"));

    write("broken.toml", &text.replace("licences ", "licence "));
    let output = nianbao(folder.path(), &["new", "--from", "broken.toml", "c.toml"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(!folder.path().join("c.toml").exists());
}

#[test]
fn a_file_that_is_there_is_let_be() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.toml");
    nianbao::internals::files::write_whole(&path, b"mine").unwrap();
    let output = nianbao(folder.path(), &["new", "a.toml"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(printed(&output).contains("已有这个文件"));
    assert_eq!(read(&path), b"mine");
}
