//! A case of `tests/rules`: a small change of a clean base, and the findings it must give.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use nianbao::diag::{Diagnostic, Place};
use nianbao::source::{SourceFile, locate};
use toml_edit::{DocumentMut, Item, Table, TableLike};

use crate::support::{files, project, stem, write};

/// The folder of the cases.
pub(super) const FOLDER: &str = "tests/rules";

/// The base of the published examples, and what the data file of a case is called.
const BASE: &str = "bureau-2024";
const REPORT: &str = "report.toml";

/// A case, read.
pub(super) struct Case {
    /// The folder of its rule: code and name.
    pub(super) folder: String,
    /// Its own name, which says whether the rule fires.
    pub(super) name: String,
    /// The situation, in one Chinese phrase.
    pub(super) about: String,
    /// The findings it must give, in the order of the file.
    pub(super) finds: Vec<Found>,
    changes: Changes,
}

/// A finding as a case states it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) rule: String,
    severity: String,
    /// The address of the value; `file` for the report as a whole.
    at: String,
    /// The words of a text that it points at, as they are typed.
    words: Option<String>,
}

/// The changes to a base, and to the other files that lie beside the report.
struct Changes {
    report: Patch,
    others: BTreeMap<String, Patch>,
}

/// A change to one file: first all removals, then the changed values.
struct Patch {
    base: String,
    remove: Vec<String>,
    change: Table,
}

impl Case {
    /// All cases, by folder and name.
    pub(super) fn all() -> Vec<Self> {
        let mut cases = Vec::new();
        for folder in folders() {
            let names = files(&format!("{FOLDER}/{folder}"), "toml").into_iter();
            for path in names.filter(|path| is_case(&stem(path))) {
                cases.push(Self::read(&folder, &path));
            }
        }
        cases
    }

    fn read(folder: &str, path: &Path) -> Self {
        let text = nianbao::internals::files::read_text(path).unwrap();
        let document: DocumentMut =
            text.parse().unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let known = ["about", "base", "remove", "finds", "change", "files"];
        let unknown = document.iter().find(|(key, _)| !known.contains(key));
        assert!(unknown.is_none(), "{}: unknown key {unknown:?}", path.display());
        let string = |item: &Item, key: &str| {
            item.get(key).and_then(Item::as_str).unwrap_or_default().to_owned()
        };
        let found = |item: &toml_edit::Value| {
            let item = Item::Value(item.clone());
            Found {
                rule: string(&item, "rule"),
                severity: string(&item, "severity"),
                at: string(&item, "at"),
                words: item.get("words").and_then(Item::as_str).map(str::to_owned),
            }
        };
        Self {
            folder: folder.to_owned(),
            name: stem(path),
            about: string(document.as_item(), "about"),
            finds: array(document.get("finds")).map(found).collect(),
            changes: Changes::read(&document),
        }
    }

    /// The code of its rule.
    pub(super) fn rule(&self) -> &str {
        &self.folder[..5]
    }

    /// True if the rule must find something.
    pub(super) fn fires(&self) -> bool {
        self.name.starts_with("fires-")
    }

    /// The path of the case from the root of the project.
    pub(super) fn path(&self) -> String {
        format!("{FOLDER}/{}/{}.toml", self.folder, self.name)
    }

    /// Writes the report and the files beside it into a folder.
    pub(super) fn lay_out(&self, folder: &Path) -> PathBuf {
        self.changes.lay_out(folder, None)
    }

    /// Writes the findings into the file of the case.
    pub(super) fn rewrite(&self, finds: &[Found]) {
        let path = project(&self.path());
        let text = nianbao::internals::files::read_text(&path).unwrap();
        let mut kept: Vec<&str> = Vec::new();
        let mut inside = false;
        for line in text.lines() {
            inside |= line.starts_with("finds = [");
            if !inside {
                kept.push(line);
            }
            inside &= line != "]";
        }
        let head = kept.iter().position(|line| line.is_empty()).unwrap_or(kept.len());
        let lines = finds.iter().map(|found| format!("  {found},\n"));
        let block = match finds {
            [] => String::new(),
            _ => format!("finds = [\n{}]\n", lines.collect::<String>()),
        };
        let join =
            |lines: &[&str]| lines.iter().map(|line| format!("{line}\n")).collect::<String>();
        let text = format!("{}{block}{}", join(&kept[..head]), join(&kept[head..]));
        nianbao::internals::files::write_whole(&path, text.as_bytes()).unwrap();
    }
}

impl Found {
    /// A finding of the program in the terms of a case.
    pub(super) fn of(source: &SourceFile, finding: &Diagnostic) -> Self {
        let (at, words) = match &finding.primary.place {
            Place::Value(path) | Place::Key(path) => (path.to_string(), None),
            place @ Place::Text(path, _) => {
                (path.to_string(), Some(source.text()[locate(source, place)].to_owned()))
            }
            Place::Bytes(_) | Place::File => ("file".to_owned(), None),
        };
        let severity = finding.severity.key().to_owned();
        Self { rule: finding.code.to_owned(), severity, at, words }
    }
}

impl std::fmt::Display for Found {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { rule, severity, at, words } = self;
        write!(f, "{{ rule = \"{rule}\", severity = \"{severity}\", at = \"{at}\"")?;
        if let Some(words) = words {
            write!(f, ", words = {}", toml_edit::Value::from(words.as_str()))?;
        }
        f.write_str(" }")
    }
}

/// The surroundings of a rule's published example: `example.toml` in the folder of the rule, and
/// `corrected.toml` where the correction lies in another file.
pub(super) struct Companion {
    changes: Changes,
    /// The file that the example is part of.
    of: String,
}

impl Companion {
    /// The companion of an example (`example`) or of its correction (`corrected`).
    pub(super) fn read(folder: &str, which: &str) -> Self {
        let at = |which: &str| project(&format!("{FOLDER}/{folder}/{which}.toml"));
        let path = [at(which), at("example")].into_iter().find(|path| path.is_file());
        let text = path
            .map(|path| nianbao::internals::files::read_text(&path).unwrap())
            .unwrap_or_default();
        let document: DocumentMut = text.parse().unwrap();
        let of = document.get("example_of").and_then(Item::as_str).unwrap_or(REPORT).to_owned();
        Self { changes: Changes::read(&document), of }
    }

    /// Writes the report with the lines of the example and the files beside it into a folder.
    pub(super) fn lay_out(&self, folder: &Path, lines: &str) -> PathBuf {
        let lines: DocumentMut = lines.parse().unwrap_or_else(|error| panic!("{lines}: {error}"));
        self.changes.lay_out(folder, Some((&self.of, lines.as_table())))
    }
}

impl Changes {
    fn read(document: &DocumentMut) -> Self {
        let files = document.get("files").and_then(Item::as_table_like);
        let others = files.into_iter().flat_map(TableLike::iter).map(|(name, patch)| {
            let base = name.trim_end_matches(".toml");
            (name.to_owned(), Patch::read(patch, base))
        });
        Self { others: others.collect(), report: Patch::read(document.as_item(), BASE) }
    }

    /// Writes all bases, those that are changed with their changes, and the report.
    fn lay_out(&self, folder: &Path, lines: Option<(&str, &Table)>) -> PathBuf {
        let lines_of = |name: &str| lines.filter(|(of, _)| *of == name).map(|(_, lines)| lines);
        for path in files(&format!("{FOLDER}/bases"), "toml") {
            let name = format!("{}.toml", stem(&path));
            let unchanged = Patch { base: stem(&path), remove: Vec::new(), change: Table::new() };
            let patch = self.others.get(&name).unwrap_or(&unchanged);
            write(folder, &name, &patch.apply(lines_of(&name)));
        }
        for (name, patch) in &self.others {
            write(folder, name, &patch.apply(lines_of(name)));
        }
        write(folder, REPORT, &self.report.apply(lines_of(REPORT)));
        folder.join(REPORT)
    }
}

impl Patch {
    fn read(item: &Item, base: &str) -> Self {
        let base = item.get("base").and_then(Item::as_str).unwrap_or(base).to_owned();
        let remove = array(item.get("remove")).map(|path| path.as_str().unwrap().to_owned());
        let change = item.get("change").and_then(Item::as_table).cloned().unwrap_or_default();
        Self { remove: remove.collect(), change, base }
    }

    /// The text of the base with the changes and, on top of them, the lines of an example.
    fn apply(&self, lines: Option<&Table>) -> String {
        let path = project(&format!("{FOLDER}/bases/{}.toml", self.base));
        let text = nianbao::internals::files::read_text(&path).unwrap();
        let mut document: DocumentMut = text.parse().unwrap();
        for path in &self.remove {
            remove(document.as_table_mut(), path);
        }
        merge(document.as_table_mut(), &self.change);
        if let Some(lines) = lines {
            merge(document.as_table_mut(), lines);
        }
        document.to_string()
    }
}

/// Puts the values of a change in the place of those of a table; tables are merged key by key.
fn merge(table: &mut dyn TableLike, change: &dyn TableLike) {
    for (key, item) in change.iter() {
        let inner = item.as_table_like();
        match (table.get_mut(key).and_then(Item::as_table_like_mut), inner) {
            (Some(table), Some(change)) => merge(table, change),
            (None, _) | (_, None) => drop(table.insert(key, standing(item))),
        }
    }
}

/// A copy that takes its place in the order of another file, with a heading of its own.
fn standing(item: &Item) -> Item {
    let mut item = item.clone();
    let own_heading = |table: &mut Table| {
        table.set_position(None);
        table.set_dotted(false);
        table.decor_mut().set_prefix("\n");
    };
    match &mut item {
        Item::Table(table) => own_heading(table),
        Item::ArrayOfTables(tables) => tables.iter_mut().for_each(own_heading),
        Item::None | Item::Value(_) => {}
    }
    item
}

/// Removes a value by its address, as `requests.carried_in` or `overview.parts[2]`.
fn remove(table: &mut dyn TableLike, path: &str) {
    let (key, rest) = path.split_once('.').map_or((path, None), |(key, rest)| (key, Some(rest)));
    if let Some(rest) = rest {
        remove(table.get_mut(key).and_then(Item::as_table_like_mut).unwrap(), rest);
    } else if let Some((key, index)) = key.trim_end_matches(']').split_once('[') {
        let tables = table.get_mut(key).and_then(Item::as_array_of_tables_mut);
        tables.unwrap().remove(index.parse().unwrap());
    } else {
        assert!(table.remove(key).is_some(), "there is no {path} to remove");
    }
}

/// The folders of the rules, in the order of their codes.
pub(super) fn folders() -> Vec<String> {
    let entries = std::fs::read_dir(project(FOLDER)).unwrap().map(|entry| entry.unwrap().path());
    let folders = entries.filter(|path| path.is_dir()).map(|path| stem(&path));
    let mut folders: Vec<String> = folders.filter(|name| name.starts_with("NB")).collect();
    folders.sort();
    folders
}

fn is_case(name: &str) -> bool {
    name.starts_with("fires-") || name.starts_with("silent-")
}

fn array(item: Option<&Item>) -> impl Iterator<Item = &toml_edit::Value> {
    item.and_then(Item::as_array).into_iter().flat_map(toml_edit::Array::iter)
}
