//! Findings in every format, for people and for other programs; and what the codes mean.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::support::{expect_file, nianbao, printed, project};

/// Two findings in one row, a text that is cut, a waiver, and something that cannot be judged.
const FILE: &str = "many-findings.toml";

fn check(format: &str, more: &[&str]) -> String {
    let arguments = [&["check", "--output-format", format], more, &[FILE]].concat();
    printed(&nianbao(&project("tests/output"), &arguments))
}

fn json(format: &str, more: &[&str], files: &[&str]) -> Value {
    let arguments = [&["check", "--output-format", format], more, files].concat();
    let output = nianbao(&project("tests/output"), &arguments);
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn people_read_findings_in_full_or_on_one_line_each() {
    expect_file("tests/output/full.txt", &check("full", &["--waived"]));
    expect_file("tests/output/concise.txt", &check("concise", &["--waived"]));
    expect_file("tests/output/github.txt", &check("github", &["--waived"]));
}

#[test]
fn findings_are_left_out_of_the_list_when_waived() {
    let text = check("concise", &[]);
    assert!(text.contains("已豁免 1 处（用 --waived 列出）") && !text.contains("理由："), "{text}");
}

#[test]
fn the_json_keeps_its_promise() {
    let log = json("json", &[], &[FILE, "nowhere.toml"]);
    assert_eq!(log["version"], 1);
    assert_eq!(log["program"]["name"], "nianbao");
    let file = &log["files"][0];
    assert_eq!((&file["path"], &file["error"]), (&Value::from(FILE), &Value::Null));
    let text = nianbao::internals::files::read_text(&project("tests/output").join(FILE)).unwrap();
    assert_eq!(file["sha256"].as_str().unwrap().len(), 64);
    assert_eq!(file["report"]["year"], 2024);
    let counts = &file["counts"];
    let n = |key: &str| counts[key].as_u64().unwrap();
    let findings = file["findings"].as_array().unwrap();
    assert_eq!(n("errors") + n("warnings") + n("hints"), findings.len() as u64);
    assert_eq!(n("waived"), file["waived"].as_array().unwrap().len() as u64);
    let rules = |key: &str| counts["rules"][key].as_u64().unwrap();
    let all = nianbao::rules::rules_of(nianbao::edition::Edition::Y2021).count();
    assert_eq!(rules("all"), all as u64);
    let keys: Vec<&str> = nianbao::diag::Authority::ALL.iter().map(|one| one.key()).collect();
    for finding in findings {
        let is_rule = finding["code"].as_str().unwrap().starts_with("NB");
        let authority = finding["authority"].as_str();
        assert_eq!(is_rule, authority.is_some_and(|key| keys.contains(&key)), "{finding}");
    }
    let parts = ["passed", "found", "waived", "unassessed", "off"];
    assert_eq!(rules("all"), parts.into_iter().map(rules).sum::<u64>());
    let mut offset = 0;
    for finding in findings {
        let place = &finding["location"];
        let at = |end: &str, key: &str| place[end][key].as_u64().unwrap() as usize;
        assert!(at("start", "offset") >= offset, "not in order: {finding}");
        offset = at("start", "offset");
        let line = text.lines().nth(at("start", "line") - 1).unwrap();
        let marked = &text[offset..at("end", "offset")];
        let first = line.chars().nth(at("start", "column") - 1);
        assert_eq!(marked.chars().next(), first, "{finding}");
        assert!(["error", "warning", "hint"].contains(&finding["severity"].as_str().unwrap()));
        assert!(!finding["message"].as_str().unwrap().is_empty());
    }
    let waived = &file["waived"][0];
    assert_eq!(waived["finding"]["code"], "NB105");
    assert_eq!(waived["waiver"]["by"], "某某");
    let broken = &log["files"][1];
    assert!(broken["error"].as_str().unwrap().contains("没有这个文件"));
    assert_eq!(broken["findings"], Value::Array(Vec::new()));
}

#[test]
fn fingerprints_stay_when_lines_move() {
    let folder = tempfile::tempdir().unwrap();
    let text = nianbao::internals::files::read_text(&project("tests/output").join(FILE)).unwrap();
    let names = |text: &str| {
        nianbao::internals::files::write_whole(&folder.path().join("a.toml"), text.as_bytes())
            .unwrap();
        let output = nianbao(folder.path(), &["check", "--output-format", "json", "a.toml"]);
        let log: Value = serde_json::from_slice(&output.stdout).unwrap();
        let findings = log["files"][0]["findings"].as_array().unwrap().clone();
        findings.iter().map(|f| f["fingerprint"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let before = names(&text);
    assert_eq!(before, names(&format!("# 说明\n\n{text}")));
    let mut distinct = before.clone();
    distinct.sort();
    distinct.dedup();
    assert_eq!(distinct.len(), before.len());
}

/// The demands of the specification, and those of GitHub beyond it.
#[test]
fn the_sarif_is_what_code_scanning_takes() {
    let log = json("sarif", &[], &[FILE, "../ui/DF01-open-ends.toml", "nowhere.toml"]);
    assert_eq!(log["version"], "2.1.0");
    assert!(log["$schema"].as_str().unwrap().ends_with("sarif-2.1.0.json"));
    let run = &log["runs"][0];
    let driver = &run["tool"]["driver"];
    assert_eq!(driver["name"], "nianbao");
    let rules = driver["rules"].as_array().unwrap();
    for rule in rules {
        for text in ["id", "name"] {
            assert!((1..=255).contains(&rule[text].as_str().unwrap().len()), "{rule}");
        }
        assert!(rule["fullDescription"]["text"].as_str().unwrap().chars().count() <= 1024);
        for text in ["shortDescription", "fullDescription", "help"] {
            let text = rule[text]["text"].as_str().unwrap();
            assert!(!text.trim().is_empty(), "{rule}");
        }
        assert!(
            ["error", "warning", "note"]
                .contains(&rule["defaultConfiguration"]["level"].as_str().unwrap())
        );
        assert!(rule.get("helpUri").is_none());
    }
    let results = run["results"].as_array().unwrap();
    assert!(results.len() > 5);
    for result in results {
        let index = result["ruleIndex"].as_u64().unwrap() as usize;
        assert_eq!(rules[index]["id"], result["ruleId"]);
        assert!(!result["message"]["text"].as_str().unwrap().is_empty());
        assert!(result["partialFingerprints"]["primaryLocationLineHash"].is_string());
        let related = result["relatedLocations"].as_array().cloned().unwrap_or_default();
        for location in result["locations"].as_array().unwrap().iter().chain(&related) {
            let place = &location["physicalLocation"];
            let artifact = &place["artifactLocation"];
            let uri = artifact["uri"].as_str().unwrap();
            assert!(uri.is_ascii() && !uri.contains(['\\', ' ']), "{uri}");
            let listed = &run["artifacts"][artifact["index"].as_u64().unwrap() as usize];
            assert_eq!(listed["location"]["uri"], uri);
            let number = |key: &str| place["region"][key].as_u64();
            let start = (number("startLine").unwrap(), number("startColumn").unwrap());
            assert!(start.0 >= 1 && start.1 >= 1);
            if let (Some(line), Some(column)) = (number("endLine"), number("endColumn")) {
                assert!((line, column) > start, "{result}");
            }
        }
        assert!(result.get("suppressions").is_none());
    }
    let invocation = &run["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], false, "one file is not there");
    let notices = invocation["toolExecutionNotifications"].as_array().unwrap();
    assert!(notices.iter().any(|n| n["level"] == "error"));
}

#[test]
fn what_is_waived_is_suppressed_in_sarif_when_asked_for() {
    let log = json("sarif", &["--waived"], &[FILE]);
    let results = log["runs"][0]["results"].as_array().unwrap();
    let suppressed: Vec<&Value> =
        results.iter().filter(|r| r.get("suppressions").is_some()).collect();
    assert_eq!(suppressed.len(), 1);
    assert_eq!(suppressed[0]["ruleId"], "NB105");
    let suppression = &suppressed[0]["suppressions"][0];
    assert_eq!(
        (&suppression["kind"], &suppression["status"]),
        (&"inSource".into(), &"accepted".into())
    );
    assert!(suppression["justification"].as_str().unwrap().contains("某某"));
}

#[test]
fn the_environment_chooses_the_format_when_the_command_line_does_not() {
    let run = |variable: &str, arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_nianbao"))
            .args(arguments)
            .current_dir(project("tests/output"))
            .env_clear()
            .env("NIANBAO_OUTPUT_FORMAT", variable)
            .output()
            .unwrap();
        printed(&output)
    };
    assert_eq!(run("concise", &["check", FILE]), check("concise", &[]));
    assert_eq!(run("", &["check", FILE]), check("full", &[]));
    assert_eq!(run("json", &["check", "--output-format", "concise", FILE]), check("concise", &[]));
    let folder = tempfile::tempdir().unwrap();
    let build = ["build", FILE, "--out", folder.path().to_str().unwrap()];
    let typed = [&build[..], &["--output-format", "json"]].concat();
    assert_eq!(run("json", &build), run("", &typed));
    for command in [&["check", FILE][..], &build] {
        let refused = run("xml", command);
        assert!(
            refused.contains("NIANBAO_OUTPUT_FORMAT 不能写“xml”，可以写 full、concise"),
            "{refused}"
        );
        assert!(refused.ends_with("── exit 2 ──\n"), "{refused}");
    }
}

/// A disk that is full when a list is written to it, as with `nianbao check … > list.json`.
#[cfg(target_os = "linux")]
#[test]
fn half_a_list_is_no_success() {
    let into = |arguments: &[&str], target: std::process::Stdio| {
        let output = Command::new(env!("CARGO_BIN_EXE_nianbao"))
            .args(arguments)
            .current_dir(project("tests/output"))
            .env_clear()
            .stdout(target)
            .stderr(std::process::Stdio::piped())
            .spawn()
            .unwrap()
            .wait_with_output()
            .unwrap();
        printed(&output)
    };
    let full = || std::fs::File::options().write(true).open("/dev/full").unwrap().into();
    for arguments in [
        &["check", "--output-format", "json", "../ui/clean.toml"][..],
        &["check", "--output-format", "concise", "../ui/clean.toml"],
        &["explain"],
        &["schema"],
        &["--help"],
    ] {
        let said = into(arguments, full());
        let expected = "── stderr ──\n错误：结果没有全部输出：磁盘已满\n── exit 2 ──\n";
        assert_eq!(said, expected, "{arguments:?}");
    }
    // Whoever has read enough, as `head` does, takes nothing away from the result.
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    assert_eq!(into(&["explain"], writer.into()), "── exit 0 ──\n");
}

#[test]
fn every_code_is_explained() {
    let run = |arguments: &[&str]| {
        let arguments = [&["explain"], arguments].concat();
        printed(&nianbao(Path::new("."), &arguments))
    };
    let list = run(&[]);
    let rules = nianbao::rules::RULES.iter().map(|r| (r.code, r.title, r.docs.what));
    let all = rules.chain(nianbao::problems().map(|p| (p.code, p.title, p.docs.what)));
    for (code, title, what) in all {
        assert!(list.lines().any(|line| line.starts_with(code) && line.ends_with(title)));
        let text = run(&[&code.to_lowercase()]);
        assert!(text.starts_with(&format!("{code}  {title}\n")) && text.contains(what), "{text}");
    }
    let json: Value =
        serde_json::from_str(run(&["--output-format", "json"]).split("── exit").next().unwrap())
            .unwrap();
    assert!(json.as_array().unwrap().iter().any(|rule| rule["code"] == "NB302"
        && rule["basis"][0].as_str().unwrap().contains("〔2021〕30号")));
    let mut text = String::new();
    for arguments in [
        &["NB302"][..],
        &["DF11"],
        &["requests-unbalanced", "--output-format", "json"],
        &["NB32"],
        &["怎么填"],
    ] {
        text.push_str(&format!("$ nianbao explain {}\n{}\n", arguments.join(" "), run(arguments)));
    }
    expect_file("tests/output/explain.txt", &text);
}
