//! The source as text: files, the paths that they name, and the length of their functions.

use std::path::{Path, PathBuf};

use crate::support::project;

/// A file of `src`, without its test module.
pub(super) struct File {
    /// Its path from the root of the project, with `/`.
    pub(super) path: String,
    /// Its module, as `["layout", "flow"]`.
    pub(super) module: Vec<String>,
    pub(super) text: String,
}

/// All files of the library and the program but those that hold nothing but tests.
pub(super) fn files() -> Vec<File> {
    let mut paths = Vec::new();
    walk(&project("src"), &mut paths, &is_test);
    assert!(paths.len() > 30);
    paths.iter().map(|path| File::read(path)).collect()
}

/// The paths of all files of the library and the program, tests included, from the root of the project.
pub(super) fn paths() -> Vec<String> {
    let mut paths = Vec::new();
    walk(&project("src"), &mut paths, &|_| false);
    paths.iter().map(|path| relative(path)).collect()
}

fn relative(path: &Path) -> String {
    path.strip_prefix(project("")).unwrap().to_string_lossy().replace('\\', "/")
}

impl File {
    fn read(path: &Path) -> Self {
        let relative = relative(path);
        let whole = nianbao::internals::files::read_text(path).unwrap();
        let end = whole.find("\nmod tests {").unwrap_or(whole.len());
        let inner = relative.trim_start_matches("src/").trim_end_matches(".rs");
        let steps = inner.split('/').filter(|step| *step != "mod").map(str::to_owned);
        Self { module: steps.collect(), text: whole[..end].to_owned(), path: relative }
    }

    /// All modules and items that its code names by a path from `crate`, `super` or `self`, each as a path from the
    /// root of the crate. A link in a comment uses nothing.
    pub(super) fn names(&self) -> Vec<Vec<String>> {
        let mut names = Vec::new();
        let is_code = |line: &&str| !line.trim_start().starts_with("//");
        let code: String = self.text.split_inclusive('\n').filter(is_code).collect();
        for line_start in starts(&code) {
            let mut cursor = Cursor { text: &code, at: line_start };
            cursor.path(&mut Vec::new(), &mut names);
        }
        names.into_iter().filter_map(|name| self.resolve(&name)).collect()
    }

    fn resolve(&self, name: &[String]) -> Option<Vec<String>> {
        let (first, mut rest) = name.split_first()?;
        let mut path = match first.as_str() {
            "crate" => Vec::new(),
            "self" => self.module.clone(),
            _ => self.module[..self.module.len().checked_sub(1)?].to_vec(),
        };
        while let Some((step, after)) = rest.split_first().filter(|(step, _)| *step == "super") {
            path.truncate(path.len().checked_sub(step.len().min(1))?);
            rest = after;
        }
        path.extend(rest.iter().cloned());
        Some(path)
    }

    /// Its functions, each with its number of lines as rustfmt writes them.
    pub(super) fn functions(&self) -> Vec<(String, usize)> {
        let lines: Vec<&str> = self.text.lines().collect();
        let mut found = Vec::new();
        for (start, line) in lines.iter().enumerate() {
            let code = line.trim_start();
            let Some((before, after)) = code.split_once("fn ") else { continue };
            let (open, close) = (before.find('('), before.find(')'));
            let visible = open.zip(close).map_or(before, |(open, close)| {
                if before[..open] == *"pub" { &before[close + 1..] } else { before }
            });
            let is_function =
                visible.split_whitespace().all(|word| ["pub", "const"].contains(&word));
            if !is_function || line.ends_with(['}', ';']) {
                continue;
            }
            let indent = &line[..line.len() - code.len()];
            let ends = |line: &&str| {
                line.strip_prefix(indent).is_some_and(|rest| {
                    rest == "}" || rest.starts_with(") ->") && rest.ends_with(';')
                })
            };
            let length = 1 + lines[start..].iter().position(ends).unwrap();
            let name = after.split(['(', '<']).next().unwrap();
            found.push((name.to_owned(), length));
        }
        found
    }
}

/// The beginning of a path: `crate`, `super` or `self` before `::`, and not in the middle of another path.
fn starts(text: &str) -> Vec<usize> {
    let roots = ["crate::", "super::", "self::"];
    let found = roots.iter().flat_map(|root| text.match_indices(root)).map(|(at, _)| at);
    let begins = |at: &usize| {
        let before = text[..*at].chars().next_back();
        !before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':')
    };
    found.filter(begins).collect()
}

/// Reads one path, with the braces of a `use`.
struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

impl Cursor<'_> {
    fn path(&mut self, before: &mut Vec<String>, names: &mut Vec<Vec<String>>) {
        let length = before.len();
        loop {
            let rest = &self.text[self.at..];
            let step: String =
                rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            if step.is_empty() {
                break;
            }
            self.at += step.len();
            before.push(step);
            if !self.skip("::") {
                break;
            }
            if self.skip("{") {
                self.list(before, names);
                before.truncate(length);
                return;
            }
        }
        names.push(before.clone());
        before.truncate(length);
    }

    /// The paths between braces; a `self` there is the module itself.
    fn list(&mut self, before: &mut Vec<String>, names: &mut Vec<Vec<String>>) {
        loop {
            self.at += self.text[self.at..].len() - self.text[self.at..].trim_start().len();
            if self.skip("}") || self.at >= self.text.len() {
                return;
            }
            if self.skip("self") {
                names.push(before.clone());
            } else {
                self.path(before, names);
            }
            let next =
                self.text[self.at..].find([',', '}']).map_or(self.text.len(), |at| self.at + at);
            self.at = next;
            self.skip(",");
        }
    }

    fn skip(&mut self, sign: &str) -> bool {
        let is_next = self.text[self.at..].starts_with(sign);
        self.at += if is_next { sign.len() } else { 0 };
        is_next
    }
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>, passes_over: &dyn Fn(&Path) -> bool) {
    let mut entries: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if passes_over(&path) {
            continue;
        }
        if path.is_dir() {
            walk(&path, found, passes_over);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

/// Files and folders that hold nothing but tests.
fn is_test(path: &Path) -> bool {
    path.file_stem()
        .is_some_and(|stem| ["tests", "testing", "corpus"].iter().any(|test| stem == *test))
}
