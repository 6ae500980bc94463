//! The page of an office for its units: who may put files where, and what becomes of them.

use std::path::Path;

use serde_json::{Value, json};

use super::stage::{Stage, parts};
use crate::support::project;

const LIST: &str = "year = 2023\nname = \"云岭县人民政府\"\n\n[[units]]\nname = \"云岭县教育局\"\nfile = \"教育局.toml\"\n\n\
    [[units]]\nname = \"白石乡人民政府\"\nfile = \"白石乡.toml\"\n";

fn example(name: &str) -> String {
    nianbao::internals::files::read_text(&project("examples/district").join(name)).unwrap()
}

/// A form begun in a folder with a list of units, and the path of the page of the list below its own.
fn stage() -> (Stage, String) {
    let stage = Stage::of("", false);
    std::fs::remove_file(stage.path("年报.toml")).unwrap();
    std::fs::write(stage.path("units.toml"), LIST).unwrap();
    let (status, opened) = stage.post("units/open", &json!({ "path": "units.toml" }));
    assert_eq!(status, 200, "{opened}");
    let to = opened["to"].as_str().unwrap().to_owned();
    (stage, to)
}

fn names(folder: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let name = |entry: std::io::Result<std::fs::DirEntry>| {
        entry.unwrap().file_name().to_string_lossy().into_owned()
    };
    let mut names: Vec<String> = entries.map(name).filter(|name| !name.starts_with('.')).collect();
    names.sort();
    names
}

fn encoded(name: &str) -> String {
    name.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

fn receive(stage: &Stage, at: &str, choices: &Value) -> Value {
    let wanted = json!({ "choices": choices, "blank_is_zero": false, "dry_run": false });
    let (status, told) = stage.post(&format!("{at}receive"), &wanted);
    assert_eq!(status, 200, "{told}");
    told
}

/// The state and the words of a file.
fn told(told: &Value, file: &str) -> (String, String) {
    let rows = told["rows"].as_array().unwrap();
    let row = rows.iter().find(|row| row["file"] == file).unwrap_or_else(|| panic!("{told}"));
    (row["state"].as_str().unwrap().to_owned(), row["text"].as_str().unwrap().to_owned())
}

#[test]
fn only_its_own_page_does_anything() {
    let (stage, at) = stage();
    let own = stage.own(&stage.token(), "{}");
    let token = format!("X-Nianbao-Token: {}\r\n", stage.token());
    let paths = ["inbox?a.xlsx", "receive", "send", "send-back", "open"]
        .map(|path| format!("{at}{path}"))
        .into_iter()
        .chain(["units/open", "units/names", "units/propose", "units/make"].map(str::to_owned));
    for path in paths {
        for (headers, why) in [
            (own.replace(&token, ""), "no token"),
            (own.replace("Origin: http://", "Origin: https://"), "another origin"),
            (own.replace(&format!("Host: {}", stage.host()), "Host: example.com"), "another host"),
            (own.replace("application/json", "text/plain"), "a type that forms can send"),
        ] {
            let answer = stage.ask("POST", &stage.at(&path), &headers, "{}");
            assert!(answer.starts_with("HTTP/1.1 403"), "{path}, {why}: {answer}");
        }
    }
    for path in
        ["", "state", "stand.pdf", "findings.xlsx", "back.docx?0", "sum", "sum.toml", "compare.pdf"]
    {
        let foreign = format!("Host: {}\r\nSec-Fetch-Site: cross-site\r\n", stage.host());
        let answer = stage.ask("GET", &stage.at(&format!("{at}{path}")), &foreign, "");
        assert!(answer.starts_with("HTTP/1.1 403"), "{path}: {answer}");
    }
    // A file that is no list is not opened as one, and an unknown name opens nothing.
    std::fs::write(stage.path("别的.toml"), "a = 1\n").unwrap();
    assert_eq!(stage.post("units/open", &json!({ "path": "别的.toml" })).0, 500);
    assert!(stage.get("u/0123/state").starts_with("HTTP/1.1 404"));
    assert_eq!(names(stage.folder.path()), ["units.toml", "别的.toml"]);
    stage.form.stop();
}

#[test]
fn files_go_into_the_inbox_under_new_names_and_nowhere_else() {
    let (stage, at) = stage();
    let put =
        |name: &str, bytes: &[u8]| stage.post_bytes(&format!("{at}inbox?{}", encoded(name)), bytes);
    let named = |(status, value): (u16, Value)| {
        assert_eq!(status, 200, "{value}");
        (value["name"].as_str().unwrap().to_owned(), value["was_there"] == true)
    };
    assert_eq!(named(put("年报.toml", b"1")), ("年报.toml".to_owned(), false));
    assert_eq!(named(put("年报.toml", b"2")), ("年报（2）.toml".to_owned(), false));
    assert_eq!(named(put("年报.toml", b"2")), ("年报（2）.toml".to_owned(), true));
    assert_eq!(named(put("../units.toml", b"3")).0, "units.toml");
    assert_eq!(named(put("C:\\x\\..\\units.toml", b"4")).0, "units（2）.toml");
    assert_eq!(named(put("/etc/passwd", b"5")).0, "passwd");
    assert_eq!(named(put("a\u{202e}\r\n\0.toml", b"6")).0, "a___.toml");
    assert_eq!(std::fs::read_to_string(stage.path("收件夹/年报.toml")).unwrap(), "1");
    assert_eq!(std::fs::read_to_string(stage.path("units.toml")).unwrap(), LIST);
    assert_eq!(names(stage.folder.path()), ["units.toml", "收件夹"]);
    assert_eq!(names(&stage.path("收件夹")).len(), 6);
    // What is empty, left by other programs, too large or no name is refused, and nothing is there of it.
    assert_eq!(put("空.toml", b"").0, 422);
    assert_eq!(put("~$a.docx", b"1").0, 422);
    for query in ["%FF%FE", "%", "%zz"] {
        assert_eq!(stage.post_bytes(&format!("{at}inbox?{query}"), b"1").0, 400, "{query}");
    }
    let kind = "Content-Type: application/octet-stream";
    let headers = stage.own(&stage.token(), "").replace("Content-Type: application/json", kind);
    let large = headers.replace("Content-Length: 0", "Content-Length: 33554433");
    let answer = stage.ask("POST", &stage.at(&format!("{at}inbox?a.xlsx")), &large, "");
    assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");
    let answer = stage.ask("POST", &stage.at(&format!("{at}receive")), &large, "");
    assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");
    assert_eq!(names(&stage.path("收件夹")).len(), 6);
    stage.form.stop();
}

#[test]
fn files_are_received_as_on_the_command_line_and_a_person_may_choose() {
    let (stage, at) = stage();
    let put = |name: &str, text: &str| {
        let path = format!("{at}inbox?{}", encoded(name));
        assert_eq!(stage.post_bytes(&path, text.as_bytes()).0, 200);
    };
    let good = example("教育局.toml");
    let other = good.replace("licences            = 86", "licences            = 87");
    put("一.toml", &good);
    put("二.toml", &other);
    put("乡.toml", &example("白石乡.toml").replace("\"白石乡人民政府\"", "\"白石乡\""));
    put("去年.toml", &good.replace("year = 2023", "year = 2022"));
    let first = receive(&stage, &at, &json!([]));
    assert_eq!(told(&first, "一.toml").0, "left");
    assert!(told(&first, "二.toml").1.contains("还有 一.toml"), "{first}");
    assert!(told(&first, "乡.toml").1.contains("写的是“白石乡”，不在名单上"), "{first}");
    assert!(told(&first, "去年.toml").1.contains("是2022年度的"), "{first}");
    assert!(!stage.path("教育局.toml").exists());
    // A unit that is not on the list, or a file that is not there, is nobody's choice.
    let none = receive(&stage, &at, &json!([["一.toml", 99], ["../units.toml", 0]]));
    assert_eq!(told(&none, "一.toml").0, "left");
    let chosen = receive(&stage, &at, &json!([["二.toml", 0], ["乡.toml", 1]]));
    assert_eq!(told(&chosen, "二.toml"), ("taken".to_owned(), "收下".to_owned()));
    assert_eq!(told(&chosen, "一.toml").1, "不收：这个单位收的是另一份");
    assert_eq!(told(&chosen, "乡.toml").0, "taken");
    assert_eq!(std::fs::read_to_string(stage.path("教育局.toml")).unwrap(), other);
    // What was passed over stays so, also for the command.
    let again = receive(&stage, &at, &json!([]));
    assert_eq!(told(&again, "一.toml").0, "known");
    assert_eq!(std::fs::read_to_string(stage.path("教育局.toml")).unwrap(), other);
    let (_, state) = parts(&stage.get(&format!("{at}state")));
    assert_eq!(state["n_waiting"], 1, "{state}");
    let rows = state["rows"].as_array().unwrap();
    assert_eq!((&rows[0]["state"], &rows[1]["state"]), (&json!("good"), &json!("lacking")));
    assert_eq!(rows[1]["words"], "单位不对");
    let sheet = stage.get(&format!("{at}back.docx?1"));
    assert!(sheet.starts_with("HTTP/1.1 200") && sheet.contains("attachment"), "{sheet}");
    assert!(!stage.path("退回").exists(), "looking at a sheet sends nothing back");
    let (status, back) = stage.post(&format!("{at}send-back"), &json!({}));
    assert_eq!((status, &back["files"]), (200, &json!(["退回/白石乡问题单.docx"])));
    let (status, opened) = stage.post(&format!("{at}open"), &json!({ "unit": 0 }));
    assert!(status == 200 && opened["to"].as_str().unwrap().contains("/f/"), "{opened}");
    assert_eq!(stage.post(&format!("{at}open"), &json!({ "unit": 9 })).0, 500);
    stage.form.stop();
}

#[test]
fn reports_are_added_up_and_compared_on_the_page() {
    let (stage, at) = stage();
    let asked = |path: &str| parts(&stage.get(&format!("{at}{path}"))).1;
    let none = asked("sum");
    assert_eq!((&none["is_any"], &none["is_whole"]), (&json!(false), &json!(false)), "{none}");
    assert!(stage.get(&format!("{at}sum.toml")).starts_with("HTTP/1.1 409"));
    let first =
        example("教育局.toml").replace("licences            = 86", "licences            = 7");
    std::fs::write(stage.path("教育局.toml"), &first).unwrap();
    let some = asked("sum");
    let head = some["head"].as_str().unwrap();
    assert_eq!(head, "应报 2 个单位，计入 1 个；没有计入：白石乡人民政府（未报）");
    assert_eq!((&some["is_any"], &some["is_whole"]), (&json!(true), &json!(false)));
    std::fs::write(stage.path("白石乡.toml"), example("白石乡.toml")).unwrap();
    let whole = asked("sum");
    assert_eq!(whole["is_whole"], true, "{whole}");
    let rows = whole["table"]["rows"].as_array().unwrap();
    let licences = |i: usize| rows[i][2].as_str().unwrap().parse::<u64>().unwrap();
    assert_eq!((rows.len(), licences(0)), (3, 7), "{whole}");
    assert_eq!(licences(2), licences(0) + licences(1), "{whole}");
    // The data file of the sums is whole, and only handed over.
    let file = stage.get(&format!("{at}sum.toml"));
    assert!(file.contains("attachment") && file.contains("云岭县人民政府"), "{file}");
    let text = file.split_once("\r\n\r\n").unwrap().1;
    let (report, _) = nianbao::source::read(&nianbao::source::SourceFile::parse("t", text));
    assert_eq!(report.unwrap().header.year, Some(2023));
    let compared = asked("compare");
    assert!(compared["head"].as_str().unwrap().contains("2 个单位比较比率"), "{compared}");
    let heads = compared["tables"][0]["heads"].as_array().unwrap();
    assert_eq!((&heads[0], &heads[1]), (&json!("单位"), &json!("新收")), "{compared}");
    for (path, start) in [("compare.xlsx", "PK"), ("compare.docx", "PK"), ("compare.pdf", "%PDF-")]
    {
        let answer = stage.get(&format!("{at}{path}"));
        assert!(answer.split_once("\r\n\r\n").unwrap().1.starts_with(start), "{path}");
    }
    assert_eq!(names(stage.folder.path()), ["units.toml", "教育局.toml", "白石乡.toml"]);
    stage.form.stop();
}

#[test]
fn an_inbox_that_is_not_there_or_is_a_file_is_told_apart() {
    let (stage, at) = stage();
    let wanted = json!({ "choices": [], "blank_is_zero": false, "dry_run": false });
    let why = || {
        let (status, told) = stage.post(&format!("{at}receive"), &wanted);
        assert_eq!(status, 500, "{told}");
        told["why"].as_str().unwrap().to_owned()
    };
    assert!(why().starts_with("还没有“收件夹”"), "{}", why());
    std::fs::write(stage.path("收件夹"), "a note").unwrap();
    let is_file = why();
    assert!(is_file.contains("是一个文件，不是文件夹") && is_file.contains("移走"), "{is_file}");
    let (status, put) = stage.post_bytes(&format!("{at}inbox?a.toml"), b"1");
    assert_eq!(status, 500, "{put}");
    assert!(put["why"].as_str().unwrap().contains("收件夹"), "{put}");
    assert_eq!(std::fs::read_to_string(stage.path("收件夹")).unwrap(), "a note");
    stage.form.stop();
}

#[test]
fn files_go_out_with_a_day_that_the_list_has_then() {
    let (stage, at) = stage();
    let send = |wanted: Value| stage.post(&format!("{at}send"), &wanted);
    let wanted =
        json!({ "data": true, "workbook": true, "due": "2024-01-20", "last": "", "all": false });
    let with = |key: &str, value: Value| {
        let mut wanted = wanted.clone();
        wanted[key] = value;
        wanted
    };
    for wrong in [with("due", json!("2024-02-30")), with("last", json!("../.."))] {
        assert_eq!(send(wrong).0, 500);
    }
    assert_eq!(names(stage.folder.path()), ["units.toml"]);
    let (status, sent) = send(wanted.clone());
    assert_eq!((status, sent["rows"].as_array().unwrap().len()), (200, 2), "{sent}");
    let list = std::fs::read_to_string(stage.path("units.toml")).unwrap();
    assert_eq!(list, LIST.replace("2023\n", "2023\ndue = 2024-01-20  # 报送截止日期\n"));
    assert_eq!(std::fs::read_to_string(stage.path("units.toml.undo")).unwrap(), LIST);
    assert_eq!(names(&stage.path("下发/教育局")), ["填报说明.txt", "教育局.toml", "教育局.xlsx"]);
    let (_, state) = parts(&stage.get(&format!("{at}state")));
    assert_eq!(state["due"], "2024-01-20");
    assert!(state["reminder"].as_str().unwrap().contains("已逾期"), "{state}");
    for (path, start) in [
        ("stand.pdf", "%PDF-"),
        ("stand.docx", "PK"),
        ("stand.xlsx", "PK"),
        ("findings.xlsx", "PK"),
    ] {
        let answer = stage.get(&format!("{at}{path}"));
        assert!(answer.split_once("\r\n\r\n").unwrap().1.starts_with(start), "{path}");
    }
    stage.form.stop();
}

#[test]
fn a_list_is_made_of_names_and_never_over_one() {
    let stage = Stage::of("", false);
    std::fs::remove_file(stage.path("年报.toml")).unwrap();
    let propose = |wanted: &Value| stage.post("units/propose", wanted);
    let wanted = json!({ "name": null, "year": 2023, "due": "2024-01-20" });
    assert_eq!(propose(&wanted).0, 500, "no names yet");
    let given = "云岭县教育局\n云岭县开发区管委会\n青溪镇人民政府\n  青溪镇水务站\n";
    assert_eq!(stage.post_bytes("units/names", given.as_bytes()).0, 200);
    let (status, shown) = propose(&wanted);
    assert_eq!((status, &shown["name"]), (200, &json!("云岭县人民政府")), "{shown}");
    let rows = shown["rows"].as_array().unwrap();
    assert_eq!((&rows[0]["kind"], &rows[1]["kind"]), (&json!("department"), &Value::Null));
    assert_eq!((&rows[2]["is_asked"], &rows[3]["level"]), (&json!(true), &json!(2)), "{shown}");
    let mut chosen = wanted.clone();
    chosen["kinds"] = json!({ "云岭县开发区管委会": "outpost", "云岭县教育局": "nonsense" });
    chosen["holds"] = json!({ "青溪镇人民政府": "summed" });
    let (status, made) = stage.post("units/make", &chosen);
    assert_eq!(status, 200, "{made}");
    let list = nianbao::internals::load::read_list(&stage.path("报送/units.toml")).unwrap();
    assert_eq!((list.units.len(), list.due.is_some()), (4, true));
    let text = std::fs::read_to_string(stage.path("报送/units.toml")).unwrap();
    assert!(text.contains("figures = \"summed\"") && text.contains("kind = \"outpost\""), "{text}");
    assert_eq!(stage.post("units/make", &chosen).0, 500);
    assert_eq!(std::fs::read_to_string(stage.path("报送/units.toml")).unwrap(), text);
    // One that is wrong is told of on its page.
    let to = made["to"].as_str().unwrap();
    std::fs::write(stage.path("报送/units.toml"), text.replace("\"outpost\"", "\"x\"")).unwrap();
    let (_, state) = parts(&stage.get(&format!("{to}state")));
    assert!(state["wrong"][0].as_str().unwrap().contains("行："), "{state}");
    assert_eq!(stage.post(&format!("{to}receive"), &json!({})).0, 500);
    stage.form.stop();
}
