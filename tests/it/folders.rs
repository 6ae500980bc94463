//! Whole folders: what is taken, in which order it is told, what is made again, and what a stopped run leaves.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Output;
use std::time::SystemTime;

use serde_json::Value;

use crate::support::{example, expect_file, nianbao, printed, project, read, write};

/// The names of all files below a folder, hidden ones too; a run may be writing them meanwhile.
fn names(folder: &Path) -> BTreeSet<String> {
    fn walk(folder: &Path, root: &Path, found: &mut BTreeSet<String>) {
        let Ok(entries) = std::fs::read_dir(folder) else { return };
        for entry in entries {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, root, found);
            } else {
                found.insert(path.strip_prefix(root).unwrap().to_str().unwrap().to_owned());
            }
        }
    }
    let mut found = BTreeSet::new();
    walk(folder, folder, &mut found);
    found
}

/// All files below a folder in which nothing is being written, by their path in it.
fn files(folder: &Path) -> BTreeMap<String, (Vec<u8>, SystemTime)> {
    let file = |name: String| {
        let path = folder.join(&name);
        let changed = path.metadata().unwrap().modified().unwrap();
        (name, (read(&path), changed))
    };
    names(folder).into_iter().map(file).collect()
}

/// The outputs, without the record of what was made.
fn outputs(folder: &Path) -> BTreeMap<String, (Vec<u8>, SystemTime)> {
    let mut found = files(folder);
    found.retain(|name, _| !name.contains(nianbao::internals::batch::RECORD));
    found
}

/// The names of the files that are not what they were.
fn changed(
    before: &BTreeMap<String, (Vec<u8>, SystemTime)>,
    after: &BTreeMap<String, (Vec<u8>, SystemTime)>,
) -> Vec<String> {
    let new = after.iter().filter(|(name, file)| before.get(*name) != Some(file));
    new.map(|(name, _)| name.clone()).collect()
}

const HAIDONG: &str = "海东市人民政府2023年政府信息公开工作年度报告";
const GAOPING: &str = "高平市人民政府办公室2023年政府信息公开工作年度报告";

/// A folder with two good reports, a wrong one, one that is no text, and other things.
fn mixed() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "区/乙/海东.toml", &example("haidong-2023"));
    write(folder.path(), "区/高平.toml", &example("gaoping-2023"));
    let wrong = example("khorgos-2023").replace("[[waivers]]", "[[waiver]]");
    write(folder.path(), "区/甲/错.toml", &wrong);
    nianbao::internals::files::write_whole(
        &folder.path().join("区/乙/gbk.toml"),
        b"name = \"\xba\xa3\"\n",
    )
    .unwrap();
    write(folder.path(), "区/units.toml", "[[units]]\nname = \"某某镇\"\n");
    write(folder.path(), "区/.nianbao-old.toml", "format = \"2021\"\n");
    write(folder.path(), "区/.git/x.toml", "format = \"2021\"\n");
    write(folder.path(), "区/说明.txt", "format = \"2021\"\n");
    folder
}

fn run(folder: &tempfile::TempDir, arguments: &[&str]) -> Output {
    nianbao(folder.path(), arguments)
}

#[test]
fn a_folder_is_checked_and_built_in_order_with_a_table_at_the_end() {
    let folder = mixed();
    let mut text = String::new();
    for arguments in [
        &["check", "区", "--output-format", "concise"][..],
        &["build", "区", "--out", "成品", "--format", "html"],
        &["build", "区", "--out", "成品", "--output-format", "concise", "--format", "html"],
        &["check", "区/甲/错.toml", "没有.toml", "--output-format", "concise"],
        &["check", "空"],
        &["check", "区", "--sheet", "a.pdf"],
    ] {
        std::fs::create_dir_all(folder.path().join("空")).unwrap();
        let first = printed(&run(&folder, arguments));
        text.push_str(&format!("$ nianbao {}\n{first}\n", arguments.join(" ")));
        if arguments[0] == "check" {
            assert_eq!(printed(&run(&folder, arguments)), first);
        }
    }
    expect_file("tests/expected/folders.txt", &text);
    let made: Vec<String> = outputs(&folder.path().join("成品")).into_keys().collect();
    assert_eq!(made, [format!("乙/{HAIDONG}.html"), format!("{GAOPING}.html")]);
}

#[test]
fn other_programs_get_one_object_per_report() {
    let folder = mixed();
    let output = run(&folder, &["check", "区", "--output-format", "json"]);
    assert_eq!(output.status.code(), Some(2), "one file cannot be read");
    let all: Value = serde_json::from_slice(&output.stdout).unwrap();
    let all = all["files"].as_array().unwrap();
    let output = run(&folder, &["check", "区", "--output-format", "jsonl"]);
    let text = String::from_utf8(output.stdout).unwrap();
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let paths: Vec<&str> = lines.iter().map(|line| line["path"].as_str().unwrap()).collect();
    assert_eq!(paths, ["区/乙/gbk.toml", "区/乙/海东.toml", "区/甲/错.toml", "区/高平.toml"]);
    assert_eq!(all.len(), lines.len());
    for (file, line) in all.iter().zip(&lines) {
        let mut line = line.as_object().unwrap().clone();
        assert_eq!(line.remove("version"), Some(1.into()));
        assert_eq!(line.remove("schema_version"), Some(1.into()));
        assert_eq!(Value::Object(line), *file);
    }
    assert!(lines[0]["error"].as_str().unwrap().contains("UTF-8"));

    let arguments =
        ["build", "区", "--out", "成品", "--format", "html,docx", "--output-format", "jsonl"];
    let output = run(&folder, &arguments);
    let text = String::from_utf8(output.stdout).unwrap();
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines[2]["build"]["shortfall"], "not-understood");
    let made = lines[1]["build"]["outputs"].as_array().unwrap();
    assert_eq!(made.len(), 2);
    assert_eq!(made[0]["path"], format!("成品/乙/{HAIDONG}.html"));
    assert_eq!((&made[0]["format"], &made[0]["unchanged"]), (&"html".into(), &false.into()));
    let empty = run(&folder, &["check", "没有/", "区/units.toml", "--output-format", "sarif"]);
    assert!(serde_json::from_slice::<Value>(&empty.stdout).is_ok());
}

#[test]
fn two_reports_of_one_name_are_both_refused_before_anything_is_written() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "a.toml", &example("haidong-2023"));
    write(folder.path(), "b.toml", &example("gaoping-2023"));
    write(folder.path(), "z.toml", &format!("{}\n# 旧稿\n", example("haidong-2023")));
    write(folder.path(), &format!("out/{HAIDONG}.html"), "old");
    let output = nianbao(folder.path(), &["build", ".", "--out", "out", "--format", "html"]);
    assert_eq!(output.status.code(), Some(2));
    let text = printed(&output);
    assert!(text.contains("错误：a.toml 与 z.toml 的报告标题相同"), "{text}");
    assert!(text.contains("错误：z.toml 与 a.toml 的报告标题相同"), "{text}");
    let made = outputs(&folder.path().join("out"));
    assert_eq!(made[&format!("{HAIDONG}.html")].0, b"old");
    assert_eq!(made.len(), 2, "the other report is made all the same");
    // However the folder is written.
    let arguments = ["build", "a.toml", "./z.toml", "--format", "html"];
    assert!(printed(&nianbao(folder.path(), &arguments)).contains("与 ./z.toml 的报告标题相同"));
    // The same file, named twice, is one report; beside each other in two folders, there are two.
    let output = nianbao(folder.path(), &["build", "a.toml", "./a.toml", "--format", "html"]);
    assert_eq!(output.status.code(), Some(0), "{}", printed(&output));
}

#[test]
fn a_second_run_touches_nothing_and_a_third_only_what_has_changed() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("成品");
    write(folder.path(), "区/海东.toml", &example("haidong-2023"));
    write(folder.path(), "去年/2023.toml", &example("gaoping-2023"));
    let next = example("gaoping-2023")
        .replace("year = 2023", "year = 2024\nprevious = \"../去年/2023.toml\"")
        .replace("published = 2024", "published = 2025")
        .replace(
            "[overview]\n",
            "[overview]\ntext = '上年{{ previous.requests.received.total }}件。'\n",
        );
    write(folder.path(), "区/高平.toml", &next);
    write(folder.path(), "模板/report.css", "main { color: black }");
    let gaoping = GAOPING.replace("2023", "2024");
    let build = |more: &[&str]| {
        let before = files(&out);
        let arguments = [&["build", "区", "--out", "成品", "--draft"], more].concat();
        let output = run(&folder, &arguments);
        assert!(matches!(output.status.code(), Some(0 | 1)), "{}", printed(&output));
        let after = files(&out);
        let mut changed = changed(&before, &after);
        changed.retain(|name| name != nianbao::internals::batch::RECORD);
        changed
    };
    let names = |title: &str, extensions: &[&str]| -> Vec<String> {
        extensions.iter().map(|e| format!("{title}（草稿）.{e}")).collect()
    };
    let both =
        |extensions: &[&str]| [names(HAIDONG, extensions), names(&gaoping, extensions)].concat();
    const ALL: &[&str] = &["docx", "html", "pdf"];
    assert_eq!(build(&[]), both(ALL));
    let before = outputs(&out);
    assert_eq!(build(&[]), [""; 0]);
    assert!(outputs(&out) == before, "bytes and times of all outputs");
    assert!(
        printed(&run(&folder, &["build", "区", "--out", "成品", "--draft"])).contains("未变 2 份")
    );

    // A comment changes no word of the report, the year before may.
    write(folder.path(), "区/海东.toml", &format!("# 说明\n{}", example("haidong-2023")));
    assert_eq!(build(&[]), [""; 0]);
    let last = example("gaoping-2023").replacen("received", "received ", 1);
    assert!(last != example("gaoping-2023"));
    write(folder.path(), "去年/2023.toml", &last);
    assert_eq!(build(&[]), [""; 0]);
    let line = last.lines().find(|line| line.starts_with("received")).unwrap();
    write(folder.path(), "去年/2023.toml", &last.replace(line, "received = [77, 0, 0, 0, 0, 0]"));
    assert_eq!(build(&[]), names(&gaoping, ALL));
    write(folder.path(), "区/海东.toml", &example("haidong-2023").replace("2211", "2212"));
    assert_eq!(build(&[]), names(HAIDONG, ALL));

    // What the office brings counts for the outputs it goes into.
    assert_eq!(build(&["--templates", "模板"]), both(&["html"]));
    write(folder.path(), "模板/report.css", "main { color: navy }");
    assert_eq!(build(&["--templates", "模板"]), both(&["html"]));
    assert_eq!(build(&["--templates", "模板"]), [""; 0]);
    let face = project("assets/fonts/song.otf").display().to_string();
    assert_eq!(build(&["--templates", "模板", "--font", &format!("仿宋={face}")]), both(&["pdf"]));
    assert_eq!(build(&["--format", "pdf", "--attach-data"]), both(&["pdf"]));
    write(folder.path(), "区/海东.toml", &example("haidong-2023").replace("2211", "2213"));
    assert_eq!(build(&["--format", "pdf", "--attach-data"]), names(HAIDONG, &["pdf"]));
    let back = [names(HAIDONG, ALL), names(&gaoping, &["html", "pdf"])].concat();
    assert_eq!(build(&[]), back, "the look is as it was at first");

    // What someone has edited or deleted is made again; so is everything without a record.
    write(&out, &names(HAIDONG, &["html"])[0], "edited");
    std::fs::remove_file(out.join(&names(&gaoping, &["pdf"])[0])).unwrap();
    let mut expected = [names(HAIDONG, &["html"]), names(&gaoping, &["pdf"])].concat();
    expected.sort();
    assert_eq!(build(&[]), expected);
    assert_eq!(build(&["--force"]), both(ALL));
    for record in ["{\"version\": 1, \"outputs\": ", "", "[]"] {
        write(&out, nianbao::internals::batch::RECORD, record);
        assert_eq!(build(&[]), both(ALL));
    }
    assert_eq!(build(&[]), [""; 0]);
}

#[test]
fn what_a_killed_run_left_is_removed_by_the_next() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "区/a.toml", &example("gaoping-2023"));
    write(folder.path(), "区/.nianbao-Ab12Cd", "half");
    let output = nianbao(folder.path(), &["build", "区", "--format", "html"]);
    assert_eq!(output.status.code(), Some(0), "{}", printed(&output));
    let names: Vec<String> = files(&folder.path().join("区")).into_keys().collect();
    assert_eq!(names, [".nianbao.json", "a.toml", &format!("{GAOPING}.html")]);
}

#[cfg(unix)]
mod stopped {
    use std::process::{Child, Command, Stdio};
    use std::time::{Duration, Instant};

    use super::*;
    use crate::generated;
    use crate::support::signal;

    fn start(folder: &Path, more: &[&str]) -> Child {
        Command::new(env!("CARGO_BIN_EXE_nianbao"))
            .args(["build", "district", "--out", "out"])
            .args(more)
            .current_dir(folder)
            .env_clear()
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    }

    fn is_temporary(name: &str) -> bool {
        Path::new(name).file_name().unwrap().to_str().unwrap().starts_with(".nianbao-")
    }

    #[test]
    fn a_run_killed_at_any_moment_leaves_only_whole_files() {
        const KILLS: u64 = 100;
        const FORMATS: &[&str] = &["--format", "html,docx", "--force"];
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("out");
        generated::write(&folder.path().join("district"), 7, 12);
        let begin = Instant::now();
        start(folder.path(), FORMATS).wait().unwrap();
        let mut whole = begin.elapsed();
        let right = outputs(&out);
        assert!(right.len() > 15);
        let (mut killed, mut seed) = (0, 1_u64);
        for n in 0..KILLS {
            if n % 5 == 0 && out.exists() {
                std::fs::remove_dir_all(&out).unwrap();
            }
            // A linear congruence (Knuth's MMIX) is random enough for moments.
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            let mut child = start(folder.path(), FORMATS);
            std::thread::sleep(whole * u32::try_from(seed >> 54).unwrap() / 1024);
            child.kill().unwrap();
            // However busy the machine is, most runs are to be killed in their course.
            if child.wait().unwrap().code().is_none() {
                killed += 1;
                whole = whole * 21 / 20;
            } else {
                whole = whole * 3 / 4;
            }
            for (name, (bytes, _)) in files(&out) {
                if name == nianbao::internals::batch::RECORD {
                    assert!(serde_json::from_slice::<Value>(&bytes).is_ok(), "kill {n}: {name}");
                } else if !is_temporary(&name) {
                    assert!(right[&name].0 == bytes, "kill {n}: {name} is not whole");
                }
            }
        }
        assert!(killed > 50, "{killed} runs were killed before they ended");
        start(folder.path(), FORMATS).wait().unwrap();
        let after = outputs(&out);
        assert_eq!(after.keys().collect::<Vec<_>>(), right.keys().collect::<Vec<_>>());
        assert!(after.iter().all(|(name, file)| file.0 == right[name].0));
    }

    #[test]
    fn two_runs_at_once_do_not_disturb_each_other() {
        let folder = tempfile::tempdir().unwrap();
        generated::write(&folder.path().join("district"), 7, 12);
        for _ in 0..5 {
            let formats = ["--format", "html,docx", "--force"];
            let runs = [start(folder.path(), &formats), start(folder.path(), &formats)];
            for run in runs {
                let output = run.wait_with_output().unwrap();
                let said = String::from_utf8(output.stderr).unwrap();
                assert_eq!(output.status.code(), Some(1), "one body has errors: {said}");
            }
        }
        let made = files(&folder.path().join("out"));
        assert_eq!(made.keys().filter(|name| is_temporary(name)).count(), 0);
        assert_eq!(made.len(), 1 + 2 * 10);
    }

    #[test]
    fn a_stopped_run_finishes_its_file_and_the_next_one_goes_on() {
        for asked in ["INT", "TERM"] {
            let folder = tempfile::tempdir().unwrap();
            let out = folder.path().join("out");
            // So many that even a large machine is not through with them when it is asked to stop.
            let cores = std::thread::available_parallelism().map_or(1, usize::from);
            let district = generated::write(&folder.path().join("district"), 7, 60.max(20 * cores));
            let good =
                district.bodies.iter().filter(|body| body.fate == generated::Fate::Good).count();
            let child = start(folder.path(), &[]);
            let begin = Instant::now();
            let is_page = |name: &String| !is_temporary(name) && name.ends_with(".html");
            while !names(&out).iter().any(is_page) && begin.elapsed() < Duration::from_secs(60) {
                std::thread::sleep(Duration::from_millis(5));
            }
            signal(&child, asked);
            let output = child.wait_with_output().unwrap();
            let said = String::from_utf8(output.stderr).unwrap();
            assert_eq!(output.status.code(), Some(2), "{said}");
            assert!(said.contains("已停止：做完"), "{said}");
            let before = outputs(&out);
            assert!(!before.keys().any(|name| is_temporary(name)));
            let n_html = before.keys().filter(|name| name.ends_with(".html")).count();
            assert!((1..=good).contains(&n_html), "{n_html}");

            start(folder.path(), &["--format", "html"]).wait().unwrap();
            let after = outputs(&out);
            assert!(before.iter().all(|(name, file)| after[name] == *file));
            assert_eq!(after.keys().filter(|name| name.ends_with(".html")).count(), good);
        }
    }
}

#[test]
fn a_folder_without_a_report_is_no_success() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "工程/Cargo.toml", "[package]\nname = \"x\"\n");
    for command in ["check", "build"] {
        let text = printed(&nianbao(folder.path(), &[command, "工程"]));
        assert!(text.contains("没有一个文件是年报的数据文件"), "{text}");
        assert!(text.ends_with("── exit 2 ──\n"), "{text}");
    }
}

#[test]
fn a_path_is_shown_as_people_write_it() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "a.toml", &example("gaoping-2023"));
    let text = printed(&nianbao(folder.path(), &["check", "."]));
    assert!(text.contains("\na.toml  "), "{text}");
}
