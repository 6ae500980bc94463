//! Names of a roll that may be two names of one body.

use std::collections::{BTreeMap, HashMap};

use super::entry::Entry;

/// Pairs of names of which one is the end of the other, or that differ in one character. Each name is looked up by its
/// ends and by what is left without each of its characters, so that long lists take no square of their length.
pub(super) fn doubts(entries: &[Entry]) -> Vec<String> {
    let names: Vec<&str> = entries.iter().map(|entry| entry.name.as_str()).collect();
    let whole: HashMap<&str, usize> =
        names.iter().enumerate().map(|(i, name)| (*name, i)).collect();
    let mut pairs: BTreeMap<(usize, usize), &str> = BTreeMap::new();
    for (i, name) in names.iter().enumerate() {
        for (at, _) in name.char_indices().skip(1) {
            let end = &name[at..];
            if let Some(other) = whole.get(end).filter(|_| end.chars().count() >= 3) {
                pairs.insert((*other.min(&i), *other.max(&i)), "一个是另一个的简称");
            }
        }
    }
    let mut left: HashMap<(String, usize), Vec<usize>> = HashMap::new();
    for (i, name) in names.iter().enumerate() {
        let characters: Vec<char> = name.chars().collect();
        if characters.len() < 5 {
            continue;
        }
        for gap in 0..characters.len() {
            let rest: String = characters
                .iter()
                .enumerate()
                .filter(|(at, _)| *at != gap)
                .map(|(_, c)| *c)
                .collect();
            left.entry((rest, gap)).or_default().push(i);
        }
    }
    // Many names that differ in one place are told apart by it.
    const FAMILY: usize = 8;
    for alike in left.values().filter(|alike| (2..FAMILY).contains(&alike.len())) {
        for (k, i) in alike.iter().enumerate() {
            for j in &alike[k + 1..] {
                if is_slip(names[*i], names[*j]) {
                    pairs.entry((*i.min(j), *i.max(j))).or_insert("只差一个字");
                }
            }
        }
    }
    let told = |((i, j), why): (&(usize, usize), &&str)| {
        let (first, second) = (&entries[*i], &entries[*j]);
        format!("“{}”（{}）和“{}”（{}）{why}", first.name, first.at, second.name, second.at)
    };
    pairs.iter().map(told).collect()
}

/// True if two names that differ in one character are one name with a slip: names of places and numbers tell bodies
/// apart by one character, so only the last characters before the ending count.
fn is_slip(left: &str, right: &str) -> bool {
    let differing = left.chars().zip(right.chars()).position(|(a, b)| a != b);
    let n = left.chars().count();
    let tell_apart = "一二三四五六七八九十东西南北中上下前后新老大小0123456789";
    differing.is_some_and(|at| {
        let pair = [left.chars().nth(at), right.chars().nth(at)];
        // 青溪镇 and 白溪镇 are two places; 教育局 and 教育厅 are a slip.
        let is_place = left.chars().nth(at + 1).is_some_and(|c| "镇乡村街路".contains(c))
            || left.chars().nth(at + 2).is_some_and(|c| "镇乡村街路".contains(c));
        at * 2 >= n && !is_place && pair.iter().flatten().all(|c| !tell_apart.contains(*c))
    })
}
