//! The form: who may change a data file, what is changed in it, and that nothing is lost.

#![expect(
    clippy::disallowed_methods,
    reason = "files are taken away and written as other programs do"
)]

mod corrected;
mod declared;
mod stage;
mod units;

use serde_json::{Value, json};

use stage::{Stage, parts, value};

const RECEIVED: &str = "requests.received.natural_person";

#[test]
fn only_its_own_pages_change_anything() {
    let stage = Stage::new();
    let token = stage.token();
    let host = stage.host();
    let body = json!({ "label": "填写", "changes": [value(RECEIVED, Some("107"), Some("108"))] });
    let body = body.to_string();
    let own = stage.own(&token, &body);
    let without = |name: &str| {
        let lines = own.split_inclusive("\r\n").filter(|line| !line.starts_with(name));
        lines.collect::<String>()
    };
    let with = |name: &str, value: &str| format!("{}{name}: {value}\r\n", without(name));
    for (headers, why) in [
        (without("X-Nianbao-Token"), "no token"),
        (
            with("X-Nianbao-Token", &token.replace(|c: char| c.is_ascii_digit(), "x")),
            "a wrong token",
        ),
        (format!("{own}X-Nianbao-Token: {token}\r\n"), "two tokens"),
        (without("Origin"), "no origin"),
        (with("Origin", "https://example.com"), "another origin"),
        (with("Origin", "null"), "an origin that is none"),
        (with("Host", "example.com"), "another host"),
        (with("Sec-Fetch-Site", "cross-site"), "another site"),
        (without("Content-Type"), "no type"),
        (with("Content-Type", "text/plain"), "a type that forms can send"),
        (with("Content-Type", "application/x-www-form-urlencoded"), "the type of forms"),
    ] {
        let answer = stage.ask("POST", &stage.at("edit"), &headers, &body);
        assert!(answer.starts_with("HTTP/1.1 403"), "{why}: {answer}");
        assert_eq!(stage.file(), stage.good, "{why}");
    }
    // Nor do the others, whatever they do.
    let own_pages = [
        "edit",
        "undo",
        "redo",
        "paste",
        "clean",
        "save-as",
        "read-back",
        "read-back/upload",
        "read-back/take",
    ]
    .map(|path| stage.at(path));
    let (root, _) = own_pages[0].split_once("/f/").unwrap();
    let of_all = ["open", "new", "recent"].map(|path| format!("{root}/{path}"));
    for path in own_pages.iter().chain(&of_all) {
        let answer = stage.ask("POST", path, &without("X-Nianbao-Token"), &body);
        assert!(answer.starts_with("HTTP/1.1 403"), "{path}: {answer}");
    }
    for (headers, status) in [
        (without("Content-Length"), "411"),
        (with("Content-Length", "9999999"), "413"),
        (with("Content-Length", "-1"), "400"),
        (format!("{}Transfer-Encoding: chunked\r\n", without("Content-Length")), "411"),
    ] {
        let answer = stage.ask("POST", &stage.at("edit"), &headers, &body);
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{answer}");
    }
    for method in ["PUT", "DELETE", "OPTIONS", "PATCH"] {
        let answer = stage.ask(method, &stage.at("edit"), &own, &body);
        assert!(
            answer.starts_with("HTTP/1.1 405") && !answer.contains("Access-Control"),
            "{answer}"
        );
    }
    // Who does not know the address learns nothing from it, and neither does another page in the browser.
    for path in ["/", "/form.js", "/0/f/0/state", "/f/0/edit"] {
        let answer = stage.ask("GET", path, &format!("Host: {host}\r\n"), "");
        assert!(answer.starts_with("HTTP/1.1 403"), "{path}");
    }
    let foreign = format!("Host: {host}\r\nSec-Fetch-Site: cross-site\r\n");
    assert!(stage.ask("GET", &stage.at("state"), &foreign, "").starts_with("HTTP/1.1 403"));
    let page = stage.get("");
    assert!(page.contains("Referrer-Policy: no-referrer") && page.contains("script-src 'self'"));
    assert!(!page.contains("unsafe") && !page.contains("Set-Cookie"), "{page}");
    let answer = stage.ask("POST", &stage.at("edit"), &own, &body);
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    stage.form.stop();
}

#[test]
fn a_change_leaves_every_other_byte_and_undoing_all_gives_the_first() {
    let stage = Stage::of(
        &nianbao::internals::files::read_text(&crate::support::project(
            "examples/haidong-2023.toml",
        ))
        .unwrap()
        .replace('\n', "\r\n"),
        true,
    );
    let (status, state) = stage.edit(&[value(RECEIVED, Some("107"), Some("108"))]);
    assert_eq!((status, &state["values"][RECEIVED]), (200, &json!("108")));
    assert_eq!(stage.file(), stage.good.replace("received    = [ 107,", "received    = [ 108,"));
    assert_eq!(std::fs::read_to_string(stage.path("年报.toml.undo")).unwrap(), stage.good);
    let codes: Vec<&str> =
        state["findings"].as_array().unwrap().iter().map(|f| f["code"].as_str().unwrap()).collect();
    assert!(codes.contains(&"NB304") || codes.contains(&"NB302"), "{codes:?}");

    let text = state["values"]["overview.parts[1].text"].as_str().unwrap().to_owned();
    stage.edit(&[value("overview.parts[1].text", Some(&text), Some(&format!("{text}\n又一段。")))]);
    stage.edit(&[json!({ "kind": "swap_parts", "section": "overview", "index": 0 })]);
    stage.edit(&[json!({ "kind": "add_part", "section": "problems", "aspect": null })]);
    stage.edit(&[json!({ "kind": "note", "path": RECEIVED, "old": null, "new": "其中2件重复" })]);
    let (status, state) = stage.edit(&[
        value("agency.contact.phone", None, Some("0972-1234567")),
        value("disclosure.fees", Some("3297"), None),
    ]);
    assert_eq!((status, &state["undo"]), (200, &json!("填写")));
    assert_eq!(state["values"]["agency.contact.phone"], "0972-1234567");
    assert!(state["values"]["disclosure.fees"].is_null());
    let whole = stage.file();
    assert!(whole.contains("其中2件重复") && whole.contains("\r\n又一段。\r\n"), "{whole}");
    for _ in 0..state["n_steps"].as_u64().unwrap() {
        assert_eq!(stage.post("undo", &json!({})).0, 200);
    }
    assert_eq!(stage.file(), stage.good, "undoing all does not give the first bytes");
    for _ in 0..state["n_steps"].as_u64().unwrap() {
        assert_eq!(stage.post("redo", &json!({})).0, 200);
    }
    assert_eq!(stage.file(), whole, "redoing all does not give the last bytes");
    stage.form.stop();
}

#[test]
fn what_another_program_changes_meanwhile_is_kept_or_named() {
    let stage = Stage::new();
    // Elsewhere in the file: both stay.
    stage
        .save(&stage.good.replace("penalties           = 3523", "penalties           = 4000 # 新"));
    let (status, state) = stage.edit(&[value(RECEIVED, Some("107"), Some("108"))]);
    assert_eq!((status, &state["values"]["disclosure.penalties"]), (200, &json!("4000")));
    let both = stage.file();
    assert!(both.contains("= 4000 # 新") && both.contains("[ 108,"));
    // Undone after yet another change, that one stays.
    stage.save(&both.replace("licences            = 32510", "licences            = 32511"));
    assert_eq!(stage.post("undo", &json!({})).0, 200);
    let undone = stage.file();
    assert!(
        undone.contains("[ 107,") && undone.contains("= 32511") && undone.contains("= 4000 # 新")
    );
    // The same field: neither is lost.
    stage.save(&undone.replace("[ 107,", "[ 109,"));
    let (status, told) = stage.edit(&[
        value(RECEIVED, Some("107"), Some("108")),
        value("disclosure.penalties", Some("4000"), Some("4001")),
    ]);
    assert_eq!(status, 409);
    assert_eq!(told["conflicts"], json!([{ "path": RECEIVED, "is_note": false, "theirs": "109" }]));
    assert!(stage.file().contains("= 4000 # 新"), "half of the changes were made");
    // What both changed in the same way is no conflict.
    assert_eq!(stage.edit(&[value(RECEIVED, Some("107"), Some("109"))]).0, 200);
    // A step on a line that was changed elsewhere since cannot be undone, and stays.
    let (_, state) = stage.edit(&[value(RECEIVED, Some("109"), Some("110"))]);
    assert_eq!(state["undo"], "填写");
    stage.save(&stage.file().replace("[ 110,", "[ 111,"));
    let (status, told) = stage.post("undo", &json!({}));
    assert_eq!((status, told["refused"].as_str()), (409, Some("overtaken")));
    assert!(stage.file().contains("[ 111,"));
    stage.form.stop();
}

#[test]
fn a_file_that_is_half_typed_or_gone_is_waited_for() {
    let stage = Stage::new();
    let change = [value(RECEIVED, Some("107"), Some("108"))];
    let broken = stage.good.replace("received    = [ 107,", "received    = [ 107，");
    stage.save(&broken);
    let (status, told) = stage.edit(&change);
    assert_eq!((status, stage.file() == broken), (423, true));
    assert!(told["why"].as_str().unwrap().contains("第 "), "{told}");
    assert!(stage.state()["trouble"].is_string());
    std::fs::remove_file(stage.path("年报.toml")).unwrap();
    let (status, told) = stage.edit(&change);
    assert_eq!((status, told["refused"].as_str()), (410, Some("vanished")));
    assert!(!stage.path("年报.toml").exists());
    stage.save(&stage.good);
    assert_eq!(stage.edit(&change).0, 200);
    stage.form.stop();
}

#[test]
fn what_cannot_stand_in_a_field_is_refused_with_the_reason() {
    let stage = Stage::new();
    for (path, old, new) in [
        (RECEIVED, Some("107"), "12a"),
        (RECEIVED, Some("107"), "1.5"),
        ("report.published", Some("2024-03-10"), "2024-02-30"),
        ("report.year", Some("2023"), "2020"),
        ("agency.kind", Some("government"), "街道"),
        ("agency.name", Some("海东市人民政府"), "海东\u{7}市"),
        ("overview.parts[99].text", None, "甲"),
    ] {
        let (status, told) = stage.edit(&[value(path, old, Some(new))]);
        assert_eq!((status, told["wrong"][0]["path"].as_str()), (422, Some(path)), "{told}");
        assert!(!told["wrong"][0]["why"].as_str().unwrap().is_empty());
        assert_eq!(stage.file(), stage.good, "{path}");
    }
    let body = "{\"label\":\"\",\"changes\":[{\"kind\":\"value\"}]}";
    let answer = stage.ask("POST", &stage.at("edit"), &stage.own(&stage.token(), body), body);
    assert!(answer.starts_with("HTTP/1.1 400"), "{answer}");
    // Quotes of every kind are data, never syntax.
    let text = "甲'''乙\"\"\"丙\\丁\n[report]\nyear = 1";
    let old = stage.state()["values"]["problems.parts[0].text"].as_str().map(str::to_owned);
    let path = if old.is_some() { "problems.parts[0].text" } else { "problems.text" };
    let old = stage.state()["values"][path].as_str().map(str::to_owned);
    let (status, state) = stage.edit(&[value(path, old.as_deref(), Some(text))]);
    assert_eq!((status, state["values"][path].as_str()), (200, Some(text)));
    assert_eq!(state["values"]["report.year"], "2023");
    stage.form.stop();
}

#[test]
fn a_finding_is_accepted_with_reason_name_and_date_and_taken_back() {
    let stage = Stage::new();
    let (_, state) = stage.edit(&[value(RECEIVED, Some("107"), Some("108"))]);
    let finding = state["findings"]
        .as_array()
        .unwrap()
        .iter()
        .find(|f| f["code"] == "NB304" || f["code"] == "NB302");
    let finding = finding.unwrap();
    let waive = |reason: &str| json!({ "kind": "waive", "rule": finding["code"], "at": finding["field"], "reason": reason, "by": "张三", "date": "2024-03-01" });
    assert_eq!(stage.edit(&[waive(" ")]).0, 422);
    let (status, state) = stage.edit(&[waive("台账如此")]);
    assert_eq!((status, state["waived"][0]["by"].as_str()), (200, Some("张三")));
    let is_there = |state: &Value| {
        let mut all = state["findings"].as_array().unwrap().iter();
        all.any(|one| one["code"] == finding["code"] && one["field"] == finding["field"])
    };
    assert!(!is_there(&state));
    let (status, state) =
        stage.edit(&[json!({ "kind": "unwaive", "index": 0, "rule": finding["code"] })]);
    assert!(status == 200 && is_there(&state));
    stage.form.stop();
}

#[test]
fn the_smallest_repair_is_offered_and_everything_comes_out() {
    let stage = Stage::new();
    let (_, state) = stage.edit(&[value("requests.received.total", Some("128"), Some("138"))]);
    let repairs: Vec<&Value> = state["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|f| &f["repair"])
        .filter(|r| !r.is_null())
        .collect();
    let repair = repairs.first().unwrap_or_else(|| panic!("{state}"));
    assert!(
        stage.get("report.docx?download").contains("%EF%BC%88%E8%8D%89%E7%A8%BF%EF%BC%89"),
        "no draft"
    );
    let (_, state) = stage.edit(&[value(
        repair["path"].as_str().unwrap(),
        repair["old"].as_str(),
        repair["new"].as_str(),
    )]);
    assert_eq!(state["values"]["requests.received.total"], "128");
    for (path, begin) in [
        ("report.pdf", "%PDF-"),
        ("report.docx?download", "PK"),
        ("report.html", "<!DOCTYPE html>"),
        ("report.fragment", "<"),
        ("sheet.pdf", "%PDF-"),
    ] {
        let answer = stage.get(path);
        let body = answer.split_once("\r\n\r\n").unwrap().1;
        assert!(answer.starts_with("HTTP/1.1 200") && body.starts_with(begin), "{path}");
    }
    // A sheet that was made is said to be out of date as soon as anything changes.
    let state = stage.state();
    assert!(state["signed"].is_string() && state["signed"] == state["revision"]);
    let (_, state) = stage.edit(&[value("disclosure.penalties", Some("3523"), Some("3524"))]);
    assert!(state["signed"].is_string() && state["signed"] != state["revision"]);
    stage.form.stop();
}

#[test]
fn a_block_of_a_spreadsheet_is_planned_and_written_as_one_step() {
    let stage = Stage::new();
    let rows = json!([["1,070", "0"], ["两件", "—"]]);
    let (status, plan) = stage.post("paste", &json!({ "at": RECEIVED, "rows": rows }));
    assert_eq!(status, 200);
    let states: Vec<&str> =
        plan["writes"].as_array().unwrap().iter().map(|w| w["state"].as_str().unwrap()).collect();
    assert_eq!(states, ["replaces", "same", "unreadable", "blank"]);
    assert_eq!(stage.file(), stage.good, "planning wrote something");
    stage.form.stop();
}

#[test]
fn a_report_is_begun_from_nothing_and_from_last_year() {
    let good = nianbao::internals::files::read_text(&crate::support::project(
        "examples/haidong-2023.toml",
    ))
    .unwrap();
    let stage = Stage::of(&good, false);
    let page = stage.get("");
    assert!(
        page.contains("海东市人民政府2023年政府信息公开工作年度报告")
            && page.contains("value=\"2023\""),
        "{page}"
    );
    let wanted = json!({ "name": "2024年年报", "from": stage.path("年报.toml") });
    let (status, told) = stage.post("new", &wanted);
    assert_eq!(
        (status, told["to"].as_str().map(|to| to.starts_with("f/"))),
        (200, Some(true)),
        "{told}"
    );
    let state = parts(&stage.get(&format!("{}state", told["to"].as_str().unwrap()))).1;
    assert_eq!(state["values"]["report.year"], "2024");
    assert_eq!(state["last"][RECEIVED], "107");
    let begun = std::fs::read_to_string(stage.path("2024年年报.toml")).unwrap();
    assert_eq!(stage.post("new", &wanted).0, 500, "a file was made twice");
    assert_eq!(std::fs::read_to_string(stage.path("2024年年报.toml")).unwrap(), begun);
    let wanted = json!({ "name": "../外面", "year": 2024 });
    assert_eq!(stage.post("new", &wanted).0, 500);
    let wanted = json!({ "name": "乡", "year": 2024, "agency": "某某乡人民政府", "agency_kind": "government", "agency_level": "township" });
    assert_eq!(stage.post("new", &wanted).0, 200);
    assert!(page.contains("href=\"manual\""), "{page}");
    let manual = stage.get("manual");
    assert!(manual.starts_with("HTTP/1.1 200") && manual.contains("十步做完一份年报"));
    // Last year's report may be there only as it was published; of another file it is said that it holds none.
    let published = crate::support::project("tests/published/02-two-line-title.html");
    std::fs::copy(published, stage.path("公布的.html")).unwrap();
    std::fs::write(stage.path("别的.docx"), "这不是年报").unwrap();
    std::fs::write(stage.path("manual.pdf"), "手册").unwrap();
    let page = stage.get("");
    assert!(!page.contains("manual.pdf"), "the manual is offered as a report");
    assert!(page.contains("公布的.html") && page.contains("别的.docx"), "{page}");
    let wanted = json!({ "name": "接着公布的", "from": stage.path("公布的.html") });
    let (status, told) = stage.post("new", &wanted);
    assert_eq!(status, 200, "{told}");
    let begun = std::fs::read_to_string(stage.path("接着公布的.toml")).unwrap();
    assert!(begun.contains("previous = \"公布的.html\""), "{begun}");
    let wanted = json!({ "name": "接着别的", "from": stage.path("别的.docx") });
    assert_eq!(stage.post("new", &wanted).0, 500);
    assert!(!stage.path("接着别的.toml").try_exists().unwrap());
    // What is no data file is not opened, and so cannot be written.
    std::fs::write(stage.path("别的.toml"), "[package]\n").unwrap();
    assert_eq!(stage.post("open", &json!({ "path": "别的.toml" })).0, 500);
    assert_eq!(stage.post("open", &json!({ "path": "没有.toml" })).0, 500);
    assert!(stage.get("").contains("2024年年报.toml"));
    assert!(
        std::fs::read_to_string(stage.path("state/recent.json"))
            .unwrap()
            .contains("2024年年报.toml")
    );
    assert_eq!(stage.post("recent", &json!({ "is_on": false })).0, 200);
    assert!(
        !std::fs::read_to_string(stage.path("state/recent.json")).unwrap().contains("年报.toml")
    );
    stage.form.stop();
}

#[test]
fn a_file_that_vanished_is_written_anew_under_a_name_of_its_folder() {
    let stage = Stage::new();
    let (_, state) = stage.edit(&[value(RECEIVED, Some("107"), Some("108"))]);
    let last = stage.file();
    assert_eq!(state["name"], "年报.toml");
    std::fs::remove_file(stage.path("年报.toml")).unwrap();
    assert_eq!(parts(&stage.get("state")).0, 410);
    for wrong in ["../外面", "", "a/b"] {
        assert_eq!(stage.post("save-as", &json!({ "name": wrong })).0, 500, "{wrong}");
    }
    let (status, told) = stage.post("save-as", &json!({ "name": "另一份" }));
    assert_eq!(status, 200, "{told}");
    assert_eq!(std::fs::read_to_string(stage.path("另一份.toml")).unwrap(), last);
    assert!(told["to"].as_str().unwrap().starts_with("../") && told["file"].is_string());
    // What is there is never written over.
    assert_eq!(stage.post("save-as", &json!({ "name": "另一份" })).0, 500);
    assert_eq!(stage.post("save-as", &json!({ "name": "年报" })).0, 200);
    assert_eq!(stage.file(), last);
    stage.form.stop();
}

#[test]
fn the_severity_of_a_rule_is_chosen_and_everything_else_in_the_file_stays() {
    let stage = Stage::new();
    let level = |rule: &str, old: Option<&str>, new: Option<&str>| json!({ "kind": "level", "rule": rule, "old": old, "new": new });
    let (status, state) = stage.edit(&[level("NB812", None, Some("off"))]);
    assert_eq!((status, &state["levels"]), (200, &json!([["NB812", "off"]])), "{state}");
    let first = stage.file();
    assert!(first.contains("NB812 = \"off\""), "{first}");
    // A remark beside it stays when another is chosen, and when another rule comes and goes.
    stage.save(&first.replace("NB812 = \"off\"", "NB812 = \"off\"   # 县里要求长"));
    let noted = stage.file();
    assert_eq!(stage.edit(&[level("NB812", Some("off"), Some("warning"))]).0, 200);
    assert_eq!(stage.file(), noted.replace("\"off\"   #", "\"warning\"   #"));
    assert_eq!(stage.edit(&[level("NB807", None, Some("hint"))]).0, 200);
    assert!(stage.file().contains("NB807 = \"hint\"") && stage.file().contains("# 县里要求长"));
    assert_eq!(stage.edit(&[level("NB807", Some("hint"), None)]).0, 200);
    assert_eq!(stage.file(), noted.replace("\"off\"   #", "\"warning\"   #"));
    // What was chosen elsewhere meanwhile is named, and what nobody may soften is refused.
    let (status, told) = stage.edit(&[level("NB812", Some("off"), Some("hint"))]);
    assert_eq!((status, told["conflicts"][0]["theirs"].as_str()), (409, Some("warning")));
    assert_eq!(stage.edit(&[level("NB302", None, Some("off"))]).0, 422);
    assert_eq!(stage.edit(&[level("NB812", Some("warning"), Some("leise"))]).0, 422);
    stage.form.stop();
}

#[test]
fn a_remark_that_was_changed_elsewhere_is_told_from_its_figure() {
    let stage = Stage::new();
    let note = |old: Option<&str>, new: &str| json!({ "kind": "note", "path": RECEIVED, "old": old, "new": new });
    assert_eq!(stage.edit(&[note(None, "其中2件重复")]).0, 200);
    stage.save(&stage.file().replace("其中2件重复", "其中3件重复"));
    let (status, told) = stage.edit(&[note(Some("其中2件重复"), "其中4件重复")]);
    let theirs = json!([{ "path": RECEIVED, "is_note": true, "theirs": "其中3件重复" }]);
    assert_eq!((status, &told["conflicts"]), (409, &theirs));
    stage.form.stop();
}

#[test]
fn a_file_of_the_folder_is_chosen_and_a_check_sheet_is_known_again() {
    let stage = Stage::new();
    std::fs::write(stage.path("去年.toml"), &stage.good).unwrap();
    std::fs::write(stage.path("单位.toml"), "[[units]]\nname = \"某某镇\"\n").unwrap();
    let page = stage.get("");
    let choices = |path: &str| {
        let select = page.split(&format!("<select id=\"{path}\"")).nth(1).unwrap();
        select.split("</select>").next().unwrap().to_owned()
    };
    let previous = choices("report.previous");
    assert!(previous.contains("<option value=\"去年.toml\">海东市人民政府2023年"), "{previous}");
    assert!(!previous.contains("年报.toml\"") && !previous.contains("单位.toml"), "{previous}");
    assert!(choices("report.units").contains("value=\"单位.toml\""));
    assert!(stage.get("sheet.pdf").starts_with("HTTP/1.1 200"));
    let signed = stage.state()["signed"].clone();
    let Stage { folder, form, good } = stage;
    form.stop();
    // A later run still knows of which text it was made.
    let again = Stage::again(folder, good);
    let state = again.state();
    assert!(state["signed"] == signed && signed == state["revision"], "{state}");
    again.form.stop();
}
