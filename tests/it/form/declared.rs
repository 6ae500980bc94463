//! What a clerk declares beside the figures: remarks on rows and tables, and whose the figures of a text are.

use serde_json::{Value, json};

use super::RECEIVED;
use super::stage::Stage;

const TEXT: &str = "overview.parts[1].text";

fn scope(words: Option<&str>, whose: &str, reason: &str) -> Value {
    json!({ "kind": "scope", "at": TEXT, "words": words, "whose": whose, "reason": reason })
}

#[test]
fn remarks_stand_on_rows_and_tables_and_nowhere_else() {
    let stage = Stage::new();
    let note =
        |path: &str| json!({ "kind": "note", "path": path, "old": null, "new": "含代收的2件" });
    let all = ["requests.received", "requests.outcome.refused", "requests", "disclosure.penalties"];
    let (status, state) = stage.edit(&all.map(note));
    assert_eq!(status, 200);
    for at in all {
        assert_eq!(state["notes"][at], "含代收的2件", "{at}");
        assert!(stage.file().contains(&format!("at = \"{at}\"\n")), "{at}");
    }
    for at in ["", "overview", "requests.nothing", "other.handling_fee", "agency.name"] {
        let (status, told) = stage.edit(&[note(at)]);
        assert_eq!((status, told["refused"].as_str()), (422, Some("wrong")), "{at}: {told}");
    }
    let page = stage.get("");
    assert!(page.contains("“（三）不予公开”各行") && page.contains("整张表"), "{page}");
    stage.form.stop();
}

#[test]
fn the_scope_of_figures_is_declared_by_sentence_and_taken_back() {
    let stage = Stage::new();
    let old = stage.state()["values"][TEXT].as_str().unwrap().to_owned();
    let text = format!("{old}\n下属事业单位收到申请998件。下属事业单位办结997件。");
    stage.edit(&[super::value(TEXT, Some(&old), Some(&text))]);
    for (change, why) in [
        (scope(Some("下属事业单位"), "other", "含下属单位"), "不止一句"),
        (scope(Some("没有的字"), "other", "含下属单位"), "没有这几个字"),
        (scope(None, "other", " "), "请写理由"),
        (scope(None, "谁", "含下属单位"), "请选"),
    ] {
        let (status, told) = stage.edit(&[change]);
        let said = told["wrong"][0]["why"].as_str().unwrap_or_default();
        assert!(status == 422 && said.contains(why), "{told}");
    }
    let (status, state) = stage.edit(&[scope(Some("收到申请998件"), "other", "含下属单位")]);
    assert_eq!((status, state["scopes"][0]["reason"].as_str()), (200, Some("含下属单位")));
    let told = |state: &Value, figure: &str, at: &str| {
        let figures = state["texts"][at]["figures"].as_array().unwrap();
        let seen = figures.iter().find(|seen| seen["figure"] == figure);
        seen.unwrap_or_else(|| panic!("{figure} in {at}: {figures:?}"))["explanation"].clone()
    };
    assert!(told(&state, "998件", TEXT).as_str().unwrap().contains("含下属单位"));
    assert!(!told(&state, "997件", TEXT).as_str().unwrap().contains("含下属单位"));
    // It goes with its part wherever that goes, and not to what takes its place.
    let (_, state) =
        stage.edit(&[json!({ "kind": "swap_parts", "section": "overview", "index": 0 })]);
    assert_eq!(state["scopes"][0]["at"], "overview.parts[0].text");
    assert!(
        told(&state, "998件", "overview.parts[0].text").as_str().unwrap().contains("含下属单位")
    );
    let taken_back = json!({ "kind": "unscope", "index": 0, "at": TEXT });
    assert_eq!(stage.edit(&[taken_back]).0, 409, "another declaration was taken back");
    let words = |at: &str| {
        let parts = ["heading", "text"].map(|key| state["values"][format!("{at}.{key}")].as_str());
        parts.into_iter().flatten().collect::<Vec<_>>().join("\n")
    };
    let gone = json!({ "kind": "remove_part", "section": "overview", "index": 0, "old": words("overview.parts[0]") });
    let (status, state) = stage.edit(&[gone]);
    assert_eq!((status, state["scopes"].as_array().map(Vec::len)), (200, Some(0)));
    stage.post("undo", &json!({}));
    let back = json!({ "kind": "unscope", "index": 0, "at": "overview.parts[0].text" });
    let (status, state) = stage.edit(&[back]);
    assert_eq!((status, state["scopes"].as_array().map(Vec::len)), (200, Some(0)));
    for _ in 0..state["n_steps"].as_u64().unwrap() {
        assert_eq!(stage.post("undo", &json!({})).0, 200);
    }
    assert_eq!(stage.file(), stage.good);
    stage.form.stop();
}

#[test]
fn what_was_accepted_in_a_part_goes_with_it() {
    let stage = Stage::new();
    let waive = json!({ "kind": "waive", "rule": "NB801", "at": TEXT, "reason": "照文件", "by": "张三", "date": "2024-03-01" });
    stage.edit(&[waive]);
    stage.edit(&[json!({ "kind": "swap_parts", "section": "overview", "index": 1 })]);
    assert!(stage.file().contains("at = \"overview.parts[2].text\""), "{}", stage.file());
    stage.form.stop();
}

#[test]
fn the_version_that_a_file_needs_is_one_that_can_read_it() {
    let stage = Stage::new();
    for (typed, why) in [("99.0", "或更新的版本"), ("新版", "不是版本号")] {
        let (status, told) = stage.edit(&[super::value("needs", None, Some(typed))]);
        let said = told["wrong"][0]["why"].as_str().unwrap_or_default();
        assert!(status == 422 && said.contains(why), "{told}");
    }
    let (status, state) = stage.edit(&[super::value("needs", None, Some("0.1"))]);
    assert_eq!((status, &state["values"]["needs"]), (200, &json!("0.1")));
    // Below the other keys of the file itself, before its first table.
    let format = stage.good.lines().find(|line| line.starts_with("format")).unwrap();
    assert!(stage.file().contains(&format!("{format}\nneeds = \"0.1\"\n\n[report]")));
    assert_eq!(stage.edit(&[super::value("needs", Some("0.1"), None)]).0, 200);
    stage.form.stop();
}

#[test]
fn the_start_page_says_what_else_lies_there_and_reads_it_in() {
    let good = nianbao::internals::files::read_text(&crate::support::project(
        "examples/haidong-2023.toml",
    ))
    .unwrap();
    let stage = Stage::of(&good, false);
    let published = crate::support::project("tests/published/02-two-line-title.html");
    let bytes = nianbao::internals::files::read_text(&published).unwrap();
    let put = |name: &str, text: &str| {
        nianbao::internals::files::write_whole(&stage.path(name), text.as_bytes()).unwrap();
    };
    put("公布稿.html", &bytes);
    put("units.toml", "agency = \"某某市\"\n[[units]]\nname = \"某某县\"\nreport = \"a.toml\"\n");
    let page = stage.get("");
    let (_, opened) = page.split_once("id=\"t-open\"").unwrap();
    let (opened, _) = opened.split_once("id=\"t-next\"").unwrap();
    let data_files = opened.matches("data-open=").count();
    assert_eq!((data_files, opened.matches("data-read=").count()), (1, 1), "{opened}");
    assert!(opened.contains("公布稿.html"), "{opened}");
    assert!(page.contains("data-list=\"") && page.contains(">units.toml</span>"), "{page}");
    let wanted = json!({ "name": "读入的", "read": stage.path("公布稿.html") });
    let (status, told) = stage.post("new", &wanted);
    assert_eq!(status, 200, "{told}");
    assert!(told["doubts"].is_array());
    let text = nianbao::internals::files::read_text(&stage.path("读入的.toml")).unwrap();
    assert!(text.contains("公布稿.html") && text.contains("[requests]"), "{text}");
    let state = super::parts(&stage.get(&format!("{}state", told["to"].as_str().unwrap()))).1;
    assert!(state["values"][RECEIVED].is_string(), "{state}");
    // Another kind of file is refused, and nothing is written.
    put("不是.pdf", "x");
    let (status, told) =
        stage.post("new", &json!({ "name": "乙", "read": stage.path("不是.pdf") }));
    assert!(status == 500 && !stage.path("乙.toml").exists(), "{told}");
    stage.form.stop();
}

#[test]
fn a_figure_is_traced_as_the_command_line_traces_it() {
    let stage = Stage::new();
    let (status, traced) = super::parts(&stage.get("trace?requests.received.total"));
    assert_eq!(status, 200);
    assert_eq!(traced["now"], "128");
    let codes: Vec<&str> = traced["equations"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["code"].as_str().unwrap())
        .collect();
    assert_eq!(codes, ["NB302", "NB304"]);
    assert_eq!(traced["told"][0]["field"], TEXT);
    // A figure of a text leads to the cell that it tells, by its address and its name.
    let figures = stage.state()["texts"][TEXT]["figures"].clone();
    let own = figures.as_array().unwrap().iter().find(|one| one["figure"] == "128件").unwrap();
    assert_eq!(own["cells"][0], json!(["requests.received.total", traced["name"]]), "{own}");
    assert_eq!(super::parts(&stage.get("trace?agency.name")).0, 404);
    assert_eq!(super::parts(&stage.get("trace?")).0, 404);
    stage.form.stop();
}

#[test]
fn sources_are_written_changed_and_taken_away() {
    let stage = Stage::new();
    let source = |path: &str, old: Value, new: Value| json!({ "kind": "source", "path": path, "old": old, "new": new });
    let typed = |from: &str, date: &str| json!({ "from": from, "date": date, "by": "李某" });
    let (status, state) = stage.edit(&[source("requests", Value::Null, typed("登记台账", ""))]);
    assert_eq!((status, &state["sources"][0]["from"]), (200, &json!("登记台账")));
    assert!(
        stage
            .file()
            .contains("[[sources]]\nat = \"requests\"\nfrom = \"登记台账\"\nby = \"李某\"\n")
    );
    assert!(state["without_source"].as_array().is_some_and(|left| left.len() > 1), "{state}");
    let (status, _) =
        stage.edit(&[source("requests", typed("登记台账", ""), typed("另一本", "2024-01-05"))]);
    assert!(status == 200 && stage.file().contains("date = 2024-01-05"), "{}", stage.file());
    // What is no longer as it was shown is not taken away, and not written over: not its date, either.
    for old in [typed("登记台账", ""), typed("另一本", "2024-01-04"), Value::Null] {
        assert_eq!(stage.edit(&[source("requests", old, Value::Null)]).0, 409);
    }
    for (path, new) in [
        ("agency.name", typed("台账", "")),
        ("requests.received", typed(" ", "")),
        ("requests.received", typed("台账", "去年")),
    ] {
        let (status, told) = stage.edit(&[source(path, Value::Null, new)]);
        assert_eq!((status, told["refused"].as_str()), (422, Some("wrong")), "{path}: {told}");
    }
    let traced = super::parts(&stage.get("trace?requests.received.total")).1;
    assert_eq!(traced["sources"][0], "另一本（2024-01-05，李某）");
    let fee = source("other.handling_fee", Value::Null, typed("财务", ""));
    assert_eq!(stage.edit(&[fee]).0, 200);
    let (status, state) =
        stage.edit(&[source("requests", typed("另一本", "2024-01-05"), Value::Null)]);
    assert_eq!((status, state["sources"].as_array().map(Vec::len)), (200, Some(1)));
    for _ in 0..state["n_steps"].as_u64().unwrap() {
        assert_eq!(stage.post("undo", &json!({})).0, 200);
    }
    assert_eq!(stage.file(), stage.good);
    stage.form.stop();
}

#[test]
fn of_two_sources_of_the_same_figures_one_is_changed_or_taken_away() {
    let stage = Stage::new();
    let own = |from: &str| format!("\n[[sources]]\nat = \"requests\"\nfrom = \"{from}\"\n");
    let both = format!("{}{}{}", stage.good.trim_end(), own("登记台账"), own("收文簿"));
    stage.save(&both);
    let typed = |from: &str| json!({ "from": from, "date": "", "by": "" });
    let change = |old: &str, new: Value| json!({ "kind": "source", "path": "requests", "old": typed(old), "new": new });
    let (status, state) = stage.edit(&[change("收文簿", typed("收文登记簿"))]);
    assert_eq!((status, state["sources"].as_array().map(Vec::len)), (200, Some(2)), "{state}");
    assert_eq!(stage.file(), both.replace("收文簿", "收文登记簿"));
    let (status, state) = stage.edit(&[change("登记台账", Value::Null)]);
    assert_eq!((status, &state["sources"][0]["from"]), (200, &json!("收文登记簿")), "{state}");
    assert_eq!(state["sources"].as_array().map(Vec::len), Some(1));
    stage.form.stop();
}

#[test]
fn the_file_of_a_second_entry_is_begun_in_the_form_and_shows_nothing_but_tables() {
    let stage = Stage::new();
    let (status, told) = stage.post("second", &json!({}));
    assert_eq!((status, told["name"].as_str()), (200, Some("年报.复核.toml")), "{told}");
    assert_eq!(stage.post("second", &json!({})).0, 500, "what was entered is written over");
    let state = stage.state();
    assert_eq!(state["values"]["second.entry"], "年报.复核.toml");
    assert_eq!(
        (&state["is_second"], &state["second"]["is_settled"]),
        (&json!(false), &json!(false))
    );
    let said = |state: &Value| -> Vec<String> {
        let found = state["findings"].as_array().unwrap().iter();
        let own = found.filter(|one| one["code"] == "SE01");
        own.map(|one| one["message"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(said(&state), ["第二人还没有录入"]);
    let root = format!("{}/", stage.at("").split_once("/f/").unwrap().0);
    let open = json!({ "path": "年报.复核.toml" }).to_string();
    let answer =
        stage.ask("POST", &format!("{root}open"), &stage.own(&stage.token(), &open), &open);
    let to = super::parts(&answer).1["to"].as_str().unwrap().to_owned();
    let ask = |path: &str, body: Option<Value>| {
        let address = format!("{root}{to}{path}");
        let answer = match body {
            None => stage.ask("GET", &address, &format!("Host: {}\r\n", stage.host()), ""),
            Some(body) => {
                let body = body.to_string();
                stage.ask("POST", &address, &stage.own(&stage.token(), &body), &body)
            }
        };
        super::parts(&answer).1
    };
    let second = ask("state", None);
    assert_eq!(second["is_second"], true);
    // No figure of the first is told, and nothing is asked for but tables.
    assert!(
        second["values"].get(RECEIVED).is_none() && second["last"].as_object().unwrap().is_empty()
    );
    for finding in second["findings"].as_array().unwrap() {
        let section = finding["section"].as_str().unwrap();
        assert!(["disclosure", "requests", "challenges"].contains(&section), "{finding}");
    }
    let edit = json!({ "label": "填", "changes": [super::value(RECEIVED, None, Some("9871"))] });
    let second = ask("edit", Some(edit));
    let told = said(&second);
    assert!(told.len() == 1 && told[0].contains("不同") && !told[0].contains("107"), "{told:?}");
    let told = said(&stage.state());
    assert!(
        told.iter().any(|one| one.contains("不同")) && !told.iter().any(|one| one.contains("9871")),
        "{told:?}"
    );
    stage.form.stop();
}
