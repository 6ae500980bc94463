//! The surroundings of a run: outputs are the same bytes wherever, whenever and by whomever they are made.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, SystemTime};

use crate::support::{example, read, write};

/// Two reports, so that a folder is one with several files.
const EXAMPLES: [&str; 2] = ["haidong-2023", "gaoping-2023"];

/// All files of a folder by name, but for the record of the run, which is of this place.
fn outputs(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    let named =
        entries.map(|entry| (entry.file_name().to_string_lossy().into_owned(), entry.path()));
    named
        .filter(|(name, _)| !name.starts_with('.'))
        .map(|(name, path)| (name, read(&path)))
        .collect()
}

const YEAR: Duration = Duration::from_secs(365 * 24 * 60 * 60);

/// Builds the examples from below a folder of that name, and returns what was made and printed.
fn built(
    name: &str,
    age: Duration,
    surroundings: &[(&str, &str)],
) -> (BTreeMap<String, Vec<u8>>, String) {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join(name);
    std::fs::create_dir_all(&folder).unwrap();
    for example_name in EXAMPLES {
        let file = format!("{example_name}.toml");
        write(&folder, &file, &example(example_name));
        let file = std::fs::File::options().write(true).open(folder.join(file)).unwrap();
        file.set_modified(SystemTime::UNIX_EPOCH + 50 * YEAR - age).unwrap();
    }
    let run = Command::new(env!("CARGO_BIN_EXE_nianbao"))
        .args(["build", ".", "--draft", "--out", "out", "--format", "html,html-fragment,docx,pdf"])
        .current_dir(&folder)
        .env_clear()
        .envs(surroundings.iter().copied())
        .output()
        .unwrap();
    let printed = String::from_utf8(run.stdout).unwrap() + &String::from_utf8(run.stderr).unwrap();
    (outputs(&folder.join("out")), printed)
}

#[test]
fn outputs_do_not_depend_on_place_time_or_language() {
    let (expected, words) = built("a", Duration::ZERO, &[]);
    assert_eq!(expected.len(), EXAMPLES.len() * 4, "{words}");
    let east = [("TZ", "Asia/Shanghai"), ("LANG", "zh_CN.GB18030"), ("HOME", "/nowhere")];
    let west = [
        ("TZ", "America/Los_Angeles"),
        ("LC_ALL", "tr_TR.UTF-8"),
        ("SOURCE_DATE_EPOCH", "1"),
        ("TMPDIR", "/nowhere"),
        ("USER", "somebody"),
    ];
    for (name, age, surroundings) in [("年报 一/二", YEAR, &east[..]), ("b", 30 * YEAR, &west[..])]
    {
        let (made, said) = built(name, age, surroundings);
        assert_eq!(said, words, "{name}");
        assert_eq!(made.keys().collect::<Vec<_>>(), expected.keys().collect::<Vec<_>>());
        for (file, bytes) in &made {
            assert!(*bytes == expected[file], "{file} differs in {name}");
        }
    }
}
