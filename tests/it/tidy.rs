//! The source keeps its layers, each foreign library its place, and every file its first line.

use std::path::{Path, PathBuf};

use crate::support::project;

/// Each layer and what it may use; nothing may use what stands beside or above it.
///
/// This table is the picture of ARCHITECTURE.md.
const LAYERS: &[(&str, &[&str])] = &[
    ("law", &[]),
    ("edition", &["law"]),
    ("report", &["edition", "law"]),
    ("diag", &["report", "law"]),
    ("digest", &[]),
    ("files", &["digest"]),
    ("template", &[]),
    ("ordered", &[]),
    ("package", &[]),
    ("bind", &["report", "edition", "diag", "template"]),
    ("prose", &["report", "edition"]),
    ("words", &[]),
    ("rules", &["prose", "words", "units", "report", "edition", "diag", "law"]),
    ("units", &["report", "edition"]),
    ("source", &["units", "report", "edition", "diag"]),
    ("review", &["source", "bind", "rules", "report", "diag"]),
    ("compare", &["report", "edition"]),
    ("document", &["compare", "report", "edition", "law"]),
    ("layout", &["document", "edition"]),
    ("workbook", &["document", "package", "report", "edition"]),
    ("render", &["document", "layout", "template", "report", "edition", "digest", "package"]),
    (
        "load",
        &[
            "branding", "files", "ordered", "source", "bind", "diag", "report", "review", "rules",
            "units", "document", "layout",
        ],
    ),
    ("installed", &["files", "digest", "layout"]),
    (
        "branding",
        &[
            "files",
            "source",
            "diag",
            "digest",
            "document",
            "installed",
            "layout",
            "report",
            "edition",
            "render",
        ],
    ),
    (
        "batch",
        &[
            "load", "branding", "files", "digest", "ordered", "source", "diag", "report",
            "document", "render",
        ],
    ),
    ("preview", &["load", "branding", "files", "source", "diag", "report", "document", "render"]),
    (
        "cli",
        &[
            "batch", "ordered", "layout", "load", "branding", "preview", "files", "source", "diag",
            "report", "document", "render", "rules", "edition", "law", "compare", "bind", "units",
            "workbook", "digest", "review",
        ],
    ),
];

/// Each foreign library and the only place that may name it, or places joined by `|`.
const FENCES: &[(&str, &str)] = &[
    ("tera::", "src/template"),
    ("docx_rs", "src/render/docx"),
    ("quick_xml", "src/package/xml.rs"),
    ("zip::", "src/package"),
    ("printpdf", "src/render/pdf"),
    ("lopdf", "src/render/pdf"),
    ("subsetter", "src/render/pdf"),
    ("flate2", "src/render/pdf"),
    ("ttf_parser", "src/layout"),
    ("clap", "src/cli"),
    ("annotate_snippets", "src/cli"),
    ("terminal_size", "src/cli"),
    ("indicatif", "src/cli"),
    ("toml::", "src/source|src/prose/lexicon|src/rules/machinery/word_lists.rs"),
    ("toml_edit", "src/source/edit/values.rs"),
    ("rust_xlsxwriter", "src/workbook/write.rs|src/render/docx/workbook.rs"),
    ("calamine", "src/workbook/cells.rs"),
    ("TcpListener", "src/preview/http.rs"),
    ("fontdb::", "src/installed.rs"),
    ("httparse::", "src/preview/http.rs"),
    ("notify::", "src/preview"),
    ("ctrlc::", "src/cli"),
    ("sha2::", "src/digest.rs"),
    ("std::fs::", "src/files/"),
];

#[test]
fn no_layer_uses_what_stands_above_it() {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let relative = relative(&path);
        let layer =
            relative.trim_start_matches("src/").split(['/', '.']).next().unwrap().to_owned();
        if ["main", "lib"].contains(&layer.as_str()) {
            continue;
        }
        let (_, may_use) = LAYERS
            .iter()
            .find(|(name, _)| *name == layer)
            .unwrap_or_else(|| panic!("{relative}: {layer} is in no layer"));
        for used in text.split("crate::").skip(1) {
            let name: String =
                used.chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect();
            let known = LAYERS.iter().any(|(layer, _)| *layer == name);
            if known && name != layer && !may_use.contains(&name.as_str()) {
                wrong.push(format!("{relative}: {layer} may not use {name}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn each_foreign_library_keeps_its_place() {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let relative = relative(&path);
        for (library, place) in FENCES {
            let named = text.match_indices(library).any(|(i, _)| {
                let before = text[..i].chars().next_back();
                !before.is_some_and(|c| c.is_alphanumeric() || c == '_')
            });
            if named && !place.split('|').any(|place| relative.starts_with(place)) {
                wrong.push(format!("{relative} names {library}, which belongs to {place}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_file_says_what_it_is_for() {
    for (path, text) in sources() {
        assert!(text.starts_with("//! "), "{} does not begin with //!", relative(&path));
    }
}

/// A list of Chinese words in the code is one that nobody finds beside the others.
#[test]
fn lists_of_words_are_data() {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let relative = relative(&path);
        if !["src/prose/", "src/rules/"].iter().any(|room| relative.starts_with(room)) {
            continue;
        }
        for (at, _) in text.match_indices("const ").chain(text.match_indices("static ")) {
            let begins = text[..at]
                .rsplit('\n')
                .next()
                .is_some_and(|line| line.trim().is_empty() || line.trim_start().starts_with("pub"));
            let item = text[at..].split("];").next().unwrap_or_default();
            let Some((head, value)) = item.split_once(" =").filter(|_| begins) else { continue };
            let is_list = !head.contains('\n') && head.contains('[') && head.contains("str");
            if is_list && value.split('"').skip(1).step_by(2).any(|word| !word.is_ascii()) {
                wrong.push(format!("{relative}: {head} belongs into a data file"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_rule_is_registered() {
    let registry = nianbao::files::read_text(&project("src/rules/mod.rs")).unwrap();
    for (path, text) in sources() {
        let relative = relative(&path);
        if relative.starts_with("src/rules/") && text.contains("static RULE: Rule") {
            let name = relative.trim_start_matches("src/rules/").trim_end_matches(".rs");
            let name = name.trim_end_matches("/mod");
            let entry = format!("&{}::RULE", name.replace('/', "::"));
            assert!(registry.contains(&entry), "{relative} is not in RULES");
        }
    }
}

/// Every source file of the library and the program, without its test module.
fn sources() -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    walk(&project("src"), &mut found);
    assert!(found.len() > 30);
    found
}

fn walk(folder: &Path, found: &mut Vec<(PathBuf, String)>) {
    let mut entries: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            walk(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") && !is_test(&path) {
            let text = nianbao::files::read_text(&path).unwrap();
            let end = text.find("#[cfg(test)]\nmod tests {").unwrap_or(text.len());
            found.push((path, text[..end].to_owned()));
        }
    }
}

/// Files that hold nothing but tests.
fn is_test(path: &Path) -> bool {
    path.file_stem()
        .is_some_and(|stem| ["tests", "testing", "corpus"].iter().any(|test| stem == *test))
}

fn relative(path: &Path) -> String {
    path.strip_prefix(project("")).unwrap().to_string_lossy().replace('\\', "/")
}
