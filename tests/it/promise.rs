//! The promises to other programs: exit codes, the codes of rules, and the form of JSON, held against the last release.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::support::{example, files, nianbao, project, write};

/// The folder of the last release.
fn last_release() -> String {
    let folders = std::fs::read_dir(project("tests/promise")).unwrap().map(|e| e.unwrap().path());
    let mut releases: Vec<Vec<u32>> = folders
        .filter(|path| path.is_dir())
        .map(|path| path.file_name().unwrap().to_string_lossy().into_owned())
        .map(|name| name.split('.').map(|part| part.parse().unwrap()).collect())
        .collect();
    releases.sort();
    let last: Vec<String> = releases.pop().unwrap().iter().map(u32::to_string).collect();
    format!("tests/promise/{}", last.join("."))
}

fn schema(path: &str) -> Value {
    serde_json::from_str(&nianbao::internals::files::read_text(&project(path)).unwrap()).unwrap()
}

/// The errors of a value by a schema; as much of JSON Schema as ours uses.
fn wrong(root: &Value, schema: &Value, value: &Value, at: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (key, rule) in schema.as_object().unwrap() {
        let all = || rule.as_array().unwrap().iter();
        let is_right = |schema: &Value| wrong(root, schema, value, at).is_empty();
        let is_type = |name: &str| match name {
            "object" => value.is_object(),
            "array" => value.is_array(),
            "string" => value.is_string(),
            "boolean" => value.is_boolean(),
            "integer" => value.is_i64() || value.is_u64(),
            "null" => value.is_null(),
            other => panic!("no type {other}"),
        };
        let ok = match key.as_str() {
            "$ref" => {
                let name = rule.as_str().unwrap().rsplit('/').next().unwrap();
                found.extend(wrong(root, &root["$defs"][name], value, at));
                true
            }
            "type" => match rule {
                Value::Array(names) => names.iter().any(|name| is_type(name.as_str().unwrap())),
                name => is_type(name.as_str().unwrap()),
            },
            "const" => rule == value,
            "enum" => all().any(|one| one == value),
            "minimum" => value.as_i64().is_none_or(|n| n >= rule.as_i64().unwrap()),
            "required" => all().all(|key| value.get(key.as_str().unwrap()).is_some()),
            "properties" => {
                for (key, inner) in rule.as_object().unwrap() {
                    if let Some(value) = value.get(key) {
                        found.extend(wrong(root, inner, value, &format!("{at}.{key}")));
                    }
                }
                true
            }
            "items" => {
                for (i, value) in value.as_array().into_iter().flatten().enumerate() {
                    found.extend(wrong(root, rule, value, &format!("{at}[{i}]")));
                }
                true
            }
            "allOf" => {
                all().for_each(|schema| found.extend(wrong(root, schema, value, at)));
                true
            }
            "anyOf" => all().any(is_right),
            "oneOf" => all().filter(|schema| is_right(schema)).count() == 1,
            "not" => !is_right(rule),
            "pattern" => value.as_str().is_some_and(|code| {
                let (head, digits) = code.split_at(2);
                ["NB", "DF", "TP"].contains(&head) && digits.bytes().all(|b| b.is_ascii_digit())
            }),
            "$schema" | "title" | "description" | "$defs" => true,
            other => panic!("a rule this test does not know: {other}"),
        };
        if !ok {
            found.push(format!("{at}: {key} {rule}"));
        }
    }
    found
}

/// Everything that `json` and `jsonl` write in the tests, and what a build writes.
fn outputs() -> Vec<Value> {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "good.toml", &example("gaoping-2023"));
    write(folder.path(), "broken.toml", "format = \"2021\"\n[report\n");
    for path in files("tests/ui", "toml") {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        write(
            folder.path(),
            &name,
            &nianbao::internals::files::read_text(&path).unwrap_or_default(),
        );
    }
    let many =
        nianbao::internals::files::read_text(&project("tests/output/many-findings.toml")).unwrap();
    write(folder.path(), "many.toml", &many);
    let mut outputs = Vec::new();
    for command in ["check", "build"] {
        let more: &[&str] =
            if command == "build" { &["--format", "html", "--out", "o"] } else { &["--coverage"] };
        let run = |format: &str| {
            let arguments =
                [&[command, ".", "none.toml", "--output-format", format], more].concat();
            String::from_utf8(nianbao(folder.path(), &arguments).stdout).unwrap()
        };
        outputs.push(serde_json::from_str(&run("json")).unwrap());
        outputs.extend(run("jsonl").lines().map(|line| serde_json::from_str(line).unwrap()));
    }
    assert!(outputs.len() > 80, "{}", outputs.len());
    outputs
}

#[test]
fn every_output_is_as_both_schemas_say() {
    let today = schema("docs/findings.schema.json");
    let last = schema(&format!("{}/findings.schema.json", last_release()));
    for output in outputs() {
        for schema in [&today, &last] {
            let form = if output.get("files").is_some() { "output" } else { "line" };
            let found = wrong(schema, &schema["$defs"][form], &output, form);
            assert!(found.is_empty(), "{found:#?}");
            assert!(wrong(schema, schema, &output, "").is_empty());
        }
        assert_eq!(output["schema_version"], 1);
    }
    // A check that cannot fail would hold nothing.
    let mut spoilt = outputs().remove(0);
    spoilt["files"][0]["counts"]["errors"] = "3".into();
    assert!(!wrong(&last, &last["$defs"]["output"], &spoilt, "").is_empty());
    spoilt.as_object_mut().unwrap().remove("files");
    assert!(!wrong(&last, &last["$defs"]["output"], &spoilt, "").is_empty());
}

/// All that a program could rely on by the schema of the last release, it still can.
#[test]
fn the_schema_of_the_last_release_is_still_kept() {
    let today = schema("docs/findings.schema.json");
    let last = schema(&format!("{}/findings.schema.json", last_release()));
    let still = |old: &Value, new: &Value, at: &str| -> Vec<String> {
        fn still(old: &Value, new: &Value, at: &str) -> Vec<String> {
            match (old, new) {
                (Value::Object(old), Value::Object(new)) => old
                    .iter()
                    .filter(|(key, _)| *key != "description")
                    .flat_map(|(key, old)| match new.get(key) {
                        Some(new) => still(old, new, &format!("{at}/{key}")),
                        None => vec![format!("{at}/{key} is gone")],
                    })
                    .collect(),
                (Value::Array(old), Value::Array(new)) => {
                    let lacking = old
                        .iter()
                        .filter(|one| !new.iter().any(|other| still(one, other, at).is_empty()));
                    lacking.map(|one| format!("{at}: {one} is gone")).collect()
                }
                (old, new) if old == new => Vec::new(),
                (old, new) => vec![format!("{at}: {old} is {new}")],
            }
        }
        still(old, new, at)
    };
    assert_eq!(still(&last, &today, ""), Vec::<String>::new());
    let mut less = today.clone();
    less["$defs"]["finding"]["properties"].as_object_mut().unwrap().remove("help");
    assert!(!still(&last, &less, "").is_empty());
}

#[test]
fn a_code_keeps_its_name_and_is_never_used_again() {
    let text =
        nianbao::internals::files::read_text(&project(&format!("{}/codes.txt", last_release())))
            .unwrap();
    let rules = nianbao::rules::RULES.iter().map(|rule| (rule.code, rule.name));
    let problems = nianbao::problems().chain(nianbao::internals::import::PROBLEMS);
    let problems = problems.map(|problem| (problem.code, problem.name));
    let template =
        (nianbao::internals::branding::TEMPLATE.code, nianbao::internals::branding::TEMPLATE.name);
    let today: BTreeSet<(&str, &str)> = rules.chain(problems).chain([template]).collect();
    let mut n = 0;
    for line in text.lines() {
        let (code, name) = line.split_once(' ').unwrap();
        assert!(today.contains(&(code, name)), "{line} is no longer so");
        n += 1;
    }
    assert!(n > 90);
    let codes: BTreeSet<&str> = today.iter().map(|(code, _)| *code).collect();
    assert_eq!(codes.len(), today.len(), "a code stands for two things");
}

#[test]
fn the_exit_code_says_how_it_went() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "good.toml", &example("gaoping-2023"));
    write(folder.path(), "wrong.toml", &example("gaoping-2023").replacen("[ 1,", "[ 2,", 1));
    write(folder.path(), "broken.toml", "format = \"2021\"\n[report\n");
    for (arguments, code) in [
        (&["check", "good.toml"][..], 0),
        (&["check", "broken.toml"], 1),
        (&["build", "broken.toml"], 1),
        (&["check", "none.toml"], 2),
        (&["check", "good.toml", "broken.toml", "none.toml"], 2),
        (&["check"], 2),
        (&["chekc", "good.toml"], 2),
        (&["build", "good.toml", "--format", "doc"], 2),
        (&["undo", "good.toml"], 2),
        (&["--help"], 0),
    ] {
        assert_eq!(nianbao(folder.path(), arguments).status.code(), Some(code), "{arguments:?}");
    }
}

/// SECURITY.md names every limit with its value.
#[test]
fn every_limit_of_the_budget_is_published() {
    let budget = nianbao::internals::files::read_text(&project("src/budget.rs")).unwrap();
    let published = nianbao::internals::files::read_text(&project("SECURITY.md")).unwrap();
    let mut n = 0;
    for line in budget.lines().filter_map(|line| line.strip_prefix("pub(crate) const ")) {
        let (name, value) = line.split_once(':').unwrap();
        let value = value.split_once("= ").unwrap().1.trim_end_matches(';');
        let value = match value.split_once(" << 20") {
            Some((megabytes, _)) => format!("{megabytes} MB"),
            None => value.replace('_', ",").trim_matches(['[', ']']).to_owned(),
        };
        let row = published.lines().find(|line| line.contains(&format!("`{name}`")));
        assert!(row.is_some_and(|row| row.contains(&value)), "{name} {value}: {row:?}");
        n += 1;
    }
    assert!(n > 20, "{n}");
}
