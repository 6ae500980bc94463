//! The modules that may use each other: the table of ARCHITECTURE.md, and no circles inside a room.

use std::collections::{BTreeMap, BTreeSet};

use super::source::{File, files};
use crate::support::project;

/// The layers that a layer may use.
enum Use {
    Everything,
    EverythingBut(Vec<String>),
    Only(Vec<String>),
    /// It stands on the ground, and every layer may use it.
    Ground,
}

impl Use {
    fn allows(&self, layer: &str) -> bool {
        match self {
            Self::Everything => true,
            Self::EverythingBut(but) => !but.iter().any(|name| name == layer),
            Self::Only(only) => only.iter().any(|name| name == layer),
            Self::Ground => false,
        }
    }
}

/// The table of ARCHITECTURE.md from the top layer down.
fn table() -> Vec<(String, Use)> {
    let map = nianbao::internals::files::read_text(&project("ARCHITECTURE.md")).unwrap();
    let table = map.split("## Layers").nth(1).and_then(|rest| rest.split("```").nth(1)).unwrap();
    let names = |list: &str| list.split(',').map(|name| name.trim().to_owned()).collect();
    let mut layers: Vec<(String, Use)> = Vec::new();
    for line in table.lines().skip(1).filter(|line| !line.trim().is_empty()) {
        // A line that begins with blanks goes on with what the layer above it uses.
        if let Some((_, Use::Only(used))) = layers.last_mut().filter(|_| line.starts_with(' ')) {
            used.extend(names_of(line));
            continue;
        }
        let (left, right) = line.split_once("  ").unwrap_or_else(|| panic!("{line}"));
        let right = right.trim().trim_end_matches(',');
        for layer in names_of(left) {
            let uses = match (right, right.strip_prefix("everything but ")) {
                ("everything", _) => Use::Everything,
                ("nothing", _) => Use::Only(Vec::new()),
                ("nothing; used by all", _) => Use::Ground,
                (_, Some(but)) => Use::EverythingBut(names(but)),
                (only, None) => Use::Only(names(only)),
            };
            layers.push((layer, uses));
        }
    }
    layers
}

fn names_of(list: &str) -> Vec<String> {
    list.split(',').map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect()
}

#[test]
fn every_layer_of_the_map_uses_only_what_stands_below_it() {
    let layers = table();
    for (i, (layer, uses)) in layers.iter().enumerate() {
        let Use::Only(used) = uses else { continue };
        for name in used {
            let at = layers.iter().position(|(layer, _)| layer == name);
            assert!(at.is_some_and(|at| at > i), "{layer} uses {name}, which is not below it");
        }
    }
}

#[test]
fn no_module_uses_what_the_map_does_not_allow() {
    let layers = table();
    let exports = exports(&files(), &[]);
    let mut wrong = BTreeSet::new();
    let mut used_by: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for file in files() {
        let layer = file.module[0].as_str();
        if ["main", "lib"].contains(&layer) {
            continue;
        }
        let Some((_, may_use)) = layers.iter().find(|(name, _)| name == layer) else {
            wrong.insert(format!("{}: {layer} is in no layer of ARCHITECTURE.md", file.path));
            continue;
        };
        for name in file.names().iter().filter(|name| !name.is_empty()) {
            let used = exports.get(&name[0]).unwrap_or(&name[0]);
            if used == layer {
                continue;
            }
            used_by.entry(layer.to_owned()).or_default().insert(used.clone());
            let Some((_, of_used)) = layers.iter().find(|(name, _)| name == used) else {
                wrong.insert(format!("{}: {used} is no layer", file.path));
                continue;
            };
            if !matches!(of_used, Use::Ground) && !may_use.allows(used) {
                wrong.insert(format!("{}: {layer} may not use {used}", file.path));
            }
        }
    }
    for (layer, uses) in &layers {
        let Use::Only(allowed) = uses else { continue };
        let unused = |name: &&String| !used_by.get(layer).is_some_and(|used| used.contains(*name));
        for name in allowed.iter().filter(unused) {
            wrong.insert(format!("ARCHITECTURE.md: {layer} does not use {name}"));
        }
    }
    let wrong: Vec<String> = wrong.into_iter().collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_modules_of_a_room_use_each_other_in_a_circle() {
    let files = files();
    let mut rooms: BTreeSet<&[String]> = BTreeSet::new();
    for file in &files {
        rooms.extend((1..file.module.len()).map(|depth| &file.module[..depth]));
    }
    let mut found = Vec::new();
    for room in rooms {
        let uses = uses_in(&files, room);
        for circle in circles(&uses) {
            found.push(format!("src/{}: {}", room.join("/"), circle.join(" → ")));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// The uses among the children of a room.
fn uses_in<'a>(files: &'a [File], room: &[String]) -> BTreeMap<&'a str, BTreeSet<String>> {
    let inside = files.iter().filter(|file| file.module.starts_with(room));
    let child = |file: &'a File| file.module.get(room.len()).map(String::as_str);
    let children: BTreeSet<&str> = inside.clone().filter_map(child).collect();
    let exports = exports(files, room);
    let mut uses: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for (file, own) in inside.filter_map(|file| Some((file, child(file)?))) {
        let names = file.names();
        let named = names.iter().filter_map(|name| name.strip_prefix(room)?.first());
        let used = named.map(|name| exports.get(name).unwrap_or(name));
        let used = used.filter(|name| *name != own && children.contains(name.as_str()));
        uses.entry(own).or_default().extend(used.cloned());
    }
    uses
}

/// The names that the root of a room passes on: the name, and the child it comes from.
fn exports(files: &[File], room: &[String]) -> BTreeMap<String, String> {
    let is_root =
        |file: &&File| file.module == room || room.is_empty() && file.module == ["lib".to_owned()];
    let mut exports = BTreeMap::new();
    for root in files.iter().filter(is_root) {
        for line in root.text.split(';').filter_map(|item| {
            let item = item.rsplit("\n\n").next()?.trim();
            let item =
                item.lines().filter(|line| !line.starts_with(['#', '/'])).collect::<String>();
            item.split_once("use ").map(|(_, tree)| tree.replace(' ', ""))
        }) {
            let tree = line.trim_start_matches("self::");
            let Some((child, names)) = tree.split_once("::") else { continue };
            let names = names.split(['{', '}', ',', ':']).filter(|name| !name.is_empty());
            exports.extend(names.map(|name| (name.to_owned(), child.to_owned())));
        }
    }
    exports.retain(|_, child| !["crate", "super", "std"].contains(&child.as_str()));
    exports
}

/// The circles of a graph: one for each knot of modules that all lead to each other.
fn circles(uses: &BTreeMap<&str, BTreeSet<String>>) -> Vec<Vec<String>> {
    let reach = |from: &str| {
        let mut seen: BTreeSet<String> = BTreeSet::new();
        let mut next: Vec<String> = uses.get(from).into_iter().flatten().cloned().collect();
        while let Some(name) = next.pop() {
            if seen.insert(name.clone()) {
                next.extend(uses.get(name.as_str()).into_iter().flatten().cloned());
            }
        }
        seen
    };
    let reached: BTreeMap<&str, BTreeSet<String>> =
        uses.keys().map(|name| (*name, reach(name))).collect();
    let mut knots: BTreeSet<Vec<String>> = BTreeSet::new();
    for (name, far) in &reached {
        let back = far.iter().filter(|other| {
            reached.get(other.as_str()).is_some_and(|reached| reached.contains(*name))
        });
        let knot: Vec<String> = back.cloned().collect();
        if !knot.is_empty() {
            knots.insert(knot);
        }
    }
    knots.into_iter().collect()
}
