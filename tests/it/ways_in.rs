//! What readers are told to type and to click: every command line of the documents runs, every link leads somewhere,
//! every command, option and code is named.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use crate::docs::help_pages;
use crate::support::{nianbao, printed, project, write};

/// The documents for who uses the program.
const DOCUMENTS: &[&str] = &[
    "README.md",
    "README.zh-CN.md",
    "docs/manual.zh-CN.md",
    "docs/guide.md",
    "docs/guide.zh-CN.md",
    "docs/units.md",
    "docs/data-file.md",
    "examples/README.md",
    "templates/README.md",
];

/// The commands that serve a page until they are ended.
const SERVING: &[&str] = &["edit", "preview"];

fn text(path: &str) -> String {
    nianbao::internals::files::read_text(&project(path)).unwrap()
}

/// The options that a help page lists.
fn options(page: &str) -> BTreeSet<String> {
    let words = page.lines().filter(|line| line.trim_start().starts_with('-'));
    let words =
        words.flat_map(|line| line.split_whitespace().take_while(|word| word.starts_with('-')));
    words.map(|word| word.trim_end_matches(',').to_owned()).collect()
}

#[test]
fn the_manual_lists_every_command_and_explains_every_family_of_codes() {
    let manual = text("docs/manual.zh-CN.md");
    for (name, _) in help_pages().iter().skip(1) {
        assert!(manual.contains(&format!("| `nianbao {name}` | ")), "{name}");
    }
    let rules = text("docs/rules.md");
    let codes = String::from_utf8(nianbao(&project("examples"), &["explain"]).stdout).unwrap();
    let mut n = 0;
    for code in codes.lines().filter_map(|line| line.split_whitespace().next()) {
        let Some(at) = code.find(|c: char| c.is_ascii_digit()) else { continue };
        n += 1;
        assert!(rules.contains(&format!("## {code}\n")), "{code} is described nowhere");
        let family = if code.starts_with("NB") { &code[..=at] } else { &code[..at] };
        assert!(manual.contains(&format!("\n| {family} | ")), "the manual has no line on {family}");
    }
    assert!(n > 90, "only {n} codes");
}

#[test]
fn both_readmes_say_the_same() {
    let [english, chinese] = ["README.md", "README.zh-CN.md"].map(text);
    let links = |text: &str| {
        let links = links(text).into_iter().map(|link| link.replace("guide.zh-CN.md", "guide.md"));
        links.filter(|link| !link.starts_with("README")).collect::<BTreeSet<String>>()
    };
    assert_eq!(links(&english), links(&chinese));
    assert_eq!(shell_lines(&english), shell_lines(&chinese));
    let rows = |text: &str| text.lines().filter(|line| line.starts_with('|')).count();
    assert_eq!(rows(&english), rows(&chinese));
    let [english, chinese] = ["docs/guide.md", "docs/guide.zh-CN.md"].map(text);
    assert_eq!(shell_lines(&english), shell_lines(&chinese));
}

/// The lines of the blocks that a shell reads, without their remarks.
fn shell_lines(text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut is_shell = false;
    for line in text.lines().map(str::trim) {
        match line.strip_prefix("```") {
            Some(language) => is_shell = language == "sh",
            None if is_shell => {
                let bare = line.split_once(" # ").map_or(line, |(bare, _)| bare).trim();
                lines.extend((!bare.is_empty()).then(|| bare.to_owned()));
            }
            None => {}
        }
    }
    lines
}

/// A folder that has every file which a command line of the documents names, and how it came there.
struct Office {
    folder: tempfile::TempDir,
}

impl Office {
    fn new() -> Self {
        let office = Self { folder: tempfile::tempdir().unwrap() };
        let root = office.folder.path();
        let copy = |from: &str, to: &str| write(root, to, &text(from));
        let district = project("examples/district");
        for entry in std::fs::read_dir(&district).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            let kept = name.replace("云岭县人民政府", "县政府");
            for folder in ["", "全区/"] {
                copy(&format!("examples/district/{name}"), &format!("{folder}{kept}"));
            }
        }
        copy("examples/district/教育局.toml", "上年/教育局.toml");
        let of_education = text("examples/district/教育局.toml");
        for inbox in ["收件夹", "全区/收件夹"] {
            write(root, &format!("{inbox}/教育局2.toml"), &of_education);
        }
        write(root, "名单.csv", "单位名称\n云岭县教育局\n云岭县信访局\n");
        copy("examples/haidong-2023.toml", "examples/haidong-2023.toml");
        for (name, from) in
            [("年报", "haidong-2023"), ("2023", "khorgos-2022"), ("2024", "khorgos-2023")]
        {
            copy(&format!("examples/{from}.toml"), &format!("{name}.toml"));
        }
        copy("examples/khorgos-2022.toml", "khorgos-2022.toml");
        let made = |arguments: &[&str]| {
            let output = office.run(arguments);
            assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", printed(&output));
        };
        made(&["build", "2023.toml", "--out", "成品", "--format", "docx,html"]);
        for entry in std::fs::read_dir(root.join("成品")).unwrap() {
            let path = entry.unwrap().path();
            let names: &[&str] = match path.extension().and_then(|e| e.to_str()) {
                Some("docx") => &["上年.docx", "2023.docx", "改过的.docx"],
                Some("html") => &["公布的年报.html"],
                _ => &[],
            };
            for name in names {
                std::fs::copy(&path, root.join(name)).unwrap();
            }
        }
        for name in ["年报", "教育局"] {
            made(&["export", "--xlsx", &format!("{name}.toml"), "--out", &format!("{name}.xlsx")]);
        }
        made(&["import-figures", "年报.xlsx", "--into", "年报.toml"]);
        office
    }

    fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_nianbao"));
        command.current_dir(self.folder.path()).env_clear().env("HOME", self.folder.path());
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command().args(arguments).output().unwrap()
    }

    /// The first line that a command which serves a page says; then it is ended.
    fn begun(&self, arguments: &[&str]) -> String {
        use std::io::BufRead as _;
        let mut running = self.command().args(arguments).spawn().unwrap();
        let mut said = String::new();
        std::io::BufReader::new(running.stdout.take().unwrap()).read_line(&mut said).unwrap();
        running.kill().unwrap();
        running.wait().unwrap();
        said
    }
}

/// The file that a command makes and that must not be there yet.
fn made_by(words: &[&str]) -> Option<PathBuf> {
    let out = words.iter().position(|word| *word == "--out").map(|at| words[at + 1]);
    let last = words.last().copied().unwrap_or_default();
    let made = match words.first() {
        Some(&"new") => Some(PathBuf::from(last)),
        Some(&"export") => Some(Path::new(last).with_extension("xlsx")),
        _ => None,
    };
    out.map(PathBuf::from).or(made)
}

#[test]
fn every_command_line_of_the_documents_runs() {
    let mut lines = BTreeSet::new();
    for path in DOCUMENTS {
        lines.extend(shell_lines(&text(path)));
    }
    let office = Office::new();
    let root = office.folder.path();
    let mut n = 0;
    for line in &lines {
        let words: Vec<&str> = line.split(' ').filter(|word| !word.is_empty()).collect();
        let words = match words.as_slice() {
            ["nianbao", rest @ ..] | ["cargo", "run", "--", rest @ ..] => rest,
            ["cargo", "test"] => continue,
            _ => panic!("nobody knows how to try {line}"),
        };
        n += 1;
        if words.first().is_some_and(|word| SERVING.contains(word)) {
            let said = office.begun(words);
            assert!(said.contains("http://127.0.0.1:"), "{line}: {said}");
            continue;
        }
        // Where nobody sits before it, the program alone asks for a command.
        let expected: &[i32] = if words.is_empty() { &[2] } else { &[0, 1] };
        if let Some(path) = made_by(words).map(|path| root.join(path)).filter(|path| path.is_file())
        {
            std::fs::remove_file(path).unwrap();
        }
        let output = office.run(words);
        assert!(expected.contains(&output.status.code().unwrap()), "{line}: {}", printed(&output));
    }
    assert!(n >= 25, "only {n} command lines");
}

#[test]
fn every_command_that_is_named_in_passing_exists() {
    let pages = help_pages();
    for path in DOCUMENTS {
        let text = text(path);
        for code in text.split('`').skip(1).step_by(2).filter(|code| !code.contains('\n')) {
            let Some(rest) = code.strip_prefix("nianbao ").filter(|_| !code.contains('…')) else {
                continue;
            };
            let mut words = rest.split_whitespace();
            let name = words.next().unwrap();
            let page = if name.starts_with('-') || name == "命令" || name == "COMMAND" {
                continue;
            } else {
                let part = words.clone().next().map(|part| format!("{name} {part}"));
                let of_part = pages.iter().find(|(known, _)| Some(known) == part.as_ref());
                of_part.or_else(|| pages.iter().find(|(known, _)| known == name))
            };
            let Some((_, page)) = page else { panic!("{path}: there is no `{code}`") };
            for option in words.filter(|word| word.starts_with("--")) {
                assert!(options(page).contains(option), "{path}: `{code}` has no such option");
            }
        }
    }
}

#[test]
fn the_example_of_the_readme_prints_only_where_its_files_lie() {
    let office = Office::new();
    let output = office.run(&["build", "examples/haidong-2023.toml", "--out", "target/haidong"]);
    let said = String::from_utf8(output.stdout).unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    let paths: Vec<PathBuf> = said
        .lines()
        .map(|line| {
            office
                .folder
                .path()
                .join(line.strip_prefix("已生成 ").unwrap_or_else(|| panic!("{line}")))
        })
        .collect();
    assert_eq!(paths.len(), 3);
    assert!(paths.iter().all(|path| path.is_file()), "{paths:?}");
}

/// The targets of the links and pictures of a document, outside its code.
fn links(text: &str) -> Vec<String> {
    let blocks = text.split("\n```").enumerate().filter(|(i, _)| i % 2 == 0).map(|(_, text)| text);
    let bare =
        blocks.flat_map(|block| block.split('`').step_by(2)).collect::<Vec<&str>>().join(" ");
    let targets = bare.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    targets.map(str::to_owned).collect()
}

/// The names by which the headings of a document are linked to, as forges and the manual's page make them.
fn anchors(text: &str) -> BTreeSet<String> {
    let headings = text.lines().filter(|line| line.starts_with('#'));
    let name = |line: &str| {
        let words = line.trim_start_matches('#').trim();
        let kept = words.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
        kept.flat_map(char::to_lowercase).map(|c| if c == ' ' { '-' } else { c }).collect()
    };
    headings.map(name).collect()
}

fn documents(folder: &Path, found: &mut Vec<PathBuf>) {
    let skipped = ["target", ".git", "node_modules"];
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() && !skipped.contains(&name.as_str()) {
            documents(&path, found);
        } else if path.extension().is_some_and(|e| e == "md") {
            found.push(path);
        }
    }
}

#[test]
fn every_link_leads_somewhere() {
    let mut found = Vec::new();
    documents(&project(""), &mut found);
    assert!(found.len() > 15, "{found:?}");
    let mut n = 0;
    for path in found {
        let text = nianbao::internals::files::read_text(&path).unwrap();
        for link in links(&text) {
            if link.starts_with("https://") {
                continue;
            }
            n += 1;
            let (file, place) = link.split_once('#').unwrap_or((&link, ""));
            let target =
                if file.is_empty() { path.clone() } else { path.parent().unwrap().join(file) };
            assert!(target.exists(), "{}: {link}", path.display());
            if !place.is_empty() {
                let text = nianbao::internals::files::read_text(&target).unwrap();
                assert!(anchors(&text).contains(place), "{}: {link}", path.display());
            }
        }
    }
    assert!(n > 100, "only {n} links");
}

#[test]
fn every_picture_is_shown_and_can_be_made_anew() {
    let script = text(".ci/pictures.js");
    let shown: String = ["README.md", "docs/manual.zh-CN.md", "docs/guide.md"].map(text).concat();
    let mut bytes = 0;
    for path in crate::support::files("docs/images", "png") {
        let name = crate::support::stem(&path);
        assert!(shown.contains(&format!("images/{name}.png)")), "{name}.png is shown nowhere");
        let is_made =
            script.contains(&format!("\"{name}\")")) || script.contains(&format!("{name}.pdf"));
        assert!(is_made, "no script makes {name}.png");
        bytes += crate::support::read(&path).len();
    }
    assert!(bytes < 600_000, "the pictures have {bytes} bytes");
}
