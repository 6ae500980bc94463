//! The source keeps what ARCHITECTURE.md and CONTRIBUTING.md say of it.

mod layers;
mod source;

use crate::support::project;
use source::{files, paths};

/// Each foreign library, and each way to disk, clock and terminal, with the only place that may name it; several
/// places are joined by `|`.
const FENCES: &[(&str, &str)] = &[
    ("tera::", "src/template"),
    ("docx_rs", "src/render/docx"),
    ("quick_xml", "src/package/xml.rs"),
    ("zip::", "src/package"),
    ("printpdf", "src/render/pdf"),
    ("lopdf", "src/render/pdf"),
    ("flate2", "src/render/pdf|src/package/packing.rs|src/import/readers/swelling.rs"),
    ("ttf_parser", "src/layout|src/render"),
    ("clap", "src/cli"),
    ("clap_mangen", "src/cli/package_files.rs"),
    ("clap_complete", "src/cli/package_files.rs"),
    ("annotate_snippets", "src/cli"),
    ("terminal_size", "src/cli"),
    ("indicatif", "src/cli"),
    ("toml::", "src/source|src/prose/lexicon|src/rules/machinery/word_lists.rs"),
    ("toml_edit", "src/source/edit/values.rs"),
    (
        "rust_xlsxwriter",
        "src/workbook/write.rs|src/workbook/listing.rs|src/render/docx/workbook.rs",
    ),
    ("calamine", "src/workbook/cells.rs|src/workbook/foreign/xls.rs"),
    ("TcpListener", "src/serve/http.rs"),
    ("fontdb::", "src/installed.rs"),
    ("html5ever", "src/import/readers/tree.rs"),
    ("chardetng", "src/import/readers/decode.rs"),
    ("cfb::", "src/import/readers/doc.rs|src/workbook/foreign/xls.rs"),
    ("similar::", "src/import/corrections/words.rs"),
    ("mailparse", "src/import/readers/decode.rs"),
    ("hayro", "src/import/readers/pdf.rs"),
    ("httparse::", "src/serve/http.rs"),
    ("notify::", "src/preview"),
    ("ctrlc::", "src/cli"),
    ("sha2::", "src/digest.rs"),
    ("pulldown_cmark", "src/manual.rs"),
    ("base64::", "src/manual.rs"),
    ("std::fs::", "src/files/"),
    ("File::open", "src/files/"),
    (".exists()", "src/files/"),
    (".is_dir()", "src/files/"),
    (".is_file()", "src/files/"),
    (".is_symlink()", "src/files/"),
    (".canonicalize()", "src/files/"),
    (".metadata()", "src/files/|src/import/readers/pdf.rs"),
    (".symlink_metadata()", "src/files/"),
    (".read_dir()", "src/files/"),
    (".read_link()", "src/files/"),
    ("path::absolute", "src/files/"),
    ("env::current_dir", "src/files/"),
    ("env::current_exe", "src/files/"),
    ("env::temp_dir", "src/files/"),
    ("SystemTime", "src/files/|src/cli/today.rs"), // when a file was changed, and what is preset
    ("Instant::now", "src/serve/|src/preview/|src/files/keep.rs"), // how long a connection, or a lock, may take
    ("stdout()", "src/cli/output/stream.rs|src/cli/edit.rs|src/cli/read_back.rs"), // the others ask only if it is a terminal
    ("stderr()", "src/cli/output/stream.rs|src/cli/progress.rs"),
    ("process::exit", "src/cli/interrupt.rs"),
];

/// No file of the source is longer, tests within it included.
const LONGEST_FILE: usize = 450;
/// A function of more lines than this is long; a match with a line per case may be.
const LONG_FUNCTION: usize = 60;
/// The most long functions there may be.
const MOST_LONG_FUNCTIONS: usize = 5;

/// Documentation begins with the thing itself, not with a question about it.
const QUESTIONS: &[&str] =
    &["How", "What", "Whatever", "Where", "Whether", "Which", "Who", "Whoever", "Whose", "Why"];

#[test]
fn what_is_fenced_keeps_its_place() {
    let mut wrong = Vec::new();
    for file in files() {
        for (name, place) in FENCES {
            let named = file.text.match_indices(name).any(|(i, _)| {
                let before = file.text[..i].chars().next_back();
                name.starts_with('.') || !before.is_some_and(|c| c.is_alphanumeric() || c == '_')
            });
            if named && !place.split('|').any(|place| file.path.starts_with(place)) {
                wrong.push(format!("{} names {name}, which belongs to {place}", file.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_file_says_its_purpose() {
    for file in files() {
        assert!(file.text.starts_with("//! "), "{} does not begin with //!", file.path);
    }
}

#[test]
fn no_documentation_begins_with_a_question() {
    let mut wrong = Vec::new();
    for path in paths() {
        let text = nianbao::internals::files::read_text(&project(&path)).unwrap();
        let mut goes_on = false;
        for (i, line) in text.lines().enumerate() {
            let line = line.trim_start();
            let words = line.strip_prefix("///").or(line.strip_prefix("//!"));
            let first = words.and_then(|words| words.split_whitespace().next());
            if first.is_some_and(|first| !goes_on && QUESTIONS.contains(&first)) {
                wrong.push(format!("{path}:{}: {line}", i + 1));
            }
            goes_on = first.is_some();
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A list of Chinese words in the code is one that nobody finds beside the others.
#[test]
fn lists_of_words_are_data() {
    let mut wrong = Vec::new();
    let rooms = ["src/prose/", "src/rules/"];
    for file in files().iter().filter(|file| rooms.iter().any(|room| file.path.starts_with(room))) {
        let text = &file.text;
        for (at, _) in text.match_indices("const ").chain(text.match_indices("static ")) {
            let begins = text[..at]
                .rsplit('\n')
                .next()
                .is_some_and(|line| line.trim().is_empty() || line.trim_start().starts_with("pub"));
            let item = text[at..].split("];").next().unwrap_or_default();
            let Some((head, value)) = item.split_once(" =").filter(|_| begins) else { continue };
            let is_list = !head.contains('\n') && head.contains('[') && head.contains("str");
            if is_list && value.split('"').skip(1).step_by(2).any(|word| !word.is_ascii()) {
                wrong.push(format!("{}: {head} belongs into a data file", file.path));
            }
        }
    }
    for file in files().iter().filter(|file| rooms.iter().any(|room| file.path.starts_with(room))) {
        let is_code = |line: &&str| !line.trim_start().starts_with("//");
        let code: String = file.text.split_inclusive('\n').filter(is_code).collect();
        for (at, _) in code.match_indices('[') {
            let list = code[at + 1..].split([']', ';', '(', '{']).next().unwrap_or_default();
            let words: Vec<&str> = list.split('"').skip(1).step_by(2).collect();
            let is_list = list.trim_start().starts_with('"') && words.len() > 1;
            if is_list && words.iter().any(|word| !word.is_ascii()) {
                wrong.push(format!("{}: {words:?} belongs into a data file", file.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn public_are_the_modules_that_the_map_names() {
    let map = nianbao::internals::files::read_text(&project("ARCHITECTURE.md")).unwrap();
    let (_, named) = map.split_once("than the public modules (").unwrap();
    let mut named: Vec<&str> = named
        .split(')')
        .next()
        .unwrap()
        .split(',')
        .map(|name| name.trim().trim_matches('`'))
        .collect();
    named.sort_unstable();
    let root = nianbao::internals::files::read_text(&project("src/lib.rs")).unwrap();
    let module = |line: &str| line.strip_prefix("pub mod ")?.strip_suffix(';').map(str::to_owned);
    let mut public: Vec<String> = root.lines().filter_map(module).collect();
    public.retain(|name| name != "internals");
    public.sort_unstable();
    assert_eq!(public, named);
}

#[test]
fn every_rule_is_registered() {
    let registry = nianbao::internals::files::read_text(&project("src/rules/mod.rs")).unwrap();
    for file in files() {
        if file.path.starts_with("src/rules/") && file.text.contains("static RULE: Rule") {
            let entry = format!("&{}::RULE", file.module[1..].join("::"));
            assert!(registry.contains(&entry), "{} is not in RULES", file.path);
        }
    }
}

#[test]
fn files_and_functions_are_short() {
    let mut long = Vec::new();
    for path in paths() {
        let text = nianbao::internals::files::read_text(&project(&path)).unwrap();
        let n_lines = text.lines().count();
        if n_lines > LONGEST_FILE {
            long.push(format!("{path} has {n_lines} lines"));
        }
    }
    let mut functions = Vec::new();
    for file in files() {
        let found = file.functions().into_iter().filter(|(_, n_lines)| *n_lines > LONG_FUNCTION);
        functions.extend(found.map(|(name, n)| format!("{}: {name} has {n} lines", file.path)));
    }
    assert!(long.is_empty(), "{}", long.join("\n"));
    assert!(functions.len() <= MOST_LONG_FUNCTIONS, "{}", functions.join("\n"));
}
