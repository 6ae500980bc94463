//! One figure with all that it stands in: in the terminal, as JSON, and what is refused.

use serde_json::Value;

use crate::support::{expect_file, nianbao, printed, project, read};

fn shown(arguments: &[&str]) -> String {
    let all: Vec<&str> = ["show"].iter().chain(arguments).copied().collect();
    printed(&nianbao(&project("tests/ui"), &all))
}

fn json(arguments: &[&str]) -> Value {
    let all = [&["show"], arguments, &["--output-format", "json"]].concat();
    serde_json::from_slice(&nianbao(&project("tests/ui"), &all).stdout).unwrap()
}

#[test]
fn the_terminal_shows_a_figure_with_its_equations_sentences_year_and_units() {
    let mut text = String::new();
    for arguments in [
        &["clean-with-last-year.toml", "requests.received.total", "requests.carried_in.total"][..],
        &["NB601-text-against-tables.toml", "requests.received.total"],
        &[
            "../../examples/district/云岭县人民政府.toml",
            "requests.received.total",
            "disclosure.penalties",
        ],
        &[
            "../../examples/haidong-2023.toml",
            "challenges.reconsideration",
            "other.handling_fee.amount",
        ],
        &["clean.toml", "requests.recieved.total"],
        &["clean.toml", "agency.name"],
    ] {
        text.push_str(&format!("$ nianbao show {}\n", arguments.join(" ")));
        text.push_str(&shown(arguments));
        text.push('\n');
    }
    expect_file("tests/expected/show.txt", &text);
}

#[test]
fn the_figures_of_an_equation_are_those_of_the_table() {
    let told = json(&["clean-with-last-year.toml", "requests"]);
    let figures = told["figures"].as_array().unwrap();
    assert_eq!((told["version"].as_u64(), figures.len()), (Some(1), 175));
    let value = |path: &Value| {
        let own = figures.iter().find(|figure| figure["path"] == *path);
        own.unwrap_or_else(|| panic!("{path}"))["value"].clone()
    };
    for figure in figures {
        let equations = figure["equations"].as_array().unwrap();
        let is_carried = figure["path"].as_str().unwrap().starts_with("requests.carried_in.");
        for equation in equations.iter().filter(|equation| equation["code"] != "NB701") {
            assert_eq!(equation["holds"], true, "{equation}");
            let sides = ["left", "right"].map(|side| equation[side].as_array().unwrap());
            let terms: Vec<&Value> = sides.into_iter().flatten().collect();
            assert!(terms.iter().any(|term| term["path"] == figure["path"]), "{equation}");
            assert!(terms.iter().all(|term| value(&term["path"]) == term["value"]), "{equation}");
        }
        assert_eq!(equations.iter().any(|one| one["code"] == "NB701"), is_carried);
        assert_eq!(figure["last_year"], "given", "{figure}");
    }
}

#[test]
fn a_sentence_that_disagrees_is_told_with_its_rule() {
    let told = json(&["NB601-text-against-tables.toml", "requests.received.total"]);
    let all = told["figures"][0]["told"].as_array().unwrap();
    let wrong: Vec<&Value> = all.iter().filter(|one| one["agrees"] == false).collect();
    assert!(!wrong.is_empty() && wrong.iter().all(|one| one["codes"][0] == "NB601"), "{told}");
    let text =
        String::from_utf8(read(&project("tests/ui/NB601-text-against-tables.toml"))).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    for one in wrong {
        let line = &lines[usize::try_from(one["line"].as_u64().unwrap()).unwrap() - 1];
        let digits: String =
            one["figure"].as_str().unwrap().chars().filter(char::is_ascii_digit).collect();
        assert!(line.contains(&digits), "{line}: {one}");
    }
}
