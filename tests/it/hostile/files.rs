//! Files that never end or never begin, names that are too long, and what a killed run leaves.

use std::path::Path;
use std::process::{Command, Stdio};

use super::run;
use crate::support::{example, nianbao, printed, signal, write};

fn pipe(folder: &Path, name: &str) {
    assert!(Command::new("mkfifo").arg(folder.join(name)).status().unwrap().success());
}

/// A data file in which each of these paths can be written.
fn naming(key: &str, path: &str) -> String {
    let good = example("gaoping-2023");
    match key {
        "body" => {
            good.replacen("[overview]\n", &format!("[fonts]\nbody = '{path}'\n\n[overview]\n"), 1)
        }
        key => good.replacen("year = 2023", &format!("{key} = '{path}'\nyear = 2023"), 1),
    }
}

#[test]
fn pipes_devices_and_sockets_are_refused_wherever_a_file_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    pipe(at, "pipe.toml");
    pipe(at, "pipe");
    let _socket = std::os::unix::net::UnixListener::bind(at.join("socket")).unwrap();
    write(at, "a.toml", &example("gaoping-2023"));
    let refused = |arguments: &[&str], said: &str| {
        let run = run(at, arguments);
        assert!(matches!(run.code(), Some(1 | 2)), "{arguments:?}: {:?}", run.output.status);
        assert!(run.said().contains(said), "{arguments:?}: {}", run.said());
    };
    refused(&["check", "pipe.toml"], "这是管道，不是文件");
    refused(&["check", "/dev/zero"], "这是设备，不是文件");
    refused(&["check", "socket"], "这是套接字，不是文件");
    refused(&["build", "a.toml", "--font", "仿宋=/dev/zero"], "这是设备，不是文件");
    refused(&["build", "a.toml", "--font", "仿宋=pipe"], "这是管道，不是文件");
    refused(&["build", "a.toml", "--reference-doc", "/dev/zero"], "这是设备，不是文件");
    refused(&["import-figures", "/dev/zero", "--into", "a.toml"], "这是设备，不是文件");
    refused(&["import-figures", "pipe", "--into", "a.toml"], "这是管道，不是文件");
    refused(&["sum", "pipe.toml"], "这是管道，不是文件");
    refused(&["compare", "pipe.toml", "a.toml"], "这是管道，不是文件");
    refused(&["new", "b.toml", "--from", "pipe.toml"], "这是管道，不是文件");
    for key in ["previous", "units", "body"] {
        write(at, "n.toml", &naming(key, "pipe"));
        refused(&["build", "n.toml", "--format", "pdf"], "管道");
        write(at, "n.toml", &naming(key, "/dev/zero"));
        refused(&["build", "n.toml", "--format", "pdf"], "这里不能写设备的路径");
    }
    // A folder passes over what is no file.
    assert_eq!(run(at, &["check", ".", "--output-format", "concise"]).code(), Some(1));
}

#[test]
fn a_data_file_does_not_make_this_machine_call_another() {
    let folder = tempfile::tempdir().unwrap();
    for key in ["previous", "units", "body"] {
        for (path, what) in [
            (r"\\server\share\a.toml", "网络共享"),
            ("//server/share/a.toml", "网络共享"),
            (r"\\?\C:\a.toml", "设备"),
            (r"\\.\pipe\a", "设备"),
            ("x/CON", "设备"),
            ("nul.toml", "设备"),
            ("com1", "设备"),
            ("/proc/self/mem", "设备"),
        ] {
            write(folder.path(), "a.toml", &naming(key, path));
            let said = printed(&nianbao(folder.path(), &["check", "a.toml"]));
            assert!(said.contains(&format!("这里不能写{what}的路径")), "{key} {path}: {said}");
        }
        write(folder.path(), "a.toml", &naming(key, "console.toml"));
        assert!(!printed(&nianbao(folder.path(), &["check", "a.toml"])).contains("这里不能写"));
    }
}

#[test]
fn an_output_that_has_become_a_device_is_not_read_to_its_end() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "d/a.toml", &example("gaoping-2023"));
    write(folder.path(), "d/b.toml", &example("haidong-2023"));
    let built = ["build", "d", "--format", "html", "--out", "o"];
    assert_eq!(run(folder.path(), &built).code(), Some(0));
    let page = folder.path().join("o/海东市人民政府2023年政府信息公开工作年度报告.html");
    std::fs::remove_file(&page).unwrap();
    std::os::unix::fs::symlink("/dev/zero", &page).unwrap();
    let run = run(folder.path(), &built);
    assert_eq!(run.code(), Some(2), "{}", run.said());
    assert!(run.said().contains("这是设备，不是文件"), "{}", run.said());
}

#[test]
fn a_dash_reads_standard_input_and_one_signal_ends_it() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "a.toml", &example("gaoping-2023"));
    let start = |arguments: &[&str], input: Stdio| {
        Command::new(env!("CARGO_BIN_EXE_nianbao"))
            .args(arguments)
            .current_dir(folder.path())
            .env_clear()
            .stdin(input)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    };
    let file = std::fs::File::open(folder.path().join("a.toml")).unwrap();
    let output = start(&["check", "-"], file.into()).wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert!(String::from_utf8_lossy(&output.stdout).contains("标准输入：检查通过"), "{output:?}");
    let endless = std::fs::File::open("/dev/zero").unwrap();
    let output = start(&["check", "-"], endless.into()).wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(2), "{output:?}");

    // Standard input that nobody ends, for a run over files and for a command that is none.
    for (arguments, asked) in
        [(["check", "a.toml", "-"], "INT"), (["compare", "a.toml", "-"], "TERM")]
    {
        let mut child = start(&arguments, Stdio::piped());
        let held = child.stdin.take();
        // It has set its handler by the time it reads; before that the system ends it as any program.
        let waits = format!("/proc/{}/wchan", child.id());
        for _ in 0..1_000 {
            std::thread::sleep(std::time::Duration::from_millis(10));
            if nianbao::internals::files::read_text(Path::new(&waits))
                .is_ok_and(|on| on.contains("pipe"))
            {
                break;
            }
        }
        std::thread::sleep(std::time::Duration::from_millis(200));
        signal(&child, asked);
        assert_eq!(child.wait().unwrap().code(), Some(2), "{arguments:?}");
        drop(held);
    }
}

#[test]
fn long_names_keep_their_year_and_stay_apart() {
    let folder = tempfile::tempdir().unwrap();
    let good = example("gaoping-2023");
    let long = "某某省某某市某某县".repeat(20);
    for (file, agency) in [("a.toml", format!("{long}甲局")), ("b.toml", format!("{long}乙局"))]
    {
        let text =
            good.replacen("name = \"高平市人民政府办公室\"", &format!("name = \"{agency}\""), 1);
        write(folder.path(), file, &text);
    }
    let run = run(
        folder.path(),
        &["build", "a.toml", "b.toml", "--draft", "--format", "html", "--out", "o"],
    );
    assert!(!run.said().contains("没有生成：与另一份同名"), "{}", run.said());
    let names: Vec<String> = std::fs::read_dir(folder.path().join("o"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".html"))
        .collect();
    assert_eq!(names.len(), 2, "{names:?}");
    assert!(names.iter().all(|name| name.contains("2023年政府信息公开工作年度报告")), "{names:?}");
}

#[test]
fn what_a_killed_run_left_is_removed_by_the_next_of_any_command() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "a.toml", &example("gaoping-2023"));
    for arguments in [
        &["check", "a.toml"][..],
        &["compare", "a.toml", "a.toml"],
        &["explain", "NB001", "a.toml"],
        &["new", "b.toml"],
        &["export", "a.toml", "--out=x.xlsx"],
        &["sum", "."],
        &["import-figures", "none.xlsx", "--into", "a.toml"],
    ] {
        let left = folder.path().join(".nianbao-AbC123");
        nianbao::internals::files::write_whole(&left, b"half").unwrap();
        nianbao(folder.path(), arguments);
        assert!(!left.exists(), "{arguments:?}");
    }
}
