//! The text of the national form stands in `edition` only.

use std::path::PathBuf;

use nianbao::edition::{Edition, Form};

use crate::support::project;

/// Ordinary words of the field that happen to be labels.
const ORDINARY: &[&str] =
    &["总计", "其他", "规章", "规范性文件", "行政复议", "行政诉讼", "总体情况", "自然人"];

/// Published documentation of rules and problems, which describes the form in running text.
const DOCUMENTATION: &[&str] = &["title", "what", "why", "example", "corrected"];

/// Rooms that hold other texts: of laws, which name the parts of the notice, and the form itself.
const ELSEWHERE: &[&str] = &["src/edition/", "src/law/"];

#[test]
fn no_label_of_the_form_is_written_outside_of_it() {
    let labels = labels();
    let mut wrong = Vec::new();
    for (name, text) in sources() {
        for (number, line) in text.lines().enumerate() {
            let field = line.trim_start().split(':').next().unwrap_or_default();
            if line.trim_start().starts_with("//") || DOCUMENTATION.contains(&field) {
                continue;
            }
            for literal in literals(line) {
                let is_label = |label: &&String| {
                    let is_long = label.chars().count() >= 5;
                    !ORDINARY.contains(&label.as_str())
                        && (literal == label.as_str()
                            || is_long && literal.contains(label.as_str()))
                };
                if let Some(label) = labels.iter().find(is_label) {
                    wrong.push(format!("{name}:{}: “{label}”", number + 1));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "take these from the form:\n{}", wrong.join("\n"));
}

/// Everything that a form prints, with and without the numbers before it.
fn labels() -> Vec<String> {
    let mut labels: Vec<String> = Vec::new();
    for form in Edition::ALL.iter().map(|edition| edition.form()) {
        for label in printed(form) {
            labels.extend([label.to_owned(), plain(label)]);
        }
    }
    labels.sort();
    labels.dedup();
    labels.retain(|label| label.chars().count() > 1);
    labels
}

fn printed(form: &Form) -> Vec<&'static str> {
    let mut all = vec![
        form.report_name,
        form.requests.corner,
        form.requests.applicants_label,
        form.requests.organisations_label,
        form.requests.outcome_label,
        form.challenges.reconsideration_label,
        form.challenges.litigation_label,
        form.challenges.direct_label,
        form.challenges.after_label,
    ];
    all.extend(form.sections.iter().map(|section| section.title));
    for block in form.disclosure.blocks {
        all.extend([block.title, block.item_label]);
        all.extend(block.columns.iter().map(|(_, label)| *label));
        all.extend(block.rows.iter().map(|(_, label)| *label));
    }
    all.extend(form.requests.columns.iter().map(|column| column.label));
    all.extend(form.requests.rows.iter().map(|row| row.label));
    all.extend(form.requests.groups.iter().map(|(_, label)| *label));
    all.extend(form.challenges.columns.iter().map(|(_, label)| *label));
    all
}

/// A label without its number: `（一）`, `一、` or `1.`.
fn plain(label: &str) -> String {
    let behind = match label.strip_prefix('（').and_then(|rest| rest.split_once('）')) {
        Some((_, behind)) => behind,
        None => label,
    };
    let number = |c: char| "一二三四五六七八九十".contains(c) || c.is_ascii_digit();
    let bare = behind.trim_start_matches(number);
    match bare.strip_prefix(['、', '.']).filter(|_| bare.len() < behind.len()) {
        Some(name) => name.to_owned(),
        None => behind.to_owned(),
    }
}

/// The texts between double quotes on a line of source.
fn literals(line: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut start = None;
    let mut escaped = false;
    for (i, c) in line.char_indices() {
        match start {
            Some(_) if escaped => escaped = false,
            Some(_) if c == '\\' => escaped = true,
            Some(from) if c == '"' => {
                found.push(&line[from..i]);
                start = None;
            }
            None if c == '"' => start = Some(i + 1),
            Some(_) | None => {}
        }
    }
    found.extend(start.map(|from| &line[from..]));
    found
}

/// Every file of the program without its tests.
fn sources() -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders: Vec<PathBuf> = vec![project("src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let relative =
                path.strip_prefix(project("")).unwrap().to_string_lossy().replace('\\', "/");
            let is_test = relative.ends_with("tests.rs") || relative.ends_with("testing.rs");
            if path.is_dir() {
                folders.push(path);
            } else if relative.ends_with(".rs")
                && !is_test
                && !ELSEWHERE.iter().any(|place| relative.starts_with(place))
            {
                let text = nianbao::internals::files::read_text(&path).unwrap();
                let end = text.find("#[cfg(test)]\nmod tests {").unwrap_or(text.len());
                found.push((relative, text[..end].to_owned()));
            }
        }
    }
    assert!(found.len() > 100);
    found.sort();
    found
}
