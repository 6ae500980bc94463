//! The Word file that a leader corrected, read back in the form.

use serde_json::{Value, json};

use super::stage::Stage;
use crate::import::carriers::{part, with_part};
use crate::support::{nianbao, printed};

const DOCUMENT: &str = "word/document.xml";

/// The Word file of the stage's data file with some words of it changed.
fn word_file(stage: &Stage, changes: &[(&str, &str)]) -> Vec<u8> {
    let arguments = ["build", "年报.toml", "--out", "out", "--format", "docx"];
    let output = nianbao(stage.folder.path(), &arguments);
    assert_eq!(output.status.code(), Some(0), "{}", printed(&output));
    let made = std::fs::read_dir(stage.path("out")).unwrap().next().unwrap().unwrap().path();
    let package = crate::support::read(&made);
    let mut text = part(&package, DOCUMENT);
    for (from, to) in changes {
        assert!(text.contains(from), "{from}");
        text = text.replacen(from, to, 1);
    }
    with_part(&package, DOCUMENT, &text)
}

/// The status and the value that comes for a file that the page sends.
fn upload(stage: &Stage, bytes: &[u8]) -> (u16, Value) {
    stage.post_bytes("read-back/upload", bytes)
}

fn take(stage: &Stage, listing: &Value, taken: &[usize]) -> (u16, Value) {
    stage.post("read-back/take", &json!({ "key": listing["key"], "taken": taken }))
}

const CELL: (&str, &str) = (">3297<", ">3298<");
const SENTENCE: (&str, &str) = ("二是", "其二是");

#[test]
fn corrections_are_listed_taken_one_by_one_and_undone() {
    let stage = Stage::new();
    let own = stage.good.find("二是").map(|at| &stage.good[at..at + 30]).unwrap().to_owned();
    let bytes = word_file(&stage, &[CELL, SENTENCE]);
    let (status, listing) = upload(&stage, &bytes);
    assert_eq!(status, 200, "{listing}");
    let all = listing["proposals"].as_array().unwrap();
    assert_eq!(all.len(), 2, "{listing}");
    assert_eq!((&all[0]["before"], &all[0]["after"]), (&json!("3297"), &json!("3298")));
    assert_eq!(all[0]["path"], "disclosure.fees");
    assert!(all[1]["after"].as_str().unwrap().contains("其二是"), "{listing}");
    assert_eq!(stage.file(), stage.good, "a file that is looked at changes nothing");
    let (status, told) = take(&stage, &listing, &[1]);
    assert_eq!((status, &told["told"]["n"]), (200, &json!(1)), "{told}");
    let expected = stage.good.replacen(&own, &format!("其{own}"), 1);
    assert_eq!(stage.file(), expected);
    assert_eq!(told["state"]["undo"], "读回改过的 Word");
    // The other one is still there, and the old list is none any more.
    assert_eq!(told["left"]["proposals"].as_array().unwrap().len(), 1, "{told}");
    assert_eq!(take(&stage, &listing, &[0]).0, 409);
    assert_eq!(take(&stage, &told["left"], &[0]).0, 200);
    let number =
        |text: &str| text.lines().find(|line| line.starts_with("fees")).unwrap().to_owned();
    assert_eq!(number(&stage.file()), number(&expected).replace("3297", "3298"));
    for _ in 0..2 {
        assert_eq!(stage.post("undo", &json!({})).0, 200);
    }
    assert_eq!(stage.file(), stage.good);
    stage.form.stop();
}

#[test]
fn a_file_of_the_folder_can_be_chosen_and_what_is_no_copy_is_refused() {
    let stage = Stage::new();
    let bytes = word_file(&stage, &[SENTENCE]);
    std::fs::write(stage.path("改过的.docx"), &bytes).unwrap();
    std::fs::write(stage.path("别的.docx"), b"PK\x03\x04word/").unwrap();
    assert!(stage.get("").contains("<option value=\"改过的.docx\">"));
    let choose = |name: &str| stage.post("read-back", &json!({ "file": name }));
    let (status, listing) = choose("改过的.docx");
    assert_eq!(
        (status, listing["proposals"].as_array().map(Vec::len)),
        (200, Some(1)),
        "{listing}"
    );
    for name in ["别的.docx", "../改过的.docx", "年报.toml", ""] {
        let (status, told) = choose(name);
        assert!(
            status == 422 && !told["wrong"][0]["why"].as_str().unwrap().is_empty(),
            "{name}: {told}"
        );
    }
    let other = word_file(&stage, &[("2023年政府信息公开", "2022年政府信息公开")]);
    let (status, told) = upload(&stage, &other);
    assert!(status == 422 && told["wrong"][0]["why"].as_str().unwrap().contains("年度"), "{told}");
    // Another program changes the data file after the list was shown.
    let (_, listing) = choose("改过的.docx");
    stage.save(&stage.good.replacen("二是", "又二是", 1));
    let (status, told) = take(&stage, &listing, &[0]);
    assert!(status == 409 && told["why"].as_str().unwrap().contains("重新读"), "{told}");
    stage.form.stop();
}
