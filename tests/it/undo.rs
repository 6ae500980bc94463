//! Commands that change a data file: what they say, what they keep, and that no two of them lose anything.

use std::process::{Command, Stdio};

use crate::support::{example, nianbao, printed, read, write};

#[test]
fn what_a_command_changes_is_said_kept_and_brought_back() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let good = example("haidong-2023");
    write(at, "a.toml", &good);
    assert!(printed(&nianbao(at, &["export", "a.toml", "--out", "a.xlsx"])).contains("exit 0"));
    let from = "penalties           = 3523";
    assert!(good.contains(from));
    let changed = good.replacen(from, "penalties           = 1", 1);
    write(at, "a.toml", &changed);
    let import = ["import-figures", "a.xlsx", "--into", "a.toml"];

    let said = printed(&nianbao(at, &[&import[..], &["--dry-run"]].concat()));
    assert!(said.contains("1 → 3523") && said.contains("没有写入 a.toml"), "{said}");
    assert!(read(&at.join("a.toml")) == changed.as_bytes() && !at.join("a.toml.undo").exists());

    let said = printed(&nianbao(at, &import));
    assert!(said.contains("1 → 3523") && said.contains("nianbao undo a.toml"), "{said}");
    assert!(said.contains("数的来源记为“工作簿 a.xlsx”"), "{said}");
    let imported = String::from_utf8(read(&at.join("a.toml"))).unwrap();
    let source = "\n[[sources]]\nat = \"disclosure.penalties\"\nfrom = \"工作簿 a.xlsx\"\n";
    assert_eq!(imported.replacen(source, "", 1), good);
    assert!(read(&at.join("a.toml.undo")) == changed.as_bytes());
    for text in [&changed, &imported, &changed] {
        let said = printed(&nianbao(at, &["undo", "a.toml"]));
        assert!(said.contains("已恢复到上一次写入以前的样子"), "{said}");
        assert!(read(&at.join("a.toml")) == text.as_bytes());
    }
    assert!(printed(&nianbao(at, &["undo", "b.toml"])).contains("没有修改以前的副本"));
}

#[test]
fn a_sum_can_be_looked_at_before_it_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    write(at, "units/a.toml", &example("gaoping-2023"));
    let empty = "format = \"2021\"\n[report]\nyear = 2023\n[agency]\nname = \"高平市\"\nkind = \"government\"\n";
    write(at, "county.toml", empty);
    let sum = ["sum", "units", "--into", "county.toml"];
    let said = printed(&nianbao(at, &[&sum[..], &["--dry-run"]].concat()));
    assert!(said.contains("只是查看，没有写入 county.toml"), "{said}");
    assert!(read(&at.join("county.toml")) == empty.as_bytes());
    let said = printed(&nianbao(at, &sum));
    assert!(said.contains("已填入 county.toml"), "{said}");
    assert!(read(&at.join("county.toml")) != empty.as_bytes());
    assert!(read(&at.join("county.toml.undo")) == empty.as_bytes());
}

/// Each run makes some of the reports; all of them are there afterwards, and known to the record.
#[test]
fn runs_at_once_into_one_folder_lose_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let names = ["gaoping-2023", "haidong-2023", "khorgos-2022", "yengisar-2023"];
    for name in names {
        write(
            at,
            &format!("{name}/a.toml"),
            &example(name).replace("previous = ", "# previous = "),
        );
        write(at, &format!("{name}/units.toml"), "name = \"x\"\nyear = 2023\n");
    }
    let children: Vec<_> = names
        .iter()
        .map(|name| {
            Command::new(env!("CARGO_BIN_EXE_nianbao"))
                .args(["build", name, "--draft", "--format", "html", "--out", "o"])
                .current_dir(at)
                .env_clear()
                .stdout(Stdio::piped())
                .stderr(Stdio::piped())
                .spawn()
                .unwrap()
        })
        .collect();
    for child in children {
        let output = child.wait_with_output().unwrap();
        assert!(matches!(output.status.code(), Some(0 | 1)), "{output:?}");
    }
    let record = String::from_utf8(read(&at.join("o/.nianbao.json"))).unwrap();
    let pages = std::fs::read_dir(at.join("o")).unwrap();
    let mut n = 0;
    for page in pages.map(|entry| entry.unwrap().file_name().into_string().unwrap()) {
        assert!(page == ".nianbao.json" || record.contains(&page), "{page} is not in {record}");
        assert!(!page.starts_with(".nianbao-"), "{page}");
        n += 1;
    }
    assert_eq!(n, names.len() + 1);
}
